"""Small graphs for tests, stated by hand as ONTOLOGY.md and ``kgraph.emit`` define them, and as many as a test wants.

Four reports of three regions: 柳林镇 on 2023 and 2024, 石桥镇 on 2024, 东湖区 on 2024; all places are invented.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kgraph.knowledge import Knowledge
from kgraph.store import Store
from kgraph.vocab import BASE, PREFIXES

HERE = Path(__file__).parent
ONTOLOGY = HERE.parent / "ontology"
REPORT = BASE + "report/"


@dataclass(frozen=True)
class Stated:
    """What the store takes."""

    iri: str
    source: str
    content_hash: str
    ntriples: bytes


REGIONS = {
    "910000": ("云山省", 1, None),
    "910100": ("河东市", 2, "910000"),
    "910121": ("清溪县", 3, "910100"),
    "910122": ("东湖区", 3, "910100"),
    "910121101": ("柳林镇", 4, "910121"),
    "910121102": ("石桥镇", 4, "910121"),
}
LAWS = {
    "constitution": ("中华人民共和国宪法", "constitution", ("宪法",), "1982-12-04", ""),
    "civil-code": ("中华人民共和国民法典", "law", ("民法典",), "2021-01-01", ""),
    "marriage": ("中华人民共和国婚姻法", "law", ("婚姻法",), "1981-01-01", "2021-01-01"),
    "petition": ("信访工作条例", "party_regulation", (), "2022-05-01", ""),
    "plan": ("清溪县2024年普法工作要点", "policy_document", (), "", ""),
}
BODIES = {
    "liulin": ("清溪县柳林镇人民政府", "government", "910121101"),
    "shiqiao": ("清溪县石桥镇人民政府", "government", "910121102"),
    "donghu": ("河东市东湖区人民政府", "government", "910122"),
    "liulin-justice": ("柳林镇司法所", "justice-station", "910121101"),
    "shiqiao-justice": ("石桥镇司法所", "justice-station", "910121102"),
    "county-justice": ("清溪县司法局", "bureau", "910121"),
}


@dataclass
class S:
    """A sentence: measures (practice, status), metrics, citations (surface, law, role), bodies (surface, body, part)."""

    text: str
    measures: list[tuple[str, str]] = field(default_factory=list)
    metrics: list[dict[str, str]] = field(default_factory=list)
    cites: list[tuple[str, str, str]] = field(default_factory=list)
    bodies: list[tuple[str, str, str]] = field(default_factory=list)
    unlinked: list[tuple[str, str, str, tuple[str, ...]]] = field(default_factory=list)


def m(
    surface: str, label: str, value: str, unit: str, practice: str, status: str = "done", cmp: str = "exactly", **more: str
) -> dict[str, str]:
    """A metric."""
    return {
        "surface": surface,
        "label": label,
        "value": value,
        "unit": unit,
        "practice": practice,
        "status": status,
        "cmp": cmp,
        **more,
    }


LIULIN_2023 = [
    S(
        "全年调解纠纷80件,调解成功率96%",
        [("peoples-mediation", "done")],
        [
            m("调解纠纷80件", "调解纠纷", "80", "jian", "peoples-mediation", indicator="mediation-cases"),
            m("调解成功率96%", "调解成功率", "96", "percent", "peoples-mediation", indicator="mediation-success-rate"),
        ],
    ),
    S(
        "柳林镇司法所学习《宪法》2次",
        [("officials-learning", "done")],
        [m("学习《宪法》2次", "学习《宪法》", "2", "ci", "officials-learning")],
        [("宪法", "constitution", "studies")],
        [("柳林镇司法所", "liulin-justice", "responsibleBody")],
    ),
    S("基层法治力量薄弱", [("funding-staffing", "problem")]),
    S("下一步推动法律顾问进村", [("village-counsel", "planned")]),
    S("下一步完善热线办理机制", [("hotline", "planned")]),
]
LIULIN_2024 = [
    S(
        "培养法律明白人40余名",
        [("legal-literate-persons", "done")],
        [
            m(
                "法律明白人40余名",
                "法律明白人",
                "40",
                "ming",
                "legal-literate-persons",
                cmp="over",
                indicator="legal-literate-persons",
            )
        ],
    ),
    S(
        "柳林镇司法所联合县司法局调解纠纷95件,成功率达98.5%,同比上升2.5%",
        [("peoples-mediation", "done")],
        [
            m("调解纠纷95件", "调解纠纷", "95", "jian", "peoples-mediation", indicator="mediation-cases"),
            m("成功率达98.5%", "成功率", "98.5", "percent", "peoples-mediation", indicator="mediation-success-rate"),
            m("同比上升2.5%", "成功率", "2.5", "percent", "peoples-mediation", change="increase"),
        ],
        [],
        [("柳林镇司法所", "liulin-justice", "responsibleBody"), ("县司法局", "county-justice", "involvedBody")],
    ),
    S(
        "贯彻落实《信访工作条例》,办结信访件12件",
        [("petition", "done")],
        [m("信访件12件", "信访件", "12", "jian", "petition")],
        [("信访工作条例", "petition", "implements")],
    ),
    S(
        "宣传《民法典》和《婚姻法》30场次",
        [("law-publicity", "done")],
        [m("宣传《民法典》和《婚姻法》30场次", "宣传", "30", "changci", "law-publicity")],
        [("民法典", "civil-code", "publicises"), ("婚姻法", "marriage", "publicises")],
    ),
    S(
        "为每个村配备法律顾问1名",
        [("village-counsel", "done")],
        [m("配备法律顾问1名", "法律顾问", "1", "ming", "village-counsel", per="cun")],
    ),
    S(
        "存在法治力量薄弱的问题",
        [("funding-staffing", "problem")],
        unlinked=[("body", "法治力量", "several candidates", ("甲", "乙"))],
    ),
    S(
        "下一步开展执法培训不少于2次",
        [("enforcement-training", "planned")],
        [m("执法培训不少于2次", "执法培训", "2", "ci", "enforcement-training", "planned", "atLeast")],
    ),
]
SHIQIAO_2024 = [
    S(
        "石桥镇司法所按照县司法局要求调解纠纷60件,调解成功率100%",
        [("peoples-mediation", "done")],
        [
            m("调解纠纷60件", "调解纠纷", "60", "jian", "peoples-mediation", indicator="mediation-cases"),
            m("调解成功率100%", "调解成功率", "100", "percent", "peoples-mediation", indicator="mediation-success-rate"),
        ],
        [],
        [("石桥镇司法所", "shiqiao-justice", "responsibleBody"), ("县司法局", "county-justice", "involvedBody")],
    ),
    S(
        "办理12345热线工单210件",
        [("hotline", "done")],
        [m("热线工单210件", "热线工单", "210", "jian", "hotline", indicator="hotline-orders")],
    ),
    S(
        "宣传《宪法》10场次",
        [("law-publicity", "done")],
        [m("10场次", "宣传《宪法》", "10", "changci", "law-publicity")],
        [("宪法", "constitution", "publicises")],
    ),
    S(
        "落实《清溪县2024年普法工作要点》投入经费2.5万元",
        [("law-publicity", "done")],
        [m("经费2.5万元", "经费", "25000", "yuan", "law-publicity")],
        [("清溪县2024年普法工作要点", "plan", "implements")],
    ),
    S("法治队伍力量不足", [("funding-staffing", "problem")]),
]
DONGHU_2024 = [
    S("深化新时代“枫桥经验”", [("fengqiao", "done")]),
    S(
        "区政府学习《宪法》4次、培训执法人员120人次",
        [("officials-learning", "done"), ("enforcement-training", "done")],
        [
            m("学习《宪法》4次", "学习《宪法》", "4", "ci", "officials-learning"),
            m("培训执法人员120人次", "培训执法人员", "120", "renci", "enforcement-training"),
        ],
        [("宪法", "constitution", "studies")],
        [("区政府", "donghu", "responsibleBody")],
    ),
    S(
        "调解纠纷300余件,成功率99%",
        [("peoples-mediation", "done")],
        [
            m("调解纠纷300余件", "调解纠纷", "300", "jian", "peoples-mediation", cmp="over", indicator="mediation-cases"),
            m("成功率99%", "成功率", "99", "percent", "peoples-mediation", indicator="mediation-success-rate"),
        ],
    ),
    S(
        "普法宣传20场次,同比减少5场次",
        [("law-publicity", "done")],
        [
            m("普法宣传20场次", "普法宣传", "20", "changci", "law-publicity"),
            m("减少5场次", "普法宣传", "5", "changci", "law-publicity", change="decrease"),
        ],
    ),
]


class _Lines(set[str]):
    def put(self, subject: str, predicate: str, value: str) -> None:
        prefix, _, name = predicate.partition(":")
        self.add(f"<{subject}> <{PREFIXES[prefix]}{name}> {value} .")

    def link(self, subject: str, predicate: str, target: str) -> None:
        self.put(subject, predicate, f"<{iri(target)}>")


def iri(name: str) -> str:
    """A prefixed name or an IRI as an IRI."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local if prefix in PREFIXES else name


