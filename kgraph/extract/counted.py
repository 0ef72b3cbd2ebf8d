"""What a number counts: the phrase of the report beside it, cut to what reads well in a table.

Reports count in two orders: 发放资料300份 (the counted stands before) and 开展2次法律培训 (after). Which one holds is
decided by the words between two numbers, with the classes of ``ontology/words.txt``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kgraph.words import Word, Words

LONGEST = 16
"""The longest phrase, in characters, that is not shortened."""
_EDGE = " \"'、,;:。()-·"
_ENDS = frozenset("edscpt")
_INLINE = re.compile(r"\([^()\d,。;:]{1,8}\)")
_STOP = re.compile(r"[,;:。!?()、\n+-]")
_BREAK = re.compile(r"[,;:。!?()\n+-]")
_RATES = re.compile(r"(?:率|度|比例|比重|占比|比)$")
_MARK = re.compile(r"(?:[一二三四五六七八九十]+[是要、]|\d{1,2}[.、](?!\d)|[①-⑳])+")
_TITLE = re.compile(r"《[^《》]*》")
_JOINT = re.compile(r"、|以及|和|与|及")


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
    >>> counted.phrase("全年开展2次法律知识培训。", 0, 4, 6, 12).label
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
            attribute = m.group() == "、" and text[m.start() - 1] in "级型类" and m.start() - end < 6
            if not attribute and not any(a <= m.start() < b for a, b in inline):
                return m.start()
        return ceiling

    def phrase(self, text: str, floor: int, start: int, end: int, ceiling: int, *, event: bool = False) -> Phrase | None:
        """The phrase of the number in ``text[start:end]``, between the neighbours that ``floor`` and ``ceiling`` give.

        None where nothing beside the number says what it counts."""
        left = self._left(text, self.left_bound(text, floor, start), start)
        right = self._right(text, end, self.right_bound(text, end, ceiling), ceiling)
        if right:
            bare = not any(not w.classes or not w.classes <= set("rtdscpelk") for w in left)
            noun = not right[0].classes & set("vlmdspe") or bool(right[0].classes & set("nh"))
            acting = any(w.classes & set("vl") for w in left)
            asking = bool(left) and bool(left[-1].classes & set("vlm")) and not left[-1].classes & set("nh")
            if bare or noun or (event and not acting) or (asking and len(left) == 1 and "m" in right[0].classes):
                return self._pre(left, right)
        if not left:
            return None
        return self._post(text, left)

    def previous(self, text: str, floor: int, start: int) -> str:
        """The phrase that ends the clause before ``start`` (开展执法检查,共30次): its label, or nothing."""
        words = self._left(text, self.left_bound(text, floor, start), start)
        return _label(self._shorten(words)) if words and not _bare(words) else ""

    def acts(self, label: str) -> bool:
        """Whether a label opens with a verb that has an object (受理信访案件)."""
        words = self._words.cut(label)
        return len(words) > 1 and "v" in words[0].classes

    def head(self, label: str) -> str:
        """The noun of a label, without the verb that opens it and words like 各类.

        >>> from kgraph.knowledge import Knowledge
        >>> Counted(Words(Knowledge())).head("排查各类矛盾纠纷")
        '矛盾纠纷'
        """
        words = self._words.cut(label)
        while words and (words[0].classes & set("vlmdsrtcp") and not words[0].classes & set("nh") or words[0].text in _FILLERS):
            words = words[1:]
        return "".join(w.text for w in words).strip(_EDGE)

    def shared(self, label_words: str, *, alike: bool) -> list[tuple[int, str]]:
        """The rates (with ``alike`` any counts) that one figure is stated for, with their offsets in the text given;
        fewer than two where it is one.

        >>> from kgraph.knowledge import Knowledge
        >>> Counted(Words(Knowledge())).shared("考试参考率、合格率", alike=False)
        [(0, '考试参考率'), (6, '合格率')]
        """
        items: list[tuple[int, str]] = []
        at = 0
        for m in [*_JOINT.finditer(label_words), None]:
            stop = m.start() if m else len(label_words)
            piece = label_words[at:stop]
            if items and not alike and not _RATES.search(items[-1][1]):
                items[-1] = (items[-1][0], label_words[items[-1][0] : stop])
            else:
                items.append((at, piece))
            at = m.end() if m else stop
        items = [(a, p.strip(_EDGE)) for a, p in items if p.strip(_EDGE)]
        if not alike and not all(_RATES.search(p) for _, p in items):
            return []
        return items if len(items) > 1 else []

    def _left(self, text: str, begin: int, start: int) -> list[Word]:
        """The words before the number that may name what it counts, absolute offsets."""
        mark = _MARK.match(text, begin, start)
        words = self._cut(text, mark.end() if mark else begin, start)
        while words and (words[-1].text.strip(_EDGE) == "" or words[-1].classes & _ENDS and not words[-1].classes & set("vnhrm") and not (words[-1].classes == {"d"} and len(words[-1].text) > 1)):
            words.pop()
        for i in range(len(words) - 1, -1, -1):
            if "s" in words[i].classes and i + 1 < len(words):
                words = words[i + 1 :]
                break
        return _trim_front(words)

    def _right(self, text: str, end: int, stop: int, ceiling: int) -> list[Word]:
        if stop <= end:
            return []
        words = self._cut(text, end, stop)
        while words and words[0].text in ("的", '"') and len(words) > 1:
            words = words[1:]
        if words and words[0].text in ("对", "将", "就") and "进行" in (w.text for w in words):
            words = [w for w in _trim_front(words[1:]) or words if w.text != "进行"]
        if words and words[0].text in ("中", "内", "里", "后", "前"):
            return []
        if words and words[0].classes & set("cp") and not words[0].classes & set("vnhm"):
            return []
        chained = stop == ceiling and stop < len(text)
        cutting = "vlps" if chained else "lps" if stop - end > 10 else ""
        for i, w in enumerate(words):
            if i and w.classes & set(cutting) and not w.classes & set("nh") and w.start - words[0].start > 1:
                words = words[:i]
                break
        if _length(words) > LONGEST:
            verbs = [i for i, w in enumerate(words) if i and "v" in w.classes and _length(words[:i]) <= LONGEST]
            words = words[: verbs[-1]] if verbs else words
        while words and (words[-1].classes & set("cdep") and not words[-1].classes & set("nhv") or words[-1].text.strip(_EDGE) == ""):
            words.pop()
        while len(words) > 1 and words[-1].end - words[0].start > LONGEST:
            words.pop()
        return words

    def _cut(self, text: str, begin: int, end: int) -> list[Word]:
        """The words of a part of the text with its offsets; a title in 《》 is one word."""
        words: list[Word] = []
        at = begin
        if begin >= end:
            return []
        for m in [*_TITLE.finditer(text, begin, end), None]:
            stop = m.start() if m else end
            for w in self._words.cut(text[at:stop]):
                if w.text in _SUFFIXES and words and words[-1].end == w.start + at and words[-1].text.strip(_EDGE):
                    words[-1] = Word(words[-1].start, w.end + at, words[-1].text + w.text, _PLAIN)
                else:
                    words.append(Word(w.start + at, w.end + at, w.text, w.classes))
            if m:
                words.append(Word(m.start(), m.end(), m.group(), _NOUN))
                at = m.end()
        return words

    def _pre(self, left: list[Word], right: list[Word]) -> Phrase:
        """The phrase after the number, with what was done before it."""
        kept: list[Word] = []
        for w in reversed(left):
            if not w.classes & set("vm") or w.classes & set("nh"):
                break
            kept.insert(0, w)
        simple = not any(w.text in ("、", "等") or w.text.startswith("《") for w in left)
        if not kept and simple and left and "v" in left[0].classes and not left[-1].classes & set("rp") and _length([*left, *right]) <= LONGEST:
            kept = left
        only = all(w.classes & set("vmd") and not w.classes & set("nh") for w in right)
        return Phrase(_label(kept) + _label(right), kept[0].start if kept else -1, right[-1].end, only and not kept and len(right) == 1, True)

    def _post(self, text: str, left: list[Word]) -> Phrase | None:
        if _bare(left):
            return None
        words = self._shorten(left)
        if not words:
            return None
        verbs = "k" in words[-1].classes and all(w.classes & set("vmd") and not w.classes & set("nh") for w in words)
        return Phrase(_label(words), words[0].start, -1, verbs or self.verbal(words))

    @staticmethod
    def verbal(words: Sequence[Word]) -> bool:
        """Whether words are a single verb that asks for an object (配备)."""
        return len(words) == 1 and "v" in words[0].classes and not words[0].classes & set("nh") and len(words[0].text) <= 2

    def _shorten(self, words: list[Word]) -> list[Word]:
        """Cut the front off: up to the last light verb, up to the last of several actions, then down to LONGEST."""
        for i in range(len(words) - 2, -1, -1):
            if "l" in words[i].classes and not words[i].classes & set("nh"):
                words = _trim_front(words[i + 1 :]) or words[i:]
                break
        for i in range(len(words) - 2, 0, -1):
            if words[i].text == "、":
                tail, head = words[i + 1 :], words[:i]
                if tail[0].classes & set("vm") and not (head[-1].classes & set("vm")) and len(tail) > 1:
                    words = tail
                break
        if _length(words) > LONGEST:
            cuts = [i for i, w in enumerate(words) if i and "v" in w.classes and _length(words[i:]) <= LONGEST and i < len(words) - 1]
            after = max((i + 1 for i, w in enumerate(words) if w.text in ("等", "的")), default=0)
            if cuts:
                words = words[cuts[0] :]
            elif 0 < _length(words[after:]) <= LONGEST and _length(words[after:]) >= 4 and after:
                words = words[after:]
            while _length(words) > LONGEST and len(words) > 1:
                words = words[1:]
            after = max((i + 1 for i, w in enumerate(words) if w.text == "的"), default=0)
            if not cuts and after and _length(words[after:]) >= 4:
                words = words[after:]
        while len(words) > 1 and (words[0].text.strip(_EDGE) == "" or words[0].text in ("的", "等", "和", "及", "与", "或")):
            words = words[1:]
        return words


_SUFFIXES = frozenset("率度量性化")
_TOTALS = frozenset(["总数", "人数", "数量", "总量", "总人数", "户数", "件数", "次数", "总计", "合计"])
_PLAIN: frozenset[str] = frozenset()
_NOUN = frozenset("n")
_FILLERS = frozenset(["各类", "各", "各种", "有关", "相关", "的", "了", "等", "类", "一批", "起", "辖区", "群众", "、"])


def _length(words: Sequence[Word]) -> int:
    """The length of a phrase in characters; a title counts as a short name."""
    return sum(min(w.end - w.start, 8) if w.classes is _NOUN else w.end - w.start for w in words)


def _trim_front(words: Sequence[Word]) -> list[Word]:
    """Without time, place, adverbs and what a preposition governs at the front."""
    rest = list(words)
    while rest:
        first = rest[0]
        if first.text.strip(_EDGE) == "" or re.fullmatch(r"[\d.]+|年|月|日|度", first.text):
            rest = rest[1:]
        elif first.classes & set("p") and not first.classes & set("vnh") and len(rest) > 1:
            verb = next((i for i, w in enumerate(rest) if i and w.classes & set("vlm")), None)
            rest = rest[verb:] if verb is not None else rest[1:]
        elif first.classes & set("trdsc") and not first.classes & set("vnhm") and len(rest) > 1:
            rest = rest[1:]
        else:
            break
    return rest


def _bare(words: Sequence[Word]) -> bool:
    """Whether words name nothing that is counted: places, times, adverbs, light verbs."""
    return all(w.classes & set("rtdscpelk") and not w.classes & set("vnhm") or w.text in _TOTALS or w.text.strip(_EDGE) == "" for w in words)


def _label(words: Sequence[Word]) -> str:
    return "".join(w.text for w in words).replace('"', "").strip(_EDGE)
