"""Stated numbers as products show them: with comparator, unit and status, grouped by what may stand in one row."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kgraph.compare_facts import MetricRow
from kgraph.compare_units import figure_text
from kgraph.errors import InputError
from kgraph.products.basis import Basis
from kgraph.products.corpus import Corpus
from kgraph.products.words import word


@dataclass(frozen=True, slots=True, order=True)
class Kind:
    """What numbers of one row have in common: the family of their units, per what, basis, and whether they are changes."""

    family: str
    per: str
    basis: Basis
    change: bool


def kind(corpus: Corpus, row: MetricRow) -> Kind:
    """The kind of a number: only numbers of one kind compare."""
    per = corpus.units.family(row.per) if row.per else ""
    return Kind(corpus.units.family(row.unit, row.unit_id), per, corpus.basis(row), row.change is not None)


def by_kind(corpus: Corpus, rows: Iterable[MetricRow]) -> dict[Kind, list[MetricRow]]:
    """Numbers put together where they compare, the most frequent kind first."""
    found: dict[Kind, list[MetricRow]] = defaultdict(list)
    for row in rows:
        found[kind(corpus, row)].append(row)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def unit_of(rows: Sequence[MetricRow]) -> str:
    """The units that some numbers are written with, and what they are per.

    >>> unit_of([])
    ''
    """
    units = "、".join(dict.fromkeys(row.unit for row in rows if row.unit))
    pers = "、".join(dict.fromkeys(row.per for row in rows if row.per))
    return f"{units}/{pers}" if pers else units


def refusals(corpus: Corpus, what: str, kinds: dict[Kind, list[MetricRow]]) -> tuple[str, ...]:
    """Why numbers of one indicator are not in one row: the units that do not compare."""
    families = {k.family: unit_of(rows) for k, rows in reversed(kinds.items())}
    first, *others = list(reversed(families.values())) or [""]
    return tuple(word("refusal", corpus.lang).format(what=what, a=first or "—", b=other or "—") for other in others)


def figures(corpus: Corpus, rows: Iterable[MetricRow]) -> list[str]:
    """Numbers as texts: what is planned or lacking, or added up over years, says so."""
    out = []
    for row in rows:
        before = f"{word(row.status, corpus.lang)} " if row.status != "done" else ""
        before += f"{word('cumulative', corpus.lang)} " if corpus.basis(row) == "cumulative" else ""
        out.append(before + figure_text(row))
    return out


def choose_indicator(corpus: Corpus, wanted: str) -> str:
    """The id of an indicator, by id or label in any language. Raises ``InputError`` naming near ones that have numbers."""
    scheme = corpus.knowledge.indicators
    key = "".join(wanted.casefold().split())
    names = {
        "".join(name.casefold().split()): id_
        for id_ in scheme
        for name in (id_, *scheme[id_].labels.values(), *scheme[id_].get("altLabel"))
    }
    if key in names:
        return names[key]
    there = {row.indicator for row in corpus.metrics}
    known = {name: id_ for name, id_ in names.items() if id_ in there}
    near = [name for name in known if key and (key in name or name in key)] + difflib.get_close_matches(
        key, known, n=5, cutoff=0.4
    )
    shown = dict.fromkeys(known[name] for name in near)
    said = ", ".join(f"{id_} ({scheme[id_].labels.get('zh', id_)})" for id_ in list(shown)[:5])
    raise InputError(f"no indicator {wanted!r}; near: {said or 'none'}")
