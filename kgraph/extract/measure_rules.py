"""The rules that name practices, compiled from ``ontology/practices.ttl``: which practices a clause speaks of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kgraph.extract.measure_clauses import Clause
from kgraph.knowledge import Knowledge
from kgraph.match import Match, PatternSet

_KINDS = ("trigger", "pattern", "cue", "excludes")


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
    """Finds the practices that a clause names, strong hits and cues apart.

    >>> from kgraph.extract.measure_clauses import ClauseReader
    >>> rules, reader = PracticeRules(Knowledge()), ClauseReader(Knowledge())
    >>> [h.practice for h in rules.hits(reader.clauses('畅通信访渠道')[0])[0]]
    ['petition']
    """

    def __init__(self, knowledge: Knowledge) -> None:
        practices = knowledge.practices
        self.domain_of = {c.id: c.broader for c in practices.values() if c.broader}
        self.residual = frozenset(c.id for c in practices.values() if c.one("residual") == "true")
        self._yields = {c.id: frozenset(c.get("yieldsTo")) for c in practices.values()}
        terms: list[tuple[str, Rule]] = []
        regexes: list[tuple[str, Rule]] = []
        for concept in practices.values():
            for kind in _KINDS:
                for source in concept.get(kind):
                    rule = Rule(concept.id, kind, "《" in source)
                    (terms if kind == "trigger" else regexes).append((source, rule))
        self._patterns: PatternSet[Rule] = PatternSet(terms, regexes)

    def hits(self, clause: Clause) -> tuple[list[Hit], list[Hit]]:
        """The strong hits (triggers and patterns) that stand after exclusion and yielding, and the cues left."""
        matches = self._patterns.find(clause.text)
        if not matches:
            return [], []
        voided = [m for m in matches if m.value.kind == "excludes"]
        kept = [m for m in matches if m.value.kind != "excludes" and not self._void(m, voided, clause)]
        strong = _uncontained([m for m in kept if m.value.kind != "cue" and m.value.practice in self.domain_of])
        named = {m.value.practice for m in strong}
        strong = [m for m in strong if not (self._yields[m.value.practice] & named - {m.value.practice})]
        return _as_hits(strong), _as_hits(m for m in kept if m.value.kind == "cue")

    def names(self, clause: Clause) -> tuple[frozenset[str], frozenset[str]]:
        """The practices and the domains that a heading or a lead names."""
        domains = {m.value.practice for m in self._patterns.find(clause.text) if m.value.practice not in self.domain_of}
        return frozenset(h.practice for h in self.hits(clause)[0]), frozenset(domains)

    def _void(self, match: Match[Rule], voided: list[Match[Rule]], clause: Clause) -> bool:
        rule = match.value
        if not rule.reads_titles and clause.titles and clause.in_title(match.start, match.end):
            return True
        owners = (rule.practice, self.domain_of.get(rule.practice))
        return any(v.start < match.end and match.start < v.end and v.value.practice in owners for v in voided)


def _uncontained(matches: list[Match[Rule]]) -> list[Match[Rule]]:
    """Without the matches that lie inside a longer term of another practice (法治宣传 in 法治宣传栏)."""
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
