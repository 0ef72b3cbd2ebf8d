"""Every export reads back as the same graph, twice the same bytes, each report in its own graph."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from pathlib import Path

import graphs
import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib

from kgraph.errors import InputError
from kgraph.export import FORMATS, RDF_FORMATS, export, tables
from kgraph.store import Store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("graph")
    with graphs.build(folder / "g", knowledge=graphs.small_knowledge(folder / "o")) as built:
        yield built


@pytest.mark.parametrize("form", RDF_FORMATS)
def test_rdf_reads_back_as_the_whole_graph(form: str, store: Store, tmp_path: Path) -> None:
    export(store, form, tmp_path / "x")
    found = {quad.triple for quad in ox.parse(path=str(tmp_path / "x"), format=RDF_FORMATS[form])}
    assert found == set(store.triples())


@pytest.mark.parametrize("form", ["nquads", "trig"])
def test_each_report_stands_in_its_graph_and_what_is_shared_in_another(form: str, store: Store, tmp_path: Path) -> None:
    export(store, form, tmp_path / "x")
    report = graphs.reports()[1]
    by_graph: dict[str, set[str]] = {}
    for quad in ox.parse(path=str(tmp_path / "x"), format=RDF_FORMATS[form]):
        by_graph.setdefault(quad.graph_name.value, set()).add(quad.subject.value)  # type: ignore[union-attr]
    assert set(by_graph) == {*store.reports(), store.base + "shared"}
    assert all(subject.startswith(report.iri) for subject in by_graph[report.iri])
    assert not any("/report/" in subject for subject in by_graph[store.base + "shared"])


@pytest.mark.parametrize("form", ["nquads", "ntriples"])
def test_lines_are_sorted_inside_a_graph(form: str, store: Store, tmp_path: Path) -> None:
    export(store, form, tmp_path / "x")
    lines = (tmp_path / "x").read_text(encoding="utf-8").splitlines()
    if form == "nquads":
        shared = [line for line in lines if line.endswith("/shared> .")]
        assert lines[: len(shared)] == shared == sorted(shared)
    else:
        assert lines == sorted(lines)


def test_the_same_graph_gives_the_same_bytes_whatever_the_order_and_the_hash_seed(store: Store, tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import graphs; from pathlib import Path\n"
        "from kgraph.export import FORMATS, export\n"
        "out = Path(sys.argv[2]); batch = graphs.reports()[::-1]\n"
        "s = graphs.build(out / 'g', [], graphs.small_knowledge(out / 'o'))\n"
        "for r in batch: s.write([r])\n"
        "for r in batch: s.write([r])\n"
        "for f in FORMATS:\n    export(s, f, out / (f + ('.zip' if f == 'csv' else '')))"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(graphs.HERE), str(tmp_path)],
        check=True,
        env={"PYTHONHASHSEED": "7", "PYTHONPATH": ":".join(sys.path)},
    )
    (tmp_path / "here").mkdir()
    for form in FORMATS:
        name = form + (".zip" if form == "csv" else "")
        export(store, form, tmp_path / "here" / name)
        assert (tmp_path / "here" / name).read_bytes() == (tmp_path / name).read_bytes(), form


def test_shared_lines_that_do_not_fit_into_memory_are_sorted_through_files(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(store, "ntriples", tmp_path / "a")
    monkeypatch.setattr("kgraph.export.CHUNK", 50)
    export(store, "ntriples", tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_turtle_is_read_by_rdflib(store: Store, tmp_path: Path) -> None:
    export(store, "turtle", tmp_path / "x.ttl")
    assert len(rdflib.Graph().parse(tmp_path / "x.ttl")) == len(store)


def test_networks_hold_things_and_the_edges_between_them(store: Store, tmp_path: Path) -> None:
    export(store, "graphml", tmp_path / "x.graphml")
    graph = nx.read_graphml(tmp_path / "x.graphml")
    law = graphs.BASE + "law/civil-code"
    assert graph.nodes[law] == {"label": "中华人民共和国民法典", "class": "LegalResource"}
    assert graph.edges[graphs.reports()[1].iri, law]["property"] == "kg:citesLaw"
    assert {data["class"] for _, data in graph.nodes(data=True)} >= {
        "Region",
        "Report",
        "Organization",
        "Measure",
        "Metric",
        "Concept",
    }
    assert sorted(d["value"] for _, d in graph.nodes(data=True) if "value" in d)[-2:] == [300.0, 25000.0]
    export(store, "gexf", tmp_path / "x.gexf")
    root = ET.parse(tmp_path / "x.gexf").getroot()
    space = {"g": "http://gexf.net/1.3"}
    assert len(root.findall(".//g:node", space)) == len(graph)
    assert len(root.findall(".//g:edge", space)) == graph.number_of_edges()


def test_text_of_a_report_cannot_break_xml_or_csv(tmp_path: Path) -> None:
    wild = '=1+1</node>&"\'<script>\x01\u202e,\n"'
    sentence = graphs.S(wild, [("petition", "done")])
    with graphs.build(tmp_path / "g", [graphs.state("910122", 2024, "", wild, "donghu", [sentence])]) as store:
        for form in FORMATS:
            export(store, form, tmp_path / form)
        for form in ("graphml", "gexf"):
            assert "<script>" not in (tmp_path / form).read_text(encoding="utf-8")
            ET.parse(tmp_path / form)
        with (tmp_path / "csv" / "measures.csv").open(encoding="utf-8-sig", newline="") as file:
            (row,) = csv.DictReader(file)
        assert row["words"] == "'" + wild


def test_the_tables_have_a_row_for_each_fact(store: Store, tmp_path: Path) -> None:
    found = tables(store)
    assert {name: len(table) for name, table in found.items()} == {
        "reports": 4,
        "measures": 22,
        "metrics": 22,
        "citations": 7,
        "bodies": 6,
    }
    metric = next(r for r in found["metrics"].records() if r["words"] == "法律明白人40余名")
    assert {k: metric[k] for k in ("what", "comparator", "value", "unit", "status", "indicator", "practice")} == {
        "what": "法律明白人",
        "comparator": "over",
        "value": 40,
        "unit": "名",
        "status": "done",
        "indicator": "legal-literate-persons",
        "practice": "legal-literate-persons",
    }
    export(store, "csv", tmp_path / "t.zip")
    with zipfile.ZipFile(tmp_path / "t.zip") as archive:
        assert sorted(archive.namelist()) == sorted(f"{name}.csv" for name in found)
        rows = list(csv.DictReader(io.StringIO(archive.read("reports.csv").decode("utf-8-sig"))))
    assert [row["region"] for row in rows] == ["柳林镇", "柳林镇", "石桥镇", "东湖区"]


def test_json_ld_is_json(store: Store, tmp_path: Path) -> None:
    export(store, "jsonld", tmp_path / "x")
    assert isinstance(json.loads((tmp_path / "x").read_text(encoding="utf-8")), list)


def test_an_unknown_format_and_a_bad_path_get_one_line(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no export format 'docx'; there are: nquads"):
        export(store, "docx", tmp_path / "x")
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        export(store, "nquads", tmp_path / "file" / "x")
