"""Plain text: finding out the encoding, and refusing what is no text."""

from __future__ import annotations

import codecs
import re

from kgraph.errors import UnreadableReport

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ODD = re.compile(
    r"[^\x09-\x0d\x20-\x7e\u00a0-\u00ff\u2000-\u303f\u4e00-\u9fff\uff00-\uffef\u2460-\u24ff\u25a0-\u25ff\u0370-\u03ff]"
)


def decode(data: bytes) -> str:
    """The text of a file, with line ends as ``\\n`` and without a byte order mark.

    Tried in this order: the byte order mark (UTF-8, UTF-16), strict UTF-8, strict GB18030 (a superset of GBK and GB2312).
    Raises ``UnreadableReport`` where the file is empty, binary, in another encoding, or holds no Chinese.

    >>> decode("法治政府".encode("gb18030"))
    '法治政府'
    """
    if not data.strip():
        raise UnreadableReport("the file is empty")
    text = _decode(data)
    if len(_CONTROL.findall(text)) > max(8, len(text) // 200):
        raise UnreadableReport("not a text file (binary data); save it as text first")
    if not _HAN.search(text):
        raise UnreadableReport("holds no Chinese text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode(data: bytes) -> str:
    marks = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
    for mark, encoding in marks:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                raise UnreadableReport(f"marked as {encoding.upper()} but is not; save it as UTF-8") from None
    if data.count(b"\0") > 8:
        raise UnreadableReport("not a text file (binary data); save it as text first")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4 and error.reason == "unexpected end of data":  # cut off inside a character
            return data[: error.start].decode("utf-8")
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if not text or len(_ODD.findall(text)) > len(text) // 50:  # bytes of another encoding decode to rare characters
        raise UnreadableReport("in an unknown encoding; kgraph reads UTF-8, UTF-16 and GB18030: save it as UTF-8")
    return text
