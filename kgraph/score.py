"""Scoring a graph against gold: what was found, missed and invented, fact by fact.

Precision, recall and F1 are micro-averaged over reports; a predicted fact matches one gold fact at most; entries on which
careful readers differ (``optional``) count neither way. *Strict* asks for place, words, value and unit; *relaxed* only for
place (laws), place and value (metrics), the sentence (measures). Accuracies are over the strict matches.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from kgraph.errors import InputError
from kgraph.store import Store
from kgraph.tables import Table

KINDS = ("meta", "laws", "bodies", "metrics", "measures", "practices")
_BREAK = re.compile(r"[。；;！!？?\n]")
_SIGNS = {"exactly": "=", "over": ">", "atLeast": ">=", "under": "<", "atMost": "<=", "about": "~"}
_OWN = re.compile(r"^[我本](?:省|市|州|县|区|乡|镇|街|街道|局|委|厅|处|办|单位|村|社区)$")
_BRACKETS = "《》〈〉<> \n"

Fact = dict[str, Any]


@dataclass(slots=True)
class Score:
    """The score of one kind of fact: counts, the accuracy of each field as (right, asked), and what went wrong."""

    gold: int = 0
    predicted: int = 0
    hits: int = 0
    relaxed: int = 0
    fields: dict[str, list[int]] = field(default_factory=dict)
    found: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of what was predicted that is right."""
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of gold that was found."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return _f1(self.hits, self.gold, self.predicted)

    @property
    def relaxed_f1(self) -> float:
        """F1 with the relaxed match."""
        return _f1(self.relaxed, self.gold, self.predicted)

    def accuracy(self, name: str) -> float:
        """The share of the matches whose field is right."""
        right, asked = self.fields.get(name, (0, 0))
        return right / asked if asked else 0.0

    def figures(self) -> dict[str, float | int]:
        """All figures of the kind by name, rounded to four places."""
        out: dict[str, float | int] = {"gold": self.gold, "predicted": self.predicted}
        out |= {"precision": self.precision, "recall": self.recall, "f1": self.f1, "relaxed f1": self.relaxed_f1}
        out |= {name: self.accuracy(name) for name in self.fields}
        return {k: round(v, 4) if isinstance(v, float) else v for k, v in out.items()}

    def _field(self, name: str, right: bool) -> None:
        counts = self.fields.setdefault(name, [0, 0])
        counts[0] += right
        counts[1] += 1


def _f1(hits: int, gold: int, predicted: int) -> float:
    return 2 * hits / (gold + predicted) if gold + predicted else 0.0


def gold_files(folder: Path, only: str | None = None) -> list[Path]:
    """The gold files of a folder: all, or those of the split ``dev`` or ``test``.

    The split is a rule, not a list: files whose names begin with 2 are test, all others development.
    """
    files = sorted(folder.glob("*.json"))
    if not files:
        raise InputError(f"{folder}: no gold files (*.json)")
    return [f for f in files if only is None or split(f) == only]


def split(path: Path) -> str:
    """``test`` or ``dev``."""
    return "test" if path.name.startswith("2") else "dev"


def gold_hash(files: Iterable[Path]) -> str:
    """Sixteen hex digits over the gold; floors name it, so that a changed gold cannot pass for a better extraction."""
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def score(store: Store, files: Sequence[Path]) -> dict[str, Score]:
    """The score of each kind of fact over the reports that the gold files annotate."""
    scores = {kind: Score() for kind in KINDS}
    predicted = _predictions(store)
    for path in files:
        gold = _load(path)
        name = str(gold["file"])
        report = predicted.get(name)
        if report is None:
            for kind in KINDS[1:]:
                scores[kind].errors.append(f"{name}: not in the graph")
            report = {"meta": {}, "text": "", **{kind: [] for kind in KINDS[1:]}}
        _meta(scores["meta"], name, gold["meta"], report["meta"])
        _laws(scores["laws"], name, gold["laws"], report["laws"])
        _metrics(scores["metrics"], name, gold["metrics"], report["metrics"])
        _bodies(scores["bodies"], name, gold["bodies"], report["bodies"])
        _measures(scores["measures"], name, gold["measures"], report["measures"], report["text"])
        _practices(scores["practices"], name, gold["measures"], report["measures"])
    return scores


def table(scores: Mapping[str, Score], title: str = "") -> Table:
    """The scores as a table, one row a kind; accuracies in a last column."""
    rows: list[tuple[str | int | float, ...]] = []
    for kind, s in scores.items():
        figures = (s.precision, s.recall, s.f1, s.relaxed_f1)
        rows.append(
            (kind, s.gold, s.predicted, *(f"{x:.3f}" for x in figures), " ".join(f"{n} {s.accuracy(n):.3f}" for n in s.fields))
        )
    return Table(("kind", "gold", "found", "P", "R", "F1", "relaxed", "accuracies"), tuple(rows), title=title)


