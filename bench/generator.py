"""Made-up reports with known facts: a small grammar over real places and laws, the same for the same seed."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kgraph.knowledge import Knowledge

# Each line is one sentence of an achievement section. {n} is a number with its comparator word, {law} a title from the
# catalogue, {p} a percentage, {month} a month. What is counted follows from the words around the number.
SENTENCES = """
镇党委理论学习中心组专题学习习近平法治思想{n}次，研讨交流{n}次。
组织机关干部参加学法考试，参考率达{p}，合格率达{p}。
举办《{law}》专题讲座{n}场次，参训干部{n}人次。
镇党委会议听取法治建设工作汇报{n}次，研究解决难题{n}个。
印发年度法治建设工作要点，分解任务{n}项，逐项明确责任站所和完成时限。
严格执行重大行政决策程序，全年作出重大行政决策{n}项，均经合法性审查。
法律顾问审查合同{n}份，出具法律意见书{n}份，参与处理涉法事务{n}件。
认真落实行政执法公示、执法全过程记录、重大执法决定法制审核制度，公示执法信息{n}条。
镇综合行政执法队办理行政处罚案件{n}件，罚款{n}万元。
组织执法人员开展业务培训{n}期，{n}名执法人员通过资格考试，持证率{p}。
联合县市场监督管理局检查食品经营单位{n}家次，发现问题隐患{n}处，整改{n}处。
开展安全生产大检查{n}次，排查隐患{n}条，整改率{p}。
修订应急预案{n}份，开展应急演练{n}场次，参演群众{n}余人次。
镇人民调解委员会受理矛盾纠纷{n}件，调解成功{n}件，调解成功率{p}。
坚持和发展新时代“枫桥经验”，排查各类矛盾纠纷{n}起，化解{n}起。
认真贯彻《{law}》，受理信访事项{n}件，按期办结率{p}。
全镇划分网格{n}个，配备专兼职网格员{n}名，上报处置事件{n}件。
司法所接待法律咨询{n}人次，办理法律援助案件{n}件。
派出所破获电信诈骗案件{n}起，挽回群众损失{n}万元。
衔接社区矫正对象{n}名，开展走访帮教{n}人次。
依法主动公开政府信息{n}条，办理依申请公开{n}件，答复率{p}。
办理县人大代表建议{n}件、政协委员提案{n}件，满意率{p}。
自觉接受县人民法院、县人民检察院的监督，办理检察建议{n}件。
结合“宪法宣传周”等节点开展普法宣传活动{n}场次，发放宣传资料{n}余份，接受群众咨询{n}余人次。
向群众发放《{law}》读本{n}册，悬挂横幅{n}条。
新建法治文化广场{n}处，更新法治宣传栏{n}块。
培养“法律明白人”{n}名，每个村配备{n}名，组织培训{n}次。
{n}个村聘请法律顾问，提供法律服务{n}次，开展法治讲座{n}场。
创建市级“民主法治示范村”{n}个，修订村规民约{n}份。
法治副校长进校园开展法治讲座{n}场次，覆盖师生{n}人次。
便民服务中心办理政务服务事项{n}件，按时办结率{p}，办理时限由20个工作日压缩至{n}个工作日。
走访企业{n}家，为企业解决问题{n}个。
办理12345热线工单{n}件，同比下降{p}，群众满意率{p}。
""".split()
PROSE = """
镇党委把法治建设纳入年度工作要点，与经济社会发展同部署、同推进、同督促、同考核，主要负责同志带头履行推进法治建设第一责任人职责，对重要工作亲自部署、重大问题亲自过问、重点环节亲自协调。
健全领导干部学法用法制度，把习近平法治思想和宪法法律列入党委理论学习中心组年度学习计划，推动领导干部做尊法学法守法用法的模范。
严格落实重大行政决策公众参与、专家论证、风险评估、合法性审查和集体讨论决定程序，对事关群众切身利益的事项广泛听取各方面意见。
持续深化“放管服”改革，推行一窗受理、集成服务，优化便民服务大厅功能布局，让群众办事更加方便快捷。
全面落实行政执法责任制，规范行政执法行为，做到执法程序合法、文书规范、处罚适当，切实维护当事人的合法权益。
完善突发事件应急处置机制，强化值班值守和信息报送，提升基层依法防范化解风险的能力。
健全矛盾纠纷排查预警机制，发挥人民调解、行政调解、司法调解联动作用，努力把矛盾化解在基层、消除在萌芽状态。
深化政务公开，通过政府网站、政务新媒体和公开栏及时发布群众关心的信息，主动接受社会监督。
加强党风廉政建设，紧盯重点领域和关键环节，强化对权力运行的制约和监督，营造风清气正的政治生态。
落实“谁执法谁普法”普法责任制，结合重要时间节点开展形式多样的法治宣传，营造办事依法、遇事找法的良好氛围。
加强法治文化阵地建设，把法治元素融入乡村公园、文化广场和宣传长廊，让群众在休闲中感受法治文化。
推进自治、法治、德治相结合，完善村规民约，引导群众自我管理、自我教育、自我服务。
加强行政规范性文件管理，严格制定程序，落实公平竞争审查和备案审查制度，及时清理与上位法不一致的内容。
""".split()
NEUTRAL = """
一年来，全镇上下凝心聚力、攻坚克难，经济社会发展保持稳中有进、稳中向好的良好态势，各项民生事业取得新的进步，人民群众的获得感、幸福感、安全感不断增强。
坚持以人民为中心的发展思想，想群众之所想、急群众之所急，把为民办实事作为一切工作的出发点和落脚点，以实际行动赢得了群众的信任和支持。
牢牢把握高质量发展这个首要任务，抢抓区域协同发展重大机遇，锐意进取、真抓实干，推动特色产业提质增效、基础设施提档升级、乡村面貌焕然一新。
各村各单位主动作为、密切配合，形成了上下联动、齐抓共管的工作局面，为全镇各项事业的发展打下了坚实的基础。
""".split()
SHORTCOMINGS = """
部分干部法治意识不强，运用法治思维解决问题的能力有待提高。
执法队伍力量不足，专业人员缺乏，业务培训的系统性不够。
普法宣传形式单一，针对性和实效性有待增强。
矛盾纠纷排查化解的预警机制还不够健全。
""".split()
PLANS = """
加强领导干部学法用法，每年组织专题培训不少于{n}次。
加强行政执法队伍建设，组织执法人员开展业务培训。
深入宣传《{law}》，力争发放宣传资料{n}份以上。
健全矛盾纠纷排查化解机制，力争调解成功率达到{p}。
""".split()
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Made:
    """A made-up report: file name, text, and the facts known to be in it: (value, unit) of metrics, titles of laws."""

    name: str
    text: str
    metrics: tuple[tuple[str, str], ...]
    laws: tuple[str, ...]


def reports(count: int, *, seed: int = 7, length: int = 4000) -> Iterator[Made]:
    """``count`` reports of townships, each of about ``length`` characters."""
    knowledge = Knowledge()
    rows = list(knowledge.rows("regions.csv"))
    names = {row["code"]: (row["name"], row["parent_code"]) for row in rows}
    towns = sorted(row["code"] for row in rows if row["level"] == "4" and row["name"].endswith(("镇", "乡")))
    laws = sorted(row["name"] for row in knowledge.rows("laws.csv") if row["kind"] == "law")
    rng = random.Random(seed)
    for index, code in enumerate(rng.sample(towns, min(count, len(towns)))):
        town, county = names[code][0], names[names[code][1]][0]
        year = rng.randint(2019, 2025)
        yield _report(rng, f"{index:05d}.txt", town, county, year, laws, length)


def _report(rng: random.Random, name: str, town: str, county: str, year: int, laws: list[str], length: int) -> Made:
    metrics: list[tuple[str, str]] = []
    cited: list[str] = []

    def fill(sentence: str) -> str:
        def slot(m: re.Match[str]) -> str:
            after = sentence[m.end() :]
            if m[1] == "law":
                cited.append(rng.choice(laws))
                return cited[-1]
            if m[1] == "p":
                value = rng.choice(["100", "98.6", "95", "92.35"])
                metrics.append((value, "%"))
                return value + "%"
            value = str(rng.choice([rng.randint(1, 30), rng.randint(30, 900)]))
            unit = re.match(r"(?:余|多)?万?([^，。；、“《]{1,4}?)(?=[，。；、以村]|执法|网格|$|通过|聘请)", after)
            words = unit[1] if unit else ""
            metrics.append((value + "0000" if after.startswith("万") else value, words))
            return value

        return _SLOT.sub(slot, sentence)

    parts = [f"{county}{town}{year}年法治政府建设年度报告\n\n"]
    parts.append(
        f"{year}年，{town}在县委、县政府的坚强领导下，深入学习贯彻习近平法治思想，扎实推进法治政府建设，现将有关情况报告如下：\n"
    )
    parts.append("一、主要举措和成效\n")
    pool = rng.sample(SENTENCES, len(SENTENCES)) * 8
    prose = rng.sample(PROSE, len(PROSE)) * 12
    size, group = 0, 0
    while size < length - 500:
        group += 1
        chosen = [prose.pop(), rng.choice(NEUTRAL), pool.pop(), prose.pop(), rng.choice(NEUTRAL)]
        text = f"（{'一二三四五六七八九十'[group % 10]}）扎实推进各方面工作\n" + "".join(fill(s) for s in chosen) + "\n"
        parts.append(text)
        size += len(text)
    parts.append("二、存在的不足和原因\n" + "".join(rng.sample(SHORTCOMINGS, 3)) + "\n")
    parts.append(f"三、{year + 1}年工作打算\n" + "".join(fill(s) for s in rng.sample(PLANS, 3)) + "\n")
    parts.append(f"\n{county}{town}人民政府\n{year + 1}年1月{rng.randint(2, 28)}日\n")
    return Made(name, "".join(parts), tuple(metrics), tuple(cited))


def write(folder: Path, count: int, *, seed: int = 7) -> dict[str, Made]:
    """Write the reports as files and return them by name."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {}
    for report in reports(count, seed=seed):
        (folder / report.name).write_text(report.text, encoding="utf-8")
        made[report.name] = report
    return made
