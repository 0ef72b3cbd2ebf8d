"""Kept answers: the same rows, never those of another state of the graph, harmless where they cannot be kept."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from kgraph.answers import FOLDER, Answers
from kgraph.build import build
from kgraph.graph import KnowledgeGraph
from kgraph.tables import Table

TEXT = "宝丰县张八桥镇{year}年法治政府建设年度报告\n一、主要做法\n（一）普法宣传\n开展普法宣传活动{n}场次。\n"


def test_a_table_comes_back_as_it_was(tmp_path: Path) -> None:
    table = Table(("a", "b"), (("文", Decimal("1.50")), (3, None), (True, 2.5)), "题", ("注",))
    answers = Answers(tmp_path, "0" * 16)
    assert answers.find("q") is None
    answers.keep("q", table)
    found = answers.find("q")
    assert found == table
    assert found is not None
    assert isinstance(found.rows[0][1], Decimal)
    assert Answers(tmp_path, "1" * 16).find("q") is None


def test_a_new_build_asks_anew(tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    for n in (12, 99):
        report.write_text(TEXT.format(year=2024, n=n), encoding="utf-8")
        build([report], tmp_path / "g")
        with KnowledgeGraph.open(tmp_path / "g") as kg:
            for _ in range(2):
                rows = kg.question("practice-metrics", practice="law-publicity").table.rows
                assert any(n in row or Decimal(n) in row for row in rows), rows
    assert len(list((tmp_path / "g" / FOLDER).glob("*.json"))) == 1


def test_a_folder_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("in the way")
    answers = Answers(tmp_path, "0" * 16)
    answers.keep("q", Table(("a",), (("1",),)))
    assert answers.find("q") is None