def below_floors(scores: Mapping[str, Score], floors: Mapping[str, Any], found_hash: str) -> list[str]:
    """What is under its floor, one line each. ``floors``: ``{"gold": hash, "laws": {"f1": 0.97, …}, …}``."""
    lines = []
    if floors.get("gold") not in (None, found_hash):
        lines.append(
            f"the gold has changed: {found_hash}, not {floors['gold']}; measure again and write the new hash with the floors"
        )
    for kind, wanted in floors.items():
        if isinstance(wanted, Mapping):
            have = scores[kind].figures()
            lines += [
                f"{kind} {name}: {have.get(name, 0)} is under the floor {floor}"
                for name, floor in wanted.items()
                if have.get(name, 0) < floor
            ]
    return lines


def changes(scores: Mapping[str, Score], saved: Mapping[str, Sequence[str]]) -> Table:
    """Gains and losses against a saved run: the gold facts found now and not then, and the other way round."""
    rows = []
    for kind, s in scores.items():
        before = set(saved.get(kind, ()))
        rows += [(kind, "+", item) for item in sorted(s.found - before)]
        rows += [(kind, "-", item) for item in sorted(before - s.found)]
    return Table(("kind", "change", "fact"), tuple(rows), title="gains (+) and losses (-)")


def _load(path: Path) -> dict[str, Any]:
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
        return {"meta": gold["meta"], "file": gold["file"], **{k: gold[k] for k in ("laws", "bodies", "metrics", "measures")}}
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"{path}: not a gold file: {error!r}") from None


def _local(value: object) -> str | None:
    return None if value is None else re.split(r"[#/]", str(value))[-1]


def _predictions(store: Store) -> dict[str, dict[str, Any]]:
    reports: dict[str, dict[str, Any]] = {}
    rows = store.values(
        "SELECT ?r ?file ?text ?issuer ?year ?issued { ?r a kg:Report ; kg:sourceFile ?file ; nif:isString ?text "
        "OPTIONAL { ?r dcterms:publisher/skos:prefLabel ?issuer } OPTIONAL { ?r kg:reportingYear ?year } "
        "OPTIONAL { ?r dcterms:issued ?issued } }"
    )
    for r, file, text, issuer, year, issued in rows:
        meta: dict[str, Any] = {
            "issuer": issuer,
            "year": None if year is None else int(str(year)[:4]),
            "issued": None if issued is None else str(issued)[:10],
            "region": {},
        }
        reports[str(r)] = {
            "file": str(file).rpartition("/")[2],
            "text": str(text),
            "meta": meta,
            **{kind: [] for kind in KINDS[1:]},
        }
    for r, level, label in store.values(
        "SELECT ?r ?l ?n { ?r a kg:Report ; dcterms:spatial/schema:containedInPlace* ?g . ?g kg:level ?l ; rdfs:label ?n }"
    ):
        reports[str(r)]["meta"]["region"][int(str(level))] = label
    span = "?e nif:beginIndex ?b ; nif:endIndex ?end ; nif:anchorOf ?q ; nif:referenceContext ?r ."
    for r, b, e, q, title, kind, role in store.values(
        f"SELECT ?r ?b ?end ?q ?t ?k ?role {{ ?c a kg:Citation ; kg:cites ?law ; kg:role ?role ; kg:evidence ?e . {span} ?law eli:title ?t ; eli:type_document ?k }}"
    ):
        fact = {
            "start": int(str(b)),
            "end": int(str(e)),
            "surface": str(q).strip(_BRACKETS),
            "name": title,
            "kind": _local(kind),
            "role": _local(role),
        }
        reports[str(r)]["laws"].append(fact)
    for r, q, label in store.values(f"SELECT ?r ?q ?n {{ {span} ?e itsrdf:taIdentRef ?o . ?o skos:prefLabel ?n }}"):
        if not _OWN.match(str(q)):
            reports[str(r)]["bodies"].append((str(q), str(label)))
    for row in store.values(
        "SELECT ?r ?b ?end ?v ?u ?cmp ?label ?status ?change ?per ?practice { ?m a kg:Metric ; kg:value ?v ; kg:unit/rdfs:label ?u ; "
        f"kg:comparator ?cmp ; kg:indicatorLabel ?label ; kg:status ?status ; kg:evidence ?e . {span} "
        "OPTIONAL { ?m kg:change ?change } OPTIONAL { ?m kg:per/rdfs:label ?per } OPTIONAL { ?m kg:practice ?practice } }"
    ):
        r, b, e, v, u, cmp, label, status, change, per, practice = row
        fact = {
            "start": int(str(b)),
            "end": int(str(e)),
            "value": Decimal(str(v)),
            "unit": u,
            "cmp": _SIGNS[str(_local(cmp))],
            "label": str(label),
        }
        fact |= {"status": _local(status), "change": _local(change), "per": per, "practice": _local(practice)}
        reports[str(r)]["metrics"].append(fact)
    for r, b, practice, status in store.values(
        f"SELECT ?r ?b ?p ?s {{ ?m a kg:Measure ; kg:practice ?p ; kg:status ?s ; kg:evidence ?e . {span} }}"
    ):
        reports[str(r)]["measures"].append({"start": int(str(b)), "practice": _local(practice), "status": _local(status)})
    return {report["file"]: report for report in reports.values()}


