"""What the commands share: options, opening a graph, progress, and writing results to the terminal or a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kgraph.graph import KnowledgeGraph
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


@contextmanager
def opened(path: Path, ontology: Path | None = None) -> Iterator[KnowledgeGraph]:
    from kgraph.graph import KnowledgeGraph

    with KnowledgeGraph.open(path, ontology=ontology) as graph:
        yield graph


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
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


def bindings_of(pairs: Sequence[str]) -> dict[str, str]:
    out = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise click.UsageError(f"--set takes NAME=VALUE, not {pair!r}")
        out[name] = value
    return out


def read_text(path: Path | None) -> str:
    from kgraph.errors import InputError

    try:
        return sys.stdin.read() if path is None or str(path) == "-" else path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from None


def suffix(path: Path | None) -> str | None:
    return path.suffix.lstrip(".").lower() or None if path is not None else None


def write(render: Callable[[str], str | bytes], form: str | None, output: Path | None, binary: Sequence[str] = ("xlsx",)) -> None:
    """Write in the form asked for, else that of the file's ending, else as a table for the terminal."""
    form = form or suffix(output) or "table"
    data = render(form)
    if output is not None:
        save(output, data.encode("utf-8") if isinstance(data, str) else data)
        click.echo(f"{output}")
        return
    if form in binary and sys.stdout.isatty():
        raise click.UsageError(f"{form} is no text: name a file with -o")
    if isinstance(data, bytes):
        sys.stdout.buffer.write(data)
    else:
        click.echo(data, nl=False)


def write_all(tables: Sequence[Table], form: str | None, output: Path | None) -> None:
    from kgraph.tables import workbook

    if (form or suffix(output)) == "xlsx":
        write(lambda _: workbook(list(tables)), "xlsx", output)
        return

    def render(name: str) -> str:
        if name == "json":
            return "[" + ",\n".join(str(t.render("json")).strip() for t in tables) + "]\n"
        return "\n".join(str(t.render(name)) for t in tables)

    write(render, form, output)


def save(path: Path, data: bytes) -> None:
    from kgraph.errors import InputError

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(path.name + ".part")
        part.write_bytes(data)
        os.replace(part, path)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror or error}") from None
