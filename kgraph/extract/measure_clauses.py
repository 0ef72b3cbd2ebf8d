"""Sentence → clauses: the text that the rules on measures are matched in, and the part that each clause plays."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kgraph.knowledge import Knowledge, read_scheme
from kgraph.layout import LIST_MARK

_DROPPED = re.compile(r"[\"'() ]")
_CUTS = re.compile(r"[,:;。!?]")
_TITLE = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")
_ROLES = ("planned", "problem", "guiding", "basis", "effect", "adverbial")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: span in the sentence's text, the text for matching (without quotes, brackets and blanks), for each
    character of that its index in the sentence's text, the spans of the titles in it, and the roles it plays."""

    start: int
    end: int
    text: str
    index: tuple[int, ...]
    titles: tuple[tuple[int, int], ...]
    roles: frozenset[str]

    def in_title(self, start: int, end: int) -> bool:
        """Whether a match begins or ends inside a title (《…》)."""
        return any(a < start < b or a < end < b for a, b in self.titles)


class ClauseReader:
    """Cuts sentences into clauses; what a clause is for is data (``ontology/statements.ttl``).

    >>> reader = ClauseReader(Knowledge())
    >>> [(c.text, sorted(c.roles)) for c in reader.clauses('一是推进"法律六进",有效提升群众法律意识。')]
    [('推进法律六进', []), ('有效提升群众法律意识', ['effect'])]
    """

    def __init__(self, knowledge: Knowledge) -> None:
        scheme = read_scheme(knowledge.path("statements.ttl"), "statement")
        self._roles = [
            (role, re.compile("|".join(scheme[role].get("pattern"))), _optional(scheme[role].get("excludes"))) for role in _ROLES
        ]

    def roles(self, text: str) -> frozenset[str]:
        """The roles that a clause plays by its own words."""
        return frozenset(role for role, is_, isnt in self._roles if is_.search(text) and not (isnt and isnt.search(text)))

    def clauses(self, text: str) -> list[Clause]:
        """The clauses of a sentence (normalised) in order, without the list mark that opens it."""
        mark = LIST_MARK.match(text)
        begin = mark.end() if mark else 0
        found: list[Clause] = []
        for start, end in _pieces(text, begin):
            last = found[-1] if found else None
            if last is not None and "adverbial" in last.roles:
                found[-1] = self._clause(text, last.start, end)
            else:
                found.append(self._clause(text, start, end))
        return [c for c in found if c.text]

    def _clause(self, text: str, start: int, end: int) -> Clause:
        raw = text[start:end]
        dropped = {m.start() for m in _DROPPED.finditer(raw)}
        index = tuple(start + i for i in range(len(raw)) if i not in dropped)
        plain = _DROPPED.sub("", raw)
        titles = tuple(m.span() for m in _TITLE.finditer(plain)) if "《" in plain else ()
        return Clause(start, end, plain, index, titles, self.roles(plain))


def _pieces(text: str, begin: int) -> list[tuple[int, int]]:
    """The spans between commas and the like, but for those in brackets and titles."""
    shut = [m.span() for m in _TITLE.finditer(text, begin)] + [m.span() for m in re.finditer(r"\([^()]*\)", text[begin:])]
    shut = [(a, b) for a, b in shut if b - a > 1]
    pieces, start = [], begin
    for m in _CUTS.finditer(text, begin):
        if any(a < m.start() < b for a, b in shut):
            continue
        if m.start() > start:
            pieces.append((start, m.start()))
        start = m.end()
    if start < len(text):
        pieces.append((start, len(text)))
    return pieces


def _optional(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(patterns)) if patterns else None
