"""The tables of the atlas as CSV and XLSX, each row with the page that shows its sentence.

They are written in pieces, some reports at a time, which are then put together: no table is ever held whole.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kgraph.errors import InputError
from kgraph.site.load import Corpus, Fact, ReportPage
from kgraph.site.report import href
from kgraph.site.sheet import head, package, rows_xml
from kgraph.tables import XLSX_ROWS, Cell, Table

PARTS = ".parts"
_REPORT = ("报告", "地区", "年度")
_PLACE = ("原文", "原句", "起", "止")
_METRIC = ("指标", "指标编号", "比较符", "数值", "单位", "每", "增减", "口径", "状态", "做法编号")
TABLES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "reports": ("报告", "Reports", ("报告", "地区", "区划代码", "年度", "发布机构", "发布日期", "文件", "网页")),
    "measures": ("举措", "Measures", (*_REPORT, "做法", "做法编号", "状态", *_PLACE, "规则", "网页")),
    "metrics": ("数字", "Figures", (*_REPORT, *_METRIC, *_PLACE, "规则", "网页")),
    "citations": ("引用", "Citations", (*_REPORT, "法规", "方式", *_PLACE, "规则", "网页")),
    "bodies": ("机构", "Bodies", (*_REPORT, "机构", "类型", *_PLACE, "网页")),
}
"""By file: the title in Chinese and English, the columns."""
WIDTHS = {
    "报告": 44,
    "地区": 28,
    "原文": 36,
    "原句": 60,
    "法规": 36,
    "机构": 32,
    "做法": 24,
    "指标": 30,
    "规则": 30,
    "网页": 44,
    "文件": 30,
}
_KINDS = {"measures": "measure", "metrics": "metric", "citations": "citation", "bodies": "body"}


def write_pieces(corpus: Corpus, folder: Path, piece: int, some: Sequence[tuple[ReportPage, Sequence[Fact]]]) -> dict[str, int]:
    """The rows of some reports, as pieces of the files; how many of each table."""
    counts = {}
    (folder / PARTS).mkdir(exist_ok=True)
    for name in TABLES:
        rows = [row for report, facts in some for row in _rows(corpus, name, report, facts)]
        counts[name] = len(rows)
        text = Table(TABLES[name][2], tuple(rows)).csv()
        _piece(folder, name, piece, "csv").write_bytes(text.partition("\n")[2].encode("utf-8", "replace"))
        _piece(folder, name, piece, "xml").write_bytes(rows_xml(rows).encode("utf-8", "replace"))
    return counts


def join_pieces(folder: Path, name: str, pieces: int, count: int) -> list[str]:
    """The files of one table from their pieces; their paths. Raises ``InputError`` for more rows than a sheet holds."""
    zh, _, columns = TABLES[name]
    if count + 1 > XLSX_ROWS:
        raise InputError(f"{count:,} rows of {name} are more than a sheet holds ({XLSX_ROWS:,}): make an atlas of fewer reports")
    paths = [f"downloads/{name}.csv", f"downloads/{name}.xlsx"]
    (folder / "downloads").mkdir(exist_ok=True)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(columns)
    with (folder / paths[0]).open("wb") as file:
        file.write(out.getvalue().encode("utf-8-sig"))  # the mark that Excel needs
        file.writelines(_contents(folder, name, pieces, "csv"))
    with (folder / paths[1]).open("wb") as file:
        package(file, zh, head(columns, [WIDTHS.get(c, 12) for c in columns]), _contents(folder, name, pieces, "xml"))
    for piece in range(pieces):
        for ending in ("csv", "xml"):
            _piece(folder, name, piece, ending).unlink()
    return paths


def _piece(folder: Path, name: str, piece: int, ending: str) -> Path:
    return folder / PARTS / f"{name}-{piece}.{ending}"


def _contents(folder: Path, name: str, pieces: int, ending: str) -> Iterable[bytes]:
    return (_piece(folder, name, piece, ending).read_bytes() for piece in range(pieces))


def _rows(corpus: Corpus, name: str, report: ReportPage, facts: Sequence[Fact]) -> Iterator[tuple[Cell, ...]]:
    region = corpus.regions.get(report.region)
    place = "".join(corpus.paths[report.region]) if region else ""
    year = int(report.year) if report.year.isdigit() else None
    if name == "reports":
        issuer = corpus.body(report.issuer).name if report.issuer else ""
        code = region.code if region else ""
        yield (report.title, place, code, year, issuer, report.issued, report.file, f"../d/{report.key}.html")
        return
    for fact in facts:
        if fact.kind == _KINDS[name]:
            yield (report.title, place, year, *_said(corpus, name, fact), *_where(report, fact, name != "bodies"))


def _said(corpus: Corpus, name: str, fact: Fact) -> tuple[Cell, ...]:
    said = fact.said
    if name == "measures":
        return (fact.label, fact.target, fact.status)
    if name == "metrics":
        value = float(said["value"])
        number: Cell = int(value) if value.is_integer() else value
        about = (said["comparator"], number, said["unit"], said["per"], said["change"], said["basis"])
        return (fact.label, said["indicator"], *about, fact.status, fact.target)
    if name == "citations":
        return (fact.label, said["role"])
    return (fact.label, corpus.body(fact.target).type)


def _where(report: ReportPage, fact: Fact, rule: bool) -> tuple[Cell, ...]:
    words = report.text[fact.start : fact.end]
    place: tuple[Cell, ...] = (words, report.sentence(fact.start, fact.end), fact.start, fact.end)
    page = f"../{href(report, fact.start, fact.end)}"
    return (*place, fact.rule, page) if rule else (*place, page)
