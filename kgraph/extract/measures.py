"""Measures: what a body did, does, plans or fails at; one for each sentence and practice.

Which words name which practice is data (``ontology/practices.ttl``), so is what a clause is for
(``ontology/statements.ttl``). Here is only how the hits of a sentence's clauses become its measures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kgraph.extract.measure_clauses import Clause, ClauseReader
from kgraph.extract.measure_rules import Hit, PracticeRules
from kgraph.knowledge import Knowledge
from kgraph.layout import LIST_MARK, numbering
from kgraph.model import MeasureMention, Outline, SectionKind, Sentence, SentenceKind, Status

_STATUS = {SectionKind.SHORTCOMINGS: Status.PROBLEM, SectionKind.PLANS: Status.PLANNED}
_SHORTEST_CARRIED = 8
"""A sentence with fewer characters says too little to be given the practice of its lead."""
_MOST_BACKING = 2
"""A lead or heading that names more practices than these backs no cue: it does not tell which of them is meant."""
_CONTINUES = re.compile(
    r"其中|另有?|此外|受理|办结|结案|累计|共|发现|纠正|整改|约谈|出动|发放|覆盖|惠及|涉及|同比|平均|先后|较|已|全部|实地|召开|培训|参训|解答|接待|检查|巡查"
)
"""How a sentence begins that goes on counting what the sentence before it counted."""
_FIGURE = re.compile(r"[0-9.]+(?:余|多)?[%件人次个份场项起名家宗部篇条处万]")
"""A number with its unit: a heading that holds one is a sentence."""

Named = tuple[frozenset[str], frozenset[str]]
"""The practices and the domains that a heading or lead names."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a practice stands in a sentence: clauses, first hit and rule."""

    practice: str
    clauses: tuple[int, ...]
    hit: Hit | None
    rule: str


@dataclass(frozen=True, slots=True)
class _Before:
    """The sentence before: its item, its measures, the status that runs on and whether it ended with a semicolon."""

    item: int = -1
    practices: frozenset[str] = frozenset()
    status: Status | None = None
    open: bool = False


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
        named: dict[str, Named] = {}
        before = _Before()
        for index, sentence in enumerate(outline.sentences):
            if not _states(outline, index):
                continue
            for words in sentence.context:
                if words not in named:
                    named[words] = self._named(words)
            if before.item != sentence.item:
                before = _Before(sentence.item)
            clauses = self._reader.clauses(sentence.text)
            roles = [self._reader.roles(clause.text) for clause in clauses]
            places = self._places(clauses, roles, sentence, [named[words] for words in sentence.context], before.practices)
            statuses, status = _statuses(clauses, roles, sentence, before.status if before.open else None)
            found += [_mention(index, sentence, clauses, roles, place, places, statuses) for place in places]
            practices = frozenset(p.practice for p in places)
            before = _Before(sentence.item, practices or before.practices, status, sentence.text.endswith(";"))
        return found

    def _named(self, words: str) -> Named:
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
        roles: list[frozenset[str]],
        sentence: Sentence,
        context: list[Named],
        before: frozenset[str],
    ) -> list[_Place]:
        strong = [[] if "guiding" in role else self._rules.hits(clause) for clause, role in zip(clauses, roles, strict=True)]
        strong = self._unpassing(strong, roles, problem=sentence.section.kind is SectionKind.SHORTCOMINGS)
        places = _gather(strong)
        if places or sentence.kind is not SentenceKind.BODY:  # the words of a heading stand in its own context
            return places
        cues = [[] if "guiding" in role else self._rules.cues(c) for c, role in zip(clauses, roles, strict=True)]
        return (
            self._cued(cues, context, before)
            or self._continued(clauses, roles, sentence, before)
            or self._carried(clauses, roles, sentence, context)
        )

    def _unpassing(self, strong: list[list[Hit]], roles: list[frozenset[str]], *, problem: bool) -> list[list[Hit]]:
        """Without what is named only in passing: as the effect, the occasion or a part of another measure of the sentence."""
        kept: list[list[Hit]] = []
        for i, (hits, role) in enumerate(zip(strong, roles, strict=True)):
            if hits and not problem:
                earlier = {h.practice for some in kept for h in some}
                absorbed = {p for e in earlier for p in self._rules.absorbs.get(e, ())}
                hits = [h for h in hits if h.practice not in absorbed]
                if "effect" in role and earlier:
                    hits = [h for h in hits if h.practice in earlier]
                elif "basis" in role:
                    later = {h.practice for some in strong[i + 1 :] for h in some} - self._rules.residual
                    hits = [h for h in hits if h.practice in later] if later else hits
            kept.append(hits)
        practices = {h.practice for hits in kept for h in hits}
        if not problem and practices - self._rules.residual:
            kept = [[h for h in hits if h.practice not in self._rules.residual] for hits in kept]
        return kept

    def _cued(self, cues: list[list[Hit]], context: list[Named], before: frozenset[str]) -> list[_Place]:
        """The practice that a cue names, where the nearest lead or heading, or the sentence before, backs it."""
        for practices, domains in [*context[:1], (before, frozenset[str]()), *context[1:]]:
            if len(practices) <= _MOST_BACKING:
                direct = [[h for h in hits if h.practice in practices] for hits in cues]
                backed = [[h for h in hits if self._rules.domain_of[h.practice] in domains] for hits in cues]
                places = _gather(direct) or _gather(backed)
                if places:
                    return places[:1]
        return []

    def _continued(
        self, clauses: list[Clause], roles: list[frozenset[str]], sentence: Sentence, before: frozenset[str]
    ) -> list[_Place]:
        """The practice of the sentence before, for a sentence that goes on counting without naming it."""
        if not _carries(sentence, roles) or len(before) != 1 or not re.search("[0-9]", sentence.text):
            return []
        whole = tuple(range(len(clauses)))
        return [_Place(next(iter(before)), whole, None, "before")] if _CONTINUES.match(clauses[0].text) else []

    def _carried(
        self, clauses: list[Clause], roles: list[frozenset[str]], sentence: Sentence, context: list[Named]
    ) -> list[_Place]:
        """The practice of the lead, for a sentence that goes on with it without naming it."""
        led = len(sentence.context) > len(sentence.section.path) and len(context[0][0]) == 1
        if not led or not _carries(sentence, roles):
            return []
        return [_Place(next(iter(context[0][0])), tuple(range(len(clauses))), None, "lead")]


