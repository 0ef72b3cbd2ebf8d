"""Findings in the graph: seen by queries, replaced by the next audit, gone with their report; what the store gives is
what the pipeline gives."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from measure import Reader

from kgraph.audit.load import from_facts, reports
from kgraph.audit.record import AUDIT, recorded
from kgraph.audit.run import examine
from kgraph.errors import InputError
from kgraph.graph import KnowledgeGraph
from kgraph.knowledge import data_directory
from kgraph.read import read

FILES = ("000-puqian-2024.txt", "003-zhangbaqiao-2023.txt")


@pytest.fixture
def graph(tmp_path: Path) -> KnowledgeGraph:
    return KnowledgeGraph.build([data_directory("seeds") / name for name in FILES], tmp_path / "graph", jobs=1)


def _triples(graph: KnowledgeGraph) -> set[str]:
    return {str(triple) for triple in graph.store.triples()}


def test_findings_are_recorded_replaced_and_removed(graph: KnowledgeGraph, tmp_path: Path) -> None:
    before = _triples(graph)
    found = graph.audit(record=True)
    assert {"arithmetic-parts", "law-repealed", "copy-places", "copy-repeats", "language-terms"} <= {
        f.check for f in found.findings
    }
    rows = list(graph.store.values("SELECT ?f ?check { ?f a kg:Finding ; kg:check ?check ; kg:inReport/kg:sourceFile ?file }"))
    assert sorted(r[1] for r in rows) == sorted(f.check for f in found.findings)
    shown = recorded(graph.store)
    assert [(f.check, f.message) for f in shown] == [(f.check, f.message) for f in found.findings]
    assert [f.rank for f in shown] == list(range(1, len(shown) + 1))
    first = found.findings[0]
    assert shown[0].evidence == first.evidence
    assert [f.iri for f in recorded(graph.store, first.report)] == [f.iri for f in found.findings if f.report == first.report]

    whole = _triples(graph)
    assert before < whole
    graph.audit(record=True)
    assert _triples(graph) == whole, "the same audit again leaves the same graph"

    from kgraph.audit.record import record
    from kgraph.store import Store

    path = graph.store.path
    graph.close()
    with Store.create(path) as store:
        record(store, ())
    graph = KnowledgeGraph.open(path)
    assert _triples(graph) == before, "without findings the graph is as it was: spans of facts stay"
    graph.audit(record=True)
    graph.close()
    with Store.create(path) as store:
        store.remove(first.report)
        left = {q.subject.value for q in store.engine.quads_for_pattern(None, None, None, None) if q.graph_name != AUDIT}
    assert not any("/finding/" in s and s.startswith(first.report) for s in left)


def test_a_partial_audit_and_its_formats(graph: KnowledgeGraph) -> None:
    found = graph.audit("law")
    assert {f.check.partition("-")[0] for f in found.findings} == {"law"}
    sarif = json.loads(str(found.render("sarif")))
    results = sarif["runs"][0]["results"]
    assert len(results) == len(found.findings)
    rules = [r["id"] for r in sarif["runs"][0]["tool"]["driver"]["rules"]]
    assert all(rules[r["ruleIndex"]] == r["ruleId"] for r in results)
    region = results[0]["locations"][0]["physicalLocation"]["region"]
    assert region["charLength"] == len(region["snippet"]["text"])
    assert json.loads(str(found.render("json", 1)))[0]["evidence"]
    assert len(found.table().columns) == 9
    assert found.render("csv").count("\n") == len(found.findings) + 1
    assert found.render("xlsx")[:2] == b"PK"
    with pytest.raises(InputError, match="no format"):
        found.render("pdf")


def test_store_and_pipeline_give_the_same_findings(graph: KnowledgeGraph) -> None:
    reader = Reader()
    stored = list(reports(graph.store, graph.knowledge))
    by_source = {r.source: r for r in stored}
    direct = []
    for name in FILES:
        document = read(data_directory("seeds") / name, name)
        direct.append(from_facts(reader._pipeline.facts(document), by_source[name].iri))
    keys = [[(f.check, f.message, f.evidence) for f in examine(some, reader.context)] for some in (stored, direct)]
    assert keys[0] == keys[1]


def test_words_are_never_an_accusation(graph: KnowledgeGraph) -> None:
    for finding in graph.audit().findings:
        assert not any(word in finding.message + finding.reasoning for word in ("造假", "虚假", "抄袭", "伪造", "违法", "欺骗"))
