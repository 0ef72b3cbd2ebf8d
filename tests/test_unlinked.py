"""What stays unlinked is listed, most frequent first, and nothing else is."""

from __future__ import annotations

from pathlib import Path

from kgraph.build import build
from kgraph.graph import KnowledgeGraph
from kgraph.unlinked import unlinked

TEXT = """某县2024年法治政府建设年度报告
一、主要做法
（一）普法宣传
开展普法宣传活动12场次。购置星光牌测量仪3台。另购置星光牌测量仪5台。
"""


def test_phrases_without_an_indicator_are_listed_by_frequency(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    build([tmp_path / "a.txt"], tmp_path / "g")
    with KnowledgeGraph.open(tmp_path / "g") as kg:
        rows = unlinked(kg.store, what="indicator").rows
    assert "测量仪" in str(rows[0][1])
    assert rows[0][2] == 2
    assert not any("普法" in str(row[1]) for row in rows)
