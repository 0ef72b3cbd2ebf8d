"""The store: what goes in comes out; replacing and removing leave what the other reports state; a kill leaves it whole."""

from __future__ import annotations

import dataclasses
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import graphs
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.sparql import prepareQuery

from kgraph.errors import QueryError, StoreError
from kgraph.store import DATA, MARKER, Store, python_value, shared_lines
from kgraph.vocab import BASE, KG, PREFIXES


def lines(store: Store) -> set[str]:
    return {f"{t} ." for t in store.triples()}


def noted(store: Store) -> set[str]:
    return {str(quad) for quad in store.engine if quad.graph_name != ox.DefaultGraph()}


def stated(*reports: graphs.Stated) -> set[str]:
    return {line for report in reports for line in report.ntriples.decode().splitlines()}


def test_what_is_written_is_what_is_there_and_stays(tmp_path: Path) -> None:
    with graphs.build(tmp_path / "g") as store:
        assert lines(store) == stated(*graphs.reports())
    with Store.open(tmp_path / "g") as store:
        assert lines(store) == stated(*graphs.reports())
        assert store.sources() == {r.source: (r.iri, r.content_hash) for r in graphs.reports()}
        assert store.reports() == sorted(r.iri for r in graphs.reports())
        assert len(store) == len(stated(*graphs.reports()))


def test_a_report_of_the_same_iri_is_replaced_and_others_stay(tmp_path: Path) -> None:
    reports = graphs.reports()
    changed = graphs.state("910121101", 2024, "2025-03-01", "柳林镇2024年法治政府建设年度报告", "liulin",
                           [graphs.S("召开会议", [("fengqiao", "done")])], "new.txt")  # fmt: skip
    assert changed.iri == reports[1].iri
    with graphs.build(tmp_path / "g") as store:
        assert store.write([changed]) == 1
        assert lines(store) == stated(reports[0], changed, *reports[2:])
        assert set(store.sources()) == {reports[0].source, "new.txt", reports[2].source, reports[3].source}


def test_a_file_that_gives_another_iri_replaces_what_it_gave_before(tmp_path: Path) -> None:
    reports = graphs.reports()
    renamed = graphs.state("910122", 2025, "", "东湖区2025年报告", "donghu", graphs.DONGHU_2024, reports[3].source)
    with graphs.build(tmp_path / "g") as store:
        assert store.write([renamed]) == 1
        assert lines(store) == stated(*reports[:3], renamed)


def test_bodies_laws_and_shortcuts_that_no_report_names_any_more_go_and_others_stay(tmp_path: Path) -> None:
    reports = graphs.reports()
    with graphs.build(tmp_path / "g") as store:
        assert store.remove(reports[1].iri, "https://example.org/none") == 1
        assert lines(store) == stated(reports[0], *reports[2:])
        town, law = BASE + "region/910121101", BASE + "law/"
        assert not list(store.triples(law + "marriage"))
        assert list(store.triples(law + "constitution"))
        practised = {t.object.value for t in store.triples(town, KG.practises)}  # type: ignore[union-attr]
        assert practised == {PREFIXES["practice"] + name for name in ("peoples-mediation", "officials-learning")}
        assert store.remove(*(r.iri for r in reports)) == 3
        assert lines(store) == noted(store) == set()


