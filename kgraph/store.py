"""The store: a folder that holds the graph, on disk, by Oxigraph.

The facts lie in the default graph. What a report states of things that it shares with others (a law's name, a region's
code) is also noted in a named graph called by the report's IRI; a shared triple stays for as long as one report states
it, so that replacing or removing a report leaves exactly the graph that the other reports make. Batches of new reports
are ingested as sorted files, all or nothing; replacements are one transaction.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar

import pyoxigraph as ox

from kgraph import __version__
from kgraph.errors import StoreError
from kgraph.vocab import BASE, KG, NIF, PREFIXES

if TYPE_CHECKING:
    import rdflib

    from kgraph.knowledge import Knowledge

FORMAT = 1
MARKER = "kgraph.json"
DATA = "store"
VOCABULARY = ox.NamedNode("https://w3id.org/kgraph/vocabulary")
"""Where the vocabularies are noted, as a report's shared statements are in the graph of the report."""

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Value = str | int | Decimal | bool | None
R = TypeVar("R", bound="StatedReport")
_DEFAULT = ox.DefaultGraph()
_UNDER = (ox.NamedNode(KG.inReport), ox.NamedNode(NIF.referenceContext))
_SOURCE = ox.NamedNode(KG.sourceFile)
_HASH = ox.NamedNode(KG.contentHash)
_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = frozenset(
    _XSD + name for name in ("integer", "nonNegativeInteger", "int", "long", "short", "positiveInteger", "byte", "gYear")
)


