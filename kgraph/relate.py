"""Linking the mentions of one sentence and its list item to each other: metric ↔ measure ↔ body ↔ law."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kgraph.extract.slots import SlotReader
from kgraph.knowledge import Knowledge
from kgraph.model import BodyUse, Citation, Measure, MeasureMention, Metric, MetricMention, Outline, Sentence, Slots

_JOINED = re.compile(r"(?:联合|会同|配合|协同|协助|邀请|委托|依托|组织|指导|督促|接受|通过|与|和|向|对|由|在|请|同|及|、)$")
_CLAUSE = re.compile(r"[,:;。]")


@dataclass(frozen=True, slots=True)
class Related:
    """The facts of a report with their links, in the order of their mentions."""

    citations: tuple[Citation, ...]
    metrics: tuple[Metric, ...]
    measures: tuple[Measure, ...]


class Relater:
    """Relates the mentions of a report; knows which practice an indicator is an outcome of."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._slots = SlotReader(knowledge)
        self._indicator_practice: Mapping[str, str | None] = {c.id: c.one("practice") for c in knowledge.indicators.values()}

    def relate(
        self,
        outline: Outline,
        bodies: Sequence[BodyUse],
        citations: Sequence[Citation],
        quantities: Sequence[tuple[MetricMention, str | None, str | None, str | None]],
        measures: Sequence[MeasureMention],
    ) -> Related:
        """Link mentions within a sentence, metrics also to the last measure of their list item.

        ``quantities`` are the metric mentions, each with the ids of its indicator, its unit and the unit it is stated
        per. Links are indices into the sequences given.
        """
        by_sentence: dict[int, list[int]] = {}
        by_item: dict[int, list[int]] = {}
        for index, measure in enumerate(measures):
            by_sentence.setdefault(measure.sentence, []).append(index)
            by_item.setdefault(outline.sentences[measure.sentence].item, []).append(index)
        outcomes: dict[int, list[int]] = {}
        metrics = []
        for index, (mention, indicator, unit, per) in enumerate(quantities):
            measure_index = self._measure_of(mention, indicator, by_sentence.get(mention.sentence, []), measures)
            practice = measures[measure_index].practice if measure_index is not None else None
            if measure_index is None:
                practice = self._indicator_practice.get(indicator) if indicator else None
                item = by_item.get(outline.sentences[mention.sentence].item, [])
                before = [i for i in item if measures[i].sentence <= mention.sentence]
                if practice is None and before:
                    measure_index = before[-1]
                    practice = measures[measure_index].practice
            if measure_index is not None:
                outcomes.setdefault(measure_index, []).append(index)
            metrics.append(Metric(mention, indicator, unit, per, practice, measure_index))
        linked = []
        cited: dict[int, list[int]] = {}
        for index, citation in enumerate(citations):
            near = _nearest(
                citation.mention.start, citation.mention.end, by_sentence.get(citation.mention.sentence, []), measures
            )
            if near is not None:
                cited.setdefault(near, []).append(index)
            linked.append(Citation(citation.mention, citation.law, near))
        slots = self._parts(outline, measures, by_sentence)
        responsible, involved = self._actors(outline, bodies, measures, by_sentence)
        return Related(
            tuple(linked),
            tuple(metrics),
            tuple(
                Measure(
                    m,
                    tuple(responsible.get(i, ())),
                    tuple(involved.get(i, ())),
                    tuple(cited.get(i, ())),
                    tuple(outcomes.get(i, ())),
                    slots[i],
                )
                for i, m in enumerate(measures)
            ),
        )

    def _measure_of(
        self, mention: MetricMention, indicator: str | None, here: Sequence[int], measures: Sequence[MeasureMention]
    ) -> int | None:
        """The measure of the sentence that a metric is an outcome of: that of its indicator, else the one it stands in,
        else the nearest before it."""
        wanted = self._indicator_practice.get(indicator) if indicator else None
        of_indicator = [i for i in here if measures[i].practice == wanted]
        return _nearest(mention.start, mention.end, of_indicator or here, measures)

    def _parts(
        self, outline: Outline, measures: Sequence[MeasureMention], by_sentence: Mapping[int, Sequence[int]]
    ) -> dict[int, Slots]:
        """The slots of each measure by its index."""
        found: dict[int, Slots] = {}
        for index, here in by_sentence.items():
            sentence = outline.sentences[index]
            spans = [(sentence.find(measures[i].start), sentence.find(measures[i].end)) for i in here]
            found.update(zip(here, self._slots.read_all(sentence, spans), strict=True))
        return found

    @staticmethod
    def _actors(
        outline: Outline, bodies: Sequence[BodyUse], measures: Sequence[MeasureMention], by_sentence: Mapping[int, Sequence[int]]
    ) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
        """The bodies of each measure: responsible is the subject at the head of the sentence or of the measure's clause."""
        responsible: dict[int, list[int]] = {}
        involved: dict[int, list[int]] = {}
        for index, use in enumerate(bodies):
            here = by_sentence.get(use.mention.sentence, ())
            if not here:
                continue
            sentence = outline.sentences[use.mention.sentence]
            if _is_subject(sentence, use.mention.start, use.mention.end):
                following = [i for i in here if measures[i].end > use.mention.start]
                for i in following:
                    responsible.setdefault(i, []).append(index)
            else:
                near = _nearest(use.mention.start, use.mention.end, here, measures)
                if near is not None:
                    involved.setdefault(near, []).append(index)
        return responsible, involved


def _is_subject(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a body opens a clause and is followed by what it does."""
    i, j = sentence.find(start), sentence.find(end)
    before = sentence.text[:i]
    clause = before[max((m.end() for m in _CLAUSE.finditer(before)), default=0) :]
    if _JOINED.search(clause) and not re.search(r"(?:政府|委员会|局|委|所|办)[、和及与]$", clause):
        return False
    head = re.sub(r"^(?:[一二三四五六七八九十]+是|\d{4}年(?:以来|度)?|今年(?:以来)?|同时|此外|全年|目前)", "", clause)
    return len(head) <= 12 and j < len(sentence.text) and sentence.text[j] not in "。;》)"


def _nearest(start: int, end: int, among: Sequence[int], measures: Sequence[MeasureMention]) -> int | None:
    """The measure whose span covers the mention, else the nearest that begins before it, else the first after it."""
    if not among:
        return None
    covering = [i for i in among if measures[i].start <= start and end <= measures[i].end]
    if covering:
        return min(covering, key=lambda i: (measures[i].end - measures[i].start, i))
    before = [i for i in among if measures[i].start <= start]
    return max(before, key=lambda i: measures[i].start) if before else min(among, key=lambda i: measures[i].start)
