"""Measures by phenomenon: section, sentence → the practices stated and their status."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.extract.measures import MeasureExtractor
from kgraph.knowledge import Knowledge
from kgraph.model import Document, Outline, Section, SectionKind, Sentence, SentenceKind
from kgraph.segment import Segmenter
from kgraph.text import normalise

KNOWLEDGE = Knowledge()
EXTRACTOR = MeasureExtractor(KNOWLEDGE)
SEGMENTER = Segmenter(KNOWLEDGE)

# One line a sentence: the section (M measures, D duty, S shortcomings, P plans, O other), the sentence, what it states:
# practices with a sign where the status is not "done" (? planned, ! problem); - for none.
PLAIN = """
M 全市建成村级公共法律服务工作室三百个 | public-legal-services
M 镇党委书记带头履行推进法治建设第一责任人职责 | first-responsible-person
M 及时调整由局长任组长的法治政府建设领导小组 | leading-group
M 县委全面依法治县委员会召开全体会议2次 | rule-of-law-meeting
M 局党组会专题研究法治建设工作4次 | rule-of-law-meeting
M 印发年度法治政府建设工作要点 | annual-plan
M 全面推行年终述职述法 | duty-report
M 把依法行政情况纳入部门绩效考核 | performance-appraisal
M 普法经费足额列入财政预算 | funding-staffing
M 积极申报法治政府建设示范项目 | rule-of-law-demonstration
M 动态调整部门权力和责任清单 | power-duty-list
M 推行"一窗受理"和容缺办理 | government-services
M 出台助企纾困措施十条 | business-environment
M 受理12345热线工单420件 | hotline
M 完成街道机构改革,优化内设机构职能配置 | institutional-reform
M 行政规范性文件报备率100% | normative-documents
M 开展地方立法调研6次 | legislation
M 坚持集体讨论决定重大事项 | major-decisions
M 对政府合同逐份进行合法性审查 | legality-review
M 新增公职律师3名 | legal-counsel
M 推动执法重心下移,承接行政处罚权限60项 | enforcement-reform
M 配发执法记录仪20台 | three-systems
M 组织执法人员业务培训4期 | enforcement-training
M 办理行政处罚案件38件 | enforcement-cases
M 细化行政处罚裁量权基准 | discretion-benchmark
M 整改消防隐患120处 | safety-campaign
M 劝导摩托车不戴头盔500人次 | traffic-safety
M 检查学校食堂和药店30家 | food-drug-safety
M 拆除违建2000平方米 | environment-land
M 为农民工追回工资60万元 | labour-rights
M 修订防汛应急预案,组织演练2次 | emergency-plan
M 巡查地质灾害隐患点12处 | disaster-prevention
M 排查化解矛盾纠纷260件 | dispute-screening
M 新建品牌调解室2个 | peoples-mediation
M 创建"枫桥式"司法所 | fengqiao
M 落实领导包案,化解信访积案5件 | petition
M 优化设置网格60个 | grid-management
M 办理行政复议案件22件 | reconsideration-litigation
M 深化扫黑除恶,开展治安巡逻 | public-security
M 走访社区矫正对象80人次 | special-groups
M 主动公开政府信息700条 | information-disclosure
M 办理政协提案16件 | peoples-congress-oversight
M 开展廉政谈话30人次 | discipline-oversight
M 落实行政执法责任制 | enforcement-oversight
M 按期回复检察建议2份 | social-oversight
M 健全对行政权力的监督制约机制 | power-restraint
M 建成智慧监管平台 | digital-platform
M 中心组专题学习习近平法治思想3次 | xi-thought-study
M 坚持政府常务会议会前学法 | officials-learning
M 举办民法典宣传活动40场 | law-publicity
M 新建法治文化广场2个 | legal-culture
M 培养"法律明白人"90名 | legal-literate-persons
M 驻村律师每月坐班2天 | village-counsel
M 新创市级民主法治示范村3个 | democratic-village
M 法治副校长到校授课15次 | youth-education
M 指导修订村规民约11份 | village-self-governance
M 切实增强全体干部依法行政意识 | legal-awareness
"""

TWO = """
M 健全人民调解组织,畅通信访渠道 | peoples-mediation petition
M 严格落实行政执法三项制度,组织执法人员培训 | three-systems enforcement-training
M 落实公众参与、专家论证、合法性审查和集体讨论等程序 | major-decisions legality-review
M 自觉接受人大监督、社会监督 | peoples-congress-oversight social-oversight
M 召开法治建设推进会2次,制定年度法治建设工作要点 | rule-of-law-meeting annual-plan
M 将法治建设纳入年度工作计划,经费列入财政预算 | annual-plan funding-staffing
M 培训"法律明白人"和人民调解员各2期 | legal-literate-persons peoples-mediation
M 坚持和发展新时代"枫桥经验",排查化解矛盾纠纷 | fengqiao dispute-screening
M 持续深化"放管服"改革,优化营商环境 | government-services business-environment
M 办理行政复议案件6件、接受司法建议1份 | reconsideration-litigation social-oversight
"""

SHORTCOMINGS = """
S 普法形式较为单一,针对性不强 | law-publicity!
S 执法人员业务能力参差不齐 | enforcement-training!
S 基层执法力量不足 | funding-staffing!
S 法治专业人才紧缺 | funding-staffing!
S 部分干部依法行政意识淡薄 | legal-awareness!
S 个别重大行政决策程序不够严谨 | major-decisions!
S 矛盾纠纷化解机制有待完善 | dispute-screening!
S 政务公开内容更新不及时 | information-disclosure!
S 信息化手段运用不足 | digital-platform!
S 法律顾问作用发挥不充分 | legal-counsel!
S 法治建设考核机制不够健全 | performance-appraisal!
S 规范性文件备案不够及时 | normative-documents!
S 行政机关负责人出庭应诉率偏低 | reconsideration-litigation!
S 行政执法监督机制有待健全 | enforcement-oversight!
S 干部学法用法不够系统 | officials-learning!
S 虽然取得了一定成绩,但与上级要求还有差距 | -
S 下一步我镇将创新普法方式 | law-publicity?
S 针对以上不足,今后将加大执法培训力度 | enforcement-training?
"""

PLANS = """
P 完善领导干部学法用法制度 | officials-learning?
P 加强法治文化阵地建设 | legal-culture?
P 持续优化法治化营商环境 | business-environment?
P 进一步规范重大行政决策程序 | major-decisions?
P 引进法治人才,充实基层队伍 | funding-staffing?
P 推进信访工作法治化 | petition?
P 加大行政执法监督力度 | enforcement-oversight?
P 健全矛盾纠纷多元化解机制 | dispute-screening?
P 落实党政主要负责人第一责任人职责 | first-responsible-person?
P 提升干部职工法治素养 | legal-awareness?
P 提高普法力度 | law-publicity?
P 普法针对性仍存在不足 | law-publicity!
"""

OVERRIDES = """
M 下一步将组织执法人员轮训 | enforcement-training?
M 我局将继续完善权责清单 | power-duty-list?
M 普法宣传的针对性仍存在不足 | law-publicity!
M 将法治建设情况纳入年度考核 | performance-appraisal
M 制定年度普法工作计划 | law-publicity
M 研究解决法治建设中存在的困难和问题 | rule-of-law-meeting
M 针对执法程序不够规范的问题,组织执法人员培训 | enforcement-training
D 主要负责人定期听取法治建设工作汇报 | first-responsible-person rule-of-law-meeting
O 本年度未制定行政规范性文件 | normative-documents
"""

PASSING = """
M 开展普法宣传20场,提高群众法律意识 | law-publicity
M 组织执法人员考试,切实提升行政执法水平 | enforcement-training
M 为进一步规范行政执法行为,开展案卷评查 | enforcement-cases
M 围绕安全生产等重点工作,组织普法宣讲8场 | law-publicity
M 排查化解矛盾纠纷90件,有效维护社会治安稳定 | dispute-screening
M 以信访工作为抓手,排查化解矛盾纠纷 | dispute-screening
M 简化办事流程,为优化营商环境提供保障 | government-services
M 宣传《安全生产法》《道路交通安全法》等法律法规 | law-publicity
M 学习《信访工作条例》等党内法规 | officials-learning
M 组织学习《行政复议法》 | officials-learning
M 综合执法队联合派出所开展联合执法5次 | enforcement-cases
M 依法全面履行政府职能 | -
M 开展涉及行政处罚内容的规范性文件清理 | normative-documents
M 全年没有发生重大矛盾纠纷 | -
M 全镇未发生重大安全事故 | -
M 聘请律师担任法律顾问,参与研究疑难信访和劳动争议案件 | legal-counsel
M 县劳动人事争议仲裁院受理争议案件90件 | labour-rights
M 按照上级改革要求组建综合行政执法办公室 | enforcement-reform
M 利用防灾减灾日发放普法资料 | law-publicity
M 对鉴定为危险的自建房全部腾空,开展自建房安全整治 | safety-campaign
M 实行领导接访值班制度,受理信访事项24件 | petition
M 县政府办理行政复议案件44件,运用调解方式化解争议 | reconsideration-litigation
M 全县法治政府建设虽取得一定成绩 | -
M 制定党政主要负责人履行推进法治建设第一责任人职责清单 | first-responsible-person
M 修订《某局行政处罚自由裁量权细则》 | discretion-benchmark
M 完成《海州市供水条例》修订论证 | legislation
M 制定《领导干部学法清单》 | officials-learning
M 组成3个督查组,对各部门开展专项督查 | performance-appraisal
M 镇综治中心实体化运行,受理群众诉求40件 | dispute-screening
M 下发《某县行政应诉工作规则》 | reconsideration-litigation
M 印发《某县事业单位改革实施方案》 | institutional-reform
M 法治政府建设取得显著成效 | -
M 以习近平法治思想为指导,全面推进各项工作 | -
M 认真贯彻中央全面依法治国工作会议精神 | -
M 全年未发生越级上访事件 | -
M 现将法治政府建设情况报告如下 | -
M 推动法律进机关、进学校、进企业、进网格 | law-publicity
"""

BORDERS = """
M 全年调解各类纠纷80件,成功率96% | peoples-mediation
M 人民调解组织调处纠纷120件 | peoples-mediation
M 法律顾问参与重大决策8次,解答法律咨询30次 | legal-counsel
M 村居法律顾问解答咨询90次,参与调解12件 | village-counsel
M 对重大行政决策、规范性文件和合同进行合法性审查 | legality-review
M 对重大执法决定进行法制审核 | three-systems
M 开展规范性文件合法性审核4件 | normative-documents
M 行政执法案件公示率100% | three-systems
M 推行"双随机、一公开"监管 | enforcement-cases
M 各村坚持党务、村务公开 | village-self-governance
M 严格落实村级"四议两公开"民主决策 | village-self-governance
M 为中小学生讲授宪法知识6场 | youth-education
M 组织机关干部参加法律知识考试 | officials-learning
M 对村民开展法律知识宣讲 | law-publicity
M 制定普法责任清单 | law-publicity
M 对轻微违法行为适用首违不罚3件 | discretion-benchmark
M 行政执法案卷评查合格率98% | enforcement-cases
M 聘请律师为企业开展法治体检 | business-environment
M 查处食品、环境、安全生产等领域违法案件70件 | enforcement-cases
M 压实党风廉政建设第一责任人职责 | discipline-oversight
M 组织消防应急演练3次 | emergency-plan
M 排查道路交通安全隐患9处 | traffic-safety
M 建设法治宣传栏15处 | legal-culture
M 向区委、区人大常委会报告法治政府建设情况 | peoples-congress-oversight
M 举行习近平法治思想宣讲会 | xi-thought-study
"""

SECTIONS = {
    "M": SectionKind.MEASURES,
    "D": SectionKind.DUTY,
    "S": SectionKind.SHORTCOMINGS,
    "P": SectionKind.PLANS,
    "O": SectionKind.OTHER,
}


def rows(table: str) -> list[tuple[str, str, str]]:
    found = []
    for line in table.strip().splitlines():
        text, _, want = line[2:].partition(" | ")
        found.append((line[0], text, want))
    return found


def signed(practice: str, status: str) -> str:
    return practice + {"done": "", "planned": "?", "problem": "!"}[status]


def stated(text: str, kind: SectionKind, context: tuple[str, ...] = (), which: SentenceKind = SentenceKind.BODY) -> set[str]:
    plain = normalise(text + "。")
    section = Section(kind, (), 0, len(plain), 0)
    sentence = Sentence(plain, 0, len(plain), None, which, section, context, 1)
    return {signed(m.practice, m.status.value) for m in EXTRACTOR.extract(Outline(None, (section,), (sentence,)))}


@pytest.mark.parametrize(
    ("section", "text", "want"),
    [row for table in (PLAIN, TWO, SHORTCOMINGS, PLANS, OVERRIDES, PASSING, BORDERS) for row in rows(table)],
)
def test_what_a_sentence_states(section: str, text: str, want: str) -> None:
    assert stated(text, SECTIONS[section]) == (set() if want == "-" else set(want.split()))


def test_the_table_is_large_enough() -> None:
    assert sum(len(rows(t)) for t in (PLAIN, TWO, SHORTCOMINGS, PLANS, OVERRIDES, PASSING, BORDERS)) >= 120


@pytest.mark.parametrize(
    ("text", "context", "want", "why"),
    [
        ("悬挂横幅30条,发放资料5000份", ("深化法治宣传",), {"law-publicity"}, "the heading backs the cue"),
        ("举办讲座3场", ("加强财政管理",), set(), "nothing backs the cue"),
        ("举办讲座3场", (), set(), "no context at all"),
        ("悬挂横幅30条,发放资料5000份", (), set(), "leaflets may be about anything"),
        ("广泛听取群众意见", ("规范行政决策",), {"major-decisions"}, "a cue under its practice"),
        ("广泛听取群众意见", ("推进乡村旅游",), set(), "the same cue elsewhere"),
        ("逐户上门登记并建立台账120份", ("集中整治消防安全",), {"safety-campaign"}, "carried from the lead"),
        ("逐户上门登记并建立台账120份", ("信访和调解工作",), set(), "a lead of two practices says not which"),
        ("持续用力", ("集中整治消防安全",), set(), "too short to state anything"),
    ],
)
def test_context_backs_what_is_weak(text: str, context: tuple[str, ...], want: set[str], why: str) -> None:
    assert stated(text, SectionKind.MEASURES, context) == want, why


@pytest.mark.parametrize("kind", [SentenceKind.FRONT, SentenceKind.OPENING, SentenceKind.CLOSING])
def test_front_opening_and_closing_state_nothing(kind: SentenceKind) -> None:
    assert stated("办理信访件60件", SectionKind.MEASURES, which=kind) == set()


REPORT = """某镇2024年法治政府建设年度报告
一、主要举措和成效
（一）强化组织领导
一是加强统筹。召开法治建设专题会2次，将法治建设纳入年度工作计划。二是集中整治消防安全。入户逐一登记380户。
（二）化解矛盾纠纷
受理人民调解案件91件，其中婚姻家庭类40件；另有3件正在办理中。
二、存在的不足
（一）普法形式单一。
（二）学法不够深入。
三、下一步打算
我镇将重点抓好以下工作：推进法治文化阵地建设；完善村规民约。
1.健全信访工作机制，畅通信访渠道。
"""


def measures_of(text: str) -> list[tuple[str, str, str]]:
    document = Document(text, "a.txt", "sha256:0")
    found = EXTRACTOR.extract(SEGMENTER.outline(document))
    return [(signed(m.practice, m.status.value), text[m.start : m.end], m.rule) for m in found]


def test_a_report_from_heading_to_plan() -> None:
    assert measures_of(REPORT) == [
        ("rule-of-law-meeting", "召开法治建设专题会2次", "practice:rule-of-law-meeting/pattern"),
        ("annual-plan", "将法治建设纳入年度工作计划", "practice:annual-plan/pattern"),
        ("safety-campaign", "入户逐一登记380户", "practice:safety-campaign/lead"),
        ("peoples-mediation", "受理人民调解案件91件，其中婚姻家庭类40件", "practice:peoples-mediation/pattern"),
        ("peoples-mediation", "另有3件正在办理中", "practice:peoples-mediation/before"),
        ("law-publicity!", "普法形式单一", "practice:law-publicity/trigger"),
        ("officials-learning!", "学法不够深入", "practice:officials-learning/trigger"),
        ("legal-culture?", "推进法治文化阵地建设", "practice:legal-culture/pattern"),
        ("village-self-governance?", "完善村规民约", "practice:village-self-governance/pattern"),
        ("petition?", "健全信访工作机制，畅通信访渠道", "practice:petition/trigger"),
    ]


def test_the_trigger_is_in_the_words_of_the_sentence() -> None:
    plain = normalise("全镇培养“法律明白人”（含后备）60名。")
    section = Section(SectionKind.MEASURES, (), 0, len(plain), 0)
    sentence = Sentence(plain, 0, len(plain), None, SentenceKind.BODY, section, (), 1)
    [measure] = EXTRACTOR.extract(Outline(None, (section,), (sentence,)))
    assert measure.trigger == '培养"法律明白人'
    assert plain[measure.start : measure.end] == plain.rstrip("。")


WORDS = st.text(alphabet=st.sampled_from("《》“”（），。；：、一二法治普信访执法人员培训0159 的%\n将下一步"), max_size=120)


@settings(max_examples=150, deadline=None)
@given(WORDS)
def test_never_raises_and_spans_hold(text: str) -> None:
    document = Document("一、主要举措\n" + text, "a.txt", "sha256:0")
    outline = SEGMENTER.outline(document)
    seen = set()
    for m in EXTRACTOR.extract(outline):
        sentence = outline.sentences[m.sentence]
        assert sentence.start <= m.start < m.end <= sentence.end
        assert m.trigger in sentence.text
        assert (m.sentence, m.practice) not in seen
        seen.add((m.sentence, m.practice))
