"""Passages that stand twice in one report."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from kgraph.audit.align import aligned
from kgraph.audit.context import Context, Parameters
from kgraph.audit.model import Check, Hit, Report, example
from kgraph.model import SectionKind

_PIECE = 8
_TITLE = re.compile(r"《[^》]*》")


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence: its text, its span in the report, what its section is about."""

    text: str
    start: int
    end: int
    kind: SectionKind


def _units(report: Report, shortest: int) -> list[_Unit]:
    """The sentences that are long enough without the titles in them."""
    starts = [s.start for s in report.sentences]
    out = []
    for paragraph in report.paragraphs():
        for text, start, end in paragraph.sentences():
            if len(_TITLE.sub("", text)) >= shortest:
                kind = report.sentences[bisect_right(starts, start) - 1].section.kind
                out.append(_Unit(text, start, end, kind))
    return out


def find(report: Report, context: Context, p: Parameters) -> Iterator[Hit]:
    """Sentences that agree with an earlier one; neighbours that repeat neighbours are one finding."""
    shortest = int(p.number("shortest"))
    units = _units(report, shortest // 2)
    index: dict[str, list[int]] = {}
    pairs: list[tuple[int, int, int]] = []
    for n, unit in enumerate(units):
        text = unit.text
        grams = {text[i : i + _PIECE] for i in range(len(text) - _PIECE + 1)}
        votes: dict[int, int] = {}
        for gram in grams:
            for m in index.get(gram, ()):
                votes[m] = votes.get(m, 0) + 1
            index.setdefault(gram, []).append(n)
        for m in sorted(votes, key=lambda m: (-votes[m], m))[:3]:
            region = aligned(units[m].text, text)
            if region is None or region.agreement < p.number("agreement"):
                continue
            same = len(_TITLE.sub("", text[region.other_start : region.other_end]))
            if same >= 0.7 * min(len(unit.text), len(units[m].text)):
                pairs.append((m, n, same))
                break
    yield from _merged(report, units, pairs, shortest)


def _merged(report: Report, units: list[_Unit], pairs: list[tuple[int, int, int]], shortest: int) -> Iterator[Hit]:
    runs: list[list[tuple[int, int, int]]] = []
    for pair in pairs:
        if runs and 0 < pair[0] - runs[-1][-1][0] <= 2 and 0 < pair[1] - runs[-1][-1][1] <= 2:
            runs[-1].append(pair)
        else:
            runs.append([pair])
    for run in runs:
        same = sum(pair[2] for pair in run)
        if same < shortest:
            continue
        spans = tuple((report, units[run[0][k]].start, units[run[-1][k]].end) for k in (1, 0))
        planned = {units[run[0][k]].kind for k in (0, 1)} == {SectionKind.MEASURES, SectionKind.PLANS}
        what = "计划部分与举措部分" if planned else "两处"
        yield Hit(spans, f"{what}有{same}字相同或大体相同", "一段文字在同一份报告里出现两次", min(1.0, 0.75 + same / 400))


_PASSAGE = "镇里认真开展行政执法工作,明确执法权限,发挥平安建设办公室作用,整合各方资源,开展治安防控和帮教工作,维护基层社会稳定和谐"
CHECK = Check(
    "copy-repeats",
    "同一份报告里重复的段落",
    "Passages repeated inside a report",
    "较长的一段文字在同一份报告里出现两次,逐字或大体相同。",
    one=find,
    finds=(
        example(
            f"山口镇2023年法治政府建设年度报告\n一、主要举措和成效\n(一)服务发展\n{_PASSAGE}。走访企业20家。\n(二)打造法治乡镇\n加强基础建设。{_PASSAGE}。\n"
        ),
    ),
    ignores=(
        example(
            f"山口镇2023年法治政府建设年度报告\n一、主要举措和成效\n(一)服务发展\n{_PASSAGE}。\n(二)打造法治乡镇\n开展行政执法工作,明确执法权限,做到公正文明。\n"
        ),
        example(
            "山口镇2023年法治政府建设年度报告\n一、主要举措和成效\n落实《某某市人民政府办公室关于印发某某市法治政府建设实施方案和任务分工的通知》要求。\n"
            "(二)加强督查\n对照《某某市人民政府办公室关于印发某某市法治政府建设实施方案和任务分工的通知》自查。\n",
            why="only a long title",
        ),
    ),
)
