"""Numerals of Chinese reports, Arabic, Chinese and mixed, and the words that compare them with the true value.

A numeral is read as reports mean it: 万, 亿, 千, 百 multiply (2.1万 is 21000), 余 and 多 say that it is more. What is no
numeral of a quantity is not found: 几十, 数百, 三五, 二〇二四, 1/4, 12·4, A4, and single 百, 千, 万 without 余.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from kgraph.model import Comparator

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_ONE = "一二两三四五六七八九"
_SECTION = re.compile(
    rf"(?:(?P<k>[{_ONE}])千)?(?:(?P<z1>零)?(?:(?P<h>[{_ONE}])百))?(?:(?P<z2>零)?(?P<t>[{_ONE}]?)(?P<ten>十))?(?:(?P<z3>零)?(?P<o>[{_ONE}]))?"
)
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_NUMERAL = re.compile(
    r"(?P<arabic>(?:\d{1,3}(?:(?:,\d{3})+|(?: \d{3})+)(?!\d)|\d+)(?:\.\d+)?)(?P<over1>[余多])?"
    r"(?P<scale>[百千]?万亿|[十百千]?[万亿]|[百千](?![克米瓦]|分点))?(?P<over2>[余多]|来(?=[人个名次份件场户家]))?"
    r"|(?P<full>百分百(?=[,。;、)]|$))|百分之(?P<percent>百|[一二两三四五六七八九十百零〇]+(?:点[一二三四五六七八九零〇]+)?|\d+(?:\.\d+)?)(?P<over4>[余多])?"
    r"|(?P<chinese>[一二两三四五六七八九十百千万亿零〇壹贰叁肆伍陆柒捌玖拾佰仟]+)(?P<over3>[余多])?(?P<scale3>[万亿])?"
)
_BEFORE_BAD = re.compile(r"(?:[A-Za-z\d/·.×*#_=&]|[A-Za-z\d]\+|[\d一二三四五六七八九十]:|[几第初]|PM)$")
_AFTER_BAD = re.compile(r"[/·×*+:]\d|\+|[几数]|\d")
_BARE = re.compile(r"(?:近|(?P<over>超|逾|过|突破)|达)$")

_BEFORE = re.compile(
    r"(?P<atLeast>不少于|不低于|不小于|不得少于|不得低于|不能少于|至少|最少|不下于)"
    r"|(?P<atMost>不超过|不多于|不高于|不大于|不得超过|不得多于|不能超过|至多|最多|控制在)"
    r"|(?P<under>不足|不到|少于|低于|将近|接近|(?<![最附就邻亲靠临远晋])近)"
    r"|(?P<over>超过|超出|突破|高于|多于|大于|(?<!不)超|逾)"
    r"|(?P<about>大约|大概|约为|约有|(?<![节预制签履条公特违契邀爽续集简民合盟])约)"
)
_BEFORE_END = re.compile(rf"(?:{_BEFORE.pattern})(?:[了为有达到]|达到)?$")
_AFTER = re.compile(
    r"(?P<atLeast>(?:及其?|或)?以上)|(?P<atMost>(?:及|或)?以[内下]|之[内下](?!外))|(?P<about>左右|上下(?!联动|[一-鿿]{0,2}贯通))"
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral that stands in a text: its span, its value, whether 余 or 多 makes it a lower bound, whether it is
    written in Chinese digits only, and whether it is a 百分之 that needs no unit."""

    start: int
    end: int
    value: Decimal
    over: bool
    chinese: bool
    percent: bool = False


def parse_chinese(text: str) -> int | None:
    """The number that Chinese digits write, or None where they write none.

    >>> parse_chinese("一千二百"), parse_chinese("两万三千"), parse_chinese("三五"), parse_chinese("万")
    (1200, 23000, None, None)
    """
    if "亿" in text:
        high, _, low = text.partition("亿")
        parts = (parse_chinese(high), 0 if not low else parse_chinese(low.removeprefix("零")))
        return None if None in parts else (parts[0] or 0) * 100_000_000 + (parts[1] or 0)
    if "万" in text:
        high, _, low = text.partition("万")
        parts = (_section(high), 0 if not low else _section(low.removeprefix("零")))
        return None if None in parts else (parts[0] or 0) * 10_000 + (parts[1] or 0)
    return _section(text)


