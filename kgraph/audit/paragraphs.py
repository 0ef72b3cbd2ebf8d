"""The paragraphs of a report as the copy checks compare them: without blanks, each character with its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from kgraph.model import Outline, Sentence, SentenceKind

LONGEST = 1200
"""Longer paragraphs are cut at the end of a sentence."""
_SENTENCE = re.compile(r"[^。;!?]*(?:[。;!?]|$)")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its text, and its sentences' places as (index in the text, offset in the report, offsets of the single
    characters where blanks were dropped)."""

    text: str
    places: tuple[tuple[int, int, tuple[int, ...] | None], ...]

    def offset(self, index: int) -> int:
        """The place in the report of a character of the text."""
        at, start, offsets = self.places[bisect_right(self.places, index, key=lambda place: place[0]) - 1]
        return start + index - at if offsets is None else offsets[index - at]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the report of a part of the text."""
        return self.offset(start), self.offset(end - 1) + 1

    def sentences(self) -> Iterator[tuple[str, int, int]]:
        """The sentences of the text, each with its span in the report."""
        for m in _SENTENCE.finditer(self.text):
            if m.group():
                yield m.group(), *self.span(m.start(), m.end())


def paragraphs(text: str, outline: Outline) -> Iterator[Paragraph]:
    """The paragraphs of a report, without portal header, headings and signature."""
    run: list[Sentence] = []
    for sentence in outline.sentences:
        if sentence.kind in (SentenceKind.FRONT, SentenceKind.HEADING, SentenceKind.CLOSING):
            continue
        size = sum(len(s.text) for s in run)
        if run and ("\n" in text[run[-1].end : sentence.start] or size + len(sentence.text) > LONGEST):
            yield _joined(run)
            run = []
        run.append(sentence)
    if run:
        yield _joined(run)


def _joined(sentences: list[Sentence]) -> Paragraph:
    places, at = [], 0
    for s in sentences:
        places.append((at, s.start, s.offsets))
        at += len(s.text)
    return Paragraph("".join(s.text for s in sentences), tuple(places))
