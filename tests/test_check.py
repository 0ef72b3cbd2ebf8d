"""Each shape: a graph that conforms, and one change that breaks it and nothing else is blamed, by both engines."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

import graphs
import pyoxigraph as ox
import pytest

from kgraph.check import check, neighbourhood
from kgraph.check_engines import Engine, Violation, fast_engine, pyshacl_engine
from kgraph.errors import InputError
from kgraph.store import Store

SHAPES = (graphs.ONTOLOGY / "shapes.ttl").read_text(encoding="utf-8")
NS = "https://w3id.org/kgraph/shape/"
ENGINES = ["pyshacl", *(["shacl"] if importlib.util.find_spec("shacl") else [])]
R = graphs.reports()[1].iri
METRIC = re.findall(r"<([^>]*/metric/[^>]*)> <[^>]*#change>", graphs.reports()[1].ntriples.decode())[0]
MEASURE = f"{R}/measure/12-50-peoples-mediation"
CITATION = f"{R}/citation/56-62"
UNLINKED = f"{R}/unlinked/106-110-body"
SPAN = f"{R}#char=106,110"
BODY = graphs.BASE + "body/910121101-liulin"
LAW = graphs.BASE + "law/marriage"
TOWN = graphs.BASE + "region/910121101"
DERIVED = graphs.BASE + "derived/1"
FINDING = graphs.BASE + "finding/1"
CONCEPT = graphs.PREFIXES["practice"] + "petition"

# shape → (node, property, what its values become); "" takes them away, several lines stand for several values
BREAKS: dict[str, tuple[str, str, str]] = {
    "Report-label": (R, "rdfs:label", '"no language"'),
    "Report-title": (R, "dcterms:title", ""),
    "Report-file": (R, "kg:sourceFile", '"a.txt"\n"b.txt"'),
    "Report-hash": (R, "kg:contentHash", '"md5:0"'),
    "Report-text": (R, "nif:isString", ""),
    "Report-year": (R, "kg:reportingYear", '"2024"^^<http://www.w3.org/2001/XMLSchema#integer>'),
    "Report-issued": (R, "dcterms:issued", '"in January"'),
    "Report-publisher": (R, "dcterms:publisher", f"<{LAW}>"),
    "Report-region": (R, "dcterms:spatial", f"<{BODY}>"),
    "Report-run": (R, "prov:wasGeneratedBy", ""),
    "Report-law": (R, "kg:citesLaw", f"<{BODY}>"),
    "Region-label": (TOWN, "rdfs:label", ""),
    "Region-code": (TOWN, "skos:notation", '"91012"'),
    "Region-level": (TOWN, "kg:level", '"5"^^<http://www.w3.org/2001/XMLSchema#integer>'),
    "Region-wider": (TOWN, "schema:containedInPlace", f"<{BODY}>"),
    "Region-practice": (TOWN, "kg:practises", f"<{LAW}>"),
    "Region-report": (TOWN, "kg:hasReport", f"<{LAW}>"),
    "Organization-name": (BODY, "skos:prefLabel", '"甲"@zh\n"乙"@zh'),
    "Organization-form": (BODY, "skos:altLabel", '"no language"'),
    "Organization-type": (BODY, "org:classification", f"<{LAW}>"),
    "Organization-region": (BODY, "dcterms:spatial", f"<{LAW}>"),
    "Organization-parent": (BODY, "org:subOrganizationOf", f"<{LAW}>"),
    "Law-title": (LAW, "eli:title", ""),
    "Law-other": (LAW, "eli:title_alternative", '"no language"'),
    "Law-kind": (LAW, "eli:type_document", ""),
    "Law-start": (LAW, "eli:first_date_entry_in_force", '"1981"'),
    "Law-end": (LAW, "eli:date_no_longer_in_force", '"2021"'),
    "Phrase-context": (SPAN, "nif:referenceContext", f"<{LAW}>"),
    "Phrase-begin": (SPAN, "nif:beginIndex", '"110"^^<http://www.w3.org/2001/XMLSchema#integer>'),
    "Phrase-end": (SPAN, "nif:endIndex", '"110"'),
    "Phrase-words": (SPAN, "nif:anchorOf", '""'),
    "Phrase-body": (SPAN, "itsrdf:taIdentRef", f"<{LAW}>"),
    "Measure-report": (MEASURE, "kg:inReport", ""),
    "Measure-evidence": (MEASURE, "kg:evidence", ""),
    "Measure-rule": (MEASURE, "kg:rule", ""),
    "Measure-practice": (MEASURE, "kg:practice", ""),
    "Measure-status": (MEASURE, "kg:status", "<https://w3id.org/kgraph/ns#implements>"),
    "Measure-responsible": (MEASURE, "kg:responsibleBody", f"<{LAW}>"),
    "Measure-involved": (MEASURE, "kg:involvedBody", f"<{LAW}>"),
    "Measure-citation": (MEASURE, "kg:citation", f"<{LAW}>"),
    "Measure-outcome": (MEASURE, "kg:outcome", f"<{LAW}>"),
    "Measure-actor": (MEASURE, "kg:actor", '"no language"'),
    "Measure-action": (MEASURE, "kg:action", '"甲"@zh\n"乙"@zh'),
    "Measure-object": (MEASURE, "kg:object", '""@zh'),
    "Measure-targetGroup": (MEASURE, "kg:targetGroup", f"<{BODY}>"),
    "Measure-instrument": (MEASURE, "kg:instrument", '"no language"'),
    "Measure-frequency": (MEASURE, "kg:frequency", '"每月"@zh\n"每季度"@zh'),
    "Measure-place": (MEASURE, "kg:place", f"<{TOWN}>"),
    "Citation-report": (CITATION, "kg:inReport", ""),
    "Citation-evidence": (CITATION, "kg:evidence", f"<{LAW}>"),
    "Citation-rule": (CITATION, "kg:rule", ""),
    "Citation-law": (CITATION, "kg:cites", f"<{BODY}>"),
    "Citation-role": (CITATION, "kg:role", "<https://w3id.org/kgraph/ns#done>"),
    "Citation-measure": (CITATION, "kg:measure", f"<{LAW}>"),
    "Metric-report": (METRIC, "kg:inReport", ""),
    "Metric-evidence": (METRIC, "kg:evidence", ""),
    "Metric-rule": (METRIC, "kg:rule", ""),
    "Metric-set": (METRIC, "qb:dataSet", ""),
    "Metric-value": (METRIC, "kg:value", '"2.5"'),
    "Metric-unit": (METRIC, "kg:unit", ""),
    "Metric-comparator": (METRIC, "kg:comparator", ""),
    "Metric-label": (METRIC, "kg:indicatorLabel", ""),
    "Metric-status": (METRIC, "kg:status", ""),
    "Metric-indicator": (METRIC, "kg:indicator", f"<{LAW}>"),
    "Metric-change": (METRIC, "kg:change", "<https://w3id.org/kgraph/ns#done>"),
    "Metric-per": (METRIC, "kg:per", f"<{LAW}>"),
    "Metric-practice": (METRIC, "kg:practice", f"<{LAW}>"),
    "Metric-measure": (METRIC, "kg:measure", f"<{LAW}>"),
    "Metric-total": (METRIC, "kg:partOf", f"<{LAW}>"),
    "Metric-area": (METRIC, "sdmx-dimension:refArea", f"<{LAW}>"),
    "Metric-period": (METRIC, "sdmx-dimension:refPeriod", '"2024"'),
    "Unlinked-report": (UNLINKED, "kg:inReport", ""),
    "Unlinked-evidence": (UNLINKED, "kg:evidence", ""),
    "Unlinked-words": (UNLINKED, "kg:mentionText", ""),
    "Unlinked-reason": (UNLINKED, "kg:reason", ""),
    "DerivedMetric-value": (DERIVED, "kg:value", ""),
    "DerivedMetric-source": (DERIVED, "prov:wasDerivedFrom", f"<{LAW}>"),
    "DerivedMetric-formula": (DERIVED, "kg:formula", ""),
    "Finding-report": (FINDING, "kg:inReport", ""),
    "Finding-check": (FINDING, "kg:check", ""),
    "Finding-message": (FINDING, "rdfs:label", '"no language"'),
    "Concept-label": (CONCEPT, "skos:prefLabel", '"甲"@zh\n"乙"@zh'),
    "Concept-broader": (CONCEPT, "skos:broader", f"<{LAW}>"),
}
MORE = f"""<{DERIVED}> a kg:DerivedMetric ; kg:value 1.5 ; prov:wasDerivedFrom <{METRIC}> ; kg:formula "a / b" .
<{FINDING}> a kg:Finding ; kg:inReport <{R}> ; kg:check "x" ; rdfs:label "有误"@zh ."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("graph")
    with graphs.build(folder / "g", knowledge=graphs.small_knowledge(folder / "o")) as built:
        yield built


