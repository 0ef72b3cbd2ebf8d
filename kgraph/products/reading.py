"""Reading the facts of a whole graph: one scan for each property, joined here.

A join in the store looks each fact up for each property; for a quarter of a million measures that took four times as
long as scanning the properties one after the other. A span's IRI holds report and offsets (RFC 5147), its words come
from the report's text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox

from kgraph import compare_facts as facts
from kgraph import vocab
from kgraph.compare_facts import Evidence, MeasureRow, MetricRow, Selects


@dataclass(frozen=True, slots=True)
class Read:
    """All measures and metrics, each in the order of report and place."""

    measures: list[MeasureRow]
    metrics: list[MetricRow]


def read(store: Selects, texts: Mapping[str, str]) -> Read:
    """The measures and metrics of a graph whose reports have these texts."""
    spans = _spans(store, texts)
    if spans is None:
        return Read(facts.measures(store), facts.metrics(store))
    practices = _scan(store, "kg:practice", vocab.PRACTICE)
    statuses = _scan(store, "kg:status", vocab.KG.base)
    metric_iris = {iri for iri, _ in links(store, "rdf:type", "kg:Metric")}
    measures = [
        MeasureRow(iri, practice, statuses[iri], spans[iri])
        for iri, practice in practices.items()
        if iri in statuses and iri in spans and iri not in metric_iris
    ]
    measures.sort(key=lambda row: (*_place(row.evidence), row.practice, row.iri))
    metrics = _metrics(store, metric_iris, spans, practices, statuses)
    return Read(measures, metrics)


def links(store: Selects, predicate: str, value: str | None = None) -> Iterator[tuple[str, str]]:
    """Subject and object of each statement with a property (and a value, both as prefixed names), as strings."""
    engine = getattr(store, "engine", None)
    if not isinstance(engine, ox.Store):
        known = f"VALUES ?o {{ {value} }}" if value else ""
        yield from facts.rows(store, f"SELECT ?s ?o {{ {known} ?s {predicate} ?o }}")
        return
    name = None if value is None else _node(value)
    for quad in engine.quads_for_pattern(None, _node(predicate), name, ox.DefaultGraph()):  # half the time of a query
        yield quad.subject.value, quad.object.value  # type: ignore[union-attr]


def _node(name: str) -> ox.NamedNode:
    prefix, _, local = name.partition(":")
    return ox.NamedNode(vocab.PREFIXES[prefix] + local)


def _metrics(
    store: Selects, iris: set[str], spans: Mapping[str, Evidence], practices: Mapping[str, str], statuses: Mapping[str, str]
) -> list[MetricRow]:
    value, unit, per = (_scan(store, p) for p in ("kg:value", "kg:unit", "kg:per"))
    known = facts.values("u", {*unit.values(), *per.values()})
    units = dict(sorted(facts.rows(store, f"SELECT ?u ?l {{ {known} ?u rdfs:label ?l }}"), reverse=True))
    broader = {iri: facts.local(to, vocab.UNIT) for iri, to in links(store, "skos:broader") if iri in units}
    label, indicator = _scan(store, "kg:indicatorLabel"), _scan(store, "kg:indicator", vocab.INDICATOR)
    comparator, change = _scan(store, "kg:comparator", vocab.KG.base), _scan(store, "kg:change", vocab.KG.base)
    found = []
    for iri in iris:
        if iri not in value or iri not in spans:
            continue
        of = unit.get(iri, "")
        found.append(
            MetricRow(
                iri=iri,
                practice=practices.get(iri),
                indicator=indicator.get(iri),
                label=label.get(iri) or spans[iri].text,
                value=Decimal(value[iri]),
                unit=units.get(of, ""),
                unit_id=broader.get(of),
                per=units.get(per[iri]) if iri in per else None,
                comparator=comparator.get(iri, "exactly"),
                change=change.get(iri),
                status=statuses.get(iri, "done"),
                evidence=spans[iri],
            )
        )
    return sorted(found, key=lambda row: (*_place(row.evidence), row.iri))


def _scan(store: Selects, predicate: str, base: str | None = None) -> dict[str, str]:
    """The value of a property for each subject, the least where there are several; ids within ``base`` if given."""
    ids: dict[str, str] = {}
    found: dict[str, str] = {}
    for subject, value in links(store, predicate):
        value = (
            ids.setdefault(value, value) if base is None else ids.get(value) or ids.setdefault(value, facts.local(value, base))
        )
        kept = found.get(subject)
        if kept is None or value < kept:
            found[subject] = value
    return found


def _spans(store: Selects, texts: Mapping[str, str]) -> dict[str, Evidence] | None:
    """The evidence of each fact, the first where there are several; None where a span's IRI or text does not tell."""
    known = {iri: iri for iri in texts}
    spans: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for fact, span in links(store, "kg:evidence"):
        report, mark, place = span.partition("#char=")
        start, comma, end = place.partition(",")
        if not mark or not comma or not start.isdecimal() or not end.isdecimal() or report not in known:
            return None
        spans[fact].append((known[report], int(start), int(end)))
    found = {}
    for fact, places in spans.items():
        report, begin, stop = min(places)
        found[fact] = Evidence(report, begin, stop, texts[report][begin:stop])
    return found


def _place(evidence: Evidence) -> tuple[str, int, int]:
    return (evidence.report, evidence.start, evidence.end)
