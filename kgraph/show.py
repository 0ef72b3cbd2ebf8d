"""What was extracted from one report, beside its sentences, with the rule that made each fact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kgraph.errors import InputError
from kgraph.knowledge import Knowledge
from kgraph.model import Document
from kgraph.store import Store
from kgraph.tables import Table

_END = re.compile(r"[。；;！!？?\n]")
_KINDS = {"Measure": "举措", "Metric": "指标", "Citation": "引用", "body": "机构", "Unlinked": "未链接"}


@dataclass(frozen=True, slots=True)
class ShownFact:
    """One fact of a report: its class, what it says, its span in the text, and the rule that made it."""

    kind: str
    label: str
    start: int
    end: int
    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class ShownSentence:
    """A sentence of a report as it stands in the text, with the facts whose spans begin in it."""

    start: int
    end: int
    text: str
    facts: tuple[ShownFact, ...]


def find_report(store: Store, wanted: str) -> str:
    """The IRI of the report that a user means by an IRI, a file name, or words of the title or issuer.

    Raises ``InputError`` naming the candidates where none or several match.
    """
    rows = [
        tuple(str(cell or "") for cell in row)
        for row in store.values(
            "SELECT ?r ?file ?title ?issuer { ?r a kg:Report ; kg:sourceFile ?file ; dcterms:title ?title "
            "OPTIONAL { ?r dcterms:publisher/skos:prefLabel ?issuer } } ORDER BY ?file"
        )
    ]
    exact = [r for r in rows if wanted in (r[0], r[1]) or r[1].rpartition("/")[2] in (wanted, f"{wanted}.txt")]
    found = exact or [r for r in rows if all(any(word in cell for cell in r) for word in wanted.split())]
    if len({r[0] for r in found}) == 1:
        return found[0][0]
    if not found:
        raise InputError(f"no report matches {wanted!r}; kgraph query GRAPH --name coverage lists the {len(rows)} that there are")
    names = "; ".join(r[1] for r in found[:8])
    raise InputError(f"{len(found)} reports match {wanted!r}: {names}{' …' if len(found) > 8 else ''}; name the file")


def facts(store: Store, report: str) -> tuple[ShownFact, ...]:
    """The facts of a report by their place in the text."""
    span = "nif:beginIndex ?b ; nif:endIndex ?e ; nif:anchorOf ?text ."
    stated = store.values(
        "SELECT ?kind ?label ?b ?e ?text ?rule ?extra { "
        f"?f kg:inReport <{report}> ; a ?kind ; rdfs:label ?label ; kg:evidence ?s . ?s {span} "
        "OPTIONAL { ?f kg:rule ?rule } OPTIONAL { ?f kg:role ?extra } FILTER(?kind != qb:Observation) }"
    )
    named = store.values(
        f"SELECT ?label ?b ?e ?text {{ ?s nif:referenceContext <{report}> ; itsrdf:taIdentRef ?o ; {span} ?o skos:prefLabel ?label }}"
    )
    out = []
    for kind, label, begin, end, text, rule, extra in stated:
        role = f" [{str(extra).rpartition('#')[2]}]" if extra else ""
        out.append(
            ShownFact(str(kind).rpartition("#")[2], f"{label}{role}", int(str(begin)), int(str(end)), str(text), str(rule or ""))
        )
    out += [ShownFact("body", str(label), int(str(b)), int(str(e)), str(text), "") for label, b, e, text in named]
    return tuple(sorted(out, key=lambda f: (f.start, f.end, f.kind, f.label)))


def sentences(store: Store, report: str) -> Iterator[ShownSentence]:
    """The sentences of a report in order, each with its facts."""
    row = next(store.values(f"SELECT ?text {{ <{report}> nif:isString ?text }}"), None)
    if row is None:
        raise InputError(f"{report}: no such report in this graph")
    text = str(row[0])
    found = list(facts(store, report))
    begin = 0
    for end in [*(m.end() for m in _END.finditer(text)), len(text)]:
        here = []
        while found and found[0].start < end:
            here.append(found.pop(0))
        if here or text[begin:end].strip():
            yield ShownSentence(begin, end, text[begin:end].strip(), tuple(here))
        begin = end


def why(store: Store, wanted: str, knowledge: Knowledge, *, all_sentences: bool = True) -> Table:
    """The same with what made each fact: the rule, the entry of the vocabulary, the words; and for a sentence without facts
    what was tried. Runs the stages again on the text that the graph keeps."""
    from kgraph.explain import Explainer

    report = find_report(store, wanted)
    title, file, text, hash_ = (
        str(cell)
        for cell in next(
            store.values(
                f"SELECT ?t ?f ?text ?h {{ <{report}> dcterms:title ?t ; kg:sourceFile ?f ; nif:isString ?text ; kg:contentHash ?h }}"
            )
        )
    )
    reasons, explained = Explainer(knowledge).explain(Document(text, file, hash_, {"title": title}))
    rows: list[tuple[str | int, ...]] = []
    found = [fact for fact in facts(store, report) if fact.kind in _KINDS]
    lost = 0
    for sentence in explained:
        here = []
        while found and found[0].start < sentence.end:
            here.append(found.pop(0))
        about = f"[{sentence.about}] {sentence.text}"
        if not here and all_sentences:
            rows.append((about, "(无)", "", "", "", "; ".join(sentence.tried), f"{sentence.start}-{sentence.end}"))
        for i, fact in enumerate(here):
            reason = reasons.get(
                (fact.kind, fact.start, fact.end, fact.label.partition(" [")[0] if fact.kind == "Citation" else fact.label)
            )
            if reason is not None:
                made = (reason.words, reason.rule, reason.entry)
            elif fact.kind == "Unlinked":
                made = (fact.text, fact.rule, "没有链接")
            else:
                corrected = "correction:" in fact.rule
                lost += not corrected
                made = (fact.text, fact.rule, "更正" if corrected else "现在的词表得不出这一条")
            rows.append((about if i == 0 else "", _KINDS[fact.kind], fact.label, *made, f"{fact.start}-{fact.end}"))
    notes = [report]
    if lost:
        notes.append(f"{lost} 条事实出自别的词表或版本;重新构建,或用 --ontology 指明当时的词表")
    columns = ("句子", "类别", "事实", "依据的词", "规则", "词表条目或试过什么", "位置")
    return Table(columns, tuple(rows), title=title, notes=tuple(notes))


def show(store: Store, wanted: str, *, all_sentences: bool = True) -> Table:
    """A table of the sentences of a report and their facts: sentence, sort of fact, fact, words, rule, place."""
    report = find_report(store, wanted)
    rows: list[tuple[str | int, ...]] = []
    for sentence in sentences(store, report):
        if not sentence.facts and all_sentences:
            rows.append((sentence.text, "", "", "", "", f"{sentence.start}-{sentence.end}"))
        for i, fact in enumerate(sentence.facts):
            shown = sentence.text if i == 0 else ""
            rows.append((shown, _KINDS.get(fact.kind, fact.kind), fact.label, fact.text, fact.rule, f"{fact.start}-{fact.end}"))
    title = next(store.values(f"SELECT ?t {{ <{report}> dcterms:title ?t }}"))[0]
    return Table(("句子", "类别", "事实", "原文", "规则", "位置"), tuple(rows), title=f"{title}", notes=(report,))
