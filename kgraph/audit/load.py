"""Reports for the audit: out of a graph, or straight from the facts of the pipeline."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from kgraph.audit.model import Cited, Deed, Quantity, Report
from kgraph.errors import UnreadableReport
from kgraph.extract.numbers import find_numerals
from kgraph.knowledge import Knowledge
from kgraph.model import Document, Outline, ReportFacts
from kgraph.regions import Regions
from kgraph.segment import Segmenter
from kgraph.store import Store
from kgraph.text import normalise

_SPAN = "kg:evidence ?s . ?s nif:beginIndex ?b ; nif:endIndex ?e"
Row = tuple[Any, ...]


def from_facts(facts: ReportFacts, iri: str) -> Report:
    """A report as the pipeline has it, not yet stored."""
    meta = facts.meta
    metrics: list[Row] = [
        (
            m.mention.start,
            m.mention.end,
            m.mention.value,
            m.mention.unit,
            m.mention.comparator.value,
            m.mention.label,
            m.mention.status.value,
            m.mention.change.value if m.mention.change else None,
            m.indicator,
        )
        for m in facts.metrics
    ]
    return _report(
        iri,
        facts.document.source,
        meta.title or "",
        meta.issuer.name if meta.issuer else "",
        tuple(r.code for r in meta.regions),
        meta.year,
        meta.issued,
        facts.document.text,
        facts.outline,
        metrics,
        [(c.mention.start, c.mention.end, c.law.name, c.mention.role.value) for c in facts.citations],
        [(m.mention.start, m.mention.end, m.mention.practice, m.mention.status.value) for m in facts.measures],
    )


def reports(store: Store, knowledge: Knowledge) -> Iterator[Report]:
    """The reports of a graph in the order of their files; their texts are cut into sentences anew."""
    segmenter = Segmenter(knowledge)
    rows = store.values(
        "SELECT ?r ?file ?title ?name ?code ?year ?issued { ?r a kg:Report ; kg:sourceFile ?file "
        "OPTIONAL { ?r dcterms:title ?title } OPTIONAL { ?r dcterms:publisher/skos:prefLabel ?name } "
        "OPTIONAL { ?r dcterms:spatial/skos:notation ?code } OPTIONAL { ?r kg:reportingYear ?year } "
        "OPTIONAL { ?r dcterms:issued ?issued } } ORDER BY ?file"
    )
    seen: set[str] = set()
    regions = Regions.of(knowledge)
    for iri, source, title, name, code, year, issued in list(rows):
        if str(iri) in seen:
            continue
        seen.add(str(iri))
        text = next((t for (t,) in store.values(f"SELECT ?text {{ <{iri}> nif:isString ?text }}")), "")
        document = Document(str(text), str(source), "", {"title": str(title)} if title else {})
        try:
            outline = segmenter.outline(document)
        except UnreadableReport:
            continue
        yield _report(
            str(iri),
            str(source),
            str(title or ""),
            str(name or ""),
            tuple(r.code for r in regions.path(str(code))) if code else (),
            int(str(year)) if year is not None else None,
            date.fromisoformat(str(issued)) if issued else None,
            str(text),
            outline,
            _rows(
                store,
                "?v ?u ?c ?l ?st ?ch ?i",
                f"?m kg:inReport <{iri}> ; a kg:Metric ; kg:value ?v ; kg:unit/rdfs:label ?u ; kg:comparator ?c ; "
                f"kg:indicatorLabel ?l ; kg:status ?st ; {_SPAN} OPTIONAL {{ ?m kg:change ?ch }} OPTIONAL {{ ?m kg:indicator ?i }} "
                'FILTER(lang(?u) = "zh" || lang(?u) = "")',
            ),
            _rows(
                store,
                "?n ?role",
                f"?m kg:inReport <{iri}> ; a kg:Citation ; kg:cites/eli:title ?n ; kg:role ?role ; {_SPAN}",
            ),
            _rows(
                store,
                "?p ?st",
                f"?m kg:inReport <{iri}> ; a kg:Measure ; kg:practice ?p ; kg:status ?st ; {_SPAN}",
            ),
        )


def _rows(store: Store, names: str, where: str) -> list[Row]:
    out = []
    for row in store.values(f"SELECT ?b ?e {names} {{ {where} }}"):
        out.append(tuple(_local(value) for value in row))
    return out


def _local(value: object) -> object:
    if isinstance(value, str) and value.startswith("https://w3id.org/kgraph/"):
        return value.rpartition("#")[2] if "#" in value else value.rpartition("/")[2]
    return value


def _report(
    iri: str,
    source: str,
    title: str,
    issuer: str,
    regions: tuple[str, ...],
    year: int | None,
    issued: date | None,
    text: str,
    outline: Outline,
    metrics: Iterable[Row],
    citations: Iterable[Row],
    measures: Iterable[Row],
) -> Report:
    places = _Places(outline)
    counted = {q.start: q for row in metrics if (q := places.quantity(text, row)) is not None}
    cited = [Cited(str(n), str(role), places.sentence(b), b, e) for b, e, n, role in citations]
    deeds = [Deed(str(p), str(st), places.sentence(b), b, e) for b, e, p, st in measures]
    return Report(
        iri=iri,
        source=source,
        title=title,
        issuer=issuer,
        regions=regions,
        year=year,
        issued=issued,
        text=text,
        outline=outline,
        quantities=tuple(counted[start] for start in sorted(counted)),
        citations=tuple(sorted(cited, key=lambda c: (c.start, c.end, c.name))),
        deeds=tuple(sorted(deeds, key=lambda d: (d.start, d.end, d.practice))),
    )


class _Places:
    """Finds the sentence of an offset, and the numeral that a metric's span holds."""

    def __init__(self, outline: Outline) -> None:
        self._sentences = outline.sentences
        self._starts = [s.start for s in outline.sentences]
        self._numerals: dict[int, list[Any]] = {}

    def sentence(self, offset: int) -> int:
        return max(bisect_right(self._starts, offset) - 1, 0)

    def quantity(self, text: str, row: Row) -> Quantity | None:
        start, end, value, unit, comparator, label, status, change, indicator = row
        number = self.sentence(start)
        if not self._sentences:
            return None
        sentence = self._sentences[number]
        if number not in self._numerals:
            self._numerals[number] = find_numerals(sentence.text)
        low, high = sentence.find(start), sentence.find(end - 1) + 1
        wanted = Decimal(str(value))
        unit = normalise(str(unit))
        fitting = [n for n in self._numerals[number] if low <= n.start < high and n.value == wanted]
        if not fitting:
            return None
        numeral = next((n for n in fitting if sentence.text.startswith(unit, n.end)), fitting[-1])
        stop = numeral.end + (len(unit) if sentence.text.startswith(unit, numeral.end) else 0)
        written = sentence.text[numeral.start : numeral.end]
        begin, finish = sentence.span(numeral.start, stop)
        return Quantity(
            value=wanted,
            unit=unit,
            exact=comparator == "exactly",
            label=normalise(str(label)),
            status=str(status),
            change=str(change) if change else None,
            indicator=str(indicator) if indicator else None,
            places=_places(written),
            sentence=number,
            at=numeral.start,
            stop=stop,
            start=begin,
            end=finish,
        )


def _places(written: str) -> int:
    """The decimals of a numeral as written, 0 where 万 or 亿 multiplies it.

    >>> _places("93.15"), _places("2.1万"), _places("百分之九十七点五")
    (2, 0, 1)
    """
    if written[-1:] in "万亿千百":
        return 0
    point = max(written.find("."), written.find("点"))
    return len(written) - point - 1 if point >= 0 else 0
