"""The year in title, opening, headings and signature."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kgraph.audit.context import Context, Parameters
from kgraph.audit.model import Check, Hit, Report, example
from kgraph.model import SectionKind, SentenceKind
from kgraph.text import normalise

_YEAR = re.compile(r"(20\d\d)年(?!以[前来])")
_TITLE = re.compile(r"(?:报告|总结|汇报|情况|公告)(?:\(.*\))?$")
_OPENING = re.compile(r"^(?:各位\w+[:,])?(20\d\d)年(?:度|来|以来)?,")
_SIGNED = re.compile(
    r"(20\d\d|二[〇○零][〇○零一二三四五六七八九]{2})年[\d一二三四五六七八九十元]{1,3}月[\d一二三四五六七八九十廿]{1,3}日?$"
)
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


def find(report: Report, context: Context, p: Parameters) -> Iterator[Hit]:
    """Places where the year is not that of the title (of plans: the year after; of the signature: either)."""
    front = [s for s in report.sentences if s.kind is SentenceKind.FRONT]
    titles = [t for t in (normalise(report.title), *(s.text for s in front)) if _TITLE.search(t) and not t.endswith((":", ","))]
    titled = next((m for t in titles if (m := _YEAR.search(t))), None)
    if titled is None:
        return
    year = int(titled.group(1))
    told = report.told()
    for sentence in [*front, *(s for _, s in told[:2])]:
        m = _OPENING.match(sentence.text)
        if m and int(m.group(1)) != year:
            yield Hit(
                ((report, *sentence.span(0, m.end())),), f"标题写{year}年,正文开头写{m.group(1)}年", f"{m.group(1)} ≠ {year}"
            )
    for _, sentence in told:
        if sentence.kind is not SentenceKind.HEADING:
            continue
        found = [int(y) for y in _YEAR.findall(re.sub(r"《[^》]*》|\([^()]*\)", "", sentence.text))]
        kind = sentence.section.kind
        right = {year + 1} if kind is SectionKind.PLANS else {year}
        if len(found) != 1 or found[0] in right or p.pattern("other_times").search(sentence.text):
            continue
        if kind is SectionKind.PLANS and found[0] not in (year, year - 1, year + 2):
            continue
        if kind is SectionKind.PLANS:
            message, want = f"标题写{year}年,计划部分的小标题也写{found[0]}年", year + 1
            if found[0] != year:
                message = f"标题写{year}年,计划部分的小标题写{found[0]}年"
        else:
            message, want = f"标题写{year}年,小标题写{found[0]}年", year
        yield Hit(((report, sentence.start, sentence.end),), message, f"此处应为{want}年", 0.9)
    for sentence in report.sentences:
        m = _SIGNED.search(sentence.text) if sentence.kind is SentenceKind.CLOSING else None
        if m is None:
            continue
        signed = int(m.group(1).translate(_DIGITS))
        if signed not in (year, year + 1):
            message = f"标题写{year}年,落款写{signed}年"
            yield Hit(((report, sentence.start, sentence.end),), message, f"落款应在{year}年或{year + 1}年")


CHECK = Check(
    "report-years",
    "年份",
    "Years of title, text and signature",
    "正文开头、小标题、落款的年份与标题的年份不相符;计划部分应为下一年。",
    one=find,
    finds=(
        example("山口镇2023年法治政府建设年度报告\n2022年,山口镇坚持依法行政。\n一、主要举措和成效\n开展宣传12次。\n"),
        example(
            "山口镇2023年法治政府建设年度报告\n一、2022年主要举措和成效\n开展宣传12次。\n二、2024年工作安排\n开展宣传20次。\n"
        ),
        example("山口镇2023年法治政府建设年度报告\n一、主要举措和成效\n开展宣传12次。\n山口镇人民政府\n2022年1月6日\n"),
        example("山口镇2023年法治政府建设年度报告\n一、主要举措和成效\n开展宣传12次。\n山口镇人民政府\n二〇二二年一月六日\n"),
    ),
    ignores=(
        example(
            "山口镇2023年法治政府建设年度报告\n2023年,山口镇坚持依法行政。\n一、主要举措和成效\n开展宣传12次。\n二、2024年工作安排\n开展宣传20次。\n山口镇人民政府\n2024年1月6日\n"
        ),
        example("山口镇2023年法治政府建设年度报告\n一、2021年以来主要举措和成效\n开展宣传12次。\n", why="since then"),
    ),
)
