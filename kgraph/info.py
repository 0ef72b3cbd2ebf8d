"""What a graph holds: counts by class, reports, regions, years, and what stayed unlinked."""

from __future__ import annotations

from kgraph.store import Store
from kgraph.tables import Table

_CLASSES = (
    ("kg:Report", "报告", "reports"),
    ("kg:Region", "行政区域", "regions"),
    ("org:Organization", "机构", "bodies"),
    ("kg:Measure", "举措", "measures"),
    ("kg:Metric", "指标", "metrics"),
    ("kg:Citation", "法律文件引用", "citations"),
    ("eli:LegalResource", "法律法规", "legal resources"),
    ("kg:Document", "其他文件", "documents"),
    ("kg:Unlinked", "未链接的提及", "mentions left unlinked"),
)


def info(store: Store, *, top: int = 12) -> tuple[Table, ...]:
    """Tables of a graph: counts by class, reports by year and level, the share linked, the most frequent unlinked mentions."""
    counts = tuple((f"{zh} {en}", _count(store, f"{{ ?x a {name} }}")) for name, zh, en in _CLASSES)
    years = tuple(
        (str(year), int(str(n)))
        for year, n in store.values(
            "SELECT ?y (COUNT(?r) AS ?n) { ?r a kg:Report ; kg:reportingYear ?y } GROUP BY ?y ORDER BY ?y"
        )
    )
    levels = {1: "省级 province", 2: "市级 prefecture", 3: "县级 county", 4: "乡级 township"}
    by_level = tuple(
        (levels.get(int(str(level)), str(level)), int(str(n)))
        for level, n in store.values(
            "SELECT ?l (COUNT(?r) AS ?n) { ?r a kg:Report ; dcterms:spatial ?g . ?g kg:level ?l } GROUP BY ?l ORDER BY ?l"
        )
    )
    metrics = _count(store, "{ ?m a kg:Metric }")
    linked = tuple(
        (name, part, whole, round(100 * part / whole, 1) if whole else None)
        for name, part, whole in (
            ("指标有概念 metrics with an indicator", _count(store, "{ ?m a kg:Metric ; kg:indicator ?i }"), metrics),
            ("指标有举措 metrics with a practice", _count(store, "{ ?m a kg:Metric ; kg:practice ?p }"), metrics),
            (
                "报告有地区 reports with a region",
                _count(store, "{ ?r a kg:Report ; dcterms:spatial ?g }"),
                _count(store, "{ ?r a kg:Report }"),
            ),
            (
                "报告有单位 reports with an issuer",
                _count(store, "{ ?r a kg:Report ; dcterms:publisher ?b }"),
                _count(store, "{ ?r a kg:Report }"),
            ),
        )
    )
    unlinked = tuple(
        (str(text), str(reason), int(str(n)))
        for text, reason, n in store.values(
            "SELECT ?t ?reason (COUNT(?u) AS ?n) { ?u a kg:Unlinked ; kg:mentionText ?t ; kg:reason ?reason } "
            f"GROUP BY ?t ?reason ORDER BY DESC(?n) ?t LIMIT {int(top)}"
        )
    )
    return (
        Table(("类别 class", "数量 count"), counts, title=f"{store.path}"),
        Table(("年度 year", "报告 reports"), years, title="报告年度 reporting years"),
        Table(("层级 level", "报告 reports"), by_level, title="报告层级 levels"),
        Table(("链接 link", "已链接 linked", "总数 of", "%"), linked, title="链接比例 share linked"),
        Table(
            ("提及 mention", "原因 reason", "次数 times"),
            unlinked,
            title="最常见的未链接提及 most frequent mentions left unlinked",
        ),
    )


def _count(store: Store, where: str) -> int:
    return int(str(next(store.values(f"SELECT (COUNT(*) AS ?n) {where}"))[0]))
