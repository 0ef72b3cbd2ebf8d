"""The two SHACL engines behind one face: a function from data (N-Triples) to violations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from kgraph.errors import KnowledgeError

_SH = "http://www.w3.org/ns/shacl#"
_SHAPE = "https://w3id.org/kgraph/shape/"


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """A node that breaks a shape: the shape's and the constraint's names, the node, the value at fault if there is one."""

    shape: str
    constraint: str
    focus: str
    value: str
    message: str


Engine = Callable[[str], Iterator[Violation]]


def pyshacl_engine(shapes: str) -> Engine:
    """pySHACL, the reference. Raises ``KnowledgeError`` if the shapes do not parse."""
    import pyshacl
    import rdflib

    try:
        graph = rdflib.Graph().parse(data=shapes, format="turtle")
    except Exception as error:
        raise KnowledgeError(f"shapes.ttl: cannot be read: {' '.join(str(error).split())[:200]}") from None

    def run(data: str) -> Iterator[Violation]:
        parsed = rdflib.Graph().parse(data=data, format="nt")
        _, found, _ = pyshacl.validate(parsed, shacl_graph=graph, inference="none", advanced=False, inplace=True)
        if not isinstance(found, rdflib.Graph):
            raise KnowledgeError(f"shapes.ttl: {found}")
        sh = rdflib.Namespace(_SH)
        for report in found.subjects(rdflib.RDF.type, sh.ValidationReport):
            for node in found.objects(report, sh.result):
                yield Violation(
                    str(found.value(node, sh.sourceShape)).removeprefix(_SHAPE),
                    str(found.value(node, sh.sourceConstraintComponent)).removeprefix(_SH),
                    str(found.value(node, sh.focusNode)),
                    _plain(found.value(node, sh.value)),
                    str(found.value(node, sh.resultMessage)),
                )

    return run


def fast_engine(shapes: str) -> Engine | None:
    """The package ``shacl``, or None where it is not installed."""
    try:
        import shacl
    except ImportError:
        return None
    try:
        compiled = shacl.Shapes.from_turtle(shapes)
    except Exception as error:
        raise KnowledgeError(f"shapes.ttl: cannot be read: {' '.join(str(error).split())[:200]}") from None

    def run(data: str) -> Iterator[Violation]:
        for result in compiled.validate_text(data, format="nt").results:
            yield Violation(
                str(result.source_shape).strip("<>").removeprefix(_SHAPE),
                str(result.component_iri).removeprefix(_SH),
                str(result.focus_node).strip("<>"),
                "" if result.value_plain is None else str(result.value_plain).strip("<>"),
                str(result.message),
            )

    return run


def _plain(value: Any) -> str:
    return "" if value is None else str(value)
