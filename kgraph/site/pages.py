"""The pages of regions, practices, laws and bodies, and the lists that lead to them. Long lists go over several pages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kgraph.site.gathered import Gathered
from kgraph.site.load import STATUSES, Place
from kgraph.site.report import Quote, figure, page_of, quote
from kgraph.site.sparql import Queries
from kgraph.site.writer import Writer

ROWS = 150
"""Sentences on one page."""
NAMES = 250
"""Lines of a list on one page."""
BENEATH = 400
ROLES = {
    "implements": ("贯彻执行", "implements"),
    "studies": ("学习", "studies"),
    "publicises": ("宣传", "publicises"),
    "formulates": ("制定", "formulates"),
    "mentions": ("提及", "mentions"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence in a list: what it is under, the report it stands in, its status, the fact in its words."""

    head: str
    head_path: str
    who: str
    who_path: str
    year: str
    status: str
    value: str
    anchor: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Pager:
    """The pages of a list: this one's number, and the path of each."""

    at: int
    paths: tuple[str, ...]
    total: int


def numbered(path: str, page: int) -> str:
    """The path of a page of a list.

    >>> numbered("laws.html", 1), numbered("laws.html", 3)
    ('laws.html', 'laws-3.html')
    """
    return path if page == 1 else path.removesuffix(".html") + f"-{page}.html"


