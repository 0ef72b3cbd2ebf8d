"""Writing an atlas: the reports one after another, then what was gathered from them."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from sys import intern
from typing import Any

from kgraph import __version__
from kgraph.draw import draw
from kgraph.errors import InputError
from kgraph.knowledge import Knowledge
from kgraph.network import projection
from kgraph.site import report as report_pages
from kgraph.site.archive import earlier, pack, settle
from kgraph.site.chunks import write_chunks
from kgraph.site.downloads import PARTS, TABLES, join_pieces, write_pieces
from kgraph.site.gathered import Gathered
from kgraph.site.load import Corpus, Fact
from kgraph.site.overview import overview
from kgraph.site.pages import Pages
from kgraph.site.questions import write_question
from kgraph.site.search import SearchIndex, grams
from kgraph.site.sparql import Queries
from kgraph.site.writer import Writer, put, render, script
from kgraph.store import Store

TITLE = ("法治政府建设图谱", "Atlas of rule-of-law government")
TOGETHER = 10
"""Reports read at a time."""
FEW = 60
"""Up to so many reports one process does all."""
ASKED = 500
"""Up to so many reports the named questions are answered in the atlas; beyond, some take minutes and gigabytes."""
HERE = Path(__file__).parent
VIEWS = ("matrix", "compare", "gap", "trend", "figures", "search")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Atlas:
    """What was written: the folder, the number of files, their size in bytes, the zip if one was asked for."""

    folder: Path
    files: int
    size: int
    zip: Path | None


_mine: dict[str, Any] = {}


def _start(store: Path, directories: Path | None, folder: Path, shared: dict[str, Any]) -> None:
    opened = Store.open(store)
    _mine.update(corpus=Corpus(opened, Knowledge(directories)), folder=folder, shared=shared)


Written = tuple[int, list[Fact], list[str], list[str]]
"""Of a report: its number, its facts, its pairs of characters, the paths written."""


def _some_reports(numbers: range) -> tuple[list[Written], dict[str, int]]:
    """Write the pages and the data of some reports; how many rows of each table they make."""
    corpus: Corpus = _mine["corpus"]
    folder, shared = _mine["folder"], _mine["shared"]
    reports = [corpus.reports[i] for i in numbers]
    facts = corpus.facts(reports)
    out = []
    for report in reports:
        found = facts[report.iri]
        paths = []
        query = Queries.text("report", report.iri)
        for path, context in report_pages.pages(corpus, report, found):
            put(folder, path, render("report.html", path, {**shared, **context, "query": query}))
            paths.append(path)
        name = f"d/{report.key}"
        put(folder, f"data/{name}.js", script(name, report_pages.chunk(corpus, report, found)))
        kept = [_kept(fact) for fact in found if fact.kind != "unlinked"]
        out.append((report.number, kept, sorted(map(intern, grams(report.text))), [*paths, f"data/{name}.js"]))
    return out, write_pieces(corpus, folder, numbers.start // TOGETHER, [(report, facts[report.iri]) for report in reports])


_NOTHING: dict[str, str] = {}


def _kept(fact: Fact) -> Fact:
    """What the lists over all reports need of a fact: hundreds of thousands are held at once."""
    if fact.kind == "metric":
        return replace(fact, rule="")
    return replace(fact, label="", rule="", said=fact.said if fact.kind == "citation" else _NOTHING)


def site(
    store: Store,
    folder: Path | str,
    *,
    title: str | None = None,
    zip: Path | str | None = None,
    knowledge: Knowledge | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Atlas:
    """Write the atlas of a graph into a folder, and into one zip file if asked for.

    An earlier atlas in the folder is replaced; a folder that holds anything else is refused (``InputError``). The same
    graph gives the same files. ``jobs`` is the number of processes, by default one per core for more than a few reports.
    """
    folder = Path(folder)
    knowledge = knowledge or Knowledge()
    before = earlier(folder)
    if not store.reports():
        raise InputError(f"{store.path}: no reports in this graph; build it with: kgraph build REPORTS -o {store.path}")
    ontology = knowledge.directories[0] if len(knowledge.directories) > 1 else None
    titles = (title, title) if title else TITLE
    shared = {"site": titles, "version": __version__}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "atlas.txt").write_text("kgraph atlas; files:\n" + "".join(f"{p}\n" for p in sorted(before)), encoding="utf-8")
        shutil.rmtree(folder / PARTS, ignore_errors=True)  # of a run that was killed
        corpus = Corpus(store, knowledge)
        jobs = jobs or (min(os.cpu_count() or 1, 8) if len(corpus.reports) > FEW else 1)
        with _pool(jobs, _start, (store.path, ontology, folder, shared)) as pool:
            _mine.update(corpus=corpus, folder=folder, shared=shared)
            read = _read(corpus, pool, progress)
        with _pool(jobs) as pool:  # other processes, as those that read the store stay large
            writer = Writer(folder, shared, pool)
            writer.paths += read.paths
            _write(read, writer, ontology)
            paths = writer.finish()
        shutil.rmtree(folder / PARTS, ignore_errors=True)
    except OSError as error:
        raise InputError(f"{folder}: cannot be written: {error.strerror or error}") from None
    finally:
        _mine.clear()
    settle(folder, before, paths)
    target = Path(zip) if zip is not None else None
    if target is not None:
        pack(folder, paths, target)
    return Atlas(folder, len(paths), sum((folder / path).stat().st_size for path in paths), target)


@contextmanager
def _pool(
    jobs: int, start: Callable[..., None] | None = None, arguments: tuple[Any, ...] = ()
) -> Iterator[ProcessPoolExecutor | None]:
    if jobs < 2:
        yield None
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=start, initargs=arguments) as pool:
        yield pool


@dataclass(slots=True)
class _Read:
    """What reading the reports gave: their facts, what can be found, the paths and numbers of rows written, pieces of tables."""

    gathered: Gathered
    index: SearchIndex
    peers: dict[str, list[tuple[str, float, int]]]
    paths: list[str]
    rows: Counter[str]
    pieces: int


def _read(corpus: Corpus, pool: ProcessPoolExecutor | None, progress: Progress | None) -> _Read:
    gathered = Gathered(corpus)
    index = SearchIndex()
    batches = [range(i, min(i + TOGETHER, len(corpus.reports))) for i in range(0, len(corpus.reports), TOGETHER)]
    results = map(_some_reports, batches) if pool is None else pool.map(_some_reports, batches)
    read = _Read(gathered, index, _peers(corpus), [], Counter(), len(batches))
    for result, counts in results:
        read.rows.update(counts)
        for number, facts, found, paths in result:
            gathered.add(corpus.reports[number], facts)
            index.report(number, found)
            read.paths += paths
        if progress is not None:
            progress(len(gathered.facts), len(corpus.reports))
    return read


def _write(read: _Read, writer: Writer, ontology: Path | None) -> None:
    gathered, index, rows = read.gathered, read.index, read.rows
    corpus = gathered.corpus
    queries = Queries(corpus.knowledge)
    writer.run(_draw, corpus.store.path, ontology, writer.folder, writer.shared["site"][0])
    for name in TABLES:
        writer.run(join_pieces, writer.folder, name, read.pieces, rows[name])
    pages = Pages(gathered, writer, queries)
    answered = len(corpus.reports) <= ASKED
    links = _links(gathered) if answered else {}
    asked = sorted(queries.questions.values(), key=lambda q: (any(p.required for p in q.parameters), q.name))
    for question in asked:
        writer.run(
            write_question, corpus.store.path if answered else None, ontology, writer.folder, writer.shared, question, links
        )
    pages.practices()
    pages.regions(read.peers)
    pages.laws()
    pages.bodies()
    pages.reports()
    pages.region_list()
    write_chunks(gathered, writer, pages.practice_order())
    _names(gathered, pages, index)
    index.write(writer)
    listed = [(q.name, (q.title("zh"), q.title("en")), tuple(p.name for p in q.parameters if p.required)) for q in asked]
    writer.page("index.html", "index.html", **overview(gathered, pages, [q for q in listed if not q[2]]))
    writer.page("queries.html", "queries.html", questions=listed)
    writer.page(
        "downloads.html",
        "downloads.html",
        tables=[(name, TABLES[name][:2], rows[name]) for name in TABLES],
        questions=[q for q in listed if not q[2]] if answered else [],
    )
    writer.page("about.html", "about.html")
    for view in VIEWS:
        query = {
            "matrix": Queries.text("matrix"),
            "gap": queries.filled("practice-gap"),
            "figures": queries.filled("indicator-values"),
        }
        writer.page(f"{view}.html", f"{view}.html", query=query.get(view, Queries.text("matrix") if view == "trend" else ""))
    for part in ("assets", "vendor"):
        for path in sorted((HERE / part).iterdir()):
            writer.file(f"{part}/{path.name}", path.read_bytes())


def _draw(store: Path, ontology: Path | None, folder: Path, title: str) -> list[str]:
    """The page of the graph, in a process of its own where there are several."""
    with Store.open(store) as opened:
        put(folder, "graph.html", draw(opened, knowledge=Knowledge(ontology), title=title))
    return ["graph.html"]


def _peers(corpus: Corpus, most: int = 8) -> dict[str, list[tuple[str, float, int]]]:
    """The regions most alike to each: IRI, similarity 0 to 1, practices shared."""
    graph = projection(corpus.store, "region-region", corpus.knowledge)
    found: dict[str, list[tuple[str, float, int]]] = {}
    for region in graph:
        near = [(other, edge["similarity"], edge["shared"]) for other, edge in graph[region].items()]
        found[region] = sorted(near, key=lambda row: (-row[1], row[0]))[:most]
    return found


def _links(gathered: Gathered) -> dict[str, str]:
    """The pages of the names and IRIs that rows of questions hold; a name of several things leads nowhere."""
    corpus = gathered.corpus
    found: dict[str, str] = {}
    twice: set[str] = set()

    def put_(name: str, path: str) -> None:
        if found.setdefault(name, path) != path:
            twice.add(name)

    for iri in gathered.beneath:
        path = f"r/{corpus.regions[iri].code}.html"
        for name in (iri, corpus.regions[iri].name, corpus.regions[iri].code):
            put_(name, path)
    for id_, concept in corpus.knowledge.practices.items():
        for name in (concept.iri, id_, *concept.labels.values()):
            put_(name, f"p/{id_}.html")
    for iri in gathered.citations:
        put_(iri, f"l/{corpus.law(iri).key}.html")
        put_(corpus.law(iri).name, f"l/{corpus.law(iri).key}.html")
    for iri in gathered.mentions:
        put_(iri, f"b/{corpus.body(iri).key}.html")
        put_(corpus.body(iri).name, f"b/{corpus.body(iri).key}.html")
    for report in corpus.reports:
        put_(report.iri, report_pages.page_of(report, 0))
        put_(report.title, report_pages.page_of(report, 0))
        put_(report.file, report_pages.page_of(report, 0))
    return {name: path for name, path in found.items() if name not in twice}


def _names(gathered: Gathered, pages: Pages, index: SearchIndex) -> None:
    """The names that can be searched, the most used first within each kind."""
    corpus = gathered.corpus
    for practice in pages.practice_order():
        index.label("practice", *pages.both(practice), f"p/{practice}.html", len(pages.done.get(practice, ())))

    def ranked(sizes: dict[str, int]) -> Sequence[tuple[str, int]]:
        return sorted(sizes.items(), key=lambda item: (-item[1], item[0]))

    for iri, n in ranked({iri: len(reports) for iri, reports in gathered.beneath.items()}):
        region = corpus.regions[iri]
        index.label("region", corpus.names[iri], "", f"r/{region.code}.html", n, ("".join(corpus.paths[iri]), region.code))
    for iri, n in ranked({iri: len({p.report for p in places}) for iri, places in gathered.citations.items()}):
        index.label("law", corpus.law(iri).name, "", f"l/{corpus.law(iri).key}.html", n)
    for iri, n in ranked({iri: len({p.report for p in places}) for iri, places in gathered.mentions.items()}):
        body = corpus.body(iri)
        index.label("body", body.name, "", f"b/{body.key}.html", n, body.forms[:8])
