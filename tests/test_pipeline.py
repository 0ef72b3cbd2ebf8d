"""All stages together: whatever the text, they never raise, and every span is its surface."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgraph.errors import UnreadableReport
from kgraph.knowledge import Knowledge
from kgraph.model import Document
from kgraph.pipeline import Pipeline

PIPELINE = Pipeline(Knowledge())
PIECES = st.sampled_from(
    "一、 （一） 1. 一是 。 ； ， 、 ： “ ” 《 》 〈 〉 （ ） % ％ 2024年 40 余 万 份 次 场次 名 件 百分之 由 至 同比 下降 不少于 每村 均达 "
    "镇党委 我镇 县司法局 区政府 派出所 人民法院 领导小组 宪法 民法典 《信访工作条例》 关于印发 的通知 第三条 〔2025〕28号 开展 调解 矛盾纠纷 "
    "法律明白人 普法宣传 下一步 存在的问题 将 不足 宝丰县 张八桥镇 \n \u3000 \t <b> & \" ' \\ { } \u200b 𠀀 é 0 . - + = @".split(
        " "
    )
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=60), st.text(max_size=30))
def test_no_text_raises_and_spans_hold(pieces: list[str], tail: str) -> None:
    text = "某镇2024年法治政府建设年度报告\n一、做法\n" + "".join(pieces) + tail
    document = Document(text, "a.txt", "sha256:0")
    try:
        facts = PIPELINE.facts(document)
    except UnreadableReport:
        return
    for mention in (
        *(c.mention for c in facts.citations),
        *(m.mention for m in facts.metrics),
        *(m.mention for m in facts.measures),
        *(b.mention for b in facts.bodies),
    ):
        assert 0 <= mention.start < mention.end <= len(text)
    for metric in facts.metrics:
        assert metric.mention.value.is_finite()
        assert metric.measure is None or 0 <= metric.measure < len(facts.measures)
        assert metric.mention.total is None or 0 <= metric.mention.total < len(facts.metrics)


@pytest.mark.parametrize(("left", "right"), ["()", "（）"], ids=["half width", "full width"])
def test_brackets_stand_as_written_and_link_alike(left: str, right: str) -> None:
    place = f"村{left}社区{right}"
    text = f"某镇2024年法治政府建设年度报告\n一、主要举措\n每个{place}培育法律明白人3名。18个{place}各配备1名法律顾问。\n"
    metrics = PIPELINE.facts(Document(text, "a.txt", "sha256:0")).metrics
    assert [(m.mention.label, m.mention.per, m.per) for m in metrics] == [
        ("培育法律明白人", place, metrics[0].per),
        (place, None, None),
        ("配备法律顾问", place, metrics[0].per),
    ]
    assert metrics[0].per is not None
