"""Numbers computed from stated ones: rates of two counts, shares of totals, figures per village or per 10,000 residents.

They are ``kg:DerivedMetric``, carry their formula and their parents, and are never among what reports state. Where the
parents do not compare there is a refusal with its reason instead. ``ontology/rates.csv`` says which counts make a rate.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from kgraph.compare_facts import MetricRow
from kgraph.compare_units import figure_text, number
from kgraph.errors import InputError
from kgraph.model import Comparator
from kgraph.products.corpus import Corpus
from kgraph.products.figures import choose_indicator
from kgraph.products.grid import Grid, GridCell, mark
from kgraph.products.population import Population, read_population
from kgraph.products.product import Product
from kgraph.products.reading import links
from kgraph.products.words import word

CENT = Decimal("0.01")
_BOUND = {"exactly": 0, "over": 1, "atLeast": 1, "under": -1, "atMost": -1}


@dataclass(frozen=True, slots=True)
class DerivedMetric:
    """A number computed from parents that one report states; ``unit`` is ``%`` or what it is per."""

    iri: str
    rate: str
    label: str
    value: Decimal
    unit: str
    comparator: str
    formula: str
    parents: tuple[MetricRow, ...]
    report: str
    stated: MetricRow | None = None

    @property
    def text(self) -> str:
        """The number as it is shown, with its comparator."""
        return f"{Comparator(self.comparator).symbol}{number(self.value)}{'' if self.unit == '%' else ' '}{self.unit}"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a number was not computed: the rate, the numbers that it would have come from, the reason."""

    label: str
    reason: str
    parents: tuple[MetricRow, ...]
    report: str


@dataclass(frozen=True, slots=True)
class Rates(Product):
    """What could be computed, and what was refused."""

    derived: tuple[DerivedMetric, ...]
    refused: tuple[Refusal, ...]

    def grids(self, limit: int | None = None) -> tuple[Grid, ...]:
        """The derived numbers with their parents; then the refusals."""
        corpus, lang = self.corpus, self.corpus.lang
        rows: list[tuple[GridCell, ...]] = []
        for d in self.derived[:limit]:
            report = corpus.reports[d.report]
            spots = [p.evidence for p in d.parents]
            first, *second = d.parents
            stated = mark(figure_text(d.stated), [d.stated.evidence]) if d.stated else None
            rows.append(
                (
                    corpus.name(report.region),
                    int(report.year) if report.year else None,
                    d.label,
                    mark(d.text, spots),
                    d.formula,
                    mark(f"{_what(first)} {figure_text(first)}", [first.evidence]),
                    mark(f"{_what(second[0])} {figure_text(second[0])}", [second[0].evidence]) if second else None,
                    stated,
                )
            )
        keys = ("region", "year", "rate", "derived", "formula", "numerator", "denominator", "stated")
        notes = [word("rates_how", lang)]
        notes += (
            [word("cap", lang).format(shown=limit, all=len(self.derived))]
            if limit is not None and limit < len(self.derived)
            else []
        )
        main = Grid(word("rates", lang), tuple(word(k, lang) for k in keys), tuple(rows), tuple(notes), 3, keys)
        no: list[tuple[GridCell, ...]] = []
        for r in self.refused[:limit]:
            report = corpus.reports[r.report]
            parents = word("joint", lang).join(f"{_what(p)} {figure_text(p)}" for p in r.parents)
            year = int(report.year) if report.year else None
            no.append((corpus.name(report.region), year, r.label, r.reason, mark(parents, [p.evidence for p in r.parents])))
        why = ("region", "year", "rate", "reason", "value")
        return (main, Grid(word("refused", lang), tuple(word(k, lang) for k in why), tuple(no), (), 3, why))


@dataclass(frozen=True, slots=True)
class _Rule:
    id: str
    label: str
    numerator: str
    denominator: str
    stated: str
    no_numerator: re.Pattern[str] | None
    no_denominator: re.Pattern[str] | None


