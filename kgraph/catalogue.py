"""The catalogue of laws: a title as a report writes it → the one law that it names, or none.

A title is looked up under keys that forget what reports vary in: spaces, quotes, brackets, kinds of dash,
中华人民共和国, and at last the version at its end ((试行), (2021年修订), (2021-2025年)). Of several rows under one key the
one in force in the year asked for is taken; where that does not decide, none is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from kgraph.model import Law
from kgraph.text import normalise

_DROPPED = re.compile(r"[\s\"'<>《》·、-]|中华人民共和国")
_VERSION = re.compile(
    r"[(〔\[【]?(?:试行|暂行|草案|征求意见稿|送审稿|讨论稿|审议稿|修正案?草案|修订草案|草案(?:征求意见|审议|送审|建议)稿|建议稿|初稿|第[一二三四五六]次修[正订]|最新版?|新版|"
    r"[12]\d{3}年?\d{0,2}月?(?:\d{1,2}日)?(?:第?[一二三四]?次?(?:修[订正改]|修正)(?:版|本|案|稿)?|版|年|施行|实施)?|"
    r"[12]\d{3}年?[-~至]?[12]\d{3}年?|新?修[订正改](?:版|本|稿|案)?)[)〕\]】]$"
)
_ABBREVIATIONS = (
    ("全国人民代表大会常务委员会", "全国人大常委会"),
    ("全国人民代表大会", "全国人大"),
    ("中共中央国务院", ""),
    ("国务院办公厅", ""),
)
NEAR = 0.72
"""How much of a garbled title must be shared with a name, as a ratio of two-character pieces, for the name to be offered."""


def without_version(title: str) -> str:
    """The title without what names its version at the end.

    >>> without_version("信访事项办理规则(试行)"), without_version("法治政府建设实施纲要(2021-2025年)")
    ('信访事项办理规则', '法治政府建设实施纲要')
    """
    while True:
        shorter = _VERSION.sub("", title)
        if shorter == title or not shorter:
            return title
        title = shorter


def _key(title: str) -> str:
    key = _DROPPED.sub("", normalise(title)).replace("~", "").replace("〔", "(").replace("〕", ")")
    for long, short in _ABBREVIATIONS:
        key = key.replace(long, short)
    return key


def _years(title: str) -> tuple[str, ...]:
    plain = normalise(title)
    return tuple(re.findall(r"20\d\d", plain[len(without_version(plain)) :]))


class LawCatalogue:
    """Laws by every name that they go by.

    >>> rows = [{"name": "中华人民共和国宪法", "short_names": "宪法", "kind": "constitution"}]
    >>> LawCatalogue(rows).lookup("宪法（2018修正）").name
    '中华人民共和国宪法'
    """

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self.laws: list[Law] = []
        self._promulgated: dict[str, str] = {}
        self._keys: dict[str, list[Law]] = {}
        self._bases: dict[str, list[Law]] = {}
        for row in rows:
            short_names = tuple(filter(None, (row.get("short_names") or "").split("|")))
            law = Law(
                name=row["name"],
                kind=row["kind"],
                known=True,
                short_names=short_names,
                issuer=row.get("issuer") or "",
                effective=row.get("effective") or "",
                repealed=row.get("repealed") or "",
                replaced_by=row.get("replaced_by") or "",
            )
            self.laws.append(law)
            self._promulgated[law.name] = row.get("promulgated") or law.effective
            for name in (law.name, *short_names):
                self._add(self._keys, _key(name), law)
                self._add(self._bases, _key(without_version(normalise(name))), law)

    @staticmethod
    def _add(index: dict[str, list[Law]], key: str, law: Law) -> None:
        laws = index.setdefault(key, [])
        if law not in laws:
            laws.append(law)

    def lookup(self, title: str, year: int | None = None) -> Law | None:
        """The law that a title names, in the version of ``year`` where several share the name; None where it is not one."""
        key = _key(title)
        exact = self._keys.get(key, [])
        base_key = _key(without_version(normalise(title)))
        bases = [law for law in self._bases.get(base_key, []) if law not in exact]
        if len(exact) == 1 and (not bases or base_key != key):
            return exact[0]
        if not exact and base_key != key:
            bases = [law for law in bases if _years(law.name) in ((), _years(title))]
        candidates = exact + bases
        if year is not None and len(candidates) > 1:
            candidates = [law for law in candidates if self._in_force(law, year)] or exact
        if len(exact) == 1 and exact[0] in candidates:
            return exact[0]
        return candidates[0] if len(candidates) == 1 else None

    def _in_force(self, law: Law, year: int) -> bool:
        begun = law.effective or self._promulgated[law.name]
        return (not begun or begun[:4] <= str(year)) and (not law.repealed or law.repealed[:4] >= str(year))

    @cached_property
    def _pieces(self) -> dict[str, list[tuple[int, int]]]:
        """For each two-character piece the laws' names that hold it, and the number of pieces of each."""
        index: dict[str, list[tuple[int, int]]] = {}
        for number, law in enumerate(self.laws):
            for name in {_key(without_version(normalise(n))) for n in (law.name, *law.short_names)}:
                pieces = {name[i : i + 2] for i in range(len(name) - 1)}
                for piece in pieces:
                    index.setdefault(piece, []).append((number, len(pieces)))
        return index

    def near(self, title: str, limit: int = 3) -> tuple[Law, ...]:
        """Laws with a name like a garbled one, best first: to be offered, never to be linked.

        >>> rows = [{"name": "优化营商环境条例", "short_names": "", "kind": "administrative_regulation"}]
        >>> [law.name for law in LawCatalogue(rows).near("不优化营商环境条例")]
        ['优化营商环境条例']
        """
        key = _key(without_version(normalise(title)))
        pieces = {key[i : i + 2] for i in range(len(key) - 1)}
        shared: dict[tuple[int, int], int] = {}
        for piece in pieces:
            for entry in self._pieces.get(piece, ()):
                shared[entry] = shared.get(entry, 0) + 1
        scores: dict[int, float] = {}
        for (number, size), count in shared.items():
            ratio = 2 * count / (size + len(pieces))
            if ratio >= NEAR:
                scores[number] = max(ratio, scores.get(number, 0.0))
        best = sorted(scores, key=lambda n: (-scores[n], self.laws[n].name))[:limit]
        return tuple(self.laws[n] for n in best)
