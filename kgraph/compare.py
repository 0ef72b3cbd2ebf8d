"""Regions or years side by side: what each does, plans and lacks of a practice, with its numbers, bodies, laws and sentences.

An empty cell says that no report mentions it, never that it was not done.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kgraph import compare_facts as facts
from kgraph.compare_choose import choose_practices, choose_regions, choose_years
from kgraph.compare_facts import Evidence, LinkRow, MeasureRow, MetricRow, ReportRow, Selects
from kgraph.compare_table import By, Column, Comparison, Entry, Line, LineKind
from kgraph.compare_units import UnitFamilies, figure_text
from kgraph.compare_words import word
from kgraph.errors import InputError
from kgraph.knowledge import Knowledge

__all__ = ["Comparison", "compare"]


def compare(
    store: Selects,
    practice: str | None = None,
    *,
    by: By = "region",
    regions: Sequence[str] | None = None,
    years: Sequence[str | int] | None = None,
    lang: str = "zh",
    knowledge: Knowledge | None = None,
) -> Comparison:
    """Set regions or years side by side for a practice, a domain of practices, or all.

    ``practice`` is an id or a label (None: all), ``regions`` names or division codes, ``years`` the years reported on.
    Raises ``InputError`` for a practice, region or year that is not there, naming what is near.
    """
    knowledge = knowledge or Knowledge()
    if by not in ("region", "year"):
        raise InputError(f"cannot compare by {by!r}; by is region or year")
    chosen = choose_practices(practice, knowledge.practices)
    every = len(chosen) == len(knowledge.practices)
    all_reports = facts.reports(store)
    known_regions = facts.regions(store)
    wanted_regions = choose_regions(regions, all_reports, known_regions)
    wanted_years = choose_years(years, all_reports)
    reports = {
        iri: row
        for iri, row in all_reports.items()
        if (wanted_regions is None or row.region in wanted_regions) and (wanted_years is None or row.year in wanted_years)
    }
    if not reports:
        raise InputError("no report in this graph is of these regions and years together")
    within = None if len(reports) == len(all_reports) else tuple(reports)
    some = None if every else chosen
    maker = _Maker(store, by, reports, _columns(by, reports, known_regions, lang), knowledge, lang)
    maker.add_measures(facts.measures(store, some, within))
    maker.add_metrics([row for row in facts.metrics(store, some, within) if row.practice is not None])
    maker.add_links("bodies", facts.bodies(store, some, within))
    maker.add_links("laws", facts.laws(store, some, within))
    return maker.comparison(chosen)


def _columns(by: By, reports: Mapping[str, ReportRow], known: Mapping[str, facts.RegionRow], lang: str) -> tuple[Column, ...]:
    members: dict[str, list[str]] = defaultdict(list)
    for iri, row in reports.items():
        members[(row.year if by == "year" else row.region) or ""].append(iri)
    paths = facts.region_paths(known)
    names = facts.short_names({iri: paths[iri] for iri in members if iri in paths})
    unknown = word("unknown_year" if by == "year" else "unknown_region", lang)

    def order(key: str) -> tuple[bool, str]:
        return (key == "", known[key].code if key in known else key)

    columns = []
    apart = by == "region" and all(len({reports[iri].year for iri in iris}) == 1 for iris in members.values())
    for key in sorted(members, key=order):
        label = names.get(key, key) if key else unknown
        year = reports[members[key][0]].year if apart else None
        columns.append(Column(key, label, f"{label} {year}" if year else label, tuple(members[key])))
    return tuple(columns)


class _Maker:
    """Puts facts into cells. The sentences are read only for the reports that are compared."""

    def __init__(
        self,
        store: Selects,
        by: By,
        reports: Mapping[str, ReportRow],
        columns: tuple[Column, ...],
        knowledge: Knowledge,
        lang: str,
    ) -> None:
        self.store, self.by, self.reports, self.columns, self.knowledge, self.lang = store, by, reports, columns, knowledge, lang
        self.units = UnitFamilies(knowledge.units)
        self.column_of = {report: i for i, column in enumerate(columns) for report in column.reports}
        self.texts = facts.texts(store, reports)
        names = facts.short_names(_paths_of_reports(store, reports)) if by == "year" else {}
        self.prefix = {iri: names.get(row.region or "", "") for iri, row in reports.items()} if len(set(names)) > 1 else {}
        several = any(len({reports[r].year for r in column.reports}) > 1 for column in columns)
        self.suffix = {iri: row.year or word("unknown_year", self.lang) for iri, row in reports.items()} if several else {}
        self.cells: dict[tuple[str, LineKind, str, bool], dict[int, list[Entry]]] = {}
        self.practices_seen: set[str] = set()
        self.notes: list[str] = []

    def comparison(self, chosen: tuple[str, ...]) -> Comparison:
        subject = word("all", self.lang) if len(chosen) == len(self.knowledge.practices) else self._practice(chosen[0])
        place = {id_: i for i, id_ in enumerate(chosen)}
        kinds: tuple[LineKind, ...] = ("status", "figure", "bodies", "laws")
        lines = [
            Line(practice, kind, label, {i: tuple(entries) for i, entries in cells.items()}, known)
            for (practice, kind, label, known), cells in self.cells.items()
        ]
        lines.sort(
            key=lambda line: (
                place.get(line.practice, len(place)),
                line.practice,
                kinds.index(line.kind),
                -line.filled,
                line.label,
            )
        )
        practices = tuple((id_, self._practice(id_)) for id_ in chosen if id_ in self.practices_seen or len(chosen) == 1)
        return Comparison(
            self.by, subject, practices, self.columns, tuple(lines), tuple(self.notes), self.reports, self.texts, self.lang
        )

    def _practice(self, id_: str) -> str:
        labels = self.knowledge.practices[id_].labels if id_ in self.knowledge.practices else {}
        return labels.get(self.lang) or labels.get("zh") or id_

    def _put(self, practice: str, kind: LineKind, label: str, text: str, evidence: Evidence, known: bool = True) -> None:
        self.practices_seen.add(practice)
        cells = self.cells.setdefault((practice, kind, label, known), {})
        cells.setdefault(self.column_of[evidence.report], []).append(Entry(text, evidence))

    def add_measures(self, measures: Iterable[MeasureRow]) -> None:
        for row in measures:
            self._put(row.practice, "status", word("status", self.lang), word(row.status, self.lang), row.evidence)

    def add_metrics(self, metrics: Iterable[MetricRow]) -> None:
        groups: dict[tuple[str, str, bool], dict[str, list[MetricRow]]] = defaultdict(lambda: defaultdict(list))
        for row in metrics:
            practice = row.practice or ""
            indicator = self.knowledge.indicators.get(row.indicator or "")
            label = (
                (indicator.labels.get(self.lang) or indicator.labels.get("zh", row.label))
                if indicator
                else " ".join(row.label.split())
            )
            label += f" {word('change', self.lang)}" if row.change else ""
            family = self.units.family(row.unit, row.unit_id)
            groups[practice, label, indicator is not None][family].append(row)
        for (practice, label, known), families in sorted(groups.items()):
            written = {family: "/".join(dict.fromkeys(row.unit for row in families[family])) for family in sorted(families)}
            first, *others = written.values()
            self.notes += [f"{label}: {word('refusal', self.lang).format(a=first, b=other)}" for other in others]
            for family, forms in written.items():
                for row in families[family]:
                    title = f"{label} ({forms})" if others and forms else label
                    title += f" /{row.per}" if row.per else ""
                    self._put(practice, "figure", title, self._figure(row), row.evidence, known)

    def _figure(self, row: MetricRow) -> str:
        before = f"{self.prefix[row.evidence.report]} " if self.prefix.get(row.evidence.report) else ""
        before += f"{word(row.status, self.lang)} " if row.status != "done" else ""
        after = f" ({self.suffix[row.evidence.report]})" if row.evidence.report in self.suffix else ""
        return before + figure_text(row) + after

    def add_links(self, kind: LineKind, links: Sequence[LinkRow]) -> None:
        names = facts.labels(self.store, {row.target for row in links})
        for row in links:
            label = names[row.target].get(self.lang) or names[row.target]["zh"]
            self._put(row.practice, kind, word(kind, self.lang), label, row.evidence)


def _paths_of_reports(store: Selects, reports: Mapping[str, ReportRow]) -> dict[str, tuple[str, ...]]:
    paths = facts.region_paths(facts.regions(store))
    return {row.region: paths[row.region] for row in reports.values() if row.region in paths}
