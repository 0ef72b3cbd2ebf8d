"""The graph as five tables: reports, measures, metrics, citations, bodies."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from kgraph.tables import Cell, Table

if TYPE_CHECKING:
    from kgraph.store import Store

_WHERE = "kg:evidence ?e . ?e nif:beginIndex ?start ; nif:endIndex ?end ; nif:anchorOf ?words ."
_QUERIES = {
    "reports": (
        "SELECT ?report ?title ?issuer ?region ?region_code ?year ?issued ?document_number ?file {{ BIND({report} AS ?report) "
        "?report dcterms:title ?title ; kg:sourceFile ?file "
        "OPTIONAL {{ ?report dcterms:publisher/skos:prefLabel ?issuer }} "
        "OPTIONAL {{ ?report dcterms:spatial ?r . ?r rdfs:label ?region ; skos:notation ?region_code }} "
        "OPTIONAL {{ ?report kg:reportingYear ?year }} OPTIONAL {{ ?report dcterms:issued ?issued }} "
        "OPTIONAL {{ ?report kg:documentNumber ?document_number }} }}"
    ),
    "measures": (
        "SELECT ?report ?start ?end ?practice ?practice_label ?status ?words ?rule {{ BIND({report} AS ?report) "
        "?m kg:inReport ?report ; a kg:Measure ; kg:practice ?p ; kg:status ?s ; " + _WHERE + " "
        "OPTIONAL {{ ?m kg:rule ?rule }} OPTIONAL {{ ?p skos:prefLabel ?practice_label . FILTER(LANG(?practice_label) = 'zh') }} "
        "BIND(STRAFTER(STR(?p), '/practice/') AS ?practice) BIND(STRAFTER(STR(?s), '#') AS ?status) }}"
    ),
    "metrics": (
        "SELECT ?report ?start ?end ?what ?comparator ?value ?unit ?per ?change ?status ?indicator ?practice ?words ?rule "
        "{{ BIND({report} AS ?report) ?m kg:inReport ?report ; a kg:Metric ; kg:indicatorLabel ?what ; kg:value ?value ; "
        "kg:unit/rdfs:label ?unit ; kg:comparator ?c ; kg:status ?s ; " + _WHERE + " FILTER(LANG(?unit) != 'en') "
        "OPTIONAL {{ ?m kg:per/rdfs:label ?per . FILTER(LANG(?per) != 'en') }} OPTIONAL {{ ?m kg:change ?h }} "
        "OPTIONAL {{ ?m kg:indicator ?i }} OPTIONAL {{ ?m kg:practice ?p }} OPTIONAL {{ ?m kg:rule ?rule }} "
        "BIND(STRAFTER(STR(?c), '#') AS ?comparator) BIND(STRAFTER(STR(?s), '#') AS ?status) "
        "BIND(STRAFTER(STR(?h), '#') AS ?change) BIND(STRAFTER(STR(?i), '/indicator/') AS ?indicator) "
        "BIND(STRAFTER(STR(?p), '/practice/') AS ?practice) }}"
    ),
    "citations": (
        "SELECT ?report ?start ?end ?words ?law ?kind ?role ?article ?rule {{ BIND({report} AS ?report) "
        "?c kg:inReport ?report ; a kg:Citation ; kg:cites ?l ; kg:role ?r ; "
        + _WHERE
        + " ?l eli:title ?law ; eli:type_document ?k . "
        "OPTIONAL {{ ?c kg:article ?article }} OPTIONAL {{ ?c kg:rule ?rule }} "
        "BIND(STRAFTER(STR(?k), '/lawkind/') AS ?kind) BIND(STRAFTER(STR(?r), '#') AS ?role) }}"
    ),
    "bodies": (
        "SELECT ?report ?start ?end ?words ?body ?type ?region {{ BIND({report} AS ?report) "
        "?e nif:referenceContext ?report ; itsrdf:taIdentRef ?b ; nif:beginIndex ?start ; nif:endIndex ?end ; "
        "nif:anchorOf ?words . "
        "?b skos:prefLabel ?body . OPTIONAL {{ ?b org:classification ?t }} OPTIONAL {{ ?b dcterms:spatial/rdfs:label ?region }} "
        "BIND(STRAFTER(STR(?t), '/bodytype/') AS ?type) }}"
    ),
}
NAMES = tuple(_QUERIES)


def columns(name: str) -> tuple[str, ...]:
    """The columns of a table, in order."""
    return tuple(word[1:] for word in _QUERIES[name].partition("{")[0].split()[1:])


def rows(store: Store, name: str) -> Iterator[tuple[Cell, ...]]:
    """The rows of a table, report by report in the order of their IRIs, inside one by their place in the text."""
    for report in store.reports():
        found = store.values(_QUERIES[name].format(report=f"<{report}>"))
        yield from sorted(
            found, key=lambda row: tuple((v is not None, str(v).zfill(8) if isinstance(v, int) else str(v)) for v in row)
        )


def tables(store: Store) -> dict[str, Table]:
    """All five tables in memory, by name."""
    return {name: Table(columns(name), tuple(rows(store, name)), title=name) for name in NAMES}


def write_tables(store: Store, path: Path) -> None:
    """Write the tables as CSV files into a folder, or into one zip file; a report at a time, with the mark that Excel needs."""
    if path.suffix.lower() == ".zip":
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(path.name + ".part")
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in NAMES:
                info = zipfile.ZipInfo(f"{name}.csv", date_time=(2000, 1, 1, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                with archive.open(info, "w", force_zip64=True) as out:
                    text = io.TextIOWrapper(out, encoding="utf-8", errors="replace", newline="")
                    _write(store, name, text)
                    text.flush()
                    text.detach()
        part.replace(path)
        return
    path.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        with (path / f"{name}.csv").open("w", encoding="utf-8", errors="replace", newline="") as file:
            _write(store, name, file)


def _write(store: Store, name: str, out: TextIO) -> None:
    out.write("\ufeff" + Table(columns(name), ()).csv())
    for row in rows(store, name):
        out.write(Table(columns(name), (row,)).csv().partition("\n")[2])
