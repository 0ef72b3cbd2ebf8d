"""The store as an rdflib ``Graph``, read-only. Patterns and queries are answered by Oxigraph, not by rdflib's engine."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef, Variable
from rdflib.query import Result
from rdflib.store import Store as RdflibStore

from kgraph.errors import QueryError, StoreError
from kgraph.guard import guard
from kgraph.vocab import PREFIXES

if TYPE_CHECKING:
    from kgraph.store import Store

_VARIABLE = re.compile(r"#[^\n]*|<[^<>\s]*>|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|[?$](\w+)")
_STRING = "http://www.w3.org/2001/XMLSchema#string"


def view(store: Store) -> Graph:
    """A graph that reads from the store; to change data, copy it: ``Graph() + view``."""
    graph = Graph(store=_View(store), bind_namespaces="none")
    for prefix, iri in PREFIXES.items():
        graph.bind(prefix, iri)
    return graph


def to_rdflib(term: Any) -> Any:
    """A term of pyoxigraph as a term of rdflib; ``None`` stays."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        datatype = term.datatype.value
        return Literal(term.value, datatype=None if datatype == _STRING else URIRef(datatype))
    return None


def from_rdflib(term: Any) -> Any:
    """A term of rdflib as a term of pyoxigraph; ``None`` and variables are ``None``."""
    if isinstance(term, URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, BNode):
        return ox.BlankNode(str(term))
    if isinstance(term, Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype))) if term.datatype else ox.Literal(str(term))
    return None


def _shows(text: str, name: str) -> bool:
    """Whether a SELECT query has the variable in its head: Oxigraph binds those; others are put into the text as terms."""
    head = re.search(r"\bSELECT\b([^{]*)", text, re.IGNORECASE)
    return head is not None and ("*" in head[1] or re.search(rf"[?$]{re.escape(name)}\b", head[1]) is not None)


class _View(RdflibStore):
    context_aware = False
    transaction_aware = False

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._prefixes: dict[str, URIRef] = {}

    def add(self, *_: Any, **__: Any) -> None:
        raise StoreError("this view is read-only: copy the graph to change it")

    remove = addN = add  # noqa: N815

    def triples(self, pattern: Any, context: Any = None) -> Iterator[tuple[Any, Iterator[None]]]:
        s, p, o = map(from_rdflib, pattern)
        if isinstance(s, ox.Literal) or (p is not None and not isinstance(p, ox.NamedNode)):
            return
        for quad in self._store.engine.quads_for_pattern(s, p, o, ox.DefaultGraph()):
            yield (to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)), iter(())

    def __len__(self, context: Any = None) -> int:
        return len(self._store)

    def bind(self, prefix: str, namespace: URIRef, override: bool = True) -> None:
        if override or prefix not in self._prefixes:
            self._prefixes[prefix] = namespace

    def prefix(self, namespace: URIRef) -> str | None:
        return next((p for p, n in self._prefixes.items() if n == namespace), None)

    def namespace(self, prefix: str) -> URIRef | None:
        return self._prefixes.get(prefix)

    def namespaces(self) -> Generator[tuple[str, URIRef], None, None]:
        yield from self._prefixes.items()

    def query(self, query: Any, initNs: Mapping[str, Any], initBindings: Mapping[str, Any], queryGraph: str, **_: Any) -> Result:  # noqa: N803
        text, namespaces = query, dict(initNs or {})
        if not isinstance(query, str):
            text, prepared_namespaces, _base = query._original_args  # as prepareQuery keeps them
            namespaces.update(prepared_namespaces or {})
        guard(text)
        prefixes = PREFIXES | {str(k): str(v) for k, v in namespaces.items()}
        bound = {str(k): from_rdflib(v) for k, v in (initBindings or {}).items()}
        shown = {name: term for name, term in bound.items() if _shows(text, name)}
        hidden = {name: term for name, term in bound.items() if name not in shown}
        try:
            found = self._store.engine.query(
                _VARIABLE.sub(lambda m: str(hidden[m[1]]) if m[1] in hidden else m[0], text),
                prefixes=prefixes,
                substitutions={ox.Variable(name): term for name, term in shown.items()} or None,
            )
        except (SyntaxError, ValueError, OSError, RuntimeError) as error:
            raise QueryError(f"the query failed: {error}") from None
        if isinstance(found, ox.QueryBoolean):
            result = Result("ASK")
            result.askAnswer = bool(found)
            return result
        if isinstance(found, ox.QueryTriples):
            result = Result("CONSTRUCT")
            result.graph = Graph()
            for triple in found:
                result.graph.add((to_rdflib(triple.subject), to_rdflib(triple.predicate), to_rdflib(triple.object)))
            return result
        result = Result("SELECT")
        names = [variable.value for variable in found.variables]
        result.vars = [Variable(name) for name in names]
        result.bindings = [{Variable(name): to_rdflib(row[name]) for name in names if row[name] is not None} for row in found]
        return result
