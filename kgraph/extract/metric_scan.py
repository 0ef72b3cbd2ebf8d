"""Where the quantities of a sentence stand: numeral, unit and comparator, without dates, ordinals, names and slogans."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from kgraph.extract.numbers import Numeral, comparator_after, comparator_before, find_numerals
from kgraph.knowledge import Knowledge
from kgraph.model import Comparator
from kgraph.words import Words

_DATE = re.compile(
    r"(?:\d{2,4}|[〇零○一二三四五六七八九]{2,4})(?:[-~至、/]\d{2,4})?年(?:度|底|初|末|中|来|以来|间)?(?:\d{1,2}月份?)?(?:\d{1,2}[日号])?"
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[-~至、.]\d{1,2})?月(?:份|底|初|末)?(?:\d{1,2}[日号]?|[一二三四五六七八九十]{1,3}[日号])?(?!\w?[余多]?[次人场])"
    r"|(?:19|20)\d{2}[-./](?:0?[1-9]|1[0-2])(?:[-./]\d{1,2})?(?!\d*[万亿元%])|\d{1,2}[::]\d{2}|〔\d{4}〕\d+号|\[\d{4}\]\d+号|https?://\S+|www\.\S+|\d{7,}(?!\.?\d*[余多万亿]?(?:元|份|人|美元))"
)
_DURATION_YEAR = re.compile(r"(?:为期|任期|有效期|期限为?|连续|持续|长达|聘期)$")
_RANGE = re.compile(r"[-~至到]{1,2}")
_AT_A_DISTANCE = re.compile(
    r"(?:(?P<atLeast>至少|最少|不少于|不得少于|不低于)|(?P<atMost>至多|最多(?!跑)|不超过)|(?P<about>约)(?=占))[^,;:。!?\d]{1,10}$"
)
_EITHER = re.compile(r"[(/](?P<unit>[一-鿿]{1,2})\)?")
_ONE_BAD = re.compile(r"[同统唯第之新单专逐任某哪另近这那每归万不划如]$")
_ONE_GOOD = re.compile(r"(?:共|仅有?|只有|各|至少|不少于|不超过|每[\w()]{1,8}|[年月周季日]|季度)(?:\w{2})?$")
_NUMBER = re.compile(r"[\d一二两三四五六七八九十百]+[个项条]")
_FRACTION = re.compile(r"\d+\.\d+")
_MEAN = re.compile(r"均|每|达")
_SMALL = frozenset("个项类种条大类")
_DIVISIBLE = frozenset(
    [
        "money",
        "rate",
        "rate-difference",
        "ratio",
        "area",
        "volume",
        "length",
        "mass",
        "time",
        "class-hour",
        "score",
        "energy",
        "power",
    ]
) | {"concentration"}
"""Kinds of unit of which there may be a fraction; of others only a mean may have one."""
_ONE_COUNTS = frozenset(
    ["person", "event", "lesson", "round", "household", "organisation", "place", "time", "class-hour", "person-time"]
)
"""Kinds of unit with which 一 counts; with others it is mostly an article (一支队伍)."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit in a sentence. ``start`` takes in the comparing words before it and ``end`` those after it;
    ``number`` is where the numeral starts, ``stop`` where the unit ends."""

    start: int
    number: int
    stop: int
    end: int
    value: Decimal
    unit: str
    comparator: Comparator
    per: str | None = None


class QuantityScanner:
    """Finds quantities; units, fixed expressions and abstract nouns are data.

    >>> scanner = QuantityScanner(Knowledge(), Words(Knowledge()))
    >>> [(q.value, q.unit, q.comparator.symbol) for q in scanner.scan("发放资料2万余份,完善“三项制度”,满意率98%以上")]
    [(Decimal('20000'), '份', '>'), (Decimal('98'), '%', '≥')]
    """

    def __init__(self, knowledge: Knowledge, words: Words) -> None:
        self._units: dict[str, str] = {}
        self._excludes: dict[str, re.Pattern[str]] = {}
        self._contexts: dict[str, re.Pattern[str]] = {}
        per: set[str] = set()
        for concept in knowledge.units.values():
            for form in concept.get("form"):
                self._units[form] = concept.one("unitKind") or ""
                if concept.get("excludes"):
                    self._excludes[form] = re.compile("|".join(concept.get("excludes")))
                if concept.get("context"):
                    self._contexts[form] = re.compile("|".join(concept.get("context")))
            per.update(concept.get("form"), concept.get("perForm"))
        self._longest = max(map(len, self._units), default=0)
        self._fixed = re.compile(words.pattern("x"))
        self._abstract = re.compile(words.pattern("a"))
        self._acting = re.compile(rf"(?:{words.any_of('v', 'l')})[了过]?(?:{words.any_of('d')})?$")
        forms = "|".join(sorted(map(re.escape, per), key=lambda f: (-len(f), f)))
        self._each = re.compile(rf"/(?P<per>{forms})")

    def kind(self, unit: str) -> str:
        """What a unit counts (``kg:unitKind``); empty for an unknown one."""
        return self._units.get(unit, "")

    def scan(self, text: str) -> list[Quantity]:
        """All quantities of a normalised sentence, in order."""
        read = [(numeral, self._quantity(text, numeral)) for numeral in find_numerals(text)]
        if not any(quantity for _, quantity in read):
            return []
        masked = self._masked(text)
        found: list[Quantity] = []
        waiting: Numeral | None = None
        for numeral, quantity in read:
            if masked[numeral.start]:
                waiting = None
            elif quantity is None:
                waiting = numeral if _RANGE.match(text, numeral.end) else None
            else:
                joined = waiting is not None and _RANGE.fullmatch(text[waiting.end : quantity.start])
                if waiting is not None and joined and waiting.value < quantity.value:
                    found.append(_lower_end(waiting, quantity))
                waiting = None
                found.append(quantity)
        return found

    def _masked(self, text: str) -> bytearray:
        """Which characters stand in a date, a fixed expression, a title or quotation marks."""
        spans = [m.span() for m in _DATE.finditer(text) if not _DURATION_YEAR.search(text[max(0, m.start() - 4) : m.start()])]
        spans += [m.span() for m in self._fixed.finditer(text)]
        masked = bytearray(len(text) + 1)
        for start, end in (*spans, *titles(text), *quoted(text)):
            masked[start:end] = b"\1" * (end - start)
        return masked

    def _quantity(self, text: str, numeral: Numeral) -> Quantity | None:
        if numeral.percent:
            unit, stop = "%", numeral.end
        else:
            unit = self._unit_at(text, numeral.end)
            stop = numeral.end + len(unit)
            if not unit or not self._counts(text, numeral, unit, stop):
                return None
        start, end = numeral.start, stop
        either = _EITHER.match(text, stop)
        if either and either["unit"] in self._units:
            end = either.end()
        comparator = Comparator.OVER if numeral.over else Comparator.EXACTLY
        per = None
        each = self._each.match(text, stop)
        if each:
            per, end = each["per"], each.end()
        before, after = comparator_before(text, start), comparator_after(text, end)
        if before:
            start = before[0]
        if after:
            end = after[0]
        elif self._units.get(unit) == "time" and text.startswith("内", end):
            end, after = end + 1, (end + 1, Comparator.AT_MOST)
        if comparator is Comparator.EXACTLY:
            distant = None if before else _AT_A_DISTANCE.search(text[max(0, start - 14) : start])
            comparator = (
                after[1] if after else before[1] if before else Comparator(str(distant.lastgroup)) if distant else comparator
            )
        return Quantity(start, numeral.start, stop, end, numeral.value, unit, comparator, per)

    def _unit_at(self, text: str, at: int) -> str:
        for length in range(self._longest, 0, -1):
            form = text[at : at + length]
            if len(form) == length and form in self._units:
                excludes, context = self._excludes.get(form), self._contexts.get(form)
                if not (excludes and excludes.match(text, at)):
                    if context is None:
                        return form
                    number = re.search(r"[\d.,一二两三四五六七八九十百千万半余多]+$", text[:at])
                    if number and context.search(text[: number.start()]):
                        return form
        return ""

    def _counts(self, text: str, numeral: Numeral, unit: str, stop: int) -> bool:
        """Whether the numeral counts, rather than being part of a phrase that has one."""
        kind = self._units[unit]
        before = text[max(0, numeral.start - 24) : numeral.start]
        if _FRACTION.fullmatch(text, numeral.start, numeral.end) and kind not in _DIVISIBLE and not _MEAN.search(before):
            return False  # 0.5件 is no count, nor is 2.0版
        if not numeral.chinese:
            return True
        following = text[stop : stop + 8]
        abstract = self._abstract.match(following) if unit in _SMALL else None
        if abstract and not _NUMBER.match(following, abstract.end()):
            return False
        if numeral.value == 1:
            if _ONE_BAD.search(before):
                return False
            return (kind in _ONE_COUNTS and unit != "人") or bool(_ONE_GOOD.search(before))
        if unit == "期" and not self._acting.search(before) and not re.search(r"[分共各于少多达近过]$|培训班?$|班$", before):
            return False  # 高架路二期
        if kind == "category" and numeral.value <= 20:
            return (
                not following or following[0] in ",。;、)" or bool(self._acting.search(before)) or bool(_ONE_GOOD.search(before))
            )
        return True


def _lower_end(numeral: Numeral, upper: Quantity) -> Quantity:
    """The lower end of a range, whose unit stands after the upper end (3-5名)."""
    start, end = numeral.start, numeral.end
    return replace(upper, start=start, number=start, stop=end, end=end, value=numeral.value, comparator=Comparator.EXACTLY)


def titles(text: str) -> list[tuple[int, int]]:
    """The spans of 《…》, nested ones within the outer; one that is never closed is none.

    >>> titles("学习《十项规定<一>》两次")
    [(2, 11)]
    """
    spans, depth, start = [], 0, 0
    for i, c in enumerate(text):
        if c == "《":
            depth += 1
            start = i if depth == 1 else start
        elif c == "》" and depth:
            depth -= 1
            if not depth:
                spans.append((start, i + 1))
    return spans


def quoted(text: str) -> list[tuple[int, int]]:
    """The spans between straight double quotes; where their number is odd, only short ones without punctuation.

    >>> quoted('落实"三项制度"')
    [(2, 8)]
    """
    marks = [i for i, c in enumerate(text) if c == '"']
    if len(marks) % 2 == 0:
        return [(a, b + 1) for a, b in zip(marks[::2], marks[1::2], strict=True)]
    spans, k = [], 0
    while k + 1 < len(marks):
        inner = text[marks[k] + 1 : marks[k + 1]]
        if 0 < len(inner) <= 16 and not re.search(r"[,。;:]", inner):
            spans.append((marks[k], marks[k + 1] + 1))
            k += 1
        k += 1
    return spans
