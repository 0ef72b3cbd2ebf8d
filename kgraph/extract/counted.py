"""What a number counts: the phrase of the report beside it, cut to what reads well in a table.

Reports count in two orders: 发放资料300份 (the counted stands before) and 开展2次法律培训 (after). Which one holds is
decided by the words between two numbers, with the classes of ``ontology/words.txt``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kgraph.extract.counted_words import (
    EDGE,
    after_sum,
    bare,
    blank,
    cut,
    label_of,
    length,
    of,
    only,
    shorten,
    trim_end,
    trim_front,
)
from kgraph.words import Word, Words

LONGEST = 16
"""The longest phrase, in characters, that is not shortened."""
_INLINE = re.compile(r"\((?!含|其中|包括)[^()\d,。;:]{1,4}\)")
_BREAK = re.compile(r"[,;:。!?()\n+-]|\.(?!\d)")
_STOP = re.compile(rf"{_BREAK.pattern}|、")
_MARK = re.compile(r"(?:[一二三四五六七八九十]+[是要、]|\d{1,2}[.、](?!\d)|[①-⑳])+")
_RATES = re.compile(r"(?:率|度|比例|比重|占比|比)$")
_JOINT = re.compile(r"、|以及|和|与|及")
_FILLERS = frozenset(["各类", "各", "各种", "有关", "相关", "的", "了", "等", "类", "一批", "起", "辖区", "群众", "、"])
_GOVERNING = ("的", "对", "将", "把", "向", "为", "就")
_NOT_COUNTED = frozenset(["中", "内", "里", "后", "前"])


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is counted: the label, and where in the sentence the words that adjoin the number start and end
    (-1: none on that side). ``verbs`` where the label is nothing but what was done (办结), without an object."""

    label: str
    start: int = -1
    end: int = -1
    verbs: bool = False
    preposed: bool = False


