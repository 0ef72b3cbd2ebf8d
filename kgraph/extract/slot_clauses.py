"""One clause → the parts of a measure that it states, read from the left: adverbs and phrases (在…, 通过…, 对…) up to its
verb, then the object up to a number. What cannot be told is left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kgraph.extract.slot_words import Kind, SlotWords
from kgraph.layout import LIST_MARK

_UNIT = r"(?:[余多])?(?:[万亿千百])?(?:[余多])?"
_COUNT = re.compile(
    rf"(?:[0-9][0-9.]*{_UNIT}|[一二两三四五六七八九十]+)(?:个批次|场次|人次|批次|家次|件次|条次|[个名位家所次场期件条项份起处支批轮宗户块册篇套类种部本堂届]|%)的?"
)
_STARTS_COUNT = re.compile(r"(?:[0-9]|第?[一二两三四五六七八九十百]+[余多]?(?:[次场期件条项份起批]|百|十|万))")
_NUMBER = re.compile(
    r"(?<![0-9A-Za-z+.])(?!(?:19|20)[0-9]{2}年)[0-9][0-9.]*(?!\+)|[一二两三四五六七八九十百千]{1,6}(?:余|多)?(?:次|场|期|件|条|份|批次|人次)"
)
_TAIL = re.compile(r"(?:[、和及与约近超达共计了]|累计|合计|总计|总共|不少于|不低于|至少|超过|将近|达到|等|全年|不超过|已|均)+$")
_EACH = re.compile(
    r"^(?:每[名个位家户]|各|[0-9]+(?:\.[0-9]+)?[万余多]*[名个位家户所]|全[县市区镇省乡][0-9]+[万余多]*[名个位家所])(?=\w{2})"
)
_LED = re.compile(r"(?:全[县市区镇省乡]|辖区)?[0-9]+[万余多]*[名个位家所]")
_OTHER = re.compile(r"、(?=再|由|先|并|还)|(?<=\w\w)(?:深入(?!学|推|开|贯|研|落|实)|走进|赴)")
_DONE = re.compile(r"了|过(?!程)|出(?=各类|矛盾|纠纷|隐患|问题|风险|线索|了)|好(?![人转评])")
_AMONG = re.compile(r"等[0-9]+[余多]?[家个项类种部支名位]\w\w")
_DIGIT = re.compile("[0-9]")
_READ = 300
"""How far a clause is read, in characters: longer ones are no sentences."""
_LONGEST = 60
_LONGEST_TAIL = 16
_MOST_BEFORE = 40
"""A phrase before the verb that is longer is not read."""


@dataclass(slots=True)
class Parts:
    """The parts found so far, as spans in the sentence's text, and how far the clause was read."""

    found: dict[str, tuple[int, int]] = field(default_factory=dict)
    at: int = 0
    adverb: bool = False
    phrase: bool = False

    def copy(self) -> Parts:
        return Parts(dict(self.found), self.at, self.adverb, self.phrase)

    def put(self, slot: str, start: int, end: int) -> None:
        if start < end:
            self.found.setdefault(slot, (start, end))


