"""No check raises on any text, and each finding's words stand where it says."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from measure import Reader

from kgraph.audit.copies import Corpus
from kgraph.audit.run import examine
from kgraph.errors import UnreadableReport

READER = Reader()
PIECES = st.sampled_from(
    "《 》 “ ” ( ) 其中 受理 办结 正在办理 整改率 100% 由 到 压缩 12件 96宗 3.5% 0件 个百分点 同比 增长 一、 (一) 。 ; , \n 法律顾问 全覆盖 没有 "
    "二、存在的不足 三、下一步打算 张八桥镇 岩头寨镇 人民政府 《婚姻法》 《信访工作条列》 第九十九条 XX镇 20XX年 的的 2023年 2024年1月5日 \U0001f600".split(
        " "
    )
)


@given(st.lists(PIECES, max_size=60))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_never_raises(pieces: list[str]) -> None:
    text = "宝丰县张八桥镇2023年法治政府建设年度报告\n一、主要举措和成效\n" + "".join(pieces)
    try:
        report = READER.report(text)
    except UnreadableReport:
        return
    for finding in examine([report, READER.report(text + "。", 1)], READER.context):
        for e in finding.evidence:
            assert (report.text + "。")[e.start : e.end] == e.text


@given(st.lists(st.text(max_size=200), max_size=12))
@settings(max_examples=40, deadline=None)
def test_the_copy_search_takes_any_text(texts: list[str]) -> None:
    corpus = Corpus()
    for number, text in enumerate(texts):
        corpus.add(number % 3, text)
    for copy in corpus.copies(20, 0.8, 5):
        assert copy.region.agreement >= 0.8
