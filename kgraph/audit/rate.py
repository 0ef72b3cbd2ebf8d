"""A rate against its numerator and denominator: 受理143起,调解成功138起,成功率98%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kgraph.audit.context import Context, Parameters
from kgraph.audit.figures import HUNDRED, alike, clause, fits, groups, over, written
from kgraph.audit.model import Check, Hit, Quantity, Report, example


def rate_words(text: str, rate: Quantity, p: Parameters) -> str | None:
    """What a rate is a rate of: 办结 of 办结率; None if it is not a rate of what was counted, or one of a time limit."""
    before = clause(text, rate.at, rate.stop)
    if p.pattern("not_of_all").search(before):
        return None
    found = None
    for found in p.pattern("rates").finditer(before):  # noqa: B007  (the last one)
        pass
    return found.group().removesuffix("率") if found else None


def _holds(words: str, text: str) -> bool:
    """Whether the characters of a word stand in a text in this order, near each other: 持证 in 持有执法证."""
    return re.search(".{0,6}?".join(map(re.escape, words)) + "(?!员|委|组织|室|站|中心)", text) is not None


def find(report: Report, context: Context, p: Parameters) -> Iterator[Hit]:
    """Rates that the counts beside them do not give."""
    units = groups(p.table("units"))
    for i, sentence in report.told():
        text = sentence.text
        figures = report.counted(i)
        for k, rate in enumerate(figures):
            words = rate_words(text, rate, p) if rate.unit == "%" and rate.exact and not rate.change else None
            if not words or rate.value > HUNDRED:
                continue
            counts = [q for q in figures[:k] if q.unit != "%" and not q.change]
            pairs = _pairs(text, counts, words, units, p)
            if not pairs or any(fits(rate.value, rate.places, HUNDRED * part.value / whole.value) for part, whole in pairs):
                continue
            part, whole = pairs[0]
            true = HUNDRED * part.value / whole.value
            name = words if words.endswith("比") else f"{words}率"
            message = f"{name}{written(rate.value)}%与{written(part.value)}/{written(whole.value)}{whole.unit}不一致"
            reasoning = f"{written(part.value)} ÷ {written(whole.value)} = {written(true)}% ≠ {written(rate.value)}%"
            yield Hit((over(report, whole, rate),), message, reasoning, 1.0 if abs(true - rate.value) > Decimal("0.2") else 0.8)


def _pairs(
    text: str, counts: list[Quantity], words: str, units: list[tuple[str, ...]], p: Parameters
) -> list[tuple[Quantity, Quantity]]:
    """The counts that a rate can be made of, the likeliest first: the last one that its words name, of one before it."""
    if p.pattern("loose").fullmatch(words):
        if (
            len(counts) == 2
            and counts[0].unit == counts[1].unit
            and counts[0].exact
            and counts[1].exact
            and counts[0].value >= counts[1].value > 0
        ):
            return [(counts[1], counts[0])]
        return []
    pairs: list[tuple[Quantity, Quantity]] = []
    for named in dict.fromkeys((words, words[-2:], words[:2])):
        pairs += _named(text, counts, named, units, p)
    return pairs


def _named(
    text: str, counts: list[Quantity], words: str, units: list[tuple[str, ...]], p: Parameters
) -> list[tuple[Quantity, Quantity]]:
    """The last count that words name, with each count before it that it can be a part of."""
    for k in range(len(counts) - 1, 0, -1):
        part = counts[k]
        said = clause(text, part.at, part.stop)
        if p.pattern("pending").search(said) or not (_holds(words, said) or _holds(words, part.label)):
            continue
        if not part.exact:
            return []
        wholes = [q for q in counts[:k] if alike(q, part, units) and q.value >= part.value and q.value > 0]
        if not wholes or not wholes[-1].exact or p.pattern("apart").search(text[wholes[-1].stop : part.at]):
            return []
        return [(part, whole) for whole in reversed(wholes) if whole.exact]
    return []


CHECK = Check(
    "arithmetic-rate",
    "比率与分子分母",
    "A rate against its numerator and denominator",
    "比率与同一句里的分子、分母算出的值不一致(四舍五入、截尾均算一致)。",
    one=find,
    finds=(
        example("受理、调解纠纷143起,调解成功138起,调解成功率98.5%。"),
        example("办理信访件73件,其中68件已办结,办结率达95.15%。"),
        example("行政诉讼案件32件,败诉4件,败诉率为10.5%。"),
        example("行政机关负责人应出庭52次,实际出庭48次,出庭应诉率98%。"),
        example("全县共有行政村218个,聘请法律顾问的村208个,覆盖率达98.5%。"),
        example("发现隐患97条,已整改95条,整改率100%。", why="not all"),
    ),
    ignores=(
        example("办理信访件73件,其中68件已办结,办结率达93.15%。"),
        example("受理、调解纠纷143起,调解成功138起,调解成功率96.5%。"),
        example("受理信访案件96宗,已办结88宗,按期办结率为100%。", why="a rate of the time limit"),
        example("清理文件312件,纠正问题7件,群众满意率99%。", why="a rate of something else"),
        example("全镇有村级调解员40人,镇级调解员5人,调解成功率达98.6%。", why="who mediates, not what was mediated"),
        example("收集意见620余条,采纳150条,采纳率30.2%。", why="the base is no exact one"),
    ),
)
