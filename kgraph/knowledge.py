"""Loading what kgraph knows: the SKOS vocabularies and the catalogues of ``ontology/``.

Nothing is read before it is asked for; each part is read once and kept by its ``Knowledge``, which is passed to the
stages as an argument. ``--ontology DIR`` gives the same program another kind of report: a file that ``DIR`` lacks is
taken from kgraph's own ontology.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from kgraph.errors import KnowledgeError

SKOS = "http://www.w3.org/2004/02/skos/core#"
KG = "https://w3id.org/kgraph/ns#"
SCHEMES = "https://w3id.org/kgraph/"


def data_directory(name: str) -> Path:
    """The folder ``ontology`` or ``seeds``: inside the installed package, or beside it in a checkout."""
    for root in (Path(__file__).parent / "_data", Path(__file__).parent.parent):
        if (root / name).is_dir():
            return root / name
    raise KnowledgeError(f"the folder {name}/ is missing from this installation: install kgraph again")


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a SKOS vocabulary.

    ``id`` is the local name, ``labels`` the preferred label by language, ``broader`` the id of the broader concept, and
    ``values`` every other ``kg:`` and ``skos:`` property by its local name, sorted; IRIs of the same base are cut to
    their local name (``kg:yieldsTo practice:youth-education`` is ``{"yieldsTo": ("youth-education",)}``).
    """

    id: str
    iri: str
    labels: Mapping[str, str]
    broader: str | None
    values: Mapping[str, tuple[str, ...]]

    def get(self, name: str) -> tuple[str, ...]:
        """The values of a property, none if it has none."""
        return self.values.get(name, ())

    def one(self, name: str) -> str | None:
        """The single value of a property, or None."""
        values = self.values.get(name, ())
        return values[0] if values else None


Scheme = Mapping[str, Concept]


def read_scheme(path: Path, name: str) -> Scheme:
    """Read one SKOS vocabulary in Turtle: its concepts by id, in the order of their ids.

    Raises ``KnowledgeError`` naming the file where it is missing, does not parse, or a concept lacks a label.
    """
    base = f"{SCHEMES}{name}/"
    try:
        triples = list(ox.parse(path=path, format=ox.RdfFormat.TURTLE))
    except (OSError, SyntaxError, ValueError) as error:
        raise KnowledgeError(f"{path}: cannot be read: {error}") from None
    found: dict[str, dict[str, set[str]]] = {}
    labels: dict[str, dict[str, str]] = {}
    for triple in triples:
        subject, predicate, value = triple.subject, triple.predicate.value, triple.object
        if not isinstance(subject, ox.NamedNode) or not subject.value.startswith(base) or subject.value == base:
            continue
        id_ = subject.value[len(base) :]
        local = predicate.rpartition("#")[2].rpartition("/")[2]
        if predicate == SKOS + "prefLabel" and isinstance(value, ox.Literal):
            labels.setdefault(id_, {})[value.language or ""] = value.value
        elif predicate.startswith((SKOS, KG)):
            text = value.value if isinstance(value, ox.Literal) else _local(value)
            found.setdefault(id_, {}).setdefault(local, set()).add(text)
    for id_ in sorted(found):
        if id_ not in labels:
            raise KnowledgeError(f"{path}: {name}:{id_} has no skos:prefLabel")
    return {
        id_: Concept(
            id=id_,
            iri=base + id_,
            labels=labels[id_],
            broader=next(iter(sorted(found.get(id_, {}).get("broader", ()))), None),
            values={k: tuple(sorted(v)) for k, v in sorted(found.get(id_, {}).items()) if k != "broader"},
        )
        for id_ in sorted(labels)
    }


def _local(term: object) -> str:
    value = str(getattr(term, "value", term))
    if value.startswith(KG):
        return value[len(KG) :]
    return value.rpartition("/")[2] if value.startswith(SCHEMES) else value


class Knowledge:
    """Everything in ``ontology/``, read when asked for.

    >>> Knowledge().practices["petition"].labels["zh"]
    '信访工作法治化'
    """

    def __init__(self, directory: Path | str | None = None) -> None:
        self.directories = [data_directory("ontology")]
        if directory is not None:
            if not Path(directory).is_dir():
                raise KnowledgeError(f"{directory}: no such folder; --ontology takes a folder of vocabularies")
            self.directories.insert(0, Path(directory))

    def path(self, name: str) -> Path:
        """Where a file of the ontology lies: in the user's folder if it has it, else in kgraph's own."""
        for directory in self.directories:
            if (directory / name).exists():
                return directory / name
        raise KnowledgeError(f"{name} is missing from {self.directories[-1]}")

    def rows(self, name: str) -> Iterator[dict[str, str]]:
        """The rows of a catalogue (CSV, UTF-8)."""
        with self.path(name).open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)

    @cached_property
    def version(self) -> str:
        """Twelve hex digits over all vocabularies and catalogues in use."""
        names = sorted({p.name for d in self.directories for p in d.iterdir() if p.suffix in {".ttl", ".csv", ".txt"}})
        digest = hashlib.sha256()
        for name in names:
            digest.update(name.encode() + b"\0" + self.path(name).read_bytes() + b"\0")
        return digest.hexdigest()[:12]

    @cached_property
    def practices(self) -> Scheme:
        """The taxonomy of practices: what bodies do."""
        return read_scheme(self.path("practices.ttl"), "practice")

    @cached_property
    def sections(self) -> Scheme:
        """The contents of a report, by the headings and openings that announce them."""
        return read_scheme(self.path("sections.ttl"), "section")

    @cached_property
    def indicators(self) -> Scheme:
        """The things that reports count."""
        return read_scheme(self.path("indicators.ttl"), "indicator")

    @cached_property
    def units(self) -> Scheme:
        """Units of measure and of counting."""
        return read_scheme(self.path("units.ttl"), "unit")

    @cached_property
    def bodytypes(self) -> Scheme:
        """Types of organisations."""
        return read_scheme(self.path("bodytypes.ttl"), "bodytype")

    @cached_property
    def lawkinds(self) -> Scheme:
        """Kinds of legal resources and documents."""
        return read_scheme(self.path("lawkinds.ttl"), "lawkind")
