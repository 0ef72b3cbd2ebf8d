"""Words where words matter: jieba with kgraph's own dictionary, and the classes that the dictionary gives to words.

``ontology/words.txt`` holds both. The segmenter is built when the first text is cut; its own tokenizer, so that nothing
else that uses jieba is touched. With the extra ``fast`` installed, rjieba cuts: same algorithm, same words.
"""

from __future__ import annotations

import importlib.util
import logging
import re
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from kgraph.errors import KnowledgeError
from kgraph.knowledge import Knowledge

Engine = Literal["jieba", "rjieba"]
CLASSES = frozenset(["v", "l", "s", "d", "m", "t", "r", "c", "p", "e", "n", "h", "k"])
"""Classes of words; the others of ``words.txt`` are classes of patterns. ``g`` is given to verbs of jieba's own dictionary."""
PATTERNS = frozenset(["x", "a", "up", "down", "vs", "plan", "done", "lack"])


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its span, its text and the classes that the dictionary gives it (mostly none)."""

    start: int
    end: int
    text: str
    classes: frozenset[str]


_NONE: frozenset[str] = frozenset()
_GENERAL = frozenset("g")


class Words:
    """The dictionary and the segmentation.

    >>> words = Words(Knowledge())
    >>> [(w.text, "".join(w.classes)) for w in words.cut("发放宣传资料")]
    [('发放', 'v'), ('宣传资料', 'n')]
    """

    def __init__(self, knowledge: Knowledge, engine: Engine | None = None) -> None:
        path = knowledge.path("words.txt")
        self._engine: Engine = engine or ("rjieba" if importlib.util.find_spec("rjieba") else "jieba")
        classes: dict[str, set[str]] = {}
        patterns: dict[str, list[str]] = {name: [] for name in PATTERNS}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line or line.startswith("#"):
                continue
            word, _, kind = line.rpartition(" ")
            if kind in CLASSES and word:
                classes.setdefault(word, set()).add(kind)
            elif kind in PATTERNS and word:
                patterns[kind].append(word)
            else:
                raise KnowledgeError(f"{path}, line {number}: {line!r} is not a word and one of its classes")
        self.classes = {word: frozenset(kinds) for word, kinds in classes.items()}
        self._patterns = {kind: "|".join(words) for kind, words in patterns.items()}

    def pattern(self, kind: str) -> str:
        """The patterns of a class, as the source of one regular expression: an alternation without a group around it."""
        return self._patterns[kind]

    def of_class(self, kind: str) -> list[str]:
        """The words of a class, longest first."""
        return sorted((w for w, kinds in self.classes.items() if kind in kinds), key=lambda w: (-len(w), w))

    def any_of(self, *kinds: str) -> str:
        """The words of some classes as the source of a regular expression, longest first."""
        words = sorted({w for kind in kinds for w in self.of_class(kind)}, key=lambda w: (-len(w), w))
        return "|".join(map(re.escape, words))

    def cut(self, text: str) -> list[Word]:
        """The words of a text, in order; together they are the text."""
        words: list[Word] = []
        at = 0
        for piece in self._cutter(text):
            classes = self.classes.get(piece) or (_GENERAL if piece in self._general_verbs else _NONE)
            words.append(Word(at, at + len(piece), piece, classes))
            at += len(piece)
        return words

    @cached_property
    def _general_verbs(self) -> frozenset[str]:
        import jieba

        with jieba.get_dict_file() as file:
            return frozenset(
                line[:-4].rpartition(b" ")[0].decode() for line in file.read().splitlines(True) if line.endswith(b" v\n")
            )

    @cached_property
    def _cutter(self) -> Callable[[str], Iterable[str]]:
        own = sorted(word for word in self.classes if len(word) > 1)
        return _rjieba(own) if self._engine == "rjieba" else _jieba(own)


def _frequency(word: str) -> int:
    """High enough to hold a word of the dictionary together, whatever its parts weigh."""
    return 20_000 if len(word) > 2 else 2_000


def _jieba(own: list[str]) -> Callable[[str], Iterable[str]]:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    folder = Path(tempfile.gettempdir()) / f"kgraph-jieba-{_user()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    tokenizer.tmp_dir = str(folder)  # jieba's own cache file is shared between users and readable by its maker only
    tokenizer.initialize()
    for word in own:
        tokenizer.add_word(word, _frequency(word), "n")
    return lambda text: tokenizer.lcut(text, HMM=False)


def _rjieba(own: list[str]) -> Callable[[str], Iterable[str]]:
    import rjieba

    tokenizer = rjieba.Jieba()
    for word in own:
        tokenizer.add_word(word, _frequency(word), "n")

    def cut(text: str) -> Iterable[str]:
        return tokenizer.cut(text.encode("utf-8", "replace").decode("utf-8"), False)

    return cut


def _user() -> str:
    import os

    return str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")
