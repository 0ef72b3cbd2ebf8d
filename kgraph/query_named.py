"""The named questions: ``ontology/queries/*.rq``, each with its question in words in its leading comments.

::

    # zh: 哪些地区做了这件事？
    # en: Which regions do this?
    # zh-about: … one or more lines, also en-about
    # $practice practice!: 做法 the practice        (a parameter: its name, its kind, ! where it must be given)

A parameter stands in the query as ``$name``, which the term that it is given takes the place of (a whole term, escaped,
never the text that a user typed); a parameter that is not given stays a variable and matches everything. What is shown
or grouped is another variable (``kg:practice $practice, ?p``).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kgraph.errors import KnowledgeError, QueryError
from kgraph.store import Term
from kgraph.tables import Table
from kgraph.vocab import INDICATOR, KG, PRACTICE, XSD

if TYPE_CHECKING:
    from kgraph.knowledge import Knowledge
    from kgraph.store import Store

_TITLE = re.compile(r"(zh|en)(-about)?:\s*(.*)")
_SLOT = re.compile(r"#[^\n]*|<[^<>\s]*>|\"(?:[^\"\\\n]|\\.)*\"|\$(\w+)")
_PARAMETER = re.compile(r"\$(\w+)\s+(\w+)(!?):\s*(.*)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question: its kind is a key of ``KINDS``."""

    name: str
    kind: str
    required: bool
    about: str


@dataclass(frozen=True, slots=True)
class Question:
    """A named question. ``own`` where it ships with kgraph and so is trusted to run in this process."""

    name: str
    titles: Mapping[str, str]
    about: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    sparql: str
    own: bool

    def filled(self, terms: Mapping[str, Term]) -> str:
        """The query with terms in the place of parameters."""
        return _SLOT.sub(lambda m: str(terms[m[1]]) if m[1] in terms else m[0], self.sparql)

    def title(self, lang: str) -> str:
        """The question in words, in a language or else in Chinese."""
        return self.titles.get(lang) or self.titles["zh"]


def read_question(name: str, text: str, own: bool = False) -> Question:
    """A question from the text of its file. Raises ``KnowledgeError`` where the leading comments lack what is needed.

    >>> read_question("all", "# zh: 有哪些报告？\\n# en: Which reports?\\nSELECT ?r { ?r a kg:Report }").title("en")
    'Which reports?'
    """
    titles: dict[str, str] = {}
    about: dict[str, str] = {}
    parameters: list[Parameter] = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        line = line[1:].strip()
        if found := _TITLE.fullmatch(line):
            into = about if found[2] else titles
            into[found[1]] = " ".join(filter(None, (into.get(found[1]), found[3])))
        elif found := _PARAMETER.fullmatch(line):
            if found[2] not in KINDS:
                raise KnowledgeError(f"queries/{name}.rq: no kind of parameter {found[2]!r}; there are: {', '.join(KINDS)}")
            parameters.append(Parameter(found[1], found[2], bool(found[3]), found[4]))
    if not titles.get("zh") or not titles.get("en"):
        raise KnowledgeError(f"queries/{name}.rq must begin with the question in words: # zh: … and # en: …")
    return Question(name, titles, about, tuple(parameters), text, own)


def questions(knowledge: Knowledge) -> tuple[Question, ...]:
    """The questions, by name: those of the user's ontology before kgraph's own of the same name."""
    found: dict[str, Question] = {}
    for directory in knowledge.directories:
        own = directory == knowledge.directories[-1]
        for path in sorted((directory / "queries").glob("*.rq")):
            if path.stem not in found:
                try:
                    found[path.stem] = read_question(path.stem, path.read_text(encoding="utf-8"), own)
                except (OSError, UnicodeDecodeError) as error:
                    raise KnowledgeError(f"{path}: cannot be read: {error}") from None
    return tuple(found[name] for name in sorted(found))


def find_question(name: str, knowledge: Knowledge) -> Question:
    """The question of that name. Raises ``QueryError`` naming near ones."""
    known = {question.name: question for question in questions(knowledge)}
    if name not in known:
        near = difflib.get_close_matches(name, known, n=4, cutoff=0.3)
        raise QueryError(f"no question {name!r}; near: {', '.join(near) or 'none'}; kgraph questions lists all")
    return known[name]


def questions_table(knowledge: Knowledge) -> Table:
    """The questions with their parameters, in Chinese and English."""
    rows = []
    for question in questions(knowledge):
        parameters = ", ".join(f"{p.name}{'' if p.required else '?'}" for p in question.parameters)
        rows.append((question.name, question.title("zh"), question.title("en"), parameters))
    note = "kgraph query GRAPH --name NAME --set PARAMETER=VALUE；带 ? 的参数可以不给 a parameter with ? may be left out"
    return Table(("name", "问题", "question", "parameters"), tuple(rows), notes=(note,))


