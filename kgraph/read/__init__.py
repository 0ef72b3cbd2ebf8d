"""Reading files into documents: one module a format, registered here by the ending of the file's name."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from kgraph.errors import InputError, UnreadableReport
from kgraph.model import Document
from kgraph.read.metadata import read_header
from kgraph.read.plain import decode

MAX_BYTES = 8_000_000
"""The largest file read, in bytes; reports have some 10,000, the longest met 200,000."""

Decoder = Callable[[bytes], str]
FORMATS: Mapping[str, Decoder] = {".txt": decode}


def read(path: Path, source: str | None = None) -> Document:
    """Read one report.

    ``source`` is the name under which the graph knows the file, by default the file's name. Raises ``UnreadableReport``
    with one line that says what is wrong: missing, too large, empty, binary, in an unknown encoding.
    """
    name = source or path.name
    decoder = FORMATS.get(path.suffix.lower())
    if decoder is None:
        raise UnreadableReport(
            f"{name}: cannot read {path.suffix or 'files without an ending'}; kgraph reads {', '.join(FORMATS)}"
        )
    try:
        if not path.is_file():
            raise UnreadableReport(f"{name}: not a regular file")
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableReport(f"{name}: {path.stat().st_size:,} bytes; a report has at most {MAX_BYTES:,}")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableReport(f"{name}: {error.strerror or error}") from None
    try:
        text = decoder(data)
    except UnreadableReport as error:
        raise UnreadableReport(f"{name}: {error}") from None
    return Document(text=text, source=name, content_hash=f"sha256:{hashlib.sha256(data).hexdigest()}", metadata=read_header(text))


def find(paths: list[Path]) -> list[tuple[Path, str]]:
    """The files to read under the given files and folders, each with its source name, sorted by it.

    A file given by itself is known by its name, one found in a folder by its path below that folder. Hidden files are left
    out. Raises ``InputError`` where a path is missing or no file is found.
    """
    found: dict[Path, str] = {}
    for path in paths:
        if not path.exists():
            raise InputError(f"{path}: no such file or folder")
        if path.is_dir():
            inside = [p for p in path.rglob("*") if p.suffix.lower() in FORMATS and p.is_file()]
            for file in inside:
                below = file.relative_to(path)
                if not any(part.startswith(".") for part in below.parts):
                    found.setdefault(file.resolve(), below.as_posix())
        else:
            found.setdefault(path.resolve(), path.name)
    if not found:
        folders = ", ".join(str(p) for p in paths)
        raise InputError(f"{folders}: no report found; kgraph reads files that end in {', '.join(FORMATS)}")
    return sorted(found.items(), key=lambda item: (item[1], item[0]))
