"""What counts as a law mention and what its clause does with it: tables of phrase → (surface, name, kind, role)."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.extract.law_words import LawWords
from kgraph.extract.laws import LawExtractor
from kgraph.knowledge import Knowledge, read_scheme
from kgraph.link.laws import KindReader, LawLinker
from kgraph.model import Citation, Outline, Role, Section, SectionKind, Sentence, SentenceKind
from kgraph.text import normalise

KNOWLEDGE = Knowledge()
EXTRACTOR = LawExtractor(KNOWLEDGE)
LINKER = LawLinker(KNOWLEDGE, EXTRACTOR.catalogue)
SECTION = Section(SectionKind.MEASURES, (), 0, 0, 1)
KINDS = {
    "C": "constitution", "L": "law", "A": "administrative_regulation", "R": "local_regulation", "D": "departmental_rule",
    "J": "judicial_interpretation", "P": "party_regulation", "Z": "policy_document", "B": "publication", "O": "other",
}  # fmt: skip
ROLES = {"i": "implements", "s": "studies", "p": "publicises", "f": "formulates", "m": "mentions"}
OFFICIAL = {
    "宪法": "中华人民共和国宪法", "民法典": "中华人民共和国民法典", "纲要2021": "法治政府建设实施纲要（2021－2025年）",
    "纲要2015": "法治政府建设实施纲要（2015－2020年）", "土地承包法": "中华人民共和国农村土地承包法",
    "反电诈法": "中华人民共和国反电信网络诈骗法", "反家暴法": "中华人民共和国反家庭暴力法", "道交法": "中华人民共和国道路交通安全法",
}  # fmt: skip


def outline_of(*texts: str) -> Outline:
    sentences = []
    at = 0
    for text in texts:
        sentences.append(Sentence(normalise(text), at, at + len(text), None, SentenceKind.BODY, SECTION, (), 0))
        at += len(text)
    return Outline(None, (SECTION,), tuple(sentences))


def cite(*texts: str) -> list[Citation]:
    outline = outline_of(*texts)
    citations, _ = LINKER.link(EXTRACTOR.extract(outline), outline, None, "".join(texts))
    for citation in citations:
        assert normalise("".join(texts)[citation.mention.start : citation.mention.end]).strip() == citation.mention.title
    return citations


def facts(*texts: str) -> list[str]:
    """Surface, mark of the kind and of the role of each citation: 民法典/Ls."""
    kind = {v: k for k, v in KINDS.items()}
    return [f"{c.mention.title}/{kind[c.law.kind]}{c.mention.role[0]}" for c in cite(*texts)]


BRACKETS = [
    ("认真落实《信访工作条例》，畅通渠道。", "信访工作条例/Pi", "plain"),
    (
        "根据《平川县关于印发<乙县普法工作要点>的通知》要求，",
        "平川县关于印发<乙县普法工作要点>的通知/Zi 乙县普法工作要点/Zi",
        "inner in <>",
    ),
    (
        "根据《平川县关于印发〈乙县普法工作要点〉的通知》（甲法办〔2024〕3号）要求，",
        "平川县关于印发<乙县普法工作要点>的通知/Zi 乙县普法工作要点/Zi",
        "inner in 〈〉",
    ),
    (
        "根据《平川县关于印发《乙县普法工作要点》的通知》要求，",
        "平川县关于印发《乙县普法工作要点》的通知/Zi 乙县普法工作要点/Zi",
        "inner in 《》",
    ),
    (
        "根据《平川县关于印发《乙县普法工作要点的通知》要求，",
        "平川县关于印发《乙县普法工作要点的通知/Zi 乙县普法工作要点/Zi",
        "one closing for two",
    ),
    (
        "学习《关于贯彻<中华人民共和国行政处罚法>的通知》，",
        "关于贯彻<中华人民共和国行政处罚法>的通知/Zs 中华人民共和国行政处罚法/Ls",
        "a law inside a notice",
    ),
    ("学习《宪法》《民法典》4场", "宪法/Cs 民法典/Ls", "list without separators"),
    ("学习《宪法》、《民法典》和《行政复议法》", "宪法/Cs 民法典/Ls 行政复议法/Ls", "list with separators"),
    ("学习《宪法、民法典》等法律", "宪法/Cs 民法典/Ls", "two laws in one pair"),
    ("学习《宪法和民法典》", "宪法/Cs 民法典/Ls", "two laws joined by 和"),
    ("贯彻《保守国家秘密法》及其实施条例，", "保守国家秘密法/Li", "companion outside is no name"),
    ("贯彻《保守国家秘密法及其实施条例》，", "保守国家秘密法/Li", "companion inside"),
    ("学习《行政处罚法等法律法规4场", "行政处罚法/Ls", "closing missing, known"),
    ("学习《行政处罚法，提升能力", "行政处罚法/Ls", "closing missing at a comma"),
    ("制定《甲镇普法工作方案，明确分工", "甲镇普法工作方案/Zf", "closing missing, unknown"),
    ("学习《行政处罚法、《行政许可法》", "行政处罚法/Ls 行政许可法/Ls", "closing of the first missing"),
    ("学习行政处罚法》《行政许可法》", "行政处罚法/Ls 行政许可法/Ls", "opening missing, known"),
    ("认真落实甲镇普法工作方案》，", "甲镇普法工作方案/Zi", "opening missing, unknown"),
    ("学习《《行政处罚法》4场", "行政处罚法/Ls", "opening doubled"),
    ("学习《行政处罚法》》4场", "行政处罚法/Ls", "closing doubled"),
    ("学习《《行政处罚法》》4场", "行政处罚法/Ls", "both doubled"),
    ("学习<<行政处罚法>>4场", "行政处罚法/Ls", "double angle brackets"),
    ("学习〈行政处罚法〉4场", "行政处罚法/Ls", "single angle brackets"),
    ("学习《行政处罚法>4场", "行政处罚法/Ls", "mixed brackets"),
    ("气温＜10，浓度＞20，", "", "signs of comparison"),
    ("由20>10降到5<6", "", "signs of comparison, half-width"),
    (
        "按照《平川县人民政府关于2024年普法工作的实施意见（试行）》推进",
        "平川县人民政府关于2024年普法工作的实施意见(试行)/Zi",
        "version inside",
    ),
    ("落实《“十四五”国家应急体系规划》，", '"十四五"国家应急体系规划/Zi', "quotes inside"),
    (
        "按照《2024年度领导干部应知应会法律法规清单》（甲法办〔2024〕12号）开展自学",
        "2024年度领导干部应知应会法律法规清单/Zi",
        "number after it",
    ),
    ("贯彻《法治政府建设实施纲要（2021－2025年）》", "法治政府建设实施纲要(2021-2025年)/Zi", "years in it"),
    ("落实《法治政府建设实施纲要（20212025年）》", "法治政府建设实施纲要(20212025年)/Zi", "dash lost"),
    (
        "坚决落实《中央全面依法治国委员会关于进一步加强市县法治建设的意见》",
        "中央全面依法治国委员会关于进一步加强市县法治建设的意见/Zi",
        "long known title",
    ),
]

BARE = [
    ("重点宣传土地承包法、婚姻法、继承法等法律", "土地承包法/Lp 婚姻法/Lp 继承法/Lp", "bare list"),
    ("学习贯彻习近平法治思想、宪法、民法典等法律法规", "宪法/Cs 民法典/Ls", "after a thought"),
    ("落实信访工作条例，规范办理流程", "信访工作条例/Pi", "bare party regulation"),
    ("学习中华人民共和国反有组织犯罪法", "中华人民共和国反有组织犯罪法/Ls", "bare full name"),
    ("宣传反电诈法、反家暴法和道交法", "反电诈法/Lp 反家暴法/Lp 道交法/Lp", "spoken short names"),
    ("严格执行重大行政决策程序暂行条例", "重大行政决策程序暂行条例/Ai", "bare administrative regulation"),
    (
        "严格落实党政主要负责人履行推进法治建设第一责任人职责规定",
        "党政主要负责人履行推进法治建设第一责任人职责规定/Pi",
        "bare 规定 of the catalogue",
    ),
    ("加大宪法宣传教育力度", "宪法/Cp", "宪法 before 宣传教育"),
    ("开展宪法和民法典宣讲进村活动", "宪法/Cp 民法典/Lp", "pair with a public audience"),
    ("认真执行四川省物业管理条例", "四川省物业管理条例/Ri", "provincial regulation by its form"),
    ("贯彻落实山西省优化营商环境条例", "山西省优化营商环境条例/Ri", "not the national one of the same ending"),
    ("落实法治政府建设实施纲要(2021-2025年)各项任务", "法治政府建设实施纲要(2021-2025年)/Zi", "bare outline"),
    ("按照习近平法治思想学习纲要安排自学", "习近平法治思想学习纲要/Bi", "bare book"),
    ("宣传未成年人保护法、预防未成年人犯罪法", "未成年人保护法/Lp 预防未成年人犯罪法/Lp", "the longer name"),
    ("学习刑法、刑事诉讼法", "刑法/Ls 刑事诉讼法/Ls", "two-character name after a verb"),
    ("通过宪法宣传周、中华人民共和国行政处罚法宣传活动普法", "中华人民共和国行政处罚法/Lp", "beside a week that is none"),
    ("结合禁毒、宪法及民法典宣传等开展活动", "宪法/Cp 民法典/Lp", "bare pair before 宣传"),
    ("严格落实政府信息公开条例，及时公开", "政府信息公开条例/Ai", "without 中华人民共和国"),
    ("集体学习宪法、监察法、公务员法及党章党规", "宪法/Cs 监察法/Ls 公务员法/Ls", "党章党规 is no name"),
    ("重点学习了《习近平法治思想学习纲要》、宪法等", "习近平法治思想学习纲要/Bs 宪法/Cs", "bracketed and bare mixed"),
    ("依照民法典和行政诉讼法的规定应诉", "民法典/Li 行政诉讼法/Li", "bare with 的规定"),
    ("发放宪法宣传手册200册", "宪法/Cp", "宪法 before 宣传手册"),
    ("落实《中国共产党纪律处分条例》和公安机关人民警察纪律条令", "中国共产党纪律处分条例/Pi 公安机关人民警察纪律条令/Di", "条令"),
    ("普及“民法典”知识", "民法典/Lp", "a name alone in quotes"),
]

NOT_BARE = [
    "开展宪法宣传周活动", "在12·4国家宪法日开展宣传", "组织宪法宣誓仪式", "弘扬宪法精神，树立宪法权威", "增强宪法意识", "坚持宪法法律至上",
    "开展民法典宣传月活动", "“美好生活·民法典相伴”主题活动", "开展“宪法进万家”活动", "建成民法典主题公园1个", "加强行政执法监督法治保障",
    "学习法律法规和党的二十大精神", "完善刑法律师库", "办理行政处罚法律文书", "民法学者授课", "环境保护法律法规", "开展安全生产法治宣传", "国家安全法治教育",
    "统计法规知识", "落实中央八项规定精神", "学习习近平法治思想", "制定年度工作计划", "编制权责清单", "落实三项制度", "八五普法", "推进安全生产治本攻坚三年行动",
    "取消法律限制", "选举法定代表人", "教育法官廉洁", "普法法治文化", "规范化监督法制审核", "在人民日报刊发稿件", "提请政府工作报告审议", "全省优化营商环境条例", "依法行政", "监督执法", "办法规定", "以案释法",
    "开展“学宪法讲宪法”活动", "贯彻市场准入负面清单", "中国共产党第二十次全国代表大会", "公司法务人员", "组织法学会调研", "民法典六进活动", "参观宪法主题公园", "落实行政执法公示制度、重大执法决定法制审核制度", "将宪法法律、党内法规纳入学习", "尊崇宪法、维护宪法权威",
    "乡村振兴战略规划", "百万党员学宪法学党章考法律", "工会法律顾问", "税收征管法治化", "档案法治宣传",
]  # fmt: skip

NOT_LAWS = [
    "下达《行政处罚决定书》3份", "发出《责令改正通知书》5份", "签订《安全生产责任书》12份", "发放《致全体村民的一封信》2000份", "送达《不予行政处罚告知书》",
    "推送《2023年法治政府建设年度报告》", "核发《食品经营许可证》20张", "在《法治日报》刊发稿件2篇", "收看《焦点访谈》节目", "组织观看《永远吹冲锋号》", "观看《山河无声》影片",
    "修订《村规民约》", "公布《权责清单》", "审议《2024年法治政府建设工作报告》", "发出《司法建议书》2份", "出具《法律意见书》10份", "签署《廉洁承诺书》", "填写《现场检查笔录》",
    "向法院提交《行政答辩状》和《证据目录》的《授权委托书》", "在《小马说法》栏目播出", "办理《民办非企业单位登记证书》", "发《提示函》", "受理《行政复议申请书》8件", "制作《普法宣传片》", "通报《2022年行政审判白皮书》",
    "建立《问题整改台账》", "起草《政府工作报告》", "收到《检察建议书》1份", "编写《乡村普法微电影》",
]  # fmt: skip

ROLE = [
    ("根据《平川县普法规划》制定《乙镇普法方案》", "平川县普法规划/Zi 乙镇普法方案/Zf", "basis and product"),
    ("依据《土地管理法》《城乡规划法》拆除违建", "土地管理法/Li 城乡规划法/Li", "one verb for two"),
    ("严格按照《行政处罚法》规定的程序办案", "行政处罚法/Li", "按照"),
    ("以《法治乡村建设规划》为总体规划", "法治乡村建设规划/Zi", "以…为"),
    ("以《行政处罚法》为依据开展执法", "行政处罚法/Li", "以…为依据"),
    ("时刻以《廉洁自律准则》要求全体党员", "廉洁自律准则/Pi", "以…要求"),
    ("推动《优化营商环境条例》落地见效", "优化营商环境条例/Ai", "the word behind"),
    ("将《维稳责任制实施细则》纳入清单逐一落实", "维稳责任制实施细则/Zi", "将…落实"),
    ("对照《甲镇任务清单》逐项自查", "甲镇任务清单/Zi", "对照"),
    ("抓好《信访工作条例》的贯彻落实", "信访工作条例/Pi", "light verb, noun behind"),
    ("深入推进《法治社会建设实施纲要》实施", "法治社会建设实施纲要/Zi", "推进…实施"),
    ("严格遵守《政府信息公开条例》", "政府信息公开条例/Ai", "遵守"),
    ("《优化营商环境条例》得到有效落实", "优化营商环境条例/Ai", "as subject"),
    ("学习贯彻《行政复议法》", "行政复议法/Ls", "first of a row"),
    ("宣传贯彻《行政复议法》", "行政复议法/Lp", "first of a row"),
    ("学习、宣传、贯彻《行政复议法》", "行政复议法/Ls", "row with separators"),
    ("传达学习《统计法》3次", "统计法/Ls", "传达学习"),
    ("对《统计法》《国家安全法》等法律法规进行学习", "统计法/Ls 国家安全法/Ls", "对…进行学习"),
    ("抓好全体干部对《统计法》的系统学习和教育培训", "统计法/Ls", "对 after a subject"),
    ("把《宪法》作为本年度学习的重点", "宪法/Cs", "把…学习"),
    ("将《信访工作条例》纳入党委理论学习中心组学习内容", "信访工作条例/Ps", "学习中心组 is no cue"),
    ("党委理论学习中心组贯彻《信访工作条例》", "信访工作条例/Pi", "学习中心组 is no cue before either"),
    ("组织执法人员参加《行政处罚法》专题培训2期", "行政处罚法/Ls", "参加…培训"),
    ("举办《民法典》知识竞赛", "民法典/Ls", "竞赛"),
    ("开展《行政处罚法》闭卷考试", "行政处罚法/Ls", "考试"),
    ("召开《学习纲要》专题研讨会", "学习纲要/Bs", "研讨"),
    ("为干部购买《习近平法治思想学习纲要》60册", "习近平法治思想学习纲要/Bs", "购买"),
    ("围绕《行政许可法》《行政处罚法》，开展专题培训12场", "行政许可法/Ls 行政处罚法/Ls", "the next clause decides"),
    ("围绕行政许可法和新修订的《治安管理处罚法》，开展专题培训", "行政许可法/Ls 治安管理处罚法/Ls", "新修订 is no making"),
    ("以《习近平法治思想学习纲要》为主要内容，组织集中学习6次", "习近平法治思想学习纲要/Bs", "以…为主要内容"),
    ("重点学习内容：《宪法》《民法典》", "宪法/Cs 民法典/Ls", "after a colon"),
    ("认真学习党的二十大精神，《宪法》等法律", "宪法/Cs", "enumeration across a comma"),
    ("根据要求开展《行政强制法》培训", "行政强制法/Ls", "light verb after 根据"),
    ("学习新修订的《行政复议法》", "行政复议法/Ls", "新修订的"),
    ("严格落实新修订《行政复议法》", "行政复议法/Li", "新修订"),
    ("发放《民法典》《法律援助法》等法律书籍2000册", "民法典/Lp 法律援助法/Lp", "发放"),
    ("向群众宣讲《土地管理法》", "土地管理法/Lp", "宣讲 to the public"),
    ("律师为村民讲解《民法典》", "民法典/Lp", "讲解 to the public"),
    ("邀请教授为全体干部解读《行政复议法》", "行政复议法/Ls", "解读 to officials"),
    ("为村民开展《民法典》专题讲座3场", "民法典/Lp", "讲座 for villagers"),
    ("举办《行政复议法》专题讲座，参加干部60人", "行政复议法/Ls", "讲座 for officials"),
    ("推动《民法典》进农村、进校园", "民法典/Lp", "进…"),
    ("开展《未成年人保护法》的宣传教育活动", "未成年人保护法/Lp", "宣传教育"),
    ("以《反电信网络诈骗法》为重点，开展集中宣传3次", "反电信网络诈骗法/Lp", "以…为重点 + 宣传"),
    ("印制《民法典》宣传册5000本", "民法典/Lp", "印制"),
    ("普及《反有组织犯罪法》知识", "反有组织犯罪法/Lp", "普及"),
    ("利用宣传栏张贴《禁毒法》海报", "禁毒法/Lp", "张贴"),
    ("重点讲清土地承包法、婚姻法", "土地承包法/Lp 婚姻法/Lp", "讲清"),
    ("制定《甲镇法治政府建设实施方案》", "甲镇法治政府建设实施方案/Zf", "制定"),
    ("修订完善《乙局重大行政决策规则》", "乙局重大行政决策规则/Zf", "修订完善"),
    ("先后出台《平川县招商办法》《平川县人才意见》", "平川县招商办法/Zf 平川县人才意见/Zf", "出台 for two"),
    ("印发《2024年普法依法治理工作要点》", "2024年普法依法治理工作要点/Zf", "印发"),
    ("审议通过《临江市养犬管理条例》", "临江市养犬管理条例/Rf", "审议通过"),
    ("对《平川县规范性文件管理办法》进行修订", "平川县规范性文件管理办法/Zf", "对…修订"),
    ("制定政府规章1部，即《江州市餐厨废弃物管理办法》", "江州市餐厨废弃物管理办法/Rf", "即"),
    ("制定《行政处罚法》贯彻实施方案", "行政处罚法/Li", "what is made is the plan"),
    ("制定《民法典》宣传方案", "民法典/Lp", "a plan for publicity"),
    ("配合做好《临江市物业管理条例》立法调研", "临江市物业管理条例/Rf", "立法"),
    ("《临江市物业管理条例》修订工作有序推进", "临江市物业管理条例/Rf", "as subject"),
    ("清理《平川县招商办法》等文件3件", "平川县招商办法/Zm", "清理"),
    ("群众对《宪法》了解较少", "宪法/Cm", "了解较少"),
    ("《土地管理法》颁布实施以来，用地逐步规范", "土地管理法/Lm", "time only"),
    ("听取《平川县普法规划》执行情况汇报", "平川县普法规划/Zm", "听取"),
    ("《平川县普法规划》", "平川县普法规划/Zm", "nothing said"),
    ("按照市政府办公室关于印发《临江市政务公开工作要点》的通知要求", "临江市政务公开工作要点/Zi", "关于印发 of a bare notice"),
    ("落实《平川县普法规划》（以下简称《规划》）", "平川县普法规划/Zi 规划/Zi", "a definition takes the role of its title"),
    ("落实《平川县普法规划》（下称《规划》）", "平川县普法规划/Zi 规划/Zi", "a definition with 下称"),
    ("落实市委办《关于加强基层治理的若干意见》", "关于加强基层治理的若干意见/Zi", "issuer between"),
    ("认真贯彻党中央、国务院《法治政府建设实施纲要（2021-2025年）》", "法治政府建设实施纲要(2021-2025年)/Zi", "issuers between"),
    ("组织签订《乙镇普法工作方案》承诺", "乙镇普法工作方案/Zm", "签订"),
    ("运用《行政处罚法》第三十三条不予处罚12件", "行政处罚法/Li", "运用"),
    ("教育引导群众学习《信访工作条例》", "信访工作条例/Pp", "the public learns"),
    ("以《民法典》宣传为契机，走访农户", "民法典/Lp", "noun behind 以"),
    ("将《行政复议法》列为领导干部年度学法内容", "行政复议法/Ls", "列为…学法"),
    ("组织订阅《习近平法治思想概论》", "习近平法治思想概论/Bs", "订阅"),
    ("落实普法责任制，开展《宪法》宣讲进企业活动", "宪法/Cp", "the clause alone decides"),
    (
        "结合《长江保护法》及我省出台的《江西省湖泊保护条例》等法规，向群众宣传",
        "长江保护法/Lp 江西省湖泊保护条例/Rp",
        "出台的 describes",
    ),
    ("认真组织实施县政府印发的《平川县普法规划》", "平川县普法规划/Zi", "印发的 describes"),
    ("制作《民法典》普法短视频12期", "民法典/Lp", "what is made is the film"),
    ("《信访工作条例》实施两周年之际", "信访工作条例/Pm", "time only"),
    ("对《安全生产法》执行情况开展监督检查", "安全生产法/Lm", "检查 of how it is carried out"),
    ("《公平竞争审查条例》颁布后，第一时间组织学习", "公平竞争审查条例/Am", "time only"),
    ("做好《行政复议法》贯彻实施工作", "行政复议法/Li", "light verb"),
    ("公布实施《临江市城市管理条例》", "临江市城市管理条例/Rf", "first of a row"),
    ("违反《道路交通安全法》行为32起", "道路交通安全法/Lm", "what others broke"),
    ("举办民法典宣讲126场", "民法典/Lp", "宣讲 is to the public"),
    (
        "全面贯彻《中国共产党政法工作条例》，制定《甲镇政法工作实施方案》",
        "中国共产党政法工作条例/Pi 甲镇政法工作实施方案/Zf",
        "two clauses",
    ),
]

KIND = [
    ("《云南省物业管理条例》", "R"), ("《恩施土家族苗族自治州饮用水保护条例》", "R"), ("《临江市养犬管理条例》", "R"), ("《城市供排水条例》", "A"),
    ("《生态环境违法行为处罚听证办法》", "D"), ("《平川县行政规范性文件管理办法》", "Z"), ("《镇政府议事规则》", "Z"), ("《甲镇财务管理制度》", "Z"),
    ("《山东省城乡网格化服务管理办法》", "R"), ("《中国共产党组织员工作条例》", "P"), ("《甲省党政主要负责人履行推进法治建设第一责任人职责实施办法》", "P"),
    ("《关于推进基层治理现代化的若干措施》", "Z"), ("《最高人民法院关于审理噪声案件适用法律若干问题的解释》", "J"), ("《农村法律知识读本》", "B"),
    ("《以案释法案例选编》", "B"), ("《民法》", "L"), ("《基层应急预案》", "Z"), ("《2024年重点任务分解表》", "Z"), ("《法治护航千里行》", "O"),
    ("《临江市法治政府建设“十四五”规划》", "Z"), ("《优化营商环境二十条措施》", "Z"), ("《不予处罚事项清单》", "Z"), ("《广西壮族自治区行政执法监督办法》", "R"), ("《国务院关于预防事故的特别规定》", "A"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "why"), BRACKETS + BARE + ROLE)
def test_mentions(text: str, expected: str, why: str) -> None:
    assert facts(text) == expected.split(), why


@pytest.mark.parametrize("text", NOT_BARE + NOT_LAWS)
def test_what_is_no_law(text: str) -> None:
    assert facts(text) == []


@pytest.mark.parametrize(("text", "kind"), KIND)
def test_kind_by_wording(text: str, kind: str) -> None:
    assert [c.law.kind for c in cite("落实" + text)] == [KINDS[kind]]


@pytest.mark.parametrize(
    ("text", "article", "number"),
    [
        ("依据《行政处罚法》第三十七条第二款办理", "第三十七条第二款", None),
        ("违反《治安管理处罚法》第26条规定", "第26条", None),
        ("按照《行政许可法》(2019修正)第七十条第一项", "第七十条第一项", None),
        ("根据《甲区工作要点》（甲府办发〔2025〕28号）要求", None, "甲府办发〔2025〕28号"),
        ("根据《甲区工作要点》(甲委办[2024]5号,以下简称《要点》)", None, "甲委办[2024]5号"),
        ("落实《甲区工作要点》甲府办〔2025〕28号", None, "甲府办〔2025〕28号"),
        ("落实《甲区工作要点》（共12条）", None, None),
    ],
)
def test_article_and_number(text: str, article: str | None, number: str | None) -> None:
    mention = EXTRACTOR.extract(outline_of(text))[0]
    assert (mention.article, mention.document_number) == (article, number)


def test_the_inner_title_has_the_role_of_the_outer() -> None:
    assert [m.role for m in EXTRACTOR.extract(outline_of("学习《关于印发<甲方案>的通知》"))] == [Role.STUDIES] * 2


@pytest.mark.parametrize(
    "role", sorted(read_scheme(KNOWLEDGE.path("roles.ttl"), "role").values(), key=lambda r: r.id), ids=lambda r: r.id
)
def test_examples_of_roles(role) -> None:  # type: ignore[no-untyped-def]
    for example in role.get("example"):
        roles = {m.role.value for m in EXTRACTOR.extract(outline_of(example))}
        assert roles == {role.id}, example
    for example in role.get("counterExample"):
        assert role.id not in {m.role.value for m in EXTRACTOR.extract(outline_of(example))}, example


@pytest.mark.parametrize("where", ["cueBefore", "cueAfter"])
def test_a_cue_has_one_role(where: str) -> None:
    owner: dict[str, str] = {}
    for role in read_scheme(KNOWLEDGE.path("roles.ttl"), "role").values():
        for cue in (*role.get(where), *role.get("cueShared")):
            assert owner.setdefault(cue, role.id) == role.id, f"{cue} is a cue of {owner[cue]} and of {role.id}"


@pytest.mark.parametrize("kind", sorted(KNOWLEDGE.lawkinds.values(), key=lambda k: k.id), ids=lambda k: k.id)
def test_examples_of_kinds(kind) -> None:  # type: ignore[no-untyped-def]
    reader = KindReader(KNOWLEDGE.lawkinds)
    assert [e for e in kind.get("example") if reader.read(e) != kind.id] == []
    assert [e for e in kind.get("counterExample") if reader.read(e) == kind.id] == []


@pytest.mark.parametrize("name", ["law_words.csv", "not_laws.csv"])
def test_words_are_sorted_trimmed_and_unique(name: str) -> None:
    with KNOWLEDGE.path(name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    assert rows == sorted(rows), f"{name}: sort it"
    assert len({tuple(r) for r in rows}) == len(rows), f"{name}: a row stands twice"
    assert [r for r in rows if any(cell != cell.strip() or not cell for cell in r)] == []


def test_words_of_an_unknown_use_are_an_error() -> None:
    with pytest.raises(KeyError):
        LawWords([("light", "开展")])["topic"]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *"《》<>〈〉()（），。、的和",
                "印发",
                "通知",
                "条例",
                "宪法",
                "民法典",
                "学习",
                "以下简称",
                "对",
                "行政处罚法",
                " ",
                "“",
                "1",
            ]
        ),
        max_size=40,
    )
)
def test_never_raises_and_spans_are_surfaces(parts: list[str]) -> None:
    text = "".join(parts)
    for mention in EXTRACTOR.extract(outline_of(text)):
        assert normalise(text[mention.start : mention.end]).strip() == mention.title
        assert mention.title
    cite(text)
