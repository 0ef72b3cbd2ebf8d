"""The numbers that Word shows before headings and items but does not store as text: ``w:numPr`` worked out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kgraph.read.numerals import numeral
from kgraph.read.xml import walk

LEVELS = 9


@dataclass
class Level:
    """A level of a list: where it starts, how it counts, how it looks (``（%1）``), after which level it starts anew."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None
    paragraph_style: str = ""


@dataclass
class _List:
    abstract: str = ""
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


@dataclass
class Style:
    """A paragraph style: the style it is based on, its list and level, its name."""

    based_on: str = ""
    number: str | None = None
    level: int | None = None
    name: str = ""


def _int(value: str | None, default: int) -> int:
    return int(value) if value is not None and re.fullmatch(r"\d{1,5}", value) else default


class Numbering:
    """The lists of a document; ``label`` counts on, so it is asked once a paragraph, in order."""

    def __init__(self, numbering: bytes | None, styles: bytes | None) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._links: dict[str, str] = {}
        self._lists: dict[str, _List] = {}
        self.styles: dict[str, Style] = {}
        self._counts: dict[str, list[int]] = {}
        self._seen: set[tuple[str, int]] = set()
        if numbering:
            _NumberingReader(self._abstract, self._links, self._lists).read(numbering)
        if styles:
            _StyleReader(self.styles).read(styles)

    def style(self, name: str) -> tuple[str | None, int | None]:
        """The list and level that a paragraph style gives, its own or of one that it is based on."""
        number: str | None = None
        level: int | None = None
        for _ in range(20):
            style = self.styles.get(name)
            if style is None:
                break
            number = style.number if number is None else number
            level = style.level if level is None else level
            name = style.based_on
        return number, level

    def label(self, style: str, number: str | None, level: int | None) -> str:
        """The number before a paragraph with this style, list and level, with what stands about it; empty for none."""
        inherited, at = self.style(style)
        if number is None:
            number = inherited
            level = at if level is None else level
        found = self._lists.get(number or "0")
        if found is None or number == "0":
            return ""
        levels = self._levels(found)
        if level is None:
            level = next((i for i, each in sorted(levels.items()) if style and each.paragraph_style == style), 0)
        level = min(max(level, 0), LEVELS - 1)
        key = found.abstract
        counts = self._counts.setdefault(key, [0] * LEVELS)
        shape = levels.get(level, Level())
        if level in found.starts and (number or "", level) not in self._seen:
            counts[level] = found.starts[level]
            self._seen.add((number or "", level))
        else:
            counts[level] = counts[level] + 1 if counts[level] else max(shape.start, 0) or (0 if shape.start == 0 else 1)
        for below in range(level + 1, LEVELS):
            restart = levels.get(below, Level()).restart
            if restart is None or (restart != 0 and level < restart):
                counts[below] = 0
        for above in range(level):
            counts[above] = counts[above] or levels.get(above, Level()).start
        if shape.style in ("bullet", "none") and "%" not in shape.text:
            return ""

        def shown(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            style = levels.get(at, Level()).style
            return numeral(counts[at], "decimal" if shape.legal and at < level else style)

        text = re.sub(r"%([1-9])", shown, shape.text[:60])
        return text if text.strip() else ""

    def _levels(self, found: _List) -> dict[int, Level]:
        levels = self._abstract.get(found.abstract, {})
        if not levels and found.abstract in self._links:
            number, _ = self.style(self._links[found.abstract])
            linked = self._lists.get(number or "")
            if linked is not None and linked is not found:
                levels = {**self._abstract.get(linked.abstract, {}), **linked.levels}
        return {**levels, **found.levels} if found.levels else levels


class _NumberingReader:
    def __init__(self, abstract: dict[str, dict[int, Level]], links: dict[str, str], lists: dict[str, _List]) -> None:
        self._abstract, self._links, self._lists = abstract, links, lists
        self._id = self._num = ""
        self._override: int | None = None
        self._level: Level | None = None

    def read(self, data: bytes) -> None:
        walk(data, self._start, self._end, lambda _: None)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        value = attributes.get("val")
        level = self._level
        if name == "abstractNum":
            self._id = attributes.get("abstractNumId", "")
            self._abstract[self._id] = {}
        elif name == "num":
            self._num = attributes.get("numId", "")
            self._lists[self._num] = _List()
        elif name == "abstractNumId" and self._num:
            self._lists[self._num].abstract = value or ""
        elif name == "numStyleLink" and self._id:
            self._links[self._id] = value or ""
        elif name == "lvlOverride" and self._num:
            self._override = _int(attributes.get("ilvl"), 0)
        elif name == "startOverride" and self._override is not None:
            self._lists[self._num].starts[self._override] = _int(value, 1)
        elif name == "lvl":
            self._level = Level()
            at = _int(attributes.get("ilvl"), 0)
            if self._override is not None:
                self._lists[self._num].levels[at] = self._level
            elif self._id in self._abstract:
                self._abstract[self._id][at] = self._level
        elif level is not None:
            if name == "start":
                level.start = _int(value, 1)
            elif name == "numFmt":
                level.style = value or "decimal"
            elif name == "lvlText":
                level.text = value or ""
            elif name == "isLgl":
                level.legal = value not in ("0", "false")
            elif name == "lvlRestart":
                level.restart = _int(value, 0)
            elif name == "pStyle":
                level.paragraph_style = value or ""

    def _end(self, name: str) -> None:
        if name == "lvl":
            self._level = None
        elif name == "lvlOverride":
            self._override = None
        elif name == "num":
            self._num = ""
        elif name == "abstractNum":
            self._id = ""


class _StyleReader:
    def __init__(self, styles: dict[str, Style]) -> None:
        self._styles = styles
        self._style = Style()

    def read(self, data: bytes) -> None:
        walk(data, self._start, lambda _: None, lambda _: None)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        value = attributes.get("val", "")
        if name == "style":
            self._style = Style()
            if attributes.get("type") == "paragraph":
                self._styles[attributes.get("styleId", "")] = self._style
        elif name == "basedOn":
            self._style.based_on = value
        elif name == "numId":
            self._style.number = value
        elif name == "ilvl":
            self._style.level = _int(value, 0)
        elif name == "name":
            self._style.name = value.lower()
