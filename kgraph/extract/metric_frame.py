"""What frames a quantity in its sentence: what it is stated for, whether it is a change, whether it was reached."""

from __future__ import annotations

import re

from kgraph.extract.metric_scan import Quantity, quoted
from kgraph.knowledge import Knowledge
from kgraph.model import Change, SectionKind, Sentence, Status
from kgraph.words import Words

_PER_KINDS = frozenset(
    [
        "period",
        "grouping",
        "person",
        "household",
        "event",
        "case",
        "time",
        "class-hour",
        "area",
        "mass",
        "length",
        "item",
        "organisation",
    ]
)
_CLAUSE = re.compile(r"[,;:。!?]")
_BY_SECTION = {SectionKind.SHORTCOMINGS: Status.PROBLEM, SectionKind.PLANS: Status.PLANNED}
_MEASURED = frozenset({"rate", "rate-difference", "ratio", "time"})
_LEVEL = r"(?![至到为成])"
_LASTING = re.compile(r"(?:连续|持续)\d+个?[月年天周](?:[都均]|保持|达到?|为|稳定|在|实现|超过)+$")
_LASTING_NUMBER = re.compile(r"(?:连续|持续)\d+个?[月年天周](?=[都均保达为稳在实超])")
_LESS = re.compile(r"(?P<down>减少|压减|缩短|降低|下降)\w{1,8}$")
_MANY = (
    r"村\(社区\)|社区\(村\)|村\(居\)|县\(市、区\)|县\(市\)区|镇\(街道\)|乡镇\(街道\)|村民小组|村委会|居委会|居民小区"
    r"|部门|单位|司法所|派出所|站所|机关|机构|科室|中心|学校|企业|网格|窗口|小组|党支部|执法队"
)
"""Groups that are many in a report, of each of which there may be a count."""
_AFTER_VERB = r"(?:幅度?[为达]?|率[为达]|了)?(?:约|近|超过?|将近)?$"


