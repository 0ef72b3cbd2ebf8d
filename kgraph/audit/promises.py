"""What was planned last year against what is told this year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from kgraph.audit.context import Context, Parameters
from kgraph.audit.figures import written
from kgraph.audit.growth import years
from kgraph.audit.model import Check, Hit, Report, Span, example


def _opening(report: Report) -> Span:
    first = next((s for _, s in report.told()), report.sentences[0])
    return report, first.start, min(first.end, first.start + 40)


def _family(practice: str, context: Context) -> set[str]:
    """A practice with its broader one."""
    concept = context.knowledge.practices.get(practice)
    return {practice} | ({concept.broader} if concept is not None and concept.broader else set())


def find(reports: Sequence[Report], context: Context, p: Parameters) -> Iterator[Hit]:
    """Plans of which the next report tells nothing, and aims that it does not reach."""
    for before, after in years(reports):
        told = {d.practice for d in after.deeds if d.status in ("done", "problem")}
        if len(told) < p.number("fewest"):
            continue
        missing: dict[str, Span] = {}
        for deed in before.deeds:
            if deed.status == "planned" and not (_family(deed.practice, context) & told) and deed.practice not in missing:
                missing[deed.practice] = (before, deed.start, deed.end)
        for practice, span in missing.items():
            concept = context.knowledge.practices.get(practice)
            name = concept.labels.get("zh", practice) if concept else practice
            yield Hit(
                (_opening(after), span),
                f"上一年计划的“{name}”,本年报告没有说到",
                f"{before.year}年的计划,{after.year}年没有同类举措",
            )
        yield from _aims(before, after)


def _aims(before: Report, after: Report) -> Iterator[Hit]:
    for aim in before.quantities:
        if aim.status != "planned" or aim.indicator is None:
            continue
        done = [
            q
            for q in after.quantities
            if q.indicator == aim.indicator and q.unit == aim.unit and q.status == "done" and not q.change
        ]
        near = [q for q in done if SequenceMatcher(None, aim.label, q.label, autojunk=False).ratio() >= 0.6]
        if len(near) == 1 and near[0].exact and near[0].value < aim.value:
            q = near[0]
            message = f"上一年的目标是{written(aim.value)}{aim.unit},本年是{written(q.value)}{q.unit}"
            yield Hit(
                ((after, q.start, q.end), (before, aim.start, aim.end)),
                message,
                f"{aim.label}:{written(q.value)} < {written(aim.value)}",
            )


CHECK = Check(
    "promise-kept",
    "上年的计划与今年的举措",
    "Last year's plans and this year's deeds",
    "同一机关上一年报告计划的事,本年报告既没有说做了,也没有说没做成;或定了数目而没有达到。",
    all=find,
    finds=(
        example(
            "宝丰县张八桥镇2022年法治政府建设年度报告\n一、主要举措和成效\n开展法治宣传12次。\n二、下一步打算\n加强行政执法人员培训。\n",
            "宝丰县张八桥镇2023年法治政府建设年度报告\n一、主要举措和成效\n(一)开展法治宣传12次。\n(二)排查矛盾纠纷30件。\n(三)受理信访件9件。\n(四)公开政府信息20条。\n",
        ),
    ),
    ignores=(
        example(
            "宝丰县张八桥镇2022年法治政府建设年度报告\n一、主要举措和成效\n开展法治宣传12次。\n二、下一步打算\n加强行政执法人员培训。\n",
            "宝丰县张八桥镇2023年法治政府建设年度报告\n一、主要举措和成效\n组织行政执法人员培训3次。\n排查矛盾纠纷30件。\n受理信访件9件。\n公开政府信息20条。\n",
        ),
    ),
)
