"""Paragraphs shared across reports after the common stock is taken out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kgraph.audit.align import Region, marked
from kgraph.audit.context import Context, Parameters
from kgraph.audit.copies import Corpus
from kgraph.audit.model import Check, Hit, Report, Span, example
from kgraph.audit.paragraphs import Paragraph


@dataclass(frozen=True, slots=True)
class Reuse:
    """A region of a report that agrees with one of an earlier report (earlier by date or year; else by file name)."""

    later: Report
    earlier: Report
    mine: Paragraph
    theirs: Paragraph
    region: Region
    dated: bool

    def spans(self) -> tuple[Span, Span]:
        """The two places."""
        r = self.region
        return (
            (self.later, *self.mine.span(r.start, r.end)),
            (self.earlier, *self.theirs.span(r.other_start, r.other_end)),
        )

    def side_by_side(self) -> tuple[str, str]:
        """The two texts with the words in which they differ marked."""
        r = self.region
        return marked(self.mine.text[r.start : r.end], self.theirs.text[r.other_start : r.other_end])


def reuses(reports: Sequence[Report], context: Context) -> list[Reuse]:
    """All shared paragraphs between reports, under the settings of ``copy-across``. Kept by the context, for the checks
    that tell them apart."""
    kept: list[tuple[tuple[Report, ...], list[Reuse]]] = vars(context).setdefault("_reuses", [])
    if not kept or len(kept[0][0]) != len(reports) or any(a is not b for a, b in zip(kept[0][0], reports, strict=True)):
        kept[:] = [(tuple(reports), list(_found(reports, context.parameters("copy-across"))))]
    return kept[0][1]


def _found(reports: Sequence[Report], p: Parameters) -> Iterator[Reuse]:
    corpus = Corpus(p.words("stock"))
    owners: list[Report] = []
    units: list[Paragraph] = []
    shortest = int(p.number("shortest"))
    for number, report in enumerate(reports):
        for paragraph in report.paragraphs():
            if len(paragraph.text) >= shortest:
                corpus.add(number, paragraph.text)
                owners.append(report)
                units.append(paragraph)
    for copy in corpus.copies(shortest, p.number("agreement"), int(p.number("own"))):
        one, other, region = copy.one, copy.other, copy.region
        dated = _time(owners[one]) != _time(owners[other]) and "" not in (_time(owners[one]), _time(owners[other]))
        if (_time(owners[one]), owners[one].source) < (_time(owners[other]), owners[other].source):
            one, other = other, one
            region = Region(region.other_start, region.other_end, region.start, region.end, region.same)
        yield Reuse(owners[one], owners[other], units[one], units[other], region, dated)


def _time(report: Report) -> str:
    if report.issued is not None:
        return report.issued.isoformat()
    return f"{report.year + 1}" if report.year is not None else ""


def _hits(found: Sequence[Reuse], words: str) -> Iterator[Hit]:
    """One hit for each pair of reports, with all shared paragraphs, the longest first."""
    pairs: dict[tuple[str, str], list[Reuse]] = {}
    for reuse in found:
        pairs.setdefault((reuse.later.iri, reuse.earlier.iri), []).append(reuse)
    for shared in pairs.values():
        shared.sort(key=lambda r: (-r.region.same, r.spans()[0][1]))
        first = shared[0]
        length = sum(r.region.length for r in shared)
        agreement = sum(r.region.agreement * r.region.length for r in shared) / length
        who = first.earlier.title or first.earlier.source
        message = f"与{words}《{who}》有{len(shared)}段共{length}字相同或大体相同(文字相同{agreement:.0%})"
        mine, theirs = first.side_by_side()
        when = "本库中较早的是后者" if first.dated else "先后不明"
        yield Hit(
            tuple(span for r in shared for span in r.spans()),
            message,
            f"本报告:{mine} / 另一份:{theirs}({when};不同的词在【】里)",
            min(1.0, 0.75 + length / 2000),
        )


def across(reports: Sequence[Report], context: Context, p: Parameters) -> Iterator[Hit]:
    """Between reports of different bodies."""
    yield from _hits([r for r in reuses(reports, context) if not _same(r)], "")


def last_year(reports: Sequence[Report], context: Context, p: Parameters) -> Iterator[Hit]:
    """Between reports of the same body on different years."""
    found = [r for r in reuses(reports, context) if _same(r) and r.later.year != r.earlier.year]
    yield from _hits(found, "自己以前的报告")


def _same(reuse: Reuse) -> bool:
    return reuse.later.issuer != "" and reuse.later.issuer == reuse.earlier.issuer


_OWN = (
    "在东风水库边的老粮仓里办起夜校,请退休法官每周三晚上给村民讲一个身边的官司,一年下来讲了四十六场,"
    "听众从起初的七八个人增加到两百多人,还带出了十二名能写诉状的年轻人,邻近的养殖户也划船过来听。"
)
_REPORT = "{place}{year}年法治政府建设年度报告\n一、主要举措和成效\n{text}\n二、存在的不足\n法治意识不强。\n"
ACROSS = Check(
    "copy-across",
    "与其他机关的报告相同",
    "Paragraphs shared with other bodies' reports",
    "除去通用提法之后,一段文字与另一机关的报告相同或大体相同。谁先谁后只按本库中的日期说。",
    all=across,
    finds=(
        example(
            _REPORT.format(place="宝丰县张八桥镇", year=2022, text=_OWN),
            _REPORT.format(place="黔江区鹅池镇", year=2023, text=_OWN.replace("东风", "红旗").replace("十二名", "九名")),
        ),
    ),
    ignores=(
        example(
            _REPORT.format(place="宝丰县张八桥镇", year=2022, text=_OWN),
            _REPORT.format(
                place="黔江区鹅池镇",
                year=2023,
                text="深入学习贯彻习近平法治思想,全面落实行政执法责任制,组织执法人员开展业务培训。",
            ),
        ),
    ),
)
LAST_YEAR = Check(
    "copy-last-year",
    "与自己以前的报告相同",
    "Paragraphs of one's own earlier reports",
    "除去通用提法之后,一段文字与同一机关另一年度的报告相同或大体相同。",
    all=last_year,
    finds=(
        example(
            _REPORT.format(place="宝丰县张八桥镇", year=2022, text=_OWN),
            _REPORT.format(place="宝丰县张八桥镇", year=2023, text=_OWN.replace("四十六", "五十")),
        ),
    ),
    ignores=(
        example(
            _REPORT.format(place="宝丰县张八桥镇", year=2022, text=_OWN),
            _REPORT.format(
                place="宝丰县张八桥镇", year=2023, text="今年夜校停办,改由网格员上门讲解,全年入户三千多次,解答疑问五百多个。"
            ),
        ),
    ),
)
