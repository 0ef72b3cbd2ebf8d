"""Findings in words and tables."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from test_compare import Memory

from kgraph.analyze import Analysis, analyze
from kgraph.knowledge import Knowledge


class Nothing:
    def select(self, query: str) -> Iterable[object]:
        return ()


@pytest.fixture(scope="module")
def found() -> Analysis:
    return analyze(Memory(), knowledge=Knowledge())


@pytest.mark.parametrize(
    ("id_", "expected"),
    [
        ("shared", "普法宣传活动”：4 / 4 个地区"),
        ("shared", "1 项做法每个地区都写到"),
        ("only", "东湖街道（2 项）"),
        ("gaps", "没有两个以上地区"),
        ("peers", "共同做法 2 项"),
        ("groups", "意义不大"),
        ("laws", "在 3 份报告中一起出现"),
        ("bodies", "石桥镇司法所参与 2 项做法，共 2 条举措"),
    ],
)
def test_analyze_says(found: Analysis, id_: str, expected: str) -> None:
    finding = next(finding for finding in found.findings if finding.id == id_)
    assert expected in " ".join(finding.sentences)


def test_analyze_warns_of_few_regions(found: Analysis) -> None:
    assert "6 份报告，4 个地区，年份 2022–2024" in found.scope[0]
    assert any("不宜" in sentence for sentence in found.scope)


def test_analyze_tables(found: Analysis) -> None:
    tables = {finding.id: finding.table for finding in found.findings}
    assert tables["shared"] is not None
    assert tables["shared"].rows[1][:1] + tables["shared"].rows[1][2:] == ("人民调解", 3, "75%")
    assert tables["only"] is not None
    assert tables["only"].rows[0][2] == "优化营商环境、信访工作法治化"
    assert tables["gaps"] is None


def test_analyze_text_has_words_and_tables_in_both_languages() -> None:
    chinese, english = (analyze(Memory(), lang, knowledge=Knowledge()).text(100) for lang in ("zh", "en"))
    assert "最多地区都在做的" in chinese
    assert "人民调解" in chinese
    assert "Done in the most regions" in english
    assert "People's mediation" in english


def test_analyze_caps_rows_and_says_so() -> None:
    table = next(f.table for f in analyze(Memory(), top=1, knowledge=Knowledge()).findings if f.id == "shared")
    assert table is not None
    assert len(table.rows) == 1
    assert table.notes == ("列出前 1 项，共 3 项",)


def test_analyze_of_nothing() -> None:
    found = analyze(Nothing(), knowledge=Knowledge())
    assert found.tables == ()
    assert all(finding.sentences for finding in found.findings)
