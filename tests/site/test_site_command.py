"""The command, and the same from Python."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from kgraph.cli import main
from kgraph.graph import KnowledgeGraph


def test_the_command_writes_folder_and_zip(graph: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(
        main, ["site", str(graph), "-o", str(tmp_path / "a"), "--zip", str(tmp_path / "a.zip"), "--title", "试"]
    )
    assert done.exit_code == 0, done.output
    assert "index.html" in done.output
    assert (tmp_path / "a.zip").stat().st_size > 100_000
    assert "<title>试</title>" in (tmp_path / "a/index.html").read_text(encoding="utf-8")


def test_a_folder_with_other_things_is_refused_in_one_line(graph: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    done = CliRunner().invoke(main, ["site", str(graph), "-o", str(tmp_path)])
    assert done.exit_code == 2
    assert (tmp_path / "mine.txt").exists()
    assert "not empty" in done.output


def test_from_python(graph: Path, tmp_path: Path) -> None:
    with KnowledgeGraph.open(graph) as kg:
        made = kg.site(tmp_path / "a")
    assert made.zip is None
    assert made.files > 100
    assert made.size > 1_000_000
