"""Copied passages planted in made-up reports: made of many small choices, so that no two are alike by chance."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from bench.generator import reports

WHO = "镇司法所 综合执法队 平安办 信访办 村支部 调委会 网格员 妇联 团委 老年协会 派出所 便民中心 农技站 卫生院 中心校 供销社 水管站 林业站 财政所 退役军人站".split()
WHERE = "晒谷场 老粮仓 渡口 茶山 果园 集市 祠堂 篮球场 旧校舍 水库边 桥头 养殖场 砖厂 砂场 码头 夜市 蔬菜大棚 扶贫车间 候车亭 文化广场".split()
WHEN = "每周三晚上 每月初五 农闲时节 赶集日 春耕前 汛期前 开学第一周 中秋前后 年底 每季度末 重阳节 秋收后 寒假里 周末 清晨 午休时间".split()
WHAT = "讲身边的官司 核对土地台账 清点欠薪名单 演一出调解小戏 抽查秤具 代写诉状 模拟法庭 收集意见 解读新规 测评满意度 回访当事人 张榜公示 结对帮教 清查租约 排查电线 登记外来人员".split()
HOW = "用方言 借助无人机 挨家挨户 以抽签方式 通过广播 骑摩托车 分三组 带着图册 请退休法官 由老党员领头 借用流动舞台 用二维码 在微信群里 按片区 以案例 凭积分".split()
RESULT = "解开了多年的疙瘩 收回欠款 促成和解 追回农资 补签合同 更换了警示牌 改了村规 退还押金 拆了违建 修好了水渠 减少了纠纷 带出一批骨干 留下了记录 建了档案 得到好评 传到邻县".split()
EDITS = {"镇": "乡", "村": "社区", "晚上": "上午", "清点": "核查", "以": "用", "了": "过", "开展": "组织", "进行": "实施"}


@dataclass(frozen=True, slots=True)
class Planted:
    """A copied passage: the numbers of the two reports, and the share of characters in which the two texts agree."""

    one: int
    other: int
    agreement: float


def passage(rng: random.Random) -> str:
    """A passage of 80 to 320 characters."""
    text = ""
    size = rng.randint(80, 300)
    while len(text) < size:
        number = rng.randint(2, 96)
        parts = [rng.choice(WHEN), rng.choice(WHO), rng.choice(HOW), "在", rng.choice(WHERE), rng.choice(WHAT)]
        if rng.random() < 0.4:
            parts[0], parts[1] = parts[1], parts[0]
        text += (
            "".join(parts) + rng.choice([",", f"{number}次,", f",前后{number}户参加,"]) + rng.choice(RESULT) + rng.choice("。;")
        )
    return text


def edited(text: str, rng: random.Random, agreement: float) -> str:
    """The passage with words replaced, dropped and put in until only about a share of it agrees."""
    chars = list(text)
    budget = round(len(text) * (1 - agreement) * 0.9)
    while budget > 0:
        at, size = rng.randrange(len(chars)), min(budget, rng.randint(1, 4))
        kind = rng.random()
        if kind < 0.6:
            chars[at : at + size] = [
                rng.choice("各有关方面及时组织力量做好落实工作并定期汇报情况") for _ in range(min(size, len(chars) - at))
            ]
        elif kind < 0.8:
            del chars[at : at + size]
        else:
            chars[at:at] = [rng.choice("进一步切实认真全面积极主动") for _ in range(size)]
        budget -= size
    return "".join(chars)


def corpus(count: int, *, seed: int = 7, length: int = 4000) -> tuple[Iterator[list[str]], list[Planted]]:
    """The paragraphs of ``count`` made-up reports, and what was planted in them: one copied passage for ten reports."""
    rng = random.Random(seed)
    planted: list[Planted] = []
    inserts: dict[int, list[str]] = {}
    while len(planted) < count // 10:
        one, other = rng.sample(range(count), 2)
        text = passage(rng)
        copy = edited(text, rng, rng.uniform(0.8, 1.0))
        matcher = SequenceMatcher(None, text, copy, autojunk=False)
        agreement = matcher.ratio()
        if agreement < 0.8 or min(len(text), len(copy)) < 80:
            continue
        planted.append(Planted(one, other, agreement))
        inserts.setdefault(one, []).append(text)
        inserts.setdefault(other, []).append(copy)

    def made() -> Iterator[list[str]]:
        rng = random.Random(seed + 1)
        for number, report in enumerate(reports(count, seed=seed, length=length)):
            lines = [line for line in report.text.split("\n") if line]
            for text in inserts.get(number, ()):
                at = rng.randrange(2, len(lines))
                if rng.random() < 0.5 or len(lines[at]) < 60:
                    lines.insert(at, text)
                else:
                    cut = lines[at].find("。", len(lines[at]) // 2) + 1
                    lines[at] = lines[at][:cut] + text + lines[at][cut:]
            yield lines

    return made(), planted
