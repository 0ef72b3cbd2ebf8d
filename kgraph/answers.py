"""Answers that are kept: a named question asked again of a graph that has not changed is read from its folder.

The answers lie beside the store, in ``answers/``. Their names begin with the state of the store, so that an answer of
another state is never taken; those are swept when a new one is kept. Where the folder cannot be written nothing is kept.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from decimal import Decimal
from pathlib import Path

from kgraph.tables import Cell, Table

FOLDER = "answers"
_OWN_FILES = ("LOG", "LOCK", "OPTIONS", "IDENTITY")


def state(store: Path) -> str:
    """Sixteen hex digits over the names and sizes of a store's data files: they change with every write."""
    files = sorted((f.name, f.stat().st_size) for f in store.iterdir() if not f.name.startswith(_OWN_FILES))
    return hashlib.sha256(repr(files).encode()).hexdigest()[:16]


class Answers:
    """The kept answers of a graph in the state that it was opened in."""

    def __init__(self, graph: Path, state: str) -> None:
        self._folder = graph / FOLDER
        self._state = state

    def find(self, sparql: str) -> Table | None:
        """The kept answer of a query, or None."""
        try:
            kept = json.loads(self._path(sparql).read_text(encoding="utf-8"))
            rows = tuple(tuple(_cell(c) for c in row) for row in kept["rows"])
            return Table(tuple(kept["columns"]), rows, kept["title"], tuple(kept["notes"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, sparql: str, table: Table) -> None:
        """Keep the answer of a query, and sweep those of other states."""
        rows = [[{"decimal": str(c)} if isinstance(c, Decimal) else c for c in row] for row in table.rows]
        kept = {"columns": table.columns, "rows": rows, "title": table.title, "notes": table.notes}
        path = self._path(sparql)
        with contextlib.suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            for old in self._folder.glob("*.json"):
                if not old.name.startswith(self._state):
                    old.unlink(missing_ok=True)
            part = path.with_suffix(f".{os.getpid()}")
            part.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
            os.replace(part, path)

    def _path(self, sparql: str) -> Path:
        return self._folder / f"{self._state}-{hashlib.sha256(sparql.encode()).hexdigest()[:24]}.json"


def _cell(value: object) -> Cell:
    if isinstance(value, dict):
        return Decimal(str(value["decimal"]))
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)
