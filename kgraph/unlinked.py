"""What could not be linked, most frequent first: what to add to the vocabularies to gain most."""

from __future__ import annotations

from kgraph.store import Store
from kgraph.tables import Table

_TEACH = {
    "indicator": "indicators.ttl",
    "unit": "units.ttl",
    "body": "bodytypes.ttl",
    "law": "laws.csv",
    "region": "regions.csv",
}


def unlinked(store: Store, *, what: str | None = None, top: int | None = 50) -> Table:
    """Mentions left unlinked and phrases of metrics without an indicator: sort, words, times, reports, reason, candidates,
    an example of the words in place, and the file of ``ontology/`` that would teach them."""
    rows: list[tuple[str, str, int, int, str, str, str, str]] = []
    for text, n, reports, example in store.values(
        "SELECT ?t (COUNT(?m) AS ?n) (COUNT(DISTINCT ?r) AS ?k) (SAMPLE(?q) AS ?example) { ?m a kg:Metric ; kg:indicatorLabel ?t ; "
        "kg:inReport ?r ; kg:evidence/nif:anchorOf ?q . MINUS { ?m kg:indicator ?i } } GROUP BY ?t"
    ):
        rows.append(_row("indicator", text, n, reports, "no indicator matches", "", example))
    for text, reason, n, reports, candidates, example in store.values(
        "SELECT ?t ?reason (COUNT(DISTINCT ?u) AS ?n) (COUNT(DISTINCT ?r) AS ?k) (GROUP_CONCAT(DISTINCT ?c; separator='; ') AS ?cs) "
        "(SAMPLE(?q) AS ?example) { ?u a kg:Unlinked ; kg:mentionText ?t ; kg:reason ?reason ; kg:inReport ?r ; "
        "kg:evidence/nif:anchorOf ?q OPTIONAL { ?u kg:candidate ?c } } GROUP BY ?t ?reason"
    ):
        sort, _, why = str(reason).partition(": ")
        rows.append(_row(sort, text, n, reports, why, candidates, example))
    rows = [row for row in rows if what is None or row[0] == what]
    rows.sort(key=lambda row: (-row[2], row[0], row[1]))
    told = f"{len(rows)} different, {sum(row[2] for row in rows)} in all; the files are in ontology/"
    notes = (told,) if rows else ("everything is linked",)
    columns = (
        "类别 sort",
        "文字 words",
        "次数 times",
        "报告 reports",
        "原因 why",
        "候选 candidates",
        "原文 example",
        "词表 file",
    )
    return Table(columns, tuple(rows if top is None else rows[:top]), title="未链接 left unlinked", notes=notes)


def _row(
    sort: str, text: object, n: object, reports: object, why: str, candidates: object, example: object
) -> tuple[str, str, int, int, str, str, str, str]:
    counts = int(str(n)), int(str(reports))
    return (sort, str(text), *counts, why, str(candidates or ""), " ".join(str(example).split()), _TEACH.get(sort, ""))