def text(value: str, lang: str = "") -> str:
    """A literal."""
    return str(ox.Literal(value, language=lang) if lang else ox.Literal(value))


def typed(value: str, kind: str) -> str:
    """A typed literal."""
    return str(ox.Literal(value, datatype=ox.NamedNode(PREFIXES["xsd"] + kind)))


def state(code: str, year: int, issued: str, title: str, issuer: str, sentences: list[S], source: str = "") -> Stated:
    """The triples of a report that consists of these sentences."""
    out = _Lines()
    body_text = "。".join(s.text for s in sentences) + "。"
    report = f"{REPORT}{code}-{year}-{hashlib.sha256((issuer + title).encode()).hexdigest()[:6]}"
    source = source or f"{code}-{year}.txt"
    content_hash = "sha256:" + hashlib.sha256((title + body_text).encode()).hexdigest()
    region = _region(out, code)
    out.link(report, "rdf:type", "kg:Report")
    out.link(report, "rdf:type", "nif:Context")
    for predicate in ("rdfs:label", "dcterms:title"):
        out.put(report, predicate, text(title, "zh"))
    out.link(report, "dcterms:publisher", _body(out, issuer))
    out.link(report, "dcterms:spatial", region)
    out.put(report, "kg:reportingYear", typed(str(year), "gYear"))
    if issued:
        out.put(report, "dcterms:issued", typed(issued, "date"))
    out.put(report, "kg:sourceFile", text(source))
    out.put(report, "kg:contentHash", text(content_hash))
    out.put(report, "nif:isString", text(body_text))
    out.link(report, "prov:wasGeneratedBy", BASE + "run/0-test")
    out.link(BASE + "run/0-test", "rdf:type", "prov:Activity")
    out.put(BASE + "run/0-test", "rdfs:label", text("kgraph 构建 0-test", "zh"))
    out.link(region, "kg:hasReport", report)
    start = 0
    for sentence in sentences:
        _sentence(out, report, region, year, sentence, start, body_text)
        start += len(sentence.text) + 1
    return Stated(report, source, content_hash, ("\n".join(sorted(out)) + "\n").encode())


