"""Telling when two files are the same report: the page and its attachment, a Word file and its PDF."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, MutableMapping, Set
from typing import Protocol

import pyoxigraph as ox

from kgraph.store import Store
from kgraph.vocab import KG

LENGTH = 8
"""The characters of a shingle."""
KEPT = 128
"""The shingles that a sketch keeps: the estimate of what two texts share is right to some 0.04."""
SHORT = 500
"""A text with fewer shingles than this says too little to be known again by what it shares."""
SAME = 0.8
"""The share of shingles from which on two reports of one issuer and year are the same report in two files. A report differs
from its scan by up to 0.15; two reports of one authority on one year that are not the same share less than 0.5."""
_LETTER = re.compile(r"[\u4e00-\u9fff0-9]+")
_ALSO = ox.NamedNode(KG.otherSource)


class Outcome(Protocol):
    """What is asked of a stated report."""

    @property
    def iri(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def issuer(self) -> str: ...
    @property
    def text(self) -> str: ...


def sketch(text: str) -> frozenset[int]:
    """The smallest hashes of the shingles of a text: two texts share as much as their sketches do.

    >>> a = sketch("全年开展普法宣传活动四十余次，发放资料两万余份。" * 2)
    >>> a == sketch("全年开展普法宣传活动四十余次 发放资料\\n两万余份" * 2)
    True
    """
    letters = "".join(_LETTER.findall(text)).encode("utf-16-le")
    hashes = {zlib.crc32(letters[i : i + 2 * LENGTH]) for i in range(0, len(letters) - 2 * LENGTH + 1, 2)}
    return frozenset(sorted(hashes)[:KEPT]) if len(hashes) >= SHORT else frozenset()


def shared(a: Set[int], b: Set[int]) -> float:
    """The share of shingles that two texts have in common, estimated from their sketches."""
    union = sorted(a | b)[:KEPT]
    return sum(h in a and h in b for h in union) / len(union) if union else 0.0


class Sames:
    """The reports met in a build and those in the graph: is a new one the same as one of them from another file?"""

    def __init__(self, store: Store, inputs: Set[str], owners: MutableMapping[str, str]) -> None:
        self._store, self._inputs, self._owners = store, inputs, owners
        self._unwritten: dict[str, tuple[str, str]] = {}
        self._alike: dict[str, list[str]] = {}
        for iri, source in owners.items():
            if source in inputs:
                self._alike.setdefault(_key(iri), []).append(iri)

    def find(self, outcome: Outcome) -> tuple[str, str, str] | None:
        """The IRI and file of the report of this input that a file repeats, and how it is known; None where it is new."""
        owner = self._owners.get(outcome.iri, outcome.source)
        if owner != outcome.source:
            return (outcome.iri, owner, "same issuer, title and year") if owner in self._inputs else None
        for iri in self._alike.get(_key(outcome.iri), ()):
            owner = self._owners.get(iri, outcome.source)
            if owner == outcome.source or owner not in self._inputs:
                continue
            issuer, text = self._of(iri)
            if issuer and issuer == outcome.issuer and shared(sketch(outcome.text), sketch(text)) >= SAME:
                return iri, owner, "same issuer and year, same text"
        return None

    def add(self, outcome: Outcome) -> None:
        """Take note of a report that is new or renewed."""
        self._owners[outcome.iri] = outcome.source
        self._unwritten[outcome.iri] = outcome.issuer, outcome.text
        alike = self._alike.setdefault(_key(outcome.iri), [])
        if outcome.iri not in alike:
            alike.append(outcome.iri)

    def written(self) -> None:
        """The reports noted so far are in the store: their texts need not be kept."""
        self._unwritten.clear()

    def _of(self, iri: str) -> tuple[str, str]:
        """The issuer and the text of a report, of one in the graph as they are kept there."""
        if iri in self._unwritten:
            return self._unwritten[iri]
        query = f"SELECT ?i ?t {{ <{iri}> nif:isString ?t OPTIONAL {{ <{iri}> dcterms:publisher/rdfs:label ?i }} }}"
        return next(((str(issuer or ""), str(text)) for issuer, text in self._store.values(query)), ("", ""))


def note_sources(store: Store, others: Iterable[tuple[str, str]], read: Iterable[str]) -> None:
    """Note on reports the other files that hold them; what was noted of files that were read anew is taken back first."""
    engine = store.engine
    for source in read:
        for quad in list(engine.quads_for_pattern(None, _ALSO, ox.Literal(source), None)):
            engine.remove(quad)
    engine.extend([ox.Quad(ox.NamedNode(iri), _ALSO, ox.Literal(source), ox.DefaultGraph()) for iri, source in others])


def _key(iri: str) -> str:
    """Region and year, which an IRI of a report begins with."""
    return iri.rpartition("/")[2].rpartition("-")[0]
