"""``kgraph audit`` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kgraph.cli import main
from kgraph.graph import KnowledgeGraph
from kgraph.knowledge import data_directory


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("audited") / "graph"
    KnowledgeGraph.build([data_directory("seeds") / "003-zhangbaqiao-2023.txt"], path, jobs=1).close()
    return path


def _findings(graph: Path) -> int:
    with KnowledgeGraph.open(graph) as kg:
        return len(list(kg.store.values("SELECT ?f { ?f a kg:Finding }")))


def test_audit_lists_records_and_writes(graph: Path, tmp_path: Path) -> None:
    run = CliRunner()
    listed = run.invoke(main, ["audit", str(graph), "--dry-run", "--format", "json"])
    assert listed.exit_code == 0, listed.output
    assert _findings(graph) == 0
    assert {f["check"] for f in json.loads(listed.output)} >= {"copy-places", "law-repealed", "language-terms"}
    some = run.invoke(main, ["audit", str(graph), "--check", "language", "--format", "csv"])
    assert some.output.count("language-terms") == 1
    assert _findings(graph) == 0, "a part of an audit is not recorded"
    target = tmp_path / "found.sarif"
    assert run.invoke(main, ["audit", str(graph), "-o", str(target)]).exit_code == 0
    assert json.loads(target.read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert _findings(graph) == len(json.loads(listed.output))


def test_audit_names_what_is_wrong(graph: Path, tmp_path: Path) -> None:
    run = CliRunner()
    unknown = run.invoke(main, ["audit", str(graph), "--check", "spelling"])
    assert unknown.exit_code == 2
    assert "no check 'spelling'" in unknown.output
    assert run.invoke(main, ["audit", str(tmp_path / "none")]).exit_code == 2
