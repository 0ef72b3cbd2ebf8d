"""What the checks know beside the reports: the settings of ``ontology/audit.toml``, the laws, the regions."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from kgraph.catalogue import LawCatalogue, without_version
from kgraph.errors import KnowledgeError
from kgraph.knowledge import Knowledge
from kgraph.regions import Regions
from kgraph.text import normalise

FILE = "audit.toml"


class Parameters:
    """The settings of one check; a missing or ill-typed one raises ``KnowledgeError`` with the file and the name.

    >>> Parameters("rate", {"confidence": 0.9, "words": ["办结"]}).number("confidence")
    0.9
    """

    def __init__(self, check: str, values: Mapping[str, Any]) -> None:
        self._check = check
        self._values = values
        self._patterns: dict[str, re.Pattern[str]] = {}

    def _get(self, name: str, kinds: type | tuple[type, ...]) -> Any:
        value = self._values.get(name)
        if not isinstance(value, kinds) or (isinstance(value, bool) and kinds is not bool):
            raise KnowledgeError(f"{FILE}: [checks.{self._check}] lacks {name}, or it is of the wrong type")
        return value

    @property
    def enabled(self) -> bool:
        """Whether the check is to be run."""
        return bool(self._values.get("enabled", True))

    def number(self, name: str) -> float:
        """A number."""
        return float(self._get(name, (int, float)))

    def words(self, name: str) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(str(v) for v in self._get(name, list))

    def pattern(self, name: str) -> re.Pattern[str]:
        """A list of regular expressions, as one that matches any of them."""
        if name not in self._patterns:
            try:
                self._patterns[name] = re.compile("|".join(f"(?:{w})" for w in self.words(name)) or r"(?!)")
            except re.error as error:
                raise KnowledgeError(f"{FILE}: [checks.{self._check}] {name}: {error}") from None
        return self._patterns[name]

    def records(self, name: str) -> tuple[Mapping[str, Any], ...]:
        """A list of tables."""
        return tuple(dict(v) for v in self._get(name, list))

    def lists(self, name: str) -> tuple[tuple[str, ...], ...]:
        """A list of lists of texts."""
        return tuple(tuple(str(v) for v in values) for values in self._get(name, list))

    def table(self, name: str) -> Mapping[str, Any]:
        """A table of values by name."""
        return dict(self._get(name, dict))


def title_core(title: str) -> str:
    """A title without 中华人民共和国, blanks, quotation marks and version.

    >>> title_core("中华人民共和国行政处罚法(2021年修订)")
    '行政处罚法'
    """
    return without_version(normalise(title)).replace("中华人民共和国", "").replace(" ", "").replace('"', "")


class Context:
    """The knowledge of an audit, read when asked for.

    >>> Context(Knowledge()).parameters("arithmetic-rate").enabled
    True
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self._parameters: dict[str, Parameters] = {}

    @cached_property
    def settings(self) -> Mapping[str, Any]:
        """The content of ``audit.toml``."""
        path = self.knowledge.path(FILE)
        try:
            return tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise KnowledgeError(f"{path}: cannot be read: {error}") from None

    def parameters(self, check: str) -> Parameters:
        """The settings of a check; those of its family are under ``[shared]``."""
        if check not in self._parameters:
            values = self.settings.get("checks", {}).get(check)
            if values is None:
                raise KnowledgeError(f"{FILE}: there is no [checks.{check}]")
            self._parameters[check] = Parameters(check, {**self.settings.get("shared", {}), **values})
        return self._parameters[check]

    @cached_property
    def catalogue(self) -> LawCatalogue:
        """The laws."""
        return LawCatalogue(self.knowledge.rows("laws.csv"))

    @cached_property
    def misspelt(self) -> Mapping[str, tuple[str, ...]]:
        """The names of laws by what remains of them when one character is left out, and by themselves: what two texts a
        slip apart have in common. Nation and version are left off the names."""
        index: dict[str, set[str]] = {}
        for law in self.catalogue.laws:
            for name in (law.name, *law.short_names):
                core = title_core(name)
                for i in range(len(core) + 1 if len(core) >= 5 else 0):
                    index.setdefault(core[:i] + core[i + 1 :], set()).add(name)
        return {rest: tuple(sorted(names)) for rest, names in index.items()}

    @cached_property
    def regions(self) -> Regions:
        """The regions."""
        return Regions.of(self.knowledge)
