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
    from kgraph.build import BuildResult
    from kgraph.check import CheckResult
    from kgraph.compare import Comparison
    from kgraph.query import Result
    from kgraph.show import ShownSentence


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

    def draw(self, path: Path | str | None = None, **options: Any) -> str:
        """An interactive page as HTML text, also written to ``path`` if given; see ``kgraph.draw.draw`` for the options."""
        from kgraph.draw import draw

        html = draw(self.store, knowledge=self.knowledge, **options)
        if path is not None:
            Path(path).write_text(html, encoding="utf-8")
        return html

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

    def export(self, path: Path | str, form: str) -> None:
        """Write the graph in one of ``kgraph.export.FORMATS``."""
        from kgraph.export import export

        export(self.store, form, Path(path))

    @cached_property
    def rdf(self) -> rdflib.Graph:
        """The graph as rdflib sees it, read-only; its queries are answered by the store."""
        return self.store.as_rdflib()
