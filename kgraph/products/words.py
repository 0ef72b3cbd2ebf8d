"""The words of the products, in Chinese and English: labels of columns with what they mean, and sentences around tables."""

# ruff: noqa: E501
from __future__ import annotations

COLUMNS: dict[str, tuple[str, str, str, str]] = {
    # key: label zh, label en, meaning zh, meaning en
    "region": ("地区", "region", "报告所述的行政区域；同名的加上级名称", "the region reported on; with the wider one's name where two share a name"),
    "code": ("区划代码", "code", "行政区划代码", "division code"),
    "year": ("年度", "year", "报告所述的年度", "the year reported on"),
    "domain": ("领域", "domain", "做法所属的领域", "the domain that the practice belongs to"),
    "practice": ("做法", "practice", "ontology/practices.ttl 中的做法", "a practice of ontology/practices.ttl"),
    "practice_id": ("编号", "id", "做法的编号", "id of the practice"),
    "done": ("已做", "done", "报告说已经做到的举措数", "measures that the report states as done"),
    "planned": ("打算", "planned", "报告说打算做的举措数", "measures that the report states as planned"),
    "problem": ("不足", "problem", "报告承认不足的举措数", "measures that the report states as a shortcoming"),
    "status": ("状态", "status", "已做、打算或者不足", "done, planned or a shortcoming"),
    "indicator": ("指标", "indicator", "所计的是什么", "what is counted"),
    "value": ("数值", "value", "报告所述的数值，带比较符（>、≥、<、≤、~）和单位", "the number as stated, with its comparator (>, ≥, <, ≤, ~) and unit"),
    "unit": ("单位", "unit", "可比的单位写在一起", "units that compare, together"),
    "basis": ("口径", "basis", "年度：当年的数；累计：多年相加或者截至某时的数；二者不混排", "annual: of the year; cumulative: added up over years; never mixed"),
    "regions_n": ("地区数", "regions", "报告已做的地区数", "regions that report it as done"),
    "share": ("占比", "share", "占相比地区的比例", "share of the regions compared"),
    "peers_n": ("同类地区", "comparable regions", "报告已做的同类地区数", "comparable regions that report it as done"),
    "first_region": ("最早见于", "first seen in", "语料中最早报告它的地区（只就本语料而言）", "the region that reported it first in this corpus, not in the country"),
    "first_year": ("最早年度", "first year", "语料中最早报告它的年度（只就本语料而言）", "the first year that it is reported in this corpus"),
    "own_state": ("本地情况", "here", "本地报告是未提到、只打算还是只说不足", "whether the region's own reports plan it, lack it, or are silent"),
    "example": ("例句", "example", "最早一份同类报告的原句", "the sentence of the first comparable report"),
    "slot": ("要素", "slot", "做法的一个方面", "one aspect of the practice"),
    "shared": ("共有", "shared", "各地区都有的内容", "what all regions compared have"),
    "section_of": ("类别", "part", "画像的部分", "the part of the profile"),
    "item": ("内容", "item", "所列事项", "what is listed"),
    "detail": ("说明", "detail", "补充说明", "more about it"),
    "count": ("次数", "count", "事实的数目", "number of facts"),
    "law": ("文件", "document", "引用的法律或文件", "the law or document cited"),
    "role": ("引用方式", "role", "贯彻执行、学习、宣传、制定或者提及", "implements, studies, publicises, formulates or mentions"),
    "kind": ("种类", "kind", "文件或机构的种类", "kind of document or body"),
    "reports_n": ("报告数", "reports", "报告的份数", "number of reports"),
    "body": ("机构", "body", "机构全称", "full name of the body"),
    "part": ("作用", "part", "承担或者参与", "responsible or involved"),
    "rate": ("推算指标", "derived rate", "由两个所述数字算出，报告并未这样写", "computed from two stated counts; the report does not state it"),
    "derived": ("推算值", "derived", "算出的值；取舍到两位小数", "the value computed, rounded to two decimals"),
    "formula": ("算式", "formula", "怎样算出", "how it was computed"),
    "numerator": ("分子", "numerator", "报告所述的分子", "the numerator as stated"),
    "denominator": ("分母", "denominator", "报告所述的分母", "the denominator as stated"),
    "stated": ("所述的率", "stated rate", "同一报告自己所述的率，供对照", "the rate that the same report states, to compare"),
    "peer": ("相近地区", "peer", "做法相近的地区", "a region that does alike"),
    "similarity": ("相似度", "similarity", "共有做法的稀有度之和 ÷ 任一方做法的稀有度之和，0 到 1", "rarity of what both do ÷ rarity of what either does, 0 to 1"),
    "shared_n": ("共有做法", "shared practices", "两地都报告已做的做法数", "practices that both report as done"),
    "own_n": ("本地独有", "only here", "只有本地报告已做的做法数", "practices that only this region reports as done"),
    "peer_n": ("对方独有", "only there", "只有对方报告已做的做法数", "practices that only the peer reports as done"),
    "differs": ("对方独有的做法", "what it does besides", "对方报告已做而本地没有提到的做法，少见的在前", "what the peer reports and this region does not, rarest first"),
    "other": ("另一做法", "other practice", "一起出现的做法", "the practice that it goes with"),
    "both_n": ("都做的地区", "regions with both", "两项都报告已做的地区数", "regions that report both as done"),
    "lift": ("提升度", "lift", "实际同现 ÷ 互不相干时的期望；大于 1 为常一起出现", "seen together ÷ expected if unrelated; over 1 is more often than by chance"),
    "jaccard": ("重合度", "overlap", "两项都做的地区 ÷ 至少做一项的地区", "regions with both ÷ regions with either"),
    "group": ("组", "group", "Louvain 社群的序号，大组在前", "number of the Louvain community, largest first"),
    "members": ("成员", "members", "组内的地区", "regions of the group"),
    "typical": ("特点", "typical", "组内比全体多见的做法", "practices more common in the group than overall"),
    "min": ("最小", "min", "所列数值中最小的", "least of the values listed"),
    "median": ("中位", "median", "所列数值的中位数（只计没有比较符的数）", "median of the values listed (exact ones only)"),
    "max": ("最大", "max", "所列数值中最大的", "greatest of the values listed"),
    "n": ("个数", "n", "参与计算的数值个数", "how many values went in"),
    "per": ("折算", "per", "每村或者每万人", "per village or per 10,000 residents"),
    "wording": ("表述", "wording", "报告的原句", "the sentences of the reports"),
    "alike": ("相近度", "alike", "两句共有词的比例", "share of the words that two sentences have in common"),
    "difference": ("异同", "difference", "［-前者独有-］{+后者独有+}", "[-only the first-] {+only the second+}"),
    "table": ("表", "table", "所在的表", "the table"),
    "row": ("行", "row", "所在的行", "the row"),
    "column": ("列", "column", "所在的列", "the column"),
    "shown": ("所示", "shown", "单元格的内容", "what the cell shows"),
    "sentence": ("原句", "sentence", "报告中的句子", "the sentence of the report"),
    "section": ("章节", "section", "句子所在的章节标题", "the headings that the sentence stands under"),
    "report": ("报告", "report", "报告标题", "title of the report"),
    "start": ("起", "start", "在报告全文中的起点（字）", "first character in the report's text"),
    "end": ("止", "end", "在报告全文中的终点（字）", "end in the report's text"),
    "link": ("链接", "link", "事实在图谱中的 IRI", "IRI of the span in the graph"),
    "meaning": ("含义", "meaning", "", ""),
}  # fmt: skip

