"""Zipped folders: their files are read from inside, one by one and within bounds; nothing is unpacked to a disk."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from kgraph.errors import UnreadableReport
from kgraph.read.package import part

ENDING = ".zip"
INSIDE = "!/"
"""What stands between the name of an archive and that of a file in it: ``reports.zip!/a/b.html``."""
MAX_FILES = 2_000
MAX_ARCHIVE = 2_000_000_000
MAX_TOTAL = 4_000_000_000
"""The bytes that all files of an archive may have together, unpacked, by what it says itself."""


def names(path: Path) -> list[str]:
    """The names of the files in an archive, sorted; raises ``UnreadableReport`` where it is broken or out of bounds."""
    with _opened(path) as archive:
        files = [info for info in archive.infolist() if not info.is_dir()]
        if len(files) > MAX_FILES:
            raise UnreadableReport(f"{len(files):,} files in the archive; at most {MAX_FILES:,} are read")
        if sum(info.file_size for info in files) > MAX_TOTAL:
            raise UnreadableReport(f"unpacks to more than {MAX_TOTAL:,} bytes; a zip bomb?")
        return sorted({_name(info) for info in files})


def member(path: Path, name: str, most: int) -> bytes:
    """The bytes of a file in an archive, at most so many; raises ``UnreadableReport`` where it is out of bounds."""
    if name.startswith("/") or "\\" in name or ":" in name or ".." in PurePosixPath(name).parts:
        raise UnreadableReport("a name that leads outside the archive; refused")
    with _opened(path) as archive:
        info = next((info for info in archive.infolist() if not info.is_dir() and _name(info) == name), None)
        if info is None:
            raise UnreadableReport("not in the archive")
        if info.file_size > most:
            raise UnreadableReport(f"{info.file_size:,} bytes; a report has at most {most:,}")
        return part(archive, info, most)


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        if not path.is_file():
            raise UnreadableReport("not a regular file")
        if path.stat().st_size > MAX_ARCHIVE:
            raise UnreadableReport(f"{path.stat().st_size:,} bytes; an archive has at most {MAX_ARCHIVE:,}")
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        ValueError,
        OSError,
        RuntimeError,
    ) as error:
        raise UnreadableReport(f"a broken archive ({str(error)[:80]})") from None


def _name(info: zipfile.ZipInfo) -> str:
    """The name of a file; Windows writes Chinese ones in GBK and does not say so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename
