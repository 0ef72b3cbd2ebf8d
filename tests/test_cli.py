"""The command line: every command, its forms, and one clear line with exit code 2 for what cannot be used."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kgraph.cli import main
from kgraph.knowledge import data_directory


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("cli") / "graph"
    seeds = [str(p) for p in sorted(data_directory("seeds").glob("00*.txt"))]
    result = run("build", *seeds, "-o", str(path))
    assert result.exit_code == 0, result.output
    return str(path)


def run(*args: str) -> Result:
    return CliRunner().invoke(main, list(args))


def test_every_command_has_help_in_both_languages() -> None:
    for name, command in main.commands.items():
        text = run(name, "--help").output
        assert any("\u4e00" <= c <= "\u9fff" for c in text), name
        assert any(c.isascii() and c.isalpha() for c in command.help or ""), name


def test_query_forms(graph: str, tmp_path: Path) -> None:
    sparql = "SELECT ?file { ?r a kg:Report ; kg:sourceFile ?file } ORDER BY ?file"
    assert len(list(csv.reader(io.StringIO(run("query", graph, sparql, "--format", "csv").output)))) == 6
    assert len(json.loads(run("query", graph, sparql, "--format", "json").output)) >= 1
    out = tmp_path / "a.xlsx"
    assert run("query", graph, sparql, "-o", str(out)).exit_code == 0
    assert out.read_bytes()[:2] == b"PK"
    turtle = run("query", graph, "CONSTRUCT { ?r a kg:Report } WHERE { ?r a kg:Report }", "--format", "ttl")
    assert turtle.exit_code == 0
    assert "kg:Report" in turtle.output or "ns#Report" in turtle.output


def test_questions_are_listed_and_asked(graph: str) -> None:
    listed = list(csv.DictReader(io.StringIO(run("questions", graph, "--format", "csv").output)))
    assert len(listed) >= 15


def test_show_info_compare_analyze_check(graph: str) -> None:
    shown = run("show", graph, "000-puqian-2024.txt")
    assert shown.exit_code == 0
    assert "practice:" in shown.output or "规则" in shown.output
    assert run("info", graph).exit_code == 0
    for by in ("region", "year"):
        compared = run("compare", graph, "--practice", "legal-literate-persons", "--by", by)
        assert compared.exit_code == 0, compared.output
        assert "法律明白人" in compared.output
    assert run("analyze", graph).exit_code == 0
    checked = run("check", graph)
    assert checked.exit_code == 0, checked.output


@pytest.mark.parametrize("form", ["nquads", "trig", "turtle", "ntriples", "jsonld", "graphml", "gexf", "csv"])
def test_export(graph: str, tmp_path: Path, form: str) -> None:
    out = tmp_path / f"out.{form}"
    result = run("export", graph, "--format", form, "-o", str(out))
    assert result.exit_code == 0, result.output
    assert out.exists()


def test_draw_writes_a_page(graph: str, tmp_path: Path) -> None:
    out = tmp_path / "graph.html"
    assert run("draw", graph, "-o", str(out)).exit_code == 0
    assert out.read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html>")


BAD = [
    (("build", "{tmp}/missing", "-o", "{tmp}/g"), "no such file"),
    (("build", "{tmp}/folder", "-o", "{tmp}/g"), "no report found"),
    (("build", "{tmp}/empty.txt", "-o", "{tmp}/g"), "empty"),
    (("build", "{tmp}/binary.txt", "-o", "{tmp}/g"), "binary"),
    (("build", "{tmp}/latin.txt", "-o", "{tmp}/g"), "encoding"),
    (("build", "{tmp}/large.txt", "-o", "{tmp}/g"), "bytes"),
    (("build", "{tmp}/plain.txt", "-o", "{tmp}/g"), "no heading"),
    (("query", "{tmp}/nothing", "SELECT * {{ ?s ?p ?o }}"), "nothing"),
    (("query", "{graph}", "SELECT nonsense"), "kgraph:"),
    (("query", "{graph}", "SELECT * {{ SERVICE <http://example.org/> {{ ?s ?p ?o }} }}"), "SERVICE"),
    (("query", "{graph}", "INSERT DATA {{ <a:b> <a:b> <a:b> }}"), "kgraph:"),
    (("query", "{graph}", "LOAD <http://example.org/>"), "kgraph:"),
    (("query", "{graph}", "--name", "no-such-question"), "no-such-question"),
    (("query", "{graph}", "SELECT * " + "{{" * 5000), "kgraph:"),
    (("compare", "{graph}", "--practice", "no-such-practice"), "no-such-practice"),
    (("show", "{graph}", "no such report"), "no report matches"),
    (("export", "{graph}", "--format", "nonsense", "-o", "{tmp}/x"), "nonsense"),
    (("draw", "{graph}", "-o", "{tmp}/plain.txt/x.html"), "cannot be written"),
]


@pytest.mark.parametrize(("args", "words"), BAD, ids=[" ".join(a)[:60] for a, _ in BAD])
def test_bad_input_gets_one_clear_line_and_exit_code_2(graph: str, tmp_path: Path, args: tuple[str, ...], words: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.txt").touch()
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "latin.txt").write_bytes("Größe über naïve façade ".encode("latin-1") * 30)
    (tmp_path / "plain.txt").write_text("今天天气很好,我们去爬山。", encoding="utf-8")
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(100_000_000)
    result = run(*(a.format(tmp=tmp_path, graph=graph) for a in args))
    assert result.exit_code == 2, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert words in result.output
    assert "Traceback" not in result.output
    assert all(len(line) < 400 for line in result.output.splitlines())


def test_importing_the_command_line_stays_light() -> None:
    code = "import sys, kgraph.cli; print(sorted(m for m in ('rdflib', 'networkx', 'jieba', 'pyvis', 'pyshacl', 'rich', 'pyoxigraph') if m in sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_score_saves_a_run_and_compares_with_it(graph: str, tmp_path: Path) -> None:
    gold = str(data_directory("seeds") / "gold")
    saved = tmp_path / "run.json"
    assert run("score", graph, gold, "--save", str(saved)).exit_code == 0
    assert set(json.loads(saved.read_text(encoding="utf-8"))) >= {"laws", "metrics", "measures"}
    again = run("score", graph, gold, "--against", str(saved), "--errors", "1")
    assert again.exit_code == 0, again.output
    assert "gains (+)" in again.output
    floors = tmp_path / "floors.json"
    floors.write_text('{"laws": {"f1": 1.1}}', encoding="utf-8")
    assert run("score", graph, gold, "--floors", str(floors)).exit_code == 1
