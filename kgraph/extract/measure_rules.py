"""The rules that name practices, compiled from ``ontology/practices.ttl``: which practices a clause speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kgraph.errors import KnowledgeError
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
    """Finds the practices that a clause names, strong hits and cues apart.

    >>> from kgraph.extract.measure_clauses import ClauseReader
    >>> rules, reader = PracticeRules(Knowledge()), ClauseReader(Knowledge())
    >>> [h.practice for h in rules.hits(reader.clauses("畅通信访渠道")[0])[0]]
    ['petition']
    """

    def __init__(self, knowledge: Knowledge) -> None:
        practices = knowledge.practices
        self.domain_of = {c.id: c.broader for c in practices.values() if c.broader}
        self.residual = frozenset(c.id for c in practices.values() if c.one("residual") == "true")
        self.absorbs = {c.id: frozenset(c.get("absorbs")) for c in practices.values() if c.get("absorbs")}
        self._yields = {c.id: frozenset(c.get("yieldsTo")) for c in practices.values()}
        self._excludes = {c.id: _Excludes(c, practices.get(c.broader or "")) for c in practices.values()}
        terms: list[tuple[str, Rule]] = []
        regexes: list[tuple[str, Rule]] = []
        for concept in practices.values():
            for kind, into in (("trigger", terms), ("pattern", regexes), ("cue", regexes)):
                into += [(source, Rule(concept.id, kind, "《" in source)) for source in concept.get(kind)]
        self._patterns: PatternSet[Rule] = PatternSet(terms, regexes)

    def hits(self, clause: Clause) -> tuple[list[Hit], list[Hit]]:
        """The strong hits (triggers and patterns) that stand after exclusion and yielding, and the cues left."""
        matches = self._patterns.find(clause.text)
        if not matches:
            return [], []
        kept = self._allowed([m for m in matches if m.value.practice in self.domain_of], clause)
        strong = _uncontained([m for m in kept if m.value.kind != "cue"])
        named = {m.value.practice for m in strong}
        if len(named) > 1:
            strong = [m for m in strong if not (self._yields[m.value.practice] & named)]
        return _as_hits(strong), _as_hits(m for m in kept if m.value.kind == "cue")

    def names(self, clause: Clause) -> tuple[frozenset[str], frozenset[str]]:
        """The practices and the domains that a heading or a lead names."""
        domains = {m.value.practice for m in self._patterns.find(clause.text) if m.value.practice not in self.domain_of}
        return frozenset(h.practice for h in self.hits(clause)[0]), frozenset(domains)

    def _allowed(self, matches: list[Match[Rule]], clause: Clause) -> list[Match[Rule]]:
        """Without the matches in titles that are not for titles, and those that an exclusion of their practice overlaps."""
        if clause.titles:
            matches = [m for m in matches if m.value.reads_titles or not clause.in_title(m.start, m.end)]
        void = {p: self._excludes[p].spans(clause.text) for p in {m.value.practice for m in matches}}
        return [m for m in matches if not any(a < m.end and m.start < b for a, b in void[m.value.practice])]


class _Excludes:
    """The exclusions of a practice and of its domain: where in a clause it is not meant."""

    def __init__(self, concept: Concept, domain: Concept | None) -> None:
        sources = [*concept.get("excludes"), *(domain.get("excludes") if domain else ())]
        try:
            self._any = re.compile("|".join(sources)) if sources else None
            self._each = [re.compile(source) for source in sources]
        except re.error as error:
            raise KnowledgeError(f"kg:excludes of practice:{concept.id} is not a regular expression: {error}") from None

    def spans(self, text: str) -> list[tuple[int, int]]:
        if self._any is None or not self._any.search(text):
            return []
        return [m.span() for pattern in self._each for m in pattern.finditer(text) if m.end() > m.start()]


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
