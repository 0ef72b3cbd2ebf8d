"""Reading facts back from a graph, many at a time: what compare, networks, findings and pages are made of.

Each function is one query over the whole graph (or the practices and reports asked for), never one for each region or
practice. A store is anything with ``select(query)`` that yields rows of pyoxigraph terms, ``None`` where unbound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from kgraph import vocab
from kgraph.text import normalise

PREFIXES = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in vocab.PREFIXES.items())
SENTENCE_ENDS = "。；;！!？?\n"
SENTENCE_LIMIT = 240


class Selects(Protocol):
    """What compare, networks and pages ask of a graph."""

    def select(self, query: str) -> Iterable[Any]:
        """The rows of a SELECT query: pyoxigraph terms in the order of the query's variables."""
        ...


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """Where a fact stands: the report's IRI, the half-open offsets in its text, the words there."""

    report: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report: ``region`` is the IRI of its region, or None where the report does not settle it."""

    iri: str
    title: str
    year: str | None
    region: str | None


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region: its division code, its name, the IRI of the next wider region."""

    iri: str
    code: str
    name: str
    wider: str | None


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure: ``practice`` is the practice's id, ``status`` done, planned or problem."""

    iri: str
    practice: str
    status: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class MetricRow:
    """A metric: ``indicator``, ``practice`` and ``unit_id`` are ids or None, ``unit`` the unit as written, ``label`` and ``per`` with half-width
    brackets, so that reports that write them otherwise stand in one line."""

    iri: str
    practice: str | None
    indicator: str | None
    label: str
    value: Decimal
    unit: str
    unit_id: str | None
    per: str | None
    comparator: str
    change: str | None
    status: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class LinkRow:
    """That a measure of a practice in a report involves a body or cites a law, whose IRI is ``target``."""

    practice: str
    report: str
    target: str
    evidence: Evidence


