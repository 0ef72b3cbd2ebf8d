"""The named questions on the built graph: by the store, and by rdflib alone on the same triples in memory."""

from __future__ import annotations

import statistics
import time

import rdflib

from kgraph.graph import KnowledgeGraph
from kgraph.query_named import questions

SAMPLE = 60
"""Reports in the smaller graph on which rdflib alone is run: it is too slow for the whole one."""


def measure(graph: KnowledgeGraph) -> None:
    """Print the time of each question without parameters; then a few of them side by side with rdflib on a sample."""
    plain = [q for q in questions(graph.knowledge) if not q.parameters]
    times: dict[str, float] = {}
    first: dict[str, float] = {}
    for question in plain:
        taken = []
        for _ in range(4):
            start = time.perf_counter()
            rows = len(graph.question(question.name).table)
            taken.append(1000 * (time.perf_counter() - start))
        first[question.name], times[question.name] = taken[0], statistics.median(taken[1:])
        print(f"  {question.name:28} first {taken[0]:8.1f} ms  again {times[question.name]:8.1f} ms  {rows} rows")
    for what, measured in (("first asked", first), ("asked again (kept answers)", times)):
        slow = [name for name, ms in measured.items() if ms > 100]
        print(
            f"named questions, {what}: median {statistics.median(measured.values()):.1f} ms; over 100 ms: {', '.join(slow) or 'none'}"
        )
    _beside_rdflib(graph, [q for q in plain if q.name in ("coverage", "laws-cited", "practices-by-region", "plans")])


def _beside_rdflib(graph: KnowledgeGraph, chosen: list[object]) -> None:
    import pyoxigraph as ox

    from kgraph.vocab import PREFIXES

    memory, store = rdflib.Graph(), ox.Store()
    lines = []
    for report in graph.store.reports()[:SAMPLE]:
        own, shared = graph.store.stated(report)
        for triple in (*own, *shared):
            store.add(ox.Quad(triple.subject, triple.predicate, triple.object))
            lines.append(f"{triple} .")
    memory.parse(data="\n".join(lines), format="nt")
    for prefix, iri in PREFIXES.items():
        memory.bind(prefix, iri)
    print(f"the same questions on {SAMPLE} of the reports, {len(memory):,} triples in memory, Oxigraph beside rdflib alone:")
    for question in chosen:
        sparql = question.sparql  # type: ignore[attr-defined]
        start = time.perf_counter()
        ours = len(list(store.query(sparql, prefixes=PREFIXES)))
        middle = time.perf_counter()
        theirs = len(list(memory.query(sparql, initNs=PREFIXES)))
        end = time.perf_counter()
        ratio = (end - middle) / (middle - start)
        name = question.name  # type: ignore[attr-defined]
        print(
            f"  {name:28} {1000 * (middle - start):8.1f} ms  rdflib {1000 * (end - middle):8.0f} ms  ratio {ratio:.0f}  rows {ours} = {theirs}"
        )
