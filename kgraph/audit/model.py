"""The types of an audit: a report as the checks see it, a check, a hit, a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from kgraph.audit.paragraphs import Paragraph, paragraphs
from kgraph.ids import digest
from kgraph.model import Outline, SectionKind, Sentence, SentenceKind

if TYPE_CHECKING:
    from kgraph.audit.context import Context, Parameters


@dataclass(frozen=True, slots=True)
class Quantity:
    """A metric of the graph, placed in its sentence.

    ``at`` and ``stop`` are the indices, in the sentence's text, of its numeral and of the end of its unit; ``start`` and
    ``end`` the same in the report's text; ``places`` the decimals written; ``exact`` says that no 余, 近, 以上 stands by it.
    """

    value: Decimal
    unit: str
    exact: bool
    label: str
    status: str
    change: str | None
    indicator: str | None
    places: int
    sentence: int
    at: int
    stop: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation of the graph: the name of the law that it denotes, what the clause does with it, where it stands."""

    name: str
    role: str
    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Deed:
    """A measure of the graph: the id of its practice, its status, its sentence and span."""

    practice: str
    status: str
    sentence: int
    start: int
    end: int


@dataclass(frozen=True)
class Report:
    """A report as the checks see it: its data, its text cut into sentences, and its facts in the order of the text.

    ``regions`` are division codes, widest first; ``issuer`` is the IRI or name of the publishing body, "" if unknown.
    """

    iri: str
    source: str
    title: str
    issuer: str
    regions: tuple[str, ...]
    year: int | None
    issued: date | None
    text: str
    outline: Outline
    quantities: tuple[Quantity, ...] = ()
    citations: tuple[Cited, ...] = ()
    deeds: tuple[Deed, ...] = ()
    kept: tuple[Paragraph, ...] | None = None

    def slim(self) -> Report:
        """What the search for copies needs of the report, without its facts and sentences."""
        return replace(self, outline=Outline(None, (), ()), quantities=(), citations=(), deeds=(), kept=self.paragraphs())

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs, without headings."""
        return self.kept if self.kept is not None else tuple(paragraphs(self.text, self.outline))

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences, in order."""
        return self.outline.sentences

    def told(self) -> list[tuple[int, Sentence]]:
        """The sentences of the report itself with their numbers: without portal header, title and signature."""
        return [(i, s) for i, s in enumerate(self.sentences) if s.kind not in (SentenceKind.FRONT, SentenceKind.CLOSING)]

    def counted(self, sentence: int) -> list[Quantity]:
        """The quantities of a sentence, in order."""
        return [q for q in self.quantities if q.sentence == sentence]

    def kind(self, sentence: int) -> SectionKind:
        """What the section of a sentence is about."""
        return self.sentences[sentence].section.kind


Span = tuple[Report, int, int]


@dataclass(frozen=True, slots=True)
class Hit:
    """What a check found: the places, the message in one line, how it was reasoned, and how sure it is of this one (a
    factor on the confidence of the check)."""

    spans: tuple[Span, ...]
    message: str
    reasoning: str
    certainty: float = 1.0


@dataclass(frozen=True, slots=True)
class Example:
    """A text on which a check is tried: one sentence, or a whole report (then it has line ends), or several reports."""

    texts: tuple[str, ...]
    why: str = ""


def example(*texts: str, why: str = "") -> Example:
    """An example of one or several texts, with a note why."""
    return Example(texts, why)


@dataclass(frozen=True)
class Check:
    """One check: what it is called and means, what runs it, what it must and must not find.

    ``one`` looks at a single report, ``all`` at all reports of the graph together; a check has one of the two.
    """

    id: str
    zh: str
    en: str
    definition: str
    one: Callable[[Report, Context, Parameters], Iterable[Hit]] | None = None
    all: Callable[[Sequence[Report], Context, Parameters], Iterable[Hit]] | None = None
    finds: tuple[Example, ...] = ()
    ignores: tuple[Example, ...] = ()

    @property
    def family(self) -> str:
        """The group of checks that it belongs to: the first word of its id."""
        return self.id.partition("-")[0]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place in a report's text, with the words that stand there."""

    report: str
    source: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What an audit found in a report: confidence and consequence are between 0 and 1."""

    check: str
    report: str
    source: str
    message: str
    reasoning: str
    confidence: float
    consequence: float
    evidence: tuple[Evidence, ...] = field(default=())

    @property
    def score(self) -> float:
        """What findings are ranked by."""
        return self.confidence * self.consequence

    @property
    def iri(self) -> str:
        """The IRI of the finding, under that of its report."""
        places = [f"{e.report}#{e.start},{e.end}" for e in self.evidence]
        return f"{self.report}/finding/{self.check}-{digest(self.message, *places, length=8)}"
