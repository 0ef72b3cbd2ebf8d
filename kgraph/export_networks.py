"""The graph as a network of things, for Gephi, yEd, Cytoscape and networkx: GraphML and GEXF.

Nodes are regions, reports, bodies, laws, documents, measures, metrics and the concepts that they name; edges are the
properties between them. Spans, citations (an edge from report to law stands for them) and provenance stay out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from kgraph.vocab import PREFIXES

if TYPE_CHECKING:
    from kgraph.store import Store

EDGES = (
    "dcterms:publisher",
    "dcterms:spatial",
    "kg:citesLaw",
    "kg:practice",
    "kg:inReport",
    "kg:responsibleBody",
    "kg:involvedBody",
    "kg:outcome",
    "kg:indicator",
    "kg:practises",
    "kg:hasReport",
    "schema:containedInPlace",
    "org:subOrganizationOf",
    "skos:broader",
)
CLASSES = (
    "kg:Region",
    "kg:Report",
    "org:Organization",
    "eli:LegalResource",
    "kg:Document",
    "kg:Measure",
    "kg:Metric",
    "skos:Concept",
)
_CONCEPTS = ("practice", "indicator")
_ILLEGAL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)), "\ufffd")


def nodes(store: Store) -> Iterator[tuple[str, str, str, str]]:
    """IRI, class, label and value (of a metric, with its unit in the label) of each node; by class, then IRI."""
    for name in CLASSES:
        only = ""
        if name == "skos:Concept":
            schemes = " ".join(f"<{PREFIXES[scheme]}>" for scheme in _CONCEPTS)
            only = f"VALUES ?scheme {{ {schemes} }} ?n skos:inScheme ?scheme ."
        query = (
            f"SELECT ?n (MIN(?l) AS ?label) (MIN(?v) AS ?value) {{ {only} ?n a {name} ; rdfs:label ?l . FILTER(LANG(?l) != 'en') "
        )
        query += "OPTIONAL { ?n kg:value ?v } } GROUP BY ?n ORDER BY ?n"
        for iri, label, value in store.values(query):
            yield str(iri), name.partition(":")[2], str(label), "" if value is None else str(value)


def edges(store: Store) -> Iterator[tuple[str, str, str]]:
    """Source, property and target of each edge; by property, then source, then target. Both ends are nodes."""
    known = {iri for iri, _, _, _ in nodes(store)}
    for name in EDGES:
        for source, target in store.values(f"SELECT ?s ?o {{ ?s {name} ?o }} ORDER BY ?s ?o"):
            if source in known and target in known:
                yield str(source), name, str(target)


def write_graphml(store: Store, out: IO[bytes]) -> None:
    """Write GraphML."""
    _put(out, '<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">')
    keys = (("label", "node", "string"), ("class", "node", "string"), ("value", "node", "double"), ("property", "edge", "string"))
    for key, of, kind in keys:
        _put(out, f'<key id="{key}" for="{of}" attr.name="{key}" attr.type="{kind}"/>')
    _put(out, '<graph edgedefault="directed">')
    for iri, class_, label, value in nodes(store):
        data = f'<data key="label">{_text(label)}</data><data key="class">{class_}</data>'
        data += f'<data key="value">{_text(value)}</data>' if value else ""
        _put(out, f"<node id={_attribute(iri)}>{data}</node>")
    for number, (source, name, target) in enumerate(edges(store)):
        ends = f"source={_attribute(source)} target={_attribute(target)}"
        _put(out, f'<edge id="e{number}" {ends}><data key="property">{name}</data></edge>')
    _put(out, "</graph>", "</graphml>")


def write_gexf(store: Store, out: IO[bytes]) -> None:
    """Write GEXF 1.3."""
    _put(out, '<?xml version="1.0" encoding="UTF-8"?>', '<gexf xmlns="http://gexf.net/1.3" version="1.3">')
    _put(out, '<graph defaultedgetype="directed">', '<attributes class="node">')
    _put(out, '<attribute id="0" title="class" type="string"/>', '<attribute id="1" title="value" type="double"/>')
    _put(out, "</attributes>", "<nodes>")
    for iri, class_, label, value in nodes(store):
        values = f'<attvalue for="0" value="{class_}"/>'
        values += f'<attvalue for="1" value={_attribute(value)}/>' if value else ""
        _put(out, f"<node id={_attribute(iri)} label={_attribute(label)}><attvalues>{values}</attvalues></node>")
    _put(out, "</nodes>", "<edges>")
    for number, (source, name, target) in enumerate(edges(store)):
        _put(out, f'<edge id="{number}" source={_attribute(source)} target={_attribute(target)} label="{name}"/>')
    _put(out, "</edges>", "</graph>", "</gexf>")


def _put(out: IO[bytes], *lines: str) -> None:
    out.write("".join(f"{line}\n" for line in lines).encode("utf-8"))


def _text(text: str) -> str:
    return escape(text.translate(_ILLEGAL))


def _attribute(text: str) -> str:
    return quoteattr(text.translate(_ILLEGAL), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