def _section(text: str) -> int | None:
    m = _SECTION.fullmatch(text)
    if m is None or not text:
        return None
    thousands, hundreds, ones = (_DIGITS[m[g]] if m[g] else 0 for g in ("k", "h", "o"))
    tens = (_DIGITS[m["t"]] if m["t"] else 1) if m["ten"] else 0
    if m["o"] and not m["ten"] and (m["h"] or m["k"]) and not m["z3"]:
        return None  # 二百五
    return thousands * 1000 + hundreds * 100 + tens * 10 + ones


def _chinese_decimal(text: str) -> Decimal | None:
    if text == "百":
        return Decimal(100)
    if text[0].isdigit():
        return Decimal(text)
    whole, _, fraction = text.partition("点")
    value = parse_chinese(whole) if whole not in ("零", "〇") else 0
    if value is None:
        return None
    return Decimal(f"{value}.{''.join(str(_DIGITS[c]) for c in fraction)}" if fraction else value)


def plain(value: Decimal) -> Decimal:
    """The same number without exponent and trailing zeros.

    >>> str(plain(Decimal("2.10") * 10000))
    '21000'
    """
    value = value.normalize()
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def find_numerals(text: str) -> list[Numeral]:
    """All numerals of a normalised text, in order.

    >>> [(n.value, n.over) for n in find_numerals("发放资料2万余份、3,500册,参加一千二百余人,满意率百分之九十五")]
    [(Decimal('20000'), True), (Decimal('3500'), False), (Decimal('1200'), True), (Decimal('95'), False)]
    """
    found: list[Numeral] = []
    for m in _NUMERAL.finditer(text):
        numeral = _read(text, m)
        if numeral is not None:
            found.append(numeral)
    return found


def _read(text: str, m: re.Match[str]) -> Numeral | None:
    before, after = text[max(0, m.start() - 2) : m.start()], text[m.end() : m.end() + 2]
    if _BEFORE_BAD.search(before) or _AFTER_BAD.match(after):
        return None
    if m["arabic"]:
        digits = m["arabic"].replace(",", "").replace(" ", "")
        if len(digits) > 12:
            return None
        value = Decimal(digits)
        for scale in m["scale"] or "":
            value *= _SCALES[scale]
        return Numeral(m.start(), m.end(), plain(value), bool(m["over1"] or m["over2"]), False)
    if m["full"]:
        return Numeral(m.start(), m.end(), Decimal(100), False, False, True)
    if m["percent"]:
        parsed = _chinese_decimal(m["percent"])
        return None if parsed is None else Numeral(m.start(), m.end(), plain(parsed), bool(m["over4"]), False, True)
    return _read_chinese(text, m)


def _read_chinese(text: str, m: re.Match[str]) -> Numeral | None:
    digits = m["chinese"].translate(_FORMAL)
    if digits[0] in _SCALES and text[: m.start()].endswith("数"):
        return None
    number = parse_chinese(digits)
    over = bool(m["over3"])
    if number is None and digits in _SCALES:
        bare = _BARE.search(text[max(0, m.start() - 2) : m.start()])
        if over or bare:
            number = _SCALES[digits]
            over = over or bool(bare and bare["over"])
    if number is None or number > 10**12:
        return None
    end = m.end()
    if m["scale3"]:
        if not over:
            return None
        number *= _SCALES[m["scale3"]]
    return Numeral(m.start(), end, Decimal(number), over, True)


def comparator_before(text: str, start: int) -> tuple[int, Comparator] | None:
    """The comparing words that end where a numeral starts: where they start and what they say.

    >>> comparator_before("面积不少于60", 5)
    (2, <Comparator.AT_LEAST: 'atLeast'>)
    """
    m = _BEFORE_END.search(text[max(0, start - 7) : start])
    if m is None:
        return None
    return max(0, start - 7) + m.start(), Comparator(str(m.lastgroup))


def comparator_after(text: str, end: int) -> tuple[int, Comparator] | None:
    """The comparing words that start where a unit ends: where they end and what they say.

    >>> comparator_after("95%以上", 3)
    (5, <Comparator.AT_LEAST: 'atLeast'>)
    """
    m = _AFTER.match(text, end)
    return (m.end(), Comparator(str(m.lastgroup))) if m else None
