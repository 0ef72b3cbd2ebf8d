"""``python -m bench.site``: the atlas of many reports: time and memory to write it, and how fast it opens and answers.

python -m bench.site [--reports 2000] [--jobs 2] [--graph DIR] [--keep DIR]
python -m bench.site --browse DIR
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from bench.__main__ import watched
from bench.generator import write
from kgraph.build import build

WORDS = (
    "法律明白人",
    "调解成功率",
    "综合行政执法",
    "枫桥经验",
    "民法典",
    "行政处罚 罚款",
    "法治",
    "网格员",
    "无此词语",
    "食品经营单位",
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--graph", type=Path, help="a graph to take instead of building one")
    parser.add_argument("--keep", type=Path, help="leave the atlas here")
    parser.add_argument("--browse", type=Path, help="only open this atlas")
    options = parser.parse_args()
    if options.browse is not None:
        browse(options.browse)
        return
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        graph: Path = options.graph or root / "graph"
        if options.graph is None:
            write(root / "reports", options.reports)
            build([root / "reports"], graph, jobs=options.jobs)
        atlas: Path = options.keep or root / "atlas"
        command = [
            sys.executable,
            "-m",
            "kgraph.cli",
            "site",
            str(graph),
            "-o",
            str(atlas),
            "--jobs",
            str(options.jobs),
            "--quiet",
        ]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds, peak = watched(command)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        sizes = [path.stat().st_size for path in atlas.rglob("*") if path.is_file()]
        pages = sorted(((p.stat().st_size, p.name) for p in atlas.rglob("*.html") if p.name != "graph.html"), reverse=True)
        print(
            f"site: {len(sizes):,} files, {sum(sizes) / 1e6:.0f} MB, {options.jobs} processes: {seconds:.0f} s ({used:.0f} s of processor), "
            f"peak memory of all processes {peak:.0f} MB"
        )
        print(f"largest pages: {', '.join(f'{name} {size / 1000:.0f} KB' for size, name in pages[:4])}")
        browse(atlas)


def browse(atlas: Path) -> None:
    """Open pages and search in headless Chromium, from disk."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        print("no playwright: pages not opened", file=sys.stderr)
        return
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        print("no Chromium: pages not opened", file=sys.stderr)
        return
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for name in ("index.html", "matrix.html", "practices.html"):
            page = browser.new_page()
            page.goto(f"{atlas.as_uri()}/{name}")
            loaded = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
            print(f"{name} loaded in {loaded:.0f} ms")
            page.close()
        page = browser.new_page()
        page.goto(f"{atlas.as_uri()}/search.html")
        page.wait_for_selector("#q")
        times = []
        for words in WORDS:
            page.evaluate("delete document.getElementById('said').dataset.ms")
            page.fill("#q", words)
            page.press("#q", "Enter")
            while page.evaluate("document.getElementById('said').dataset.ms === undefined"):
                page.wait_for_timeout(5)
            times.append(int(page.evaluate("document.getElementById('said').dataset.ms")))
        listed = ", ".join(f"{words} {ms}" for words, ms in zip(WORDS, times, strict=True))
        print(f"search: median {statistics.median(times):.0f} ms, slowest {max(times)} ms ({listed})")
        browser.close()


if __name__ == "__main__":
    main()
