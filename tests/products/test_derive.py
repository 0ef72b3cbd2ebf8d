"""Numbers computed from stated ones, refusals with reasons, and how they are kept apart in the graph."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import graphs
import pytest
from graphs import S, m

from kgraph.errors import InputError
from kgraph.knowledge import Knowledge
from kgraph.products import Corpus
from kgraph.products.derive import Rates, derived, per_population, rates
from kgraph.products.derived_store import write
from kgraph.products.population import read_population
from kgraph.store import Store
from kgraph.vocab import KG, PROV


def mediated(success: str, cases: str, unit: str = "jian", cmp: str = "exactly", cmp_all: str = "exactly", before: str = "") -> S:
    """A sentence with cases mediated and cases mediated with success."""
    words = {"jian": "件", "ci": "次"}[unit]
    a, b = f"调解纠纷{cases}件", f"成功{success}{words}"
    return S(
        f"{before}{a},{b}",
        [("peoples-mediation", "done")],
        [
            m(a, "调解纠纷", cases, "jian", "peoples-mediation", cmp=cmp_all, indicator="mediated-cases"),
            m(b, "调解成功", success, unit, "peoples-mediation", cmp=cmp, indicator="mediation-success"),
        ],
    )


Make = Callable[..., Corpus]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def build(*sentences: S) -> Corpus:
        report = graphs.state("910121101", 2024, "", "柳林镇2024年法治政府建设年度报告", "liulin", list(sentences))
        with graphs.build(tmp_path / "g", [report], Knowledge()):
            pass
        return Corpus(Store.open(tmp_path / "g"))

    return build


@pytest.mark.parametrize(
    ("sentence", "text", "formula", "why"),
    [
        (mediated("90", "96"), "93.75%", "90 ÷ 96 × 100%", "two exact counts"),
        (mediated("90", "96", cmp="over"), ">93.75%", "90 ÷ 96 × 100%", "at least as large as the numerator says"),
        (mediated("90", "96", cmp_all="over"), "<93.75%", "90 ÷ 96 × 100%", "a larger whole makes a smaller rate"),
        (mediated("90", "96", cmp="about"), "~93.75%", "90 ÷ 96 × 100%", "about stays about"),
        (mediated("2", "3"), "66.67%", "2 ÷ 3 × 100%", "two decimals"),
    ],
)
def test_a_rate_of_two_counts(make: Make, sentence: S, text: str, formula: str, why: str) -> None:
    found = rates(make(sentence))
    assert [(d.text, d.formula, d.rate) for d in found.derived] == [(text, formula, "mediation-success")], why
    assert found.table().records()[0]["推算值"] == text
    assert not found.refused


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        (mediated("90", "96", unit="ci"), "不是同一种东西"),
        (mediated("97", "96"), "分子大于分母"),
        (mediated("0", "0"), "分母为零"),
        (mediated("90", "96", cmp="over", cmp_all="over"), "方向相反"),
    ],
)
def test_what_does_not_compare_is_refused_with_the_reason(make: Make, sentence: S, reason: str) -> None:
    found = rates(make(sentence))
    assert not found.derived
    assert reason in found.refused[0].reason
    assert reason in str(found.tables()[1].rows[0][3])


def test_annual_and_added_up_numbers_make_no_rate(make: Make) -> None:
    sentence = mediated("90", "960", before="自2019年以来")
    moved = S(sentence.text.replace(",成功", ",今年成功"), sentence.measures, sentence.metrics)
    found = rates(make(moved))
    assert not found.derived
    assert "累计" in found.refused[0].reason


def test_counts_of_two_sentences_make_no_rate(make: Make) -> None:
    one = mediated("90", "96")
    apart = [S("调解纠纷96件", one.measures, one.metrics[:1]), S("成功90件", one.measures, one.metrics[1:])]
    found = rates(make(*apart))
    assert not found.derived
    assert not found.refused


def test_several_counts_in_a_sentence_are_refused(make: Make) -> None:
    a, b = mediated("90", "96"), mediated("7", "8")
    both = S(f"{a.text},另{b.text}", a.measures, [*a.metrics, *b.metrics])
    found = rates(make(both))
    assert not found.derived
    assert "几个" in found.refused[0].reason


def test_derived_metrics_are_kept_apart_in_the_graph(make: Make) -> None:
    corpus = make(mediated("90", "96"))
    path = Path(corpus.store.path)  # type: ignore[attr-defined]
    before = Store.open(path)
    stated = set(map(str, before.triples()))
    found = rates(corpus)
    assert write(path, corpus, found.derived) == 1
    assert write(path, corpus, found.derived) == 1  # again: the same graph
    with Store.open(path) as store:
        after = set(map(str, store.triples()))
        assert stated < after
        own = {str(t.predicate.value): t.object for t in store.triples(found.derived[0].iri)}
        assert own[KG.formula].value == "90 ÷ 96 × 100%"
        assert Decimal(own[KG.value].value) == Decimal("93.75")
        parents = {t.object.value for t in store.triples(found.derived[0].iri, PROV.wasDerivedFrom)}
        assert parents == {p.iri for p in found.derived[0].parents}
        again = Corpus(store)
        assert again.metrics == corpus.metrics  # none of them is taken for stated
        for query in ("?m a kg:Metric", "?m kg:status ?s", "?m kg:practice ?p", "?m kg:indicatorLabel ?l"):
            subjects = {iri for (iri,) in store.values(f"SELECT DISTINCT ?m {{ {query} }}")}
            assert found.derived[0].iri not in subjects


def test_replacing_a_report_takes_its_derived_metrics_out(make: Make) -> None:
    corpus = make(mediated("90", "96"))
    path = Path(corpus.store.path)  # type: ignore[attr-defined]
    write(path, corpus, rates(corpus).derived)
    with Store.create(path) as store:
        report = graphs.state("910121101", 2024, "", "柳林镇2024年法治政府建设年度报告", "liulin", [mediated("50", "60")])
        store.write([report])
        assert not list(store.select("SELECT ?m { ?m a kg:DerivedMetric }"))
        assert not list(store.select("SELECT ?m { ?m kg:formula ?f }"))


def test_per_residents_and_villages(make: Make, tmp_path: Path) -> None:
    corpus = make(mediated("90", "96", cmp_all="over"))
    table = tmp_path / "pop.csv"
    table.write_text('地区,年度,人口,村数\n柳林镇,2024,"48,000",12\n石桥镇,,9000,\n', encoding="utf-8-sig")
    population = read_population(table)
    one = per_population(corpus, "mediated-cases", population).derived[0]
    assert (one.text, one.formula) == (">20 件/万人", "96 ÷ 48000 × 10000 (pop.csv)")
    assert per_population(corpus, "mediated-cases", population, "villages").derived[0].text == ">8 件/村"
    assert derived(corpus, "mediated-cases", table, "villages").derived[0].value == 8


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("name,x\na,1\n", "needs the columns"),
        ("region,population\n", "no row"),
        ("region,population\n柳林镇,many\n", "line 2"),
        ("region,population\n柳林镇,-4\n", "line 2"),
        ("region,population\n柳林镇,NaN\n", "line 2"),
    ],
)
def test_a_table_that_cannot_be_used_names_the_line(tmp_path: Path, rows: str, message: str) -> None:
    path = tmp_path / "p.csv"
    path.write_text(rows, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_population(path)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [("region,year,population\n柳林镇,2023,5\n", "2024"), ("region,population\n别的镇,5\n", "没有该地区")],
)
def test_a_region_or_year_that_the_table_lacks_is_refused(make: Make, tmp_path: Path, rows: str, reason: str) -> None:
    (tmp_path / "p.csv").write_text(rows, encoding="utf-8")
    found: Rates = per_population(make(mediated("90", "96")), "mediated-cases", read_population(tmp_path / "p.csv"))
    assert not found.derived
    assert reason in found.refused[0].reason


def test_a_rate_is_not_set_against_residents(make: Make, tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("region,population\n柳林镇,5000\n", encoding="utf-8")
    stated = m("成功率98%", "成功率", "98", "percent", "peoples-mediation", indicator="mediation-success-rate")
    corpus = make(S("调解成功率98%", [("peoples-mediation", "done")], [stated]))
    found = per_population(corpus, "mediation-success-rate", read_population(tmp_path / "p.csv"))
    assert not found.derived
    assert "%" in found.refused[0].reason


def test_the_table_of_rates_names_indicators_that_there_are() -> None:
    knowledge = Knowledge()
    for row in knowledge.rows("rates.csv"):
        for key in ("numerator", "denominator", "stated"):
            assert not row[key] or row[key] in knowledge.indicators, (row["id"], row[key])


def test_one_needs_the_other(make: Make) -> None:
    corpus = make(mediated("90", "96"))
    with pytest.raises(InputError, match="both"):
        derived(corpus, "mediated-cases")
    with pytest.raises(InputError, match="no figures per"):
        derived(corpus, per="acre")
