"""Telling reports from what stands beside them on portals: lists of pages, error pages, interpretations, other documents."""

from __future__ import annotations

import re

_HAN = re.compile(r"[\u4e00-\u9fff]")
_SUBJECT = re.compile(r"法治(?:政府|建设|工作|[省市县区旗州镇乡]|化|宣传|思维|环境|社会)|依法(?:行政|治|执政|履职)|普法|行政执法")
_ERROR = re.compile(
    r"^(?:.{0,12}[^\d])?(?:40[0134]|50[0234])(?:[^\d年].{0,20})?$|(?:页面|网页|文章|信息|内容|文件|资源)(?:不存在|未找到|找不到|已(?:被)?删除|已下线|无法(?:访问|显示|找到)|走丢)|(?:无法|不能)访问(?:该|此)?(?:页面|网页|网站)"
    r"|(?:找不到|未找到)(?:该|此|您)?.{0,8}(?:页面|网页|文件|内容)|访问(?:出错|被拒绝|受限)|服务器(?:内部)?错误|系统(?:繁忙|维护)|[Nn]ot [Ff]ound|[Ff]orbidden"
)
_INTERPRETATION = re.compile(r"解读|图解|一图(?:读懂|看懂|了解)|图说|问答(?:录)?$|答记者问|新闻发布会|长图|海报")
_LIST = re.compile(r"(?:\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?|\d{2}-\d{2})\s*\]?$|^\[?\d{4}[-./]\d{1,2}[-./]\d{1,2}")
SHORT = 200
"""The Chinese characters that the shortest report has at least."""
_ERROR_LENGTH = 1_200


def other_kind(text: str, title: str) -> str:
    """What a text is if it is no report on rule-of-law government, in words for a message; empty if it may be one.

    >>> other_kind("一、主要举措\\n" + "推进法治政府建设，开展普法宣传。" * 20, "某镇2024年法治政府建设年度报告")
    ''
    >>> other_kind("页面不存在，三秒后返回首页", "404")
    'an error page'
    """
    han = len(_HAN.findall(text))
    lines = [line for line in text.split("\n") if line.strip()]
    head = [title, *lines[:3]]
    if han < _ERROR_LENGTH and any(_ERROR.search(line.strip()) for line in head if len(line) <= 60):
        return "an error page"
    named = title or (lines[0] if lines else "")
    if len(named) <= 80 and _INTERPRETATION.search(named):
        return "an interpretation of a report (政策解读) or news of one, not the report"
    dated = sum(_LIST.search(line.strip()) is not None for line in lines)
    if len(lines) >= 5 and dated > 0.5 * len(lines) and "。" not in text:
        return "a list of pages, not a report"
    if han < SHORT:
        return f"only {han} Chinese characters; a page without the report itself, or with the report as an attachment"
    if not _SUBJECT.search(text):
        return "not a report on rule-of-law government (names neither 法治 nor 依法行政)"
    return ""
