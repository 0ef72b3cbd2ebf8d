"""全部 or 100% beside a stated exception: 问题28个,完成整改27个,1个正在推进,整改率100%."""

from __future__ import annotations

from collections.abc import Iterator

from kgraph.audit.context import Context, Parameters
from kgraph.audit.figures import clause
from kgraph.audit.model import Check, Hit, Report, example
from kgraph.audit.rate import rate_words
from kgraph.model import SectionKind


def find(report: Report, context: Context, p: Parameters) -> Iterator[Hit]:
    """Full rates with a counted exception in the same sentence, and full coverage that the shortcomings deny."""
    for i, sentence in report.told():
        if sentence.section.kind is SectionKind.SHORTCOMINGS:
            continue
        text = sentence.text
        figures = report.counted(i)
        for k, rate in enumerate(figures):
            if rate.unit != "%" or rate.value != 100 or not rate.exact:
                continue
            named = rate_words(text, rate, p)
            if not named:
                continue
            for q in [*figures[:k][-2:], *figures[k + 1 : k + 2]]:
                said = clause(text, q.at, q.stop)
                if q.unit != "%" and q.value > 0 and p.pattern("pending").search(said) and not p.pattern("of_time").search(said):
                    begin, end = min(q.start, rate.start), max(q.end, rate.end)
                    message = f"{named}率100%,同一句又说有{q.value}{q.unit}尚未完成"
                    yield Hit(((report, begin, end),), message, f"“{said}”与100%并列", 1.0)
                    break
    yield from _denied(report, p)


def _denied(report: Report, p: Parameters) -> Iterator[Hit]:
    """Full coverage of something that the shortcomings say is still lacking."""
    claims: dict[str, tuple[int, int]] = {}
    for _, sentence in report.told():
        if sentence.section.kind not in (SectionKind.MEASURES, SectionKind.DUTY):
            continue
        for piece in p.pattern("covered").finditer(sentence.text):
            for word in p.words("things"):
                if word in piece.group() and word not in claims:
                    claims[word] = sentence.span(piece.start(), piece.end())
    for _, sentence in report.told():
        if sentence.section.kind is not SectionKind.SHORTCOMINGS:
            continue
        for piece in p.pattern("lacking").finditer(sentence.text):
            claimed = next((w for w in claims if w in piece.group()), None)
            if claimed is not None:
                message = f"前文说{claimed}全覆盖,不足部分又说尚未配齐"
                spans = ((report, *claims.pop(claimed)), (report, *sentence.span(piece.start(), piece.end())))
                yield Hit(spans, message, f"“{piece.group()}”", 0.8)


CHECK = Check(
    "arithmetic-exception",
    "全部与例外",
    "All beside a stated exception",
    "说“100%”或“全覆盖”,同一句或不足部分又说有例外。按期、按时的比率不算。",
    one=find,
    finds=(
        example("自查问题28个,1个正在推进,整改率100%。"),
        example(
            "山口镇2023年法治政府建设年度报告\n一、主要举措和成效\n村(社区)法律顾问实现全覆盖。\n二、存在的不足\n仍有6个村没有法律顾问。\n"
            "三、下一步打算\n加强法治宣传。\n"
        ),
    ),
    ignores=(
        example("受理信访案件96宗,信访事项按期办结率为100%,有8宗案件仍在办理期限内。", why="a rate of the time limit"),
        example("自查问题28个,整改率100%。"),
        example("排查隐患36个,其余隐患均已整改,整改率100%。"),
    ),
)
