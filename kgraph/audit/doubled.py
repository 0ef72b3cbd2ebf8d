"""Words and marks written twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kgraph.audit.context import Context, Parameters
from kgraph.audit.model import Check, Hit, Report, example

_WORD = re.compile(r"([\u4e00-\u9fff]{2,8})\1")
_MARK = re.compile(r"([,、;。:])\1+|[,、;:][。]|。[,、;:]|,、|、,")


def find(report: Report, context: Context, p: Parameters) -> Iterator[Hit]:
    """What stands twice in a row and is no common reduplication."""
    for _, sentence in report.told():
        text = sentence.text
        for m in _WORD.finditer(text):
            word = m.group(1)
            around = text[max(0, m.start() - 2) : m.end() + 2]
            if len(set(word)) > 1 and not p.pattern("allowed").search(m.group()) and not p.pattern("allowed").search(around):
                yield Hit(
                    ((report, *sentence.span(m.start(), m.end())),),
                    f"“{word}”重复",
                    "同一个词连写两次",
                    1.0 if len(word) > 2 else 0.85,
                )
        for m in p.pattern("single").finditer(text):
            yield Hit(((report, *sentence.span(m.start(), m.end())),), f"“{m.group()}”重复", "同一个字连写两次", 0.9)
        for m in _MARK.finditer(text):
            start, end = sentence.span(max(0, m.start() - 4), m.end())
            if "\n" not in report.text[start:end] and ". ." not in text:
                yield Hit(((report, start, end),), f"标点“{m.group()}”重复", "两个标点连写", 0.8)


CHECK = Check(
    "language-doubled",
    "重复的字词",
    "Doubled words",
    "同一个词、字或标点连写两次,又不是常见的叠用。",
    one=find,
    finds=(
        example("进一步加强行政执法监督行政执法监督力度。"),
        example("认真落实落实各项制度。"),
        example("切实维护群众的的合法权益。"),
    ),
    ignores=(
        example("认认真真、实实在在抓好每一项工作,逐项逐项核对。"),
        example("充分征求意见,以及及时回应关切,实现执法目的的统一。"),
        example("由人民调解调解员一件一件研究研究。"),
    ),
)
