"""The closed vocabulary of the graph: IRIs as strings. A misspelt name raises ``AttributeError`` at once.

``tests/test_vocab.py`` holds ``KG`` against ``ontology/kgraph.ttl``, both ways.
"""

from __future__ import annotations


class _Namespace:
    """Names of one namespace, closed: only what was listed exists."""

    def __init__(self, base: str, names: str) -> None:
        self.base = base
        self.names = tuple(names.split())
        for name in self.names:
            setattr(self, name, base + name)

    def __getattr__(self, name: str) -> str:
        raise AttributeError(f"{self.base} has no {name!r} in kgraph's vocabulary")


BASE = "https://w3id.org/kgraph/id/"
KG = _Namespace(
    "https://w3id.org/kgraph/ns#",
    "Report Region Document Citation Measure Metric DerivedMetric Finding Unlinked "
    "done planned problem implements studies publicises formulates mentions "
    "exactly over atLeast under atMost about increase decrease "
    "inReport reportingYear documentNumber sourceFile otherSource address recognitionConfidence placeInFile contentHash evidence cites citesLaw role measure practice status "
    "responsibleBody involvedBody citation outcome value unit comparator indicatorLabel indicator change per "
    "actor action object targetGroup instrument frequency place "
    "Correction correctionKind was now correctedBy "
    "level practises hasReport formula check metrics partOf rule article candidate reason mentionText "
    "Status Role Comparator Change "
    "trigger pattern topPattern opener order excludes yieldsTo counterExample form perForm unitKind context public "
    "cue cueBefore cueAfter cueShared audience absorbs residual term stem ending levelForm suffix bare within minimum "
    "notBefore notAfter countable named countsAs vague fullForm expands levels",
)
PRACTICE = "https://w3id.org/kgraph/practice/"
INDICATOR = "https://w3id.org/kgraph/indicator/"
UNIT = "https://w3id.org/kgraph/unit/"
BODYTYPE = "https://w3id.org/kgraph/bodytype/"
LAWKIND = "https://w3id.org/kgraph/lawkind/"
RDF = _Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "type")
RDFS = _Namespace("http://www.w3.org/2000/01/rdf-schema#", "label comment")
XSD = _Namespace("http://www.w3.org/2001/XMLSchema#", "decimal gYear date nonNegativeInteger integer string boolean")
SKOS = _Namespace(
    "http://www.w3.org/2004/02/skos/core#", "Concept prefLabel altLabel notation definition broader inScheme example"
)
DCTERMS = _Namespace("http://purl.org/dc/terms/", "title publisher spatial issued identifier references")
ORG = _Namespace("http://www.w3.org/ns/org#", "Organization classification subOrganizationOf")
CV = _Namespace("http://data.europa.eu/m8g/", "PublicOrganisation")
ELI = _Namespace(
    "http://data.europa.eu/eli/ontology#",
    "LegalResource title title_alternative type_document first_date_entry_in_force date_no_longer_in_force repealed_by",
)
SCHEMA = _Namespace("https://schema.org/", "containedInPlace")
NIF = _Namespace(
    "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "Context Phrase referenceContext beginIndex endIndex anchorOf isString",
)
ITSRDF = _Namespace("http://www.w3.org/2005/11/its/rdf#", "taIdentRef")
PROV = _Namespace("http://www.w3.org/ns/prov#", "Activity wasGeneratedBy wasDerivedFrom")
QB = _Namespace("http://purl.org/linked-data/cube#", "Observation DataSet dataSet")
SDMX_DIMENSION = _Namespace("http://purl.org/linked-data/sdmx/2009/dimension#", "refArea refPeriod")

PREFIXES: dict[str, str] = {
    "kg": KG.base,
    "practice": PRACTICE,
    "indicator": INDICATOR,
    "unit": UNIT,
    "bodytype": BODYTYPE,
    "lawkind": LAWKIND,
    "section": "https://w3id.org/kgraph/section/",
    "id": BASE,
    "rdf": RDF.base,
    "rdfs": RDFS.base,
    "xsd": XSD.base,
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": SKOS.base,
    "dcterms": DCTERMS.base,
    "org": ORG.base,
    "cv": CV.base,
    "eli": ELI.base,
    "schema": SCHEMA.base,
    "nif": NIF.base,
    "itsrdf": ITSRDF.base,
    "prov": PROV.base,
    "qb": QB.base,
    "sdmx-dimension": SDMX_DIMENSION.base,
    "sdmx-measure": "http://purl.org/linked-data/sdmx/2009/measure#",
    "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "sh": "http://www.w3.org/ns/shacl#",
    "qudt": "http://qudt.org/vocab/unit/",
    "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#",
}
"""The prefixes that every query may use without declaring them."""
