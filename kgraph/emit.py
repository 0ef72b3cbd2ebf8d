"""Facts → triples: the only writer of the graph's terms. One report at a time, as sorted N-Triples."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from kgraph.ids import Ids
from kgraph.knowledge import Knowledge
from kgraph.model import Body, Law, Measure, Metric, MetricMention, Region, ReportFacts, Status
from kgraph.regions import Regions
from kgraph.vocab import (
    BODYTYPE,
    CV,
    DCTERMS,
    ELI,
    INDICATOR,
    ITSRDF,
    KG,
    LAWKIND,
    NIF,
    ORG,
    PRACTICE,
    PROV,
    QB,
    RDF,
    RDFS,
    SCHEMA,
    SDMX_DIMENSION,
    SKOS,
    UNIT,
    XSD,
)

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"})
_STATUS_ZH = {Status.DONE: "已做", Status.PLANNED: "计划", Status.PROBLEM: "不足"}
LEGAL_KINDS = frozenset(
    {
        "constitution",
        "law",
        "administrative_regulation",
        "local_regulation",
        "departmental_rule",
        "judicial_interpretation",
        "party_regulation",
    }
)
"""The kinds that have legal or party force and are ``eli:LegalResource``; the others are ``kg:Document``."""

_SLOTS = (
    ("actor", KG.actor),
    ("action", KG.action),
    ("object", KG.object),
    ("target_group", KG.targetGroup),
    ("instrument", KG.instrument),
    ("frequency", KG.frequency),
    ("place", KG.place),
)


def literal(text: str) -> str:
    """A plain string literal in N-Triples."""
    return f'"{text.translate(_ESCAPES)}"'


def chinese(text: str) -> str:
    """A literal in Chinese."""
    return f'"{text.translate(_ESCAPES)}"@zh'


def typed(text: str, datatype: str) -> str:
    """A typed literal; ``text`` is in its canonical form."""
    return f'"{text}"^^<{datatype}>'


def decimal(value: Decimal) -> str:
    """A canonical ``xsd:decimal``: no exponent, no trailing zeros.

    >>> decimal(Decimal("17.20")), decimal(Decimal("3E+4"))
    ('"17.2"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"30000"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    """
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return typed(text or "0", XSD.decimal)


def measure_label(practice: str, status: Status) -> str:
    """How a measure is named: by the label of its practice and its status."""
    return f"{practice}({_STATUS_ZH[status]})"


def metric_label(mention: MetricMention) -> str:
    """How a metric is named: what is counted, how many, of what unit."""
    return f"{mention.label} {mention.comparator.symbol}{format(mention.value, 'f')}{mention.unit}"


def citation_label(law: Law) -> str:
    """How a citation is named."""
    return f"引用《{law.name}》"


class _Lines(set[str]):
    """The triples of one report as lines; a set, as RDF is."""

    def put(self, subject: str, predicate: str, value: str) -> None:
        self.add(f"<{subject}> <{predicate}> {value} .")

    def link(self, subject: str, predicate: str, target: str) -> None:
        self.add(f"<{subject}> <{predicate}> <{target}> .")


class Emitter:
    """Writes the facts of reports as triples under one base IRI."""

    def __init__(self, knowledge: Knowledge, regions: Regions, ids: Ids, run: str) -> None:
        self.ids = ids
        self.run = run
        self._regions = regions
        self._public = {c.id for c in knowledge.bodytypes.values() if c.one("public") == "true"}
        self._units: Mapping[str, str] = {c.id: c.labels.get("zh", "") for c in knowledge.units.values()}
        self._practices: Mapping[str, str] = {c.id: c.labels.get("zh", c.id) for c in knowledge.practices.values()}

    def emit(self, facts: ReportFacts) -> tuple[str, bytes]:
        """The IRI of a report and its triples: sorted N-Triples, UTF-8, without duplicates or blank nodes."""
        report = self.ids.report(facts.document, facts.meta)
        lines = _Lines()
        self._report(lines, report, facts)
        bodies = [self._body(lines, use.body, report) for use in facts.bodies]
        for use, body in zip(facts.bodies, bodies, strict=True):
            span = self._span(lines, report, facts, use.mention.start, use.mention.end)
            lines.link(span, ITSRDF.taIdentRef, body)
            self._corrected(lines, span, report, use.mention.rule)
            if use.mention.name != use.body.name:
                lines.put(body, SKOS.altLabel, chinese(use.mention.name))
        measures = [self._measure_iri(report, m) for m in facts.measures]
        metrics = _distinct(f"{report}/metric/{m.mention.start}-{m.mention.end}" for m in facts.metrics)
        citations = [f"{report}/citation/{c.mention.start}-{c.mention.end}" for c in facts.citations]
        for iri, citation in zip(citations, facts.citations, strict=True):
            law = self._law(lines, citation.law, report)
            mention = citation.mention
            lines.link(iri, RDF.type, KG.Citation)
            lines.link(iri, KG.cites, law)
            lines.link(iri, KG.role, KG.base + mention.role)
            lines.put(iri, RDFS.label, chinese(citation_label(citation.law)))
            lines.link(report, KG.citesLaw, law)
            if mention.article:
                lines.put(iri, KG.article, literal(mention.article))
            if mention.document_number:
                lines.put(iri, KG.documentNumber, literal(mention.document_number))
            if citation.measure is not None:
                lines.link(iri, KG.measure, measures[citation.measure])
            self._fact(lines, iri, report, facts, mention.start, mention.end, mention.rule)
        for iri, metric in zip(metrics, facts.metrics, strict=True):
            self._metric(lines, iri, metric, report, facts, measures, metrics)
        for iri, measure in zip(measures, facts.measures, strict=True):
            self._measure(lines, iri, measure, report, facts)
            for slot, predicate in _SLOTS:
                said = getattr(measure.slots, slot)
                if said is not None:
                    lines.put(iri, predicate, chinese(said.text))
            for targets, predicate, index in (
                (bodies, KG.responsibleBody, measure.responsible),
                (bodies, KG.involvedBody, measure.involved),
                (citations, KG.citation, measure.citations),
                (metrics, KG.outcome, measure.metrics),
            ):
                for i in index:
                    lines.link(iri, predicate, targets[i])
        for correction in facts.corrections:
            iri = f"{report}/correction/{correction.number}"
            lines.link(iri, RDF.type, KG.Correction)
            lines.put(iri, KG.correctionKind, literal(correction.action))
            lines.put(iri, RDFS.label, chinese(f"更正:{correction.was or '(无)'} → {correction.now or '(删去)'}"))
            for predicate, value in ((KG.was, correction.was), (KG.now, correction.now), (RDFS.comment, correction.note)):
                if value:
                    lines.put(iri, predicate, literal(value))
            self._fact(lines, iri, report, facts, correction.start, correction.end, None)
        for unlinked in facts.unlinked:
            iri = f"{report}/unlinked/{unlinked.what}-{unlinked.start}-{unlinked.end}"
            lines.link(iri, RDF.type, KG.Unlinked)
            lines.put(iri, KG.mentionText, literal(unlinked.surface))
            lines.put(iri, KG.reason, literal(f"{unlinked.what}: {unlinked.reason}"))
            lines.put(iri, RDFS.label, chinese(f"未链接:{unlinked.surface}"))
            for candidate in unlinked.candidates:
                lines.put(iri, KG.candidate, literal(candidate))
            self._fact(lines, iri, report, facts, unlinked.start, unlinked.end, None)
        return report, ("\n".join(sorted(lines)) + "\n").encode("utf-8", "replace")

    def _report(self, lines: _Lines, report: str, facts: ReportFacts) -> None:
        meta, document = facts.meta, facts.document
        lines.link(report, RDF.type, KG.Report)
        lines.link(report, RDF.type, NIF.Context)
        title = meta.title or (f"{meta.issuer.name}报告" if meta.issuer else document.source)
        lines.put(report, RDFS.label, chinese(title))
        lines.put(report, DCTERMS.title, chinese(title))
        lines.put(report, KG.sourceFile, literal(document.source))
        lines.put(report, KG.contentHash, literal(document.content_hash))
        lines.put(report, NIF.isString, literal(document.text))
        lines.link(report, PROV.wasGeneratedBy, self.run)
        lines.link(self.run, RDF.type, PROV.Activity)
        lines.put(self.run, RDFS.label, chinese(f"kgraph 构建 {self.run.rpartition('/')[2]}"))
        if meta.issuer is not None:
            lines.link(report, DCTERMS.publisher, self._body(lines, meta.issuer, report))
        if meta.regions:
            region = self._region(lines, meta.regions)
            lines.link(report, DCTERMS.spatial, region)
            lines.link(region, KG.hasReport, report)
            for measure in facts.measures:
                if measure.mention.status is Status.DONE:
                    lines.link(region, KG.practises, PRACTICE + measure.mention.practice)
        if meta.year is not None:
            lines.put(report, KG.reportingYear, typed(f"{meta.year:04d}", XSD.gYear))
        if meta.issued is not None:
            lines.put(report, DCTERMS.issued, typed(meta.issued.isoformat(), XSD.date))
        if meta.index_number:
            lines.put(report, DCTERMS.identifier, literal(meta.index_number))
        if meta.document_number:
            lines.put(report, KG.documentNumber, literal(meta.document_number))
        if document.metadata.get("address"):
            lines.put(report, KG.address, literal(document.metadata["address"]))
        if document.confidence is not None:
            lines.put(report, KG.recognitionConfidence, decimal(Decimal(str(document.confidence))))

    def _region(self, lines: _Lines, path: Iterable[Region]) -> str:
        wider = iri = ""
        for region in path:
            iri = self.ids.region(region.code)
            lines.link(iri, RDF.type, KG.Region)
            lines.put(iri, RDFS.label, chinese(region.name))
            lines.put(iri, SKOS.notation, literal(region.code))
            lines.put(iri, KG.level, typed(str(region.level), XSD.integer))
            if wider:
                lines.link(iri, SCHEMA.containedInPlace, wider)
            wider = iri
        return iri

    def _body(self, lines: _Lines, body: Body, report: str) -> str:
        iri = self.ids.body(body, report)
        lines.link(iri, RDF.type, ORG.Organization)
        if body.type in self._public:
            lines.link(iri, RDF.type, CV.PublicOrganisation)
        lines.put(iri, RDFS.label, chinese(body.name))
        lines.put(iri, SKOS.prefLabel, chinese(body.name))
        if body.local:
            lines.link(iri, KG.inReport, report)
        if body.type:
            lines.link(iri, ORG.classification, BODYTYPE + body.type)
        if body.region:
            path = self._regions.path(body.region)
            if path:
                lines.link(iri, DCTERMS.spatial, self._region(lines, path))
        if body.parent and body.parent != body.name:
            parent = Body(body.parent, None, body.region, local=body.local)
            lines.link(iri, ORG.subOrganizationOf, self._body(lines, parent, report))
        return iri

    def _law(self, lines: _Lines, law: Law, report: str) -> str:
        iri = self.ids.law(law, report)
        lines.link(iri, RDF.type, ELI.LegalResource if law.kind in LEGAL_KINDS else KG.Document)
        lines.put(iri, RDFS.label, chinese(law.name))
        lines.put(iri, ELI.title, chinese(law.name))
        lines.link(iri, ELI.type_document, LAWKIND + law.kind)
        if law.local:
            lines.link(iri, KG.inReport, report)
        for name in law.short_names:
            lines.put(iri, ELI.title_alternative, chinese(name))
        if law.effective:
            lines.put(iri, ELI.first_date_entry_in_force, typed(law.effective, XSD.date))
        if law.repealed:
            lines.put(iri, ELI.date_no_longer_in_force, typed(law.repealed, XSD.date))
        if law.replaced_by:
            lines.put(iri, ELI.repealed_by, literal(law.replaced_by))
        return iri

    def _measure_iri(self, report: str, measure: Measure) -> str:
        return f"{report}/measure/{measure.mention.start}-{measure.mention.practice}"

    def _measure(self, lines: _Lines, iri: str, measure: Measure, report: str, facts: ReportFacts) -> None:
        mention = measure.mention
        label = self._practices.get(mention.practice, mention.practice)
        lines.link(iri, RDF.type, KG.Measure)
        lines.link(iri, KG.practice, PRACTICE + mention.practice)
        lines.link(iri, KG.status, KG.base + mention.status)
        lines.put(iri, RDFS.label, chinese(measure_label(label, mention.status)))
        self._fact(lines, iri, report, facts, mention.start, mention.end, mention.rule)

    def _metric(
        self, lines: _Lines, iri: str, metric: Metric, report: str, facts: ReportFacts, measures: list[str], metrics: list[str]
    ) -> None:
        mention = metric.mention
        lines.link(iri, RDF.type, KG.Metric)
        lines.link(iri, RDF.type, QB.Observation)
        lines.link(iri, QB.dataSet, KG.metrics)
        lines.put(iri, KG.value, decimal(mention.value))
        lines.link(iri, KG.unit, self._unit(lines, mention.unit, metric.unit))
        lines.link(iri, KG.comparator, KG.base + mention.comparator)
        lines.put(iri, KG.indicatorLabel, chinese(mention.label))
        lines.link(iri, KG.status, KG.base + mention.status)
        lines.put(iri, RDFS.label, chinese(metric_label(mention)))
        if metric.indicator:
            lines.link(iri, KG.indicator, INDICATOR + metric.indicator)
        if mention.change is not None:
            lines.link(iri, KG.change, KG.base + mention.change)
        if mention.per:
            lines.link(iri, KG.per, self._unit(lines, mention.per, metric.per))
        if metric.practice:
            lines.link(iri, KG.practice, PRACTICE + metric.practice)
        if metric.measure is not None:
            lines.link(iri, KG.measure, measures[metric.measure])
        if mention.total is not None:
            lines.link(iri, KG.partOf, metrics[mention.total])
        if facts.meta.regions:
            lines.link(iri, SDMX_DIMENSION.refArea, self.ids.region(facts.meta.regions[-1].code))
        if facts.meta.year is not None:
            lines.put(iri, SDMX_DIMENSION.refPeriod, typed(f"{facts.meta.year:04d}", XSD.gYear))
        self._fact(lines, iri, report, facts, mention.start, mention.end, mention.rule)

    def _unit(self, lines: _Lines, written: str, concept: str | None) -> str:
        """A unit as written: the concept of that form; where there is none, a node of its own under the concept, if known."""
        if concept and self._units.get(concept) == written:
            lines.put(UNIT + concept, RDFS.label, chinese(written))
            return UNIT + concept
        iri = self.ids.unit(written)
        lines.link(iri, RDF.type, SKOS.Concept)
        lines.put(iri, RDFS.label, chinese(written))
        lines.put(iri, SKOS.prefLabel, chinese(written))
        if concept:
            lines.link(iri, SKOS.broader, UNIT + concept)
        return iri

    def _fact(self, lines: _Lines, iri: str, report: str, facts: ReportFacts, start: int, end: int, rule: str | None) -> None:
        lines.link(iri, KG.inReport, report)
        lines.link(iri, KG.evidence, self._span(lines, report, facts, start, end))
        if rule:
            lines.put(iri, KG.rule, literal(rule))
            self._corrected(lines, iri, report, rule)

    @staticmethod
    def _corrected(lines: _Lines, iri: str, report: str, rule: str) -> None:
        if "correction:" in rule:
            lines.link(iri, KG.correctedBy, f"{report}/correction/{rule.rpartition(':')[2]}")

    def _span(self, lines: _Lines, report: str, facts: ReportFacts, start: int, end: int) -> str:
        iri = Ids.span(report, start, end)
        text = facts.document.text[start:end]
        lines.update(  # two in five triples of a graph are of spans: written without a call for each
            (
                f"<{iri}> <{RDF.type}> <{NIF.Phrase}> .",
                f"<{iri}> <{NIF.referenceContext}> <{report}> .",
                f'<{iri}> <{NIF.beginIndex}> "{start}"^^<{XSD.nonNegativeInteger}> .',
                f'<{iri}> <{NIF.endIndex}> "{end}"^^<{XSD.nonNegativeInteger}> .',
                f"<{iri}> <{NIF.anchorOf}> {literal(text)} .",
                f"<{iri}> <{RDFS.label}> {chinese(' '.join(text.split()))} .",
            )
        )
        place = facts.document.place(start)
        if place:
            lines.put(iri, KG.placeInFile, literal(place))
        return iri


def _distinct(iris: Iterable[str]) -> list[str]:
    """The IRIs with a number after those met before: two metrics may share a span (参考率、合格率均达100%)."""
    seen: dict[str, int] = {}
    out = []
    for iri in iris:
        seen[iri] = seen.get(iri, 0) + 1
        out.append(iri if seen[iri] == 1 else f"{iri}-{seen[iri]}")
    return out