class StatedReport(Protocol):
    """What one report states, ready to be stored: its IRI, its file, the file's hash, and its triples as N-Triples."""

    @property
    def iri(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def content_hash(self) -> str: ...
    @property
    def ntriples(self) -> bytes: ...


class Store:
    """A graph on disk. ``Store.create`` opens it for writing and makes it where there is none, ``Store.open`` for reading.

    Many processes may read while one writes; a reader sees the graph as it was when it opened it.
    """

    def __init__(self, path: Path, store: ox.Store, *, read_only: bool, base: str) -> None:
        self.path = path
        self.read_only = read_only
        self.base = base
        self._open: ox.Store | None = store

    @classmethod
    def create(cls, path: Path | str, *, base: str | None = None, ontology: str = "") -> Self:
        """Open a graph for writing; make it, for this version of the ontology, if the folder is empty or missing.

        Raises ``StoreError`` if the folder holds something else, a graph with another base IRI, or is in use.
        """
        path = Path(path)
        if (path / MARKER).is_file():
            marker = _marker(path)
            if base is not None and base != marker["base"]:
                raise StoreError(f"{path}: this graph has the base {marker['base']}, not {base}; build into another folder")
        else:
            if path.is_file() or (path.is_dir() and any(path.iterdir())):
                raise StoreError(f"{path}: not a graph of kgraph and not empty; name a new folder")
            marker = {"format": FORMAT, "kgraph": __version__, "base": base or BASE, "ontology": ontology}
            try:
                path.mkdir(parents=True, exist_ok=True)
                _write_marker(path, marker)
            except OSError as error:
                raise StoreError(f"{path}: cannot be made: {error.strerror or error}") from None
        try:
            store = ox.Store(path / DATA)
        except OSError as error:
            raise _cannot_open(path, error) from None
        for left_over in (path / DATA).glob("bulk-*.sst"):
            left_over.unlink(missing_ok=True)  # of a load that was killed; the engine knows its files by number
        return cls(path, store, read_only=False, base=str(marker["base"]))

    @classmethod
    def open(cls, path: Path | str) -> Self:
        """Open a graph for reading. Raises ``StoreError`` if there is none."""
        path = Path(path)
        marker = _marker(path)
        if not (path / DATA).is_dir():
            raise StoreError(f"{path}: this graph is empty; build it with: kgraph build REPORTS -o {path}")
        try:
            store = ox.Store.read_only(str(path / DATA))
        except OSError as error:
            raise _cannot_open(path, error) from None
        return cls(path, store, read_only=True, base=str(marker["base"]))

    def close(self) -> None:
        """Let the folder go. Using the store afterwards raises ``StoreError``."""
        self._open = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __len__(self) -> int:
        return sum(1 for _ in self.engine.quads_for_pattern(None, None, None, _DEFAULT))

    @property
    def engine(self) -> ox.Store:
        """The Oxigraph store beneath."""
        if self._open is None:
            raise StoreError(f"{self.path}: this graph was closed")
        return self._open

    # --- writing ----------------------------------------------------------------------------------------------------

    def write(self, batch: Sequence[StatedReport]) -> int:
        """Add or replace reports, all of the batch or none; the number of reports that were replaced.

        A report is replaced if its IRI or its source file is already there. Of two in one batch that share either, the
        later one counts. Raises ``StoreError`` if the triples do not parse or the disk is full.
        """
        reports = _latest(batch)
        replaced = self._replaced(reports)
        try:
            if not replaced:
                data = b"".join(_quads(report) for report in reports)
                self._writable().bulk_load(data, ox.RdfFormat.N_QUADS)
            else:
                self._exchange(replaced, {ox.NamedNode(r.iri): _terms(r.ntriples) for r in reports})
        except SyntaxError as error:
            raise StoreError(f"{self.path}: the triples of {_names(reports)} do not parse: {error}") from None
        except OSError as error:
            raise StoreError(f"{self.path}: cannot be written: {error}") from None
        return len(replaced)

    def remove(self, *iris: str) -> int:
        """Remove reports with all that only they state, in one transaction; how many of them were there."""
        there = {node for node in map(ox.NamedNode, iris) if self._has(node)}
        if there:
            self._exchange(there, {})
        return len(there)

    def load_vocabularies(self, knowledge: Knowledge) -> bool:
        """Put classes, properties and concepts with their labels into the graph, unless this version of them is there.

        Returns whether anything was written.
        """
        from kgraph.terms import terms

        stamp = ox.Triple(VOCABULARY, _HASH, ox.Literal(knowledge.version))
        if ox.Quad(stamp.subject, stamp.predicate, stamp.object, _DEFAULT) in self.engine:
            return False
        triples = [stamp, *terms(knowledge)]
        if self._has(VOCABULARY):
            self._exchange({VOCABULARY}, {VOCABULARY: triples})
        else:
            quads = (ox.Quad(t.subject, t.predicate, t.object, g) for g in (_DEFAULT, VOCABULARY) for t in triples)
            self._writable().bulk_extend(quads)
        return True

    def is_current(self, ontology: str) -> bool:
        """Whether all reports in the graph were made by this version of kgraph with this version of the ontology."""
        marker = _marker(self.path)
        return (marker.get("kgraph"), marker.get("ontology")) == (__version__, ontology)

    def finish(self, ontology: str) -> None:
        """End a build in which every report was made or renewed: note the versions, compact the files for fast queries."""
        self.optimise()
        _write_marker(self.path, _marker(self.path) | {"kgraph": __version__, "ontology": ontology})

    def optimise(self) -> None:
        """Compact the files for fast queries."""
        self._writable().flush()
        self._writable().optimize()

    def _writable(self) -> ox.Store:
        if self.read_only:
            raise StoreError(f"{self.path}: this graph was opened for reading only")
        return self.engine

    def _has(self, report: ox.NamedNode) -> bool:
        return next(self.engine.quads_for_pattern(report, _HASH, None, _DEFAULT), None) is not None

    def _replaced(self, reports: Iterable[StatedReport]) -> set[ox.NamedNode]:
        found = {node for node in (ox.NamedNode(r.iri) for r in reports) if self._has(node)}
        for report in reports:
            for quad in self.engine.quads_for_pattern(None, _SOURCE, ox.Literal(report.source), _DEFAULT):
                if isinstance(quad.subject, ox.NamedNode):
                    found.add(quad.subject)
        return found

    def _exchange(self, old: set[ox.NamedNode], new: Mapping[ox.NamedNode, list[ox.Triple]]) -> None:
        """Take out what only ``old`` state and put ``new`` in, in one transaction."""
        gone: dict[ox.Quad, None] = {}
        for graph in sorted(old, key=str):
            gone.update(dict.fromkeys(self._own(graph)))
            for quad in self.engine.quads_for_pattern(None, None, None, graph):
                if all(other.graph_name in old or other.graph_name == _DEFAULT for other in self._alike(quad)):
                    gone[ox.Quad(quad.subject, quad.predicate, quad.object, _DEFAULT)] = None
        parts = [f"DROP SILENT GRAPH {graph}" for graph in sorted(old, key=str)]
        if gone:
            parts.append(f"DELETE DATA {{\n{_block(gone)}\n}}")
        for graph, triples in new.items():
            under = tuple(f"{graph.value}{mark}" for mark in "/#")
            shared = [t for t in triples if t.subject != graph and not _value(t.subject).startswith(under)]
            parts.append(f"INSERT DATA {{\n{_block(triples)}\nGRAPH {graph} {{\n{_block(shared)}\n}} }}")
        self._writable().update(";\n".join(parts))

    def _own(self, report: ox.NamedNode) -> Iterator[ox.Quad]:
        """The quads of the report and of all that hangs under it."""
        under = tuple(f"{report.value}{mark}" for mark in "/#")
        queue: list[ox.NamedNode | ox.BlankNode] = [report]
        for predicate in _UNDER:
            for quad in self.engine.quads_for_pattern(None, predicate, report, _DEFAULT):
                if not isinstance(quad.subject, ox.Triple):
                    queue.append(quad.subject)
        seen = set(queue)
        while queue:
            for quad in self.engine.quads_for_pattern(queue.pop(), None, None, _DEFAULT):
                yield quad
                target = quad.object
                if isinstance(target, ox.NamedNode) and target not in seen and target.value.startswith(under):
                    seen.add(target)
                    queue.append(target)

    def _alike(self, quad: ox.Quad) -> Iterator[ox.Quad]:
        return self.engine.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)

    # --- reading ----------------------------------------------------------------------------------------------------

    def sources(self) -> dict[str, tuple[str, str]]:
        """The source files in the graph, each with the IRI of its report and the hash of its content."""
        rows = self.select("SELECT ?source ?report ?hash { ?report kg:sourceFile ?source ; kg:contentHash ?hash }")
        return {_value(source): (_value(report), _value(hash_)) for source, report, hash_ in rows}

    def reports(self) -> list[str]:
        """The IRIs of the reports, sorted."""
        return sorted(_value(q.subject) for q in self.engine.quads_for_pattern(None, _SOURCE, None, _DEFAULT))

    def select(self, query: str) -> Iterator[tuple[Term | None, ...]]:
        """The rows of a SELECT query of the program's own: terms in the order of the variables, None where unbound.

        The prefixes of ``vocab.PREFIXES`` are declared. Text of a user goes through ``query.ask`` instead, which guards it.
        """
        found = self.engine.query(query, prefixes=PREFIXES)
        if not isinstance(found, ox.QuerySolutions):
            raise TypeError("select is for SELECT queries")
        names = list(found.variables)
        for row in found:
            yield tuple(row[name] for name in names)

    def values(self, query: str) -> Iterator[tuple[Value, ...]]:
        """Like ``select``, with plain Python values: numbers as ``int`` and ``Decimal``, IRIs and texts as ``str``."""
        for row in self.select(query):
            yield tuple(python_value(term) for term in row)

    def triples(
        self, subject: str | None = None, predicate: str | None = None, value: str | Term | None = None
    ) -> Iterator[ox.Triple]:
        """The triples of the graph that match; ``None`` matches everything, a string is an IRI."""
        s = None if subject is None else ox.NamedNode(subject)
        p = None if predicate is None else ox.NamedNode(predicate)
        o = ox.NamedNode(value) if isinstance(value, str) else value
        for quad in self.engine.quads_for_pattern(s, p, o, _DEFAULT):
            yield quad.triple

    def stated(self, report: str) -> tuple[list[ox.Triple], list[ox.Triple]]:
        """What a report states: of itself and all under it, and of things that it shares with others."""
        node = ox.NamedNode(report)
        own = list(dict.fromkeys(quad.triple for quad in self._own(node)))
        return own, [quad.triple for quad in self.engine.quads_for_pattern(None, None, None, node)]

    def as_rdflib(self) -> rdflib.Graph:
        """A read-only rdflib ``Graph`` over the store; its queries are answered by Oxigraph."""
        from kgraph.rdflib_view import view

        return view(self)


