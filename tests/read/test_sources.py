"""Where reports come from: folders, archives, lists; and the same report in two files."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import documents
import pytest

from kgraph.build import build
from kgraph.errors import InputError, UnreadableReport
from kgraph.graph import KnowledgeGraph
from kgraph.read import Input, archive, content_hash, inputs, read
from kgraph.same import shared, sketch

pytest.importorskip("selectolax")
TEXT = "\n".join(
    [
        "宝丰县张八桥镇2023年法治政府建设年度报告",
        "一、主要举措和成效",
        *(f"（{n}）深化第{n}类普法宣传。全年面向{w}开展普法宣传活动{k}场次，发放{w}资料{k * 37}份，调解{w}纠纷{k + 3}件，培训{w}执法人员{k * 5}人次。"
          for k, (n, w) in enumerate(zip("一二三四五六七八九十", ("农民", "学生", "企业", "干部", "妇女", "老人", "工人", "商户", "游客", "居民"), strict=True), 2)),
        "二、存在的不足",
        "部分干部法治意识不强，执法力量不足。",
        "三、下一步打算",
        "加强行政执法人员培训。",
        "宝丰县张八桥镇人民政府",
        "2024年1月5日",
    ]
)  # fmt: skip
LINES = TEXT.split("\n")


def archived(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return path


def test_files_in_an_archive_are_read_from_inside(tmp_path: Path) -> None:
    path = archived(
        tmp_path / "r.zip",
        {
            "b/a.html": documents.trs(LINES).encode(),
            "c.txt": TEXT.encode(),
            "note.md": b"x",
            "__MACOSX/c.txt": b"x",
            "b/.h.txt": b"x",
        },
    )
    found = inputs([tmp_path])
    assert [each.source for each in found] == ["r.zip!/b/a.html", "r.zip!/c.txt"]
    for each in found:
        document = read(each.path, each.source)
        assert document.text.startswith(LINES[0])
        assert document.content_hash == content_hash(each.path, each.source)
    assert sorted(p.name for p in tmp_path.iterdir()) == [path.name]


def test_names_in_gbk(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("x.txt")
    path = tmp_path / "r.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(info, TEXT)
    data = path.read_bytes().replace(b"x.txt", "甲".encode("gbk")[:1] + "甲".encode("gbk")[1:] + b".xt"[:0] + b"txt")
    path.write_bytes(data)
    assert archive.names(path) == ["甲txt"]


ARCHIVES = [
    ({"../../out.txt": TEXT.encode()}, "leads outside", "a name that climbs"),
    ({"/etc/x.txt": TEXT.encode()}, "leads outside", "an absolute name"),
    ({"C:\\x.txt": TEXT.encode()}, "leads outside", "a name of Windows"),
    ({"a.zip": b"PK"}, "archive inside an archive", "nested"),
    ({"a.txt": b"0" * 9_000_000}, "bytes; a report has at most", "too large"),
    ({"a.docx": b"\0" * 60_000_000}, "zip bomb", "grows too much"),
    ({"a.png": b"x"}, "without a report", "nothing to read"),
    ({}, "without a report", "empty"),
]


@pytest.mark.parametrize(("files", "reason", "why"), ARCHIVES)
def test_hostile_archives_get_one_line(tmp_path: Path, files: dict[str, bytes], reason: str, why: str) -> None:
    good = archived(tmp_path / "z.zip", {"good.txt": TEXT.encode()})
    bad = archived(tmp_path / "a.zip", files)
    result = build([bad, good], tmp_path / "g")
    assert result.built == 1
    assert len(result.skipped) == 1
    line = result.skipped[0][1]
    assert reason in line, why
    assert line.startswith("a.zip")
    assert "\n" not in line
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.zip", "g", "z.zip"]


def test_broken_encrypted_and_crowded_archives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archived(tmp_path / "a.zip", {"a.txt": TEXT.encode(), "b.txt": TEXT.encode()})
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert "broken archive" in inputs([path])[0].refused
    data = bytearray(whole)
    for start in (whole.index(b"PK\x03\x04") + 6, whole.index(b"PK\x01\x02") + 8):
        data[start] |= 1
    path.write_bytes(bytes(data))
    with pytest.raises(UnreadableReport, match="password"):
        read(path, "a.zip!/a.txt")
    path.write_bytes(whole)
    monkeypatch.setattr(archive, "MAX_FILES", 1)
    assert "at most 1" in inputs([path])[0].refused


def test_what_browsers_and_word_leave_is_passed_over(tmp_path: Path) -> None:
    for name in ("r.html", "r_files/frame.html", "~$x.docx", "own_files/y.txt", ".z.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    assert [each.source for each in inputs([tmp_path])] == ["own_files/y.txt", "r.html"]


def workbook(rows: list[list[object]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


ROWS: list[list[object]] = [
    ["文件", "网址", "年份", "发布机构", "备注"],
    ["a/1.txt", "https://a.gov.cn/1", 2023, "某镇人民政府", "x"],
    [None, None, None, None, None],
    ["../out.txt", None, None, None, None],
    [None, "https://a.gov.cn/2", None, None, None],
    ["missing.txt", None, None, None, None],
]


@pytest.mark.parametrize("form", ["csv", "gbk csv", "xlsx"])
def test_a_list_names_files_and_what_is_known_of_them(tmp_path: Path, form: str) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/1.txt").write_text(TEXT, encoding="utf-8")
    path = tmp_path / ("list.xlsx" if form == "xlsx" else "list.csv")
    text = "".join(",".join(str(v or "") for v in row) + "\n" for row in ROWS)
    path.write_bytes(workbook(ROWS) if form == "xlsx" else text.encode("gb18030" if form == "gbk csv" else "utf-8-sig"))
    found = {each.source: each for each in inputs([path])}
    assert set(found) == {"a/1.txt", "missing.txt", f"{path.name}, row 4", f"{path.name}, row 5"}
    assert "outside the folder" in found[f"{path.name}, row 4"].refused
    assert "names no file" in found[f"{path.name}, row 5"].refused
    one = found["a/1.txt"]
    assert dict(one.given) == {"address": "https://a.gov.cn/1", "year": "2023", "issuer": "某镇人民政府"}
    document = read(one.path, one.source, one.given)
    assert document.metadata["address"] == "https://a.gov.cn/1"
    assert document.content_hash != read(one.path, one.source).content_hash, "a changed row is a changed report"
    result = build([path], tmp_path / "g")
    assert (result.built, len(result.skipped)) == (1, 3)
    assert build([path], tmp_path / "g").unchanged == 1
    with KnowledgeGraph.open(tmp_path / "g") as kg:
        assert [str(a) for (a,) in kg.store.values("SELECT ?a { ?r kg:address ?a }")] == ["https://a.gov.cn/1"]


@pytest.mark.skipif(os.name != "posix", reason="links")
def test_a_list_does_not_lead_outside_by_a_link(tmp_path: Path) -> None:
    (tmp_path / "out.txt").write_text(TEXT)
    (tmp_path / "in").mkdir()
    (tmp_path / "in/link.txt").symlink_to(tmp_path / "out.txt")
    (tmp_path / "in/list.csv").write_text("file\nlink.txt\n")
    assert "leads outside" in inputs([tmp_path / "in/list.csv"])[0].refused


def test_what_is_no_list_is_an_error(tmp_path: Path) -> None:
    for name, data in (("a.csv", b"x,y\n1,2\n"), ("b.xlsx", b"PK"), ("c.csv", b"\x00\xff" * 50), ("d.xlsx", documents.docx(""))):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(InputError, match=name):
            inputs([tmp_path / name])
    with pytest.raises(InputError, match="no report found"):
        inputs([tmp_path])


def test_the_same_report_as_page_and_as_attachment_is_one(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    (source / "a.html").write_text(documents.trs(LINES), encoding="utf-8")
    (source / "b.docx").write_bytes(documents.numbered(["关于2023年度法治政府建设情况的报告", *LINES[1:]]))
    (source / "c.pdf").write_bytes(documents.pdf(LINES))
    other = [LINES[0].replace("2023", "2022"), *LINES[1:]]
    (source / "d.txt").write_text("\n".join(other), encoding="utf-8")
    for built, unchanged in ((2, 0), (0, 2)):
        result = build([source], tmp_path / "g")
        assert (result.built, result.unchanged) == (built, unchanged)
        assert [name for name, _ in result.skipped] == ["b.docx", "c.pdf"]
        assert all("the same report as a.html" in reason for _, reason in result.skipped)
    query = "SELECT ?f ?o { ?r kg:sourceFile ?f ; kg:otherSource ?o } ORDER BY ?o"
    with KnowledgeGraph.open(tmp_path / "g") as kg:
        assert [tuple(map(str, row)) for row in kg.store.values(query)] == [("a.html", "b.docx"), ("a.html", "c.pdf")]
        places = [str(p) for (p,) in kg.store.values("SELECT DISTINCT ?p { ?s kg:placeInFile ?p }")]
        assert places
        assert all(p.startswith("//*[@id=") for p in places)
    (source / "c.pdf").write_bytes(documents.pdf([LINES[0].replace("2023", "2021"), *LINES[1:]]))
    assert build([source], tmp_path / "g").built == 1
    with KnowledgeGraph.open(tmp_path / "g") as kg:
        assert [tuple(map(str, row)) for row in kg.store.values(query)] == [("a.html", "b.docx")]


def test_sketches_tell_how_much_two_texts_share() -> None:
    assert shared(sketch(TEXT), sketch(documents.pdf.__doc__ or "")) == 0
    assert shared(sketch(TEXT), sketch(TEXT.replace("\n", " \n\n"))) == 1
    assert shared(sketch(TEXT), sketch(TEXT.replace("普法宣传活动", "走访活动").replace("资料", "手册"))) < 0.8
    assert sketch("短文") == frozenset()


def test_inputs_are_sorted_and_each_comes_once(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(TEXT)
    found = inputs([tmp_path, tmp_path / "b.txt"])
    assert found == [Input("a.txt", tmp_path / "a.txt"), Input("b.txt", tmp_path / "b.txt")]
