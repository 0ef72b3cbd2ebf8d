"""Laws that were no longer, or not yet, in force at the time of the report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kgraph.audit.context import Context, Parameters
from kgraph.audit.model import Check, Cited, Hit, Report, example
from kgraph.model import SectionKind
from kgraph.text import normalise

_TERM = re.compile(r"[(〔]?(20\d\d)年?[-~至—–]+(20\d\d)年?[)〕]?")


def _time(report: Report, cited: Cited) -> str | None:
    """The day from which a law must be in force: the first of the year reported on, of the next year in plans."""
    if report.year is None:
        return None
    ahead = report.kind(cited.sentence) is SectionKind.PLANS
    return f"{report.year + ahead}-01-01"


def _around(report: Report, cited: Cited) -> str:
    """The sentence that a citation stands in, with a mark in place of the title."""
    sentence = report.sentences[cited.sentence]
    at, stop = sentence.find(cited.start), sentence.find(cited.end)
    text = sentence.text
    begin = max((text.rfind(c, 0, at) for c in "。;"), default=-1) + 1
    return f"{text[begin:at]}\x00{text[stop : stop + 16]}"


def repealed(report: Report, context: Context, p: Parameters) -> Iterator[Hit]:
    """Laws that had been repealed or replaced."""
    for cited in report.citations:
        time = _time(report, cited)
        law = context.catalogue.lookup(cited.name, report.year)
        if time is None or law is None or not law.repealed or law.repealed > time or _TERM.search(normalise(law.name)):
            continue
        if p.pattern("of_the_past").search(_around(report, cited)):
            continue
        instead = f",由《{law.replaced_by}》代替" if law.replaced_by else ""
        message = f"《{law.name}》已于{law.repealed}废止或失效{instead}"
        when = "下一年的安排" if report.kind(cited.sentence) is SectionKind.PLANS else f"{report.year}年的工作"
        yield Hit(((report, cited.start, cited.end),), message, f"在{when}中引用;失效日期{law.repealed}早于{time}")


def expired(report: Report, context: Context, p: Parameters) -> Iterator[Hit]:
    """Outlines and plans whose own term was over."""
    for cited in report.citations:
        sentence = report.sentences[cited.sentence]
        title = normalise(report.text[cited.start : cited.end])
        term = None
        for term in _TERM.finditer(title):  # noqa: B007  (the last one)
            pass
        last = int(term.group(2)) if term else next((y for w, y in p.table("terms").items() if w in title), None)
        if last is None or report.year is None or report.year + (sentence.section.kind is SectionKind.PLANS) <= last:
            continue
        if p.pattern("of_the_past").search(_around(report, cited)):
            continue
        if any(
            o.start <= cited.start
            and cited.end <= o.end
            and o is not cited
            and _TERM.search(normalise(report.text[o.start : o.end]))
            for o in report.citations
        ):
            continue  # inside a longer title that is named itself
        message = f"《{_short(title)}》的期限到{last}年为止,报告写的是{report.year}年"
        yield Hit(((report, cited.start, cited.end),), message, f"标题中的期限末年{last} < {report.year}", 1.0 if term else 0.85)


def not_yet(report: Report, context: Context, p: Parameters) -> Iterator[Hit]:
    """Laws that are carried out before they are in force."""
    for cited in report.citations:
        if report.year is None or cited.role != "implements" or report.kind(cited.sentence) is SectionKind.PLANS:
            continue
        law = context.catalogue.lookup(cited.name, report.year)
        if law is None or not law.effective:
            continue
        limit = f"{report.year}-12-31"
        if law.effective > limit and not p.pattern("of_the_future").search(_around(report, cited)):
            yield Hit(
                ((report, cited.start, cited.end),),
                f"《{law.name}》自{law.effective}起施行,晚于报告年度{report.year}年",
                f"施行日期{law.effective}晚于{limit},而句中说的是贯彻执行",
            )


def _short(title: str) -> str:
    return title if len(title) <= 40 else title[:38] + "…"


REPEALED = Check(
    "law-repealed",
    "引用已废止的法律",
    "Laws no longer in force",
    "引用的法律、党规在报告年度开始前(计划部分:在下一年开始前)已经废止或被代替。名录中没有的不判断。",
    one=repealed,
    finds=(
        example("向群众宣传《中华人民共和国婚姻法》《土地管理法》等法律。"),
        example(
            "山口镇2024年法治政府建设年度报告\n一、主要举措和成效\n开展法治宣传。\n二、下一年工作安排\n重点宣传婚姻法、继承法等法律。\n",
        ),
    ),
    ignores=(
        example("学习《中华人民共和国民法典》,原《婚姻法》同时废止。"),
        example("向群众宣传《土地管理法》《民法典》等法律。"),
        example("山口镇2019年法治政府建设年度报告\n一、主要举措和成效\n开展《婚姻法》宣传。\n", why="in force then"),
    ),
)
EXPIRED = Check(
    "law-expired",
    "引用期限已过的纲要、规划",
    "Outlines and plans whose term is over",
    "标题里写明期限的纲要、规划、方案,在报告年度前已经到期,仍作为现行依据引用。",
    one=expired,
    finds=(
        example("认真落实《法治政府建设实施纲要(2015-2020年)》要求,推进各项工作。"),
        example("按照《关于印发<某市贯彻落实法治政府建设实施纲要(2015-2020年)的实施方案>的通知》要求开展工作。"),
    ),
    ignores=(
        example("认真落实《法治政府建设实施纲要(2021-2025年)》要求,推进各项工作。"),
        example("《法治政府建设实施纲要(2015-2020年)》收官后,我镇作了评估总结。"),
    ),
)
NOT_YET = Check(
    "law-not-yet",
    "贯彻尚未施行的法律",
    "Laws not yet in force",
    "句中说贯彻执行的法律,在报告年度结束时还没有施行。",
    one=not_yet,
    finds=(example("山口镇2019年法治政府建设年度报告\n一、主要举措和成效\n严格执行《中华人民共和国民法典》,规范合同管理。\n"),),
    ignores=(
        example("山口镇2020年法治政府建设年度报告\n一、主要举措和成效\n学习宣传《中华人民共和国民法典》。\n"),
        example("严格执行《中华人民共和国民法典》,规范合同管理。"),
    ),
)
