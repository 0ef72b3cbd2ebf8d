"""What the user asks to compare: practices by id or label, regions by name or code; with near names where there is no such."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence

from kgraph.compare_facts import RegionRow, ReportRow, region_paths
from kgraph.errors import InputError
from kgraph.knowledge import Scheme

NEAR = 5


def choose_practices(wanted: str | None, scheme: Scheme) -> tuple[str, ...]:
    """The ids that an id, a label in any language, a domain or nothing (all) stands for, domain by domain.

    Raises ``InputError`` with near ids where there is no such practice.
    """
    order = sorted(scheme, key=lambda id_: (scheme[id_].broader or id_, scheme[id_].broader is not None, id_))
    if wanted is None or wanted.strip() in {"", "all", "全部"}:
        return tuple(order)
    key = _key(wanted)
    for id_ in order:
        names = (id_, *scheme[id_].labels.values(), *scheme[id_].get("altLabel"))
        if key in {_key(name) for name in names}:
            return (id_, *(other for other in order if scheme[other].broader == id_))
    raise InputError(f"no practice {wanted!r}; near: {_near_practices(key, scheme)}")


def _near_practices(key: str, scheme: Scheme) -> str:
    names: dict[str, str] = {}
    for id_ in sorted(scheme):
        for name in (id_, *scheme[id_].labels.values(), *scheme[id_].get("altLabel")):
            names.setdefault(_key(name), id_)
    shared = {name: len(set(key) & set(name)) / len(set(key) | set(name) or {""}) for name in names}
    inside = [name for name in names if key and (key in name or name in key)]
    close = difflib.get_close_matches(key, names, n=NEAR, cutoff=0.5)
    rest = sorted(names, key=lambda name: (-shared[name], name))
    found = dict.fromkeys(names[name] for name in [*inside, *close, *rest])
    return ", ".join(f"{id_} ({scheme[id_].labels.get('zh', id_)})" for id_ in list(found)[:NEAR])


def choose_regions(
    wanted: Sequence[str] | None, reports: Mapping[str, ReportRow], known: Mapping[str, RegionRow]
) -> tuple[str, ...] | None:
    """The IRIs of the regions that these names or codes stand for; None for None, which asks for all.

    A region without a report of its own stands for those inside it that have one. Raises ``InputError`` for a name that
    no region has, that several have, or under which nothing was reported.
    """
    if wanted is None:
        return None
    paths = region_paths(known)
    reporting = {row.region for row in reports.values() if row.region is not None}
    chosen: dict[str, None] = {}
    for name in wanted:
        found = _regions_named(name, known, paths)
        found = [iri for iri in found if iri in reporting] or found
        if not found:
            near = difflib.get_close_matches(
                name, [paths[iri][-1] for iri in sorted(reporting) if iri in paths], n=NEAR, cutoff=0.3
            )
            hint = ", ".join(dict.fromkeys(near)) or "see the list of regions in the graph's info"
            raise InputError(f"no region {name!r} in this graph; near: {hint}")
        if len(found) > 1:
            raise InputError(
                f"several regions are called {name!r}: {_several(found, known, paths)}; give the code or the whole name"
            )
        inside = found if found[0] in reporting else [i for i in sorted(reporting) if i in known and _within(i, found[0], known)]
        if not inside:
            raise InputError(f"no report of region {name!r}, nor of one inside it, is in this graph")
        chosen.update(dict.fromkeys(inside))
    return tuple(chosen)


def _several(found: Iterable[str], known: Mapping[str, RegionRow], paths: Mapping[str, tuple[str, ...]]) -> str:
    return ", ".join(f"{''.join(paths[iri])} ({known[iri].code})" for iri in list(found)[:NEAR])


def _regions_named(name: str, known: Mapping[str, RegionRow], paths: Mapping[str, tuple[str, ...]]) -> list[str]:
    key = "".join(name.split())
    exact = [iri for iri in sorted(known) if key in {known[iri].code, known[iri].name, iri}]
    return exact or [iri for iri in sorted(known) if _ends_path(key, paths[iri])]


def _ends_path(key: str, path: tuple[str, ...]) -> bool:
    """Whether the key is made of names of the path in their order, the last one included (`广东省埔前镇`)."""
    if not path or not key.endswith(path[-1]):
        return False
    rest = key[: -len(path[-1])]
    for name in path[:-1]:
        rest = rest.removeprefix(name)
    return not rest


def _within(iri: str, wider: str, known: Mapping[str, RegionRow]) -> bool:
    at: str | None = iri
    for _ in range(len(known)):
        if at is None or at not in known:
            return False
        if at == wider:
            return True
        at = known[at].wider
    return False


def choose_years(wanted: Sequence[str | int] | None, reports: Mapping[str, ReportRow]) -> tuple[str, ...] | None:
    """The years asked for, as strings; raises ``InputError`` for one on which no report was made."""
    if wanted is None:
        return None
    there = sorted({row.year for row in reports.values() if row.year is not None})
    for year in wanted:
        if str(year) not in there:
            raise InputError(f"no report on the year {year} in this graph; there are: {', '.join(there) or 'none'}")
    return tuple(dict.fromkeys(str(year) for year in wanted))


def _key(name: str) -> str:
    return "".join(name.casefold().split())
