"""The vocabulary of practices and of ways of stating: each concept recognises its examples and not its counter-examples."""

from __future__ import annotations

import pytest

from kgraph.extract.measure_clauses import ClauseReader
from kgraph.extract.measures import MeasureExtractor
from kgraph.knowledge import Knowledge, read_scheme
from kgraph.model import Outline, Section, SectionKind, Sentence, SentenceKind
from kgraph.text import normalise

KNOWLEDGE = Knowledge()
EXTRACTOR = MeasureExtractor(KNOWLEDGE)
READER = ClauseReader(KNOWLEDGE)
PRACTICES = KNOWLEDGE.practices
STATEMENTS = read_scheme(KNOWLEDGE.path("statements.ttl"), "statement")
NARROW = [c for c in PRACTICES.values() if c.broader]


def practices_in(text: str) -> set[str]:
    plain = normalise(text)
    section = Section(SectionKind.MEASURES, (), 0, len(plain), 0)
    sentence = Sentence(plain, 0, len(plain), None, SentenceKind.BODY, section, (), 1)
    return {m.practice for m in EXTRACTOR.extract(Outline(None, (section,), (sentence,)))}


@pytest.mark.parametrize(("id_", "text"), [(c.id, t) for c in NARROW for t in c.get("example")])
def test_a_practice_recognises_its_examples(id_: str, text: str) -> None:
    assert id_ in practices_in(text)


@pytest.mark.parametrize(("id_", "text"), [(c.id, t) for c in NARROW for t in c.get("counterExample")])
def test_a_practice_leaves_its_counter_examples(id_: str, text: str) -> None:
    assert id_ not in practices_in(text)


def test_the_taxonomy_is_complete() -> None:
    domains = {c.id for c in PRACTICES.values() if not c.broader}
    assert len(domains) == 10
    assert len(NARROW) == 56
    assert {c.broader for c in NARROW} == domains


@pytest.mark.parametrize("concept", NARROW, ids=lambda c: c.id)
def test_each_practice_is_described_and_exemplified(concept) -> None:  # type: ignore[no-untyped-def]
    assert set(concept.labels) == {"zh", "en"}
    assert len(concept.get("definition")) == 1
    assert len(concept.get("example")) >= 3
    assert len(concept.get("counterExample")) >= 2
    assert all(other in PRACTICES for other in concept.get("yieldsTo"))


@pytest.mark.parametrize("concept", PRACTICES.values(), ids=lambda c: c.id)
def test_words_are_in_the_form_they_are_matched_in(concept) -> None:  # type: ignore[no-untyped-def]
    for prop in ("trigger", "pattern", "cue", "excludes"):
        for words in concept.get(prop):
            assert words == normalise(words), f"{concept.id} {prop}: {words} holds full-width forms"
            if prop == "trigger":
                assert not set(words) & set("\"'() ,:;。"), f"{concept.id}: {words} holds what matching leaves out"


@pytest.mark.parametrize(("id_", "text"), [(c.id, t) for c in STATEMENTS.values() for t in c.get("example")])
def test_a_way_of_stating_recognises_its_examples(id_: str, text: str) -> None:
    assert READER.adverbial(text) if id_ == "adverbial" else id_ in READER.roles(text)


@pytest.mark.parametrize(("id_", "text"), [(c.id, t) for c in STATEMENTS.values() for t in c.get("counterExample")])
def test_a_way_of_stating_leaves_its_counter_examples(id_: str, text: str) -> None:
    assert not READER.adverbial(text) if id_ == "adverbial" else id_ not in READER.roles(text)