def _allowed(wanted: object, got: object) -> bool:
    return got in wanted if isinstance(wanted, list) else got == wanted


def _meta(s: Score, name: str, gold: Mapping[str, Any], found: Mapping[str, Any]) -> None:
    regions = found.get("region") or {}
    have = {**found, "region": [regions[level] for level in sorted(regions)]}
    for key in ("issuer", "region", "year", "issued"):
        wanted, got = gold.get(key), have.get(key)
        right = (
            (not wanted and not got)
            or wanted == got
            or (key == "issuer" and bool(wanted and got) and str(got).endswith(str(wanted)))
        )
        s.gold, s.predicted, s.hits, s.relaxed = s.gold + 1, s.predicted + 1, s.hits + right, s.relaxed + right
        s._field(key, right)
        if right:
            s.found.add(f"{name} {key}")
        else:
            s.errors.append(f"{name}: {key}: want {wanted!r}, got {got!r}")


def _overlap(gold: Mapping[str, Any], words: str, found: Mapping[str, Any]) -> bool:
    return bool(gold["start"] < found["end"] and found["start"] < gold["start"] + len(gold[words]))


def _matched(
    s: Score,
    name: str,
    gold: Sequence[Fact],
    found: Sequence[Fact],
    words: str,
    strict: Callable[[Fact, Fact], bool],
    relaxed: Callable[[Fact, Fact], bool],
    tests: Mapping[str, Callable[[Fact, Fact], bool]],
) -> None:
    """One-to-one matching of facts that have a place in the text; of several the one with most fields right."""
    free = list(found)
    missed = []
    for g in [g for g in gold if not g.get("optional")]:
        s.gold += 1
        same = [f for f in free if strict(g, f)]
        if not same:
            missed.append(g)
            continue
        best = max(same, key=lambda f: sum(test(g, f) for test in tests.values()))
        free.remove(best)
        s.predicted, s.hits, s.relaxed = s.predicted + 1, s.hits + 1, s.relaxed + 1
        s.found.add(f"{name} {g['start']} {g[words]}")
        for key, test in tests.items():
            right = test(g, best)
            s._field(key, right)
            if not right:
                wanted = g.get("keys") if key == "indicator" else g.get(key)
                s.errors.append(
                    f"{name}: {key} of {g[words]!r}: want {wanted!r}, got {best['label' if key == 'indicator' else key]!r}"
                )
    free = [f for f in free if not any(g.get("optional") and _overlap(g, words, f) for g in gold)]
    for g in missed:
        near = [f for f in free if relaxed(g, f)]
        s.relaxed += bool(near)
        s.errors.append(f"{name}: missed {g[words]!r} at {g['start']}" + (f"; near: {_brief(near[0])}" if near else ""))
    s.predicted += len(free)
    s.errors += [f"{name}: spurious at {f['start']}: {_brief(f)}" for f in free]


def _brief(fact: Fact) -> str:
    return " ".join(str(v) for k, v in fact.items() if k not in ("start", "end") and v is not None)


def _laws(s: Score, name: str, gold: Sequence[Fact], found: Sequence[Fact]) -> None:
    def strict(g: Fact, f: Fact) -> bool:
        return _overlap(g, "surface", f) and str(g["surface"]).strip(_BRACKETS) == f["surface"]

    tests = {key: (lambda g, f, key=key: _allowed(g[key], f[key])) for key in ("name", "kind", "role")}
    _matched(s, name, gold, found, "surface", strict, lambda g, f: _overlap(g, "surface", f), tests)


