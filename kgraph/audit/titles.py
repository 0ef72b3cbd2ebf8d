"""Titles that nobody knows but that are close to a known one: misspelt or garbled."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kgraph.audit.context import Context, Parameters, title_core
from kgraph.audit.model import Check, Hit, Report, example
from kgraph.text import normalise

_TITLE = re.compile(r"《([^《》]{4,60})》")


def distance(one: str, other: str, limit: int = 4) -> int:
    """The number of characters to insert, delete, replace or swap to turn one text into another; ``limit`` if not fewer.

    >>> distance("信访工作条列", "信访工作条例"), distance("安全生产法", "安全法生产"), distance("民法典", "刑法")
    (1, 2, 2)
    """
    if abs(len(one) - len(other)) >= limit:
        return limit
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) >= limit:
            return limit
        before, last = last, row
    return min(last[-1], limit)


def _difference(one: str, other: str) -> tuple[str, str]:
    """The parts in which two texts differ between what they share at both ends."""
    i = 0
    while i < min(len(one), len(other)) and one[i] == other[i]:
        i += 1
    j = 0
    while j < min(len(one), len(other)) - i and one[-1 - j] == other[-1 - j]:
        j += 1
    return one[i : len(one) - j], other[i : len(other) - j]


def find(report: Report, context: Context, p: Parameters) -> Iterator[Hit]:
    """Unknown titles in 《》 that are a slip away from a known one."""
    plain = normalise(report.text)
    known_here: set[str] = set()
    unknown: list[tuple[int, int, str]] = []
    for m in _TITLE.finditer(plain):
        title = m.group(1).replace("\n", "").replace(" ", "")
        law = context.catalogue.lookup(title, report.year)
        if law is not None:
            known_here.update(title_core(n) for n in (law.name, *law.short_names))
        else:
            unknown.append((m.start(1), m.end(1), title))
    for start, end, title in unknown:
        core = title_core(title)
        if p.pattern("own").search(core):
            continue
        found = [c for c in context.regions.find(core[:16]) if c.start < 4]
        if found:
            continue
        best: tuple[int, str] | None = None
        near = {n for law in context.catalogue.near(title, limit=6) for n in (law.name, *law.short_names)}
        for i in range(len(core) + 1):
            near.update(context.misspelt.get(core[:i] + core[i + 1 :], ()))
        for name in sorted(near):
            far = distance(core, title_core(name))
            if best is None or (far, name) < best:
                best = (far, name)
        for name in sorted(known_here):
            if name.endswith(core[-4:]) and (far := distance(core, name)) < (best[0] if best else 4):
                best = (far, name)
        if best is None or best[0] == 0 or best[0] > 3:
            continue
        far, name = best
        ours, theirs = _difference(core, title_core(name))
        if p.pattern("meaningful").search(ours) or p.pattern("meaningful").search(theirs):
            continue
        beside = title_core(name) in known_here
        odd = beside or p.pattern("no_title").match(core)
        if not odd and far > (2 if len(core) >= p.number("long") else 1):
            continue
        sure = 1.0 if beside or far == 1 else 0.75
        if len(core) < 6 and not beside:
            sure *= 0.6
        message = f"《{title}》不在名录中,与《{name}》相近"
        yield Hit(
            ((report, start, end),),
            message,
            f"“{ours}”对“{theirs}”,相差{far}字" + (";同一报告另处写作已知名称" if beside else ""),
            sure,
        )


CHECK = Check(
    "law-title",
    "名称有误的法律",
    "Garbled titles of laws",
    "《》里的名称不在名录中,但与已知名称只差一两个字。只是提请核对:名录没有的未必有误。",
    one=find,
    finds=(
        example("认真落实《信访工作条列》,畅通信访渠道。"),
        example("贯彻《优化营商环境条例》,清理《不符合营商环境条例》的文件。"),
        example("落实《法制政府建设实施纲要(2021-2025年)》各项要求。"),
    ),
    ignores=(
        example("认真落实《信访工作条例》,畅通信访渠道。"),
        example("落实《江西省优化营商环境条例》和《优化营商环境条例》。", why="a region's own"),
        example("印发《重大行政决策事项目录》。", why="a paper of one's own"),
    ),
)
