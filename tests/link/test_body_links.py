"""Which body a name denotes: tables of (report, name as written) → full name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.extract.bodies import BodyExtractor
from kgraph.extract.body_lexicon import BodyLexicon
from kgraph.knowledge import Knowledge
from kgraph.link.bodies import BodyLinker
from kgraph.link.body_names import BodyNamer
from kgraph.model import Body, BodyMention, BodyUse, Outline, ReportMeta, Section, SectionKind, Sentence, SentenceKind, Unlinked
from kgraph.regions import Regions
from kgraph.text import normalise

KNOWLEDGE = Knowledge()
REGIONS = Regions.of(KNOWLEDGE)
EXTRACTOR = BodyExtractor(KNOWLEDGE)
LINKER = BodyLinker(KNOWLEDGE)
NAMER = BodyNamer(KNOWLEDGE)
SECTION = Section(SectionKind.MEASURES, (), 0, 0, 1)


def report(code: str, issuer: str | None, type_: str = "government") -> ReportMeta:
    body = Body(issuer, type_, code) if issuer else None
    return ReportMeta(None, body, REGIONS.path(code), 2024, None)


REPORTS = {
    "town": report("441602101", "河源市源城区埔前镇人民政府"),  # 广东省河源市源城区埔前镇
    "chongqing town": report("500114114", "重庆市黔江区鹅池镇人民政府"),
    "street": report("420105005", "武汉市汉阳区鹦鹉街道办事处", "street-office"),
    "county": report("410421", "平顶山市宝丰县人民政府"),
    "county city": report("350582", "泉州市晋江市人民政府"),
    "prefecture": report("320800", "淮安市人民政府"),
    "autonomous": report("532530", "红河哈尼族彝族自治州金平苗族瑶族傣族自治县人民政府"),
    "guangxi": report("450400", "梧州市人民政府"),
    "province": report("520000", "贵州省人民政府"),
    "district of Tianjin": report("120118", "天津市静海区人民政府"),
    "police": report("640424", "固原市泾源县公安局", "public-security"),
    "ecology": report("370400", "枣庄市生态环境局", "environment"),
    "unnamed town": report("430900", None),
    "renamed county": report(REGIONS.codes("禄丰市")[0], "楚雄彝族自治州禄丰市人民政府"),
    "zone town": ReportMeta(
        None, Body("大连市金普新区中长街道办事处", "street-office", "210200"), REGIONS.path("210200"), 2025, None
    ),
    "prefecture county": report(REGIONS.codes("叶城县")[0], "喀什地区叶城县人民政府"),
    "unlisted town": ReportMeta(
        None, Body("平顶山市宝丰县云上镇人民政府", "government", "410421"), REGIONS.path("410421"), 2024, None
    ),
}

CASES = [
    ("town", "区委", "中共河源市源城区委员会"),
    ("town", "区政府", "河源市源城区人民政府"),
    ("town", "省委", "中共广东省委员会"),
    ("town", "市委", "中共河源市委员会"),
    ("town", "镇政府", "河源市源城区埔前镇人民政府"),
    ("town", "镇党委", "中共河源市源城区埔前镇委员会"),
    ("town", "埔前镇党委", "中共河源市源城区埔前镇委员会"),
    ("town", "司法所", "河源市源城区埔前镇司法所"),
    ("town", "镇公共法律服务工作站", "河源市源城区埔前镇公共法律服务工作站"),
    ("town", "河源市源城区埔前镇人民政府", "河源市源城区埔前镇人民政府"),
    ("town", "中共埔前镇委全面依法治镇委员会", "中共河源市源城区埔前镇委全面依法治镇委员会"),
    ("town", "区司法局", "河源市源城区司法局"),
    ("town", "司法局", "河源市源城区司法局"),  # a town has none, so its county's
    ("town", "市民政局", "河源市民政局"),  # not of 市民
    ("town", "省市场监督管理局", "广东省市场监督管理局"),  # not of 省市
    ("town", "市民宗局", "河源市民族宗教事务局"),
    ("county", "县乡村振兴局", "平顶山市宝丰县乡村振兴局"),  # not of 县乡
    ("province", "省人大农业与农村委员会", "贵州省人民代表大会农业与农村委员会"),  # not the congress itself
    ("prefecture", "市委教育工委", "中共淮安市委教育工作委员会"),  # not a committee of a zone
    ("county", "县城乡综合执法局", "平顶山市宝丰县城乡综合执法局"),
    ("prefecture", "市乡村振兴局", "淮安市乡村振兴局"),
    ("prefecture", "市场监督管理局", "淮安市市场监督管理局"),
    ("town", "法治建设工作领导小组", "河源市源城区埔前镇法治建设工作领导小组"),
    ("town", "平安建设办公室", "河源市源城区埔前镇平安建设办公室"),
    ("town", "广东明德律师事务所", "广东明德律师事务所"),
    ("town", "国务院", "国务院"),
    ("town", "县政府", "县政府"),  # 源城区 is no 县
    ("town", "宝丰县司法局", "平顶山市宝丰县司法局"),  # another region's keeps its region
    ("town", "鼓楼区司法局", "鼓楼区司法局"),  # there are four
    ("chongqing town", "市委", "中共重庆市委员会"),
    ("chongqing town", "派出所", "重庆市黔江区鹅池镇派出所"),
    ("street", "街道党工委", "中共武汉市汉阳区鹦鹉街道工作委员会"),
    ("street", "街道办事处", "武汉市汉阳区鹦鹉街道办事处"),
    ("street", "街道综合执法中心", "武汉市汉阳区鹦鹉街道综合执法中心"),
    ("county", "县委", "中共平顶山市宝丰县委员会"),
    ("county", "县市场监管局", "平顶山市宝丰县市场监督管理局"),
    ("county", "县人社局", "平顶山市宝丰县人力资源和社会保障局"),
    ("county", "县法院", "平顶山市宝丰县人民法院"),
    ("county", "县委依法治县办", "中共平顶山市宝丰县委全面依法治县委员会办公室"),
    ("county", "县人大常委会", "平顶山市宝丰县人民代表大会常务委员会"),
    ("county", "县纪委", "中共平顶山市宝丰县纪律检查委员会"),
    ("county", "县政府办", "平顶山市宝丰县人民政府办公室"),
    ("county", "县公安局交警大队", "平顶山市宝丰县公安局交警大队"),
    ("county", "县委宣传部", "中共平顶山市宝丰县委宣传部"),
    ("county", "县委政法委", "中共平顶山市宝丰县委政法委员会"),
    ("county", "市司法局", "平顶山市司法局"),
    ("county", "张八桥镇人民政府", "平顶山市宝丰县张八桥镇人民政府"),
    ("county", "镇政府", "镇政府"),  # a county has many
    ("county city", "市委", "中共泉州市晋江市委员会"),  # its own, not 泉州's
    ("county city", "泉州市交通运输局", "泉州市交通运输局"),
    ("prefecture", "市中级人民法院", "淮安市中级人民法院"),
    ("prefecture", "市政府法制办", "淮安市人民政府法制办公室"),
    ("prefecture", "区政府", "区政府"),  # a prefecture has many
    ("autonomous", "州人民政府", "红河哈尼族彝族自治州人民政府"),
    ("autonomous", "中共红河州委", "中共红河哈尼族彝族自治州委员会"),
    ("guangxi", "自治区党委", "中共广西壮族自治区委员会"),
    ("guangxi", "自治区人民政府", "广西壮族自治区人民政府"),
    ("province", "省政府办公厅", "贵州省人民政府办公厅"),
    ("province", "省政府党组", "贵州省人民政府党组"),
    ("district of Tianjin", "市司法局", "天津市司法局"),
    ("district of Tianjin", "市政府", "天津市人民政府"),
    ("police", "局党委", "固原市泾源县公安局党委"),
    ("police", "县委", "中共固原市泾源县委员会"),
    ("police", "法治政府建设工作领导小组", "固原市泾源县公安局法治政府建设工作领导小组"),
    ("police", "局法制大队", "固原市泾源县公安局法制大队"),
    ("ecology", "省厅", "山东省生态环境厅"),
    ("ecology", "市政府", "枣庄市人民政府"),
    ("unnamed town", "市委", "中共益阳市委员会"),
    ("unnamed town", "区委", "区委"),
    ("unnamed town", "乡党委", "乡党委"),
    ("unnamed town", "法治政府建设工作领导小组", "法治政府建设工作领导小组"),
    ("renamed county", "县政府", "楚雄彝族自治州禄丰市人民政府"),  # before 2021 it was 禄丰县
    ("prefecture county", "地委", "中共喀什地区委员会"),
    ("prefecture county", "行署", "喀什地区行政公署"),
    ("zone town", "街道人民调解委员会", "大连市金普新区中长街道人民调解委员会"),
    ("zone town", "新区消防救援大队", "新区消防救援大队"),  # 新区 is no former name here, nor the street's
    ("unlisted town", "司法所", "平顶山市宝丰县云上镇司法所"),
    ("unlisted town", "镇政府", "平顶山市宝丰县云上镇人民政府"),
    ("unlisted town", "县委", "中共平顶山市宝丰县委员会"),
]


def outline_of(*texts: str) -> Outline:
    sentences, at = [], 0
    for text in texts:
        sentences.append(Sentence(normalise(text), at, at + len(text), None, SentenceKind.BODY, SECTION, (), 0))
        at += len(text)
    return Outline(None, (SECTION,), tuple(sentences))


def link(which: str, *texts: str) -> tuple[list[BodyUse], list[Unlinked]]:
    outline = outline_of(*texts)
    return LINKER.link(EXTRACTOR.extract(outline), outline, REPORTS[which])


@pytest.mark.parametrize(("which", "name", "expected"), CASES, ids=[f"{w}: {n}" for w, n, _ in CASES])
def test_full_names(which: str, name: str, expected: str) -> None:
    own = "我乡积极落实" if which == "unnamed town" else "认真落实"
    uses, unlinked = link(which, f"{own},{name}", "。")
    assert [(u.mention.name, u.body.name) for u in uses] == [(name, expected)]
    assert uses[0].body.local == bool(unlinked)


def test_the_table_is_large_and_two_reports_say_one_name_for_one_body() -> None:
    assert len(CASES) >= 40
    names = {link(which, f"落实,{name}")[0][0].body for which, name in [("town", "区政府"), ("town", "河源市源城区人民政府")]}
    assert len(names) == 1


@pytest.mark.parametrize(("word", "which"), [("省", "province"), ("市", "prefecture"), ("县", "county")])
def test_no_department_of_the_vocabulary_keeps_the_level_word_before_it(word: str, which: str) -> None:
    lexicon = BodyLexicon.of(KNOWLEDGE)
    path = REPORTS[which].regions
    found = {}
    for name in sorted(lexicon.terms):
        if name.endswith(("局", "厅", "委员会", "办公室")) and lexicon.first[name].full_form.startswith("{region}"):
            found[name] = NAMER.resolve(word + name, lexicon.first[name].id, path, path[-1].level, None).body.name
    assert len(found) > 1000
    # 县林场 is a place of 疏附县
    assert [name for name, full in found.items() if word * 2 in full and not name.startswith((word, "林场"))] == []


def test_what_is_ambiguous_keeps_its_candidates() -> None:
    uses, unlinked = link("town", "学习鼓楼区司法局的做法")
    assert uses[0].body == Body("鼓楼区司法局", "justice", None, local=True)
    assert len(unlinked[0].candidates) == 4


def test_the_office_of_the_leading_group_named_before_it() -> None:
    uses, _ = link("county", "成立法治建设领导小组。", "由领导小组办公室统筹协调。")
    assert [u.body.name for u in uses] == ["平顶山市宝丰县法治建设领导小组", "平顶山市宝丰县法治建设领导小组办公室"]
    assert uses[1].body.parent == uses[0].body.name


def test_homonyms_are_kept_apart_by_their_regions() -> None:
    first, second = (link(which, "依托司法所开展工作")[0][0].body for which in ("town", "chongqing town"))
    assert (first.region, second.region) == ("441602101", "500114114")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=20), st.sampled_from([*KNOWLEDGE.bodytypes, "nothing"]), st.sampled_from(sorted(REPORTS)))
def test_any_name_is_resolved(name: str, type_: str, which: str) -> None:
    meta = REPORTS[which]
    found = NAMER.resolve(name, type_, meta.regions, 3, meta.issuer)
    assert found.body.local == bool(found.reason)


def test_mentions_without_a_type_stay_as_written() -> None:
    uses, unlinked = LINKER.link([BodyMention(0, 2, 0, "某会", None, "x")], outline_of("某会"), REPORTS["county"])
    assert (uses[0].body.name, unlinked) == ("某会", [])
