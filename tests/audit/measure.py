"""Precision and recall of the checks on planted faults. As a script it prints the table, or writes it into the docs:

python tests/audit/measure.py [--write docs/audit.md docs/audit.zh-CN.md]
"""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import planted

from kgraph.audit.context import Context
from kgraph.audit.load import from_facts
from kgraph.audit.model import Finding, Report
from kgraph.audit.registry import CHECKS
from kgraph.audit.run import examine
from kgraph.knowledge import Knowledge, data_directory
from kgraph.model import Document
from kgraph.pipeline import Pipeline

COUNT = 14
JUDGED = Path(__file__).parent / "judged.csv"
BEGIN, END = "<!-- planted faults: begin -->", "<!-- planted faults: end -->"


class Reader:
    """Reports for the audit out of texts, by the pipeline."""

    def __init__(self) -> None:
        self.context = Context(Knowledge())
        self._pipeline = Pipeline(self.context.knowledge)

    def report(self, text: str, number: int = 0) -> Report:
        """A text as a report; a text of one line is put into one."""
        if "\n" not in text:
            text = f"宝丰县张八桥镇2023年法治政府建设年度报告\n一、主要举措和成效\n{text}\n"
        document = Document(text, f"{number}.txt", f"sha256:{number}")
        return from_facts(self._pipeline.facts(document), f"https://w3id.org/kgraph/id/report/{number}")


@dataclass
class Tally:
    """What was planted of a kind and found, what else its check said, with the errors."""

    planted: int = 0
    found: int = 0
    right: int = 0
    wrong: int = 0
    errors: list[str] = field(default_factory=list)


def _points_at(finding: Finding, case: planted.Case, reports: list[Report]) -> bool:
    """Whether a finding is about the planted fault."""
    if finding.check not in case.checks:
        return False
    by_iri = {r.iri: r.text for r in reports}
    for e in finding.evidence:
        at = by_iri[e.report].find(case.fault)
        if at >= 0 and e.start < at + len(case.fault) and at < e.end:
            return True
    return False


def measure(count: int = COUNT) -> dict[str, Tally]:
    """The tally of each check."""
    reader = Reader()
    tallies = {check.id: Tally() for check in CHECKS}
    for case in planted.cases(count):
        reports = [reader.report(text, n) for n, text in enumerate(case.texts)]
        findings = examine(reports, reader.context)
        hits = [f for f in findings if case.fault and _points_at(f, case, reports)]
        if case.fault:
            tallies[case.kind].planted += 1
            tallies[case.kind].found += bool(hits)
            if not hits:
                tallies[case.kind].errors.append(f"missed: {case.fault[:70]}")
        for finding in findings:
            tally = tallies[finding.check]
            if finding in hits:
                tally.right += 1
            else:
                tally.wrong += 1
                tally.errors.append(f"wrong ({case.kind}): {finding.message} | {finding.evidence[0].text[:60]}")
    return tallies


def table(tallies: dict[str, Tally]) -> str:
    """The tallies as a table in Markdown."""
    lines = ["| check | planted | recall | findings | precision |", "| --- | ---: | ---: | ---: | ---: |"]

    def line(name: str, some: list[Tally]) -> str:
        n, found = sum(t.planted for t in some), sum(t.found for t in some)
        right, wrong = sum(t.right for t in some), sum(t.wrong for t in some)
        recall = f"{found / n:.2f}" if n else "–"
        return f"| {name} | {n} | {recall} | {right + wrong} | {right / (right + wrong) if right + wrong else 1:.2f} |"

    lines += [line(f"`{name}`", [t]) for name, t in tallies.items()]
    for family in planted.FAMILIES:
        lines.append(line(f"**{family}**", [t for name, t in tallies.items() if name.startswith(family + "-")]))
    lines.append(line("**all**", list(tallies.values())))
    return "\n".join(lines) + "\n"


@dataclass
class Verdicts:
    """The findings in the samples against ``judged.csv``: right, wrong, not judged yet, judged right and not found."""

    right: int = 0
    wrong: int = 0
    unread: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    checks: dict[str, tuple[int, int]] = field(default_factory=dict)


def judged() -> Verdicts:
    """What the audit finds in the sample reports that ``judged.csv`` lists, each alone, against how it was judged."""
    with JUDGED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    reader = Reader()
    out = Verdicts()
    known = {(r["file"], r["check"], r["words"]): r["verdict"] for r in rows if r["check"]}
    seen = set()
    for name in sorted({r["file"] for r in rows}):
        path = data_directory("seeds") / name
        if not path.exists():
            continue
        report = replace(reader.report(path.read_text(encoding="utf-8"), 0), source=name)
        for finding in examine([report], reader.context):
            key = (name, finding.check, "".join(finding.evidence[0].text.split())[:12])
            verdict = known.get(key)
            seen.add(key)
            if verdict is None:
                out.unread.append(",".join(key))
                continue
            right, wrong = out.checks.get(finding.check, (0, 0))
            out.checks[finding.check] = (right + (verdict == "right"), wrong + (verdict != "right"))
            out.right += verdict == "right"
            out.wrong += verdict != "right"
    out.gone = [",".join(k) for k, v in known.items() if v == "right" and k not in seen]
    return out


def judged_table() -> str:
    """The verdicts as a table in Markdown."""
    verdicts = judged()
    lines = ["| check | findings in the samples | right |", "| --- | ---: | ---: |"]
    lines += [f"| `{name}` | {r + w} | {r} |" for name, (r, w) in sorted(verdicts.checks.items())]
    lines.append(f"| **all** | {verdicts.right + verdicts.wrong} | {verdicts.right} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the table and the errors, or write the table between its marks into the files named."""
    tallies = measure()
    made = table(tallies)
    if "--write" in sys.argv:
        for name in sys.argv[sys.argv.index("--write") + 1 :]:
            path = Path(name)
            text = path.read_text(encoding="utf-8")
            before, after = text[: text.index(BEGIN) + len(BEGIN)], text[text.index(END) :]
            path.write_text(f"{before}\n\n{made}\n{judged_table()}\n{after}", encoding="utf-8")
        return
    print(made)
    print(judged_table())
    for name, tally in tallies.items():
        for error in tally.errors[:8]:
            print(f"{name}: {error}")


if __name__ == "__main__":
    main()
