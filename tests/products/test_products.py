"""Each product on the four reports: its rows, and that every number opens a sentence that holds it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import graphs
import openpyxl
import pytest

from kgraph import compare_facts, network
from kgraph.errors import InputError
from kgraph.products import Corpus, Product
from kgraph.products.gaps import gaps
from kgraph.products.grid import plain
from kgraph.products.matrix import matrix
from kgraph.products.peers import groups, laws_by_practice, peers, spread, together
from kgraph.products.profile import profile
from kgraph.products.slots import diff
from kgraph.products.trend import trend
from kgraph.store import Store

MAKERS: dict[str, Callable[[Corpus], Product]] = {
    "matrix": lambda c: matrix(c, indicators=["mediation-cases"]),
    "gaps": lambda c: gaps(c, "石桥镇"),
    "diff": lambda c: diff(c, "peoples-mediation", ["柳林镇", "石桥镇"]),
    "profile region": lambda c: profile(c, region="柳林镇"),
    "profile practice": lambda c: profile(c, practice="普法宣传"),
    "profile law": lambda c: profile(c, law="宪法"),
    "profile body": lambda c: profile(c, body="清溪县司法局"),
    "trend": lambda c: trend(c, "mediation-cases"),
    "peers": lambda c: peers(c, "柳林镇"),
    "groups": groups,
    "spread": spread,
    "together": together,
    "laws": laws_by_practice,
}


def column(product: Product, name: str, grid: int = 0) -> list[object]:
    table = product.tables()[grid]
    return [row[table.columns.index(name)] for row in table.rows]


@pytest.mark.parametrize("name", MAKERS)
def test_every_number_has_its_sentence(name: str, corpus: Corpus) -> None:
    product = MAKERS[name](corpus)
    spots = [e for grid in product.grids() for _, _, cell in grid.marked() for e in cell.evidence]
    for evidence in spots:
        assert corpus.text(evidence.report)[evidence.start : evidence.end] == evidence.text
    sources = product.sources()
    assert len(sources) == len(spots)
    if name != "groups":
        assert spots
    for grid in product.grids():
        assert all(len(row) == len(grid.columns) for row in grid.rows)
        assert len(grid.keys) in (0, len(grid.columns))
        for row in grid.rows:  # a count without evidence is none
            for j, cell in enumerate(row[grid.heads :], grid.heads):
                counted = grid.keys and grid.keys[j] in {"done", "planned", "problem", "count", "shared_n", "both_n", "peers_n"}
                assert not counted or not plain(cell) or cell in tuple(c for _, _, c in grid.marked()), (grid.title, row)


@pytest.mark.parametrize("name", MAKERS)
def test_workbooks_lead_to_their_sources_and_explain_themselves(name: str, corpus: Corpus) -> None:
    product = MAKERS[name](corpus)
    data = product.xlsx()
    assert data == MAKERS[name](corpus).xlsx()
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames[-2:] == ["出处", "说明"]
    linked = [(sheet, cell) for sheet in book.worksheets[:-2] for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    marked = [cell for grid in product.grids() for _, _, cell in grid.marked()]
    assert len(linked) == len(marked)
    for sheet, cell in linked:
        there = book["出处"][cell.hyperlink.location.rpartition("!A")[2]]
        assert str(there[3].value) == str(cell.value)
        assert there[2].value == sheet.cell(1, cell.column).value
    assert all(sheet.freeze_panes == "A2" for sheet in book.worksheets)
    described = [row for row in book["说明"].iter_rows(values_only=True) if row[2]]
    assert len(described) >= 2


@pytest.mark.parametrize("name", MAKERS)
def test_footnotes_name_report_and_sentence(name: str, corpus: Corpus) -> None:
    product = MAKERS[name](corpus)
    notes = product.footnotes().splitlines()
    assert len(notes) == len(product.sources())
    for note, row in zip(notes, product.sources().records(), strict=True):
        assert str(row["原句"]) in note
        assert "".join(str(row["报告"]).split()) in note
    assert all(note.startswith("[^") for note in product.footnotes("markdown").splitlines())


@pytest.mark.parametrize("name", MAKERS)
def test_products_are_made_in_english(name: str, corpus: Corpus) -> None:
    english = Corpus(corpus.store, corpus.knowledge, "en")
    for table in MAKERS[name](english).tables():
        assert not set(table.columns) & {"地区", "做法", "年度", "原句"}


def test_reading_by_scans_finds_what_the_joins_find(corpus: Corpus) -> None:
    assert corpus.measures == compare_facts.measures(corpus.store)
    assert corpus.metrics == compare_facts.metrics(corpus.store)


class OnlySelects:
    """A store that answers queries and has no engine of its own to scan."""

    def __init__(self, store: Store) -> None:
        self.select = store.select


def test_any_store_that_answers_queries_will_do(corpus: Corpus, store: Store) -> None:
    other = Corpus(OnlySelects(store), corpus.knowledge)
    assert (other.measures, other.metrics, other.parts) == (corpus.measures, corpus.metrics, corpus.parts)


def test_formulas_and_markup_of_a_report_stay_text(tmp_path: Path) -> None:
    evil = "=cmd|' /C calc'!A0<img src=x onerror=alert(1)>12件"
    metric = graphs.m(evil, "=1+1", "12", "jian", "peoples-mediation", indicator="mediated-cases")
    sentence = graphs.S(evil, [("peoples-mediation", "done")], [metric])
    report = graphs.state("910121101", 2024, "", "=HYPERLINK(1)年度报告", "liulin", [sentence])
    with graphs.build(tmp_path / "g", [report]):
        pass
    with Store.open(tmp_path / "g") as opened:
        found = trend(Corpus(opened), "mediated-cases")
        book = openpyxl.load_workbook(io.BytesIO(found.xlsx()))
        cells = [c for sheet in book.worksheets for row in sheet.iter_rows() for c in row if str(c.value).startswith("=")]
        assert len(cells) >= 2
        assert all(cell.data_type == "s" for cell in cells)
        lines = found.sources().csv().splitlines()
        assert not any(field.startswith("=") for line in lines for field in line.split(","))


def test_matrix_counts_by_status_and_year(corpus: Corpus) -> None:
    found = matrix(corpus, indicators=["mediation-cases"])
    table = found.table()
    cells = {(row[1], name): cell for row in table.rows for name, cell in zip(table.columns, row, strict=True)}
    assert cells["经费与队伍保障", "柳林镇 2023"] == "−1"
    assert cells["村法律顾问", "柳林镇 2023"] == "+1"
    assert cells["普法宣传", "石桥镇 2024"] == 2
    assert cells["枫桥经验", "柳林镇 2024"] is None
    assert cells["调解纠纷数", "东湖区 2024"] == ">300 件"
    sentences = [plain(row[2]) for row in found.cell("石桥镇", "普法宣传").rows]
    assert sentences == ["宣传《宪法》10场次。", "落实《清溪县2024年普法工作要点》投入经费2.5万元。"]
    with pytest.raises(InputError, match="no report mentions"):
        found.cell("石桥镇", "枫桥经验")


def test_matrix_of_some_regions_and_years(corpus: Corpus) -> None:
    found = matrix(corpus, "人民调解", regions=["柳林镇"], years=[2024])
    assert found.table().columns[2:] == ("柳林镇 2024",)
    with pytest.raises(InputError, match="no report"):
        matrix(corpus, regions=["石桥镇"], years=[2023])


@pytest.mark.parametrize(
    ("region", "like", "practices"),
    [
        ("石桥镇", ["level"], ["村法律顾问", "法律明白人", "信访", "干部学法"]),
        ("柳林镇", ["level", "province"], ["政务热线"]),
    ],
)
def test_gaps(corpus: Corpus, region: str, like: list[str], practices: list[str]) -> None:
    assert sorted(map(str, column(gaps(corpus, region, like), "做法"))) == sorted(practices)


def test_a_gap_tells_where_first_and_what_the_region_says_itself(corpus: Corpus) -> None:
    row = gaps(corpus, "柳林镇").table().records()[0]
    assert (row["最早见于"], row["最早年度"], row["本地情况"]) == ("石桥镇", 2024, "打算")
    assert gaps(corpus, "石桥镇").table().records()[0]["本地情况"] == "没有提到"
    with pytest.raises(InputError, match="no other region"):
        gaps(corpus, "东湖区")
    with pytest.raises(InputError, match="likeness"):
        gaps(corpus, "柳林镇", ["colour"])


def test_trend_by_year_with_comparators(corpus: Corpus) -> None:
    table = trend(corpus, "调解纠纷数").table()
    rows = {row[0]: row[3:] for row in table.rows}
    assert table.columns[3:] == ("2023", "2024")
    assert rows == {"东湖区": (None, ">300 件"), "柳林镇": ("80 件", "95 件"), "石桥镇": (None, "60 件")}
    summary = trend(corpus, "mediation-cases").summary().table().records()
    assert (summary[1]["个数"], summary[1]["最小"], summary[1]["中位"], summary[1]["最大"]) == (3, "60 件", "77.5", ">300 件")
    assert [row[0] for row in trend(corpus, "mediation-cases", ["柳林镇"]).table().rows] == ["柳林镇"]
    with pytest.raises(InputError, match="mediation-cases"):
        trend(corpus, "调解")
    with pytest.raises(InputError, match="no report of these"):
        trend(corpus, "hotline-orders", ["柳林镇"])


def test_slots_side_by_side(corpus: Corpus) -> None:
    found = diff(corpus, "peoples-mediation", ["柳林镇", "石桥镇"])
    rows = {row[0]: row[1:] for row in found.table().rows}
    assert rows["承担主体"] == ("柳林镇司法所", "石桥镇司法所", None)
    assert rows["参与主体"] == ("清溪县司法局", "清溪县司法局", "清溪县司法局")
    assert rows["状态"] == ("已做 2", "已做 1", None)
    assert "调解成功率 98.5% (2024)" in str(rows["结果数字"][0])
    assert found.wordings
    best = found.wordings[0]
    assert "".join(a for a, _ in best.parts) == corpus.sentence(best.a.evidence)
    assert "".join(b for _, b in best.parts) == corpus.sentence(best.b.evidence)
    with pytest.raises(InputError, match="two regions"):
        diff(corpus, "peoples-mediation", ["柳林镇"])
    with pytest.raises(InputError, match="no report of"):
        diff(corpus, "fengqiao", ["柳林镇", "石桥镇"])


def test_profiles(corpus: Corpus) -> None:
    assert [profile(corpus, region="柳林镇").tables()[0].rows[0][0], profile(corpus, region="柳林镇").label] == ["地区", "柳林镇"]
    law = profile(corpus, law="宪法")
    assert sorted((str(r[0]), str(r[2])) for r in law.parts["citations"].table().rows) == [
        ("东湖区", "学习"),
        ("柳林镇", "学习"),
        ("石桥镇", "宣传"),
    ]
    body = profile(corpus, body="县司法局")
    assert body.parts["practices"].table().rows[0][:3] == ("人民调解", "参与", 2)
    assert [r[0] for r in body.parts["bodies"].table().rows] == ["柳林镇司法所", "石桥镇司法所"]
    for wrong in ({}, {"region": "柳林镇", "law": "宪法"}):
        with pytest.raises(InputError, match="one of"):
            profile(corpus, **wrong)
    for kind in ("region", "practice", "law", "body"):
        with pytest.raises(InputError, match="near"):
            profile(corpus, **{kind: "没有的东西"})


def test_peers_weigh_as_the_projection_does(corpus: Corpus) -> None:
    graph = network.projection(corpus.store, "region-region", corpus.knowledge)
    found = peers(corpus, "柳林镇")
    for peer in found.peers:
        edge = graph.edges[found.region, peer.region]
        assert round(peer.similarity, 6) == edge["similarity"]
        assert len(peer.shared) == edge["shared"]


def test_spread_says_where_and_when_first(corpus: Corpus) -> None:
    rows = spread(corpus).table().records()
    assert (rows[0]["做法"], rows[0]["最早年度"], rows[0]["最早见于"], rows[0]["2023"], rows[0]["2024"]) == (
        "人民调解",
        2023,
        "柳林镇",
        1,
        3,
    )
    assert "语料" in spread(corpus).table().notes[1]


def test_together_by_lift(corpus: Corpus) -> None:
    rows = {(r["做法"], r["另一做法"]): (r["都做的地区"], r["提升度"]) for r in together(corpus).table().records()}
    assert rows["人民调解", "普法宣传"] == (3, 1.0)
    assert together(corpus, "枫桥经验").table().rows == ()
