"""Running the checks over reports, and ranking what they find."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from kgraph.audit.context import Context
from kgraph.audit.load import reports as load
from kgraph.audit.model import Check, Evidence, Finding, Hit, Report, Span
from kgraph.audit.output import Audit
from kgraph.audit.registry import CHECKS, by_id
from kgraph.errors import InputError
from kgraph.knowledge import Knowledge
from kgraph.store import Store


def audit(store: Store, knowledge: Knowledge, checks: Sequence[str] = ()) -> Audit:
    """The findings over all reports of a graph, those most worth reading first.

    ``checks`` are ids of checks or of families (``arithmetic``); none means all that ``audit.toml`` leaves switched on.
    Raises ``InputError`` for an unknown one.
    """
    context = Context(knowledge)
    chosen(context, checks)
    count = 0

    def counted() -> Iterator[Report]:
        nonlocal count
        for report in load(store, knowledge):
            count += 1
            yield report

    findings = examine(counted(), context, checks, in_sequence(store))
    return Audit(tuple(findings), count)


def in_sequence(store: Store) -> set[str]:
    """The reports of bodies that have a report on the year before or after in the graph too."""
    known: dict[tuple[str, int], str] = {}
    for report, issuer, year in store.values(
        "SELECT ?r ?name ?year { ?r a kg:Report ; dcterms:publisher/skos:prefLabel ?name ; kg:reportingYear ?year }"
    ):
        known[str(issuer), int(str(year))] = str(report)
    return {r for (issuer, year), r in known.items() if (issuer, year - 1) in known or (issuer, year + 1) in known}


def examine(
    reports: Iterable[Report], context: Context, checks: Sequence[str] = (), whole: Container[str] | None = None
) -> list[Finding]:
    """The findings of the chosen checks over reports at hand, ranked.

    Each report is looked at by itself as it comes; what is kept of it for the checks over all reports is only what the
    search for copies needs, unless its IRI is in ``whole`` (None: all are kept whole).
    """
    found: dict[str, Finding] = {}
    wanted = chosen(context, checks)
    together = [check for check in wanted if check.all is not None]
    kept: list[Report] = []
    for report in reports:
        for check in wanted:
            if check.one is not None:
                for finding in run(check, [report], context):
                    found.setdefault(finding.iri, finding)
        if together:
            kept.append(report if whole is None or report.iri in whole else report.slim())
    for check in together:
        for finding in run(check, kept, context):
            found.setdefault(finding.iri, finding)
    return ranked(found.values())


def chosen(context: Context, wanted: Sequence[str] = ()) -> list[Check]:
    """The checks asked for by id or family, or all that are switched on."""
    known = by_id()
    families = {check.family for check in CHECKS}
    for name in wanted:
        if name not in known and name not in families:
            raise InputError(f"no check {name!r}; there are: {', '.join(sorted(families))}, and {', '.join(known)}")
    if wanted:
        return [check for check in CHECKS if check.id in wanted or check.family in wanted]
    return [check for check in CHECKS if context.parameters(check.id).enabled]


def run(check: Check, reports: Sequence[Report], context: Context) -> Iterator[Finding]:
    """What one check finds."""
    parameters = context.parameters(check.id)
    hits: Iterable[Hit]
    if check.one is not None:
        hits = (hit for report in reports for hit in check.one(report, context, parameters))
    else:
        assert check.all is not None
        hits = check.all(reports, context, parameters)
    confidence, consequence = parameters.number("confidence"), parameters.number("consequence")
    for hit in hits:
        first = hit.spans[0][0]
        yield Finding(
            check=check.id,
            report=first.iri,
            source=first.source,
            message=hit.message,
            reasoning=hit.reasoning,
            confidence=round(confidence * hit.certainty, 3),
            consequence=consequence,
            evidence=tuple(_evidence(span) for span in hit.spans),
        )


def _evidence(span: Span) -> Evidence:
    report, start, end = span
    return Evidence(report.iri, report.source, start, end, report.text[start:end])


def ranked(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by confidence times consequence; each further one of the same check in the same report counts for less, so
    that the first page is not all of one kind.
    """
    order = sorted(findings, key=lambda f: (-f.score, f.source, _start(f), f.check, f.message))
    seen: dict[tuple[str, str], int] = {}
    weighed = []
    for finding in order:
        key = (finding.check, finding.report)
        seen[key] = seen.get(key, 0) + 1
        weighed.append((finding.score / seen[key] ** 0.5, finding))
    weighed.sort(key=lambda w: (-w[0], w[1].source, _start(w[1]), w[1].check, w[1].message))
    return [finding for _, finding in weighed]


def _start(finding: Finding) -> int:
    return finding.evidence[0].start if finding.evidence else 0
