"""Which numbers may stand in one row: those whose units count the same kind of thing."""

from __future__ import annotations

from decimal import Decimal

from kgraph.compare_facts import MetricRow
from kgraph.knowledge import Scheme
from kgraph.model import Comparator


class UnitFamilies:
    """The units of ``units.ttl``, put together where they are declared equivalent (`宗` `件` `起`).

    A unit that the vocabulary does not know is comparable with itself alone.
    """

    def __init__(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self._head: dict[str, str] = {id_: id_ for id_ in scheme}
        for id_ in sorted(scheme):
            for other in scheme[id_].get("exactMatch"):
                if other in scheme:
                    self._join(id_, other)
        self._by_form = {form: id_ for id_ in sorted(scheme, reverse=True) for form in self._forms(id_)}

    def _forms(self, id_: str) -> tuple[str, ...]:
        concept = self._scheme[id_]
        return (*concept.get("form"), concept.labels.get("zh", id_))

    def _find(self, id_: str) -> str:
        while self._head[id_] != id_:
            id_ = self._head[id_]
        return id_

    def _join(self, a: str, b: str) -> None:
        first, second = sorted((self._find(a), self._find(b)))
        self._head[second] = first

    def family(self, unit: str, unit_id: str | None = None) -> str:
        """What stands for all units comparable with this one."""
        known = unit_id if unit_id in self._scheme else self._by_form.get(unit)
        return self._find(known) if known is not None else f"?{unit}"

    def kind(self, unit: str, unit_id: str | None = None) -> str | None:
        """The kind of thing that a unit counts or measures (``case``, ``rate``, ``money``); None for an unknown one.

        >>> from kgraph.knowledge import Knowledge
        >>> UnitFamilies(Knowledge().units).kind("%")
        'rate'
        """
        known = unit_id if unit_id in self._scheme else self._by_form.get(unit)
        return self._scheme[known].one("unitKind") if known is not None else None

    def comparable(self, a: str, b: str) -> bool:
        """Whether numbers of two units, as written, may be set side by side.

        >>> from kgraph.knowledge import Knowledge
        >>> units = UnitFamilies(Knowledge().units)
        >>> units.comparable("宗", "件"), units.comparable("场次", "人次")
        (True, False)
        """
        return self.family(a) == self.family(b)


def number(value: Decimal) -> str:
    """A decimal as people write it, without exponent or trailing zeros.

    >>> number(Decimal("17.20")), number(Decimal("2E+4"))
    ('17.2', '20000')
    """
    return f"{value.normalize():f}"


def figure_text(row: MetricRow) -> str:
    """A metric as it stands in a cell: sign of the comparator, value, unit, per what, direction of a change.

    >>> from kgraph.compare_facts import Evidence
    >>> place = Evidence("r", 0, 1, "")
    >>> figure_text(MetricRow("m", None, None, "顾问", Decimal(4), "名", None, "村", "atLeast", None, "done", place))
    '≥4 名/村'
    """
    arrow = {"increase": "↑", "decrease": "↓"}.get(row.change or "", "")
    unit = row.unit if row.unit == "%" else f" {row.unit}" if row.unit else ""
    sign = Comparator(row.comparator).symbol
    return f"{arrow}{sign}{number(row.value)}{unit}{f'/{row.per}' if row.per else ''}"