@pytest.fixture(scope="module")
def good(store: Store) -> str:
    head = "".join(f"PREFIX {p}: <{i}>\n" for p, i in graphs.PREFIXES.items())
    more = "".join(f"{t} .\n" for t in ox.parse(head + MORE, ox.RdfFormat.TURTLE))
    return neighbourhood(store, [R]) + more


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    made = pyshacl_engine(SHAPES) if request.param == "pyshacl" else fast_engine(SHAPES)
    assert made is not None
    return made


def broken(good: str, shape: str) -> str:
    node, name, values = BREAKS[shape]
    start = f"<{node}> <{graphs.iri(name)}> "
    kept = [line for line in good.splitlines() if not line.startswith(start)]
    return "\n".join([*kept, *(f"{start}{value} ." for value in values.splitlines())]) + "\n"


def test_there_is_a_break_for_every_property_shape() -> None:
    shapes = {
        q.object.value.removeprefix(NS)
        for q in ox.parse(SHAPES, ox.RdfFormat.TURTLE)
        if q.predicate.value.endswith("shacl#property")
    }  # type: ignore[union-attr]
    assert set(BREAKS) == shapes


def test_every_shape_has_a_message_and_a_path_and_a_known_target() -> None:
    from kgraph.vocab import KG

    quads = list(ox.parse(SHAPES, ox.RdfFormat.TURTLE))
    paths = {q.subject for q in quads if q.predicate.value.endswith("shacl#path")}
    assert paths == {q.subject for q in quads if q.predicate.value.endswith("shacl#message")}
    for q in quads:
        if (
            q.predicate.value.endswith("#targetClass")
            and isinstance(q.object, ox.NamedNode)
            and q.object.value.startswith(KG.base)
        ):
            assert q.object.value.removeprefix(KG.base) in KG.names


