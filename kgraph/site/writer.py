"""Writing the files of an atlas: pages from templates, data as scripts, spread over processes where there are many."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

HERE = Path(__file__).parent
BATCH = 16
AHEAD = 4
"""Batches of pages that wait for a process at a time: memory stays flat."""

Page = tuple[str, str, Mapping[str, Any]]
"""A page to write: its path in the atlas, its template, what the template is given."""


@lru_cache(20_000)
def both(zh: object, en: object) -> Markup:
    """A text in Chinese and English, of which the page shows one.

    >>> both("地区", "regions")
    Markup('<span class="zh" lang="zh-CN">地区</span><span class="en" lang="en">regions</span>')
    """
    return Markup(f'<span class="zh" lang="zh-CN">{escape(zh)}</span><span class="en" lang="en">{escape(en)}</span>')


def number(value: object) -> str:
    """A number with thousands set apart, text as it is.

    >>> number(12345), number("12345.5"), number("三")
    ('12,345', '12,345.5', '三')
    """
    text = str(value)
    whole, dot, rest = text.partition(".")
    return f"{int(whole):,}{dot}{rest}" if whole.lstrip("-").isdigit() and whole.isascii() else text


@cache
def environment() -> Environment:
    """The templates; everything they print is escaped."""
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals["t"] = both
    env.filters["n"] = number
    return env


def render(template: str, path: str, context: Mapping[str, Any]) -> str:
    """A page as text; ``root`` leads from it to the top of the atlas."""
    return environment().get_template(template).render(root="../" * path.count("/"), path=path, **context)


def script(name: str, value: object) -> str:
    """Data as a script that hands it to the page: what a page opened from disk may load.

    >>> script("core", {"a": ["</script>"]})
    'kgraph.data("core",{"a":["</script>"]})\\n'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"kgraph.data({json.dumps(name)},{text})\n".replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def put(folder: Path, path: str, data: str | bytes) -> None:
    """Write one file of the atlas."""
    target = folder / path
    if not target.parent.is_dir():
        target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "replace"))


def write_pages(folder: Path, shared: Mapping[str, Any], pages: Iterable[Page]) -> list[str]:
    """Render and write some pages; their paths."""
    written = []
    for path, template, context in pages:
        put(folder, path, render(template, path, {**shared, **context}))
        written.append(path)
    return written


class Writer:
    """Writes an atlas into a folder and notes every path. With a pool, pages are rendered by its processes."""

    def __init__(self, folder: Path, shared: Mapping[str, Any], pool: ProcessPoolExecutor | None = None) -> None:
        self.folder = folder
        self.paths: list[str] = []
        self.shared = dict(shared)
        self._pool = pool
        self._batch: list[Page] = []
        self._waiting: deque[Future[list[str]]] = deque()

    def page(self, path: str, template: str, **context: Any) -> None:
        """A page from a template."""
        self._batch.append((path, template, context))
        if len(self._batch) >= BATCH:
            self._send()

    def data(self, name: str, value: object) -> None:
        """A chunk of data that pages load by name."""
        self.file(f"data/{name}.js", script(name, value))

    def file(self, path: str, data: str | bytes) -> None:
        """Any other file."""
        put(self.folder, path, data)
        self.paths.append(path)

    def run(self, task: Any, *arguments: Any) -> None:
        """A function that writes files itself and returns their paths; in a process of the pool if there is one."""
        if self._pool is None:
            self.paths += task(*arguments)
        else:
            self._waiting.append(self._pool.submit(task, *arguments))

    def _send(self) -> None:
        pages, self._batch = self._batch, []
        self.run(write_pages, self.folder, self.shared, pages)
        while len(self._waiting) > AHEAD:
            self.paths += self._waiting.popleft().result()

    def finish(self) -> list[str]:
        """Wait for all that is under way; the paths of all files, sorted."""
        self._send()
        while self._waiting:
            self.paths += self._waiting.popleft().result()
        return sorted(self.paths)
