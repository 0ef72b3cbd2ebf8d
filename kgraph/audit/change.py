"""From–to against the stated change: 由32支压缩到15支,压减幅度为63%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kgraph.audit.context import Context, Parameters
from kgraph.audit.figures import HUNDRED, fits, over, written
from kgraph.audit.model import Check, Hit, Quantity, Report, example

_POINTS = frozenset({"个百分点", "百分点"})


def find(report: Report, context: Context, p: Parameters) -> Iterator[Hit]:
    """Stated changes that the two levels before them do not give."""
    for i, sentence in report.told():
        text = sentence.text
        figures = report.counted(i)
        for old, new, stated in zip(figures, figures[1:], figures[2:], strict=False):
            if old.unit != new.unit and new.unit not in old.unit and old.unit not in new.unit:
                continue
            if not (old.exact and new.exact and stated.exact):
                continue
            between, near = text[old.stop : new.at], text[new.stop : stated.at]
            if len(near) > p.number("distance") or not p.pattern("changes").search(near):
                continue
            if p.pattern("against").fullmatch(between):  # 今年230件,较去年的200件增长15%
                if new.value != 0:
                    yield from _compare(report, new, old, stated)
                continue
            if old.value == 0 or not p.pattern("from").search(text[: old.at]) or not p.pattern("to").fullmatch(between):
                continue
            last_year = re.search(r"上年|去年|20\d\d年", text[max(0, old.at - 9) : old.at])
            if "其中" not in near and (last_year or not re.search(r"同比|较上年|比上年|较去年|比去年", near)):
                yield from _compare(report, old, new, stated)


def _compare(report: Report, old: Quantity, new: Quantity, stated: Quantity) -> Iterator[Hit]:
    difference = abs(new.value - old.value)
    first, last = sorted((old, new, stated), key=lambda q: q.at)[0], stated
    if stated.unit in _POINTS or stated.unit == old.unit != "%":
        true, unit = difference, stated.unit
        agrees = fits(stated.value, max(stated.places, old.places, new.places), true)
    elif stated.unit == "%":
        true, unit = HUNDRED * difference / old.value, "%"
        agrees = fits(stated.value, stated.places, true) or (old.unit == "%" and stated.value == difference)
    else:
        return
    if not agrees:
        levels = f"由{written(old.value)}到{written(new.value)}"
        message = f"{levels}{old.unit}的变化是{written(true)}{unit},与所述{written(stated.value)}{stated.unit}不一致"
        reasoning = f"|{written(new.value)} − {written(old.value)}|" + (f" ÷ {written(old.value)}" if unit == "%" else "")
        reasoning += f" = {written(true)}{unit} ≠ {written(stated.value)}{stated.unit}"
        sure = 1.0 if abs(true - stated.value) > Decimal("0.2") else 0.7
        yield Hit((over(report, first, last),), message, reasoning, sure)


CHECK = Check(
    "arithmetic-change",
    "前后数与增减幅度",
    "From–to against the stated change",
    "“由…到…”的两个数算出的增减,与紧接着所述的幅度不一致。",
    one=find,
    finds=(
        example("市级执法队伍由32支压缩到15支,压减幅度为63.1%。"),
        example("出庭应诉率由61%提升到87.4%,提高16.4个百分点。"),
        example("许可事项由286项精减到242项,减少54项。"),
        example("信访总量从去年的320件下降至今年的256件,同比下降30%。"),
        example("今年受理投诉230件,较去年的200件增长25%。"),
    ),
    ignores=(
        example("市级执法队伍由32支压缩到15支,压减幅度为53.1%。"),
        example("出庭应诉率由61%提升到87.4%,提高26.4个百分点。"),
        example("办理时限由20个工作日压缩到5个工作日,满意率提高12%。", why="the change of something else"),
        example("今年受理投诉230件,较去年的200件增长15%。"),
        example("许可事项由286项精减到242项,同比减少54项。", why="against another year"),
    ),
)
