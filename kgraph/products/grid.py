"""A grid: a table whose cells know the evidence behind them, so that each number leads to its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kgraph.compare_facts import Evidence
from kgraph.tables import Cell, Table


@dataclass(frozen=True, slots=True)
class Marked:
    """A cell with the places in the reports that it stands on, in their order."""

    value: Cell
    evidence: tuple[Evidence, ...]


GridCell = Cell | Marked


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows under columns. The first ``heads`` columns name the row; ``keys`` are those of ``products.words`` (None: data).

    >>> spot = Evidence("r", 0, 4, "调解9件")
    >>> grid = Grid("调解", ("地区", "件"), (("柳林镇", Marked(9, (spot,))),))
    >>> grid.table().rows, [cell.value for _, _, cell in grid.marked()]
    ((('柳林镇', 9),), [9])
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[GridCell, ...], ...]
    notes: tuple[str, ...] = ()
    heads: int = 1
    keys: tuple[str | None, ...] = ()

    def table(self) -> Table:
        """The grid as a plain table."""
        return Table(self.columns, tuple(tuple(map(plain, row)) for row in self.rows), self.title, self.notes)

    def marked(self) -> Iterator[tuple[int, int, Marked]]:
        """The cells that stand on evidence, with row and column."""
        for i, row in enumerate(self.rows):
            for j, cell in enumerate(row):
                if isinstance(cell, Marked) and cell.evidence:
                    yield i, j, cell

    def head(self, row: int) -> str:
        """What names a row."""
        return " · ".join(str(plain(cell)) for cell in self.rows[row][: self.heads] if plain(cell) not in (None, ""))


def plain(cell: GridCell) -> Cell:
    """What a cell shows."""
    return cell.value if isinstance(cell, Marked) else cell


def mark(value: Cell, evidence: Iterable[Evidence]) -> Marked:
    """A cell with its evidence, each place once, in order.

    >>> mark(2, [Evidence("r", 5, 9, "b"), Evidence("r", 0, 4, "a"), Evidence("r", 5, 9, "b")]).evidence[0].start
    0
    """
    return Marked(value, tuple(sorted(set(evidence))))


def joined(texts: Sequence[str], joint: str, most: int | None = None, more: str = "… {n}") -> str:
    """Texts once each in order, cut after ``most`` with the number of all.

    >>> joined(["甲", "乙", "甲", "丙"], "；", most=1)
    '甲；… 3'
    """
    shown = list(dict.fromkeys(texts))
    if most is not None and len(shown) > most + 1:
        shown = [*shown[:most], more.format(n=len(shown))]
    return joint.join(shown)
