"""Why a report's facts are what they are: the rule, the entry of the vocabulary and the words that made each; and for a
sentence without facts what was tried.

Nothing of this is stored: the stages run again on the text that the graph keeps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property

from kgraph.emit import citation_label, measure_label, metric_label
from kgraph.extract.measure_clauses import Clause, ClauseReader
from kgraph.knowledge import Concept, Knowledge, Scheme, read_scheme
from kgraph.link.quantities import QuantityLinker
from kgraph.match import PatternSet
from kgraph.model import Citation, Document, Measure, Metric, ReportFacts, Sentence, SentenceKind
from kgraph.pipeline import Pipeline

_SENTENCES = {
    SentenceKind.FRONT: "文首(抬头、标题、称谓),不陈述举措",
    SentenceKind.HEADING: "标题,不陈述举措,只为下文提供语境",
    SentenceKind.OPENING: "开头的套语,不陈述举措",
    SentenceKind.LEAD: "列项的引语,不陈述举措,只为下文提供语境",
    SentenceKind.CLOSING: "落款,不陈述举措",
}
_TITLE = re.compile(r"《[^《》]{1,80}》")
_NUMBER = re.compile(r"[0-9][0-9.]*")
_WEAK = {"cue": "线索词,要有点明该做法的标题、引语或前句才算"}

Key = tuple[str, int, int, str]
"""What identifies a fact of a report: its class, its span, its label."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a fact was stated: the rule, the entries of the vocabularies with their labels, and the words that made it."""

    rule: str
    entry: str
    words: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A sentence as the segmenter cut it: its place, its text, what kind it is, and what was tried on it."""

    start: int
    end: int
    text: str
    about: str
    tried: tuple[str, ...]


class Explainer:
    """Explains the facts of reports under the vocabularies given.

    >>> text = "某镇2024年法治政府建设年度报告\\n一、主要举措\\n畅通信访渠道,受理信访件60件。\\n按照上级信访办部署推进。\\n"
    >>> reasons, _ = Explainer(Knowledge()).explain(Document(text, "a.txt", ""))
    >>> next(r.words for key, r in reasons.items() if key[0] == "Metric")
    '受理信访件 · 60 · 件'
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._pipeline = Pipeline(knowledge)
        self._quantities = QuantityLinker(knowledge)
        self._clauses = ClauseReader(knowledge)
        self._statements = read_scheme(knowledge.path("statements.ttl"), "statement")
        self._roles = read_scheme(knowledge.path("roles.ttl"), "role")

    def explain(self, document: Document) -> tuple[dict[Key, Reason], list[Explained]]:
        """The reason of each fact, and the sentences of the report with what was tried on them."""
        facts = self._pipeline.facts(document)
        reasons: dict[Key, Reason] = {}
        for measure in facts.measures:
            m = measure.mention
            label = measure_label(_label(self._knowledge.practices, m.practice), m.status)
            reasons["Measure", m.start, m.end, label] = self._measure(measure, facts)
        for metric in facts.metrics:
            m2 = metric.mention
            reasons["Metric", m2.start, m2.end, metric_label(m2)] = self._metric(metric, facts)
        for citation in facts.citations:
            m3 = citation.mention
            reasons["Citation", m3.start, m3.end, citation_label(citation.law)] = self._citation(citation, facts)
        for use in facts.bodies:
            type_ = _entry("bodytype", self._knowledge.bodytypes, use.body.type) or "没有此类机构的词条"
            where = f"{type_} · 区划 {use.body.region}" if use.body.region else type_
            reason = Reason(use.mention.rule, where, use.mention.name)
            reasons["body", use.mention.start, use.mention.end, use.body.name] = reason
        stated = [key[1] for key in reasons]
        sentences = []
        for sentence in facts.outline.sentences:
            some = any(sentence.start <= at < sentence.end for at in stated)
            about = _label(self._knowledge.sections, sentence.section.kind.value)
            tried = () if some else tuple(self._tried(sentence))
            sentences.append(Explained(sentence.start, sentence.end, sentence.text, about, tried))
        return reasons, sentences

    def _measure(self, measure: Measure, facts: ReportFacts) -> Reason:
        mention = measure.mention
        kind = mention.rule.rpartition("/")[2]
        entry = _entry("practice", self._knowledge.practices, mention.practice)
        sentence = facts.outline.sentences[mention.sentence]
        if mention.trigger:
            source = self._source(self._knowledge.practices.get(mention.practice), kind, mention.trigger)
            entry = f"{entry} · kg:{kind}" + (f" {source}" if source and source != mention.trigger else "")
            words = mention.trigger
            if kind == "cue" and sentence.context:
                words += f" ← {' / '.join(sentence.context)}"
        else:
            words = f"← {sentence.context[0]}" if kind == "lead" and sentence.context else "← 前一句"
        parts = [(f.name, getattr(measure.slots, f.name)) for f in fields(measure.slots)]
        said = ", ".join(f"{name}={slot.text}" for name, slot in parts if slot)
        return Reason(mention.rule, entry, f"{words} ({said})" if said else words)

    def _source(self, concept: Concept | None, kind: str, trigger: str) -> str:
        """The term or pattern of a practice that the words match."""
        clauses = self._clauses.clauses(trigger)
        plain = clauses[0].text if clauses else trigger
        for source in concept.get(kind) if concept else ():
            if source == plain or (kind != "trigger" and re.fullmatch(source, plain)):
                return source
        return ""

    def _metric(self, metric: Metric, facts: ReportFacts) -> Reason:
        mention = metric.mention
        indicators, units = self._knowledge.indicators, self._knowledge.units
        entry = _entry("indicator", indicators, metric.indicator)
        if not entry:
            level = self._quantities.candidates(mention, facts.outline)
            names = "、".join(_entry("indicator", indicators, id_) for id_ in level)
            entry = f"几个指标同样合适,不选:{names}" if names else "没有合适的指标"
        entries = [entry, _entry("unit", units, metric.unit) or f"词表中没有单位“{mention.unit}”"]
        words = [mention.label, f"{mention.comparator.symbol}{format(mention.value, 'f')}", mention.unit]
        if mention.per:
            entries.append(_entry("unit", units, metric.per) or f"词表中没有“{mention.per}”")
            words.append(f"每{mention.per}")
        if metric.practice:
            entries.append(_entry("practice", self._knowledge.practices, metric.practice))
        return Reason(mention.rule, " · ".join(entries), " · ".join(words))

    def _citation(self, citation: Citation, facts: ReportFacts) -> Reason:
        mention = citation.mention
        sentence = facts.outline.sentences[mention.sentence]
        listed = "在目录中" if citation.law.known else "目录中没有"
        kind = _entry("lawkind", self._knowledge.lawkinds, citation.law.kind)
        role = self._roles.get(mention.role.value)
        cue = _cue(role, sentence, mention.start, mention.end) if role else ""
        label = role.labels.get("zh", role.id) if role else mention.role.value
        said = f"《{mention.title}》" if mention.bracketed else mention.title
        return Reason(
            mention.rule,
            f"{kind} · {listed} · role:{mention.role.value} {label}",
            f"{said} · {cue}" if cue else f"{said} · 没有提示用法的词",
        )

    def _tried(self, sentence: Sentence) -> Iterator[str]:
        if sentence.kind in _SENTENCES:
            yield _SENTENCES[sentence.kind]
            return
        hit = False
        for clause in self._clauses.clauses(sentence.text):
            for role in sorted(self._clauses.roles(clause.text) & {"guiding", "basis", "effect"}):
                yield f"“{_short(clause.text)}”是{_label(self._statements, role)}"
            for line in self._matches(clause):
                hit = True
                yield line
        if not hit:
            yield "没有做法词表中的词"
        for title in dict.fromkeys(_TITLE.findall(sentence.text)):
            yield f"{title}:不是法律文件(文书、刊物、活动或作品名)"
        outside = _TITLE.sub("", sentence.text)
        numbers = list(dict.fromkeys(_NUMBER.findall(outside)))
        if numbers:
            yield f"数字 {'、'.join(numbers[:6])}:不是数量(日期、序号、文号、固定说法),或所数的事物认不出"

    def _matches(self, clause: Clause) -> Iterator[str]:
        """What the vocabulary of practices has for a clause, and why it did not count."""
        for match in self._patterns.find(clause.text):
            id_, kind, source = match.value
            what = f"“{match.text}” → {_entry('practice', self._knowledge.practices, id_)} · kg:{kind}"
            if source != match.text:
                what += f" {source}"
            void = next((s for s, start, end in self._void(id_, clause.text) if start < match.end and match.start < end), None)
            if clause.in_title(match.start, match.end) and "《" not in source:
                yield f"{what}:在书名号里,不算"
            elif void is not None:
                yield f"{what}:被 kg:excludes {void} 排除"
            elif kind in _WEAK:
                yield f"{what}:{_WEAK[kind]}"
            else:
                yield f"{what}:此句不陈述举措,或只是顺带提到"

    def _void(self, practice: str, text: str) -> Iterator[tuple[str, int, int]]:
        concept = self._knowledge.practices[practice]
        domain = self._knowledge.practices.get(concept.broader or "")
        for source in (*concept.get("excludes"), *(domain.get("excludes") if domain else ())):
            for m in re.finditer(source, text):
                yield source, m.start(), m.end()

    @cached_property
    def _patterns(self) -> PatternSet[tuple[str, str, str]]:
        every = [
            (source, (c.id, kind, source))
            for c in self._knowledge.practices.values()
            if c.broader
            for kind in ("trigger", "pattern", "cue")
            for source in c.get(kind)
        ]
        return PatternSet([x for x in every if x[1][1] == "trigger"], [x for x in every if x[1][1] != "trigger"])


def _label(scheme: Scheme, id_: str) -> str:
    concept = scheme.get(id_)
    return concept.labels.get("zh", id_) if concept else id_


def _entry(name: str, scheme: Scheme, id_: str | None) -> str:
    """A concept as users find it in its file: prefix, id and label; nothing for None."""
    return f"{name}:{id_} {_label(scheme, id_)}" if id_ else ""


def _cue(role: Concept, sentence: Sentence, start: int, end: int) -> str:
    """The cue of a role that stands nearest to a title: before it, else behind it."""
    text, i, j = sentence.text, sentence.find(start), sentence.find(end)
    before = [
        (text.rfind(cue, 0, i) + len(cue), len(cue), cue)
        for cue in (*role.get("cueBefore"), *role.get("cueShared"))
        if cue in text[:i]
    ]
    after = [(text.find(cue, j), -len(cue), cue) for cue in (*role.get("cueAfter"), *role.get("cueShared")) if cue in text[j:]]
    near = max(before, default=None)
    if near and not re.search(r"[,;:。]", text[near[0] : i].replace("《", "")):
        return near[2]
    return min(after)[2] if after else (near[2] if near else "")


def _short(text: str) -> str:
    return text if len(text) <= 24 else text[:23] + "…"
