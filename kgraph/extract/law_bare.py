"""Laws named without 《》: by a name of the catalogue, or a provincial regulation by its form."""

from __future__ import annotations

import re
from collections.abc import Iterable

import ahocorasick_rs

from kgraph.extract.law_titles import Title
from kgraph.extract.law_words import LawWords
from kgraph.model import Law
from kgraph.text import normalise

_FORM = {
    "constitution": re.compile(r"宪法(?:修正案)?$"),
    "law": re.compile(r"(?:法|法典|修正案|条例)$"),
    "administrative_regulation": re.compile(r".{2}条例$|.{6,}(?:规定|办法|细则)$"),
    "party_regulation": re.compile(r".{4}(?:条例|准则)$|.{8,}(?:规定|规则|办法)(?:\(试行\))?$|^中国共产党章程$"),
    "departmental_rule": re.compile(r".{6,}(?:规定|办法|细则|规则)$|.{4,}条令$"),
    "local_regulation": re.compile(r".{6,}(?:条例|规定|办法)$"),
    "judicial_interpretation": re.compile(r"^最高人民.{10,}"),
    "policy_document": re.compile(r"(?:.{4,}(?:纲要|规划)|.{12,}(?:意见|决定|通知|行动计划|行动方案))(?:\([^()]*\))?$"),
    "publication": re.compile(r"^(?:习近平|总体国家安全观|论).{4,}"),
}
"""Which names of a kind may stand bare: the others are common words or headings too."""
SHORT = 4
"""A name of at most so many characters counts only after a word that can stand before a law."""
_QUOTE = re.compile(r'"([^"]{1,28})"')


class BareFinder:
    """Finds the laws that a sentence names without brackets."""

    def __init__(self, laws: Iterable[Law], phrases: Iterable[str], words: LawWords, verbs: re.Pattern[str]) -> None:
        barred = set(words["bare-not"])
        names = {
            plain
            for law in laws
            for name in (law.name, *law.short_names)
            if _FORM[law.kind].search(plain := normalise(name).replace(" ", "")) and name not in barred and len(plain) > 1
        }
        self._names = frozenset(names)
        self._patterns = sorted(names | {normalise(p) for p in phrases})
        self._automaton = ahocorasick_rs.AhoCorasick(
            self._patterns, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest, store_patterns=False
        )
        self._not_before = words.pattern("not-before")
        self._before = re.compile(f"(?:^|[^一-龥]|{words.alternatives('before-short')})$")
        self._region_sign = re.compile(f"{words.alternatives('region-sign')}$")
        self._verbs = verbs
        self._local = re.compile(
            f"{words.alternatives('province')}(?:[一-龥]{{0,4}}自治区|省|市)?[一-龥]{{2,28}}?(?:条例|规定|办法)"
            f"|(?:(?<=[实彻行照据传习守、和与及,])|(?<=^))[一-龥]{{2,3}}(?:市|自治州)[一-龥]{{2,22}}?条例"
        )

    def find(self, text: str, titles: Iterable[Title]) -> list[Title]:
        """The bare names outside the bracketed titles, in order.

        >>> law = Law(name="中华人民共和国宪法", kind="constitution", short_names=("宪法",))
        >>> words = LawWords((use, "无") for use in ("bare-not", "not-before", "before-short", "region-sign", "province"))
        >>> [t.start for t in BareFinder([law], ["宪法宣传周"], words, re.compile("无")).find("宣传宪法,宪法宣传周", [])]
        [2]
        """
        text = _blanked(text, titles)
        found: list[Title] = []
        if "条例" in text or "规定" in text or "办法" in text:
            matches = (m for m in self._local.finditer(text) if self._is_local(text, m))
            found = [_bare(m.start(), m.end(), "law:bare-local") for m in matches]
        local = tuple(found)
        slogans = [m.span(1) for m in _QUOTE.finditer(text) if self._slogan(m.group(1))] if '"' in text else []
        for index, start, end in self._automaton.find_matches_as_indexes(text):
            name = self._patterns[index]
            if name not in self._names or self._not_before.match(text, end):
                continue
            if any(s <= start and end <= e for s, e in slogans) or any(t.start < end and start < t.end for t in local):
                continue
            before = text[max(0, start - 8) : start]
            if self._region_sign.search(before) and not name.startswith("中华"):
                continue
            if len(name) <= SHORT and name not in ("宪法", "民法典") and not self._before.search(before):
                continue
            found.append(_bare(start, end, "law:bare"))
        return sorted(found, key=lambda t: t.start)

    def _is_local(self, text: str, match: re.Match[str]) -> bool:
        return not self._verbs.search(match.group()) and not self._not_before.match(text, match.end())

    def _slogan(self, quoted: str) -> bool:
        """Whether what stands in quotes is more than names of laws (“宪法进万家”)."""
        return bool(re.sub(r"[、,和与及以]", "", self._strip_names(quoted)))

    def _strip_names(self, quoted: str) -> str:
        spans = [(s, e) for i, s, e in self._automaton.find_matches_as_indexes(quoted) if self._patterns[i] in self._names]
        for start, end in reversed(spans):
            quoted = quoted[:start] + quoted[end:]
        return quoted


def _blanked(text: str, titles: Iterable[Title]) -> str:
    """The text with 《 for each character of a bracketed title."""
    parts: list[str] = []
    at = 0
    for title in titles:
        if title.outer_end > at:
            start = max(at, title.outer_start)
            parts += [text[at:start], "《" * (title.outer_end - start)]
            at = title.outer_end
    return "".join([*parts, text[at:]])


def _bare(start: int, end: int, rule: str) -> Title:
    return Title(start, end, start, end, 0, rule)
