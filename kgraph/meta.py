"""What a report is: who issued it, for which region, on which year, when; from its header, title, first words and signature."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from kgraph.extract.bodies import BodyExtractor, Found, own_level
from kgraph.knowledge import Knowledge
from kgraph.link.body_names import BodyNamer, chain
from kgraph.meta_dates import first_date, last_date, listed_year, posted_date, year_reported
from kgraph.model import Body, Document, Outline, Region, ReportMeta, SentenceKind, Unlinked
from kgraph.regions import RegionName, Regions
from kgraph.text import normalise

_OPENING = re.compile(
    r"(?:(?:(?:刚刚)?过去的|在)?(?:20\d\d|二[〇零○0OＯо][一二三四五六七八九〇零○0OＯо]{2})年(?:度)?(?:以来|来|,|间)*|今年(?:以来)?|一年来|近年来|过去一年|本年度)?[,:]?(?:现将|在|是)?"
)
_PLACE = re.compile(
    r"[\u4e00-\u9fff]{2,10}?(?:街道办事处|街道|镇|乡|自治县|县|区|市|自治州|省|旗|开发区|新区)(?=20\d\d|二[〇零○]|人民政府|关于|法治政府|依法行政|度)"
)
_TOWN = re.compile(r"[\u4e00-\u9fff]{2,5}(?:镇|乡|街道)(?=20\d\d|二[〇零○]|关于|法治政府|依法行政)")
_ORGAN = re.compile(
    r"[\u4e00-\u9fff]{1,18}(?:办|局|委|厅|处|所|站|院|校|中心|队|司|会|社|馆|公司|集团)(?=20\d\d|二[〇零○]|关于|法治政府|依法行政|$)"
)
_OF_PLACE = re.compile(r"政府|街道|管委会|管理委员会")
_UNTYPED = "untyped"
"""The type of an author whose name is no known type of body: it is named, and no government is guessed for it."""
_OWN_BODY = re.compile(
    r"[我本](?:局|委(?!员)|厅|院|办(?!理)|队|会|中心|所|处|支队|社)(?![势面])|全局(?=[干工上]|[^性]{0,2}(?:职工|民警|人员))"
)
_OWN_PLACE = re.compile(r"[我全](?:镇|乡|街道|县|区|市|省|州|旗|盟|自治区)")
_DOES = re.compile(
    r"坚持|始终|认真|紧紧|紧扣|深入|全面|严格|积极|切实|扎实|以习|聚焦|围绕|坚决|牢牢|高度重视|持续|不断|全力|着力"
)
_PARTED = re.compile(r"委|人大|党|政|司法|公安|法院")
_OWN_WORD = re.compile(r"[我全本](镇|乡|街道|县|区|市|省|州|旗)")
_OFFICE = re.compile(r"办公[室厅]$")
_SITE = re.compile(r"网站?$|网站|首页|门户|平台|公众号|编辑部|日报|融媒体|管理员|admin", re.IGNORECASE)
_PARTY = ("party-committee", "party-working-committee", "party-group", "discipline", "party-organ")
_RULING = ("government", "street-office", "management-committee")
_PARTY_GROUP = re.compile(r"中共(?=[\u4e00-\u9fff]{2,24}党组)|(?<=[局厅委办院会])党组(?=[ 、和关]|$)")
_SENT_TO = re.compile(r"(?:抄[送报告]|主送|分送|报送|印发|来源|信息来源|主办|承办|版权)[\u4e00-\u9fff]{0,4}[: ]")
_ZONE = re.compile(r"(?:开发区|新区|高新区|经开区|园区|示范区|度假区|管理区|产业区|保税区)$")
_BRANCH = re.compile(r"局([\u4e00-\u9fff]{2,4}?)区?分局$")
_FIRST = 6
"""How many sentences of the text may introduce its author."""


@dataclass(frozen=True, slots=True)
class _Author:
    """Who a report seems to be by: a body's name with its type, or only a place's; the regions that it states."""

    name: str
    type: str | None
    regions: tuple[str, ...]
    source: str


class MetaReader:
    """Reads what a report is.

    >>> from kgraph.segment import Segmenter
    >>> knowledge = Knowledge()
    >>> text = "宝丰县张八桥镇2023年法治政府建设情况的报告\\n一、主要举措\\n我镇认真开展普法。\\n2024年1月5日\\n"
    >>> document = Document(text, "a.txt", "sha256:0")
    >>> meta, _ = MetaReader(knowledge).read(document, Segmenter(knowledge).outline(document))
    >>> meta.issuer.name, meta.year, meta.issued.isoformat()
    ('平顶山市宝丰县张八桥镇人民政府', 2023, '2024-01-05')
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._regions = Regions.of(knowledge)
        self._bodies = BodyExtractor(knowledge)
        self._namer = BodyNamer(knowledge)

    def read(self, document: Document, outline: Outline) -> tuple[ReportMeta, list[Unlinked]]:
        """The report's data and what of it could not be told apart (its region, its issuer)."""
        title = _squeezed(outline.title or document.metadata.get("title") or "")
        front = [s.text for s in outline.sentences if s.kind is SentenceKind.FRONT]
        closing = [s.text for s in outline.sentences if s.kind is SentenceKind.CLOSING]
        body = [s.text for s in outline.sentences if s.kind not in (SentenceKind.FRONT, SentenceKind.CLOSING)]
        header = _squeezed(document.metadata.get("issuer", ""))
        author = self._author(title, front, _opening(outline), body, closing, header)
        near = [title, header, *front, *closing, *body[:_FIRST]]
        path, candidates = self._region(author, near, [*front, *body, *closing])
        if not path and not candidates and document.metadata.get("region"):  # a list of reports says what the text lacks
            listed = {c for chain_ in self._regions.find(normalise(document.metadata["region"])) for c in chain_.codes}
            path = self._regions.path(listed.pop()) if len(listed) == 1 else ()
        issuer, reason = self._issuer(author, path, [title, header, *front, *body, *closing])
        unlinked = []
        if candidates:
            names = tuple("".join(r.name for r in self._regions.path(c)) for c in candidates[:12])
            unlinked.append(Unlinked("region", author.name if author else "", 0, 0, "several regions have this name", names))
        if reason and author is not None:
            unlinked.append(Unlinked("body", author.name, 0, 0, reason))
        written = document.metadata
        issued = (
            first_date(written.get("issued", ""))
            or posted_date(front)
            or last_date(closing or [t for t in body[-3:] if len(t) <= 60])
            or first_date(written.get("written", ""))
            or last_date([t for t in front if len(t) <= 80])
        )
        meta = ReportMeta(
            title=outline.title or document.metadata.get("title"),
            issuer=issuer,
            regions=path,
            year=year_reported(title, body, issued) or listed_year(document.metadata.get("year", "")),
            issued=issued,
            index_number=written.get("index_number"),
            document_number=written.get("document_number"),
        )
        return meta, unlinked

    # --- who ----------------------------------------------------------------------------------------------------------

    def _author(
        self, title: str, front: list[str], opening: list[str], body: list[str], closing: list[str], header: str
    ) -> _Author | None:
        """The author named by the title, else by the first words, the signature, the portal."""
        text = "".join(body)
        own_body = len(_OWN_BODY.findall(text))
        own_place = len(_OWN_PLACE.findall(text))
        said = self._said(opening)
        signed = next((a for t in reversed(closing) if not _SENT_TO.match(t) and (a := self._named(t, "signature"))), None)
        posted = None if _SITE.search(header) else self._named(header, "header")
        titled = self._named(title, "title")
        if titled is None:
            titled = next(
                (
                    a
                    for t in reversed(front)
                    if len(t) <= 60 and ":" not in t and not _SITE.search(t) and (a := self._named(t, "title"))
                ),
                None,
            )
        found = [a for a in (titled, said, signed, posted) if a is not None]
        if not found:
            return None
        lines = (t for t in front if len(t) <= 60 and not _SITE.search(t))
        posted_by = [a for t in lines if (a := self._named(t, "header")) is not None]
        first = found[0]
        if first.type is None and own_body > own_place:  # the title names a place, the author calls itself 我局
            first = next((a for a in found if a.type is not None and a.type not in _RULING), first)
        if (
            first.source == "header" and first.type not in (None, *_RULING) and own_place and not own_body
        ):  # it posts for its government
            first = _Author(first.regions[-1] if first.regions else "政府", None, first.regions, first.source)
        if first.type is not None and not first.regions:
            fuller = next((a for a in (*found, *posted_by) if a.regions and a.type == first.type), None)
            first = fuller or first
        if first.type is not None:
            first = next((a for a in (*found, *posted_by) if a.type is not None and _is_fuller(a, first)), first)
        if first.type is None and first.regions:  # the same place is also named as a body
            last = first.regions[-1]
            same = [a for a in found if a.regions and a.regions[-1] == last] or [first]
            widest = max(same, key=lambda a: len(a.regions))
            first = _Author(first.name, None, widest.regions, first.source)
        return first

    def _named(self, text: str, source: str) -> _Author | None:
        """The author that a title, a signature or a header field names."""
        if not text:
            return None
        text = _PARTY_GROUP.sub("", re.sub(r"《[^》]*》", "", text))
        bodies = [
            f
            for f in self._bodies.find(text, towns=self._bodies.towns((), text))
            if f.prefix != "partner" and not text.startswith("中共", f.start)
        ]
        body = _best(bodies)
        chains = self._regions.find(text)
        if body is not None and (source != "title" or body.start <= _end_of_name(text)):
            name = text[body.start : body.end]
            if body.type.counts_as in _PARTY and chains:
                return _Author(chains[0].names[-1], None, chains[0].names, source)
            return _Author(name, body.type.counts_as, self._namer.parts(name).regions, source)
        if chains and (source != "title" or chains[0].start <= _end_of_name(text)):
            town = _TOWN.match(text, chains[0].end)
            if town and source == "title":
                return _Author(town.group(), None, chains[0].names, source)
            organ = _ORGAN.match(text, chains[0].end)
            if organ and source == "title" and not _OF_PLACE.search(organ.group()):
                return _Author(organ.group(), _UNTYPED, chains[0].names, source)
            return _Author(chains[0].names[-1], None, chains[0].names, source)
        place = _PLACE.search(text) if source == "title" else None
        if place is not None and not re.match(r"关于|全面|推进|建设|法治", place.group()):
            return _Author(place.group(), None, (), source)
        return None

    def _said(self, opening: Sequence[str]) -> _Author | None:
        """The author as the first sentences name it, as a subject: 2024年,埔前镇坚持…; …领导下,埔前镇坚持…"""
        for text in opening[:_FIRST]:
            at = _OPENING.match(text)
            first = at.end() if at else 0
            starts = [first, *(m.end() for m in re.finditer(",", text) if m.end() > first)]
            bodies = {f.start: f for f in self._bodies.find(text) if f.type.counts_as not in _PARTY}
            places = {c.start: c for c in self._regions.find(text)}
            for start in starts:
                if start in bodies and (start == first or _DOES.match(text, bodies[start].end)):
                    name = text[start : bodies[start].end]
                    return _Author(name, bodies[start].type.counts_as, self._namer.parts(name).regions, "text")
                place = places.get(start)
                if place is not None and (
                    _DOES.match(text, place.end) or (start == first and not _PARTED.match(text, place.end))
                ):
                    return _Author(place.names[-1], None, place.names, "text")
        return None

    # --- where --------------------------------------------------------------------------------------------------------

    def _region(
        self, author: _Author | None, near: Sequence[str], all_texts: Sequence[str]
    ) -> tuple[tuple[Region, ...], tuple[str, ...]]:
        """The path of the report's region as far as the text supports it, and the candidates that remained."""
        close = [c for text in near for c in self._regions.find(text)]
        every = [c for text in all_texts for c in self._regions.find(text)]
        names = author.regions if author is not None else ()
        if author is not None and not names:
            names = self._by_word(author, [*close, *every], all_texts)
        if not names:
            city = self._regions.city_of_zone("\n".join(near))
            return (self._shared(every) or (self._regions.path(city.code) if city else ())), ()
        codes = self._regions.matching(names)
        if not codes and len(names) > 1:
            codes = self._regions.matching(names[:-1])
        if not codes:
            return self._shared(every), ()
        for context in (close, every):
            if len(codes) > 1:
                codes = self._regions.narrow(codes, (n for c in context for n in c.names))
                codes = self._by_stem(codes, near if context is close else all_texts)
        branch = _BRANCH.search(author.name) if author is not None else None
        if len(codes) == 1 and branch is not None:
            inside = {c for ending in "区县市" for c in self._regions.codes(branch[1] + ending)}
            inside = {c for c in inside if codes[0] in self._regions.lineage(c) - {c}}
            codes = tuple(inside) if len(inside) == 1 else codes
        if len(codes) == 1:
            lineage = self._regions.lineage(codes[0])
            if len(names) == 1 and self._contradicted(lineage, close):
                return self._shared(close), codes
            return self._regions.path(codes[0]), ()
        common = frozenset.intersection(*(self._regions.lineage(c) for c in codes))
        widest = max((self._regions.path(c) for c in common), key=len, default=())
        return widest or self._shared(every), codes

    def _by_word(self, author: _Author, chains: Iterable[RegionName], texts: Iterable[str]) -> tuple[str, ...]:
        """The region of an author named only by a level word (区司法局): the region of that kind that the text names."""
        parts = self._namer.parts(author.name)
        word = parts.level
        if not word:
            words = Counter(w for text in texts for w in _OWN_WORD.findall(text))
            word = words.most_common(1)[0][0] if words else ""
        if not word:
            return ()
        named = Counter(c.names for c in chains if c.names[-1].endswith(word) and len(c.codes) >= 1)
        lasts = Counter(names[-1] for names in named.elements())
        if not lasts:
            return ()
        ranked = lasts.most_common(2)
        if len(ranked) == 2 and ranked[0][1] == ranked[1][1]:
            return ()
        return max((n for n in named if n[-1] == ranked[0][0]), key=lambda n: (len(n), named[n]))

    def _by_stem(self, codes: tuple[str, ...], texts: Sequence[str]) -> tuple[str, ...]:
        """Those of several regions whose wider regions' short names stand in the text (法治河源)."""
        if len(codes) < 2:
            return codes
        votes = dict.fromkeys(codes, 0)
        text = "\n".join(texts)
        for code in codes:
            for region in self._regions.path(code)[:-1]:
                stem = re.sub(r"(?:特别行政区|(?:[\u4e00-\u9fff]族)*自治[区州县]|[省市区县盟旗]|地区)$", "", region.name)
                votes[code] += len(stem) > 1 and stem in text
        best = max(votes.values())
        return tuple(c for c in codes if votes[c] == best) if best else codes

    def _contradicted(self, lineage: frozenset[str], close: Iterable[RegionName]) -> bool:
        """Whether the words around the title name only wider regions that are not this one's."""
        wide = [c for c in close if c.codes and all((r := self._regions.get(code)) and r.level < 4 for code in c.codes)]
        inside = any(not lineage.isdisjoint(c.codes) for c in wide)
        around = any(not lineage.isdisjoint(self._regions.lineage(code)) for c in wide for code in c.codes)
        return bool(wide) and not inside and not around

    def _shared(self, chains: Iterable[RegionName]) -> tuple[Region, ...]:
        """The path on which all regions of the provinces, prefectures and counties that a text names lie."""
        paths = [self._regions.path(c.codes[0]) for c in chains if len(c.codes) == 1]
        shared: list[Region] = []
        for level in (1, 2, 3):
            found = {r for p in paths for r in p if r.level == level}
            if len(found) > 1:
                break
            shared += found
        return tuple(shared)

    def _issuer(self, author: _Author | None, path: tuple[Region, ...], texts: Sequence[str]) -> tuple[Body | None, str]:
        """The body that issued the report, and why it is not settled."""
        if author is None:
            return None, ""
        if author.type is None:
            named = author.regions[-1] if author.regions else ""
            if (
                path
                and named
                and not self._regions.matching([*author.regions[: -1 if author.name == named else None], author.name])
            ):
                suffix, type_ = _ruler(author.name, texts)
                return Body(chain(path) + author.name + suffix, type_, path[-1].code), ""
            if path and named and (path[-1].name == named or path[-1].code in self._regions.codes(named)):
                return self._ruling(path, texts), ""
            name = "".join(author.regions) or author.name
            suffix, type_ = _ruler(name, texts)
            wider = "".join(r.name for r in path[1:] or path) if path and not author.regions else ""
            return Body(wider + name + suffix, type_, None, local=not wider), "its region is not in the table"
        if author.type == _UNTYPED:
            settled = bool(path) and path[-1].name == author.regions[-1]
            name = chain(path) if settled else "".join(author.regions)
            return Body(name + author.name, None, path[-1].code if settled else None, local=not settled), ""
        level = own_level(texts) or (path[-1].level if path else None)
        level = path[-1].level if path and (level is None or path[-1].level > level) else level
        found = self._namer.resolve(author.name, author.type, path, level, None)
        return found.body, found.reason

    def _ruling(self, path: tuple[Region, ...], texts: Iterable[str]) -> Body:
        """The government of a region; of a street its office; of a zone its committee, by the name that the text gives it."""
        name = path[-1].name
        if _ZONE.search(name) and (path[-1].level != 3 or path[-1].code[4] == "7"):  # 浦东新区 is a district
            suffix, type_ = _ruler(name, texts)
            return Body(chain(path) + suffix, type_, path[-1].code)
        if path[-1].level == 4 and name.endswith(("街道", "地区")):
            return self._namer.resolve(f"{name}办事处", "street-office", path, 4, None).body
        return self._namer.resolve(f"{name}人民政府", "government", path, path[-1].level, None).body


