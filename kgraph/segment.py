"""Document → outline: the title, the tree of sections with their kinds, and the sentences with their offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kgraph.errors import UnreadableReport
from kgraph.knowledge import Knowledge
from kgraph.layout import CLOSERS, LIST_MARK, Line, blank_leftovers, lines, numbering
from kgraph.model import Document, Outline, Section, SectionKind, Sentence, SentenceKind
from kgraph.text import normalise

_TITLE = re.compile(
    r"(?:法治(?:政府|建设|.{0,8}政府)|依法(?:行政|治[省市县区州镇乡])|法治[省市县区州镇乡]|普法).{0,30}(?:报告|总结|汇报|情况|要点|自查|公告|通报)|(?:报告|总结|汇报|情况)$"
)
_PORTAL = re.compile(
    r"(?:索 ?引 ?号|发布(?:机构|单位|日期|时间|人)|成文日期|生成日期|公开(?:日期|时间|方式|范围|形式)|信息来源|来 ?源|文 ?号|发文字号|主 ?题 ?词|标 ?题|名 ?称|分 ?类|有效性"
    r"|浏览(?:次数|量)|阅读|点击(?:数|量)|字体|字号|打印|关闭|分享|作者|责任编辑|编辑|审核|当前位置|首页|有效期|体裁|主题分类|公文种类)(?: ?[::]|[ >\]】]|$)|^(?:您)?(?:所在|当前)?位置|【[^】]{0,8}(?:打印|字体|大|中|小)"
)
_DATE = re.compile(
    r"(?:20\d\d|二[〇○零0OＯ]?[〇○零0一二三四五六七八九]{2,3})年.{1,3}月.{1,3}日?[)）]?$|20\d\d[-./]\d{1,2}[-./]\d{1,2}(?: \d\d:\d\d(?::\d\d)?)?$"
)
_DATELINE = re.compile(r"[\[(]? ?20\d\d[-./]\d{1,2}[-./]\d{1,2}(?: \d\d:\d\d|[ |\])]|$)")
_SIGNATURE = re.compile(
    r"^[^,。;:!?]{2,60}(?:政府|委员会|办事处|局|厅|委|办公室|队|中心|院|所|站|党委|党组|党工委|管委会|[(（]盖章[)）]|公章)[)）]?$"
)
_FOOTER = re.compile(
    r"^(?:[(（]?(?:此件|联系人|联系电话|联系地址|附件|公开方式|信息公开选项)|(?:抄送|抄报|抄告|主送|分送|报送|印发|校对|核稿|拟稿|录入|责编|来源|信息来源|供稿|审核|编辑|监审)[:：]"
    r"|[上下]一[篇条页]|扫一扫|相关(?:附件|链接|文档|新闻|信息)|版权所有|主办(?:单位)?[:： ]|承办(?:单位)?[:： ]|网站(?:地图|标识|支持)|技术支持|政府网站|【?(?:打印|关闭|返回|收藏|分享)"
    r"|分享到|责任编辑|地址[:：]|邮编[:：]|[^。]{0,20}(?:ICP备|公网安备)|[-—第 ]+\d+[-—页 ]+$)"
)
_BREAK = re.compile(r"[。;!?]")
_CJK = "\u3400-\u9fff\uf900-\ufaff〇"
_NOISE = re.compile(
    rf"(?<![ A-Za-z0-9{_CJK}])[ \n]++|[ \n]++(?![A-Za-z0-9{_CJK}])|(?<=[0-9]) ++(?=[{_CJK}])|(?<=[{_CJK}]) ++(?=[0-9])"
    rf"|(?<=[A-Za-z]) ++(?=[{_CJK}])|(?<=[{_CJK}]) ++(?=[A-Za-z])| *+\n *|(?<= ) ++"
)
HEADING_LENGTH = 42
"""The longest run-on heading, in characters; what is longer is a sentence."""
LEAD_LENGTH = 26
"""The longest topic sentence that opens a list item, in characters without its mark."""
TOPIC_LENGTH = 18
"""The longest topic sentence that opens a paragraph without a mark, in characters."""
_LISTED = frozenset({"1.", "1、", "(1)", "1)", "①"})
"""Numberings of list items: what they open is a lead rather than a heading."""
_DECIMAL, _WHOLE = frozenset({"1.1", "1.1.1"}), frozenset({"1 ", "1、", "1."})
"""1.1 is narrower than 1, whichever comes first."""
_COUNTED = re.compile(r"[0-9.](?:余|多|万)*[个件次份人名场条项处家起宗户期%]|百分之|各\d|率达?\d")
"""A quantity: what holds one is a sentence, no heading."""
_RUN_ON = re.compile(r"[^。;!?,:]{2,24}[: ](?=[^ ].{20})")


@dataclass
class _Level:
    style: str
    text: str
    kind: SectionKind


@dataclass
class _Builder:
    """The state while walking through the lines of a report."""

    plain: str
    sections: list[Section] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    stack: list[_Level] = field(default_factory=list)
    item: int = 0
    flipped: SectionKind | None = None
    lead: str | None = None
    headed: bool = False
    reported: int | None = None


class Segmenter:
    """Cuts reports into sections and sentences; the kinds of sections are data (``ontology/sections.ttl``)."""

    def __init__(self, knowledge: Knowledge) -> None:
        def patterns(name: str) -> list[tuple[SectionKind, re.Pattern[str]]]:
            ordered = sorted(knowledge.sections.values(), key=lambda c: int(c.one("order") or 9))
            return [(SectionKind(c.id), re.compile("|".join(c.get(name)))) for c in ordered if c.get(name)]

        self._any = patterns("pattern")
        self._top = patterns("topPattern")
        self._openers = patterns("opener")
        self._excludes = dict(patterns("excludes"))

    def heading_kind(self, heading: str, top: bool) -> SectionKind | None:
        """The kind that a heading (normalised, without its number) announces; None if it announces none."""
        for kind, pattern in [*self._any, *(self._top if top else [])]:
            if pattern.search(heading) and not (kind in self._excludes and self._excludes[kind].search(heading)):
                return kind
        return None

    def opener_kind(self, sentence: str, reported: int | None) -> SectionKind | None:
        """The kind that a sentence opens though no heading says so (下一步,…): plans or shortcomings; None if none.

        ``reported`` is the year reported on: a later one opens a plan (2025年,我镇将…), no other does.
        """
        for kind, pattern in self._openers:
            m = pattern.match(sentence)
            if m:
                year = m.groupdict().get("year")
                if year is None or (reported is not None and int(year) > reported):
                    return kind
        return None

    def outline(self, document: Document) -> Outline:
        """The structure of a report; raises ``UnreadableReport`` where no heading and no list gives it one."""
        plain = blank_leftovers(normalise(document.text))
        paragraphs = list(lines(plain))
        front = _front_length(plain, paragraphs)
        title = _title(plain, paragraphs[:front], document)
        build = _Builder(plain, reported=_year(title))
        section = Section(SectionKind.MEASURES, (), paragraphs[0].start if paragraphs else 0, len(plain), 0)
        build.sections.append(section)
        for line in paragraphs[:front]:
            self._add(build, line.start, line.end, SentenceKind.FRONT)
        closing = _closing_start(plain, paragraphs, front)
        structured = False
        for position in range(front, closing):
            line = paragraphs[position]
            structured |= self._paragraph(build, line, paragraphs[position + 1] if position + 1 < closing else None)
        for line in paragraphs[closing:]:
            self._add(build, line.start, line.end, SentenceKind.CLOSING)
        if not structured:
            raise UnreadableReport(
                f"{document.source}: no heading and no numbered list found; not a report in a form that kgraph knows"
            )
        return Outline(title, tuple(_ended(build.sections, len(plain))), tuple(build.sentences))

    def _paragraph(self, build: _Builder, line: Line, following: Line | None) -> bool:
        """Add one paragraph; tells whether it had a heading or a list mark."""
        text = build.plain[line.start : line.end]
        number = numbering(text)
        start = line.start
        structured = number is not None
        build.item += 1
        build.lead = None
        if number is not None or _plain_heading(text, line, following):
            style, skip = number or ("plain", 0)
            heading = self._heading_of(
                text[skip:], style, top=style in {level.style for level in build.stack[:1]} or not build.stack
            )
            if heading is not None:
                content, length, whole = heading
                kind = SentenceKind.LEAD if style in _LISTED and not whole else SentenceKind.HEADING
                self._heading(build, style, content, line.start)
                start = min(line.start + skip + length, line.end)
                self._add(build, line.start, start, kind)
                structured = True
            elif style != "plain":
                self._close_level(build, style)
        opened = build.flipped
        for begin, end in _sentences(build.plain, start, line.end):
            structured |= self._sentence(build, begin, end, line.end, first=begin == line.start)
        if (
            build.flipped is not opened
            and self.opener_kind(build.plain[start : line.end].lstrip(" " + CLOSERS), build.reported) is None
        ):
            build.flipped = opened  # a change of kind lasts beyond its paragraph only if it opened it
        return structured

    def _heading_of(self, body: str, style: str, *, top: bool) -> tuple[str, int, bool] | None:
        """The heading that a paragraph (without its number) is or begins with: its words, its length, whether it is all
        of the paragraph; None where the paragraph is text."""
        cut = _BREAK.search(body)
        end = cut.start() if cut else len(body)
        runon = _RUN_ON.match(body) if style not in _LISTED else None
        if runon and runon.end() < end:
            return body[: runon.end()].strip(" :"), runon.end(), False
        words = body[:end].strip(" :")
        length = end + (1 if cut else 0)
        if length >= len(body.rstrip()):  # the whole paragraph
            if not cut:
                fits = end <= 70 and not body.endswith(":") and not (style == "plain" and _COUNTED.search(words))
            else:
                fits = (end <= 25 and not _COUNTED.search(words)) or (
                    end <= 80 and top and self.heading_kind(words, True) is not None
                )
            return (words, length, True) if fits else None
        return (words, length, False) if end <= (LEAD_LENGTH if style in _LISTED else HEADING_LENGTH) else None

    def _sentence(self, build: _Builder, begin: int, end: int, stop: int, *, first: bool) -> bool:
        text = build.plain[begin:end]
        mark = LIST_MARK.match(text)
        marked = mark is not None and mark.end() > 0
        if marked and not first:
            build.item += 1
        if marked:
            build.lead = None
        content = text[mark.end() :] if mark else text
        opener = self.opener_kind(content, build.reported) if self._kind(build) is not SectionKind.PLANS else None
        if opener is not None:
            build.flipped = opener
        elif marked and not first and build.flipped is SectionKind.PLANS and self._base(build) is SectionKind.SHORTCOMINGS:
            build.flipped = None
        build.headed |= marked
        kind = SentenceKind.BODY if build.headed else SentenceKind.OPENING
        more = end < stop and not _next_marked(build.plain, end, stop)
        topical = (
            len(content) <= (LEAD_LENGTH if marked else TOPIC_LENGTH) and text.endswith("。") and not re.search(r"\d", content)
        )
        if (marked or first) and more and topical:
            kind = SentenceKind.LEAD
        self._add(build, begin, end, kind)
        if kind is SentenceKind.LEAD:
            build.lead = content.rstrip("。;")
        return marked

    def _base(self, build: _Builder) -> SectionKind:
        return build.stack[-1].kind if build.stack else SectionKind.MEASURES

    def _kind(self, build: _Builder) -> SectionKind:
        return build.flipped or self._base(build)

    def _close_level(self, build: _Builder, style: str) -> None:
        """A numbered paragraph of a style met before ends the headings below that style."""
        for depth, level in enumerate(build.stack):
            if level.style == style or (level.style in _DECIMAL and style in _WHOLE):
                del build.stack[depth:]
                break

    def _heading(self, build: _Builder, style: str, text: str, start: int) -> None:
        self._close_level(build, style)
        if style == "plain" and build.stack and build.stack[-1].style == "plain":
            build.stack.pop()
        top = not build.stack
        announced = self.heading_kind(text, top)
        if announced is None or (not top and announced is SectionKind.MEASURES):
            announced = self._base(build)
        elif style == "plain" and announced is not SectionKind.MEASURES and not top and len(text) <= 20:
            build.stack.clear()
        build.stack.append(_Level(style, text, announced))
        build.headed = True
        build.flipped = None
        build.lead = None
        path = tuple(level.text for level in build.stack)
        build.sections.append(Section(announced, path, start, start, len(path)))

    def _add(self, build: _Builder, begin: int, end: int, kind: SentenceKind) -> None:
        plain = build.plain
        while begin < end and (plain[begin] in " \n" or plain[begin] in CLOSERS):
            begin += 1
        while end > begin and plain[end - 1] in " \n":
            end -= 1
        if begin >= end:
            return
        section = build.sections[-1]
        if build.flipped is not None and section.kind is not build.flipped:
            section = Section(build.flipped, section.path, begin, begin, section.level)
            build.sections.append(section)
        elif build.flipped is None and build.stack and section.kind is not build.stack[-1].kind:
            section = Section(build.stack[-1].kind, section.path, begin, begin, section.level)
            build.sections.append(section)
        context = tuple(reversed(section.path))
        if build.lead is not None and kind is not SentenceKind.LEAD:
            context = (build.lead, *context)
        text, offsets = _squeeze(plain, begin, end)
        build.sentences.append(Sentence(text, begin, end, offsets, kind, section, context, build.item))


def _sentences(plain: str, start: int, end: int) -> list[tuple[int, int]]:
    spans, begin = [], start
    for m in _BREAK.finditer(plain, start, end):
        if m.end() > begin:
            spans.append((begin, m.end()))
        begin = m.end()
    if begin < end:
        spans.append((begin, end))
    return spans


def _next_marked(plain: str, at: int, stop: int) -> bool:
    return LIST_MARK.match(plain[at:stop].lstrip(" " + CLOSERS)) is not None


def _squeeze(plain: str, begin: int, end: int) -> tuple[str, tuple[int, ...] | None]:
    """The sentence without noise blanks, and the offset of each remaining character where any was dropped."""
    text = plain[begin:end]
    if " " not in text and "\n" not in text:
        return text, None
    kept: list[int] = []
    last = 0
    for m in _NOISE.finditer(text):
        kept.extend(range(last, m.start()))
        last = m.end()
    kept.extend(range(last, len(text)))
    if len(kept) == len(text):
        return text, None
    return "".join(text[i] for i in kept), tuple(begin + i for i in kept)


def _front_length(plain: str, paragraphs: list[Line]) -> int:
    """How many lines stand before the text: portal header, title, addressee."""
    last = 0
    for position, line in enumerate(paragraphs[:40]):
        text = plain[line.start : line.end]
        number = numbering(text)
        if number is not None and number[0] in ("一、", "(一)", "part") and not _PORTAL.search(text):
            break
        portal = _PORTAL.search(text) is not None and len(text) <= 400
        if len(text) > 70 and not portal:
            break
        title = _TITLE.search(text) is not None and "。" not in text
        dated = _DATE.search(text) or (len(text) <= 80 and _DATELINE.match(text))
        if portal or title or dated or (text.endswith(":") and len(text) <= 40):
            last = position + 1
        elif "。" in text or re.match(r"20\d\d年(?:以来|度)?,", text):
            break
        elif (
            len(text) <= 40
            and number is None
            and any(
                _TITLE.search(plain[x.start : x.end]) for x in paragraphs[position + 1 : position + 4] if x.end - x.start <= 70
            )
        ):
            last = position + 1
    return last


def _title(plain: str, front: list[Line], document: Document) -> str | None:
    """The title: the last line of the front that reads like one, with the lines that it was broken over."""
    texts = [plain[line.start : line.end] for line in front]
    for position in range(len(texts) - 1, -1, -1):
        text = texts[position]
        if _TITLE.search(text) and not _PORTAL.search(text) and len(text) <= 90 and text[-1] not in ":,":
            before = texts[position - 1] if position else ""
            if (
                re.match(r"^(关于|20\d\d年|法治政府)", text)
                and before
                and not _PORTAL.search(before)
                and re.search(r"(政府|委员会|局|委|厅|办|处)$", before)
            ):
                text = f"{before} {text}"
            return text
    return document.metadata.get("title")


def _year(title: str | None) -> int | None:
    """The year reported on, where the title says it."""
    m = re.search(r"20\d\d(?=年|-|度)", title or "")
    return int(m.group()) if m else None


def _closing_start(plain: str, paragraphs: list[Line], front: int) -> int:
    """The index of the first line of the signature, date and footer."""
    at = len(paragraphs)
    for position in range(len(paragraphs) - 1, max(front, len(paragraphs) - 15) - 1, -1):
        text = plain[paragraphs[position].start : paragraphs[position].end]
        if (
            (_DATE.search(text) and len(text) <= 60)
            or (_SIGNATURE.match(text) and numbering(text) is None)
            or _FOOTER.match(text)
        ):
            at = position
        elif len(text) > 40 or "。" in text:
            break
    return at


def _plain_heading(text: str, line: Line, following: Line | None) -> bool:
    """Whether a line without a number is a heading: short, not ended, not a list item, with text below it."""
    if following is None or len(text) > 32 or len(text) < 4 or text[-1] in "。;,:!?、%" or LIST_MARK.match(text):
        return False
    return following.end - following.start > len(text) and not _COUNTED.search(text)


def _ended(sections: list[Section], end: int) -> list[Section]:
    """The sections with their ends: each ends where the next begins."""
    starts = [s.start for s in sections[1:]] + [end]
    return [Section(s.kind, s.path, s.start, max(s.start, stop), s.level) for s, stop in zip(sections, starts, strict=True)]
