"""The part of ``ontology/`` that goes into every graph: classes, properties and concepts with their labels.

What only the extractors need (triggers, patterns, counter-examples) stays out of the graph.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kgraph.errors import KnowledgeError
from kgraph.knowledge import Knowledge
from kgraph.vocab import DCTERMS, KG, RDF, RDFS, SKOS, UNIT

NOT_TERMS = frozenset({"shapes.ttl"})
_KEPT = frozenset({KG.unitKind, KG.public, KG.order})
_EXAMPLE = SKOS.example
_TYPE = ox.NamedNode(RDF.type)
_CONCEPTS = frozenset(map(ox.NamedNode, (SKOS.Concept, f"{SKOS.base}ConceptScheme", "http://www.w3.org/2002/07/owl#Ontology")))
_NAMES = frozenset({SKOS.prefLabel, DCTERMS.title})
_LABEL = ox.NamedNode(RDFS.label)


def files(knowledge: Knowledge) -> list[Path]:
    """The Turtle files in use: those of the user's folder before kgraph's own of the same name."""
    names = {path.name for directory in knowledge.directories for path in directory.glob("*.ttl")} - NOT_TERMS
    return [knowledge.path(name) for name in sorted(names)]


def terms(knowledge: Knowledge) -> Iterator[ox.Triple]:
    """Their triples, with an ``rdfs:label`` made of the ``skos:prefLabel`` or ``dcterms:title`` of each concept and scheme; raises ``KnowledgeError``.

    Of a unit only the Chinese label is one: what a report writes. Blank nodes are left out.
    """
    for path in files(knowledge):
        try:
            quads = list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
        except (OSError, SyntaxError, ValueError) as error:
            raise KnowledgeError(f"{path}: cannot be read: {error}") from None
        concepts = {quad.subject for quad in quads if quad.predicate == _TYPE and quad.object in _CONCEPTS}
        for quad in quads:
            subject, predicate, value = quad.subject, quad.predicate, quad.object
            if isinstance(subject, ox.BlankNode) or isinstance(value, ox.BlankNode) or predicate.value == _EXAMPLE:
                continue
            if predicate.value.startswith(KG.base) and predicate.value not in _KEPT:
                continue
            yield quad.triple
            if predicate.value in _NAMES and isinstance(value, ox.Literal) and subject in concepts:
                is_unit = isinstance(subject, ox.NamedNode) and subject.value.startswith(UNIT)
                if not is_unit or value.language == "zh":
                    yield ox.Triple(subject, _LABEL, value)
