"""Tables: each format reads back, lines up, stays text where it is text, and is the same every time."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from rich.cells import cell_len

from kgraph.errors import InputError
from kgraph.tables import FORMATS, Cell, Table, workbook

TABLE = Table(
    ("地区", "件", "率"), (("柳林镇", 12, Decimal("98.5")), ("=1+1", None, Decimal(100)), ("a\nb\t", -5, None)), "标题", ("注",)
)


def test_rows_must_fit_the_columns() -> None:
    with pytest.raises(ValueError, match="a row of 1 cells under 2 columns"):
        Table(("a", "b"), (("x",),))


def test_text_for_the_terminal_lines_up_and_numbers_stand_right() -> None:
    text = Table(("name", "数"), (("中文", 5), ("latin", 12345))).text(60)
    assert text.splitlines()[-2:] == [" 中文        5", " latin   12345"]
    whole = TABLE.text(60)
    assert whole.startswith("标题\n")
    assert whole.endswith("注\n")


@pytest.mark.parametrize("width", [30, 60, 200])
def test_text_keeps_to_its_width(width: int) -> None:
    text = Table(("a", "b"), (("很长的一段文字" * 20, "x" * 90),)).text(width)
    assert all(cell_len(line) <= width for line in text.splitlines())
    assert "".join(text.split()).count("很") == 20


def test_text_of_a_report_cannot_steer_the_terminal() -> None:
    text = Table(("a",), (("[bold]x[/bold] \x1b[31mred\x07 \u202egnp.exe\x00:smile:",),)).text(80)
    assert "[bold]x[/bold]" in text
    assert ":smile:" in text
    assert not set(text) & {"\x1b", "\x07", "\u202e", "\x00"}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])
def test_text_that_a_spreadsheet_would_run_stays_text(text: str) -> None:
    table = Table(("=head",), ((text,),))
    assert list(csv.reader(io.StringIO(table.csv(), newline=""))) == [["'=head"], ["'" + text.replace("\r", "\n")]]
    assert table.tsv().splitlines()[1].startswith("'")
    sheet = load_workbook(io.BytesIO(table.xlsx())).active
    assert sheet is not None
    assert sheet["A2"].data_type == "s"


def test_numbers_stay_numbers() -> None:
    assert Table(("n",), ((-5,), (Decimal("-2.50"),), (True,))).csv() == "n\n-5\n-2.50\ntrue\n"
    sheet = load_workbook(io.BytesIO(TABLE.xlsx())).active
    assert sheet is not None
    assert [[cell.value for cell in row] for row in sheet.iter_rows(max_row=4)] == [
        ["地区", "件", "率"],
        ["柳林镇", 12, 98.5],
        ["=1+1", None, 100],
        ["a\nb\t", -5, None],
    ]
    assert (sheet.title, sheet["A6"].value) == ("标题", "注")


def test_json_has_titles_rows_and_notes() -> None:
    found = json.loads(TABLE.json())
    assert (found["title"], found["columns"], found["notes"]) == ("标题", ["地区", "件", "率"], ["注"])
    assert found["rows"][:2] == [{"地区": "柳林镇", "件": 12, "率": 98.5}, {"地区": "=1+1", "件": None, "率": 100}]


def test_workbooks_have_a_sheet_for_each_table_and_the_same_bytes_every_time() -> None:
    tables = [TABLE, TABLE, Table(("a",), ((1,),), "a[b]:*?/\\" + "x" * 60), Table((), ())]
    assert workbook(tables) == workbook(tables)
    names = load_workbook(io.BytesIO(workbook(tables))).sheetnames
    assert names[:2] == ["标题", "标题 2"]
    assert len(set(names)) == 4
    assert all(len(name) <= 31 for name in names)


def test_more_rows_than_a_sheet_holds_get_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kgraph.tables.XLSX_ROWS", 3)
    with pytest.raises(InputError, match="3 rows are more than a sheet holds"):
        TABLE.xlsx()


def test_tsv_has_one_line_for_each_row() -> None:
    assert TABLE.tsv().splitlines() == ["地区\t件\t率", "柳林镇\t12\t98.5", "'=1+1\t\t100", "a b \t-5\t"]


@pytest.mark.parametrize("form", FORMATS)
def test_files_take_their_format_from_their_ending(form: str, tmp_path: Path) -> None:
    path = tmp_path / ("x.txt" if form == "table" else f"x.{form}")
    TABLE.write(path)
    written = path.read_bytes()
    rendered = TABLE.render(form)
    assert written.removeprefix(b"\xef\xbb\xbf") == (rendered if isinstance(rendered, bytes) else rendered.encode())
    assert written.startswith(b"\xef\xbb\xbf") == (form == "csv")  # Excel needs the mark to read Chinese


def test_a_wrong_format_or_path_gets_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no table format 'docx'; there are: table, csv"):
        TABLE.render("docx")
    with pytest.raises(InputError, match="cannot be written"):
        TABLE.write(tmp_path / "no" / "x.csv")


def test_an_empty_table_is_written_too() -> None:
    for form in FORMATS:
        assert Table(("a",), ()).render(form)
    assert Table((), (), "t", ("n",)).text(40) == "n\n"


cells: st.SearchStrategy[Cell] = st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.text(max_size=12)


@given(st.lists(st.tuples(cells, cells), max_size=4))
def test_any_text_is_written_in_every_format(rows: list[tuple[Cell, Cell]]) -> None:
    table = Table(("a", "b"), tuple(rows))
    for form in FORMATS:
        assert table.render(form)
    assert len(list(csv.reader(io.StringIO(table.csv(), newline="")))) == len(rows) + 1
    assert table.tsv().count("\n") == len(rows) + 1
