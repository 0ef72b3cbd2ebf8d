"""One report through all stages, from its file to its triples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kgraph import __version__
from kgraph.correct import Correction, Corrector, Found
from kgraph.emit import Emitter
from kgraph.extract.bodies import BodyExtractor
from kgraph.extract.laws import LawExtractor
from kgraph.extract.measures import MeasureExtractor
from kgraph.extract.metrics import MetricExtractor
from kgraph.ids import Ids
from kgraph.knowledge import Knowledge
from kgraph.link.bodies import BodyLinker
from kgraph.link.laws import LawLinker
from kgraph.link.quantities import QuantityLinker
from kgraph.meta import MetaReader
from kgraph.model import Document, ReportFacts
from kgraph.read import read
from kgraph.regions import Regions
from kgraph.relate import Relater
from kgraph.segment import Segmenter
from kgraph.vocab import BASE


@dataclass(frozen=True, slots=True)
class Stated:
    """What one report states, ready for the store: its IRI, its file, the file's hash, its triples (sorted N-Triples,
    UTF-8), how many facts of each sort it has, what the user should hear of it, its issuer and its text."""

    iri: str
    source: str
    content_hash: str
    ntriples: bytes
    counts: dict[str, int]
    notes: tuple[str, ...] = ()
    issuer: str = ""
    text: str = ""


class Pipeline:
    """All stages, compiled once; ``facts`` and ``state`` may be called for any number of reports.

    >>> from kgraph.model import Document
    >>> text = "某镇2024年法治政府建设年度报告\\n一、主要举措\\n全年开展普法宣传活动40余次。\\n"
    >>> facts = Pipeline(Knowledge()).facts(Document(text, "a.txt", "sha256:0"))
    >>> [(str(m.mention.value), m.mention.unit) for m in facts.metrics]
    [('40', '次')]
    """

    def __init__(
        self, knowledge: Knowledge, base: str = BASE, corrections: Mapping[str, Sequence[Correction]] | None = None
    ) -> None:
        self.knowledge = knowledge
        self.ids = Ids(base)
        self.run = self.ids.run(__version__, knowledge.version)
        self._segmenter = Segmenter(knowledge)
        self._meta = MetaReader(knowledge)
        self._laws = LawExtractor(knowledge)
        self._law_linker = LawLinker(knowledge, self._laws.catalogue)
        self._bodies, self._body_linker = BodyExtractor(knowledge), BodyLinker(knowledge)
        self._metrics, self._quantities = MetricExtractor(knowledge), QuantityLinker(knowledge)
        self._measures = MeasureExtractor(knowledge)
        self._relater = Relater(knowledge)
        self._corrector = Corrector(knowledge, self._laws.catalogue)
        self._corrections = corrections or {}
        self._emitter = Emitter(knowledge, Regions.of(knowledge), self.ids, self.run)

    def facts(self, document: Document) -> ReportFacts:
        """All facts that a report states, with a user's corrections applied; raises ``UnreadableReport`` where it has no
        structure to read."""
        outline = self._segmenter.outline(document)
        meta, unlinked_meta = self._meta.read(document, outline)
        citations, unlinked_laws = self._law_linker.link(self._laws.extract(outline), outline, meta, document.text)
        bodies, unlinked_bodies = self._body_linker.link(self._bodies.extract(outline), outline, meta)
        mentions = self._metrics.extract(outline, document.text)
        concepts = self._quantities.link(mentions, outline)
        quantities = [(m, *ids) for m, ids in zip(mentions, concepts, strict=True)]
        found = Found(list(citations), list(bodies), quantities, self._measures.extract(outline))
        wanted = self._corrections.get(document.source, ())
        corrected, failed = self._corrector.apply(document, outline, found, wanted) if wanted else ([], [])
        related = self._relater.relate(outline, found.bodies, found.citations, found.quantities, found.measures)
        return ReportFacts(
            document=document,
            outline=outline,
            meta=meta,
            citations=related.citations,
            bodies=tuple(found.bodies),
            metrics=related.metrics,
            measures=related.measures,
            unlinked=(*unlinked_meta, *unlinked_laws, *unlinked_bodies),
            corrections=tuple(corrected),
            notes=tuple(failed),
        )

    def state(self, path: Path, source: str, given: tuple[tuple[str, str], ...] = ()) -> Stated:
        """Read a file and state its facts; ``given`` is what a list says of it. Raises ``UnreadableReport`` with one line that
        says what is wrong."""
        document = read(path, source, given)
        facts = self.facts(document)
        iri, ntriples = self._emitter.emit(facts)
        counts = {
            "measures": len(facts.measures),
            "metrics": len(facts.metrics),
            "citations": len(facts.citations),
            "bodies": len({use.body for use in facts.bodies}),
            "unlinked": len(facts.unlinked),
        }
        issuer = facts.meta.issuer.name if facts.meta.issuer else ""
        return Stated(iri, source, document.content_hash, ntriples, counts, facts.notes, issuer, document.text)
