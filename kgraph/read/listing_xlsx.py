"""The cells of the first sheet of a workbook. Read with our own bounded parser, as a list may come from anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kgraph.errors import UnreadableReport
from kgraph.read.package import opened, part
from kgraph.read.xml import walk

MAX_COLUMNS = 200
MAX_CELLS = 2_000_000


def sheet(data: bytes) -> Iterator[Sequence[str]]:
    """The rows of the first sheet, blank ones too; raises ``UnreadableReport`` where the workbook is broken."""
    with opened(data) as package:
        names = {info.filename.lower(): info for info in package.infolist()}
        sheets = sorted((n for n in names if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", n)), key=lambda n: (len(n), n))
        if not sheets:
            raise UnreadableReport("not a workbook")
        shared: list[str] = []
        if "xl/sharedstrings.xml" in names:
            shared = _Strings().read(part(package, names["xl/sharedstrings.xml"]))
        cells = _Cells(shared)
        walk(part(package, names[sheets[0]]), cells.start, cells.end, cells.text)
    return iter(cells.rows)


class _Strings:
    def __init__(self) -> None:
        self.found: list[str] = []
        self._parts: list[str] = []
        self._open = False
        self._phonetic = 0

    def read(self, data: bytes) -> list[str]:
        walk(data, self._start, self._end, self._text)
        return self.found

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._phonetic += name == "rPh"
        self._open = name == "t" and not self._phonetic
        if name == "si":
            self._parts = []

    def _text(self, piece: str) -> None:
        if self._open:
            self._parts.append(piece)

    def _end(self, name: str) -> None:
        self._phonetic -= name == "rPh"
        self._open = False
        if name == "si":
            self.found.append("".join(self._parts))


class _Cells:
    def __init__(self, shared: list[str]) -> None:
        self.rows: list[list[str]] = []
        self._shared = shared
        self._column = 0
        self._kind = ""
        self._parts: list[str] = []
        self._open = False
        self._count = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "row":
            number = attributes.get("r", "")
            if re.fullmatch(r"\d{1,6}", number):  # rows that are blank are left out of the file
                self.rows += [[] for _ in range(min(int(number) - 1, 200_000) - len(self.rows))]
            self.rows.append([])
            self._column = 0
        elif name == "c" and self.rows:
            letters = re.match(r"[A-Z]{1,3}", attributes.get("r", ""))
            if letters:
                column = 0
                for letter in letters.group():
                    column = column * 26 + ord(letter) - 64
                self._column = column - 1
            self._kind = attributes.get("t", "n")
            self._parts = []
            self._count += 1
            if self._count > MAX_CELLS:
                raise UnreadableReport(f"more than {MAX_CELLS:,} cells")
        self._open = name in ("v", "t")

    def text(self, piece: str) -> None:
        if self._open:
            self._parts.append(piece)

    def end(self, name: str) -> None:
        self._open = False
        if name != "c" or not self.rows:
            return
        value = "".join(self._parts)
        if self._kind == "s":
            value = self._shared[int(value)] if re.fullmatch(r"\d{1,7}", value) and int(value) < len(self._shared) else ""
        elif self._kind == "n":
            value = re.sub(r"\.0+$", "", value)
        elif self._kind == "e":
            value = ""
        if value and self._column < MAX_COLUMNS:
            row = self.rows[-1]
            row += [""] * (self._column + 1 - len(row))
            row[self._column] = value
        self._column += 1
