"""What measures are made of: the vocabulary's examples, and a table of measures with every slot that they state."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.extract.slots import SlotReader
from kgraph.knowledge import Knowledge, read_scheme
from kgraph.model import Document, Section, SectionKind, Sentence, SentenceKind, Slots
from kgraph.pipeline import Pipeline
from kgraph.segment import Segmenter
from kgraph.text import normalise

KNOWLEDGE = Knowledge()
READER = SlotReader(KNOWLEDGE)
SCHEME = read_scheme(KNOWLEDGE.path("slots.ttl"), "slot")
SLOTS = {"actor", "action", "object", "targetGroup", "instrument", "frequency", "place"}
CASES = [line for line in (Path(__file__).parent / "slot_cases.txt").read_text("utf-8").splitlines() if line[:1] != "#"]


def sentence(text: str) -> Sentence:
    section = Section(SectionKind.MEASURES, (), 0, len(text), 0)
    return Sentence(text, 0, len(text), None, SentenceKind.BODY, section, (), 0)


def named(slots: Slots) -> dict[str, str]:
    found = {f.name: getattr(slots, f.name) for f in fields(slots)}
    return {"targetGroup" if name == "target_group" else name: slot.text for name, slot in found.items() if slot}


def in_text(text: str) -> dict[str, str]:
    plain = normalise(text)
    return named(READER.read(sentence(plain), 0, len(plain)))


EXAMPLES = [(c.id, t) for c in SCHEME.values() for t in c.get("example") if c.id in SLOTS]
COUNTER = [(c.id, t) for c in SCHEME.values() for t in c.get("counterExample") if c.id in SLOTS]


@pytest.mark.parametrize(("slot", "text"), EXAMPLES)
def test_a_slot_is_read_from_its_examples(slot: str, text: str) -> None:
    assert slot in in_text(text)


@pytest.mark.parametrize(("slot", "text"), COUNTER)
def test_a_slot_is_not_read_from_its_counter_examples(slot: str, text: str) -> None:
    assert slot not in in_text(text)


def test_a_verb_that_is_a_noun_too_needs_an_object_or_what_backs_it() -> None:
    concept = SCHEME["nominal"]
    assert all("action" in in_text(text) for text in concept.get("example"))
    assert not any("action" in in_text(text) for text in concept.get("counterExample"))


@pytest.mark.parametrize("slot", sorted(SLOTS))
def test_each_slot_is_described_and_exemplified(slot: str) -> None:
    concept = SCHEME[slot]
    assert set(concept.labels) == {"zh", "en"}
    assert len(concept.get("definition")) == 1
    assert len(concept.get("example")) >= 3
    assert len(concept.get("counterExample")) >= 2


@pytest.mark.parametrize("concept", SCHEME.values(), ids=lambda c: c.id)
def test_words_are_in_the_form_they_are_matched_in(concept) -> None:  # type: ignore[no-untyped-def]
    for prop in ("term", "ending", "cueBefore", "cueAfter", "pattern", "excludes"):
        for words in concept.get(prop):
            assert words == normalise(words), f"{concept.id} {prop}: {words} holds full-width forms"


@pytest.mark.parametrize(("part", "precision", "recall"), [(0, 0.95, 0.93), (1, 0.93, 0.91)], ids=["development", "test"])
def test_the_slots_of_a_table_of_measures(part: int, precision: float, recall: float) -> None:
    right, found, stated = Counter[str](), Counter[str](), Counter[str]()
    for line in CASES[part::2]:
        text, clause, wanted = (cell.strip() for cell in line.split("|")) if line.count("|") == 2 else (*line.split(" | "), "")
        want = dict(pair.strip().split("=", 1) for pair in wanted.split(";") if pair)
        begin = text.index(clause.rstrip(" |"))
        got = named(READER.read(sentence(text), begin, begin + len(clause)))
        found.update(got.keys())
        stated.update(want.keys())
        right.update(slot for slot in got if got[slot].replace('"', "") == want.get(slot, "").replace('"', ""))
    assert right.total() / found.total() >= precision, (right, found)
    assert right.total() / stated.total() >= recall, (right, stated)
    for slot in SLOTS:
        assert right[slot] / found[slot] >= 0.75, slot


def test_spans_lead_to_the_words_of_the_document() -> None:
    text = "一、举措\n村法律顾问每月到村坐班，为村民讲解 《民法典》 、 《宪法》 12 场。"
    outline = Segmenter(KNOWLEDGE).outline(Document(text, "a.txt", "sha256:0"))
    body = outline.sentences[-1]
    slots = READER.read(body, body.text.index("为村民"), len(body.text))
    assert slots.object
    assert slots.actor
    assert slots.object.text == "《民法典》、《宪法》"
    assert text[slots.object.start : slots.object.end] == "《民法典》 、 《宪法》"
    assert text[slots.actor.start : slots.actor.end] == "村法律顾问"


def test_measures_of_one_sentence_are_read_as_each_alone() -> None:
    text = '县司法局依托微信群,面向企业开展培训4次,把培训纳入考核,每季度在"法治广场"举办活动。'
    spans = [(0, 26), (text.index("把"), text.index(",每")), (text.index("每"), len(text))]
    assert READER.read_all(sentence(text), spans) == [READER.read(sentence(text), *span) for span in spans]


@given(
    st.text(alphabet='对为在把将由以通过组织开展群众村,、;:。"()《》每月12次 a\n', max_size=60),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_any_text_is_read(text: str, i: int, j: int) -> None:
    start, end = sorted((min(i, len(text)), min(j, len(text))))
    slots = READER.read(sentence(text), start, end)
    for f in fields(slots):
        slot = getattr(slots, f.name)
        assert slot is None or (slot.start < slot.end and text[slot.start : slot.end] == slot.text)


def test_slots_are_literals_of_the_measure_in_the_graph(tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    text = "云山镇2024年法治政府建设年度报告\n一、主要举措\n镇司法所每月组织村干部参加法治培训12次。\n"
    report.write_text(text, encoding="utf-8")
    triples = Pipeline(KNOWLEDGE).state(report, "a.txt").ntriples.decode()
    said = dict(re.findall(r'/measure/[^>]*> <https://w3id.org/kgraph/ns#(\w+)> "([^"]*)"@zh', triples))
    assert said == {"actor": "镇司法所", "frequency": "每月", "targetGroup": "村干部", "action": "参加", "object": "法治培训"}
