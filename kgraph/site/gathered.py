"""What the atlas gathers from the reports one after another: for each practice, law, body and indicator where it occurs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from kgraph.site.load import STATUSES, Corpus, Fact, Place, ReportPage


class Gathered:
    """The facts of all reports, by what they are about. Reports are added in the order of their numbers."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.facts: list[list[Fact]] = []
        self.measures: dict[str, list[Place]] = defaultdict(list)
        self.metrics: dict[str, list[Place]] = defaultdict(list)
        self.indicators: dict[str, list[Place]] = defaultdict(list)
        self.citations: dict[str, list[Place]] = defaultdict(list)
        self.mentions: dict[str, list[Place]] = defaultdict(list)
        self.by_region: dict[str, list[ReportPage]] = defaultdict(list)
        self.beneath: dict[str, list[ReportPage]] = defaultdict(list)
        self.counts: Counter[str] = Counter()

    def add(self, report: ReportPage, facts: Sequence[Fact]) -> None:
        """The facts of the next report."""
        self.facts.append(list(facts))
        if report.region:
            self.by_region[report.region].append(report)
        for region in self.around(report.region):
            self.beneath[region].append(report)
        for fact in facts:
            self.counts[fact.kind] += 1
            place = Place(report.number, fact)
            if fact.kind == "measure":
                self.measures[fact.target].append(place)
            elif fact.kind == "metric":
                self.metrics[fact.target].append(place)
                if fact.said["indicator"]:
                    self.indicators[fact.said["indicator"]].append(place)
            elif fact.kind == "citation":
                self.citations[fact.target].append(place)
            elif fact.kind == "body":
                self.mentions[fact.target].append(place)

    def around(self, region: str | None) -> list[str]:
        """A region and all that contain it, narrowest first."""
        found: list[str] = []
        while region and region in self.corpus.regions and region not in found:
            found.append(region)
            region = self.corpus.regions[region].wider
        return found

    def regions_of(self, places: Iterable[Place], status: str | None = None) -> set[str]:
        """The regions whose reports hold these facts."""
        reports = self.corpus.reports
        return {reports[p.report].region for p in places if status in (None, p.fact.status)} - {""}

    def children(self, region: str | None) -> list[str]:
        """The regions directly inside a region that have reports in or beneath them, by code; None for the widest."""
        rows = self.corpus.regions
        found = (iri for iri in self.beneath if rows[iri].wider == region or (region is None and rows[iri].wider not in rows))
        return sorted(found, key=lambda iri: (rows[iri].code, iri))

    def grid(self, report: ReportPage) -> dict[str, list[int]]:
        """How many measures of each practice and status a report states."""
        found: dict[str, list[int]] = {}
        for fact in self.facts[report.number]:
            if fact.kind == "measure" and fact.status in STATUSES:
                found.setdefault(fact.target, [0, 0, 0])[STATUSES.index(fact.status)] += 1
        return found