def _sentence(out: _Lines, report: str, region: str, year: int, s: S, start: int, whole: str) -> None:
    def span(surface: str) -> str:
        a = whole.index(surface, start)
        b = a + len(surface)
        e = f"{report}#char={a},{b}"
        out.link(e, "rdf:type", "nif:Phrase")
        out.link(e, "nif:referenceContext", report)
        out.put(e, "nif:beginIndex", typed(str(a), "integer"))
        out.put(e, "nif:endIndex", typed(str(b), "integer"))
        out.put(e, "nif:anchorOf", text(surface))
        out.put(e, "rdfs:label", text(surface, "zh"))
        return e

    def fact(kind: str, key: str, label: str, surface: str) -> str:
        evidence = span(surface)
        node = f"{report}/{kind}/{evidence.rpartition('=')[2].replace(',', '-')}{key}"
        out.put(node, "rdfs:label", text(label, "zh"))
        out.link(node, "kg:inReport", report)
        out.link(node, "kg:evidence", evidence)
        return node

    measures = {}
    for practice, status in s.measures:
        node = measures[practice] = fact("measure", f"-{practice}", f"{practice}({status})", s.text)
        out.link(node, "rdf:type", "kg:Measure")
        out.link(node, "kg:practice", f"practice:{practice}")
        out.link(node, "kg:status", f"kg:{status}")
        out.put(node, "kg:rule", text(f"{practice}: test"))
        if status == "done":
            out.link(region, "kg:practises", f"practice:{practice}")
    for metric in s.metrics:
        node = fact("metric", "-" + (metric.get("change") or "value"), metric["label"], metric["surface"])
        for kind in ("kg:Metric", "qb:Observation"):
            out.link(node, "rdf:type", kind)
        out.link(node, "qb:dataSet", "kg:metrics")
        out.put(node, "kg:value", typed(metric["value"], "decimal"))
        out.link(node, "kg:unit", f"unit:{metric['unit']}")
        out.link(node, "kg:comparator", f"kg:{metric['cmp']}")
        out.put(node, "kg:indicatorLabel", text(metric["label"], "zh"))
        out.link(node, "kg:status", f"kg:{metric['status']}")
        out.link(node, "kg:practice", f"practice:{metric['practice']}")
        out.link(node, "sdmx-dimension:refArea", region)
        out.put(node, "sdmx-dimension:refPeriod", typed(str(year), "gYear"))
        out.put(node, "kg:rule", text("number: test"))
        for key, target in (("indicator", "indicator:"), ("change", "kg:"), ("per", "unit:")):
            if key in metric:
                out.link(node, f"kg:{key}", target + metric[key])
        if measure := measures.get(metric["practice"]):
            out.link(node, "kg:measure", measure)
            out.link(measure, "kg:outcome", node)
    for surface, law, role in s.cites:
        node = fact("citation", "", f"引用《{surface}》", surface)
        target = _law(out, law)
        out.link(node, "rdf:type", "kg:Citation")
        out.link(node, "kg:cites", target)
        out.link(node, "kg:role", f"kg:{role}")
        out.put(node, "kg:rule", text("title: test"))
        out.link(report, "kg:citesLaw", target)
        for measure in measures.values():
            out.link(node, "kg:measure", measure)
            out.link(measure, "kg:citation", node)
    for surface, body, part in s.bodies:
        target = _body(out, body)
        out.link(span(surface), "itsrdf:taIdentRef", target)
        if surface != BODIES[body][0]:
            out.put(target, "skos:altLabel", text(surface, "zh"))
        for measure in measures.values():
            out.link(measure, f"kg:{part}", target)
    for what, surface, reason, candidates in s.unlinked:
        node = fact("unlinked", f"-{what}", f"未链接:{surface}", surface)
        out.link(node, "rdf:type", "kg:Unlinked")
        out.put(node, "kg:mentionText", text(surface))
        out.put(node, "kg:reason", text(f"{what}: {reason}"))
        for candidate in candidates:
            out.put(node, "kg:candidate", text(candidate))


