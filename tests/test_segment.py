"""Structure: titles, headings in all the usual numberings, kinds of sections, sentences with their offsets."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.errors import UnreadableReport
from kgraph.knowledge import Knowledge
from kgraph.model import Document, Outline, SectionKind, SentenceKind
from kgraph.segment import Segmenter

SEGMENTER = Segmenter(Knowledge())


def outline(text: str) -> Outline:
    return SEGMENTER.outline(Document(text, "a.txt", "sha256:0"))


def sentence(text: str, part: str) -> object:
    return next(s for s in outline(text).sentences if part in s.text)


HEADINGS = [
    ("二、存在的主要问题", SectionKind.SHORTCOMINGS),
    ("三、2024年法治政府建设工作中的不足和原因", SectionKind.SHORTCOMINGS),
    ("（二）问题与不足", SectionKind.SHORTCOMINGS),
    ("四、下一步工作打算", SectionKind.PLANS),
    ("四、2025年工作计划", SectionKind.PLANS),
    ("4、今后努力方向", SectionKind.PLANS),
    ("第三部分 下年度工作安排", SectionKind.PLANS),
    ("二、党政主要负责人履行推进法治建设第一责任人职责情况", SectionKind.DUTY),
    ("五、其他需要报告的事项", SectionKind.OTHER),
    ("一、主要工作举措及成效", SectionKind.MEASURES),
    ("一、2024年度法治政府建设工作开展情况", SectionKind.MEASURES),
    ("三、着力解决群众反映强烈的突出问题", SectionKind.MEASURES),
    ("二、年度重点工作安排落实情况", SectionKind.MEASURES),
]


@pytest.mark.parametrize(("heading", "kind"), HEADINGS)
def test_a_heading_tells_the_kind_of_its_section(heading: str, kind: SectionKind) -> None:
    text = f"某镇2024年法治政府建设年度报告\n{heading}\n我镇开展了有关工作，并取得了实效。\n"
    assert outline(text).sentences[-1].section.kind is kind


NUMBERINGS = ["一、", "（一）", "(一)", "1.", "1、", "（1）", "(1)", "①", "第一部分 ", "1.1 ", "一）", "1．", "１、"]


@pytest.mark.parametrize("number", NUMBERINGS)
def test_each_numbering_opens_a_heading(number: str) -> None:
    text = f"某镇法治政府建设报告\n{number}健全工作机制\n我镇研究制定了年度方案并抓好落实。\n"
    found = outline(text).sentences
    assert found[-2].kind is SentenceKind.HEADING
    assert found[-1].context == ("健全工作机制",)


LINES = [
    ("（一）强化学习。镇党委组织专题学习，学习了宪法。", "强化学习", SentenceKind.HEADING, "a run-on heading"),
    ("1.强化学习。镇党委组织专题学习，学习了宪法。", "强化学习", SentenceKind.LEAD, "a run-on list lead"),
    ("一是强化学习。镇党委组织专题学习，学习了宪法。", "强化学习", SentenceKind.LEAD, "a lead inside a paragraph"),
    ("一是强化学习，全年组织学习8次。二是抓好培训。", "强化学习", SentenceKind.BODY, "it has figures: a measure"),
    (
        "（三）镇依法治镇办将组织对各村法治建设情况进行检查、督查和指导，狠抓落实，找准问题。",
        "镇依法治镇办",
        SentenceKind.BODY,
        "a full sentence",
    ),
    ("2023年度受理案件12件。", "受理案件", SentenceKind.BODY, "a year is no numbering"),
    ("3.5万元用于普法。", "用于普法", SentenceKind.BODY, "a decimal is no numbering"),
]


@pytest.mark.parametrize(("line", "part", "kind", "why"), LINES)
def test_heading_lead_or_text(line: str, part: str, kind: SentenceKind, why: str) -> None:
    text = f"某镇法治政府建设报告\n一、主要做法\n我镇研究制定了年度方案。\n{line}\n我镇又开展了各项宣传活动。\n"
    assert sentence(text, part).kind is kind, why  # type: ignore[attr-defined]


def test_a_paragraph_on_next_steps_opens_a_plan_without_a_heading() -> None:
    text = "某镇法治政府建设报告\n一、工作情况\n开展普法宣传。\n下一步，我镇将加强执法培训。同时完善制度。\n再加强督查。\n"
    kinds = [s.section.kind for s in outline(text).sentences]
    assert kinds[-3:] == [SectionKind.PLANS] * 3
    assert kinds[-4] is SectionKind.MEASURES


def test_next_steps_inside_shortcomings_end_with_their_item() -> None:
    text = "某镇法治政府建设报告\n一、存在的不足\n一是意识不强。下一步我镇将加强宣传。二是力量不足。\n"
    assert [s.section.kind for s in outline(text).sentences][-3:] == [
        SectionKind.SHORTCOMINGS,
        SectionKind.PLANS,
        SectionKind.SHORTCOMINGS,
    ]


def test_front_title_and_signature() -> None:
    text = "索引号：1234 发布日期：2024-01-05\n某县某镇人民政府\n关于2023年法治政府建设情况的报告\n\n县政府：\n现报告如下。\n一、做法\n开展普法。\n\n某县某镇人民政府\n2024年1月5日\n"
    found = outline(text)
    assert found.title == "某县某镇人民政府 关于2023年法治政府建设情况的报告"
    kinds = [s.kind for s in found.sentences]
    assert kinds[:4] == [SentenceKind.FRONT] * 4
    assert kinds[-2:] == [SentenceKind.CLOSING] * 2


def test_noise_is_dropped_from_the_matching_text_and_offsets_stay() -> None:
    text = "某镇法治政府建设报告\n一、做法\n[bookmark: _GoBack]全年开展 普法 活动 40 余次，覆盖 “两委” 干部。\n"
    found = outline(text).sentences[-1]
    assert found.text == '全年开展 普法 活动40余次,覆盖"两委"干部。'
    start, end = found.span(found.text.index("40"), found.text.index("次") + 1)
    assert text[start:end] == "40 余次"


def test_wrapped_lines_are_one_sentence() -> None:
    line = "我镇紧紧围绕法治政府建设目标任务持续深化改革创新不断完善工作"
    text = "某镇法治政府建设报告\n一、做法\n" + "\n".join([line] * 12) + "机制。\n"
    assert len(outline(text).sentences) == 3


def test_a_text_without_structure_is_refused() -> None:
    with pytest.raises(UnreadableReport, match="no heading"):
        outline("今天天气很好。我们去爬山。")


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet=st.sampled_from("一二、（）(1).。；;：: \n\t　是我镇《》“”2024年%万下步存在问题，\u200b[]<>&"), max_size=200)
)
def test_never_raises_but_to_refuse_and_spans_hold(text: str) -> None:
    try:
        found = outline(text)
    except UnreadableReport:
        return
    last = 0
    for s in found.sentences:
        assert last <= s.start < s.end <= len(text)
        last = s.end
        i, j = s.span(0, len(s.text))
        assert (i, j) == (s.start, s.end)
