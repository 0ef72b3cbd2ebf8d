"""Holding a graph against the SHACL shapes of the ontology, a few reports at a time.

pySHACL is the reference. Where the package ``shacl`` is installed it checks all reports, many times faster, and pySHACL a
sample of them; the two must agree. Without it pySHACL checks the sample, or all reports if asked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kgraph.check_engines import Engine, Violation, fast_engine, pyshacl_engine
from kgraph.errors import InputError, KnowledgeError
from kgraph.knowledge import Knowledge
from kgraph.store import VOCABULARY
from kgraph.vocab import KG, RDF

if TYPE_CHECKING:
    from kgraph.store import Store

__all__ = ["CheckResult", "Violation", "check"]

SHARD = 32
"""Reports that are checked together."""
SAMPLE = 20
"""Reports that pySHACL checks by default."""
_SHOWN = 50
_DEFAULT = ox.DefaultGraph()
_SH = "http://www.w3.org/ns/shacl#"
_SHAPE = "https://w3id.org/kgraph/shape/"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What was found: the violations, how many nodes each shape is about in the whole graph, how much was checked, by what.

    ``unused`` names shapes that are about nothing although every graph should have such things: a sign of a broken build.
    """

    violations: tuple[Violation, ...]
    focus: Mapping[str, int]
    unused: tuple[str, ...]
    checked: int
    total: int
    engines: tuple[str, ...]

    @property
    def conforms(self) -> bool:
        """Whether no violation was found."""
        return not self.violations

    def text(self) -> str:
        """The result for reading, one line for each violation."""
        lines = [f"{v.shape}: {v.message}: {v.focus}" + (f" has {v.value}" if v.value else "") for v in self.violations[:_SHOWN]]
        if len(self.violations) > _SHOWN:
            lines.append(f"… and {len(self.violations) - _SHOWN} more")
        lines += [f"{name}: nothing in this graph is of this kind; the build may be broken" for name in self.unused]
        of = "all" if self.checked == self.total else f"{self.checked} of {self.total}"
        nodes = sum(self.focus.values())
        told = "conforms" if self.conforms else f"does not conform: {len(self.violations)} violations"
        lines.append(f"{told} ({of} reports by {' and '.join(self.engines)}; {len(self.focus)} shapes, {nodes} nodes)")
        return "\n".join(lines) + "\n"


def check(
    store: Store, knowledge: Knowledge | None = None, *, sample: int | None = SAMPLE, engine: str | None = None
) -> CheckResult:
    """Check a graph. ``sample`` is the number of reports for pySHACL, None for all; ``engine`` is ``pyshacl``, ``shacl`` or
    None for the best at hand. Raises ``InputError`` for an engine that is not installed."""
    shapes = (knowledge or Knowledge()).path("shapes.ttl").read_text(encoding="utf-8")
    reports = store.reports()
    some = reports if sample is None else _spread(reports, sample)
    fast = fast_engine(shapes) if engine in (None, "shacl") else None
    if engine == "shacl" and fast is None:
        raise InputError("the package shacl is not installed; check with pyshacl instead")
    if engine not in (None, "shacl", "pyshacl"):
        raise InputError(f"no engine {engine!r}; there are: pyshacl, shacl")
    found: set[Violation] = set()
    names: list[str] = []
    checked = len(some)
    if fast is not None:
        found.update(_validate(store, fast, reports))
        names.append("shacl")
        checked = len(reports)
    if engine != "shacl":
        found.update(_validate(store, pyshacl_engine(shapes), some, vocabulary=fast is None))
        names.append("pyshacl" if checked == len(some) else f"pyshacl ({len(some)})")
    focus, optional = _focus(store, shapes)
    unused = tuple(name for name, n in focus.items() if not n and name not in optional)
    return CheckResult(tuple(sorted(found)), focus, unused, checked, len(reports), tuple(names))


def _spread(reports: Sequence[str], n: int) -> list[str]:
    """Some reports, chosen by their IRIs: always the same ones of the same graph."""
    return sorted(sorted(reports, key=lambda iri: hashlib.sha256(iri.encode()).digest())[: max(n, 1)])


def _validate(store: Store, engine: Engine, reports: Sequence[str], vocabulary: bool = True) -> Iterator[Violation]:
    if vocabulary:
        yield from engine(_lines(store.engine.quads_for_pattern(None, None, None, VOCABULARY)))
    for i in range(0, len(reports), SHARD):
        yield from engine(neighbourhood(store, reports[i : i + SHARD]))


def _lines(quads: Iterator[ox.Quad]) -> str:
    return "".join(sorted({f"{quad.triple} .\n" for quad in quads}))


def neighbourhood(store: Store, reports: Sequence[str]) -> str:
    """All that these reports state and the nodes that it leads to, as N-Triples; other reports are left out."""
    under = tuple(f"{report}{mark}" for report in reports for mark in "/#")
    inside = set(reports)
    lines: set[str] = set()
    todo: list[ox.NamedNode] = []
    for report in reports:
        own, shared = store.stated(report)
        lines.update(f"{t} .\n" for t in own)
        todo += [t.subject for t in shared if isinstance(t.subject, ox.NamedNode)]
        todo += [t.object for t in own if isinstance(t.object, ox.NamedNode) and not t.object.value.startswith(under)]
    seen = {ox.NamedNode(report) for report in reports}
    while todo:
        node = todo.pop()
        if node in seen or node.value.startswith(under):
            continue
        seen.add(node)
        for quad in store.engine.quads_for_pattern(node, None, None, _DEFAULT):
            target = quad.object
            if quad.predicate.value == KG.hasReport and _text(target) not in inside:
                continue
            lines.add(f"{quad.triple} .\n")
            if isinstance(target, ox.NamedNode) and quad.predicate.value != RDF.type:
                todo.append(target)
    return "".join(sorted(lines))


def _text(term: object) -> str:
    return str(getattr(term, "value", term))


def _focus(store: Store, shapes: str) -> tuple[dict[str, int], set[str]]:
    """How many nodes each node shape is about in the whole graph, and which shapes not every graph needs."""
    try:
        quads = list(ox.parse(shapes, ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        raise KnowledgeError(f"shapes.ttl: cannot be read: {error}") from None
    focus: dict[str, int] = {}
    for quad in quads:
        if quad.predicate.value == _SH + "targetClass":
            name = _text(quad.subject).removeprefix(_SHAPE)
            (n,) = next(store.values(f"SELECT (COUNT(*) AS ?n) {{ ?x a {quad.object} }}"))
            focus[name] = focus.get(name, 0) + int(str(n))
    optional = {_text(q.subject).removeprefix(_SHAPE) for q in quads if q.predicate.value == _SHAPE + "inEveryGraph"}
    return dict(sorted(focus.items())), optional
