"""Where things stand on the page: shared practices in the middle, regions on a ring, what only one region has at the rim.

Positions lie in a circle of radius 1040 and depend on the picture alone. Regions that do similar things stand together:
their order on the ring follows the communities that networkx finds (Louvain, fixed seed). Linear in nodes and edges.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

import networkx as nx

from kgraph.draw.picture import KINDS, Picture
from kgraph.network import communities

INNER, SHARED, RING, FAN, RIM = 580.0, (640.0, 700.0), 770.0, (825.0, 960.0), 1010.0
TURN = 2 * math.pi
CELL = 80.0

Positions = dict[str, tuple[float, float]]


def layout(picture: Picture) -> Positions:
    """A position for every node of a picture."""
    degree = picture.degrees()
    regions = ring_order(picture)
    sectors = _sectors(picture, regions)
    shared = {key for key, node in picture.nodes.items() if node.kind != "region" and (len(node.regions) > 1 or len(regions) < 2)}
    places: Positions = {}
    for i, region in enumerate(regions):
        stagger = (i % 3 - 1) * 26 if len(regions) > 40 else 0
        places[region] = _at(RING + stagger, sum(sectors[region]) / 2)
    middle = [key for key in shared if picture.nodes[key].kind == "practice"]
    middle.sort(
        key=lambda key: (-len(picture.nodes[key].regions), min(picture.nodes[key].domains, default=""), -degree[key], key)
    )
    places.update(_disc(picture, middle, places))
    others = [key for key in shared if picture.nodes[key].kind != "practice"]
    places.update(_band(picture, others, places))
    _fans(picture, shared, sectors, places)
    return {key: (round(x, 1), round(y, 1)) for key, (x, y) in places.items()}


def room(places: Positions) -> dict[str, float]:
    """How far each node is from the nearest other one: what its size may use up."""
    cells: dict[tuple[int, int], list[str]] = defaultdict(list)
    for key, (x, y) in places.items():
        cells[int(x // CELL), int(y // CELL)].append(key)
    found = {}
    for key, (x, y) in places.items():
        i, j = int(x // CELL), int(y // CELL)
        near = (other for a in (i - 1, i, i + 1) for b in (j - 1, j, j + 1) for other in cells.get((a, b), ()) if other != key)
        found[key] = min((math.dist((x, y), places[other]) for other in near), default=CELL)
    return found


def ring_order(picture: Picture) -> list[str]:
    """The regions in the order in which they stand on the ring."""
    regions = sorted(key for key, node in picture.nodes.items() if node.kind == "region")
    graph = nx.Graph()
    graph.add_nodes_from(regions)
    for (source, target), edge in picture.edges.items():
        if not edge.minor and picture.nodes[target].kind == "practice":
            graph.add_edge(source, target, weight=1.0 / len(picture.nodes[target].regions))
    return [key for group in communities(graph) for key in group if picture.nodes[key].kind == "region"]


def _at(radius: float, angle: float) -> tuple[float, float]:
    return radius * math.cos(angle), radius * math.sin(angle)


def _sectors(picture: Picture, regions: Sequence[str]) -> dict[str, tuple[float, float]]:
    own = dict.fromkeys(regions, 0)
    for node in picture.nodes.values():
        if len(node.regions) == 1:
            own[next(iter(node.regions))] += 1
    floor = 3 + sum(own.values()) / (2 * len(regions)) if regions else 1
    total = sum(count + floor for count in own.values())
    sectors = {}
    at = -TURN / 4
    for region in regions:
        width = TURN * (own[region] + floor) / total
        sectors[region] = (at, at + width)
        at += width
    return sectors


def _bearing(picture: Picture, key: str, places: Positions) -> float:
    points = [places[region] for region in sorted(picture.nodes[key].regions) if region in places]
    x, y = (sum(point[i] for point in points) for i in (0, 1))
    return math.atan2(y, x) % TURN


def _disc(picture: Picture, keys: Sequence[str], places: Positions) -> Positions:
    """Rings around the centre, what the most regions share innermost; within a ring near to the regions that share it."""
    gap = min(150.0, INNER / math.sqrt(max(len(keys), 1) / math.pi))
    found: Positions = {}
    at, ring = 0, 0
    while at < len(keys):
        radius = gap * ring
        slots = 1 if ring == 0 else max(1, int(TURN * radius / (gap * 1.02)))
        members = sorted(keys[at : at + slots], key=lambda key: (_bearing(picture, key, places), key))
        turn = (ring % 2) * 0.5
        for i, key in enumerate(members):
            found[key] = _at(radius, TURN * (i + turn) / len(members) - TURN / 4)
        at, ring = at + slots, ring + 1
    scale = min(1.0, INNER / (gap * max(ring - 1, 1)))
    return {key: (x * scale, y * scale) for key, (x, y) in found.items()}


def _band(picture: Picture, keys: Sequence[str], places: Positions) -> Positions:
    """What regions share besides practices, in up to four circles between the practices and the regions."""
    rows = min(4, 1 + len(keys) // 60)
    order = sorted(keys, key=lambda key: (_bearing(picture, key, places), KINDS.index(picture.nodes[key].kind), key))
    low, high = SHARED
    found = {}
    for i, key in enumerate(order):
        radius = (low + high) / 2 if rows == 1 else low + (high - low) * (i % rows) / (rows - 1)
        found[key] = _at(radius, TURN * i / len(order) - TURN / 4)
    return found


def _fans(picture: Picture, shared: set[str], sectors: dict[str, tuple[float, float]], places: Positions) -> None:
    """What one region alone has, in rows behind it: its practices outermost, the rest class by class."""
    own: dict[str, list[str]] = defaultdict(list)
    for key, node in picture.nodes.items():
        if node.kind != "region" and key not in shared:
            own[min(node.regions)].append(key)
    low, high = FAN
    rest = sum(1 for keys in own.values() for key in keys if picture.nodes[key].kind != "practice")
    step = min(48.0, math.sqrt(math.pi * (high**2 - low**2) / max(rest, 1)) * 0.92)
    for region, keys in own.items():
        start, end = sectors[region]
        practices = [key for key in keys if picture.nodes[key].kind == "practice"]
        others = sorted((key for key in keys if key not in set(practices)), key=lambda k: (KINDS.index(picture.nodes[k].kind), k))
        _row(practices, RIM, start, end, places)
        depth = max(1, int((high - low) / step) + 1)
        columns = math.ceil(len(others) / depth)
        margin = (end - start) * 0.06
        for i, key in enumerate(others):
            column, row = divmod(i, depth)
            angle = start + margin + (end - start - 2 * margin) * (column + 0.5) / columns
            radius = low + (high - low) * row / max(depth - 1, 1) if depth > 1 else (low + high) / 2
            places[key] = _at(radius, angle)


def _row(keys: Sequence[str], radius: float, start: float, end: float, places: Positions) -> None:
    for i, key in enumerate(sorted(keys)):
        places[key] = _at(radius + 28 * (i % 2), start + (end - start) * (i + 0.5) / len(keys))
