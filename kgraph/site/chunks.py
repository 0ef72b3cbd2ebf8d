"""The data that the comparisons in the page load: names and numbers of all, counts by report, values by indicator."""

from __future__ import annotations

from typing import Any

from kgraph.site.gathered import Gathered
from kgraph.site.load import STATUSES
from kgraph.site.report import figure, href
from kgraph.site.writer import Writer

TOGETHER = 400
"""Reports in one chunk of the matrix."""
VALUES = 4000
"""Values in one chunk of an indicator."""
NAMES = 4000


def write_chunks(gathered: Gathered, writer: Writer, order: dict[str, int]) -> None:
    """``core`` (practices, indicators), ``regions-N``, ``reports-N``, ``m-N`` (counts) and ``i-ID-N`` (values)."""
    corpus = gathered.corpus
    known = corpus.knowledge.practices
    practices = [
        [id_, known[id_].labels.get("zh", id_), known[id_].labels.get("en", ""), known[id_].broader or ""] for id_ in order
    ]
    place = {id_: i for i, id_ in enumerate(order)}
    indicators = []
    for id_, concept in corpus.knowledge.indicators.items():
        places = gathered.indicators.get(id_, [])
        if places:
            labels = concept.labels
            indicators.append([id_, labels.get("zh", id_), labels.get("en", ""), len(places)])
            rows = [_value(gathered, p) for p in places]
            for i in range(0, len(rows), VALUES):
                writer.data(f"i-{id_}-{i // VALUES}", rows[i : i + VALUES])
    used = sorted(gathered.beneath, key=lambda iri: (corpus.regions[iri].code, iri))
    number = {iri: i for i, iri in enumerate(used)}
    regions: list[list[Any]] = []
    for iri in used:
        row = corpus.regions[iri]
        wider = number.get(row.wider, -1) if row.wider else -1
        own = 1 if iri in gathered.by_region else 0
        regions.append([row.code, corpus.names[iri], corpus.levels.get(iri, 0), wider, own])
    reports = [[r.key, number.get(r.region, -1), r.year] for r in corpus.reports]
    for i in range(0, len(regions), NAMES):
        writer.data(f"regions-{i // NAMES}", regions[i : i + NAMES])
    for i in range(0, len(reports), NAMES):
        writer.data(f"reports-{i // NAMES}", reports[i : i + NAMES])
    for i in range(0, len(corpus.reports), TOGETHER):
        grids = []
        for report in corpus.reports[i : i + TOGETHER]:
            flat: list[int] = []
            for practice, counts in sorted(gathered.grid(report).items(), key=lambda item: place.get(item[0], -1)):
                if practice in place:
                    flat += [place[practice], *counts]
            grids.append(flat)
        writer.data(f"m-{i // TOGETHER}", grids)
    writer.data(
        "core",
        {
            "practices": practices,
            "indicators": indicators,
            "statuses": STATUSES,
            "regions": -(-len(regions) // NAMES),
            "reports": -(-len(reports) // NAMES),
            "together": TOGETHER,
            "values": VALUES,
        },
    )


def _value(gathered: Gathered, place: Any) -> list[Any]:
    """Report, value, shown, unit, per, status, change, words, page and offsets."""
    fact = place.fact
    report = gathered.corpus.reports[place.report]
    said = fact.said
    status = STATUSES.index(fact.status) if fact.status in STATUSES else 0
    return [
        place.report, float(said["value"]), figure(fact), said["unit"], said["per"], status, said["change"], fact.label,
        href(report, fact.start, fact.end), said["comparator"], int(said["basis"] == "cumulative"),
    ]  # fmt: skip
