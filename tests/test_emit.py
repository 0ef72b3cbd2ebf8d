"""The graph of a real build: no blank nodes, a label on every node, evidence that points at its words, canonical literals."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kgraph.build import build
from kgraph.graph import KnowledgeGraph
from kgraph.knowledge import Knowledge, data_directory
from kgraph.pipeline import Pipeline

SEEDS = sorted(data_directory("seeds").glob("0*.txt"))


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    path = tmp_path_factory.mktemp("emit") / "g"
    build(SEEDS, path, jobs=1)
    return KnowledgeGraph.open(path)


def test_there_are_no_blank_nodes(graph: KnowledgeGraph) -> None:
    for quad in graph.store.engine:
        assert not isinstance(quad.subject, ox.BlankNode)
        assert not isinstance(quad.object, ox.BlankNode)


def test_every_node_has_one_chinese_label(graph: KnowledgeGraph) -> None:
    without = list(graph.store.values("SELECT DISTINCT ?s { ?s a ?class MINUS { ?s rdfs:label ?l } }"))
    assert without == []


def test_every_fact_has_evidence_and_a_rule(graph: KnowledgeGraph) -> None:
    for name in ("kg:Measure", "kg:Metric", "kg:Citation"):
        assert list(graph.store.values(f"SELECT ?f {{ ?f a {name} MINUS {{ ?f kg:evidence ?e }} }}")) == []
        assert list(graph.store.values(f"SELECT ?f {{ ?f a {name} MINUS {{ ?f kg:rule ?e }} }}")) == []


def test_spans_hold_their_words(graph: KnowledgeGraph) -> None:
    texts = {str(r): str(t) for r, t in graph.store.values("SELECT ?r ?t { ?r nif:isString ?t }")}
    spans = list(
        graph.store.values(
            "SELECT ?r ?b ?e ?a { ?s nif:referenceContext ?r ; nif:beginIndex ?b ; nif:endIndex ?e ; nif:anchorOf ?a }"
        )
    )
    assert len(spans) > 400
    for report, begin, end, anchor in spans:
        assert texts[str(report)][int(str(begin)) : int(str(end))] == anchor


def test_shortcuts_say_what_the_full_form_says(graph: KnowledgeGraph) -> None:
    full = set(
        graph.store.values(
            "SELECT DISTINCT ?g ?p { ?r dcterms:spatial ?g . ?m kg:inReport ?r ; a kg:Measure ; kg:status kg:done ; kg:practice ?p }"
        )
    )
    assert full == set(graph.store.values("SELECT ?g ?p { ?g kg:practises ?p }"))
    cited = set(graph.store.values("SELECT DISTINCT ?r ?l { ?c kg:inReport ?r ; kg:cites ?l }"))
    assert cited == set(graph.store.values("SELECT ?r ?l { ?r kg:citesLaw ?l }"))


def test_terms_in_use_are_defined(graph: KnowledgeGraph) -> None:
    for scheme, terms in (("practice", graph.knowledge.practices), ("indicator", graph.knowledge.indicators)):
        used = {str(o).rpartition("/")[2] for (o,) in graph.store.values(f"SELECT DISTINCT ?o {{ ?s kg:{scheme} ?o }}")}
        assert used <= set(terms)
        assert used


def test_the_same_bytes_under_any_hash_seed(tmp_path: Path) -> None:
    code = (
        "import sys, hashlib; from pathlib import Path; from kgraph.pipeline import Pipeline; from kgraph.knowledge import Knowledge\n"
        "p = Pipeline(Knowledge())\nprint(hashlib.sha256(b''.join(p.state(Path(f), 'x').ntriples for f in sys.argv[1:])).hexdigest())"
    )
    out = set()
    for seed in ("1", "2"):
        env = os.environ | {"PYTHONHASHSEED": seed}
        out.add(
            subprocess.run([sys.executable, "-c", code, *map(str, SEEDS[:3])], env=env, capture_output=True, check=True).stdout
        )
    assert len(out) == 1


def test_ntriples_are_sorted_and_without_duplicates() -> None:
    lines = Pipeline(Knowledge()).state(SEEDS[0], "x").ntriples.decode().splitlines()
    assert lines == sorted(set(lines))
