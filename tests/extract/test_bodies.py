"""What counts as a body: tables of sentence → surfaces, many of them with none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.extract.bodies import BodyExtractor, own_level
from kgraph.knowledge import Concept, Knowledge
from kgraph.model import BodyMention, Document, Outline, Section, SectionKind, Sentence, SentenceKind
from kgraph.segment import Segmenter
from kgraph.text import normalise

KNOWLEDGE = Knowledge()
EXTRACTOR = BodyExtractor(KNOWLEDGE)
SEGMENTER = Segmenter(KNOWLEDGE)
SECTION = Section(SectionKind.MEASURES, (), 0, 0, 1)

SENTENCES = [
    ("县委、县政府主要领导多次听取汇报", "县委 县政府"),
    ("市委市政府高度重视", "市委 市政府"),
    ("在区委区政府的坚强领导下,在区司法局的具体指导下", "区委 区政府 区司法局"),
    ("联合派出所、司法所、综合行政执法队开展夜查", "派出所 司法所 综合行政执法队"),
    ("配合县司法局、县公安局开展专项检查", "县司法局 县公安局"),
    ("会同市场监管所、派出所对商户逐一排查", "市场监管所 派出所"),
    ("邀请县人民法院法官、县检察院检察官授课", "县人民法院 县检察院"),
    ("镇党委书记带头宣讲,镇长负责落实", ""),
    ("镇党委副书记任组长", ""),
    ("召开镇党委会议3次", ""),
    ("召开党委会12次研究部署", ""),
    ("司法局局长出席会议", ""),
    ("各乡镇人民政府、各部门要高度重视", ""),
    ("各镇党委、政府要扛起责任", ""),
    ("相关部门密切协作", ""),
    ("公安、司法等部门齐抓共管", ""),
    ("全县12个司法所全部达标", ""),
    ("建成人民调解委员会26个", ""),
    ("每个村设立法律服务工作站", ""),
    ("成立工作领导小组,明确分工", ""),
    ("成立了由镇长任组长的法治政府建设工作领导小组", "法治政府建设工作领导小组"),
    ("调整充实法治建设领导小组成员", "法治建设领导小组"),
    ("充分发挥镇综治中心作用", "镇综治中心"),
    ("依托镇便民服务中心、退役军人服务站开展咨询", "镇便民服务中心 退役军人服务站"),
    ("以人民为中心的发展思想", ""),
    ("围绕中心、服务大局", ""),
    ("中心工作与法治工作同部署", ""),
    ("形成齐抓共管的工作格局", ""),
    ("优化城乡布局,提升全局意识", ""),
    ("破解僵局,打开新局面", ""),
    ("办公室主任负责联络", ""),
    ("在三楼办公室接待群众", ""),
    ("与江苏苏正律师事务所签订法律顾问合同", "江苏苏正律师事务所"),
    ("聘请律师事务所提供服务", ""),
    ("聘请浙江六和律师事务所2名律师担任法律顾问", "浙江六和律师事务所"),
    ("向市人大常委会报告上年度法治政府建设情况", "市人大常委会"),
    ("主动接受县人大、县政协监督", "县人大 县政协"),
    ("区纪委监委派驻纪检监察组开展监督检查", "区纪委监委派驻纪检监察组"),
    ("由街道办事处主任任组长", ""),
    ("全国人大常委会委员长到镇调研", ""),
    ("平安办司法所配合开展排查", "平安办 司法所"),
    ("原城管执法中队整体划入,组建综合行政执法队", "城管执法中队 综合行政执法队"),
    ("源城区人民政府新江街道办事处印发方案", "源城区人民政府新江街道办事处"),
    ('依托镇"一站式"矛调中心和"暖心"诉源治理工作站', '镇"一站式"矛调中心 "暖心"诉源治理工作站'),
    ("我镇法治政府建设工作领导小组定期调度", "法治政府建设工作领导小组"),
    ("对依法行政工作领导小组成员进行调整", "依法行政工作领导小组"),
    ("指导各校普遍设立师生申诉委员会", ""),
    ("完成班子配备、集中办公和挂牌", ""),
    ("应急管理部门开展检查", ""),
    ("县看守所、县卫生监督所、县不动产登记中心参加", "县看守所 县卫生监督所 县不动产登记中心"),
    ("到镇中心小学、镇卫生院宣讲", "镇中心小学 镇卫生院"),
    ("推进街乡司法所建设", ""),
    ("县文广新局、县卫计委、县食药监局、县安监局联合检查", "县文广新局 县卫计委 县食药监局 县安监局"),
    ("市外办、市委军民融合办、省社科院到会", "市外办 市委军民融合办 省社科院"),
    ("县委全面依法治县委员会办公室印发工作要点", "县委全面依法治县委员会办公室"),
    ("区委依法治区办组织开展督察", "区委依法治区办"),
    ("省委依法治省办反馈的问题全部整改", "省委依法治省办"),
    ("市委政法委、市司法局联合开展评查", "市委政法委 市司法局"),
    ("县委组织部将法治素养纳入考核", "县委组织部"),
    ("县委党校举办专题培训班", "县委党校"),
    ("依法行政意识不断增强", ""),
    ("受县政府委托,第三方开展评估", "县政府"),
    ("县人民政府办公室印发通知", "县人民政府办公室"),
    ("经镇政府常务会议审议通过", "镇政府"),
    ("街道党工委、办事处始终把法治建设摆在突出位置", "街道党工委 办事处"),
    ("街道司法所牵头,街道综合执法大队、辖区派出所参与", "街道司法所 街道综合执法大队 派出所"),
    ("街道两侧设置宣传栏,方便群众", ""),
    ("村民委员会换届选举顺利完成", ""),
    ("各村(社区)居委会组织学习", ""),
    ("指导村(居)民委员会修订村规民约", ""),
    ("社区居民委员会负责日常管理", ""),
    ("我局党组高度重视,局党组书记亲自部署", "局党组"),
    ("局政策法规科对案件进行审核", "局政策法规科"),
    ("县教育和体育局、县卫生健康局联合印发", "县教育和体育局 县卫生健康局"),
    ("市文化广电和旅游局查处违规网吧", "市文化广电和旅游局"),
    ("市规划和自然资源局依法拆除违建", "市规划和自然资源局"),
    ("区人社局、区住建局、区应急局联合督查", "区人社局 区住建局 区应急局"),
    ("省市场监管局开展抽检", "省市场监管局"),
    ("市市场监督管理局综合行政执法支队办理案件", "市市场监督管理局综合行政执法支队"),
    ("县公安局交警大队查处酒驾", "县公安局交警大队"),
    ("县消防救援大队开展演练", "县消防救援大队"),
    ("市中级人民法院发布白皮书", "市中级人民法院"),
    ("向人民法院申请强制执行", ""),
    ("最高人民法院发布典型案例", "最高人民法院"),
    ("司法部、国务院部署", "司法部 国务院"),
    ("党中央、国务院决策部署", "党中央 国务院"),
    ("全国人大常委会通过决定", "全国人大常委会"),
    ("县总工会、团县委、县妇联共同举办", "县总工会 团县委 县妇联"),
    ("镇工会、妇联、团委开展维权活动", "镇工会 妇联 团委"),
    ("县法学会、县律师协会承办", "县法学会 县律师协会"),
    ("行业协会商会积极参与", ""),
    ("县供电公司抢修线路", "县供电公司"),
    ("与县融媒体中心合作开设专栏", "县融媒体中心"),
    ("各类市场主体活力增强", ""),
    ("落实重大行政决策合法性审查制度", ""),
    ("持续推进法治政府建设", ""),
    ("构建服务型政府、数字政府", ""),
    ("市政府规章2部", "市政府"),
    ("建立政府法律顾问制度", ""),
    ("县委托第三方评估机构开展评估", ""),
    ("区域发展不平衡", ""),
    ("社区委员积极参与", ""),
    ("城市管理水平提升", ""),
    ("乡镇政府履职能力不足", ""),
    ("乡镇综合执法队伍力量薄弱", ""),
    ("加强基层司法所规范化建设", ""),
    ("加强执法队伍建设", ""),
    ("两级人民调解委员会", ""),
    ("镇人民调解委员会成功调解纠纷86起", "镇人民调解委员会"),
    ("镇安全生产委员会办公室通报情况", "镇安全生产委员会办公室"),
    ("县防汛抗旱指挥部启动应急响应", "县防汛抗旱指挥部"),
    ("县信访工作联席会议办公室交办", "县信访工作联席会议办公室"),
    ("平安法治办负责日常工作", "平安法治办"),
    ("乡党政综合办、社会事务办协同推进", "乡党政综合办 社会事务办"),
    ("由镇党建工作办公室牵头", "镇党建工作办公室"),
    ("推动一网通办、马上办、就近办", ""),
    ("普法办法更加多样", ""),
    ("信访办理流程进一步规范", ""),
    ("高新区管委会、经开区管委会同步推进", "高新区管委会 经开区管委会"),
    ("各园区管委会落实主体责任", ""),
    ("开发区党工委、管委会研究部署", "开发区党工委 管委会"),
    ("镇纪委开展监督检查", "镇纪委"),
    ("纪委书记讲廉政党课", ""),
    ("人大代表、政协委员视察", ""),
    ("邀请人大代表、政协委员列席会议", ""),
    ("公安机关依法查处", ""),
    ("行政复议机关依法受理", ""),
    ("行政机关负责人出庭应诉", ""),
    ("司法行政机关履行职责", ""),
    ("县检察院提起公益诉讼3件", "县检察院"),
    ("加强与法院、检察院的沟通协调", ""),
    ("县法院、检察院、公安局建立联席会议制度", "县法院 检察院 公安局"),
    ("被法院撤销的行政行为2件", ""),
    ("县劳动人事争议仲裁院受理案件", "县劳动人事争议仲裁院"),
    ("县法律援助中心办理援助案件", "县法律援助中心"),
    ("县公证处、县法律援助中心开展联合服务", "县公证处 县法律援助中心"),
    ("县行政复议委员会审议疑难案件", "县行政复议委员会"),
    ("第一届县行政复议咨询委员会成立", "县行政复议咨询委员会"),
    ("组建“法律明白人”队伍", ""),
    ("《县委办公室关于印发方案的通知》要求", ""),
    ("根据县政府《关于加强行政执法的意见》", "县政府"),
    ("市委八届八次全会精神", ""),
    ("贯彻省委十二届四次全会精神", ""),
    ("中共埔前镇委员会 埔前镇人民政府", "中共埔前镇委员会 埔前镇人民政府"),
    ("中共宝丰县委、宝丰县人民政府:", "中共宝丰县委 宝丰县人民政府"),
    ("向区委、区人大常委会和市政府报告", "区委 区人大常委会 市政府"),
    ("镇设司法所、派出所、市场监管所", "司法所 派出所 市场监管所"),
    ("在镇公共法律服务工作站设立窗口", "镇公共法律服务工作站"),
    ("设立公共法律服务站12个", ""),
    ("县应急管理局、消防救援局、气象局", "县应急管理局 消防救援局 气象局"),
    ("自治区司法厅、自治州司法局", "自治区司法厅 自治州司法局"),
    ("旗委、旗政府", "旗委 旗政府"),
    ("州委州政府、州人大常委会", "州委 州政府 州人大常委会"),
    ("镇村两级综治中心", ""),
    ("成立行政执法协调小组办公室", "行政执法协调小组办公室"),
    ("法治副校长走进县第一中学", "县第一中学"),
    ("深入中小学校开展法治教育", ""),
    ("西南政法大学专家授课", "西南政法大学"),
    ("县农业农村局农业综合行政执法大队", "县农业农村局农业综合行政执法大队"),
    ("由司法所所长、派出所所长任成员", ""),
    ("司法所工作人员4名", "司法所"),
    ("推进司法所长轮训", ""),
    ("镇政府工作人员法治意识不强", "镇政府"),
    ("成立依法治镇工作领导小组及办公室", "依法治镇工作领导小组"),
    ("法治建设领导小组办公室设在司法所", "法治建设领导小组办公室 司法所"),
    ("建立政府统一领导、司法局牵头的机制", "司法局"),
    ("党委领导、政府负责、社会协同", ""),
    ("交由县司法局和镇司法所共同办理", "县司法局 镇司法所"),
    ("报县司法局备案规范性文件5件", "县司法局"),
    ("经县委同意、县政府批准", "县委 县政府"),
    ("请县司法局给予指导", "县司法局"),
    ("与县自然资源局、县林业局建立协作机制", "县自然资源局 县林业局"),
    ("县城管局拆除违建", "县城管局"),
    ("市生态环境局宝丰分局开展检查", "市生态环境局宝丰分局"),
    ("国家税务总局宝丰县税务局", "国家税务总局宝丰县税务局"),
    ("在县委、县政府领导和县依法治县委员会指导下", "县委 县政府 县依法治县委员会"),
    ("会同县公安局、司法局核查", "县公安局 司法局"),
    ("镇应急办、安监站、派出所联合检查烟花爆竹", "镇应急办 安监站 派出所"),
    ("收到市中院司法建议书2份", "市中院"),
    ("乌鲁木齐海关开展缉私行动", "乌鲁木齐海关"),
    ("中国银行宝丰支行宣传反诈", "中国银行宝丰支行"),
    ("县司法局指导镇公共法律服务站规范运行", "县司法局 镇公共法律服务站"),
    ("调整委法治领导小组成员", "委法治领导小组"),
    ("县社区矫正中心创成示范中心", "县社区矫正中心"),
    ("原区卫生健康综合行政执法支队完成转隶", "区卫生健康综合行政执法支队"),
    ("镇便民服务中心(政务服务中心)延时服务", "镇便民服务中心 政务服务中心"),
    ("由局党组书记、局长任组长", ""),
    ("局机关各科室、下属各单位", ""),
    ("市局统一部署,分局积极响应", "市局"),
    ("乡人民政府乡长任组长", ""),
    ("把任务分解到各股室站所", ""),
    ("完成“五办四中心”挂牌", ""),
    ("17个委办局认领事项", ""),
    ("县委编办、县财政局联合发文", "县委编办 县财政局"),
    ("每个县(市、区)法制办平均3人", ""),
    ("每季度移交区应急管理局2处隐患", "区应急管理局"),
]


def surfaces(text: str, level: int | None = None, stems: frozenset[str] = frozenset()) -> list[str]:
    plain = normalise(text)
    return [plain[f.start : f.end] for f in EXTRACTOR.find(plain, level, stems)]


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[s for s, _ in SENTENCES])
def test_bodies_of_a_sentence(text: str, expected: str) -> None:
    assert surfaces(text, stems=frozenset({"宝丰"})) == expected.split()


def test_the_table_is_large_and_holds_negatives() -> None:
    assert len(SENTENCES) >= 150
    assert sum(not expected for _, expected in SENTENCES) >= 50


@pytest.mark.parametrize(
    ("text", "level", "expected"),
    [
        ("司法所、派出所加强联动", 4, ["司法所", "派出所"]),
        ("司法所、派出所加强联动", 3, []),  # a county's report speaks of all its offices
        ("司法局加强指导", 3, ["司法局"]),
        ("镇司法所牵头", 3, ["镇司法所"]),
    ],
)
def test_what_a_wider_region_has_many_of_is_a_class(text: str, level: int, expected: list[str]) -> None:
    assert surfaces(text, level) == expected


@pytest.mark.parametrize(
    ("text", "stems", "expected"),
    [
        ("香水派出所被评为先进", frozenset(), ["香水派出所"]),  # 香水镇 is in the table
        ("联合派出所开展巡查", frozenset(), ["派出所"]),  # 联合镇 is too, but this is a verb
        ("彭山生态环境局派员参加", frozenset({"彭山"}), ["彭山生态环境局"]),
        ("走进公义小学授课", frozenset({"公义"}), ["公义小学"]),
        ("泉州海事局晋江海事处开展演练", frozenset({"晋江"}), ["泉州海事局晋江海事处"]),
    ],
)
def test_stems_of_regions_before_a_term(text: str, stems: frozenset[str], expected: list[str]) -> None:
    assert surfaces(text, stems=stems) == expected


@pytest.mark.parametrize(
    ("texts", "level"),
    [(["我镇干部学法", "镇党委研究"], 4), (["我局开展执法", "全局职工"], 3), (["我县推进", "全县落实"], 3), (["法治建设"], None)],
)
def test_the_level_a_report_speaks_from(texts: list[str], level: int | None) -> None:
    assert own_level(texts) == level


def outline_of(text: str) -> Outline:
    sentence = Sentence(normalise(text), 0, len(text), None, SentenceKind.BODY, SECTION, (), 0)
    return Outline(None, (SECTION,), (sentence,))


def ancestors(type_: str | None) -> set[str]:
    found: set[str] = set()
    while type_ is not None:
        found.add(type_)
        type_ = KNOWLEDGE.bodytypes[type_].broader
    return found


def said(kind: str) -> list[tuple[str, str]]:
    concepts: list[Concept] = list(KNOWLEDGE.bodytypes.values())
    return [(c.id, phrase) for c in concepts for phrase in c.get(kind)]


@pytest.mark.parametrize(("type_", "phrase"), said("example"))
def test_each_type_knows_its_examples(type_: str, phrase: str) -> None:
    types = {a for m in EXTRACTOR.extract(outline_of(phrase)) for a in ancestors(m.type)}
    assert type_ in types


@pytest.mark.parametrize(("type_", "phrase"), said("counterExample"))
def test_no_type_takes_its_counter_examples(type_: str, phrase: str) -> None:
    types = {a for m in EXTRACTOR.extract(outline_of(phrase)) for a in ancestors(m.type)}
    assert type_ not in types


def test_each_type_with_cues_has_an_example_and_a_counter_example_and_says_whether_it_is_public() -> None:
    for concept in KNOWLEDGE.bodytypes.values():
        if any(concept.get(name) for name in ("term", "stem", "levelForm", "suffix", "pattern")):
            assert concept.get("example"), concept.id
            assert concept.get("counterExample"), concept.id
        assert concept.one("public") in {"true", "false"}, concept.id
        assert set(concept.labels) == {"zh", "en"}, concept.id


REPORT = "某县云顶镇2023年法治政府建设情况的报告\n一、主要举措\n云顶镇党委、云顶镇人民政府高度重视，联合 县司法局\n开展普法。云顶镇党委坚持学法。\n"


def test_surfaces_are_of_the_text_as_given_and_a_town_missing_from_the_table_is_learnt() -> None:
    outline = SEGMENTER.outline(Document(REPORT, "a.txt", "sha256:0"))
    mentions: list[BodyMention] = EXTRACTOR.extract(outline)
    assert [REPORT[m.start : m.end] for m in mentions] == ["云顶镇党委", "云顶镇人民政府", "县司法局", "云顶镇党委"]
    assert all(outline.sentences[m.sentence].start <= m.start < m.end <= outline.sentences[m.sentence].end for m in mentions)


WORDS = [
    "县",
    "区",
    "委",
    "政府",
    "司法局",
    "和",
    "、",
    "领导小组",
    "中心",
    "各",
    "12个",
    "镇",
    "党委",
    "书记",
    "《",
    "》",
    "派出所",
    "宝丰县",
    "埔前镇",
    "的",
    "成立",
    "办公室",
    "委员会",
    "全",
]


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=14).map("".join)))
def test_any_text_is_read_and_bodies_do_not_overlap(text: str) -> None:
    plain = normalise(text)
    found = EXTRACTOR.find(plain)
    assert all(0 <= f.start < f.end <= len(plain) for f in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
