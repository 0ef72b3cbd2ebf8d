"""Plans without any measure behind them."""

from __future__ import annotations

from collections.abc import Iterator

from kgraph.audit.context import Context, Parameters
from kgraph.audit.model import Check, Hit, Report, example
from kgraph.model import SectionKind


def find(report: Report, context: Context, p: Parameters) -> Iterator[Hit]:
    """A section of plans in which no measure was recognised."""
    sentences = [(i, s) for i, s in report.told() if s.section.kind is SectionKind.PLANS]
    if not sentences:
        return
    numbers = {i for i, _ in sentences}
    if any(d.sentence in numbers for d in report.deeds) or any(q.sentence in numbers for q in report.quantities):
        return
    length = sum(len(s.text) for _, s in sentences)
    if length <= p.number("longest"):
        yield Hit(
            ((report, sentences[0][1].start, sentences[-1][1].end),),
            "下一年的安排里没有一项具体举措",
            f"{length}字,没有认出举措或数字",
        )


CHECK = Check(
    "promise-empty",
    "没有举措的计划",
    "Plans without any measure",
    "计划部分没有一项认得出的举措,也没有数字。",
    one=find,
    finds=(
        example(
            "山口镇2023年法治政府建设年度报告\n一、主要举措和成效\n开展法治宣传12次。\n二、下一步打算\n再接再厉,争取更大进步。\n"
        ),
    ),
    ignores=(
        example(
            "山口镇2023年法治政府建设年度报告\n一、主要举措和成效\n开展法治宣传12次。\n二、下一步打算\n加强行政执法人员培训。\n"
        ),
    ),
)
