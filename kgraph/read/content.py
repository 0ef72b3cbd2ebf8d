"""What a reader makes of a file: its text in lines, what the file says of it, and where each line stood."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field

from kgraph.errors import UnreadableReport

MAX_TEXT = 2_000_000
"""The longest text that a reader hands on, in characters; the longest report met has 70,000."""
CELL = " | "
"""What stands between the cells of a table's row."""
_BLANKS = re.compile(r"[ \t\r\f\v\u00a0\u3000]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Content:
    """The text of a file with ``\\n`` between its lines.

    ``metadata`` has the keys of ``Document.metadata``; ``anchors`` are sorted pairs of an offset and the place in the file
    where the text from there on stands (``page=3``, ``/html/body/div[2]/p[5]``); ``confidence`` is how sure a recognition
    of characters was, None where the file itself has the text.
    """

    text: str
    metadata: Mapping[str, str] = field(default_factory=dict)
    anchors: tuple[tuple[int, str], ...] = ()
    confidence: float | None = None


Reader = Callable[[bytes], Content]
"""A reader: the bytes of a file in, its content out; raises ``UnreadableReport`` with one line that says what is wrong."""


BEAT: ContextVar[Callable[[], None]] = ContextVar("beat", default=lambda: None)
"""Called by slow readers after each bounded step (a recognised page): the time limit then starts anew."""


class Lines:
    """Collects the lines of a text and their places.

    >>> lines = Lines()
    >>> lines.add("　某镇 ", "page=1"); lines.add("一、主要举措", "page=1"); lines.add("二、不足", "page=2")
    >>> lines.content().text, lines.content().anchors
    ('某镇\\n一、主要举措\\n二、不足\\n', ((0, 'page=1'), (10, 'page=2')))
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._anchors: list[tuple[int, str]] = []
        self._length = 0

    def add(self, text: str, place: str = "") -> None:
        """Add a line without the blanks around it; nothing where it is blank."""
        text = tidy(text)
        if not text:
            return
        if place and (not self._anchors or self._anchors[-1][1] != place):
            self._anchors.append((self._length, place))
        self._parts.append(text + "\n")
        self._length += len(text) + 1
        if self._length > MAX_TEXT:
            raise UnreadableReport(f"more than {MAX_TEXT:,} characters of text; not a report")

    def content(self, metadata: Mapping[str, str] | None = None, confidence: float | None = None) -> Content:
        """What was collected."""
        return Content("".join(self._parts), dict(metadata or {}), tuple(self._anchors), confidence)


def tidy(text: str) -> str:
    """A line with runs of blanks as one space, none at its ends, and without control characters.

    >>> tidy(" 索引号：\\t A1\\x00 ")
    '索引号： A1'
    """
    return _BLANKS.sub(" ", _CONTROL.sub("", text).replace("\n", " ")).strip()


def row(cells: list[str]) -> str:
    """The cells of a table's row as one line; empty where all are.

    >>> row(["行政许可", "", "12 件 "])
    '行政许可 | | 12 件'
    """
    cells = [tidy(cell) for cell in cells]
    while cells and not cells[-1]:
        cells.pop()
    return re.sub(r" +", " ", CELL.join(cells)).strip() if any(cells) else ""
