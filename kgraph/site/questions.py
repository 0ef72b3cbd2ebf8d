"""A page for each named question: what it asks, its SPARQL, and its rows with links to the pages of what they name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from kgraph.errors import KGraphError
from kgraph.knowledge import Knowledge
from kgraph.query import ask_question
from kgraph.query_named import Question
from kgraph.site.sheet import sheet
from kgraph.site.writer import put, write_pages
from kgraph.store import Store
from kgraph.tables import Cell, Table

SHOWN = 300
"""Rows on the page; the files hold all."""
VIEWS = {
    "practices-by-region": "matrix.html",
    "practice-gap": "gap.html",
    "region-profile": "regions.html",
    "practice-metrics": "practices.html",
    "indicator-values": "figures.html",
    "laws-cited": "laws.html",
    "law-citations": "laws.html",
    "bodies-by-measures": "bodies.html",
    "coverage": "regions.html",
    "practices-of-one-region": "practices.html",
    "practices-of-neighbours": "gap.html",
    "matrix": "matrix.html",
    "plans": "matrix.html#status=2",
    "shortcomings": "matrix.html#status=3",
    "shortcomings-repeated": "matrix.html#status=3",
    "laws-out-of-force": "laws.html",
    "first-seen": "practices.html",
    "domains": "practices.html",
    "legal-literate-persons": "figures.html#i=literate-persons",
    "mediation-success-rates": "figures.html#i=mediation-success-rate",
}
"""The view that answers a question for any choice of its parameters."""


def write_question(
    store: Path | None,
    ontology: Path | None,
    folder: Path,
    shared: Mapping[str, Any],
    question: Question,
    links: Mapping[str, str],
) -> list[str]:
    """The page of a question, with its rows as files where it needs no parameter and a store to ask; the paths written."""
    name = question.name
    table: Table | None = None
    failure = ""
    if store is not None and not any(p.required for p in question.parameters):
        try:
            with Store.open(store) as opened:
                table = ask_question(opened, name, {}, Knowledge(ontology)).table
        except KGraphError as error:
            failure = str(error)
    written = []
    if table is not None:
        table = Table(table.columns, table.rows, title=question.title("zh"))
        written = [f"downloads/q-{name}.csv", f"downloads/q-{name}.xlsx"]
        put(folder, written[0], table.csv().encode("utf-8-sig", "replace"))
        put(folder, written[1], sheet(table))
    context = {
        "name": name,
        "titles": (question.title("zh"), question.title("en")),
        "about": (question.about.get("zh", ""), question.about.get("en", "")),
        "sparql": "\n".join(line for line in question.sparql.splitlines() if not line.startswith("#")).strip(),
        "parameters": [(p.name, p.required, p.about) for p in question.parameters],
        "columns": table.columns if table else (),
        "rows": [_linked(row, links) for row in table.rows[:SHOWN]] if table else [],
        "total": len(table) if table else 0,
        "view": VIEWS.get(name, ""),
        "failure": failure,
        "asked": table is not None or bool(failure) or any(p.required for p in question.parameters),
    }
    return written + write_pages(folder, shared, [(f"q/{name}.html", "question.html", context)])


def _linked(row: Sequence[Cell], links: Mapping[str, str]) -> list[tuple[str, str, bool]]:
    """The cells with the pages they lead to; a number leads where the first name in its row does."""
    found = [links.get(cell, "") if isinstance(cell, str) else "" for cell in row]
    first = next(filter(None, found), "")
    numbers = [isinstance(cell, int | Decimal) and not isinstance(cell, bool) for cell in row]
    return [(_words(c), path or (first if n else ""), n) for c, path, n in zip(row, found, numbers, strict=True)]


def _words(cell: Cell) -> str:
    return "" if cell is None else str(cell)
