"""An indicator over the years, of one region or a group: annual and added-up numbers apart, units that do not compare apart."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kgraph.compare_facts import MetricRow
from kgraph.compare_units import figure_text, number
from kgraph.errors import InputError
from kgraph.products.corpus import Corpus
from kgraph.products.figures import Kind, by_kind, choose_indicator, refusals, unit_of
from kgraph.products.grid import Grid, GridCell, joined, mark
from kgraph.products.product import Product
from kgraph.products.words import word


@dataclass(frozen=True, slots=True)
class Series:
    """The numbers of one kind of one region, by year, as stated."""

    region: str
    kind: Kind
    unit: str
    points: dict[str, tuple[MetricRow, ...]]

    def value(self, year: str) -> MetricRow | None:
        """The number of a year where the reports state one alone; None where there is none or where several differ."""
        rows = self.points.get(year, ())
        return rows[0] if rows and len({(row.value, row.comparator) for row in rows}) == 1 else None


@dataclass(frozen=True, slots=True)
class Trend(Product):
    """The series of an indicator; ``refused`` says which units are not compared."""

    indicator: str
    series: tuple[Series, ...]
    years: tuple[str, ...]
    refused: tuple[str, ...]

    def grids(self, limit: int | None = None) -> tuple[Grid, ...]:
        """A row for each region and kind with a column for each year; below, least, median and greatest of each year."""
        corpus, lang = self.corpus, self.corpus.lang
        shown = self.series[:limit]
        rows: list[tuple[GridCell, ...]] = []
        for s in shown:
            cells = [
                mark(
                    joined([figure_text(row) for row in s.points[y]], word("joint", lang)), [row.evidence for row in s.points[y]]
                )
                if y in s.points
                else None
                for y in self.years
            ]
            rows.append((corpus.name(s.region), word(s.kind.basis, lang), _unit(s.kind, s.unit, lang), *cells))
        keys = ("region", "basis", "unit", *[None] * len(self.years))
        notes = [word("trend_how", lang), *self.refused]
        notes += [word("cap", lang).format(shown=len(shown), all=len(self.series))] if len(shown) < len(self.series) else []
        title = word("trend", lang).format(indicator=corpus.indicator(self.indicator))
        header = (*(word(k, lang) for k in ("region", "basis", "unit")), *self.years)
        return (Grid(title, header, tuple(rows), tuple(notes), 3, keys), self.summary())

    def summary(self) -> Grid:
        """For each kind and year: how many regions state one number, the least, the median and the greatest of these."""
        lang = self.corpus.lang
        keys = ("basis", "unit", "year", "n", "min", "median", "max")
        groups: dict[Kind, list[Series]] = defaultdict(list)
        for s in self.series:
            groups[s.kind].append(s)
        rows: list[tuple[GridCell, ...]] = []
        for kind, members in groups.items():
            for year in self.years:
                stated = [row for s in members if (row := s.value(year)) is not None]
                if not stated:
                    continue
                exact = [row.value for row in stated if row.comparator == "exactly"]
                least, most = min(stated, key=lambda r: (r.value, r.iri)), max(stated, key=lambda r: (r.value, r.iri))
                middle = number(Decimal(str(statistics.median(exact)))) if exact else None
                unit = _unit(kind, unit_of([r for s in members for rows_ in s.points.values() for r in rows_]), lang)
                rows.append(
                    (
                        word(kind.basis, lang),
                        unit,
                        int(year),
                        mark(len(stated), [r.evidence for r in stated]),
                        mark(figure_text(least), [least.evidence]),
                        mark(middle, [r.evidence for r in stated if r.comparator == "exactly"]),
                        mark(figure_text(most), [most.evidence]),
                    )
                )
        return Grid(word("summary", lang), tuple(word(k, lang) for k in keys), tuple(rows), (), 3, keys)


def _unit(kind: Kind, unit: str, lang: str) -> str:
    return f"{unit} {word('change', lang)}" if kind.change else unit


def trend(
    corpus: Corpus,
    indicator: str,
    regions: Sequence[str] | None = None,
    years: Sequence[str | int] | None = None,
    status: str = "done",
) -> Trend:
    """The numbers of an indicator (id or label) over the years. Only those of one status: what is planned is no trend.

    Raises ``InputError`` where nothing was stated.
    """
    id_ = choose_indicator(corpus, indicator)
    wanted, inside, _ = corpus.choose(regions, years)
    rows = [r for r in corpus.metrics if r.indicator == id_ and r.status == status and r.evidence.report in inside]
    rows = [r for r in rows if corpus.year_of(r.evidence) is not None]
    if not rows:
        raise InputError(f"no report of these regions and years states {corpus.indicator(id_)} ({id_})")
    kinds = by_kind(corpus, rows)
    series = []
    for region in wanted:
        for kind, members in kinds.items():
            own = [r for r in members if corpus.region_of(r.evidence) == region]
            if own:
                points: dict[str, list[MetricRow]] = defaultdict(list)
                for r in own:
                    points[corpus.year_of(r.evidence) or ""].append(r)
                series.append(Series(region, kind, unit_of(own), {y: tuple(points[y]) for y in sorted(points)}))
    seen = tuple(sorted({y for s in series for y in s.points}))
    return Trend(corpus, id_, tuple(series), seen, refusals(corpus, corpus.indicator(id_), kinds))
