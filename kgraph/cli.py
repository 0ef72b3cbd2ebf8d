"""The command line: a thin layer over the library. Exit codes: 0 fine, 1 the data do not conform, 2 usage or input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kgraph import __version__
from kgraph.errors import KGraphError

if TYPE_CHECKING:
    pass

from kgraph.cli_frame import (
    FORMAT,
    GRAPH,
    ONTOLOGY,
    OUTPUT,
    TABLE_FORMATS,
    bindings_of,
    opened,
    progress_bar,
    read_text,
    save,
    suffix,
    write,
    write_all,
)
from kgraph.cli_products import COMMANDS


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

    with progress_bar(quiet) as progress:
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
    with opened(graph, ontology) as kg:
        if name is not None:
            result = kg.question(name, **bindings_of(bindings))
        else:
            result = kg.query(sparql if sparql is not None else read_text(file), timeout=timeout, allow_service=allow_service)
        write(result.render, form, output, binary=("xlsx",))


@main.command()
@GRAPH
@ONTOLOGY
@FORMAT
@OUTPUT
def questions(graph: Path, ontology: Path | None, form: str | None, output: Path | None) -> None:
    """列出预设问题。 List the named questions, in Chinese and English."""
    from kgraph.knowledge import Knowledge
    from kgraph.query_named import questions_table

    with opened(graph, ontology):
        write(questions_table(Knowledge(ontology)).render, form, output)


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
    with opened(graph, ontology) as kg:
        found = kg.compare(practice, by=by, regions=regions or None, years=years or None, lang=lang)
        if (form or suffix(output)) == "xlsx":
            from kgraph.tables import workbook

            write(lambda _: workbook([found.table(), found.sources()]), "xlsx", output)
            return
        table = found.sources() if sources else found.table(limit=6 if output is None and form in (None, "table") else None)
        write(table.render, form, output)


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

    with opened(graph, ontology) as kg:
        if reasons:
            table = why(kg.store, report, Knowledge(ontology), all_sentences=not facts_only)
        else:
            table = shown(kg.store, report, all_sentences=not facts_only)
        write(table.render, form, output)


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
    with opened(graph, ontology) as kg:
        html = kg.draw(title=title, lang=lang, max_nodes=max_nodes)
    save(output, html.encode("utf-8"))
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
    with opened(graph, ontology) as kg, progress_bar(quiet) as progress:
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
    with opened(graph, ontology) as kg:
        text = kg.analyze(lang=lang, top=top).text()
    write(lambda _: text, "table", output)


@main.command()
@GRAPH
@click.option("--format", "form", required=True, help="nquads|trig|turtle|ntriples|jsonld|graphml|gexf|csv")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True)
def export(graph: Path, form: str, output: Path) -> None:
    """导出整个图谱。 Write the whole graph to a file."""
    with opened(graph) as kg:
        kg.export(output, form)
    click.echo(f"{output}")


@main.command()
@GRAPH
@ONTOLOGY
def check(graph: Path, ontology: Path | None) -> None:
    """按 SHACL 检查图谱;不符合时退出码为 1。 Hold the graph against its shapes; exit code 1 where it does not conform."""
    with opened(graph, ontology) as kg:
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
    with opened(graph, ontology) as kg:
        found = kg.audit(*checks, record=not dry_run and not checks)
    write(lambda name: found.render(name, top), form, output)


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

    with opened(graph) as kg:
        write_all(tables(kg.store, top=top), form, output)


@main.command()
@GRAPH
@click.option("--what", type=click.Choice(["indicator", "unit", "body", "law", "region"]), help="只列这一类 Only this sort.")
@click.option("--top", type=click.IntRange(1), default=50, show_default=True, help="行数 Rows.")
@FORMAT
@OUTPUT
def unlinked(graph: Path, what: str | None, top: int, form: str | None, output: Path | None) -> None:
    """哪些没有链接上,最常见的在前:补哪条词表最划算。 What could not be linked, most frequent first."""
    from kgraph.unlinked import unlinked as table

    with opened(graph) as kg:
        write(table(kg.store, what=what, top=top).render, form, output)


@main.command()
@GRAPH
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--split", type=click.Choice(["dev", "test"]), help="只评这一半 Only this half of the gold; the split is a rule.")
@click.option("--errors", type=int, default=0, metavar="N", help="每类列出 N 个错误 List N errors of each kind.")
@click.option("--save", "kept", type=click.Path(path_type=Path), help="保存结果 Save what was found, to compare with later.")
@click.option("--against", type=click.Path(path_type=Path), help="与保存的结果比较 Gains and losses against a saved run.")
@click.option("--floors", type=click.Path(path_type=Path), help="低于下限时退出码为 1 Exit code 1 below the floors of this file.")
@FORMAT
@OUTPUT
def score(
    graph: Path,
    gold: Path,
    split: str | None,
    errors: int,
    kept: Path | None,
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
    with opened(graph) as kg:
        scores = run(kg.store, files)
    title = f"{gold}{f' ({split})' if split else ''}: {len(files)} reports, gold {gold_hash(files)}"
    write(table(scores, title).render, form, output)
    for kind, s in scores.items():
        for line in s.errors[:errors]:
            click.echo(f"  {kind}: {line}")
    if against is not None:
        click.echo(changes(scores, json.loads(read_text(against))).text(), nl=False)
    if kept is not None:
        save(kept, json.dumps({k: sorted(s.found) for k, s in scores.items()}, ensure_ascii=False, indent=0).encode("utf-8"))
    if floors is not None:
        below = below_floors(scores, json.loads(read_text(floors)), gold_hash(files))
        for line in below:
            click.echo(f"kgraph: {line}", err=True)
        if below:
            raise SystemExit(1)


for _command in COMMANDS:
    main.add_command(_command)


if __name__ == "__main__":
    main()
