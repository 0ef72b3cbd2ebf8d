"""The text of a web page's bytes: by its mark, by what it declares, by what decodes."""

from __future__ import annotations

import codecs
import re

from kgraph.errors import UnreadableReport
from kgraph.read.plain import decode

_DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030"}
BROKEN = 0.002
"""The share of characters that may be broken: portals cut previews inside characters and mix encodings in footers."""


def page_text(data: bytes, declared: str | None = None) -> str:
    """The source of a page. ``declared`` is the encoding that its transport named, which comes before the page's own word.

    What is valid UTF-8 is UTF-8, whatever it says; pages that say ``gb2312`` are GB18030. Raises ``UnreadableReport`` where no
    encoding fits.

    >>> page_text("<meta charset=gb2312><p>法治：囧镕".encode("gb18030"))
    '<meta charset=gb2312><p>法治：囧镕'
    """
    if not data.strip():
        raise UnreadableReport("the file is empty")
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    match = _DECLARED.search(data[:8192])
    named = [name.lower() for name in (declared, match and match.group(1).decode("ascii")) if name]
    tried = list(dict.fromkeys(["utf-8", *(_SUPERSETS.get(name, name) for name in named), "gb18030"]))
    best, least = "", 1.0
    for encoding in tried:
        try:
            text = data.decode(encoding, "replace")
        except (LookupError, ValueError):  # unknown, no text encoding (hex), with a null in its name
            continue
        broken = text.count("\ufffd") / max(1, len(text))
        if broken == 0 and _HAN.search(text):
            best, least = text, 0.0
            break
        if broken < least or (not best and not broken):
            best, least = text, broken
    return best if least <= BROKEN else decode(data)
