"""Hostile files: each gets one line, none crashes or hangs, none reads or writes outside."""

from __future__ import annotations

import io
import os
import random
import re
import signal
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import documents
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.errors import UnreadableReport
from kgraph.read import read
from kgraph.read.content import Content
from kgraph.read.formats import read_bytes
from kgraph.read.page_layout import PageOf, Piece, paragraphs
from kgraph.read.worker import Worker

pytest.importorskip("selectolax")
pytest.importorskip("pypdfium2")
LINES = [
    "某镇2024年法治政府建设年度报告",
    "一、主要举措",
    *(f"（{n}）全年开展普法宣传{n}次，推进法治政府建设，规范行政执法。" for n in "一二三四五六七八九十"),
]


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name.replace("__", "/") + ".xml", data)
    return out.getvalue()


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + stream.encode("utf-16-le") + b"\0" * 600


def yearbook() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    for n in range(300):
        canvas.drawString(72, 700, f"Statistics of agriculture, page {n}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


HOSTILE = [
    (".docx", lambda: zipped(word__document=b"<a>" + b" " * 300_000_000 + b"</a>"), "unpacks to more", "a zip bomb in Word's clothes"),
    (".docx", lambda: zipped(word__document=b"<!DOCTYPE a [<!ENTITY a 'x'>]><a>&a;</a>"), "document type", "billion laughs"),
    (".docx", lambda: documents.docx(documents.run("x") * 3)[:400], "broken|cut off", "a Word file cut off"),
    (".docx", lambda: zipped(a=b"x"), "zip file under another ending", "a zip named .docx"),
    (".docx", lambda: zipped(xl__workbook=b"x"), "spreadsheet", "a workbook named .docx"),
    (".docx", lambda: ole("EncryptedPackage"), "password", "a Word file with a password"),
    (".docx", lambda: b"hello", "whatever its ending says", "text named .docx"),
    (".docx", lambda: documents.docx("<w:p>" * 10_000), "inside each other", "10,000 nested paragraphs"),
    (".doc", lambda: ole("Workbook"), "spreadsheet", "a workbook named .doc"),
    (".html", lambda: b"<div>" * 10_000 + "法治".encode() + b"</div>" * 10_000, "only 2", "10,000 nested elements"),
    (".html", lambda: b"<table><tr><td>" * 10_000 + "法治".encode(), "only 2", "10,000 nested tables"),
    (".html", lambda: b"<b><i>" * 200_000 + "法治".encode(), "elements|only|ended|not read|memory", "markup that a parser copies"),
    (".html", lambda: b"\x00\x01\x02" * 1000, ".", "binary named .html"),
    (".html", lambda: b"<p>" + bytes(random.Random(1).randbytes(50_000)), ".", "noise"),
    (".pdf", lambda: documents.pdf(LINES, password="geheim"), "password", "a PDF with a password"),
    (".pdf", lambda: documents.pdf(LINES)[:900], "broken PDF", "a PDF cut off"),
    (".pdf", lambda: b"%PDF-1.7\n" + bytes(random.Random(2).randbytes(5000)), "broken PDF", "noise named .pdf"),
    (".pdf", yearbook, "300 pages|scan of 300", "300 pages of another kind"),
    (".mht", lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n--a--", "without a page", "an empty web archive"),
    (".mht", lambda: b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(5000)), ".", "nested parts"),
    (".txt", lambda: documents.docx(documents.run("x")), "broken|holds no text|binary|zip", "a Word file named .txt"),
    (".html", lambda: b"", "empty", "an empty file"),
]  # fmt: skip


@pytest.mark.parametrize(("ending", "make", "reason", "why"), HOSTILE, ids=[row[3] for row in HOSTILE])
def test_a_hostile_file_gets_one_line(tmp_path: Path, ending: str, make: object, reason: str, why: str) -> None:
    file = tmp_path / f"x{ending}"
    file.write_bytes(make())  # type: ignore[operator]
    with pytest.raises(UnreadableReport) as caught:
        read(file)
    line = str(caught.value)
    assert re.search(reason, line), line
    assert line.startswith(file.name)
    assert "\n" not in line
    assert len(line) < 300
    assert [p.name for p in tmp_path.iterdir()] == [file.name]


def test_a_file_is_read_as_what_it_is(tmp_path: Path) -> None:
    for name, data in {
        "a.doc": documents.numbered(LINES),
        "b.doc": documents.trs(LINES).encode(),
        "c.html": documents.pdf(LINES),
        "d.html": documents.mhtml(documents.trs(LINES)),
        "e.txt": documents.pdf(LINES),
    }.items():
        (tmp_path / name).write_bytes(data)
        assert read(tmp_path / name).text.startswith(LINES[0]), name


def test_old_word_files_need_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(UnreadableReport, match="LibreOffice, which is not installed"):
        read_bytes(ole("WordDocument"), ".doc")


@pytest.mark.skipif(os.name != "posix", reason="a stand-in written for the shell")
def test_what_libreoffice_makes_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "made.docx").write_bytes(documents.numbered(LINES))
    program = tmp_path / "soffice"
    program.write_text(
        f'#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\nmkdir "$2"; cp {tmp_path}/made.docx "$2/report.docx"\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert read_bytes(ole("WordDocument"), ".wps").text.startswith(LINES[0])
    program.write_text("#!/bin/sh\nexit 1\n")
    with pytest.raises(UnreadableReport, match="could not convert"):
        read_bytes(ole("WordDocument"), ".doc")


# --- the worker -------------------------------------------------------------------------------------------------------


@pytest.fixture
def worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    """A worker that knows the readers of another package: one that never ends, one that dies, one that fails, one that works."""
    (tmp_path / "odd_readers.py").write_text(
        "import os, time\nfrom kgraph.read.content import BEAT, Content\n"
        "def hangs(data):\n    while True: pass\n"
        "def dies(data): os.kill(os.getpid(), 9)\n"
        "def fails(data): raise KeyError('two\\nlines')\n"
        "def prints(data):\n    print('noise')\n    return Content('推进法治政府建设，' * 50)\n"
        "def slow(data):\n    for _ in range(6):\n        time.sleep(0.5)\n        BEAT.get()()\n    return Content('推进法治政府建设，' * 50)\n"
    )
    info = tmp_path / "odd-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: odd\nVersion: 1\n")
    names = "".join(f".{name} = odd_readers:{name}\n" for name in ("hangs", "dies", "fails", "prints", "slow"))
    (info / "entry_points.txt").write_text("[kgraph.readers]\n" + names)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    worker = Worker(seconds=2.0)
    yield worker
    worker.end()


