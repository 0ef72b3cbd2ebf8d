"""Who is like whom, in which order practices appear in the corpus, which go together, which laws are cited for them."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from kgraph import network
from kgraph.compare_facts import Evidence, MeasureRow
from kgraph.errors import InputError
from kgraph.products.corpus import CitationRow, Corpus
from kgraph.products.gaps import earliest
from kgraph.products.grid import Grid, GridCell, joined, mark
from kgraph.products.product import Product
from kgraph.products.words import word


@dataclass(frozen=True, slots=True)
class Peer:
    """A region beside another: similarity, and practices (ids) of both, of the first alone and of the peer alone."""

    region: str
    similarity: float
    shared: tuple[str, ...]
    own: tuple[str, ...]
    besides: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Peers(Product):
    """The regions most like one, the nearest first."""

    region: str
    peers: tuple[Peer, ...]

    def grids(self, limit: int | None = None) -> tuple[Grid, ...]:
        """One row for each peer."""
        corpus, lang = self.corpus, self.corpus.lang
        rows: list[tuple[GridCell, ...]] = []
        for peer in self.peers[:limit]:
            theirs, mine = corpus.done.get(peer.region, {}), corpus.done.get(self.region, {})
            names = joined([corpus.practice(p) for p in peer.besides], word("joint", lang), 8, word("more", lang))
            rows.append(
                (
                    corpus.name(peer.region),
                    round(peer.similarity, 3),
                    mark(len(peer.shared), _firsts(theirs, peer.shared)),
                    mark(len(peer.own), _firsts(mine, peer.own)),
                    mark(len(peer.besides), _firsts(theirs, peer.besides)),
                    names,
                )
            )
        keys = ("peer", "similarity", "shared_n", "own_n", "peer_n", "differs")
        title = word("peers", lang).format(region=corpus.name(self.region))
        notes = (word("peers_how", lang), word("not_mentioned", lang))
        return (Grid(title, tuple(word(k, lang) for k in keys), tuple(rows), notes, 1, keys),)


def peers(corpus: Corpus, region: str, top: int | None = None) -> Peers:
    """The regions that share a practice with one (a name or code), by similarity: rarity of what both do over that of either.

    The rarity of a practice is ln(1 + regions / regions that do it), as in the projection ``region-region``.
    """
    iri = corpus.one_region(region)
    rare = rarity(corpus)
    mine = set(corpus.done.get(iri, ()))
    found = []
    for other in corpus.reporting:
        theirs = set(corpus.done.get(other, ()))
        if other == iri or not mine & theirs:
            continue
        similarity = _weigh(rare, mine & theirs) / _weigh(rare, mine | theirs)

        def rarest(ids: set[str]) -> tuple[str, ...]:
            return tuple(sorted(ids, key=lambda p: (-rare[p], corpus.order.get(p, 0))))

        found.append(Peer(other, similarity, rarest(mine & theirs), rarest(mine - theirs), rarest(theirs - mine)))
    found.sort(key=lambda peer: (-round(peer.similarity, 9), corpus.regions[peer.region].code))
    return Peers(corpus, iri, tuple(found[:top]))


def rarity(corpus: Corpus) -> dict[str, float]:
    """ln(1 + regions / regions that report the practice as done), for each practice; regions that report nothing do not count."""
    regions = sum(1 for practices in corpus.done.values() if practices)
    return {practice: math.log1p(regions / len(having)) for practice, having in corpus.spread.items()}


def _weigh(rare: dict[str, float], practices: set[str]) -> float:
    return math.fsum(rare[p] for p in practices)


@dataclass(frozen=True, slots=True)
class Group:
    """A community of regions and what is more common in it than overall: practices with their excess share."""

    regions: tuple[str, ...]
    typical: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Groups(Product):
    """Louvain communities of the projection ``region-region``, the largest first."""

    groups: tuple[Group, ...]

    def grids(self, limit: int | None = None) -> tuple[Grid, ...]:
        """One row for each group of two or more."""
        corpus, lang = self.corpus, self.corpus.lang
        rows: list[tuple[GridCell, ...]] = []
        for number, group in enumerate(self.groups[:limit], 1):
            members = joined([corpus.name(r) for r in group.regions], word("joint", lang), 12, word("more", lang))
            said = [f"{corpus.practice(p)} +{excess:.0%}" for p, excess in group.typical]
            spots = [e for p, _ in group.typical for r in group.regions for e in _firsts(corpus.done.get(r, {}), (p,))]
            rows.append((number, len(group.regions), members, mark(joined(said, word("joint", lang)), spots)))
        keys = ("group", "regions_n", "members", "typical")
        return (
            Grid(word("groups", lang), tuple(word(k, lang) for k in keys), tuple(rows), (word("groups_how", lang),), 1, keys),
        )


def groups(corpus: Corpus, typical: int = 4) -> Groups:
    """The communities of regions with up to so many practices that set each apart."""
    graph = network.projection(corpus.store, "region-region", corpus.knowledge)
    total = max(sum(1 for practices in corpus.done.values() if practices), 1)
    found = []
    for members in network.communities(graph):
        if len(members) < 2:
            continue
        counts = Counter(p for r in members for p in corpus.done.get(r, ()))
        excess = {p: n / len(members) - len(corpus.spread[p]) / total for p, n in counts.items() if n * 2 > len(members)}
        best = sorted((p for p in excess if excess[p] > 0.05), key=lambda p: (-excess[p], p))[:typical]
        found.append(Group(tuple(members), tuple((p, excess[p]) for p in best)))
    return Groups(corpus, tuple(found))


@dataclass(frozen=True, slots=True)
class Appearance:
    """When a practice was first seen in the corpus, and how many regions report it, year by year, added up."""

    practice: str
    first: MeasureRow
    regions: dict[str, tuple[MeasureRow, ...]]  # year → the first measure of each region that reports it first in that year


@dataclass(frozen=True, slots=True)
class Spread(Product):
    """Practices in the order in which they appear in the corpus; not the order in which they were invented."""

    appearances: tuple[Appearance, ...]
    years: tuple[str, ...]

    def grids(self, limit: int | None = None) -> tuple[Grid, ...]:
        """One row for each practice: where and when first seen, regions so far by year."""
        corpus, lang = self.corpus, self.corpus.lang
        rows: list[tuple[GridCell, ...]] = []
        for a in self.appearances[:limit]:
            first, cells, so_far = a.first.evidence, [], 0
            for year in self.years:
                new = a.regions.get(year, ())
                so_far += len(new)
                cells.append(mark(so_far, [m.evidence for m in new]) if new else so_far or None)
            where = mark(corpus.name(corpus.region_of(first)), [first])
            rows.append((corpus.practice(a.practice), _int(corpus.year_of(first)), where, *cells))
        keys = ("practice", "first_year", "first_region", *[None] * len(self.years))
        header = (*(word(k, lang) for k in ("practice", "first_year", "first_region")), *self.years)
        return (Grid(word("spread", lang), header, tuple(rows), (word("spread_how", lang), word("corpus_only", lang)), 1, keys),)


def spread(corpus: Corpus, practice: str | None = None) -> Spread:
    """The order of first appearance of these practices. A report without a year does not count."""
    found = []
    wanted = set(corpus.choose(practice=practice)[2])
    for id_ in sorted(set(corpus.spread) & wanted, key=lambda p: corpus.order.get(p, 0)):
        firsts: dict[str, list[MeasureRow]] = defaultdict(list)
        for region in corpus.spread[id_]:
            dated = [m for m in corpus.done[region][id_] if corpus.year_of(m.evidence)]
            if dated:
                first = earliest(corpus, dated)
                firsts[corpus.year_of(first.evidence) or ""].append(first)
        if firsts:
            every = [m for rows in firsts.values() for m in rows]
            found.append(Appearance(id_, earliest(corpus, every), {y: tuple(firsts[y]) for y in sorted(firsts)}))
    found.sort(
        key=lambda a: (
            corpus.year_of(a.first.evidence) or "",
            -sum(map(len, a.regions.values())),
            corpus.order.get(a.practice, 0),
        )
    )
    return Spread(corpus, tuple(found), corpus.years)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two practices and the regions that report both; ``lift`` is that over what chance would give."""

    a: str
    b: str
    both: tuple[str, ...]
    lift: float
    jaccard: float


