"""Measures: what a body did, does, plans or fails at; one for each sentence and practice.

Which words name which practice is data (``ontology/practices.ttl``), so is what a clause is for
(``ontology/statements.ttl``). Here is only how the hits of a sentence's clauses become its measures.
"""

from __future__ import annotations

from dataclasses import dataclass

from kgraph.extract.measure_clauses import Clause, ClauseReader
from kgraph.extract.measure_rules import Hit, PracticeRules
from kgraph.knowledge import Knowledge
from kgraph.model import MeasureMention, Outline, SectionKind, Sentence, SentenceKind, Status

_STATUS = {SectionKind.SHORTCOMINGS: Status.PROBLEM, SectionKind.PLANS: Status.PLANNED}
_SHORTEST_CARRIED = 8
"""A sentence with fewer characters says too little to be given the practice of its lead."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a practice stands in a sentence: clauses, first hit and rule."""

    practice: str
    clauses: tuple[int, ...]
    hit: Hit | None
    rule: str


class MeasureExtractor:
    """Finds the measures of a report.

    >>> from kgraph.model import Document
    >>> from kgraph.segment import Segmenter
    >>> knowledge = Knowledge()
    >>> text = "一、主要举措和成效\\n畅通信访渠道,办理信访件60件,确保社会稳定。\\n二、存在的不足\\n普法形式单一。"
    >>> outline = Segmenter(knowledge).outline(Document(text, "a.txt", "sha256:0"))
    >>> [(m.practice, m.status.value, m.trigger) for m in MeasureExtractor(knowledge).extract(outline)]
    [('petition', 'done', '信访'), ('law-publicity', 'problem', '普法')]
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._reader = ClauseReader(knowledge)
        self._rules = PracticeRules(knowledge)

    def extract(self, outline: Outline) -> list[MeasureMention]:
        """The measures of a report in the order of its sentences; spans are the clauses that state them."""
        found: list[MeasureMention] = []
        named: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        previous: tuple[int, frozenset[str]] = (-1, frozenset())
        for index, sentence in enumerate(outline.sentences):
            if sentence.kind is not SentenceKind.BODY:
                continue
            for words in sentence.context:
                if words not in named:
                    named[words] = self._named(words)
            context = [named[words] for words in sentence.context]
            before = previous[1] if previous[0] == sentence.item else frozenset()
            clauses = self._reader.clauses(sentence.text)
            places = self._places(clauses, sentence, context, before)
            statuses = _statuses(clauses, sentence)
            found += [_mention(index, sentence, clauses, place, places, statuses) for place in places]
            if places:
                previous = (sentence.item, frozenset(p.practice for p in places))
        return found

    def _named(self, words: str) -> tuple[frozenset[str], frozenset[str]]:
        practices: set[str] = set()
        domains: set[str] = set()
        for clause in self._reader.clauses(words):
            some = self._rules.names(clause)
            practices |= some[0]
            domains |= some[1]
        return frozenset(practices), frozenset(domains)

    def _places(
        self,
        clauses: list[Clause],
        sentence: Sentence,
        context: list[tuple[frozenset[str], frozenset[str]]],
        before: frozenset[str],
    ) -> list[_Place]:
        strong: list[list[Hit]] = []
        cues: list[list[Hit]] = []
        for clause in clauses:
            hits, weak = ([], []) if "guiding" in clause.roles else self._rules.hits(clause)
            strong.append(hits)
            cues.append(weak)
        strong = self._unpassing(clauses, strong, problem=sentence.section.kind is SectionKind.SHORTCOMINGS)
        places = _gather(strong)
        if not places:
            places = self._cued(clauses, cues, context, before)
        if not places:
            places = self._carried(clauses, sentence, context, before)
        return places

    def _unpassing(self, clauses: list[Clause], strong: list[list[Hit]], *, problem: bool) -> list[list[Hit]]:
        """Without what is named only in passing: as the effect or the occasion of another measure of the sentence."""
        kept: list[list[Hit]] = []
        for i, (clause, hits) in enumerate(zip(clauses, strong, strict=True)):
            if hits and not problem:
                earlier = {h.practice for some in strong[:i] for h in some}
                later = {h.practice for some in strong[i + 1 :] for h in some}
                if "effect" in clause.roles and i > 0 and earlier:
                    hits = [h for h in hits if h.practice in earlier]
                elif "basis" in clause.roles and later:
                    hits = [h for h in hits if h.practice in later]
            kept.append(hits)
        practices = {h.practice for hits in kept for h in hits}
        if not problem and practices - self._rules.residual:
            kept = [[h for h in hits if h.practice not in self._rules.residual] for hits in kept]
        return kept

    def _cued(
        self,
        clauses: list[Clause],
        cues: list[list[Hit]],
        context: list[tuple[frozenset[str], frozenset[str]]],
        before: frozenset[str],
    ) -> list[_Place]:
        """The practices that cues name, where the nearest lead or heading, or the sentence before, backs them."""
        for practices, domains in [*context[:1], (before, frozenset()), *context[1:]]:
            backed = [
                [h for h in hits if h.practice in practices or self._rules.domain_of[h.practice] in domains]
                for hits, clause in zip(cues, clauses, strict=True)
                if True or clause
            ]
            direct = [[h for h in hits if h.practice in practices] for hits in backed]
            places = _gather(direct) or _gather(backed)
            if places:
                return places[:1]
        return []

    def _carried(
        self,
        clauses: list[Clause],
        sentence: Sentence,
        context: list[tuple[frozenset[str], frozenset[str]]],
        before: frozenset[str],
    ) -> list[_Place]:
        """The practice of the lead, for a sentence that goes on with it without naming it."""
        if len(sentence.text) < _SHORTEST_CARRIED or not clauses or all(c.roles & {"guiding", "effect"} for c in clauses):
            return []
        has_lead = len(sentence.context) > len(sentence.section.path)
        if has_lead and len(context[0][0]) == 1:
            return [_Place(next(iter(context[0][0])), tuple(range(len(clauses))), None, "lead")]
        return []


def _gather(hits: list[list[Hit]]) -> list[_Place]:
    order: dict[str, list[tuple[int, Hit]]] = {}
    for i, some in enumerate(hits):
        for hit in some:
            order.setdefault(hit.practice, []).append((i, hit))
    return [_Place(p, tuple(sorted({i for i, _ in some})), some[0][1], some[0][1].kind) for p, some in order.items()]


def _statuses(clauses: list[Clause], sentence: Sentence) -> list[Status]:
    """The status of each clause: its section's, unless its own words or an earlier clause's say otherwise."""
    base = _STATUS.get(sentence.section.kind, Status.DONE)
    statuses = []
    for clause in clauses:
        if "planned" in clause.roles:
            base = Status.PLANNED
        statuses.append(Status.PROBLEM if "problem" in clause.roles else base)
    return statuses


def _mention(
    index: int, sentence: Sentence, clauses: list[Clause], place: _Place, places: list[_Place], statuses: list[Status]
) -> MeasureMention:
    first, last = place.clauses[0], place.clauses[-1]
    others = {i for p in places if p is not place for i in p.clauses}
    while last + 1 < len(clauses) and last + 1 not in others and not clauses[last + 1].roles & {"effect", "guiding"}:
        last += 1
    start, end = sentence.span(clauses[first].start, clauses[last].end)
    if place.hit is not None:
        clause = clauses[first]
        trigger = sentence.text[clause.index[place.hit.start] : clause.index[place.hit.end - 1] + 1]
    else:
        trigger = sentence.context[0]
    return MeasureMention(start, end, index, place.practice, statuses[first], f"practice:{place.practice}/{place.rule}", trigger)
