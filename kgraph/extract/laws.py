"""Titles of laws, plans and books in the sentences of a report, each with what its clause does with it."""

from __future__ import annotations

import re

from kgraph.catalogue import LawCatalogue, without_version
from kgraph.extract.law_bare import BareFinder
from kgraph.extract.law_roles import RoleReader
from kgraph.extract.law_titles import Title, TitleFinder
from kgraph.extract.law_words import LawWords
from kgraph.knowledge import Knowledge, read_scheme
from kgraph.model import LawMention, Outline, Role, Sentence
from kgraph.text import normalise

_YEAR = r"(?:19|20)\d\d"
_NUMBER = re.compile(
    rf"\s?[(]([^()《》,;]{{1,14}}?[〔\[(【]?{_YEAR}[〕\])】]?\d{{1,4}}号?)[),;]|\s?([一-龥]{{2,10}}〔{_YEAR}〕\d{{1,4}}号)"
)
_DIGIT = "[零〇一二三四五六七八九十百千\\d]"
_ARTICLE = re.compile(
    rf"(?:[(][^()]*[)])?[中的之]?(第{_DIGIT}+[条章编](?:之[一二三四五六七八九])?(?:第{_DIGIT}+款)?(?:第?[(]?{_DIGIT}+[)]?项)?)"
)
NAMELESS = 5
"""A title without a known ending counts only from so many characters on."""


class LawExtractor:
    """Finds law mentions; all names and words are data.

    >>> from kgraph.model import Document
    >>> from kgraph.segment import Segmenter
    >>> knowledge = Knowledge()
    >>> text = "一、普法\\n组织干部学习宪法和《中华人民共和国行政复议法》。"
    >>> outline = Segmenter(knowledge).outline(Document(text, "a.txt", ""))
    >>> [(m.title, m.role.value) for m in LawExtractor(knowledge).extract(outline)]
    [('宪法', 'studies'), ('中华人民共和国行政复议法', 'studies')]
    """

    def __init__(self, knowledge: Knowledge) -> None:
        words = LawWords.read(knowledge)
        self.catalogue = LawCatalogue(knowledge.rows("laws.csv"))
        self._roles = RoleReader(read_scheme(knowledge.path("roles.ttl"), "role"), words)
        papers = list(knowledge.rows("not_laws.csv"))
        names = frozenset(normalise(n).replace(" ", "") for law in self.catalogue.laws for n in (law.name, *law.short_names))
        self._titles = TitleFinder(words, names, self._known, self._roles.verbs)
        self._bare = BareFinder(
            self.catalogue.laws, (p["term"] for p in papers if p["category"] == "phrase"), words, self._roles.verbs
        )
        self._papers = frozenset(p["term"] for p in papers if not p["term"].startswith("*"))
        self._paper_endings = tuple(p["term"][1:] for p in papers if p["term"].startswith("*"))
        self._endings = words["ending"]
        self._quoting = words.pattern("quoting")

    def _known(self, title: str) -> bool:
        return self.catalogue.lookup(title) is not None

    def extract(self, outline: Outline) -> list[LawMention]:
        """The law mentions of a report, in order."""
        return [m for index, sentence in enumerate(outline.sentences) for m in self._sentence(index, sentence)]

    def _sentence(self, index: int, sentence: Sentence) -> list[LawMention]:
        text = sentence.text
        titles = self._titles.find(text)
        bare = self._bare.find(text, titles)
        everything = sorted([*titles, *bare], key=lambda t: (t.start, -t.end))
        if not everything:
            return []
        outermost: list[Title] = []
        for title in everything:
            if not outermost or title.start >= outermost[-1].outer_end:
                outermost.append(title)
        roles = self._roles.read(text, outermost)
        mentions: list[LawMention] = []
        at = 0
        for title in everything:
            while at + 1 < len(outermost) and outermost[at + 1].start <= title.start:
                at += 1
            if self._counts(text, title):
                mentions.append(self._mention(sentence, index, title, roles[at]))
        return mentions

    def _counts(self, text: str, title: Title) -> bool:
        """Whether a title is a law, plan or book rather than an instrument, a report, a paper or a programme."""
        content = without_version(text[title.start : title.end].strip(" \"'"))
        if title.rule.startswith("law:bare"):
            return True
        if content in self._papers:
            return False
        if self._known(content):
            return True
        if content.endswith(self._paper_endings):
            return False
        if content.endswith(self._endings):
            return True
        clause = re.split(r"[,;。]", text[max(0, title.outer_start - 30) : title.outer_start])[-1]
        aired = self._quoting.search(clause) or self._quoting.match(text, title.outer_end)
        return not aired and len(content) >= NAMELESS

    def _mention(self, sentence: Sentence, index: int, title: Title, role: Role) -> LawMention:
        text = sentence.text
        start, end = sentence.span(title.start, title.end)
        bare = title.rule.startswith("law:bare")
        number = None if bare else _NUMBER.match(text, title.outer_end)
        article = _ARTICLE.match(text, title.outer_end)
        return LawMention(
            start=start,
            end=end,
            sentence=index,
            title=text[title.start : title.end].strip(),
            role=role,
            rule=title.rule,
            bracketed=not bare,
            article=article.group(1) if article else None,
            document_number=(number.group(1) or number.group(2)) if number else None,
        )