@dataclass(frozen=True, slots=True)
class Together(Product):
    """Practices that go together, by lift among those with enough regions."""

    pairs: tuple[Pair, ...]
    least: int

    def grids(self, limit: int | None = None) -> tuple[Grid, ...]:
        """One row for each pair."""
        corpus, lang = self.corpus, self.corpus.lang
        rows: list[tuple[GridCell, ...]] = []
        for pair in self.pairs[:limit]:
            spots = [e for r in pair.both for e in _firsts(corpus.done[r], (pair.a, pair.b))]
            counts = [
                mark(len(corpus.spread[p]), [e for r in corpus.spread[p] for e in _firsts(corpus.done[r], (p,))])
                for p in (pair.a, pair.b)
            ]
            names = (corpus.practice(pair.a), corpus.practice(pair.b))
            rows.append((*names, mark(len(pair.both), spots), *counts, round(pair.lift, 2), round(pair.jaccard, 2)))
        keys = ("practice", "other", "both_n", "regions_n", "other_n", "lift", "jaccard")
        notes = (word("together_how", lang).format(n=self.least), word("not_mentioned", lang))
        return (Grid(word("together", lang), tuple(word(k, lang) for k in keys), tuple(rows), notes, 2, keys),)


def together(corpus: Corpus, practice: str | None = None, least: int = 2) -> Together:
    """The pairs of practices that at least so many regions report both, one of them among those asked for.

    lift = regions with both × all regions ÷ (regions with one × regions with the other).
    """
    wanted = set(corpus.choose(practice=practice)[2])
    total = sum(1 for practices in corpus.done.values() if practices)
    counts: Counter[tuple[str, str]] = Counter()
    having: dict[tuple[str, str], list[str]] = defaultdict(list)
    for region in corpus.reporting:
        for pair in combinations(sorted(corpus.done.get(region, ()), key=lambda p: (corpus.order.get(p, 0), p)), 2):
            if wanted.intersection(pair):
                counts[pair] += 1
                having[pair].append(region)
    found = []
    for (a, b), n in counts.items():
        if n >= least:
            x, y = len(corpus.spread[a]), len(corpus.spread[b])
            found.append(Pair(a, b, tuple(having[a, b]), n * total / (x * y), n / (x + y - n)))
    found.sort(key=lambda p: (-round(p.lift, 9), -len(p.both), corpus.order.get(p.a, 0), corpus.order.get(p.b, 0)))
    return Together(corpus, tuple(found), least)


