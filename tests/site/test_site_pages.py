"""The files of an atlas: links that lead somewhere, numbers that lead to sentences, text that stays text, equal bytes."""

from __future__ import annotations

import csv
import io
import os
import posixpath
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from conftest import HOSTILE
from openpyxl import load_workbook

from kgraph.errors import InputError
from kgraph.site import site
from kgraph.site.archive import MARKER
from kgraph.store import Store

LIMIT = 500_000


@dataclass
class Page(HTMLParser):
    """The links, ids and numbers of a page, its text, and the elements with their attributes."""

    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    numbers: list[tuple[str | None, list[str]]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: str | None = None
        self._number: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        there = dict(attrs)
        self.elements.append((tag, there))
        if there.get("id"):
            self.ids.add(str(there["id"]))
        if tag == "a":
            self._open = there.get("href")
            if self._open:
                self.links.append(self._open)
        if "n" in (there.get("class") or "").split():
            self._number = []
            self.numbers.append((self._open, self._number))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._open = None
        if tag in ("a", "b", "span", "text"):
            self._number = None

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self._number is not None:
            self._number.append(data)


@cache
def page(path: Path) -> Page:
    found = Page()
    found.feed(path.read_text(encoding="utf-8"))
    return found


def pages(atlas: Path) -> list[Path]:
    return sorted(path for path in atlas.rglob("*.html") if path.name != "graph.html")


def target(atlas: Path, path: Path, href: str) -> tuple[Path, str]:
    """The file and the fragment that a link of a page leads to."""
    name, _, fragment = href.partition("#")
    here = path.relative_to(atlas).as_posix()
    to = posixpath.normpath(posixpath.join(posixpath.dirname(here), name)) if name else here
    return atlas / to, unquote(fragment)


def test_every_link_leads_somewhere(atlas: Path) -> None:
    choosers = {"matrix.html", "compare.html", "gap.html", "trend.html", "figures.html", "search.html"}
    broken = []
    for path in pages(atlas):
        for href in page(path).links:
            file, fragment = target(atlas, path, href)
            there = file.is_file() and (
                not fragment or file.suffix != ".html" or file.name in choosers or fragment in page(file).ids
            )
            if not there:
                broken.append((str(path.relative_to(atlas)), href))
    assert not broken


def test_every_number_leads_to_its_sentence_in_two_clicks(atlas: Path) -> None:
    choosers = {
        "matrix.html",
        "figures.html",
        "gap.html",
        "trend.html",
        "compare.html",
    }  # their second click is tested in a browser

    def shows_sentences(file: Path, fragment: str) -> bool:
        return fragment.startswith("char=") or any("#char=" in link for link in page(file).links) or file.name in choosers

    lost = []
    for path in pages(atlas):
        for href, words in page(path).numbers:
            text = "".join(words)
            if href is None:
                if text.strip(" 0"):
                    lost.append((path.name, text))
                continue
            file, fragment = target(atlas, path, href)
            if file.suffix == ".csv" or shows_sentences(file, fragment):
                continue
            onward = (target(atlas, file, link) for link in page(file).links)
            if not any(
                to.suffix == ".html" and to.is_file() and to.name != "graph.html" and shows_sentences(to, f) for to, f in onward
            ):
                lost.append((path.name, f"{text} {href}"))
    assert not lost


def test_pages_are_small_and_reach_for_nothing(atlas: Path) -> None:
    for path in pages(atlas):
        assert path.stat().st_size < LIMIT, path
        found = page(path)
        policy = [a.get("content") or "" for tag, a in found.elements if tag == "meta" and a.get("http-equiv")]
        assert len(policy) == 1
        assert policy[0].startswith("default-src 'none'")
        assert "unsafe" not in policy[0]
        for tag, attributes in found.elements:
            assert not [name for name in attributes if name.startswith("on") or name == "style"], (path, tag)
            for name in ("src", "href", "action"):
                assert not re.match(r"(?i)[a-z][a-z0-9+.-]*:|//", attributes.get(name) or ""), (path, attributes)
            assert tag not in ("style", "iframe", "base", "object"), path
            assert tag != "script" or attributes.get("src"), path


def test_pages_have_landmarks_labels_and_a_language(atlas: Path) -> None:
    for path in pages(atlas):
        found = page(path)
        tags = [tag for tag, _ in found.elements]
        assert tags.count("main") == tags.count("h1") == 1, path
        assert {"header", "nav", "footer"} <= set(tags), path
        assert next(a for tag, a in found.elements if tag == "html")["lang"] == "zh-CN"
        labelled = {a.get("for") for tag, a in found.elements if tag == "label"}
        for tag, attributes in found.elements:
            if tag == "input" and attributes.get("type") != "checkbox":
                assert attributes.get("id") in labelled, (path, attributes)
            if tag == "nav":
                assert attributes.get("aria-label"), path


def test_what_a_report_says_stays_text(atlas: Path) -> None:
    shown = 0
    for path in pages(atlas):
        raw = path.read_text(encoding="utf-8")
        assert "<script>alert" not in raw, path
        assert "<img" not in raw, path
        shown += path.parent.name == "d" and HOSTILE in "".join(page(path).words)
    assert shown >= 2
    for path in atlas.rglob("data/**/*.js"):
        assert "</script" not in path.read_text(encoding="utf-8").replace("</script>", "", 0).partition("kgraph.data")[0]


def test_tables_hold_text_as_text(atlas: Path) -> None:
    names = ["reports", "measures", "metrics", "citations", "bodies"]
    for name in names:
        rows = list(csv.reader(io.StringIO((atlas / f"downloads/{name}.csv").read_text(encoding="utf-8-sig"))))
        book = load_workbook(atlas / f"downloads/{name}.xlsx")
        cells = list(book.active.iter_rows())
        assert len(cells) == len(rows) > 1, name
        assert [cell.value for cell in cells[0]] == rows[0]
        assert book.active.freeze_panes == "A2"
        assert not any(cell.data_type == "f" for row in cells for cell in row)
        for row in rows:
            assert not any(cell.startswith(("=", "+", "@")) for cell in row), row
        assert any(isinstance(cell.value, int | float) for cell in cells[1]), name


def test_rows_of_tables_name_the_page_of_their_sentence(atlas: Path) -> None:
    with (atlas / "downloads/metrics.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        to, fragment = target(atlas, atlas / "downloads/metrics.csv", row["网页"])
        assert fragment in page(to).ids
        assert row["原文"] in row["原句"] or "\n" in row["原文"]


def test_the_same_graph_gives_the_same_bytes(graph: Path, atlas: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from kgraph.store import Store; from kgraph.site import site\n"
        "if __name__ == '__main__': site(Store.open(sys.argv[1]), sys.argv[2], zip=sys.argv[2] + '/../atlas.zip', jobs=2)"
    )
    script = tmp_path / "again.py"
    script.write_text(code, encoding="utf-8")
    subprocess.run(
        [sys.executable, str(script), str(graph), str(tmp_path / "a")], check=True, env={**os.environ, "PYTHONHASHSEED": "77"}
    )
    ours = {p.relative_to(atlas): p.read_bytes() for p in atlas.rglob("*") if p.is_file()}
    theirs = {p.relative_to(tmp_path / "a"): p.read_bytes() for p in (tmp_path / "a").rglob("*") if p.is_file()}
    assert ours.keys() == theirs.keys()
    assert [str(name) for name in ours if ours[name] != theirs[name]] == []
    assert (tmp_path / "atlas.zip").read_bytes() == (atlas.parent / "atlas.zip").read_bytes()


def test_the_zip_holds_all_files_in_one_folder(atlas: Path) -> None:
    with zipfile.ZipFile(atlas.parent / "atlas.zip") as packed:
        names = set(packed.namelist())
    files = {f"atlas/{p.relative_to(atlas).as_posix()}" for p in atlas.rglob("*") if p.is_file()} - {f"atlas/{MARKER}"}
    assert names == files


def test_only_an_atlas_is_replaced(graph: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "letter.txt").write_text("dear", encoding="utf-8")
    with Store.open(graph) as store, pytest.raises(InputError, match="not empty"):
        site(store, folder)
    (folder / "letter.txt").unlink()
    with Store.open(graph) as store:
        site(store, folder)
        (folder / "p/gone.html").write_text("old", encoding="utf-8")
        marker = folder / MARKER
        marker.write_text(marker.read_text(encoding="utf-8") + "p/gone.html\n../outside.txt\n/etc/none\n", encoding="utf-8")
        (tmp_path / "outside.txt").write_text("stays", encoding="utf-8")
        site(store, folder, title="一幅图谱 <b>&")
    assert not (folder / "p/gone.html").exists()
    assert (tmp_path / "outside.txt").exists()
    assert "一幅图谱 &lt;b&gt;&amp;" in (folder / "index.html").read_text(encoding="utf-8")


def test_rows_of_a_question_are_those_of_its_sparql(graph: Path, atlas: Path) -> None:
    from kgraph.graph import KnowledgeGraph
    from kgraph.query_named import questions

    with KnowledgeGraph.open(graph) as kg:
        asked = [q for q in questions(kg.knowledge) if not any(p.required for p in q.parameters)]
        assert len(asked) >= 10
        for question in asked:
            table = kg.question(question.name).table
            assert (atlas / f"downloads/q-{question.name}.csv").read_text(encoding="utf-8-sig") == table.csv()
            words = page(atlas / f"q/{question.name}.html").words
            assert any(question.title("zh") in word for word in words)


def test_a_graph_without_reports_is_refused(tmp_path: Path) -> None:
    with Store.create(tmp_path / "empty") as store:
        store.optimise()
        with pytest.raises(InputError, match="no reports"):
            site(store, tmp_path / "atlas")