def _metrics(s: Score, name: str, gold: Sequence[Fact], found: Sequence[Fact]) -> None:
    def value(g: Fact, f: Fact) -> bool:
        try:
            return _overlap(g, "quote", f) and abs(Decimal(str(g["value"])) - f["value"]) < Decimal("1e-9")
        except InvalidOperation:
            return False

    def strict(g: Fact, f: Fact) -> bool:
        return value(g, f) and g["unit"] == f["unit"] and g["cmp"] == f["cmp"]

    tests: dict[str, Callable[[Fact, Fact], bool]] = {"indicator": lambda g, f: any(key in f["label"] for key in g["keys"])}
    for key in ("status", "change", "per", "practice"):
        tests[key] = lambda g, f, key=key: _allowed(g.get(key), f[key])  # type: ignore[misc]
    _matched(s, name, gold, found, "quote", strict, value, tests)


def _bodies(s: Score, name: str, gold: Sequence[Fact], found: Sequence[tuple[str, str]]) -> None:
    optional = {g["surface"] for g in gold if g.get("optional")}
    wanted = {g["surface"]: g["name"] for g in gold if g["surface"] not in optional}
    have: dict[str, list[str]] = {}
    for surface, label in sorted(set(found)):
        if surface not in optional:
            have.setdefault(surface, []).append(label)
    hits = wanted.keys() & have.keys()
    s.gold, s.predicted, s.hits, s.relaxed = (
        s.gold + len(wanted),
        s.predicted + len(have),
        s.hits + len(hits),
        s.relaxed + len(hits),
    )
    for surface in sorted(hits):
        right = any(_allowed(wanted[surface], label) for label in have[surface])
        s._field("name", right)
        s.found.add(f"{name} {surface}")
        if not right:
            s.errors.append(f"{name}: name of {surface}: want {wanted[surface]!r}, got {have[surface]!r}")
    s.errors += [f"{name}: missed {x}" for x in sorted(wanted.keys() - hits)] + [
        f"{name}: spurious {x}" for x in sorted(have.keys() - hits)
    ]


def _sentence_ends(text: str) -> list[int]:
    return [m.end() for m in _BREAK.finditer(text)]


def _measures(s: Score, name: str, gold: Sequence[Fact], found: Sequence[Fact], text: str) -> None:
    from bisect import bisect_right

    ends = _sentence_ends(text)

    def keyed(facts: Iterable[Fact]) -> Iterator[tuple[tuple[int, str], Fact]]:
        return (((bisect_right(ends, f["start"]), f["practice"]), f) for f in facts)

    optional = {key for key, g in keyed(gold) if g.get("optional")}
    wanted = {key: g for key, g in keyed(gold) if key not in optional}
    have = {key: f for key, f in keyed(found) if key not in optional}
    hits = wanted.keys() & have.keys()
    s.gold, s.predicted, s.hits = s.gold + len(wanted), s.predicted + len(have), s.hits + len(hits)
    places = {sentence for sentence, _ in have}
    s.relaxed += sum(sentence in places for sentence, _ in wanted)
    for key in sorted(hits):
        right = _allowed(wanted[key]["status"], have[key]["status"])
        s._field("status", right)
        s.found.add(f"{name} {wanted[key]['start']} {key[1]}")
        if not right:
            s.errors.append(
                f"{name}: status of {key[1]} at {wanted[key]['start']}: want {wanted[key]['status']}, got {have[key]['status']}"
            )
    s.errors += [f"{name}: missed {wanted[key]['practice']}: {wanted[key]['quote'][:50]}" for key in sorted(wanted.keys() - hits)]
    for key in sorted(have.keys() - hits):
        start = have[key]["start"]
        s.errors.append(f"{name}: spurious {key[1]}: {text[start : start + 40]!r}")


def _practices(s: Score, name: str, gold: Sequence[Fact], found: Sequence[Fact]) -> None:
    sure: set[tuple[str, str]] = set()
    unsure: set[tuple[str, str]] = set()
    for g in gold:
        either = isinstance(g["status"], list)
        for status in g["status"] if either else [g["status"]]:
            (unsure if either or g.get("optional") else sure).add((g["practice"], status))
    have = {(f["practice"], f["status"]) for f in found} - (unsure - sure)
    hits = sure & have
    s.gold, s.predicted, s.hits, s.relaxed = (
        s.gold + len(sure),
        s.predicted + len(have),
        s.hits + len(hits),
        s.relaxed + len(hits),
    )
    s.found |= {f"{name} {practice} {status}" for practice, status in hits}
    for sign, rest in (("missed", sure - hits), ("spurious", have - hits)):
        counted = Counter(rest)
        s.errors += [f"{name}: {sign} {practice} {status}" for practice, status in sorted(counted)]
