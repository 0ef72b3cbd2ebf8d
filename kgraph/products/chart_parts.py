"""What charts are made of: a canvas whose marks remember the evidence behind them, and a font that has Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from kgraph.compare_facts import Evidence
from kgraph.errors import InputError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, PALE, BLUE, ORANGE, GREY = "#1f2933", "#e4e9ee", "#2166ac", "#d95f02", "#8a96a3"
SERIES = ("#2166ac", "#d95f02", "#1b9e77", "#7570b3", "#e7298a", "#66a61e", "#a6761d", "#4d4d4d")
FONTS = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "Hiragino Sans GB",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Sans CJK JP", "Noto Sans CJK TC", "SimHei", "Heiti SC", "STHeiti",
    "Droid Sans Fallback", "Arial Unicode MS", "Noto Serif CJK SC", "Noto Serif CJK JP", "SimSun", "Songti SC",
)  # fmt: skip
"""Fonts with Chinese that systems commonly have, the best first."""


@dataclass(slots=True)
class Canvas:
    """A figure under construction, with the marks that lead somewhere: ``#m1`` is the first."""

    figure: Figure
    marks: list[tuple[str, tuple[Evidence, ...]]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def link(self, artist: Any, said: str, evidence: Iterable[Evidence]) -> None:
        """Make a mark lead to its evidence; ``said`` is what it shows in words."""
        spots = tuple(sorted(set(evidence)))
        if spots:
            self.marks.append((said, spots))
            artist.set_url(f"#m{len(self.marks)}")


def canvas(width: float, height: float) -> Canvas:
    """An empty figure, in inches. Raises ``InputError`` where the extra for charts is not installed."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise InputError("charts need matplotlib: pip install 'kgraph[charts]'") from None
    return Canvas(Figure(figsize=(width, height), layout="constrained", facecolor="white"))


@contextmanager
def style(font: Path | None = None) -> Iterator[str | None]:
    """The settings under which charts are made and written; the name of the font found, None where none has Chinese."""
    try:
        import matplotlib
        from matplotlib import font_manager
    except ImportError:
        raise InputError("charts need matplotlib: pip install 'kgraph[charts]'") from None
    if font is not None:
        try:
            font_manager.fontManager.addfont(str(font))
            found: str | None = font_manager.FontProperties(fname=str(font)).get_name()
        except (OSError, RuntimeError) as error:
            raise InputError(f"{font}: no font that can be read: {error}") from None
    else:
        there = {entry.name for entry in font_manager.fontManager.ttflist}
        found = next((name for name in FONTS if name in there), None)
    names = [*([found] if found else []), *(name for name in FONTS if name != found)] if found is None else [found]
    settings: dict[Any, Any] = {
        "font.family": [*names, "DejaVu Sans"],
        "font.size": 10,
        "text.color": INK,
        "axes.edgecolor": GREY,
        "axes.labelcolor": INK,
        "xtick.color": INK,
        "ytick.color": INK,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.unicode_minus": False,
        "text.parse_math": False,
        "svg.fonttype": "none",
        "svg.hashsalt": "kgraph",
    }
    import logging

    log = logging.getLogger("matplotlib.font_manager")
    before = log.level
    log.setLevel(logging.ERROR)  # each name that is not installed would be a warning
    try:
        with matplotlib.rc_context(settings):
            yield found
    finally:
        log.setLevel(before)


def finish(c: Canvas, title: str = "") -> None:
    """The title above and what must be said below, so that both stay with the picture wherever it goes."""
    if title:
        c.figure.suptitle(title, x=0.01, ha="left", fontsize=12)
    if c.notes:
        c.figure.supxlabel("\n".join(c.notes), x=0.01, ha="left", fontsize=8, color=GREY, linespacing=1.5)


def clean(axes: Axes, grid: Literal["x", "y"]) -> None:
    """No ticks, and grid lines across one axis only."""
    axes.tick_params(length=0)
    axes.grid(axis=grid, color=PALE, linewidth=0.8)
    axes.set_axisbelow(True)


def short(text: str, most: int = 14) -> str:
    """A label that fits; whole names are in the sources.

    >>> short("金平苗族瑶族傣族自治县", 6)
    '金平苗族瑶…'
    """
    return text if len(text) <= most else text[: most - 1] + "…"
