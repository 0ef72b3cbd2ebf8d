"""Finding the files to read: in folders, in archives, in lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kgraph.errors import InputError, UnreadableReport
from kgraph.read import archive, listing
from kgraph.read.formats import known_formats


@dataclass(frozen=True, slots=True, order=True)
class Input:
    """A file to read: the name under which the graph knows it, where it is (for a file in an archive: the archive), what a
    list says of it, and why it is refused, if it is."""

    source: str
    path: Path
    given: tuple[tuple[str, str], ...] = ()
    refused: str = ""


def find(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """The files to read under the given files and folders, each with its source name, sorted by it."""
    return [(each.path, each.source) for each in inputs(paths)]


def inputs(paths: Sequence[Path]) -> list[Input]:
    """The files to read under the given files and folders, sorted by their source names.

    A file given by itself is known by its name, one found in a folder by its path below that folder, one in an archive by
    that of the archive and its own. Hidden files are left out. A spreadsheet given by itself is a list of files; in a folder
    it is left alone. Raises ``InputError`` where a path is missing or no file is found.
    """
    found: dict[tuple[Path, str], Input] = {}
    for path in paths:
        if not path.exists():
            raise InputError(f"{path}: no such file or folder")
        for each in _below(path) if path.is_dir() else _single(path, path.name):
            inside = each.source.partition(archive.INSIDE)[2] if each.path.suffix.lower() == archive.ENDING else ""
            found.setdefault((each.path, inside or each.refused), each)
    if not found:
        folders = ", ".join(str(p) for p in paths)
        raise InputError(
            f"{folders}: no report found; kgraph reads files that end in {', '.join([*known_formats(), archive.ENDING])}"
        )
    return sorted(found.values())


def _below(folder: Path) -> Iterator[Input]:
    known = {*known_formats(), archive.ENDING}
    for file in folder.rglob("*"):
        below = file.relative_to(folder)
        if file.suffix.lower() in known and not _passed_over(below.parts) and file.is_file() and not _of_a_page(file, folder):
            yield from _single(file, below.as_posix())


def _passed_over(parts: tuple[str, ...]) -> bool:
    """Hidden files, and what Word and the Mac leave beside files."""
    return any((part.startswith((".", "~$")) and part != "..") or part == "__MACOSX" for part in parts)


def _of_a_page(file: Path, folder: Path) -> bool:
    """Whether a file belongs to a saved web page: browsers put what it uses into ``name_files`` beside it."""
    for above in file.relative_to(folder).parents:
        stem, mark, _ = above.name.rpartition("_files")
        if mark and any((folder / above.parent / f"{stem}{ending}").exists() for ending in (".html", ".htm")):
            return True
    return False


def _single(path: Path, source: str) -> Iterator[Input]:
    ending = path.suffix.lower()
    if ending == archive.ENDING:
        yield from _archived(path.resolve(), source)
    elif ending in listing.ENDINGS and source == path.name:
        yield from _listed(path)
    else:
        yield Input(source, path.resolve())


def _archived(path: Path, source: str) -> Iterator[Input]:
    try:
        names = archive.names(path)
    except UnreadableReport as error:
        yield Input(source, path, refused=f"{source}: {error}")
        return
    known = {*known_formats(), archive.ENDING}
    reports = [n for n in names if PurePosixPath(n).suffix.lower() in known and not _passed_over(PurePosixPath(n).parts)]
    for name in reports:
        yield Input(f"{source}{archive.INSIDE}{name}", path)
    if not reports:
        yield Input(source, path, refused=f"{source}: an archive without a report in it")


def _listed(path: Path) -> Iterator[Input]:
    for row in listing.rows(path):
        place = f"{path.name}, row {row.number}"
        if not row.file:
            yield Input(place, path, refused=f"{place}: names no file; kgraph fetches nothing, save the page first")
            continue
        try:
            below = listing.inside(row.file)
        except UnreadableReport as error:
            yield Input(place, path, refused=f"{place}: {row.file}: {error}")
            continue
        file = (path.parent / below).resolve()
        if not file.is_relative_to(path.parent.resolve()):
            yield Input(place, path, refused=f"{place}: {row.file}: a link that leads outside the folder of the list")
        else:
            yield Input(below, file, row.given)
