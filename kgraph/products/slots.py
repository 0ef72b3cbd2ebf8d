"""The same practice of two or more regions side by side: who, with what, for whom, how often, on what basis, with what result.

Slots that the reports state in words come from the measures; bodies, citations and numbers come from what is linked to
them. Below them the wording: sentences that say alike, with their differences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kgraph.compare_facts import Evidence, MeasureRow
from kgraph.errors import InputError
from kgraph.products.corpus import Corpus
from kgraph.products.figures import figures
from kgraph.products.grid import Grid, GridCell, joined, mark
from kgraph.products.product import Product
from kgraph.products.words import word

ORDER = (
    "status", "actor", "involved", "action", "object", "targetGroup", "instrument", "frequency", "place", "basis_law", "result",
)  # fmt: skip
BASIS_ROLES = ("implements", "formulates")
WORDING = 24
"""Sentences of a region that are paired with those of another; more say the same again."""


@dataclass(frozen=True, slots=True)
class SlotValue:
    """What a slot holds for a region, and where it is said."""

    text: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Wording:
    """Two sentences that say alike; ``parts`` are (same, first, second): equal runs have both, others either or both."""

    a: MeasureRow
    b: MeasureRow
    alike: float
    parts: tuple[tuple[str, str], ...]

    def text(self) -> str:
        """The difference on one line: ``[-only the first-]{+only the second+}``."""
        return "".join(a if a == b else (f"[-{a}-]" if a else "") + (f"{{+{b}+}}" if b else "") for a, b in self.parts)


@dataclass(frozen=True, slots=True)
class SlotDiff(Product):
    """Slots of a practice by region (in the order asked for), and the wording of the first two."""

    practice: str
    regions: tuple[str, ...]
    slots: dict[str, dict[str, tuple[SlotValue, ...]]]
    wordings: tuple[Wording, ...]

    def same(self, slot: str) -> tuple[str, ...]:
        """What all regions have in a slot."""
        sets = [{v.text for v in self.slots[slot].get(r, ())} for r in self.regions]
        first = [v.text for v in self.slots[slot].get(self.regions[0], ())]
        return tuple(dict.fromkeys(t for t in first if all(t in s for s in sets)))

    def grids(self, limit: int | None = None) -> tuple[Grid, ...]:
        """A row for each slot with a column for each region and what they share; then the wording."""
        corpus, lang = self.corpus, self.corpus.lang
        most = 6 if limit is not None else None
        rows: list[tuple[GridCell, ...]] = []
        for slot, by_region in self.slots.items():
            cells: list[GridCell] = []
            for region in self.regions:
                values = by_region.get(region, ())
                text = (
                    _counted(values)
                    if slot == "status"
                    else joined([v.text for v in values], word("joint", lang), most, word("more", lang))
                )
                cells.append(mark(text, [v.evidence for v in values]) if values else None)
            shared = None if slot == "status" else joined(self.same(slot), word("joint", lang), most, word("more", lang)) or None
            rows.append((word(f"slot_{slot}", lang), *cells, shared))
        header = (word("slot", lang), *(corpus.name(r) for r in self.regions), word("shared", lang))
        keys = ("slot", *[None] * len(self.regions), "shared")
        title = word("diff", lang).format(practice=corpus.practice(self.practice))
        return (Grid(title, header, tuple(rows), (word("empty", lang),), 1, keys), self.sentences(limit), self.wording(limit))

    def sentences(self, limit: int | None = None) -> Grid:
        """The sentences of each region."""
        lang = self.corpus.lang
        rows: list[tuple[GridCell, ...]] = []
        for region in self.regions:
            for m in [m for m in self.corpus.measures_of.get(region, ()) if m.practice == self.practice][:limit]:
                year = self.corpus.year_of(m.evidence)
                said = mark(self.corpus.sentence(m.evidence), [m.evidence])
                rows.append((self.corpus.name(region), int(year) if year else None, word(m.status, lang), said))
        keys = ("region", "year", "status", "sentence")
        return Grid(word("wording", lang), tuple(word(k, lang) for k in keys), tuple(rows), (), 3, keys)

    def wording(self, limit: int | None = None) -> Grid:
        """The pairs of sentences of the first two regions that say alike, with what differs."""
        corpus, lang = self.corpus, self.corpus.lang
        rows = tuple(
            (
                mark(corpus.sentence(w.a.evidence), [w.a.evidence]),
                mark(corpus.sentence(w.b.evidence), [w.b.evidence]),
                round(w.alike, 2),
                w.text(),
            )
            for w in self.wordings[:limit]
        )
        header = (*(corpus.name(r) for r in self.regions[:2]), word("alike", lang), word("difference", lang))
        return Grid(word("word_diff", lang), header, rows, (), 0, (None, None, "alike", "difference"))


def diff(
    corpus: Corpus, practice: str, regions: Sequence[str], years: Sequence[str | int] | None = None, alike: float = 0.25
) -> SlotDiff:
    """The slots of a practice (an id or label) of two or more regions (names or codes). ``alike`` is the least likeness of
    two sentences that are shown as a pair, 0 to 1. Raises ``InputError`` where fewer than two regions report it."""
    id_ = corpus.one_practice(practice)
    chosen = tuple(dict.fromkeys(corpus.one_region(r) for r in regions))
    if len(chosen) < 2:
        raise InputError("give two regions or more to set side by side")
    _, inside, _ = corpus.choose(None, years)
    own = {r: [m for m in corpus.measures_of.get(r, ()) if m.practice == id_ and m.evidence.report in inside] for r in chosen}
    if not any(own.values()):
        names = ", ".join(corpus.name(r) for r in chosen)
        raise InputError(f"no report of {names} mentions {corpus.practice(id_)} ({id_})")
    found: dict[str, dict[str, list[SlotValue]]] = {slot: defaultdict(list) for slot in ORDER}
    for region, measures in own.items():
        for slot, value in _values(corpus, id_, region, measures):
            if value not in found[slot][region]:
                found[slot][region].append(value)
    slots = {slot: {r: tuple(by[r]) for r in chosen if by.get(r)} for slot, by in found.items() if any(by.values())}
    return SlotDiff(corpus, id_, chosen, slots, tuple(_wordings(corpus, own[chosen[0]], own[chosen[1]], alike)))


def _values(corpus: Corpus, practice: str, region: str, measures: Sequence[MeasureRow]) -> Iterator[tuple[str, SlotValue]]:
    iris = {m.iri: m for m in measures}
    for m in measures:
        yield "status", SlotValue(word(m.status, corpus.lang), m.evidence)
        for slot, values in corpus.slots.get(m.iri, {}).items():
            for value in values:
                yield slot, SlotValue(value, m.evidence)
    for part in corpus.parts_of.get(region, ()):
        if part.measure in iris:
            yield ("actor" if part.part == "responsible" else "involved"), SlotValue(corpus.labels[part.body], part.evidence)
    reports = {m.evidence.report for m in measures}
    for c in corpus.citations_of.get(region, ()):
        if practice in c.practices and c.evidence.report in reports:
            role = "" if c.role in BASIS_ROLES else f" ({word(f'role_{c.role}', corpus.lang)})"
            yield "basis_law", SlotValue(f"《{corpus.labels[c.law]}》{c.article or ''}{role}", c.evidence)
    for x in corpus.metrics_of.get(region, ()):
        if x.practice == practice and x.evidence.report in reports:
            label = corpus.indicator(x.indicator) if x.indicator else "".join(x.label.split())
            year = corpus.year_of(x.evidence)
            several = len({corpus.year_of(m.evidence) for m in measures}) > 1
            text = f"{label} {figures(corpus, [x])[0]}" + (f" ({year})" if several and year else "")
            yield ("frequency" if x.per in corpus.times else "result"), SlotValue(text, x.evidence)


def _counted(values: Sequence[SlotValue]) -> str:
    counts: dict[str, int] = {}
    for value in values:
        counts[value.text] = counts.get(value.text, 0) + 1
    return " · ".join(f"{text} {n}" for text, n in counts.items())


def _wordings(corpus: Corpus, first: Sequence[MeasureRow], second: Sequence[MeasureRow], least: float) -> list[Wording]:
    """The best pair for each sentence of the first region, the most alike first; each sentence stands in one pair."""
    ours, theirs = _distinct(corpus, first), _distinct(corpus, second)
    scored = []
    for i, (m, a) in enumerate(ours):
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(corpus.cut(a))
        for j, (n, b) in enumerate(theirs):
            matcher.set_seq1(corpus.cut(b))
            if matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least and (ratio := matcher.ratio()) >= least:
                scored.append((-ratio, i, j, m, n, a, b))
    out: list[Wording] = []
    used: set[tuple[str, int]] = set()
    for ratio, i, j, m, n, a, b in sorted(scored, key=lambda s: s[:3]):
        if ("a", i) not in used and ("b", j) not in used:
            used |= {("a", i), ("b", j)}
            out.append(Wording(m, n, -ratio, word_diff(corpus.cut(a), corpus.cut(b))))
    return out


def _distinct(corpus: Corpus, measures: Sequence[MeasureRow]) -> list[tuple[MeasureRow, str]]:
    found: dict[str, MeasureRow] = {}
    for m in measures:
        found.setdefault(corpus.sentence(m.evidence), m)
    return [(m, said) for said, m in found.items()][:WORDING]


def word_diff(first: Sequence[str], second: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Two texts cut into words, as runs: equal ones twice the same, others what each has (either may be empty).

    >>> word_diff(["调解", "纠纷", "12", "件"], ["调解", "矛盾", "纠纷", "30", "件"])
    (('调解', '调解'), ('', '矛盾'), ('纠纷', '纠纷'), ('12', '30'), ('件', '件'))
    """
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return tuple(("".join(first[i:j]), "".join(second[k:n])) for _, i, j, k, n in matcher.get_opcodes())