def test_the_worker_outlives_its_readers(worker: Worker) -> None:
    for ending, reason in ((".hangs", "not read after 2 seconds"), (".dies", "ended the process"), (".fails", "KeyError")):
        with pytest.raises(UnreadableReport, match=reason) as caught:
            worker.read(b"x", ending)
        assert "\n" not in str(caught.value)
        assert worker.read(b"x", ".prints").text.startswith("推进")


def test_a_reader_that_shows_life_may_take_its_time(worker: Worker) -> None:
    assert worker.read(b"x", ".slow").text


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_worker_that_was_killed_is_started_again(worker: Worker) -> None:
    worker.read(b"x", ".prints")
    assert worker._process is not None
    os.kill(worker._process.pid, signal.SIGKILL)
    worker._process.wait()
    assert worker.read(b"x", ".prints").text


# --- properties -------------------------------------------------------------------------------------------------------

PIECES = ["<p>", "</p>", "<div id=zoom>", "</div>", "<table>", "<tr>", "<td>", "<ol start=2>", "<li>", "<br>", "<pre>", "<a href=x>", "</a>", "法治政府，", "一、",
          "\n", " ", "&nbsp;", "<!--", "-->", "<script>", "</script>", "<h1>", "<title>", "<meta charset=gbk>", "\x00", "报告"]  # fmt: skip


def one_line(error: UnreadableReport) -> None:
    assert "\n" not in str(error)


def sound(content: Content) -> None:
    offsets = [offset for offset, _ in content.anchors]
    assert offsets == sorted(set(offsets))
    assert all(0 <= offset < len(content.text) for offset in offsets)
    assert not re.search(r"[\x00-\x08\r]| \n|\n\n|^\n", content.text)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_any_page_is_read_or_refused(pieces: list[str]) -> None:
    from kgraph.read.html import read_html

    try:
        sound(read_html("".join(pieces).encode()))
    except UnreadableReport as error:
        one_line(error)


TAGS = [
    "p",
    "r",
    "t",
    "tbl",
    "tr",
    "tc",
    "del",
    "ins",
    "rPr",
    "pPr",
    "numPr",
    "txbxContent",
    "pict",
    "sdt",
    "fldChar",
    "br",
    "vanish",
]
TREES = st.recursive(
    st.sampled_from(
        ["<w:t>法治</w:t>", '<w:numId w:val="1"/>', '<w:ilvl w:val="99"/>', '<w:fldChar w:fldCharType="begin"/>', "<w:br/>"]
    ),
    lambda inner: st.builds(
        lambda tag, inside: f"<w:{tag}>{''.join(inside)}</w:{tag}>", st.sampled_from(TAGS), st.lists(inner, max_size=4)
    ),
    max_leaves=30,
)


@settings(max_examples=150, deadline=None)
@given(TREES, TREES)
def test_any_word_file_is_read_or_refused(body: str, numbering: str) -> None:
    from kgraph.read.docx import read_docx

    try:
        sound(read_docx(documents.docx(body, numbering=numbering + documents.NUMBERING, styles=numbering, footnotes=numbering)))
    except UnreadableReport as error:
        one_line(error)


BOX = st.builds(
    lambda text, x, y, w, h: Piece(text, x, y, x + w, y + h),
    st.text(max_size=8), st.floats(-100, 900), st.floats(-100, 900), st.floats(-5, 500), st.floats(-5, 60),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(BOX, max_size=30), max_size=4))
def test_any_pieces_on_pages_become_paragraphs(pages: list[list[Piece]]) -> None:
    found = paragraphs([PageOf(n, 595, 842, tuple(pieces)) for n, pieces in enumerate(pages, 1)])
    assert all(text.strip() and 1 <= number <= len(pages) for text, number in found)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.4\n", b"<html>", b"MIME-Version: 1.0\n", b"\xd0\xcf\x11\xe0"]),
       st.sampled_from([".txt", ".html", ".mht", ".docx", ".pdf"]))  # fmt: skip
def test_any_bytes_are_read_or_refused(data: bytes, head: bytes, ending: str) -> None:
    try:
        read_bytes(head + data, ending)
    except UnreadableReport as error:
        one_line(error)
