"""What comparable regions report and mine does not, with where and when each was first seen in the corpus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kgraph.compare_facts import Evidence, MeasureRow
from kgraph.errors import InputError
from kgraph.products.corpus import Corpus
from kgraph.products.grid import Grid, GridCell, mark
from kgraph.products.product import Product
from kgraph.products.words import word

Like = Literal["level", "province", "size"]
LIKE: tuple[Like, ...] = ("level", "province", "size")
SIZE = 2.0
"""Reports of like size: measures per report within this factor."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A practice that comparable regions report as done and the region does not; ``own`` is planned, problem or silent."""

    practice: str
    peers: tuple[str, ...]
    first: MeasureRow
    own: str
    own_measures: tuple[MeasureRow, ...]
    measures: tuple[MeasureRow, ...]


@dataclass(frozen=True, slots=True)
class Gaps(Product):
    """The gaps of a region against its comparable regions, the most widespread first."""

    region: str
    like: tuple[Like, ...]
    peers: tuple[str, ...]
    gaps: tuple[Gap, ...]

    def grids(self, limit: int | None = None) -> tuple[Grid, ...]:
        """One row for each practice."""
        corpus, lang = self.corpus, self.corpus.lang
        shown = self.gaps[:limit]
        rows: list[tuple[GridCell, ...]] = []
        for gap in shown:
            first = gap.first.evidence
            rows.append(
                (
                    corpus.practice(gap.practice),
                    corpus.practice(corpus.domain(gap.practice)),
                    mark(len(gap.peers), [m.evidence for m in gap.measures]),
                    f"{len(gap.peers) / len(self.peers):.0%}",
                    mark(corpus.name(corpus.region_of(first)), [first]),
                    _int(corpus.year_of(first)),
                    mark(word(gap.own, lang), [m.evidence for m in gap.own_measures]),
                    mark(corpus.sentence(first), [first]),
                )
            )
        keys = ("practice", "domain", "peers_n", "share", "first_region", "first_year", "own_state", "example")
        like = word("joint_and", lang).join(word(f"like_{name}", lang) for name in self.like)
        notes = [
            word("gaps_like", lang).format(like=like, n=len(self.peers)),
            word("corpus_only", lang),
            word("not_mentioned", lang),
        ]
        notes += [word("cap", lang).format(shown=len(shown), all=len(self.gaps))] if len(shown) < len(self.gaps) else []
        title = word("gaps", lang).format(region=corpus.name(self.region))
        return (Grid(title, tuple(word(k, lang) for k in keys), tuple(rows), tuple(notes), 1, keys),)


def gaps(corpus: Corpus, region: str, like: Sequence[str] = ("level",), practice: str | None = None) -> Gaps:
    """The gaps of a region (a name or code) against the others of the same ``level``, ``province`` or ``size`` of report.

    Several of these together narrow the comparison. Raises ``InputError`` where no region is comparable.
    """
    iri = corpus.one_region(region)
    wanted = tuple(name for name in LIKE if name in like)
    if not wanted or len(wanted) != len(set(like)):
        raise InputError(f"no such likeness: {', '.join(like)}; there are: {', '.join(LIKE)}")
    peers = comparable(corpus, iri, wanted)
    if not peers:
        raise InputError(f"no other region in this graph is like {corpus.name(iri)} by {' and '.join(wanted)}; ask for less")
    only = set(corpus.choose(practice=practice)[2]) if practice else None
    found = []
    mine = corpus.done.get(iri, {})
    inside = set(peers)
    for id_, regions in corpus.spread.items():
        having = tuple(r for r in regions if r in inside)
        if having and id_ not in mine and (only is None or id_ in only):
            measures = [m for r in having for m in corpus.done[r][id_]]
            own = [m for m in corpus.measures_of.get(iri, ()) if m.practice == id_]
            state = "planned" if any(m.status == "planned" for m in own) else "problem" if own else "silent"
            found.append(Gap(id_, having, earliest(corpus, measures), state, tuple(own), tuple(measures)))
    found.sort(key=lambda gap: (-len(gap.peers), corpus.order.get(gap.practice, 0)))
    return Gaps(corpus, iri, wanted, peers, tuple(found))


def comparable(corpus: Corpus, region: str, like: Sequence[Like]) -> tuple[str, ...]:
    """The other reporting regions that are like one in all these ways, by code."""
    out = []
    for other in corpus.reporting:
        if other == region or ("level" in like and corpus.levels.get(other) != corpus.levels.get(region)):
            continue
        if "province" in like and corpus.province(other) != corpus.province(region):
            continue
        if "size" in like and not 1 / SIZE <= (_size(corpus, other) + 1) / (_size(corpus, region) + 1) <= SIZE:
            continue
        out.append(other)
    return tuple(out)


def earliest(corpus: Corpus, measures: Sequence[MeasureRow]) -> MeasureRow:
    """The measure of the earliest year; of one year that of the region whose code is lowest. An unknown year comes last."""

    def when(m: MeasureRow) -> tuple[str, int, Evidence]:
        row = corpus.reports[m.evidence.report]
        return (row.year or "9999", corpus.place.get(row.region or "", 0), m.evidence)

    return min(measures, key=when)


def _size(corpus: Corpus, region: str) -> float:
    return len(corpus.measures_of.get(region, ())) / max(len(corpus.reports_of.get(region, ())), 1)


def _int(year: str | None) -> int | None:
    return int(year) if year else None
