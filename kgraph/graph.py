"""The one object that users of the library hold: a knowledge graph in a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from kgraph.knowledge import Knowledge
from kgraph.store import Store
from kgraph.tables import Table

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from kgraph.analyze import Analysis
    from kgraph.audit.output import Audit
    from kgraph.build import BuildResult
    from kgraph.check import CheckResult
    from kgraph.compare import Comparison
    from kgraph.products.charts import Picture
    from kgraph.products.corpus import Corpus
    from kgraph.products.derive import Rates
    from kgraph.products.gaps import Gaps
    from kgraph.products.matrix import Matrix
    from kgraph.products.peers import Groups, LawsByPractice, Peers, Spread, Together
    from kgraph.products.profile import Profile
    from kgraph.products.slots import SlotDiff
    from kgraph.products.trend import Trend
    from kgraph.query import Result
    from kgraph.show import ShownSentence
    from kgraph.site import Atlas


class KnowledgeGraph:
    """A graph on disk, open for reading.

    >>> import tempfile
    >>> from kgraph.knowledge import data_directory
    >>> folder = tempfile.mkdtemp()
    >>> graph = KnowledgeGraph.build([data_directory("seeds") / "000-puqian-2024.txt"], folder)
    >>> graph.reports().records()[0]["year"]
    2024
    """

    def __init__(self, path: Path | str, *, ontology: Path | str | None = None) -> None:
        self.store = Store.open(path)
        self.knowledge = Knowledge(ontology)
        self.result: BuildResult | None = None
        self._corpora: dict[str, Corpus] = {}

    @classmethod
    def open(cls, path: Path | str, *, ontology: Path | str | None = None) -> Self:
        """Open the graph in a folder. Raises ``StoreError`` if there is none."""
        return cls(path, ontology=ontology)

    @classmethod
    def build(
        cls,
        reports: Sequence[Path | str],
        output: Path | str,
        *,
        jobs: int | None = None,
        base: str | None = None,
        ontology: Path | str | None = None,
        corrections: Path | str | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Self:
        """Build or renew the graph in ``output`` from files and folders and open it; what was done is in ``result``.

        See ``kgraph.build.build`` for what the arguments mean. Raises ``InputError`` where nothing could be built.
        """
        from kgraph.build import build

        folder = Path(ontology) if ontology is not None else None
        corrected = Path(corrections) if corrections is not None else None
        files = [Path(r) for r in reports]
        done = build(files, Path(output), jobs=jobs, base=base, ontology=folder, corrections=corrected, progress=progress)
        graph = cls(output, ontology=ontology)
        graph.result = done
        return graph

    def close(self) -> None:
        """Let the folder go."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def query(self, sparql: str, *, timeout: float = 60.0, allow_service: bool = False) -> Result:
        """Ask in SPARQL; the prefixes of the vocabulary are declared. Reaches nothing outside unless allowed to."""
        from kgraph.query import ask

        return ask(self.store, sparql, timeout=timeout, allow_service=allow_service)

    def question(self, name: str, **parameters: str) -> Result:
        """Ask one of the named questions, with its parameters if it has any (``practice="petition"``)."""
        from kgraph.query import ask_question

        return ask_question(self.store, name, parameters, self.knowledge)

    def reports(self) -> Table:
        """The reports: IRI, file, title, issuer, region, year, date of issue."""
        rows = self.store.values(
            "SELECT ?r ?file ?title ?issuer ?region ?year ?issued { ?r a kg:Report ; kg:sourceFile ?file ; dcterms:title ?title "
            "OPTIONAL { ?r dcterms:publisher/skos:prefLabel ?issuer } OPTIONAL { ?r dcterms:spatial/rdfs:label ?region } "
            "OPTIONAL { ?r kg:reportingYear ?year } OPTIONAL { ?r dcterms:issued ?issued } } ORDER BY ?file"
        )
        return Table(("report", "file", "title", "issuer", "region", "year", "issued"), tuple(rows), title="reports")

    def facts(self, report: str) -> tuple[ShownSentence, ...]:
        """The sentences of a report with their facts; ``report`` is an IRI, a file name, or words of the title."""
        from kgraph.show import find_report, sentences

        return tuple(sentences(self.store, find_report(self.store, report)))

    def show(self, report: str) -> Table:
        """The same as a table."""
        from kgraph.show import show

        return show(self.store, report)

    def compare(self, practice: str | None = None, **options: Any) -> Comparison:
        """Regions or years side by side; see ``kgraph.compare.compare`` for the options."""
        from kgraph.compare import compare

        return compare(self.store, practice, knowledge=self.knowledge, **options)

    def corpus(self, lang: str = "zh") -> Corpus:
        """The facts read for products, once for each language of labels: what the methods below are made from."""
        from kgraph.products.corpus import Corpus

        return self._corpora.setdefault(lang, Corpus(self.store, self.knowledge, lang))

    def matrix(self, practice: str | None = None, *, lang: str = "zh", **options: Any) -> Matrix:
        """Region × practice × year; see ``kgraph.products.matrix.matrix`` for the options."""
        from kgraph.products.matrix import matrix

        return matrix(self.corpus(lang), practice, **options)

    def gaps(self, region: str, *, lang: str = "zh", **options: Any) -> Gaps:
        """What comparable regions report and this one does not; see ``kgraph.products.gaps.gaps``."""
        from kgraph.products.gaps import gaps

        return gaps(self.corpus(lang), region, **options)

    def diff(self, practice: str, regions: Sequence[str], *, lang: str = "zh", **options: Any) -> SlotDiff:
        """The same practice of two or more regions, slot by slot, with the wording; see ``kgraph.products.slots.diff``."""
        from kgraph.products.slots import diff

        return diff(self.corpus(lang), practice, regions, **options)

    def profile(
        self,
        *,
        region: str | None = None,
        practice: str | None = None,
        law: str | None = None,
        body: str | None = None,
        lang: str = "zh",
    ) -> Profile:
        """All about one region, practice, law or body. Raises ``InputError`` unless exactly one is named."""
        from kgraph.products.profile import profile

        return profile(self.corpus(lang), region=region, practice=practice, law=law, body=body)

    def trend(self, indicator: str, regions: Sequence[str] | None = None, *, lang: str = "zh", **options: Any) -> Trend:
        """An indicator over the years; see ``kgraph.products.trend.trend``."""
        from kgraph.products.trend import trend

        return trend(self.corpus(lang), indicator, regions, **options)

    def rates(
        self,
        *,
        indicator: str | None = None,
        population: Path | str | None = None,
        per: str = "residents",
        lang: str = "zh",
        **options: Any,
    ) -> Rates:
        """Rates computed from stated counts; with ``indicator`` and ``population`` (CSV) figures per 10,000 ``residents``
        or per village (``villages``). See ``kgraph.products.derive``."""
        from kgraph.products.derive import derived

        return derived(self.corpus(lang), indicator, population, per, **options)

    def peers(self, region: str, *, lang: str = "zh", top: int | None = None) -> Peers:
        """The regions that do alike, weighted by rarity; see ``kgraph.products.peers.peers``."""
        from kgraph.products.peers import peers

        return peers(self.corpus(lang), region, top)

    def groups(self, *, lang: str = "zh") -> Groups:
        """Communities of regions with what is typical of each."""
        from kgraph.products.peers import groups

        return groups(self.corpus(lang))

    def spread(self, practice: str | None = None, *, lang: str = "zh") -> Spread:
        """The order in which practices appear in this corpus."""
        from kgraph.products.peers import spread

        return spread(self.corpus(lang), practice)

    def together(self, practice: str | None = None, *, lang: str = "zh", least: int = 2) -> Together:
        """Which practices go together."""
        from kgraph.products.peers import together

        return together(self.corpus(lang), practice, least)

    def laws_by_practice(self, practice: str | None = None, *, lang: str = "zh") -> LawsByPractice:
        """Which laws are cited for which practice."""
        from kgraph.products.peers import laws_by_practice

        return laws_by_practice(self.corpus(lang), practice)

    def chart(self, kind: str, path: Path | str | None = None, *, lang: str = "zh", **options: Any) -> Picture:
        """A chart, also written to ``path`` (.svg, .png, .html) if given; see ``kgraph.products.charts.chart``."""
        from kgraph.products.charts import chart

        picture = chart(self.corpus(lang), kind, **options)
        if path is not None:
            picture.write(path)
        return picture

    def draw(self, path: Path | str | None = None, **options: Any) -> str:
        """An interactive page as HTML text, also written to ``path`` if given; see ``kgraph.draw.draw`` for the options."""
        from kgraph.draw import draw

        html = draw(self.store, knowledge=self.knowledge, **options)
        if path is not None:
            Path(path).write_text(html, encoding="utf-8")
        return html

    def site(self, path: Path | str, **options: Any) -> Atlas:
        """Write the atlas, pages that open from disk, into the folder ``path``; see ``kgraph.site.site`` for the options."""
        from kgraph.site import site

        return site(self.store, path, knowledge=self.knowledge, **options)

    def analyze(self, *, lang: str = "zh", top: int = 15) -> Analysis:
        """Findings over the projections, in words and tables."""
        from kgraph.analyze import analyze

        return analyze(self.store, lang, top, self.knowledge)

    def to_networkx(self, projection: str = "region-practice") -> nx.Graph[str]:
        """A projection as a networkx graph; ``kgraph.network.PROJECTIONS`` names them."""
        from kgraph.network import projection as project

        return project(self.store, projection, self.knowledge)

    def tables(self) -> dict[str, Table]:
        """Reports, measures, metrics, citations and bodies as tables; ``Table.records()`` is what data frames take."""
        from kgraph.export import tables

        return tables(self.store)

    def info(self) -> tuple[Table, ...]:
        """What the graph holds, in tables."""
        from kgraph.info import info

        return info(self.store)

    def check(self) -> CheckResult:
        """Hold the graph against the shapes of the ontology (SHACL)."""
        from kgraph.check import check

        return check(self.store, self.knowledge)

    def audit(self, *checks: str, record: bool = False) -> Audit:
        """What in the reports does not agree or needs a look; all checks, or those named by id or family (``arithmetic``).

        ``record`` puts the findings into the graph, in place of those of the audit before. Raises ``InputError`` for an
        unknown check.
        """
        from kgraph.audit.record import record as write
        from kgraph.audit.run import audit

        found = audit(self.store, self.knowledge, checks)
        if record:
            path = self.store.path
            self.store.close()
            try:
                with Store.create(path) as store:
                    write(store, found.findings)
            finally:
                self.store = Store.open(path)
        return found

    def export(self, path: Path | str, form: str) -> None:
        """Write the graph in one of ``kgraph.export.FORMATS``."""
        from kgraph.export import export

        export(self.store, form, Path(path))

    @cached_property
    def rdf(self) -> rdflib.Graph:
        """The graph as rdflib sees it, read-only; its queries are answered by the store."""
        return self.store.as_rdflib()
