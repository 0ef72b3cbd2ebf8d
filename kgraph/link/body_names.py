"""Full names of bodies: a name as written is taken apart into its region, level word and rest, and put together in full.

One form for one body: the regions from the prefecture downwards (of a municipality from itself), then the name without
its region, short forms expanded: ``县市监局`` in a report of 宝丰县 is ``平顶山市宝丰县市场监督管理局``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kgraph.extract.body_lexicon import LEVEL_WORDS, BodyLexicon, BodyType
from kgraph.knowledge import Knowledge
from kgraph.model import Body, Region
from kgraph.regions import Regions

_PARTY = ("中国共产党", "中共")
_CENTRAL = ("中央", "国家", "全国", "国务院", "最高", "中共中央", "党中央", "中华人民共和国")
_OWN = re.compile(r"(?:局|厅|委|院|办|队|社|校|中心|所)(?=党[组委]|办公室|政策|法|机关|执法|综合|行政|信访|应急|督|信息|纪)")
_COMMITTEE = re.compile(
    r"(?P<party>(?:党)?委)?(?:全面)?依法治(?P<word>省|自治区|市|州|盟|县|区|旗|镇|乡|街道?)(?:工作)?(?P<what>委员会|委|办公室|办)(?P<tail>.*)"
)
_UNKNOWN_PLACE = re.compile(
    r"(?![各全我本该乡镇]|.?城乡)[\u4e00-\u9fff]{2,9}?(?:镇|乡|街道)(?=党委|党工委|人民政府|政府|办事处|司法所|派出所|人大|纪委|综合|便民|社会|公共|委)"
)
_OF_STREET = re.compile(r"人民政府(?=[\u4e00-\u9fff]{2,7}街道办事处)")
_LEVELS = sorted(LEVEL_WORDS, key=len, reverse=True)
GOVERNMENTS = ("government", "street-office", "party-committee", "management-committee")


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name taken apart: the regions it states (widest first), the level word (县) or own word (局) in their place, the rest.

    ``place`` is a town behind them that the table of regions lacks.
    """

    regions: tuple[str, ...]
    level: str
    own: str
    rest: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A body with its full name; or what it could be, where that cannot be told."""

    body: Body
    reason: str = ""
    candidates: tuple[str, ...] = ()


def chain(path: Sequence[Region]) -> str:
    """The regions of a path as a full name states them: from the prefecture down, of a municipality from itself.

    >>> chain([Region("440000", "广东省", 1, ""), Region("441600", "河源市", 2, "440000")])
    '河源市'
    """
    if len(path) > 1 and not path[0].name.endswith("市"):
        path = path[1:]
    return "".join(r.name for r in path)


def unlisted(name: str, path: Sequence[Region]) -> Region:
    """A town that the table lacks: it has its wider region's code, which its name tells apart.

    >>> unlisted("云顶镇", [Region("410421", "宝丰县", 3, "410400")]).code
    '410421'
    """
    return Region(path[-1].code, name, 4, path[-1].code)


class BodyNamer:
    """Takes names apart and gives them in full.

    >>> namer = BodyNamer(Knowledge())
    >>> path = Regions.of(Knowledge()).path("441602101")
    >>> [namer.resolve(s, t, path, 4, None).body.name for s, t in [("区委", "party-committee"), ("司法所", "judicial-office")]]
    ['中共河源市源城区委员会', '河源市源城区埔前镇司法所']
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._lexicon = BodyLexicon.of(knowledge)
        self._regions = Regions.of(knowledge)

    def parts(self, name: str) -> NameParts:
        """A name (normalised) taken apart."""
        for party in (*_PARTY, "国家税务总局"):
            if name.startswith(party) and len(name) > len(party) + 2:
                name = name[len(party) :]
                break
        names: list[str] = []
        rest = name
        while (found := self._regions.starting_at(rest, 0, len(rest) - 1)) is not None:
            if names and not self._regions.matching([*names, found]):
                if found.endswith(("镇", "乡", "街道")):
                    return NameParts(tuple(names), "", "", rest[len(found) :], found)
                break
            names.append(found)
            rest = rest[len(found) :]
            if _OF_STREET.match(rest) and self._regions.starting_at(rest, 4, len(rest) - 1) is not None:
                rest = rest[4:]  # 城北区人民政府马坊街道办事处
        place = _UNKNOWN_PLACE.match(rest)
        if place and rest not in self._lexicon.terms and not self._lexicon.not_level.match(rest):
            return NameParts(tuple(names), "", "", rest[place.end() :], place.group())
        if names:
            return NameParts(tuple(names), "", "", rest)
        if name not in self._lexicon.terms and not self._lexicon.not_level.match(name):
            for word in _LEVELS:
                if name.startswith(word) and len(name) > len(word):
                    return NameParts((), word, "", name[len(word) :])
        own = _OWN.match(name)
        if own and own.end() < len(name):
            return NameParts((), "", own.group(), name[own.end() :])
        return NameParts((), "", "", name)

    def resolve(
        self, name: str, type_id: str | None, path: Sequence[Region], own_level: int | None, issuer: Body | None
    ) -> Resolved:
        """The body that a name denotes in a report of a region (its path, widest first) issued by ``issuer``.

        ``own_level`` is the level that the report speaks from, also where its own region is unknown.
        """
        found = self._resolve(name, type_id, path, own_level, issuer)
        type_ = self._lexicon.types.get(found.body.type or "")
        if type_ is None or type_.counts_as == type_.id:
            return found
        return replace(found, body=replace(found.body, type=type_.counts_as))

    def _resolve(
        self, name: str, type_id: str | None, path: Sequence[Region], own_level: int | None, issuer: Body | None
    ) -> Resolved:
        type_ = self._lexicon.types.get(type_id or "")
        plain = Body(name, type_id, None)
        parts = self.parts(name)
        if type_ is not None and type_.full_form == "{name}" and parts.level:  # 县第一中学
            type_ = replace(type_, full_form="{region}{name}")
        if type_ is None or type_.full_form == "{name}" or name.startswith(_CENTRAL):
            region = path[-1].code if path and type_ is not None and type_.named != "no" else None
            return Resolved(Body(name, type_id, region))
        if parts.place and not parts.regions:
            county = [r for r in path if r.level < 4]
            if not county or county[-1].level < (2 if "区" in parts.place else 3) or own_level is None:
                return Resolved(_local(plain), "unknown region")
            return self._named(name, type_, parts.rest, [*county, unlisted(parts.place, county)], issuer)
        if parts.regions:
            return self._stated(name, type_, parts, path)
        if parts.level:
            where = self._by_level(parts.level, path, own_level)
            if where is None:
                return Resolved(_local(plain), f"no region of the report is called {parts.level}")
            return self._named(name, type_, parts.rest, where, issuer)
        return self._bare(name, type_, parts, path, own_level, issuer)

    def _stated(self, name: str, type_: BodyType, parts: NameParts, path: Sequence[Region]) -> Resolved:
        """The body of a name that states its region."""
        codes = self._regions.matching(parts.regions)
        if len(codes) > 1:
            known = {r.code for r in path}
            shared = {c: len(known & self._regions.lineage(c)) for c in codes}
            best = max(shared.values())
            if best:
                codes = tuple(c for c in codes if shared[c] == best)
        if len(codes) != 1:
            names = tuple("".join(r.name for r in self._regions.path(c)) for c in codes)
            return Resolved(
                Body(name, type_.id, None, local=True), "several regions have this name" if codes else "unknown region", names
            )
        stated = self._regions.path(codes[0])
        return self._named(name, type_, parts.rest, (*stated, unlisted(parts.place, stated)) if parts.place else stated, None)

    def _bare(
        self, name: str, type_: BodyType, parts: NameParts, path: Sequence[Region], own_level: int | None, issuer: Body | None
    ) -> Resolved:
        """The body of a name without a region: one of the issuer's, or of the nearest region that has such bodies."""
        plain = Body(name, type_.id, None)
        if (
            parts.own
            or "{parent}" in type_.full_form
            or (issuer is not None and issuer.type not in GOVERNMENTS and _is_own(type_))
        ):
            if issuer is None or issuer.type in GOVERNMENTS:
                return Resolved(_local(plain), "the body it belongs to is not named")
            return Resolved(
                Body(issuer.name + self._expanded(type_, parts.rest), type_.id, issuer.region, issuer.name, issuer.local)
            )
        stem = self._stem(parts.rest, path)
        if stem is not None:
            return Resolved(
                Body((chain(stem) if len(stem) > 1 or stem[0].name.endswith("市") else "") + parts.rest, type_.id, path[-1].code)
            )
        committee = _COMMITTEE.fullmatch(parts.rest)
        if committee:
            where = self._by_level(committee.group("word"), path, own_level)
            return (
                self._named(name, type_, parts.rest, where, issuer)
                if where
                else Resolved(_local(plain), "no region of this level")
            )
        if own_level is None or not path:
            return Resolved(_local(plain), "the region of the report is unknown")
        for level in range(own_level, 0, -1):
            if type_.levels and level not in type_.levels:
                continue
            if level > path[-1].level:
                break
            place = next((i for i, r in enumerate(path) if r.level == level), None)
            if place is not None:
                return self._named(name, type_, parts.rest, path[: place + 1], issuer)
        return Resolved(_local(plain), "the text does not tell which region's it is")

    def _by_level(self, word: str, path: Sequence[Region], own_level: int | None) -> Sequence[Region] | None:
        """The path to the narrowest region that a level word can mean; None where that region is not known."""
        for place in range(len(path) - 1, -1, -1):
            if path[place].name.endswith(word) and not (word == "区" and path[place].name.endswith("自治区")):
                unknown = own_level is not None and path[-1].level < own_level and place == len(path) - 1
                if unknown and word == "市" and path[place].level == 2 and own_level == 3:
                    return None
                return path[: place + 1]
        for place in range(len(path) - 1, -1, -1):
            if path[place].level > 1 and self._regions.called(path[place].code, word):
                return path[: place + 1]
        zones = [level for level in LEVEL_WORDS.get(word, ()) if level]
        if not zones and path and path[-1].level < 4:  # a zone's own report; a town's does not say which zone is meant
            return path
        return None

    def _named(self, name: str, type_: BodyType, rest: str, path: Sequence[Region], issuer: Body | None) -> Resolved:
        region, code = chain(path), path[-1].code
        party = f"中共{region}委"
        committee = _COMMITTEE.fullmatch(rest)
        if committee and type_.id == "law-governance-committee":
            office = committee.group("what") in ("办公室", "办") or committee.group("tail") in ("办公室", "办")
            tail = "" if committee.group("tail") in ("办公室", "办") else committee.group("tail")
            full = f"{party}全面依法治{committee.group('word')}委员会{'办公室' if office else ''}{tail}"
            return Resolved(Body(full, type_.id, code, f"{party}员会"))
        if type_.id == "superior-department":
            duty = self._duty(issuer)
            if duty is None:
                return Resolved(Body(name, type_.id, None, local=True), "the department's duty is not named")
            return Resolved(Body(f"{region}{duty}{rest}", "department", code))
        if rest.startswith(("委", "党委")) and type_.full_form == "{region}{name}":
            tail = rest.removeprefix("党").removeprefix("委")
            return Resolved(Body(f"{party}{self._expanded(type_, tail)}", type_.id, code, f"{party}员会"))
        if type_.id == "party-organ" and rest.startswith(("政府", "人民政府")):  # 县政府督查室
            return Resolved(Body(region + self._expanded(type_, rest), type_.id, code, f"{region}人民政府"))
        if type_.id == "party-organ":
            return Resolved(
                Body(
                    f"{party}{self._expanded(type_, rest.removeprefix('党').removeprefix('委'))}", type_.id, code, f"{party}员会"
                )
            )
        if "{parent}" in type_.full_form:
            parent = rest.removesuffix("党组")
            parent = region + ("人民政府" if parent == "政府" else parent)
            return Resolved(Body(f"{parent}党组", type_.id, code, parent))
        rest = self._expanded(type_, rest)
        if "党组" in rest or (rest.endswith("党委") and len(rest) > 2):
            return Resolved(Body(region + rest, type_.id, code))
        full = type_.full_form.replace("{region}", region).replace("{name}", rest)
        within = rest.startswith("人民政府") and rest != "人民政府"
        return Resolved(Body(full, type_.id, code, f"{region}人民政府" if within else None))

    def _expanded(self, type_: BodyType, rest: str) -> str:
        """The rest of a name with its short form written out."""
        for short, long in type_.expands:
            if rest == short or (short in rest and long not in rest):
                rest = rest.replace(short, long)
                break
        return "人民" + rest if rest.startswith("政府") else rest

    def _stem(self, rest: str, path: Sequence[Region]) -> Sequence[Region] | None:
        """The path under which a name stands that begins with a region's stem (香水派出所, 彭山生态环境局)."""
        for place, region in enumerate(path):
            stem = region.name[:-2] if region.name.endswith("街道") else region.name[:-1]
            if place and len(stem) > 1 and rest.startswith(stem) and not rest.startswith(region.name):
                return path[:place]
        for length in (4, 3, 2):
            piece = rest[:length]
            for ending in ("镇", "乡", "街道"):
                for code in self._regions.codes(piece + ending):
                    if path and path[-1].code in self._regions.lineage(code) and len(rest) - length < 6:
                        return path
        return None

    def _duty(self, issuer: Body | None) -> str | None:
        """What a department is for: 生态环境 of 枣庄市生态环境局."""
        if issuer is None or issuer.type in GOVERNMENTS:
            return None
        rest = self.parts(issuer.name).rest
        m = re.fullmatch(r"(.{2,16}?)(?:局|厅|委员会|委)", rest)
        return m.group(1) if m else None


def _is_own(type_: BodyType) -> bool:
    """Whether a department names bodies of its own by this type: groups, offices, centres, teams, units."""
    return type_.is_group or type_.id in (
        "office",
        "office-short",
        "service-centre",
        "enforcement-team",
        "internal-unit",
        "leading-group-office",
    )


def _local(body: Body) -> Body:
    return Body(body.name, body.type, None, local=True)
