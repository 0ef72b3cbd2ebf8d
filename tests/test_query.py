"""Free SPARQL: what it answers, what it refuses, and that nothing it says can harm the process or reach outside."""

from __future__ import annotations

import contextlib
import http.server
import json
import threading
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import graphs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph import query as query_module
from kgraph.errors import InputError, QueryError
from kgraph.guard import MAX_BYTES, guard
from kgraph.query import ask
from kgraph.store import Store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("graph")
    graphs.build(folder / "g", knowledge=graphs.small_knowledge(folder / "o")).close()
    with Store.open(folder / "g") as opened:
        yield opened


def test_select_gives_a_table_of_plain_values(store: Store) -> None:
    table = ask(
        store, "SELECT ?v ?u ?y { ?m kg:change kg:increase ; kg:value ?v ; kg:unit ?u ; sdmx-dimension:refPeriod ?y }"
    ).table
    assert table.columns == ("v", "u", "y")
    assert table.rows == ((Decimal("2.5"), "https://w3id.org/kgraph/unit/percent", 2024),)


def test_iris_are_cut_for_reading_and_whole_for_machines(store: Store) -> None:
    result = ask(store, "SELECT ?u ?x { ?m kg:change kg:increase ; kg:unit ?u OPTIONAL { ?m kg:per ?x } }")
    assert "unit:percent" in str(result.render("table"))
    assert json.loads(str(result.render("json")))["rows"] == [{"u": "https://w3id.org/kgraph/unit/percent", "x": None}]
    assert result.render("csv") == "u,x\nhttps://w3id.org/kgraph/unit/percent,\n"
    assert str(result.render("xlsx"))[:4] == "b'PK"
    with pytest.raises(InputError, match="gives rows, not ttl"):
        result.render("ttl")


def test_ask_answers(store: Store) -> None:
    assert ask(store, "ASK { ?r a kg:Report }").answer
    assert not ask(store, "ASK { ?r a kg:Finding }").answer
    assert ask(store, "ASK { ?r a kg:Report }").render("csv") == "answer\ntrue\n"


def test_construct_and_describe_give_triples(store: Store) -> None:
    result = ask(store, "CONSTRUCT { ?r kg:reportingYear ?y } WHERE { ?r kg:reportingYear ?y } ORDER BY ?y")
    assert len(result.triples) == 4
    assert "kg:reportingYear" in str(result.render("table"))
    assert str(result.render("nt")).count("\n") == 4
    assert json.loads(str(result.render("jsonld")))
    with pytest.raises(InputError, match="gives triples, not csv; there are: ttl, nt, jsonld"):
        result.render("csv")
    assert ask(store, f"DESCRIBE <{graphs.reports()[0].iri}>").answer


def test_a_misspelt_name_is_noted(store: Store) -> None:
    assert ask(store, "SELECT ?m { ?m kg:practise ?p } # kg:nonsense").table.notes == (
        "kg:practise is not in the vocabulary; is kg:practises meant?",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?x { ?x a }", "line 1, column 19, somewhere in: SELECT ?x { ?x a }"),
        ("SELECT ?x {\n ?x foo:bar 1 }", "line 2, column 12: the prefix foo: is not declared; write PREFIX before it"),
        ("SELECT ?x { ?x dcterm:title ?y }", "the prefix dcterm: is not declared; is dcterms: meant?"),
        ("SELECT ?x { ?x kg:value ?y，?z }", "， is a full-width character: write ,"),
        ("SELECT ?x { ?x a kg:Report ", "1 } missing"),
        ("SELEKT ?x { ?x a kg:Report }", "a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE"),
        ("SELECT ?p (COUNT(?m) AS ?n) { ?m kg:practice ?p }", "neither in GROUP BY nor in COUNT"),
        ("", "the query is empty"),
        ("  \n", "the query is empty"),
        ("SELECT ?x { ?x a 'REPORT }", "does not parse"),
    ],
)
def test_what_does_not_parse_gets_place_and_hint(text: str, message: str, store: Store) -> None:
    with pytest.raises(QueryError) as caught:
        ask(store, text)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


