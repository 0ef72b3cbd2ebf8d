"""The data that a portal prints above a report: index number, issuer, dates, title, document number."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kgraph.text import normalise

HEADER_LINES = 60
"""How many non-blank lines of a text may belong to the portal's header."""
_PROSE = 130
"""A line longer than this that names no key ends the header."""

_KEYS: Mapping[str, str] = {
    "index_number": "索引号 信息索引号 索引编号 索取号 信息索引",
    "issuer": (
        "发布机构 发文机构 发文单位 发布单位 发布机关 发文机关 制发机构 制发机关 制发单位 公开主体 公开机构 公开单位 信息发布机构"
    ),
    "source": "信息来源 文章来源 稿件来源 内容来源 稿源 来源 发布者 发布人",
    "written": "成文日期 成文时间 生成日期 生成时间 制发日期 发文日期 发文时间 印发日期 签发日期",
    "issued": "发布日期 发布时间 公开日期 公开时间 公布日期 公布时间 信息时间",
    "updated": "更新时间 更新日期 日期 时间 编辑时间 录入时间",
    "title": "名称 标题 信息名称 文件名称 公文名称 信息标题 文件标题",
    "document_number": "文号 发文字号 文件编号 发文文号 文件号 公文文号 发文号",
    "other": (
        "分类 主题分类 信息分类 体裁分类 组配分类 公文种类 体裁 主题词 关键词 有效性 效力 效力状态 文件状态 "
        "时效性 是否有效 有效期 生效日期 废止日期 失效日期 公开方式 公开范围 公开形式 公开目录 公开类别 信息类别 "
        "所属主题 服务对象 内容概述 摘要 浏览次数 浏览量 阅读次数 阅读量 阅读 浏览 点击数 点击率 点击量 点击 "
        "访问量 字体 字号 字体大小 作者 编辑 责任编辑 审核 审核人 打印 分享 分享到 当前位置 您当前的位置 "
        "您所在的位置 所在位置 责任部门 统一登记号 语言 标识 附件 下载 联系电话 信息公开类别 载体类型 文件类型"
    ),
}
"""The words that a portal puts before each datum; ``other`` ones only end the value before them."""
_NAMES = {key: name for name, keys in _KEYS.items() for key in keys.split()}
_FALLBACK = {"source": "issuer", "updated": "issued"}
_KEY = re.compile(
    r"(?:^|(?<=[ \n|\[【(·>*#\-]))(?:(?P<key>"
    + "|".join(" {0,3}".join(map(re.escape, key)) for key in sorted(_NAMES, key=len, reverse=True))
    + r")(?: {0,4}(?P<mark>[:|】\]]) {0,3}|(?<=[期间]) {1,3}(?=20\d\d ?[-./年]))|【 ?(?:打印|关闭|收藏|字体|大|中|小)[^】\n]{0,6}】?)",
    re.MULTILINE,
)
_DATED = re.compile(r"\d{4} ?[-./年]")


def read_header(text: str) -> dict[str, str]:
    """The portal's data of a report, each value as written; what is not there is left out. Never raises.

    Keys: ``index_number`` ``issuer`` ``written`` ``issued`` ``title`` ``document_number``. Several may share a line, stand in
    the cells of a table, or have their value on the next line.

    >>> read_header("索引号: 1144/2025-2 分类: 报告\\n文号: 发布日期：2025-01-02\\n")
    {'index_number': '1144/2025-2', 'issued': '2025-01-02'}
    """
    head = _header(text)
    plain = normalise(head)
    found: dict[str, str] = {}
    matches = list(_KEY.finditer(plain))
    for position, m in enumerate(matches):
        key = m.group("key")
        name = _NAMES.get(re.sub(" ", "", key), "other") if key else "other"
        if name == "other" or name in found:
            continue
        stop = matches[position + 1].start() if position + 1 < len(matches) else len(plain)
        value = _value(head, plain, m.end(), stop, alone=plain[: m.start()].rpartition("\n")[2].strip(" |·*-") == "")
        if value and (name not in ("issued", "written", "updated") or _DATED.search(normalise(value))):
            found[name] = value
    for weak, strong in _FALLBACK.items():
        value = found.pop(weak, "")
        if value and strong not in found:
            found[strong] = value
    return {name: found[name] for name in _KEYS if name in found}


def _header(text: str) -> str:
    """The lines of a text that may be a portal's header: up to its first paragraph of prose."""
    count = position = 0
    while position < len(text) and count < HEADER_LINES:
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        line = normalise(text[position : min(end, position + 2000)])
        if len(line.strip()) > _PROSE and (len(_KEY.findall(line)) < 2 or "。" in line):
            break
        count += bool(line.strip())
        position = end + 1
    return text[: min(position, len(text))]


def _value(head: str, plain: str, start: int, stop: int, *, alone: bool) -> str:
    """The value between a key and the next key, as written; on a later line only where the key stood alone on its own."""
    line = plain.find("\n", start, stop)
    end = stop if line < 0 else line
    value = _trim(head, plain, start, end)
    if value or not alone or line < 0:
        return value
    while line >= 0 and line < stop:
        following = plain.find("\n", line + 1, stop)
        end = stop if following < 0 else following
        value = _trim(head, plain, line + 1, end)
        if value:
            return value if end - line <= 90 else ""
        line = following
    return ""


def _trim(head: str, plain: str, start: int, end: int) -> str:
    """The text of a span without blanks and table marks around it, cut at the end of its cell."""
    while start < end and plain[start] in " |:·*":
        start += 1
    cut = re.search(r" *\||  {2,}|【", plain[start:end])
    if cut:
        end = start + cut.start()
    while end > start and plain[end - 1] in " |·*[【(>":
        end -= 1
    return head[start:end]
