"""Numerals and the words that compare them."""

from __future__ import annotations

from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.extract.numbers import comparator_after, comparator_before, find_numerals, parse_chinese, plain


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("发放3500份", [("3500", False)], "Arabic"),
        ("发放3,500份", [("3500", False)], "thousands comma"),
        ("1,024,300件", [("1024300", False)], "two commas"),
        ("发放2万余份", [("20000", True)], "scale and 余"),
        ("发放1.25万份", [("12500", False)], "decimal with scale"),
        ("3千余册", [("3000", True)], "千"),
        ("10多万元", [("100000", True)], "多 before the scale"),
        ("2.3亿元", [("230000000", False)], "亿"),
        ("三名", [("3", False)], "Chinese"),
        ("两次", [("2", False)], "两"),
        ("十二次", [("12", False)], "十 first"),
        ("一百零五件", [("105", False)], "零"),
        ("一千二百余人", [("1200", True)], "余 after Chinese digits"),
        ("两万三千份", [("23000", False)], "万 within"),
        ("叁万元", [("30000", False)], "formal digits"),
        ("百分之九十五", [("95", False)], "百分之"),
        ("百分之九十九点五", [("99.5", False)], "点"),
        ("百分之97.8", [("97.8", False)], "百分之 with Arabic digits"),
        ("百余场", [("100", True)], "bare scale with 余"),
        ("近千人", [("1000", False)], "bare scale after 近"),
        ("逾百场", [("100", True)], "bare scale after 逾"),
        ("几十次", [], "几十"),
        ("数百人", [], "数百"),
        ("三五名", [], "about three to five"),
        ("二〇二四", [], "a year in digits"),
        ("千家万户", [], "bare scales"),
        ("1/4", [], "fraction"),
        ("A4纸", [], "letter before"),
        ("3+2模式", [], "formula"),
        ("1+N", [], "formula with a letter"),
        ("第12条", [], "ordinal"),
        ("总数256件", [("256", False)], "数 before an Arabic number"),
        ("9:30", [], "time of day"),
    ],
)
def test_numerals(text: str, expected: list[tuple[str, bool]], why: str) -> None:
    assert [(str(n.value), n.over) for n in find_numerals(text)] == expected, why


@pytest.mark.parametrize(
    ("before", "sign"),
    [
        ("培训不少于", "≥"),
        ("覆盖率不低于", "≥"),
        ("每年至少", "≥"),
        ("不超过", "≤"),
        ("走访近", "<"),
        ("干部不足", "<"),
        ("群众约", "~"),
        ("投资大约", "~"),
        ("播放量超", ">"),
        ("超过了", ">"),
        ("资金逾", ">"),
        ("突破", ">"),
        ("最近", None),
        ("附近", None),
        ("节约", None),
        ("签约", None),
        ("村规民约", None),
        ("共", None),
    ],
)
def test_comparing_words_before(before: str, sign: str | None) -> None:
    found = comparator_before(before + "60", len(before))
    assert (found[1].symbol if found else None) == sign


@pytest.mark.parametrize(
    ("after", "sign", "length"),
    [("以上", "≥", 2), ("及以上", "≥", 3), ("以内", "≤", 2), ("左右", "~", 2), ("的群众", None, 0), ("上下联动", None, 0)],
)
def test_comparing_words_after(after: str, sign: str | None, length: int) -> None:
    found = comparator_after("95%" + after, 3)
    assert (found[1].symbol, found[0] - 3) == (sign, length) if found else sign is None


@given(st.integers(min_value=1, max_value=10**11))
def test_chinese_digits_round_trip(number: int) -> None:
    assert parse_chinese(cn2an.an2cn(number, "low")) == number


@pytest.mark.parametrize("text", ["", "三五", "二百五", "百", "万", "零", "十百", "一二三"])
def test_what_is_no_number(text: str) -> None:
    assert parse_chinese(text) in (None, 0)


@given(st.text(alphabet="一二三五十百千万亿两零余多0123456789.,/:%几数第点分之", max_size=30))
def test_any_text_is_read(text: str) -> None:
    for n in find_numerals(text):
        assert 0 <= n.start < n.end <= len(text)
        assert n.value >= 0
        assert "E" not in str(n.value)


def test_plain_keeps_the_value() -> None:
    assert plain(Decimal("1.50E+3")) == Decimal(1500)
    assert str(plain(Decimal("97.80"))) == "97.8"
