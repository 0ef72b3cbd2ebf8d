"""Metrics from sentences: ``metric_cases.txt`` is the table, by phenomenon."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.extract.metrics import MetricExtractor
from kgraph.knowledge import Knowledge
from kgraph.model import MetricMention, Outline, Section, SectionKind, Sentence, SentenceKind
from kgraph.text import normalise
from kgraph.words import Words

COMPARATORS = {"exactly": "=", "over": ">", "atLeast": ">=", "under": "<", "atMost": "<=", "about": "~"}
SECTIONS = {"@plans": SectionKind.PLANS, "@shortcomings": SectionKind.SHORTCOMINGS}
FEWEST_CASES = 220


@cache
def extractor(engine: str | None = None) -> MetricExtractor:
    knowledge = Knowledge()
    return MetricExtractor(knowledge, Words(knowledge, engine))  # type: ignore[arg-type]


def outline(text: str, kind: SectionKind = SectionKind.MEASURES) -> Outline:
    """A report of one sentence."""
    section = Section(kind, (), 0, len(text), 0)
    sentence = Sentence(normalise(text), 0, len(text), None, SentenceKind.BODY, section, (), 0)
    return Outline(None, (section,), (sentence,))


def cases() -> list[tuple[str, str, list[str]]]:
    """Phenomenon, sentence with its section, expected metrics."""
    phenomenon, found = "", []
    for line in (Path(__file__).parent / "metric_cases.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            phenomenon = line[3:]
        elif line and not line.startswith("#"):
            sentence, *expected = line.split(" | ")
            found.append((phenomenon, sentence, expected))
    return found


def read(sentence: str) -> list[MetricMention]:
    marked = re.match(r"(@\w+) (.*)", sentence)
    return extractor().extract(outline(marked[2], SECTIONS[marked[1]]) if marked else outline(sentence))


def shown(m: MetricMention) -> str:
    extra = "".join(f" {k}={v}" for k, v in (("per", m.per), ("change", m.change), ("status", m.status)) if v and v != "done")
    return f"{m.value} {m.unit} {COMPARATORS[m.comparator]} {m.label}{extra}"


def test_the_table_is_read_whole() -> None:
    assert len(cases()) >= FEWEST_CASES


@pytest.mark.parametrize(("phenomenon", "sentence", "expected"), cases(), ids=lambda v: v if isinstance(v, str) else "")
def test_metrics_of_a_sentence(phenomenon: str, sentence: str, expected: list[str]) -> None:
    found = read(sentence)
    assert len(found) == len(expected), [shown(m) for m in found]
    for mention, line in zip(found, expected, strict=True):
        value, unit, comparator, key, *rest = line.split(" ")
        frame = dict(item.split("=") for item in rest)
        assert (mention.value, mention.unit, COMPARATORS[mention.comparator]) == (Decimal(value), unit, comparator)
        assert key in mention.label, shown(mention)
        assert (mention.per, mention.change, mention.status) == (
            frame.get("per"),
            frame.get("change"),
            frame.get("status", "done"),
        )


@pytest.mark.parametrize(
    ("sentence", "totals"),
    [
        ("受理案件80件,其中民事62件,刑事18件。", [None, 0, 0]),
        ("受理案件80件,其中民事62件,目前已办结75件。", [None, 0, None]),
        ("梳理事项150项(含许可36项、服务114项),公开信息20条。", [None, 0, 0, None]),
        ("受理案件80件,其中当事人150人。", [None, None]),
        ("受理案件80件,其中民事62件,刑事28件。", [None, 0, None]),
    ],
)
def test_parts_point_to_their_total(sentence: str, totals: list[int | None]) -> None:
    assert [m.total for m in read(sentence)] == totals


@pytest.mark.parametrize(
    ("sentence", "spans"),
    [
        ("全年共发放宣传手册3200册。", ["发放宣传手册3200册"]),
        ("召开2次法治建设例会,发放资料2万余份。", ["召开2次法治建设例会", "发放资料2万余份"]),
        ("参考率、合格率均达100%。", ["参考率、合格率均达100%", "合格率均达100%"]),
        ("满意率95%以上。", ["满意率95%以上"]),
    ],
)
def test_span_is_the_number_with_what_adjoins(sentence: str, spans: list[str]) -> None:
    assert [sentence[m.start : m.end].removeprefix("召开") for m in read(sentence)] == [s.removeprefix("召开") for s in spans]


SPECIAL = st.text(
    alphabet='一二三十百千万亿两0123456789.,%余多近约名个件次元至-、。;()《》"每年月村率达为增长下降同比其中均分别由 的了\ud800',
    max_size=60,
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(SPECIAL, st.text(max_size=80)))
def test_any_text_is_read(text: str) -> None:
    text = text.replace("\n", " ")
    for m in extractor().extract(outline(text)):
        assert 0 <= m.start < m.end <= len(text)
        assert m.label
        assert m.value >= 0


@pytest.mark.parametrize("engine", ["jieba", "rjieba"])
def test_both_engines_find_the_same(engine: str) -> None:
    pytest.importorskip(engine)
    for _, sentence, _ in cases():
        text = sentence.removeprefix("@plans ").removeprefix("@shortcomings ")
        assert extractor(engine).extract(outline(text)) == extractor().extract(outline(text))
