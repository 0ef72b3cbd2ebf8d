"""Word documents (.docx): the text that a reader of the accepted document sees, with its automatic numbers."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from kgraph.errors import UnreadableReport
from kgraph.read.content import Content, Lines, row, tidy
from kgraph.read.docx_numbering import Numbering
from kgraph.read.package import opened, part
from kgraph.read.xml import walk

_SKIPPED = frozenset(["del", "moveFrom", "Fallback", "instrText", "delText", "delInstrText", "rt", "sectPr", "object"])
"""Elements whose text is not shown: deleted and moved text, codes of fields, the older twin of a text box, ruby."""
_OFF = frozenset(("0", "false", "off"))
CELL_LENGTH = 300


def read_docx(data: bytes) -> Content:
    """The text of a Word document: automatic numbers written out, rows of tables as lines, text boxes and footnotes after the
    paragraph they hang on, tracked changes accepted; codes of fields, bookmarks, hidden text, page heads and the table of
    contents left out. Raises ``UnreadableReport`` where it is broken, protected, or no Word document."""
    with opened(data) as package:
        names = {info.filename.lower(): info for info in package.infolist()}
        main = names.get("word/document.xml") or next(
            (i for n, i in names.items() if n.startswith("word/document") and n.endswith(".xml")), None
        )
        if main is None:
            raise UnreadableReport("a zip file without a Word document in it")
        numbering = Numbering(_part(package, names, "word/numbering.xml"), _part(package, names, "word/styles.xml"))
        notes: dict[str, str] = {}
        for kind in ("footnote", "endnote"):
            source = _part(package, names, f"word/{kind}s.xml")
            if source:
                notes |= _notes(source, kind)
        body = _Body(numbering, notes)
        walk(part(package, main), body.start, body.end, body.text)
    return body.lines.content()


def _part(package: zipfile.ZipFile, names: Mapping[str, zipfile.ZipInfo], name: str) -> bytes | None:
    return part(package, names[name]) if name in names else None


def _notes(data: bytes, kind: str) -> dict[str, str]:
    """The texts of the notes of a document by kind and id; separators, which have a type, are none."""
    found: dict[str, list[str]] = {}
    current = ""
    shown = False

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal current, shown
        if name == kind:
            current = "" if attributes.get("type", "normal") != "normal" else f"{kind} {attributes.get('id', '')}"
        shown = name == "t"

    def end(name: str) -> None:
        nonlocal shown
        shown = False

    def text(piece: str) -> None:
        if shown and current:
            found.setdefault(current, []).append(piece)

    walk(data, start, end, text)
    return {key: tidy("".join(pieces)) for key, pieces in found.items()}


@dataclass
class _Paragraph:
    style: str = ""
    number: str | None = None
    level: int | None = None
    parts: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    merged: bool = False


@dataclass
class _Table:
    rows: list[list[list[str]]] = field(default_factory=list)
    """Rows of cells of lines."""


class _Body:
    """Walks through the body of a document; paragraphs stand inside each other where one holds a text box."""

    def __init__(self, numbering: Numbering, notes: Mapping[str, str]) -> None:
        self.lines = Lines()
        self._numbering, self._notes = numbering, notes
        self._paragraphs: list[_Paragraph] = []
        self._tables: list[_Table] = []
        self._boxes: list[list[str]] = []
        self._depths: list[tuple[int, int]] = []  # of boxes: how many tables and paragraphs stood open around each
        self._skip = 0
        self._in: list[str] = []
        self._vanish = self._text_open = False
        self._fields: list[bool] = []  # of open fields: whether their result has begun
        self._contents = 0
        self._carried: _Paragraph | None = None
        self._count = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._in.append(name)
        if self._skip or (name in _SKIPPED and not (name in ("del", "moveFrom") and self._properties())):
            self._skip += 1
            return
        value = attributes.get("val", "")
        paragraph = self._paragraphs[-1] if self._paragraphs else None
        match name:
            case "p":
                self._paragraphs.append(self._carried or _Paragraph())
                self._carried = None
            case "tbl":
                self._tables.append(_Table())
            case "tr" if self._tables:
                self._tables[-1].rows.append([])
            case "tc" if self._tables and self._tables[-1].rows:
                self._tables[-1].rows[-1].append([])
            case "txbxContent":
                self._boxes.append([])
                self._depths.append((len(self._tables), len(self._paragraphs)))
            case "r":
                self._vanish = False
            case "vanish" | "webHidden" if "rPr" in self._in[-3:]:
                self._vanish = value not in _OFF
            case "docPartGallery":
                self._contents += value == "Table of Contents"
            case "fldChar":
                self._field(attributes.get("fldCharType", ""))
            case "t" if not self._vanish:
                self._text_open = True
        if paragraph is not None:
            self._inside(paragraph, name, value, attributes)

    def _properties(self) -> bool:
        """Whether an element stands in the properties of a paragraph mark, where ``del`` means that the mark is deleted."""
        return self._in[-2:-1] == ["rPr"]

    def _inside(self, paragraph: _Paragraph, name: str, value: str, attributes: Mapping[str, str]) -> None:
        match name:
            case "pStyle":
                paragraph.style = value
            case "numId" if "pPrChange" not in self._in:
                paragraph.number = value
            case "ilvl" if "pPrChange" not in self._in:
                paragraph.level = int(value) if value.isdecimal() and len(value) < 3 else 0
            case "tab" if self._in[-2:-1] == ["r"]:
                paragraph.parts.append(" ")
            case "ptab":
                paragraph.parts.append(" ")
            case "br" | "cr":
                paragraph.parts.append("\n")
            case "noBreakHyphen":
                paragraph.parts.append("-")
            case "footnoteReference" | "endnoteReference":
                note = self._notes.get(f"{name.removesuffix('Reference')} {attributes.get('id', '')}")
                if note:
                    paragraph.after.append(note)
            case "del" | "moveFrom" if self._properties() and self._in[-3:-2] == ["pPr"]:
                paragraph.merged = True

    def text(self, piece: str) -> None:
        if self._text_open and not self._skip and self._paragraphs and all(self._fields):
            self._paragraphs[-1].parts.append(piece)

    def end(self, name: str) -> None:
        self._in.pop()
        if self._skip:
            self._skip -= 1
            return
        match name:
            case "t":
                self._text_open = False
            case "p" if self._paragraphs:
                self._paragraph(self._paragraphs.pop())
            case "tbl" if self._tables:
                self._table(self._tables.pop())
            case "txbxContent" if self._boxes:
                lines = self._boxes.pop()
                self._depths.pop()
                if self._paragraphs:
                    self._paragraphs[-1].after.extend(lines)
                else:
                    self._put(lines)
            case "sdt":
                self._contents = 0
            case "body" if self._carried is not None:
                carried, self._carried = self._carried, None
                carried.merged = False
                self._paragraph(carried)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _paragraph(self, paragraph: _Paragraph) -> None:
        if paragraph.merged:
            paragraph.merged = False
            self._carried = paragraph
            return
        text = "".join(paragraph.parts)
        style = self._numbering.styles.get(paragraph.style)
        if self._contents or (style is not None and style.name.startswith("toc ")):
            return
        label = self._numbering.label(paragraph.style, paragraph.number, paragraph.level) if text.strip() else ""
        first, *rest = text.split("\n")
        gap = " " if re.search(r"[0-9A-Za-z\u4e00-\u9fff]$", label) else ""
        self._put([label + gap + first.lstrip() if label else first, *rest, *paragraph.after])

    def _put(self, lines: list[str]) -> None:
        """Add lines to what is open: a text box, a cell of a table, the document."""
        tables = self._depths[-1][0] if self._depths else 0
        if len(self._tables) > tables and self._tables[-1].rows and self._tables[-1].rows[-1]:
            self._tables[-1].rows[-1][-1].extend(lines)
        elif self._boxes:
            self._boxes[-1].extend(lines)
        else:
            for line in lines:
                if tidy(line):
                    self._count += 1
                    self.lines.add(line, f"paragraph={self._count}")

    def _table(self, table: _Table) -> None:
        for cells in table.rows:
            filled = [[line for line in map(tidy, cell) if line] for cell in cells]
            if len([cell for cell in filled if cell]) < 2 or any(sum(map(len, cell)) > CELL_LENGTH for cell in filled):
                self._put([line for cell in filled for line in cell])
            else:
                self._put([row([" ".join(cell) for cell in filled])])
