"""Region × practice × year: what is done, planned and lacking, with chosen indicators; each cell opens its sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kgraph.compare_facts import MeasureRow, MetricRow
from kgraph.compare_table import STATUSES
from kgraph.errors import InputError
from kgraph.products.corpus import Corpus
from kgraph.products.figures import choose_indicator, figures
from kgraph.products.grid import Grid, GridCell, joined, mark
from kgraph.products.product import Product
from kgraph.products.words import word

CROWD = 15
"""More regions and years than this are rows, with the practices as columns; fewer are columns."""


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What the reports of one region on one year say of one practice."""

    region: str
    year: str | None
    practice: str
    measures: tuple[MeasureRow, ...]

    def count(self, status: str) -> int:
        """How many measures have a status: done, planned or problem."""
        return sum(1 for row in self.measures if row.status == status)


@dataclass(frozen=True, slots=True)
class Matrix(Product):
    """The cells by region (IRI), year and practice (id); ``metrics`` are those of the chosen indicators."""

    cells: Mapping[tuple[str, str | None, str], MatrixCell]
    metrics: Mapping[tuple[str, str | None, str], tuple[MetricRow, ...]]
    columns: tuple[tuple[str, str | None], ...]
    practices: tuple[str, ...]
    indicators: tuple[str, ...]

    def grids(self, limit: int | None = None) -> tuple[Grid, ...]:
        """The counts, as ``已做/打算/不足`` in few letters (``3 +1 −2``), and the same as long rows."""
        lang = self.corpus.lang
        columns, practices, notes = self._cut(limit)
        notes = (word("empty", lang), word("matrix_how", lang), *notes)
        labels = [self._heading(column) for column in columns]
        if limit is not None or len(columns) <= CROWD:
            rows = [
                (self.corpus.practice(self.corpus.domain(p)), self.corpus.practice(p), *(self._cell(c, p) for c in columns))
                for p in practices
            ]
            rows += [
                (word("indicator", lang), self.corpus.indicator(i), *(self._figure(c, i) for c in columns))
                for i in self.indicators
            ]
            header = (word("domain", lang), word("practice", lang), *labels)
            wide = Grid(word("matrix", lang), header, tuple(rows), notes, 2, ("domain", "practice", *[None] * len(columns)))
        else:
            names = [*map(self.corpus.practice, practices), *map(self.corpus.indicator, self.indicators)]
            turned: list[tuple[GridCell, ...]] = [
                (
                    self.corpus.name(c[0]),
                    c[1],
                    *(self._cell(c, p) for p in practices),
                    *(self._figure(c, i) for i in self.indicators),
                )
                for c in columns
            ]
            header = (word("region", lang), word("year", lang), *names)
            wide = Grid(word("matrix", lang), header, tuple(turned), notes, 2, ("region", "year", *[None] * len(names)))
        return (wide, self.long())

    def long(self) -> Grid:
        """One row for each region, year and practice that is mentioned: the counts by status."""
        keys = ("region", "year", "domain", "practice", "done", "planned", "problem")
        rows = []
        for (region, year, practice), cell in self.cells.items():
            counts = [
                mark(cell.count(s), [m.evidence for m in cell.measures if m.status == s]) if cell.count(s) else 0
                for s in STATUSES
            ]
            domain = self.corpus.practice(self.corpus.domain(practice))
            rows.append((self.corpus.name(region), int(year) if year else None, domain, self.corpus.practice(practice), *counts))
        header = tuple(word(key, self.corpus.lang) for key in keys)
        return Grid(word("matrix_long", self.corpus.lang), header, tuple(rows), (), 4, keys)

    def cell(self, region: str, practice: str, year: str | int | None = None) -> Grid:
        """The sentences behind a cell; all years for None. Raises ``InputError`` for what is not there."""
        iri, id_ = self.corpus.one_region(region), self.corpus.one_practice(practice)
        found = [
            m
            for (r, y, p), cell in self.cells.items()
            if r == iri and p == id_ and (year is None or y == str(year))
            for m in cell.measures
        ]
        if not found:
            raise InputError(f"{self.corpus.name(iri)}: no report mentions {self.corpus.practice(id_)}")
        keys = ("year", "status", "sentence", "section", "report")
        rows: list[tuple[GridCell, ...]] = []
        for row in found:
            report = self.corpus.reports[row.evidence.report]
            said = mark(self.corpus.sentence(row.evidence), [row.evidence])
            status = word(row.status, self.corpus.lang)
            rows.append((report.year, status, said, self.corpus.section(row.evidence), " ".join(report.title.split())))
        title = f"{self.corpus.name(iri)} · {self.corpus.practice(id_)}"
        return Grid(title, tuple(word(key, self.corpus.lang) for key in keys), tuple(rows), (), 2, keys)

    def _heading(self, column: tuple[str, str | None]) -> str:
        return f"{self.corpus.name(column[0])} {column[1] or word('unknown_year', self.corpus.lang)}"

    def _cell(self, column: tuple[str, str | None], practice: str) -> GridCell:
        cell = self.cells.get((*column, practice))
        if cell is None:
            return None
        signs = (("done", "{}"), ("planned", "+{}"), ("problem", "−{}"))
        text = " ".join(sign.format(cell.count(status)) for status, sign in signs if cell.count(status))
        return mark(int(text) if text.isdecimal() else text, [m.evidence for m in cell.measures])

    def _figure(self, column: tuple[str, str | None], indicator: str) -> GridCell:
        rows = self.metrics.get((*column, indicator))
        if not rows:
            return None
        return mark(joined(figures(self.corpus, rows), word("joint", self.corpus.lang)), [row.evidence for row in rows])

    def _cut(self, limit: int | None) -> tuple[tuple[tuple[str, str | None], ...], tuple[str, ...], tuple[str, ...]]:
        if limit is None or len(self.columns) <= limit:
            return self.columns, self.practices, ()
        filled: dict[tuple[str, str | None], int] = defaultdict(int)
        for region, year, _ in self.cells:
            filled[region, year] += 1
        best = set(sorted(self.columns, key=lambda c: (-filled[c], self.columns.index(c)))[:limit])
        kept = tuple(column for column in self.columns if column in best)
        practices = tuple(p for p in self.practices if any((*c, p) in self.cells for c in kept))
        return kept, practices, (word("cap", self.corpus.lang).format(shown=len(kept), all=len(self.columns)),)


