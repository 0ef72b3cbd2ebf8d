"""Done and pending against received: 受理15件,办结13件,正在办理1件."""

from __future__ import annotations

from collections.abc import Iterator

from kgraph.audit.context import Context, Parameters
from kgraph.audit.figures import alike, clause, groups, over, written
from kgraph.audit.model import Check, Hit, Report, example


def _is_part(text: str, at: int, p: Parameters) -> bool:
    """Whether a figure stands in a run of parts: behind 其中, with nothing between that begins something else."""
    mark = text.rfind("其中", 0, at)
    return mark >= 0 and p.pattern("stops").search(text[mark:at]) is None


def find(report: Report, context: Context, p: Parameters) -> Iterator[Hit]:
    """Cases of which more or fewer are accounted for than came in."""
    units = groups(p.table("units"))
    for i, sentence in report.told():
        text = sentence.text
        figures = [q for q in report.counted(i) if q.unit != "%" and not q.change]
        if len(figures) < 2 or p.pattern("carried").search(text):
            continue
        for k, total in enumerate(figures):
            if not (total.exact and p.pattern("received").search(clause(text, total.at, total.stop) + total.label)):
                continue
            if p.pattern("done").search(clause(text, total.at, total.stop)) or _is_part(text, total.at, p):
                continue
            later = [q for q in figures[k + 1 :] if alike(q, total, units)]
            at = next((n for n, q in enumerate(later) if p.pattern("done").search(clause(text, q.at, q.stop))), None)
            if at is None or any(p.pattern("received").search(clause(text, q.at, q.stop)) for q in later[: at + 1]):
                continue
            done, rest = later[at], later[at + 1 :]
            if not done.exact:
                continue
            if done.value > total.value:
                message = f"办结{written(done.value)}{done.unit},多于受理{written(total.value)}{total.unit}"
                yield Hit((over(report, total, done),), message, f"{written(done.value)} > {written(total.value)}", 0.8)
                break
            if not rest or not p.pattern("pending").search(clause(text, rest[0].at, rest[0].stop)) or not rest[0].exact:
                continue
            left = rest[0]
            if done.value + left.value == total.value or (
                len(rest) > 1 and sum(q.value for q in rest) + done.value == total.value
            ):
                continue
            if left.value == total.value or any(p.pattern("otherwise").search(clause(text, q.at, q.stop)) for q in later):
                continue
            both = done.value + left.value
            message = f"办结与在办合计{written(both)}{total.unit},与受理{written(total.value)}{total.unit}不一致"
            reasoning = f"{written(done.value)} + {written(left.value)} = {written(both)} ≠ {written(total.value)}"
            yield Hit((over(report, total, left),), message, reasoning)
            break


CHECK = Check(
    "arithmetic-balance",
    "办结、在办与受理",
    "Done and pending against received",
    "已办结与正在办理的件数相加,与受理总数不一致,或办结多于受理。",
    one=find,
    finds=(
        example("受理群众来信来访15件,办结13件,正在办理1件。"),
        example("排查隐患97条,已整改95条,其余3条限期整改。"),
        example("收到行政复议申请58件,审结61件。", why="more done than came in"),
    ),
    ignores=(
        example("受理群众来信来访15件,办结14件(办理中1件)。"),
        example("排查隐患97条,已整改95条,其余隐患正在整改。", why="the rest is not counted"),
        example("收到复议申请58件,审结61件(含上年结转)。", why="carried over"),
        example("收到申请58件,办结50件,驳回5件,正在办理3件。", why="a third outcome"),
    ),
)