@pytest.mark.parametrize("seed", range(6))
def test_any_order_of_writing_replacing_and_removing_ends_in_the_same_graph(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    first, other = graphs.reports(), graphs.reports()
    for i, report in enumerate(other):
        sentences = [graphs.S(f"第{i}件事", [("petition", "done")], cites=[("第", "constitution", "studies")])]
        code, year = report.iri.rpartition("/")[2].split("-")[:2]
        made = graphs.state(code, int(year), "", "别的报告", "donghu", sentences, report.source)
        other[i] = dataclasses.replace(
            made, ntriples=made.ntriples.replace(made.iri.encode(), report.iri.encode()), iri=report.iri
        )
    with graphs.build(tmp_path / "g", []) as store:
        for _ in range(8):
            store.write([chance.choice((first, other))[i] for i in chance.sample(range(4), chance.randrange(1, 4))])
            if chance.random() < 0.3:
                store.remove(first[chance.randrange(4)].iri)
        store.write(first)
        found, kept = lines(store), noted(store)
    with graphs.build(tmp_path / "h") as fresh:
        assert found == lines(fresh) == stated(*first)
        assert kept == noted(fresh)


def test_writing_the_same_again_changes_nothing(tmp_path: Path) -> None:
    with graphs.build(tmp_path / "g") as store:
        before = set(store.engine)
        assert store.write(graphs.reports()) == 4
        assert set(store.engine) == before


def test_of_two_in_a_batch_that_share_iri_or_file_the_later_counts(tmp_path: Path) -> None:
    a, b, c, _ = graphs.reports()
    same_file = dataclasses.replace(c, source=b.source, ntriples=c.ntriples.replace(c.source.encode(), b.source.encode()))
    with graphs.build(tmp_path / "g", [a, b, a, same_file]) as store:
        assert lines(store) == stated(a, same_file)


def test_vocabularies_are_loaded_once_and_renewed_with_their_version(tmp_path: Path) -> None:
    knowledge = graphs.small_knowledge(tmp_path / "o")
    with graphs.build(tmp_path / "g", knowledge=knowledge) as store:
        assert not store.load_vocabularies(knowledge)
        (label,) = store.triples(
            PREFIXES["practice"] + "hotline", PREFIXES["rdfs"] + "label", ox.Literal("Hotlines", language="en")
        )
        (tmp_path / "o" / "concepts.ttl").write_text(
            (tmp_path / "o" / "concepts.ttl").read_text(encoding="utf-8").replace("Hotlines", "Hot lines"), encoding="utf-8"
        )
        renewed = graphs.small_knowledge.__globals__["Knowledge"].__new__(type(knowledge))
        renewed.directories = knowledge.directories
        assert store.load_vocabularies(renewed)
        assert label not in set(store.triples())
        labels = {t.object.value for t in store.triples(PREFIXES["practice"] + "hotline", PREFIXES["rdfs"] + "label")}  # type: ignore[union-attr]
        assert labels == {"政务热线", "Hot lines"}
        assert stated(*graphs.reports()) <= lines(store)


KILLED = """
import sys; sys.path.insert(0, sys.argv[1])
import graphs
from kgraph.store import Store
store = Store.create(sys.argv[2])
i = 0
while True:
    batch = []
    for _ in range(20):
        i += 1
        cites = [("做", "constitution", "studies")]
        sentences = [graphs.S(f"做了第{i}{k}件事", [("petition", "done")], cites=cites) for k in range(25)]
        year = 1000 + i % int(sys.argv[3])
        batch.append(graphs.state("910122", year, "", "报告", "donghu", sentences, f"{year}.txt"))
    store.write(batch)
    print(i, flush=True)
"""


@pytest.mark.parametrize(("kind", "years"), [("new reports", 9000), ("replacements", 30)])
def test_a_killed_writer_leaves_a_store_of_whole_reports(kind: str, years: int, tmp_path: Path) -> None:
    chance = random.Random(years)
    path = tmp_path / "g"
    acknowledged = 0
    for _ in range(3):
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, "-c", KILLED, str(graphs.HERE), str(path), str(years)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as writer:
            assert writer.stdout is not None
            acknowledged = int(writer.stdout.readline())
            time.sleep(chance.uniform(0.05, 0.4))
            writer.send_signal(signal.SIGKILL)
            acknowledged = max([acknowledged, *map(int, writer.stdout.read().split())])
        with Store.create(path) as store:
            assert not list((path / DATA).glob("bulk-*.sst"))
            reports = store.reports()
            assert len(reports) >= min(acknowledged, years)
            for report in reports:
                own, shared = store.stated(report)
                predicates = [t.predicate.value.rpartition("#")[2] for t in own]
                assert (predicates.count("status"), predicates.count("cites"), predicates.count("isString")) == (25, 25, 1)
                assert len(shared) > 20
                assert all(ox.Quad(t.subject, t.predicate, t.object) in store.engine for t in shared)
            store.write(graphs.reports())  # and it can be written to
            assert store.remove(*(report.iri for report in graphs.reports())) == 4


def test_a_reader_beside_a_writer_sees_the_graph_as_it_was(tmp_path: Path) -> None:
    with graphs.build(tmp_path / "g", graphs.reports()[:2]) as writer, Store.open(tmp_path / "g") as reader:
        writer.write(graphs.reports())
        assert (len(reader.reports()), len(writer.reports())) == (2, 4)


def test_a_second_writer_is_told_so(tmp_path: Path) -> None:
    with Store.create(tmp_path / "g"), pytest.raises(StoreError, match="in use"):
        Store.create(tmp_path / "g")
    with Store.create(tmp_path / "g"):
        pass


def test_wrong_folders_get_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "notes.txt").write_text("mine")
    (tmp_path / "file").write_text("")
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / MARKER).write_text(json.dumps({"format": 99, "kgraph": "9.0", "base": BASE}))
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / MARKER).write_text(json.dumps({"format": 1, "kgraph": "0", "base": BASE}))
    for open_, name, message in [
        (Store.open, "missing", "no such folder; build a graph with: kgraph build"),
        (Store.open, "other", "not a graph of kgraph"),
        (Store.open, "file", "not a graph of kgraph"),
        (Store.open, "new", "made by kgraph 9.0 in another format"),
        (Store.open, "empty", "this graph is empty"),
        (Store.create, "other", "not a graph of kgraph and not empty"),
        (Store.create, "file", "not a graph of kgraph and not empty"),
        (Store.create, "file/x", "cannot be made"),
    ]:
        with pytest.raises(StoreError, match=message):
            open_(tmp_path / name)
    assert sorted(p.name for p in (tmp_path / "other").iterdir()) == ["notes.txt"]
    with (
        Store.create(tmp_path / "based", base="https://example.org/"),
        pytest.raises(StoreError, match=r"has the base https://example.org/"),
    ):
        Store.create(tmp_path / "based", base=BASE)


