"""Organisations named in a report: where each name begins and ends, and what type of body it names.

A name is found from its end: a cue of the vocabulary (司法局, 领导小组) is met first, then its left edge is sought. A *term*
takes only a region, a level word (县) or the body it is a part of before it; a *suffix* takes a phrase of its own, which
ends at punctuation, at a verb or function word, at another body or at a region's name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kgraph.extract.body_lexicon import LEVEL_WORDS, BodyLexicon, BodyType, Cue
from kgraph.knowledge import Knowledge
from kgraph.match import Match
from kgraph.model import BodyMention, Outline
from kgraph.regions import Regions
from kgraph.text import normalise

_TITLE = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》?")
_HARD = re.compile(r"[^\u4e00-\u9fff]")
_COUNT_AFTER = re.compile(
    r"(?:共|达|有|近|约)?(?:\d+(?:余|多)?(?:个|所|处|支|座|间)|[一二三四五六七八九十百两]+(?:余|多)?(?:个|处|支|座|间))"
)
_COUNTED = re.compile(r"(?<=[\d余多])[个家所处支座间名](?!人)")
_NOT_PART = re.compile(r"[和与及]|领导|牵头|[省市县区镇乡](?=依法|法治)")
_JOINT = re.compile(r"[和与及]")
_COINED = re.compile(r'"[^"、,。;:()]{2,8}"$')
_GOAL = re.compile(r"(?<![达得遇报])到|赴|(?<![一方])向|(?<![存所现旨])在")
_LEAD = re.compile(r"和|与|及|等|对(?!外|口)|把|将|由|被")
_MANY = re.compile(r"两级|三级|四级|各|镇村|村级|等")
_JOINTS = frozenset({"、", "和", "及", "与", "以及", "、县", "、区", "、市", "、镇"})
_OWN_TOWN = re.compile(
    r"[我全本](?:镇|乡|街道)|(?<![各个])(?:镇|乡)(?:党委|政府)|街道(?:党工委|办事处|工委)|[镇乡](?:长|人民政府)"
)
_OWN_WIDE = re.compile(r"[我全本](?:县|区|市|州|省|旗|盟|局|委|厅|院)(?!面)|局党[组委]")
_PREFIXED = ("region", "level", "parent", "stem", "own")
_WINDOW = 30
_TOWN = re.compile(
    r"(?:^|(?<=[年,。:、《 \-区县市旗])|(?<=现将))"
    r"(?![各全我本该乡镇])([\u4e00-\u9fff]{2,5}(?<![各全我本该乡城集村])(?:镇|乡|街道))"
    r"(?=20\d\d|党委|党工委|人民政府|办事处|坚持|始终|认真|紧紧|深入|全面|严格|积极|切实)"
)
_ZONE = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,8}(?:新区|开发区|高新区|经开区|园区|示范区)$")
_OWN_SIGNS = "局厅院委"
_EDGE = re.compile(r"$|[^\u4e00-\u9fff]|[和与及在由将我本该]")
_LEVELS = sorted(LEVEL_WORDS, key=len, reverse=True)
_STEM_ENDINGS = ("镇", "乡", "街道", "苏木")


@dataclass(frozen=True, slots=True)
class Found:
    """A body in a piece of text: its span, its type, how it was known, what stands before its cue, where the cue begins."""

    start: int
    end: int
    type: BodyType
    how: str
    prefix: str
    cue: int = 0


class BodyExtractor:
    """Finds the bodies of a report.

    >>> finder = BodyExtractor(Knowledge())
    >>> text = "联合派出所、县司法局召开会议,镇党委书记参加,成立了法治建设工作领导小组"
    >>> [text[f.start:f.end] for f in finder.find(text)]
    ['派出所', '县司法局', '法治建设工作领导小组']
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._lexicon = BodyLexicon.of(knowledge)
        self._regions = Regions.of(knowledge)

    def extract(self, outline: Outline) -> list[BodyMention]:
        """The bodies that a report names, in the order of the text."""
        texts = [s.text for s in outline.sentences]
        level = own_level(texts)
        stems = self.stems(texts)
        towns = self.towns(texts, outline.title or "")
        found = []
        for index, sentence in enumerate(outline.sentences):
            for f in self.find(sentence.text, level, stems, towns):
                start, end = sentence.span(f.start, f.end)
                name = sentence.text[f.start : f.end]
                found.append(BodyMention(start, end, index, name, f.type.id, f"body/{f.type.id}/{f.how}"))
        return found

    def stems(self, texts: Iterable[str]) -> frozenset[str]:
        """The regions that the texts name, without their endings: what may stand before 派出所 or 小学."""
        names = {name for text in texts for chain in self._regions.find(text) for name in chain.names}
        stems = {name[:-2] if name.endswith("街道") else name[:-1] for name in names}
        return frozenset(stem for stem in stems if len(stem) >= 2)

    def towns(self, texts: Iterable[str], title: str) -> tuple[str, ...]:
        """The towns that a report's title, or its text more than once, speaks of and that the table of regions lacks."""
        named = Counter(name for text in texts for name in _TOWN.findall(text))
        for name in _TOWN.findall(normalise(title)):
            named[name] += 2
        return tuple(sorted(n for n, count in named.items() if count > 1 and not self._regions.codes(n)))

    def find(
        self, text: str, level: int | None = None, stems: frozenset[str] = frozenset(), towns: tuple[str, ...] = ()
    ) -> list[Found]:
        """The bodies in a normalised text.

        ``level`` is the level of the region that the text is of: a term of a lower level without a name (司法所 in a
        county's report) is a class, no body. ``stems`` and ``towns`` are names of places that may stand before a term.
        """
        matches = self._lexicon.cues.find(text)
        if not matches:
            return []
        titles = [m.span() for m in _TITLE.finditer(text)] if "《" in text else []
        built: list[Found] = []
        partners: list[Found] = []
        blocked: set[int] = set()
        persons = [(m.start, m.end) for m in matches if self._lexicon.title.match(text, m.end)]
        for m in sorted(matches, key=lambda m: (m.end, m.start)):
            if m.end in blocked or any(a <= m.start < b for a, b in titles):
                continue
            if any(a <= m.start and m.end <= b for a, b in persons) or self._excluded(text, m):
                continue
            if m.value.type.countable and _COUNT_AFTER.match(text, m.end):
                blocked.add(m.end)
                continue
            type_ = self._joint(text, m)
            edge = self._suffix(text, m, built) if m.value.how == "suffix" else self._term(text, m, built, stems, towns)
            if edge is None:
                continue
            start, prefix = edge
            if prefix == "class" or self._lexicon.class_before.search(text, max(0, start - 6), start):
                blocked.add(m.end)
                continue
            start = self._whole(text, start, type_, built)
            found = Found(start, m.end, type_, m.value.how, prefix, m.start)
            if prefix in _PREFIXED:
                built.append(found)
            elif m.value.how in ("suffix", "pattern") or m.value.type.bare == "yes":
                if level is None or not m.value.type.levels or min(m.value.type.levels) <= level:
                    built.append(found)
            elif m.value.type.bare == "partner":
                partners.append(found)
        return _outermost(_with_partners(text, built, partners))

    @staticmethod
    def _excluded(text: str, m: Match[Cue]) -> bool:
        """Whether what follows a cue tells that it is no body: 政府 + 办理."""
        type_ = m.value.type
        return type_.not_before is not None and type_.not_before.match(text, m.end) is not None

    def _term(
        self, text: str, m: Match[Cue], built: list[Found], stems: frozenset[str], towns: tuple[str, ...]
    ) -> tuple[int, str] | None:
        """The left edge of a term and what stands before it; None where it is no name."""
        type_, start = m.value.type, self._joined(text, m)
        if type_.not_after is not None and re.search(f"(?:{type_.not_after.pattern})$", text[max(0, start - 8) : start]):
            return None
        if type_.within:
            holders = (f for f in built if f.end == start and not _beside(f.type, type_))
            parent = max(holders, key=lambda f: f.end - f.start, default=None)
            if parent is not None:
                return parent.start, "parent"
        edge, prefix = self._prefix(text, start, stems if m.value.how == "term" else frozenset(), towns)
        if prefix == "stem" and (chain := self._regions.chain_ending_at(text, edge))[1]:  # 柳州市柳城生态环境局
            edge = chain[0]
        if prefix == "class" or (prefix == "none" and m.value.how == "level"):
            return (start, "class") if prefix == "class" else None
        if prefix == "stem" and type_.within:
            parent = next((f for f in built if f.end == edge), None)
            if parent is not None:
                return parent.start, "parent"
        if type_.id.startswith("party") and text.startswith("中共", edge - 2) and edge >= 2:
            edge -= 2
        return edge, prefix

    def _whole(self, text: str, start: int, type_: BodyType, built: list[Found]) -> int:
        """Where a name begins that goes on to the left: 城北区人民政府马坊街道办事处, 镇"一站式"矛调中心."""
        if type_.counts_as == "street-office":
            return min((f.start for f in built if f.end == start and f.type.id == "government"), default=start)
        coined = _COINED.search(text, max(0, start - 12), start)
        if coined is None or type_.levels == (1, 2, 3):
            return start
        edge = coined.start()
        return self._prefix(text, edge, frozenset(), ())[0]

    def _joined(self, text: str, m: Match[Cue]) -> int:
        """Where a department's name begins that is made of several stems: 教育和体育局."""
        start = m.start
        if m.value.how == "term" and m.text[-1] in "局厅会委":
            while joint := self._lexicon.joint.search(text, max(0, start - 12), start):
                start = joint.start()
        return start

    def _joint(self, text: str, m: Match[Cue]) -> BodyType:
        """The type of a cue; of several joined stems the first one's."""
        start = self._joined(text, m)
        if start < m.start:
            for end in range(m.start, start + 1, -1):
                for ending in ("局", "委员会", "委", "厅"):
                    if m.text.endswith(ending) and text[start:end] + ending in self._lexicon.first:
                        return self._lexicon.first[text[start:end] + ending]
        return m.value.type

    def _prefix(self, text: str, end: int, stems: frozenset[str], towns: tuple[str, ...]) -> tuple[int, str]:
        """What stands directly before a place: a chain of regions, a level word, a region's stem, or nothing."""
        begin, names = self._regions.chain_ending_at(text, end)
        if len(names) == 1 and names[0][:-1] in self._lexicon.not_verbs:  # 会同县 is a county, 会同 a verb
            return end - 1, "level"
        if names:
            return begin, "region"
        if text.endswith(("镇", "乡", "街道"), 0, end):
            for town in towns:
                if text.endswith(town, 0, end):
                    zone = _ZONE.search(text, max(0, end - len(town) - 10), end - len(town))
                    return zone.start() if zone else self._regions.chain_ending_at(text, end - len(town))[0], "region"
            for length in range(3, 7):  # 宝丰县云顶镇: a town unknown behind a region that is known
                begin, names = self._regions.chain_ending_at(text, end - length) if end > length else (end, ())
                if names and not self._lexicon.stop.search(text, end - length, end):
                    return begin, "region"
        for word in self._lexicon.skip:
            if text.endswith(word, 0, end):
                before = end - len(word)
                return (before, "class") if self._lexicon.class_before.search(text, max(0, before - 6), before) else (end, "none")
        if end and text[end - 1] in _OWN_SIGNS and _EDGE.match(text[max(0, end - 2) : end - 1] if end > 1 else ""):
            return end - 1, "own"
        for length in (3, 2):  # 泉州海事局 is no 州's
            piece = text[max(0, end - length) : end]
            if piece[-1:] in LEVEL_WORDS and len(piece) == length and self._regions.stems(piece):
                return end - length, "stem"
        for word in _LEVELS:
            if not text.endswith(word, 0, end):
                continue
            a = end - len(word)
            if text[max(0, a - 1) : end] in self._lexicon.inner_level or text[max(0, a - 2) : end] in self._lexicon.inner_level:
                own = text[a - 1] in "我本该"
                return (a, "level") if own else (a, "class")
            return a, "level"
        for length in (4, 3, 2):
            piece = text[max(0, end - length) : end]
            if len(piece) == length and (piece in stems or (end >= length and self._town(text, end - length, end))):
                return end - length, "stem"
        return end, "none"

    def _town(self, text: str, start: int, end: int) -> bool:
        """Whether a piece between an edge and a cue is the name of some township without its ending (香水派出所)."""
        piece = text[start:end]
        if piece in self._lexicon.not_verbs or not _EDGE.match(text[start - 1 : start]):
            return False
        return any(self._regions.codes(piece + ending) for ending in _STEM_ENDINGS)

    def _suffix(self, text: str, m: Match[Cue], built: list[Found]) -> tuple[int, str] | None:
        """The left edge of a name that has a phrase of its own before its suffix; None where it has none."""
        type_, stop = m.value.type, m.start
        start = max(0, stop - _WINDOW)
        for hard in _HARD.finditer(text, start, stop):
            start = hard.end()
        parent = max((f for f in built if start < f.end <= stop), key=lambda f: (f.end, f.end - f.start), default=None)
        if parent is not None:
            start = parent.end
        for word in self._lexicon.stop.finditer(text, start, stop):
            start, parent = word.end(), None
        for goal in _GOAL.finditer(text, start, stop):
            if type_.named == "yes" or self._leading(text, goal.end(), stop)[1] != "none":
                start, parent = goal.end(), None
        for chain in self._regions.find(text[start:stop]):
            if chain.start > 0:
                start, parent = start + chain.start, None
                break
        if start < stop and (_COUNTED.match(text, start) or text[max(0, start - 1) : start].isdigit()):
            return start, "class"
        if parent is not None and (
            stop - start > 10 or _NOT_PART.search(text, start, stop) or self._lexicon.soft.match(text, start, stop)
        ):
            parent = None
        if parent is None:
            start = self._trimmed(text, start, stop, type_)
        elif text.startswith(("和", "与", "及"), start) and start < stop:
            start, parent = start + 1, None
        if self._lexicon.class_start.match(text, start, stop) or self._lexicon.class_before.search(
            text, max(0, start - 6), start
        ):
            return start, "class"
        own = start
        prefix = "none"
        if parent is not None:
            prefix = "parent"
        else:
            own, prefix = self._leading(text, start, stop)
            if prefix == "level" and text[max(0, start - 1) : start] in ("我", "本"):  # 我镇 is no name, nor part of one
                start = own
        phrase = text[own:stop]
        if type_.named == "yes" and prefix in ("none", "level"):
            far = max(phrase.rfind(c) for c in "进入到赴在对从向于往") + 1
            if far:
                start = own = own + far
                phrase = text[own:stop]
            if not 2 <= len(phrase) <= 6 or phrase[-1] in "各中集所":
                return None
        if type_.named == "region" and prefix != "region":
            return None
        if type_.not_after is not None and re.search(f"(?:{type_.not_after.pattern})$", phrase):
            return None
        if (phrase in type_.vague and not (type_.named == "yes" and prefix == "region")) or _MANY.search(phrase):
            return start, "class"
        if len(phrase) < type_.minimum and not (prefix == "parent" and type_.within and type_.minimum < 3):
            return None
        if prefix == "parent" and parent is not None:
            return (parent.start, prefix) if type_.within else (start, "none")
        listed = self._listed(text, start) if type_.is_group else None
        return (listed, prefix) if listed is not None else (start, prefix)

    def _trimmed(self, text: str, start: int, stop: int, type_: BodyType) -> int:
        """The edge without verbs that a name does not begin with: 建设 in 建设退役军人服务站."""
        for joint in _JOINT.finditer(text, start, stop):
            if self._leading(text, joint.end(), stop)[1] in ("region", "level"):
                start = joint.end()
        if text.startswith("原", start) and self._leading(text, start, stop)[1] == "none":
            start += 1
        while start < stop:
            lead = _LEAD.match(text, start, stop)
            if lead is not None:
                start = lead.end()
                continue
            word = self._lexicon.soft.match(text, start, stop)
            if word is None:
                break
            named = self._leading(text, word.end(), stop)[1] != "none"
            if not named and (type_.is_group or stop - word.end() < max(type_.minimum, 2)):
                break
            start = word.end()
        return start

    def _leading(self, text: str, start: int, stop: int) -> tuple[int, str]:
        """Where a name goes on behind the regions or the level word that it begins with."""
        at = start
        while (name := self._regions.starting_at(text, at, stop)) is not None:
            at += len(name)
        if at > start:
            return at, "region"
        for word in _LEVELS:
            if text.startswith(word, start) and not self._lexicon.not_level.match(text, start) and start + len(word) <= stop:
                return start + len(word), "level"
        if start < stop and text[start] in _OWN_SIGNS and _EDGE.match(text[start - 1 : start] if start else ""):
            return start + 1, "own"
        return start, "none"

    def _listed(self, text: str, start: int) -> int | None:
        """The edge of a name whose phrase is a list (党务、政务公开领导小组): where the verb before the list ends."""
        if start < 3 or text[start - 1] != "、":
            return None
        begin = start - 1
        while begin > 0 and start - begin < 12 and not _HARD.match(text[begin - 1]):
            begin -= 1
        edge = None
        for word in self._lexicon.stop.finditer(text, begin, start - 1):
            edge = word.end()
        item = text[edge : start - 1] if edge is not None else ""
        return edge if 2 <= len(item) <= 6 and not self._lexicon.cues.find(item) else None


