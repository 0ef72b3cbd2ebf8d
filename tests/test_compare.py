"""Comparisons over four invented regions and two years."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kgraph.compare import compare
from kgraph.compare_facts import Evidence, sentence, short_names
from kgraph.compare_units import UnitFamilies
from kgraph.errors import InputError
from kgraph.knowledge import Knowledge
from kgraph.tables import Table

GRAPH = Path(__file__).parent / "comparison.ttl"
INDICATOR = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/kgraph/indicator/disputes-mediated-here> skos:prefLabel "调解纠纷数"@zh, "disputes mediated"@en ."""


class Memory:
    """The graph in memory; counts its queries."""

    def __init__(self) -> None:
        self.store = ox.Store()
        self.store.load(path=GRAPH, format=ox.RdfFormat.TURTLE)
        self.queries = 0

    def select(self, query: str) -> Iterable[object]:
        self.queries += 1
        return self.store.query(query)  # type: ignore[return-value]


@pytest.fixture
def store() -> Memory:
    return Memory()


@pytest.fixture
def knowledge(tmp_path: Path) -> Knowledge:
    (tmp_path / "indicators.ttl").write_text(INDICATOR, encoding="utf-8")
    return Knowledge(tmp_path)


def cells(table: Table) -> dict[tuple[str, str], str]:
    """What stands in each cell that has something, by row and column."""
    key = table.columns.index("项目")
    return {
        (str(row[key]), column): str(value)
        for row in table.rows
        for column, value in zip(table.columns[key + 1 :], row[key + 1 :], strict=True)
        if value
    }


def test_compare_regions(store: Memory, knowledge: Knowledge) -> None:
    found = cells(compare(store, "law-publicity", knowledge=knowledge).table())
    assert found["状态", "石桥镇"] == "已做 2"
    assert found["普法读本", "石桥镇"] == "15000 份 (2023)；>20000 份 (2024)"
    assert found["普法读本", "柳林镇"] == "8000 份 (2024)"
    assert ("普法读本", "红岩县") not in found
    assert found["涉及机构", "石桥镇"] == "石桥镇司法所"
    assert found["引用文件", "红岩县"] == "中华人民共和国宪法；中华人民共和国民法典"
    assert found["状态", "地区不明"] == "已做 1"


def test_compare_years(store: Memory, knowledge: Knowledge) -> None:
    found = cells(compare(store, "peoples-mediation", by="year", knowledge=knowledge).table())
    assert found["调解纠纷数", "2023"] == "石桥镇 41 宗；红岩县 ~3200 件"
    assert found["调解纠纷数", "2024"] == "石桥镇 35 件；柳林镇 28 宗"
    assert found["调解纠纷 增减", "2024"] == "柳林镇 ↓12.5%"


@pytest.mark.parametrize(
    ("practice", "row", "column", "expected", "why"),
    [
        ("legal-literate-persons", "法律明白人 /村", "石桥镇", "≥4 名/村", "comparator and per"),
        ("法律明白人", "法律明白人 /村", "石桥镇", "≥4 名/村", "by its Chinese label"),
        ("Legally literate villagers", "状态", "石桥镇", "已做 1", "by its English label"),
        ("funding-staffing", "状态", "石桥镇", "不足 1", "a shortcoming"),
        ("officials-learning", "状态", "石桥镇", "打算 1", "a plan"),
        ("officials-learning", "干部学法 /年", "石桥镇", "打算 ≥60 学时/年", "a figure that is planned says so"),
        ("disputes", "调解成功率", "石桥镇", "98.5% (2024)", "a domain stands for its practices"),
        ("law-publicity", "普法讲座 (场次)", "石桥镇", "12 场次 (2024)", "sessions apart from"),
        ("law-publicity", "普法讲座 (人次)", "石桥镇", "900 人次 (2024)", "attendances"),
    ],
)
def test_compare_cells(
    store: Memory, knowledge: Knowledge, practice: str, row: str, column: str, expected: str, why: str
) -> None:
    found = cells(compare(store, practice, knowledge=knowledge).table())
    assert found[row, column].removesuffix(" (2024)") == expected.removesuffix(" (2024)"), why


def test_compare_refuses_to_mix_units_and_says_why(store: Memory, knowledge: Knowledge) -> None:
    notes = " ".join(compare(store, "law-publicity", knowledge=knowledge).notes)
    assert "普法讲座" in notes
    assert "场次" in notes
    assert "人次" in notes
    assert "调解" not in " ".join(compare(store, "peoples-mediation", knowledge=knowledge).notes), "宗 and 件 are one"


@pytest.mark.parametrize(
    ("a", "b", "together"),
    [("宗", "件", True), ("起", "件", True), ("场次", "人次", False), ("米尺", "米尺", True), ("?", "件", False)],
)
def test_units_comparable(a: str, b: str, together: bool) -> None:
    assert UnitFamilies(Knowledge().units).comparable(a, b) is together