def matrix(
    corpus: Corpus,
    practice: str | None = None,
    *,
    regions: Sequence[str] | None = None,
    years: Sequence[str | int] | None = None,
    indicators: Sequence[str] = (),
) -> Matrix:
    """The matrix of these practices (an id, a label, a domain; None: all), regions and years, with these indicators.

    Raises ``InputError`` for what is not in the graph, naming what is near.
    """
    _, inside, practices = corpus.choose(regions, years, practice)
    wanted = set(practices)
    found: dict[tuple[str, str | None, str], list[MeasureRow]] = defaultdict(list)
    for row in corpus.measures:
        region = corpus.region_of(row.evidence)
        if region is not None and row.evidence.report in inside and row.practice in wanted:
            found[region, corpus.year_of(row.evidence), row.practice].append(row)
    chosen = tuple(choose_indicator(corpus, wanted_indicator) for wanted_indicator in indicators)
    numbers: dict[tuple[str, str | None, str], list[MetricRow]] = defaultdict(list)
    for metric in corpus.metrics:
        region = corpus.region_of(metric.evidence)
        if metric.indicator in chosen and region is not None and metric.evidence.report in inside:
            numbers[region, corpus.year_of(metric.evidence), metric.indicator or ""].append(metric)
    order, codes = corpus.order, corpus.place
    keys = sorted(found, key=lambda k: (codes.get(k[0], 0), k[1] or "", order.get(k[2], 0)))
    columns = dict.fromkeys((corpus.reports[r].region, corpus.reports[r].year) for r in sorted(inside))
    return Matrix(
        corpus,
        {key: MatrixCell(*key, tuple(found[key])) for key in keys},
        {key: tuple(rows) for key, rows in numbers.items()},
        tuple(sorted(((r, y) for r, y in columns if r is not None), key=lambda c: (codes.get(c[0], 0), c[1] or ""))),
        tuple(p for p in practices if p in {k[2] for k in found}),
        chosen,
    )
