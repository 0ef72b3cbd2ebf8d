"""A web page as flat lists, an entry a node in the order of the page: nothing here calls itself, however deep a page is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kgraph.errors import UnreadableReport
from kgraph.read.html_words import SKIPPED_NAMES, SKIPPED_TAGS

MAX_NODES = 400_000
_DEPTH = 48
"""Places are told down to this depth; what is deeper has the place of its ancestor there."""
_HAN = re.compile(r"[\u4e00-\u9fff]")
_PUNCTUATED = re.compile(r"[，。；、,;]")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ID = re.compile(r"[A-Za-z][\w-]{0,60}")


@dataclass
class Page:
    """The nodes of a page. ``texts`` has the text of a text node and None for an element; ``ends`` the index after the last
    node below; ``prose`` the Chinese characters below that stand in running text outside links; ``ordinals`` the places among the siblings of the same tag; ``tables`` and ``characters``
    how many of them stand before a node; ``dropped`` what is hidden
    or, by its name, beside the article."""

    tags: list[str] = field(default_factory=list)
    texts: list[str | None] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    depths: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    attributes: list[dict[str, str]] = field(default_factory=list)
    ordinals: list[int] = field(default_factory=list)
    tables: list[int] = field(default_factory=list)
    characters: list[int] = field(default_factory=list)
    prose: list[int] = field(default_factory=list)
    dropped: list[bool] = field(default_factory=list)
    children: dict[int, list[int]] = field(default_factory=dict)
    meta: dict[str, str] = field(default_factory=dict)
    headings: list[str] = field(default_factory=list)
    title: str = ""
    canonical: str = ""
    body: int = 0

    def place(self, node: int) -> str:
        """Where an element is, as an XPath from the nearest ancestor that has an id."""
        while self.depths[node] > _DEPTH:
            node = self.parents[node]
        steps: list[str] = []
        while node > self.body:
            name = self.attributes[node].get("id", "")
            if _ID.fullmatch(name):
                return "/".join([f'//*[@id="{name}"]', *reversed(steps)])
            steps.append(f"{self.tags[node]}[{self.ordinals[node]}]")
            node = self.parents[node]
        return "/".join(["/html/body", *reversed(steps)])


def parse(source: str) -> Page:
    """The nodes of a page; raises ``UnreadableReport`` where the parser is not installed or there are too many."""
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError:
        raise UnreadableReport("web pages are read by the extra [docs]; install it: pip install 'kgraph[docs]'") from None
    tree = LexborHTMLParser(source)
    page = Page()
    for element in tree.css("meta"):
        attributes = element.attributes
        name = attributes.get("name") or attributes.get("property") or ""
        page.meta.setdefault(name.lower(), attributes.get("content") or "")
    for element in tree.css("link"):
        if "canonical" in (element.attributes.get("rel") or "").lower().split():
            page.canonical = page.canonical or (element.attributes.get("href") or "")
    title = tree.css_first("title")
    page.title = title.text() if title is not None else ""
    page.headings = [h.text() for h in tree.css("h1")[:5]]
    _flatten(page, tree.body)
    _count(page)
    return page


def _flatten(page: Page, body: object) -> None:
    node, parent, depth = body, -1, 0
    ordinals: dict[tuple[int, str], int] = {}
    while node is not None:
        tag = node.tag or ""  # type: ignore[attr-defined]
        index = len(page.tags)
        if index >= MAX_NODES:
            raise UnreadableReport(f"more than {MAX_NODES:,} elements in the page; not a report")
        text = node.text_content or "" if tag == "-text" else None  # type: ignore[attr-defined]
        element = text is None and not tag.startswith("-") and tag not in SKIPPED_TAGS
        down = None
        if element or text:
            attributes = {k: v or "" for k, v in node.attributes.items()} if element else {}  # type: ignore[attr-defined]
            page.tags.append(tag.split(":")[-1])
            page.texts.append(text)
            page.parents.append(parent)
            page.depths.append(depth)
            page.ends.append(index + 1)
            page.names.append(f"{attributes.get('class', '')} {attributes.get('id', '')}" if attributes else "")
            page.attributes.append(attributes)
            ordinals[parent, tag] = ordinal = ordinals.get((parent, tag), 0) + 1
            page.ordinals.append(ordinal)
            if element:
                page.children[index] = []
                if parent >= 0:
                    page.children[parent].append(index)
                down = node.child  # type: ignore[attr-defined]
        if down is not None:
            node, parent, depth = down, index, depth + 1
            continue
        while node is not None and depth > 0 and node.next is None:  # type: ignore[attr-defined]
            page.ends[parent] = len(page.tags)
            node, parent, depth = node.parent, page.parents[parent], depth - 1  # type: ignore[attr-defined]
        node = node.next if node is not None and depth > 0 else None  # type: ignore[attr-defined]
    if not page.tags:
        raise UnreadableReport("the page holds no text")
    page.ends[0] = len(page.tags)


def _count(page: Page) -> None:
    size = len(page.tags)
    page.prose = [0] * size
    linked = [False] * size
    page.tables, page.characters = [0], [0]
    for i in range(size):
        parent = page.parents[i]
        page.tables.append(page.tables[-1] + (page.tags[i] == "table"))
        page.characters.append(page.characters[-1] + len((page.texts[i] or "").strip()))
        linked[i] = (page.tags[i] == "a" and bool(page.attributes[i].get("href"))) or (parent >= 0 and linked[parent])
        text = page.texts[i]
        if text and not linked[i] and (len(text) > 20 or _PUNCTUATED.search(text)):
            page.prose[i] = len(_HAN.findall(text))
    for i in range(size - 1, 0, -1):
        page.prose[page.parents[i]] += page.prose[i]
    half = page.prose[0] / 2
    page.dropped = [False] * size
    for i in range(1, size):
        page.dropped[i] = page.dropped[page.parents[i]] or (
            page.texts[i] is None
            and page.prose[i] <= half
            and (
                SKIPPED_NAMES.search(page.names[i]) is not None or _HIDDEN.search(page.attributes[i].get("style", "")) is not None
            )
        )
