"""``python -m bench.reading``: how fast reports of each format are read, on one core, start of the worker apart.

The documents are made from the sample reports in ``seeds/`` by the same makers as those of the tests. Scans are read where
the extra [ocr] is installed; nothing is asserted, all is printed.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


def makers() -> dict[str, tuple[str, Callable[[list[str]], bytes]]]:
    """The formats: a name, the ending, how lines become a file."""
    sys.path.insert(0, str(ROOT / "tests" / "read"))
    documents: Any = importlib.import_module("documents")
    return {
        "plain text": (".txt", lambda lines: "\n".join(lines).encode()),
        "web page": (".html", lambda lines: documents.trs(lines).encode()),
        "web page, GB18030": (".htm", lambda lines: documents.visual_site_builder(lines).encode("gb18030")),
        "web archive": (".mht", lambda lines: documents.mhtml(documents.trs(lines))),
        "Word": (".docx", documents.numbered),
        "PDF": (".pdf", documents.pdf),
        "PDF, two columns": (".pdf", lambda lines: documents.pdf(lines, columns=2)),
    }


def main() -> None:
    """Run everything and print it."""
    from kgraph.read.worker import Worker

    parser = argparse.ArgumentParser(prog="python -m bench.reading")
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--scans", type=int, default=1, help="scanned pages to recognise")
    options = parser.parse_args()
    forms = makers()
    documents: Any = importlib.import_module("documents")
    reports = [documents.lines_of(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "seeds").glob("*.txt"))]
    worker = Worker()
    print(f"{len(reports)} reports of {statistics.fmean(sum(map(len, lines)) for lines in reports):.0f} characters")
    print(f"{'format':20} {'ms a report':>12} {'reports/s':>10} {'characters/s':>13} {'kB a file':>10}")
    for name, (ending, make) in forms.items():
        files = [make(lines) for lines in reports]
        start = time.perf_counter()
        worker.read(files[0], ending)
        first = time.perf_counter() - start
        taken, characters = [], 0
        for _ in range(options.times):
            start = time.perf_counter()
            characters = sum(len(worker.read(data, ending).text) for data in files)
            taken.append(time.perf_counter() - start)
        seconds = statistics.median(taken)
        size = statistics.fmean(map(len, files)) / 1000
        print(
            f"{name:20} {1000 * seconds / len(files):12.1f} {len(files) / seconds:10.0f} {characters / seconds:13,.0f} {size:10.0f}"
            f"   (the first, with loading: {1000 * first:.0f} ms)"
        )
    if options.scans and importlib.util.find_spec("rapidocr"):
        data = documents.scan(reports[0][: 9 * options.scans])
        worker.read(data, ".pdf")
        start = time.perf_counter()
        content = worker.read(data, ".pdf")
        seconds = time.perf_counter() - start
        pages = len({place for _, place in content.anchors})
        print(
            f"scan: {seconds / pages:.1f} s a page of {len(content.text) / pages:.0f} characters, confidence {content.confidence}"
        )
    worker.end()


if __name__ == "__main__":
    main()
