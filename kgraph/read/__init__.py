"""Reading files into documents: one module a format, registered in ``formats.py`` by the ending of the file's name.

Plain text is read here; all other formats are read by the worker, a process that can be ended.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from kgraph.errors import UnreadableReport
from kgraph.model import Document
from kgraph.read import archive
from kgraph.read.content import Content
from kgraph.read.formats import BUILT_IN, TEXT_BYTES, known_formats, sniff
from kgraph.read.metadata import read_header
from kgraph.read.plain import decode
from kgraph.read.sources import Input, find, inputs
from kgraph.read.worker import shared

__all__ = ["FORMATS", "MAX_BYTES", "Input", "content_hash", "find", "inputs", "read"]

MAX_BYTES = TEXT_BYTES
"""The largest text file read, in bytes; reports have some 10,000. Other formats have their own bounds."""

FORMATS = BUILT_IN
Given = tuple[tuple[str, str], ...]


def read(path: Path, source: str | None = None, given: Given = ()) -> Document:
    """Read one report.

    ``source`` is the name under which the graph knows the file, by default the file's name; a file in an archive is named as
    ``reports.zip!/a.html``, with ``path`` that of the archive. ``given`` is what a list says of it; it fills what the file
    lacks. Raises ``UnreadableReport`` with one line that says what is wrong: missing, too large, broken, no report.
    """
    name = source or path.name
    try:
        ending, most = _format(path, name)
        data = _bytes(path, name, most)
        content = Content(decode(data)) if sniff(data, ending) == ".txt" else shared().read(data, ending)
    except UnreadableReport as error:
        raise UnreadableReport(f"{name}: {error}") from None
    found = {key: value for key, value in content.metadata.items() if value}
    for more in (read_header(content.text), dict(given)):
        found = {**more, **found}
    return Document(
        text=content.text,
        source=name,
        content_hash=_hash(data, given),
        metadata=found,
        anchors=content.anchors,
        confidence=content.confidence,
    )


def content_hash(path: Path, source: str, given: Given = ()) -> str:
    """The hash that ``read`` gives the document of a file; raises ``UnreadableReport`` or ``OSError`` as reading it would."""
    return _hash(_bytes(path, source, _format(path, source)[1]), given)


def _hash(data: bytes, given: Given) -> str:
    digest = hashlib.sha256(data)
    if given:
        digest.update(json.dumps(given, ensure_ascii=True).encode())
    return f"sha256:{digest.hexdigest()}"


def _format(path: Path, name: str) -> tuple[str, int]:
    """The ending of a file or of a file in an archive, and how many bytes it may have."""
    known: Mapping[str, object] = known_formats()
    ending = (
        Path(name).suffix.lower() if path.suffix.lower() == archive.ENDING and archive.INSIDE in name else path.suffix.lower()
    )
    if ending == archive.ENDING:
        if archive.INSIDE in name:
            raise UnreadableReport("an archive inside an archive; not read")
        archive.names(path)
        raise UnreadableReport("an archive without a report in it")
    if ending not in known:
        raise UnreadableReport(
            f"cannot read {ending or 'files without an ending'}; kgraph reads {', '.join(known)}, {archive.ENDING}"
        )
    return ending, known_formats()[ending].most


def _bytes(path: Path, name: str, most: int) -> bytes:
    if path.suffix.lower() == archive.ENDING:
        return archive.member(path, name.partition(archive.INSIDE)[2], most)
    try:
        if not path.is_file():
            raise UnreadableReport("not a regular file")
        if path.stat().st_size > most:
            raise UnreadableReport(f"{path.stat().st_size:,} bytes; a report has at most {most:,}")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableReport(error.strerror or str(error)) from None
