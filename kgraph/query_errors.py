"""Saying what is wrong with a query: where, what, and what to do."""

from __future__ import annotations

import difflib
import re

from kgraph.vocab import KG, PREFIXES

_PLACE = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_PREFIX = re.compile(r"(?<![\w?$:/<#.-])([A-Za-z][\w-]*):(?=[\w-]|$|\s)")
_DECLARED = re.compile(r"\bPREFIX\s+([\w-]*):", re.IGNORECASE)
_NOISE = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|<[^<>\s]*>|#[^\n]*')
_WIDE = {
    "，": ",",
    "。": ".",
    "；": ";",
    "（": "(",
    "）": ")",
    "｛": "{",
    "｝": "}",
    "？": "?",
    "：": ":",
    "“": '"',
    "”": '"',
    "＊": "*",
}
_KG = re.compile(r"(?<![\w:/-])kg:(\w+)")


def explain(message: str, sparql: str) -> str:
    """The engine's complaint about a query that does not parse, as one line with its place and a hint.

    >>> explain("error at 1:25: expected one of FILTER", "SELECT ?x WHERE { ?x a }")
    'the query does not parse at line 1, column 25, somewhere in: SELECT ?x WHERE { ?x a }'
    """
    bare = _NOISE.sub(lambda m: " " * len(m.group()), sparql)
    place = _PLACE.match(message)
    if not place:
        return f"the query does not parse: {' '.join(message.split())}"
    where = f"line {place[1]}, column {place[2]}"
    hint = _hint(bare, place[3])
    if hint:
        return f"the query does not parse at {where}: {hint}"
    line = sparql.split("\n")[int(place[1]) - 1 : int(place[1])]
    behind = line[0][: int(place[2]) - 1].strip()[-40:] if line else ""
    return f"the query does not parse at {where}" + (f", somewhere in: {behind}" if behind else "")


def _hint(bare: str, expected: str) -> str | None:
    declared = {*PREFIXES, *(name for name in _DECLARED.findall(bare))}
    for name in _PREFIX.findall(bare):
        if name not in declared and "Prefix not found" in expected:
            near = difflib.get_close_matches(name, PREFIXES, n=1)
            return f"the prefix {name}: is not declared" + (f"; is {near[0]}: meant?" if near else "; write PREFIX before it")
    for wide, narrow in _WIDE.items():
        if wide in bare:
            return f"{wide} is a full-width character: write {narrow}"
    words = re.findall(r"[A-Za-z]+", _DECLARED.sub("", bare))
    first = next((w for w in words if w.upper() not in {"PREFIX", "BASE"}), "")
    if first.upper() not in {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}:
        return "a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE"
    for opening, closing in ("{}", "()", "[]"):
        if (missing := bare.count(opening) - bare.count(closing)) > 0:
            return f"{missing} {closing} missing"
        if missing < 0:
            return f"{-missing} {closing} too many"
    if "variable that is unbound" in expected:
        return "a variable of SELECT is neither in GROUP BY nor in COUNT, SUM …"
    return None


def unknown_names(sparql: str) -> tuple[str, ...]:
    """A note for each ``kg:`` name that the vocabulary does not have: such a query parses and finds nothing.

    >>> unknown_names("SELECT * { ?m kg:practise ?p }")
    ('kg:practise is not in the vocabulary; is kg:practises meant?',)
    """
    notes = []
    for name in dict.fromkeys(_KG.findall(_NOISE.sub(" ", sparql))):
        if name not in KG.names:
            near = difflib.get_close_matches(name, KG.names, n=1)
            notes.append(f"kg:{name} is not in the vocabulary" + (f"; is kg:{near[0]} meant?" if near else ""))
    return tuple(notes)
