"""Encodings, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph.errors import InputError, UnreadableReport
from kgraph.read import MAX_BYTES, find, read
from kgraph.read.plain import decode

TEXT = "某镇2024年法治政府建设年度报告\n一、“法律明白人”，共40名。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_encodings(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_line_ends_become_newlines() -> None:
    assert decode("一\r\n二\r三".encode()) == "一\n二\n三"


REFUSED = [
    (b"", "empty", "an empty file"),
    (b" \n\t\n", "empty", "only blanks"),
    (bytes(range(256)) * 20, "binary", "binary"),
    (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "binary", "a picture"),
    ("法治政府".encode("utf-16-le") * 50, "unknown encoding", "UTF-16 without a mark"),
    ("Größe, über, naïve façade ".encode("latin-1") * 30, "unknown encoding", "Latin 1"),
    ("政府年度報告書についてのお知らせです".encode("shift_jis") * 20, "unknown encoding", "Shift JIS"),
    (b"plain English text, no Chinese at all", "no Chinese", "another language"),
]


@pytest.mark.parametrize(("data", "reason", "why"), REFUSED)
def test_what_is_no_report_is_refused_in_one_line(data: bytes, reason: str, why: str) -> None:
    with pytest.raises(UnreadableReport, match=reason) as caught:
        decode(data)
    assert "\n" not in str(caught.value), why


def test_a_file_cut_off_inside_a_character_is_read() -> None:
    assert decode(TEXT.encode()[:-1]).startswith("某镇2024年")


def test_large_missing_and_foreign_files(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    other = tmp_path / "a.xyz"
    other.write_text("法治")
    for path, reason in ((large, "bytes"), (other, "cannot read"), (tmp_path / "no.txt", "not a regular file")):
        with pytest.raises(UnreadableReport, match=reason):
            read(path)


def test_finding_files(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/2.txt", "1.txt", ".hidden.txt", "note.md"):
        (tmp_path / name).write_text(TEXT)
    assert [source for _, source in find([tmp_path])] == ["1.txt", "b/2.txt"]
    assert [source for _, source in find([tmp_path / "b/2.txt", tmp_path / "b/2.txt"])] == ["2.txt"]
    with pytest.raises(InputError, match="no such file"):
        find([tmp_path / "missing"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no report found"):
        find([tmp_path / "empty"])