def rows(store: Selects, query: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a query with the prefixes put before it, each value a string or None."""
    for row in store.select(PREFIXES + query):
        yield tuple([None if term is None else term.value for term in row])


def values(variable: str, iris: Iterable[str] | None) -> str:
    """A VALUES clause that binds a variable to these IRIs; empty text for None, which asks for all.

    >>> values("p", ["https://w3id.org/kgraph/practice/petition"])
    'VALUES ?p { <https://w3id.org/kgraph/practice/petition> }'
    """
    if iris is None:
        return ""
    return f"VALUES ?{variable} {{ " + " ".join(f"<{iri}>" for iri in sorted(iris)) + " }"


def local(iri: str, base: str) -> str:
    """The id of a vocabulary term: what follows the base, or the IRI's last part where the base is another.

    >>> local("https://w3id.org/kgraph/ns#done", "https://w3id.org/kgraph/ns#")
    'done'
    """
    return iri[len(base) :] if iri.startswith(base) else iri.rpartition("/")[2].rpartition("#")[2]


def reports(store: Selects) -> dict[str, ReportRow]:
    """All reports by IRI, in the order of region, year and IRI."""
    query = """SELECT ?report ?title ?label ?year ?region WHERE { ?report a kg:Report .
      OPTIONAL { ?report dcterms:title ?title } OPTIONAL { ?report rdfs:label ?label }
      OPTIONAL { ?report kg:reportingYear ?year } OPTIONAL { ?report dcterms:spatial ?region } }"""
    found: dict[str, ReportRow] = {}
    for iri, title, label, year, region in sorted(rows(store, query), key=lambda row: tuple(map(str, row))):
        found.setdefault(iri, ReportRow(iri, title or label or iri.rpartition("/")[2], year, region))
    return dict(sorted(found.items(), key=lambda item: (item[1].region or "~", item[1].year or "", item[0])))


def regions(store: Selects) -> dict[str, RegionRow]:
    """All regions of the graph by IRI, the wider ones included."""
    query = """SELECT ?region ?code ?name ?wider WHERE { ?region a kg:Region ; rdfs:label ?name .
      OPTIONAL { ?region skos:notation ?code } OPTIONAL { ?region schema:containedInPlace ?wider } }"""
    found: dict[str, RegionRow] = {}
    for iri, code, name, wider in sorted(rows(store, query), key=lambda row: tuple(map(str, row))):
        found.setdefault(iri, RegionRow(iri, code or iri.rpartition("/")[2], name, wider))
    return found


def region_paths(known: Mapping[str, RegionRow]) -> dict[str, tuple[str, ...]]:
    """The names of each region and of all that contain it, widest first."""
    paths: dict[str, tuple[str, ...]] = {}
    for iri in known:
        names: list[str] = []
        at: str | None = iri
        seen: set[str] = set()
        while at is not None and at in known and at not in seen:
            seen.add(at)
            names.insert(0, known[at].name)
            at = known[at].wider
        paths[iri] = tuple(names)
    return paths


def short_names(paths: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """A name for each region that is unique among those given, as short as can be.

    >>> short_names({"a": ("甲县", "城关镇"), "b": ("乙县", "城关镇"), "c": ("乙县", "河东镇")})
    {'a': '甲县城关镇', 'b': '乙县城关镇', 'c': '河东镇'}
    """
    names = {iri: path[-1] for iri, path in paths.items()}
    for depth in range(2, max((len(path) for path in paths.values()), default=0) + 1):
        taken: dict[str, int] = {}
        for name in names.values():
            taken[name] = taken.get(name, 0) + 1
        names = {iri: "".join(paths[iri][-depth:]) if taken[name] > 1 else name for iri, name in names.items()}
    return names


def labels(store: Selects, iris: Iterable[str]) -> dict[str, dict[str, str]]:
    """The labels of things by IRI and language; a thing without one has the last part of its IRI as ``zh``."""
    wanted = sorted(set(iris))
    found: dict[str, dict[str, str]] = {iri: {} for iri in wanted}
    if wanted:
        query = "SELECT ?thing ?label WHERE { " + values("thing", wanted) + " ?thing rdfs:label ?label }"
        for row in sorted(store.select(PREFIXES + query), key=lambda row: (row[0].value, row[1].value)):
            found[row[0].value].setdefault(row[1].language or "zh", row[1].value)
    for iri, by_language in found.items():
        by_language.setdefault("zh", next(iter(by_language.values()), iri.rpartition("/")[2]))
    return found


_SPAN = "nif:beginIndex ?from ; nif:endIndex ?to ; nif:anchorOf ?text"


def measures(store: Selects, practices: Iterable[str] | None = None, within: Iterable[str] | None = None) -> list[MeasureRow]:
    """The measures of these practices (ids) in these reports (IRIs), in the order of report and place."""
    query = f"""SELECT ?fact ?practice ?status ?report ?from ?to ?text WHERE {{ {_practices(practices)} {values("report", within)}
      ?fact a kg:Measure ; kg:practice ?practice ; kg:inReport ?report ; kg:status ?status ; kg:evidence ?span .
      ?span {_SPAN} }}"""
    found: dict[tuple[str, str], MeasureRow] = {}
    for fact, practice, status, report, start, end, text in rows(store, query):
        evidence = Evidence(report, int(start), int(end), text)
        row = MeasureRow(fact, local(practice, vocab.PRACTICE), local(status, vocab.KG.base), evidence)
        kept = found.setdefault((fact, practice), row)
        if evidence < kept.evidence:
            found[fact, practice] = row
    return sorted(found.values(), key=lambda row: (row.evidence, row.practice, row.iri))


def metrics(store: Selects, practices: Iterable[str] | None = None, within: Iterable[str] | None = None) -> list[MetricRow]:
    """The metrics stated under these practices (all, also those under none, for None), in the order of report and place."""
    practice = "?fact kg:practice ?practice ." if practices is not None else "OPTIONAL { ?fact kg:practice ?practice }"
    query = f"""SELECT ?fact ?practice ?indicator ?label ?value ?unit ?unitLabel ?perLabel ?comparator ?change ?status
        ?report ?from ?to ?text WHERE {{ {_practices(practices)} {values("report", within)}
      ?fact a kg:Metric ; kg:inReport ?report ; kg:value ?value ; kg:evidence ?span . ?span {_SPAN} . {practice}
      OPTIONAL {{ ?fact kg:indicator ?indicator }} OPTIONAL {{ ?fact kg:indicatorLabel ?label }}
      OPTIONAL {{ ?fact kg:unit ?u . ?u rdfs:label ?unitLabel . OPTIONAL {{ ?u skos:broader ?unit }} }}
      OPTIONAL {{ ?fact kg:per/rdfs:label ?perLabel }}
      OPTIONAL {{ ?fact kg:comparator ?comparator }} OPTIONAL {{ ?fact kg:change ?change }}
      OPTIONAL {{ ?fact kg:status ?status }} }}"""
    found: dict[str, MetricRow] = {}
    for row in sorted(rows(store, query), key=lambda row: tuple(map(str, row))):
        (
            fact,
            practice_iri,
            indicator,
            label,
            value,
            unit,
            unit_label,
            per,
            comparator,
            change,
            status,
            report,
            start,
            end,
            text,
        ) = row
        found.setdefault(
            fact,
            MetricRow(
                iri=fact,
                practice=practice_iri and local(practice_iri, vocab.PRACTICE),
                indicator=indicator and local(indicator, vocab.INDICATOR),
                label=normalise(label or text),
                value=Decimal(value),
                unit=unit_label or "",
                unit_id=unit and local(unit, vocab.UNIT),
                per=per and normalise(per),
                comparator=local(comparator, vocab.KG.base) if comparator else "exactly",
                change=change and local(change, vocab.KG.base),
                status=local(status, vocab.KG.base) if status else "done",
                evidence=Evidence(report, int(start), int(end), text),
            ),
        )
    return sorted(found.values(), key=lambda row: (row.evidence, row.iri))


def bodies(store: Selects, practices: Iterable[str] | None = None, within: Iterable[str] | None = None) -> list[LinkRow]:
    """Which bodies are responsible for or involved in measures of these practices."""
    return _links(store, "?fact kg:responsibleBody|kg:involvedBody ?target .", practices, within)


def laws(store: Selects, practices: Iterable[str] | None = None, within: Iterable[str] | None = None) -> list[LinkRow]:
    """Which laws and documents are cited in measures of these practices."""
    return _links(store, "{ ?fact kg:citation ?c } UNION { ?c kg:measure ?fact } ?c kg:cites ?target .", practices, within)


def _links(store: Selects, pattern: str, practices: Iterable[str] | None, within: Iterable[str] | None) -> list[LinkRow]:
    query = f"""SELECT DISTINCT ?practice ?report ?target ?from ?to ?text WHERE {{
      {_practices(practices)} {values("report", within)}
      ?fact a kg:Measure ; kg:practice ?practice ; kg:inReport ?report ; kg:evidence ?span . {pattern} ?span {_SPAN} }}"""
    found = {
        LinkRow(local(practice, vocab.PRACTICE), report, target, Evidence(report, int(start), int(end), text))
        for practice, report, target, start, end, text in rows(store, query)
    }
    return sorted(found, key=lambda row: (row.evidence, row.practice, row.target))


def _practices(ids: Iterable[str] | None) -> str:
    return values("practice", None if ids is None else (vocab.PRACTICE + id_ for id_ in ids))


def texts(store: Selects, within: Iterable[str]) -> dict[str, str]:
    """The full texts of reports by IRI, where the graph keeps them."""
    query = f"SELECT ?report ?text WHERE {{ {values('report', within)} ?report nif:isString ?text }}"
    return {report: text for report, text in rows(store, query) if text is not None}


def sentence(text: str | None, evidence: Evidence) -> str:
    """The sentence around a piece of evidence, on one line; the evidence alone where the text is not at hand.

    >>> sentence("一是调解。二是普法10场；三是…", Evidence("r", 7, 12, "普法10场"))
    '二是普法10场；'
    """
    if text is None or text[evidence.start : evidence.end] != evidence.text:
        return " ".join(evidence.text.split())
    start = evidence.start
    while start > 0 and text[start - 1] not in SENTENCE_ENDS and evidence.start - start < SENTENCE_LIMIT:
        start -= 1
    end = evidence.end
    while end < len(text) and text[end - 1] not in SENTENCE_ENDS and end - evidence.end < SENTENCE_LIMIT:
        end += 1
    return " ".join(text[start:end].split())
