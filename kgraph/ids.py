"""IRIs. Each is made from what the thing is, so that the same reports give the same graph."""

from __future__ import annotations

import hashlib

from kgraph.model import Body, Document, Law, ReportMeta
from kgraph.text import normalise
from kgraph.vocab import BASE


def digest(*parts: str, length: int = 10) -> str:
    """Hex digits over parts, separated so that ``("ab", "c")`` differs from ``("a", "bc")``."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:length]


class Ids:
    """The IRIs of a graph under one base.

    >>> Ids().region("441602101")
    'https://w3id.org/kgraph/id/region/441602101'
    """

    def __init__(self, base: str = BASE) -> None:
        self.base = base

    def region(self, code: str) -> str:
        """A region, by its division code."""
        return f"{self.base}region/{code}"

    def report(self, document: Document, meta: ReportMeta) -> str:
        """A report, by region, year, issuer and title: an amended text replaces its predecessor, whatever its file.

        Where neither issuer nor title is known, by its content.
        """
        issuer = meta.issuer.name if meta.issuer else ""
        title = "".join((meta.title or "").split())
        parts = (issuer, title) if issuer or title else (document.content_hash,)
        region = meta.regions[-1].code if meta.regions else "0"
        return f"{self.base}report/{region}-{meta.year or 0}-{digest(*parts, length=6)}"

    def body(self, body: Body, report: str) -> str:
        """An organisation, by name and region; under its report where the name does not settle which one it is."""
        if body.local:
            return f"{report}/body/{digest(body.name)}"
        return f"{self.base}body/{body.region or 0}-{digest(body.name)}"

    def law(self, law: Law, report: str) -> str:
        """A legal resource or document, by its name; under its report where the name alone does not tell which it is."""
        name = normalise(law.name).replace(" ", "")
        if law.local:
            return f"{report}/document/{digest(name)}"
        return f"{self.base}law/{digest(name)}"

    def unit(self, written: str) -> str:
        """A unit as written that is not the form of a concept."""
        return f"{self.base}unit/{digest(written)}"

    def run(self, kgraph_version: str, ontology_version: str) -> str:
        """What made the facts: this version of kgraph with this version of the ontology."""
        return f"{self.base}run/{kgraph_version}-{ontology_version}"

    @staticmethod
    def span(report: str, start: int, end: int) -> str:
        """A span of a report's text, as an RFC 5147 fragment."""
        return f"{report}#char={start},{end}"
