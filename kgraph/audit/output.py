"""The findings of an audit as tables, JSON and SARIF."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from kgraph import __version__
from kgraph.audit.model import Finding
from kgraph.audit.registry import by_id
from kgraph.errors import InputError
from kgraph.tables import FORMATS as TABLE_FORMATS
from kgraph.tables import Cell, Table

FORMATS = (*TABLE_FORMATS, "sarif")
_SHOWN = 90


@dataclass(frozen=True, slots=True)
class Audit:
    """The findings of an audit, best first."""

    findings: tuple[Finding, ...]
    reports: int

    def table(self, top: int | None = None, *, short: bool = False) -> Table:
        """A row for each finding; ``short`` cuts long words for the terminal."""
        checks = by_id()

        def cut(text: str) -> str:
            plain = " ".join(text.split())
            return plain if not short or len(plain) <= _SHOWN else plain[: _SHOWN - 1] + "…"

        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (
                n,
                checks[f.check].zh,
                f.source,
                cut(f.message),
                cut(f.evidence[0].text) if f.evidence else "",
                cut(f.reasoning),
                round(f.confidence, 2),
                f"{f.evidence[0].start}-{f.evidence[0].end}" if f.evidence else "",
                f.check,
            )
            for n, f in enumerate(self.findings[:top], 1)
        )
        columns: tuple[str, ...] = ("序", "核查", "报告", "发现", "原文", "依据", "可信度", "位置", "check")
        if short:
            columns, rows = columns[:5], tuple(row[:5] for row in rows)
        return Table(columns, rows, title="不一致或需要核对之处", notes=self._notes(top))

    def _notes(self, top: int | None) -> tuple[str, ...]:
        counts = Counter(f.check for f in self.findings)
        checks = by_id()
        kinds = ",".join(f"{checks[c].zh}{n}" for c, n in sorted(counts.items(), key=lambda x: (-x[1], x[0])))
        shown = "" if top is None or top >= len(self.findings) else f",以上是前{top}处"
        return (
            f"{self.reports}份报告,{len(self.findings)}处{shown}" + (f":{kinds}" if kinds else "") + "。每一处都请对照原文。",
        )

    def render(self, form: str, top: int | None = None) -> str | bytes:
        """The findings in one of ``FORMATS``. Raises ``InputError`` for another."""
        if form == "sarif":
            return json.dumps(self.sarif(), ensure_ascii=False, indent=1) + "\n"
        if form == "json":
            return json.dumps([_record(f) for f in self.findings[:top]], ensure_ascii=False, indent=1) + "\n"
        if form not in FORMATS:
            raise InputError(f"no format {form!r}; there are: {', '.join(FORMATS)}")
        return self.table(top, short=form == "table").render(form)

    def sarif(self) -> dict[str, Any]:
        """The findings as SARIF 2.1.0; offsets count code points."""
        checks = by_id()
        used = sorted({f.check for f in self.findings})
        rules = [
            {
                "id": c,
                "name": checks[c].en,
                "shortDescription": {"text": f"{checks[c].zh} · {checks[c].en}"},
                "fullDescription": {"text": checks[c].definition},
            }
            for c in used
        ]
        driver = {"name": "kgraph", "version": __version__, "rules": rules}
        run = {
            "tool": {"driver": driver},
            "columnKind": "unicodeCodePoints",
            "results": [_result(f, used) for f in self.findings],
        }
        return {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}


def _record(f: Finding) -> dict[str, Any]:
    return {
        "id": f.iri,
        "check": f.check,
        "report": f.report,
        "file": f.source,
        "message": f.message,
        "reasoning": f.reasoning,
        "confidence": f.confidence,
        "consequence": f.consequence,
        "evidence": [{"report": e.report, "file": e.source, "start": e.start, "end": e.end, "text": e.text} for e in f.evidence],
    }


def _result(f: Finding, rules: list[str]) -> dict[str, Any]:
    places = [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": _uri(e.source)},
                "region": {"charOffset": e.start, "charLength": e.end - e.start, "snippet": {"text": e.text}},
            }
        }
        for e in f.evidence
    ]
    return {
        "ruleId": f.check,
        "ruleIndex": rules.index(f.check),
        "level": "warning" if f.score >= 0.5 else "note",
        "message": {"text": f"{f.message}({f.reasoning})"},
        "locations": places[:1],
        "relatedLocations": places[1:],
        "rank": round(100 * f.score, 1),
        "partialFingerprints": {"finding/v1": f.iri.rpartition("/")[2]},
    }


def _uri(source: str) -> str:
    return quote(source.replace("\\", "/"))
