"""Whether a stated number is of the year or adds up several: such numbers are never set in one row or on one line.

``ontology/basis_words.csv`` holds the words. The nearest mark before the number in its sentence decides; 累计 alone says
"added up", but within a year that is named it is the year's sum (`全年累计`).
"""

from __future__ import annotations

import re
from typing import Literal

from kgraph.compare_facts import SENTENCE_ENDS, SENTENCE_LIMIT, Evidence
from kgraph.knowledge import Knowledge

Basis = Literal["annual", "cumulative"]


class BasisReader:
    """Reads the basis of numbers; a number without any mark is taken to be of the year, as reports are yearly.

    >>> reader = BasisReader(Knowledge())
    >>> text = "截至目前，累计建成广场10处，今年新增2处"
    >>> [reader.read(text, Evidence("r", i, i + 2, ""), "2024") for i in (text.index("10"), text.index("2处"))]
    ['cumulative', 'annual']
    """

    def __init__(self, knowledge: Knowledge) -> None:
        rows = list(knowledge.rows("basis_words.csv"))
        self._strong = [(row["use"], re.compile(row["pattern"])) for row in rows if row["use"] != "weak"]
        self._weak = re.compile("|".join(f"(?:{row['pattern']})" for row in rows if row["use"] == "weak"))
        self._any = re.compile("|".join("年至累历截来期"))

    def read(self, text: str, evidence: Evidence, year: str | None) -> Basis:
        """The basis of the number at a place of a report on a year."""
        start = max(evidence.start - SENTENCE_LIMIT, 0)
        before = text[start : evidence.end]
        begin = max((before.rfind(mark, 0, evidence.start - start) for mark in SENTENCE_ENDS), default=-1) + 1
        before = before[begin:]
        if not self._any.search(before):
            return "annual"
        nearest, basis = -1, ""
        for use, pattern in self._strong:
            for found in pattern.finditer(before):
                named = found.groupdict()
                if named.get("year") and named["year"] != year:
                    continue
                if named.get("before") and (year is None or named["before"] >= year):
                    continue
                if found.start() > nearest:
                    nearest, basis = found.start(), use
        if basis:
            return "cumulative" if basis == "cumulative" else "annual"
        return "cumulative" if self._weak.search(before) else "annual"
