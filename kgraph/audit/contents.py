"""The contents that the regulation asks of a report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kgraph.audit.context import Context, Parameters
from kgraph.audit.model import Check, Hit, Report, example


def find(report: Report, context: Context, p: Parameters) -> Iterator[Hit]:
    """The required contents that neither a section nor any wording shows."""
    told = report.told()
    if sum(len(s.text) for _, s in told) < p.number("shortest"):
        return
    kinds = {s.section.kind.value for _, s in told}
    text = "\n".join(s.text for _, s in told)
    for item in p.records("items"):
        if not item.get("enabled", True) or kinds & set(item.get("kinds", ())):
            continue
        if any(re.search(w, text) for w in item.get("words", ())):
            continue
        last = told[-1][1]
        where = (report, told[0][1].start, min(told[0][1].end, told[0][1].start + 60))
        yield Hit(
            (where,),
            f"没有找到“{item['zh']}”的内容",
            f"没有这类章节,全文({last.end}字处止)也没有有关词语",
            float(item.get("certainty", 1.0)),
        )


_BODY = "全面落实行政执法责任制,规范行政执法行为,切实维护当事人的合法权益,推动各项工作落实到位。" * 8
_TAIL = "三、下一步打算\n加强法治宣传,每年组织专题培训不少于2次。\n"
CHECK = Check(
    "report-contents",
    "应有的内容",
    "Required contents",
    "《法治政府建设与责任落实督察工作规定》要求年度报告写明的内容,在报告里找不到。",
    one=find,
    finds=(
        example(
            f"山口镇2023年法治政府建设年度报告\n一、主要举措和成效\n镇长履行第一责任人职责。{_BODY}\n{_TAIL}",
            why="no shortcomings",
        ),
        example(
            f"山口镇2023年法治政府建设年度报告\n一、主要举措和成效\n{_BODY}\n二、存在的不足\n法治意识不强。\n{_TAIL}",
            why="no first responsible person",
        ),
    ),
    ignores=(
        example(
            f"山口镇2023年法治政府建设年度报告\n一、主要举措和成效\n镇长履行第一责任人职责。{_BODY}\n二、存在的不足\n法治意识不强。\n{_TAIL}"
        ),
        example("全年开展宣传12次。", why="an extract"),
    ),
)