@dataclass(frozen=True, slots=True)
class LawsByPractice(Product):
    """Which laws and documents are cited in measures of which practice, the most reports first."""

    rows: tuple[tuple[str, str, tuple[CitationRow, ...]], ...]

    def grids(self, limit: int | None = None) -> tuple[Grid, ...]:
        """One row for each practice and law."""
        corpus, lang = self.corpus, self.corpus.lang
        out: list[tuple[GridCell, ...]] = []
        for practice, law, cited in self.rows[:limit]:
            spots = [c.evidence for c in cited]
            regions = {corpus.region_of(e) for e in spots} - {None}
            reports = mark(len({e.report for e in spots}), spots)
            out.append((corpus.practice(practice), corpus.labels[law], reports, len(regions)))
        keys = ("practice", "law", "reports_n", "regions_n")
        return (Grid(word("laws_by_practice", lang), tuple(word(k, lang) for k in keys), tuple(out), (), 2, keys),)


def laws_by_practice(corpus: Corpus, practice: str | None = None) -> LawsByPractice:
    """The laws cited for these practices (an id, label or domain; None: all)."""
    wanted = set(corpus.choose(practice=practice)[2])
    found: dict[tuple[str, str], list[CitationRow]] = defaultdict(list)
    for row in corpus.citations:
        for id_ in row.practices:
            if id_ in wanted:
                found[id_, row.law].append(row)

    def reports(key: tuple[str, str]) -> int:
        return len({c.evidence.report for c in found[key]})

    order = sorted(found, key=lambda k: (corpus.order.get(k[0], 0), -reports(k), corpus.labels[k[1]], k[1]))
    if not order:
        raise InputError("no law is cited in a measure of these practices")
    return LawsByPractice(corpus, tuple((p, law, tuple(found[p, law])) for p, law in order))


def _firsts(done: dict[str, list[MeasureRow]], practices: Sequence[str]) -> list[Evidence]:
    return [done[p][0].evidence for p in practices if done.get(p)]


def _int(year: str | None) -> int | None:
    return int(year) if year else None
