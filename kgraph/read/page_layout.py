"""From pieces of text with their places on pages to lines of a report: reading order, running heads, wrapped lines.

Used for PDF and for recognised scans alike. The unit is that of the page; y grows upwards.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from kgraph.read.content import CELL, tidy

_CJK = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’…—]")
_PAGE_NUMBER = re.compile(
    r"[\s\-–—―－_.·|]*(?:第? ?(?:\d{1,4}|[一二三四五六七八九十]{1,3}) ?页?(?: ?[/／,，]? ?共? ?\d{1,4} ?页?)?|[IVXivx]{1,5})[\s\-–—―－_.·|]*"
)
_MARK = re.compile(
    r"[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章节部]|\d{1,2}[、.．](?!\d)|[①-⑳]"
)
_ENDS = tuple("。！？；：:;!?")
_MARGIN = 0.14
"""The share of a page's height, above and below, where running heads stand."""
_INDENT = 1.1
"""How far, in characters, the first line of a paragraph is set in at least."""
FEW_LINES = 8
"""A column with fewer lines does not show where its margins are."""
TITLE_LINES = 4
"""A title stands among so many lines from the start."""
_SHORT = 1.6
"""How far, in characters, the last line of a paragraph stays from the margin at least."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text on one line and its box."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """The height of the box."""
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        """Half of its height up."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class PageOf:
    """A page: its number, its size, its pieces in any order."""

    number: int
    width: float
    height: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Line(Piece):
    page: int = 0
    column: int = 0
    low: float = 0.0
    high: float = 0.0
    """The left and right margin of its column."""


def paragraphs(pages: Sequence[PageOf]) -> list[tuple[str, int]]:
    """The paragraphs of pages in reading order, each with the number of the page where it begins."""
    gutters = [_gutter(page.pieces) for page in pages]
    usual = median(known) if len(known := [x for x in gutters if x is not None]) > len(pages) / 3 else None
    gutters = [usual if x is None and _parted(page.pieces, usual) else x for page, x in zip(pages, gutters, strict=True)]
    laid = _without_heads([(page, _page_lines(page, x)) for page, x in zip(pages, gutters, strict=True)])
    sizes = [line.height for _, lines in laid for line in lines]
    size = median(sizes) if sizes else 10.0
    gaps = [a.bottom - b.top for _, lines in laid for a, b in pairwise(lines) if a.column == b.column]
    leading = median(gaps) if gaps else size
    margins = _margins_by_column(laid)
    first = True
    out: list[tuple[str, int]] = []
    last: _Line | None = None
    for _, lines in laid:
        for line in _with_margins(lines, margins):
            text = tidy(line.text)
            if not text:
                continue
            if last is not None and _continues(last, line, size, leading, first, len(out) < TITLE_LINES):
                out[-1], first = (_joined(out[-1][0], text), out[-1][1]), False
            else:
                out.append((text, line.page))
                first = True
            last = line
    return out


def _page_lines(page: PageOf, gutter: float | None) -> list[_Line]:
    """The lines of a page in reading order, column by column between what spans all columns."""
    pieces = [p for p in page.pieces if p.text.strip() and p.height > 0]
    if gutter is None:
        return _lines(pieces, page.number, 0)
    out: list[_Line] = []
    spanning = sorted((p for p in pieces if p.left < gutter - 2 and p.right > gutter + 2), key=lambda p: -p.middle)
    rest = [p for p in pieces if p not in set(spanning)]
    edges = [line.middle for line in _lines(spanning, page.number, 0)]
    bounds = [float("inf"), *edges, float("-inf")]
    heads = _lines(spanning, page.number, 0)
    for i, (above, below) in enumerate(pairwise(bounds)):
        band = [p for p in rest if below < p.middle <= above]
        for column, side in enumerate(([p for p in band if p.left < gutter], [p for p in band if p.left >= gutter]), 1):
            out += _lines(side, page.number, column)
        if i < len(heads):
            out.append(heads[i])
    return out


