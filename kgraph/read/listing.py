"""Lists of reports (.csv, .xlsx): a row a file, with what is known of it beside its text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kgraph.errors import InputError, UnreadableReport
from kgraph.read.content import tidy
from kgraph.read.plain import decode

ENDINGS = (".csv", ".xlsx")
MAX_ROWS = 200_000
MAX_LIST = 64_000_000
COLUMNS = {
    "file": ("file", "文件", "文件名", "路径", "path"),
    "address": ("address", "地址", "网址", "链接", "url", "来源网址"),
    "region": ("region", "地区", "区划", "行政区划", "行政区域"),
    "year": ("year", "年份", "年度", "报告年度"),
    "issuer": ("issuer", "发布机构", "发文机关", "单位", "发布单位", "机构"),
    "title": ("title", "标题", "名称", "题名"),
    "issued": ("issued", "发布日期", "日期", "date"),
}
"""The columns that are read, by their headings; others are left alone."""
_HEADINGS = {heading: name for name, headings in COLUMNS.items() for heading in headings}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list: its number as a spreadsheet shows it, its file as written, what else it gives."""

    number: int
    file: str
    given: tuple[tuple[str, str], ...]


def rows(path: Path) -> list[Row]:
    """The rows of a list; raises ``InputError`` where it is no list: without a column of files, broken, too large."""
    try:
        if path.stat().st_size > MAX_LIST:
            raise InputError(f"{path}: {path.stat().st_size:,} bytes; a list has at most {MAX_LIST:,}")
        data = path.read_bytes()
        cells = _xlsx(data) if path.suffix.lower() == ".xlsx" else _csv(data)
        return list(_rows(path, cells))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None
    except (UnreadableReport, csv.Error) as error:
        raise InputError(f"{path}: {error}") from None


def inside(name: str) -> str:
    """The path of a file below the folder of its list; raises ``UnreadableReport`` where it leads elsewhere.

    >>> inside("2024\\\\甲镇.docx")
    '2024/甲镇.docx'
    """
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:|\w{2,}://", name):
        raise UnreadableReport("lies outside the folder of the list; kgraph reads files beside it or below, and fetches nothing")
    return path.as_posix()


def _rows(path: Path, cells: Iterator[Sequence[str]]) -> Iterator[Row]:
    columns: dict[int, str] = {}
    for number, values in enumerate(cells, 1):
        if number > MAX_ROWS:
            raise InputError(f"{path}: more than {MAX_ROWS:,} rows")
        values = [tidy(value) for value in values]
        if not any(values):
            continue
        if not columns:
            columns = {i: _HEADINGS[v.lower()] for i, v in enumerate(values) if v.lower() in _HEADINGS}
            if "file" not in columns.values():
                raise InputError(f"{path}: no column of files; its first row names the columns, one of them 'file' (文件)")
            continue
        given: dict[str, str] = {}
        for i, name in columns.items():
            if i < len(values) and values[i]:
                given.setdefault(name, values[i])
        yield Row(number, given.pop("file", ""), tuple(sorted(given.items())))


def _csv(data: bytes) -> Iterator[Sequence[str]]:
    return csv.reader(io.StringIO(_text(data), newline=""))


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return decode(data)


def _xlsx(data: bytes) -> Iterator[Sequence[str]]:
    from kgraph.read.listing_xlsx import sheet

    return sheet(data)
