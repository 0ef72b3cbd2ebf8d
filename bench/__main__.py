"""``make bench``: speed and memory of kgraph, measured side by side in one run; nothing is asserted, all is printed.

python -m bench [--reports 2000] [--jobs 2]
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from bench.generator import Made, write
from kgraph.build import build
from kgraph.graph import KnowledgeGraph


class Memory:
    """The peak of the resident memory of this process and its children together, in MB, polled."""

    def __init__(self) -> None:
        self.peak = 0.0
        self.samples: list[float] = []
        self._stop = threading.Event()

    def _poll(self) -> None:
        while not self._stop.wait(0.1):
            self.samples.append(_tree_memory(os.getpid()))
            self.peak = max(self.peak, self.samples[-1])

    @contextmanager
    def watch(self) -> Iterator[None]:
        thread = threading.Thread(target=self._poll, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()


def _tree_memory(pid: int) -> float:
    """Proportional memory of a process and its children, in MB (pages that processes share are counted once)."""
    total = 0.0
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1]) / 1024
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return total
    return total + sum(_tree_memory(int(child)) for child in children)


def timed(run: Callable[[], object], times: int = 5) -> float:
    """The median of some runs, in milliseconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)


def found_share(graph: KnowledgeGraph, made: dict[str, Made]) -> tuple[float, float]:
    """The shares of the known metrics (value and unit) and of the known citations that are in the graph."""
    metrics: dict[str, Counter[tuple[Decimal, str]]] = {}
    for file, value, unit in graph.store.values(
        "SELECT ?f ?v ?u { ?m a kg:Metric ; kg:inReport/kg:sourceFile ?f ; kg:value ?v ; kg:unit/rdfs:label ?u }"
    ):
        metrics.setdefault(str(file), Counter())[Decimal(str(value)), str(unit)] += 1
    laws: dict[str, Counter[str]] = {}
    for file, title in graph.store.values(
        "SELECT ?f ?t { ?c a kg:Citation ; kg:inReport/kg:sourceFile ?f ; kg:cites/eli:title ?t }"
    ):
        laws.setdefault(str(file), Counter())[str(title)] += 1
    hit, known, law_hit, law_known = 0, 0, 0, 0
    for name, report in made.items():
        wanted = Counter((Decimal(value), unit) for value, unit in report.metrics if unit)
        hit += (wanted & metrics.get(name, Counter())).total()
        known += wanted.total()
        cited = Counter(report.laws)
        law_hit += (cited & laws.get(name, Counter())).total()
        law_known += cited.total()
    return hit / known, law_hit / law_known


def main() -> None:
    """Run everything and print it."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    help_ms = timed(lambda: subprocess.run([sys.executable, "-m", "kgraph.cli", "--help"], capture_output=True, check=True))
    bare_ms = timed(lambda: subprocess.run([sys.executable, "-c", "pass"], capture_output=True, check=True))
    print(f"start-up: kgraph --help {help_ms:.0f} ms; python alone {bare_ms:.0f} ms; ratio {help_ms / bare_ms:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        made = write(root / "reports", options.reports)
        characters = sum(len(report.text) for report in made.values()) / len(made)
        quarter = root / "quarter"
        quarter.mkdir()
        for name in sorted(made)[: len(made) // 4]:
            (quarter / name).symlink_to(root / "reports" / name)
        rates = []
        for label, source in (("a quarter", quarter), ("all", root / "reports")):
            memory = Memory()
            start = time.perf_counter()
            with memory.watch():
                result = build([source], root / f"graph-{label}", jobs=options.jobs)
            seconds = time.perf_counter() - start
            rates.append((result.built / seconds, memory.peak))
            print(
                f"build, {label}: {result.built} reports of {characters:.0f} characters, {options.jobs} processes: {seconds:.1f} s, "
                f"{result.built / seconds:.1f} reports/s, peak memory of all processes {memory.peak:.0f} MB"
            )
        print(
            f"ratio all / a quarter: speed {rates[1][0] / rates[0][0]:.2f}, memory {rates[1][1] / rates[0][1]:.2f} (1 is linear and flat)"
        )
        start = time.perf_counter()
        build([root / "reports"], root / "graph-all", jobs=options.jobs)
        print(f"build again, nothing changed: {time.perf_counter() - start:.1f} s")
        with KnowledgeGraph.open(root / "graph-all") as graph:
            print(f"store: {len(graph.store):,} triples")
            metrics, laws = found_share(graph, made)
            print(f"found of what is known to be in them: metrics {metrics:.4f}, citations {laws:.4f}")
            from bench.questions import measure

            measure(graph)


if __name__ == "__main__":
    main()
