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
import time
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from bench.generator import Made, write
from kgraph.graph import KnowledgeGraph


def watched(command: list[str]) -> tuple[float, float]:
    """Run a command; its wall-clock seconds and the peak memory of it and its children together, in MB, polled."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, _tree_memory(process.pid))
        time.sleep(0.1)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: exit code {process.returncode}")
    return time.perf_counter() - start, peak


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
        for label, source in (("quarter", quarter), ("all", root / "reports")):
            command = [sys.executable, "-m", "kgraph.cli", "build", str(source), "-o", str(root / f"graph-{label}")]
            seconds, peak = watched([*command, "--jobs", str(options.jobs)])
            count = len(list(source.iterdir()))
            rates.append((count / seconds, peak))
            print(
                f"build, {label}: {count} reports of {characters:.0f} characters, {options.jobs} processes: {seconds:.1f} s, "
                f"{count / seconds:.1f} reports/s, peak memory of all processes {peak:.0f} MB"
            )
        print(
            f"ratio all / quarter: speed {rates[1][0] / rates[0][0]:.2f}, memory {rates[1][1] / rates[0][1]:.2f} (1 is linear and flat)"
        )
        seconds, _ = watched([sys.executable, "-m", "kgraph.cli", "build", str(root / "reports"), "-o", str(root / "graph-all")])
        print(f"build again, nothing changed: {seconds:.1f} s")
        with KnowledgeGraph.open(root / "graph-all") as graph:
            print(f"store: {len(graph.store):,} triples")
            metrics, laws = found_share(graph, made)
            print(f"found of what is known to be in them: metrics {metrics:.4f}, citations {laws:.4f}")
            from bench.questions import measure

            measure(graph)


if __name__ == "__main__":
    main()
