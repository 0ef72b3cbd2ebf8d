"""Findings in the graph: written into a named graph of their own, replaced at each audit, and seen by every query.

The triples lie in the default graph, as all facts do, and are noted in the graph ``AUDIT``, so that the next audit knows
what to take out. A finding hangs under its report and points to it: replacing or removing a report takes its findings.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kgraph.audit.model import Evidence, Finding
from kgraph.emit import chinese, literal, typed
from kgraph.errors import StoreError
from kgraph.ids import Ids
from kgraph.store import Store
from kgraph.vocab import KG, NIF, RDF, RDFS, XSD

AUDIT = ox.NamedNode("https://w3id.org/kgraph/audit")
POSITION = "https://schema.org/position"
_COMMENT = "http://www.w3.org/2000/01/rdf-schema#comment"
_DEFAULT = ox.DefaultGraph()


def lines(findings: Sequence[Finding]) -> list[str]:
    """The triples of findings, in the order in which they are ranked, as sorted N-Triples."""
    out: set[str] = set()
    for rank, finding in enumerate(findings, 1):
        node = f"<{finding.iri}>"
        out.add(f"{node} <{RDF.type}> <{KG.Finding}> .")
        out.add(f"{node} <{KG.check}> {literal(finding.check)} .")
        out.add(f"{node} <{RDFS.label}> {chinese(finding.message)} .")
        out.add(f"{node} <{_COMMENT}> {chinese(finding.reasoning)} .")
        out.add(f"{node} <{POSITION}> {typed(str(rank), XSD.integer)} .")
        for report in {finding.report, *(e.report for e in finding.evidence)}:
            out.add(f"{node} <{KG.inReport}> <{report}> .")
        for e in finding.evidence:
            out.add(f"{node} <{KG.evidence}> <{Ids.span(e.report, e.start, e.end)}> .")
            out.update(_span(e))
    return sorted(out)


def _span(e: Evidence) -> Iterator[str]:
    node = f"<{Ids.span(e.report, e.start, e.end)}>"
    yield f"{node} <{RDF.type}> <{NIF.Phrase}> ."
    yield f"{node} <{NIF.referenceContext}> <{e.report}> ."
    yield f"{node} <{NIF.beginIndex}> {typed(str(e.start), XSD.nonNegativeInteger)} ."
    yield f"{node} <{NIF.endIndex}> {typed(str(e.end), XSD.nonNegativeInteger)} ."
    yield f"{node} <{NIF.anchorOf}> {literal(e.text)} ."
    yield f"{node} <{RDFS.label}> {chinese(' '.join(e.text.split()))} ."


def record(store: Store, findings: Sequence[Finding]) -> None:
    """Put findings into a graph that is open for writing, in place of those of the audit before, in one transaction."""
    if store.read_only:
        raise StoreError(f"{store.path}: this graph was opened for reading only")
    gone = [str(triple) for triple in _old(store)]
    new = lines(findings)
    parts = []
    if gone:
        parts.append("DELETE DATA {\n" + " .\n".join(gone) + " .\n}")
    parts.append(f"DROP SILENT GRAPH {AUDIT}")
    if new:
        body = "\n".join(new)
        parts.append(f"INSERT DATA {{\n{body}\nGRAPH {AUDIT} {{\n{body}\n}}\n}}")
    try:
        store.engine.update(";\n".join(parts))
    except OSError as error:
        raise StoreError(f"{store.path}: cannot be written: {error}") from None


def _old(store: Store) -> Iterator[ox.Triple]:
    """What the audit before wrote, without the spans that facts rest on too."""
    noted = [quad.triple for quad in store.engine.quads_for_pattern(None, None, None, AUDIT)]
    findings = {t.subject for t in noted if t.predicate.value == KG.check}
    kept = {t.subject for t in noted if t.subject not in findings and _used(store, t.subject, findings)}
    yield from (t for t in noted if t.subject not in kept)


def _used(store: Store, span: object, findings: Container[object]) -> bool:
    assert isinstance(span, ox.NamedNode)
    pointing = store.engine.quads_for_pattern(None, ox.NamedNode(KG.evidence), span, _DEFAULT)
    if any(quad.subject not in findings for quad in pointing):
        return True
    denotes = ox.NamedNode("http://www.w3.org/2005/11/its/rdf#taIdentRef")
    return next(store.engine.quads_for_pattern(span, denotes, None, _DEFAULT), None) is not None


@dataclass(frozen=True, slots=True)
class Recorded:
    """A finding as a graph holds it, for pages and queries: its rank among all, and its places in the texts."""

    iri: str
    check: str
    rank: int
    message: str
    reasoning: str
    evidence: tuple[Evidence, ...]


def recorded(store: Store, report: str | None = None) -> list[Recorded]:
    """The findings of the last audit, best first; only those that rest on a report, if one is named by its IRI.

    This is what the pages of the atlas show: each finding comes with the spans of its report's text to be marked.
    """
    only = f"?f kg:inReport <{report}> . " if report is not None else ""
    rows = store.values(
        f"SELECT ?f ?check ?rank ?label ?why ?r ?file ?b ?e ?text {{ {only}?f a kg:Finding ; kg:check ?check ; rdfs:label ?label ; "
        "rdfs:comment ?why ; schema:position ?rank ; kg:evidence ?s . ?s nif:referenceContext ?r ; nif:beginIndex ?b ; "
        "nif:endIndex ?e ; nif:anchorOf ?text . ?r kg:sourceFile ?file }"
    )
    heads: dict[str, tuple[str, int, str, str]] = {}
    places: dict[str, set[Evidence]] = {}
    for f, check, rank, label, why, r, file, b, e, text in rows:
        heads[str(f)] = (str(check), int(str(rank)), str(label), str(why))
        places.setdefault(str(f), set()).add(Evidence(str(r), str(file), int(str(b)), int(str(e)), str(text)))
    found = [Recorded(iri, *head, _ordered(places[iri], iri)) for iri, head in heads.items()]
    return sorted(found, key=lambda f: (f.rank, f.iri))


def _ordered(places: Iterable[Evidence], iri: str) -> tuple[Evidence, ...]:
    """The places, those in the finding's own report first."""
    return tuple(sorted(places, key=lambda e: (not iri.startswith(e.report), e.report, e.start)))
