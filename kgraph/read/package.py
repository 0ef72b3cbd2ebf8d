"""Zip files within bounds: how many parts, how large, how much they may grow; nothing is ever unpacked to a disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from kgraph.errors import UnreadableReport

MAX_PARTS = 5_000
MAX_PART = 64_000_000
"""The largest part, unpacked, in bytes."""
MAX_RATIO = 250
"""How many times its packed size a part above ``SMALL_PART`` may grow; XML of Word reaches some 60."""
SMALL_PART = 1_000_000


@contextmanager
def opened(data: bytes) -> Iterator[zipfile.ZipFile]:
    """A zip file of bytes; what is broken in it is told in one line."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if len(package.infolist()) > MAX_PARTS:
                raise UnreadableReport(f"more than {MAX_PARTS:,} files inside")
            yield package
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
        raise UnreadableReport(f"broken or cut off ({str(error)[:80]})") from None


def part(package: zipfile.ZipFile, info: zipfile.ZipInfo, most: int = MAX_PART) -> bytes:
    """The bytes of a part; raises ``UnreadableReport`` where it is encrypted or grows beyond the bounds, whatever size it claims."""
    if info.flag_bits & 1:
        raise UnreadableReport("protected by a password")
    bound = min(most, max(SMALL_PART, MAX_RATIO * info.compress_size))
    with package.open(info) as stream:
        data = stream.read(bound + 1)
    if len(data) > bound:
        raise UnreadableReport(f"unpacks to more than {bound:,} bytes; a zip bomb?")
    return data
