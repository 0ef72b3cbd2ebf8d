"""Percentages that no whole number of the stated base gives: 62人参加考试,合格率91.3%."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise

from kgraph.audit.context import Context, Parameters
from kgraph.audit.figures import HUNDRED, clause, fits, over, written
from kgraph.audit.model import Check, Hit, Report, example
from kgraph.audit.rate import rate_words


def possible(stated: Decimal, places: int, base: Decimal) -> bool:
    """Whether some whole number of a base, or the base of some whole number, gives a percentage.

    >>> possible(Decimal("91.3"), 1, Decimal(62)), possible(Decimal("91.9"), 1, Decimal(62))
    (False, True)
    """
    if stated <= 0 or stated > HUNDRED or base <= 0:
        return True
    share = base * stated / HUNDRED
    near = {share.to_integral_value(ROUND_FLOOR), share.to_integral_value(ROUND_CEILING)}
    return any(fits(stated, places, HUNDRED * n / base) for n in near)


def find(report: Report, context: Context, p: Parameters) -> Iterator[Hit]:
    """Rates right behind a small count that cannot be rates of it."""
    for i, sentence in report.told():
        text = sentence.text
        figures = report.counted(i)
        for base, rate in pairwise(figures):
            if rate.unit != "%" or not rate.exact or rate.change or not base.exact or base.change or base.unit == "%":
                continue
            words = rate_words(text, rate, p)
            near = text[base.stop : rate.at]
            if not words or len(near) > p.number("distance") or base.value != base.value.to_integral_value():
                continue
            if not p.pattern("bases").search(clause(text, base.at, base.stop)) or words in base.label + clause(
                text, base.at, base.stop
            ):
                continue
            if base.value > Decimal(str(p.number("largest"))) or possible(rate.value, rate.places, base.value):
                continue
            count = (base.value * rate.value / HUNDRED).to_integral_value(ROUND_FLOOR)
            shares = [written(HUNDRED * n / base.value) + "%" for n in (count, count + 1)]
            message = f"{written(base.value)}{base.unit}里没有哪个整数的占比是{written(rate.value)}%"
            reasoning = f"{count}/{base.value} = {shares[0]}, {count + 1}/{base.value} = {shares[1]}"
            yield Hit((over(report, base, rate),), message, reasoning)


CHECK = Check(
    "arithmetic-granularity",
    "比率与基数",
    "A percentage that no whole number of its base gives",
    "紧跟在一个较小的确数之后的比率,不可能由该数中的任何整数得出。",
    one=find,
    finds=(example("组织学法考试,62人参加,合格率91.3%。"),),
    ignores=(
        example("组织学法考试,62人参加,合格率91.9%。"),
        example("化解矛盾纠纷312件,化解率99.04%。", why="the count is the numerator"),
        example("参加考试8400人,合格率99.6%。", why="too large a base to tell"),
        example("办理热线工单75件,群众满意率98.6%。", why="satisfaction is asked of others"),
    ),
)
