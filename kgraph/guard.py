"""What a query of a user may say: it reads this graph and nothing else.

The engine would follow SERVICE over the network and has no switch against it, and a query nested a thousand deep ends
the process. So the text is cut into tokens first. Where a text could be cut in two ways (``<`` opens an IRI or
compares, ``\"\"\"`` opens a long string or is an empty one) both are followed, so that nothing hides in the other reading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kgraph.errors import QueryError

MAX_BYTES = 16 * 1024
MAX_DEPTH = 64
MAX_OPERATORS = 2000
UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"])

_IRI = re.compile(r'<[^<>"{}|^`\\\x00-\x20]*>')
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_LONG = re.compile(r'"""(?:"{0,2}(?:[^"\\]|\\.))*"""|\'\'\'(?:\'{0,2}(?:[^\'\\]|\\.))*\'\'\'', re.DOTALL)
_SHORT = re.compile(r'"(?:[^"\\\n\r]|\\.)*"|\'(?:[^\'\\\n\r]|\\.)*\'')
_COMMENT = re.compile(r"#[^\r\n]*")
_NAME = re.compile(r"[?$@]\w+|:[\w-]*")  # a variable, a language tag, the local part of a name
_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"\s+")
_OPERATORS = frozenset("!+-^/|&*=<>")


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str
    kind: str  # "word" | "mark" | "other"


def _steps(text: str, at: int) -> list[_Token]:
    """The tokens that may begin at an offset; more than one where the text can be read in several ways."""
    char = text[at]
    if char == "<" and (iri := _IRI.match(text, at)):
        as_iri = _Token(at, iri.end(), iri.group(), "other")
        return [as_iri] if _ABSOLUTE.match(text, at) else [as_iri, _Token(at, at + 1, char, "other")]
    if char in "\"'":
        found = [m for m in (_LONG.match(text, at), _SHORT.match(text, at)) if m]
        return [_Token(at, m.end(), m.group(), "other") for m in found] or [_Token(at, at + 1, char, "other")]
    for pattern, kind in ((_COMMENT, "other"), (_NAME, "other"), (_WORD, "word"), (_SPACE, "other")):
        if match := pattern.match(text, at):
            return [_Token(at, match.end(), match.group(), kind)]
    return [_Token(at, at + 1, char, "mark")]


def guard(text: str, *, allow_service: bool = False) -> None:
    """Raise ``QueryError`` with one clear line if the text is too long or too deep, changes data, or would reach outside.

    >>> guard("SELECT ?x { ?x rdfs:label 'SERVICE' } # SERVICE")
    >>> guard("SELECT ?x { SERVICE <http://example.org/> { ?x ?y ?z } }")
    Traceback (most recent call last):
    ...
    kgraph.errors.QueryError: SERVICE asks another server: kgraph answers from this graph only (line 1, column 13)
    """
    size = len(text.encode("utf-8", "replace"))
    if size > MAX_BYTES:
        raise QueryError(f"the query has {size:,} bytes; {MAX_BYTES:,} is the most that is taken")
    if not text.strip():
        raise QueryError("the query is empty")
    if not allow_service:
        _refuse_service(text)
    _refuse_rest(text)


def _refuse_service(text: str) -> None:
    todo, seen = [0], {0, len(text)}
    while todo:
        for token in _steps(text, todo.pop()):
            if token.kind == "word" and "SERVICE" in token.text.upper():
                place = _place(text, token.start)
                if token.text.upper() != "SERVICE":
                    raise QueryError(f"a word that holds SERVICE is taken for SERVICE: use another name {place}")
                raise QueryError(f"SERVICE asks another server: kgraph answers from this graph only {place}")
            if token.end not in seen:
                seen.add(token.end)
                todo.append(token.end)


def _refuse_rest(text: str) -> None:
    at, depth, operators, before = 0, 0, 0, ""
    while at < len(text):
        token = _steps(text, at)[0]
        word = token.text.upper() if token.kind == "word" else ""
        prefix = text[token.end : token.end + 1] == ":"
        if word in UPDATES and not prefix:
            raise QueryError(f"{word} changes data: kgraph answers SELECT, ASK, CONSTRUCT and DESCRIBE {_place(text, at)}")
        if word == "FROM" and not prefix and before not in {"?", "$"}:
            raise QueryError(f"FROM names another data set: leave it out, all facts are in the graph {_place(text, at)}")
        if token.kind == "mark":
            depth += (token.text in "{([") - (token.text in "})]")
            if depth > MAX_DEPTH:
                raise QueryError(f"the query is nested more than {MAX_DEPTH} deep {_place(text, at)}")
        operators += token.text in _OPERATORS
        if operators > MAX_OPERATORS:
            raise QueryError(f"the query has more than {MAX_OPERATORS:,} operators {_place(text, at)}")
        before = token.text
        at = token.end


def _place(text: str, at: int) -> str:
    line = text.count("\n", 0, at) + 1
    return f"(line {line}, column {at - text.rfind(chr(10), 0, at)})"
