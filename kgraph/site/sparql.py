"""The queries behind the views, as the pages show them: named questions filled in, and those of the atlas itself."""

from __future__ import annotations

import pyoxigraph as ox

from kgraph.errors import KGraphError
from kgraph.knowledge import Knowledge
from kgraph.query_named import Question, questions

_EVIDENCE = "?m kg:evidence ?span . ?span nif:anchorOf ?text ; nif:beginIndex ?from ; nif:endIndex ?to"
_TEXTS = {
    "reports": "SELECT ?report ?title ?region ?year WHERE {\n  ?report a kg:Report ; dcterms:title ?title\n"
    "  OPTIONAL { ?report dcterms:spatial/rdfs:label ?region } OPTIONAL { ?report kg:reportingYear ?year }\n} ORDER BY ?region ?year",
    "measures": "SELECT ?report ?status ?text ?from ?to WHERE {\n  ?m a kg:Measure ; kg:inReport ?report ; kg:status ?status .\n  %s\n  "
    + _EVIDENCE
    + "\n} ORDER BY ?report ?from",
    "mentions": "SELECT ?report ?text ?from ?to WHERE {\n  %s\n  ?span nif:referenceContext ?report ; nif:anchorOf ?text ;\n"
    "    nif:beginIndex ?from ; nif:endIndex ?to\n} ORDER BY ?report ?from",
    "report": "SELECT ?fact ?kind ?label ?text ?from ?to WHERE {\n  ?fact kg:inReport <%s> ; a ?kind ; rdfs:label ?label ; kg:evidence ?span .\n"
    "  ?span nif:anchorOf ?text ; nif:beginIndex ?from ; nif:endIndex ?to\n} ORDER BY ?from ?to",
    "indicator": "SELECT ?region ?year ?value ?unit ?comparator ?text WHERE {\n  ?m kg:indicator %s ; kg:value ?value ; kg:comparator ?comparator ;\n"
    "    kg:unit/rdfs:label ?unit ; kg:inReport ?report ; kg:evidence/nif:anchorOf ?text\n"
    "  OPTIONAL { ?report dcterms:spatial/rdfs:label ?region } OPTIONAL { ?report kg:reportingYear ?year }\n} ORDER BY ?region ?year",
    "matrix": "SELECT ?region ?year ?practice ?status (COUNT(?m) AS ?measures) WHERE {\n  ?m a kg:Measure ; kg:inReport ?report ; "
    "kg:practice ?practice ; kg:status ?status .\n  ?report dcterms:spatial ?region ; kg:reportingYear ?year\n"
    "} GROUP BY ?region ?year ?practice ?status ORDER BY ?region ?year ?practice ?status",
}


class Queries:
    """The named questions of an ontology, and the queries of the atlas."""

    def __init__(self, knowledge: Knowledge) -> None:
        try:
            self.questions: dict[str, Question] = {q.name: q for q in questions(knowledge)}
        except KGraphError:
            self.questions = {}

    def filled(self, name: str, **iris: str) -> str:
        """A named question with things in the place of its parameters; empty where the ontology has no such question."""
        if name not in self.questions:
            return ""
        return self.questions[name].filled({key: ox.NamedNode(iri) for key, iri in iris.items()}).strip()

    @staticmethod
    def text(name: str, *parts: str) -> str:
        """A query of the atlas with its parts filled in."""
        return _TEXTS[name] % parts if parts else _TEXTS[name]
