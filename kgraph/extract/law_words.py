"""The words that the law extractor works with, by their use (``ontology/law_words.csv``)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kgraph.knowledge import Knowledge


class LawWords:
    """Words by use: endings of titles, what nests a title in a title, light verbs, …

    >>> LawWords([("light", "开展"), ("light", "组织开展")]).pattern("light").match("组织开展宣传").group()
    '组织开展'
    """

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self._words: dict[str, list[str]] = {}
        for use, word in rows:
            self._words.setdefault(use, []).append(word)

    @classmethod
    def read(cls, knowledge: Knowledge) -> LawWords:
        """The words of the ontology."""
        return cls((row["use"], row["word"]) for row in knowledge.rows("law_words.csv"))

    def __getitem__(self, use: str) -> tuple[str, ...]:
        """The words of a use, longest first; a use without words is an error."""
        return tuple(sorted(self._words[use], key=lambda w: (-len(w), w)))

    def alternatives(self, use: str) -> str:
        """The words of a use as the source of a regular expression, longest first."""
        return alternatives(self[use])

    def pattern(self, use: str) -> re.Pattern[str]:
        """The words of a use as a regular expression."""
        return re.compile(self.alternatives(use))


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first.

    >>> alternatives(["学习", "专题学习"])
    '(?:专题学习|学习)'
    """
    return "(?:" + "|".join(map(re.escape, sorted(set(words), key=lambda w: (-len(w), w)))) + ")"
