"""Corrections: reject, relink, add; marked in the graph, kept apart, taken back with the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph.build import build
from kgraph.correct import read_corrections
from kgraph.errors import InputError
from kgraph.graph import KnowledgeGraph

TEXT = """宝丰县张八桥镇2024年法治政府建设年度报告
一、主要做法
（一）普法宣传
开展普法宣传活动12场次，宣传《中华人民共和国民法典》。镇司法所调解矛盾纠纷36件。
全镇粉刷长廊两座。
"""
HEAD = "file,action,kind,quote,occurrence,value,note\n"
CASES = [
    ("a.txt,reject,metric,36件,,,误", "ASK { ?m a kg:Metric ; kg:value 36.0 }", False),
    ("a.txt,reject,measure,普法宣传活动,,,", "ASK { ?m a kg:Measure ; kg:practice practice:law-publicity }", False),
    ("a.txt,reject,law,民法典,,,", "ASK { ?c a kg:Citation }", False),
    ("a.txt,reject,body,镇司法所,,,", 'ASK { ?b skos:altLabel "镇司法所"@zh }', False),
    ("a.txt,relink,measure,调解矛盾纠纷,,fengqiao,", "ASK { ?m kg:practice practice:fengqiao ; kg:correctedBy ?c }", True),
    (
        "a.txt,relink,law,民法典,,中华人民共和国宪法,",
        'ASK { ?c kg:cites/eli:title "中华人民共和国宪法"@zh ; kg:correctedBy ?x }',
        True,
    ),
    ("a.txt,relink,body,镇司法所,,平顶山市宝丰县司法局,", 'ASK { ?b skos:prefLabel "平顶山市宝丰县司法局"@zh }', True),
    (
        "a.txt,add,measure,长廊,,village-self-governance done,",
        "ASK { ?m kg:practice practice:village-self-governance }",
        True,
    ),
    ("a.txt,add,metric,普法,,7 次 试,", "ASK { ?m kg:value 7.0 ; kg:indicatorLabel '试'@zh ; kg:correctedBy ?c }", True),
    ("a.txt,add,law,普法宣传活动,,法治宣传教育法 implements,", "ASK { ?c kg:role kg:implements ; kg:correctedBy ?x }", True),
    ("a.txt,add,body,长廊,,张八桥镇议事会,", 'ASK { ?b skos:prefLabel "张八桥镇议事会"@zh }', True),
]


def made(tmp_path: Path, *lines: str) -> tuple[Path, Path]:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "c.csv").write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path / "a.txt", tmp_path / "c.csv"


@pytest.mark.parametrize(("line", "question", "expected"), CASES, ids=[c[0] for c in CASES])
def test_a_correction_is_applied_and_marked(tmp_path: Path, line: str, question: str, expected: bool) -> None:
    report, corrections = made(tmp_path, line)
    build([report], tmp_path / "before")
    with KnowledgeGraph.open(tmp_path / "before") as kg:
        assert kg.query(question).answer is not expected
    result = build([report], tmp_path / "g", corrections=corrections)
    assert result.notes == []
    with KnowledgeGraph.open(tmp_path / "g") as kg:
        assert kg.query(question).answer is expected
        action = line.split(",")[1]
        assert kg.query(f"ASK {{ ?c a kg:Correction ; kg:correctionKind '{action}' ; kg:evidence ?e ; kg:inReport ?r }}").answer


def test_without_the_file_the_correction_is_taken_back(tmp_path: Path) -> None:
    report, corrections = made(tmp_path, CASES[0][0])
    build([report], tmp_path / "g", corrections=corrections)
    assert build([report], tmp_path / "g").built == 1
    with KnowledgeGraph.open(tmp_path / "g") as kg:
        assert kg.query("ASK { ?m a kg:Metric ; kg:value 36.0 }").answer
        assert not kg.query("ASK { ?c a kg:Correction }").answer


def test_what_does_not_apply_is_said(tmp_path: Path) -> None:
    report, corrections = made(tmp_path, "a.txt,reject,metric,没有这句话,,,", "a.txt,relink,measure,普法宣传,,no-such-practice,")
    notes = build([report], tmp_path / "g", corrections=corrections).notes
    assert len(notes) == 2
    assert "not in the report" in notes[0]


BAD = ["a.txt,erase,law,x,,,", "a.txt,reject,person,x,,,", "a.txt,add,law,x,,,", "a.txt,reject,law,x,0,,", ",reject,law,x,,,"]


@pytest.mark.parametrize("line", BAD)
def test_a_line_that_cannot_be_used_is_named(tmp_path: Path, line: str) -> None:
    _, corrections = made(tmp_path, line)
    with pytest.raises(InputError, match="line 2"):
        read_corrections(corrections)
