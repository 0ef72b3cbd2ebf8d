"""The paragraphs of a report as the copy checks compare them: without blanks, each character with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kgraph.audit.model import Report
from kgraph.model import Sentence, SentenceKind

LONGEST = 1200
"""Longer paragraphs are cut at the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its text, and the place of each character in the report's text."""

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the report of a part of the text."""
        return self.offsets[start], self.offsets[end - 1] + 1


def paragraphs(report: Report) -> Iterator[Paragraph]:
    """The paragraphs of a report, without headings."""
    run: list[Sentence] = []
    for _, sentence in report.told():
        if sentence.kind is SentenceKind.HEADING:
            continue
        size = sum(len(s.text) for s in run)
        if run and ("\n" in report.text[run[-1].end : sentence.start] or size + len(sentence.text) > LONGEST):
            yield _joined(run)
            run = []
        run.append(sentence)
    if run:
        yield _joined(run)


def _joined(sentences: list[Sentence]) -> Paragraph:
    text = "".join(s.text for s in sentences)
    offsets = [s.at(i) for s in sentences for i in range(len(s.text))]
    return Paragraph(text, tuple(offsets))
