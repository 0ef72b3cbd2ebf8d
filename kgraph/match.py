"""Finding many terms and regular expressions in a sentence at once.

A pattern is tried only where one of its *anchors* occurs: literal strings of which every match must hold one. Terms are
their own anchor; those of a regular expression are derived from its syntax tree. One Aho-Corasick pass over the
sentence finds the anchors, so that thousands of patterns cost little more than one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as sre_parser  # type: ignore[attr-defined]
from typing import Any, Generic, NamedTuple, TypeVar

import ahocorasick_rs

from kgraph.errors import KnowledgeError

T = TypeVar("T")
_SHORT = {1: 40.0, 2: 3.0}
"""How much commoner words of so few characters are than longer ones."""


class Match(NamedTuple, Generic[T]):
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


def rarest(candidates: Sequence[Sequence[frozenset[str]]]) -> list[list[frozenset[str]]]:
    """For each pattern, of its sets of literals the two that are likely to be met least, the rarest first.

    What many patterns look for is common in the texts that they are for, and so are short words.

    >>> sets = [[frozenset(["法治"]), frozenset(["快板", "山歌"])], [frozenset(["法治"])], [frozenset(["法治"])]]
    >>> [[sorted(words) for words in found] for found in rarest(sets)]
    [[['山歌', '快板'], ['法治']], [['法治']], [['法治']]]
    """
    sought = Counter(literal for sets in candidates for literal in {w for some in sets for w in some})

    def commonness(literals: frozenset[str]) -> tuple[float, list[str]]:
        return sum(sought[w] * _SHORT.get(len(w), 1.0) for w in literals), sorted(literals)

    ordered = [sorted({*sets}, key=commonness) for sets in candidates]
    return [[*sets[:1], *(some for some in sets[1:2] if min(map(len, some)) > 1)] for sets in ordered]


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
        candidates: list[list[frozenset[str]]] = []
        for source, value in regexes:
            try:
                compiled = re.compile(source)
                candidates.append(_required(list(sre_parser.parse(source))))
            except re.error as error:
                raise KnowledgeError(f"the pattern {source!r} of {value} is not a regular expression: {error}") from None
            self._regexes.append((compiled, value))
        needed = rarest(candidates)
        for number, sets in enumerate(needed):
            for anchor in sets[0] if sets else ():
                self._gated.setdefault(anchor, []).append(number)
            if not sets:
                self._ungated.append(number)
        self._words = sorted({*self._terms, *self._gated, *(word for sets in needed for some in sets[1:] for word in some)})
        place = {word: i for i, word in enumerate(self._words)}
        also = [frozenset(place[word] for word in sets[1]) if len(sets) > 1 else frozenset() for sets in needed]
        self._values: list[tuple[T, ...]] = [tuple(self._terms.get(word, ())) for word in self._words]
        self._gates: list[tuple[tuple[int, frozenset[int]], ...]] = [
            tuple((number, also[number]) for number in self._gated.get(word, ())) for word in self._words
        ]
        self._automaton = ahocorasick_rs.AhoCorasick(self._words, store_patterns=False) if self._words else None

    def find(self, text: str) -> list[Match[T]]:
        """All matches, overlapping ones too, by start and then longest first; equal spans in the order of definition."""
        found: list[Match[T]] = []
        tried: set[int] = set(self._ungated)
        if self._automaton is not None:
            hits = self._automaton.find_matches_as_indexes(text, overlapping=True)
            if not hits and not tried:
                return found
            values, gates = self._values, self._gates
            for index, start, end in hits:
                for value in values[index]:
                    found.append(Match(start, end, self._words[index], value))
            seen = {hit[0] for hit in hits}
            for index in seen:
                for number, second in gates[index]:
                    if not second or not second.isdisjoint(seen):
                        tried.add(number)
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