def _carries(sentence: Sentence, roles: list[frozenset[str]]) -> bool:
    """Whether a sentence says enough to be given a practice that it does not name."""
    return len(sentence.text) >= _SHORTEST_CARRIED and not all(role & {"guiding", "effect"} for role in roles)


def _states(outline: Outline, index: int) -> bool:
    """Whether a sentence may state measures: the body, and a full sentence set as heading or lead of nothing, or with
    figures, or as a lead of several clauses, or as the first of list items that are full sentences."""
    sentence = outline.sentences[index]
    if sentence.kind is SentenceKind.BODY:
        return True
    if sentence.kind not in (SentenceKind.HEADING, SentenceKind.LEAD):
        return False
    mark = LIST_MARK.match(sentence.text)
    words = sentence.text[mark.end() if mark else 0 :]
    following = outline.sentences[index + 1] if index + 1 < len(outline.sentences) else None
    style = numbering(sentence.text)
    listed = style is not None and following is not None and (numbering(following.text) or ("",))[0] == style[0]
    if sentence.text[-1:] not in "。;,":
        return listed and words.count(",") > 1
    if _FIGURE.search(words) or words.endswith(",") or (sentence.kind is SentenceKind.LEAD and "," in words[_SHORTEST_CARRIED:]):
        return True
    if following is None or following.kind not in (SentenceKind.BODY, SentenceKind.LEAD) or (listed and "," in words):
        return True
    return following.item != sentence.item and sentence.section.path != following.section.path[: len(sentence.section.path)]


def _gather(hits: list[list[Hit]]) -> list[_Place]:
    order: dict[str, list[tuple[int, Hit]]] = {}
    for i, some in enumerate(hits):
        for hit in some:
            order.setdefault(hit.practice, []).append((i, hit))
    return [_Place(p, tuple(sorted({i for i, _ in some})), some[0][1], some[0][1].kind) for p, some in order.items()]


def _statuses(
    clauses: list[Clause], roles: list[frozenset[str]], sentence: Sentence, running: Status | None
) -> tuple[list[Status], Status | None]:
    """The status of each clause: its section's, unless its own words or an earlier clause's say otherwise; and the
    status that runs on into a sentence after a semicolon."""
    base = running or _STATUS.get(sentence.section.kind, Status.DONE)
    statuses = []
    for clause, role in zip(clauses, roles, strict=True):
        if "planned" in role:
            base = running = Status.PLANNED
        elif "problem" in role and sentence.text[clause.end : clause.end + 1] == ":":
            base = running = Status.PROBLEM
        statuses.append(Status.PROBLEM if "problem" in role else base)
    return statuses, running


def _mention(
    index: int,
    sentence: Sentence,
    clauses: list[Clause],
    roles: list[frozenset[str]],
    place: _Place,
    places: list[_Place],
    statuses: list[Status],
) -> MeasureMention:
    first, last = place.clauses[0], place.clauses[-1]
    others = {i for p in places if p is not place for i in p.clauses}
    while last + 1 < len(clauses) and last + 1 not in others and not roles[last + 1] & {"effect", "guiding"}:
        last += 1
    start, end = sentence.span(clauses[first].start, clauses[last].end)
    trigger = ""
    if place.hit is not None:
        trigger = clauses[first].surface(sentence.text, place.hit.start, place.hit.end)
    return MeasureMention(start, end, index, place.practice, statuses[first], f"practice:{place.practice}/{place.rule}", trigger)
