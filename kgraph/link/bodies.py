"""Mentions of bodies → bodies: 区委 in a report of 源城区 is 中共河源市源城区委员会. What is ambiguous stays as written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kgraph.extract.bodies import own_level
from kgraph.knowledge import Knowledge
from kgraph.link.body_names import BodyNamer, Resolved, chain, unlisted
from kgraph.model import Body, BodyMention, BodyUse, Outline, Region, ReportMeta, Unlinked

_GROUP_DISTANCE = 6
"""How many sentences back the leading group may stand that 领导小组办公室 is the office of."""


class BodyLinker:
    """Links the bodies that a report names through its issuer and region.

    >>> from kgraph.model import ReportMeta, Outline
    >>> from kgraph.regions import Regions
    >>> knowledge = Knowledge()
    >>> path = Regions.of(knowledge).path("441602101")
    >>> meta = ReportMeta(None, Body("河源市源城区埔前镇人民政府", "government", "441602101"), path, 2024, None)
    >>> mentions = [BodyMention(0, 3, 0, "区政府", "government", "")]
    >>> uses, unlinked = BodyLinker(knowledge).link(mentions, Outline(None, (), ()), meta)
    >>> uses[0].body.name
    '河源市源城区人民政府'
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._namer = BodyNamer(knowledge)

    def link(self, mentions: Sequence[BodyMention], outline: Outline, meta: ReportMeta) -> tuple[list[BodyUse], list[Unlinked]]:
        """A body for each mention, and those whose name does not settle which body it is."""
        uses: list[BodyUse] = []
        unlinked: list[Unlinked] = []
        level = _level(outline, meta)
        path = _own_path(meta)
        known: dict[tuple[str, str | None], Resolved] = {}
        group: tuple[int, Body] | None = None
        for mention in mentions:
            if mention.type == "leading-group-office" and group and mention.sentence - group[0] <= _GROUP_DISTANCE:
                owner = group[1]
                uses.append(BodyUse(mention, Body(owner.name + "办公室", mention.type, owner.region, owner.name, owner.local)))
                continue
            key = (mention.name, mention.type)
            if key not in known:
                known[key] = self._namer.resolve(mention.name, mention.type, path, level, meta.issuer)
            found = known[key]
            if mention.type == "leading-group" and mention.name.endswith("小组"):
                group = (mention.sentence, found.body)
            uses.append(BodyUse(mention, found.body))
            if found.reason:
                unlinked.append(Unlinked("body", mention.name, mention.start, mention.end, found.reason, found.candidates))
        return uses, unlinked


def _own_path(meta: ReportMeta) -> tuple[Region, ...]:
    """The path of the report's region, with the issuer's town where the table of regions lacks it."""
    if meta.issuer is None or not meta.regions or meta.regions[-1].level not in (2, 3):
        return meta.regions
    rest = meta.issuer.name.removeprefix(chain(meta.regions))
    town = re.fullmatch(r"(.{2,10}(?:镇|乡|街道))(?:人民政府|办事处)", rest)
    return (*meta.regions, unlisted(town.group(1), meta.regions)) if town else meta.regions


def _level(outline: Outline, meta: ReportMeta) -> int | None:
    """The level that a report speaks from: its issuer's region's, else what it calls itself."""
    if meta.issuer is not None and meta.issuer.region is not None and meta.regions:
        return _own_path(meta)[-1].level
    return own_level(s.text for s in outline.sentences)
