"""The search index: pairs of characters, and the reports and names that have them, in many small files.

A page asks for the few files that hold the pairs of its query, keeps what has them all, and looks those up.
"""

from __future__ import annotations

import base64
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from kgraph.site.writer import Writer

LABELS = 500
"""Names in one file."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def plain(text: str) -> str:
    """Text as it is searched: compatibility forms, small letters, without white space.

    >>> plain("ＡＢ 　法治")
    'ab法治'
    """
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def grams(text: str) -> set[str]:
    """The characters and the pairs of characters of a text.

    >>> sorted(grams("普法"))
    ['普', '普法', '法']
    """
    text = plain(text)
    return {*text, *(text[i : i + 2] for i in range(len(text) - 1))}


def shard(gram: str, shards: int) -> int:
    """The file that holds a pair; the page computes the same.

    >>> shard("普法", 64)
    39
    """
    value = 0
    for character in gram:
        value = (value * 31 + ord(character)) % 1_000_003
    return value % shards


def encode(numbers: Sequence[int], of: int) -> str:
    """Ascending numbers as text: the differences in base 36, or a bit for each of ``of`` where that is shorter.

    >>> encode([0, 3, 40], 100)
    '1.3.11'
    """
    parts = []
    before = -1
    for value in numbers:
        parts.append(_base36(value - before))
        before = value
    text = ".".join(parts)
    if len(text) <= of // 6 + 8:
        return text
    bits = bytearray((of + 7) // 8)
    for value in numbers:
        bits[value >> 3] |= 1 << (value & 7)
    return "!" + base64.b64encode(bits).decode("ascii")


def _base36(value: int) -> str:
    text = ""
    while value:
        value, digit = divmod(value, 36)
        text = _DIGITS[digit] + text
    return text or "0"


class SearchIndex:
    """Collects what can be found, and writes it."""

    def __init__(self) -> None:
        self._reports: dict[str, list[int]] = defaultdict(list)
        self._names: dict[str, list[int]] = defaultdict(list)
        self._labels: list[list[Any]] = []
        self._count = 0

    def report(self, number: int, found: Iterable[str]) -> None:
        """A report by its number, ascending, with its characters and pairs."""
        for gram in found:
            self._reports[gram].append(number)
        self._count = max(self._count, number + 1)

    def label(self, kind: str, zh: str, en: str, path: str, count: int, forms: Iterable[str] = ()) -> None:
        """A name: what it names, where its page is, in how many reports it occurs, other forms."""
        others = sorted(set(forms) - {zh, en})
        for gram in grams("\n".join((zh, en, *others))):
            self._names[gram].append(len(self._labels))
        self._labels.append([kind, zh, en, path, count, " ".join(others)])

    def write(self, writer: Writer) -> None:
        """All files under ``data/s/``."""
        size = sum(map(len, self._reports.values())) + sum(map(len, self._names.values()))
        shards = next(n for n in (16, 64, 256, 1024) if size < n * 20_000 or n == 1024)
        files: list[dict[str, list[str]]] = [{} for _ in range(shards)]
        for gram in sorted(self._reports.keys() | self._names.keys()):
            pair = [encode(self._reports.get(gram, ()), self._count), encode(self._names.get(gram, ()), len(self._labels))]
            files[shard(gram, shards)][gram] = pair
        for i, content in enumerate(files):
            writer.data(f"s/{i}", content)
        for i in range(0, len(self._labels), LABELS):
            writer.data(f"s/labels-{i // LABELS}", self._labels[i : i + LABELS])
        writer.data("s/meta", {"shards": shards, "reports": self._count, "labels": len(self._labels), "chunk": LABELS})