def python_value(term: Term | None) -> Value:
    """A term as a plain Python value.

    >>> python_value(ox.Literal("17.2", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")))
    Decimal('17.2')
    """
    if not isinstance(term, ox.Literal):
        return None if term is None else _value(term)
    kind, text = term.datatype.value, term.value
    try:
        if kind in _INTEGERS:
            return int(text)
        if kind in (_XSD + "decimal", _XSD + "double", _XSD + "float"):
            return Decimal(text)
    except (ValueError, ArithmeticError):
        return text
    return text in ("true", "1") if kind == _XSD + "boolean" else text


def _value(term: Term | None) -> str:
    return str(getattr(term, "value", term))


def _latest(batch: Sequence[R]) -> list[R]:
    by_iri = {report.iri: report for report in batch}
    by_source = {report.source: report for report in by_iri.values()}
    return [report for report in by_iri.values() if by_source[report.source] is report]


def _quads(report: StatedReport) -> bytes:
    graph = f"<{report.iri}> .".encode()
    noted = b"\n".join(line[:-1] + graph for line in shared_lines(report))
    return report.ntriples + b"\n" + noted + b"\n"


def shared_lines(report: StatedReport) -> list[bytes]:
    """The lines of a report's triples whose subject is neither the report nor anything under it."""
    own = tuple(f"<{report.iri}{mark}".encode() for mark in ">/#")
    return [line for line in report.ntriples.split(b"\n") if line and not line.startswith(own)]


