"""Plain text: finding out the encoding, and refusing what is no text."""

from __future__ import annotations

import codecs
import re

from kgraph.errors import UnreadableReport

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_HAN = re.compile(r"[\u4e00-\u9fff]")


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
    if not _frequent(text):
        raise UnreadableReport("in an unknown encoding; kgraph reads UTF-8, UTF-16 and GB18030: save it as UTF-8")
    return text


def _frequent(text: str) -> bool:
    """Whether the characters are frequent ones, as Chinese text has them (level 1 of GB 2312: 3,755 characters); bytes of
    another encoding decode to rare ones."""
    han = _HAN.findall(text[:20000])
    level1 = sum(b"\xb0" <= c.encode("gb2312", "ignore")[:1] <= b"\xd7" for c in han)
    return bool(han) and level1 > 0.75 * len(han) and len(han) > 0.1 * len(text[:20000].strip())