def _is_fuller(one: _Author, other: _Author) -> bool:
    """Whether one gives the name in full that the other shortens: 普陀区建设和管理委员会, 普陀区建设管理委."""
    alike = other.type == one.type or one.name.endswith(other.name) or _ending(one.name) == _ending(other.name) != ""
    if len(one.name) <= len(other.name) or not alike:
        return False
    rest = iter(one.name)
    return all(c in rest for c in other.name)


def _ending(name: str) -> str:
    """The word that tells what sort of office a name is of: 委 of 城市管理委员会."""
    m = re.search(r"(局|厅|委|办|中心|院|队|所|站)(?:员会|公室)?$", name)
    return m.group(1) if m else ""


def _opening(outline: Outline) -> list[str]:
    """The sentences before the first heading, where a report speaks of itself; of one that opens with a heading its first three."""
    stating = [s for s in outline.sentences if s.kind not in (SentenceKind.FRONT, SentenceKind.CLOSING)]
    before = list(takewhile(lambda s: s.kind is not SentenceKind.HEADING, stating))
    return [s.text for s in before or stating[:3]]


def _ruler(name: str, texts: Iterable[str]) -> tuple[str, str]:
    """What the body that rules a place is called behind the place's name, and its type; of a zone as the texts call it."""
    if name.endswith(("街道", "办事处")):
        return "" if name.endswith("办事处") else "办事处", "street-office"
    if _ZONE.search(name):
        called = Counter(m for text in texts for m in re.findall(rf"{re.escape(name)}(管委会|管理委员会)", text)).most_common(1)
        return called[0][0] if called else "管理委员会", "management-committee"
    return "人民政府", "government"


def _best(bodies: Sequence[Found]) -> Found | None:
    """The author among the bodies of a title or signature: of party and government the government."""
    for wanted in (_RULING, None, _PARTY):
        for f in bodies:
            if f.type.counts_as in wanted if wanted is not None else f.type.counts_as not in _PARTY:
                return f
    return None


def _end_of_name(text: str) -> int:
    """Where the words of a title begin that no longer name its author: 关于…"""
    m = re.search(r"关于(?!20\d\d)|法治政府建设|依法行政|工作总结|工作报告", text)
    return m.start() if m and m.start() > 0 else len(text)


def _squeezed(text: str) -> str:
    """A title in normalised form without blanks between Chinese characters."""
    return re.sub(r"\s*\n\s*|(?<![A-Za-z0-9]) +| +(?![A-Za-z0-9])", "", normalise(text)).strip()
