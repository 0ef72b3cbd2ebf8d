"""XML of office documents as events with bare names. Documents with a DTD are refused, so that nothing expands and nothing
is fetched; depth is bounded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.parsers import expat

from kgraph.errors import UnreadableReport

MAX_DEPTH = 2_000
Start = Callable[[str, Mapping[str, str]], None]


def walk(data: bytes, start: Start, end: Callable[[str], None], text: Callable[[str], None]) -> None:
    """Tell the elements of a document in order. Names and those of attributes come without namespaces, as the standard and
    the strict form of Office Open XML differ in nothing else.

    >>> seen = []
    >>> walk(b'<w:p xmlns:w="x" w:id="1">a</w:p>', lambda n, a: seen.append((n, dict(a))), seen.append, seen.append)
    >>> seen
    [('p', {'id': '1'}), 'a', 'p']
    """
    parser = expat.ParserCreate(namespace_separator="\x1f")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    depth = 0

    def bare(name: str) -> str:
        return name.rpartition("\x1f")[2]

    def opening(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise UnreadableReport(f"more than {MAX_DEPTH:,} elements inside each other")
        start(bare(name), {bare(key): value for key, value in attributes.items()})

    def closing(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(bare(name))

    def refused(*_: object) -> None:
        raise UnreadableReport("declares a document type, which office documents never do; refused")

    parser.StartElementHandler = opening
    parser.EndElementHandler = closing
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refused
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise UnreadableReport(f"broken XML ({str(error)[:80]})") from None
