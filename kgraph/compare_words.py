"""The words around a comparison, in Chinese and English."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "done": ("已做", "done"),
    "planned": ("打算", "planned"),
    "problem": ("不足", "problem"),
    "status": ("状态", "status"),
    "bodies": ("涉及机构", "bodies involved"),
    "laws": ("引用文件", "documents cited"),
    "change": ("增减", "change"),
    "unknown_year": ("年份不明", "year unknown"),
    "unknown_region": ("地区不明", "region unknown"),
    "title": ("{what}：按{by}比较", "{what}: by {by}"),
    "sources_title": ("{what}：出处", "{what}: sources"),
    "practice": ("做法", "practice"),
    "row": ("项目", "row"),
    "all": ("全部做法", "all practices"),
    "others": ("其他数字", "other figures"),
    "region": ("地区", "region"),
    "year": ("年份", "year"),
    "text": ("内容", "text"),
    "sentence": ("原句", "sentence"),
    "report": ("报告", "report"),
    "start": ("起", "start"),
    "end": ("止", "end"),
    "nothing": ("没有报告提到", "no report mentions it"),
    "empty": (
        "空格表示报告没有提到，不等于没有做",
        "an empty cell: no report mentions it, which is not to say that it was not done",
    ),
    "cap": (
        "只显示内容最多的 {shown} 个{by}，共 {all} 个；导出 CSV 或 XLSX 可见全部",
        "only the {shown} of {all} with the most content are shown; export CSV or XLSX for all",
    ),
    "single": (
        "另有 {n} 行只在一个{by}出现，此处从略；导出 CSV 或 XLSX 可见全部",
        "{n} more rows that occur for one {by} only are left out; export CSV or XLSX for all",
    ),
    "refusals": ("单位不可比的另有 {n} 处", "{n} more places where units cannot be compared"),
    "more": ("…共 {n} 项", "… {n} in all"),
    "joint": ("；", "; "),
    "refusal": (
        "{a} 与 {b} 计的不是同一种东西，不可比，分行列出",
        "{a} and {b} count different things: not compared, in rows of their own",
    ),
}


def word(key: str, lang: str) -> str:
    """One of the words in the language asked for, Chinese unless that is ``en``.

    >>> word("planned", "zh"), word("planned", "en")
    ('打算', 'planned')
    """
    return WORDS[key][lang == "en"]