class Frame:
    """Reads the words around a quantity; the wording is data (``ontology/words.txt``)."""

    def __init__(self, knowledge: Knowledge, words: Words) -> None:
        forms = {
            f
            for c in knowledge.units.values()
            for f in c.get("perForm") or (c.get("form") if c.one("unitKind") in _PER_KINDS else ())
        } - {"名", "位", "个", "家", "所"}
        one = "|".join(sorted(map(re.escape, forms), key=lambda f: (-len(f), f)))
        self._each = re.compile(
            rf"每(?:一)?(?:[个名位家所户](?=\w))?(?P<unit>{one})|每(?P<span>[两二三四五六\d]+个?[月周年天日])"
            r"|(?P<mean>[人户村年月周日])均(?!浓度|值|价|气温)|(?<!\w)一(?P<one>年|月|周|季度)(?=[一两二三\d])"
            r"|^(?P<yearly>年)(?=减轻|节约|节省|降低|减少|接待|服务|惠及|办理)"
        )
        self._whole = re.compile(
            rf"每(?:一)?[个名位家所]?(?P<rest>(?:(?![年月周日天季半次对向到为在由与给召])[一-鿿]){{0,5}}?(?:{_MANY}))"
        )
        self._apiece = re.compile(
            rf"(?P<rest>{_MANY}|村|社区|乡镇|街道|镇|乡|县|区)(?:也|都|均)?各(?:自|有|配备?|设[立置]?|建[立成]?|选派|落实|安排|明确)*$"
        )
        self._unknown = re.compile(r"每(?:一)?[个名位家所户](?P<rest>\w{2,7})")
        up, down, versus = words.pattern("up"), words.pattern("down"), words.pattern("vs")
        self._adjacent = re.compile(rf"(?:(?P<up>{up})|(?P<down>{down})){_AFTER_VERB}")
        self._verb = re.compile(rf"(?:(?P<up>{up})|(?P<down>{down})){_LEVEL}\w{{0,8}}$")
        self._comparison = re.compile(
            rf"(?:{versus})*(?:{up}|{down}|{versus})(?:了|幅度?)?|(?:占|占比|占总数|占全部|约占).{{0,10}}"
        )
        self._plan = re.compile(words.pattern("plan"))
        self._done = re.compile(words.pattern("done"))
        tail = rf"(?:同比|环比|{up}|{down}|为|达到?|是|保持|稳定|在|到|至|了|约|近|超过?)*$"
        self._joint = re.compile(rf"(?:均|都|皆|全部){tail}")
        self._respective = re.compile(rf"分别{tail}")
        self._number_words = re.compile(rf"(?:(?:同比|环比)?(?:均|都|皆|全部|分别){tail}|(?:{words.any_of('e', 's')})+$)")
        self._lack = re.compile(words.pattern("lack"))
        self._words = words

    def per(self, text: str, floor: int, start: int) -> tuple[str, int, int] | None:
        """What the quantity at ``start`` is stated for, the word after 每 (每个村: 村), and where the phrase stands.

        ``floor`` is where the quantity before it ends."""
        begin = max((m.end() for m in _CLAUSE.finditer(text, 0, start)), default=0)
        if not text.startswith("、", floor):
            begin = max(begin, floor)
        clause = text[begin:start]
        apiece = self._apiece.search(clause)
        if apiece:
            return apiece["rest"], begin + apiece.start(), begin + apiece.end("rest")
        if not re.search("[每均一年]", clause):
            return None
        spans = quoted(text)
        known = sorted([*self._whole.finditer(clause), *self._each.finditer(clause)], key=lambda m: (m.start(), m.end()))
        for m in [*reversed(known), *self._unknown.finditer(clause)]:
            if any(a <= begin + m.start() < b for a, b in spans):
                continue
            if m.re is not self._unknown:
                return str(m[m.lastgroup or 0]), begin + m.start(), begin + m.end()
            words = self._words.cut(m["rest"])
            ends = [w.start for w in words[1:] if w.start > 1 and not w.classes.isdisjoint("vlpdsm")]
            end = ends[0] if ends else next((w.end for w in words if w.end > 1), len(m["rest"]))
            return m["rest"][:end], begin + m.start(), begin + m.start("rest") + end
        return None

    def adverbial(self, text: str, quantities: list[Quantity]) -> list[Quantity]:
        """The quantities without those that only say per what others are (每2个村) or for how long (连续12个月)."""
        return [
            q
            for q in quantities
            if not re.search(r"每[隔满]?$", text[max(0, q.start - 2) : q.start])
            and not _LASTING_NUMBER.match(text, max(0, q.start - 2))
        ]

    def change(self, text: str, q: Quantity, kind: str) -> Change | None:
        """Whether the quantity is by how much something rose or fell, rather than the level that it reached."""
        begin = max((m.end() for m in _CLAUSE.finditer(text, 0, q.start)), default=0)
        clause = text[begin : q.start]
        if clause.endswith(("+", "-")) and (clause[-2:-1] not in tuple("0123456789%") or kind == "rate-difference"):
            return Change.INCREASE if clause.endswith("+") else Change.DECREASE
        m = self._adjacent.search(clause)
        if m is None:
            m = (self._verb if kind in _MEASURED else _LESS).search(clause)
            if m and re.search(r"[至到为达率]|以上|不", clause[m.start() + 2 :]):
                m = None
        if m is None:
            return None
        return Change.INCREASE if m.lastgroup == "up" else Change.DECREASE

    def is_comparison(self, label: str) -> bool:
        """Whether a label only says how a quantity relates to another (同比下降, 占比), so that its subject stands before."""
        return self._comparison.fullmatch(label) is not None

    def before_number(self, text: str) -> str:
        """The text without the words between what is counted and its number (均达, 分别为)."""
        return self._number_words.sub("", _LASTING.sub("", text))

    def before(self, text: str, start: int) -> int:
        """Where the words before a number end that may name it: before how long it has held (连续12个月达到)."""
        m = _LASTING.search(text, max(0, start - 24), start)
        return m.start() if m else start

    def is_joint(self, before: str) -> bool:
        """Whether a number is stated for several things at once (均达, 分别为)."""
        return bool(self._joint.search(before) or self._respective.search(before))

    def is_respective(self, before: str) -> bool:
        """Whether numbers follow one for each thing named before (分别为)."""
        return self._respective.search(before) is not None

    def status(self, sentence: Sentence, start: int) -> Status:
        """Whether the quantity at ``start`` was reached, is aimed at or is lacking: as its section says, unless the words
        before the quantity say otherwise."""
        base = _BY_SECTION.get(sentence.section.kind, Status.DONE)
        before = sentence.text[:start]
        plan = max((m.end() for m in self._plan.finditer(before)), default=-1)
        clause = max((m.end() for m in _CLAUSE.finditer(before)), default=0)
        done = max((m.end() for m in self._done.finditer(before) if base is Status.DONE or m.start() >= clause), default=-1)
        lack = max((m.end() for m in self._lack.finditer(before)), default=-1)
        if lack > max(plan, done):
            return Status.PROBLEM
        if plan > done:
            return Status.PLANNED
        return Status.DONE if done >= 0 else base
