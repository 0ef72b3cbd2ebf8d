"""``ontology/indicators.ttl``: each indicator recognises its examples and not its counter-examples."""

from __future__ import annotations

import re
from functools import cache

import pytest

from kgraph.extract.metrics import MetricExtractor
from kgraph.knowledge import Concept, Knowledge
from kgraph.link.quantities import QuantityLinker
from kgraph.match import anchors
from kgraph.model import Outline, Section, SectionKind, Sentence, SentenceKind

KNOWLEDGE = Knowledge()
FEWEST = 200


@cache
def extractor() -> MetricExtractor:
    return MetricExtractor(KNOWLEDGE)


@cache
def linker() -> QuantityLinker:
    return QuantityLinker(KNOWLEDGE)


def outline(text: str, *context: str) -> Outline:
    section = Section(SectionKind.MEASURES, context, 0, len(text), 0)
    return Outline(None, (section,), (Sentence(text, 0, len(text), None, SentenceKind.BODY, section, context, 0),))


def linked(text: str, *context: str) -> list[str | None]:
    report = outline(text, *context)
    return [indicator for indicator, _, _ in linker().link(extractor().extract(report), report)]


def indicators() -> list[Concept]:
    return list(KNOWLEDGE.indicators.values())


def test_there_are_enough() -> None:
    assert len(indicators()) >= FEWEST


def test_every_practice_has_one() -> None:
    practised = {i.one("practice") for i in indicators()}
    leaves = {p.id for p in KNOWLEDGE.practices.values() if p.broader}
    assert leaves - practised == set()
    assert practised - set(KNOWLEDGE.practices) == set()


@pytest.mark.parametrize("indicator", indicators(), ids=lambda i: i.id)
def test_indicator_is_whole(indicator: Concept) -> None:
    kinds = {u.one("unitKind") for u in KNOWLEDGE.units.values()}
    assert set(indicator.labels) == {"zh", "en"}
    assert len(indicator.get("practice")) == 1
    assert indicator.get("unitKind")
    assert set(indicator.get("unitKind")) <= kinds
    assert len(indicator.get("example")) >= 2
    assert indicator.get("counterExample")
    for pattern in indicator.get("pattern"):
        assert anchors(pattern), f"{pattern} has no literal to look for"
    for pattern in (*indicator.get("context"), *indicator.get("excludes")):
        re.compile(pattern)


@pytest.mark.parametrize("indicator", indicators(), ids=lambda i: i.id)
def test_examples_are_linked(indicator: Concept) -> None:
    for example in indicator.get("example"):
        assert indicator.id in linked(example + "。"), example


@pytest.mark.parametrize("indicator", indicators(), ids=lambda i: i.id)
def test_counter_examples_are_not(indicator: Concept) -> None:
    for example in indicator.get("counterExample"):
        assert indicator.id not in linked(example + "。"), example


@pytest.mark.parametrize(
    ("text", "context", "expected", "why"),
    [
        ("受理信访件96件,办结88件。", (), ["petitions-received", "petitions-completed"], "the sentence tells what was completed"),
        ("办结率98%。", ("推进信访工作法治化",), ["petition-rate"], "the heading tells of what the rate is"),
        ("办结率98%。", (), [None], "a rate of nothing stays unlinked"),
        (
            "办理热线工单36件,办结率100%。",
            ("推进信访工作法治化",),
            ["hotline-cases", "hotline-rate"],
            "the sentence before the heading",
        ),
        ("购置办公桌12张。", (), [None], "nothing that is known"),
        ("信访件96元。", (), [None], "a unit of another kind"),
    ],
)
def test_context_decides(text: str, context: tuple[str, ...], expected: list[str | None], why: str) -> None:
    assert linked(text, *context) == expected, why


def test_units_are_linked() -> None:
    report = outline("每月开展普法宣传活动2场次。")
    assert linker().link(extractor().extract(report), report) == [("publicity-events", "changci", "per-month")]
