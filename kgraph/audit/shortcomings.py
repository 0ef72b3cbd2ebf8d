"""Shortcomings repeated word for word from one year to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from kgraph.audit.context import Context, Parameters
from kgraph.audit.growth import years
from kgraph.audit.model import Check, Hit, Report, Span, example
from kgraph.layout import LIST_MARK
from kgraph.model import SectionKind, Sentence, SentenceKind


def _told(report: Report, shortest: float) -> list[tuple[Sentence, str]]:
    out = []
    for _, s in report.told():
        text = LIST_MARK.sub("", s.text, count=1)
        if s.section.kind is SectionKind.SHORTCOMINGS and s.kind is not SentenceKind.HEADING and len(text) >= shortest:
            out.append((s, text))
    return out


def find(reports: Sequence[Report], context: Context, p: Parameters) -> Iterator[Hit]:
    """One finding for each pair of years, with all sentences repeated."""
    for before, after in years(reports):
        spans: list[Span] = []
        old = _told(before, p.number("shortest"))
        for sentence, text in _told(after, p.number("shortest")):
            for earlier, other in old:
                matcher = SequenceMatcher(None, text, other, autojunk=False)
                if matcher.quick_ratio() >= p.number("agreement") and matcher.ratio() >= p.number("agreement"):
                    spans += [(after, sentence.start, sentence.end), (before, earlier.start, earlier.end)]
                    break
        if spans:
            message = f"{len(spans) // 2}条不足与上一年的报告几乎逐字相同"
            yield Hit(tuple(spans), message, f"{after.year}年与{before.year}年,文字相同{p.number('agreement'):.0%}以上")


CHECK = Check(
    "promise-shortcomings",
    "逐年照抄的不足",
    "Shortcomings repeated word for word",
    "不足部分的句子与同一机关上一年的几乎逐字相同。",
    all=find,
    finds=(
        example(
            "宝丰县张八桥镇2022年法治政府建设年度报告\n一、主要举措和成效\n开展法治宣传12次。\n二、存在的不足\n一是部分干部运用法治思维解决问题的能力有待提高。\n",
            "宝丰县张八桥镇2023年法治政府建设年度报告\n一、主要举措和成效\n开展法治宣传15次。\n二、存在的不足\n二是部分干部运用法治思维解决问题的能力有待提高。\n",
        ),
    ),
    ignores=(
        example(
            "宝丰县张八桥镇2022年法治政府建设年度报告\n一、主要举措和成效\n开展法治宣传12次。\n二、存在的不足\n一是部分干部运用法治思维解决问题的能力有待提高。\n",
            "宝丰县张八桥镇2023年法治政府建设年度报告\n一、主要举措和成效\n开展法治宣传15次。\n二、存在的不足\n一是执法人员偏少,两名同志兼任其他工作,难以满足需要。\n",
        ),
    ),
)
