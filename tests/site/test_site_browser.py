"""The atlas in a real browser, from disk: clicks, keys, languages, sizes. Skipped where there is no Chromium."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kgraph.graph import KnowledgeGraph
from kgraph.products import Corpus
from kgraph.products.gaps import gaps

PAGES = (
    "index", "regions", "practices", "laws", "bodies", "reports", "matrix", "gap", "compare", "trend", "figures", "search",
    "queries", "downloads", "about", "r/410421106", "p/law-publicity", "p/law-publicity-figures", "q/laws-cited",
)  # fmt: skip


@pytest.fixture
def open_page(browser: Any, atlas: Path) -> Iterator[Any]:
    """Opens a page of the atlas from disk; fails where the page complains or asks for anything outside."""
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    complaints: list[str] = []

    def watched(page: Any) -> None:
        page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: complaints.append(str(e)))
        page.on("dialog", lambda d: (complaints.append(f"dialog {d.message}"), d.dismiss()))
        page.on("request", lambda r: complaints.append(r.url) if not r.url.startswith("file://") else None)
        page.set_default_timeout(20_000)

    def opened(path: str, width: int = 1280) -> Any:
        page = context.new_page()
        watched(page)
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(f"{atlas.as_uri()}/{path}")
        return page

    yield opened
    context.close()
    assert complaints == []


def until(page: Any, condition: str) -> None:
    """Wait until a condition holds; playwright's own way would need eval in the page, which its policy forbids."""
    end = time.monotonic() + 20
    while not page.evaluate(condition):
        assert time.monotonic() < end, condition
        page.wait_for_timeout(20)


def ready(page: Any) -> None:
    """Wait until a view with choosers has said what it shows."""
    until(page, "document.getElementById('said').textContent.length > 0")


def count_of(page: Any, selector: str, wanted: int) -> int:
    """How many elements there are, once there are as many as wanted or the time is over: views fill after a click."""
    end = time.monotonic() + 20
    while (found := int(page.locator(selector).count())) != wanted and time.monotonic() < end:
        page.wait_for_timeout(20)
    return found


def lit(page: Any) -> str:
    """The words that are marked on the page of a report."""
    page.wait_for_selector(".hit")
    return "".join(page.locator(".hit").all_inner_texts())


def test_from_the_first_page_to_a_sentence_in_two_clicks(open_page: Any) -> None:
    page = open_page("index.html")
    page.click(".tiles a[href='practices.html'] b")
    page.click("a.n[href='p/law-publicity-figures.html']")
    page.click("ol.rows a.val >> nth=0")
    assert "#char=" in page.url
    assert lit(page)


def test_a_tile_of_the_map_leads_to_the_province(open_page: Any) -> None:
    page = open_page("index.html")
    page.click(".map a:has-text('河南') text.n")
    assert page.inner_text("h1") == "河南省"


def test_the_language_changes_at_a_click_and_stays(open_page: Any) -> None:
    page = open_page("index.html")
    assert page.inner_text("nav a >> nth=0") == "地区"
    page.click("#lang")
    assert page.inner_text("nav a >> nth=0") == "Regions"
    assert page.get_attribute("html", "lang") == "en"
    page.click("nav a >> nth=1")
    assert page.inner_text("h1") == "Practices"
    matrix = open_page("matrix.html")
    ready(matrix)
    assert "all levels" in matrix.inner_text("#chooser")
    matrix.click("#lang")
    assert "全部层级" in matrix.inner_text("#chooser")


def test_a_cell_of_the_matrix_opens_its_sentences(open_page: Any) -> None:
    page = open_page("matrix.html")
    ready(page)
    cell = page.locator("button[data-region='410421106'][data-practice='law-publicity']")
    count = int(cell.inner_text())
    cell.click()
    rows = page.locator("#drill ol.rows li")
    assert count_of(page, "#drill ol.rows li", count) == count > 0
    assert "普法宣传活动" in rows.first.inner_text()
    rows.first.locator("a.quote").click()
    assert "普法宣传活动" in lit(page)


