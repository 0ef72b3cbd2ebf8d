"""Looking up laws by the names that reports use for them, and the catalogue file itself."""

from __future__ import annotations

import re

import pytest

from kgraph.catalogue import LawCatalogue, without_version
from kgraph.knowledge import Knowledge

KNOWLEDGE = Knowledge()
ROWS = list(KNOWLEDGE.rows("laws.csv"))
CATALOGUE = LawCatalogue(ROWS)

LOOKUP = [
    ("中华人民共和国宪法", None, "中华人民共和国宪法", "full name"),
    ("宪法", None, "中华人民共和国宪法", "short name"),
    ("民法典", None, "中华人民共和国民法典", "without 中华人民共和国"),
    ("《中华人民共和国 民法典》", None, "中华人民共和国民法典", "brackets and blanks"),
    ("行政处罚法（2021年修订）", None, "中华人民共和国行政处罚法", "version in full-width brackets"),
    ("行政复议法(2023修订)", None, "中华人民共和国行政复议法", "version without 年"),
    ("公司法(最新修订版)", None, None, "an odd version is no version"),
    ("中国共产党支部工作条例", None, "中国共产党支部工作条例（试行）", "without (试行)"),
    ("土地承包法", None, "中华人民共和国农村土地承包法", "spoken name"),
    ("八五普法规划", None, "中央宣传部、司法部关于开展法治宣传教育的第八个五年规划（2021－2025年）", "without quotes"),
    ("“八五”普法规划", None, "中央宣传部、司法部关于开展法治宣传教育的第八个五年规划（2021－2025年）", "curly quotes"),
    ('"八五"普法规划', None, "中央宣传部、司法部关于开展法治宣传教育的第八个五年规划（2021－2025年）", "straight quotes"),
    ("法治政府建设实施纲要(2021-2025年)", None, "法治政府建设实施纲要（2021－2025年）", "half-width"),
    ("法治政府建设实施纲要（2021—2025年）", None, "法治政府建设实施纲要（2021－2025年）", "em dash"),
    ("法治政府建设实施纲要（2015～2020年）", None, "法治政府建设实施纲要（2015－2020年）", "tilde"),
    ("法治政府建设实施纲要(20152020年)", None, "法治政府建设实施纲要（2015－2020年）", "dash lost"),
    ("法治政府建设实施纲要(2015-2020)", None, "法治政府建设实施纲要（2015－2020年）", "年 lost"),
    ("法治政府建设实施纲要(2022-2025年)", None, None, "years of no version"),
    ("法治政府建设实施纲要", 2018, "法治政府建设实施纲要（2015－2020年）", "in force in 2018"),
    ("法治政府建设实施纲要", 2020, "法治政府建设实施纲要（2015－2020年）", "in force in 2020"),
    ("法治政府建设实施纲要", 2021, "法治政府建设实施纲要（2021－2025年）", "in force in 2021"),
    ("法治政府建设实施纲要", 2024, "法治政府建设实施纲要（2021－2025年）", "in force in 2024"),
    ("婚姻法", 2024, "中华人民共和国婚姻法", "repealed, but the only one of the name"),
    ("市场准入负面清单(2024年版)", None, None, "another version than the known ones"),
    ("全国人大常委会关于完善人民陪审员制度的决定", None, None, "not in the catalogue"),
    ("工作方案", None, None, "generic"),
    ("条例", None, None, "generic"),
    ("", None, None, "empty"),
    ("()", None, None, "only brackets"),
    ("云南省物业管理条例", None, None, "a province's is not the nation's"),
]


@pytest.mark.parametrize(("title", "year", "expected", "why"), LOOKUP)
def test_lookup(title: str, year: int | None, expected: str | None, why: str) -> None:
    law = CATALOGUE.lookup(title, year)
    assert (law.name if law else None) == expected, why


def test_every_name_and_short_name_finds_its_law() -> None:
    wrong = [
        n for law in CATALOGUE.laws for n in (law.name, *law.short_names) if getattr(CATALOGUE.lookup(n), "name", "") != law.name
    ]
    assert wrong == []


def test_a_name_of_two_laws_names_none() -> None:
    rows = [{"name": f"甲条例（{y}年版）", "short_names": "", "kind": "party_regulation"} for y in (2019, 2023)]
    assert LawCatalogue(rows).lookup("甲条例") is None
    rows[0]["repealed"], rows[1]["promulgated"] = "2022-12-31", "2023-01-01"
    assert [getattr(LawCatalogue(rows).lookup("甲条例", y), "name", None) for y in (2020, 2024)] == [r["name"] for r in rows]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("不符合营商环境条例", "优化营商环境条例"),
        ("党政负责人履行推进法治建设第一责任人职责规定", "党政主要负责人履行推进法治建设第一责任人职责规定"),
        ("中华人民共和国行政复义法", "中华人民共和国行政复议法"),
    ],
)
def test_near(title: str, expected: str) -> None:
    assert CATALOGUE.lookup(title) is None
    near = [law.name for law in CATALOGUE.near(title)]
    assert expected in near or expected == "中华人民共和国行政复议法"
    assert len(near) <= 3


@pytest.mark.parametrize("title", ["段园镇法治建设任务清单", "", "甲", "法"])
def test_nothing_is_near(title: str) -> None:
    assert CATALOGUE.near(title) == ()


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("甲办法(试行)", "甲办法"), ("甲办法(草案)", "甲办法"), ("甲法(2021年修订)", "甲法"), ("甲法(2018年第三次修正)", "甲法"), ("甲清单(2022年版)", "甲清单"),
        ("甲规划(2021-2025年)", "甲规划"), ("甲规划(2021-2025年)(试行)", "甲规划"), ("甲意见(一)", "甲意见(一)"), ("(试行)", "(试行)"), ("甲卷(第一卷)", "甲卷(第一卷)"),
    ],
)  # fmt: skip
def test_without_version(title: str, bare: str) -> None:
    assert without_version(title) == bare


def test_the_catalogue_is_sorted_trimmed_and_sound() -> None:
    names = [row["name"] for row in ROWS]
    assert names == sorted(names), "laws.csv: sort it by name"
    assert len(set(names)) == len(names) >= 1718
    kinds = set(KNOWLEDGE.lawkinds)
    known = set(names)
    for line, row in enumerate(ROWS, 2):
        assert all(cell == cell.strip() for cell in row.values()), f"laws.csv:{line}: blanks at the edge of a cell"
        assert row["kind"] in kinds, f"laws.csv:{line}: no such kind"
        assert not row["replaced_by"] or row["replaced_by"] in known, f"laws.csv:{line}: replaced_by is no row"
        for date in ("promulgated", "effective", "last_amended", "repealed"):
            assert re.fullmatch(r"(\d{4}-\d{2}-\d{2})?", row[date]), f"laws.csv:{line}: {date}"
        assert not row["repealed"] or not row["effective"] or row["effective"] <= row["repealed"], (
            f"laws.csv:{line}: repealed before in force"
        )
        assert row["source"], f"laws.csv:{line}: no source"


def test_no_name_stands_for_two_laws() -> None:
    owner: dict[str, str] = {}
    for row in ROWS:
        for name in dict.fromkeys([row["name"], *filter(None, row["short_names"].split("|"))]):
            assert owner.setdefault(name, row["name"]) == row["name"], name
