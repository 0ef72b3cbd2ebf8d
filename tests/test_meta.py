"""Who issued a report, for which region, on which year, when: a table of short reports."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.errors import UnreadableReport
from kgraph.knowledge import Knowledge
from kgraph.meta import MetaReader
from kgraph.model import Document, ReportMeta, Unlinked
from kgraph.segment import Segmenter

KNOWLEDGE = Knowledge()
SEGMENTER = Segmenter(KNOWLEDGE)
READER = MetaReader(KNOWLEDGE)


def body(own: str) -> str:
    return f"\n一、主要举措和成效\n(一)加强学习。{own}认真开展普法宣传活动,{own}干部参加学习。\n二、存在问题\n宣传力度不够。\n"


def read(text: str, metadata: dict[str, str]) -> tuple[ReportMeta, list[Unlinked]]:
    document = Document(text, "a.txt", "sha256:0", metadata)
    return READER.read(document, SEGMENTER.outline(document))


# why, what stands before the text, its own word, what stands after it, the portal's data -> issuer, regions, year, day
CASES: list[tuple[str, str, str, str, dict[str, str], str | None, str, int | None, str | None]] = [
    (
        "title names county and town",
        "宝丰县张八桥镇2023年法治政府建设情况的报告\n2023年,我镇认真学习。",
        "我镇",
        "",
        {},
        "平顶山市宝丰县张八桥镇人民政府",
        "河南省 平顶山市 宝丰县 张八桥镇",
        2023,
        None,
    ),
    (
        "place and full name of a county",
        "中牟县人民政府关于2022年度法治政府建设情况的报告\n2022年,中牟县坚持依法行政。",
        "我县",
        "中牟县人民政府\n2023年2月8日\n",
        {},
        "郑州市中牟县人民政府",
        "河南省 郑州市 中牟县",
        2022,
        "2023-02-08",
    ),
    (
        "joint report of party and government",
        "中共淮北市段园镇委员会 淮北市段园镇人民政府关于2024年法治政府建设情况的报告\n2024年,段园镇坚持。",
        "我镇",
        "中共淮北市段园镇委员会  淮北市段园镇人民政府\n2025年2月11日",
        {},
        "淮北市杜集区段园镇人民政府",
        "安徽省 淮北市 杜集区 段园镇",
        2024,
        "2025-02-11",
    ),
    (
        "department of a county",
        "潼关县司法局2022年法治政府建设工作报告\n2022年,县司法局围绕中心工作。",
        "我局",
        "",
        {},
        "渭南市潼关县司法局",
        "陕西省 渭南市 潼关县",
        2022,
        None,
    ),
    (
        "department of a district of a municipality",
        "重庆市长寿区司法局2022年度法治政府建设年度报告\n2022年,长寿区司法局认真履职。",
        "我局",
        "",
        {},
        "重庆市长寿区司法局",
        "重庆市 长寿区",
        2022,
        None,
    ),
    (
        "commission",
        "重庆市开州区发展和改革委员会关于2023年法治政府建设情况的报告\n今年以来,我委坚持学习。",
        "我委",
        "",
        {},
        "重庆市开州区发展和改革委员会",
        "重庆市 开州区",
        2023,
        None,
    ),
    (
        "street office by place",
        "草滩街道2024年法治政府建设工作报告\n2024年以来,草滩街道办事处在未央区委、区政府领导下开展工作。",
        "街道",
        "",
        {},
        "西安市未央区草滩街道办事处",
        "陕西省 西安市 未央区 草滩街道",
        2024,
        None,
    ),
    (
        "district of a municipality, site line above",
        "天津市静海区人民政府\n静海区2023年度法治政府建设情况报告\n来源:静海区人民政府办公室 发布时间:2024-03-28 09:18\n2023年,静海区坚持。",
        "我区",
        "",
        {"issuer": "静海区人民政府办公室", "issued": "2024-03-28 09:18"},
        "天津市静海区人民政府",
        "天津市 静海区",
        2023,
        "2024-03-28",
    ),
    (
        "province",
        "贵州省人民政府关于2023年法治政府建设情况的报告\n2023年,全省上下。",
        "我省",
        "",
        {"issued": "2024-04-10"},
        "贵州省人民政府",
        "贵州省",
        2023,
        "2024-04-10",
    ),
    (
        "autonomous county",
        "金平苗族瑶族傣族自治县人民政府关于2025年度法治政府建设情况的报告\n2025年,金平县坚持。",
        "我县",
        "",
        {},
        "红河哈尼族彝族自治州金平苗族瑶族傣族自治县人民政府",
        "云南省 红河哈尼族彝族自治州 金平苗族瑶族傣族自治县",
        2025,
        None,
    ),
    (
        "year before the place",
        "2022年绿塘乡法治政府建设工作报告\n2022年,绿塘乡在大方县委、县政府领导下开展工作。",
        "我乡",
        "",
        {},
        "毕节市大方县绿塘乡人民政府",
        "贵州省 毕节市 大方县 绿塘乡",
        2022,
        None,
    ),
    (
        "year in Chinese numerals",
        "南和区二〇二三年度法治政府建设情况报告\n一年来,南和区坚持。",
        "我区",
        "二〇二四年一月五日\n",
        {},
        "邢台市南和区人民政府",
        "河北省 邢台市 南和区",
        2023,
        "2024-01-05",
    ),
    (
        "no name in the title, the opening names it",
        "关于2023年法治政府建设情况的报告\n2023年以来,张八桥镇认真落实宝丰县委、县政府部署。",
        "我镇",
        "",
        {},
        "平顶山市宝丰县张八桥镇人民政府",
        "河南省 平顶山市 宝丰县 张八桥镇",
        2023,
        None,
    ),
    (
        "never named",
        "法治政府建设工作总结\n我乡党委、政府高度重视,围绕法治益阳,落实《湖南省行政程序规定》和益阳市委要求,2021年开展工作。",
        "我乡",
        "",
        {},
        None,
        "湖南省 益阳市",
        2021,
        None,
    ),
    (
        "header names the issuer",
        "2024年度法治政府建设情况报告\n2024年,我局认真履职。",
        "我局",
        "",
        {"issuer": "晋江市交通运输局", "issued": "2025年3月6日"},
        "泉州市晋江市交通运输局",
        "福建省 泉州市 晋江市",
        2024,
        "2025-03-06",
    ),
    (
        "bureau of a prefecture",
        "枣庄市生态环境局2020年度法治政府建设情况报告\n2020年,我局坚持。",
        "我局",
        "",
        {},
        "枣庄市生态环境局",
        "山东省 枣庄市",
        2020,
        None,
    ),
    (
        "department of a province",
        "湖北省司法厅2022年度法治政府建设情况报告\n2022年,省司法厅坚持。",
        "我厅",
        "",
        {},
        "湖北省司法厅",
        "湖北省",
        2022,
        None,
    ),
    (
        "county-level city",
        "禄丰市人民政府关于2022年法治政府建设工作情况报告\n2022年,禄丰市坚持。",
        "我市",
        "",
        {},
        "楚雄彝族自治州禄丰市人民政府",
        "云南省 楚雄彝族自治州 禄丰市",
        2022,
        None,
    ),
    (
        "town of a county-level city, addressee",
        "中村乡人民政府关于2022年法治政府建设工作情况报告\n中共禄丰市委、市人民政府:\n2022年来,中村乡认真工作。",
        "我乡",
        "",
        {},
        "楚雄彝族自治州禄丰市中村乡人民政府",
        "云南省 楚雄彝族自治州 禄丰市 中村乡",
        2022,
        None,
    ),
    (
        "ambiguous town resolved by the county",
        "太平镇2023年法治政府建设年度报告\n2023年,太平镇在从化区委、区政府领导下开展工作。",
        "我镇",
        "",
        {},
        "广州市从化区太平镇人民政府",
        "广东省 广州市 从化区 太平镇",
        2023,
        None,
    ),
    (
        "ambiguous town, nothing else named",
        "城关镇2023年法治政府建设年度报告\n2023年,城关镇坚持。",
        "我镇",
        "",
        {},
        "城关镇人民政府",
        "",
        2023,
        None,
    ),
    (
        "ambiguous district by its city",
        "鼓楼区2023年法治政府建设情况报告\n2023年,鼓楼区落实徐州市委、市政府部署。",
        "我区",
        "",
        {},
        "徐州市鼓楼区人民政府",
        "江苏省 徐州市 鼓楼区",
        2023,
        None,
    ),
    (
        "ambiguous district by a short name",
        "鼓楼区2023年法治政府建设情况报告\n2023年,鼓楼区推进法治开封建设。",
        "我区",
        "",
        {},
        "开封市鼓楼区人民政府",
        "河南省 开封市 鼓楼区",
        2023,
        None,
    ),
    (
        "city without counties",
        "东莞市虎门镇2023年法治政府建设情况报告\n2023年,虎门镇坚持。",
        "我镇",
        "",
        {},
        "东莞市虎门镇人民政府",
        "广东省 东莞市 虎门镇",
        2023,
        None,
    ),
    (
        "county-level city under the province",
        "仙桃市2021年法治政府建设年度报告\n2021年,仙桃市坚持。",
        "我市",
        "",
        {},
        "仙桃市人民政府",
        "湖北省 仙桃市",
        2021,
        None,
    ),
    (
        "plan of the next year in the title",
        "海淀区2019年法治政府建设情况和2020年工作安排\n2019年,海淀区坚持。",
        "我区",
        "",
        {},
        "北京市海淀区人民政府",
        "北京市 海淀区",
        2019,
        None,
    ),
    (
        "year is not that of publication",
        "关于法治政府建设情况的报告\n2022年,寻乌县坚持依法行政。",
        "我县",
        "2023年1月10日",
        {"issued": "2023-01-12"},
        "赣州市寻乌县人民政府",
        "江西省 赣州市 寻乌县",
        2022,
        "2023-01-12",
    ),
    (
        "police bureau",
        "泾源县公安局2025年法治政府建设情况报告\n县委全面依法治县委员会办公室:\n2025年,泾源县公安局坚持。",
        "我局",
        "泾源县公安局\n2025年12月31日",
        {},
        "固原市泾源县公安局",
        "宁夏回族自治区 固原市 泾源县",
        2025,
        "2025-12-31",
    ),
    (
        "short form in the opening only",
        "2022年度法治政府建设工作总结\n2022年,县农业农村局坚持依法行政。在平江县委、县政府领导下开展工作。",
        "我局",
        "",
        {},
        "岳阳市平江县农业农村局",
        "湖南省 岳阳市 平江县",
        2022,
        None,
    ),
    (
        "portal site as source",
        "2023年法治政府建设情况报告\n2023年,甘谷县坚持。",
        "我县",
        "",
        {"issuer": "甘谷县政府网站", "issued": "2024/01/09"},
        "天水市甘谷县人民政府",
        "甘肃省 天水市 甘谷县",
        2023,
        "2024-01-09",
    ),
    (
        "town not in the table, county stated",
        "宝丰县云顶镇2023年法治政府建设情况报告\n2023年,云顶镇坚持。",
        "我镇",
        "",
        {},
        "平顶山市宝丰县云顶镇人民政府",
        "河南省 平顶山市 宝丰县",
        2023,
        None,
    ),
    (
        "management committee of a zone",
        "郑州经济技术开发区管理委员会2023年法治政府建设情况报告\n2023年,郑州经开区坚持。",
        "我区",
        "",
        {},
        "郑州市郑州经济技术开发区管理委员会",
        "河南省 郑州市 郑州经济技术开发区",
        2023,
        None,
    ),
    (
        "ethnic township by its full name",
        "海东市乐都区共和乡2022年度法治政府建设工作报告\n2022年,共和乡坚持。",
        "我乡",
        "",
        {},
        "海东市乐都区共和乡人民政府",
        "青海省 海东市 乐都区 共和乡",
        2022,
        None,
    ),
    (
        "bureau with 和",
        "平江县教育和体育局2021年法治政府建设情况报告\n2021年,我局坚持。",
        "我局",
        "",
        {},
        "岳阳市平江县教育和体育局",
        "湖南省 岳阳市 平江县",
        2021,
        None,
    ),
    (
        "written date only",
        "徐庄镇2025年度法治政府建设情况报告\n2025年,徐庄镇落实《山亭区法治政府建设工作计划》。",
        "我镇",
        "",
        {"issuer": "徐庄镇人民政府", "written": "2026年01月28日"},
        "枣庄市山亭区徐庄镇人民政府",
        "山东省 枣庄市 山亭区 徐庄镇",
        2025,
        "2026-01-28",
    ),
    (
        "the office posts for its government",
        "2023年法治政府建设年度报告\n一年来,全区上下共同努力,我区法治建设取得进展。",
        "我区",
        "",
        {"issuer": "杜集区人民政府办公室", "issued": "2024-02-01"},
        "淮北市杜集区人民政府",
        "安徽省 淮北市 杜集区",
        2023,
        "2024-02-01",
    ),
    (
        "the bureau posts for its government",
        "静海区2020年法治政府建设情况报告\n2020年,静海区坚持。",
        "我区",
        "",
        {"issuer": "静海区司法局"},
        "天津市静海区人民政府",
        "天津市 静海区",
        2020,
        None,
    ),
    (
        "law enforcement bureau of a county",
        "平江县城市管理和综合执法局2023年法治政府建设年度报告\n2023年,我局坚持。",
        "我局",
        "",
        {},
        "岳阳市平江县城市管理和综合执法局",
        "湖南省 岳阳市 平江县",
        2023,
        None,
    ),
    (
        "tax bureau",
        "国家税务总局平江县税务局2023年法治政府建设情况报告\n2023年,平江县税务局坚持。",
        "我局",
        "",
        {},
        "国家税务总局平江县税务局",
        "湖南省 岳阳市 平江县",
        2023,
        None,
    ),
    (
        "banner of Inner Mongolia",
        "准格尔旗2022年法治政府建设情况报告\n2022年,准格尔旗坚持。",
        "我旗",
        "",
        {},
        "鄂尔多斯市准格尔旗人民政府",
        "内蒙古自治区 鄂尔多斯市 准格尔旗",
        2022,
        None,
    ),
    (
        "autonomous prefecture by its short form",
        "湘西州2022年法治政府建设情况报告\n2022年,湘西州坚持。",
        "我州",
        "",
        {},
        "湘西土家族苗族自治州人民政府",
        "湖南省 湘西土家族苗族自治州",
        2022,
        None,
    ),
    (
        "former name of a district",
        "章丘市2015年依法行政工作报告\n2015年,章丘市坚持。",
        "我市",
        "",
        {},
        "济南市章丘区人民政府",
        "山东省 济南市 章丘区",
        2015,
        None,
    ),
    (
        "brackets and suffix in a portal title",
        "【法治建设】宿城区司法局2023年度法治政府建设情况报告\n2023年,宿城区司法局坚持。",
        "我局",
        "",
        {},
        "宿迁市宿城区司法局",
        "江苏省 宿迁市 宿城区",
        2023,
        None,
    ),
    (
        "work plan cited with another year",
        "2023年,云霄县认真落实工作部署\n云霄县2023年法治政府建设年度工作报告\n根据《法治政府建设实施纲要(2021-2025年)》,现将2023年工作报告如下。",
        "我县",
        "",
        {},
        "漳州市云霄县人民政府",
        "福建省 漳州市 云霄县",
        2023,
        None,
    ),
    (
        "town of a zone that the table lacks",
        "金普新区中长街道办事处2025年度法治政府建设情况报告\n大连金普新区政府网",
        "街道",
        "",
        {},
        "大连市金普新区中长街道办事处",
        "辽宁省 大连市",
        2025,
        None,
    ),
    (
        "the title names nobody, a later clause does",
        "2021年法治政府建设情况报告\n2021年,在市委、市政府领导下,江州区坚持依法行政。",
        "我区",
        "",
        {"issuer": "江州区司法局"},
        "崇左市江州区人民政府",
        "广西壮族自治区 崇左市 江州区",
        2021,
        None,
    ),
    (
        "party and subdistrict",
        "中共未央区草滩街道工作委员会 草滩街道办事处关于2024年法治政府建设情况的报告\n2024年,草滩街道坚持。",
        "街道",
        "",
        {},
        "西安市未央区草滩街道办事处",
        "陕西省 西安市 未央区 草滩街道",
        2024,
        None,
    ),
    (
        "signature of a bureau",
        "2023年度法治政府建设工作总结\n2023年,在县委、县政府领导下,我局坚持依法行政。",
        "我局",
        "平江县水利局\n2023年12月20日",
        {},
        "岳阳市平江县水利局",
        "湖南省 岳阳市 平江县",
        2023,
        "2023-12-20",
    ),
    ("anonymised", "某县2023年法治政府建设情况报告\n2023年,我县坚持。", "我县", "", {}, None, "", 2023, None),
    (
        "an office reports on itself",
        "平江县人民政府办公室2023年法治政府建设报告\n2023年,县政府办公室坚持。",
        "我办",
        "",
        {},
        "岳阳市平江县人民政府办公室",
        "湖南省 岳阳市 平江县",
        2023,
        None,
    ),
    (
        "zone with a committee, named in the header",
        "芜湖经济技术开发区管委会 2023-02-10\n芜湖经济技术开发区2022年法治政府建设情况报告\n2022年,开发区坚持依法办事。",
        "开发区",
        "",
        {},
        "芜湖市芜湖经济技术开发区管委会",
        "安徽省 芜湖市 芜湖经济技术开发区",
        2022,
        "2023-02-10",
    ),
    (
        "street office by its full name",
        "鲤城区人民政府金龙街道办事处2022年法治政府建设工作报告\n2022年,我街道在区委领导下推进工作。",
        "我街道",
        "",
        {},
        "泉州市鲤城区金龙街道办事处",
        "福建省 泉州市 鲤城区 金龙街道",
        2022,
        None,
    ),
    (
        "year in brackets, another year in the text",
        "良渚街道法治政府建设报告(2023年度)\n街道获评2022年度先进单位。",
        "我街道",
        "",
        {},
        "杭州市余杭区良渚街道办事处",
        "浙江省 杭州市 余杭区 良渚街道",
        2023,
        None,
    ),
    (
        "ethnic township by its short name, dated in the portal's line",
        "同练乡2021年法治政府建设工作汇报\n2022-01-05 10:45 来源:融水苗族自治县同练瑶族乡人民政府 字体:大 中 小\n2021年,同练乡抓法治、促和谐。",
        "我乡",
        "",
        {},
        "柳州市融水苗族自治县同练瑶族乡人民政府",
        "广西壮族自治区 柳州市 融水苗族自治县 同练瑶族乡",
        2021,
        "2022-01-05",
    ),
    (
        "branch of a bureau, copies sent to others",
        "关于2020年度法治政府建设工作情况的报告\n县委全面依法治县委员会:\n今年以来,平利分局认真落实任务。现报告如下:",
        "我局",
        "安康市生态环境局平利分局\n2020年12月28日\n抄送:安康市生态环境局,平利县司法局。",
        {},
        "安康市生态环境局平利分局",
        "陕西省 安康市 平利县",
        2020,
        "2020-12-28",
    ),
    (
        "short name in the title, full name in the signature",
        "普陀区建设管理委2023年度法治政府建设情况报告\n2023年,普陀区建设和管理委员会认真履行职责。",
        "我委",
        "上海市普陀区建设和管理委员会",
        {},
        "上海市普陀区建设和管理委员会",
        "上海市 普陀区",
        2023,
        None,
    ),
    (
        "party group and department sign",
        "中共青海省水利厅党组\n关于2023年度法治政府建设情况的报告\n2023年,厅党组把保护水塔作为任务。",
        "我厅",
        "中共青海省水利厅党组  青海省水利厅\n2024年2月29日",
        {},
        "青海省水利厅",
        "青海省",
        2023,
        "2024-02-29",
    ),
    (
        "a team that is named later is not the author",
        "2022年法治政府建设工作总结\n2022年,我乡在镇雄县委、县政府的领导下推进工作。\n一、组织领导\n乡党委书记任组长。",
        "我乡",
        "二、措施\n乡综合行政执法队纠正占道经营58起。",
        {},
        None,
        "云南省 昭通市 镇雄县",
        2022,
        None,
    ),
]


@pytest.mark.parametrize(
    ("before", "own", "after", "metadata", "issuer", "regions", "year", "issued"),
    [c[1:] for c in CASES],
    ids=[c[0] for c in CASES],
)
def test_meta(
    before: str,
    own: str,
    after: str,
    metadata: dict[str, str],
    issuer: str | None,
    regions: str,
    year: int | None,
    issued: str | None,
) -> None:
    meta, _ = read(before + body(own) + after, metadata)
    assert (meta.issuer.name if meta.issuer else None) == issuer
    assert [r.name for r in meta.regions] == regions.split()
    assert meta.year == year
    assert meta.issued == (date.fromisoformat(issued) if issued else None)


def test_the_table_is_large() -> None:
    assert len(CASES) >= 40


def test_what_the_portal_says_is_kept() -> None:
    meta, _ = read(
        "宝丰县2023年法治政府建设报告" + body("我县"), {"index_number": "1141/2024-1", "document_number": "宝政〔2024〕1号"}
    )
    assert (meta.index_number, meta.document_number, meta.title) == (
        "1141/2024-1",
        "宝政〔2024〕1号",
        "宝丰县2023年法治政府建设报告",
    )


def test_an_ambiguous_region_is_left_open_with_its_candidates() -> None:
    meta, unlinked = read("城关镇2023年法治政府建设年度报告" + body("我镇"), {})
    assert meta.regions == ()
    assert meta.issuer is not None
    assert meta.issuer.local
    assert len(next(u for u in unlinked if u.what == "region").candidates) > 2


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "2023年",
                "宝丰县",
                "关于",
                "法治政府建设",
                "报告",
                "\n",
                "一、",
                "我镇",
                "。",
                "城关镇",
                "司法局",
                "二〇二四年一月五日",
                "中共",
                "委员会",
                "x",
            ]
        ),
        max_size=20,
    ).map("".join)
)
def test_any_text_is_read(text: str) -> None:
    document = Document(text, "a.txt", "sha256:0", {"issuer": text[:20], "issued": text[-20:]})
    try:
        outline = SEGMENTER.outline(document)
    except UnreadableReport:
        return
    READER.read(document, outline)


UNTYPED = [
    ("桑日县藏语委办2025年法治政府建设年度报告", "桑日县藏语委办"),
    ("宝丰县供销社关于2023年度法治政府建设情况的报告", "宝丰县供销社"),
    ("宝丰县2023年法治政府建设年度报告", "宝丰县人民政府"),
]


@pytest.mark.parametrize(("title", "issuer"), UNTYPED)
def test_no_government_is_guessed_for_a_body_of_no_known_type(title: str, issuer: str) -> None:
    text = f"{title}\n一、主要举措\n认真开展普法宣传。\n"
    document = Document(text, "a.txt", "sha256:0")
    knowledge = Knowledge()
    meta, _ = MetaReader(knowledge).read(document, Segmenter(knowledge).outline(document))
    assert meta.issuer is not None
    assert meta.issuer.name.endswith(issuer)


def test_a_list_gives_what_the_text_lacks() -> None:
    text = "法治政府建设年度报告\n一、主要举措\n认真开展普法宣传。\n"
    document = Document(text, "a.txt", "sha256:0", {"region": "河南省平顶山市宝丰县", "year": "2023年"})
    knowledge = Knowledge()
    meta, _ = MetaReader(knowledge).read(document, Segmenter(knowledge).outline(document))
    assert [r.name for r in meta.regions] == ["河南省", "平顶山市", "宝丰县"]
    assert meta.year == 2023
