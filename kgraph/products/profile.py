"""Profiles: all that the graph holds of a region, a practice, a law or a body, part by part, each line with its sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from kgraph import compare_facts as facts
from kgraph import vocab
from kgraph.compare_facts import Evidence, MeasureRow, MetricRow
from kgraph.compare_table import STATUSES
from kgraph.compare_units import figure_text
from kgraph.errors import InputError
from kgraph.products.corpus import CitationRow, Corpus, PartRow, named
from kgraph.products.figures import by_kind, figures
from kgraph.products.gaps import earliest
from kgraph.products.grid import Grid, GridCell, joined, mark
from kgraph.products.peers import peers, together
from kgraph.products.product import Product
from kgraph.products.words import word

Kind = Literal["region", "practice", "law", "body"]
NEAREST = 5


@dataclass(frozen=True, slots=True)
class Profile(Product):
    """What there is about one thing: ``key`` is its IRI (a practice's id), ``parts`` are its grids by name."""

    kind: Kind
    key: str
    label: str
    about: tuple[tuple[str, str], ...]
    parts: dict[str, Grid]

    def grids(self, limit: int | None = None) -> tuple[Grid, ...]:
        """What it is, then a grid for each part that has rows."""
        lang = self.corpus.lang
        head = Grid(
            self.label,
            (word("item", lang), word("detail", lang)),
            self.about,
            (word("not_mentioned", lang),),
            1,
            ("item", "detail"),
        )
        shown = [head]
        for grid in self.parts.values():
            if grid.rows and limit is not None and len(grid.rows) > limit:
                note = word("cap", lang).format(shown=limit, all=len(grid.rows))
                grid = Grid(grid.title, grid.columns, grid.rows[:limit], (*grid.notes, note), grid.heads, grid.keys)
            shown += [grid] if grid.rows else []
        return tuple(shown)


def profile(
    corpus: Corpus, *, region: str | None = None, practice: str | None = None, law: str | None = None, body: str | None = None
) -> Profile:
    """The profile of the one thing that is named. Raises ``InputError`` unless exactly one is."""
    named_ones = {"region": region, "practice": practice, "law": law, "body": body}
    given = [kind for kind, name in named_ones.items() if name]
    if len(given) != 1:
        raise InputError("name one of region, practice, law and body")
    makers = {"region": of_region, "practice": of_practice, "law": of_law, "body": of_body}
    return makers[given[0]](corpus, named_ones[given[0]] or "")


def of_region(corpus: Corpus, region: str) -> Profile:
    """A region (a name or code): its reports, what it does, plans and lacks, its numbers, laws, bodies, and nearest peers."""
    iri = corpus.one_region(region)
    mine = corpus.reports_of[iri]
    measures = corpus.measures_of.get(iri, [])
    about = [
        (word("region", corpus.lang), "".join(corpus.paths[iri])),
        (word("code", corpus.lang), corpus.regions[iri].code),
        (word("reports_n", corpus.lang), str(len(mine))),
        (word("count_measures", corpus.lang), str(len(measures))),
        (word("count_metrics", corpus.lang), str(len(corpus.metrics_of.get(iri, ())))),
    ]
    near = peers(corpus, corpus.regions[iri].code, NEAREST).grids()[0] if corpus.done.get(iri) else None
    parts = {
        "reports": _reports(corpus, mine),
        "practices": _practices(corpus, measures, (iri,)),
        "metrics": _metrics(corpus, corpus.metrics_of.get(iri, ()), by=("indicator", "year")),
        "laws": _laws(corpus, corpus.citations_of.get(iri, ())),
        "bodies": _bodies(corpus, corpus.parts_of.get(iri, ())),
    } | ({"peers": near} if near else {})
    return Profile(corpus, "region", iri, corpus.name(iri), tuple(about), parts)


def of_practice(corpus: Corpus, practice: str) -> Profile:
    """A practice (an id or label): which regions do, plan and lack it, its numbers, laws, bodies, and what goes with it."""
    id_ = corpus.one_practice(practice)
    members = {id_, *(p for p in corpus.order if corpus.domain(p) == id_)}
    measures = [m for m in corpus.measures if m.practice in members]
    if not measures:
        raise InputError(f"no report in this graph mentions {corpus.practice(id_)} ({id_})")
    concept = corpus.knowledge.practices[id_]
    regions: dict[str, list[MeasureRow]] = defaultdict(list)
    for m in measures:
        region = corpus.region_of(m.evidence)
        if region is not None:
            regions[region].append(m)
    about = [
        (word("practice", corpus.lang), corpus.practice(id_)),
        (word("practice_id", corpus.lang), id_),
        (word("domain", corpus.lang), corpus.practice(corpus.domain(id_))),
        (word("regions_n", corpus.lang), str(sum(1 for r in regions if any(m.status == "done" for m in regions[r])))),
    ]
    about += [(word("definition", corpus.lang), text) for text in concept.get("definition")[:1]]
    done = [m for m in measures if m.status == "done"]
    if done:
        first = earliest(corpus, done).evidence
        about.append(
            (word("first_region", corpus.lang), f"{corpus.name(corpus.region_of(first))} {corpus.year_of(first) or ''}".strip())
        )
    rows: list[tuple[GridCell, ...]] = []
    for region in corpus.reporting:
        own = regions.get(region, [])
        if own:
            years = sorted({y for m in own if (y := corpus.year_of(m.evidence))})
            rows.append((corpus.name(region), joined(years, ", "), *_statuses(own)))
    keys = ("region", "year", *STATUSES)
    pairs = together(corpus, id_).grids()[0] if id_ in corpus.spread else None
    cited = [c for c in corpus.citations if members.intersection(c.practices)]
    parts = {
        "regions": Grid(word("regions", corpus.lang), _header(corpus, keys), tuple(rows), (), 2, keys),
        "metrics": _metrics(corpus, [m for m in corpus.metrics if m.practice in members], by=("indicator", "region", "year")),
        "laws": _laws(corpus, cited),
        "bodies": _bodies(corpus, [p for p in corpus.parts if p.practice in members]),
    } | ({"together": pairs} if pairs else {})
    return Profile(corpus, "practice", id_, corpus.practice(id_), tuple(about), parts)


def of_law(corpus: Corpus, law: str) -> Profile:
    """A law or document (a name, a short name or an IRI): who cites it how, for which practices, and what is cited with it."""
    names: dict[str, set[str]] = defaultdict(set)
    query = "SELECT DISTINCT ?l ?n { ?r kg:citesLaw ?l . ?l eli:title|eli:title_alternative ?n }"
    for iri, name in facts.rows(corpus.store, query):
        names[iri].add(name)
    iri = named(law, "law", names)
    cited = [c for c in corpus.citations if c.law == iri]
    about = [(word("law", corpus.lang), corpus.labels[iri])]
    query = f"""SELECT ?p ?o {{ VALUES ?p {{ eli:type_document eli:first_date_entry_in_force eli:date_no_longer_in_force
      eli:repealed_by eli:title_alternative }} <{iri}> ?p ?o }}"""
    for predicate, value in sorted(facts.rows(corpus.store, query)):
        key = predicate.rpartition("#")[2]
        if key == "type_document":
            value = corpus.label(corpus.knowledge.lawkinds, facts.local(value, vocab.LAWKIND))
        about.append((word(f"law_{key}", corpus.lang), value))
    others: dict[str, set[str]] = defaultdict(set)
    spots: dict[str, list[Evidence]] = defaultdict(list)
    reports = {c.evidence.report for c in cited}
    for c in corpus.citations:
        if c.evidence.report in reports and c.law != iri:
            others[c.law].add(c.evidence.report)
            spots[c.law].append(c.evidence)
    with_it: list[tuple[GridCell, ...]] = [
        (corpus.labels[o], mark(len(others[o]), spots[o]))
        for o in sorted(others, key=lambda o: (-len(others[o]), corpus.labels[o], o))
    ]
    practices: dict[str, list[Evidence]] = defaultdict(list)
    for c in cited:
        for p in c.practices:
            practices[p].append(c.evidence)
    for_it: list[tuple[GridCell, ...]] = [
        (corpus.practice(p), mark(len(practices[p]), practices[p]))
        for p in sorted(practices, key=lambda p: (-len(practices[p]), corpus.order.get(p, 0)))
    ]
    by_region: dict[tuple[str | None, str | None, str], list[CitationRow]] = defaultdict(list)
    for c in cited:
        by_region[corpus.region_of(c.evidence), corpus.year_of(c.evidence), c.role].append(c)
    rows = [
        (
            corpus.name(r),
            int(y) if y else None,
            word(f"role_{role}", corpus.lang),
            mark(len(found), [c.evidence for c in found]),
            mark(corpus.sentence(found[0].evidence), [found[0].evidence]),
        )
        for (r, y, role), found in sorted(by_region.items(), key=lambda item: tuple(map(str, item[0])))
    ]
    keys = ("region", "year", "role", "count", "sentence")
    parts = {
        "citations": Grid(word("regions", corpus.lang), _header(corpus, keys), tuple(rows), (), 3, keys),
        "practices": Grid(
            word("practices", corpus.lang), _header(corpus, ("practice", "count")), tuple(for_it), (), 1, ("practice", "count")
        ),
        "laws": Grid(
            word("with_it", corpus.lang), _header(corpus, ("law", "reports_n")), tuple(with_it), (), 1, ("law", "reports_n")
        ),
    }
    return Profile(corpus, "law", iri, corpus.labels[iri], tuple(about), parts)


def of_body(corpus: Corpus, body: str) -> Profile:
    """A body (a full name, a form met, or an IRI): what it is responsible for and involved in, and with whom."""
    names: dict[str, set[str]] = defaultdict(set)
    query = "SELECT DISTINCT ?b ?n { ?b a org:Organization . { ?b skos:prefLabel ?n } UNION { ?b skos:altLabel ?n } }"
    for iri, name in facts.rows(corpus.store, query):
        names[iri].add(name)
    iri = named(body, "body", names)
    label = facts.labels(corpus.store, [iri])[iri]["zh"]
    about = [(word("body", corpus.lang), label)]
    query = f"SELECT ?t ?r {{ OPTIONAL {{ <{iri}> org:classification ?t }} OPTIONAL {{ <{iri}> dcterms:spatial ?r }} }}"
    for type_, region in facts.rows(corpus.store, query):
        about += (
            [(word("kind", corpus.lang), corpus.label(corpus.knowledge.bodytypes, facts.local(type_, vocab.BODYTYPE)))]
            if type_
            else []
        )
        about += [(word("region", corpus.lang), "".join(corpus.paths.get(region, ())))] if region else []
    mine = [p for p in corpus.parts if p.body == iri]
    also = {p.measure for p in mine}
    rows: list[tuple[GridCell, ...]] = []
    grouped: dict[tuple[str, str], list[PartRow]] = defaultdict(list)
    for p in mine:
        grouped[p.practice, p.part].append(p)
    for (practice, part), found in sorted(
        grouped.items(), key=lambda item: (-len(item[1]), corpus.order.get(item[0][0], 0), item[0][1])
    ):
        first = found[0].evidence
        said = mark(corpus.sentence(first), [first])
        rows.append((corpus.practice(practice), word(part, corpus.lang), mark(len(found), [p.evidence for p in found]), said))
    keys = ("practice", "part", "count", "sentence")
    partners = [p for p in corpus.parts if p.measure in also and p.body != iri]
    parts = {
        "practices": Grid(word("practices", corpus.lang), _header(corpus, keys), tuple(rows), (), 2, keys),
        "bodies": _bodies(corpus, partners),
        "mentions": _mentions(corpus, iri),
    }
    return Profile(corpus, "body", iri, label, tuple(about), parts)


def _mentions(corpus: Corpus, body: str) -> Grid:
    query = f"""SELECT ?report ?from ?to ?text {{ ?span itsrdf:taIdentRef <{body}> ; nif:referenceContext ?report ;
      nif:beginIndex ?from ; nif:endIndex ?to ; nif:anchorOf ?text }}"""
    by_report: dict[str, list[Evidence]] = defaultdict(list)
    for report, start, end, text in facts.rows(corpus.store, query):
        by_report[report].append(Evidence(report, int(start), int(end), text))
    rows: list[tuple[GridCell, ...]] = []
    for report in corpus.reports:
        if report in by_report:
            row = corpus.reports[report]
            count = mark(len(by_report[report]), by_report[report])
            rows.append((corpus.name(row.region), int(row.year) if row.year else None, " ".join(row.title.split()), count))
    keys = ("region", "year", "report", "count")
    return Grid(word("mentions", corpus.lang), _header(corpus, keys), tuple(rows), (), 3, keys)


def _header(corpus: Corpus, keys: Sequence[str]) -> tuple[str, ...]:
    return tuple(word(key, corpus.lang) for key in keys)


def _statuses(measures: Sequence[MeasureRow]) -> list[GridCell]:
    found: list[GridCell] = []
    for status in STATUSES:
        spots = [m.evidence for m in measures if m.status == status]
        found.append(mark(len(spots), spots) if spots else None)
    return found


def _reports(corpus: Corpus, iris: Iterable[str]) -> Grid:
    keys = ("year", "report", "issuer", "iri")
    rows: list[tuple[GridCell, ...]] = []
    for iri in iris:
        row, issuer = corpus.reports[iri], corpus.issuers.get(iri)
        rows.append((int(row.year) if row.year else None, " ".join(row.title.split()), issuer.name if issuer else None, iri))
    return Grid(word("reports", corpus.lang), _header(corpus, keys), tuple(rows), (), 2, keys)


def _practices(corpus: Corpus, measures: Sequence[MeasureRow], regions: Sequence[str]) -> Grid:
    grouped: dict[str, list[MeasureRow]] = defaultdict(list)
    for m in measures:
        grouped[m.practice].append(m)
    total = sum(1 for practices in corpus.done.values() if practices)
    rows: list[tuple[GridCell, ...]] = []
    for id_ in sorted(grouped, key=lambda p: corpus.order.get(p, 0)):
        first = grouped[id_][0].evidence
        having = len(corpus.spread.get(id_, ()))
        share = f"{having}/{total}"
        domain = corpus.practice(corpus.domain(id_))
        rows.append((domain, corpus.practice(id_), *_statuses(grouped[id_]), share, mark(corpus.sentence(first), [first])))
    keys = ("domain", "practice", *STATUSES, "regions_n", "sentence")
    return Grid(word("practices", corpus.lang), _header(corpus, keys), tuple(rows), (), 2, keys)


def _metrics(corpus: Corpus, metrics: Iterable[MetricRow], by: Sequence[str]) -> Grid:
    """Numbers of known indicators, one row for each that compares."""
    grouped: dict[tuple[str, ...], list[MetricRow]] = defaultdict(list)
    place = corpus.place
    for m in metrics:
        if m.indicator:
            of = {
                "indicator": m.indicator,
                "region": corpus.region_of(m.evidence) or "",
                "year": corpus.year_of(m.evidence) or "",
            }
            grouped[tuple(of[key] for key in by)].append(m)
    rows: list[tuple[GridCell, ...]] = []

    def order(key: tuple[str, ...]) -> tuple[object, ...]:
        return tuple(str(place.get(part, part)).rjust(8) if by[i] == "region" else part for i, part in enumerate(key))

    for key in sorted(grouped, key=order):
        for k, members in by_kind(corpus, grouped[key]).items():
            texts = figures(corpus, members) if k.basis == "annual" else [figure_text(m) for m in members]
            cells = [_shown(corpus, name, part) for name, part in zip(by, key, strict=True)]
            spots = [m.evidence for m in members]
            rows.append((*cells, word(k.basis, corpus.lang), mark(joined(texts, word("joint", corpus.lang)), spots)))
    keys = (*by, "basis", "value")
    return Grid(word("metrics", corpus.lang), _header(corpus, keys), tuple(rows), (), len(by) + 1, keys)


def _shown(corpus: Corpus, name: str, part: str) -> GridCell:
    if name == "year":
        return int(part) if part else None
    return corpus.indicator(part) if name == "indicator" else corpus.name(part or None)


def _laws(corpus: Corpus, cited: Iterable[CitationRow]) -> Grid:
    grouped: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for c in cited:
        grouped[c.law, c.role].append(c.evidence)
    rows: list[tuple[GridCell, ...]] = [
        (corpus.labels[law], word(f"role_{role}", corpus.lang), mark(len(spots), spots))
        for (law, role), spots in sorted(grouped.items(), key=lambda item: (-len(item[1]), corpus.labels[item[0][0]], item[0]))
    ]
    keys = ("law", "role", "count")
    return Grid(word("laws", corpus.lang), _header(corpus, keys), tuple(rows), (), 2, keys)


def _bodies(corpus: Corpus, parts: Iterable[PartRow]) -> Grid:
    grouped: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for p in parts:
        grouped[p.body, p.part].append(p.evidence)
    rows: list[tuple[GridCell, ...]] = [
        (corpus.labels[body], word(part, corpus.lang), mark(len(spots), spots))
        for (body, part), spots in sorted(grouped.items(), key=lambda item: (-len(item[1]), corpus.labels[item[0][0]], item[0]))
    ]
    keys = ("body", "part", "count")
    return Grid(word("bodies", corpus.lang), _header(corpus, keys), tuple(rows), (), 2, keys)
