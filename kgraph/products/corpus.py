"""The facts of a graph, each kind read once by one query and kept: what all products are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeVar

from kgraph import compare_facts as facts
from kgraph import vocab
from kgraph.compare_choose import choose_practices, choose_regions, choose_years
from kgraph.compare_facts import Evidence, MeasureRow, MetricRow, RegionRow, ReportRow, Selects
from kgraph.compare_units import UnitFamilies
from kgraph.errors import InputError, UnreadableReport
from kgraph.knowledge import Knowledge, Scheme
from kgraph.model import Document, Section
from kgraph.products.basis import Basis, BasisReader
from kgraph.products.reading import Read, links, read
from kgraph.segment import Segmenter
from kgraph.words import Words

SLOTS = ("actor", "action", "object", "targetGroup", "instrument", "frequency", "place")
Part = Literal["responsible", "involved"]
TIMES = frozenset(["time", "period"])
PARTS: dict[Part, str] = {"responsible": "kg:responsibleBody", "involved": "kg:involvedBody"}


@dataclass(frozen=True, slots=True)
class CitationRow:
    """A citation: the law's IRI, the role's id, the article as written, the practices of the measures it stands in."""

    iri: str
    law: str
    role: str
    article: str | None
    practices: tuple[str, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class PartRow:
    """That a body is responsible for a measure or involved in it; the evidence is the measure's."""

    measure: str
    practice: str
    body: str
    part: Part
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issued a report: IRI, name, and the id of its type."""

    iri: str
    name: str
    type: str | None


T = TypeVar("T", MeasureRow, MetricRow, CitationRow, PartRow)


class Corpus:
    """A graph read for products; ``lang`` is the language of labels and words.

    Nothing is read before it is needed, and nothing twice: make one and make many products of it.
    """

    def __init__(self, store: Selects, knowledge: Knowledge | None = None, lang: str = "zh") -> None:
        self.store, self.knowledge, self.lang = store, knowledge or Knowledge(), lang
        self._outlines: dict[str, tuple[Section, ...]] = {}
        self._cuts: dict[str, tuple[str, ...]] = {}

    # --- reports and regions ------------------------------------------------------------------------------------

    @cached_property
    def reports(self) -> dict[str, ReportRow]:
        """All reports by IRI, by region, year and IRI."""
        return facts.reports(self.store)

    @cached_property
    def regions(self) -> dict[str, RegionRow]:
        """All regions by IRI, the wider ones included."""
        return facts.regions(self.store)

    @cached_property
    def paths(self) -> dict[str, tuple[str, ...]]:
        """The names of each region and of what contains it, widest first."""
        return facts.region_paths(self.regions)

    @cached_property
    def reporting(self) -> tuple[str, ...]:
        """The IRIs of the regions with a report of their own, by code."""
        there = {row.region for row in self.reports.values() if row.region in self.regions}
        return tuple(sorted((iri for iri in there if iri is not None), key=lambda iri: (self.regions[iri].code, iri)))

    @cached_property
    def place(self) -> dict[str, int]:
        """The place of each reporting region in the order of codes."""
        return {iri: i for i, iri in enumerate(self.reporting)}

    @cached_property
    def names(self) -> dict[str, str]:
        """A name of each reporting region that is unique among them."""
        return facts.short_names({iri: self.paths[iri] for iri in self.reporting})

    @cached_property
    def levels(self) -> dict[str, int]:
        """The level of each region: 1 province to 4 township."""
        return {iri: int(level) for iri, level in facts.rows(self.store, "SELECT ?r ?l { ?r a kg:Region ; kg:level ?l }")}

    @cached_property
    def issuers(self) -> dict[str, Issuer]:
        """The issuer of each report that has one."""
        query = """SELECT ?report ?body ?name ?type WHERE { ?report a kg:Report ; dcterms:publisher ?body . ?body rdfs:label ?name
          OPTIONAL { ?body org:classification ?type } }"""
        found: dict[str, Issuer] = {}
        for report, body, name, type_ in sorted(facts.rows(self.store, query), key=lambda row: tuple(map(str, row))):
            found.setdefault(report, Issuer(body, name, type_ and facts.local(type_, vocab.BODYTYPE)))
        return found

    @cached_property
    def reports_of(self) -> dict[str, tuple[str, ...]]:
        """The reports of each region, oldest first."""
        found: dict[str, list[str]] = defaultdict(list)
        for iri, row in self.reports.items():
            if row.region is not None:
                found[row.region].append(iri)
        years = {iri: row.year or "" for iri, row in self.reports.items()}
        return {region: tuple(sorted(iris, key=lambda iri: (years[iri], iri))) for region, iris in found.items()}

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The years reported on."""
        return tuple(sorted({row.year for row in self.reports.values() if row.year}))

    def province(self, region: str) -> str:
        """The IRI of the widest region around one."""
        at = region
        for _ in range(8):
            wider = self.regions[at].wider if at in self.regions else None
            if wider is None:
                break
            at = wider
        return at

    def region_of(self, evidence: Evidence) -> str | None:
        """The region of the report that a fact stands in."""
        return self.reports[evidence.report].region

    def year_of(self, evidence: Evidence) -> str | None:
        """The year of the report that a fact stands in."""
        return self.reports[evidence.report].year

    def name(self, region: str | None) -> str:
        """The short name of a region."""
        if region is None:
            return "?"
        return self.names.get(region) or (self.paths[region][-1] if region in self.paths else region.rpartition("/")[2])

    # --- facts --------------------------------------------------------------------------------------------------

    @cached_property
    def _read(self) -> Read:
        return read(self.store, self.texts)

    @property
    def measures(self) -> list[MeasureRow]:
        """All measures in the order of report and place."""
        return self._read.measures

    @property
    def metrics(self) -> list[MetricRow]:
        """All stated metrics in the order of report and place; derived ones are not among them."""
        return self._read.metrics

    @cached_property
    def citations(self) -> list[CitationRow]:
        """All citations in the order of report and place."""
        query = """SELECT ?c ?law ?role ?article ?report ?from ?to ?text WHERE {
          ?c a kg:Citation ; kg:cites ?law ; kg:role ?role ; kg:inReport ?report ; kg:evidence ?span .
          ?span nif:beginIndex ?from ; nif:endIndex ?to ; nif:anchorOf ?text OPTIONAL { ?c kg:article ?article } }"""
        within: dict[str, set[str]] = defaultdict(set)
        links = "{ ?m kg:citation ?c } UNION { ?c kg:measure ?m }"
        for citation, practice in facts.rows(
            self.store, f"SELECT DISTINCT ?c ?p {{ {links} ?c a kg:Citation . ?m kg:practice ?p }}"
        ):
            within[citation].add(facts.local(practice, vocab.PRACTICE))
        found = {
            iri: CitationRow(
                iri,
                law,
                facts.local(role, vocab.KG.base),
                article,
                tuple(sorted(within[iri])),
                Evidence(report, int(start), int(end), text),
            )
            for iri, law, role, article, report, start, end, text in facts.rows(self.store, query)
        }
        return sorted(found.values(), key=lambda row: (row.evidence, row.iri))

    @cached_property
    def parts(self) -> list[PartRow]:
        """Which body is responsible for or involved in which measure, in the order of report and place."""
        by_iri = {row.iri: row for row in self.measures}
        found = []
        for part, predicate in PARTS.items():
            for measure, body in links(self.store, predicate):
                if measure in by_iri:
                    row = by_iri[measure]
                    found.append(PartRow(measure, row.practice, body, part, row.evidence))
        return sorted(found, key=lambda row: (row.evidence, row.practice, row.part, row.body))

    @cached_property
    def slots(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """The slots of each measure that states any: actor, action, object and so on, as written."""
        names = " ".join(f"kg:{slot}" for slot in SLOTS)
        found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        query = f"SELECT ?m ?slot ?value {{ VALUES ?slot {{ {names} }} ?m ?slot ?value . ?m a kg:Measure }}"
        for measure, slot, value in facts.rows(self.store, query):
            found[measure][facts.local(slot, vocab.KG.base)].add(value)
        return {m: {slot: tuple(sorted(values)) for slot, values in by_slot.items()} for m, by_slot in found.items()}

    @cached_property
    def measures_of(self) -> dict[str, list[MeasureRow]]:
        """The measures of each region."""
        return self._by_region(self.measures)

    @cached_property
    def metrics_of(self) -> dict[str, list[MetricRow]]:
        """The metrics of each region."""
        return self._by_region(self.metrics)

    @cached_property
    def citations_of(self) -> dict[str, list[CitationRow]]:
        """The citations of each region."""
        return self._by_region(self.citations)

    @cached_property
    def parts_of(self) -> dict[str, list[PartRow]]:
        """The parts that bodies take, by the region of the report."""
        return self._by_region(self.parts)

    def _by_region(self, rows: Iterable[T]) -> dict[str, list[T]]:
        found: dict[str, list[T]] = defaultdict(list)
        for row in rows:
            region = self.region_of(row.evidence)
            if region is not None:
                found[region].append(row)
        return found

    @cached_property
    def done(self) -> dict[str, dict[str, list[MeasureRow]]]:
        """What each region reports as done: region, practice, measures."""
        found: dict[str, dict[str, list[MeasureRow]]] = defaultdict(lambda: defaultdict(list))
        for region, measures in self.measures_of.items():
            for row in measures:
                if row.status == "done":
                    found[region][row.practice].append(row)
        return {region: dict(practices) for region, practices in found.items()}

    @cached_property
    def spread(self) -> dict[str, tuple[str, ...]]:
        """The regions that report each practice as done, by code."""
        found: dict[str, list[str]] = defaultdict(list)
        for region in self.reporting:
            for practice in self.done.get(region, ()):
                found[practice].append(region)
        return {practice: tuple(regions) for practice, regions in found.items()}

    # --- words --------------------------------------------------------------------------------------------------

    @cached_property
    def units(self) -> UnitFamilies:
        """Which units compare."""
        return UnitFamilies(self.knowledge.units)

    @cached_property
    def times(self) -> frozenset[str]:
        """The units of time as written: what a number is stated for when it is a frequency."""
        scheme = self.knowledge.units
        concepts = [c for c in scheme.values() if c.one("unitKind") in TIMES]
        return frozenset(form for c in concepts for form in (*c.get("form"), *c.get("perForm"), c.labels.get("zh", "")))

    @cached_property
    def _words(self) -> Words:
        return Words(self.knowledge)

    def cut(self, text: str) -> tuple[str, ...]:
        """The words of a text."""
        if text not in self._cuts:
            self._cuts[text] = tuple(w.text for w in self._words.cut(text))
        return self._cuts[text]

    @cached_property
    def _basis(self) -> BasisReader:
        return BasisReader(self.knowledge)

    def basis(self, row: MetricRow) -> Basis:
        """Whether a number is of the year, or adds up several."""
        return self._basis.read(self.text(row.evidence.report), row.evidence, self.year_of(row.evidence))

    def label(self, scheme: Scheme, id_: str) -> str:
        """The label of a concept in the language of the corpus."""
        labels = scheme[id_].labels if id_ in scheme else {}
        return labels.get(self.lang) or labels.get("zh") or id_

    def practice(self, id_: str) -> str:
        """The label of a practice."""
        return self.label(self.knowledge.practices, id_)

    def indicator(self, id_: str) -> str:
        """The label of an indicator."""
        return self.label(self.knowledge.indicators, id_)

    def domain(self, practice: str) -> str:
        """The id of the domain that a practice belongs to, or its own."""
        concept = self.knowledge.practices.get(practice)
        return (concept.broader if concept else None) or practice

    @cached_property
    def order(self) -> dict[str, int]:
        """The place of each practice: domain by domain."""
        return {id_: i for i, id_ in enumerate(choose_practices(None, self.knowledge.practices))}

    @cached_property
    def labels(self) -> dict[str, str]:
        """The labels of the laws and bodies of the corpus by IRI."""
        found = facts.labels(self.store, {row.law for row in self.citations} | {row.body for row in self.parts})
        return {iri: by_lang.get(self.lang) or by_lang["zh"] for iri, by_lang in found.items()}

    @cached_property
    def texts(self) -> dict[str, str]:
        """The texts of all reports."""
        return facts.texts(self.store, self.reports)

    def text(self, report: str) -> str:
        """The text of a report."""
        return self.texts.get(report, "")

    def sentence(self, evidence: Evidence) -> str:
        """The sentence around a piece of evidence, on one line."""
        return facts.sentence(self.text(evidence.report) or None, evidence)

    @cached_property
    def _segmenter(self) -> Segmenter:
        return Segmenter(self.knowledge)

    def section(self, evidence: Evidence) -> str:
        """The headings that a piece of evidence stands under, outermost first; empty where there are none."""
        if evidence.report not in self._outlines:
            document = Document(text=self.text(evidence.report), source="", content_hash="")
            try:
                self._outlines[evidence.report] = self._segmenter.outline(document).sections
            except UnreadableReport:  # it has no headings, or its text is not kept
                self._outlines[evidence.report] = ()
        around = [s for s in self._outlines[evidence.report] if s.start <= evidence.start < s.end]
        return " / ".join(max(around, key=lambda s: (len(s.path), s.start)).path) if around else ""

    # --- choosing -----------------------------------------------------------------------------------------------

    def choose(
        self,
        regions: Sequence[str] | None = None,
        years: Sequence[str | int] | None = None,
        practice: str | None = None,
    ) -> tuple[tuple[str, ...], frozenset[str], tuple[str, ...]]:
        """Regions (IRIs, by code), reports of these in these years, and practices (ids) that a user means.

        Raises ``InputError`` for what is not there, naming what is near.
        """
        chosen = choose_regions(regions, self.reports, self.regions) if regions else None
        wanted = tuple(iri for iri in self.reporting if chosen is None or iri in chosen)
        of_years = choose_years(years, self.reports) if years else None
        inside = frozenset(
            iri for r in wanted for iri in self.reports_of[r] if of_years is None or self.reports[iri].year in of_years
        )
        if not inside:
            raise InputError("no report in this graph is of these regions and years together")
        return wanted, inside, choose_practices(practice, self.knowledge.practices)

    def one_region(self, wanted: str) -> str:
        """The IRI of the one region that a name or a code stands for. Raises ``InputError`` where it is none or several."""
        found = choose_regions([wanted], self.reports, self.regions) or ()
        if len(found) != 1:
            names = ", ".join(self.name(iri) for iri in found[:5])
            raise InputError(f"{wanted!r} has no report of its own and stands for several regions: {names}; name one")
        return found[0]

    def one_practice(self, wanted: str) -> str:
        """The id of the practice that an id or label stands for. Raises ``InputError`` naming near ones."""
        return choose_practices(wanted, self.knowledge.practices)[0]


def named(wanted: str, what: str, names: Mapping[str, Iterable[str]]) -> str:
    """The one key of ``names`` that has this name (or is it). Raises ``InputError`` naming near ones.

    >>> named("宪法", "law", {"l1": ("中华人民共和国宪法", "宪法"), "l2": ("民法典",)})
    'l1'
    """
    import difflib

    key = "".join(wanted.split()).strip("《》").casefold()
    by_name: dict[str, set[str]] = defaultdict(set)
    for iri, forms in names.items():
        for form in (iri, *forms):
            by_name["".join(form.split()).casefold()].add(iri)
    found = by_name.get(key, set())
    if not found:  # a part of a name that only one thing has
        inside = {iri for name, iris in by_name.items() if key and key in name for iri in iris}
        found = inside if len(inside) == 1 else set()
    if len(found) == 1:
        return next(iter(found))
    if found:
        raise InputError(f"several {what}s are called {wanted!r}: {', '.join(sorted(found)[:5])}; give the IRI")
    near = [name for name in sorted(by_name) if key and key in name and "://" not in name][:5]
    near += difflib.get_close_matches(key, by_name, n=5, cutoff=0.3)
    raise InputError(f"no {what} {wanted!r} in this graph; near: {', '.join(dict.fromkeys(near[:5])) or 'none'}")