class PartsReader:
    """Reads clauses.

    >>> from kgraph.knowledge import Knowledge
    >>> text = "我局面向企业开展培训4次"
    >>> found = PartsReader(SlotWords(Knowledge())).read(text, 0, len(text)).found
    >>> {slot: text[start:end] for slot, (start, end) in found.items()}
    {'actor': '我局', 'target_group': '企业', 'action': '开展', 'object': '培训'}
    """

    def __init__(self, words: SlotWords) -> None:
        self._words = words

    def read(self, text: str, start: int, end: int, *, backed: bool = False) -> Parts:
        """The parts of one clause, up to its verb and object; ``backed`` where a phrase before it waits for its verb."""
        end = min(end, start + _READ)
        mark = LIST_MARK.match(text, start, end)
        read = Parts(at=mark.end() if mark else start, adverb=backed)
        words = self._words
        while read.at < end:
            at = read.at
            often = words.frequency.match(text, at, end)
            if often and not words.no_frequency.match(text, at, end):
                read.put("frequency", at, often.end())
                read.at, read.adverb, read.phrase = often.end(), True, True
                continue
            if self._phrase(text, end, read):
                continue
            verb = self._verb(text, at, end, read)
            if verb > at:
                self._act(text, at, verb, end, read)
                break
            adverb = words.adverbs.end(text, at, end)
            if adverb > at:
                read.at, read.adverb = adverb, True
                continue
            if "actor" in read.found or not self._subject(text, end, read):
                break
        return read

    def _verb(self, text: str, at: int, end: int, read: Parts) -> int:
        """Where the verb that stands at ``at`` ends; ``at`` where none does, or where it is part of a noun."""
        verb = self._words.verbs.end(text, at, end)
        if verb == at or self._words.is_noun(text, at, verb, end):
            return at
        if text[at:verb] in self._words.nominal:
            backed = read.adverb or read.phrase or "actor" in read.found
            if verb >= end or not (backed or self._governs(text, verb, end)):
                return at
        return verb

    def _governs(self, text: str, verb: int, end: int) -> bool:
        """Whether a verb that may be a noun has an object: a title, or words up to a number that are no rate of it."""
        if text[verb] in "《了、" or _STARTS_COUNT.match(text, verb):
            return True
        number = next((m for m in _NUMBER.finditer(text, verb, end) if _open(text, verb, m.start())), None)
        if number is None or text[number.start() - 1] in "率度比占" or text[number.end() : number.end() + 1] == "%":
            return False
        return all(
            (inner := self._words.verbs.end(text, at, end)) == at or text[at:inner] in self._words.nominal or inner - at < 2
            for at in range(verb, number.start())
        )

    def _subject(self, text: str, end: int, read: Parts) -> bool:
        """Read a subject: words that end as a body or person does, followed by a verb, an adverb or a phrase."""
        at = read.at
        for stop in range(at + 1, min(end, at + _MOST_BEFORE)):
            if stop - at > 1 and self._words.actor.holds(text[at:stop]) and self._follows(text, stop, end):
                led = _LED.match(text, at, stop)
                begin = led.end() if led and stop - led.end() > 1 else at
                read.put("actor", begin, stop)
                read.at = stop
                return True
        return False

    def _follows(self, text: str, at: int, end: int, *, phrase: bool = True) -> bool:
        """Whether what makes a predicate begins at ``at``."""
        words = self._words
        if words.is_noun(text, at, words.verbs.end(text, at, end), end):
            return False
        return bool(
            words.verbs.end(text, at, end) > at
            or words.adverbs.end(text, at, end) > at
            or words.frequency.match(text, at, end)
            or words.disposes.end(text, at, end) > at
            or words.instrument.opens.end(text, at, end) > at
            or (phrase and max(words.target.opens.end(text, at, end), words.place.opens.end(text, at, end)) > at)
            or (phrase and words.companion.opens.end(text, at, end) > at and text[at] not in "和与同")
        )

    def _phrase(self, text: str, end: int, read: Parts) -> bool:
        """Read a phrase that stands before the verb; False where none begins here or its end cannot be told."""
        words, at = self._words, read.at
        if text[at] not in words.openers:
            return False
        disposes = words.disposes.end(text, at, end)
        later = disposes > at and (text[disposes : disposes + 1] == "把" or words.adverbs.end(text, disposes, end) > disposes)
        if disposes > at and not later and "object" not in read.found:
            doing = words.verbs.end(text, disposes, end) > disposes
            for stop in range(disposes + 2, min(end, at + _MOST_BEFORE)):
                verb = (words.strong_disposal if doing else words.disposal).end(text, stop, end)
                if verb > stop and _open(text, disposes, stop):
                    begin, finish = _trim(text, disposes, stop)
                    if words.object.holds(text[begin:finish]):
                        read.put("object", begin, finish)
                    read.put("action", stop, verb)
                    read.at = end
                    return True
            return False
        aside = words.set_aside.match(text, at, end)
        if aside:
            read.at, read.phrase = aside.end(), True
            return True
        framed = words.framed.match(text, at, end)
        if framed:
            read.put("instrument", *_trim(text, *framed.span("phrase")))
            read.at, read.phrase = framed.end(), True
            return True
        opened = words.instrument.opens.end(text, at, end)
        if opened > at and not text.startswith("以", at) and self._instrument(text, opened, end, read):
            return True
        for slot, kind in (("actor", words.actor), ("place", words.place), ("target_group", words.target)):
            opened = kind.opens.end(text, at, end)
            if opened > at and self._kind(text, slot, kind, opened, end, read):
                return True
        opened = words.companion.opens.end(text, at, end)
        if opened > at and end - opened > 1:
            stop = self._close(text, opened, end)
            if stop > opened:
                read.at, read.phrase = stop, True
                return True
        return False

    def _instrument(self, text: str, opened: int, end: int, read: Parts) -> bool:
        words = self._words
        limit = min(end, opened + _LONGEST)
        doing = words.verbs.end(text, opened, end) > opened or words.adverbs.end(text, opened, end) > opened
        way = next((m for m in words.ways.finditer(text, opened, limit) if _open(text, opened, m.start())), None)
        if way and way.start() - opened > 1:
            stop, after = way.start(), way.end()
        else:
            stop = after = (0 if doing else self._close(text, opened, end, platform=True)) or end
        begin, finish = _trim(text, opened, stop)
        if (
            not 2 <= finish - begin <= _MOST_BEFORE
            or (way is None and doing and finish - begin > 16)
            or (words.instrument.excludes and words.instrument.excludes.search(text[begin:finish]))
        ):
            return False
        read.put("instrument", begin, finish)
        read.at, read.phrase = after, True
        return True

    def _kind(self, text: str, slot: str, kind: Kind, opened: int, end: int, read: Parts) -> bool:
        """Read a phrase of a sort: up to where a verb, an adverb or the clause's end follows words that end as it does."""
        if self._words.verbs.end(text, opened, end) > opened and slot == "place" and text[opened - 1] in "入进":
            return False
        for stop in range(opened + (1 if slot == "place" else 2), min(end, opened + _MOST_BEFORE) + 1):
            if not _open(text, opened, stop):
                continue
            begin = opened
            each = (
                _EACH.match(text[opened:stop]) if slot == "target_group" and not _DIGIT.search(text, opened + 6, stop) else None
            )
            if each:
                begin += each.end()
            if kind.holds(text[begin:stop]) and (stop >= end or self._follows(text, stop, end, phrase=slot != "target_group")):
                if slot == "place" and text[begin:stop].endswith(self._words.platforms):
                    read.put("instrument", begin, stop)
                else:
                    read.put(slot, begin, stop)
                read.at, read.phrase = stop, True
                return True
        if slot == "place":
            begin = opened
            for stop in range(opened + 2, min(end, opened + _MOST_BEFORE) + 1):
                if text[begin:stop].endswith(self._words.platforms) and (stop >= end or self._follows(text, stop, end)):
                    read.put("instrument", begin, stop)
                    read.at, read.phrase = stop, True
                    return True
        return False

    def _close(self, text: str, opened: int, end: int, *, platform: bool = False) -> int:
        """Where a phrase that was opened ends: before the last verb that closes one, else before the first verb; 0 if
        neither is found."""
        words = self._words
        limit = min(end, opened + _LONGEST)
        first = last = 0
        at = opened + 2
        while at < limit:
            if not _open(text, opened, at):
                at += 1
                continue
            if platform and (words.frequency.match(text, at, end) or text.startswith("组织", at)):
                return first or at
            closing = words.closing.end(text, at, end)
            verb = words.verbs.end(text, at, end)
            if words.is_noun(text, at, verb, end):
                at += 2
                continue
            if platform and words.adverbs.end(text, at, end) > at + 1 and verb == at:
                return first or at
            before = text[at - 1]
            if at < verb < end and before not in "、和及的" and text[at:verb] in words.nominal:
                if not first and (_STARTS_COUNT.match(text, verb) or (platform and not text.startswith(words.after_noun, verb))):
                    first = at
                at = verb if closing <= at else at
            if closing > at and closing < end and before not in "、和及":
                last = at
                at = closing
            elif at < verb < end and text[at:verb] not in words.nominal and before not in "、和及的" and verb - at > 1:
                if platform or not text.startswith(words.after_noun, verb):
                    first = first or at
                at = verb
            else:
                at += 1
        if platform:
            return min(filter(None, (first, last)), default=0)
        return last or first

    def _act(self, text: str, at: int, verb: int, end: int, read: Parts) -> None:
        """Read the action, after a causative verb the group and what it does, then the object."""
        words = self._words
        causative = words.causative.end(text, at, end)
        if causative > at and causative >= verb:
            begin = causative
            each = _EACH.match(text[begin:end])
            begin += each.end() if each else 0
            for stop in range(begin + 2, min(end, begin + 24)):
                if not _open(text, begin, stop) or not words.target.holds(text[begin:stop]):
                    continue
                inner = Parts(at=stop, phrase=True)
                self._predicate(text, end, inner)
                if "action" in inner.found:
                    read.put("target_group", begin, stop)
                    for slot, span in inner.found.items():
                        read.put(slot, *span)
                    return
        while verb < end and text[verb] in "、和并" and words.verbs.end(text, verb + 1, end) > verb + 1:
            verb = words.verbs.end(text, verb + 1, end)
        read.put("action", at, verb)
        self._object(text, verb, end, read)

    def _predicate(self, text: str, end: int, read: Parts) -> None:
        words = self._words
        while read.at < end:
            often = words.frequency.match(text, read.at, end)
            if often:
                read.put("frequency", read.at, often.end())
                read.at, read.adverb = often.end(), True
                continue
            if self._phrase(text, end, read):
                continue
            verb = self._verb(text, read.at, end, read)
            if verb > read.at:
                self._act(text, read.at, verb, end, read)
                return
            adverb = words.adverbs.end(text, read.at, end)
            if adverb == read.at:
                return
            read.at, read.adverb = adverb, True

    def _object(self, text: str, verb: int, end: int, read: Parts) -> None:
        begin = verb + 1 if _DONE.match(text, verb, end) else verb
        count = _COUNT.match(text, begin, end)
        if count:
            begin = count.end()
        stop = end
        for number in _NUMBER.finditer(text, begin, end):
            if _open(text, begin, number.start()) and text[number.start() - 1] not in "等第":
                stop = number.start()
                break
        among = _AMONG.search(text, begin, stop)
        stop = among.end() if among else stop
        other = _OTHER.search(text, begin, stop)
        begin, stop = _trim(text, begin, other.start() if other else stop)
        if 2 <= stop - begin <= _LONGEST and self._words.object.holds(text[begin:stop]):
            read.put("object", begin, stop)


def _open(text: str, begin: int, at: int) -> bool:
    """Whether no quotation mark, bracket or title that opens after ``begin`` is still open at ``at``."""
    if '"' not in text and "(" not in text and "《" not in text:
        return True
    part = text[begin:at]
    return part.count('"') % 2 == 0 and part.count("(") <= part.count(")") and part.count("《") <= part.count("》")


def _trim(text: str, begin: int, stop: int) -> tuple[int, int]:
    """A span without edges that say nothing: commas, 共, 等, 和, 累计."""
    while begin < stop and text[begin] in " 、":
        begin += 1
    while begin < stop and text[stop - 1] in " ,":
        stop -= 1
    tail = _TAIL.search(text, max(begin, stop - _LONGEST_TAIL), stop)
    return begin, tail.start() if tail else stop