def _parted(pieces: Sequence[Piece], gutter: float | None) -> bool:
    """Whether the gap between columns that other pages have is one of this page too, as on a last page half filled."""
    return gutter is not None and sum(p.left < gutter - 2 and p.right > gutter + 2 for p in pieces) <= 0.15 * len(pieces)


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """Where the gap between two columns of running text is, if the page has two."""
    if len(pieces) < 16:
        return None
    left, right = min(p.left for p in pieces), max(p.right for p in pieces)
    width = right - left
    crossed = {x: sum(p.left < x < p.right for p in pieces) for x in (left + width * (0.4 + step / 200) for step in range(41))}
    fewest = min(crossed.values())
    best = median(x for x, n in crossed.items() if n == fewest)
    if fewest > 0.15 * len(pieces):
        return None
    sides = [p for p in pieces if p.right <= best + 2], [p for p in pieces if p.left >= best - 2]
    for side in sides:
        if len(side) < 0.25 * len(pieces):
            return None
        rows = _lines(side, 0, 0)
        if median(line.right - line.left for line in rows) < 0.3 * width:
            return None
    return best


def _lines(pieces: Sequence[Piece], page: int, column: int) -> list[_Line]:
    """Pieces on one height joined to lines, from the top down; a wide gap between two is the edge of a table's cell."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (-p.middle, p.left)):
        if rows and abs(rows[-1][0].middle - piece.middle) < 0.5 * max(rows[-1][0].height, piece.height):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    out = []
    for row in rows:
        row.sort(key=lambda p: p.left)
        text, end = row[0].text, row[0].right
        for piece in row[1:]:
            gap = (piece.left - end) / max(piece.height, 1)
            text += (
                CELL if gap > 1.8 else " " if gap > 0.35 and not (_cjk(text[-1:]) and _cjk(piece.text[:1])) else ""
            ) + piece.text
            end = max(end, piece.right)
        tall = max(row, key=lambda p: len(p.text))
        out.append(_Line(text, row[0].left, tall.bottom, end, tall.top, page, column))
    return out


def _without_heads(pages: list[tuple[PageOf, list[_Line]]]) -> list[tuple[PageOf, list[_Line]]]:
    """The lines without page numbers and what repeats at the top or bottom of pages."""

    def marginal(page: PageOf, line: _Line) -> bool:
        return line.middle > (1 - _MARGIN) * page.height or line.middle < _MARGIN * page.height

    def shape(line: _Line) -> str:
        return re.sub(r"[\d\s]+", "#", line.text)

    sizes = [line.height for _, lines in pages for line in lines]
    small = 0.87 * median(sizes) if sizes else 0.0
    often = Counter(s for page, lines in pages for s in {shape(line) for line in lines if marginal(page, line)})
    most = max(2, len(pages) * 0.4)
    out = []
    for page, lines in pages:
        ends = {id(line) for line in sorted(lines, key=lambda line: line.middle)[:: max(1, len(lines) - 1)]}

        def head(page: PageOf, line: _Line, at_end: bool) -> bool:
            text = line.text.strip()
            if _PAGE_NUMBER.fullmatch(text):
                return marginal(page, line) or (at_end and len(text) < 12)
            if not marginal(page, line) or len(text) >= 60:
                return False
            return (len(pages) > 1 and often[shape(line)] >= most) or (at_end and line.height < small)

        kept = [line for line in lines if not head(page, line, id(line) in ends)]
        out.append((page, kept))
    return out


def _margins_by_column(laid: Sequence[tuple[PageOf, list[_Line]]]) -> dict[int, tuple[float, float]]:
    """The margins that each column has on the pages that it fills."""
    found: dict[int, list[tuple[float, float]]] = {}
    for _, lines in laid:
        for column in {line.column for line in lines}:
            own = [line for line in lines if line.column == column]
            if len(own) > FEW_LINES:
                found.setdefault(column, []).append(_margins(own))
    return {column: (median(low for low, _ in each), median(high for _, high in each)) for column, each in found.items()}


def _margins(lines: list[_Line]) -> tuple[float, float]:
    """The left and right margin of some lines; one line that stands out does not count among many."""
    full = [line for line in lines if CELL not in line.text] or lines
    lefts, rights = sorted(line.left for line in full), sorted(line.right for line in full)
    return (lefts[1], rights[-2]) if len(full) > 6 else (lefts[0], rights[-1])


def _with_margins(lines: list[_Line], usual: Mapping[int, tuple[float, float]]) -> list[_Line]:
    """The lines with the margins of their column on their page; with the usual ones where a page has few lines."""
    margins: dict[int, tuple[float, float]] = {}
    for column in {line.column for line in lines}:
        own = [line for line in lines if line.column == column]
        margins[column] = _margins(own)
        if len(own) <= FEW_LINES and column in usual:
            low, high = margins[column]
            margins[column] = min(low, usual[column][0]), max(high, usual[column][1])
    if 0 in margins and len(margins) > 1:
        margins[0] = (min(low for low, _ in margins.values()), max(high for _, high in margins.values()))
    return [replace(line, low=margins[line.column][0], high=margins[line.column][1]) for line in lines]


def _continues(last: _Line, line: _Line, size: float, leading: float, first: bool, early: bool) -> bool:
    """Whether a line goes on with the paragraph of the line before it; ``first`` if that is the first of its paragraph,
    ``early`` if a title may stand here. ``size`` is the usual height of lines, ``leading`` the usual gap between them."""
    if CELL in last.text or CELL in line.text:
        return False
    unit = max(size, min(last.height, line.height))
    alike = (
        abs(last.height - line.height) < 0.12 * line.height
        and last.page == line.page
        and last.bottom - line.top < 1.2 * line.height
    )
    if early and line.height > 1.07 * size and alike:  # a title on some lines
        return _centred(last, unit) and _centred(line, unit) and not last.text.rstrip().endswith(("报告", *_ENDS))
    if _centred(last, unit, 1.5) and _centred(line, unit, 1.5) and last.page == line.page:
        return False
    if abs(last.height - line.height) > 0.3 * max(last.height, line.height):
        return False
    if (
        last.column == line.column
        and last.page == line.page
        and last.bottom - line.top > max(1.25 * leading, leading + 0.3 * unit)
    ):
        return False
    room, width = last.high - last.right, last.high - last.low
    short, ended = room > _SHORT * unit + 0.02 * width, last.text.rstrip(" ”）)》").endswith(_ENDS)
    marked = _MARK.match(line.text.strip()) is not None
    heading = first and _MARK.match(last.text.strip()) is not None and "。" not in last.text
    if short and (room > 0.25 * width or ended or marked or heading):
        return False  # else a long number or word went to the next line
    if line.left - line.low > _INDENT * unit and (short or ended or last.left - last.low <= _INDENT * unit):
        return False
    return not (marked and ended)


def _centred(line: _Line, unit: float, inset: float = -1.0) -> bool:
    """Whether a line is as far from one margin of its column as from the other, and so far at least, in characters."""
    left, right = line.left - line.low, line.high - line.right
    return abs(left - right) < unit and left > inset * unit


def _joined(before: str, after: str) -> str:
    """Two lines of a paragraph as one: no blank between Chinese; a hyphenated word mended."""
    if before.endswith("-") and before[-2:-1].isascii() and before[-2:-1].isalpha() and after[:1].islower():
        return before[:-1] + after
    if _cjk(before[-1:]) or _cjk(after[:1]) or (before[-1:].isdigit() and after[:1].isdigit()):
        return before + after
    return f"{before} {after}"


def _cjk(character: str) -> bool:
    return _CJK.match(character) is not None
