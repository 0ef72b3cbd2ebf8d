"""Reports with one planted fault each, and look-alikes of each fault that are none. The same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

FAMILIES = "arithmetic law copy report promise language".split()


@dataclass(frozen=True, slots=True)
class Case:
    """Texts of reports; ``fault`` is the planted passage in the last one ("" where nothing is wrong), ``checks`` those of
    which one must find it."""

    kind: str
    texts: tuple[str, ...]
    fault: str
    checks: tuple[str, ...]


PLACES = (
    ("宝丰县", "张八桥镇"), ("源城区", "埔前镇"), ("黔江区", "鹅池镇"), ("杜集区", "段园镇"), ("山亭区", "徐庄镇"),
    ("彭山区", "公义镇"), ("海原县", "李旺镇"), ("古丈县", "岩头寨镇"), ("开阳县", "龙岗镇"), ("郸城县", "吴台镇"),
)  # fmt: skip
BASE = """
镇党委会议专题研究法治建设{a}次,镇长带头履行第一责任人职责。
组织干部参加网上学法,人均学习{b}学时,参考率100%。
聘请律师事务所担任法律顾问,审查合同{c}份,出具法律意见书{a}份。
修订应急预案{a}份,在汛期前组织演练。
公开政府信息{d}条,办理依申请公开{a}件。
在集市、学校开展普法宣传{b}场次,发放资料{d}余份。
对新上岗的执法人员逐人考核,落实持证上岗制度。
健全人民调解、行政调解衔接机制,推动纠纷就地化解。
走访企业{c}家,帮助解决用工、用地方面的难题{a}个。
村(社区)每月更新公开栏,接受群众监督。
深化政务服务改革,一窗受理事项{c}项,平均办理时间缩短至{a}个工作日。
推进法治文化阵地建设,新建法治长廊{a}处。
""".split()
LACKS = (
    "部分村干部遇事找法的意识不强,习惯凭经验办事。",
    "执法人员偏少,一人多岗的情况比较普遍。",
    "普法方式老套,年轻人参加得少。",
)
LACKS_BEFORE = ("网格员流动较快,新手对政策不够熟悉。", "个别站所台账不全,资料归档不及时。")
PLANS_BEFORE = ("多到集市、学校开展普法宣传。",)
KEPT = "在集市、学校开展普法宣传26场次,制作展板30块。"
PLANS = ("组织领导干部学法不少于{a}次。", "开展执法人员轮训,提高办案水平。", "深入村组宣讲民法典,发放资料{d}份以上。")


def report(
    rng: random.Random,
    *extra: str,
    place: tuple[str, str] | None = None,
    year: int | None = None,
    plans: tuple[str, ...] = (),
    lacks: tuple[str, ...] | None = None,
    ending: str = "",
    opening: str | None = None,
    skip: str = "",
) -> str:
    """A report in which nothing is wrong but what ``extra`` (among the measures) and the other parts bring in."""
    county, town = place or rng.choice(PLACES)
    year = year or rng.randint(2022, 2025)

    def fill(text: str) -> str:
        sizes = {"a": rng.randint(2, 9), "b": rng.randint(12, 60), "c": rng.randint(13, 96), "d": rng.randint(120, 980)}
        return text.format(**sizes)

    body = [fill(s) for s in rng.sample(BASE, 9)]
    for text in extra:
        body.insert(rng.randrange(len(body) + 1), text)
    half = len(body) // 2
    duty = "镇主要负责人认真履行推进法治建设第一责任人职责。"
    parts = [
        f"{county}{town}{year}年法治政府建设年度报告",
        opening if opening is not None else f"{year}年,{town}扎实推进依法行政,一年来的主要工作如下:",
        "一、主要举措和成效",
        "(一)依法履行职能",
        duty + "".join(body[:half]),
        "(二)严格规范执法",
        "".join(body[half:]),
    ]
    if skip != "lacks":
        parts += ["二、存在的不足", "".join(lacks if lacks is not None else rng.sample(LACKS, 2))]
    if skip != "plans":
        parts += ["三、下一步打算", "".join(plans or [fill(s) for s in rng.sample(PLANS, 2)])]
    return "\n".join([*parts, ending, ""])


def slip(rng: random.Random, number: int) -> int:
    """A number mistyped: mostly off by a little, or one digit wrong, or two digits swapped."""
    digits = str(number)
    kind = rng.random()
    if kind < 0.15 and len(digits) > 1 and digits[-1] != digits[-2] and digits[-2:][::-1][0] != "0":
        return int(digits[:-2] + digits[-1] + digits[-2])
    if kind < 0.45:
        wrong = rng.choice([d for d in "123456789" if d != digits[-1]])
        return int(digits[:-1] + wrong)
    return max(1, number + rng.choice([-3, -2, -1, 1, 2, 3]))


PARTS = (
    ("全年受理信访件{t}件,其中来信{0}件,来访{1}件,网上信访{2}件,没有积压。", 3),
    ("排查各类矛盾纠纷{t}起,其中邻里纠纷{0}起、婚姻家庭纠纷{1}起、土地纠纷{2}起、其他纠纷{3}起。", 4),
    ("编制履职清单{t}项(含基本履职{0}项、配合履职{1}项、上级收回{2}项)。", 3),
    ("办理行政处罚案件{t}宗,其中简易程序{0}宗、普通程序{1}宗。", 2),
    ("现有调解员{t}名,其中专职{0}名、兼职{1}名。", 2),
    ("审查文件共{t}件,其中规范性文件{0}件,合同{1}件,行政协议{2}件。", 3),
    ("立案查处违法行为{t}件(其中城管领域{0}件、环保领域{1}件、农业领域{2}件、其他领域{3}件)。", 4),
    ("共梳理权责事项{t}项,包括行政许可{0}项、行政处罚{1}项、行政检查{2}项。", 3),
)  # fmt: skip


def parts(rng: random.Random, wrong: bool) -> str:
    form, n = rng.choice(PARTS)
    values = [rng.randint(11, 90) for _ in range(n)]
    total = sum(values)
    if wrong:
        while True:
            k = rng.randrange(n + 1)
            if k == n:
                shown = slip(rng, total)
                if shown != total:
                    return form.format(*values, t=shown)
            else:
                changed = slip(rng, values[k])
                if changed != values[k]:
                    return form.format(*[*values[:k], changed, *values[k + 1 :]], t=total)
    if rng.random() < 0.3:  # parts that need not be all
        return f"办结案件{total + 200}件,其中撤销{values[0] % 9 + 1}件、确认违法{values[1] % 9 + 1}件。"
    return form.format(*values, t=total)


BALANCE = (
    "受理群众诉求{t}件,办结{d}件,正在办理{p}件。",
    "排查安全隐患{t}处,已整改{d}处,其余{p}处限期整改。",
    "收到行政复议申请{t}件,审结{d}件,尚未审结{p}件。",
    "接到举报{t}起,已办结{d}起,还有{p}起在办。",
    "自查发现问题{t}个,完成整改{d}个,{p}个正在整改。",
)


def balance(rng: random.Random, wrong: bool) -> str:
    done, left = rng.randint(20, 300), rng.randint(2, 30)
    total = done + left
    while wrong and total == done + left:
        total = slip(rng, done + left)
    return rng.choice(BALANCE).format(t=total, d=done, p=left)


RATES = (
    "受理矛盾纠纷{t}件,调解成功{d}件,调解成功率{r}%。",
    "办理信访事项{t}件,其中{d}件已办结,办结率达{r}%。",
    "组织{t}名干部参加法律考试,合格{d}名,合格率为{r}%。",
    "发现隐患{t}处,已整改{d}处,整改率{r}%。",
    "应诉行政案件{t}件,负责人出庭{d}件,出庭率{r}%。",
    "现有执法人员{t}人,其中持有执法证的{d}人,持证率{r}%。",
)


def rate(rng: random.Random, wrong: bool) -> str:
    total = rng.randint(20, 400)
    done = rng.randint(total * 6 // 10, total - 1)
    places = rng.choice([0, 1, 2])
    true = round(100 * done / total, places)
    shown = true
    while wrong and abs(shown - 100 * done / total) < 1.5 * 10**-places + 0.2:
        shown = round(min(100, max(20, true + rng.choice([-9, -5, -2, 0.9, 1.7, 3, 6, 20]))), places)
    return rng.choice(RATES).format(t=total, d=done, r=f"{shown:.{places}f}")


def granularity(rng: random.Random, wrong: bool) -> str:
    from decimal import Decimal

    from kgraph.audit.granularity import possible

    while True:
        base = rng.randint(12, 75)
        shown = Decimal(rng.randint(701, 999)) / 10
        if possible(shown, 1, Decimal(base)) != wrong:
            form = rng.choice(
                ["组织{b}人参加学法考试,合格率{r}%。", "抽查案卷{b}份,合格率{r}%。", "{b}人参加资格考试,通过率为{r}%。"]
            )
            return form.format(b=base, r=f"{shown:.1f}")


def change(rng: random.Random, wrong: bool) -> str:
    old = rng.randint(40, 300)
    new = rng.randint(12, old - 5)
    true = round(100 * (old - new) / old, 1)
    if rng.random() < 0.5:
        shown = true if not wrong else round(true + rng.choice([-11, -3, 4, 9, 10]), 1)
        return f"将审批事项由{old}项压减到{new}项,压减{abs(shown)}%。"
    low = rng.randint(300, 700) / 10
    high = low + rng.randint(20, 250) / 10
    points = high - low + (rng.choice([-1.5, 2, 5, 10]) if wrong else 0)
    return f"负责人出庭应诉率由{low:.1f}%提高到{high:.1f}%,提升{points:.1f}个百分点。"


def exception_(rng: random.Random, wrong: bool) -> str:
    n = rng.randint(11, 60)
    if wrong:
        return rng.choice(
            [
                f"自查问题{n}个,还有{rng.randint(1, 9)}个正在整改,整改率100%。",
                f"排查隐患{n}处,整改率100%,其余{rng.randint(1, 9)}处正在整改。",
            ]
        )
    return rng.choice([f"自查问题{n}个,整改率100%。", f"办理诉求{n}件,按期办结率100%,有{rng.randint(1, 9)}件仍在办理期限内。"])


OLD_LAWS = "婚姻法 继承法 收养法 中华人民共和国合同法 中华人民共和国侵权责任法 中华人民共和国物权法 中华人民共和国担保法".split()
NEW_LAWS = (
    "民法典 中华人民共和国土地管理法 行政处罚法 未成年人保护法 中华人民共和国反有组织犯罪法 信访工作条例 优化营商环境条例".split()
)


def law(rng: random.Random, wrong: bool) -> str:
    title = rng.choice(OLD_LAWS if wrong else NEW_LAWS)
    other = rng.choice(NEW_LAWS[1:])
    form = rng.choice(
        [
            "组织宣讲《{0}》《{1}》等法律法规,解答疑问。",
            "依据《{0}》化解家庭和财产纠纷。",
            "向群众发放《{0}》读本,宣传《{1}》。",
            "组织执法人员学习《{0}》。",
        ]
    )
    if not wrong and rng.random() < 0.3:
        return "宣讲民法典与原《婚姻法》的不同之处,方便群众理解。"
    return form.format(title, other)


def expired(rng: random.Random, wrong: bool) -> str:
    body = rng.choice(["法治政府建设实施纲要", "全县法治社会建设实施方案", "乡村人才培养规划", "法治宣传教育工作规划"])
    term = "2016-2020年" if wrong else "2021-2025年"
    form = rng.choice(["认真落实《{b}({t})》,细化任务分工。", "按照《{b}({t})》要求推进各项工作。"])
    if not wrong and rng.random() < 0.4:
        return f"对《{body}(2016-2020年)》的实施情况作了总结评估。"
    return form.format(b=body, t=term)


def not_yet(rng: random.Random, wrong: bool) -> str:
    if wrong:
        return rng.choice(
            ["严格执行《中华人民共和国法治宣传教育法》,压实普法责任。", "贯彻落实《中华人民共和国民营经济促进法》,优化营商环境。"]
        )
    return rng.choice(["严格执行《中华人民共和国行政许可法》,规范审批行为。", "贯彻落实《优化营商环境条例》,帮助企业解难。"])


TITLES = (
    "信访工作条例 重大行政决策程序暂行条例 优化营商环境条例 中华人民共和国行政处罚法 中华人民共和国行政复议法 中华人民共和国未成年人保护法 "
    "中华人民共和国反有组织犯罪法 中华人民共和国道路交通安全法 中华人民共和国政府信息公开条例 中国共产党纪律处分条例 中华人民共和国法律援助法 "
    "中华人民共和国反电信网络诈骗法 中华人民共和国安全生产法 中华人民共和国社区矫正法 中华人民共和国乡村振兴促进法"
).split()


def title(rng: random.Random, wrong: bool) -> str:
    name = rng.choice(TITLES)
    if wrong:
        first = 7 if name.startswith("中华人民共和国") else 5 if name.startswith("中国共产党") else 0
        at = rng.randrange(first, len(name) - 1)
        kind = rng.random()
        if kind < 0.5:
            new = rng.choice([c for c in "作工程序列法制理治性正执政宁" if c != name[at]])
            name = name[:at] + new + name[at + 1 :]
        elif kind < 0.75:
            name = name[:at] + name[at + 1 :]
        else:
            name = name[:at] + name[at] + name[at:]
    elif rng.random() < 0.4:
        name = rng.choice(["全县信访工作考核办法", "重大行政决策事项目录", "河南省优化营商环境条例", "村级法律顾问工作制度"])
    return f"认真学习《{name}》,提高依法办事能力。"


def article(rng: random.Random, wrong: bool) -> str:
    number = rng.choice(["一百二十", "九十八", "一百零五"]) if wrong else rng.choice(["二十", "三十三", "四十一"])
    return f"依据《中华人民共和国行政处罚法》第{number}条规范办案程序。"


def bracket(rng: random.Random, wrong: bool) -> str:
    name = rng.choice(NEW_LAWS)
    close = "" if wrong else "》"
    return f"组织村组干部学习《{name}{close}等法律法规,开展讨论。"


TERMS = (
    ("“三重一大”", "“四重一大”"), ("法治思维", "法制思维"), ("“枫桥经验”", "“枫侨经验”"), ("二十届三中全会", "二十大届三中全会"),
    ("矛盾纠纷", "矛盾纠份"), ("营商环境", "营商环镜"), ("合法性审查", "合法行审查"), ("法律明白人", "法律明白任"), ("法治政府", "法制政府"),
    ("习近平新时代中国特色社会主义思想", "习近平新时代特色社会主义思想"),
)  # fmt: skip


def term(rng: random.Random, wrong: bool) -> str:
    right, bad = rng.choice(TERMS)
    return rng.choice(["围绕{}开展专题学习。", "把{}列入年度工作要点。", "紧扣{}抓好落实。"]).format(bad if wrong else right)


def doubled(rng: random.Random, wrong: bool) -> str:
    word = rng.choice(["落实", "推进", "行政执法", "法治宣传", "合法权益", "规范"])
    if not wrong and rng.random() < 0.5:
        return rng.choice(
            ["逐户逐户上门走访,方方面面都照顾到。", "各站所实实在在办事,一件一件抓落实。", "征求意见,以及及时作出答复。"]
        )
    return f"进一步{word}{word if wrong else ''}有关工作要求。"


def template(rng: random.Random, wrong: bool) -> str:
    if wrong:
        return rng.choice(
            [
                "XX镇成立了领导小组。",
                "全年开展检查××次。",
                "自20XX年起实行值班制度。",
                "制定工作方案(此处填写名称),明确分工。",
                "联合某某局开展检查。",
            ]
        )
    return rng.choice(["举办“X先锋”主题活动。", "某村村民反映的问题已解决。", "办理A类许可12件。"])


def place(rng: random.Random, wrong: bool) -> tuple[str, tuple[str, str]]:
    own = rng.choice(PLACES)
    other = rng.choice([p for p in PLACES if p != own])[1] if wrong else own[1]
    if not wrong and rng.random() < 0.5:
        far = rng.choice([p for p in PLACES if p != own])
        form = rng.choice(["组织干部赴{1}考察学习。", "与{0}{1}签订协作协议。", "邀请{0}法律援助中心律师来镇讲课。"])
        return form.format(*far), own
    form = rng.choice(
        [
            "结合{}实际,细化工作措施。", "{}党委高度重视法治建设。", "{}司法所组织普法讲座。", "把依法行政作为{}各项工作的前提。",
            "{}人民政府印发工作要点。", "为推动{}高质量发展提供保障。", "在{}各村设立宣传点。", "今年以来,{}坚持从源头预防纠纷。",
        ]
    )  # fmt: skip
    return form.format(other), own


PASSAGES = (
    "镇综合执法队会同市场监管所对农贸市场、小作坊逐一登记造册,建立问题、整改、复查三本台账,对屡次违规的经营户约谈教育,引导大家诚信守法经营。",
    "各村设立法治观察哨,由老党员、退役军人、乡贤轮流值守,收集群众反映的难事烦心事,按轻重缓急分流到站所办理,办理结果当月张榜公布。",
    "便民服务中心推行午间不打烊、周末预约办,为行动不便的老人上门代办,对群众多次往返的事项倒查原因,逐项压缩环节,让办事的人少跑路。",
)


def repeats(rng: random.Random, wrong: bool) -> str:
    text = rng.choice(PASSAGES)
    if not wrong:
        return text
    other = text
    if rng.random() < 0.6:
        at = rng.randrange(10, len(text) - 12)
        other = text[:at] + rng.choice(["及时", "认真", ""]) + text[at + 2 :]
    return text + "\n(三)夯实基层基础\n加强队伍建设。" + other


Maker = Callable[[random.Random, bool], str]
SENTENCES: dict[str, tuple[Maker, tuple[str, ...]]] = {
    "arithmetic-parts": (parts, ("arithmetic-parts",)),
    "arithmetic-balance": (balance, ("arithmetic-balance",)),
    "arithmetic-rate": (rate, ("arithmetic-rate",)),
    "arithmetic-granularity": (granularity, ("arithmetic-granularity",)),
    "arithmetic-change": (change, ("arithmetic-change",)),
    "arithmetic-exception": (exception_, ("arithmetic-exception", "arithmetic-rate")),
    "law-repealed": (law, ("law-repealed",)),
    "law-expired": (expired, ("law-expired",)),
    "law-not-yet": (not_yet, ("law-not-yet",)),
    "law-title": (title, ("law-title",)),
    "law-article": (article, ("law-article",)),
    "law-brackets": (bracket, ("law-brackets",)),
    "copy-repeats": (repeats, ("copy-repeats",)),
    "language-terms": (term, ("language-terms",)),
    "language-doubled": (doubled, ("language-doubled",)),
    "language-template": (template, ("language-template",)),
}


def _years(
    rng: random.Random, own: tuple[str, str], year: int, before: str, after: str, other: tuple[str, str] | None = None
) -> tuple[str, str]:
    """Reports of two years in which nothing is wrong but what is brought in."""
    last = report(rng, *filter(None, [before]), place=own, year=year, lacks=LACKS_BEFORE, plans=PLANS_BEFORE)
    return last, report(rng, KEPT, *filter(None, [after]), place=other or own, year=year + 1)


def _whole(kind: str, rng: random.Random, wrong: bool) -> Case:
    """Faults that are not in one sentence."""
    own = rng.choice(PLACES)
    year = rng.randint(2022, 2024)
    checks = (kind,)
    if kind == "copy-places":
        text, own = place(rng, wrong)
        return Case(kind, (report(rng, text, place=own),), text if wrong else "", checks)
    if kind == "copy-rules":
        name = "湖南省行政程序规定" if wrong else rng.choice(["行政程序规定", "重大行政决策程序暂行条例"])
        own = rng.choice([p for p in PLACES if p[1] != "岩头寨镇"])
        text = f"严格执行《{name}》,规范决策行为。"
        return Case(kind, (report(rng, text, place=own),), text if wrong else "", checks)
    if kind == "report-contents":
        text = report(rng, place=own, skip=rng.choice(["lacks", "plans"]) if wrong else "")
        return Case(kind, (text,), text if wrong else "", checks)
    if kind == "report-deadline":
        month = rng.randint(4, 9) if wrong else rng.randint(1, 3)
        ending = f"{own[1]}人民政府\n{year + 1}年{month}月{rng.randint(2, 28)}日"
        return Case(kind, (report(rng, place=own, year=year, ending=ending),), ending.split("\n")[1] if wrong else "", checks)
    if kind == "report-years":
        if rng.random() < 0.5:
            ending = f"{own[1]}人民政府\n{year - (1 if wrong else 0)}年12月{rng.randint(10, 28)}日"
            return Case(kind, (report(rng, place=own, year=year, ending=ending),), ending.split("\n")[1] if wrong else "", checks)
        opening = f"{year - 1 if wrong else year}年,全镇上下扎实推进依法行政,一年来的主要工作如下:"
        return Case(kind, (report(rng, place=own, year=year, opening=opening),), opening if wrong else "", checks)
    if kind == "promise-kept":
        plan = "完善信访工作机制,推动信访事项依法办理。"
        before = report(rng, place=own, year=year, plans=(plan,), lacks=LACKS_BEFORE)
        extra = () if wrong else ("依法办理信访事项,规范信访工作秩序。",)
        return Case(kind, (before, report(rng, *extra, place=own, year=year + 1)), plan if wrong else "", checks)
    if kind == "promise-shortcomings":
        lacks = (LACKS[0],)
        after = lacks if wrong else ("网格员流动较快,新手对政策不够熟悉。",)
        before = report(rng, place=own, year=year, lacks=lacks, plans=PLANS_BEFORE)
        texts = before, report(rng, KEPT, place=own, year=year + 1, lacks=after)
        return Case(kind, texts, LACKS[0] if wrong else "", checks)
    if kind == "promise-empty":
        plan = "我们将再接再厉,争取更大成绩。" if wrong else PLANS[1]
        return Case(kind, (report(rng, place=own, plans=(plan,)),), plan if wrong else "", checks)
    if kind == "arithmetic-twice":
        n = rng.randint(20, 60)
        one = f"镇法律顾问审查行政规范性文件草案{n}件。"
        text = f"严把文件质量关,审查行政规范性文件草案{n + rng.randint(2, 9) if wrong else n}件。"
        return Case(kind, (report(rng, one, text, place=own),), text if wrong else "", checks)
    if kind == "arithmetic-growth":
        old = rng.randint(60, 200)
        new = old + rng.randint(10, 50)
        shown = round(100 * (new - old) / old + (rng.choice([-7, 8, 12]) if wrong else 0), 1)
        text = f"全年调解矛盾纠纷{new}件,同比{'增长' if shown >= 0 else '下降'}{abs(shown)}%。"
        texts = _years(rng, own, year, f"全年调解矛盾纠纷{old}件。", text)
        return Case(kind, texts, text if wrong else "", checks)
    assert kind in ("copy-across", "copy-last-year")
    text = "".join(rng.sample(PASSAGES, 2))
    other = own if kind == "copy-last-year" else rng.choice([p for p in PLACES if p != own])
    theirs = (
        text.replace("逐", "一一").replace("群众", "村民") if wrong else "走村入户听取意见,把矛盾化解在田间地头,全年无越级上访。"
    )
    texts = _years(rng, own, year, text, theirs, other)
    return Case(kind, texts, theirs if wrong else "", checks)


WHOLE = (
    "arithmetic-twice arithmetic-growth copy-across copy-last-year copy-places copy-rules report-contents report-deadline report-years "
    "promise-kept promise-shortcomings promise-empty"
).split()


def cases(count: int, *, seed: int = 11) -> Iterator[Case]:
    """``count`` faulty cases and as many look-alikes of each kind."""
    rng = random.Random(seed)
    for kind, (maker, checks) in SENTENCES.items():
        for wrong in [True] * count + [False] * count:
            text = maker(rng, wrong)
            year = rng.randint(2020, 2023) if kind == "law-not-yet" else rng.randint(2022, 2025)
            yield Case(kind, (report(rng, text, year=year),), text if wrong else "", checks)
    for kind in WHOLE:
        for wrong in [True] * count + [False] * count:
            yield _whole(kind, rng, wrong)
