"""Web pages as saved from government portals: the article alone, with the data that the portal gives of it."""

from __future__ import annotations

import re
from itertools import takewhile

from kgraph.errors import UnreadableReport
from kgraph.read.content import Content, Lines, tidy
from kgraph.read.html_encoding import page_text
from kgraph.read.html_lines import LinesOf
from kgraph.read.html_tree import Page, parse
from kgraph.read.html_words import ARTICLE, NOISE_LINE, SITE
from kgraph.read.metadata import read_header

_META = {"articletitle": "title", "pubdate": "issued", "contentsource": "issuer"}
"""Names of ``<meta>`` in the guide for government websites (政府网站发展指引, 2017), with ours."""
_ADDRESS = re.compile(r"<!--\s*saved from url=\(\d+\)(\S{4,2000}?)\s*-->", re.IGNORECASE)
_REPORT = re.compile("法治|依法(?:行政|治)|报告")
_NOISE_LENGTH = 80
_SHARE = 0.8
"""The share of a page's prose that the element of its article holds; the rest is disclaimers and teasers."""
_CLIMB = 4
_BESIDE = 400


def read_html(data: bytes) -> Content:
    """The article of a web page; its title first where the article does not begin with it.

    >>> read_html("<title>某镇报告_某县</title><body><a>首页</a><div id=zoom><p>一、主要举措</p><p>培训2次。</p></div>".encode()).text
    '某镇报告\\n一、主要举措\\n培训2次。\\n'
    """
    return read_page(page_text(data))


def read_page(source: str, address: str = "") -> Content:
    """The article of a web page that is decoded; ``address`` is the one under which it was saved, where it is known."""
    page = parse(source)
    article = _article(page)
    lines = [(text, place) for text, place, linked in LinesOf(page, article) if not linked and not _noise(text)]
    lines += _spilt(page, article)
    before = [text for text, _, linked in LinesOf(page, page.body, without=article) if not linked]
    metadata = _metadata(page, [*before, *(text for text, _ in lines[:12])])
    place = _address(page, source) or address
    if place:
        metadata["address"] = place
    title = metadata.get("title", "")
    out = Lines()
    if title and _squeeze(title) not in _squeeze("".join(text for text, _ in lines[:6])):
        out.add(title, page.place(page.body))
    for text, where in lines:
        out.add(text, where)
    content = out.content(metadata)
    if not content.text:
        raise UnreadableReport("the page holds no text; saved before its scripts had filled it?")
    return content


def _article(page: Page) -> int:
    """The element of the article: on the way down to where the prose is, the outermost that is named as one."""
    total = page.prose[page.body]
    way = [page.body]
    while True:
        children = [n for n in page.children[way[-1]] if page.prose[n] >= _SHARE * total]
        if not children or not total:
            break
        way.append(children[0])
    named = next((n for n in way[1:] if ARTICLE.search(page.names[n])), None)
    if named is not None:
        return named
    article = way[-1]
    for wider in way[-2 : -2 - _CLIMB : -1]:
        beside = [text for text, _, linked in LinesOf(page, wider, without=article) if not linked or len(text) > 4]
        if wider == page.body or sum(map(len, beside)) > _BESIDE or any(map(_noise, beside)):
            break
        article = wider
    return article


def _spilt(page: Page, article: int) -> list[tuple[str, str]]:
    """The lines of an article that stand after its element, as an end tag too many in a pasted text closed it."""
    if article == page.body:
        return []
    around = LinesOf(page, page.parents[article], without=article)
    lines = list(around)[around.before :]
    kept = [(text, place) for text, place, _ in takewhile(lambda line: not line[2] and not _noise(line[0]), lines)]
    return kept if any("。" in text for text, _ in kept) else []


def _noise(line: str) -> bool:
    return len(line) <= _NOISE_LENGTH and NOISE_LINE.search(line) is not None


def _metadata(page: Page, lines: list[str]) -> dict[str, str]:
    """What the page says of the report: the box above it, then the standard's ``<meta>`` elements, then its title."""
    found = read_header("\n".join(lines))
    for name, key in _META.items():
        value = tidy(page.meta.get(name, ""))
        if value:
            found.setdefault(key, value)
    headings = [h for h in map(tidy, page.headings) if 6 <= len(h) <= 120]
    named = tidy(page.meta.get("og:title") or page.title)
    cut = SITE.sub("", named)
    candidates = [found.get("title", ""), *headings, cut if len(cut) >= 4 else named]
    title = next((c for c in candidates if _REPORT.search(c)), next(filter(None, candidates[:-1]), ""))
    if title:
        found["title"] = title
    return found


def _address(page: Page, source: str) -> str:
    saved = _ADDRESS.search(source[:4096])
    candidates = (page.canonical, page.meta.get("url", ""), page.meta.get("og:url", ""), saved.group(1) if saved else "")
    return next((c for c in map(str.strip, candidates) if re.match(r"https?://[^\s<>\"{}|\\^`]{4,2000}$", c)), "")


def _squeeze(text: str) -> str:
    return re.sub(r"[\s\W_]+", "", text)
