"""Writing derived metrics into a graph, under the report whose numbers they come from, and taking them out again.

They hang under the report (``kg:inReport``), so that replacing or removing it removes them too; they have neither
``kg:status`` nor ``kg:practice`` nor ``kg:indicatorLabel``, so that no question about stated metrics finds them.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kgraph.emit import chinese, decimal, literal, typed
from kgraph.ids import Ids
from kgraph.products.corpus import Corpus
from kgraph.products.derive import DerivedMetric
from kgraph.store import Store
from kgraph.vocab import KG, PREFIXES, PROV, QB, RDF, RDFS, SDMX_DIMENSION, UNIT, XSD

PERCENT = UNIT + "percent"


def write(path: Path | str, corpus: Corpus, derived: Iterable[DerivedMetric]) -> int:
    """Put derived metrics in the place of those in the graph at ``path``, in one transaction; how many there are now."""
    lines: set[str] = set()
    count = 0
    for metric in derived:
        count += 1
        lines |= triples(corpus, metric)
    with Store.create(path) as store:
        remove = "DELETE { ?s ?p ?o } WHERE { ?s a kg:DerivedMetric ; ?p ?o }"
        store.engine.update(f"{remove};\nINSERT DATA {{\n" + "\n".join(sorted(lines)) + "\n}", prefixes=PREFIXES)
        store.engine.flush()
    return count


def triples(corpus: Corpus, metric: DerivedMetric) -> set[str]:
    """The triples of a derived metric, as lines of N-Triples."""
    report = corpus.reports[metric.report]
    unit = PERCENT if metric.unit == "%" else Ids().unit(metric.unit)
    out = {
        f"<{metric.iri}> <{RDF.type}> <{KG.DerivedMetric}> .",
        f"<{metric.iri}> <{RDF.type}> <{QB.Observation}> .",
        f"<{metric.iri}> <{RDFS.label}> {chinese(f'{metric.label}（推算） {metric.text}')} .",
        f"<{metric.iri}> <{KG.inReport}> <{metric.report}> .",
        f"<{metric.iri}> <{KG.value}> {decimal(metric.value)} .",
        f"<{metric.iri}> <{KG.unit}> <{unit}> .",
        f"<{metric.iri}> <{KG.comparator}> <{KG.base}{metric.comparator}> .",
        f"<{metric.iri}> <{KG.formula}> {literal(metric.formula)} .",
    }
    out |= {f"<{metric.iri}> <{PROV.wasDerivedFrom}> <{parent.iri}> ." for parent in metric.parents}
    if report.region:
        out.add(f"<{metric.iri}> <{SDMX_DIMENSION.refArea}> <{report.region}> .")
    if report.year:
        out.add(f"<{metric.iri}> <{SDMX_DIMENSION.refPeriod}> {typed(report.year, XSD.gYear)} .")
    return out
