"""What all products share: tables, sources, footnotes ready to paste, and a workbook that explains itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from kgraph.compare_facts import Evidence
from kgraph.products.corpus import Corpus
from kgraph.products.grid import Grid, plain
from kgraph.products.words import meaning, word
from kgraph.tables import Cell, Table, workbook

SECTIONS = 60
"""Reports up to which sources name the section; beyond that only footnotes do, as each report must be segmented."""


@dataclass(frozen=True, slots=True)
class Product:
    """A result made of a corpus; ``grids`` is what it holds, all else follows from that."""

    corpus: Corpus = field(repr=False, compare=False)

    def grids(self, limit: int | None = None) -> tuple[Grid, ...]:
        """The grids of the product, the main one first; ``limit`` caps rows or columns (for a terminal), and notes say so."""
        raise NotImplementedError

    def table(self, limit: int | None = None) -> Table:
        """The main grid as a table."""
        return self.grids(limit)[0].table()

    def tables(self, limit: int | None = None) -> tuple[Table, ...]:
        """All grids as tables."""
        return tuple(grid.table() for grid in self.grids(limit))

    def records(self) -> list[dict[str, Cell]]:
        """The rows of the main table as dictionaries: what ``pandas.DataFrame`` and ``polars.DataFrame`` take."""
        return self.table().records()

    def sources(self, sections: bool | None = None) -> Table:
        """One row for each sentence behind a cell: row, column, text, sentence, section, report, year, offsets, link."""
        corpus, lang = self.corpus, self.corpus.lang
        marked = [(grid, i, j, cell) for grid in self.grids() for i, j, cell in grid.marked()]
        reports = {evidence.report for *_, cell in marked for evidence in cell.evidence}
        named = len(reports) <= SECTIONS if sections is None else sections
        rows: list[tuple[Cell, ...]] = []
        for grid, i, j, cell in marked:
            for evidence in cell.evidence:
                report = corpus.reports[evidence.report]
                rows.append(
                    (
                        grid.title,
                        grid.head(i),
                        grid.columns[j],
                        plain(cell),
                        corpus.sentence(evidence),
                        corpus.section(evidence) if named else None,
                        " ".join(report.title.split()),
                        int(report.year) if report.year else None,
                        evidence.start,
                        evidence.end,
                        link(evidence),
                    )
                )
        keys = ("table", "row", "column", "shown", "sentence", "section", "report", "year", "start", "end", "link")
        return Table(tuple(word(key, lang) for key in keys), tuple(rows), word("sources", lang), ())

    def explained(self) -> Table:
        """What each column of the product means."""
        lang = self.corpus.lang
        rows: list[tuple[Cell, ...]] = []
        for grid in self.grids():
            for column, key in zip(grid.columns, grid.keys or (None,) * len(grid.columns), strict=True):
                rows.append((grid.title, column, meaning(key, lang)))
            rows += [(grid.title, None, note) for note in grid.notes]
        rows = list(dict.fromkeys(rows))
        rows.append((None, None, word("how_read", lang)))
        return Table((word("table", lang), word("column", lang), word("meaning", lang)), tuple(rows), word("explained", lang), ())

    def xlsx(self) -> bytes:
        """An Excel file: the tables, each cell linked to its first source, then the sources, then what the columns mean."""
        grids = self.grids()
        sources = self.sources()
        sheets: list[Table] = []
        row = 2  # the first below the header
        for grid in grids:
            links: dict[tuple[int, int], tuple[str, int]] = {}
            for i, j, cell in grid.marked():
                links[i, j] = (sources.title, row)
                row += len(cell.evidence)
            table = grid.table()
            sheets.append(Table(table.columns, table.rows, table.title, table.notes, links))
        return workbook([*sheets, sources, self.explained()])

    def footnotes(self, form: Literal["text", "markdown"] = "text") -> str:
        """One note for each cell and sentence, ready to paste: report, issuer, year, section, sentence, place."""
        lines = []
        number = 0
        for grid in self.grids():
            for i, j, cell in grid.marked():
                for evidence in cell.evidence:
                    number += 1
                    said = f"{grid.head(i)} · {grid.columns[j]} {plain(cell)}" if j >= grid.heads else grid.head(i)
                    mark = f"[^{number}]: " if form == "markdown" else f"[{number}] "
                    lines.append(mark + f"{said}{word('colon', self.corpus.lang)}{cite(self.corpus, evidence)}")
        return "".join(f"{line}\n" for line in lines)


def link(evidence: Evidence) -> str:
    """The IRI of a span.

    >>> link(Evidence("https://example.org/report/1", 3, 9, ""))
    'https://example.org/report/1#char=3,9'
    """
    return f"{evidence.report}#char={evidence.start},{evidence.end}"


def cite(corpus: Corpus, evidence: Evidence) -> str:
    """A piece of evidence as a footnote: report, issuer, year, section, sentence, place in the text."""
    report, issuer = corpus.reports[evidence.report], corpus.issuers.get(evidence.report)
    title = "".join(report.title.split())
    about = [issuer.name] if issuer and issuer.name not in title else []
    about += [report.year] if report.year and report.year not in title else []
    lang = corpus.lang
    parts = [f"《{title}》" + (word("bracket", lang).format("，".join(about)) if about else "")]
    section = corpus.section(evidence)
    parts += [word("in_section", lang).format(section)] if section else []
    parts += [word("quoted", lang).format(corpus.sentence(evidence))]
    return word("comma", lang).join(parts) + word("place", lang).format(evidence.start, evidence.end)