def test_a_damaged_store_is_told_and_not_a_crash(tmp_path: Path) -> None:
    graphs.build(tmp_path / "g").close()
    (tmp_path / "g" / DATA / "CURRENT").write_text("nonsense")
    with pytest.raises(StoreError, match="cannot be opened"):
        Store.open(tmp_path / "g")


def test_triples_that_do_not_parse_change_nothing(tmp_path: Path) -> None:
    with graphs.build(tmp_path / "g") as store:
        before = set(store.engine)
        for report in (graphs.reports()[0], dataclasses.replace(graphs.reports()[0], iri=BASE + "report/new", source="new")):
            with pytest.raises(StoreError, match="do not parse"):
                store.write([dataclasses.replace(report, ntriples=report.ntriples + b"<a> nonsense .\n")])
        assert set(store.engine) == before


def test_a_closed_or_read_only_store_says_so(tmp_path: Path) -> None:
    graphs.build(tmp_path / "g").close()
    store = Store.open(tmp_path / "g")
    for write in (lambda: store.write(graphs.reports()[:1]), store.optimise, lambda: store.remove(graphs.reports()[0].iri)):
        with pytest.raises(StoreError, match="for reading only"):
            write()
    store.close()
    with pytest.raises(StoreError, match="was closed"):
        store.reports()


def test_shared_lines_are_those_of_other_things() -> None:
    report = graphs.reports()[0]
    shared = shared_lines(report.iri, report.ntriples)
    assert all(not line.startswith(f"<{report.iri}".encode()) for line in shared)
    near = f'<{report.iri}> <a:p> "" .\n<{report.iri}#x> <a:p> "" .\n<{report.iri}/x> <a:p> "" .\n<{report.iri}0> <a:p> "" .\n'
    assert shared_lines(report.iri, near.encode()) == [f'<{report.iri}0> <a:p> "" .'.encode()]


@pytest.mark.parametrize(
    ("lexical", "kind", "value"),
    [
        ("40", "integer", 40),
        ("2024", "gYear", 2024),
        ("2024-01-02", "date", "2024-01-02"),
        ("x", "string", "x"),
        ("true", "boolean", True),
        ("x", "integer", "x"),
        ("1e3", "double", 1000),
    ],
)
def test_values_are_plain_python(lexical: str, kind: str, value: object) -> None:
    assert python_value(ox.Literal(lexical, datatype=ox.NamedNode(PREFIXES["xsd"] + kind))) == value


def test_the_rdflib_view_reads_asks_and_does_not_write(tmp_path: Path) -> None:
    with graphs.build(tmp_path / "g") as store:
        graph = store.as_rdflib()
        report = rdflib.URIRef(graphs.reports()[0].iri)
        year = graph.value(report, rdflib.URIRef(KG.reportingYear))
        assert (len(graph), str(year)) == (len(store), "2023")
        assert set(graph) == set(rdflib.Graph().parse(data="\n".join(stated(*graphs.reports())), format="nt"))
        assert (report, None, None) in graph
        rows = graph.query("SELECT ?y { ?r kg:reportingYear ?y } ORDER BY ?y", initBindings={"r": report})
        assert [str(row[0]) for row in graph.query("SELECT ?y { ?r kg:reportingYear ?y } ORDER BY ?y")] == [
            "2023",
            "2024",
            "2024",
            "2024",
        ]  # type: ignore[index]
        assert [str(row[0]) for row in rows] == ["2023"]  # type: ignore[index]
        prepared = prepareQuery("ASK { ?r a kg:Report }", initNs={"kg": KG.base})
        assert graph.query(prepared).askAnswer
        assert len(graph.query("CONSTRUCT { ?r a kg:Report } WHERE { ?r a kg:Report }").graph or ()) == 4
        copy = rdflib.Graph() + graph
        assert len(copy) == len(store)
        with pytest.raises(StoreError, match="read-only"):
            graph.add((report, rdflib.RDF.type, report))
        with pytest.raises(StoreError, match="read-only"):
            graph.remove((report, None, None))
        with pytest.raises(QueryError, match="SERVICE"):
            graph.query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
        with pytest.raises(Exception, match="read-only"):
            graph.update("INSERT DATA { <a:a> <a:a> <a:a> }")
