"""The words of the findings, in Chinese and English."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "title": ("图谱分析", "What the graph shows"),
    "scope": (
        "{reports} 份报告，{regions} 个地区，年份 {years}；以下只说这些报告写了什么",
        "{reports} reports, {regions} regions, years {years}; what follows tells only what these reports say",
    ),
    "small": (
        "地区少于 {n} 个：只列数目，不宜引申为规律",
        "Fewer than {n} regions: these are counts, not patterns",
    ),
    "none": ("没有可说的：图里没有这类事实", "Nothing to tell: the graph has no such facts"),
    "shared_title": ("最多地区都在做的", "Done in the most regions"),
    "shared": ("{n} 项做法在两个以上地区出现；最多的是“{name}”：{count} / {all} 个地区",
               "{n} practices occur in two or more regions; most widespread is {name}: {count} of {all} regions"),
    "shared_all": ("{n} 项做法每个地区都写到", "{n} practices are reported by every region"),
    "only_title": ("只有一个地区在做的", "Done in one region only"),
    "only": ("{n} 项做法只见于一个地区；最多的是{name}（{count} 项）",
             "{n} practices occur in one region only; {name} has the most of them ({count})"),
    "only_none": ("没有只见于一个地区的做法", "No practice occurs in one region only"),
    "peers_title": ("做法最相近的地区", "Nearest peers by practices"),
    "peers": ("最相近的是{a}与{b}：共同做法 {shared} 项，相似度 {similarity}",
              "The nearest two are {a} and {b}: {shared} practices in common, similarity {similarity}"),
    "peers_how": ("相似度 = 共同做法的稀有度之和 ÷ 任一方做法的稀有度之和（0 到 1）",
                  "similarity = rarity of the practices in common over rarity of the practices of either (0 to 1)"),
    "groups_title": ("做法相近的地区群", "Groups of regions with similar practices"),
    "groups": ("Louvain 方法（固定种子）分出 {n} 群，最大的有 {size} 个地区；模块度 {modularity}",
               "Louvain (fixed seed) finds {n} groups, the largest of {size} regions; modularity {modularity}"),
    "groups_one": ("{n} 个地区分不出群：做法大体相同，分群意义不大",
                   "The {n} regions do not fall into groups: they do much the same"),
    "groups_weak": ("模块度低于 0.1：各地做法大体相同，分群意义不大",
                    "modularity is below 0.1: the regions do much the same, the groups mean little"),
    "laws_title": ("常一起引用的法律和文件", "Laws and documents cited together"),
    "laws": ("“{a}”与“{b}”在 {n} 份报告中一起出现", "{a} and {b} are cited together in {n} reports"),
    "laws_once": ("没有两部法律或文件在两份以上报告中一起出现",
                  "No two laws or documents are cited together in more than one report"),
    "bodies_title": ("参与做法最多的机构", "Bodies involved in the most practices"),
    "bodies": ("{name}参与 {count} 项做法，共 {measures} 条举措",
               "{name} takes part in {count} practices, {measures} measures in all"),
    "types_title": ("按机构类型", "By type of body"),
    "gaps_title": ("反复出现的不足", "Shortcomings that recur"),
    "gaps": ("{n} 项做法被两个以上地区写为不足；最多的是“{name}”：{count} 个地区",
             "{n} practices are named as shortcomings by two or more regions; most often {name}: {count} regions"),
    "gaps_none": ("没有两个以上地区都写到的不足", "No shortcoming is named by two or more regions"),
    "practice": ("做法", "practice"),
    "domain": ("领域", "domain"),
    "regions": ("地区数", "regions"),
    "share": ("占比", "share"),
    "region": ("地区", "region"),
    "peer": ("最相近", "nearest"),
    "in_common": ("共同做法", "in common"),
    "similarity": ("相似度", "similarity"),
    "differs": ("它有而本地未写的", "it has, this one does not mention"),
    "group": ("群", "group"),
    "size": ("地区数", "regions"),
    "members": ("地区", "regions in it"),
    "typical": ("突出的做法", "practices that stand out"),
    "law_a": ("甲", "one"),
    "law_b": ("乙", "other"),
    "reports": ("报告数", "reports"),
    "body": ("机构", "body"),
    "type": ("类型", "type"),
    "practices": ("做法数", "practices"),
    "measures": ("举措数", "measures"),
    "who": ("地区", "which regions"),
    "more": ("…共 {n} 个", "… {n} in all"),
    "joint": ("、", ", "),
    "cut": ("列出前 {shown} 项，共 {all} 项", "the first {shown} of {all}"),
}  # fmt: skip


def word(key: str, lang: str) -> str:
    """One of the words in the language asked for, Chinese unless that is ``en``.

    >>> word("practice", "en")
    'practice'
    """
    return WORDS[key][lang == "en"]
