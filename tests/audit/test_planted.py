"""Planted faults are found, and the tables in the docs are those that the code gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from measure import BEGIN, END, Tally, judged, judged_table, measure, table

DOCS = Path(__file__).parents[2] / "docs"
BARS = ("arithmetic-", "law-", "copy-places", "copy-repeats")


@pytest.fixture(scope="module")
def tallies() -> dict[str, Tally]:
    return measure()


def test_recall(tallies: dict[str, Tally]) -> None:
    for bar in BARS:
        some = [t for name, t in tallies.items() if name.startswith(bar)]
        assert sum(t.found for t in some) >= 0.9 * sum(t.planted for t in some), bar


def test_precision(tallies: dict[str, Tally]) -> None:
    right, wrong = sum(t.right for t in tallies.values()), sum(t.wrong for t in tallies.values())
    assert right >= 0.9 * (right + wrong), [e for t in tallies.values() for e in t.errors if e.startswith("wrong")]


@pytest.mark.parametrize("name", ["audit.md", "audit.zh-CN.md"])
def test_docs_show_what_was_measured(tallies: dict[str, Tally], name: str) -> None:
    path = DOCS / name
    if not path.exists():
        pytest.skip("the docs are not part of the package")
    text = path.read_text(encoding="utf-8")
    shown = text[text.index(BEGIN) + len(BEGIN) : text.index(END)].strip()
    mend = f"renew it: python tests/audit/measure.py --write docs/{name}"
    assert shown == f"{table(tallies)}\n{judged_table()}".strip(), mend


def test_findings_in_the_sample_reports_are_right() -> None:
    """Every finding in the samples that were read is judged, and no more than one in five is wrong."""
    verdicts = judged()
    assert not verdicts.unread, f"judge them in tests/audit/judged.csv: {verdicts.unread}"
    assert not verdicts.gone, f"judged right, and no longer found: {verdicts.gone}"
    assert verdicts.wrong <= 0.2 * (verdicts.right + verdicts.wrong)
