"""The rules that name practices, compiled from ``ontology/practices.ttl``: which practices a clause speaks of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kgraph.extract.measure_clauses import Clause
from kgraph.knowledge import Concept, Knowledge
from kgraph.match import Match, PatternSet


@dataclass(frozen=True, slots=True)
class Rule:
    """What a match stands for: a practice (or domain) and the property that the words come from."""

    practice: str
    kind: str
    reads_titles: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """Words of a clause that name a practice: span in the clause's text for matching."""

    practice: str
    kind: str
    start: int
    end: int


class PracticeRules:
    """Finds the practices that a clause names.

    >>> from kgraph.extract.measure_clauses import ClauseReader
    >>> rules, reader = PracticeRules(Knowledge()), ClauseReader(Knowledge())
    >>> [h.practice for h in rules.hits(reader.clauses("畅通信访渠道")[0])]
    ['petition']
    """

    def __init__(self, knowledge: Knowledge) -> None:
        practices = knowledge.practices
        self.domain_of = {c.id: c.broader for c in practices.values() if c.broader}
        self.residual = frozenset(c.id for c in practices.values() if c.one("residual") == "true")
        self.absorbs = {c.id: frozenset(c.get("absorbs")) for c in practices.values() if c.get("absorbs")}
        self._yields = {c.id: frozenset(c.get("yieldsTo")) for c in practices.values()}
        self._excludes = {c.id: _excludes(c, practices[c.broader]) for c in practices.values() if c.broader}
        strong = [(c.id, kind, source) for c in practices.values() for kind in ("trigger", "pattern") for source in c.get(kind)]
        self._strong: PatternSet[Rule] = PatternSet(
            [(source, Rule(id_, kind, False)) for id_, kind, source in strong if kind == "trigger"],
            [(source, Rule(id_, kind, "《" in source)) for id_, kind, source in strong if kind == "pattern"],
        )
        cues = [(source, Rule(c.id, "cue", "《" in source)) for c in practices.values() for source in c.get("cue")]
        self._cues: PatternSet[Rule] = PatternSet((), cues)

    def hits(self, clause: Clause) -> list[Hit]:
        """The triggers and patterns that stand after exclusion, containment and yielding."""
        return self._standing(self._strong.find(clause.text), clause)

    def cues(self, clause: Clause) -> list[Hit]:
        """The cues, which count only where the context backs them, as they stand after exclusion."""
        return _as_hits(self._allowed(self._cues.find(clause.text), clause))

    def names(self, clause: Clause) -> tuple[frozenset[str], frozenset[str]]:
        """The practices and the domains that a heading or a lead names."""
        matches = self._strong.find(clause.text)
        domains = {m.value.practice for m in matches if m.value.practice not in self.domain_of}
        return frozenset(h.practice for h in self._standing(matches, clause)), frozenset(domains)

    def _standing(self, matches: list[Match[Rule]], clause: Clause) -> list[Hit]:
        matches = [m for m in matches if m.value.practice in self.domain_of]
        if not matches:
            return []
        strong = _uncontained(self._allowed(matches, clause))
        named = {m.value.practice for m in strong}
        if len(named) > 1:
            strong = [m for m in strong if not (self._yields[m.value.practice] & named)]
        return _as_hits(strong)

    def _allowed(self, matches: list[Match[Rule]], clause: Clause) -> list[Match[Rule]]:
        """Without the matches in titles that are not for titles, and those that an exclusion of their practice overlaps."""
        if clause.titles:
            matches = [m for m in matches if m.value.reads_titles or not clause.in_title(m.start, m.end)]
        void = {p: self._excludes[p].find(clause.text) for p in {m.value.practice for m in matches}}
        return [m for m in matches if not any(v.start < m.end and m.start < v.end for v in void[m.value.practice])]


def _excludes(concept: Concept, domain: Concept) -> PatternSet[str]:
    """The exclusions of a practice and of its domain: where in a clause it is not meant."""
    return PatternSet((), [(source, concept.id) for source in (*concept.get("excludes"), *domain.get("excludes"))])


def _uncontained(matches: list[Match[Rule]]) -> list[Match[Rule]]:
    """Without the matches that lie inside a longer term of another practice (法治宣传 in 法治宣传栏)."""
    if len(matches) < 2:
        return matches
    terms = [m for m in matches if m.value.kind == "trigger"]
    return [
        m
        for m in matches
        if not any(
            t.start <= m.start and m.end <= t.end and t.end - t.start > m.end - m.start and t.value.practice != m.value.practice
            for t in terms
        )
    ]


def _as_hits(matches: Iterable[Match[Rule]]) -> list[Hit]:
    return [Hit(m.value.practice, m.value.kind, m.start, m.end) for m in matches]
