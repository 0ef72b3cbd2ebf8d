"""The same quantity told twice differently in one report."""

from __future__ import annotations

from collections.abc import Iterator

from kgraph.audit.context import Context, Parameters
from kgraph.audit.figures import clause, written
from kgraph.audit.model import Check, Hit, Quantity, Report, example
from kgraph.model import SectionKind


def find(report: Report, context: Context, p: Parameters) -> Iterator[Hit]:
    """Counts with the same words and the same unit, in two sentences, with two values."""
    told: list[tuple[str, Quantity]] = []
    for q in report.quantities:
        sentence = report.sentences[q.sentence]
        said = clause(sentence.text, q.at, q.stop)
        if not q.exact or q.change or q.status != "done" or sentence.section.kind is SectionKind.PLANS:
            continue
        if p.pattern("partial").search(said) or p.pattern("partial").search(q.label):
            continue
        label = p.pattern("empty_words").sub("", q.label)
        whole = p.pattern("wholes").search(said)
        if len(label) >= (p.number("shortest_whole") if whole else p.number("shortest")):
            told.append((label, q))
    done: set[str] = set()
    for k, (label, first) in enumerate(told):
        like = [
            (other, q) for other, q in told[k + 1 :] if q.unit == first.unit and (label.endswith(other) or other.endswith(label))
        ]
        if label in done or len({q.value for _, q in like} | {first.value}) != 2:
            continue
        name, other = next((n, q) for n, q in like if q.value != first.value)
        if other.sentence == first.sentence:
            continue
        done.update((label, name))
        short = min(label, name, key=len)
        message = f"“{short}”前后两处不同:{written(first.value)}{first.unit}与{written(other.value)}{other.unit}"
        spans = tuple((report, *_clause_span(report, q)) for q in (first, other))
        yield Hit(spans, message, f"{written(first.value)} ≠ {written(other.value)}")


def _clause_span(report: Report, q: Quantity) -> tuple[int, int]:
    sentence = report.sentences[q.sentence]
    begin = q.at
    while begin > 0 and sentence.text[begin - 1] not in ",;。:":
        begin -= 1
    return sentence.at(begin), q.end


CHECK = Check(
    "arithmetic-twice",
    "同一数字两种说法",
    "The same quantity told twice differently",
    "同一份报告的两处,用同样的词和单位说出两个不同的确数。",
    one=find,
    finds=(
        example(
            "山口镇2023年法治政府建设年度报告\n一、主要举措和成效\n(一)依法决策\n全年审查行政规范性文件草案12件。\n(二)严格监督\n"
            "法律顾问参与把关,审查行政规范性文件草案16件。\n"
        ),
    ),
    ignores=(
        example(
            "山口镇2023年法治政府建设年度报告\n一、主要举措和成效\n(一)依法决策\n全年审查行政规范性文件草案12件。\n(二)严格监督\n"
            "上半年审查行政规范性文件草案5件。\n",
            why="part of the year",
        ),
        example(
            "山口镇2023年法治政府建设年度报告\n一、主要举措和成效\n(一)依法决策\n召开会议2次。\n(二)严格监督\n召开会议3次。\n",
            why="any meetings",
        ),
    ),
)
