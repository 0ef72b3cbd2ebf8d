"""The words that open, close and fill the parts of a measure, compiled from ``ontology/slots.ttl``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kgraph.knowledge import Concept, Knowledge, read_scheme
from kgraph.words import Words


class Lexicon:
    """Words that are looked for at one place of a text, the longest first."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[:1], set()).add(len(word))
        self._lengths = {first: tuple(sorted(some, reverse=True)) for first, some in lengths.items()}
        self.first = frozenset(lengths)

    def end(self, text: str, at: int, stop: int) -> int:
        """Where the longest word that begins at ``at`` ends; ``at`` where none does.

        >>> Lexicon(["公开", "公开公示"]).end("已公开公示", 1, 5)
        5
        """
        if at < stop:
            for length in self._lengths.get(text[at], ()):
                if at + length <= stop and text[at : at + length] in self._words:
                    return at + length
        return at


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of phrase: what opens it, the endings that it must have (none: any), what it must not be."""

    opens: Lexicon
    endings: tuple[str, ...]
    last: frozenset[str]
    terms: frozenset[str]
    excludes: re.Pattern[str] | None

    def holds(self, phrase: str) -> bool:
        """Whether a phrase may be of this sort."""
        if self.last and (phrase[-1:] not in self.last or not (phrase.endswith(self.endings) or phrase in self.terms)):
            return False
        return not (self.excludes and self.excludes.search(phrase))


class SlotWords:
    """All the words and patterns on slots.

    >>> words = SlotWords(Knowledge())
    >>> words.place.holds("文化广场"), words.place.holds("优化环境方面")
    (True, False)
    """

    def __init__(self, knowledge: Knowledge) -> None:
        scheme = read_scheme(knowledge.path("slots.ttl"), "slot")
        words = Words(knowledge)
        action = scheme["action"]
        self.causative = Lexicon(scheme["causative"].get("term"))
        self.nominal = frozenset(scheme["nominal"].get("term"))
        self.closing = Lexicon(scheme["closing"].get("term"))
        verbs = {*action.get("term"), *words.of_class("v"), *words.of_class("l"), *scheme["closing"].get("term"), *self.nominal}
        self.verbs = Lexicon(verbs | set(scheme["causative"].get("term")))
        self._no_verb = _joined(action.get("excludes"))
        self._noun_endings = action.get("cueAfter")
        self.strong_disposal = Lexicon(scheme["disposal"].get("cueAfter"))
        self.after_noun = scheme["nominal"].get("cueAfter")
        self.set_aside = _joined(scheme["companion"].get("pattern"))
        self.disposal = Lexicon(scheme["disposal"].get("term"))
        self.disposes = Lexicon(scheme["disposal"].get("cueBefore"))
        adverbs = {
            *scheme["adverb"].get("term"),
            *words.of_class("d"),
            *words.of_class("m"),
            *words.of_class("s"),
            *words.of_class("t"),
        }
        self.adverbs = Lexicon(adverbs)
        self.actor = _kind(scheme["actor"])
        self.target = _kind(scheme["targetGroup"])
        self.instrument = _kind(scheme["instrument"], anything=True)
        self.platforms = scheme["instrument"].get("ending")
        self.place = _kind(scheme["place"])
        self.companion = _kind(scheme["companion"])
        self.object = _kind(scheme["object"])
        kinds = (self.actor, self.target, self.instrument, self.place, self.companion)
        self.openers = self.disposes.first.union(*(kind.opens.first for kind in kinds))
        self.frequency = _joined(scheme["frequency"].get("pattern"))
        self.no_frequency = _joined(scheme["frequency"].get("excludes"))
        self.framed = _joined(scheme["instrument"].get("pattern"))
        ways = sorted(scheme["instrument"].get("cueAfter"), key=lambda way: (-len(way), way))
        self.ways = re.compile("|".join(map(re.escape, ways)))

    def is_noun(self, text: str, at: int, verb: int, end: int) -> bool:
        """Whether a verb that stands at ``at`` is part of a noun there (执法人员, 出庭率)."""
        if verb > at and text.startswith(self._noun_endings, verb, end):
            return True
        inner = self.verbs.end(text, verb, end)
        if inner > verb > at and (text[inner - 1] == "率" or text.startswith("率", inner, end)):
            return True
        return self._no_verb.match(text, at, end) is not None


def _kind(concept: Concept, *, anything: bool = False) -> Kind:
    excludes = concept.get("excludes")
    endings = () if anything else concept.get("ending")
    return Kind(
        Lexicon(concept.get("cueBefore")),
        endings,
        frozenset(word[-1] for word in (*endings, *(concept.get("term") if endings else ()))),
        frozenset(concept.get("term")),
        _joined(excludes) if excludes else None,
    )


def _joined(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))