def bind(store: Store, question: Question, values: Mapping[str, str]) -> dict[str, Term]:
    """The terms that the values stand for. Raises ``QueryError`` for a missing, unknown or ambiguous one."""
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in values:
        if name not in known:
            raise QueryError(f"the question {question.name} has no parameter {name!r}; it has: {', '.join(known) or 'none'}")
    missing = [name for name, parameter in known.items() if parameter.required and not values.get(name)]
    if missing:
        example = " ".join(f"--set {name}=…" for name in missing)
        raise QueryError(f"the question {question.name} needs {', '.join(missing)}: {example}")
    return {name: KINDS[known[name].kind](store, value.strip()) for name, value in values.items() if value}


def _named(store: Store, what: str, value: str, names: str) -> Term:
    """The one thing that has a name: ``names`` is a query for ``?iri ?name``."""
    found: dict[str, set[str]] = {}
    for iri, name in store.values(names):
        found.setdefault(str(name), set()).add(str(iri))
        found.setdefault(str(iri), set()).add(str(iri))
    there = found.get(value, set())
    if len(there) > 1:
        raise QueryError(f"several {what}s are called {value!r}: {', '.join(sorted(there)[:5])}; give the IRI")
    if not there:
        near = [n for n in found if value in n and not n.startswith("http")][:4]
        near += difflib.get_close_matches(value, found, n=4, cutoff=0.4)
        raise QueryError(f"no {what} {value!r} in this graph" + (f"; near: {', '.join(dict.fromkeys(near))}" if near else ""))
    return ox.NamedNode(there.pop())


def _concept(scheme: str, what: str) -> Callable[[Store, str], Term]:
    def find(store: Store, value: str) -> Term:
        names = f"SELECT ?c ?n {{ ?c skos:inScheme <{scheme}> . {{ ?c skos:prefLabel ?n }} UNION "
        names += f"{{ ?c a skos:Concept . BIND(STRAFTER(STR(?c), '{scheme}') AS ?n) }} }}"
        return _named(store, what, value, names)

    return find


def _region(store: Store, value: str) -> Term:
    wider = {str(iri): str(outer) for iri, outer in store.values("SELECT ?r ?w { ?r schema:containedInPlace ?w }")}
    rows = "SELECT ?r ?n ?c { ?r a kg:Region ; rdfs:label ?n ; skos:notation ?c }"
    known = {str(iri): (str(name), str(code)) for iri, name, code in store.values(rows)}
    exact = sorted(iri for iri, names in known.items() if value in (iri, *names))
    found = exact or sorted(iri for iri in known if value and _path(iri, known, wider).endswith(value))
    if len(found) > 1:
        listed = ", ".join(f"{_path(iri, known, wider)} ({known[iri][1]})" for iri in found[:5])
        raise QueryError(f"several regions are called {value!r}: {listed}; give the code")
    if not found:
        near = difflib.get_close_matches(value, sorted({name for name, _ in known.values()}), n=4, cutoff=0.3)
        raise QueryError(f"no region {value!r} in this graph" + (f"; near: {', '.join(near)}" if near else ""))
    return ox.NamedNode(found[0])


def _path(iri: str, known: Mapping[str, tuple[str, str]], wider: Mapping[str, str]) -> str:
    names: list[str] = []
    at = iri
    while at in known and len(names) < 8:
        names.insert(0, known[at][0])
        at = wider.get(at, "")
    return "".join(names)


def _year(store: Store, value: str) -> Term:
    if not re.fullmatch(r"[12]\d{3}", value):
        raise QueryError(f"a year is four digits, not {value!r}")
    return ox.Literal(value, datatype=ox.NamedNode(XSD.gYear))


def _law(store: Store, value: str) -> Term:
    names = "SELECT DISTINCT ?l ?n { ?report kg:citesLaw ?l . ?l eli:title|eli:title_alternative ?n }"
    return _named(store, "law", value.strip("《》"), names)


def _status(store: Store, value: str) -> Term:
    statuses = {
        "done": KG.done,
        "planned": KG.planned,
        "problem": KG.problem,
        "已做": KG.done,
        "计划": KG.planned,
        "不足": KG.problem,
    }
    if value not in statuses:
        raise QueryError(f"no status {value!r}; there are: done, planned, problem")
    return ox.NamedNode(statuses[value])


KINDS: Mapping[str, Callable[[Store, str], Term]] = {
    "practice": _concept(PRACTICE, "practice"),
    "indicator": _concept(INDICATOR, "indicator"),
    "region": _region,
    "year": _year,
    "law": _law,
    "status": _status,
}
