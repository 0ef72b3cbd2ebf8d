"""A user's corrections: what to reject, relink or add, applied at build and marked as such in the graph.

A CSV file (UTF-8) with the columns ``file,action,kind,quote,occurrence,value,note``:

- ``file``: the report's file name; ``quote``: words of the report that the fact covers or overlaps; ``occurrence``: which
  occurrence of the quote is meant (1 if empty); ``note``: why, for people.
- ``action``: ``reject`` (the fact is not stated), ``relink`` (it means something else), ``add`` (it was not found).
- ``kind`` and what ``value`` holds for ``relink`` and ``add`` (for ``reject`` it may narrow the choice):
  ``law`` the full name, and for ``add`` a role; ``body`` the full name; ``measure`` the practice and a status;
  ``metric`` for ``relink`` the indicator, for ``add`` value, unit and what is counted. Words are separated by blanks.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from kgraph.catalogue import LawCatalogue
from kgraph.errors import InputError
from kgraph.knowledge import Knowledge
from kgraph.model import (
    Body,
    BodyMention,
    BodyUse,
    Citation,
    Comparator,
    Corrected,
    Document,
    Law,
    LawMention,
    MeasureMention,
    MetricMention,
    Outline,
    Role,
    Status,
)

COLUMNS = ("file", "action", "kind", "quote", "occurrence", "value", "note")
ACTIONS = ("reject", "relink", "add")
KINDS = ("law", "body", "measure", "metric")
Quantity = tuple[MetricMention, str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of a corrections file; ``line`` is its number there."""

    line: int
    file: str
    action: str
    kind: str
    quote: str
    occurrence: int
    value: str
    note: str


@dataclass(slots=True)
class Found:
    """What was extracted from a report, in the form that corrections work on."""

    citations: list[Citation]
    bodies: list[BodyUse]
    quantities: list[Quantity]
    measures: list[MeasureMention]


def read_corrections(path: Path) -> dict[str, list[Correction]]:
    """The corrections of a file, by report. Raises ``InputError`` naming the line that cannot be used."""
    found: dict[str, list[Correction]] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [c for c in COLUMNS[:4] if c not in (reader.fieldnames or ())]
            if missing:
                raise InputError(f"{path}: no column {', '.join(missing)}; a corrections file has {', '.join(COLUMNS)}")
            for row in reader:
                correction = _correction(path, reader.line_num, row)
                found.setdefault(correction.file, []).append(correction)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from None
    return found


def _correction(path: Path, line: int, row: Mapping[str, str | None]) -> Correction:
    cells = {c: (row.get(c) or "").strip() for c in COLUMNS}
    if cells["action"] not in ACTIONS:
        raise InputError(f"{path}, line {line}: the action is {cells['action']!r}; it is one of {', '.join(ACTIONS)}")
    if cells["kind"] not in KINDS:
        raise InputError(f"{path}, line {line}: the kind is {cells['kind']!r}; it is one of {', '.join(KINDS)}")
    if not cells["quote"] or not cells["file"]:
        raise InputError(f"{path}, line {line}: file and quote must not be empty")
    if cells["action"] != "reject" and not cells["value"]:
        raise InputError(f"{path}, line {line}: {cells['action']} needs a value")
    occurrence = cells["occurrence"] or "1"
    if not occurrence.isdecimal() or int(occurrence) < 1:
        raise InputError(f"{path}, line {line}: the occurrence is {occurrence!r}; it is a number from 1")
    return Correction(
        line, cells["file"], cells["action"], cells["kind"], cells["quote"], int(occurrence), cells["value"], cells["note"]
    )


