"""Typing slips in fixed terms: 四重一大, 二十大届三中全会."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kgraph.audit.context import Context, Parameters
from kgraph.audit.model import Check, Hit, Report, example
from kgraph.errors import KnowledgeError


@lru_cache(maxsize=8)
def _compiled(terms: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    try:
        return tuple((right, re.compile("|".join(f"(?:{w})" for w in wrong))) for right, wrong in terms)
    except re.error as error:
        raise KnowledgeError(f"audit.toml: [[checks.language-terms.terms]]: {error}") from None


def find(report: Report, context: Context, p: Parameters) -> Iterator[Hit]:
    """The slips that the list of terms names."""
    terms = _compiled(tuple((str(t["right"]), tuple(t["wrong"])) for t in p.records("terms")))
    for sentence in report.sentences:
        for right, wrong in terms:
            for m in wrong.finditer(sentence.text):
                start, end = sentence.span(m.start(), m.end())
                yield Hit(((report, start, end),), f"“{m.group()}”疑为“{right}”之误", "固定提法")


CHECK = Check(
    "language-terms",
    "固定提法的笔误",
    "Slips in fixed terms",
    "固定提法写错了字。错法列在设置文件里。",
    one=find,
    finds=(
        example("严格落实“四重一大”事项集体决策制度。"),
        example("学习贯彻党的二十大届三中全会精神。"),
        example("推进法制政府建设,提升依法行政水平。"),
    ),
    ignores=(
        example("严格落实“三重一大”事项集体决策制度。"),
        example("学习贯彻党的二十届三中全会精神。"),
        example("落实重大执法决定法制审核制度,县政府法制办参与。"),
    ),
)