def _beside(one: BodyType, other: BodyType) -> bool:
    """Whether two types stand beside each other in a town, so that the one is no part of the other: 平安办 + 司法所."""
    return one.within and other.within and other.levels == (4,) and 4 in one.levels


def own_level(texts: Iterable[str]) -> int | None:
    """The level that a report speaks from: 4 for a township or street, 3 for what is wider, None if it does not say."""
    town = wide = 0
    for text in texts:
        town += len(_OWN_TOWN.findall(text))
        wide += len(_OWN_WIDE.findall(text))
    return None if town == wide else 4 if town > wide else 3


def _with_partners(text: str, built: list[Found], partners: list[Found]) -> list[Found]:
    """The bodies found, with those that count only beside another: 县法院、检察院."""
    accepted = list(built)
    for p in partners:
        if any(f.end < p.start and text[f.end : p.start] in _JOINTS for f in accepted):
            accepted.append(replace(p, prefix="partner"))
    for p in reversed(partners):
        if any(f.start > p.end and text[p.end : f.start] in _JOINTS for f in accepted):
            accepted.append(replace(p, prefix="partner"))
    return accepted


_ORDER = {"term": 0, "level": 1, "pattern": 2, "suffix": 3}


def _outermost(found: list[Found]) -> list[Found]:
    """The bodies that lie in no other, by place; of one span the one known by the most specific cue."""
    kept: list[Found] = []
    for f in sorted(found, key=lambda f: (f.start, -f.end, _ORDER[f.how], f.cue, f.type.id)):
        if not kept or f.start >= kept[-1].end:
            kept.append(f)
        elif f.end > kept[-1].end and f.end - f.start > kept[-1].end - kept[-1].start:
            kept[-1] = f
    return kept
