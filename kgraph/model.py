"""The types that the stages hand to each other. This module imports nothing of kgraph.

Three layers are kept apart: a *mention* is what stands in the text (offsets, rule), an *entity* is what it denotes
(a law, a body, a region), a *fact* relates entities and mentions. All offsets count Unicode code points in
``Document.text`` and are half-open, so ``document.text[start:end]`` is the surface.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class SectionKind(StrEnum):
    """What a section of a report is about; the regulation asks for these five contents."""

    MEASURES = "measures"
    DUTY = "duty"
    SHORTCOMINGS = "shortcomings"
    PLANS = "plans"
    OTHER = "other"


class SentenceKind(StrEnum):
    """What a sentence is for: only a body or a lead states measures, a front or a closing states the report's data."""

    FRONT = "front"  # portal header, title, addressee
    HEADING = "heading"
    OPENING = "opening"  # greeting, guiding thought, self-praise before the first heading
    LEAD = "lead"  # the short topic sentence that opens a list item: 一是强化组织领导。
    BODY = "body"
    CLOSING = "closing"  # signature and date


class Status(StrEnum):
    """Whether something was reached or holds, is aimed at, or is lacking."""

    DONE = "done"
    PLANNED = "planned"
    PROBLEM = "problem"


class Role(StrEnum):
    """What a clause does with the law that it names."""

    IMPLEMENTS = "implements"
    STUDIES = "studies"
    PUBLICISES = "publicises"
    FORMULATES = "formulates"
    MENTIONS = "mentions"


class Comparator(StrEnum):
    """How the stated value relates to the true one."""

    EXACTLY = "exactly"  # =
    OVER = "over"  # >  余、多、超、逾、突破
    AT_LEAST = "atLeast"  # >= 不少于、不低于、至少、以上
    UNDER = "under"  # <  近、不足
    AT_MOST = "atMost"  # <= 不超过、以内
    ABOUT = "about"  # ~  约、左右

    @property
    def symbol(self) -> str:
        """The sign put before a value in tables; empty for an exact one."""
        return {"exactly": "", "over": ">", "atLeast": "≥", "under": "<", "atMost": "≤", "about": "~"}[self.value]


class Change(StrEnum):
    """The direction of a stated change (同比下降17.20%)."""

    INCREASE = "increase"
    DECREASE = "decrease"


@dataclass(frozen=True, slots=True)
class Document:
    """One report as it was read.

    ``text`` is the text as given with line ends as ``\\n`` and without a byte order mark; ``source`` the file name as the
    user knows it; ``content_hash`` ``sha256:…`` of the file's bytes; ``metadata`` what the file's container or the portal header says
    (keys: ``index_number`` ``issuer`` ``written`` ``issued`` ``title`` ``document_number``; from lists ``region`` ``year``;
    ``address`` on the web), each as written. ``anchors`` are sorted pairs of an offset and the place in the file where the text
    from there on stands (``page=3``, an XPath); ``confidence`` is how sure the recognition of a scan was, None for others.
    """

    text: str
    source: str
    content_hash: str
    metadata: Mapping[str, str] = field(default_factory=dict)
    anchors: tuple[tuple[int, str], ...] = ()
    confidence: float | None = None

    def place(self, offset: int) -> str | None:
        """The place in the file where a character of the text stands; None where the format tells none."""
        i = bisect_right(self.anchors, offset, key=lambda anchor: anchor[0])
        return self.anchors[i - 1][1] if i else None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report under one heading; ``path`` holds the headings from the outermost to its own, normalised."""

    kind: SectionKind
    path: tuple[str, ...]
    start: int
    end: int
    level: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, ready for matching.

    ``text`` is normalised (half-width forms, straight quotes, no spaces beside digits or punctuation, no line wraps), so
    its offsets differ from the document's: ``span`` converts. ``context`` holds the normalised list lead and headings it
    stands under, nearest first. ``item`` numbers the list item or paragraph: facts are related within one.
    """

    text: str
    start: int
    end: int
    offsets: tuple[int, ...] | None
    kind: SentenceKind
    section: Section
    context: tuple[str, ...]
    item: int

    def at(self, i: int) -> int:
        """The document offset of character ``i`` of ``text``; of its end for ``i == len(text)``."""
        if i >= len(self.text):
            return self.end
        return self.start + i if self.offsets is None else self.offsets[i]

    def span(self, i: int, j: int) -> tuple[int, int]:
        """The document span of ``text[i:j]``."""
        if j <= i:
            return self.at(i), self.at(i)
        return self.at(i), self.at(j - 1) + 1

    def find(self, offset: int) -> int:
        """The index in ``text`` of the first character at or after a document offset."""
        if self.offsets is None:
            return min(max(offset - self.start, 0), len(self.text))
        return next((k for k, o in enumerate(self.offsets) if o >= offset), len(self.text))


