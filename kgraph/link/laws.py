"""Law mention → the law, plan or book that it denotes.

A title that the catalogue knows is that law; a later short form (《条例》) is the full title that it was defined for
(以下简称) or the last one in the report with this ending; any other title stands for itself, its kind told by its
wording. What could not be told is listed with the candidates and never linked to one of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kgraph.catalogue import LawCatalogue, without_version
from kgraph.extract.law_words import LawWords
from kgraph.knowledge import Knowledge, Scheme
from kgraph.model import Citation, Law, LawMention, Outline, ReportMeta, Role, Unlinked
from kgraph.regions import Regions
from kgraph.text import normalise

_DEFINITION = re.compile(r"(?:简称|统称|下称|合称)(?:为|作)?:?[\"《']{1,2}$")
_OWN_PLACE = re.compile(r"(?:[我全本]?[省市县区州镇乡]|[市县区省]{2})(?:级|的)?[《\"]?$")
_NAMES_A_PLACE = re.compile(
    r"^(?:关于(?:印发|转发|公布|下发)?<?)?(?:20\d\d年度?)?+(?!.{0,2}[全我本各]|[省市县区镇乡]|城市|社区|街道)"
    r"(?:[^的和关]{2,12}(?:省|市|县|区|州|盟|旗|镇|乡|街道|局|委|厅|委员会)|中共|国务院|中央|全国|最高)"
)
_GENERIC_LENGTH = 6
"""A later short form has at most so many characters."""
_BY_NAME = frozenset(
    [
        "constitution",
        "law",
        "administrative_regulation",
        "local_regulation",
        "party_regulation",
        "judicial_interpretation",
        "publication",
    ]
)
"""Kinds whose title alone tells which one it is."""


class KindReader:
    """Tells the kind of an unknown title by its wording (``ontology/lawkinds.ttl``)."""

    def __init__(self, kinds: Scheme) -> None:
        patterned = [kind for kind in kinds.values() if kind.get("pattern")]
        self._patterns = [(k.id, re.compile("|".join(f"(?:{p})" for p in k.get("pattern")))) for k in patterned]
        self._yields = {k.id: frozenset(k.get("yieldsTo")) for k in kinds.values()}

    def read(self, title: str) -> str:
        """The local name of the kind; ``other`` where the wording tells none or several.

        >>> KindReader(Knowledge().lawkinds).read("云南省物业管理条例")
        'local_regulation'
        """
        plain = without_version(normalise(title).replace(" ", "").replace("\n", "").strip("\"'《》<>"))
        matching = {id_ for id_, pattern in self._patterns if pattern.search(plain)}
        kept = [id_ for id_ in matching if not self._yields[id_] & matching]
        return kept[0] if len(kept) == 1 else "other"


@dataclass(frozen=True, slots=True)
class _Named:
    """A full title met earlier in the report, with the law it denotes."""

    title: str
    law: Law


class LawLinker:
    """Links the law mentions of a report.

    >>> from kgraph.model import LawMention, Outline
    >>> mention = LawMention(0, 3, 0, "民法典", Role.STUDIES, "law:bare", bracketed=False)
    >>> citations, unlinked = LawLinker(Knowledge()).link([mention], Outline(None, (), ()), None)
    >>> citations[0].law.name
    '中华人民共和国民法典'
    """

    def __init__(self, knowledge: Knowledge, catalogue: LawCatalogue | None = None) -> None:
        self.catalogue = catalogue or LawCatalogue(knowledge.rows("laws.csv"))
        self._kinds = KindReader(knowledge.lawkinds)
        self._regions = Regions.of(knowledge)
        self._endings = LawWords.read(knowledge)["ending"]

    def link(
        self, mentions: Sequence[LawMention], outline: Outline, meta: ReportMeta | None, text: str | None = None
    ) -> tuple[list[Citation], list[Unlinked]]:
        """A citation for each mention, in order, and what stayed unlinked, with the candidates.

        ``text`` is the report's, so that an unknown title is named in its own characters; without it in the normalised ones.
        """
        year = meta.year if meta else None
        citations: list[Citation] = []
        unlinked: list[Unlinked] = []
        named: list[_Named] = []
        defined: dict[str, Law] = {}
        for mention in mentions:
            before = _before(mention, outline)
            law = self._known(mention, before, year)
            short = mention.bracketed and law is None and self._is_short_form(mention.title)
            if short and _DEFINITION.search(before) and named:
                defined[mention.title] = named[-1].law
            if short:
                law = defined.get(mention.title) or self._last_with_ending(mention.title, named)
            if law is None:
                law = self._unknown(mention, text)
                candidates = () if short else self.catalogue.near(mention.title)
                if short or (candidates and law.kind != "policy_document"):
                    reason = "short form of no title before it" if short else "title not in the catalogue"
                    names = tuple(c.name for c in candidates)
                    unlinked.append(Unlinked("law", mention.title, mention.start, mention.end, reason, names))
            if not short:
                named.append(_Named(without_version(mention.title.strip("\"' ")), law))
            citations.append(Citation(mention, law))
        return citations, unlinked

    def _known(self, mention: LawMention, before: str, year: int | None) -> Law | None:
        law = self.catalogue.lookup(mention.title, year)
        if law is None or law.kind != "policy_document":
            return law
        own = mention.role is Role.FORMULATES or bool(_OWN_PLACE.search(before))
        return None if own else law

    def _of_county(self, title: str) -> bool:
        """Whether a title begins with the name of a county or a town."""
        name = self._regions.starting_at(title, 0, len(title))
        levels = {region.level for code in self._regions.codes(name or "") if (region := self._regions.get(code))}
        return bool(levels) and min(levels) > 2

    def _unknown(self, mention: LawMention, text: str | None) -> Law:
        kind = self._kinds.read(mention.title)
        if kind == "departmental_rule" and mention.role is Role.FORMULATES:
            kind = "policy_document"
        if kind == "local_regulation" and not mention.title.endswith("条例") and self._of_county(mention.title):
            kind = "policy_document"  # no county and no county-level city makes rules
        local = kind not in _BY_NAME and not _NAMES_A_PLACE.search(mention.title)
        name = mention.title if text is None else re.sub(r"\s*\n\s*", "", text[mention.start : mention.end]).strip()
        return Law(name=name, kind=kind, local=local)

    def _is_short_form(self, title: str) -> bool:
        """Whether a title is no more than the ending of one: 《条例》, 《实施意见》, 《若干规定》."""
        plain = re.sub(r"^(?:实施|若干|暂行|工作|指导|管理|行动|通知|工作实施|三年行动|的)+", "", title.strip("\"' "))
        return len(title) <= _GENERIC_LENGTH and (plain in self._endings or (not plain and title in self._endings))

    @staticmethod
    def _last_with_ending(short: str, named: Sequence[_Named]) -> Law | None:
        plain = short.strip("\"' ")
        return next((n.law for n in reversed(named) if n.title.endswith(plain) and n.title != plain), None)


def _before(mention: LawMention, outline: Outline) -> str:
    """The ten characters before a mention, in its sentence."""
    if mention.sentence >= len(outline.sentences):
        return ""
    sentence = outline.sentences[mention.sentence]
    at = sentence.find(mention.start)
    return sentence.text[max(0, at - 10) : at]
