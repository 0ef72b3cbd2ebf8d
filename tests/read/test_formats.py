"""The same report in all formats gives the same facts; what portals and offices put around it is not in the text."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import documents
import pytest

from kgraph.knowledge import Knowledge
from kgraph.model import Document
from kgraph.pipeline import Pipeline
from kgraph.read.content import Content
from kgraph.read.formats import read_bytes
from kgraph.text import normalise

pytest.importorskip("selectolax")
pytest.importorskip("pypdfium2")
SEEDS = Path(__file__).parents[2] / "seeds"
Facts = Counter[tuple[object, ...]]


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline(Knowledge())


def seed(number: str) -> list[str]:
    return documents.lines_of(next(SEEDS.glob(f"{number}-*.txt")).read_text(encoding="utf-8"))


def facts(pipeline: Pipeline, text: str) -> Facts:
    """What a text states, without its offsets: each fact with the words that state it."""
    found = pipeline.facts(Document(text, "a", "sha256:0"))
    assert found.document.text == text

    def words(start: int, end: int) -> str:
        return "".join(normalise(text[start:end]).split())

    out: Facts = Counter()
    for metric in found.metrics:
        m = metric.mention
        out["metric", m.value, m.unit, m.label, metric.indicator, m.status, words(m.start, m.end)] += 1
    for citation in found.citations:
        out["law", citation.law.name, citation.mention.role, citation.mention.article] += 1
    for body in found.bodies:
        out["body", body.body.name, body.mention.name] += 1
    for measure in found.measures:
        out["measure", measure.mention.practice, measure.mention.status, words(measure.mention.start, measure.mention.end)] += 1
    out["issuer", found.meta.issuer and found.meta.issuer.name] += 1
    out["year", found.meta.year] += 1
    return out


def assert_alike(a: Facts, b: Facts, least: float) -> None:
    f1 = 2 * (a & b).total() / (a.total() + b.total())
    assert f1 >= least, f"F1 {f1:.3f}; lost {list(a - b)[:5]}; new {list(b - a)[:5]}"


def made(form: str, lines: list[str]) -> Content:
    makers = {
        "portal": (".html", lambda: documents.trs(lines).encode()),
        "old portal, GB18030": (".htm", lambda: documents.visual_site_builder(lines).encode("gb18030")),
        "unnamed": (".html", lambda: documents.unnamed(lines).encode()),
        "web archive": (".mht", lambda: documents.mhtml(documents.trs(lines))),
        "Word, numbered by Word": (".docx", lambda: documents.numbered(lines)),
        "PDF": (".pdf", lambda: documents.pdf(lines)),
        "PDF of two columns": (".pdf", lambda: documents.pdf(lines, columns=2)),
        "PDF in the form of official documents": (".pdf", lambda: documents.pdf(lines, size=16)),
        "PDF without indents": (".pdf", lambda: documents.pdf(lines, indent=False)),
        "scan": (".pdf", lambda: documents.scan(lines)),
    }
    ending, make = makers[form]
    return read_bytes(make(), ending)


FORMS = ["portal", "old portal, GB18030", "unnamed", "web archive", "Word, numbered by Word", "PDF", "PDF of two columns",
         "PDF in the form of official documents", "PDF without indents"]  # fmt: skip


@pytest.mark.parametrize("number", ["000", "002", "103", "108"])
@pytest.mark.parametrize("form", FORMS)
def test_the_same_report_gives_the_same_facts(pipeline: Pipeline, form: str, number: str) -> None:
    lines = seed(number)
    content = made(form, lines)
    assert_alike(facts(pipeline, "\n".join(lines)), facts(pipeline, content.text), 0.99)
    offsets = [offset for offset, _ in content.anchors]
    assert offsets == sorted(set(offsets))
    assert offsets[0] == 0


def test_a_scan_gives_nearly_the_same_facts(pipeline: Pipeline) -> None:
    pytest.importorskip("rapidocr", reason="the extra [ocr] is not installed")
    lines = seed("105")[:9]
    content = made("scan", lines)
    assert_alike(facts(pipeline, "\n".join(lines)), facts(pipeline, content.text), 0.93)
    assert content.confidence is not None
    assert 0.5 < content.confidence <= 1


@pytest.mark.parametrize("form", FORMS)
def test_what_stands_around_a_report_is_not_in_its_text(form: str) -> None:
    lines = seed("104")
    text = made(form, lines).text
    for beside in (
        "首页",
        "关闭窗口",
        "微信",
        "相关信息",
        "版权所有",
        "ICP",
        "公报",
        "— 1 —",
        "公开指南",
        "即将离开",
        "联系我们",
        "var a",
    ):
        assert beside not in text, beside
    assert text.startswith(lines[0])
    assert normalise(text.rstrip()).endswith(normalise(lines[-1]))


def test_what_a_portal_says_of_a_report() -> None:
    lines = seed("104")
    found = made("portal", lines).metadata
    assert (found["title"], found["issued"][:10], found["issuer"]) == (lines[0], "2025-01-02", "区司法局")
    assert found["address"] == "https://www.example.gov.cn/xxgk/202501/t20250102_1.html"
    found = made("old portal, GB18030", lines).metadata
    assert (found["index_number"], found["issuer"], found["issued"]) == (
        "A1-0102-2025-001",
        "某区埔前镇人民政府",
        "2025年01月02日",
    )
    assert made("web archive", lines).metadata["address"].startswith("https://www.example.gov.cn/")


def test_places_lead_back_to_the_file() -> None:
    lines = seed("104")
    pdf = made("PDF", lines)
    assert {place for _, place in pdf.anchors} == {f"page={n}" for n in range(1, len(pdf.anchors) + 1)}
    page = made("portal", lines)
    assert page.anchors[-1][1] == f'//*[@id="zoom"]/div[1]/p[{len(lines) - 1}]'
    word = Document("x", "x", "x", anchors=((0, "paragraph=1"), (5, "paragraph=2")))
    assert [word.place(i) for i in (0, 4, 5, 99)] == ["paragraph=1", "paragraph=1", "paragraph=2", "paragraph=2"]
    assert Document("x", "x", "x").place(0) is None
