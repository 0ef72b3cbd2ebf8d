"""Left-over names of other places: 岩头寨镇 in a report of 张八桥镇."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kgraph.audit.context import Context, Parameters
from kgraph.audit.model import Check, Hit, Report, Span, example
from kgraph.regions import RegionName, Regions
from kgraph.text import normalise

_MASKED = re.compile(r"《[^》]*》?|\"[^\"]{0,30}\"")
_TITLE = re.compile(r"《([^《》\n]{4,80})")


def _level(name: RegionName, regions: Regions) -> int:
    found = regions.get(name.codes[0])
    return found.level if found else 0


def _foreign(codes: tuple[str, ...], report: Report, regions: Regions) -> bool:
    """Whether none of the units that a name can mean is the report's, contains it, lies in it, or lies beside it."""
    own = report.regions[-1]
    lineage = regions.lineage(own)
    unit = regions.get(own)
    beside = unit.parent if unit is not None and unit.level > 1 else ""
    for code in codes:
        theirs = regions.lineage(code)
        if code in lineage or own in theirs or (beside and beside in theirs):
            return False
    return bool(codes)


def _own_level(report: Report, regions: Regions) -> int:
    unit = regions.get(report.regions[-1])
    return unit.level if unit is not None else 0


def find(report: Report, context: Context, p: Parameters) -> Iterator[Hit]:
    """Names of units of the report's own level, or below, that are far from it and stand where its own name would."""
    regions = context.regions
    if not report.regions or not report.issuer:
        return
    level = _own_level(report, regions)
    seen: dict[str, list[Span]] = {}
    sure: dict[str, float] = {}
    for _, sentence in report.told():
        text = _MASKED.sub(lambda m: "\x00" * len(m.group()), sentence.text)
        for name in regions.find(text):
            last = name.names[-1]
            if _level(name, regions) < min(level, 3) or len(last) < 3 or last in p.words("common"):
                continue
            before, after = text[max(0, name.start - 8) : name.start], text[name.end : name.end + 8]
            if p.pattern("visited").search(before) or p.pattern("belongings").match(after):
                continue
            if not _foreign(name.codes, report, regions):
                continue
            certain = p.pattern("as_own_before").search(before) or p.pattern("as_own_after").match(after)
            if not certain and (len(name.names) > 1 or _level(name, regions) < 4 or not p.pattern("bounds").search(before)):
                continue
            if len(name.codes) > p.number("homonyms"):
                continue  # a name of so many places may be a new one's here
            seen.setdefault(last, []).append((report, *sentence.span(name.start, name.end)))
            sure[last] = max(sure.get(last, 0.0), 1.0 if certain else 0.75)
    own = regions.get(report.regions[-1])
    for last, spans in seen.items():
        code = regions.codes(last)
        where = "、".join(sorted({"".join(r.name for r in regions.path(c)[:-1]) for c in code})[:3])
        message = f"报告属于{own.name if own else report.issuer},文中却出现{last}"
        yield Hit(tuple(spans[:5]), message, f"{last}:{where or '不在本地'};出现{len(spans)}次", sure[last])


def rules(report: Report, context: Context, p: Parameters) -> Iterator[Hit]:
    """Local rules of other regions, cited as if they were in force here."""
    regions = context.regions
    if not report.regions:
        return
    plain = normalise(report.text)
    for cited in report.citations:
        m = _TITLE.match(plain, cited.start - 1) if cited.start else None
        before = re.split(r"[,。;\n]", plain[max(0, cited.start - 16) : cited.start])[-1]
        if m is None or p.pattern("of_others").search(before):
            continue
        name = next((n for n in regions.find(m.group(1)[:20]) if n.start <= 2), None)
        if name is None or p.pattern("not_local").search(m.group(1)):
            continue
        own_level = _own_level(report, regions)
        level = _level(name, regions)
        if level > own_level or not _elsewhere(name.codes, report, regions):
            continue
        place = name.names[-1]
        message = f"引用了{place}的文件《{m.group(1).split('》')[0][:40]}》"
        yield Hit(((report, cited.start, cited.end),), message, f"报告不属于{place}")


def _elsewhere(codes: tuple[str, ...], report: Report, regions: Regions) -> bool:
    """Whether none of the units contains the report's region or lies in it."""
    own = report.regions[-1]
    lineage = regions.lineage(own)
    return bool(codes) and not any(code in lineage or own in regions.lineage(code) for code in codes)


CHECK = Check(
    "copy-places",
    "别处的地名",
    "Left-over names of other places",
    "该写本地名称的地方,写着远处另一个地方的名称。去外地学习、与外地协作等不算。",
    one=find,
    finds=(
        example("宝丰县张八桥镇2023年法治政府建设年度报告\n一、主要举措和成效\n把依法行政作为岩头寨镇开展各项工作的首要前提。\n"),
        example("宝丰县张八桥镇2023年法治政府建设年度报告\n一、主要举措和成效\n岩头寨镇司法所组织法治宣传12次。\n"),
        example("宝丰县人民政府2023年法治政府建设年度报告\n一、主要举措和成效\n古丈县委、县政府高度重视法治建设。\n"),
    ),
    ignores=(
        example("宝丰县张八桥镇2023年法治政府建设年度报告\n一、主要举措和成效\n把依法行政作为张八桥镇开展各项工作的首要前提。\n"),
        example("宝丰县张八桥镇2023年法治政府建设年度报告\n一、主要举措和成效\n组织干部赴岩头寨镇学习法治建设经验。\n"),
        example("宝丰县张八桥镇2023年法治政府建设年度报告\n一、主要举措和成效\n与古丈县司法局签订协作协议。\n"),
        example(
            "宝丰县张八桥镇2023年法治政府建设年度报告\n一、主要举措和成效\n宝丰县和商酒务镇开展联合宣传。\n", why="its own county"
        ),
    ),
)
RULES = Check(
    "copy-rules",
    "别处的地方性文件",
    "Local rules of other regions",
    "引用标题里写着另一个省、市、县名称的地方性法规、规章或文件。",
    one=rules,
    finds=(example("宝丰县张八桥镇2023年法治政府建设年度报告\n一、主要举措和成效\n严格执行《湖南省行政程序规定》,规范决策。\n"),),
    ignores=(
        example(
            "宝丰县张八桥镇2023年法治政府建设年度报告\n一、主要举措和成效\n严格执行《河南省行政规范性文件管理办法》,规范决策。\n"
        ),
        example("宝丰县张八桥镇2023年法治政府建设年度报告\n一、主要举措和成效\n学习借鉴《湖南省行政程序规定》的做法。\n"),
    ),
)
