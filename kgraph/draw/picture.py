"""What a page shows: nodes and edges with the sentences behind them, gathered from a graph with one query for each kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kgraph import compare_facts as facts
from kgraph import vocab
from kgraph.compare_facts import Evidence, Selects
from kgraph.compare_units import figure_text
from kgraph.knowledge import Knowledge

KINDS = ("region", "practice", "metric", "body", "law")
STATUS_ORDER = ("done", "planned", "problem")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a report says along an edge: a status, a value or nothing but the sentence."""

    text: str
    status: str
    evidence: Evidence


@dataclass(slots=True)
class Node:
    """A thing on the page; ``regions`` are the keys of the regions that it belongs to, ``domains`` the ids of its domains."""

    key: str
    kind: str
    label: str
    label_en: str
    domains: set[str] = field(default_factory=set)
    regions: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Edge:
    """A line between two things. A minor one (a metric's practice) is drawn only while one of its ends is chosen."""

    source: str
    target: str
    minor: bool
    items: list[Item] = field(default_factory=list)

    @property
    def status(self) -> str:
        """Done if anything along the edge is, else planned, else problem."""
        found = {item.status for item in self.items}
        return next((status for status in STATUS_ORDER if status in found), "done")


@dataclass(frozen=True, slots=True)
class Picture:
    """Nodes by key and edges by their ends, the reports by IRI, the names of the domains of practices, and how many
    regions were left out before anything was gathered."""

    nodes: dict[str, Node]
    edges: dict[tuple[str, str], Edge]
    reports: dict[str, facts.ReportRow]
    domains: dict[str, tuple[str, str]]
    regions_left: int = 0

    def degrees(self) -> dict[str, int]:
        """How many lines end at each node."""
        count = dict.fromkeys(self.nodes, 0)
        for source, target in self.edges:
            count[source] += 1
            count[target] += 1
        return count


def gather(
    store: Selects, knowledge: Knowledge, practices: Iterable[str] | None = None, max_regions: int | None = None
) -> Picture:
    """Everything that could be drawn of a graph, or of these practices (ids), or of the regions that do the most, alone."""
    chosen = None if practices is None else frozenset(practices)
    gatherer = _Gatherer(store, knowledge)
    within = gatherer.busiest(max_regions)
    gatherer.add_measures(facts.measures(store, chosen, within))
    gatherer.add_metrics(facts.metrics(store, chosen, within))
    gatherer.add_links("body", facts.bodies(store, chosen, within))
    gatherer.add_links("law", facts.laws(store, chosen, within))
    if chosen is None:
        gatherer.add_mentions("body", _BODY_MENTIONS, within)
        gatherer.add_mentions("law", _CITATIONS, within)
    return gatherer.picture()


_BODY_MENTIONS = """SELECT ?report ?target ?from ?to ?text WHERE { %s
  ?span itsrdf:taIdentRef ?target ; nif:referenceContext ?report ;
    nif:beginIndex ?from ; nif:endIndex ?to ; nif:anchorOf ?text }"""
_CITATIONS = """SELECT ?report ?target ?from ?to ?text WHERE { %s ?c kg:cites ?target ; kg:inReport ?report ; kg:evidence ?span .
  ?span nif:beginIndex ?from ; nif:endIndex ?to ; nif:anchorOf ?text }"""


