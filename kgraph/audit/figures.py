"""What the arithmetic checks share: how figures of a sentence stand to each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from kgraph.audit.model import Quantity, Report, Span

_BREAKS = frozenset(",;。:()、!?")
HUNDRED = Decimal(100)


def clause(text: str, at: int, stop: int) -> str:
    """The clause around a figure: between the marks before and after it.

    >>> clause("受理96宗,已办结88宗,有8宗在办", 14, 16)
    '有8宗在办'
    """
    begin, end = at, stop
    while begin > 0 and text[begin - 1] not in _BREAKS:
        begin -= 1
    while end < len(text) and text[end] not in _BREAKS:
        end += 1
    return text[begin:end]


def alike(one: Quantity, other: Quantity, groups: Sequence[Sequence[str]]) -> bool:
    """Whether two figures count in the same unit, or in units that reports use for one another (件, 宗, 起)."""
    return one.unit == other.unit or any(one.unit in group and other.unit in group for group in groups)


def groups(values: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """The groups of like units of the settings."""
    return [tuple(units) for units in values.values()]


def fits(stated: Decimal, places: int, true: Decimal) -> bool:
    """Whether a stated figure is the true one rounded or cut to its decimals.

    >>> fits(Decimal("93.15"), 2, Decimal(6800) / 73), fits(Decimal("95"), 0, Decimal(13800) / 143)
    (True, False)
    """
    unit = Decimal(1).scaleb(-places)
    return abs(true - stated) <= unit / 2 or stated <= true < stated + unit


def written(value: Decimal) -> str:
    """A figure for a message: without exponent, with at most two decimals.

    >>> written(Decimal("96.50349")), written(Decimal("30000"))
    ('96.5', '30000')
    """
    text = format(value.quantize(Decimal("0.01")), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def over(report: Report, first: Quantity, last: Quantity) -> Span:
    """The span from one figure, with the clause that it begins in, to another."""
    sentence = report.sentences[first.sentence]
    begin = first.at
    while begin > 0 and sentence.text[begin - 1] not in _BREAKS:
        begin -= 1
    return report, sentence.at(begin), last.end
