"""Asking a graph: free SPARQL, guarded and in a process of its own with a time limit, and the named questions."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kgraph.errors import InputError, KnowledgeError, QueryError, StoreError
from kgraph.guard import guard
from kgraph.query_errors import explain, unknown_names
from kgraph.query_named import Question, bind, find_question, questions, questions_table
from kgraph.store import DATA, python_value
from kgraph.tables import FORMATS, Cell, Table
from kgraph.vocab import PREFIXES

if TYPE_CHECKING:
    from kgraph.knowledge import Knowledge
    from kgraph.store import Store

__all__ = ["Question", "Result", "ask", "ask_question", "questions", "questions_table"]

MEMORY = 4 << 30
MAX_ANSWER = 512 << 20
GRAPH_FORMATS = {
    "table": ox.RdfFormat.TURTLE,
    "ttl": ox.RdfFormat.TURTLE,
    "turtle": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
}


@dataclass(frozen=True, slots=True)
class Result:
    """What a query found: ``table`` of a SELECT or ASK (one cell, ``answer``), ``triples`` of a CONSTRUCT or DESCRIBE."""

    form: str  # "select" | "ask" | "graph"
    table: Table
    triples: tuple[ox.Triple, ...] = ()

    @property
    def answer(self) -> bool:
        """The answer of an ASK; of the others, whether anything was found."""
        return bool(self.table.rows[0][0]) if self.form == "ask" else bool(self.table.rows or self.triples)

    def render(self, form: str = "table") -> str | bytes:
        """The result as ``table``, ``csv``, ``tsv``, ``json`` or ``xlsx``, triples as ``ttl``, ``nt`` or ``jsonld``.

        Raises ``InputError`` where the format does not fit the form of the query.
        """
        if self.form == "graph":
            if form not in GRAPH_FORMATS:
                raise InputError(f"this query gives triples, not {form}; there are: ttl, nt, jsonld")
            known = {prefix: iri for prefix, iri in PREFIXES.items() if prefix != "id"}
            data = ox.serialize(self.triples, format=GRAPH_FORMATS[form], prefixes=known) or b""
            return data.decode("utf-8")
        if form not in FORMATS:
            raise InputError(f"this query gives rows, not {form}; there are: {', '.join(FORMATS)}")
        return (_shortened(self.table) if form == "table" else self.table).render(form)


def ask(
    store: Store,
    sparql: str,
    *,
    timeout: float = 60.0,
    allow_service: bool = False,
) -> Result:
    """Answer a user's SPARQL query (SELECT, ASK, CONSTRUCT or DESCRIBE) in a process of its own.

    The prefixes of ``vocab.PREFIXES`` are declared; ``timeout`` is in seconds.
    Raises ``QueryError`` with one clear line where the query is refused, does not parse, takes too long, or fails.
    """
    guard(sparql, allow_service=allow_service)
    if timeout <= 0:
        raise InputError("the time limit must be more than 0 seconds")
    form, data = _run(store.path / DATA, sparql, timeout)
    notes = unknown_names(sparql)
    if form == "graph":
        triples = sorted({quad.triple for quad in ox.parse(data, ox.RdfFormat.N_TRIPLES)}, key=str)
        return Result(form, Table(("subject", "predicate", "object"), (), notes=notes), tuple(triples))
    found = ox.parse_query_results(data, ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        return Result(form, Table(("answer",), ((bool(found),),), notes=notes))
    assert isinstance(found, ox.QuerySolutions)
    return Result(form, _table(found, notes=notes))


def ask_question(store: Store, name: str, parameters: Mapping[str, str], knowledge: Knowledge) -> Result:
    """Answer a named question; ``parameters`` are given as users write them (an id, a name, a year).

    The answer is kept with the graph: asked again before the next build, it is read from there. Raises ``QueryError`` for
    a question, parameter or value that there is not, naming what is near.
    """
    question = find_question(name, knowledge)
    sparql = question.filled(bind(store, question, parameters))
    if not question.own:
        return ask(store, sparql)
    kept = store.answers.find(sparql) if store.answers else None
    if kept is not None:
        return Result("select", kept)
    try:
        found = store.engine.query(sparql, prefixes=PREFIXES)
        if not isinstance(found, ox.QuerySolutions):
            raise KnowledgeError(f"the question {name} is no SELECT query")
        table = _table(found, title=question.title("zh"))
        if store.answers:
            store.answers.keep(sparql, table)
        return Result("select", table)
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        raise QueryError(f"the question {name} failed: {error}") from None


def _table(found: ox.QuerySolutions, title: str = "", notes: tuple[str, ...] = ()) -> Table:
    names = [variable.value for variable in found.variables]
    rows: Iterable[tuple[Cell, ...]] = (tuple(python_value(row[name]) for name in names) for row in found)
    return Table(tuple(names), tuple(rows), title, notes)


def _run(path: Path, sparql: str, timeout: float) -> tuple[str, bytes]:
    if not path.is_dir():
        raise StoreError(f"{path}: the graph is gone")
    request = {
        "path": str(path),
        "query": sparql,
        "prefixes": PREFIXES,
        "memory": MEMORY,
        "bytes": MAX_ANSWER,
        "seconds": timeout,
    }
    command = [sys.executable, "-P", str(Path(__file__).with_name("query_worker.py"))]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "PYTHONUTF8": "1"}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment) as worker:
        try:
            data, complaint = worker.communicate(json.dumps(request).encode(), timeout)
        except subprocess.TimeoutExpired:
            raise QueryError(
                f"the query took more than {timeout:g} seconds and was ended: make it narrower or add a LIMIT"
            ) from None
        finally:
            worker.kill()
    if worker.returncode:
        raise _failure(worker.returncode, complaint, sparql)
    form, _, answer = data.partition(b"\n")
    return form.decode(), answer


def _failure(code: int, complaint: bytes, sparql: str) -> QueryError:
    if code < 0:
        return QueryError(f"the query ended its process (signal {-code}): too deep, or too much memory; make it simpler")
    try:
        told = json.loads(complaint.splitlines()[-1])
        kind, message = str(told["error"]), str(told["message"])
    except (ValueError, IndexError, KeyError, TypeError):
        return QueryError(f"the query could not be run: {complaint.decode(errors='replace').strip()[-300:]}")
    if kind == "SyntaxError":
        return QueryError(explain(message, sparql))
    if "too large" in message:
        return QueryError(f"the answer is larger than {MAX_ANSWER >> 20} MB: add a LIMIT, or use kgraph export")
    return QueryError(f"the query failed: {message}")


def _shortened(table: Table) -> Table:
    """The table with IRIs cut to prefixed names, for reading."""
    known = sorted(((iri, prefix) for prefix, iri in PREFIXES.items()), key=lambda pair: -len(pair[0]))

    def short(cell: Cell) -> Cell:
        if isinstance(cell, str) and cell.startswith("http"):
            for iri, prefix in known:
                if cell.startswith(iri) and len(cell) > len(iri):
                    return f"{prefix}:{cell[len(iri) :]}"
        return cell

    return Table(table.columns, tuple(tuple(short(cell) for cell in row) for row in table.rows), table.title, table.notes)