class Corrector:
    """Applies corrections to what was extracted from a report."""

    def __init__(self, knowledge: Knowledge, catalogue: LawCatalogue) -> None:
        self._knowledge = knowledge
        self._catalogue = catalogue

    def apply(
        self, document: Document, outline: Outline, found: Found, corrections: Sequence[Correction]
    ) -> tuple[list[Corrected], list[str]]:
        """Change ``found`` in place; what was applied, and one line for each correction that could not be."""
        applied, failed = [], []
        for correction in corrections:
            start = -1
            for _ in range(correction.occurrence):
                start = document.text.find(correction.quote, start + 1)
                if start < 0:
                    break
            end = start + len(correction.quote)
            sentence = next((i for i, s in enumerate(outline.sentences) if s.start <= start < s.end), None)
            if start < 0 or sentence is None:
                failed.append(f"{correction.file}: line {correction.line}: {correction.quote!r} is not in the report")
                continue
            change = getattr(self, f"_{correction.kind}")(found, correction, start, end, sentence)
            if change is None:
                failed.append(
                    f"{correction.file}: line {correction.line}: nothing there to {correction.action}, or an unknown value"
                )
            else:
                was, now = change
                c = correction
                applied.append(Corrected(c.line, c.action, c.kind, start, end, was, now, c.note))
        return applied, failed

    def _law(self, found: Found, c: Correction, start: int, end: int, sentence: int) -> tuple[str, str] | None:
        words = c.value.split()
        role = Role(words[-1]) if words and words[-1] in set(Role) else Role.MENTIONS
        name = " ".join(w for w in words if w not in set(Role))
        law = self._catalogue.lookup(name) or Law(name, "other") if name else None
        if c.action == "add":
            if law is None:
                return None
            found.citations.append(Citation(LawMention(start, end, sentence, name, role, _rule(c)), law))
            found.citations.sort(key=lambda x: x.mention.start)
            return "", law.name
        for i, citation in enumerate(found.citations):
            if _touches(citation.mention.start, citation.mention.end, start, end):
                if c.action == "reject":
                    return found.citations.pop(i).law.name, ""
                if law is not None:
                    found.citations[i] = Citation(replace(citation.mention, rule=_rule(c, citation.mention.rule)), law)
                    return citation.law.name, law.name
        return None

    def _body(self, found: Found, c: Correction, start: int, end: int, sentence: int) -> tuple[str, str] | None:
        if c.action == "add":
            found.bodies.append(BodyUse(BodyMention(start, end, sentence, c.quote, None, _rule(c)), Body(c.value, None, None)))
            found.bodies.sort(key=lambda x: x.mention.start)
            return "", c.value
        for i, use in enumerate(found.bodies):
            if _touches(use.mention.start, use.mention.end, start, end):
                if c.action == "reject":
                    return found.bodies.pop(i).body.name, ""
                mention = replace(use.mention, rule=_rule(c, use.mention.rule))
                found.bodies[i] = BodyUse(mention, replace(use.body, name=c.value, local=False))
                return use.body.name, c.value
        return None

    def _measure(self, found: Found, c: Correction, start: int, end: int, sentence: int) -> tuple[str, str] | None:
        words = c.value.split()
        practice = next((w for w in words if w in self._knowledge.practices), None)
        status = next((Status(w) for w in words if w in set(Status)), None)
        if c.action == "add":
            if practice is None:
                return None
            found.measures.append(MeasureMention(start, end, sentence, practice, status or Status.DONE, _rule(c), c.quote))
            found.measures.sort(key=lambda m: (m.start, m.practice))
            return "", practice
        for i, m in enumerate(found.measures):
            if _touches(m.start, m.end, start, end) and (c.action == "relink" or practice in (None, m.practice)):
                if c.action == "reject":
                    return found.measures.pop(i).practice, ""
                if practice is None and status is None:
                    return None
                changed = replace(m, practice=practice or m.practice, status=status or m.status, rule=_rule(c, m.rule))
                found.measures[i] = changed
                return f"{m.practice} {m.status}", f"{changed.practice} {changed.status}"
        return None

    def _metric(self, found: Found, c: Correction, start: int, end: int, sentence: int) -> tuple[str, str] | None:
        if c.action == "add":
            number, _, rest = c.value.partition(" ")
            unit, _, label = rest.strip().partition(" ")
            try:
                value = Decimal(number)
            except InvalidOperation:
                return None
            if not unit or not value.is_finite():
                return None
            mention = MetricMention(
                start, end, sentence, value, unit, Comparator.EXACTLY, label or c.quote, Status.DONE, _rule(c)
            )
            found.quantities.append((mention, None, None, None))
            return "", c.value
        for i, (mention, indicator, unit_id, per) in enumerate(found.quantities):
            if _touches(mention.start, mention.end, start, end):
                if c.action == "reject":
                    self._drop(found, i)
                    return f"{mention.label} {mention.value}{mention.unit}", ""
                if c.value not in self._knowledge.indicators:
                    return None
                found.quantities[i] = (replace(mention, rule=_rule(c, mention.rule)), c.value, unit_id, per)
                return indicator or "", c.value
        return None

    @staticmethod
    def _drop(found: Found, index: int) -> None:
        """Take a metric out, and mend the links of parts to their totals, which are positions."""
        del found.quantities[index]
        for i, (mention, *ids) in enumerate(found.quantities):
            if mention.total is not None and mention.total >= index:
                total = None if mention.total == index else mention.total - 1
                found.quantities[i] = (replace(mention, total=total), ids[0], ids[1], ids[2])


def _rule(correction: Correction, before: str = "") -> str:
    mark = f"correction:{correction.line}"
    return f"{before} {mark}" if before else mark


def _touches(start: int, end: int, other_start: int, other_end: int) -> bool:
    return start < other_end and other_start < end