def _terms(ntriples: bytes) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(ntriples, ox.RdfFormat.N_TRIPLES)]


def _block(triples: Iterable[ox.Triple | ox.Quad]) -> str:
    return "\n".join(f"{t.subject} {t.predicate} {t.object} ." for t in triples)


def _names(reports: Sequence[StatedReport]) -> str:
    return ", ".join(report.source for report in reports[:3]) + (" …" if len(reports) > 3 else "")


def _marker(path: Path) -> dict[str, Any]:
    if not path.exists():
        raise StoreError(f"{path}: no such folder; build a graph with: kgraph build REPORTS -o {path}")
    try:
        marker = json.loads((path / MARKER).read_text(encoding="utf-8"))
        version = int(marker["format"])
        str(marker["base"])
    except (OSError, ValueError, KeyError, TypeError):
        raise StoreError(f"{path}: not a graph of kgraph; build one with: kgraph build REPORTS -o {path}") from None
    if version != FORMAT:
        raise StoreError(f"{path}: made by kgraph {marker.get('kgraph')} in another format; build it again into a new folder")
    return dict(marker)


def _write_marker(path: Path, marker: Mapping[str, object]) -> None:
    draft = path / f"{MARKER}.new"
    draft.write_text(json.dumps(marker, indent=1) + "\n", encoding="utf-8")
    os.replace(draft, path / MARKER)


def _cannot_open(path: Path, error: OSError) -> StoreError:
    text = str(error)
    if "lock" in text.lower():
        return StoreError(f"{path}: in use: another kgraph process is writing to this graph")
    return StoreError(f"{path}: cannot be opened: {text}")