def rates(
    corpus: Corpus, rate: str | None = None, regions: Sequence[str] | None = None, years: Sequence[str | int] | None = None
) -> Rates:
    """The rates of two counts that stand in one sentence, and the shares of totals (`其中`), of these regions and years."""
    _, inside, _ = corpus.choose(regions, years)
    rules = [r for r in _rules(corpus) if rate is None or rate in (r.id, r.label)]
    metrics = [m for m in corpus.metrics if m.evidence.report in inside and m.status == "done" and m.change is None and not m.per]
    by_report: dict[str, list[MetricRow]] = defaultdict(list)
    for m in metrics:
        by_report[m.evidence.report].append(m)
    derived: list[DerivedMetric] = []
    refused: list[Refusal] = []
    for report in [r for r in corpus.reports if r in by_report]:
        for rule in rules:
            for found in _of_rule(corpus, rule, report, by_report[report]):
                (derived if isinstance(found, DerivedMetric) else refused).append(found)  # type: ignore[arg-type]
    if rate is None or rate == "share":
        known = {tuple(p.iri for p in d.parents) for d in derived}
        for found in _shares(corpus, {m.iri: m for m in metrics}):
            if tuple(p.iri for p in found.parents) in known:
                continue
            (derived if isinstance(found, DerivedMetric) else refused).append(found)  # type: ignore[arg-type]
    order = {iri: i for i, iri in enumerate(corpus.reports)}
    derived.sort(key=lambda d: (order[d.report], d.rate == "share", d.rate, d.parents[0].evidence))
    refused.sort(key=lambda r: (order[r.report], r.label, r.parents[0].evidence))
    return Rates(corpus, tuple(derived), tuple(refused))


def derived(
    corpus: Corpus,
    indicator: str | None = None,
    population: Path | str | None = None,
    per: str = "residents",
    rate: str | None = None,
    regions: Sequence[str] | None = None,
    years: Sequence[str | int] | None = None,
) -> Rates:
    """``rates``, or with an indicator and a table of population ``per_population``. Raises ``InputError`` for one without
    the other."""
    if per not in ("residents", "villages"):
        raise InputError(f"no figures per {per}; there are: residents, villages")
    if (indicator is None) != (population is None):
        raise InputError("figures per residents or villages need both an indicator and a table of population")
    if indicator is not None and population is not None:
        return per_population(corpus, indicator, read_population(population), per)
    return rates(corpus, rate, regions, years)


def per_population(corpus: Corpus, indicator: str, population: Population, per: str = "residents") -> Rates:
    """The stated counts of an indicator per 10,000 ``residents`` or per village (``villages``), where the table has the region.

    What is a rate, a change or already per something is refused.
    """
    id_ = choose_indicator(corpus, indicator)
    derived: list[DerivedMetric] = []
    refused: list[Refusal] = []
    label = f"{corpus.indicator(id_)} ({word(f'per_{per}', corpus.lang)})"
    for m in corpus.metrics:
        if m.indicator != id_ or m.status != "done":
            continue
        report = corpus.reports[m.evidence.report]
        size = population.size(corpus, report.region, report.year, per)
        reason = ""
        if m.change is not None or m.per or corpus.units.kind(m.unit, m.unit_id) in ("rate", "rate-difference", "ratio", "score"):
            reason = word("no_rate_per", corpus.lang).format(unit=m.unit or "—")
        elif isinstance(size, str):
            reason = size
        if reason or isinstance(size, str):
            refused.append(Refusal(label, reason, (m,), report.iri))
            continue
        many = Decimal(10_000) if per == "residents" else Decimal(1)
        value = _round(m.value * many / size)
        formula = f"{number(m.value)} ÷ {number(size)}" + (" × 10000" if per == "residents" else "")
        formula += f" ({population.source})"
        unit = f"{m.unit}/{word(f'unit_{per}', corpus.lang)}"
        iri = f"{report.iri}/derived/per-{per}-{m.evidence.start}-{m.evidence.end}"
        derived.append(DerivedMetric(iri, f"per-{per}", label, value, unit, m.comparator, formula, (m,), report.iri))
    return Rates(corpus, tuple(derived), tuple(refused))