REFUSED = {
    "plain": "SELECT * { SERVICE <{url}> { ?s ?p ?o } }",
    "lower case": "SELECT * { service <{url}> { ?s ?p ?o } }",
    "silent": "SELECT * { SERVICE SILENT <{url}> { ?s ?p ?o } }",
    "without a blank": "SELECT * {SERVICE<{url}>{?s ?p ?o}}",
    "empty prefix": "PREFIX : <{url}> SELECT * {SERVICE:a{?s ?p ?o}}",
    "glued to a prefix": "PREFIX ex: <{url}> SELECT * {SERVICEex:a{?s ?p ?o}}",
    "glued to silent": "PREFIX ex: <{url}> SELECT * {SERVICESILENTex:a{?s ?p ?o}}",
    "glued to a number": "SELECT * { ?a ?b 1SERVICE<{url}>{?s ?p ?o}}",
    "glued to a word": "SELECT * { ?a ?b trueSERVICE<{url}>{?s ?p ?o}}",
    "behind a comparison that looks like an IRI": "SELECT * { FILTER(?a<'>') SERVICE <{url}> { ?s ?p ?o } FILTER(?b='') }",
    "behind strings that look like one": 'SELECT * { VALUES ?x {"""a"} SERVICE <{url}> { ?s ?p ?o } FILTER(?y = """") }',
    "behind a comment": "SELECT * { # {\r SERVICE <{url}> { ?s ?p ?o } }",
    "behind a comment in an IRI": "PREFIX a: <{url}#> SELECT * { SERVICE <{url}> { ?s ?p ?o } }",
    "behind an apostrophe in a comment": "SELECT * { # it's\n SERVICE <{url}> { ?s ?p ?o } # it's\n}",
    "of a variable": "SELECT * { BIND(<{url}> AS ?u) SERVICE ?u { ?s ?p ?o } }",
    "in a subquery": "SELECT * { { SELECT * { SERVICE <{url}> { ?s ?p ?o } } } }",
    "in EXISTS": "SELECT * { FILTER EXISTS { SERVICE <{url}> { ?s ?p ?o } } }",
    "in OPTIONAL": "SELECT * { OPTIONAL { SERVICE <{url}> { ?s ?p ?o } } }",
    "load": "LOAD <{url}>",
    "load into": "LOAD SILENT <{url}> INTO GRAPH <a:b>",
    "from": "SELECT * FROM <{url}> { ?s ?p ?o }",
    "from named": "SELECT * FROM NAMED <{url}> { GRAPH ?g { ?s ?p ?o } }",
    "insert": "INSERT DATA { <a:a> <a:b> <a:c> }",
    "delete": "DELETE WHERE { ?s ?p ?o }",
    "after a query": "SELECT * { ?s ?p ?o } ; DROP ALL",
    "clear": "clear all",
}


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list[str]]]:
    seen: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/x", seen
    server.shutdown()


@pytest.mark.parametrize("case", REFUSED)
def test_nothing_reaches_outside_or_changes_the_graph(case: str, store: Store, listener: tuple[str, list[str]]) -> None:
    url, seen = listener
    size = len(store)
    with pytest.raises(QueryError) as caught:
        ask(store, REFUSED[case].replace("{url}", url), timeout=20)
    assert "\n" not in str(caught.value)
    assert not seen
    assert len(store) == size