def test_the_good_graph_conforms(good: str, engine: Engine) -> None:
    assert list(engine(good)) == []


@pytest.mark.parametrize("shape", BREAKS)
def test_a_broken_graph_is_told_by_its_shape(shape: str, good: str, engine: Engine) -> None:
    found = {(v.shape, v.focus) for v in engine(broken(good, shape))}
    assert (shape, BREAKS[shape][0]) in found
    assert len({s for s, _ in found}) <= 4, found  # a broken node may break what leads to it, not everything


@pytest.mark.skipif(len(ENGINES) < 2, reason="the package shacl is not installed")
@pytest.mark.parametrize("shape", BREAKS)
def test_both_engines_find_the_same(shape: str, good: str) -> None:
    def plain(found: Iterator[Violation]) -> set[tuple[str, str, str]]:
        return {(v.shape, v.constraint, v.focus) for v in found}

    fast = fast_engine(SHAPES)
    assert fast is not None
    data = broken(good, shape)
    assert plain(fast(data)) == plain(pyshacl_engine(SHAPES)(data))


@pytest.mark.parametrize("engine_name", ENGINES)
def test_a_built_graph_conforms_and_every_shape_is_about_something(engine_name: str, store: Store) -> None:
    result = check(store, sample=None, engine=engine_name)
    assert (result.conforms, result.unused, result.checked, result.total) == (True, (), 4, 4)
    assert result.focus["Report"] == 4
    assert result.focus["Law"] == 5
    assert result.focus["Finding"] == 0
    assert result.text() == f"conforms (all reports by {engine_name}; 12 shapes, {sum(result.focus.values())} nodes)\n"


def test_what_no_report_states_is_told(tmp_path: Path) -> None:
    only = graphs.state("910122", 2024, "", "某报告", "donghu", [graphs.S("办结信访件", [("petition", "done")])])
    with graphs.build(tmp_path / "g", [only], graphs.small_knowledge(tmp_path / "o")) as store:
        result = check(store)
        assert result.unused == ("Citation", "Law", "Metric")
        assert "Metric: nothing in this graph is of this kind" in result.text()
        assert "Unlinked" not in result.text()


def test_violations_in_a_store_are_found_and_shown(tmp_path: Path) -> None:
    report = graphs.reports()[1]
    bad = report.ntriples.replace(b"#status> <https://w3id.org/kgraph/ns#planned>", b"#status> <https://w3id.org/kgraph/ns#plan>")
    batch = [graphs.reports()[0], graphs.Stated(report.iri, report.source, report.content_hash, bad)]
    with graphs.build(tmp_path / "g", batch, graphs.small_knowledge(tmp_path / "o")) as store:
        result = check(store)
        assert {v.shape for v in result.violations} == {"Measure-status", "Metric-status"}
        assert not result.conforms
        assert "Measure-status: a measure is done, planned or a problem: " in result.text()
        assert result.text().endswith("nodes)\n")


def test_the_sample_is_the_same_every_time_and_engines_are_named(store: Store) -> None:
    result = check(store, sample=2, engine="pyshacl")
    assert (result.checked, result.total) == (2, 4)
    assert "2 of 4 reports by pyshacl" in result.text()
    with pytest.raises(InputError, match="no engine 'jena'"):
        check(store, engine="jena")


def test_a_neighbourhood_holds_the_report_whole_and_no_other(store: Store) -> None:
    lines = neighbourhood(store, [R]).splitlines()
    assert {line for line in graphs.reports()[1].ntriples.decode().splitlines() if line.startswith(f"<{R}")} <= set(lines)
    assert not any(line.startswith(f"<{other.iri}") for line in lines for other in graphs.reports() if other.iri != R)
