"""The gazetteer: administrative units by code and by name, their paths, and their names in running text.

A name alone often means several units (four 鼓楼区); it is resolved only together with the wider regions that are named
with it. Placeholder rows of the table (市辖区, 县, 省直辖县级行政区划) hold the tree together and are never shown.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kgraph.knowledge import Knowledge
from kgraph.model import Region

PLACEHOLDER = re.compile(r"^(?:市辖区|县|省直辖县级行政区划|自治区直辖县级行政区划)$|直辖村级区划$|局直$")
_ENDINGS = frozenset("省市区州盟县旗镇乡道苏木场处")
_ENDING = re.compile("[" + "".join(sorted(_ENDINGS)) + "]")
_LONGEST = 16
_NEVER = frozenset(
    {
        "经济技术开发区",
        "经济开发区",
        "高新技术开发区",
        "街道",
        "街道办事处",
        "地区",
        "林场",
        "农场",
        "牧场",
        "开发区",
        "管理区",
        "园区",
    }
)
_BEFORE_SHORT = frozenset(" ,。、;:!?()\"'《》<>【】[]/|\n\t在由为向对与和及被将把至从到于是给县市省区州旗镇乡村")
"""What may stand before a name of two characters: 示范县 does not hold 范县."""
_UNSAFE = frozenset(
    {
        "城区",
        "郊区",
        "矿区",
        "市区",
        "新区",
        "老城区",
        "开发区",
        "中心区",
        "管理区",
        "工业园区",
        "园区",
        "农场",
        "林场",
        "高新区",
        "中心镇",
    }
)
"""Names that are common nouns too: they count only behind the name of a wider region."""
_ETHNIC_TOWN = re.compile(
    r"([\u4e00-\u9fff]{2,}?)(?:(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇"
    r"|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺)族)+乡"
)
_ZONE = re.compile(r"[\u4e00-\u9fff]{4,12}?(?:新区|开发区|高新区|经开区|园区|示范区)")
SAFE_KINDS = frozenset({"former", "full_name", "mca_variant", "zone"})
"""The kinds of aliases that may be matched in text like official names."""


@dataclass(frozen=True, slots=True)
class RegionName:
    """A chain of region names that stands in a text: its span, its names widest first, and what it can denote."""

    start: int
    end: int
    names: tuple[str, ...]
    codes: tuple[str, ...]


class Regions:
    """The table of regions with its aliases.

    >>> regions = Regions(Knowledge())
    >>> [r.name for r in regions.path("500114114")]
    ['重庆市', '黔江区', '鹅池镇']
    >>> regions.resolve(["宝丰县", "张八桥镇"]).code
    '410421106'
    >>> regions.resolve(["城关镇"]) is None
    True
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._rows: dict[str, tuple[str, int, str]] = {}
        self._names: dict[str, tuple[str, ...]] = {}
        self._stems: dict[str, tuple[str, ...]] = {}
        self._former: dict[str, str] = {}
        with knowledge.path("regions.csv").open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            next(reader, None)
            rows, names = self._rows, self._names
            for code, name, level, parent, _source in reader:
                rows[code] = (name, int(level), parent)
                names[name] = (*names[name], code) if name in names else (code,)
                if name.endswith("族乡") and (ethnic := _ETHNIC_TOWN.fullmatch(name)):  # 同练乡 for 同练瑶族乡
                    plain = ethnic[1] + "乡"
                    names[plain] = (*names[plain], code) if plain in names else (code,)
        with knowledge.path("region_aliases.csv").open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            next(reader, None)
            for alias, code, _level, kind, _count in reader:
                if code in rows:
                    whole = kind == "short" and alias[-1] in _ENDINGS and not rows[code][0].startswith(alias)  # 湘西州, not 泉州
                    table = self._names if kind in SAFE_KINDS or whole else self._stems
                    if kind == "former":
                        self._former[code] = alias
                    if code not in table.get(alias, ()):
                        table[alias] = (*table.get(alias, ()), code)
        for name in [n for n in self._names if n in _NEVER or PLACEHOLDER.search(n)]:
            del self._names[name]

    @classmethod
    def of(cls, knowledge: Knowledge) -> Regions:
        """The table of a ``Knowledge``, read once and kept by it."""
        kept = vars(knowledge).get("_regions")
        if not isinstance(kept, cls):
            kept = vars(knowledge)["_regions"] = cls(knowledge)
        return kept

    def get(self, code: str) -> Region | None:
        """The region with a division code, or None."""
        row = self._rows.get(code)
        return None if row is None else Region(code, *row)

    def path(self, code: str) -> tuple[Region, ...]:
        """A region and the regions that contain it, widest first, without placeholder rows."""
        found: list[Region] = []
        while code in self._rows:
            name, level, parent = self._rows[code]
            if not PLACEHOLDER.search(name):
                found.append(Region(code, name, level, parent))
            code = parent
        return tuple(reversed(found))

    def codes(self, name: str) -> tuple[str, ...]:
        """The codes of all units with a name, official or one of its safe aliases."""
        return self._names.get(name, ())

    def stems(self, name: str) -> tuple[str, ...]:
        """The codes that a short form may mean (源城, 湘西, 粤): only to be used where the context leaves one."""
        return self._stems.get(name, ())

    def lineage(self, code: str) -> frozenset[str]:
        """The codes of a region and of all that contain it."""
        found = set()
        while code in self._rows:
            found.add(code)
            code = self._rows[code][2]
        return frozenset(found)

    def matching(self, names: Sequence[str]) -> tuple[str, ...]:
        """The codes of the units that the last name can mean when each name before it names a wider region."""
        if not names:
            return ()
        found = self.codes(names[-1])
        for wider in names[:-1]:
            allowed = set(self.codes(wider)) | set(self.stems(wider))
            found = tuple(c for c in found if not allowed.isdisjoint(self.lineage(c) - {c}))
        return found

    def resolve(self, names: Sequence[str]) -> Region | None:
        """The one region that a chain of names denotes, widest first; None where there are several or none."""
        found = self.matching(names)
        return self.get(found[0]) if len(found) == 1 else None

    def narrow(self, codes: Iterable[str], context: Iterable[str]) -> tuple[str, ...]:
        """Those of the codes whose wider regions are named most often in the context (region names with repeats)."""
        found = tuple(codes)
        votes = dict.fromkeys(found, 0)
        lineages = {c: self.lineage(c) - {c} for c in found}
        for name in context:
            meant = set(self.codes(name))
            for code, wider in lineages.items():
                votes[code] += not meant.isdisjoint(wider)
        best = max(votes.values(), default=0)
        return tuple(c for c in found if votes[c] == best) if best else found

    def ending_at(self, text: str, end: int, start: int = 0) -> str | None:
        """The longest region name that ends at a place of a text, or None."""
        if end <= start or text[end - 1] not in _ENDINGS:
            return None
        for begin in range(max(start, end - _LONGEST), end - 1):
            name = text[begin:end]
            if name in self._names and (end - begin > 2 or begin == start or text[begin - 1] in _BEFORE_SHORT):
                return name
        return None

    def starting_at(self, text: str, start: int, stop: int) -> str | None:
        """The longest region name that begins at a place of a text and is no common noun, or None."""
        for end in range(min(stop, start + _LONGEST), start + 1, -1):
            if text[end - 1] in _ENDINGS and text[start:end] in self._names and text[start:end] not in _UNSAFE:
                return text[start:end]
        return None

    def called(self, code: str, ending: str) -> bool:
        """Whether a region's name, or a former one, ends with a level word: 禄丰市 was 禄丰县."""
        row = self._rows.get(code)
        return row is not None and any(name.endswith(ending) for name in (row[0], self._former.get(code, "")))

    def chain_ending_at(self, text: str, end: int, start: int = 0) -> tuple[int, tuple[str, ...]]:
        """Where the chain of region names that ends at a place begins, and its names widest first.

        A name joins the chain only if it can be of a wider region than the next: 黔江区鹅池镇 is one chain. So is a town
        behind a county where the table has it only elsewhere: such a chain denotes nothing in the table.
        """
        names: list[str] = []
        begin = end
        while (name := self.ending_at(text, begin, start)) is not None:
            if names and not self.matching([name, *names]) and not (len(names) == 1 and self._wider(name, names[0])):
                break
            names.insert(0, name)
            begin -= len(name)
        if len(names) == 1 and names[0] in _UNSAFE:
            return end, ()
        return begin, tuple(names)

    def _wider(self, first: str, second: str) -> bool:
        """Whether the first can only be a county, the second a town: 宝丰县云顶镇 names a town that the table lacks there."""
        levels = [{self._rows[c][1] for c in self.codes(name)} for name in (first, second)]
        return levels == [{3}, {4}]

    def city_of_zone(self, text: str) -> Region | None:
        """The one prefecture whose short name stands before a zone's: 大连金普新区."""
        found = set()
        for m in _ZONE.finditer(text):
            for start in range(m.start(), m.end() - 3):
                for length in (2, 3, 4):
                    codes = [c for c in self._stems.get(text[start : start + length], ()) if self._rows[c][1] == 2]
                    if len(codes) == 1:
                        found.add(codes[0])
        return self.get(found.pop()) if len(found) == 1 else None

    def find(self, text: str) -> list[RegionName]:
        """The chains of region names in a text, left to right, each as long as it can be."""
        found: list[RegionName] = []
        for m in _ENDING.finditer(text):
            begin, names = self.chain_ending_at(text, m.end())
            if not names:
                continue
            while found and found[-1].start >= begin:
                found.pop()
            if found and found[-1].end > begin:
                continue
            found.append(RegionName(begin, m.end(), names, self.matching(names)))
        return found
