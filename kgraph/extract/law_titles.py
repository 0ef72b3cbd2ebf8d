"""Titles in 《》: nested, doubled, run on, or with one of the two brackets missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from dataclasses import dataclass, replace

from kgraph.catalogue import without_version
from kgraph.extract.law_words import LawWords

LONGEST = 160
"""The longest title, in characters; what is longer lost its closing bracket."""
_BRACKET = re.compile(r"[《》<>]")
_STOP = re.compile(r"[,、;。:!?\"()《》<>\s]")
_AFTER_TITLE = re.compile(r"$|[,、;。:!?\"()《\s和及与等]|的?(?:要求|精神|文件|规定|部署)")
_ASIDE = re.compile(r"\([^()]*\)")
_SPLIT = re.compile(r"、|以及|和|与|及")
_COMPANION = re.compile(r"及其?(?:相关)?(?:实施|配套|司法)?(?:条例|细则|解释|办法|规定|意见)$")


@dataclass(frozen=True, slots=True)
class Title:
    """A title in a sentence: ``start``/``end`` without its brackets, ``outer_start``/``outer_end`` with them, ``depth`` 0
    unless it stands inside another."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    depth: int
    rule: str


class TitleFinder:
    """Finds the bracketed titles of a sentence.

    ``names`` are the known names, used where a bracket is missing; ``known`` tells whether a title is one, ``verbs`` matches
    the verbs that may stand before a title.
    """

    def __init__(self, words: LawWords, names: Container[str], known: Callable[[str], bool], verbs: re.Pattern[str]) -> None:
        self._endings = words["ending"]
        self._nests = re.compile(words.alternatives("nesting") + "$")
        self._names = names
        self._known = known
        self._verbs = verbs

    def find(self, text: str) -> list[Title]:
        """The titles in the order of their beginnings, an outer one before the inner.

        >>> words = LawWords([("ending", "通知"), ("ending", "方案"), ("nesting", "印发")])
        >>> text = "《关于印发<甲方案>的通知》"
        >>> [text[t.start : t.end] for t in TitleFinder(words, (), bool, re.compile("落实")).find(text)]
        ['关于印发<甲方案>的通知', '甲方案']
        """
        if not _BRACKET.search(text):
            return []
        found: list[Title] = []
        stack: list[int] = []
        for match in _BRACKET.finditer(text):
            at, sign = match.start(), match.group()
            if sign == "《" or (sign == "<" and self._opens(text, at, bool(stack))):
                if stack and not self._may_nest(text, stack[-1], at):
                    self._unclosed(text, stack, at, found)
                    stack.clear()
                stack.append(at)
            elif sign == "》" or (sign == ">" and stack):
                self._close(text, stack, at, found)
        self._unclosed(text, stack, len(text), found)
        found = sorted(_undoubled(found), key=lambda t: (t.start, -t.end))
        return [part for title in found for part in self._split(text, title)]

    def _opens(self, text: str, at: int, inside: bool) -> bool:
        close = text.find(">", at)
        return 0 < close - at <= LONGEST and (inside or text[at + 1 : close].lstrip("<").endswith(self._endings))

    def _may_nest(self, text: str, outer: int, at: int) -> bool:
        between = text[outer + 1 : at].rstrip(' "')
        listed = between.endswith((">、", "》、", ">和", "》和"))
        return not between or between[-1] in "<《>》" or listed or bool(self._nests.search(between))

    def _close(self, text: str, stack: list[int], at: int, found: list[Title]) -> None:
        sign = text[at]
        if not stack:
            if sign == "》" and at and text[at - 1] not in "》>":
                self._unopened(text, at, found)
            return
        if sign == ">" and text[stack[-1]] == "《" and not text[stack[-1] + 1 : at].endswith(self._endings):
            return
        if sign == "》":
            while len(stack) > 1 and text[stack[-1]] == "<" and any(text[s] == "《" for s in stack[:-1]):
                stack.pop()
        start = stack.pop()
        self._add(found, Title(start + 1, at, start, at + 1, len(stack), "law:nested" if stack else "law:bracketed"), text)

    def _add(self, found: list[Title], title: Title, text: str) -> None:
        content = text[title.start : title.end]
        if len(content.strip("《》<> ")) >= 2 and len(content) <= LONGEST and "。" not in content and "▢" not in content:
            found.append(title)

    def _unclosed(self, text: str, stack: list[int], limit: int, found: list[Title]) -> None:
        for depth, start in enumerate(stack):
            inner = [t for t in found if t.outer_start > start and t.depth == depth + 1]
            if inner and start + 1 == inner[0].outer_start:
                found[:] = [_raised(t) if t.outer_start > start else t for t in found]
                continue
            if inner and (tail := re.search(r"的(?:通知|意见|决定)$", text[inner[-1].start : inner[-1].end])):
                last = inner[-1]
                found.remove(last)
                cut = last.start + tail.start()
                found.append(Title(last.start, cut, last.outer_start, cut, last.depth, "law:nested"))
                self._add(found, Title(start + 1, last.end, start, last.outer_end, depth, "law:unclosed"), text)
                continue
            found[:] = [_raised(t) if t.outer_start > start else t for t in found]
            end = self._end(text, start + 1, min([limit, *(t.outer_start for t in inner)]))
            if end:
                self._add(found, Title(start + 1, end, start, end, 0, "law:unclosed"), text)

    def _end(self, text: str, start: int, limit: int) -> int | None:
        for end in range(min(limit, start + 60), start + 1, -1):
            if text[start:end] in self._names and _AFTER_TITLE.match(text, end):
                return end
        for end in range(start + 3, min(limit, start + 80) + 1):
            if text[end - 1] in ",;。:!?":
                return None
            if text[start:end].endswith(self._endings) and _AFTER_TITLE.match(text, end):
                version = _ASIDE.match(text, end, limit)
                return version.end() if version and without_version(text[start : version.end()]) == text[start:end] else end
        return None

    def _unopened(self, text: str, end: int, found: list[Title]) -> None:
        for start in range(max(0, end - 60), end - 1):
            if text[start:end] in self._names:
                return self._add(found, Title(start, end, start, end + 1, 0, "law:unopened"), text)
        if not text[:end].endswith(self._endings):
            return None
        start = max((m.end() for m in _STOP.finditer(text, max(0, end - 80), end)), default=max(0, end - 80))
        verb = self._verbs.search(text, start, min(end, start + 6))
        while verb:
            start = verb.end()
            verb = self._verbs.match(text, start, end)
        if 4 <= end - start <= 60 and start and not _STOP.match(text, start - 1):
            self._add(found, Title(start, end, start, end + 1, 0, "law:unopened"), text)
        return None

    def _split(self, text: str, title: Title) -> list[Title]:
        """《甲法、乙法》 holds two titles where each is a known one; 《甲法及其实施条例》 names 甲法."""
        content = text[title.start : title.end]
        if self._known(content):
            return [title]
        if (companion := _COMPANION.search(content)) and self._known(content[: companion.start()]):
            return [replace(title, end=title.start + companion.start())]
        parts: list[Title] = []
        start = title.start
        for match in [*_SPLIT.finditer(text, title.start, title.end), None]:
            end = match.start() if match else title.end
            if not self._known(text[start:end].strip('《》<>" ')):
                return [title]
            outer_start = title.outer_start if start == title.start else start
            outer_end = end if match else title.outer_end
            parts.append(Title(start, end, outer_start, outer_end, title.depth, "law:listed"))
            start = match.end() if match else end
        return parts


def _undoubled(found: list[Title]) -> list[Title]:
    """Without the titles that are nothing but another one in a second pair of brackets."""
    inner = {(t.outer_start, t.outer_end) for t in found}
    doubled = [t for t in found if (t.start, t.end) in inner]
    for outer in doubled:
        rest = [t for t in found if t is not outer]
        found = [_raised(t) if outer.start <= t.start and t.end <= outer.end else t for t in rest]
    return found


def _raised(title: Title) -> Title:
    """The title one level further out, as what seemed to hold it does not."""
    depth = max(title.depth - 1, 0)
    rule = "law:bracketed" if depth == 0 and title.rule == "law:nested" else title.rule
    return replace(title, depth=depth, rule=rule)
