"""Templates that were not filled in: XX镇, 20xx年, empty brackets."""

from __future__ import annotations

from collections.abc import Iterator

from kgraph.audit.context import Context, Parameters
from kgraph.audit.model import Check, Hit, Report, example


def find(report: Report, context: Context, p: Parameters) -> Iterator[Hit]:
    """Blanks of a template."""
    for m in p.pattern("gaps").finditer(report.text):
        start = report.text.rfind("\n", 0, m.start()) + 1
        around = max(start, m.start() - 8), min(len(report.text), m.end() + 2)
        yield Hit(((report, *around),), "数字的位置空着", "单位前面没有数", 0.9)
    for _, sentence in report.told():
        for m in p.pattern("blanks").finditer(sentence.text):
            start, end = sentence.span(m.start(), m.end())
            yield Hit(((report, start, end),), f"“{m.group()}”像是没有填的模板", "占位字样")


CHECK = Check(
    "language-template",
    "没有填的模板",
    "Unfilled templates",
    "模板里的占位字样留在报告里。",
    one=find,
    finds=(
        example("XX镇坚持依法行政,召开专题会议4次。"),
        example("共排查矛盾纠纷  件,化解  件。"),
        example("20XX年,我镇开展法治宣传12次。"),
        example("全年调解矛盾纠纷××件。"),
        example("镇党委理论学习中心组(此处填写次数)开展学习。"),
    ),
    ignores=(
        example("举办“XIN课堂”活动,办理A类许可12件。"),
        example("我镇某村村民反映的问题已解决。"),
    ),
)
