"""What is drawn where there is more than a page can show: the strongest."""

from __future__ import annotations

from kgraph.draw.picture import Picture

REGIONS = 0.4  # of the nodes at most, so that what the regions do stays visible beside them


def region_share(most: int) -> int:
    """How many of ``most`` nodes may be regions."""
    return max(1, int(most * REGIONS))


def strongest(picture: Picture, most: int) -> Picture:
    """The picture with at most ``most`` nodes: the practices, then regions and the rest by how much they are connected."""
    if len(picture.nodes) <= most:
        return picture
    degree = picture.degrees()
    order = sorted(picture.nodes, key=lambda key: (picture.nodes[key].kind != "practice", -degree[key], key))
    kept: set[str] = set()
    regions = 0
    for key in order:
        is_region = picture.nodes[key].kind == "region"
        if len(kept) == most:
            break
        if not is_region or regions < region_share(most):
            regions += is_region
            kept.add(key)
    edges = {ends: edge for ends, edge in picture.edges.items() if ends[0] in kept and ends[1] in kept}
    tied = {key for (source, target), edge in edges.items() if not edge.minor for key in (source, target)}
    nodes = {key: node for key, node in picture.nodes.items() if key in tied}
    edges = {ends: edge for ends, edge in edges.items() if ends[0] in nodes and ends[1] in nodes}
    return Picture(nodes, edges, picture.reports, picture.domains, picture.regions_left)
