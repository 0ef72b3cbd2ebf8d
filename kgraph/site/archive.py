"""The folder of an atlas: made only where nothing else lies, cleaned of an earlier one, packed into one file."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

from kgraph.errors import InputError

MARKER = "atlas.txt"
_HEAD = "kgraph atlas; files:\n"
_TIME = (2000, 1, 1, 0, 0, 0)


def earlier(folder: Path) -> set[str]:
    """The files of the atlas that the folder holds. Raises ``InputError`` if it holds something else."""
    if folder.is_file():
        raise InputError(f"{folder}: is a file; name a folder for the atlas")
    if not folder.is_dir() or not any(folder.iterdir()):
        return set()
    try:
        text = (folder / MARKER).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        text = ""
    if not text.startswith(_HEAD):
        raise InputError(f"{folder}: not empty and no atlas of kgraph; name a new folder")
    names = text[len(_HEAD) :].splitlines()
    return {name for name in names if name and not name.startswith("/") and ".." not in name.split("/") and "\\" not in name}


def settle(folder: Path, before: set[str], paths: Sequence[str]) -> None:
    """Note the files and remove those of the earlier atlas that are gone."""
    for name in before - set(paths):
        (folder / name).unlink(missing_ok=True)
    (folder / MARKER).write_text(_HEAD + "".join(f"{path}\n" for path in sorted(paths)), encoding="utf-8")


def pack(folder: Path, paths: Sequence[str], target: Path) -> None:
    """All files in one zip, under a folder called as the file; the same atlas gives the same bytes."""
    draft = target.with_name(target.name + ".new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(paths):
                info = zipfile.ZipInfo(f"{target.stem}/{path}", date_time=_TIME)
                info.compress_type = zipfile.ZIP_STORED if path.endswith(".xlsx") else zipfile.ZIP_DEFLATED
                info.external_attr = 0o644 << 16
                archive.writestr(info, (folder / path).read_bytes())
        draft.replace(target)
    except OSError as error:
        raise InputError(f"{target}: cannot be written: {error.strerror or error}") from None
