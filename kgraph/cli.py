"""The command line: a thin layer over the library. Exit codes: 0 fine, 1 the data do not conform, 2 usage or input."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kgraph import __version__
from kgraph.errors import KGraphError

if TYPE_CHECKING:
    from kgraph.graph import KnowledgeGraph
    from kgraph.products.product import Product
    from kgraph.tables import Table

TABLE_FORMATS = ("table", "csv", "tsv", "json", "xlsx")
GRAPH = click.argument("graph", type=click.Path(path_type=Path))
ONTOLOGY = click.option(
    "--ontology",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="用此文件夹中的词表 Vocabularies that replace kgraph's own.",
)
OUTPUT = click.option("-o", "--output", type=click.Path(path_type=Path), help="写入文件 Write to a file instead of the terminal.")
FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(TABLE_FORMATS),
    help="输出格式 Form of the output; by default that of the file's ending.",
)


class _Main(click.Group):
    """Turns the errors of the library into one line and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KGraphError as error:
            click.echo(f"kgraph: {error}", err=True)
            ctx.exit(2)
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(0)


@click.group(cls=_Main, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="kgraph")
def main() -> None:
    """把法治政府建设年度报告变成知识图谱:举措、机构、法律和成效,每条事实都能查到原句。

    Turn reports on rule-of-law government into a knowledge graph: measures, bodies, laws and outcomes, each fact
    traceable to its sentence.

    \b
      kgraph build reports/ -o graph/
      kgraph questions graph/
      kgraph query graph/ --name laws-cited
      kgraph compare graph/ --practice legal-literate-persons --by region
      kgraph draw graph/ -o graph.html
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


@main.command()
@click.argument("reports", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="图谱文件夹 The graph's folder; made if missing."
)
@click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="进程数 Processes; by default one per core.")
@click.option("--base", metavar="IRI", help="实例的基础 IRI Base of the IRIs that are made.")
@ONTOLOGY
@click.option("--corrections", type=click.Path(path_type=Path), metavar="CSV", help="更正表 Corrections to apply; see docs.")
@click.option("-q", "--quiet", is_flag=True, help="只报告跳过的文件 Say only what was skipped.")
def build(
    reports: tuple[Path, ...],
    output: Path,
    jobs: int | None,
    base: str | None,
    ontology: Path | None,
    corrections: Path | None,
    quiet: bool,
) -> None:
    """从报告(文件或文件夹)构建或更新图谱。 Build or renew a graph from files and folders.

    未改动的报告跳过,改动的替换;读不了的文件各报一行,不影响其余。 Unchanged reports are skipped, changed ones replaced; a file
    that cannot be read gets one line and does not stop the rest.
    """
    from kgraph.build import build as run

    with _progress(quiet) as progress:
        result = run(list(reports), output, jobs=jobs, base=base, ontology=ontology, corrections=corrections, progress=progress)
    for _, reason in result.skipped:
        click.echo(f"kgraph: skipped {reason}", err=True)
    for note in result.notes:
        click.echo(f"kgraph: correction not applied: {note}", err=True)
    if not result.total:
        click.echo(f"kgraph: nothing was built: none of {len(result.skipped)} files is a report that can be read", err=True)
        raise SystemExit(2)
    if not quiet:
        c = result.counts
        click.echo(
            f"{output}: {result.built} built, {result.unchanged} unchanged, {len(result.skipped)} skipped"
            + (f"; {c['measures']} measures, {c['metrics']} metrics, {c['citations']} citations" if result.built else "")
        )


@main.command()
@GRAPH
@click.argument("sparql", required=False)
@click.option("--file", "file", type=click.Path(path_type=Path), help="从文件读取查询 Read the query from a file.")
@click.option("--name", help="预设问题的名称 A named question; see kgraph questions.")
@click.option("--set", "bindings", multiple=True, metavar="NAME=VALUE", help="预设问题的参数 A parameter of the question.")
@click.option("--format", "form", help="table|csv|tsv|json|xlsx|ttl|nt,按查询形式 as fits the form of the query.")
@OUTPUT
@click.option("--timeout", type=float, default=60.0, show_default=True, help="秒 Seconds until the query is ended.")
@click.option("--allow-service", is_flag=True, help="允许 SERVICE 访问外部 Let SERVICE reach outside.")
@ONTOLOGY
def query(
    graph: Path,
    sparql: str | None,
    file: Path | None,
    name: str | None,
    bindings: tuple[str, ...],
    form: str | None,
    output: Path | None,
    timeout: float,
    allow_service: bool,
    ontology: Path | None,
) -> None:
    """用 SPARQL 或预设问题查询。 Ask in SPARQL or by a named question.

    \b
      kgraph query graph/ 'SELECT ?r { ?r a kg:Report }'
      kgraph query graph/ --name practice-metrics --set practice=petition --format csv
    """
    if sum(x is not None for x in (sparql, file, name)) != 1:
        raise click.UsageError("give a query, --file or --name, one of the three")
    with _open(graph, ontology) as kg:
        if name is not None:
            result = kg.question(name, **_bindings(bindings))
        else:
            result = kg.query(sparql if sparql is not None else _read(file), timeout=timeout, allow_service=allow_service)
        _write(result.render, form, output, binary=("xlsx",))


@main.command()
@GRAPH
@ONTOLOGY
@FORMAT
@OUTPUT
def questions(graph: Path, ontology: Path | None, form: str | None, output: Path | None) -> None:
    """列出预设问题。 List the named questions, in Chinese and English."""
    from kgraph.knowledge import Knowledge
    from kgraph.query_named import questions_table

    with _open(graph, ontology):
        _write(questions_table(Knowledge(ontology)).render, form, output)


@main.command()
@GRAPH
@click.option("--practice", help="举措或领域的名称或编号 A practice or domain, by id or label; all by default.")
@click.option(
    "--by", type=click.Choice(["region", "year"]), default="region", show_default=True, help="并列什么 What is set side by side."
)
@click.option("--region", "regions", multiple=True, help="只比较这些地区 Only these regions (repeatable).")
@click.option("--year", "years", multiple=True, help="只比较这些年度 Only these years (repeatable).")
@click.option("--sources", is_flag=True, help="列出每格的原句 List the sentence behind each cell.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@FORMAT
@OUTPUT
@ONTOLOGY
def compare(
    graph: Path,
    practice: str | None,
    by: str,
    regions: tuple[str, ...],
    years: tuple[str, ...],
    sources: bool,
    lang: str,
    form: str | None,
    output: Path | None,
    ontology: Path | None,
) -> None:
    """地区或年度并列比较:已做、计划、不足、指标、机构、法律。 Set regions or years side by side."""
    with _open(graph, ontology) as kg:
        found = kg.compare(practice, by=by, regions=regions or None, years=years or None, lang=lang)
        if (form or _suffix(output)) == "xlsx":
            from kgraph.tables import workbook

            _write(lambda _: workbook([found.table(), found.sources()]), "xlsx", output)
            return
        table = found.sources() if sources else found.table(limit=6 if output is None and form in (None, "table") else None)
        _write(table.render, form, output)


@main.command()
@GRAPH
@click.argument("report")
@click.option("--facts-only", is_flag=True, help="略去没有事实的句子 Leave out sentences without facts.")
@click.option(
    "--why",
    "reasons",
    is_flag=True,
    help="每条事实的规则、词条和词,没有事实的句子试过什么 What made each fact, and what was tried.",
)
@ONTOLOGY
@FORMAT
@OUTPUT
def show(
    graph: Path, report: str, facts_only: bool, reasons: bool, ontology: Path | None, form: str | None, output: Path | None
) -> None:
    """一份报告提取了什么:逐句列出事实和规则。 What was extracted from one report, beside its sentences.

    REPORT 是文件名、IRI 或标题中的词。 REPORT is a file name, an IRI, or words of the title.
    """
    from kgraph.knowledge import Knowledge
    from kgraph.show import show as shown
    from kgraph.show import why

    with _open(graph, ontology) as kg:
        if reasons:
            table = why(kg.store, report, Knowledge(ontology), all_sentences=not facts_only)
        else:
            table = shown(kg.store, report, all_sentences=not facts_only)
        _write(table.render, form, output)


@main.command()
@GRAPH
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="HTML 文件 The page to write.")
@click.option("--title", help="页面标题 Title of the page.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.option(
    "--max-nodes", type=click.IntRange(10, 5000), default=1500, show_default=True, help="最多节点数 Draw at most so many nodes."
)
@ONTOLOGY
def draw(graph: Path, output: Path, title: str | None, lang: str, max_nodes: int, ontology: Path | None) -> None:
    """画成可离线打开的交互网页。 Draw an interactive page that works offline."""
    with _open(graph, ontology) as kg:
        html = kg.draw(title=title, lang=lang, max_nodes=max_nodes)
    _save(output, html.encode("utf-8"))
    click.echo(f"{output}: {len(html.encode('utf-8')):,} bytes")


@main.command()
@GRAPH
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="文件夹,没有则新建 The folder; made if missing."
)
@click.option(
    "--zip", "packed", type=click.Path(path_type=Path), metavar="FILE", help="另打包成一个文件 Also pack all into one file."
)
@click.option("--title", help="网站标题 Title of the atlas.")
@click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="进程数 Processes; by default one per core.")
@click.option("-q", "--quiet", is_flag=True, help="不输出 Say nothing.")
@ONTOLOGY
def site(
    graph: Path, output: Path, packed: Path | None, title: str | None, jobs: int | None, quiet: bool, ontology: Path | None
) -> None:
    """写成一套可离线打开的网页:地区、做法、法规、机构、报告、比较、搜索、下载。 Write the atlas: pages that open from disk.

    \b
      kgraph site graph/ -o atlas/
      kgraph site graph/ -o atlas/ --zip atlas.zip --title 某市法治政府建设
    """
    with _open(graph, ontology) as kg, _progress(quiet) as progress:
        made = kg.site(output, title=title, zip=packed, jobs=jobs, progress=progress)
    if not quiet:
        click.echo(f"{output / 'index.html'}: {made.files:,} files, {made.size / 1e6:,.1f} MB")
        if made.zip is not None:
            click.echo(f"{made.zip}: {made.zip.stat().st_size / 1e6:,.1f} MB")


@main.command()
@GRAPH
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.option("--top", type=click.IntRange(1, 1000), default=15, show_default=True, help="每张表的行数 Rows in each table.")
@OUTPUT
@ONTOLOGY
def analyze(graph: Path, lang: str, top: int, output: Path | None, ontology: Path | None) -> None:
    """网络分析:共有与独有的举措、相近地区、社群、共引法律。 Findings from networks, in words and tables."""
    with _open(graph, ontology) as kg:
        text = kg.analyze(lang=lang, top=top).text()
    _write(lambda _: text, "table", output)


@main.command()
@GRAPH
@click.option("--format", "form", required=True, help="nquads|trig|turtle|ntriples|jsonld|graphml|gexf|csv")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True)
def export(graph: Path, form: str, output: Path) -> None:
    """导出整个图谱。 Write the whole graph to a file."""
    with _open(graph) as kg:
        kg.export(output, form)
    click.echo(f"{output}")


@main.command()
@GRAPH
@ONTOLOGY
def check(graph: Path, ontology: Path | None) -> None:
    """按 SHACL 检查图谱;不符合时退出码为 1。 Hold the graph against its shapes; exit code 1 where it does not conform."""
    with _open(graph, ontology) as kg:
        result = kg.check()
    click.echo(result.text(), nl=False)
    if not result.conforms:
        raise SystemExit(1)


@main.command()
@GRAPH
@click.option(
    "--check",
    "checks",
    multiple=True,
    metavar="ID",
    help="只做这项或这类核查(可多次) Only this check or family of checks (repeatable); see docs/audit.md.",
)
@click.option("--top", type=click.IntRange(1, 1_000_000), help="只列出前几处 List only the first.")
@click.option("--dry-run", is_flag=True, help="不写入图谱 Do not record the findings in the graph.")
@click.option(
    "--format",
    "form",
    type=click.Choice((*TABLE_FORMATS, "sarif")),
    help="输出格式 Form of the output; by default that of the file's ending.",
)
@OUTPUT
@ONTOLOGY
def audit(
    graph: Path,
    checks: tuple[str, ...],
    top: int | None,
    dry_run: bool,
    form: str | None,
    output: Path | None,
    ontology: Path | None,
) -> None:
    """核查报告:数字、法律、抄录、应有内容、承诺、用语中不一致或需要核对之处。

    What in the reports does not agree or needs a look: figures, laws, copies, contents, promises, wording. The findings
    replace those of the audit before in the graph; with --check or --dry-run they are only listed.
    """
    with _open(graph, ontology) as kg:
        found = kg.audit(*checks, record=not dry_run and not checks)
    _write(lambda name: found.render(name, top), form, output)


@main.command()
@GRAPH
@click.option(
    "--top", type=click.IntRange(0, 10000), default=12, show_default=True, help="未链接提及的行数 Rows of unlinked mentions."
)
@FORMAT
@OUTPUT
def info(graph: Path, top: int, form: str | None, output: Path | None) -> None:
    """图谱里有什么:各类数量、年度、未链接的提及。 What the graph holds."""
    from kgraph.info import info as tables

    with _open(graph) as kg:
        _write_all(tables(kg.store, top=top), form, output)


@main.command()
@GRAPH
@click.option("--what", type=click.Choice(["indicator", "unit", "body", "law", "region"]), help="只列这一类 Only this sort.")
@click.option("--top", type=click.IntRange(1), default=50, show_default=True, help="行数 Rows.")
@FORMAT
@OUTPUT
def unlinked(graph: Path, what: str | None, top: int, form: str | None, output: Path | None) -> None:
    """哪些没有链接上,最常见的在前:补哪条词表最划算。 What could not be linked, most frequent first."""
    from kgraph.unlinked import unlinked as table

    with _open(graph) as kg:
        _write(table(kg.store, what=what, top=top).render, form, output)


@main.command()
@GRAPH
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--split", type=click.Choice(["dev", "test"]), help="只评这一半 Only this half of the gold; the split is a rule.")
@click.option("--errors", type=int, default=0, metavar="N", help="每类列出 N 个错误 List N errors of each kind.")
@click.option("--save", type=click.Path(path_type=Path), help="保存结果 Save what was found, to compare with later.")
@click.option("--against", type=click.Path(path_type=Path), help="与保存的结果比较 Gains and losses against a saved run.")
@click.option("--floors", type=click.Path(path_type=Path), help="低于下限时退出码为 1 Exit code 1 below the floors of this file.")
@FORMAT
@OUTPUT
def score(
    graph: Path,
    gold: Path,
    split: str | None,
    errors: int,
    save: Path | None,
    against: Path | None,
    floors: Path | None,
    form: str | None,
    output: Path | None,
) -> None:
    """与人工标注比较:查准率、查全率、F1。 Score the graph against gold annotations."""
    import json

    from kgraph.score import below_floors, changes, gold_files, gold_hash, table
    from kgraph.score import score as run

    files = gold_files(gold, split)
    with _open(graph) as kg:
        scores = run(kg.store, files)
    title = f"{gold}{f' ({split})' if split else ''}: {len(files)} reports, gold {gold_hash(files)}"
    _write(table(scores, title).render, form, output)
    for kind, s in scores.items():
        for line in s.errors[:errors]:
            click.echo(f"  {kind}: {line}")
    if against is not None:
        click.echo(changes(scores, json.loads(_read(against))).text(), nl=False)
    if save is not None:
        _save(save, json.dumps({k: sorted(s.found) for k, s in scores.items()}, ensure_ascii=False, indent=0).encode("utf-8"))
    if floors is not None:
        below = below_floors(scores, json.loads(_read(floors)), gold_hash(files))
        for line in below:
            click.echo(f"kgraph: {line}", err=True)
        if below:
            raise SystemExit(1)


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
    form = options["form"] or _suffix(output)
    if options["footnotes"]:
        markdown = form == "md"
        _write(lambda _: product.footnotes("markdown" if markdown else "text"), "table", output)
    elif options["sources"]:
        _write(product.sources().render, options["form"], output)
    elif form == "xlsx":
        _write(lambda _: product.xlsx(), form, output)
    elif form in ("csv", "tsv"):
        _write(product.table().render, form, output)
    else:
        tables = product.tables(options["top"] if form in (None, "table") and output is None else None)
        _write_all((tables[0], *(t for t in tables[1:] if t.rows and not first_only)), form, output)


@main.command()
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
    with _open(graph, options["ontology"]) as kg:
        found = kg.matrix(practice, regions=regions, years=years, indicators=indicators, lang=options["lang"])
        if long and not options["sources"] and not options["footnotes"]:
            _write(found.long().table().render, options["form"], options["output"])
            return
        _put(found, options | {"top": min(options["top"], 6)}, first_only=True)


@main.command()
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
    with _open(graph, options["ontology"]) as kg:
        _put(kg.gaps(region, like=like or ("level",), practice=practice, lang=options["lang"]), options)


@main.command()
@_product
@click.option("--practice", required=True, help="做法 The practice, by id or label.")
@click.option("--region", "regions", multiple=True, required=True, help="地区,至少两个 A region; give two or more.")
@click.option("--year", "years", multiple=True, help="只看这些年度 Only these years (repeatable).")
def diff(graph: Path, practice: str, regions: tuple[str, ...], years: tuple[str, ...], **options: Any) -> None:
    """同一做法的要素对照:谁、怎么做、对谁、多久、依据、结果,附表述异同。 The same practice of regions, slot by slot."""
    with _open(graph, options["ontology"]) as kg:
        _put(kg.diff(practice, regions, years=years, lang=options["lang"]), options)


@main.command()
@_product
@click.option("--region", help="地区 A region, by name or code.")
@click.option("--practice", help="做法 A practice, by id or label.")
@click.option("--law", help="法律或文件 A law or document, by name or short name.")
@click.option("--body", help="机构 A body, by name.")
def profile(graph: Path, region: str | None, practice: str | None, law: str | None, body: str | None, **options: Any) -> None:
    """一个地区、做法、法律或机构的画像。 All about one region, practice, law or body."""
    with _open(graph, options["ontology"]) as kg:
        _put(kg.profile(region=region, practice=practice, law=law, body=body, lang=options["lang"]), options)


@main.command()
@_product
@click.option("--indicator", required=True, help="指标 The indicator, by id or label.")
@click.option("--region", "regions", multiple=True, help="地区 Only these regions (repeatable); all by default.")
@click.option("--year", "years", multiple=True, help="只看这些年度 Only these years (repeatable).")
def trend(graph: Path, indicator: str, regions: tuple[str, ...], years: tuple[str, ...], **options: Any) -> None:
    """一个指标历年的数字,年度数与累计数分开。 An indicator over the years; annual and cumulative numbers apart."""
    with _open(graph, options["ontology"]) as kg:
        _put(kg.trend(indicator, regions, years=years, lang=options["lang"]), options)


@main.command()
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
    with _open(graph, options["ontology"]) as kg:
        found = kg.rates(
            indicator=indicator, population=population, per=per, rate=rate, regions=regions, years=years, lang=options["lang"]
        )
        _put(found, options)
        if write:
            from kgraph.products.derived_store import write as store

            count = store(graph, found.corpus, found.derived)
            click.echo(f"{graph}: {count} kg:DerivedMetric", err=True)


@main.command()
@_product
@click.option("--region", help="本地 The region, by name or code; without it, communities of all regions.")
def peers(graph: Path, region: str | None, **options: Any) -> None:
    """做法相近的地区,少见的做法权重大;不给地区则列出社群。 Regions that do alike, weighted by rarity."""
    with _open(graph, options["ontology"]) as kg:
        _put(kg.peers(region, lang=options["lang"]) if region else kg.groups(lang=options["lang"]), options)


@main.command()
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
    with _open(graph, options["ontology"]) as kg:
        makers: dict[str, Callable[..., Product]] = {"first": kg.spread, "together": kg.together, "laws": kg.laws_by_practice}
        _put(makers[what](practice, lang=options["lang"]), options)


@main.command()
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
    form = _suffix(output) or ""
    with _open(graph, ontology) as kg:
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
        _save(output, picture.render(form))
    click.echo(f"{output}")


@contextmanager
def _open(path: Path, ontology: Path | None = None) -> Iterator[KnowledgeGraph]:
    from kgraph.graph import KnowledgeGraph

    with KnowledgeGraph.open(path, ontology=ontology) as graph:
        yield graph


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """A progress bar on the terminal; nothing where standard error is no terminal."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("读取报告 reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _bindings(pairs: Sequence[str]) -> dict[str, str]:
    out = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise click.UsageError(f"--set takes NAME=VALUE, not {pair!r}")
        out[name] = value
    return out


