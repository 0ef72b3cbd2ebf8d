"""Findings in words and tables: what regions share, what only one does, who is like whom, what is cited together.

Each sentence gives its numbers, and says nothing that the counts do not: "reports mention", never "regions lack".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import networkx as nx

from kgraph import compare_facts as facts
from kgraph import network, vocab
from kgraph.analyze_words import word
from kgraph.compare_facts import Selects
from kgraph.knowledge import Knowledge
from kgraph.tables import Cell, Table

SMALL = 10
NAMES = 8


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: its id, a heading, sentences with their numbers, and the table behind them (None where empty)."""

    id: str
    title: str
    sentences: tuple[str, ...]
    table: Table | None


@dataclass(frozen=True, slots=True)
class Analysis:
    """All findings on a graph, with the sentences on what they cover."""

    title: str
    scope: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables of the findings that have one."""
        return tuple(finding.table for finding in self.findings if finding.table is not None)

    def words(self) -> str:
        """The findings in words alone, a paragraph each."""
        parts = ["\n".join((self.title, *self.scope))]
        parts += ["\n".join((f"## {finding.title}", *finding.sentences)) for finding in self.findings]
        return "\n\n".join(parts) + "\n"

    def text(self, width: int | None = None) -> str:
        """The findings in words and tables for a terminal of ``width`` columns, by default that of the terminal."""
        parts = ["\n".join((self.title, *self.scope)) + "\n"]
        for finding in self.findings:
            words = "\n".join((f"## {finding.title}", *finding.sentences)) + "\n"
            parts.append(words + (replace(finding.table, title="").text(width) if finding.table is not None else ""))
        return "\n".join(parts)


def analyze(store: Selects, lang: str = "zh", top: int = 15, knowledge: Knowledge | None = None) -> Analysis:
    """What a graph shows; ``top`` caps the rows of each table, which then says so."""
    return _Analyst(store, lang, top, knowledge or Knowledge()).analysis()


class _Analyst:
    def __init__(self, store: Selects, lang: str, top: int, knowledge: Knowledge) -> None:
        self.store, self.lang, self.top, self.knowledge = store, lang, top, knowledge
        self.bipartite = network.projection(store, "region-practice", knowledge)
        self.regions = [n for n, kind in self.bipartite.nodes(data="kind") if kind == "region"]
        self.practices = [n for n, kind in self.bipartite.nodes(data="kind") if kind == "practice"]
        self.practices.sort(key=lambda n: (-self.bipartite.degree(n), n))

    def analysis(self) -> Analysis:
        reports = facts.reports(self.store)
        years = sorted({row.year for row in reports.values() if row.year})
        span = "–".join(dict.fromkeys((years[0], years[-1]))) if years else "?"
        reporting = len({row.region for row in reports.values() if row.region})
        scope = [self._say("scope", reports=len(reports), regions=reporting, years=span)]
        if reporting < SMALL:
            scope.append(self._say("small", n=SMALL))
        peers = network.projection(self.store, "region-region", self.knowledge)
        findings = (self._shared(), self._only(), self._gaps(reports), self._peers(peers), self._groups(peers), self._laws())
        return Analysis(self._say("title"), tuple(scope), (*findings, *self._bodies()))

    def _say(self, key: str, **numbers: object) -> str:
        return word(key, self.lang).format(**numbers)

    def _label(self, node: str) -> str:
        attributes = self.bipartite.nodes[node]
        return str((self.lang == "en" and attributes.get("label_en")) or attributes["label"])

    def _domain(self, node: str) -> str:
        concept = self.knowledge.practices.get(self.bipartite.nodes[node]["domain"])
        return (concept.labels.get(self.lang) or concept.labels.get("zh", "")) if concept else ""

    def _names(self, names: Sequence[str]) -> str:
        more = [self._say("more", n=len(names))] if len(names) > NAMES else []
        return word("joint", self.lang).join([*names[:NAMES], *more])

    def _finding(self, id_: str, sentences: Sequence[str], header: Sequence[str], rows: Sequence[tuple[Cell, ...]]) -> Finding:
        title = self._say(f"{id_}_title")
        if not rows:
            return Finding(id_, title, tuple(sentences) or (self._say("none"),), None)
        notes = (self._say("cut", shown=self.top, all=len(rows)),) if len(rows) > self.top else ()
        table = Table(tuple(word(h, self.lang) for h in header), tuple(rows[: self.top]), title, notes)
        return Finding(id_, title, tuple(sentences), table)

    def _shared(self) -> Finding:
        shared = [n for n in self.practices if self.bipartite.degree(n) > 1]
        total = len(self.regions)
        rows = [
            (self._label(n), self._domain(n), self.bipartite.degree(n), f"{self.bipartite.degree(n) / total:.0%}") for n in shared
        ]
        sentences = []
        if rows:
            sentences.append(self._say("shared", n=len(rows), name=rows[0][0], count=rows[0][2], all=total))
            everywhere = sum(1 for row in rows if row[2] == total)
            sentences += [self._say("shared_all", n=everywhere)] if everywhere else []
        return self._finding("shared", sentences, ("practice", "domain", "regions", "share"), rows)

    def _only(self) -> Finding:
        by_region: dict[str, list[str]] = defaultdict(list)
        for practice in self.practices:
            if self.bipartite.degree(practice) == 1 and len(self.regions) > 1:
                by_region[next(iter(self.bipartite[practice]))].append(self._label(practice))
        order = sorted(by_region, key=lambda region: (-len(by_region[region]), region))
        rows = [(self._label(region), len(by_region[region]), self._names(by_region[region])) for region in order]
        if not rows:
            return self._finding("only", [self._say("only_none")] if len(self.regions) > 1 else [], (), ())
        total = sum(len(names) for names in by_region.values())
        return self._finding(
            "only", [self._say("only", n=total, name=rows[0][0], count=rows[0][1])], ("region", "practices", "practice"), rows
        )

    def _gaps(self, reports: dict[str, facts.ReportRow]) -> Finding:
        query = (
            "SELECT DISTINCT ?practice ?report WHERE { ?m kg:status kg:problem ; kg:practice ?practice ; kg:inReport ?report }"
        )
        by_practice: dict[str, set[str]] = defaultdict(set)
        for practice, report in facts.rows(self.store, query):
            by_practice[practice].add(reports[report].region or report)
        names = {
            iri: concept.labels.get(self.lang) or concept.labels["zh"]
            for iri, concept in ((p, self.knowledge.practices.get(facts.local(p, vocab.PRACTICE))) for p in by_practice)
            if concept is not None
        }
        recurring = sorted((p for p in names if len(by_practice[p]) > 1), key=lambda p: (-len(by_practice[p]), p))
        rows = [(names[p], len(by_practice[p])) for p in recurring]
        if not rows:
            return self._finding("gaps", [self._say("gaps_none")] if by_practice else [], (), ())
        return self._finding(
            "gaps", [self._say("gaps", n=len(rows), name=rows[0][0], count=rows[0][1])], ("practice", "regions"), rows
        )

    def _peers(self, peers: nx.Graph) -> Finding:
        rows = []
        for region in self.regions:
            if not peers.degree(region):
                continue
            near = max(sorted(peers[region]), key=lambda other: peers.edges[region, other]["similarity"])
            edge = peers.edges[region, near]
            extra = sorted(set(self.bipartite[near]) - set(self.bipartite[region]), key=lambda n: (self.bipartite.degree(n), n))
            names = self._names([self._label(n) for n in extra])
            rows.append((self._label(region), self._label(near), edge["shared"], f"{edge['similarity']:.2f}", names))
        rows.sort(key=lambda row: (-float(row[3]), row[0]))
        sentences = []
        if rows:
            a, b, shared, similarity, _ = rows[0]
            sentences = [self._say("peers", a=a, b=b, shared=shared, similarity=similarity), self._say("peers_how")]
        return self._finding("peers", sentences, ("region", "peer", "in_common", "similarity", "differs"), rows)

    def _groups(self, peers: nx.Graph) -> Finding:
        found = [group for group in network.communities(peers) if len(group) > 1]
        if not found:
            return self._finding("groups", [], (), ())
        if len(found) == 1 and len(found[0]) == len(self.regions):
            return self._finding("groups", [self._say("groups_one", n=len(self.regions))], (), ())
        rows = []
        for number, group in enumerate(found, 1):
            inside = {n: sum(1 for r in self.bipartite[n] if r in set(group)) / len(group) for n in self.practices}
            lift = {n: inside[n] - self.bipartite.degree(n) / len(self.regions) for n in self.practices if inside[n] > 0.5}
            typical = [n for n in sorted(lift, key=lambda n: (-lift[n], n)) if lift[n] > 0.05][:4]
            members = self._names([self._label(region) for region in group])
            rows.append((number, len(group), members, self._names([self._label(n) for n in typical])))
        everyone = network.communities(peers)
        modularity = round(nx.community.modularity(peers, everyone, weight="weight"), 2) + 0.0
        sentences = [self._say("groups", n=len(found), size=len(found[0]), modularity=f"{modularity:.2f}")]
        sentences += [self._say("groups_weak")] if modularity < 0.1 else []
        return self._finding("groups", sentences, ("group", "size", "members", "typical"), rows)

    def _laws(self) -> Finding:
        graph = network.projection(self.store, "law-law", self.knowledge)
        pairs = sorted(graph.edges(data="weight"), key=lambda edge: (-edge[2], edge[0], edge[1]))
        rows = [(graph.nodes[a]["label"], graph.nodes[b]["label"], n) for a, b, n in pairs if n > 1]
        if not rows:
            return self._finding("laws", [self._say("laws_once")] if graph else [], (), ())
        a, b, n = rows[0]
        return self._finding("laws", [self._say("laws", a=a, b=b, n=n)], ("law_a", "law_b", "reports"), rows)

    def _bodies(self) -> tuple[Finding, Finding]:
        graph = network.projection(self.store, "body-measure", self.knowledge)
        bodies = [n for n, kind in graph.nodes(data="kind") if kind == "body"]
        measures = dict(graph.degree(weight="weight"))
        bodies.sort(key=lambda n: (-graph.degree(n), -measures[n], n))
        rows: list[tuple[Cell, ...]] = [(graph.nodes[n]["label"], graph.degree(n), measures[n]) for n in bodies]
        by_type: dict[str, list[str]] = defaultdict(list)
        for n in bodies:
            by_type[graph.nodes[n]["type"]].append(n)
        types: list[tuple[Cell, ...]] = []
        for type_, members in by_type.items():
            concept = self.knowledge.bodytypes.get(type_) if type_ else None
            if concept is not None:
                label = concept.labels.get(self.lang) or concept.labels.get("zh", type_)
                touched = {practice for n in members for practice in graph[n]}
                types.append((label, len(members), len(touched), sum(measures[n] for n in members)))
        types.sort(key=lambda row: (-int(str(row[2])), -int(str(row[3])), str(row[0])))
        said = [self._say("bodies", name=rows[0][0], count=rows[0][1], measures=rows[0][2])] if rows else []
        return (
            self._finding("bodies", said, ("body", "practices", "measures"), rows),
            self._finding("types", [], ("type", "body", "practices", "measures"), types),
        )
