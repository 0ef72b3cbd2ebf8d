"""The closed vocabulary in code and the ontology say the same, both ways, and the ontology's files use nothing else."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kgraph import vocab
from kgraph.knowledge import Knowledge
from kgraph.model import Change, Comparator, Role, Status
from kgraph.terms import files, terms

ONTOLOGY = Path(__file__).parent.parent / "ontology"
FILES = sorted(ONTOLOGY.glob("*.ttl"))


def quads(path: Path) -> list[ox.Quad]:
    return list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))


def value(term: object) -> str:
    return str(getattr(term, "value", term))


def kg_names(terms_: set[str]) -> set[str]:
    return {term.removeprefix(vocab.KG.base) for term in terms_ if term.startswith(vocab.KG.base)}


def test_every_name_in_code_is_defined_and_every_definition_is_in_code() -> None:
    defined = kg_names({value(quad.subject) for quad in quads(ONTOLOGY / "kgraph.ttl")})
    assert set(vocab.KG.names) == defined
    assert len(vocab.KG.names) == len(set(vocab.KG.names))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_files_use_no_name_that_is_not_defined(path: Path) -> None:
    used = {
        value(term)
        for quad in quads(path)
        for term in (quad.subject, quad.predicate, quad.object)
        if isinstance(term, ox.NamedNode)
    }
    assert kg_names(used) <= set(vocab.KG.names)


def test_every_term_has_a_label_and_a_definition_in_both_languages() -> None:
    found: dict[tuple[str, str], set[str | None]] = {}
    for quad in quads(ONTOLOGY / "kgraph.ttl"):
        if isinstance(quad.object, ox.Literal):
            found.setdefault((value(quad.subject), quad.predicate.value), set()).add(quad.object.language)
    for name in vocab.KG.names:
        for predicate in (vocab.RDFS.label, vocab.SKOS.definition):
            assert found.get((vocab.KG.base + name, predicate)) == {"zh", "en"}, f"kg:{name} {predicate}"


def test_the_ontology_has_no_blank_nodes() -> None:
    for quad in quads(ONTOLOGY / "kgraph.ttl"):
        assert not isinstance(quad.subject, ox.BlankNode), quad
        assert not isinstance(quad.object, ox.BlankNode), quad


@pytest.mark.parametrize(
    ("own", "standard"),
    [
        ("evidence", "http://www.w3.org/ns/prov#wasDerivedFrom"),
        ("value", "http://purl.org/linked-data/sdmx/2009/measure#obsValue"),
        ("unit", "http://purl.org/linked-data/sdmx/2009/attribute#unitMeasure"),
        ("citesLaw", "http://purl.org/dc/terms/references"),
        ("inReport", "http://purl.org/dc/terms/isPartOf"),
    ],
)
def test_own_properties_are_tied_to_standard_ones(own: str, standard: str) -> None:
    wanted = ("http://www.w3.org/2000/01/rdf-schema#subPropertyOf", standard)
    found = {
        (q.predicate.value, value(q.object)) for q in quads(ONTOLOGY / "kgraph.ttl") if value(q.subject) == vocab.KG.base + own
    }
    assert wanted in found


@pytest.mark.parametrize("kind", [Status, Role, Comparator, Change])
def test_the_enumerations_of_the_model_are_the_individuals_of_the_ontology(kind: type) -> None:
    class_ = vocab.KG.base + kind.__name__
    found = {
        value(q.subject)
        for q in quads(ONTOLOGY / "kgraph.ttl")
        if q.predicate.value == vocab.RDF.type and value(q.object) == class_
    }
    assert found == {vocab.KG.base + member.value for member in kind}  # type: ignore[attr-defined]


def test_comparators_are_written_with_the_signs_of_the_model() -> None:
    signs = {
        value(q.subject): value(q.object) for q in quads(ONTOLOGY / "kgraph.ttl") if q.predicate.value == vocab.SKOS.notation
    }
    for member in Comparator:
        assert signs.get(vocab.KG.base + member.value, "") == member.symbol


def test_a_misspelt_name_raises() -> None:
    with pytest.raises(AttributeError, match="practise"):
        _ = vocab.KG.practise


def test_no_prefix_stands_for_two_namespaces_and_each_ends_as_one() -> None:
    assert len(set(vocab.PREFIXES.values())) == len(vocab.PREFIXES)
    assert all(iri.endswith(("#", "/")) for iri in vocab.PREFIXES.values())


def test_terms_of_the_graph_are_labels_and_not_rules() -> None:
    knowledge = Knowledge()
    assert not {path.name for path in files(knowledge)} & {"shapes.ttl"}
    found = list(terms(knowledge))
    predicates = {t.predicate.value for t in found}
    assert vocab.KG.pattern not in predicates
    assert vocab.KG.counterExample not in predicates
    assert not any(isinstance(t.object, ox.BlankNode) for t in found)
    units = {
        t.object.language for t in found if t.predicate.value == vocab.RDFS.label and value(t.subject).startswith(vocab.UNIT)
    }  # type: ignore[union-attr]
    assert units == {"zh"}  # what a report writes is the label of its unit
