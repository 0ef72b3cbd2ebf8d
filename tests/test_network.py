"""Projections, centrality and communities, small enough to check by hand."""

from __future__ import annotations

import math

import networkx as nx
import pytest
from test_compare import Memory

from kgraph import network
from kgraph.errors import InputError
from kgraph.knowledge import Knowledge


@pytest.fixture(scope="module")
def store() -> Memory:
    return Memory()


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge()


def by_label(graph: nx.Graph) -> dict[str, str]:
    return {label: node for node, label in graph.nodes(data="label")}


@pytest.mark.parametrize(
    ("name", "nodes", "edges"),
    [("region-practice", 4 + 7, 13), ("region-region", 4, 6), ("law-law", 4, 4), ("body-measure", 4 + 3, 5)],
)
def test_projection_counts(store: Memory, knowledge: Knowledge, name: str, nodes: int, edges: int) -> None:
    graph = network.projection(store, name, knowledge)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (nodes, edges)
    assert all(attributes["label"] and attributes["kind"] for _, attributes in graph.nodes(data=True))


def test_projection_is_the_same_twice(store: Memory, knowledge: Knowledge) -> None:
    for name in network.PROJECTIONS:
        first, second = (network.projection(store, name, knowledge) for _ in range(2))
        assert list(first.nodes(data=True)) == list(second.nodes(data=True))
        assert list(first.edges(data=True)) == list(second.edges(data=True))


def test_projection_bipartite(store: Memory, knowledge: Knowledge) -> None:
    for name in ("region-practice", "body-measure"):
        graph = network.projection(store, name, knowledge)
        assert all(graph.nodes[a]["bipartite"] != graph.nodes[b]["bipartite"] for a, b in graph.edges)


def test_region_region_weighs_rare_practices_more(store: Memory, knowledge: Knowledge) -> None:
    graph = network.projection(store, "region-region", knowledge)
    at = by_label(graph)
    everyone = math.log(1 + 4 / 4)  # law-publicity is done by all four
    culture = math.log(1 + 4 / 2)  # legal-culture by two
    edge = graph.edges[at["东湖街道"], at["柳林镇"]]
    assert edge["weight"] == pytest.approx(everyone + culture, abs=1e-5)
    assert edge["shared"] == 2
    assert graph.edges[at["东湖街道"], at["红岩县"]]["weight"] == pytest.approx(everyone, abs=1e-5)


def test_law_law_counts_reports(store: Memory, knowledge: Knowledge) -> None:
    graph = network.projection(store, "law-law", knowledge)
    at = by_label(graph)
    assert graph.edges[at["中华人民共和国宪法"], at["中华人民共和国民法典"]]["weight"] == 3
    assert graph.nodes[at["中华人民共和国宪法"]]["reports"] == 5


def test_projection_unknown(store: Memory, knowledge: Knowledge) -> None:
    with pytest.raises(InputError, match="region-practice, region-region"):
        network.projection(store, "regions", knowledge)


def test_centrality_of_a_path() -> None:
    found = network.centrality(nx.path_graph(["a", "b", "c"]))
    assert found["b"]["degree"] == 2
    assert found["b"]["betweenness"] == 1
    assert found["a"]["pagerank"] < found["b"]["pagerank"]
    assert network.centrality(nx.Graph()) == {}


def test_communities_of_two_cliques() -> None:
    graph = nx.Graph([("a", "b"), ("b", "c"), ("a", "c"), ("x", "y"), ("y", "z"), ("x", "z"), ("c", "x")])
    assert network.communities(graph) == [["a", "b", "c"], ["x", "y", "z"]]
    assert network.communities(nx.Graph()) == []
