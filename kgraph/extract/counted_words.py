"""Small decisions about the words beside a number: which may name what it counts, and how a phrase of them reads."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kgraph.words import Word, Words

EDGE = " \"'、,;:。-·"
_TITLE = re.compile(r"《[^《》]*》")
_DATE_PART = re.compile(r"[\d.]+|年|月|日|度")
_SUFFIXES = frozenset("率度量性化")
_TOTALS = frozenset(["总数", "人数", "数量", "总量", "总人数", "户数", "件数", "次数", "总计", "合计"])
_PLAIN: frozenset[str] = frozenset()
_TITLE_CLASS = frozenset("n")
_SHORT_TITLE = 8
"""A title in 《》 counts as a short name: as so many characters."""


def of(word: Word, kinds: str) -> bool:
    """Whether a word has one of some classes, each a letter (see ``ontology/words.txt``)."""
    return not word.classes.isdisjoint(kinds)


def only(word: Word, kinds: str, but: str = "nh") -> bool:
    """Whether a word has one of some classes and none of others: a verb that is not a term as well.

    >>> only(Word(0, 2, "发放", frozenset("v")), "vl"), only(Word(0, 2, "调解", frozenset("vn")), "vl")
    (True, False)
    """
    return not word.classes.isdisjoint(kinds) and word.classes.isdisjoint(but)


def blank(word: Word) -> bool:
    """Whether a word is nothing but punctuation or blanks."""
    return not word.text.strip(EDGE + "()")


def cut(words: Words, text: str, begin: int, end: int) -> list[Word]:
    """The words of ``text[begin:end]``, with the offsets of the text; a title in 《》 is one word, 率 joins what it follows."""
    found: list[Word] = []
    at = begin
    for m in [*_TITLE.finditer(text, begin, end), None]:
        stop = m.start() if m else end
        for w in words.cut(text[at:stop]) if at < stop else ():
            if w.text in _SUFFIXES and found and not blank(found[-1]):
                found[-1] = Word(found[-1].start, w.end + at, found[-1].text + w.text, _PLAIN)
            else:
                found.append(Word(w.start + at, w.end + at, w.text, w.classes))
        if m:
            found.append(Word(m.start(), m.end(), m.group(), _TITLE_CLASS))
            at = m.end()
    return found


def length(words: Sequence[Word]) -> int:
    """The length of a phrase in characters; a title counts as a short name."""
    return sum(min(len(w.text), _SHORT_TITLE) if w.text.startswith("《") else len(w.text) for w in words)


def bare(words: Sequence[Word]) -> bool:
    """Whether words name nothing that is counted: places, times, adverbs, light verbs, 总数."""
    return all(only(w, "rtdscpelk", "vnhm") or w.text in _TOTALS or blank(w) for w in words)


def trim_front(words: Sequence[Word]) -> list[Word]:
    """Without time, place, adverbs and what a preposition governs at the front."""
    rest = list(words)
    while rest:
        first = rest[0]
        if blank(first) or _DATE_PART.fullmatch(first.text):
            rest = rest[1:]
        elif len(rest) > 1 and only(first, "p", "vnh"):
            verb = next((i for i, w in enumerate(rest) if i and of(w, "vlm")), 1)
            rest = rest[verb:]
        elif len(rest) > 1 and only(first, "trdsc", "vnhm"):
            rest = rest[1:]
        else:
            break
    return rest


def trim_end(words: Sequence[Word]) -> list[Word]:
    """Without 共, 达, 了, 的 and the like before a number."""
    rest = list(words)
    while rest and (blank(rest[-1]) or _links(rest[-1])):
        rest.pop()
    return rest


def _links(word: Word) -> bool:
    if word.classes == {"d"} and len(word.text) > 1:
        return False
    return only(word, "edscpt", "vnhrm")


def after_sum(words: list[Word]) -> list[Word]:
    """What follows the last adverb that sums up (共, 累计), everything where there is none."""
    for i in range(len(words) - 2, -1, -1):
        if of(words[i], "s"):
            return words[i + 1 :]
    return words


def shorten(words: list[Word], longest: int) -> list[Word]:
    """Cut the front off: up to the last light verb, up to the last of several actions, then down to ``longest``."""
    for i in range(len(words) - 2, -1, -1):
        if only(words[i], "l"):
            words = trim_front(words[i + 1 :]) or words[i:]
            break
    for i in range(len(words) - 3, 0, -1):
        if words[i].text == "、":
            if of(words[i + 1], "vm") and not of(words[i - 1], "vm"):
                words = words[i + 1 :]
            break
    if length(words) > longest:
        words = _squeeze(words, longest)
    while len(words) > 1 and (blank(words[0]) or words[0].text in ("的", "等", "和", "及", "与", "或")):
        words = words[1:]
    return words


def _squeeze(words: list[Word], longest: int) -> list[Word]:
    """The end of a phrase that is too long: from a verb on, else after 等 or 的, else as many words as fit."""
    for i in range(1, len(words) - 1):
        if of(words[i], "v") and length(words[i:]) <= longest:
            return words[i:]
    for marks in (("等", "的"), ("的",)):
        after = max((i + 1 for i, w in enumerate(words) if w.text in marks), default=0)
        if after and 4 <= length(words[after:]) <= longest:
            words = words[after:]
        while length(words) > longest and len(words) > 1:
            words = words[1:]
    return words


def label_of(words: Sequence[Word]) -> str:
    """The words as a label: without quotation marks, edges trimmed, brackets closed.

    >>> label_of([Word(0, 4, '"村(居', frozenset()), Word(4, 5, ")", frozenset()), Word(5, 6, '"', frozenset())])
    '村(居)'
    """
    text = "".join(w.text for w in words).replace('"', "").strip(EDGE)
    opened, closed = text.count("("), text.count(")")
    if opened > closed:
        return text[:-1] if text.endswith("(") else text + ")"
    if closed > opened:
        return text.strip("()")
    return text
