"""The parts that the pages are made of: marked text, quotes, the search index, sheets, tiles, reading the store."""

from __future__ import annotations

import csv
import html
import io
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from kgraph.knowledge import Knowledge
from kgraph.regions import Regions
from kgraph.site import report as pages
from kgraph.site.load import Corpus, Fact, ReportPage, offsets, page_key, tsv
from kgraph.site.overview import TILES
from kgraph.site.search import SearchIndex, encode, grams, plain, shard
from kgraph.site.sheet import sheet
from kgraph.site.writer import script
from kgraph.store import Store
from kgraph.tables import Table


def report(text: str) -> ReportPage:
    return ReportPage(0, "https://x/id/report/0-2023-aa", "0-2023-aa", "报告", "a.txt", "2023", "", "", "", "", text)


@pytest.fixture(scope="module")
def corpus(graph: Path) -> Corpus:
    return Corpus(Store.open(graph), Knowledge())


TEXTS = st.text(alphabet="普法一二。；\n<>&\"' a=é😀", min_size=1, max_size=80)


@settings(max_examples=150, deadline=None)
@given(
    text=TEXTS,
    spans=st.lists(
        st.tuples(st.integers(0, 80), st.integers(1, 30), st.sampled_from(["metric", "measure", "unlinked"])), max_size=8
    ),
)
def test_marked_text_is_the_text(corpus: Corpus, text: str, spans: list[tuple[int, int, str]]) -> None:
    facts = [
        Fact(kind, start, min(start + length, len(text)), "标签", "petition", "done")
        for start, length, kind in spans
        if start < len(text)
    ]
    facts.sort(key=lambda f: (f.start, -f.end))
    made = str(pages.markup(corpus, report(text), facts, 0, len(text)))
    assert (
        html.unescape(re.sub(r"<[^>]*>", "", made.replace("</p><p>", "\n").replace('</span></p><p><span class="s">', "\n")))
        == text
    )
    for fact in facts:
        assert f'id="char={fact.start},{fact.end}"' in made
    opened = re.findall(r"<(/?)(p|span|a|i)\b", made)
    depth: list[str] = []
    for close, tag in opened:
        if close:
            assert depth.pop() == tag
        else:
            depth.append(tag)
    assert not depth


def test_overlapping_facts_are_all_named_where_they_overlap(corpus: Corpus) -> None:
    facts = [Fact("measure", 0, 8, "普法", "law-publicity", "done"), Fact("metric", 4, 8, "活动", "law-publicity", "done")]
    made = str(pages.markup(corpus, report("开展普法活动12场。"), facts, 0, 10))
    assert 'data-f="0"' in made
    assert 'data-f="1 0"' in made


@pytest.mark.parametrize(
    ("start", "end", "want"),
    [
        (3, 5, ("", "二是", "调解；")),
        (0, 2, ("", "一是", "。")),
        (0, 5, ("", "一是。二是", "调解；")),
    ],
)
def test_a_quote_is_the_sentence(start: int, end: int, want: tuple[str, str, str]) -> None:
    found = pages.quote(report("一是。二是调解；三是"), start, end)
    assert (found.before, found.hit, found.after) == want
    assert found.href == f"d/0-2023-aa.html#char={start},{end}"


def test_a_long_report_goes_on_to_more_pages(corpus: Corpus) -> None:
    long = report("开展普法活动12场。" * 4000)
    facts = [Fact("metric", i * 10 + 4, i * 10 + 9, "活动", "law-publicity", "done", said=_said()) for i in range(4000)]
    made = pages.pages(corpus, long, facts)
    assert len(made) == 3
    assert [path for path, _ in made] == ["d/0-2023-aa.html", "d/0-2023-aa-2.html", "d/0-2023-aa-3.html"]
    assert sum(len(context["rows"]) for _, context in made) == 4000
    for path, context in made:
        for fact, _, _ in context["rows"]:
            assert pages.page_of(long, fact.start) == path
            assert f'id="char={fact.start},{fact.end}"' in context["body"]
    assert pages.chunk(corpus, long, facts)["parts"] == pages.parts(long)[1:]


def _said() -> dict[str, str]:
    return {"value": "12", "unit": "场", "comparator": "exactly", "per": "", "change": "", "indicator": "", "basis": "annual"}


