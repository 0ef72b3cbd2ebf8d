"""What a measure is made of: who does what, to whom, by what means, how often, where — as far as its sentence says so.

The clauses of the measure state it; those before give the subject and the phrases that it completes. Which words open and
close a phrase is data (``ontology/slots.ttl``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kgraph.extract.slot_clauses import Parts, PartsReader
from kgraph.extract.slot_words import SlotWords
from kgraph.knowledge import Knowledge
from kgraph.model import Sentence, Slot, Slots

_PIECE = re.compile(r'(?:《[^》]*》?|"[^"]*"?|\([^)]*\)?|[^,;:。!?"《(])+')
_CORE = frozenset(["actor", "action"])
_PHRASES = frozenset(["instrument", "target_group", "frequency", "place"])
_FURTHEST = 8
"""How many clauses back the subject of a measure may stand."""


class SlotReader:
    """Reads the slots of measures.

    >>> from kgraph.model import Section, SectionKind, SentenceKind
    >>> text = "县司法局每季度组织村干部参加培训2次。"
    >>> section = Section(SectionKind.MEASURES, (), 0, len(text), 0)
    >>> sentence = Sentence(text, 0, len(text), None, SentenceKind.BODY, section, (), 0)
    >>> slots = SlotReader(Knowledge()).read(sentence, 0, len(text))
    >>> slots.actor.text, slots.frequency.text, slots.target_group.text, slots.action.text, slots.object.text
    ('县司法局', '每季度', '村干部', '参加', '培训')
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._reader = PartsReader(SlotWords(knowledge))

    def read(self, sentence: Sentence, start: int, end: int) -> Slots:
        """The slots of the measure at ``start``–``end`` (of ``sentence.text``)."""
        return self.read_all(sentence, [(start, end)])[0]

    def read_all(self, sentence: Sentence, measures: Sequence[tuple[int, int]]) -> list[Slots]:
        """The slots of all measures of a sentence, in their order."""
        text = sentence.text
        pieces = [m.span() for m in _PIECE.finditer(text) if m.end() - m.start() > 1]
        plain: dict[int, Parts] = {}
        return [self._measure(sentence, pieces, plain, *measure) for measure in measures]

    def _measure(self, sentence: Sentence, pieces: list[tuple[int, int]], plain: dict[int, Parts], start: int, end: int) -> Slots:
        text = sentence.text
        first = next((i for i, piece in enumerate(pieces) if piece[1] > start), None)
        if first is None:
            return Slots()
        read = self._piece(text, pieces, first, plain).copy()
        if not read.found.keys() & _CORE and start > pieces[first][0]:
            read = self._reader.read(text, start, pieces[first][1])
        following = first + 1
        while "action" not in read.found and read.phrase and following < len(pieces) and following <= first + 2:
            later = self._reader.read(text, *pieces[following], backed=True)
            for slot, span in later.found.items():
                read.put(slot, *span)
            read.phrase = later.phrase
            following += 1
        for i in range(following, len(pieces)):
            if pieces[i][0] >= end:
                break
            later = self._piece(text, pieces, i, plain)
            if "actor" not in later.found:
                for slot in _PHRASES & later.found.keys():
                    read.put(slot, *later.found[slot])
        if "action" not in read.found and not read.phrase:
            read.found.pop("actor", None)
        self._before(text, pieces, first, plain, read)
        return Slots(**{slot: _slot(sentence, *span) for slot, span in read.found.items()})

    def _piece(self, text: str, pieces: list[tuple[int, int]], i: int, plain: dict[int, Parts]) -> Parts:
        if i not in plain:
            plain[i] = self._reader.read(text, *pieces[i])
        return plain[i]

    def _before(self, text: str, pieces: list[tuple[int, int]], first: int, plain: dict[int, Parts], read: Parts) -> None:
        """What the clauses before the measure's say for it too: its subject, and phrases that it completes."""
        for i in range(first - 1, max(first - _FURTHEST, 0) - 1, -1):
            end = pieces[i][1]
            if text[end : end + 1] in ";。!?" or ("actor" in read.found and i < first - 1):
                break
            earlier = self._piece(text, pieces, i, plain)
            if i == first - 1 and earlier.phrase and not earlier.found.keys() & _CORE and earlier.at >= end:
                for slot in _PHRASES & earlier.found.keys():
                    read.put(slot, *earlier.found[slot])
            if "actor" in earlier.found and "action" in earlier.found:
                read.put("actor", *earlier.found["actor"])
                break


def _slot(sentence: Sentence, start: int, end: int) -> Slot:
    return Slot(*sentence.span(start, end), sentence.text[start:end])
