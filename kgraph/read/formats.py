"""The formats that kgraph reads, by the ending of the file's name; other packages add theirs as entry points.

A package adds a format with an entry point of the group ``kgraph.readers`` whose name is the ending (``.epub``) and whose
object is a ``Reader``. It runs in the worker, as the others do, so it cannot stop a build.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points

from kgraph.errors import UnreadableReport
from kgraph.read.content import Content, Reader
from kgraph.read.plain import decode
from kgraph.read.report_kind import other_kind

GROUP = "kgraph.readers"
TEXT_BYTES = 8_000_000
FILE_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the reader as ``module:function``, the largest file in bytes."""

    reader: str
    most: int = FILE_BYTES

    def load(self) -> Reader:
        """The reader itself."""
        module, _, name = self.reader.partition(":")
        reader: Reader = getattr(importlib.import_module(module), name)
        return reader


_HTML, _MHTML, _OFFICE = (
    Format("kgraph.read.html:read_html", TEXT_BYTES),
    Format("kgraph.read.mhtml:read_mhtml"),
    Format("kgraph.read.office:read_office"),
)
BUILT_IN: Mapping[str, Format] = {
    ".txt": Format("kgraph.read.formats:read_plain", TEXT_BYTES),
    ".html": _HTML,
    ".htm": _HTML,
    ".shtml": _HTML,
    ".mht": _MHTML,
    ".mhtml": _MHTML,
    ".docx": Format("kgraph.read.docx:read_docx"),
    ".doc": _OFFICE,
    ".wps": _OFFICE,
    ".rtf": _OFFICE,
    ".pdf": Format("kgraph.read.pdf:read_pdf"),
}


@cache
def known_formats() -> Mapping[str, Format]:
    """All formats: kgraph's own and those that other packages add; what is built in stays as it is."""
    added = {}
    for entry in entry_points(group=GROUP):
        ending = entry.name.lower() if entry.name.startswith(".") else f".{entry.name.lower()}"
        added[ending] = Format(entry.value)
    return {**added, **BUILT_IN}


def read_plain(data: bytes) -> Content:
    """The content of plain text: the text as it is, without a place to tell."""
    return Content(decode(data))


def read_bytes(data: bytes, ending: str) -> Content:
    """The content of a file; what it is counts for more than the ending of its name.

    Raises ``UnreadableReport`` where it is broken, of a format that is not read, or no report.
    """
    kind = sniff(data, ending)
    found = known_formats().get(kind)
    if found is None:
        raise UnreadableReport(f"cannot read {kind or 'files without an ending'}")
    content = found.load()(data)
    if not content.text.strip():
        raise UnreadableReport("holds no text")
    reason = other_kind(content.text, content.metadata.get("title", ""))
    if reason:
        raise UnreadableReport(reason)
    return content


def sniff(data: bytes, ending: str) -> str:
    """The ending that a file should have by its first bytes; raises ``UnreadableReport`` where those tell it cannot be read.

    >>> sniff(b"%PDF-1.7", ".doc"), sniff(b"<!DOCTYPE html><html>", ".doc"), sniff(b"?", ".html")
    ('.pdf', '.html', '.html')
    """
    if not data.strip():
        raise UnreadableReport("the file is empty")
    if ending not in BUILT_IN:
        return ending
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"PK\x03\x04"):
        if b"xl/workbook" in data or b"ppt/presentation" in data:
            raise UnreadableReport("a spreadsheet or presentation, not a report")
        if b"word/" not in data:
            raise UnreadableReport("a zip file under another ending")
        return ".docx"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableReport("protected by a password")
        if "Workbook".encode("utf-16-le") in data or "PowerPoint".encode("utf-16-le") in data:
            raise UnreadableReport("a spreadsheet or presentation, not a report")
        return ".doc"
    if head.startswith(b"{\\rtf"):
        return ".rtf"
    if ending == ".txt":
        return ".pdf" if head.startswith(b"%PDF-") else ending
    if b"%PDF-" in data[:1024]:
        return ".pdf"
    start = head[:512].lower()
    if start.startswith((b"mime-version:", b"from: <saved by", b'from: "saved by', b"snapshot-content-location:")):
        return ".mhtml"
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<meta", b"<!-- saved from")):
        return ".html"
    if ending in (".docx", ".pdf", ".doc", ".wps", ".rtf"):
        names = {".docx": "Word document", ".pdf": "PDF", ".doc": "Word document", ".wps": "WPS document", ".rtf": "RTF document"}
        raise UnreadableReport(f"not a {names[ending]}, whatever its ending says: cut off, or of another format")
    return ending
