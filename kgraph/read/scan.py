"""Scans: pictures of pages to pieces of text with their boxes, by RapidOCR, whose models lie inside its package."""

from __future__ import annotations

import logging
from functools import cache
from statistics import fmean
from typing import Any

from kgraph.errors import UnreadableReport
from kgraph.read.content import BEAT
from kgraph.read.page_layout import PageOf, Piece

MAX_PAGES = 60
DPI = 200
MAX_PIXELS = 16_000_000
LEAST = 0.5
"""Lines recognised with less confidence than this are stamps and specks."""


@cache
def _engine() -> Any:
    try:
        from rapidocr import RapidOCR
    except ImportError:
        raise UnreadableReport(
            "a scan: its pages are pictures; install the extra [ocr] to recognise them: pip install 'kgraph[ocr]'"
        ) from None
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(params={"Global.log_level": "error", "Det.limit_side_len": 1600, "Det.limit_type": "max"})


def recognise(document: Any) -> tuple[list[PageOf], float]:
    """The pieces of text on the pages of a PDF, in its units, and the mean confidence weighted by their length."""
    engine = _engine()
    if len(document) > MAX_PAGES:
        raise UnreadableReport(f"a scan of {len(document)} pages; at most {MAX_PAGES} are recognised")
    pages: list[PageOf] = []
    scores: list[float] = []
    for number, page in enumerate(document, 1):
        width, height = page.get_width(), page.get_height()
        scale = min(DPI / 72, (MAX_PIXELS / max(1.0, width * height)) ** 0.5)
        picture = page.render(scale=scale, may_draw_forms=False).to_numpy()
        page.close()
        result = engine(picture)
        pieces = []
        for box, text, score in zip(*_found(result), strict=True):
            if score < LEAST or not text.strip():
                continue
            xs, ys = [float(x) / scale for x, _ in box], [height - float(y) / scale for _, y in box]
            pieces.append(Piece(text, min(xs), min(ys), max(xs), max(ys)))
            scores += [float(score)] * len(text)
        pages.append(PageOf(number, width, height, tuple(pieces)))
        BEAT.get()()
    if not scores:
        raise UnreadableReport("a scan on which no text was recognised")
    return pages, round(fmean(scores), 4)


def _found(result: Any) -> tuple[Any, Any, Any]:
    if result is None or result.boxes is None or result.txts is None:
        return (), (), ()
    return result.boxes, result.txts, result.scores