@pytest.mark.parametrize("numbers", [[], [0], [5], [0, 1, 2, 3], list(range(0, 200, 2)), [199]])
def test_postings_come_back(numbers: list[int]) -> None:
    text = encode(numbers, 200)
    if text.startswith("!"):
        import base64

        bits = base64.b64decode(text[1:])
        found = [i for i in range(len(bits) * 8) if bits[i >> 3] >> (i & 7) & 1]
    else:
        at, found = -1, []
        for part in text.split(".") if text else []:
            at += int(part, 36)
            found.append(at)
    assert found == numbers
    assert len(text) <= 48


def test_search_finds_by_pairs() -> None:
    assert grams("法律 明白人") == {"法", "律", "明", "白", "人", "法律", "律明", "明白", "白人"}
    assert plain("Ａ Ｂ\n１") == "ab1"
    assert {shard(g, 16) for g in grams("信访工作条例")} <= set(range(16))
    index = SearchIndex()
    index.report(0, sorted(grams("普法")))
    index.report(1, sorted(grams("调解普法")))
    index.label("law", "信访工作条例", "", "l/x.html", 2, ("条例",))
    written: dict[str, object] = {}
    index.write(type("Writer", (), {"data": staticmethod(written.__setitem__)})())  # type: ignore[arg-type]
    assert written["s/meta"] == {"shards": 16, "reports": 2, "labels": 1, "chunk": 500}
    assert written[f"s/{shard('普法', 16)}"]["普法"] == ["1.1", ""]  # type: ignore[index]
    assert written[f"s/{shard('信访', 16)}"]["信访"] == ["", "1"]  # type: ignore[index]


def test_a_sheet_keeps_what_it_is_given() -> None:
    rows = (("=1+1", 12, 0.5, None, True), ("a\x00<&\n二", -3, 2.25, "", False))
    book = load_workbook(io.BytesIO(sheet(Table(("甲", "b", "c", "d", "e"), rows, title="表/一"))))
    assert book.sheetnames == ["表 一"]
    values = [[cell.value for cell in row] for row in book.active.iter_rows(min_row=2)]
    assert values == [["=1+1", 12, 0.5, None, True], ["a\ufffd<&\n二", -3, 2.25, "", False]]
    assert book.active["A2"].data_type == "s"


def test_data_are_scripts_that_name_themselves() -> None:
    assert script("d/x", {"t": "\u2028</script>"}) == 'kgraph.data("d/x",{"t":"\\u2028</script>"})\n'


def test_tiles_are_the_provinces() -> None:
    with TILES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    knowledge = Knowledge()
    provinces = {row["code"] for row in knowledge.rows("regions.csv") if row["level"] == "1"}
    assert provinces <= {row["code"] for row in rows}
    assert len(rows) == 34
    assert len({(row["column"], row["row"]) for row in rows}) == 34
    for row in rows:
        if row["code"] in provinces:
            path = Regions(knowledge).path(row["code"])
            assert path[-1].name.startswith(row["short"])


def test_pages_have_names_that_files_may_have() -> None:
    assert page_key("https://x/id/body/0-abc", "https://x/id/") == "0-abc"
    assert re.fullmatch(r"[0-9a-f]{16}", page_key("https://elsewhere/法", "https://x/id/"))
    assert re.fullmatch(r"[0-9a-f]{16}", page_key("https://x/id/law/..", "https://x/id/"))
    assert offsets("https://x#char=0,7") == (0, 7)


def test_texts_come_back_from_the_store(graph: Path) -> None:
    with Store.open(graph) as store:
        query = "SELECT ?x ?n { VALUES (?x ?n) { ('a\\t\"b\\\\\\nc' 3) (<https://x/y> 2.5) ('zh'@zh true) } }"
        assert list(tsv(store, query)) == [['a\t"b\\\nc', "3"], ["https://x/y", "2.5"], ["zh", "true"]]
        corpus = Corpus(store, Knowledge())
        facts = corpus.facts(corpus.reports[:3])
        for report_ in corpus.reports[:3]:
            assert {f.kind for f in facts[report_.iri]} >= {"measure", "metric", "citation", "body"}
            assert all(0 <= f.start < f.end <= len(report_.text) for f in facts[report_.iri])