def _region(out: _Lines, code: str) -> str:
    name, level, wider = REGIONS[code]
    node = f"{BASE}region/{code}"
    out.link(node, "rdf:type", "kg:Region")
    out.put(node, "rdfs:label", text(name, "zh"))
    out.put(node, "skos:notation", text(code))
    out.put(node, "kg:level", typed(str(level), "integer"))
    if wider:
        out.link(node, "schema:containedInPlace", _region(out, wider))
    return node


def _body(out: _Lines, key: str) -> str:
    name, kind, code = BODIES[key]
    node = f"{BASE}body/{code}-{key}"
    for type_ in ("org:Organization", "cv:PublicOrganisation"):
        out.link(node, "rdf:type", type_)
    for predicate in ("rdfs:label", "skos:prefLabel"):
        out.put(node, predicate, text(name, "zh"))
    out.link(node, "org:classification", f"bodytype:{kind}")
    out.link(node, "dcterms:spatial", _region(out, code))
    return node


def _law(out: _Lines, key: str) -> str:
    name, kind, short, since, until = LAWS[key]
    node = f"{BASE}law/{key}"
    out.link(node, "rdf:type", "kg:Document" if kind == "policy_document" else "eli:LegalResource")
    for predicate in ("rdfs:label", "eli:title"):
        out.put(node, predicate, text(name, "zh"))
    out.link(node, "eli:type_document", f"lawkind:{kind}")
    for other in short:
        out.put(node, "eli:title_alternative", text(other, "zh"))
    for predicate, day in (("eli:first_date_entry_in_force", since), ("eli:date_no_longer_in_force", until)):
        if day:
            out.put(node, predicate, typed(day, "date"))
    return node


def reports() -> list[Stated]:
    """The four reports."""
    return [
        state("910121101", 2023, "2024-01-15", "柳林镇2023年法治政府建设年度报告", "liulin", LIULIN_2023),
        state("910121101", 2024, "2025-01-10", "柳林镇2024年法治政府建设年度报告", "liulin", LIULIN_2024),
        state("910121102", 2024, "2025-02-20", "石桥镇2024年法治政府建设年度报告", "shiqiao", SHIQIAO_2024),
        state("910122", 2024, "", "东湖区2024年法治政府建设年度报告", "donghu", DONGHU_2024),
    ]


def small_knowledge(folder: Path) -> Knowledge:
    """Only kgraph.ttl and the concepts that the four reports name, so that rows do not hang on the growth of the others."""
    own = Knowledge.__new__(Knowledge)
    own.directories = [folder]
    folder.mkdir(parents=True, exist_ok=True)
    for path in (ONTOLOGY / "kgraph.ttl", HERE / "queries" / "concepts.ttl"):
        (folder / path.name).write_bytes(path.read_bytes())
    return own


def build(path: Path, batch: Iterable[Stated] | None = None, knowledge: Knowledge | None = None) -> Store:
    """A store of the four reports (or others), open for writing."""
    store = Store.create(path)
    if knowledge is not None:
        store.load_vocabularies(knowledge)
    store.write(list(reports() if batch is None else batch))
    return store
