"""Why facts are stated, and what was tried on a sentence without any: a table of sentences; the command; other vocabularies."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.cli import main
from kgraph.errors import UnreadableReport
from kgraph.explain import Explainer
from kgraph.knowledge import Knowledge
from kgraph.model import Document

EXPLAINER = Explainer(Knowledge())
HEAD = "云山镇2024年法治政府建设年度报告\n一、主要举措和成效\n"


def explained(text: str) -> tuple[dict[str, list[tuple[str, str, str]]], list[str]]:
    reasons, sentences = EXPLAINER.explain(Document(HEAD + text + "\n", "a.txt", ""))
    by_kind: dict[str, list[tuple[str, str, str]]] = {}
    for (kind, start, _, _), reason in sorted(reasons.items()):
        if start >= len(HEAD):
            by_kind.setdefault(kind, []).append((reason.rule, reason.entry, reason.words))
    return by_kind, [line for s in sentences if s.start >= len(HEAD) for line in s.tried]


@pytest.mark.parametrize(
    ("text", "kind", "rule", "entry", "words"),
    [
        ("镇党委畅通信访渠道。", "Measure", "practice:petition/trigger", "practice:petition 信访工作法治化 · kg:trigger", "信访"),
        ("镇党委畅通信访渠道。", "Measure", "practice:petition/", "信访工作法治化", "actor=镇党委, action=畅通, object=信访渠道"),
        (
            "全年受理信访件96宗。",
            "Metric",
            "metric",
            "indicator:petitions-received 受理信访 · unit:zong 宗",
            "受理信访件 · 96 · 宗",
        ),
        ("购买橡皮筏3艘。", "Metric", "metric", "没有合适的指标", "橡皮筏 · 3 · 艘"),
        (
            "组织干部学习《民法典》。",
            "Citation",
            "law:bracketed",
            "lawkind:law 法律 · 在目录中 · role:studies",
            "《民法典》 · 学习",
        ),
        (
            "印发《云山镇夜市管理办法》。",
            "Citation",
            "law:bracketed",
            "目录中没有 · role:formulates",
            "《云山镇夜市管理办法》 · 印发",
        ),
        ("派出所开展夜查。", "body", "body/", "bodytype:", "派出所"),
    ],
)
def test_each_fact_names_its_rule_its_entry_and_its_words(text: str, kind: str, rule: str, entry: str, words: str) -> None:
    found, _ = explained(text)
    assert any(r.startswith(rule) and entry in e and words in w for r, e, w in found.get(kind, [])), found


@pytest.mark.parametrize(
    ("text", "tried"),
    [
        ("天气晴朗,群众满意。", "没有做法词表中的词"),
        ("坚持以科学理论为指导。", "是指导思想"),
        ("二、今后打算", "标题,不陈述举措"),
        ("与会人员观看了影片《山村的春天》。", "《山村的春天》:不是法律文件"),
        ("3月12日天气晴朗。", "数字 3、12:不是数量"),
    ],
)
def test_a_sentence_without_facts_says_what_was_tried(text: str, tried: str) -> None:
    found, lines = explained(text)
    assert not found
    assert any(tried in line for line in lines), lines


def test_an_exclusion_is_named_with_its_pattern(tmp_path: Path) -> None:
    (tmp_path / "practices.ttl").write_text(
        Knowledge().path("practices.ttl").read_text("utf-8")
        + """
practice:kites a skos:Concept ; skos:inScheme practice: ; skos:broader practice:functions ;
    skos:prefLabel "放风筝"@zh, "Kites"@en ; kg:trigger "风筝" ; kg:cue "纸鸢" ; kg:excludes "纸糊风筝" .
""",
        encoding="utf-8",
    )
    explainer = Explainer(Knowledge(tmp_path))
    _, sentences = explainer.explain(
        Document(HEAD + "村里有纸糊风筝。\n天上的纸鸢很多,大家都去看。\n天气晴朗,群众十分满意。\n", "a.txt", "")
    )
    lines = [line for s in sentences for line in s.tried]
    assert "“风筝” → practice:kites 放风筝 · kg:trigger:被 kg:excludes 纸糊风筝 排除" in lines
    assert any(line.startswith("“纸鸢” → practice:kites 放风筝 · kg:cue:线索词") for line in lines)


def test_the_command_explains_what_the_graph_holds(tmp_path: Path) -> None:
    report, graph = tmp_path / "a.txt", str(tmp_path / "g")
    report.write_text(HEAD + "镇党委畅通信访渠道,受理信访件96宗。\n天气晴朗。\n", encoding="utf-8")
    run = CliRunner()
    assert run.invoke(main, ["build", str(report), "-o", graph, "-q"]).exit_code == 0
    shown = run.invoke(main, ["show", graph, "a.txt", "--why", "--format", "json"])
    assert shown.exit_code == 0, shown.output
    table = json.loads(shown.output)
    rows = {row["事实"]: row for row in table["rows"]}
    assert rows["信访工作法治化(已做)"]["依据的词"].startswith("信访")
    assert "indicator:petitions-received" in rows["受理信访件 96宗"]["词表条目或试过什么"]
    assert [row["词表条目或试过什么"] for row in table["rows"] if "天气" in row["句子"]] == ["没有做法词表中的词"]
    assert len(table["notes"]) == 1
    only = run.invoke(main, ["show", graph, "a.txt", "--why", "--facts-only", "--format", "json"])
    assert all(row["事实"] for row in json.loads(only.output)["rows"])


def test_facts_of_other_vocabularies_are_told(tmp_path: Path) -> None:
    report, graph = tmp_path / "a.txt", str(tmp_path / "g")
    report.write_text(HEAD + "举办风筝大会。\n", encoding="utf-8")
    (tmp_path / "o").mkdir()
    (tmp_path / "o" / "practices.ttl").write_text(
        Knowledge().path("practices.ttl").read_text("utf-8")
        + """
practice:kites a skos:Concept ; skos:inScheme practice: ; skos:broader practice:functions ;
    skos:prefLabel "放风筝"@zh, "Kites"@en ; kg:trigger "风筝大会" .
""",
        encoding="utf-8",
    )
    run = CliRunner()
    assert run.invoke(main, ["build", str(report), "-o", graph, "-q", "--ontology", str(tmp_path / "o")]).exit_code == 0
    with_them = run.invoke(main, ["show", graph, "a.txt", "--why", "--format", "json", "--ontology", str(tmp_path / "o")])
    without = run.invoke(main, ["show", graph, "a.txt", "--why", "--format", "json"])
    assert "practice:kites 放风筝 · kg:trigger" in with_them.output
    assert "现在的词表得不出这一条" in without.output
    assert "--ontology" in without.output


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="开展普法宣传12次《民法典》,。;\n一是镇党委 (", max_size=80))
def test_any_text_is_explained(text: str) -> None:
    with suppress(UnreadableReport):
        EXPLAINER.explain(Document(text, "a.txt", ""))
