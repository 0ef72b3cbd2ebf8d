"""Charts: Chinese as text, comparators kept, every mark with evidence, nothing of a report taken for markup."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from xml.etree import ElementTree

import graphs
import pytest
from graphs import S, m

from kgraph.errors import InputError
from kgraph.products import Corpus
from kgraph.products.charts import KINDS, chart
from kgraph.store import Store

pytest.importorskip("matplotlib")
OPTIONS: dict[str, dict[str, str]] = {"bars": {"indicator": "mediation-cases"}, "trend": {"indicator": "mediation-cases"}}
SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"


def texts(svg: str) -> list[str]:
    return ["".join(node.itertext()) for node in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_draws_and_every_mark_leads_to_a_sentence(kind: str, corpus: Corpus) -> None:
    picture = chart(corpus, kind, png=False, **OPTIONS.get(kind, {}))  # type: ignore[arg-type]
    assert picture.svg == chart(corpus, kind, png=False, **OPTIONS.get(kind, {})).svg  # type: ignore[arg-type]
    assert any("\u4e00" <= c <= "\u9fff" for text in texts(picture.svg) for c in text)
    root = ElementTree.fromstring(picture.svg)
    links = [a.get(LINK) for a in root.iter(f"{SVG}a")]
    assert picture.marks or any("3 个地区" in note for note in picture.notes)  # the provinces of these reports are invented
    assert {int(str(link)[2:]) for link in links} <= set(range(1, len(picture.marks) + 1))
    assert links or kind == "tiles"
    for _, spots in picture.marks:
        assert spots
        for e in spots:
            assert corpus.text(e.report)[e.start : e.end] == e.text
    page = picture.html()
    anchors = set(re.findall(r'id="(m\d+)"', page))
    assert {str(link)[1:] for link in links} <= anchors
    assert "_blank" not in page
    assert "<script" not in page
    assert "http" not in re.sub(
        r'"https?://(www\.w3\.org|purl\.org|creativecommons\.org|matplotlib\.org)[^"]*"', "", page
    ).replace("https://matplotlib.org/", "")


@pytest.mark.parametrize("kind", KINDS)
def test_english(kind: str, corpus: Corpus) -> None:
    picture = chart(Corpus(corpus.store, corpus.knowledge, "en"), kind, png=False, **OPTIONS.get(kind, {}))  # type: ignore[arg-type]
    assert not any("\u4e00" <= c <= "\u9fff" for note in picture.notes for c in note)


def test_bars_are_ranked_and_keep_comparators(corpus: Corpus) -> None:
    picture = chart(corpus, "bars", indicator="mediation-cases", png=False)
    shown = [text.strip() for text in texts(picture.svg)]
    assert [t for t in shown if t.endswith(" 件")] == [">300 件", "95 件", "60 件"]
    assert any("斜纹" in note for note in picture.notes)
    of_2023 = chart(corpus, "bars", indicator="mediation-cases", years=[2023], png=False)
    assert [t.strip() for t in texts(of_2023.svg) if t.strip().endswith(" 件")] == ["80 件"]


def test_a_trend_has_a_point_for_each_year(corpus: Corpus) -> None:
    picture = chart(corpus, "trend", indicator="mediation-cases", regions=["柳林镇"], png=False)
    assert [said for said, _ in picture.marks] == ["柳林镇 2023 80 件", "柳林镇 2024 95 件"]


def test_files(corpus: Corpus, tmp_path: Path) -> None:
    picture = chart(corpus, "heat")
    picture.write(tmp_path / "a.svg")
    picture.write(tmp_path / "a.html")
    assert "report/910121101-2024" in (tmp_path / "a.svg").read_text(encoding="utf-8")
    if picture.png is not None:
        picture.write(tmp_path / "a.png")
        assert (tmp_path / "a.png").read_bytes()[:4] == b"\x89PNG"
    with pytest.raises(InputError, match="picture format"):
        picture.write(tmp_path / "a.doc")
    without = chart(corpus, "heat", png=False)
    with pytest.raises(InputError, match="font"):
        without.render("png")


def test_markup_in_a_report_stays_text(tmp_path: Path) -> None:
    evil = "调解<script>alert(1)</script>$x^2$纠纷12件"
    metric = m(evil, "x", "12", "jian", "peoples-mediation", indicator="mediated-cases")
    report = graphs.state(
        "910121101", 2024, "", "甲<b>年度</b>报告", "liulin", [S(evil, [("peoples-mediation", "done")], [metric])]
    )
    with graphs.build(tmp_path / "g", [report]):
        pass
    with Store.open(tmp_path / "g") as store:
        page = chart(Corpus(store), "bars", indicator="mediated-cases", png=False).html()
    assert "<script" not in page
    assert "<b>年度" not in page
    assert "&lt;script&gt;" in page


def test_what_cannot_be_drawn_is_said(corpus: Corpus) -> None:
    for arguments, message in (
        (("pie",), "no chart"),
        (("bars",), "needs an indicator"),
    ):
        with pytest.raises(InputError, match=message):
            chart(corpus, *arguments)
    with pytest.raises(InputError, match="no font"):
        chart(corpus, "heat", font=Path("no-such-font.ttf"))


def test_without_matplotlib_one_line_says_what_to_install(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(InputError, match=r"kgraph\[charts\]"):
        chart(corpus, "heat")
