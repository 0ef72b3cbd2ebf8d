"""The tables of the atlas as CSV and XLSX, each row with the page that shows its sentence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kgraph.site.gathered import Gathered
from kgraph.site.load import Fact, ReportPage
from kgraph.site.report import href
from kgraph.site.sheet import sheet
from kgraph.site.writer import Writer, put
from kgraph.tables import Cell, Table

TABLES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "reports": ("报告", "Reports", ("报告", "地区", "区划代码", "年度", "发布机构", "发布日期", "文件", "网页")),
    "measures": (
        "举措",
        "Measures",
        ("报告", "地区", "年度", "做法", "做法编号", "状态", "原文", "原句", "起", "止", "规则", "网页"),
    ),
    "metrics": (
        "数字",
        "Figures",
        (
            "报告",
            "地区",
            "年度",
            "指标",
            "指标编号",
            "比较符",
            "数值",
            "单位",
            "每",
            "增减",
            "口径",
            "状态",
            "做法编号",
            "原文",
            "原句",
            "起",
            "止",
            "规则",
            "网页",
        ),
    ),
    "citations": ("引用", "Citations", ("报告", "地区", "年度", "法规", "方式", "原文", "原句", "起", "止", "规则", "网页")),
    "bodies": ("机构", "Bodies", ("报告", "地区", "年度", "机构", "类型", "原文", "原句", "起", "止", "网页")),
}
"""By file: the title in Chinese and English, the columns."""
_KINDS = {"measures": "measure", "metrics": "metric", "citations": "citation", "bodies": "body"}


def write_downloads(gathered: Gathered, writer: Writer) -> list[tuple[str, tuple[str, str], int]]:
    """Write all tables; their names, titles and numbers of rows."""
    made = []
    for name, (zh, en, columns) in TABLES.items():
        table = Table(columns, tuple(_rows(gathered, name)), title=zh)
        made.append((name, (zh, en), len(table)))
        writer.run(write_table, writer.folder, name, table)
    return made


def write_table(folder: Path, name: str, table: Table) -> list[str]:
    """One table as CSV (with the mark that Excel needs) and as XLSX."""
    paths = [f"downloads/{name}.csv", f"downloads/{name}.xlsx"]
    put(folder, paths[0], table.csv().encode("utf-8-sig", "replace"))
    put(folder, paths[1], sheet(table))
    return paths


def _rows(gathered: Gathered, name: str) -> Iterator[tuple[Cell, ...]]:
    corpus = gathered.corpus
    for report in corpus.reports:
        region = corpus.regions.get(report.region)
        place = "".join(corpus.paths[report.region]) if region else ""
        year = int(report.year) if report.year.isdigit() else None
        if name == "reports":
            issuer = corpus.body(report.issuer).name if report.issuer else ""
            code = region.code if region else ""
            yield (report.title, place, code, year, issuer, report.issued, report.file, f"../d/{report.key}.html")
            continue
        for fact in gathered.facts[report.number]:
            if fact.kind == _KINDS[name]:
                yield (report.title, place, year, *_said(gathered, name, fact), *_where(report, fact, name != "bodies"))


def _said(gathered: Gathered, name: str, fact: Fact) -> tuple[Cell, ...]:
    said = fact.said
    if name == "measures":
        return (fact.label, fact.target, fact.status)
    if name == "metrics":
        value = float(said["value"])
        number: Cell = int(value) if value.is_integer() else value
        return (
            fact.label, said["indicator"], said["comparator"], number, said["unit"], said["per"], said["change"], said["basis"], fact.status,
            fact.target,
        )  # fmt: skip
    if name == "citations":
        return (fact.label, said["role"])
    return (fact.label, gathered.corpus.body(fact.target).type)


def _where(report: ReportPage, fact: Fact, rule: bool) -> tuple[Cell, ...]:
    words = report.text[fact.start : fact.end]
    place: tuple[Cell, ...] = (words, report.sentence(fact.start, fact.end), fact.start, fact.end)
    page = f"../{href(report, fact.start, fact.end)}"
    return (*place, fact.rule, page) if rule else (*place, page)
