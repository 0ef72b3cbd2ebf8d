"""Tables, and writing them: for the terminal, as CSV, TSV, JSON and XLSX.

What is text stays text: a spreadsheet program must not take a cell of a report for a formula.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from kgraph.errors import InputError

Cell = str | int | float | Decimal | bool | None
FORMATS = ("table", "csv", "tsv", "json", "xlsx")
XLSX_ROWS = 1_048_576
XLSX_TEXT = 32_767
XLSX_NARROW, XLSX_WIDE = 6, 60
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_MADE = datetime(2000, 1, 1)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns, with a title above and notes below.

    >>> print(Table(("地区", "件"), (("柳林镇", 12), ("石桥镇", None))).csv(), end="")
    地区,件
    柳林镇,12
    石桥镇,
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    notes: tuple[str, ...] = ()
    links: Mapping[tuple[int, int], tuple[str, int]] = field(default_factory=dict, repr=False, compare=False)
    """Cells (row, column) that lead to a row of another sheet of the same workbook: its table's title, and the row there."""

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"a row of {len(row)} cells under {len(self.columns)} columns")

    def __len__(self) -> int:
        return len(self.rows)

    def records(self) -> list[dict[str, Cell]]:
        """The rows as dictionaries, as ``pandas.DataFrame`` takes them."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def text(self, width: int | None = None) -> str:
        """The table for a terminal; ``width`` in columns, by default that of the terminal. Chinese lines up."""
        from rich import box
        from rich.console import Console
        from rich.table import Table as RichTable
        from rich.text import Text

        shown = RichTable(
            box=box.SIMPLE_HEAD, title=Text(_plain(self.title)) if self.title else None, title_justify="left", pad_edge=False
        )
        for i, column in enumerate(self.columns):
            numbers = [row[i] for row in self.rows if row[i] is not None]
            right = bool(numbers) and all(_is_number(cell) for cell in numbers)
            shown.add_column(Text(_plain(column)), justify="right" if right else "left", overflow="fold")
        for row in self.rows:
            shown.add_row(*(Text(_plain(_words(cell))) for cell in row))
        out = io.StringIO()
        console = Console(file=out, width=width, color_system=None, legacy_windows=False, emoji=False, highlight=False)
        if self.columns:
            console.print(shown)
        body = "\n".join(line.rstrip() for line in out.getvalue().splitlines()).rstrip("\n")
        out.seek(out.truncate(0))
        for note in self.notes:
            console.print(Text(_plain(note)))
        return f"{body}\n{out.getvalue()}" if body else out.getvalue()

    def csv(self, delimiter: str = ",") -> str:
        """The rows as CSV. Texts that a spreadsheet would take for a formula begin with an apostrophe."""
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
        writer.writerow([_safe(column) for column in self.columns])
        writer.writerows([_safe(cell) for cell in row] for row in self.rows)
        return out.getvalue()

    def tsv(self) -> str:
        """The rows as tab-separated values; tabs and line ends inside a cell become blanks."""
        lines = [[_safe(column) for column in self.columns], *([_safe(cell) for cell in row] for row in self.rows)]
        return "".join("\t".join(" ".join(re.split(r"[\t\r\n]+", cell)) for cell in line) + "\n" for line in lines)

    def json(self) -> str:
        """Title, columns, rows (as objects) and notes as JSON; decimals as JSON numbers."""
        whole: dict[str, Any] = {"columns": self.columns, "rows": self.records()}
        if self.title:
            whole = {"title": self.title, **whole}
        if self.notes:
            whole["notes"] = self.notes
        return json.dumps(whole, ensure_ascii=False, indent=1, default=_number) + "\n"

    def xlsx(self) -> bytes:
        """The table as an Excel file with one sheet; the same table gives the same bytes."""
        return workbook([self])

    def render(self, form: str) -> str | bytes:
        """The table in one of ``FORMATS``: bytes for ``xlsx``, text for the others. Raises ``InputError`` for another format."""
        if form not in FORMATS:
            raise InputError(f"no table format {form!r}; there are: {', '.join(FORMATS)}")
        return self.text() if form == "table" else getattr(self, form)()

    def write(self, path: Path | str, form: str | None = None) -> None:
        """Write the table to a file; the format is told by the ending unless it is given. CSV gets the mark that Excel needs."""
        path = Path(path)
        form = form or {".txt": "table"}.get(path.suffix.lower(), path.suffix.lower().lstrip("."))
        data = self.render(form)
        if isinstance(data, str):
            data = data.encode("utf-8-sig" if form == "csv" else "utf-8", "replace")
        try:
            path.write_bytes(data)
        except OSError as error:
            raise InputError(f"{path}: cannot be written: {error.strerror or error}") from None


def workbook(tables: Sequence[Table]) -> bytes:
    """An Excel file with one sheet for each table; deterministic. Raises ``InputError`` for more rows than a sheet holds.

    The header stays in sight and filters, columns are as wide as their texts need (long ones wrap), cells lead to where
    ``Table.links`` says.
    """
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = _MADE
    names: set[str] = set()
    sheets: dict[str, Any] = {}
    for table in tables:
        if len(table.rows) + 1 > XLSX_ROWS:
            raise InputError(f"{len(table.rows):,} rows are more than a sheet holds ({XLSX_ROWS:,}): write CSV")
        sheets.setdefault(table.title, book.create_sheet(_sheet_name(table.title, names)))
    for table, sheet in zip(tables, book.worksheets, strict=True):
        widths = _widths(table)
        for i, width in enumerate(widths):
            sheet.column_dimensions[get_column_letter(i + 1)].width = width
        sheet.freeze_panes = "A2"
        if table.columns:
            sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
        sheet.append([_xlsx_cell(sheet, column, widths[i], bold=True) for i, column in enumerate(table.columns)])
        for i, row in enumerate(table.rows):
            cells = [_xlsx_cell(sheet, value, widths[j]) for j, value in enumerate(row)]
            for j, cell in enumerate(cells):
                if (i, j) in table.links:
                    title, target = table.links[i, j]
                    _link(cell, f"{get_column_letter(j + 1)}{i + 2}", f"'{sheets[title].title}'!A{target}")
            sheet.append(cells)
        if table.notes:
            sheet.append([])
            for note in table.notes:
                sheet.append([_xlsx_cell(sheet, note)])
    out = io.BytesIO()
    book.save(out)
    return _fixed_times(out.getvalue())


def _xlsx_cell(sheet: Any, value: Cell, width: float | None = None, bold: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    cell = WriteOnlyCell(sheet, value=None)
    if isinstance(value, str):
        cell.value = _ILLEGAL.sub("\ufffd", value)[:XLSX_TEXT]
        cell.data_type = "s"
        if width is not None and ("\n" in value or _width(value) > width):
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    elif value is not None:
        cell.value = value
    if bold:
        cell.font = Font(bold=True)
    return cell


def _link(cell: Any, at: str, target: str) -> None:
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    cell._hyperlink = Hyperlink(ref=at, location=target)
    cell.font = Font(color="0563C1")


def _widths(table: Table) -> list[float]:
    """For each column as many places as its texts need, within limits; the first thousand rows tell."""
    widths = [_width(column) for column in table.columns]
    for row in table.rows[:1000]:
        for i, cell in enumerate(row):
            widths[i] = max(widths[i], max(map(_width, _words(cell).split("\n"))))
    return [min(max(width, XLSX_NARROW), XLSX_WIDE) + 2.0 for width in widths]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text[: XLSX_WIDE + 1])


def _fixed_times(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":  # openpyxl stamps the time of saving
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", content)
            info = zipfile.ZipInfo(name, date_time=(2000, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, content)
    return out.getvalue()


def _sheet_name(title: str, taken: set[str]) -> str:
    base = re.sub(r"[\[\]:*?/\\\x00-\x1f']", " ", title).strip()[:27] or "kgraph"
    name, n = base, 1
    while name.lower() in taken:
        n += 1
        name = f"{base} {n}"
    taken.add(name.lower())
    return name


def _words(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)


def _safe(cell: Cell) -> str:
    text = _words(cell).replace("\x00", "").replace("\r\n", "\n")
    text = "'" + text if isinstance(cell, str) and text.startswith(_FORMULA) else text
    return text.replace("\r", "\n")


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float | Decimal) and not isinstance(cell, bool)


def _number(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"{type(value).__name__} is not a cell")


def _plain(text: str) -> str:
    """Text that cannot steer a terminal: control and direction characters become blanks or go."""
    if text.isprintable():
        return text
    return "".join(" " if c in "\t\r\n" else "" if unicodedata.category(c) in ("Cc", "Cf", "Cs") else c for c in text)
