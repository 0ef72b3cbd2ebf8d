"""Building a graph: files → facts → store. The one place where stages meet and where work is spread over processes."""

from __future__ import annotations

import multiprocessing
import os
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from pathlib import Path

from kgraph import __version__
from kgraph.correct import Correction, read_corrections
from kgraph.errors import UnreadableReport
from kgraph.ids import Ids
from kgraph.knowledge import Knowledge
from kgraph.pipeline import Pipeline, Stated
from kgraph.read import Input, content_hash, inputs
from kgraph.same import Sames, note_sources
from kgraph.store import Store
from kgraph.vocab import BASE

CHUNK = 8
"""Reports that a worker takes at a time."""
BATCH = 64
"""Reports written in one transaction: what a killed build loses at most."""
WINDOW = 8
"""Chunks waiting for each process: enough to go on with while a batch is written."""
SMALL = 24
"""Up to this many reports are built in this process: starting workers would take longer."""

Outcome = Stated | tuple[str, str]


@dataclass
class BuildResult:
    """What a build did: sources built, unchanged and skipped, each skipped one with its reason."""

    built: int = 0
    unchanged: int = 0
    skipped: list[tuple[str, str]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """The reports that are now in the graph because of this input."""
        return self.built + self.unchanged


def build(
    paths: Sequence[Path],
    output: Path,
    *,
    jobs: int | None = None,
    base: str | None = None,
    ontology: Path | None = None,
    corrections: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> BuildResult:
    """Build or renew the graph in ``output`` from files and folders.

    Unchanged reports (by content hash, under the same versions of kgraph and ontology) are left as they are; a changed
    one replaces what it stated; a file that cannot be read is skipped with a reason and does not stop the rest. ``jobs``
    is the number of processes, by default one per core. ``corrections`` is a CSV file of corrections (``kgraph.correct``);
    the reports it names, and those corrected before, are built anew. ``progress`` is told the files done and their number.
    Facts are written in transactions of ``BATCH`` reports, so that a killed build leaves a store that opens and a run that
    resumes.

    Raises ``InputError`` where a path is missing or nothing is found, ``StoreError`` where the store cannot be written.
    """
    files = inputs(list(paths))
    knowledge = Knowledge(ontology)
    worker = Worker(base, ontology, read_corrections(corrections) if corrections is not None else {})
    result = BuildResult()
    with Store.create(output, base=base) as store:
        store.load_vocabularies(knowledge)
        run = Ids(store.base).run(__version__, knowledge.version)
        known = store.sources()
        current = {
            str(source) for (source,) in store.values(f"SELECT ?s {{ ?r kg:sourceFile ?s ; prov:wasGeneratedBy <{run}> }}")
        }
        corrected = store.values("SELECT ?s { ?c a kg:Correction ; kg:inReport/kg:sourceFile ?s }")
        current -= {str(source) for (source,) in corrected}
        current -= set(worker.corrections)
        wanted = [file for file in files if file.source not in current or _changed(file, known[file.source][1])]
        result.unchanged = len(files) - len(wanted)
        owners = {iri: source for source, (iri, _) in known.items()}
        sames = Sames(store, {file.source for file in files}, owners)
        batch: list[Stated] = []
        others: list[tuple[str, str]] = []
        worker = replace(worker, base=store.base)
        outcomes = _outcomes(wanted, jobs or os.cpu_count() or 1, worker)
        for done, outcome in enumerate(outcomes, result.unchanged + 1):
            if progress is not None:
                progress(done, len(files))
            if isinstance(outcome, tuple):
                result.skipped.append(outcome)
                continue
            same = sames.find(outcome)
            if same is not None:
                iri, owner, why = same
                reason = f"{outcome.source}: the same report as {owner} ({why}); noted as another source of it"
                result.skipped.append((outcome.source, reason))
                others.append((iri, outcome.source))
                continue
            sames.add(outcome)
            batch.append(outcome)
            result.built += 1
            result.counts.update(outcome.counts)
            result.notes.extend(outcome.notes)
            if len(batch) >= BATCH:
                store.write(batch)
                sames.written()
                batch = []
        if batch:
            store.write(batch)
        note_sources(store, others, [file.source for file in wanted])
        if result.built:
            store.optimise()
    return result


def _changed(file: Input, known: str) -> bool:
    try:
        return bool(file.refused) or content_hash(file.path, file.source, file.given) != known
    except (OSError, UnreadableReport):
        return True


@dataclass(frozen=True, slots=True)
class Worker:
    """What a process needs to know to make its pipeline."""

    base: str | None
    ontology: Path | None
    corrections: Mapping[str, Sequence[Correction]]

    def pipeline(self) -> Pipeline:
        """The pipeline of a process."""
        return Pipeline(Knowledge(self.ontology), self.base or BASE, self.corrections)


def _outcomes(files: list[Input], jobs: int, worker: Worker) -> Iterator[Outcome]:
    """The outcome of each file, in the order of the files."""
    if not files:
        return
    if jobs <= 1 or len(files) <= SMALL:
        pipeline = worker.pipeline()
        for file in files:
            yield _state(pipeline, file)
        return
    chunks = deque(files[i : i + CHUNK] for i in range(0, len(files), CHUNK))
    while chunks:
        running: deque[tuple[list[Input], Future[list[Outcome]]]] = deque()
        try:
            with _pool(jobs, worker) as pool:
                while chunks or running:
                    while chunks and len(running) < WINDOW * jobs:
                        chunk = chunks.popleft()
                        running.append((chunk, pool.submit(_state_all, chunk)))
                    yield from running[0][1].result()
                    running.popleft()
        except BrokenProcessPool:
            chunks.extendleft(chunk for chunk, _ in reversed(running))
            yield from _alone(chunks.popleft(), worker)


def _alone(chunk: list[Input], worker: Worker) -> Iterator[Outcome]:
    """The outcomes of files one of which may have ended its process, each in a process of its own."""
    for file in chunk:
        try:
            with _pool(1, worker) as pool:
                yield from pool.submit(_state_all, [file]).result()
        except BrokenProcessPool:
            yield file.source, f"{file.source}: the process that read it was ended by the system (out of memory?)"


def _pool(jobs: int, worker: Worker) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=_start, initargs=(worker,))


_PIPELINE: list[Pipeline] = []
"""The pipeline of a worker process, made once by ``_start``."""


def _start(worker: Worker) -> None:
    _PIPELINE.append(worker.pipeline())


def _state_all(files: list[Input]) -> list[Outcome]:
    return [_state(_PIPELINE[0], file) for file in files]


def _state(pipeline: Pipeline, file: Input) -> Outcome:
    if file.refused:
        return file.source, file.refused
    try:
        return pipeline.state(file.path, file.source, file.given)
    except UnreadableReport as error:
        return file.source, str(error)
    except Exception as error:  # a report that breaks a stage must not stop the others; tests hold stages to never raise
        return file.source, f"{file.source}: {type(error).__name__}: {error}; please report this with the file"
