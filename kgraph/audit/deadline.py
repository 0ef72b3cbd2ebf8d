"""Publication by the day that is set."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kgraph.audit.context import Context, Parameters
from kgraph.audit.model import Check, Hit, Report, example
from kgraph.model import SentenceKind
from kgraph.text import normalise


def find(report: Report, context: Context, p: Parameters) -> Iterator[Hit]:
    """Reports that were published, or only signed, after the day."""
    if report.year is None or report.issued is None:
        return
    day = date(report.year + 1, int(p.number("month")), int(p.number("day")))
    late = (report.issued - day).days
    if late > 0 and late < p.number("at_most"):
        yield Hit((_place(report),), f"{report.issued.isoformat()}发布,晚于{day.isoformat()}", f"晚{late}天")


def _place(report: Report) -> tuple[Report, int, int]:
    """Where the date stands, else the beginning of the text."""
    assert report.issued is not None
    d = report.issued
    plain = normalise(report.text)
    for form in (
        d.isoformat(),
        f"{d.year}年{d.month}月{d.day}日",
        f"{d.year}年{d.month:02}月{d.day:02}日",
        f"{d.year}/{d.month:02}/{d.day:02}",
    ):
        at = plain.find(form)
        if at >= 0:
            return report, at, at + len(form)
    closing = next((s for s in reversed(report.sentences) if s.kind is SentenceKind.CLOSING), report.sentences[0])
    return report, closing.start, closing.end


CHECK = Check(
    "report-deadline",
    "公布期限",
    "Publication by 1 April",
    "发布日期(没有时:落款日期)晚于下一年4月1日。",
    one=find,
    finds=(
        example("山口镇2023年法治政府建设年度报告\n发布日期:2024-05-20\n一、主要举措和成效\n开展宣传12次。\n"),
        example("山口镇2023年法治政府建设年度报告\n一、主要举措和成效\n开展宣传12次。\n山口镇人民政府\n2024年6月3日\n"),
    ),
    ignores=(
        example("山口镇2023年法治政府建设年度报告\n发布日期:2024-04-01\n一、主要举措和成效\n开展宣传12次。\n"),
        example("山口镇2023年法治政府建设年度报告\n一、主要举措和成效\n开展宣传12次。\n", why="no date"),
    ),
)
