"""Annual or added up: each pattern of basis_words.csv on its example and its counter-example."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.compare_facts import Evidence
from kgraph.knowledge import Knowledge
from kgraph.products.basis import BasisReader

READER = BasisReader(Knowledge())
ROWS = list(Knowledge().rows("basis_words.csv"))


def basis(text: str, number: str = r"\d+(?=[件场处名])", year: str | None = "2024") -> str:
    found = list(re.finditer(number, text))[-1]
    return READER.read(text, Evidence("r", found.start(), found.end(), found[0]), year)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["pattern"])
def test_examples_and_counter_examples(row: dict[str, str]) -> None:
    use = "annual" if row["use"] == "annual" else "cumulative"
    assert re.search(row["pattern"], row["example"])
    assert basis(row["example"]) == use
    assert basis(row["counter_example"]) != use


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("调解纠纷80件", "annual", "unmarked: reports are yearly"),
        ("全年累计调解纠纷80件", "annual", "the year's sum"),
        ("累计调解纠纷80件", "cumulative", "added up, and no year is named"),
        ("截至2024年12月底，累计建成广场10处", "cumulative", "a year after 截至 is no year of account"),
        ("截至目前建成广场10处，今年新增2处", "annual", "the nearest mark decides"),
        ("今年新增2处。截至目前建成10处", "cumulative", "marks of other sentences do not count"),
        ("2021年以来受理12件", "cumulative", "since a year before that of the report"),
        ("2024年以来受理12件", "annual", "since the year of the report"),
        ("三年来受理12件", "cumulative", "years"),
        ("受理12件，历年最多", "annual", "a mark after the number says nothing of it"),
    ],
)
def test_basis(text: str, expected: str, why: str) -> None:
    assert basis(text) == expected, why


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 5))
def test_never_raises(text: str, start: int, length: int) -> None:
    assert READER.read(text, Evidence("r", start, start + length, ""), None) in ("annual", "cumulative")
