"""Metrics to the concepts they belong to: the indicator that they measure, their unit, the unit they are stated for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kgraph.knowledge import Knowledge
from kgraph.match import PatternSet
from kgraph.model import MetricMention, Outline, Sentence
from kgraph.text import normalise

Links = tuple[str | None, str | None, str | None]
_FAR = 10_000
"""How far a heading counts as standing from a number, in characters; the next outer one twice as far."""


@dataclass(frozen=True, slots=True)
class _Indicator:
    kinds: frozenset[str]
    excludes: re.Pattern[str] | None
    context: re.Pattern[str] | None
    general: bool


class QuantityLinker:
    """Links metrics to ``ontology/indicators.ttl`` and ``ontology/units.ttl``.

    An indicator is a candidate where one of its patterns is found in the label, none of its exclusions is, the unit is
    of its kind and its context, if it asks for one, stands before the number or in a heading. Specific ones go before
    general ones, then the longest match wins, then the nearest context; where two are level the metric stays unlinked.

    >>> from kgraph.extract.metrics import MetricExtractor
    >>> from kgraph.model import Document
    >>> from kgraph.segment import Segmenter
    >>> knowledge = Knowledge()
    >>> text = "一、主要举措\\n全年受理信访件96宗,办结88宗。\\n"
    >>> outline = Segmenter(knowledge).outline(Document(text, "a.txt", ""))
    >>> mentions = MetricExtractor(knowledge).extract(outline)
    >>> QuantityLinker(knowledge).link(mentions, outline)
    [('petitions-received', 'zong', None), ('petitions-completed', 'zong', None)]
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._units: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self._same: dict[str, str] = {}
        for unit in knowledge.units.values():
            for form in (*unit.get("perForm"), *unit.get("form")):
                self._units[form] = unit.id
            self._kinds[unit.id] = unit.one("unitKind") or ""
            self._same[unit.id] = next((u for u in unit.get("exactMatch") if u in knowledge.units), unit.id)
        self._indicators = {
            c.id: _Indicator(
                frozenset(c.get("unitKind")), _any(c.get("excludes")), _any(c.get("context")), "" in c.get("yieldsTo")
            )
            for c in knowledge.indicators.values()
        }
        self._practices = {c.id: c.one("practice") for c in knowledge.indicators.values()}
        self._patterns = PatternSet(regexes=[(p, c.id) for c in knowledge.indicators.values() for p in c.get("pattern")])

    def practice(self, indicator: str) -> str | None:
        """The practice that an indicator is an outcome of."""
        return self._practices.get(indicator)

    def comparable(self, unit: str) -> str:
        """The id that stands for all units that say the same: of ``zong`` (宗) and ``qi`` (起) it is ``jian`` (件)."""
        return self._same.get(unit, unit)

    def link(self, mentions: Sequence[MetricMention], outline: Outline) -> list[Links]:
        """The ids of indicator, unit and per unit of each metric, in order; None where there is none or more than one."""
        return [self._link(m, outline.sentences[m.sentence]) for m in mentions]

    def candidates(self, mention: MetricMention, outline: Outline) -> tuple[str, ...]:
        """The indicators that cannot be told apart for a metric, best first: one where it is linked, none where nothing fits."""
        return self._candidates(mention, outline.sentences[mention.sentence])

    def _link(self, mention: MetricMention, sentence: Sentence) -> Links:
        candidates = self._candidates(mention, sentence)
        indicator = candidates[0] if len(candidates) == 1 else None
        return indicator, self._units.get(mention.unit), self._units.get(normalise(mention.per)) if mention.per else None

    def _candidates(self, mention: MetricMention, sentence: Sentence) -> tuple[str, ...]:
        kind = self._kinds.get(self._units.get(mention.unit, ""), "")
        lengths: dict[str, int] = {}
        label = normalise(mention.label)
        for match in self._patterns.find(label):
            if kind in self._indicators[match.value].kinds:
                lengths[match.value] = max(lengths.get(match.value, 0), match.end - match.start)
        ranked: dict[str, tuple[bool, int, int]] = {}
        for id_, length in lengths.items():
            indicator = self._indicators[id_]
            if indicator.excludes and indicator.excludes.search(label):
                continue
            distance = 2 * _FAR * (len(sentence.context) + 1)
            if indicator.context:
                near = _distance(indicator.context, sentence, sentence.find(mention.end))
                if near is None:
                    continue
                distance = near
            ranked[id_] = (indicator.general, -length, distance)
        best = min(ranked.values(), default=None)
        return tuple(sorted(id_ for id_, rank in ranked.items() if rank == best))


def _any(patterns: Iterable[str]) -> re.Pattern[str] | None:
    sources = list(patterns)
    return re.compile("|".join(sources)) if sources else None


def _distance(context: re.Pattern[str], sentence: Sentence, end: int) -> int | None:
    """How far before a number a context stands, headings farther than the sentence; None where it does not stand."""
    last = None
    for m in context.finditer(sentence.text.replace('"', " "), 0, end):
        last = end - m.end()
    if last is not None:
        return last
    return next((_FAR * (i + 1) for i, heading in enumerate(sentence.context) if context.search(heading)), None)
