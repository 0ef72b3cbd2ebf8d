"""The first page: what the graph holds, where, of which years, and the questions that it answers."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

from kgraph.site.gathered import Gathered
from kgraph.site.pages import Pages

TILES = Path(__file__).parent / "tiles.csv"
SIZE = 64


def tiles(gathered: Gathered) -> list[dict[str, Any]]:
    """The provinces as tiles in the rough shape of the country, each with the number of its reports and a shade 0 to 5."""
    corpus = gathered.corpus
    counts = {corpus.regions[iri].code[:6]: len(reports) for iri, reports in gathered.beneath.items()}
    with TILES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    most = max((counts.get(row["code"], 0) for row in rows), default=0)
    found = []
    for row in rows:
        n = counts.get(row["code"], 0)
        found.append(
            {
                "x": (int(row["column"]) - 1) * SIZE,
                "y": (int(row["row"]) - 1) * SIZE,
                "name": row["short"],
                "n": n,
                "shade": 0 if not n else 1 + min(4, 5 * n // (most + 1)),
                "path": f"r/{row['code']}.html",
            }
        )
    return found


def overview(gathered: Gathered, pages: Pages, questions: list[tuple[str, tuple[str, str], tuple[str, ...]]]) -> dict[str, Any]:
    """What the first page is given."""
    corpus, g = gathered.corpus, gathered
    years = sorted(Counter(r.year for r in corpus.reports if r.year).items())
    levels = Counter(corpus.levels.get(iri, 0) for iri in g.by_region)
    reports_of_level = Counter(corpus.levels.get(r.region, 0) for r in corpus.reports if r.region)
    ranked = sorted(((len(regions), p) for p, regions in pages.done.items()), key=lambda x: (-x[0], x[1]))
    return {
        "counts": {**g.counts, "reports": len(corpus.reports), "regions": len(g.by_region), "laws": len(g.citations)},
        "bodies": len(g.mentions),
        "practices": len(g.measures),
        "tiles": tiles(gathered),
        "years": years,
        "levels": [(level, n, reports_of_level[level]) for level, n in sorted(levels.items())],
        "ranked": [(*pages.both(p), f"p/{p}.html", n) for n, p in ranked[:12]],
        "rare": [(*pages.both(p), f"p/{p}.html", n) for n, p in ranked[::-1] if n][:6],
        "unknown": sum(1 for r in corpus.reports if not r.region),
        "questions": questions,
    }