def test_the_matrix_is_filtered_and_the_choice_stands_in_the_address(open_page: Any) -> None:
    page = open_page("matrix.html#year=2021")
    ready(page)
    assert count_of(page, ".matrix tbody tr", 1) == 1
    page.select_option("#chooser select >> nth=2", "2023")
    until(page, "document.querySelectorAll('.matrix tbody tr').length === 5")
    assert "year=2023" in page.url
    page.select_option("#chooser select >> nth=3", "peoples-mediation")
    until(page, "document.querySelectorAll('.matrix thead th').length === 2")


@pytest.mark.parametrize("like", ["level", "province"])
@pytest.mark.parametrize("code", ["410421106", "511403118"])
def test_gaps_in_the_page_are_those_of_the_library(open_page: Any, graph: Path, like: str, code: str) -> None:
    page = open_page(f"gap.html#region={code}&group={like}")
    ready(page)
    found = {
        row.get_attribute("data-practice"): int(row.locator("button.n").inner_text())
        for row in page.locator("tr[data-practice]").all()
    }
    with KnowledgeGraph.open(graph) as kg:
        try:
            wanted = gaps(Corpus(kg.store, kg.knowledge), code, [like])
        except Exception:
            assert found == {}
            return
    assert found == {gap.practice: len(gap.peers) for gap in wanted.gaps}
    if found:
        page.click("tr[data-practice] button.n >> nth=0")
        page.click("#drill a.quote >> nth=0")
        assert lit(page)


def test_regions_side_by_side(open_page: Any) -> None:
    page = open_page("compare.html#practice=law-publicity&regions=410421106,511403118")
    ready(page)
    assert page.locator(".side thead th").all_inner_texts() == ["张八桥镇 2021 2023", "公义镇 2022 2023"]
    page.fill("#add", "徐庄镇")
    page.press("#add", "Enter")
    until(page, "document.querySelectorAll('.side thead th').length === 3")
    page.click(".picked button >> nth=0")
    until(page, "document.querySelectorAll('.side thead th').length === 2")
    assert "410421106" not in page.url
    page.select_option("#practice", "peoples-mediation")
    until(page, "document.querySelector('.side').textContent.includes('调解成功率')")
    page.click(".side a.n:has-text('98.5%') >> nth=0")
    assert "98.5" in lit(page)


def test_figures_are_ranked_and_lead_to_their_sentence(open_page: Any) -> None:
    page = open_page("figures.html#i=mediation-success-rate")
    ready(page)
    page.click(".ranked a.n >> nth=0")
    assert "98.5" in lit(page)


def test_a_trend_is_drawn_and_its_numbers_open(open_page: Any) -> None:
    page = open_page("trend.html#practice=law-publicity")
    ready(page)
    page.wait_for_selector("canvas")
    drawn = "c => { const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; return d.some(v => v) }"
    assert page.locator("canvas").evaluate(drawn)
    page.click("td button.n >> nth=0")
    page.wait_for_selector("#drill ol.rows li")
    assert page.locator("#drill ol.rows li").count() > 0


def test_search_finds_names_and_sentences(open_page: Any) -> None:
    page = open_page("index.html")
    page.fill("#q", "矛盾纠纷 成功率")
    page.press("#q", "Enter")
    page.wait_for_selector("ol.hits li")
    assert count_of(page, "ol.hits li", 7) == 7
    assert page.locator("ol.hits mark").first.inner_text() in ("矛盾纠纷", "成功率")
    page.click("ol.hits a.quote >> nth=0")
    page.wait_for_selector("article")
    assert "#s" in page.url
    again = open_page("search.html#q=人民调解法")
    ready(again)
    assert "中华人民共和国人民调解法" in again.inner_text("p.chips")