def _read(path: Path | None) -> str:
    from kgraph.errors import InputError

    try:
        return sys.stdin.read() if path is None or str(path) == "-" else path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from None


def _suffix(path: Path | None) -> str | None:
    return path.suffix.lstrip(".").lower() or None if path is not None else None


def _write(
    render: Callable[[str], str | bytes], form: str | None, output: Path | None, binary: Sequence[str] = ("xlsx",)
) -> None:
    """Write in the form asked for, else that of the file's ending, else as a table for the terminal."""
    form = form or _suffix(output) or "table"
    data = render(form)
    if output is not None:
        _save(output, data.encode("utf-8") if isinstance(data, str) else data)
        click.echo(f"{output}")
        return
    if form in binary and sys.stdout.isatty():
        raise click.UsageError(f"{form} is no text: name a file with -o")
    if isinstance(data, bytes):
        sys.stdout.buffer.write(data)
    else:
        click.echo(data, nl=False)


def _write_all(tables: Sequence[Table], form: str | None, output: Path | None) -> None:
    from kgraph.tables import workbook

    if (form or _suffix(output)) == "xlsx":
        _write(lambda _: workbook(list(tables)), "xlsx", output)
        return

    def render(name: str) -> str:
        if name == "json":
            return "[" + ",\n".join(str(t.render("json")).strip() for t in tables) + "]\n"
        return "\n".join(str(t.render(name)) for t in tables)

    _write(render, form, output)


def _save(path: Path, data: bytes) -> None:
    from kgraph.errors import InputError

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(path.name + ".part")
        part.write_bytes(data)
        os.replace(part, path)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror or error}") from None


if __name__ == "__main__":
    main()
