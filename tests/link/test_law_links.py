"""What a law mention denotes: the catalogue's law, an earlier title that it abbreviates, or itself."""

from __future__ import annotations

import pytest

from kgraph.extract.laws import LawExtractor
from kgraph.knowledge import Knowledge
from kgraph.link.laws import LawLinker
from kgraph.model import Citation, Outline, ReportMeta, Section, SectionKind, Sentence, SentenceKind, Unlinked
from kgraph.text import normalise

KNOWLEDGE = Knowledge()
EXTRACTOR = LawExtractor(KNOWLEDGE)
LINKER = LawLinker(KNOWLEDGE, EXTRACTOR.catalogue)
SECTION = Section(SectionKind.MEASURES, (), 0, 0, 1)


def link(text: str, year: int | None = 2024) -> tuple[list[Citation], list[Unlinked]]:
    sentences, at = [], 0
    for part in text.split("。"):
        sentences.append(Sentence(normalise(part), at, at + len(part), None, SentenceKind.BODY, SECTION, (), 0))
        at += len(part) + 1
    outline = Outline(None, (SECTION,), tuple(sentences))
    meta = ReportMeta(None, None, (), year, None)
    return LINKER.link(EXTRACTOR.extract(outline), outline, meta, text)


NAMES = [
    ("学习《民法典》", ["中华人民共和国民法典"], "short name"),
    (
        "落实《法治政府建设实施纲要（2015-2020年）》。按照《纲要》要求",
        ["法治政府建设实施纲要（2015－2020年）"] * 2,
        "later short form",
    ),
    (
        "落实《法治政府建设实施纲要（2021-2025年）》（以下简称《纲要》）。按照《纲要》要求",
        ["法治政府建设实施纲要（2021－2025年）"] * 3,
        "defined",
    ),
    ("贯彻《信访工作条例》。《条例》施行以来", ["信访工作条例"] * 2, "条例"),
    (
        "贯彻《信访工作条例》和《优化营商环境条例》。落实《条例》",
        ["信访工作条例", "优化营商环境条例", "优化营商环境条例"],
        "the last one",
    ),
    (
        "贯彻《信访工作条例》（以下简称《条例》），落实《优化营商环境条例》。按照《条例》",
        ["信访工作条例", "信访工作条例", "优化营商环境条例", "信访工作条例"],
        "the defined one",
    ),
    ("落实《平川县关于加强普法的实施意见》。对照《实施意见》", ["平川县关于加强普法的实施意见"] * 2, "实施意见"),
    ("学习《民法典》。落实《条例》", ["中华人民共和国民法典", "条例"], "nothing that it abbreviates"),
    ("落实《条例》。学习《信访工作条例》", ["条例", "信访工作条例"], "only what stands before"),
    ("落实《条例》。落实《条例》", ["条例", "条例"], "a short form is no antecedent"),
    ("制定《工作方案》", ["工作方案"], "generic title"),
    (
        "印发《提升行政执法质量三年行动计划（2023-2025年）》",
        ["提升行政执法质量三年行动计划（2023-2025年）"],
        "what a body makes is its own, not the nation's",
    ),
    ("落实《提升行政执法质量三年行动计划（2023-2025年）》", ["提升行政执法质量三年行动计划（2023－2025年）"], "the nation's"),
    ("编制全镇“八五”普法规划", ["“八五”普法规划"], "the town's own"),
    ("落实全县《法治社会建设实施纲要》", ["法治社会建设实施纲要"], "the county's own"),
    ("学习《中华人民共和国\n行政复议法》", ["中华人民共和国行政复议法"], "line break in a known title"),
    (
        "根据《甲办关于印发〈乙县工作要点〉的通知》",
        ["甲办关于印发〈乙县工作要点〉的通知", "乙县工作要点"],
        "own characters are kept",
    ),
]


@pytest.mark.parametrize(("text", "names", "why"), NAMES)
def test_names(text: str, names: list[str], why: str) -> None:
    citations, _ = link(text)
    assert [c.law.name for c in citations] == names, why


@pytest.mark.parametrize(
    ("year", "expected"), [(2018, "（2015－2020年）"), (2022, "（2021－2025年）"), (None, "（2021－2025年）")]
)
def test_the_version_of_the_reports_year(year: int | None, expected: str) -> None:
    citations, _ = link("落实《法治政府建设实施纲要》", year)
    assert citations[0].law.name == "法治政府建设实施纲要" + expected


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("制定《工作方案》", True),
        ("制定《2024年普法工作要点》", True),
        ("按照《2025年全县法治政府建设工作要点》", True),
        ("落实《全镇普法工作方案》", True),
        ("落实《平川县普法工作方案》", False),
        ("落实《2024年平川县普法工作要点》", False),
        ("落实《中共平川县委关于加强普法的意见》", False),
        ("学习《物业服务条例》", False),
        ("学习《民法典》", False),
    ],
)
def test_a_title_that_names_no_place_stays_with_its_report(text: str, local: bool) -> None:
    assert link(text)[0][0].law.local is local


@pytest.mark.parametrize(
    ("text", "reason", "candidates"),
    [
        ("清理《不符合营商环境条例》", "title not in the catalogue", ("优化营商环境条例",)),
        ("落实《条例》", "short form of no title before it", ()),
    ],
)
def test_what_could_not_be_told_is_listed(text: str, reason: str, candidates: tuple[str, ...]) -> None:
    citations, unlinked = link(text)
    assert [(u.what, u.reason, u.candidates) for u in unlinked] == [("law", reason, candidates)]
    assert not citations[0].law.known


def test_known_laws_are_not_listed_and_carry_the_catalogue() -> None:
    citations, unlinked = link("学习《婚姻法》")
    law = citations[0].law
    assert unlinked == []
    assert (law.known, law.kind, law.repealed, law.replaced_by) == (True, "law", "2021-01-01", "中华人民共和国民法典")


def test_the_same_input_gives_the_same_output() -> None:
    text = "落实《信访工作条例》《工作方案》《条例》和宪法"
    assert link(text) == link(text)
