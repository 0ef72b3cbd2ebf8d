"""Dates and years as reports and portals write them: in figures or in Chinese numerals, in titles, headers and signatures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from kgraph.text import normalise

_DIGITS = {**{c: i for i, c in enumerate("〇一二三四五六七八九")}, **dict.fromkeys("零○0OＯо", 0)}
_CN_DATE = re.compile(
    r"(二[〇零○0OＯо一二三四五六七八九]{3}) ?年 ?([一二三四五六七八九十]{1,2}|元) ?月 ?([一二三四五六七八九十廿卅]{1,3}) ?日?"
)
_DATE = re.compile(r"(?<!\d)(20\d\d) ?[-./年] ?(\d{1,2}) ?[-./月] ?(\d{1,2})(?!\d)")
_YEAR = re.compile(r"(?<![\d(-])(20\d\d)(?=年|度|法治|依法)(?!年?[-~至])(?<![-~至])")
_BRACKETED_YEAR = re.compile(r"\((20\d\d)年度?\)")
_CN_YEAR = re.compile(r"二[〇零○0OＯо][一二三四五六七八九〇零○0OＯо]{2}(?=年)")
_ANY_YEAR = re.compile(r"(?<![\d-])(?<!至)(20\d\d)年(?![-~至])")
_POSTED = re.compile(r"\[? ?20\d\d[-./]\d{1,2}[-./]\d{1,2}(?: \d\d:\d\d(?::\d\d)?)?(?:[ |\]]|[\u4e00-\u9fff]|$)")
_FIRST = 6
"""How many sentences of the text may introduce its year."""


def listed_year(text: str) -> int | None:
    """The year that a list of reports gives."""
    m = re.search(r"(?<!\d)20\d\d(?!\d)", text)
    return int(m.group()) if m else None


def _chinese_number(text: str) -> int:
    text = text.replace("元", "一").replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + (_DIGITS.get(ones, 0) if ones else 0)


def _dates(text: str) -> list[date]:
    found: list[tuple[int, date]] = []
    for m in _DATE.finditer(text):
        _add(found, m.start(), int(m.group(1)), int(m.group(2)), int(m.group(3)))
    for m in _CN_DATE.finditer(text):
        year = int("".join(str(_DIGITS.get(c, 0)) for c in m.group(1)))
        _add(found, m.start(), year, _chinese_number(m.group(2)), _chinese_number(m.group(3)))
    return [d for _, d in sorted(found)]


def _add(found: list[tuple[int, date]], at: int, year: int, month: int, day: int) -> None:
    try:
        found.append((at, date(year, month, day)))
    except ValueError:
        return


def first_date(text: str) -> date | None:
    """The date in a header's value, in figures or in Chinese numerals.

    >>> first_date("二〇二四年一月五日")
    datetime.date(2024, 1, 5)
    """
    return next(iter(_dates(normalise(text))), None)


def last_date(texts: Sequence[str]) -> date | None:
    return next((d[-1] for t in reversed(texts) if (d := _dates(t))), None)


def year_reported(title: str, body: Sequence[str], issued: date | None) -> int | None:
    """The year reported on: the title's, else the first sentences', else the one named most often."""
    for text in [title, *body[:_FIRST]]:
        plain = re.sub(r"《[^》]*》|\([^()]*\)", "", text) if text is not title else text
        m = _YEAR.search(plain)
        if m:
            return int(m.group(1))
        m = _CN_YEAR.search(plain)
        if m:
            return int("".join(str(_DIGITS.get(c, 0)) for c in m.group()))
        m = _BRACKETED_YEAR.search(title) if text is title else None
        if m:
            return int(m.group(1))
    counted = Counter(int(y) for text in body for y in _ANY_YEAR.findall(text))
    known = [(n, y) for y, n in counted.items() if issued is None or y <= issued.year]
    if known:
        return max(known)[1]
    return None


def posted_date(lines: Sequence[str]) -> date | None:
    """The date in the first line that a portal begins with one (2023-02-03 编辑:…)."""
    return next((d for t in lines if _POSTED.match(t) and (d := first_date(t))), None)
