"""Parts against their total: 受理96宗,其中来信39宗,来访16宗,网信39宗."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kgraph.audit.context import Context, Parameters
from kgraph.audit.figures import alike, clause, groups, over, written
from kgraph.audit.model import Check, Hit, Quantity, Report, Span, example

_OTHERS = re.compile(r"其他|其它|其余")


def _totals(report: Report, sentence: int, at: int, like: Quantity, units: Sequence[Sequence[str]]) -> list[Quantity]:
    """The figures before a mark that parts of their unit can be parts of, nearest first."""
    here = [q for q in report.counted(sentence) if q.stop <= at and q.exact and not q.change and alike(q, like, units)]
    if here or at > 2 or sentence == 0:
        return here[::-1]
    before, own = report.sentences[sentence - 1], report.sentences[sentence]
    if before.item != own.item:
        return []
    found = [q for q in report.counted(sentence - 1) if q.exact and not q.change and alike(q, like, units)]
    return found[::-1]


def _parts(
    report: Report, sentence: int, start: int, units: Sequence[Sequence[str]], p: Parameters, like: Quantity | None = None
) -> list[Quantity]:
    """The figures that stand in a row behind a mark: alike, exact, nothing between them that begins something else.

    A figure in another unit right behind one (280批次600人次) belongs to the same part and is passed over; with ``like``,
    the figures of that unit are taken instead.
    """
    text = report.sentences[sentence].text
    found: list[Quantity] = []
    last = start
    for q in report.counted(sentence):
        if q.at < start:
            continue
        between = text[last : q.at]
        first = found[0] if found else like
        if first is not None and not alike(q, first, units) and (not between or like is not None):
            last = q.stop if like is None else last
            continue
        if found and (p.pattern("stops").search(between) or ")" in between or not alike(q, found[0], units)):
            break
        if len(between) > p.number("longest_label") or not q.exact or q.change:
            break
        if not found and (between.startswith("的") or (text[start - 1] == "(" and ")" in between)):
            break
        said = clause(text, q.at, q.stop)
        if (
            found
            and p.pattern("done").search(said)
            and not any(p.pattern("done").search(clause(text, f.at, f.stop)) for f in found)
        ):
            break
        found.append(q)
        last = q.stop
    return found


def _runs(report: Report, sentence: int, start: int, units: Sequence[Sequence[str]], p: Parameters) -> list[list[Quantity]]:
    """The parts behind a mark, once for each of the units that alternate in them."""
    runs = [_parts(report, sentence, start, units, p)]
    later = [q for q in report.counted(sentence) if q.at >= start]
    if runs[0] and len(later) > 1 and later[1].at == later[0].stop and not alike(later[0], later[1], units):
        runs.append(_parts(report, sentence, start, units, p, later[1]))
    return [run for run in runs if run]


def _sums(parts: Sequence[Quantity]) -> set[Decimal]:
    """The sums of all runs of two and more of the parts."""
    out = set()
    for i in range(len(parts)):
        total = parts[i].value
        for part in parts[i + 1 :]:
            total += part.value
            out.add(total)
    return out


def _verdict(total: Quantity, parts: Sequence[Quantity], text: str, p: Parameters) -> float:
    """How sure it is that the parts should make up the total and do not; 0 if they do or need not."""
    added = sum((q.value for q in parts), Decimal(0))
    gap = total.value - added
    if max(q.value for q in parts) > total.value:
        return 0.85
    if len(parts) < 2 or gap == 0:
        return 0.0
    if _OTHERS.search(text):
        return 1.0
    share = abs(gap) / total.value if total.value else Decimal(9)
    if len(parts) == 2 and any(all(re.search(w, text) for w in pair) for pair in p.lists("pairs")):
        return 0.95
    if gap < 0 and len(parts) > 2:
        return 0.9 if share <= Decimal(str(p.number("above"))) else 0.0
    near = p.number("below_many") if len(parts) > 2 else p.number("below_two")
    return 1.0 if share <= Decimal(str(near)) else 0.0


def find(report: Report, context: Context, p: Parameters) -> Iterator[Hit]:
    """The totals that their parts do not make up."""
    units = groups(p.table("units"))
    for i, sentence in report.told():
        text = sentence.text
        taken = -1
        for mark in p.pattern("marks").finditer(text):
            if mark.start() < taken:
                continue
            for parts in _runs(report, i, mark.end(), units, p):
                hit = _compared(report, i, mark, parts, units, p)
                if hit is not None:
                    taken = parts[-1].stop
                    yield hit
        yield from _added_up(report, i, units, p)


def _compared(
    report: Report, i: int, mark: re.Match[str], parts: list[Quantity], units: Sequence[Sequence[str]], p: Parameters
) -> Hit | None:
    """The hit, if the parts behind a mark do not make up the total before it."""
    text = report.sentences[i].text
    totals = _totals(report, i, mark.start(), parts[0], units)
    if not totals:
        return None
    largest = max(q.value for q in parts)
    total = next((t for t in totals if t.value >= largest), totals[0])
    adjacent = total.sentence == i and mark.start() - total.stop <= p.number("distance")
    if mark.group() in "(:" and (len(parts) < 2 or mark.start() - total.stop > 4 or total.sentence != i):
        return None
    if any(t.value in _sums(parts) for t in totals) or p.pattern("carried").search(text):
        return None
    if len(parts) == 1 and not (adjacent and re.fullmatch(r"[^,;]*", text[mark.end() : parts[0].at])):
        return None
    if total.value < largest and not adjacent:
        return None
    sure = _verdict(total, parts, text[mark.start() : parts[-1].stop + 12], p) * (1.0 if adjacent else 0.7)
    if sure <= 0:
        return None
    if len(parts) == 1:
        message = f"其中一项{written(parts[0].value)}{parts[0].unit},大于总数{written(total.value)}{total.unit}"
        return Hit((over(report, total, parts[-1]),), message, f"{written(parts[0].value)} > {written(total.value)}", sure)
    return _unequal(report, total, parts, over(report, total, parts[-1]), sure)


def _unequal(report: Report, total: Quantity, parts: Sequence[Quantity], span: Span, sure: float) -> Hit:
    added = sum((q.value for q in parts), Decimal(0))
    terms = " + ".join(written(q.value) for q in parts)
    message = f"分项合计{written(added)}{total.unit},与总数{written(total.value)}{total.unit}不一致"
    return Hit((span,), message, f"{terms} = {written(added)} ≠ {written(total.value)}", sure)


def _added_up(report: Report, i: int, units: Sequence[Sequence[str]], p: Parameters) -> Iterator[Hit]:
    """Parts with their sum behind them: 建议35件、提案52件,共计87件."""
    text = report.sentences[i].text
    figures = report.counted(i)
    for k, total in enumerate(figures):
        if k < 2 or not total.exact or not p.pattern("sum_words").search(text[figures[k - 1].stop : total.at]):
            continue
        parts: list[Quantity] = []
        for q in reversed(figures[:k]):
            gap = text[q.stop : parts[-1].at] if parts else ""
            if not alike(q, total, units) or not q.exact or q.change or len(gap) > 14 or "其中" in gap:
                break
            parts.append(q)
        parts.reverse()
        added = sum((q.value for q in parts), Decimal(0))
        if len(parts) < 2 or total.value in _sums(parts) or total.value in {q.value for q in parts}:
            continue
        if abs(added - total.value) <= total.value * Decimal(str(p.number("near_sum"))):
            yield _unequal(report, total, parts, over(report, parts[0], total), 0.9)


CHECK = Check(
    "arithmetic-parts",
    "分项与总数",
    "Parts against their total",
    "列在“其中”或括号里的各分项相加,与总数不一致。只在分项看来列全时指出:有“其他”一项,或差额很小,或超出总数。",
    one=find,
    finds=(
        example("全年受理信访件96宗,其中来信39宗,来访16宗,网信39宗,目前已办结88宗。"),
        example("梳理权责事项210项(含行政许可32项、行政处罚151项、其他24项)。", why="其他 makes the list complete"),
        example("收到人大代表建议35件、政协提案52件,共计97件,全部办结。", why="the sum stands behind"),
        example("全县共有人民调解员1204名(专职204名,兼职900名)。", why="two words that divide all"),
        example("接待群众326批次867人次,其中个体访280批次600人次,集体访46批次277人次。", why="two units"),
        example("受理投诉举报35件,其中已核实36件。", why="a part above its total"),
        example("调解各类纠纷118件,涉及金额40万元。其中婚姻家庭纠纷39件、邻里纠纷41件、土地纠纷22件、其他7件。"),
    ),
    ignores=(
        example("全年受理信访件94宗,其中来信39宗,来访16宗,网信39宗,目前已办结88宗。"),
        example("审结行政复议案件80件,其中撤销11件,确认违法3件。", why="the parts need not be all"),
        example("培训执法人员100人,其中男60人,女40人,党员30人。", why="a second breakdown"),
        example("受理申请30余件,其中来信9件,来访16件,其他9件。", why="the total is no exact one"),
        example("受理241件,其中审结252件(含上年结转11件)。", why="carried over"),
    ),
)
