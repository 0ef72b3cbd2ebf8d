"""Charts as SVG, PNG or a page: made from the same products as the tables, each mark leading to its sentences.

matplotlib draws, without a display and without network. In SVG and pages texts stay texts, in the reader's own fonts.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Literal

from kgraph.compare_facts import Evidence
from kgraph.errors import InputError
from kgraph.products import chart_figures as draw
from kgraph.products.chart_parts import Canvas, style
from kgraph.products.corpus import Corpus
from kgraph.products.grid import Grid, mark
from kgraph.products.matrix import matrix
from kgraph.products.peers import spread
from kgraph.products.product import Product, cite, link
from kgraph.products.trend import trend
from kgraph.products.words import word

Kind = Literal["bars", "trend", "heat", "multiples", "bipartite", "tiles"]
KINDS: tuple[Kind, ...] = ("bars", "trend", "heat", "multiples", "bipartite", "tiles")
FORMATS = ("svg", "png", "html")
_ANCHOR = re.compile(r'<a xlink:href="#m(\d+)"[^>]*>')


@dataclass(frozen=True, slots=True)
class Picture(Product):
    """A chart: ``svg`` and ``png`` are its renderings, ``marks`` what stands in it with the evidence behind."""

    kind: str
    title: str
    svg: str
    png: bytes | None
    marks: tuple[tuple[str, tuple[Evidence, ...]], ...]
    notes: tuple[str, ...]

    def grids(self, limit: int | None = None) -> tuple[Grid, ...]:
        """The marks of the chart as a table."""
        rows = tuple((mark(said, spots), len(spots)) for said, spots in dict(self.marks[:limit]).items())
        header = (word("shown", self.corpus.lang), word("count", self.corpus.lang))
        return (Grid(self.title, header, rows, self.notes, 0, ("shown", "count")),)

    def html(self) -> str:
        """A page that opens from disk: the chart, and below it each mark with its sentences; marks lead there."""
        lang = self.corpus.lang
        items = []
        for i, (said, spots) in enumerate(self.marks, 1):
            notes = "".join(f"<li>{escape(cite(self.corpus, e))}</li>" for e in spots[:SPOTS])
            more = f"<li>{escape(word('more', lang).format(n=len(spots)))}</li>" if len(spots) > SPOTS else ""
            items.append(f'<li id="m{i}"><b>{escape(said)}</b><ul>{notes}{more}</ul></li>')
        notes = "".join(f"<p>{escape(note)}</p>" for note in self.notes)
        svg = self.svg[self.svg.index("<svg") :]
        return _PAGE.format(
            lang="zh-CN" if lang == "zh" else "en",
            title=escape(self.title),
            svg=svg,
            notes=notes,
            sources=escape(word("sources", lang)),
            items="".join(items),
        )

    def render(self, form: str) -> bytes:
        """The chart in one of ``FORMATS``. Raises ``InputError`` for another."""
        if form not in FORMATS:
            raise InputError(f"no picture format {form!r}; there are: {', '.join(FORMATS)}")
        if form != "png":
            return (self.svg_linked() if form == "svg" else self.html()).encode("utf-8")
        if self.png is None:
            raise InputError("no font with Chinese was found for a PNG: install one (Noto Sans CJK), name its file, or write SVG")
        return self.png

    def svg_linked(self) -> str:
        """The SVG by itself: its links are the IRIs of the first span behind each mark."""
        return _ANCHOR.sub(lambda m: f'<a xlink:href="{escape(link(self.marks[int(m[1]) - 1][1][0]), quote=True)}">', self.svg)

    def write(self, path: Path | str) -> None:
        """Write to a file; its ending tells the format."""
        path = Path(path)
        data = self.render(path.suffix.lower().lstrip("."))
        try:
            path.write_bytes(data)
        except OSError as error:
            raise InputError(f"{path}: cannot be written: {error.strerror or error}") from None


SPOTS = 20
_PAGE = """<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>
body{{font:16px/1.6 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;color:#1f2933;max-width:60rem;margin:0 auto;padding:1rem}}
figure{{margin:0;overflow-x:auto}} svg{{max-width:100%;height:auto;min-width:22rem}} svg a{{cursor:pointer}}
section{{font-size:.9rem}} li:target{{background:#fff3d6}} p{{margin:.2rem 0;color:#52606d}} ol>li{{margin:.4rem 0}}
</style></head><body><h1>{title}</h1><figure role="img" aria-label="{title}">{svg}</figure>{notes}
<section><h2>{sources}</h2><ol>{items}</ol></section></body></html>
"""


def chart(
    corpus: Corpus,
    kind: str,
    *,
    indicator: str | None = None,
    practice: str | None = None,
    regions: Sequence[str] | None = None,
    years: Sequence[str | int] | None = None,
    font: Path | None = None,
    png: bool = True,
) -> Picture:
    """A chart of a kind: ``bars`` and ``trend`` of an indicator, ``heat`` of the matrix, ``multiples`` of practices by year,
    ``bipartite`` of regions and practices, ``tiles`` of provinces. Without ``png`` it is made for SVG and pages only.

    Raises ``InputError`` for another kind, for a missing indicator, where there is nothing to draw, and where matplotlib is
    not installed.
    """
    if kind not in KINDS:
        raise InputError(f"no chart {kind!r}; there are: {', '.join(KINDS)}")
    if kind in ("bars", "trend") and not indicator:
        raise InputError(f"the chart {kind} needs an indicator")
    only = str(years[0]) if years and len(years) == 1 else None
    makers: dict[str, Callable[[], Canvas]] = {
        "bars": lambda: draw.bars(trend(corpus, indicator or "", regions, years), only),
        "trend": lambda: draw.lines(trend(corpus, indicator or "", regions, years)),
        "heat": lambda: draw.heat(matrix(corpus, practice, regions=regions, years=years)),
        "multiples": lambda: draw.multiples(spread(corpus, practice)),
        "bipartite": lambda: _bipartite(corpus, practice, regions),
        "tiles": lambda: draw.tiles(corpus, corpus.one_practice(practice) if practice else None),
    }
    with style(font) as found:
        made = makers[kind]()
        svg = _svg(made)
        image = _png(made) if found and png else None
    if indicator and kind in ("bars", "trend"):
        title = corpus.indicator(trend(corpus, indicator).indicator)
    else:
        title = word(f"chart_{kind}_title", corpus.lang)
        title += f"{word('colon', corpus.lang)}{corpus.practice(corpus.one_practice(practice))}" if practice else ""
    return Picture(corpus, kind, title, svg, image, tuple(made.marks), tuple(made.notes))


def _bipartite(corpus: Corpus, practice: str | None, regions: Sequence[str] | None) -> Canvas:
    chosen, _, practices = corpus.choose(regions, None, practice)
    return draw.bipartite(corpus, chosen, practices)


def _svg(made: Canvas) -> str:
    out = io.StringIO()
    made.figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})

    def titled(m: re.Match[str]) -> str:
        said = escape(made.marks[int(m[1]) - 1][0])
        return f'<a xlink:href="#m{m[1]}"><title>{said}</title>'  # without target: some versions open another window

    return _ANCHOR.sub(titled, out.getvalue())


def _png(made: Canvas) -> bytes:
    out = io.BytesIO()
    made.figure.savefig(out, format="png", dpi=160, metadata={"Software": None})
    return out.getvalue()
