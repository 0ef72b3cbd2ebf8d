"""The commands that compare: matrix, gaps, diff, profile, trend, rates, peers, spread, chart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kgraph.cli_frame import FORMAT, GRAPH, ONTOLOGY, OUTPUT, opened, save, suffix, write, write_all

if TYPE_CHECKING:
    from kgraph.products.product import Product


def _product(command: Callable[..., None]) -> Callable[..., None]:
    """The options of every command that makes a product: how many rows, with sources or footnotes, language, form, file."""
    for option in (
        ONTOLOGY,
        OUTPUT,
        FORMAT,
        click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True),
        click.option("--footnotes", is_flag=True, help="可粘贴的脚注 Footnotes ready to paste: report, section, sentence."),
        click.option("--sources", is_flag=True, help="列出每格的原句 List the sentence behind each cell."),
        click.option(
            "--top", type=click.IntRange(1, 100_000), default=15, show_default=True, help="终端显示的行数 Rows on the terminal."
        ),
        GRAPH,
    ):
        command = option(command)
    return command


def _put(product: Product, options: Mapping[str, Any], first_only: bool = False) -> None:
    """Write a product: on the terminal its tables cut to size, as CSV its main table, as XLSX all with sources."""
    output: Path | None = options["output"]
    form = options["form"] or suffix(output)
    if options["footnotes"]:
        from kgraph.products.words import word

        notes = product.footnotes("markdown" if form == "md" else "text")
        write(lambda _: notes or word("nothing_to_cite", product.corpus.lang) + "\n", "table", output)
    elif options["sources"]:
        write(product.sources().render, options["form"], output)
    elif form == "xlsx":
        write(lambda _: product.xlsx(), form, output)
    elif form in ("csv", "tsv"):
        write(product.table().render, form, output)
    else:
        tables = product.tables(options["top"] if form in (None, "table") and output is None else None)
        write_all((tables[0], *(t for t in tables[1:] if t.rows and not first_only)), form, output)


@click.command()
@_product
@click.option("--practice", help="做法或领域 A practice or domain, by id or label; all by default.")
@click.option("--region", "regions", multiple=True, help="只看这些地区 Only these regions (repeatable).")
@click.option("--year", "years", multiple=True, help="只看这些年度 Only these years (repeatable).")
@click.option("--indicator", "indicators", multiple=True, help="加上指标 With the numbers of an indicator (repeatable).")
@click.option("--long", "long", is_flag=True, help="每格一行 One row for each cell.")
def matrix(
    graph: Path,
    practice: str | None,
    regions: tuple[str, ...],
    years: tuple[str, ...],
    indicators: tuple[str, ...],
    long: bool,
    **options: Any,
) -> None:
    """地区 × 做法 × 年度:已做、打算、不足各几条。 Region × practice × year, with counts and chosen indicators.

    \b
      kgraph matrix graph/ --practice 人民调解 -o matrix.xlsx
      kgraph matrix graph/ --region 埔前镇 --practice petition --sources
    """
    with opened(graph, options["ontology"]) as kg:
        found = kg.matrix(practice, regions=regions, years=years, indicators=indicators, lang=options["lang"])
        if long and not options["sources"] and not options["footnotes"]:
            write(found.long().table().render, options["form"], options["output"])
            return
        _put(found, options | {"top": min(options["top"], 6)}, first_only=True)


@click.command()
@_product
@click.option("--region", required=True, help="本地 The region, by name or code.")
@click.option(
    "--like",
    multiple=True,
    type=click.Choice(["level", "province", "size"]),
    help="同类:同级、同省、篇幅相近 What makes regions comparable (repeatable); level by default.",
)
@click.option("--practice", help="只看这一做法或领域 Only this practice or domain.")
def gaps(graph: Path, region: str, like: tuple[str, ...], practice: str | None, **options: Any) -> None:
    """同类地区报告已做而本地没有提到的做法。 What comparable regions report and this one does not, first seen where and when."""
    with opened(graph, options["ontology"]) as kg:
        _put(kg.gaps(region, like=like or ("level",), practice=practice, lang=options["lang"]), options)


@click.command()
@_product
@click.option("--practice", required=True, help="做法 The practice, by id or label.")
@click.option("--region", "regions", multiple=True, required=True, help="地区,至少两个 A region; give two or more.")
@click.option("--year", "years", multiple=True, help="只看这些年度 Only these years (repeatable).")
def diff(graph: Path, practice: str, regions: tuple[str, ...], years: tuple[str, ...], **options: Any) -> None:
    """同一做法的要素对照:谁、怎么做、对谁、多久、依据、结果,附表述异同。 The same practice of regions, slot by slot."""
    with opened(graph, options["ontology"]) as kg:
        _put(kg.diff(practice, regions, years=years, lang=options["lang"]), options)


@click.command()
@_product
@click.option("--region", help="地区 A region, by name or code.")
@click.option("--practice", help="做法 A practice, by id or label.")
@click.option("--law", help="法律或文件 A law or document, by name or short name.")
@click.option("--body", help="机构 A body, by name.")
def profile(graph: Path, region: str | None, practice: str | None, law: str | None, body: str | None, **options: Any) -> None:
    """一个地区、做法、法律或机构的画像。 All about one region, practice, law or body."""
    with opened(graph, options["ontology"]) as kg:
        _put(kg.profile(region=region, practice=practice, law=law, body=body, lang=options["lang"]), options)


@click.command()
@_product
@click.option("--indicator", required=True, help="指标 The indicator, by id or label.")
@click.option("--region", "regions", multiple=True, help="地区 Only these regions (repeatable); all by default.")
@click.option("--year", "years", multiple=True, help="只看这些年度 Only these years (repeatable).")
def trend(graph: Path, indicator: str, regions: tuple[str, ...], years: tuple[str, ...], **options: Any) -> None:
    """一个指标历年的数字,年度数与累计数分开。 An indicator over the years; annual and cumulative numbers apart."""
    with opened(graph, options["ontology"]) as kg:
        _put(kg.trend(indicator, regions, years=years, lang=options["lang"]), options)


@click.command()
@_product
@click.option("--rate", help="只算这一种 Only this rate: an id of rates.csv, its label, or share.")
@click.option("--region", "regions", multiple=True, help="地区 Only these regions (repeatable).")
@click.option("--year", "years", multiple=True, help="年度 Only these years (repeatable).")
@click.option("--indicator", help="与 --population 连用的指标 The indicator that is set against the population.")
@click.option("--population", type=click.Path(path_type=Path), help="人口表 CSV: region, year, population, villages.")
@click.option("--per", type=click.Choice(["residents", "villages"]), default="residents", show_default=True, help="每万人或每村")
@click.option("--write", is_flag=True, help="存入图谱(kg:DerivedMetric) Store them in the graph, apart from what is stated.")
def rates(
    graph: Path,
    rate: str | None,
    regions: tuple[str, ...],
    years: tuple[str, ...],
    indicator: str | None,
    population: Path | None,
    per: str,
    write: bool,
    **options: Any,
) -> None:
    """由所述数字推算的率(报告并未这样写),附算式;不可比的说明原因。 Rates computed from stated counts, with formula; or why not."""
    with opened(graph, options["ontology"]) as kg:
        found = kg.rates(
            indicator=indicator, population=population, per=per, rate=rate, regions=regions, years=years, lang=options["lang"]
        )
        _put(found, options)
        if write:
            from kgraph.products.derived_store import write as store

            count = store(graph, found.corpus, found.derived)
            click.echo(f"{graph}: {count} kg:DerivedMetric", err=True)


@click.command()
@_product
@click.option("--region", help="本地 The region, by name or code; without it, communities of all regions.")
def peers(graph: Path, region: str | None, **options: Any) -> None:
    """做法相近的地区,少见的做法权重大;不给地区则列出社群。 Regions that do alike, weighted by rarity."""
    with opened(graph, options["ontology"]) as kg:
        _put(kg.peers(region, lang=options["lang"]) if region else kg.groups(lang=options["lang"]), options)


@click.command()
@_product
@click.option("--practice", help="只看这一做法或领域 Only this practice or domain.")
@click.option(
    "--what",
    type=click.Choice(["first", "together", "laws"]),
    default="first",
    show_default=True,
    help="先后、一起出现、引用的文件 Order of appearance, practices that go together, laws cited.",
)
def spread(graph: Path, practice: str | None, what: str, **options: Any) -> None:
    """做法在语料中出现的先后;一起出现的做法;各做法引用的法律。 How practices spread in this corpus, and with what."""
    with opened(graph, options["ontology"]) as kg:
        makers: dict[str, Callable[..., Product]] = {"first": kg.spread, "together": kg.together, "laws": kg.laws_by_practice}
        _put(makers[what](practice, lang=options["lang"]), options)


@click.command()
@GRAPH
@click.argument("kind", type=click.Choice(["bars", "trend", "heat", "multiples", "bipartite", "tiles"]))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="SVG、PNG 或 HTML 文件 The file to write.")
@click.option("--indicator", help="指标(bars、trend 必需) The indicator; bars and trend need one.")
@click.option("--practice", help="做法或领域 A practice or domain, by id or label.")
@click.option("--region", "regions", multiple=True, help="地区 Only these regions (repeatable).")
@click.option("--year", "years", multiple=True, help="年度 Only these years (repeatable).")
@click.option("--font", type=click.Path(path_type=Path), help="含汉字的字体文件 A font file that has Chinese.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@ONTOLOGY
def chart(
    graph: Path,
    kind: str,
    output: Path,
    indicator: str | None,
    practice: str | None,
    regions: tuple[str, ...],
    years: tuple[str, ...],
    font: Path | None,
    lang: str,
    ontology: Path | None,
) -> None:
    """画图:排名条、趋势线、矩阵热图、小多图、二部图、各省方块;每个数都连到原句。 A chart whose marks lead to their sentences.

    \b
      kgraph chart graph/ bars --indicator mediated-cases -o cases.svg
      kgraph chart graph/ heat --practice disputes -o matrix.html
    """
    form = suffix(output) or ""
    with opened(graph, ontology) as kg:
        picture = kg.chart(
            kind,
            indicator=indicator,
            practice=practice,
            regions=regions or None,
            years=years or None,
            font=font,
            png=form == "png",
            lang=lang,
        )
        save(output, picture.render(form))
    click.echo(f"{output}")


COMMANDS: tuple[click.Command, ...] = (matrix, gaps, diff, profile, trend, rates, peers, spread, chart)
