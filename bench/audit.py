"""Copy detection on made-up reports: recall, precision, time and memory. ``python -m bench.audit 5000 10000 20000``."""

from __future__ import annotations

import resource
import sys
import time

from bench.planted_copies import corpus
from kgraph.audit.context import Context
from kgraph.audit.copies import Corpus
from kgraph.knowledge import Knowledge
from kgraph.text import normalise


def measure(count: int) -> dict[str, float]:
    """Find the planted copies among ``count`` reports; times are of the search alone, without making the reports."""
    p = Context(Knowledge()).parameters("copy-across")
    shortest, agreement, own = int(p.number("shortest")), p.number("agreement"), int(p.number("own"))
    texts, planted = corpus(count)
    found_in = Corpus(p.words("stock"))
    owners: list[int] = []
    spent = 0.0
    for number, paragraphs in enumerate(texts):
        begun = time.process_time()
        for paragraph in paragraphs:
            text = normalise(paragraph).replace(" ", "")
            if len(text) >= shortest:
                found_in.add(number, text)
                owners.append(number)
        spent += time.process_time() - begun
    begun = time.process_time()
    found = {frozenset((owners[c.one], owners[c.other])) for c in found_in.copies(shortest, agreement, own)}
    spent += time.process_time() - begun
    wanted = {frozenset((c.one, c.other)) for c in planted}
    return {
        "reports": count,
        "paragraphs": len(owners),
        "planted": len(wanted),
        "recall": len(wanted & found) / len(wanted),
        "precision": len(wanted & found) / max(1, len(found)),
        "seconds": spent,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main() -> None:
    """Print one line for each size; each is measured in this process, the smallest first, so that memory is a peak."""
    print("reports  paragraphs  planted  recall  precision  CPU s   MB")
    for count in sorted(int(a) for a in sys.argv[1:] or ["1000", "2000", "4000"]):
        m = measure(count)
        line = "{reports:7} {paragraphs:11} {planted:8} {recall:7.3f} {precision:10.3f} {seconds:6.1f} {megabytes:4.0f}"
        print(line.format(**m), flush=True)


if __name__ == "__main__":
    main()
