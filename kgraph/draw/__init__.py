"""Drawing a graph as one interactive page that needs nothing but itself."""

from __future__ import annotations

from collections.abc import Iterable

from kgraph.compare_facts import Selects
from kgraph.draw.layout import layout
from kgraph.draw.page import page
from kgraph.draw.picture import gather
from kgraph.draw.strongest import region_share, strongest
from kgraph.errors import InputError
from kgraph.knowledge import Knowledge

__all__ = ["draw"]
MAX_NODES = 1500
TITLES = ("法治政府建设做法图谱", "Practices of rule-of-law government")


def draw(
    store: Selects,
    *,
    title: str | None = None,
    lang: str = "zh",
    max_nodes: int = MAX_NODES,
    practices: Iterable[str] | None = None,
    knowledge: Knowledge | None = None,
) -> str:
    """The graph as an HTML page: what regions share in the middle, what only one has at the rim.

    ``practices`` (ids) restricts it to some. Above ``max_nodes`` the strongest are drawn, and the page says so. The same
    graph gives the same text. Write it as UTF-8.
    """
    if max_nodes < 1:
        raise InputError("max_nodes is at least 1")
    whole = gather(store, knowledge or Knowledge(), practices, region_share(max_nodes))
    picture = strongest(whole, max_nodes)
    left = len(whole.nodes) - len(picture.nodes)
    return page(store, picture, layout(picture), title=title or TITLES[lang == "en"], lang=lang, left=left)
