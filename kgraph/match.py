"""Finding many terms and regular expressions in a sentence at once.

A pattern is tried only where one of its *anchors* occurs: literal strings of which every match must hold one. Terms are
their own anchor; those of a regular expression are derived from its syntax tree. One Aho-Corasick pass over the
sentence finds the anchors, so that thousands of patterns cost little more than one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as sre_parser  # type: ignore[attr-defined]
from typing import Any, Generic, TypeVar

import ahocorasick_rs

from kgraph.errors import KnowledgeError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """A place where a pattern matched: span in the text searched, the text, and what the pattern stands for."""

    start: int
    end: int
    text: str
    value: T


def anchors(pattern: str) -> frozenset[str]:
    """Literals of which at least one stands in every match of a regular expression; empty if none can be told.

    >>> sorted(anchors("(召开|举行).{0,9}(专题会|推进会)"))
    ['专题会', '推进会']
    """
    return max(_required(list(sre_parser.parse(pattern))), key=_quality, default=frozenset())


def _quality(literals: frozenset[str]) -> tuple[int, int]:
    return (min(map(len, literals), default=0), -len(literals))


def _required(nodes: list[Any]) -> list[frozenset[str]]:
    """All sets of literals such that a match of the sequence holds one of each set."""
    found: list[frozenset[str]] = []
    run = ""
    for op, arg in [*nodes, (None, None)]:
        if op is sre.LITERAL:
            run += chr(arg)
            continue
        if run:
            found.append(frozenset([run]))
            run = ""
        if op is sre.SUBPATTERN:
            found += _required(list(arg[-1]))
        elif op is sre.BRANCH:
            options = [max(_required(list(branch)), key=_quality, default=frozenset()) for branch in arg[1]]
            if all(options):
                found.append(frozenset().union(*options))
        elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT) and arg[0] > 0:
            found += _required(list(arg[2]))
        elif op is sre.IN and all(kind is sre.LITERAL for kind, _ in arg) and len(arg) <= 40:
            found.append(frozenset(chr(code) for _, code in arg))
    return found


class PatternSet(Generic[T]):
    """Terms and regular expressions, each with the value that it stands for.

    >>> patterns = PatternSet([("信访", "petition")], [("调解.{0,4}纠纷", "mediation")])
    >>> [(m.text, m.value) for m in patterns.find("信访工作与调解各类纠纷")]
    [('信访', 'petition'), ('调解各类纠纷', 'mediation')]
    """

    def __init__(self, terms: Iterable[tuple[str, T]] = (), regexes: Iterable[tuple[str, T]] = ()) -> None:
        self._terms: dict[str, list[T]] = {}
        self._gated: dict[str, list[int]] = {}
        self._regexes: list[tuple[re.Pattern[str], T]] = []
        self._ungated: list[int] = []
        for term, value in terms:
            self._terms.setdefault(term, []).append(value)
        for source, value in regexes:
            try:
                compiled = re.compile(source)
                needed = anchors(source)
            except re.error as error:
                raise KnowledgeError(f"the pattern {source!r} of {value} is not a regular expression: {error}") from None
            self._regexes.append((compiled, value))
            if needed:
                for anchor in needed:
                    self._gated.setdefault(anchor, []).append(len(self._regexes) - 1)
            else:
                self._ungated.append(len(self._regexes) - 1)
        self._words = sorted({*self._terms, *self._gated})
        self._values: list[tuple[T, ...]] = [tuple(self._terms.get(word, ())) for word in self._words]
        self._gates: list[tuple[int, ...]] = [tuple(self._gated.get(word, ())) for word in self._words]
        self._automaton = ahocorasick_rs.AhoCorasick(self._words, store_patterns=False) if self._words else None

    def find(self, text: str) -> list[Match[T]]:
        """All matches, overlapping ones too, by start and then longest first; equal spans in the order of definition."""
        found: list[Match[T]] = []
        tried: set[int] = set(self._ungated)
        if self._automaton is not None:
            values, gates = self._values, self._gates
            for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
                for value in values[index]:
                    found.append(Match(start, end, self._words[index], value))
                if gates[index]:
                    tried.update(gates[index])
        for index in sorted(tried) if tried else ():
            compiled, value = self._regexes[index]
            m = compiled.search(text)
            while m is not None:
                if m.end() > m.start():
                    found.append(Match(m.start(), m.end(), m.group(), value))
                m = compiled.search(text, m.end() if m.end() > m.start() else m.end() + 1) if m.end() < len(text) else None
        if len(found) > 1:
            found.sort(key=lambda m: (m.start, -m.end))
        return found
