"""The lines of an element of a page: one a paragraph or row of a table, blanks as a browser shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kgraph.read.content import row, tidy
from kgraph.read.html_tree import Page
from kgraph.read.html_words import BLOCKS
from kgraph.read.numerals import numeral

_WRAP = re.compile(r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])[ \t]*[\r\n]\s*(?=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])")
_EDGE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_BLANK = re.compile(r"\s+")
_NUMBERED = re.compile(r"[\s(（]*(?:\d{1,3}|[一二三四五六七八九十]{1,3})[、.．)）]|[①-⑳]")
_KEYED = re.compile(r"\s*[【\[]?[\u4e00-\u9fff]{2,6}[:：]")
_PRE = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_LIST_STYLES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
CELL_LENGTH = 300
"""A cell longer than this is a part of the page's layout, not of a table."""


class LinesOf:
    """The lines of an element in order, as (text, place, whether all of it is links); ``without`` ends it at an element
    below (what stands above an article)."""

    def __init__(self, page: Page, element: int, without: int | None = None) -> None:
        self._page, self._element, self._without = page, element, without
        self.before = 0
        """How many of the lines stand before the element that is left out."""
        self._out: list[tuple[str, str, bool]] = []
        self._parts: list[str] = []
        self._plain = False
        self._cells: list[str] | None = None
        self._row_end = -1
        self._place = element

    def __iter__(self) -> Iterator[tuple[str, str, bool]]:
        page = self._page
        end = page.ends[self._element]
        closing: list[tuple[int, bool]] = []  # (where a block ends, whether it is a cell)
        link_end = pre_end = 0
        counters: dict[int, int] = {}
        i = self._element
        while i < end:
            while closing and closing[-1][0] <= i:
                self._close(closing.pop()[1])
                if self._cells is not None and i >= self._row_end:
                    self._end_row()
            if i == self._without or (i != self._element and page.dropped[i]):
                if i == self._without:
                    self._flush()
                    self.before = len(self._out)
                i = page.ends[i]
                continue
            text, tag = page.texts[i], page.tags[i]
            if text is not None:
                self._text(text, linked=i < link_end, pre=i < pre_end)
            elif tag == "br":
                self._flush()
            elif tag == "a" and page.attributes[i].get("href"):
                link_end = max(link_end, page.ends[i])
            elif tag in BLOCKS:
                self._flush()
                self._place = i
                if tag == "tr" and self._cells is None and self._is_row(i):
                    self._cells, self._row_end = [], page.ends[i]
                elif tag == "pre" or _PRE.search(page.attributes[i].get("style", "")):
                    pre_end = max(pre_end, page.ends[i])
                elif tag == "li":
                    self._number(i, counters)
                closing.append((page.ends[i], tag in ("td", "th")))
            i += 1
        while closing:
            self._close(closing.pop()[1])
        self._end_row()
        self._flush()
        return iter(self._out)

    def _text(self, text: str, *, linked: bool, pre: bool) -> None:
        if pre:
            first, *rest = text.split("\n")
            self._piece(first, linked)
            for piece in rest:
                self._flush()
                self._piece(piece, linked)
            return
        self._piece(text, linked)

    def _piece(self, text: str, linked: bool) -> None:
        if text.isspace() and "\n" in text and (not self._parts or _EDGE.match(self._parts[-1][-1:])):
            return
        if text:
            if self._parts and _KEYED.match(text) and not self._parts[-1].endswith((" ", "，", "、", "。", "“", "《", "（", "(")):
                self._parts.append(" ")  # set apart by style alone: 来源：镇司法所 时间：…
            self._parts.append(text)
            self._plain |= not linked and not text.isspace()

    def _flush(self) -> None:
        if self._parts:
            text = tidy(_BLANK.sub(" ", _WRAP.sub("", "".join(self._parts))))
            if text and self._cells is not None:
                self._cells.append(text)
                self._parts.clear()
                return
            if text:
                self._out.append((text, self._page.place(self._place), not self._plain))
        self._parts.clear()
        if self._cells is None:
            self._plain = False

    def _close(self, cell: bool) -> None:
        self._flush()
        if cell and self._cells is not None:
            self._cells.append("\n")

    def _is_row(self, tr: int) -> bool:
        """Whether a row is one of a table: some short cells without a table in them."""
        page = self._page
        cells = [n for n in page.children[tr] if page.tags[n] in ("td", "th")]
        if len(cells) < 2:
            return False
        for cell in cells:
            end = page.ends[cell]
            if page.tables[end] > page.tables[cell] or page.characters[end] - page.characters[cell] > CELL_LENGTH:
                return False
            if self._without is not None and cell <= self._without < end:
                return False
        return True

    def _end_row(self) -> None:
        if self._cells is None:
            return
        cells, self._cells = " ".join(self._cells).split("\n"), None
        text = row(cells)
        if text:
            self._out.append((text, self._page.place(self._place), not self._plain))
        self._plain = False

    def _number(self, li: int, counters: dict[int, int]) -> None:
        """The number that a browser shows before an item of a numbered list, unless the item has one of its own."""
        page = self._page
        parent = page.parents[li]
        if parent < 0 or page.tags[parent] != "ol":
            return
        attributes = page.attributes[parent]
        start, value = attributes.get("start", ""), page.attributes[li].get("value", "")
        n = counters.get(parent, int(start) - 1 if re.fullmatch(r"\d{1,4}", start) else 0) + 1
        counters[parent] = n = int(value) if re.fullmatch(r"\d{1,4}", value) else n
        style = attributes.get("style", "") + page.attributes[li].get("style", "") + attributes.get("class", "")
        head = "".join(page.texts[k] or "" for k in range(li, min(li + 12, page.ends[li])))
        if re.search(r"list-style[\w-]*\s*:[^;]*none", style) or _NUMBERED.match(head) or not head.strip():
            return
        if "cjk" in style or "chinese" in style:
            self._parts.append(f"{numeral(n, 'chineseCounting')}、")
        else:
            self._parts.append(f"{numeral(n, _LIST_STYLES.get(attributes.get('type', ''), 'decimal'))}. ")