WORDS: dict[str, tuple[str, str]] = {
    "annual": ("年度", "annual"),
    "cumulative": ("累计", "cumulative"),
    "sources": ("出处", "sources"),
    "explained": ("说明", "explanation"),
    "matrix": ("做法矩阵", "matrix of practices"),
    "matrix_long": ("做法矩阵（长表）", "matrix, long"),
    "matrix_how": ("数字是举措数：已做，+打算，−不足", "numbers count measures: done, +planned, −shortcomings"),
    "gaps": ("{region}：同类地区已做而本地没有报告的做法", "{region}: what comparable regions report and it does not"),
    "gaps_like": ("相比的是{like}的 {n} 个地区", "compared with {n} regions of {like}"),
    "like_level": ("同级", "the same level"),
    "like_province": ("同省", "the same province"),
    "like_size": ("报告篇幅相近", "reports of like size"),
    "joint_and": ("、", " and "),
    "silent": ("没有提到", "silent"),
    "not_mentioned": ("没有提到不等于没有做", "not mentioned is not the same as not done"),
    "trend": ("{indicator}：历年", "{indicator} over the years"),
    "summary": ("汇总", "summary"),
    "trend_how": ("照报告所述，带比较符；一年有几个数的都列出，不取其一", "as stated, with comparators; where a year has several numbers all are listed"),
    "joint": ("；", "; "),
    "comma": ("，", ", "),
    "colon": ("：", ": "),
    "more": ("…共 {n} 项", "… {n} in all"),
    "bracket": ("（{}）", " ({})"),
    "in_section": ("“{}”部分", "section “{}”"),
    "quoted": ("原句“{}”", "“{}”"),
    "place": ("（第 {}–{} 字）。", " (characters {}–{})."),
    "unknown_year": ("年份不明", "year unknown"),
    "change": ("增减", "change"),
    "how_read": (
        "没有提到不等于没有做；每个数字都可在“出处”表中查到原句。带比较符的数字照原文。",
        "Not mentioned is not the same as not done; each number has its sentence in the sheet of sources. Comparators are kept.",
    ),
    "empty": ("空格表示报告没有提到，不等于没有做", "an empty cell: no report mentions it, which is not to say that it was not done"),
    "nothing": ("没有可列的内容", "nothing to list"),
    "cap": ("只显示 {shown} / {all}；导出 CSV 或 XLSX 可见全部", "{shown} of {all} shown; export CSV or XLSX for all"),
    "refusal": ("{what}：{a} 与 {b} 计的不是同一种东西，不可比，分行列出", "{what}: {a} and {b} count different things: not compared, in rows of their own"),
    "responsible": ("承担", "responsible"),
    "involved": ("参与", "involved"),
    "corpus_only": ("“最早”只就本语料而言", "“first” means first in this corpus"),
    "no_region": ("{n} 份报告的地区不明，未列入", "{n} reports whose region is unknown are left out"),
}  # fmt: skip


def word(key: str, lang: str) -> str:
    """A label or sentence in the language asked for, Chinese unless that is ``en``.

    >>> word("region", "zh"), word("annual", "en")
    ('地区', 'annual')
    """
    if key in COLUMNS:
        return COLUMNS[key][lang == "en"]
    return WORDS[key][lang == "en"]


def meaning(key: str | None, lang: str) -> str:
    """What a column means; empty for one that is data (the name of a region, a practice).

    >>> meaning("code", "en")
    'division code'
    """
    return COLUMNS[key][2 + (lang == "en")] if key in COLUMNS else ""
