"""What a clause does with the titles it names: implements, studies, publicises, formulates or merely mentions them.

A verb before the titles governs all of an enumeration (学习《甲》《乙》); after a topic word (对, 将, 以 …) or a light
verb (开展, 组织 …) the word behind them decides (对《甲》《乙》进行学习, 开展《甲》宣传). Of verbs in a row the first
decides (学习贯彻).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kgraph.extract.law_titles import Title
from kgraph.extract.law_words import LawWords, alternatives
from kgraph.knowledge import Scheme
from kgraph.model import Role

_MASK = "▢"
_GROUP = re.compile(r"▢(?:(?:\"|、|,|和|与|及|以及|及其|还有|或|·|\s|《|》){0,4}▢)*\"?")
_ALIAS = re.compile(r"[(][^()]*?(?:简称|统称|下称|合称)[^()]*[)]")
_ASIDE = re.compile(r"[(][^()▢]*[)]")
_CLAUSE = re.compile(r"[,;:。!?]")
_ALONE = re.compile(r"(?:等[^,]{0,10})?")
_ROW = re.compile(r"(?:、|和|并|与|及|以及|、认真|、深入)?")
_SHARED = "shared"
_BESIDE = "$"
"""Ends a cue that governs a title only from right before it: words of one character."""
WINDOW = 400
"""How many characters before and behind the titles are looked at."""
TOPIC_REACH = 12
"""How many characters may lie between a topic word and the title that it marks."""


class RoleReader:
    """Tells the role of each title of a sentence; the cue words are data (``ontology/roles.ttl``)."""

    def __init__(self, roles: Scheme, words: LawWords) -> None:
        excludes = {w: "" for role in roles.values() for w in role.get("excludes")}
        before = {w: role.id for role in roles.values() for w in role.get("cueBefore")}
        after = {w: role.id for role in roles.values() for w in role.get("cueAfter")}
        shared = {w: _SHARED for role in roles.values() for w in role.get("cueShared")}
        beside = {w[:-1]: role for w, role in {**shared, **before}.items() if w.endswith(_BESIDE)}
        before = {w: role for w, role in before.items() if not w.endswith(_BESIDE)}
        shared = {w: role for w, role in shared.items() if not w.endswith(_BESIDE)}
        self._beside = beside
        self._beside_cue = re.compile(alternatives(beside) + "$")
        self._before = {**shared, **before, **excludes}
        self._after = {**shared, **after, **excludes}
        self._before_cue = re.compile(alternatives(self._before))
        self._after_cue = re.compile(alternatives(self._after))
        self._audience = re.compile(alternatives(w for role in roles.values() for w in role.get("audience")))
        self.verbs = re.compile(alternatives(before))
        """The verbs that may stand before a title."""
        self._modifier = re.compile(f'(?:{words.alternatives("modifier")}|[和与、"《]|(?<!普)及)$')
        self._fresh = re.compile(f'{words.alternatives("fresh")}(?="?▢)')
        self._light = words.pattern("light")
        self._topic = re.compile(
            f"(?:(?<![一-龥]){words.alternatives('topic')}|(?<![可所予加得难给应])以(?![及来上下后前内外])"
            f"|(?<!针)(?<!面)(?<!反)(?<!应)对(?![象口外比接标照])|{alternatives(w for w in words['topic'] if len(w) > 1)}|[把将])"
        )
        self._by_default = frozenset(words["default-implements"])
        self._product = re.compile(rf"^的?[^,、和及等()\"▢]{{0,12}}{words.alternatives('product')}")

    def read(self, text: str, titles: Sequence[Title]) -> list[Role]:
        """The roles of the outermost titles of a sentence, which come in order and do not overlap."""
        masked, aliases = _mask(text, titles)
        masked = self._fresh.sub("", masked)
        roles: list[Role] = []
        for group in _GROUP.finditer(masked):
            role = self._role(masked, group.start(), group.end())
            roles += [role] * group.group().count(_MASK)
        for index in aliases:
            roles.insert(index, roles[index - 1] if index else Role.MENTIONS)
        return roles

    def _role(self, text: str, start: int, end: int) -> Role:
        text, start, end = text[max(0, start - WINDOW) : end + WINDOW], min(start, WINDOW), end - max(0, start - WINDOW)
        left_end = max((m.end() for m in _CLAUSE.finditer(text, 0, start)), default=0)
        stop = _CLAUSE.search(text, end)
        right_end = stop.start() if stop else len(text)
        left, right = text[left_end:start], text[end:right_end]
        public = bool(self._audience.search(text, max(0, left_end - 24), right_end))
        while shorter := self._modifier.search(left):
            left = left[: shorter.start()]
        verb, reach = self._governing(left)
        rest = left[reach:]
        topic = next((m for m in reversed(list(self._topic.finditer(rest))) if len(rest) - m.end() <= TOPIC_REACH), None)
        after = self._following(right)
        if topic is not None:
            later = after or self._later(text[right_end:])
            default = Role.IMPLEMENTS if topic.group() in self._by_default else Role.MENTIONS
            return self._settle(later, public, default)
        if verb and after and self._light.search(rest):
            return self._settle(after, public, Role.MENTIONS)
        if verb:
            if verb == Role.FORMULATES and self._product.match(right):
                return self._settle(after if after != Role.FORMULATES else "", public, Role.IMPLEMENTS)
            return self._settle(verb, public, Role.MENTIONS)
        if after:
            return self._settle(after, public, Role.MENTIONS)
        if not left and text.startswith(",", right_end) and _ALONE.fullmatch(right):
            said = self._following(_CLAUSE.split(text[right_end + 1 :])[0])
            if said:
                return self._settle(said, public, Role.MENTIONS)
        if not left and left_end:
            previous = text[:left_end].rstrip(",:;。")
            begin = max((m.end() for m in _CLAUSE.finditer(previous)), default=0)
            return self._settle(self._governing(previous[begin:])[0], public, Role.MENTIONS)
        return Role.MENTIONS

    def _governing(self, left: str) -> tuple[str, int]:
        """The cue that governs what follows, and where it and its row of verbs end."""
        every = [(m.start(), m.end(), self._before[m.group()]) for m in self._before_cue.finditer(left)]
        found = [cue for cue in every if cue[2]]
        if not found:
            beside = None if every and every[-1][1] == len(left) else self._beside_cue.search(left)
            return (self._beside[beside.group()], beside.end()) if beside else ("", 0)
        at = len(found) - 1
        while at and _ROW.fullmatch(left[found[at - 1][1] : found[at][0]]):
            at -= 1
        return found[at][2], found[-1][1]

    def _following(self, right: str) -> str:
        return next((self._after[m.group()] for m in self._after_cue.finditer(right) if self._after[m.group()]), "")

    def _later(self, text: str) -> str:
        """The role that one of the next two clauses gives to the topic of this one."""
        for clause in _CLAUSE.split(text)[1:3]:
            role = self._following(clause)
            if role in (Role.STUDIES, Role.PUBLICISES, Role.FORMULATES, _SHARED):
                return role
        return ""

    @staticmethod
    def _settle(role: str, public: bool, default: Role) -> Role:
        if role == _SHARED:
            return Role.PUBLICISES if public else Role.STUDIES
        return Role(role) if role else default


def _mask(text: str, titles: Sequence[Title]) -> tuple[str, list[int]]:
    """The text with one sign for each title and without asides; and which titles stood in a definition (以下简称《…》)."""
    parts: list[str] = []
    at = 0
    for title in titles:
        parts += [text[at : title.outer_start], _MASK]
        at = max(at, title.outer_end)
    masked = "".join([*parts, text[at:]])
    aliases: list[int] = []
    for aside in reversed(list(_ALIAS.finditer(masked))):
        first = masked.count(_MASK, 0, aside.start())
        aliases[:0] = range(first, first + aside.group().count(_MASK))
        masked = masked[: aside.start()] + masked[aside.end() :]
    return _ASIDE.sub("", masked), aliases