@dataclass(frozen=True, slots=True)
class Outline:
    """The structure of a report: its title as written, its sections in order, its sentences in order."""

    title: str | None
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]


# --- entities -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Region:
    """An administrative unit: its division code, its name, its level (1 province … 4 township), its wider region's code."""

    code: str
    name: str
    level: int
    parent: str


@dataclass(frozen=True, slots=True)
class Law:
    """A legal resource or document. ``known`` where it is a row of the catalogue; ``local`` where the name alone does
    not tell which document it is (《工作方案》), so that two reports' are not merged."""

    name: str
    kind: str
    known: bool = False
    local: bool = False
    short_names: tuple[str, ...] = ()
    issuer: str = ""
    effective: str = ""
    repealed: str = ""
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation: full name, body type (local name of a ``bodytype:``) or None, code of its region where settled,
    full name of the body it belongs to where the text says so. ``local``: the name does not settle which body it is
    (区委 where no county is known), so it stays with its report and is not merged with others'."""

    name: str
    type: str | None
    region: str | None
    parent: str | None = None
    local: bool = False


# --- mentions -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LawMention:
    """A title that stands in the text: ``title`` is the normalised name to look up, without brackets."""

    start: int
    end: int
    sentence: int
    title: str
    role: Role
    rule: str
    bracketed: bool = True
    article: str | None = None
    document_number: str | None = None


@dataclass(frozen=True, slots=True)
class BodyMention:
    """A name of an organisation that stands in the text: ``name`` is the normalised surface."""

    start: int
    end: int
    sentence: int
    name: str
    type: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class MetricMention:
    """A quantity: what is counted (``label``), how many, of what unit.

    ``start``/``end`` span the number with its unit and, where it adjoins, the counted phrase. ``unit`` and ``per`` are as
    written, without the multiplier. ``total`` is the index, among the metrics of the report, of the total it is a part of.
    """

    start: int
    end: int
    sentence: int
    value: Decimal
    unit: str
    comparator: Comparator
    label: str
    status: Status
    rule: str
    change: Change | None = None
    per: str | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class MeasureMention:
    """Something a body did, does, plans or fails at: ``start``/``end`` span the clause, ``practice`` is the id of a
    practice, ``trigger`` the words that named it."""

    start: int
    end: int
    sentence: int
    practice: str
    status: Status
    rule: str
    trigger: str


# --- facts ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReportMeta:
    """What a report is: who issued it, for which region (codes, widest first), on which year, when."""

    title: str | None
    issuer: Body | None
    regions: tuple[Region, ...]
    year: int | None
    issued: date | None
    index_number: str | None = None
    document_number: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A law mention with the law it denotes."""

    mention: LawMention
    law: Law
    measure: int | None = None


@dataclass(frozen=True, slots=True)
class BodyUse:
    """A body mention with the body it denotes."""

    mention: BodyMention
    body: Body


@dataclass(frozen=True, slots=True)
class Metric:
    """A quantity with the concepts it belongs to: ids of an indicator, of units and of a practice, or None."""

    mention: MetricMention
    indicator: str | None
    unit: str | None
    per: str | None
    practice: str | None
    measure: int | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """Words that fill a part of a measure: their span in the document and their normalised form."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Slots:
    """The parts of a measure as its sentence words them: who does what, to whom, by what means, how often, where."""

    actor: Slot | None = None
    action: Slot | None = None
    object: Slot | None = None
    target_group: Slot | None = None
    instrument: Slot | None = None
    frequency: Slot | None = None
    place: Slot | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure with what it is linked to: indices into the bodies, citations and metrics of its report; and its parts."""

    mention: MeasureMention
    responsible: tuple[int, ...] = ()
    involved: tuple[int, ...] = ()
    citations: tuple[int, ...] = ()
    metrics: tuple[int, ...] = ()
    slots: Slots = Slots()


@dataclass(frozen=True, slots=True)
class Unlinked:
    """A mention that stayed unlinked: what it is, its surface, why, and the candidates that could not be told apart."""

    what: str  # "body" | "law" | "unit" | "indicator" | "region"
    surface: str
    start: int
    end: int
    reason: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Corrected:
    """A user's correction as it was applied: its number, what it did to which sort of fact, its span, what stood there
    before and stands there now, and the user's note."""

    number: int
    action: str
    kind: str
    start: int
    end: int
    was: str
    now: str
    note: str


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """All that one report states; ``notes`` are lines for the user, of corrections that could not be applied."""

    document: Document
    outline: Outline
    meta: ReportMeta
    citations: tuple[Citation, ...]
    bodies: tuple[BodyUse, ...]
    metrics: tuple[Metric, ...]
    measures: tuple[Measure, ...]
    unlinked: tuple[Unlinked, ...]
    corrections: tuple[Corrected, ...] = ()
    notes: tuple[str, ...] = ()
