"""The words on the page, in Chinese and English; the page's script picks them by key."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "region": ("地区", "Region"),
    "practice": ("做法", "Practice"),
    "metric": ("数字", "Figure"),
    "body": ("机构", "Body"),
    "law": ("法律和文件", "Law or document"),
    "done": ("已做", "done"),
    "planned": ("打算", "planned"),
    "problem": ("不足", "problem"),
    "counts": (
        "{reports} 份报告 · {region} 个地区 · {practice} 项做法 · {metric} 项数字 · {body} 个机构 · {law} 部法律和文件",
        "{reports} reports · {region} regions · {practice} practices · {metric} figures · {body} bodies · {law} laws, documents",
    ),
    "filtered": ("现在显示 {n} 个", "{n} shown now"),
    "controls": ("查找与筛选", "Search and filter"),
    "search": ("查找", "Search"),
    "search_hint": ("名称的一部分", "part of a name"),
    "no_hit": ("没有找到", "nothing found"),
    "classes": ("类别（图例）", "Classes (legend)"),
    "domain": ("做法领域", "Domain of practice"),
    "every": ("全部", "all"),
    "reset": ("全部恢复", "Reset"),
    "whole": ("看全图", "Whole"),
    "close": ("关闭", "close"),
    "hint": (
        "居中的是多个地区共有的，外缘是只有一个地区有的；越大的联系越多。"
        "点选看原句，滚轮缩放，Esc 取消。实线已做，虚线打算，点线不足。",
        "What regions share stands in the middle, what only one has at the rim; the larger, the more connected. "
        "Choose one to read its sentences, scroll to zoom, Esc to let go. Solid: done, dashed: planned, dotted: problem.",
    ),
    "quiet": (
        "连线太多，选中一个或一个地区时才画出",
        "There are too many lines: they are drawn when one thing or region is chosen",
    ),
    "limit": (
        "只画了联系最多的 {shown} 个，图中共有 {all} 个",
        "Only the {shown} most connected of {all} are drawn",
    ),
    "limit_regions": (
        "做法最多的地区才画出，另有 {n} 个地区没有画",
        "Only the regions with the most practices are drawn; {n} others are not",
    ),
    "in_regions": ("{n} 个地区", "regions: {n}"),
    "more": ("还有 {n} 项", "{n} more"),
    "canvas": ("关系图：方向键移动，加减号缩放，0 看全图", "Graph: arrow keys move, plus and minus zoom, 0 shows all"),
}
