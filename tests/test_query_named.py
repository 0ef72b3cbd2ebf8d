"""The named questions: exact rows on the four reports of ``graphs``, by Oxigraph through the store and by rdflib alone."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import graphs
import pytest
import rdflib

from kgraph.errors import KnowledgeError, QueryError
from kgraph.knowledge import Knowledge
from kgraph.query import ask_question, questions, questions_table
from kgraph.query_named import bind, find_question, read_question
from kgraph.store import Store
from kgraph.vocab import PREFIXES

EXPECTED = Path(__file__).parent / "queries"
GIVEN = {
    "gaps": {"region": "石桥镇"},
    "peers": {"region": "柳林镇"},
    "practice-regions": {"practice": "经费与队伍保障"},
    "slot-diff": {"practice": "人民调解", "region": "柳林镇", "other": "石桥镇"},
    "indicator-values": {"indicator": "mediation-cases"},
    "law-citations": {"law": "宪法"},
    "plans": {"region": "柳林镇"},
    "practice-gap": {"region": "柳林镇", "other": "东湖区"},
    "practice-metrics": {"practice": "人民调解"},
    "practices-of-neighbours": {"region": "910121101"},
    "promises": {},
    "region-profile": {"region": "清溪县柳林镇", "year": "2024"},
}
NAMES = [question.name for question in questions(Knowledge())]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("graph")
    with graphs.build(folder / "g", knowledge=graphs.small_knowledge(folder / "o")):
        pass
    with Store.open(folder / "g") as opened:
        yield opened


@pytest.fixture(scope="module")
def rdf(store: Store) -> rdflib.Graph:
    graph = rdflib.Graph()
    for triple in store.as_rdflib():
        graph.add(triple)
    return graph


def expected(name: str) -> list[str]:
    return (EXPECTED / f"{name}.tsv").read_text(encoding="utf-8").splitlines()


def cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return format(value, "f") if isinstance(value, Decimal) else str(value)


@pytest.mark.parametrize("name", NAMES)
def test_oxigraph_finds_the_rows(name: str, store: Store) -> None:
    table = ask_question(store, name, GIVEN.get(name, {}), Knowledge()).table
    assert ["\t".join(table.columns), *("\t".join(map(cell, row)) for row in table.rows)] == expected(name)


@pytest.mark.parametrize("name", NAMES)
def test_rdflib_finds_the_same_rows(name: str, store: Store, rdf: rdflib.Graph) -> None:
    question = find_question(name, Knowledge())
    found = rdf.query(question.filled(bind(store, question, GIVEN.get(name, {}))), initNs=PREFIXES)
    header, *rows = expected(name)
    assert [str(v) for v in found.vars or ()] == header.split("\t")
    ours = [
        "\t".join("" if v is None else cell(v.toPython()) if v.datatype == rdflib.XSD.boolean else str(v) for v in row)
        if not any(isinstance(v, rdflib.URIRef) for v in row)
        else "\t".join("" if v is None else str(v) for v in row)
        for row in found
    ]  # type: ignore[union-attr]
    assert sorted(ours) == sorted(rows)


def test_each_question_has_its_rows_and_each_file_its_question() -> None:
    assert {path.stem for path in EXPECTED.glob("*.tsv")} == set(NAMES)
    assert len(NAMES) >= 18
    assert all(len(expected(name)) > 1 for name in NAMES)


def test_each_question_says_what_it_asks_in_both_languages() -> None:
    for question in questions(Knowledge()):
        assert question.titles["zh"].endswith("？"), question.name
        assert question.titles["en"].endswith("?"), question.name
        for parameter in question.parameters:
            assert f"${parameter.name}" in question.sparql.partition("SELECT")[2], question.name


def test_a_parameter_that_is_not_given_matches_everything(store: Store) -> None:
    everywhere = ask_question(store, "plans", {}, Knowledge()).table
    assert [row[:3] for row in everywhere.rows] == [
        ("柳林镇", 2023, "政务热线"),
        ("柳林镇", 2023, "村法律顾问"),
        ("柳林镇", 2024, "执法培训"),
    ]
    assert [row[1] for row in ask_question(store, "plans", {"year": "2024", "practice": "执法培训"}, Knowledge()).table.rows] == [
        2024
    ]


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("practice-metric", {}, "no question 'practice-metric'; near: practice-metrics"),
        ("practice-metrics", {}, "needs practice: --set practice=…"),
        ("practice-metrics", {"practise": "信访"}, "has no parameter 'practise'; it has: practice, year"),
        ("practice-metrics", {"practice": "调解"}, "no practice '调解' in this graph; near: 人民调解"),
        ("practice-metrics", {"practice": "信访", "year": "24"}, "a year is four digits, not '24'"),
        ("practice-metrics", {"practice": "x> } ; DROP ALL #"}, "no practice"),
        ("region-profile", {"region": "柳林"}, "no region '柳林' in this graph; near: 柳林镇"),
        ("region-profile", {"region": '柳林镇" }'}, "no region"),
        ("law-citations", {"law": "刑法"}, "no law '刑法' in this graph"),
    ],
)
def test_a_wrong_value_gets_one_clear_line(name: str, given: dict[str, str], message: str, store: Store) -> None:
    with pytest.raises(QueryError) as caught:
        ask_question(store, name, given, Knowledge())
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_several_regions_of_one_name_are_told_apart_by_code(tmp_path: Path) -> None:
    twin = graphs.reports()[0].ntriples.replace('柳林镇"@zh'.encode(), '石桥镇"@zh'.encode())
    batch = [graphs.reports()[2], graphs.Stated(graphs.reports()[0].iri, "x", "h", twin)]
    with graphs.build(tmp_path / "g", batch) as store:
        question = find_question("region-profile", Knowledge())
        with pytest.raises(
            QueryError, match=r"云山省河东市清溪县石桥镇 \(910121101\), 云山省河东市清溪县石桥镇 \(910121102\); give the code"
        ):
            bind(store, question, {"region": "石桥镇"})
        assert "910121102" in str(bind(store, question, {"region": "910121102"})["region"])


def test_questions_of_the_users_ontology_come_first_and_are_guarded(store: Store, tmp_path: Path) -> None:
    (tmp_path / "queries").mkdir()
    head = "# zh: 问？\n# en: Q?\n"
    (tmp_path / "queries" / "plans.rq").write_text(
        head + "SELECT ?x { SERVICE <http://127.0.0.1:9/> { ?x ?y ?z } }", encoding="utf-8"
    )
    (tmp_path / "queries" / "mine.rq").write_text(head + "SELECT (COUNT(?r) AS ?n) { ?r a kg:Report }", encoding="utf-8")
    knowledge = Knowledge(tmp_path)
    assert ask_question(store, "mine", {}, knowledge).table.rows == ((4,),)
    with pytest.raises(QueryError, match="SERVICE"):
        ask_question(store, "plans", {}, knowledge)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * {}", "in words"),
        ("# zh: 问？\nSELECT * {}", "in words"),
        ("# zh: 问？\n# en: Q?\n# $x colour: c\nSELECT * {}", "colour"),
    ],
)
def test_a_question_without_words_is_refused(text: str, message: str) -> None:
    with pytest.raises(KnowledgeError, match=message):
        read_question("x", text)


def test_the_list_names_every_question_and_its_parameters() -> None:
    rows = {row[0]: row for row in questions_table(Knowledge()).rows}
    assert rows["practice-metrics"] == (
        "practice-metrics",
        "哪些地区报告了某项做法，各有什么数字？",
        "Which regions report a practice, and with which numbers?",
        "practice, year?",
    )
