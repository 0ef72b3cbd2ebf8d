"""The page of a report: its text with every fact marked, linked and explained, and its facts as data for the comparisons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markupsafe import Markup, escape

from kgraph.model import Comparator
from kgraph.site.load import STATUSES, Corpus, Fact, ReportPage
from kgraph.site.writer import number

PART = 16_000
"""Characters of text on one page; longer reports go on to a second page."""
CLIP = 220
_RANK = {"metric": 0, "citation": 1, "body": 2, "unlinked": 3, "measure": 4}


def parts(report: ReportPage) -> list[int]:
    """Where the pages of a report begin, as offsets; sentences stay whole."""
    starts = [0]
    for end in report.ends:
        if end - starts[-1] >= PART and end < len(report.text):
            starts.append(end)
    return starts


def page_of(report: ReportPage, start: int) -> str:
    """The path of the page on which an offset stands."""
    if len(report.text) <= PART:
        return f"d/{report.key}.html"
    index = sum(1 for begin in parts(report) if begin <= start)
    return f"d/{report.key}.html" if index < 2 else f"d/{report.key}-{index}.html"


def href(report: ReportPage, start: int, end: int) -> str:
    """The path that opens a span of a report, from the top of the atlas."""
    return f"{page_of(report, start)}#char={start},{end}"


@dataclass(frozen=True, slots=True)
class Quote:
    """A fact in its sentence: where it opens, the words before, of and after it."""

    href: str
    before: str
    hit: str
    after: str


def quote(report: ReportPage, start: int, end: int) -> Quote:
    """The sentence of a fact, cut at both ends where it is long."""
    low, high = report.bounds(start, end)
    text = report.text
    room = max(20, (CLIP - (end - start)) // 2)
    before, after = " ".join(text[low:start].split()), " ".join(text[end:high].split())
    before = before if len(before) <= room else "…" + before[-room:]
    after = after if len(after) <= room else after[:room] + "…"
    hit = " ".join(text[start:end].split())
    return Quote(href(report, start, end), before, hit if len(hit) <= 2 * CLIP else hit[: 2 * CLIP] + "…", after)


def figure(fact: Fact) -> str:
    """The value of a metric as tables show it, with its comparator and unit.

    >>> figure(Fact("metric", 0, 1, "", "", said={"value": "2000", "unit": "份", "comparator": "over", "per": "", "change": ""}))
    '>2,000份'
    """
    said = fact.said
    change = {"increase": "↑", "decrease": "↓"}.get(said["change"], "")
    per = f"/{said['per']}" if said["per"] else ""
    return f"{change}{Comparator(said['comparator']).symbol}{number(said['value'])}{said['unit']}{per}"


def link(corpus: Corpus, fact: Fact) -> str:
    """The page of what a fact is about, from the top of the atlas; empty where it has none."""
    if fact.kind == "citation":
        return f"l/{corpus.law(fact.target).key}.html"
    if fact.kind == "body":
        return f"b/{corpus.body(fact.target).key}.html"
    return f"p/{fact.target}.html" if fact.target in corpus.knowledge.practices else ""


def pages(corpus: Corpus, report: ReportPage, facts: Sequence[Fact]) -> list[tuple[str, dict[str, Any]]]:
    """The pages of a report: path and what the template is given, one for each part."""
    begins = parts(report)
    found = []
    for i, begin in enumerate(begins):
        end = begins[i + 1] if i + 1 < len(begins) else len(report.text)
        here = [fact for fact in facts if begin <= fact.start < end]
        path = page_of(report, begin)
        rows = [(f, figure(f) if f.kind == "metric" else "", link(corpus, f)) for f in here]
        issuer = corpus.body(report.issuer) if report.issuer else None
        found.append(
            (
                path,
                {
                    "report": _head(report),
                    "region": _region(corpus, report),
                    "issuer": (issuer.name, f"b/{issuer.key}.html") if issuer else None,
                    "body": markup(corpus, report, here, begin, end),
                    "rows": rows,
                    "part": i + 1,
                    "parts": [page_of(report, b) for b in begins],
                    "practices": contents(corpus, report, facts),
                    "counts": {kind: sum(1 for f in facts if f.kind == kind) for kind in _RANK},
                },
            )
        )
    return found


def contents(corpus: Corpus, report: ReportPage, facts: Sequence[Fact]) -> list[tuple[str, str, str, int]]:
    """The practices of a report in the order of the text: names in both languages, where it first stands, how often."""
    first: dict[str, Fact] = {}
    count: dict[str, int] = {}
    for fact in facts:
        if fact.kind == "measure":
            first.setdefault(fact.target, fact)
            count[fact.target] = count.get(fact.target, 0) + 1
    return [
        (corpus.practice(id_), corpus.practice(id_, "en"), href(report, fact.start, fact.end), count[id_])
        for id_, fact in first.items()
    ]


def _head(report: ReportPage) -> dict[str, str]:
    names = ("iri", "key", "title", "file", "year", "issued", "identifier")
    return {name: getattr(report, name) for name in names}


def _region(corpus: Corpus, report: ReportPage) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at: str | None = report.region
    while at and at in corpus.regions and len(found) < 8:
        row = corpus.regions[at]
        found.insert(0, (row.name, f"r/{row.code}.html"))
        at = row.wider
    return found


def markup(corpus: Corpus, report: ReportPage, facts: Sequence[Fact], begin: int, end: int) -> Markup:
    """A part of the text as HTML: paragraphs, sentences with an anchor, and each fact marked where it stands."""
    text = report.text
    starts: dict[int, list[tuple[int, int]]] = {}
    for fact in facts:
        spans = starts.setdefault(fact.start, [])
        if (fact.start, fact.end) not in spans:
            spans.append((fact.start, fact.end))
    cuts = {begin, end, *starts, *(min(fact.end, end) for fact in facts)}
    cuts.update(e for e in report.ends if begin < e < end)
    order = sorted(cuts)
    sentence_starts = {begin, *(e for e in report.ends if begin <= e < end)}
    out: list[str] = ["<p>"]
    active: list[int] = []
    met: set[int] = set()
    upcoming = sorted(range(len(facts)), key=lambda i: facts[i].start)
    at = 0
    inside = False
    for low, high in pairwise(order):
        if low in sentence_starts:
            if inside:
                out.append("</span>")
            out.append(f'<span class="s" id="s{low}">')
            inside = True
        out += [f'<i id="char={a},{b}"></i>' for a, b in starts.get(low, ())]
        active = [i for i in active if facts[i].end > low]
        while at < len(upcoming) and facts[upcoming[at]].start <= low:
            if facts[upcoming[at]].end > low:
                active.append(upcoming[at])
            at += 1
        out.append(_segment(corpus, text[low:high], facts, active, met))
    out.append("</span></p>" if inside else "</p>")
    return Markup("".join(out))


def _segment(corpus: Corpus, text: str, facts: Sequence[Fact], active: Sequence[int], met: set[int]) -> str:
    pieces = text.split("\n")
    if not active:
        return '</span></p><p><span class="s">'.join(str(escape(piece)) for piece in pieces)
    inner = min(active, key=lambda i: (facts[i].end - facts[i].start, _RANK[facts[i].kind], i))
    fact = facts[inner]
    marks = " ".join(str(i) for i in sorted(active, key=lambda i: facts[i].end - facts[i].start))
    measure = next((facts[i] for i in active if facts[i].kind == "measure"), None)
    classes = f"f {fact.kind}" + (f" {measure.status}" if measure else "")
    to = link(corpus, fact)
    target = f"../{to}" if to else f"#f{inner}"
    tab = ' tabindex="-1"' if inner in met else ""
    met.add(inner)
    done = [
        f'<a class="{classes}" href="{escape(target)}" data-f="{marks}"{tab}>{escape(piece)}</a>' if piece else ""
        for piece in pieces
    ]
    return '</span></p><p><span class="s">'.join(done)


def chunk(corpus: Corpus, report: ReportPage, facts: Sequence[Fact]) -> dict[str, Any]:
    """The facts of a report for the comparisons that run in the page."""
    sentences: dict[int, int] = {}
    texts: list[list[object]] = []
    for low, high in zip([0, *report.ends], report.ends, strict=False):
        line = " ".join(report.text[low:high].split())
        sentences[low] = len(texts)
        texts.append([low, line])

    def place(fact: Fact) -> list[Any]:
        return [sentences[report.bounds(fact.start, fact.end)[0]], fact.start, fact.end]

    out: dict[str, list[Any]] = {"m": [], "n": [], "l": [], "b": []}
    for fact in facts:
        if fact.kind == "measure":
            status = STATUSES.index(fact.status) if fact.status in STATUSES else 0
            out["m"].append([*place(fact), fact.target, status, *([fact.said] if fact.said else [])])
        elif fact.kind == "metric":
            said = fact.said
            out["n"].append([*place(fact), fact.target, fact.label, figure(fact), said["value"], said["unit"], said["indicator"]])
        elif fact.kind == "citation":
            out["l"].append([*place(fact), corpus.law(fact.target).key, fact.label, fact.said["role"]])
        elif fact.kind == "body":
            out["b"].append([*place(fact), corpus.body(fact.target).key, fact.label])
    begins = parts(report)
    return {"s": texts, **out, "parts": begins[1:], "t": report.title}
