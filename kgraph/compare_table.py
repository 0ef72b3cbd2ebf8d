"""What a comparison is, and how it is laid out: side by side, turned where the columns are many, and with its sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kgraph.compare_facts import Evidence, ReportRow, sentence
from kgraph.compare_words import word
from kgraph.tables import Table, workbook

By = Literal["region", "year"]
LineKind = Literal["status", "figure", "bodies", "laws"]
STATUSES = ("done", "planned", "problem")


@dataclass(frozen=True, slots=True)
class Column:
    """One of the things compared: a region (``key`` its IRI) or a year, with the IRIs of its reports.

    ``heading`` is the label, with the year of a region's reports where they all are of one.
    """

    key: str
    label: str
    heading: str
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a cell: its text and where it stands."""

    text: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the comparison; ``cells`` has the entries of each column, by its place, in which something is said.

    ``known`` tells a figure of a known indicator from one that has only the words of its report for a label.
    """

    practice: str
    kind: LineKind
    label: str
    cells: Mapping[int, tuple[Entry, ...]]
    known: bool = True

    @property
    def filled(self) -> int:
        """In how many columns something is said."""
        return len(self.cells)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was compared: columns side by side, lines under each practice, and what must be said beside them."""

    by: By
    subject: str  # what was asked for: a practice, a domain, or all
    practices: tuple[tuple[str, str], ...]  # id and label, in order
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    reports: Mapping[str, ReportRow]
    texts: Mapping[str, str]
    lang: str

    def table(self, limit: int | None = None) -> Table:
        """The comparison as a table; ``limit`` caps the columns compared (for a terminal) and the table says so."""
        several = len(self.practices) > 1
        if limit is None:
            return _wide(self, self.columns) if several or len(self.columns) <= SIDE_BY_SIDE else _turned(self, self.columns)
        shown = self._fullest(limit if several or len(self.columns) <= limit else max(limit, ROWS))
        return _wide(self, shown, limited=True) if several or len(self.columns) <= limit else _turned(self, shown, limited=True)

    def xlsx(self) -> bytes:
        """An Excel file with the comparison on the first sheet and its sources on the second."""
        return workbook([self.table(), self.sources()])

    def _fullest(self, most: int) -> tuple[Column, ...]:
        filled = Counter(i for line in self.lines for i in line.cells)
        best = sorted(range(len(self.columns)), key=lambda i: (-filled[i], i))[:most]
        return tuple(self.columns[i] for i in sorted(best))

    def sources(self) -> Table:
        """One row for each thing said: practice, row, column, text, the sentence and where it stands."""
        return _sources(self)


SIDE_BY_SIDE = 12  # more regions than this read better as rows than as columns
ROWS = 30
NOTES = 5
INDICATORS = 5  # columns for indicators where a terminal shows regions as rows


def _title(comparison: Comparison, name: str) -> str:
    return word(name, comparison.lang).format(what=comparison.subject, by=word(comparison.by, comparison.lang))


def _notes(comparison: Comparison, shown: int, limited: bool, *more: str) -> tuple[str, ...]:
    lang = comparison.lang
    refusals = comparison.notes
    if limited and len(refusals) > NOTES:
        refusals = (*refusals[:NOTES], word("refusals", lang).format(n=len(refusals) - NOTES))
    notes = [word("empty" if comparison.lines else "nothing", lang), *more]
    if shown < len(comparison.columns):
        notes.append(word("cap", lang).format(shown=shown, all=len(comparison.columns), by=word(comparison.by, lang)))
    return (*notes, *refusals)


def _wide(comparison: Comparison, columns: Sequence[Column], limited: bool = False) -> Table:
    lang = comparison.lang
    labels = dict(comparison.practices)
    several = len(comparison.practices) > 1
    at = {column.key: i for i, column in enumerate(comparison.columns)}
    lines = comparison.lines
    more: tuple[str, ...] = ()
    if limited and several and len(comparison.columns) > 1:
        lines = tuple(line for line in lines if line.kind == "status" or line.filled > 1)
        if len(lines) < len(comparison.lines):
            more = (word("single", lang).format(n=len(comparison.lines) - len(lines), by=word(comparison.by, lang)),)
    most = 6 if limited else None
    rows = []
    for line in lines:
        cells = [cell_text(line.cells.get(at[column.key], ()), line.kind, lang, most) for column in columns]
        rows.append((*((labels.get(line.practice, line.practice),) if several else ()), line.label, *cells))
    header = (*((word("practice", lang),) if several else ()), word("row", lang), *(column.heading for column in columns))
    return Table(header, tuple(rows), _title(comparison, "title"), _notes(comparison, len(columns), limited, *more))


def _turned(comparison: Comparison, columns: Sequence[Column], limited: bool = False) -> Table:
    lang = comparison.lang
    at = {column.key: i for i, column in enumerate(comparison.columns)}
    figures = [line for line in comparison.lines if line.kind == "figure"]
    columns_of_figures = [line for line in figures if line.known and line.filled > 1][: INDICATORS if limited else None]
    named = {line.label for line in columns_of_figures}
    apart = [line for line in comparison.lines if line.kind != "figure" or (line.known and line.label in named)]
    others = [line for line in figures if not (line.known and line.label in named)]
    most = 4 if limited else None
    rows = []
    for column in columns:
        i = at[column.key]
        cells = [cell_text(line.cells.get(i, ()), line.kind, lang, most) for line in apart]
        rest = [Entry(f"{line.label} {entry.text}", entry.evidence) for line in others for entry in line.cells.get(i, ())]
        rows.append((column.heading, *cells, *((cell_text(rest, "figure", lang, most),) if others else ())))
    header = (word(comparison.by, lang), *(line.label for line in apart), *((word("others", lang),) if others else ()))
    return Table(header, tuple(rows), _title(comparison, "title"), _notes(comparison, len(columns), limited))


def _sources(comparison: Comparison) -> Table:
    lang = comparison.lang
    labels = dict(comparison.practices)
    rows = []
    for line in comparison.lines:
        for i, cell in sorted(line.cells.items()):
            column = comparison.columns[i]
            for entry in cell:
                report = comparison.reports[entry.evidence.report]
                said = sentence(comparison.texts.get(report.iri), entry.evidence)
                place = (report.title, report.year or "", entry.evidence.start, entry.evidence.end, report.iri)
                rows.append((labels.get(line.practice, line.practice), line.label, column.label, entry.text, said, *place))
    header = (
        word("practice", lang),
        word("row", lang),
        word(comparison.by, lang),
        word("text", lang),
        word("sentence", lang),
        word("report", lang),
    )
    columns = (*header, word("year", lang), word("start", lang), word("end", lang), "IRI")
    return Table(columns, tuple(rows), _title(comparison, "sources_title"), ())


def cell_text(entries: Sequence[Entry], kind: LineKind, lang: str, most: int | None = 6) -> str:
    """What a cell shows: statuses counted, other things once each, cut after ``most`` with the number left out.

    >>> entry = Entry("已做", Evidence("r", 0, 1, ""))
    >>> cell_text([entry, entry], "status", "zh")
    '已做 2'
    """
    counts = Counter(entry.text for entry in entries)  # in the order met
    if kind == "status":
        return " · ".join(f"{word} {counts[word]}" for word in (word(s, lang) for s in STATUSES) if counts[word])
    shown = [text for text, _ in counts.most_common()] if kind in ("bodies", "laws") else list(counts)
    left = len(shown) - most if most is not None and len(shown) > most + 1 else 0
    if left:
        shown = [*shown[:most], word("more", lang).format(n=len(shown))]
    return word("joint", lang).join(shown)
