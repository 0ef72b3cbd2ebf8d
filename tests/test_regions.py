"""The gazetteer: names and codes, chains of names, what is ambiguous."""

from __future__ import annotations

import csv
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.knowledge import Knowledge
from kgraph.regions import Regions

KNOWLEDGE = Knowledge()
REGIONS = Regions.of(KNOWLEDGE)


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("441602101", "广东省 河源市 源城区 埔前镇"),
        ("500114114", "重庆市 黔江区 鹅池镇"),  # 市辖区 is skipped
        ("429004", "湖北省 仙桃市"),  # 省直辖县级行政区划 is skipped
        ("441900", "广东省 东莞市"),
        ("110000", "北京市"),
        ("999999", ""),
    ],
)
def test_path(code: str, path: str) -> None:
    assert [r.name for r in REGIONS.path(code)] == path.split()


@pytest.mark.parametrize(
    ("names", "code"),
    [
        ("张八桥镇", "410421106"),  # unique in the country
        ("宝丰县 张八桥镇", "410421106"),
        ("淮北市 段园镇", "340602102"),  # a level may be left out
        ("城关镇", None),
        ("鼓楼区", None),
        ("徐州市 鼓楼区", "320302"),
        ("黄山市 段园镇", None),
        ("章丘市", "370114"),  # former name
        ("湘西州", "433100"),  # short form of its own
        ("金平县", "532530"),
        ("市辖区", None),
        ("", None),
    ],
)
def test_resolve(names: str, code: str | None) -> None:
    region = REGIONS.resolve(names.split())
    assert (region.code if region else None) == code


@pytest.mark.parametrize(
    ("text", "chains"),
    [
        ("河源市源城区埔前镇人民政府", ["河源市 源城区 埔前镇"]),
        ("重庆市黔江区人民政府", ["重庆市 黔江区"]),
        ("在宝丰县、郏县开展", ["宝丰县", "郏县"]),
        ("创建民主法治示范县和示范镇", []),  # 范县 is a county
        ("全镇主要街道、辖区城市社区", []),
        ("郊区城区一体推进", []),  # only behind a wider region
        ("阳泉市城区", ["阳泉市 城区"]),
        ("泉州海事局", []),  # 泉州 is a stem, no name
        ("宝丰县云顶镇", ["宝丰县 云顶镇"]),  # the table has this town elsewhere only
    ],
)
def test_find(text: str, chains: list[str]) -> None:
    found = REGIONS.find(text)
    assert [" ".join(c.names) for c in found] == chains
    assert all(text[c.start : c.end] == "".join(c.names) for c in found)


def test_a_chain_that_contradicts_the_table_denotes_nothing() -> None:
    assert REGIONS.find("宝丰县云顶镇")[0].codes == ()


def test_narrow_takes_what_the_context_names_most() -> None:
    codes = REGIONS.codes("鼓楼区")
    assert REGIONS.narrow(codes, ["徐州市", "徐州市", "福州市"]) == ("320302",)
    assert REGIONS.narrow(codes, []) == codes


def test_short_forms_are_kept_apart_from_names() -> None:
    assert REGIONS.codes("源城") == ()
    assert REGIONS.stems("源城") == ("441602",)


def test_the_tables_are_in_order() -> None:
    with KNOWLEDGE.path("regions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = [r["code"] for r in rows]
    assert len(codes) == len(set(codes)) > 44_000
    assert [(int(r["level"]), r["code"]) for r in rows] == sorted((int(r["level"]), r["code"]) for r in rows)
    level = {r["code"]: int(r["level"]) for r in rows}
    assert [r for r in rows if r["parent_code"] and level[r["parent_code"]] >= int(r["level"])] == []
    assert {r["source"] for r in rows} == {"nbs-2023", "mca-2026"}
    with KNOWLEDGE.path("region_aliases.csv").open(encoding="utf-8", newline="") as file:
        aliases = list(csv.DictReader(file))
    assert [a for a in aliases if a["code"] not in level] == []
    assert [a["alias"] for a in aliases] == sorted(a["alias"] for a in aliases)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(st.sampled_from(["宝丰县", "县", "市", "鼓楼区", "埔前镇", "省", "河源市", "的", "城区"]), max_size=10).map(
            "".join
        ),
    )
)
def test_any_text_is_searched(text: str) -> None:
    found = REGIONS.find(text)
    assert all(text[c.start : c.end] == "".join(c.names) for c in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
