"""The lines of a report: blanking what converters left over, joining wrapped lines, telling headings from text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_CN = "[一二三四五六七八九十百零〇两]"
_LEFTOVERS = re.compile(
    r"\[(?:bookmark|toc|hyperlink|footnote|endnote|image|图片|附件)\s*:[^\]\n]{0,80}\]"
    r"|\b_(?:GoBack|Toc\d+|Hlk\d+|Ref\d+)\b"
    r'|\{?\b(?:HYPERLINK|PAGEREF|MERGEFORMAT|INCLUDEPICTURE)\b[ \\*"A-Za-z0-9_./:?=&%#-]{0,200}\}?'
    r"|</?(?:p|br|div|span|b|strong|font|td|tr|table|h\d|a|img|o:p|v:[a-z]+|w:[a-z]+)(?:\s[^<>\n]{0,300})?/?>"
    r"|&(?:nbsp|ensp|emsp|amp|lt|gt|quot);?",
    re.IGNORECASE,
)
NUMBERINGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"第{_CN}{{1,3}}(?:部分|章|节)[,、:. ]*")),
    ("一、", re.compile(rf"{_CN}{{1,3}} ?(?:、|[.,:](?!\d)) *")),
    ("(一)", re.compile(rf"[(\[] ?{_CN}{{1,3}} ?[)\]] ?[、.,:]? *")),
    ("一)", re.compile(rf"{_CN}{{1,3}}\) *")),
    ("1.1.1", re.compile(r"\d{1,2}[.．]\d{1,2}[.．]\d{1,2}[.、]? *(?=[^\d%.])")),
    (
        "1.1",
        re.compile(
            r"\d{1,2}[.．]\d{1,2}[.、]? +(?=[^\d%.])|\d{1,2}[.．]\d{1,2}[、]? *(?=[\u4e00-\u9fff]{4})(?![\u4e00-\u9fff]{0,2}(?:万|亿|元|个|%|余))"
        ),
    ),
    ("1、", re.compile(r"\d{1,2} ?、 *")),
    ("1.", re.compile(r"\d{1,2} ?[.．] *(?!\d)")),
    ("(1)", re.compile(r"[(\[] ?\d{1,2} ?[)\]] ?[、.,:]? *")),
    ("1)", re.compile(r"\d{1,2}\) *")),
    ("1 ", re.compile(r"\d{1,2} +(?=[\u4e00-\u9fff]|20\d\d年)(?![年月日号时点个件名次余多万亿元项条人份场家户])")),
    ("①", re.compile(r"[①-⑳] ?[、.]? *")),
)
LIST_MARK = re.compile(
    rf"(?:{_CN}{{1,3}}(?:要|是(?!否|以|为|在|由|指|对|非))|其[一二三四五六七八九十](?:是|,|:)?|第[一二三四五六七八九十](?:是|,|、|:)|首先是?,?|其次是?,?|再次是?,?|最后是?,?"
    rf"|{_CN}{{1,2}}方面,?|[①-⑳]|[(] ?(?:\d{{1,2}}|{_CN}{{1,3}}) ?[)]|\d{{1,2}}[、.)](?!\d)) *"
)
TERMINAL = "。!?;:！？；：…"
CLOSERS = "\"'》)】〉>’”"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: span in the text without the blanks around it; ``pieces`` are its lines where it was wrapped."""

    start: int
    end: int
    indented: bool
    after_blank: bool


def blank_leftovers(plain: str) -> str:
    """The normalised text with marks that converters left over turned into spaces; same length.

    >>> blank_leftovers("[bookmark: _GoBack]2.开展排查").strip()
    '2.开展排查'
    """
    return _LEFTOVERS.sub(lambda m: " " * len(m.group()), plain)


def numbering(text: str) -> tuple[str, int] | None:
    """The style of the number that a line begins with, and its length; None if it has none.

    >>> numbering("(一)深化法治宣传"), numbering("2024年,全镇")
    (('(一)', 3), None)
    """
    for style, pattern in NUMBERINGS:
        m = pattern.match(text)
        if m:
            return style, m.end()
    return None


def lines(plain: str) -> Iterator[Line]:
    """The non-blank lines of a normalised text, those that a converter wrapped joined to one."""
    raw: list[Line] = []
    position, blank = 0, True
    for piece in plain.split("\n"):
        stripped = piece.strip(" ")
        if stripped:
            lead = len(piece) - len(piece.lstrip(" "))
            raw.append(Line(position + lead, position + lead + len(stripped), lead >= 2, blank))
        blank = not stripped
        position += len(piece) + 1
    width = _wrap_width(plain, raw)
    at = 0
    while at < len(raw):
        line = raw[at]
        last = line
        while at + 1 < len(raw) and _continues(plain, last, raw[at + 1], width):
            at += 1
            last = raw[at]
        yield Line(line.start, last.end, line.indented, line.after_blank)
        at += 1


def _wrap_width(plain: str, raw: list[Line]) -> int | None:
    """The width at which the text was wrapped, or None if it was not: most lines about equally long, without an end."""
    lengths = sorted(line.end - line.start for line in raw)
    if len(lengths) < 12:
        return None
    width = lengths[int(len(lengths) * 0.9)]
    if not 18 <= width <= 70:
        return None
    full = [line for line in raw if line.end - line.start >= width - 4]
    unended = [line for line in full if plain[line.end - 1] not in TERMINAL]
    return width if len(full) >= 0.5 * len(raw) and len(unended) >= 0.6 * len(full) else None


def _open(text: str) -> bool:
    """Whether a title or a bracket is open at the end of a line: the line was broken inside it."""
    tail = text[-60:]
    return tail.rfind("《") > tail.rfind("》") or tail.rfind("(") > tail.rfind(")")


def _continues(plain: str, line: Line, following: Line, width: int | None) -> bool:
    """Whether a line goes on in the next one."""
    end = plain[line.end - 1]
    first = plain[following.start : following.end]
    if end in TERMINAL or (end in CLOSERS and line.end - line.start > 1 and plain[line.end - 2] in TERMINAL):
        return False
    if _open(plain[line.start : line.end]) and not following.after_blank:
        return True
    if following.after_blank and width is None:
        return False
    marked = numbering(first) is not None or LIST_MARK.match(first) is not None
    if width is not None:
        return not following.indented and not marked and line.end - line.start >= width - 4
    if following.indented and not line.indented and not re.match(r"[,、;。)%]", first):
        return False
    if re.match(r"[,、;。)%》]", first):
        return True
    long = line.end - line.start >= 40
    return long and not following.indented and not marked and end not in ")》" and plain.find("。", line.start, line.end) != -1
