"""The store: a folder that holds the graph, on disk, by Oxigraph.

The facts lie in the default graph. What a report states of things that it shares with others (a law's name, a region's
code) is also noted in a named graph called by the report's IRI; a shared triple stays for as long as one report states
it, so that replacing or removing a report leaves exactly the graph that the other reports make. Batches of new reports
are ingested as sorted files, all or nothing; replacements are transactions that hold the differences only.
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
from kgraph.answers import Answers, state
from kgraph.errors import StoreError
from kgraph.vocab import BASE, KG, PREFIXES

if TYPE_CHECKING:
    import rdflib

    from kgraph.knowledge import Knowledge

FORMAT = 1
MARKER = "kgraph.json"
DATA = "store"
TOGETHER = 16
"""Reports that are replaced in one transaction."""
VOCABULARY = ox.NamedNode("https://w3id.org/kgraph/vocabulary")
"""Where the vocabularies are noted, as a report's shared statements are in the graph of the report."""

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Value = str | int | Decimal | bool | None
R = TypeVar("R", bound="StatedReport")
_DEFAULT = ox.DefaultGraph()
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
        self.answers: Answers | None = Answers(path, state(path / DATA)) if read_only else None

    @classmethod
    def create(cls, path: Path | str, *, base: str | None = None) -> Self:
        """Open a graph for writing; make it if the folder is empty or missing.

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
            marker = {"format": FORMAT, "kgraph": __version__, "base": base or BASE}
            try:
                path.mkdir(parents=True, exist_ok=True)
                _write_marker(path, marker)
            except OSError as error:
                raise StoreError(f"{path}: cannot be made: {error.strerror or error}") from None
        try:
            store = ox.Store(path / DATA)
        except (OSError, RuntimeError) as error:
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
        except (OSError, RuntimeError) as error:
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
        """Add or replace reports; the number of reports that were replaced.

        A report is replaced if its IRI or its source file is already there. Of two in one batch that share either, the
        later one counts. The new ones go in all or none; replacements follow in transactions of a few reports, so that
        memory stays flat: whenever the process dies, each report is whole, in its old or its new state. Raises
        ``StoreError`` if the triples do not parse or the disk is full.
        """
        self._writable()
        reports = _latest(batch)
        new: list[StatedReport] = []
        changed: list[tuple[StatedReport, set[ox.NamedNode]]] = []
        for report in reports:
            old = self._replaced(report)
            if old:
                changed.append((report, old))
            else:
                new.append(report)
        try:
            if new:
                self._writable().bulk_load(b"".join(map(_quads, new)), ox.RdfFormat.N_QUADS)
            for i in range(0, len(changed), TOGETHER):
                some = changed[i : i + TOGETHER]
                gone = set[ox.NamedNode]().union(*(old for _, old in some))
                self._exchange(gone, {ox.NamedNode(report.iri): _canonical(report.ntriples) for report, _ in some})
        except SyntaxError as error:
            raise StoreError(f"{self.path}: the triples of {_names(reports)} do not parse: {error}") from None
        except OSError as error:
            raise StoreError(f"{self.path}: cannot be written: {error}") from None
        return len(changed)

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
            self._exchange({VOCABULARY}, {VOCABULARY: _canonical(triples)})
        else:
            quads = (ox.Quad(t.subject, t.predicate, t.object, g) for g in (_DEFAULT, VOCABULARY) for t in triples)
            self._writable().bulk_extend(quads)
        return True

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

    def _replaced(self, report: StatedReport) -> set[ox.NamedNode]:
        node = ox.NamedNode(report.iri)
        found = {node} if self._has(node) else set()
        for quad in self.engine.quads_for_pattern(None, _SOURCE, ox.Literal(report.source), _DEFAULT):
            if isinstance(quad.subject, ox.NamedNode):
                found.add(quad.subject)
        return found

    def _exchange(self, old: set[ox.NamedNode], new: Mapping[ox.NamedNode, bytes]) -> None:
        """Take out what only ``old`` state and put ``new`` in, in one transaction that holds only the differences."""
        own_before = {line for node in old for line in self._own(node)}
        noted_before = {node: self._noted(node) for node in old}
        own_after: set[bytes] = set()
        noted_after: dict[ox.NamedNode, set[bytes]] = {}
        for node, ntriples in new.items():
            shared = shared_lines(node.value, ntriples)
            noted_after[node] = set(shared)
            own_after.update(line for line in ntriples.split(b"\n") if line)
            own_after -= noted_after[node]
        shared_before = set[bytes]().union(*noted_before.values())
        shared_after = set[bytes]().union(*noted_after.values())
        alone = {line for line in shared_before - shared_after - own_after if not self._stated_elsewhere(line, old)}
        parts = _change("DELETE", (own_before - own_after - shared_after) | alone, noted_before, noted_after)
        parts += _change("INSERT", (own_after - own_before) | (shared_after - shared_before), noted_after, noted_before)
        parts += [f"DROP SILENT GRAPH {node}" for node in sorted(old - new.keys(), key=str)]
        if parts:
            self._writable().update(";\n".join(parts))

    def _own(self, report: ox.NamedNode) -> set[bytes]:
        """The lines of the report and of all that hangs under it."""
        under = f"{{ BIND({report} AS ?s) }} UNION {{ ?s kg:inReport {report} }} UNION {{ ?s nif:referenceContext {report} }}"
        return self._lines(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {under} ?s ?p ?o }}")

    def _noted(self, report: ox.NamedNode) -> set[bytes]:
        """The lines that the report states of shared things."""
        return self._lines(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {report} {{ ?s ?p ?o }} }}")

    def _lines(self, construct: str) -> set[bytes]:
        found = self.engine.query(construct, prefixes=PREFIXES)
        assert isinstance(found, ox.QueryTriples)
        return set((found.serialize(format=ox.RdfFormat.N_TRIPLES) or b"").splitlines())

    def _stated_elsewhere(self, line: bytes, old: set[ox.NamedNode]) -> bool:
        triple = next(iter(ox.parse(line, ox.RdfFormat.N_TRIPLES))).triple
        alike = self.engine.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        return any(quad.graph_name not in old and quad.graph_name != _DEFAULT for quad in alike)

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
        """What a report states: of itself and all under it, and of things that it shares with others; each sorted."""
        node = ox.NamedNode(report)
        return _triples(self._own(node)), _triples(self._noted(node))

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


def shared_lines(iri: str, ntriples: bytes) -> list[bytes]:
    """The lines of a report's triples whose subject is neither the report nor anything under it.

    >>> shared_lines("a:r", b'<a:r#1> <a:p> "1" .\\n<a:law> <a:p> "2" .\\n')
    [b'<a:law> <a:p> "2" .']
    """
    own = tuple(f"<{iri}{mark}".encode() for mark in ">/#")
    return [line for line in ntriples.split(b"\n") if line and not line.startswith(own)]


def _quads(report: StatedReport) -> bytes:
    graph = f"<{report.iri}> .".encode()
    noted = b"\n".join(line[:-1] + graph for line in shared_lines(report.iri, report.ntriples))
    return report.ntriples + b"\n" + noted + b"\n"


def _canonical(triples: bytes | Iterable[ox.Triple]) -> bytes:
    """N-Triples as the store gives them back: it keeps integers of every kind as ``xsd:integer``, for one."""
    memory = ox.Store()
    if isinstance(triples, bytes):
        memory.load(triples, ox.RdfFormat.N_TRIPLES)
    else:
        memory.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    return memory.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=_DEFAULT) or b""


def _change(
    verb: str, facts: set[bytes], noted: Mapping[ox.NamedNode, set[bytes]], other: Mapping[ox.NamedNode, set[bytes]]
) -> list[str]:
    blocks = [b"\n".join(facts).decode()] if facts else []
    for node, lines in noted.items():
        if more := lines - other.get(node, set()):
            blocks.append(f"GRAPH {node} {{\n" + b"\n".join(more).decode() + "\n}")
    return [f"{verb} DATA {{\n" + "\n".join(blocks) + "\n}"] if blocks else []


def _triples(lines: Iterable[bytes]) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(b"\n".join(sorted(lines)), ox.RdfFormat.N_TRIPLES)]


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


def _cannot_open(path: Path, error: Exception) -> StoreError:
    text = str(error)
    if "lock" in text.lower():
        return StoreError(f"{path}: in use: another kgraph process is writing to this graph")
    return StoreError(f"{path}: cannot be opened: {text}")
