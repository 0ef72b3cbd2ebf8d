"""A stated year-on-year change against the figure of last year's own report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from kgraph.audit.context import Context, Parameters
from kgraph.audit.figures import HUNDRED, fits, over, written
from kgraph.audit.model import Check, Hit, Quantity, Report, example


def years(reports: Sequence[Report]) -> Iterator[tuple[Report, Report]]:
    """The pairs of reports of the same body on one year and the next."""
    known: dict[tuple[str, int], Report] = {}
    for report in reports:
        if report.issuer and report.year is not None:
            known.setdefault((report.issuer, report.year), report)
    for (issuer, year), report in sorted(known.items()):
        after = known.get((issuer, year + 1))
        if after is not None:
            yield report, after


def _core(label: str, p: Parameters) -> str:
    return p.pattern("empty_words").sub("", label)


def find(reports: Sequence[Report], context: Context, p: Parameters) -> Iterator[Hit]:
    """Changes that the two reports' own figures do not give."""
    for before, after in years(reports):
        last: dict[tuple[str, str], Quantity] = {}
        for q in before.quantities:
            if q.exact and not q.change and q.status == "done" and q.unit != "%":
                last.setdefault((_core(q.label, p), q.unit), q)
        figures = after.quantities
        for now, change in pairwise(figures):
            sentence = after.sentences[now.sentence].text
            near = sentence[now.stop : change.at]
            if change.sentence != now.sentence or not (now.exact and change.exact) or now.unit == "%" or len(near) > 12:
                continue
            direction = p.pattern("up").search(near), p.pattern("down").search(near)
            if not p.pattern("against").search(near) or (direction[0] is None) == (direction[1] is None):
                continue
            old = last.get((_core(now.label, p), now.unit))
            if old is None or old.value == 0:
                continue
            yield from _compare(before, after, old, now, change, up=direction[0] is not None)


def _compare(before: Report, after: Report, old: Quantity, now: Quantity, change: Quantity, *, up: bool) -> Iterator[Hit]:
    difference = (now.value - old.value) * (1 if up else -1)
    true = HUNDRED * difference / old.value if change.unit == "%" else difference
    if change.unit not in ("%", now.unit) or fits(change.value, change.places, true):
        return
    sign = "增加" if up else "减少"
    really = "增加" if now.value > old.value else "减少" if now.value < old.value else "没有变化"
    size = HUNDRED * abs(now.value - old.value) / old.value if change.unit == "%" else abs(now.value - old.value)
    message = f"所述同比{sign}{written(change.value)}{change.unit},与上一年报告的{written(old.value)}{old.unit}不一致"
    reasoning = f"上年{written(old.value)},本年{written(now.value)},{really}{written(Decimal(size))}{change.unit}"
    yield Hit((over(after, now, change), (before, old.start, old.end)), message, reasoning)


CHECK = Check(
    "arithmetic-growth",
    "同比与上年报告",
    "A stated change against last year's own report",
    "“同比”“较上年”的增减幅度,与同一机关上一年报告里的同名数字算出的不一致。",
    all=find,
    finds=(
        example(
            "宝丰县张八桥镇2022年法治政府建设年度报告\n一、主要举措和成效\n全年调解矛盾纠纷120件。\n",
            "宝丰县张八桥镇2023年法治政府建设年度报告\n一、主要举措和成效\n全年调解矛盾纠纷150件,同比增长35%。\n",
        ),
    ),
    ignores=(
        example(
            "宝丰县张八桥镇2022年法治政府建设年度报告\n一、主要举措和成效\n全年调解矛盾纠纷120件。\n",
            "宝丰县张八桥镇2023年法治政府建设年度报告\n一、主要举措和成效\n全年调解矛盾纠纷150件,同比增长25%。\n",
        ),
        example(
            "宝丰县张八桥镇2021年法治政府建设年度报告\n一、主要举措和成效\n全年调解矛盾纠纷120件。\n",
            "宝丰县张八桥镇2023年法治政府建设年度报告\n一、主要举措和成效\n全年调解矛盾纠纷150件,同比增长35%。\n",
            why="not the year before",
        ),
    ),
)