class _Gatherer:
    def __init__(self, store: Selects, knowledge: Knowledge) -> None:
        self.store, self.knowledge = store, knowledge
        self.reports = facts.reports(store)
        self.left_out = 0
        self.nodes: dict[str, Node] = {}
        self.edges: dict[tuple[str, str], Edge] = {}
        known = facts.regions(store)
        paths = facts.region_paths(known)
        self.paths = paths
        self.names = facts.short_names({r.region: paths[r.region] for r in self.reports.values() if r.region in paths})

    def busiest(self, most: int | None) -> tuple[str, ...] | None:
        """The reports of the ``most`` regions that practise the most; None for all of them."""
        regions = {row.region for row in self.reports.values() if row.region is not None}
        if most is None or len(regions) <= most:
            return None
        query = "SELECT ?region (COUNT(DISTINCT ?practice) AS ?n) WHERE { ?region kg:practises ?practice } GROUP BY ?region"
        counts = {region: int(n) for region, n in facts.rows(self.store, query)}
        kept = set(sorted(regions, key=lambda region: (-counts.get(region, 0), region))[:most])
        self.left_out = len(regions) - len(kept)
        return tuple(iri for iri, row in self.reports.items() if row.region in kept)

    def picture(self) -> Picture:
        for (source, target), edge in self.edges.items():
            edge.items.sort(key=lambda item: (STATUS_ORDER.index(item.status), item.evidence, item.text))
            first, second = self.nodes[source], self.nodes[target]
            if first.kind == "region":
                second.regions.add(source)
            if first.kind == "practice" and edge.minor:
                second.domains |= first.domains
        for (source, target), edge in self.edges.items():  # a practice that only numbers stand under is of their regions
            if edge.minor and not self.nodes[source].regions:
                self.nodes[source].regions |= self.nodes[target].regions
        used = {id_ for node in self.nodes.values() for id_ in node.domains}
        domains = {
            id_: (concept.labels.get("zh", id_), concept.labels.get("en", id_))
            for id_, concept in self.knowledge.practices.items()
            if id_ in used
        }
        return Picture(dict(sorted(self.nodes.items())), dict(sorted(self.edges.items())), self.reports, domains, self.left_out)

    def _node(self, key: str, kind: str, label: str, label_en: str = "", domains: Iterable[str] = ()) -> str:
        if key not in self.nodes:
            self.nodes[key] = Node(key, kind, label, label_en or label, set(domains))
        return key

    def _edge(self, source: str, target: str, minor: bool, item: Item | None = None) -> None:
        edge = self.edges.setdefault((source, target), Edge(source, target, minor))
        if item is not None:
            edge.items.append(item)

    def _region(self, report: str) -> str:
        row = self.reports[report]
        if row.region is None or row.region not in self.names:
            return self._node(row.iri, "region", row.title)
        return self._node(row.region, "region", self.names[row.region])

    def _practice(self, id_: str) -> str:
        concept = self.knowledge.practices.get(id_)
        labels = concept.labels if concept else {}
        domain = (concept.broader if concept else None) or id_
        return self._node(vocab.PRACTICE + id_, "practice", labels.get("zh", id_), labels.get("en", id_), [domain])

    def add_measures(self, measures: Iterable[facts.MeasureRow]) -> None:
        for row in measures:
            item = Item("", row.status, row.evidence)
            self._edge(self._region(row.evidence.report), self._practice(row.practice), False, item)

    def add_metrics(self, metrics: Iterable[facts.MetricRow]) -> None:
        """Metrics of one indicator, or of the same words under one practice, are one node with the values along its edges."""
        for row in metrics:
            indicator = self.knowledge.indicators.get(row.indicator or "")
            if indicator is not None:
                label = indicator.labels.get("zh", indicator.id)
                key = self._node(indicator.iri, "metric", label, indicator.labels.get("en", ""))
            else:
                label = " ".join(row.label.split())
                key = self._node(f"metric:{row.practice or ''}:{label}", "metric", label)
            self._edge(self._region(row.evidence.report), key, False, Item(figure_text(row), row.status, row.evidence))
            if row.practice:
                self._edge(self._practice(row.practice), key, True)

    def add_links(self, kind: str, links: Iterable[facts.LinkRow]) -> None:
        links = list(links)
        labels = facts.labels(self.store, {row.target for row in links})
        for row in links:
            key = self._node(row.target, kind, labels[row.target]["zh"])
            self._edge(self._region(row.report), key, False, Item("", "done", row.evidence))
            self._edge(self._practice(row.practice), key, True)

    def add_mentions(self, kind: str, query: str, within: Iterable[str] | None) -> None:
        first: dict[tuple[str, str], Evidence] = {}
        counts: dict[tuple[str, str], int] = defaultdict(int)
        for report, target, start, end, text in facts.rows(self.store, query % facts.values("report", within)):
            evidence = Evidence(report, int(start), int(end), text)
            counts[report, target] += 1
            first[report, target] = min(first.get((report, target), evidence), evidence)
        labels = facts.labels(self.store, {target for _, target in first})
        for (report, target), evidence in sorted(first.items()):
            key = self._node(target, kind, labels[target]["zh"])
            region = self._region(report)
            if not any(item.evidence.report == report for item in self.edges.get((region, key), Edge("", "", False)).items):
                self._edge(region, key, False, Item(f"×{counts[report, target]}", "done", evidence))
