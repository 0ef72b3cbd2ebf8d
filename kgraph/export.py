"""Writing the graph out, report by report and sorted, so that the same graph gives the same bytes and memory stays flat.

RDF as N-Quads or TriG (each report in a graph named by its IRI, what is shared in a graph of its own), Turtle, N-Triples
and JSON-LD; GraphML and GEXF for network programs; CSV tables in a folder or a zip file.
"""

from __future__ import annotations

import heapq
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

import pyoxigraph as ox

from kgraph.errors import InputError
from kgraph.export_networks import write_gexf, write_graphml
from kgraph.export_tables import tables, write_tables
from kgraph.store import VOCABULARY
from kgraph.vocab import PREFIXES

if TYPE_CHECKING:
    from kgraph.store import Store

__all__ = ["FORMATS", "export", "tables"]

RDF_FORMATS = {
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
}
FORMATS = (*RDF_FORMATS, "graphml", "gexf", "csv")
CHUNK = 200_000
"""Lines of shared statements that are sorted in memory at a time."""


def export(store: Store, form: str, path: Path) -> None:
    """Write the graph to a file in one of ``FORMATS``; ``csv`` to a folder, or to a zip file if the path ends in ``.zip``.

    The file is whole or not there: it is written under another name first. Raises ``InputError``.
    """
    if form not in FORMATS:
        raise InputError(f"no export format {form!r}; there are: {', '.join(FORMATS)}")
    try:
        if form == "csv":
            write_tables(store, path)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(path.name + ".part")
        with part.open("wb") as out:
            if form == "graphml":
                write_graphml(store, out)
            elif form == "gexf":
                write_gexf(store, out)
            else:
                _write_rdf(store, RDF_FORMATS[form], out)
        os.replace(part, path)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror or error}") from None


class _Header:
    """Sorts the lines of prefixes at the head of the output: the serialiser writes them in an order of chance."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._head: bytes | None = b""

    def write(self, data: bytes) -> int:
        if self._head is None:
            self._out.write(data)
            return len(data)
        self._head += data
        if len(self._head) >= 7 and any(not line.startswith(b"@prefix") for line in self._head.split(b"\n")[:-1] or [self._head]):
            self._release()
        return len(data)

    def flush(self) -> None:
        if self._head is not None:
            self._release()
        self._out.flush()

    def _release(self) -> None:
        lines = (self._head or b"").split(b"\n")
        n = next((i for i, line in enumerate(lines) if not line.startswith(b"@prefix")), len(lines))
        self._out.write(b"\n".join(sorted(lines[:n]) + lines[n:]))
        self._head = None


def _write_rdf(store: Store, form: ox.RdfFormat, out: IO[bytes]) -> None:
    with tempfile.TemporaryDirectory(prefix="kgraph-") as folder:
        shared = _sorted_shared(store, Path(folder))
        if form.supports_datasets and form != ox.RdfFormat.JSON_LD:
            quads = _quads(store, shared)
            ox.serialize(
                quads, cast("IO[bytes]", _Header(out)), form, prefixes=None if form == ox.RdfFormat.N_QUADS else _prefixes()
            )
            return
        own = (line for report in store.reports() for line in _lines(_own(store, report)))
        triples = _triples(heapq.merge(shared, own))
        ox.serialize(
            triples, cast("IO[bytes]", _Header(out)), form, prefixes=None if form == ox.RdfFormat.N_TRIPLES else _prefixes()
        )


def _quads(store: Store, shared: Iterable[str]) -> Iterator[ox.Quad]:
    yield from _in_graph(_triples(shared), ox.NamedNode(store.base + "shared"))
    for report in store.reports():
        yield from _in_graph(_own(store, report), ox.NamedNode(report))


def _prefixes() -> dict[str, str]:
    return {prefix: iri for prefix, iri in PREFIXES.items() if prefix != "id"}


def _own(store: Store, report: str) -> list[ox.Triple]:
    return store.stated(report)[0]


def _lines(triples: Iterable[ox.Triple]) -> list[str]:
    return sorted(f"{t} .\n" for t in triples)


def _triples(lines: Iterable[str]) -> Iterator[ox.Triple]:
    last = ""
    batch: list[str] = []
    for line in lines:
        if line != last:
            batch.append(line)
        last = line
        if len(batch) >= 5000:
            yield from _parsed(batch)
            batch = []
    yield from _parsed(batch)


def _parsed(lines: list[str]) -> Iterator[ox.Triple]:
    for quad in ox.parse("".join(lines), ox.RdfFormat.N_TRIPLES):
        yield quad.triple


def _in_graph(triples: Iterable[ox.Triple], graph: ox.NamedNode) -> Iterator[ox.Quad]:
    for t in triples:
        yield ox.Quad(t.subject, t.predicate, t.object, graph)


def _sorted_shared(store: Store, folder: Path) -> Iterator[str]:
    """The lines of what reports share and of the vocabularies, sorted, through files where they are many."""
    pieces: list[Path] = []
    lines: set[str] = set()

    def spill() -> None:
        pieces.append(folder / f"{len(pieces)}.nt")
        pieces[-1].write_text("".join(sorted(lines)), encoding="utf-8")
        lines.clear()

    for name in (VOCABULARY.value, *store.reports()):
        noted = ox.NamedNode(name)
        lines.update(f"{q.triple} .\n" for q in store.engine.quads_for_pattern(None, None, None, noted))
        if len(lines) >= CHUNK:
            spill()
    if not pieces:
        return iter(sorted(lines))
    spill()
    return heapq.merge(*(_read(piece) for piece in pieces))


def _read(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="\n") as file:
        yield from file
