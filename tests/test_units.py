"""``ontology/units.ttl``: forms, what is equivalent, and examples both ways."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import pytest

from kgraph.extract.metric_scan import QuantityScanner
from kgraph.knowledge import Concept, Knowledge
from kgraph.link.quantities import QuantityLinker
from kgraph.words import Words

KNOWLEDGE = Knowledge()
FEWEST_FORMS = 120


@cache
def scanner() -> QuantityScanner:
    return QuantityScanner(KNOWLEDGE, Words(KNOWLEDGE))


def units() -> list[Concept]:
    return list(KNOWLEDGE.units.values())


def test_there_are_forms_enough() -> None:
    assert sum(len(u.get("form")) for u in units()) >= FEWEST_FORMS


def test_no_form_has_two_meanings() -> None:
    forms = Counter(f for u in units() for f in (*u.get("form"), *u.get("perForm")))
    assert [f for f, n in forms.items() if n > 1] == []


@pytest.mark.parametrize("unit", units(), ids=lambda u: u.id)
def test_unit_is_whole(unit: Concept) -> None:
    assert set(unit.labels) == {"zh", "en"}
    assert unit.one("unitKind")
    assert [*unit.get("form"), *unit.get("perForm")] == [unit.labels["zh"]], "the label is the unit as written"
    for pattern in (*unit.get("excludes"), *unit.get("context")):
        re.compile(pattern)


@pytest.mark.parametrize("unit", [u for u in units() if u.get("form")], ids=lambda u: u.id)
def test_examples_are_read_and_counter_examples_not(unit: Concept) -> None:
    assert unit.get("example")
    for example in unit.get("example"):
        assert unit.labels["zh"] in [q.unit for q in scanner().scan(example)], example
    for example in unit.get("counterExample"):
        assert unit.labels["zh"] not in [q.unit for q in scanner().scan(example)], example


@pytest.mark.parametrize("unit", units(), ids=lambda u: u.id)
def test_equivalent_unit_is_canonical_and_of_the_same_kind(unit: Concept) -> None:
    for other in unit.get("exactMatch"):
        if other in KNOWLEDGE.units:
            assert QuantityLinker(KNOWLEDGE).comparable(other) == other, f"{other} points on"
            assert KNOWLEDGE.units[other].one("unitKind") == unit.one("unitKind")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("zong", "jian", True),
        ("qi", "zong", True),
        ("changci", "chang", True),
        ("ming", "ren", True),
        ("changci", "renci", False),
        ("jian", "jianci", False),
        ("ren", "renci", False),
        ("fen", "ce", False),
        ("percent", "baifendian", False),
        ("ge", "xiang", False),
    ],
)
def test_what_comparisons_put_together(one: str, other: str, same: bool) -> None:
    linker = QuantityLinker(KNOWLEDGE)
    assert (linker.comparable(one) == linker.comparable(other)) is same
