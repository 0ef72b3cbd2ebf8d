"""A large table as an Excel file, written row by row: text stays text, the head is frozen, the bytes are the same each time.

openpyxl takes a quarter of a minute for ten thousand rows, and an atlas may hold hundreds of thousands.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import IO
from xml.sax.saxutils import escape

from kgraph.errors import InputError
from kgraph.tables import XLSX_ROWS, XLSX_TEXT, Cell, Table

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TIME = (2000, 1, 1, 0, 0, 0)
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{_RELATIONS}/styles" '
    'Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/>'
    '<sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/>'
    '<xf fontId="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>",
}


def sheet(table: Table) -> bytes:
    """The table as XLSX with one sheet. Raises ``InputError`` for more rows than a sheet holds."""
    if len(table.rows) + 1 > XLSX_ROWS:
        raise InputError(f"{len(table.rows):,} rows are more than a sheet holds ({XLSX_ROWS:,}): write CSV")
    out = io.BytesIO()
    pieces = (rows_xml(table.rows[i : i + 500]).encode("utf-8") for i in range(0, len(table.rows), 500))
    package(out, table.title, head(table.columns, _widths(table)), pieces)
    return out.getvalue()


def package(file: IO[bytes], title: str, head: str, pieces: Iterable[bytes]) -> None:
    """The file around the rows, which come in pieces of XML."""
    name = escape(re.sub(r"[\[\]:*?/\\\x00-\x1f']", " ", title).strip()[:31] or "kgraph")
    book = f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=2) as archive:
        for path, text in {**_PARTS, "xl/workbook.xml": book}.items():
            archive.writestr(_info(path), _XML + text)
        with archive.open(_info("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as part:
            part.write(head.encode("utf-8"))
            for piece in pieces:
                part.write(piece)
            part.write(b"</sheetData></worksheet>")


def head(columns: Sequence[str], widths: Sequence[int]) -> str:
    """What stands before the rows: widths, the frozen head, the names of the columns."""
    sizes = "".join(f'<col min="{i}" max="{i}" width="{width}" customWidth="1"/>' for i, width in enumerate(widths, 1))
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
        f'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>{sizes}</cols><sheetData>'
        "<row>" + "".join(_cell(column, ' s="1"') for column in columns) + "</row>"
    )


def rows_xml(rows: Iterable[Sequence[Cell]]) -> str:
    """Rows as XML."""
    return "".join("<row>" + "".join(map(_cell, row)) + "</row>" for row in rows)


def _info(path: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, date_time=_TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _cell(value: Cell, style: str = "") -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, str):
        text = escape(_ILLEGAL.sub("\ufffd", value)[:XLSX_TEXT])
        return f'<c t="inlineStr"{style}><is><t xml:space="preserve">{text}</t></is></c>'
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    return f"<c><v>{value}</v></c>"


def _widths(table: Table) -> list[int]:
    some = [table.columns, *table.rows[:200]]
    return [
        min(60, max(8, *(2 + sum(2 if ord(c) > 255 else 1 for c in str(row[i])) for row in some)))
        for i in range(len(table.columns))
    ]
