"""The tutorials and the ten questions of docs/comparing.md run as they are written, on the reports that come with kgraph."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from kgraph.cli import main
from kgraph.knowledge import Knowledge, data_directory
from kgraph.query import questions

DOCS = Path(__file__).parent.parent.parent / "docs"
BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ROW = re.compile(r"^\| (.+?[?？]) \| `(kgraph .+?)` \| `([a-z-]+)` \|$", re.MULTILINE)


def run(line: str) -> str:
    program, *arguments = shlex.split(line)
    assert program == "kgraph"
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, (line, result.output)
    return result.output


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("docs")
    (path / "seeds").mkdir()
    for file in sorted(data_directory("seeds").glob("*.txt"))[:12]:
        (path / "seeds" / file.name).write_bytes(file.read_bytes())
    return path


@pytest.mark.parametrize("name", ["tutorial.md", "tutorial.zh-CN.md"])
def test_the_tutorial_runs(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("matplotlib")
    monkeypatch.chdir(folder)
    scope: dict[str, object] = {}
    blocks = BLOCK.findall((DOCS / name).read_text(encoding="utf-8"))
    assert len(blocks) >= 9
    for language, block in blocks:
        if language == "python":
            exec(compile(block, name, "exec"), scope)
        else:
            for line in block.splitlines():
                assert run(line).strip(), line
    for written in ("disputes.svg", "rates.html", "gaps.xlsx", "notes.txt"):
        assert (folder / written).stat().st_size > 500


@pytest.mark.parametrize("name", ["comparing.md", "comparing.zh-CN.md"])
def test_ten_questions_each_with_a_command_and_its_sparql(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    if not (folder / "graph").exists():
        run("kgraph build seeds/ -o graph/")
    rows = ROW.findall((DOCS / name).read_text(encoding="utf-8"))
    assert len(rows) == 10
    named = {question.name for question in questions(Knowledge())}
    for question, command, sparql in rows:
        assert sparql in named, question
        lines = run(command).splitlines()
        assert len(lines) > 5, command


def test_both_languages_ask_the_same() -> None:
    english, chinese = (ROW.findall((DOCS / name).read_text(encoding="utf-8")) for name in ("comparing.md", "comparing.zh-CN.md"))
    assert [row[1:] for row in english] == [row[1:] for row in chinese]


@pytest.mark.parametrize("command", ["matrix --long", "rates --rate share", "peers", "spread --what laws"])
@pytest.mark.parametrize("form", ["--format csv", "--format json", "--sources", "--footnotes", "--lang en"])
def test_forms(command: str, form: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    if not (folder / "graph").exists():
        run("kgraph build seeds/ -o graph/")
    name, *options = command.split()
    assert run(" ".join(["kgraph", name, "graph", *options, form])).strip()


def test_errors_are_one_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    if not (folder / "graph").exists():
        run("kgraph build seeds/ -o graph/")
    for command in (
        "gaps graph --region 没有的镇",
        "profile graph",
        "rates graph --population none.csv",
        "chart graph bars -o a.svg",
    ):
        result = CliRunner().invoke(main, command.split())
        assert result.exit_code == 2, command
        assert result.output.startswith("kgraph: ")
        assert result.output.count("\n") == 1
