"""Metrics: quantities with what they count, what they are stated for, and whether they were reached."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from kgraph.extract.counted import Counted, Phrase
from kgraph.extract.metric_frame import Frame
from kgraph.extract.metric_scan import Quantity, QuantityScanner
from kgraph.knowledge import Knowledge
from kgraph.model import Change, MetricMention, Outline, Sentence, SentenceKind
from kgraph.words import Words

_SILENT = frozenset({SentenceKind.FRONT, SentenceKind.CLOSING})
_PARTS = re.compile(r"其中|[((](?:含|包括|包含)|[,:](?:含|包括|包含)")
_AFRESH = re.compile(r"目前|截至|已|均|全部|同比|较|并|共")
_NEXT = re.compile(r"[、和及与,~至到-]+")
_RANGE = re.compile(r"[-~至到]{1,2}")
_ONWARD = re.compile(r"\w{0,6}(?:[至到]|[减缩短升增降改调变简并]\w{0,2}为)")
_FROM = re.compile(r"(?:[由从自]|较|比)(?:原来|原有|原先|过去|以前|法定|承诺|最初|上年|去年|20\d\d年(?:同期)?|\w{0,4}时限)?的?$")
_TO = re.compile(r",?(?:\w{0,6})(?:至|到|为|成)了?(?:\w{0,4}的)?(?:约|近)?")


@dataclass(slots=True)
class _Found:
    """A quantity under way to a mention: ``start``/``end`` of its span in the sentence."""

    quantity: Quantity
    label: str
    start: int
    end: int
    rule: str
    change: Change | None = None
    total: int | None = None
    per: str | None = None


class MetricExtractor:
    """Finds the metrics of a report.

    >>> from kgraph.model import Document
    >>> from kgraph.segment import Segmenter
    >>> knowledge = Knowledge()
    >>> text = "一、主要举措\\n全年受理信访件96宗,其中来访16宗,办结率达98%。\\n"
    >>> outline = Segmenter(knowledge).outline(Document(text, "a.txt", ""))
    >>> [(m.label, str(m.value), m.unit, m.total) for m in MetricExtractor(knowledge).extract(outline)]
    [('受理信访件', '96', '宗', None), ('来访', '16', '宗', 0), ('办结率', '98', '%', None)]
    """

    def __init__(self, knowledge: Knowledge, words: Words | None = None) -> None:
        self._words = words or Words(knowledge)
        self._scanner = QuantityScanner(knowledge, self._words)
        self._counted = Counted(self._words)
        self._frame = Frame(knowledge, self._words)
        self._persons = re.compile(self._words.any_of("h"))
        self._same = {
            form: concept.one("exactMatch") or concept.id for concept in knowledge.units.values() for form in concept.get("form")
        }

    def extract(self, outline: Outline, written: str = "") -> list[MetricMention]:
        """All metrics of an outline, in the order of the text.

        ``written`` is the report's text, by which labels and units keep the brackets that the report writes."""
        mentions: list[MetricMention] = []
        for index, sentence in enumerate(outline.sentences):
            if sentence.kind in _SILENT:
                continue
            base = len(mentions)
            wide = _wide(written[sentence.start : sentence.end])
            for found in self._sentence(sentence):
                q = found.quantity
                start, end = sentence.span(found.start, found.end)
                mentions.append(
                    MetricMention(
                        start=start,
                        end=end,
                        sentence=index,
                        value=q.value,
                        unit=q.unit,
                        comparator=q.comparator,
                        label=found.label.translate(wide),
                        status=self._frame.status(sentence, q.start),
                        rule=found.rule,
                        change=found.change,
                        per=found.per and found.per.translate(wide),
                        total=None if found.total is None else base + found.total,
                    )
                )
        return mentions

    def _sentence(self, sentence: Sentence) -> list[_Found]:
        text = sentence.text
        quantities = self._frame.adverbial(text, self._scanner.scan(text))
        found: list[_Found] = []
        floor = 0
        pending: list[tuple[int, str]] = []
        said: Change | None = None
        for k, q in enumerate(quantities):
            last = quantities[k - 1] if k else None
            change = self._frame.change(text, q, self._scanner.kind(q.unit))
            if last and last.unit == q.unit and _NEXT.fullmatch(text[last.end : q.start].rstrip("+-")):
                change = change or said
            else:
                said = change
            following = self._following(text, found[-1], q, pending) if found else None
            if following:
                found.append(replace(following, change=change or following.change))
                floor = max(q.end, following.end)
                continue
            size = len(found)
            per = self._frame.per(text, last.end if last else 0, q.start)
            rest = quantities[k + 1 :]
            upper = rest.pop(0).end if rest and _RANGE.fullmatch(text[q.end : rest[0].start]) else q.end
            phrase = self._phrase(text, floor, q, upper, rest[0].start if rest else len(text), per)
            several = self._several(text, floor, q) if phrase and not phrase.preposed else []
            if several and self._frame.is_respective(text[: q.start]):
                pending = several[1:]
                found.append(_Found(q, several[0][1], q.start, q.end, "metric-respective", change))
            elif several:
                found += [_Found(q, label, at, q.end, "metric-shared", change) for at, label in several]
            else:
                found.append(self._one(sentence, found, floor, q, phrase, change))
            for item in found[size:]:
                item.per = q.per or (per[0] if per else None)
            floor = max(q.end, found[-1].end)
        self._totals(text, found)
        return found

    @staticmethod
    def _following(text: str, last: _Found, q: Quantity, pending: list[tuple[int, str]]) -> _Found | None:
        """A quantity that takes its label from the one before: the upper end of a range, what was reached, the next of
        several named before (分别为)."""
        before = last.quantity
        between = text[before.end : q.start]
        if _FROM.search(text[: before.start]) and _TO.fullmatch(between):
            return _Found(q, last.label, q.start, q.end, "metric-to", None, per=last.per)
        if pending and _NEXT.fullmatch(between):
            return _Found(q, pending.pop(0)[1], q.start, q.end, "metric-respective", None, per=last.per)
        if before.unit == q.unit and before.value < q.value and _RANGE.fullmatch(between):
            return replace(last, quantity=q, start=q.start, end=max(q.end, last.end), rule="metric-range")
        return None

    def _phrase(
        self, text: str, floor: int, q: Quantity, end: int, ceiling: int, per: tuple[str, int, int] | None
    ) -> Phrase | None:
        """The counted phrase; what stands before 每人 names it only where nothing after it does."""
        start, event = self._frame.before(text, q.start), q.unit == "次"
        origin = _FROM.search(text, max(0, q.start - 16), q.start)
        if origin and _ONWARD.match(text, q.end):
            start, ceiling = origin.start(), end
        if per is None or per[2] <= floor or per[2] > start:
            return self._counted.phrase(text, floor, start, end, ceiling, event=event)
        phrase = self._counted.phrase(text, per[2], start, end, ceiling, event=event)
        return phrase or (self._counted.phrase(text, floor, per[1], per[2], per[2]) if per[1] > floor else None)

    def _several(self, text: str, floor: int, q: Quantity) -> list[tuple[int, str]]:
        """The rates or counts that share a figure, or that figures follow one by one: where each starts, its label."""
        alike = self._frame.is_joint(text[: q.start])
        if self._scanner.kind(q.unit) != "rate" and not alike:
            return []
        begin = self._counted.left_bound(text, floor, self._frame.before(text, q.start))
        core = self._frame.before_number(text[begin : q.start])
        items = self._counted.shared(core, alike=False) or (self._counted.shared(core, alike=True) if alike else [])
        labels = [
            (begin + at, label if k else self._counted.previous(label, 0, len(label)) or label)
            for k, (at, label) in enumerate(items)
        ]
        return [(at, label) for at, label in labels if label]

    def _one(
        self, sentence: Sentence, found: list[_Found], floor: int, q: Quantity, phrase: Phrase | None, change: Change | None
    ) -> _Found:
        text = sentence.text
        start, end = q.start, q.end
        if phrase:
            start = phrase.start if phrase.start >= 0 else start
            end = phrase.end if phrase.end >= 0 else end
        rule = "metric-after" if phrase and phrase.preposed else "metric-before"
        last = found[-1] if found else None
        if phrase and self._frame.is_comparison(phrase.label):
            return _Found(
                q, (last.label if last else self._earlier(sentence, floor, q)) + phrase.label, start, end, "metric-change", change
            )
        if phrase and not phrase.verbs:
            return _Found(q, phrase.label, start, end, rule, change)
        alike = [f for f in reversed(found) if self._alike(f.quantity.unit, q.unit)]
        same = next((f for f in alike if self._counted.acts(f.label)), alike[0] if alike else None)
        if phrase:
            noun = (
                self._counted.head(same.label)
                if same
                else self._person(text, q)
                if self._scanner.kind(q.unit) == "person"
                else ""
            )
            fits = noun and noun not in phrase.label and len(phrase.label + noun) <= 16
            return _Found(q, phrase.label + noun if fits else phrase.label, start, end, rule, change)
        label = ""
        if last and self._adjoins(text, last, q):
            label = last.label
        elif same:
            label = same.label
        elif self._scanner.kind(q.unit) == "person":
            label = self._person(text, q)
        return _Found(q, label or self._earlier(sentence, floor, q), start, end, "metric-carried", change)

    @staticmethod
    def _adjoins(text: str, last: _Found, q: Quantity) -> bool:
        return re.fullmatch(r"[、,(和共计约近累达及至到~+-]*", text[last.end : q.start]) is not None

    def _alike(self, one: str, other: str) -> bool:
        return self._same.get(one, one) == self._same.get(other, other)

    def _person(self, text: str, q: Quantity) -> str:
        """The last person named before a number of persons."""
        found = self._persons.findall(text[: q.start])
        return found[-1] if found else ""

    def _earlier(self, sentence: Sentence, floor: int, q: Quantity) -> str:
        """The phrase of the nearest clause before, else the list lead or heading, else the unit."""
        text = sentence.text
        stop = self._counted.left_bound(text, 0, q.start) - 1
        while stop > 0:
            label = self._counted.previous(text, 0, stop)
            if label:
                return label
            stop = self._counted.left_bound(text, 0, stop) - 1
        return next((c[:16] for c in sentence.context if c), "") or q.unit

    def _totals(self, text: str, found: list[_Found]) -> None:
        """Tie parts (其中来信39宗,来访16宗) to the total before them, of the same unit, while they do not exceed it."""
        total: int | None = None
        left = Decimal(0)
        for k, item in enumerate(found):
            if not k:
                continue
            between = text[found[k - 1].quantity.stop : item.quantity.start]
            if _PARTS.search(between):
                total = next((j for j in range(k - 1, -1, -1) if self._alike(found[j].quantity.unit, item.quantity.unit)), None)
                left = found[total].quantity.value if total is not None else Decimal(0)
            elif total is not None and (
                _AFRESH.search(between) or not self._alike(found[total].quantity.unit, item.quantity.unit)
            ):
                total = None
            if total is not None and item.quantity.value <= left:
                left -= item.quantity.value
                found[k] = replace(item, total=total)
            else:
                total = None


def _wide(text: str) -> dict[int, str]:
    """How to write the brackets that a text has in full width and not in half width: 村(社区) as 村（社区）."""
    return {ord(narrow): wide for narrow, wide in ("(（", ")）") if wide in text and narrow not in text}