def test_search_shows_hostile_text_as_text(open_page: Any) -> None:
    page = open_page("search.html")
    page.wait_for_selector("#q")
    page.fill("#q", "<script>alert(")
    page.press("#q", "Enter")
    page.wait_for_selector("ol.hits li")
    assert "<script>alert(" in page.inner_text("ol.hits li >> nth=0")
    assert page.locator("ol.hits script, ol.hits img").count() == 0
    page.fill("#q", "无此词语")
    page.press("#q", "Enter")
    until(page, "document.getElementById('result').textContent.includes('没有句子')")


def test_hover_and_focus_tell_the_rule(open_page: Any, atlas: Path) -> None:
    name = next(path.name for path in sorted((atlas / "d").glob("*.html")))
    page = open_page(f"d/{name}")
    fact = page.locator("a.f.metric").first
    fact.hover()
    assert page.is_visible("#tip")
    assert "数字" in page.inner_text("#tip")
    page.keyboard.press("Escape")
    assert not page.is_visible("#tip")
    fact.focus()
    assert fact.get_attribute("aria-describedby") == "tip"
    page.uncheck("[data-kind=metric]")
    assert "hide-metric" in (page.get_attribute("#text", "class") or "")


def test_the_keyboard_goes_everywhere(open_page: Any) -> None:
    page = open_page("laws.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    until(page, "document.querySelector('th[tabindex]') !== null")
    page.locator("th", has_text="引用").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("th[aria-sort]")
    matrix = open_page("matrix.html")
    ready(matrix)
    matrix.locator(".matrix button").first.focus()
    matrix.keyboard.press("Enter")
    matrix.wait_for_selector("#drill[open]")
    assert matrix.evaluate("document.activeElement.id") == "drill-close"
    matrix.keyboard.press("Escape")
    assert not matrix.is_visible("#drill")


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_wider_than_the_screen(open_page: Any, atlas: Path, width: int) -> None:
    report = next(path.relative_to(atlas).as_posix() for path in sorted((atlas / "d").glob("*.html")))
    for path in (*(f"{name}.html" for name in PAGES), report):
        page = open_page(path, width)
        if page.locator("#chooser").count() and "search" not in path:
            ready(page)
        for _ in range(2):
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            page.click("#lang")
        page.close()


def test_words_stand_out_from_their_ground(open_page: Any) -> None:
    """Contrast of at least 4.5 to 1 (WCAG AA) for every text on the pages looked at."""
    measure = """() => {
      const parse = c => (c.match(/[\\d.]+/g) || []).map(Number);
      const light = ([r, g, b]) => { const f = v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; return .2126 * f(r) + .7152 * f(g) + .0722 * f(b); };
      const ground = n => { for (; n; n = n.parentElement) { const c = parse(getComputedStyle(n).backgroundColor); if (c.length === 3 || c[3] === 1) return c; } return [255, 255, 255]; };
      const bad = [];
      for (const n of document.querySelectorAll('body *')) {
        if (n.closest('svg, [hidden], option, datalist') || ![...n.childNodes].some(c => c.nodeType === 3 && c.data.trim()) || !n.getClientRects().length) continue;
        const a = light(parse(getComputedStyle(n).color)), b = light(ground(n)), ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
        if (ratio < 4.5) bad.push([n.tagName, n.className, n.textContent.slice(0, 20), ratio.toFixed(2)].join(' '));
      }
      return bad;
    }"""
    for path in ("index.html", "matrix.html", "gap.html", "compare.html", "p/law-publicity.html", "r/410421106.html"):
        page = open_page(path)
        if page.locator("#chooser").count():
            ready(page)
        assert page.evaluate(measure) == [], path
        page.close()


def test_the_graph_opens_from_the_same_folder(open_page: Any) -> None:
    page = open_page("index.html")
    page.click("nav a[href='graph.html']")
    page.wait_for_selector("canvas")