def _rules(corpus: Corpus) -> Iterator[_Rule]:
    for row in corpus.knowledge.rows("rates.csv"):
        no = [re.compile(row[key]) if row[key] else None for key in ("numerator_excludes", "denominator_excludes")]
        label = row["en" if corpus.lang == "en" else "zh"]
        yield _Rule(row["id"], label, row["numerator"], row["denominator"], row["stated"], *no)


def _of_rule(corpus: Corpus, rule: _Rule, report: str, metrics: Sequence[MetricRow]) -> Iterator[DerivedMetric | Refusal]:
    """For each sentence that has both counts: the rate, or why not."""
    sentences: dict[str, tuple[list[MetricRow], list[MetricRow]]] = defaultdict(lambda: ([], []))
    for m in metrics:
        if m.indicator == rule.numerator and not (rule.no_numerator and rule.no_numerator.search(m.label)):
            sentences[corpus.sentence(m.evidence)][0].append(m)
        elif m.indicator == rule.denominator and not (rule.no_denominator and rule.no_denominator.search(m.label)):
            sentences[corpus.sentence(m.evidence)][1].append(m)
    stated = [m for m in metrics if rule.stated and m.indicator == rule.stated]
    for said, (above, below) in sentences.items():
        if not above or not below:
            continue
        parents = (*above, *below)
        if len(above) > 1 or len(below) > 1:
            yield Refusal(rule.label, word("several", corpus.lang), parents, report)
            continue
        same = [m for m in stated if corpus.sentence(m.evidence) == said] or (stated if len(stated) == 1 else [])
        yield _divide(corpus, rule.id, rule.label, above[0], below[0], same[0] if len(same) == 1 else None)


def _shares(corpus: Corpus, metrics: dict[str, MetricRow]) -> Iterator[DerivedMetric | Refusal]:
    for part, total in sorted(links(corpus.store, "kg:partOf")):
        if part in metrics and total in metrics:
            a, b = metrics[part], metrics[total]
            yield _divide(corpus, "share", word("share_of", corpus.lang).format(part=_what(a), total=_what(b)), a, b, None)


def _divide(
    corpus: Corpus, rate: str, label: str, a: MetricRow, b: MetricRow, stated: MetricRow | None
) -> DerivedMetric | Refusal:
    report = a.evidence.report
    if corpus.units.family(a.unit, a.unit_id) != corpus.units.family(b.unit, b.unit_id):
        return Refusal(label, word("units_differ", corpus.lang).format(a=a.unit or "—", b=b.unit or "—"), (a, b), report)
    if corpus.units.kind(a.unit, a.unit_id) in ("rate", "rate-difference", "ratio", "score"):
        return Refusal(label, word("no_counts", corpus.lang), (a, b), report)
    if corpus.basis(a) != corpus.basis(b):
        return Refusal(label, word("basis_differs", corpus.lang), (a, b), report)
    if b.value == 0 or a.value > b.value:
        return Refusal(label, word("larger", corpus.lang), (a, b), report)
    comparator = bound(a.comparator, b.comparator)
    if comparator is None:
        return Refusal(label, word("bounds", corpus.lang), (a, b), report)
    value = _round(a.value * 100 / b.value)
    formula = f"{number(a.value)} ÷ {number(b.value)} × 100%"
    iri = f"{report}/derived/{rate}-{a.evidence.start}-{b.evidence.start}"
    return DerivedMetric(iri, rate, label, value, "%", comparator, formula, (a, b), report, stated)


def bound(above: str, below: str) -> str | None:
    """The comparator of a quotient of two positive numbers with comparators; None where they pull against each other.

    >>> bound("over", "exactly"), bound("exactly", "over"), bound("over", "over"), bound("about", "over")
    ('over', 'under', None, 'about')
    """
    if "about" in (above, below):
        return "about"
    up, down = _BOUND[above], -_BOUND[below]
    if up and down and up != down:
        return None
    if not up and not down:
        return "exactly"
    strict = above in ("over", "under") or below in ("over", "under")
    return ("over" if strict else "atLeast") if up + down > 0 else ("under" if strict else "atMost")


def _what(row: MetricRow) -> str:
    return "".join(row.label.split())


def _round(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)
