"""What the pages say, read from the store: entities once, the facts of one report at a time."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from sys import intern

import pyoxigraph as ox

from kgraph import compare_facts as facts
from kgraph.compare_facts import Evidence, RegionRow, local
from kgraph.ids import digest
from kgraph.knowledge import Knowledge
from kgraph.products.basis import BasisReader
from kgraph.store import Store
from kgraph.vocab import BODYTYPE, DCTERMS, ELI, INDICATOR, KG, LAWKIND, ORG, PRACTICE, PREFIXES, RDF, RDFS, SKOS

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,79}")
_END = re.compile(r"[。；;！!？?\n]")
STATUSES = ("done", "planned", "problem")
SLOTS = ("actor", "action", "object", "targetGroup", "instrument", "frequency", "place")
"""What a measure may state besides its practice, by the local names of the properties."""


_UNSHOWN = "rdfs:label, qb:dataSet, kg:outcome, kg:responsibleBody, kg:involvedBody, kg:citation, kg:measure, kg:partOf"


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of a report: ``kind`` is measure, metric, citation, body or unlinked; ``target`` the IRI or id it links to.

    ``said`` holds what else the graph states of it, by the local name of the property.
    """

    kind: str
    start: int
    end: int
    label: str
    target: str
    status: str = ""
    rule: str = ""
    said: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fact stands, as lists over many reports keep it: the number of the report, the offsets, and the fact."""

    report: int
    fact: Fact


@dataclass
class ReportPage:
    """A report: its number in the order of the atlas, its key (name of its page), and what the graph states of it."""

    number: int
    iri: str
    key: str
    title: str
    file: str
    year: str
    region: str
    issuer: str
    issued: str
    identifier: str
    text: str

    @cached_property
    def ends(self) -> list[int]:
        """The ends of the sentences, as offsets."""
        found = [m.end() for m in _END.finditer(self.text)]
        return found if found and found[-1] == len(self.text) else [*found, len(self.text)]

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """The sentences that hold a span, as offsets."""
        i = bisect_right(self.ends, start)
        j = bisect_left(self.ends, end)
        return (self.ends[i - 1] if i else 0), self.ends[min(j, len(self.ends) - 1)]

    def sentence(self, start: int, end: int) -> str:
        """The sentence around a span, on one line."""
        return " ".join(self.text[slice(*self.bounds(start, end))].split())


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation: name, type (an id or empty), IRI of its region or empty, and the forms met."""

    iri: str
    key: str
    name: str
    type: str
    region: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Law:
    """A law or document that is cited: name, kind (an id), dates where known."""

    iri: str
    key: str
    name: str
    kind: str
    since: str
    until: str
    replaced: str


def page_key(iri: str, base: str) -> str:
    """The name of the page of a thing: what its IRI ends with where that is a plain file name, else a digest.

    >>> page_key("https://x/id/law/b316eb0bbc", "https://x/id/")
    'b316eb0bbc'
    >>> page_key("https://x/id/report/0-2023-7e57fb/document/7e2f", "https://x/id/")
    '0-2023-7e57fb-7e2f'
    """
    if iri.startswith(base):
        parts = iri[len(base) :].split("/")
        name = "-".join(part for i, part in enumerate(parts) if i % 2)
        if _SAFE.fullmatch(name):
            return name
    return digest(iri, length=16)