class Counted:
    """Finds the counted phrase beside a number.

    >>> from kgraph.knowledge import Knowledge
    >>> counted = Counted(Words(Knowledge()))
    >>> counted.phrase("今年以来共发放宣传资料300份。", 0, 11, 15, 16).label
    '发放宣传资料'
    >>> counted.phrase("全年开展2次法律知识培训。", 0, 4, 6, 13).label
    '法律知识培训'
    """

    def __init__(self, words: Words) -> None:
        self._words = words

    def left_bound(self, text: str, floor: int, start: int) -> int:
        """Where the clause before a number starts, not before ``floor``."""
        inline = [m.span() for m in _INLINE.finditer(text, floor, start)]
        for i in range(start - 1, floor - 1, -1):
            if _BREAK.match(text, i) and not any(a <= i < b for a, b in inline):
                return i + 1
        return floor

    def right_bound(self, text: str, end: int, ceiling: int) -> int:
        """Where the clause after a number ends, not after ``ceiling``."""
        inline = [m.span() for m in _INLINE.finditer(text, end, ceiling)]
        for m in _STOP.finditer(text, end, ceiling):
            attribute = m.group() == "、" and text[m.start() - 1] in "级型类性" and m.start() - end < 6
            if not attribute and not any(a <= m.start() < b for a, b in inline):
                return m.start()
        return ceiling

    def phrase(self, text: str, floor: int, start: int, end: int, ceiling: int, *, event: bool = False) -> Phrase | None:
        """The phrase of the number in ``text[start:end]``, between the neighbours that ``floor`` and ``ceiling`` give.

        ``event`` where the unit counts how often, so that what was done may follow it (6次听取汇报).
        None where nothing beside the number says what it counts."""
        left = self._left(text, self.left_bound(text, floor, start), start)
        right = self._right(text, end, self.right_bound(text, end, ceiling), ceiling, event=event)
        if right:
            if text[end - 1] == "%" and only(right[0], "v") and len(right) == 1 and left:
                return self._covering(left, right)
            silent = all(w.classes and w.classes <= frozenset("rtdscpelk") for w in left)
            noun = not only(right[0], "vlmdspeg") or text.startswith('"', end) or text[:start].endswith(_GOVERNING)
            doing = any(of(w, "vl") for w in left)
            asking = len(left) == 1 and only(left[0], "vlm") and (of(right[0], "m") or (of(right[0], "v") and len(right) > 1))
            if silent or noun or asking or (event and not doing):
                return _preposed(left, right)
        return self._postposed(left) if left else None

    def previous(self, text: str, floor: int, start: int) -> str:
        """The phrase that ends the clause before ``start`` (开展执法检查,共30次): its label, or nothing."""
        words = self._left(text, self.left_bound(text, floor, start), start)
        return "" if bare(words) else label_of(shorten(words, LONGEST))

    def acts(self, label: str) -> bool:
        """Whether a label opens with a verb that has an object (受理信访案件)."""
        words = self._words.cut(label)
        return len(words) > 1 and of(words[0], "v")

    def head(self, label: str) -> str:
        """The noun of a label, without the verb that opens it and words like 各类.

        >>> from kgraph.knowledge import Knowledge
        >>> Counted(Words(Knowledge())).head("排查各类矛盾纠纷")
        '矛盾纠纷'
        """
        words = self._words.cut(label)
        last = max((i + 1 for i, w in enumerate(words) if only(w, "v")), default=0)
        if length(words[last:]) >= 2:
            words = words[last:]
        while words and (only(words[0], "vlmdsrtcp") or words[0].text in _FILLERS):
            words = words[1:]
        return "".join(w.text for w in words).strip(EDGE + "()")

    def shared(self, before: str, *, alike: bool) -> list[tuple[int, str]]:
        """The rates (with ``alike`` any counts) that one figure is stated for, with their offsets in the text given;
        none where it is stated for one.

        >>> from kgraph.knowledge import Knowledge
        >>> Counted(Words(Knowledge())).shared("考试参考率、合格率", alike=False)
        [(0, '考试参考率'), (6, '合格率')]
        """
        items: list[tuple[int, str]] = []
        at = 0
        for m in [*_JOINT.finditer(before), None]:
            stop = m.start() if m else len(before)
            if items and not alike and not _RATES.search(items[-1][1]):
                items[-1] = (items[-1][0], before[items[-1][0] : stop])
            else:
                items.append((at, before[at:stop]))
            at = m.end() if m else stop
        items = [(at, item.strip(EDGE)) for at, item in items if item.strip(EDGE)]
        if len(items) < 2 or (not alike and not all(_RATES.search(item) for _, item in items)):
            return []
        return items

    def _left(self, text: str, begin: int, start: int) -> list[Word]:
        """The words before the number that may name what it counts."""
        mark = _MARK.match(text, begin, start)
        words = cut(self._words, text, mark.end() if mark else begin, start)
        return trim_front(after_sum(trim_end(words)))

    def _right(self, text: str, end: int, stop: int, ceiling: int, *, event: bool) -> list[Word]:
        """The words after the number that may name what it counts."""
        words = cut(self._words, text, end, stop)
        while len(words) > 1 and words[0].text in ("的", '"'):
            words = words[1:]
        if words and words[0].text in ("对", "将", "就") and any(w.text == "进行" for w in words):
            words = [w for w in trim_front(words[1:]) if w.text != "进行"]
        elif words and event and only(words[0], "p", "vnhm"):
            words = trim_front(words)
        if not words or words[0].text in _NOT_COUNTED or only(words[0], "cp", "vnhm"):
            return []
        chained = stop == ceiling < len(text)
        cutting = "vlps" if chained else "lps" if stop - end > 10 else ""
        for i, w in enumerate(words):
            if i and only(w, cutting) and w.start - words[0].start > 1:
                words = words[:i]
                break
        if length(words) > LONGEST:
            verbs = [i for i, w in enumerate(words) if i and of(w, "v") and length(words[:i]) <= LONGEST]
            words = words[: verbs[-1]] if verbs else words
        while words and (blank(words[-1]) or only(words[-1], "cdep", "nhv") or (len(words) > 1 and length(words) > LONGEST)):
            words.pop()
        return words

    def _covering(self, left: list[Word], right: list[Word]) -> Phrase | None:
        """What a share says of what stands before it (检查100%覆盖)."""
        before = self._postposed(left)
        label = (before.label if before else "") + label_of(right)
        return Phrase(label, before.start if before else -1, right[-1].end)

    @staticmethod
    def _postposed(left: list[Word]) -> Phrase | None:
        """The phrase that stands before the number."""
        words = [] if bare(left) else shorten(left, LONGEST)
        if not words:
            return None
        single = len(words) == 1 and only(words[0], "v") and len(words[0].text) <= 2
        verbs = single or (of(words[-1], "k") and all(only(w, "vmd") for w in words))
        return Phrase(label_of(words), words[0].start, verbs=verbs)


def _preposed(left: list[Word], right: list[Word]) -> Phrase:
    """The phrase that stands after the number, with what was done before it."""
    kept: list[Word] = []
    for w in reversed(left):
        if not only(w, "vm"):
            break
        kept.insert(0, w)
    if not kept and left and of(left[0], "v") and not of(left[-1], "rp") and length([*left, *right]) <= LONGEST:
        kept = [] if any(w.text in ("、", "等") or w.text.startswith("《") for w in left) else left
    verbs = not kept and len(right) == 1 and only(right[0], "vmd")
    return Phrase(label_of(kept) + label_of(right), kept[0].start if kept else -1, right[-1].end, verbs, True)