def test_service_works_where_the_user_allows_it(store: Store, listener: tuple[str, list[str]]) -> None:
    url, seen = listener
    with pytest.raises(QueryError, match="the query failed"):
        ask(store, f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}", allow_service=True)
    assert seen == ["/x"]
    seen.clear()


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service rdfs:label 'SERVICE' , \"LOAD\" , '''FROM\n{''' } # SERVICE <http://example.org/>",
        "SELECT * { ?s <http://example.org/service/load> ?o ; schema:service ?load ; ex:FROM ?x }",
        "PREFIX insert: <http://example.org/> SELECT ?from { ?from insert:DELETE $drop }",
        "SELECT ?服务 { ?服务 rdfs:label '服务'@zh FILTER(1 < 2 && 3 > 2) }",
        "SELECT * { FILTER(?a<?b&&?c>?d) }",
    ],
)
def test_harmless_words_pass(text: str) -> None:
    guard(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * " + "{" * 3000 + "}" * 3000, "nested more than 64 deep"),
        ("SELECT (" + "(" * 5000 + "1" + ")" * 5000 + " AS ?x) {}", "nested more than 64 deep"),
        ("SELECT (" + "!" * 15000 + "true AS ?x) {}", "more than 2,000 operators"),
        ("SELECT (1" + "+1" * 8000 + " AS ?x) {}", "more than 2,000 operators"),
        ("SELECT * { ?s " + "a/" * 7000 + "a ?o }", "more than 2,000 operators"),
        ("SELECT * { ?s ?p '" + "x" * MAX_BYTES + "' }", "16,384 is the most"),
        ("SELECT * { ?s ?p '" + "字" * 6000 + "' }", "16,384 is the most"),
    ],
)
def test_texts_that_would_end_the_process_are_refused(text: str, message: str, store: Store) -> None:
    started = time.monotonic()
    with pytest.raises(QueryError, match=message):
        ask(store, text)
    assert time.monotonic() - started < 30


def test_deep_but_allowed_texts_are_answered(store: Store) -> None:
    assert ask(store, "SELECT (" + "(" * 60 + "1" + ")" * 60 + " AS ?x) {}").table.rows == ((1,),)
    assert ask(store, "SELECT (1" + "+1" * 1900 + " AS ?x) {}").table.rows == ((1901,),)
    assert ask(store, "SELECT (" + "!" * 1900 + "true AS ?x) {}").table.rows == ((True,),)


def test_a_query_that_ends_its_process_ends_only_that(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query_module, "guard", lambda *_, **__: None)
    with pytest.raises(QueryError, match="ended its process"):
        ask(store, "SELECT * " + "{" * 6000 + "}" * 6000)


def test_a_query_that_takes_too_long_is_ended(store: Store) -> None:
    product = " . ".join(f"?s{i} ?p{i} ?o{i}" for i in range(6))
    started = time.monotonic()
    with pytest.raises(QueryError, match=r"took more than 0\.5 seconds"):
        ask(store, f"SELECT (COUNT(*) AS ?n) {{ {product} }}", timeout=0.5)
    assert time.monotonic() - started < 20
    with pytest.raises(InputError, match="more than 0 seconds"):
        ask(store, "ASK {}", timeout=0)


def test_an_answer_that_is_too_large_is_refused(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query_module, "MAX_ANSWER", 1 << 20)
    with pytest.raises(QueryError, match="larger than 1 MB"):
        ask(store, "SELECT * { ?a ?b ?c . ?d ?e ?f }")


def test_too_much_memory_ends_the_query_only(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query_module, "MEMORY", 600 << 20)
    with pytest.raises(QueryError):
        ask(store, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f ?c", timeout=50)


def test_a_graph_that_is_gone_is_told(tmp_path: Path) -> None:
    graphs.build(tmp_path / "g").close()
    with Store.open(tmp_path / "g") as store:
        (tmp_path / "g").rename(tmp_path / "h")
        with pytest.raises(Exception, match="the graph is gone"):
            ask(store, "ASK {}")


TOKENS = ["SERVICE", "<http://x/>", *"<>'\"#{}()\\:.; \n\r1", "'" * 3, '"' * 3, "a:b", "?x", "\0", "FROM"]


@given(st.lists(st.sampled_from(TOKENS), max_size=40).map("".join) | st.text(max_size=80))
def test_the_guard_answers_or_refuses_any_text(text: str) -> None:
    with contextlib.suppress(QueryError):
        guard(text)