class Corpus:
    """Everything that the atlas shows, over one store."""

    def __init__(self, store: Store, knowledge: Knowledge) -> None:
        self.store = store
        self.knowledge = knowledge
        self.regions: dict[str, RegionRow] = facts.regions(store)
        self.levels = {str(r): int(str(n)) for r, n in store.values("SELECT ?r ?n { ?r a kg:Region ; kg:level ?n }")}
        self.paths = facts.region_paths(self.regions)
        self.names = facts.short_names(self.paths)
        self.bodies: dict[str, Body] = {}
        self.laws: dict[str, Law] = {}
        self._labels: dict[str, str] = {}
        self._basis = BasisReader(knowledge)
        self.reports = self._reports()

    def practice(self, id_: str, lang: str = "zh") -> str:
        """The name of a practice, or its id where the vocabulary has no such practice."""
        concept = self.knowledge.practices.get(id_)
        return concept.labels.get(lang) or concept.labels.get("zh", id_) if concept else id_

    def _reports(self) -> list[ReportPage]:
        rows = self.store.values(
            "SELECT ?r ?title ?file ?year ?region ?issuer ?issued ?id ?text { ?r a kg:Report ; kg:sourceFile ?file ; "
            "dcterms:title ?title ; nif:isString ?text OPTIONAL { ?r kg:reportingYear ?year } "
            "OPTIONAL { ?r dcterms:spatial ?region } OPTIONAL { ?r dcterms:publisher ?issuer } "
            "OPTIONAL { ?r dcterms:issued ?issued } OPTIONAL { ?r dcterms:identifier ?id } }"
        )
        first: dict[str, tuple[str, ...]] = {}
        for row in sorted(tuple("" if cell is None else str(cell) for cell in row) for row in rows):
            first.setdefault(row[0], row)

        def order(row: tuple[str, ...]) -> tuple[str, str, str]:
            region = self.regions.get(row[4])
            return (region.code if region else "~", row[3], row[0])

        return [
            ReportPage(i, r[0], page_key(r[0], self.store.base), *r[1:]) for i, r in enumerate(sorted(first.values(), key=order))
        ]

    def facts(self, reports: Sequence[ReportPage]) -> dict[str, list[Fact]]:
        """The facts of some reports by the IRI of each, in the order of their places in the text."""
        found: dict[str, list[Fact]] = {report.iri: [] for report in reports}
        within = " ".join(f"<{iri}>" for iri in found)
        said: dict[str, dict[str, list[str]]] = {}
        for fact, name, value in tsv(
            self.store,
            f"SELECT ?f ?p ?o {{ VALUES ?r {{ {within} }} ?f kg:inReport ?r . ?f ?p ?o FILTER(?p NOT IN ({_UNSHOWN})) }}",
        ):
            said.setdefault(fact, {}).setdefault(name, []).append(value)
        for values in said.values():
            if KG.evidence in values:
                found[values[KG.inReport][0]].extend(self._fact(values))
        for span, iri in tsv(
            self.store, f"SELECT ?s ?o {{ VALUES ?r {{ {within} }} ?s nif:referenceContext ?r ; itsrdf:taIdentRef ?o }}"
        ):
            body = self.body(iri)
            found[span.rpartition("#char=")[0]].append(Fact("body", *offsets(span), body.name, body.iri))
        for report in reports:
            self._bases(report, found[report.iri])
        for facts_ in found.values():
            facts_.sort(key=lambda f: (f.start, -f.end, f.kind, f.label, f.target, f.rule, sorted(f.said.items())))
        return found

    def _bases(self, report: ReportPage, facts_: Sequence[Fact]) -> None:
        """Note of each metric whether it is of the year or adds up several."""
        for fact in facts_:
            if fact.kind == "metric":
                at = Evidence(report.iri, fact.start, fact.end, report.text[fact.start : fact.end])
                fact.said["basis"] = self._basis.read(report.text, at, report.year or None)

    def _fact(self, said: dict[str, list[str]]) -> Iterator[Fact]:
        kinds = said[RDF.type]

        def one(name: str) -> str:
            return min(said.get(name, ("",)))

        start, end = offsets(one(KG.evidence))
        status = intern(local(one(KG.status), KG.base)) if KG.status in said else ""
        rule = intern(one(KG.rule))
        if KG.Measure in kinds:
            for practice in sorted(said.get(KG.practice, ())):
                id_ = intern(local(practice, PRACTICE))
                slots = {slot: "；".join(sorted(said[KG.base + slot])) for slot in SLOTS if KG.base + slot in said}
                yield Fact("measure", start, end, self.practice(id_), id_, status, rule, slots)
        elif KG.Metric in kinds:
            more = {
                "value": one(KG.value),
                "unit": self.label(one(KG.unit)),
                "comparator": intern(local(one(KG.comparator), KG.base)) if KG.comparator in said else "exactly",
                "per": self.label(one(KG.per)) if KG.per in said else "",
                "change": local(one(KG.change), KG.base) if KG.change in said else "",
                "indicator": intern(local(one(KG.indicator), INDICATOR)) if KG.indicator in said else "",
            }
            practice = intern(local(one(KG.practice), PRACTICE)) if KG.practice in said else ""
            yield Fact("metric", start, end, one(KG.indicatorLabel), practice, status, rule, more)
        elif KG.Citation in kinds:
            law = self.law(one(KG.cites))
            yield Fact("citation", start, end, law.name, law.iri, "", rule, {"role": intern(local(one(KG.role), KG.base))})
        elif KG.Unlinked in kinds:
            yield Fact("unlinked", start, end, one(KG.mentionText), "", "", one(KG.reason))

    def label(self, iri: str) -> str:
        """The Chinese label of a thing, or its first; the end of its IRI where it has none."""
        if iri not in self._labels:
            found = [t.object for t in self.store.triples(iri, RDFS.label, None) if isinstance(t.object, ox.Literal)]
            found.sort(key=lambda o: (o.language != "zh", o.value))
            self._labels[iri] = found[0].value if found else iri.rpartition("/")[2]
        return self._labels[iri]

    def _said(self, iri: str) -> dict[str, list[str]]:
        said: dict[str, list[str]] = {}
        for triple in self.store.triples(iri, None, None):
            said.setdefault(triple.predicate.value, []).append(str(getattr(triple.object, "value", triple.object)))
        return {name: sorted(values) for name, values in said.items()}

    def body(self, iri: str) -> Body:
        """The organisation of that IRI."""
        if iri not in self.bodies:
            said = self._said(iri)
            name = said.get(RDFS.label, [iri.rpartition("/")[2]])[0]
            kind = local(said[ORG.classification][0], BODYTYPE) if ORG.classification in said else ""
            region = said.get(DCTERMS.spatial, [""])[0]
            forms = tuple(said.get(SKOS.altLabel, ()))
            self.bodies[iri] = Body(iri, page_key(iri, self.store.base), name, kind, region, forms)
        return self.bodies[iri]

    def law(self, iri: str) -> Law:
        """The law or document of that IRI."""
        if iri not in self.laws:
            said = self._said(iri)
            kind = local(said[ELI.type_document][0], LAWKIND) if ELI.type_document in said else "other"
            dates = (said.get(p, [""])[0] for p in (ELI.first_date_entry_in_force, ELI.date_no_longer_in_force, ELI.repealed_by))
            name = said.get(RDFS.label, [iri.rpartition("/")[2]])[0]
            self.laws[iri] = Law(iri, page_key(iri, self.store.base), name, kind, *dates)
        return self.laws[iri]


def offsets(span: str) -> tuple[int, int]:
    """The offsets that an RFC 5147 fragment names.

    >>> offsets("https://x/r#char=12,34")
    (12, 34)
    """
    start, _, end = span.rpartition("#char=")[2].partition(",")
    return int(start), int(end)


_ESCAPED = re.compile(r"\\(.)")
_MEANT = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


def tsv(store: Store, query: str) -> Iterator[list[str]]:
    """The rows of a SELECT query as plain texts: IRIs, literals without language and datatype.

    Oxigraph writes them as TSV, which is three times as fast as row by row in Python.
    """
    found = store.engine.query(query, prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    lines = (found.serialize(format=ox.QueryResultsFormat.TSV) or b"").decode("utf-8").split("\n")
    for line in lines[1:]:
        if line:
            yield [_plain(cell) for cell in line.split("\t")]


def _plain(cell: str) -> str:
    if cell.startswith("<"):
        return cell[1:-1]
    if cell.startswith('"'):
        cell = cell[1 : cell.rindex('"')]
        return _ESCAPED.sub(lambda m: _MEANT.get(m[1], m[1]), cell) if "\\" in cell else cell
    return cell