@pytest.mark.parametrize(
    ("regions", "columns"),
    [
        (["柳林镇"], ["柳林镇"]),
        (["430121102"], ["柳林镇"]),
        (["甲省临河市青山县柳林镇"], ["柳林镇"]),
        (["青山县"], ["石桥镇", "柳林镇"]),
        (["红岩县", "白水区"], ["东湖街道", "红岩县"]),
        (["石桥镇"], ["石桥镇"]),
    ],
)
def test_compare_chooses_regions(store: Memory, knowledge: Knowledge, regions: list[str], columns: list[str]) -> None:
    assert [c.label for c in compare(store, regions=regions, knowledge=knowledge).columns] == columns


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"practice": "law-publicty"}, "near: law-publicity"),
        ({"practice": "法律明白"}, "near: legal-literate-persons"),
        ({"practice": "<x> } DROP"}, "no practice"),
        ({"regions": ["柳树镇"]}, "near: 柳林镇"),
        ({"regions": ["520424101"]}, "nor of one inside it"),
        ({"years": [2019]}, "there are: 2022, 2023, 2024"),
        ({"regions": ["柳林镇"], "years": ["2023"]}, "together"),
        ({"by": "month"}, "by is region or year"),
    ],
)
def test_compare_says_what_is_near(store: Memory, knowledge: Knowledge, options: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        compare(store, knowledge=knowledge, **options)  # type: ignore[arg-type]


def test_compare_sources_are_at_hand(store: Memory, knowledge: Knowledge) -> None:
    table = compare(store, "peoples-mediation", knowledge=knowledge).sources()
    row = next(record for record in table.records() if record["内容"] == "28 宗 (2024)")
    assert row["原句"] == "柳林镇司法所调解纠纷28宗，比上年减少12.5%！"
    assert row["报告"] == "柳林镇2024年法治政府建设年度报告"
    texts = {
        q.subject.value: q.object.value for q in store.store.quads_for_pattern(None, ox.NamedNode(NIF_IS_STRING), None, None)
    }
    assert texts[str(row["IRI"])][int(str(row["起"])) : int(str(row["止"]))] == "纠纷28宗"


NIF_IS_STRING = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#isString"


def test_compare_limit_caps_and_says_so(store: Memory, knowledge: Knowledge) -> None:
    found = compare(store, None, knowledge=knowledge)
    assert found.table().columns[2:] == ("东湖街道", "石桥镇", "柳林镇", "红岩县", "地区不明")
    capped = found.table(limit=2)
    assert len(capped.columns) == 4
    assert any("2" in note and "5" in note for note in capped.notes)


def test_compare_one_practice_of_many_regions_is_turned(store: Memory, knowledge: Knowledge) -> None:
    table = compare(store, "law-publicity", knowledge=knowledge).table(limit=3)
    assert table.columns[0] == "地区"
    assert [row[0] for row in table.rows] == ["东湖街道", "石桥镇", "柳林镇", "红岩县", "地区不明"]


def test_compare_asks_the_same_number_of_questions_whatever_is_compared(store: Memory, knowledge: Knowledge) -> None:
    compare(store, "petition", regions=["东湖街道"], knowledge=knowledge)
    one, store.queries = store.queries, 0
    compare(store, knowledge=knowledge)
    assert store.queries <= one + 2


def test_compare_is_the_same_twice_and_in_english(store: Memory, knowledge: Knowledge) -> None:
    first, second = (compare(store, lang="en", knowledge=knowledge).table() for _ in range(2))
    assert first == second
    assert "People's mediation" in {row[0] for row in first.rows}
    assert first.title == "all practices: by region"


def test_compare_heads_regions_with_their_year_where_each_has_one(store: Memory, knowledge: Knowledge) -> None:
    table = compare(store, "law-publicity", regions=["柳林镇", "红岩县"], knowledge=knowledge).table()
    assert table.columns == ("项目", "柳林镇 2024", "红岩县 2023")
    assert cells(table)["普法读本", "柳林镇 2024"] == "8000 份"


def test_compare_is_called_by_what_was_asked_for(store: Memory, knowledge: Knowledge) -> None:
    assert compare(store, "disputes", knowledge=knowledge).table().title == "矛盾纠纷预防调处化解体系：按地区比较"


@pytest.mark.parametrize(
    ("text", "evidence", "expected", "why"),
    [
        ("甲。乙丙；丁", Evidence("r", 2, 4, "乙丙"), "乙丙；", "between two ends"),
        ("甲乙", Evidence("r", 0, 1, "乙"), "乙", "text and offsets disagree: the evidence alone"),
        (None, Evidence("r", 0, 2, "甲\n乙"), "甲 乙", "no text at hand"),
        ("甲\n  乙 丙", Evidence("r", 4, 5, "乙"), "乙 丙", "a line end ends it"),
    ],
)
def test_sentence(text: str | None, evidence: Evidence, expected: str, why: str) -> None:
    assert sentence(text, evidence) == expected, why


def test_short_names_stay_apart_where_the_path_does_not_tell() -> None:
    names = short_names({"a": ("甲县", "河镇"), "b": ("乙县", "河镇")})
    assert len(set(names.values())) == 2