def paged(path: str, items: Sequence[Any], size: int) -> Iterator[tuple[str, Pager, Sequence[Any]]]:
    """A list cut into pages; one page where there is nothing."""
    count = max(1, -(-len(items) // size))
    paths = tuple(numbered(path, i + 1) for i in range(count))
    for i in range(count):
        yield paths[i], Pager(i + 1, paths, len(items)), items[i * size : (i + 1) * size]


class Pages:
    """Writes the pages of things."""

    def __init__(self, gathered: Gathered, writer: Writer, queries: Queries) -> None:
        self.g = gathered
        self.corpus = gathered.corpus
        self.writer = writer
        self.queries = queries
        self.done = {practice: gathered.regions_of(places, "done") for practice, places in gathered.measures.items()}

    def who(self, region: str) -> tuple[str, str]:
        """The name and the page of a region; the words for an unknown one."""
        if region in self.corpus.regions:
            return self.corpus.names[region], f"r/{self.corpus.regions[region].code}.html"
        return "地区不明", ""

    def row(self, place: Place, head: tuple[str, str] = ("", ""), anchor: str = "") -> Row:
        """A fact as a line of a list."""
        report, fact = self.corpus.reports[place.report], place.fact
        value = figure(fact) if fact.kind == "metric" else ""
        return Row(*head, *self.who(report.region), report.year, fact.status, value, anchor, quote(report, fact.start, fact.end))

    # --- regions ----------------------------------------------------------------------------------------------------

    def regions(self, peers: dict[str, list[tuple[str, float, int]]]) -> None:
        """A page for each region that has reports or holds regions that have."""
        g, corpus = self.g, self.corpus
        for iri in sorted(g.beneath, key=lambda i: (corpus.regions[i].code, i)):
            reports = sorted(g.by_region.get(iri, ()), key=lambda r: (r.year, r.number), reverse=True)
            entries: list[tuple[str, Place]] = []
            for report in reports:
                entries += [
                    (f.target, Place(report.number, f)) for f in g.facts[report.number] if f.kind in ("measure", "metric")
                ]
            order = self.practice_order()
            entries.sort(key=lambda e: (order.get(e[0], 999), e[1].fact.kind != "measure"))
            path = f"r/{corpus.regions[iri].code}.html"
            seen: set[str] = set()
            counts: dict[str, list[int]] = {}
            where: dict[str, str] = {}
            rows = []
            for i, (practice, place) in enumerate(entries):
                anchor = ""
                if practice not in seen:
                    seen.add(practice)
                    anchor = f"p-{practice or 'none'}"
                    where[practice] = f"{numbered(path, i // ROWS + 1)}#{anchor}"
                name = corpus.practice(practice) if practice else "其他数字"
                rows.append(self.row(place, (name, f"p/{practice}.html" if practice else ""), anchor))
                if place.fact.kind == "measure" and place.fact.status in STATUSES:
                    counts.setdefault(practice, [0, 0, 0])[STATUSES.index(place.fact.status)] += 1
            summary = [(p, self.both(p), c, where[p], len(self.done.get(p, ()))) for p, c in counts.items()]
            cited = Counter(f.target for r in reports for f in g.facts[r.number] if f.kind == "citation")
            laws = [
                (corpus.law(law).name, f"l/{corpus.law(law).key}.html", n)
                for law, n in sorted(cited.items(), key=lambda x: (-x[1], x[0]))
            ]
            beneath = g.beneath[iri]
            context = {
                "name": corpus.regions[iri].name,
                "code": corpus.regions[iri].code,
                "level": corpus.levels.get(iri, 0),
                "around": [(corpus.regions[i].name, f"r/{corpus.regions[i].code}.html") for i in reversed(g.around(iri)[1:])],
                "inside": [
                    (corpus.regions[c].name, f"r/{corpus.regions[c].code}.html", len(g.beneath[c])) for c in g.children(iri)
                ],
                "reports": [(r.title, r.year, page_of(r, 0), r.issued) for r in reports],
                "beneath": [(self.who(r.region)[0], r.year, page_of(r, 0)) for r in beneath if r.region != iri][:BENEATH],
                "beneath_all": sum(1 for r in beneath if r.region != iri),
                "summary": summary,
                "laws": laws[:20],
                "laws_all": len(laws),
                "peers": [(*self.who(other), round(100 * alike), shared) for other, alike, shared in peers.get(iri, ())],
                "query": self.queries.filled("region-profile", region=iri),
                "years": sorted({r.year for r in reports if r.year}),
            }
            for at, pager, some in paged(path, rows, ROWS):
                self.writer.page(at, "region.html", rows=some, pager=pager, **context)

    # --- practices --------------------------------------------------------------------------------------------------

    def practice_order(self) -> dict[str, int]:
        """The practices by domain, then label."""
        known = self.corpus.knowledge.practices
        domains = [c for c in known if known[c].broader is None]
        order: list[str] = []
        for domain in domains:
            order += [domain, *sorted(c for c in known if known[c].broader == domain)]
        order += [c for c in known if c not in order]
        return {c: i for i, c in enumerate(order)}

    def both(self, practice: str) -> tuple[str, str]:
        """The name of a practice in Chinese and English."""
        return self.corpus.practice(practice), self.corpus.practice(practice, "en")

    def practices(self) -> None:
        """A page for each practice of the vocabulary, and their list by domain."""
        g, corpus, known = self.g, self.corpus, self.corpus.knowledge.practices
        reporting = len(g.by_region)
        groups: dict[str, list[Any]] = defaultdict(list)
        for id_ in self.practice_order():
            concept = known[id_]
            places = g.measures.get(id_, [])
            metrics = g.metrics.get(id_, [])
            statuses = [sum(1 for p in places if p.fact.status == s) for s in STATUSES]
            done = self.done.get(id_, set())
            if concept.broader is not None or places:
                groups[concept.broader or id_].append((id_, *self.both(id_), len(done), statuses, len(metrics)))
            years = self._years(places)
            levels = Counter(corpus.levels.get(r, 0) for r in done)
            of_level = Counter(corpus.levels.get(r, 0) for r in g.by_region)
            dated = [
                (corpus.reports[p.report].year, p.report, p)
                for p in places
                if p.fact.status == "done" and corpus.reports[p.report].year
            ]
            first = min(dated, key=lambda d: d[:2])[2] if dated else None
            context = {
                "id": id_,
                "zh": corpus.practice(id_),
                "en": corpus.practice(id_, "en"),
                "domain": (*self.both(concept.broader), f"p/{concept.broader}.html") if concept.broader else None,
                "inside": [(*self.both(c), f"p/{c}.html") for c in known if known[c].broader == id_],
                "definition": concept.one("definition") or "",
                "statuses": statuses,
                "done": len(done),
                "reporting": reporting,
                "years": years,
                "levels": [(level, levels.get(level, 0), n) for level, n in sorted(of_level.items())],
                "first": self.row(first) if first else None,
                "metrics_all": len(metrics),
                "measures_path": f"p/{id_}.html",
                "metrics_path": f"p/{id_}-figures.html",
                "examples": concept.get("example")[:3],
            }
            query = self.queries.filled("practice-metrics", practice=concept.iri)
            sentences = self.queries.text("measures", f"?m kg:practice <{concept.iri}> .")
            for at, pager, some in paged(f"p/{id_}.html", places, ROWS):
                rows = [self.row(p) for p in some]
                self.writer.page(at, "practice.html", rows=rows, pager=pager, figures=False, query=sentences, **context)
            if metrics:
                for at, pager, some in paged(f"p/{id_}-figures.html", metrics, ROWS):
                    rows = [self.row(p, (p.fact.label, "")) for p in some]
                    self.writer.page(at, "practice.html", rows=rows, pager=pager, figures=True, query=query, **context)
        self.writer.page(
            "practices.html",
            "practices.html",
            groups=[(d, *self.both(d), rows) for d, rows in groups.items()],
            reporting=reporting,
            unsorted=len(g.metrics.get("", ())),
            query=self.queries.filled("practices-by-region"),
        )
        for at, pager, some in paged("other-figures.html", g.metrics.get("", []), ROWS):
            rows = [self.row(p, (p.fact.label, "")) for p in some]
            self.writer.page(
                at, "sentences.html", title=("未归入做法的数字", "Figures under no practice"), rows=rows, pager=pager
            )

    def _years(self, places: Sequence[Place]) -> list[tuple[str, int, int]]:
        """By year: the reports with one of these as done, and all reports."""
        reports = self.corpus.reports
        total = Counter(r.year for r in reports if r.year)
        having = Counter(reports[i].year for i in {p.report for p in places if p.fact.status == "done"})
        return [(year, having.get(year, 0), n) for year, n in sorted(total.items())]

    # --- laws and bodies ----------------------------------------------------------------------------------------------

    def laws(self) -> None:
        """A page for each law or document cited, and their list by the number of reports that cite it."""
        g, corpus = self.g, self.corpus
        listed = []
        for iri, places in g.citations.items():
            law = corpus.law(iri)
            reports = len({p.report for p in places})
            roles = Counter(p.fact.said["role"] for p in places)
            kind = corpus.knowledge.lawkinds.get(law.kind)
            labels = kind.labels if kind else {}
            names = (labels.get("zh", law.kind), labels.get("en", law.kind))
            listed.append((-reports, law.name, law.key, names, len(places), law.until, iri))
            context = {
                "law": law,
                "kind": names,
                "reports": reports,
                "total": len(places),
                "roles": [(ROLES.get(role, (role, role)), n) for role, n in sorted(roles.items(), key=lambda x: (-x[1], x[0]))],
                "query": self.queries.filled("law-citations", law=iri),
            }
            for at, pager, some in paged(f"l/{law.key}.html", places, ROWS):
                rows = [self.row(p, (ROLES.get(p.fact.said["role"], ("", ""))[0], "")) for p in some]
                self.writer.page(at, "law.html", rows=rows, pager=pager, **context)
        listed.sort()
        items = [(name, f"l/{key}.html", kind, -reports, n, until) for reports, name, key, kind, n, until, _ in listed]
        for at, pager, some in paged("laws.html", items, NAMES):
            self.writer.page(at, "laws.html", items=some, pager=pager, query=self.queries.filled("laws-cited"))

    def bodies(self) -> None:
        """A page for each body named, and their list by the number of reports that name it."""
        g, corpus = self.g, self.corpus
        listed = []
        for iri, places in g.mentions.items():
            body = corpus.body(iri)
            reports = len({p.report for p in places})
            type_ = corpus.knowledge.bodytypes.get(body.type)
            names = (type_.labels.get("zh", body.type), type_.labels.get("en", body.type)) if type_ else ("", "")
            listed.append(
                (-reports, -len(places), body.name, body.key, names, self.who(body.region) if body.region else ("", ""))
            )
            practices: Counter[str] = Counter()
            for place in places:
                start, end = place.fact.start, place.fact.end
                for fact in g.facts[place.report]:
                    if fact.kind == "measure" and fact.start <= start and end <= fact.end:
                        practices[fact.target] += 1
            top = sorted(practices.items(), key=lambda x: (-x[1], x[0]))[:12]
            context = {
                "body": body,
                "type": names,
                "region": self.who(body.region) if body.region else None,
                "reports": reports,
                "total": len(places),
                "practices": [(*self.both(p), f"p/{p}.html", n) for p, n in top],
                "query": self.queries.text("mentions", f"?span itsrdf:taIdentRef <{iri}> ."),
            }
            for at, pager, some in paged(f"b/{body.key}.html", places, ROWS):
                self.writer.page(at, "body.html", rows=[self.row(p) for p in some], pager=pager, **context)
        listed.sort()
        items = [(name, f"b/{key}.html", names, who, -reports, -n) for reports, n, name, key, names, who in listed]
        for at, pager, some in paged("bodies.html", items, NAMES):
            self.writer.page(at, "bodies.html", items=some, pager=pager, query=self.queries.filled("bodies-by-measures"))

    # --- lists --------------------------------------------------------------------------------------------------------

    def reports(self) -> None:
        """The list of reports, by region and year."""

        def count(i: int, kind: str) -> int:
            return sum(1 for fact in self.g.facts[i] if fact.kind == kind)

        items = [
            (r.title, page_of(r, 0), *self.who(r.region), r.year, count(r.number, "measure"), count(r.number, "metric"))
            for r in self.corpus.reports
        ]
        for at, pager, some in paged("reports.html", items, NAMES):
            self.writer.page(at, "reports.html", items=some, pager=pager, query=self.queries.text("reports"))

    def region_list(self) -> None:
        """The regions by province and the next level."""
        g, rows = self.g, self.corpus.regions
        provinces = []
        for province in g.children(None):
            inside = [(rows[c].name, f"r/{rows[c].code}.html", len(g.beneath[c])) for c in g.children(province)]
            provinces.append((rows[province].name, f"r/{rows[province].code}.html", len(g.beneath[province]), inside))
        unknown = [(r.title, page_of(r, 0)) for r in self.corpus.reports if not r.region]
        self.writer.page(
            "regions.html", "regions.html", provinces=provinces, unknown=unknown, query=self.queries.filled("coverage")
        )
