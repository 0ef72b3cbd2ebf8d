"""Sentence → clauses: the text that the rules on measures are matched in, and the part that each clause plays."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kgraph.knowledge import Knowledge, read_scheme
from kgraph.layout import LIST_MARK

_UNMATCHED = "\"'() "
_DROPPED = re.compile(f"[{_UNMATCHED}]")
_CUTS = re.compile(r"[,:;。!?]")
_TITLE = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")
_BRACKETS = re.compile(r"\([^()]*\)")
_ROLES = ("planned", "problem", "guiding", "basis", "effect")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: span in the sentence's text, the text for matching (without quotes, brackets and blanks), and the spans
    of the titles (《…》) in it."""

    start: int
    end: int
    text: str
    titles: tuple[tuple[int, int], ...]

    def in_title(self, start: int, end: int) -> bool:
        """Whether a match begins or ends inside a title."""
        return any(a < start < b or a < end < b for a, b in self.titles)

    def surface(self, sentence: str, start: int, end: int) -> str:
        """The words of the sentence that stand at a span of ``text``."""
        kept = [i for i in range(self.start, self.end) if sentence[i] not in _UNMATCHED]
        return sentence[kept[start] : kept[end - 1] + 1]


class ClauseReader:
    """Cuts sentences into clauses; what a clause is for is data (``ontology/statements.ttl``).

    >>> reader = ClauseReader(Knowledge())
    >>> clauses = reader.clauses('一是推进"法律六进",有效提升群众法律意识。')
    >>> [(c.text, sorted(reader.roles(c.text))) for c in clauses]
    [('推进法律六进', []), ('有效提升群众法律意识', ['effect'])]
    """

    def __init__(self, knowledge: Knowledge) -> None:
        scheme = read_scheme(knowledge.path("statements.ttl"), "statement")
        self._roles = []
        for role in _ROLES:
            patterns = scheme[role].get("pattern")
            opening = _joined(tuple(p[1:] for p in patterns if p.startswith("^")))
            inside = _joined(tuple(p for p in patterns if not p.startswith("^")))
            self._roles.append((role, opening, inside, _joined(scheme[role].get("excludes"))))
        self._adverbial = re.compile("|".join(scheme["adverbial"].get("pattern")))

    def roles(self, text: str) -> frozenset[str]:
        """The roles that a clause plays by its own words: planned, problem, guiding, basis, effect."""
        return frozenset(
            role
            for role, opening, inside, isnt in self._roles
            if ((opening and opening.match(text)) or (inside and inside.search(text))) and not (isnt and isnt.search(text))
        )

    def adverbial(self, text: str) -> bool:
        """Whether a clause only says for whom or about what, so that the next one completes it (针对青少年,…)."""
        return self._adverbial.match(text) is not None

    def clauses(self, text: str) -> list[Clause]:
        """The clauses of a sentence (normalised) in order, without the list mark that opens it."""
        mark = LIST_MARK.match(text)
        found: list[Clause] = []
        joined = False
        for start, end in _pieces(text, mark.end() if mark else 0):
            clause = _clause(text, found.pop().start if joined else start, end)
            if clause.text:
                found.append(clause)
            joined = bool(clause.text) and self.adverbial(clause.text)
        return found


def _clause(text: str, start: int, end: int) -> Clause:
    plain = _DROPPED.sub("", text[start:end])
    return Clause(start, end, plain, tuple(m.span() for m in _TITLE.finditer(plain)) if "《" in plain else ())


def _pieces(text: str, begin: int) -> list[tuple[int, int]]:
    """The spans between commas and the like, but for those in brackets and titles."""
    shut = [m.span() for m in _TITLE.finditer(text, begin)] if "《" in text else []
    if "(" in text:
        shut += [m.span() for m in _BRACKETS.finditer(text, begin)]
    pieces, start = [], begin
    for m in _CUTS.finditer(text, begin):
        at = m.start()
        if shut and any(a < at < b for a, b in shut):
            continue
        if at > start:
            pieces.append((start, at))
        start = at + 1
    if start < len(text):
        pieces.append((start, len(text)))
    return pieces


def _joined(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(patterns)) if patterns else None
