"""The six kinds of charts, each drawn from a product: what it shows is what the product's table says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kgraph.compare_facts import Evidence
from kgraph.compare_units import figure_text
from kgraph.errors import InputError
from kgraph.products.chart_parts import BLUE, GREY, INK, ORANGE, PALE, SERIES, Canvas, canvas, clean, finish, short
from kgraph.products.corpus import Corpus
from kgraph.products.figures import Kind as NumberKind
from kgraph.products.matrix import Matrix
from kgraph.products.peers import Spread, rarity
from kgraph.products.trend import Trend
from kgraph.products.words import word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BARS, ROWS, COLUMNS, LINES, PANELS, LEFT, RIGHT = 40, 45, 24, 8, 12, 24, 36
"""How much a picture holds and can still be read; what is left out is said below it."""


def bars(trend: Trend, year: str | None = None) -> Canvas:
    """The latest number of each region (or that of a year), ranked; a number with a comparator is hatched and says it."""
    corpus, lang = trend.corpus, trend.corpus.lang
    kind = _main(trend)
    shown = []
    for series in trend.series:
        years = [y for y in series.points if year in (None, y) and series.value(y) is not None]
        if series.kind == kind and years:
            row = series.value(years[-1])
            assert row is not None
            shown.append((row, series, years[-1]))
    if not shown:
        raise InputError(
            f"no region states one number of {corpus.indicator(trend.indicator)} to rank" + (f" in {year}" if year else "")
        )
    shown.sort(key=lambda item: (-item[0].value, corpus.regions[item[1].region].code))
    out = shown[:BARS]
    c = canvas(8, 1.3 + 0.3 * len(out))
    axes = c.figure.add_subplot()
    names = []
    for i, (row, series, y) in enumerate(out):
        exact = row.comparator == "exactly"
        (bar,) = axes.barh(
            i, float(row.value), color=BLUE if exact else "white", edgecolor=BLUE, hatch=None if exact else "////", height=0.66
        )
        name = corpus.name(series.region) + (f" {y}" if year is None and len(trend.years) > 1 else "")
        names.append(short(name, 18))
        said = axes.text(float(row.value), i, f" {figure_text(row)}", va="center", fontsize=9)
        for artist in (bar, said):
            c.link(artist, f"{name} {figure_text(row)}", [row.evidence])
    axes.set_yticks(range(len(out)), names)
    axes.set_ylim(len(out) - 0.4, -0.6)
    axes.margins(x=0.14)
    axes.spines["left"].set_visible(False)
    clean(axes, "x")
    axes.set_title(
        f"{corpus.indicator(trend.indicator)} ({word(kind.basis, lang)}{word('comma', lang)}{shown[0][1].unit or '—'})",
        loc="left",
    )
    if any(row.comparator != "exactly" for row, _, _ in out):
        c.notes.append(word("chart_hatched", lang))
    _say_rest(c, corpus, len(out), len(shown))
    c.notes += _other_kinds(trend)
    finish(c)
    return c


def lines(trend: Trend) -> Canvas:
    """The numbers over the years, a line for each region; an open mark with its sign is a number with a comparator."""
    corpus, lang = trend.corpus, trend.corpus.lang
    kind = _main(trend)
    series = [s for s in trend.series if s.kind == kind and any(s.value(y) is not None for y in s.points)]
    if not series:
        raise InputError(f"no region states one number a year of {corpus.indicator(trend.indicator)}")
    longest = sorted(series, key=lambda s: (-len(s.points), corpus.regions[s.region].code))
    shown = longest[:LINES]
    c = canvas(8, 4.6)
    axes = c.figure.add_subplot()
    ends: list[tuple[float, float, str, str]] = []
    for i, s in enumerate(shown):
        colour = SERIES[i % len(SERIES)]
        points = [(int(y), row) for y in s.points if (row := s.value(y)) is not None]
        axes.plot([x for x, _ in points], [float(row.value) for _, row in points], color=colour, linewidth=1.6, zorder=2)
        for x, row in points:
            exact = row.comparator == "exactly"
            dots = axes.scatter([x], [float(row.value)], s=38, facecolor=colour if exact else "white", edgecolor=colour, zorder=3)
            c.marks.append((f"{corpus.name(s.region)} {x} {figure_text(row)}", (row.evidence,)))
            dots.set_urls([f"#m{len(c.marks)}"])
            if not exact:
                axes.annotate(
                    figure_text(row), (x, float(row.value)), (0, 7), textcoords="offset points", fontsize=8, ha="center"
                )
            ends.append((points[-1][0], float(points[-1][1].value), short(corpus.name(s.region), 10), colour))
    first, last = int(trend.years[0]), int(trend.years[-1])
    axes.set_xticks(range(first, last + 1))
    axes.set_xlim(first - 0.4, last + max(0.9, (last - first) * 0.2))
    axes.margins(y=0.12)
    _labels(axes, ends)
    clean(axes, "y")
    axes.set_title(
        f"{corpus.indicator(trend.indicator)} ({word(kind.basis, lang)}{word('comma', lang)}{shown[0].unit or '—'})", loc="left"
    )
    if any(row.comparator != "exactly" for s in shown for rows in s.points.values() for row in rows):
        c.notes.append(word("chart_open", lang))
    _say_rest(c, corpus, len(shown), len(series))
    c.notes += _other_kinds(trend)
    finish(c)
    return c


def _labels(axes: Axes, ends: Sequence[tuple[float, float, str, str]]) -> None:
    """A name beside the last point of each line, pushed apart where two of a year would lie on one another."""
    low, high = axes.get_ylim()
    gap = (high - low) * 0.055
    below: dict[float, float] = {}
    for x, y, name, colour in sorted(ends, key=lambda end: (end[0], end[1], end[2])):
        at = max(y, below.get(x, low - gap) + gap)
        below[x] = at
        axes.annotate(name, (x, at), (9, 0), textcoords="offset points", va="center", color=colour, fontsize=9)


def heat(matrix: Matrix) -> Canvas:
    """The matrix: the darker, the more measures are done; + is planned, − a shortcoming, an empty cell is not mentioned."""
    corpus, lang = matrix.corpus, matrix.corpus.lang
    filled: dict[tuple[str, str | None], int] = defaultdict(int)
    for region, year, _ in matrix.cells:
        filled[region, year] += 1
    best = set(sorted(matrix.columns, key=lambda k: (-filled[k], matrix.columns.index(k)))[:COLUMNS])
    columns = [k for k in matrix.columns if k in best]
    practices = [p for p in matrix.practices if any((*k, p) in matrix.cells for k in columns)][:ROWS]
    if not practices:
        raise InputError("no report mentions any of these practices")
    c = canvas(2.8 + 0.34 * len(columns), 1.9 + 0.23 * len(practices))
    axes = c.figure.add_subplot()
    most = max(cell.count("done") for cell in matrix.cells.values()) or 1
    from matplotlib.colors import LinearSegmentedColormap
    from matplotlib.patches import Rectangle

    shades = LinearSegmentedColormap.from_list("kgraph", ["#d6e4f0", "#2166ac", "#08306b"])
    for i, practice in enumerate(practices):
        for j, column in enumerate(columns):
            cell = matrix.cells.get((*column, practice))
            if cell is None:
                continue
            done, planned, problem = (cell.count(s) for s in ("done", "planned", "problem"))
            scale = min(done / min(most, 8), 1)
            box = Rectangle(
                (j - 0.47, i - 0.45), 0.94, 0.9, facecolor=shades(scale) if done else "#f6ead9", edgecolor="white", linewidth=0
            )
            axes.add_patch(box)
            text = f"{done or ''}{'+' if planned else ''}{'−' if problem else ''}"
            mark = axes.text(j, i, text, ha="center", va="center", fontsize=7, color="white" if scale > 0.45 else INK)
            name = f"{corpus.name(column[0])} {column[1] or ''} · {corpus.practice(practice)} {text}"
            spots = [m.evidence for m in cell.measures]
            c.link(box, name, spots)
            mark.set_url(f"#m{len(c.marks)}")
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.set_ylim(len(practices) - 0.5, -0.5)
    axes.set_xticks(
        range(len(columns)), [f"{short(corpus.name(r), 9)} {y or ''}".strip() for r, y in columns], rotation=60, ha="left"
    )
    axes.set_yticks(range(len(practices)), [short(corpus.practice(p), 22) for p in practices])
    axes.xaxis.tick_top()
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0, labelsize=8)
    before = ""
    for i, practice in enumerate(practices):  # a line between domains
        if before and corpus.domain(practice) != before:
            axes.axhline(i - 0.5, color=GREY, linewidth=0.6)
        before = corpus.domain(practice)
    c.notes += [word("chart_heat", lang), word("empty", lang)]
    _say_rest(c, corpus, len(columns), len(matrix.columns))
    finish(c, word("chart_heat_title", lang))
    return c


def multiples(spread: Spread) -> Canvas:
    """Small multiples: for each practice how many regions have reported it up to each year, on one scale."""
    corpus, lang = spread.corpus, spread.corpus.lang
    if not spread.appearances or not spread.years:
        raise InputError("no dated report states any of these practices as done")
    widest = sorted(spread.appearances, key=lambda a: (-sum(map(len, a.regions.values())), corpus.order.get(a.practice, 0)))
    shown = widest[:PANELS]
    across = min(4, len(shown))
    down = -(-len(shown) // across)
    c = canvas(2.4 * across + 0.4, 1.7 * down + 0.5)
    grid = c.figure.subplots(down, across, sharex=True, sharey=True, squeeze=False)
    years = list(range(int(spread.years[0]), int(spread.years[-1]) + 1))
    for i, axes in enumerate(grid.flat):
        if i >= len(shown):
            axes.set_visible(False)
            continue
        a, counts, so_far = shown[i], [], 0
        spots: list[Evidence] = []
        for year in years:
            new = a.regions.get(str(year), ())
            so_far += len(new)
            counts.append(so_far)
            spots += [m.evidence for m in new]
        axes.fill_between(years, counts, step="mid", color="#d6e4f0")
        axes.step(years, counts, where="mid", color=BLUE, linewidth=1.5)
        title = axes.set_title(short(corpus.practice(a.practice), 13), fontsize=9, loc="left")
        c.link(title, f"{corpus.practice(a.practice)} {so_far}", spots)
        end = axes.text(years[-1], so_far, f"{so_far}", ha="right", va="bottom", fontsize=8, color=BLUE)
        end.set_url(f"#m{len(c.marks)}")
        axes.set_xticks([years[0], years[-1]])
        axes.set_ylim(0)
        axes.margins(y=0.25)
        axes.tick_params(length=0, labelsize=8, labelbottom=i >= len(shown) - across)
        clean(axes, "y")
    c.notes += [word("spread_how", lang), word("corpus_only", lang)]
    _say_rest(c, corpus, len(shown), len(widest))
    finish(c, word("chart_multiples_title", lang))
    return c


def bipartite(corpus: Corpus, regions: Sequence[str], practices: Sequence[str]) -> Canvas:
    """Regions at the left, practices at the right, a line where a region reports it as done; few do it: the darker."""
    inside = set(practices)
    left = sorted(
        (r for r in regions if inside & set(corpus.done.get(r, ()))), key=lambda r: (-len(corpus.done[r]), corpus.regions[r].code)
    )
    shown_left = sorted(left[:LEFT], key=lambda r: corpus.regions[r].code)
    counts = {p: sum(1 for r in shown_left if p in corpus.done[r]) for p in practices}
    right = [p for p in practices if counts[p]]
    keep = set(sorted(right, key=lambda p: (-counts[p], corpus.order.get(p, 0)))[:RIGHT])
    shown_right = [p for p in right if p in keep]
    if not shown_left or not shown_right:
        raise InputError("no report of these regions states any of these practices as done")
    rare = rarity(corpus)
    least, most = min(rare[p] for p in shown_right), max(rare[p] for p in shown_right)
    c = canvas(8.4, 1 + 0.24 * max(len(shown_left), len(shown_right)))
    axes = c.figure.add_subplot()

    def place(i: int, n: int) -> float:
        return (i + 0.5) / n

    for i, region in enumerate(shown_left):
        y = place(i, len(shown_left))
        axes.text(-0.02, y, short(corpus.name(region), 14), ha="right", va="center", fontsize=9)
        for j, practice in enumerate(shown_right):
            if practice in corpus.done[region]:
                weight = (rare[practice] - least) / ((most - least) or 1)
                colour = ORANGE if weight > 0.6 else BLUE
                (edge,) = axes.plot(
                    [0, 1], [y, place(j, len(shown_right))], color=colour, alpha=0.22 + 0.6 * weight, linewidth=0.8 + weight
                )
                c.link(
                    edge,
                    f"{corpus.name(region)} · {corpus.practice(practice)}",
                    [m.evidence for m in corpus.done[region][practice]],
                )
        axes.scatter([0], [y], s=16, color=INK, zorder=3)
    for j, practice in enumerate(shown_right):
        y = place(j, len(shown_right))
        axes.scatter([1], [y], s=16, color=INK, zorder=3)
        axes.text(1.02, y, f"{short(corpus.practice(practice), 18)} {counts[practice]}", va="center", fontsize=9)
    axes.set_xlim(-0.42, 1.55)
    axes.set_ylim(1, 0)
    axes.axis("off")
    c.notes += [word("chart_bipartite", corpus.lang), word("not_mentioned", corpus.lang)]
    _say_rest(c, corpus, len(shown_left), len(left))
    finish(c, word("chart_bipartite_title", corpus.lang))
    return c


def tiles(corpus: Corpus, practice: str | None) -> Canvas:
    """A tile for each province: of the reporting regions in it how many report a practice as done (None: how many report)."""
    from matplotlib.patches import Rectangle

    members: dict[str, list[str]] = defaultdict(list)
    for region in corpus.reporting:
        members[corpus.regions[corpus.province(region)].code].append(region)
    wanted = {practice, *(p for p in corpus.order if corpus.domain(p) == practice)} if practice else set()
    c = canvas(7.6, 6.6)
    axes = c.figure.add_subplot()
    most = max(map(len, members.values()), default=1)
    for row in corpus.knowledge.rows("tiles.csv"):
        x, y, here = int(row["column"]), int(row["row"]), members.get(row["code"], [])
        doing = [r for r in here if wanted & set(corpus.done.get(r, ()))] if practice else here
        share = (len(doing) / len(here) if practice else len(here) / most) if here else 0.0
        face = PALE if not here else (1 - share * 0.87, 1 - share * 0.6, 1 - share * 0.32)
        box = Rectangle((x + 0.04, y + 0.04), 0.92, 0.92, facecolor=face, edgecolor=GREY if here else PALE, linewidth=0.8)
        axes.add_patch(box)
        ink = "white" if share > 0.6 else (INK if here else GREY)
        axes.text(
            x + 0.5,
            y + 0.4,
            row["en" if corpus.lang == "en" else "zh"],
            ha="center",
            va="center",
            fontsize=10 if corpus.lang != "en" else 7,
            color=ink,
        )
        if here:
            text = f"{len(doing)}/{len(here)}" if practice else str(len(here))
            mark = axes.text(x + 0.5, y + 0.74, text, ha="center", va="center", fontsize=9, color=ink)
            if practice:
                spots = [corpus.done[r][p][0].evidence for r in doing for p in sorted(wanted) if p in corpus.done[r]]
            else:
                spots = [m.evidence for r in here for m in corpus.measures_of.get(r, ())[:1]]
            c.link(box, f"{row['zh']} {text}", spots)
            if spots:
                mark.set_url(f"#m{len(c.marks)}")
    placed = {row["code"] for row in corpus.knowledge.rows("tiles.csv")}
    elsewhere = sum(len(regions) for code, regions in members.items() if code not in placed)
    if elsewhere:
        c.notes.append(word("chart_elsewhere", corpus.lang).format(n=elsewhere))
    axes.set_xlim(0.8, 9.2)
    axes.set_ylim(8.1, -0.1)
    axes.set_aspect("equal")
    axes.axis("off")
    axes.set_title(corpus.practice(practice) if practice else word("chart_regions", corpus.lang), loc="left")
    c.notes += [word("chart_tiles" if practice else "chart_tiles_all", corpus.lang), word("chart_no_map", corpus.lang)]
    finish(c)
    return c


def _main(trend: Trend) -> NumberKind:
    """The kind of number that most regions state: the one that is drawn."""
    counts: dict[NumberKind, int] = defaultdict(int)
    for series in trend.series:
        counts[series.kind] += 1
    return max(counts, key=lambda kind: (counts[kind], -list(counts).index(kind)))


def _other_kinds(trend: Trend) -> list[str]:
    """What is not in the picture since it does not compare with what is."""
    kind = _main(trend)
    others = {f"{word(s.kind.basis, trend.corpus.lang)} {s.unit or '—'}" for s in trend.series if s.kind != kind}
    return (
        [word("chart_others", trend.corpus.lang).format(what=word("joint", trend.corpus.lang).join(sorted(others)))]
        if others
        else []
    )


def _say_rest(c: Canvas, corpus: Corpus, shown: int, all_: int) -> None:
    if shown < all_:
        c.notes.append(word("chart_cap", corpus.lang).format(shown=shown, all=all_))
