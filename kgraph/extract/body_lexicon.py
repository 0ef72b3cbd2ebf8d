"""What the vocabulary of body types says, compiled: the words that names of bodies are known by, and what stands around."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kgraph.knowledge import Concept, Knowledge
from kgraph.match import PatternSet

_ZONES = "开发区 高新区 经开区 园区 新区 示范区 度假区 工业园区 功能区 管理区"
LEVEL_WORDS: Mapping[str, tuple[int, ...]] = {
    "省": (1,),
    "自治区": (1,),
    "市": (3, 2, 1),
    **dict.fromkeys(("自治州", "州", "盟", "地区"), (2,)),
    **dict.fromkeys(("县", "自治县", "区", "旗"), (3,)),
    **dict.fromkeys(("镇", "乡", "街道", "苏木"), (4,)),
    **dict.fromkeys(_ZONES.split(), ()),
}
"""Words that stand for the region of a report's own kind (县 in 县司法局), with the levels they can mean."""
OWN_WORDS = ("局", "委", "厅", "院", "办", "所", "队", "中心", "社", "校")
"""Words by which a department speaks of itself (局 in 局党组)."""


@dataclass(frozen=True, slots=True)
class BodyType:
    """A type of bodies as the extractor needs it."""

    id: str
    bare: str
    within: bool
    minimum: int
    levels: tuple[int, ...]
    not_before: re.Pattern[str] | None
    not_after: re.Pattern[str] | None
    vague: frozenset[str]
    full_form: str
    expands: tuple[tuple[str, str], ...]
    is_group: bool
    named: str
    countable: bool
    counts_as: str


@dataclass(frozen=True, slots=True)
class Cue:
    """One way of writing a type: ``how`` is ``term``, ``level`` (behind a level word or region), ``suffix``, ``pattern``."""

    type: BodyType
    how: str


class BodyLexicon:
    """The cues of all body types and the words around names.

    >>> BodyLexicon.of(Knowledge()).types["judicial-office"].levels
    (4,)
    """

    def __init__(self, knowledge: Knowledge) -> None:
        scheme = knowledge.bodytypes
        self.types: dict[str, BodyType] = {c.id: _type(c, scheme) for c in scheme.values()}
        terms: dict[tuple[str, str, str], Cue] = {}
        patterns: list[tuple[str, Cue]] = []
        stems: set[str] = set()
        for concept in scheme.values():
            type_ = self.types[concept.id]
            for word in concept.get("term"):
                terms[word, "term", type_.id] = Cue(type_, "term")
            for stem in concept.get("stem"):
                stems.add(stem)
                for ending in concept.get("ending"):
                    terms[stem + ending, "term", type_.id] = Cue(type_, "term")
            for form in concept.get("levelForm"):
                if form.startswith("{level}"):
                    terms[form[len("{level}") :], "level", type_.id] = Cue(type_, "level")
                else:
                    for level in LEVEL_WORDS:
                        terms[form.replace("{level}", level), "term", type_.id] = Cue(type_, "term")
            for word in concept.get("suffix"):
                terms[word, "suffix", type_.id] = Cue(type_, "suffix")
            for source in concept.get("pattern"):
                patterns.append((source.replace("@R", r"(?:[\u4e00-\u9fff](?<!委)){2,24}?"), Cue(type_, "pattern")))
        self.first: dict[str, BodyType] = {}
        for word, how, _ in sorted(terms, key=lambda t: (t[0], t[2])):
            if how == "term":
                self.first.setdefault(word, terms[word, how, _].type)
        self.cues = PatternSet([(word, cue) for (word, _, _), cue in sorted(terms.items(), key=lambda x: x[0])], patterns)
        self.terms = frozenset(word for word, how, _ in terms if how == "term")
        words: dict[str, list[str]] = {}
        for row in knowledge.rows("body_words.csv"):
            words.setdefault(row["kind"], []).append(row["word"])
        self.stop = re.compile(_any(words["stop"]).pattern + r"|[本该](?=[省市州县区旗镇乡局委厅院]|街道)|派出(?!所|机构|机关)")
        self.soft = _any(words["soft"])
        self.skip = tuple(sorted(words["skip"], key=len, reverse=True))
        self.class_before = re.compile(
            "(?:"
            + _any(words["class"]).pattern
            + r"|(?:\d+|[一二三四五六七八九十百两几多数]+)(?:余|多)?(?:个|家|所|处|支|座|间|级)|[省市县区镇乡村]\((?:社区|居|街道?|[市县区镇乡场园团旗])[^()]{0,6}\)|各?[镇乡区县]+[镇乡街]+道?\()$"
        )
        self.inner_level = frozenset(words["inner-level"])
        self.class_start = _any(words["class-start"])
        departments = "|".join(sorted(map(re.escape, stems), key=len, reverse=True))
        self.not_level = re.compile(f"(?!.(?:{departments}))" + _any(words["not-level"]).pattern)
        self.title = re.compile("(?:党组|党委|党工委|分管)?" + _any(words["title"]).pattern + "(?!会)")
        self.joint = re.compile(f"(?:{departments})(?:和|与|及)?$")
        self.not_verbs = (
            frozenset(words["stop"]) | frozenset(words["soft"]) | frozenset(words["skip"]) | frozenset(words["class"])
        )

    @classmethod
    def of(cls, knowledge: Knowledge) -> BodyLexicon:
        """The lexicon of a ``Knowledge``, compiled once and kept by it."""
        kept = vars(knowledge).get("_body_lexicon")
        if not isinstance(kept, cls):
            kept = vars(knowledge)["_body_lexicon"] = cls(knowledge)
        return kept


def _any(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(map(re.escape, sorted(set(words), key=lambda w: (-len(w), w)))) + ")")


def _chain(concept: Concept, scheme: Mapping[str, Concept]) -> list[Concept]:
    found = [concept]
    while found[-1].broader in scheme and len(found) < 9:
        found.append(scheme[found[-1].broader or ""])
    return found


def _type(concept: Concept, scheme: Mapping[str, Concept]) -> BodyType:
    chain = _chain(concept, scheme)

    def pattern(name: str) -> re.Pattern[str] | None:
        sources = [source for c in chain for source in c.get(name)]
        return re.compile("|".join(sources)) if sources else None

    def first(name: str, default: str) -> str:
        return next((v for c in chain if (v := c.one(name)) is not None), default)

    pairs = sorted({tuple(pair.split(">", 1)) for pair in concept.get("expands") if ">" in pair}, key=lambda p: (-len(p[0]), p))
    return BodyType(
        id=concept.id,
        bare=concept.one("bare") or "no",
        within=concept.one("within") == "yes",
        minimum=int(concept.one("minimum") or 2),
        levels=tuple(int(n) for n in first("levels", "").split()),
        not_before=pattern("notBefore"),
        not_after=pattern("notAfter"),
        vague=frozenset(concept.get("vague")),
        full_form=first("fullForm", "{region}{name}"),
        expands=tuple((a, b) for a, b in pairs),
        is_group=any(c.id == "group" for c in chain),
        counts_as=concept.one("countsAs") or concept.id,
        countable=first("countable", "no") == "yes",
        named=concept.one("named") or "no",
    )
