"""Networks of a graph for networkx: named projections, centrality, communities. The same graph gives the same network.

Nodes are IRIs with the attributes ``label`` (Chinese), ``label_en`` where there is one, and ``kind`` (region, practice,
law or body); edges carry ``weight`` and what each projection adds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

import networkx as nx
import numpy as np

from kgraph import compare_facts as facts
from kgraph import vocab
from kgraph.compare_facts import Selects
from kgraph.errors import InputError
from kgraph.knowledge import Knowledge

SEED = 7
PEERS = 10
EXACT_BETWEENNESS = 500


@dataclass(frozen=True, slots=True)
class Projection:
    """A network that can be asked for by name: what its nodes and edges are, in Chinese and English."""

    name: str
    description: Mapping[str, str]
    make: Callable[[Selects, Knowledge], nx.Graph]


def projection(store: Selects, name: str, knowledge: Knowledge | None = None) -> nx.Graph:
    """The named projection of a graph; ``PROJECTIONS`` describes each. Raises ``InputError`` for another name."""
    if name not in PROJECTIONS:
        raise InputError(f"no projection {name!r}; there are: {', '.join(PROJECTIONS)}")
    graph: nx.Graph = PROJECTIONS[name].make(store, knowledge or Knowledge())
    graph.graph.update(name=name, description=PROJECTIONS[name].description["en"])
    return graph


def region_practice(store: Selects, knowledge: Knowledge) -> nx.Graph:
    """Regions and the practices that they report as done; ``bipartite`` is 0 for regions, 1 for practices."""
    query = "SELECT DISTINCT ?region ?practice WHERE { ?region kg:practises ?practice }"
    pairs = sorted(facts.rows(store, query))
    graph = nx.Graph()
    _add_regions(store, graph, {region for region, _ in pairs}, bipartite=0)
    _add_practices(knowledge, graph, {practice for _, practice in pairs}, bipartite=1)
    graph.add_edges_from((*pair, {"weight": 1}) for pair in pairs)
    return graph


def region_region(store: Selects, knowledge: Knowledge) -> nx.Graph:
    """Regions that share practices. ``weight`` sums the rarity of what they share, ln(1 + regions / regions with it);
    ``similarity`` is that over the rarity of what either does (0 to 1), ``shared`` how many practices.

    Each region keeps the ten most similar others, and those that keep it.
    """
    bipartite = region_practice(store, knowledge)
    regions = sorted(n for n, kind in bipartite.nodes(data="kind") if kind == "region")
    practices = sorted(n for n, kind in bipartite.nodes(data="kind") if kind == "practice")
    graph = nx.Graph()
    _add_regions(store, graph, regions)
    place = {practice: i for i, practice in enumerate(practices)}
    does = np.zeros((len(regions), len(practices)))
    for i, region in enumerate(regions):
        does[i, [place[practice] for practice in bipartite[region]]] = 1
    rarity = np.log1p(len(regions) / np.maximum(does.sum(axis=0), 1))
    total = does @ rarity
    edges: dict[tuple[str, str], dict[str, float]] = {}
    for i, region in enumerate(regions):  # a row at a time: memory stays linear in the number of regions
        weight = (does * does[i]) @ rarity
        similarity = np.round(weight / np.maximum(total + total[i] - weight, 1e-12), 6)
        similarity[i] = 0
        for j in np.argsort(-similarity, kind="stable")[:PEERS]:
            if similarity[j] > 0:
                shared = int((does[j] * does[i]).sum())
                attributes = {"weight": round(float(weight[j]), 6), "similarity": float(similarity[j]), "shared": shared}
                edges[min(region, regions[j]), max(region, regions[j])] = attributes
    graph.add_edges_from((*pair, edges[pair]) for pair in sorted(edges))
    return graph


def law_law(store: Selects, knowledge: Knowledge) -> nx.Graph:
    """Laws and documents cited in the same report; ``weight`` counts the reports, ``reports`` of a node those that cite it."""
    cited: dict[str, set[str]] = defaultdict(set)
    for report, law in facts.rows(store, "SELECT DISTINCT ?report ?law WHERE { ?report kg:citesLaw ?law }"):
        cited[report].add(law)
    counts = Counter(law for laws in cited.values() for law in laws)
    pairs = Counter(pair for laws in cited.values() for pair in combinations(sorted(laws), 2))
    graph = nx.Graph()
    for law, label in facts.labels(store, counts).items():
        graph.add_node(law, label=label["zh"], kind="law", reports=counts[law])
    graph.add_edges_from((*pair, {"weight": pairs[pair]}) for pair in sorted(pairs))
    return graph


def body_measure(store: Selects, knowledge: Knowledge) -> nx.Graph:
    """Bodies and the practices whose measures they are responsible for or involved in; ``weight`` counts the measures.

    ``type`` of a body is the id of its type; ``bipartite`` is 0 for bodies, 1 for practices.
    """
    query = """SELECT ?body ?practice (COUNT(DISTINCT ?measure) AS ?n) WHERE {
      ?measure kg:responsibleBody|kg:involvedBody ?body ; kg:practice ?practice } GROUP BY ?body ?practice"""
    edges = sorted((body, practice, int(n)) for body, practice, n in facts.rows(store, query))
    types = dict(sorted(facts.rows(store, "SELECT ?body ?type WHERE { ?body org:classification ?type }"), reverse=True))
    graph = nx.Graph()
    for body, label in facts.labels(store, {body for body, _, _ in edges}).items():
        kind = facts.local(types[body], vocab.BODYTYPE) if body in types else ""
        graph.add_node(body, label=label["zh"], kind="body", type=kind, bipartite=0)
    _add_practices(knowledge, graph, {practice for _, practice, _ in edges}, bipartite=1)
    graph.add_weighted_edges_from(edges)
    return graph


def _add_regions(store: Selects, graph: nx.Graph, iris: Iterable[str], **attributes: int) -> None:
    known = facts.regions(store)
    paths = facts.region_paths(known)
    names = facts.short_names({iri: paths[iri] for iri in iris if iri in paths})
    for iri in sorted(iris):
        code = known[iri].code if iri in known else ""
        graph.add_node(iri, label=names.get(iri, iri.rpartition("/")[2]), kind="region", code=code, **attributes)


def _add_practices(knowledge: Knowledge, graph: nx.Graph, iris: Iterable[str], **attributes: int) -> None:
    for iri in sorted(iris):
        id_ = facts.local(iri, vocab.PRACTICE)
        concept = knowledge.practices.get(id_)
        label = concept.labels if concept else {}
        domain = (concept.broader if concept else None) or id_
        zh, en = label.get("zh", id_), label.get("en", id_)
        graph.add_node(iri, label=zh, label_en=en, kind="practice", domain=domain, **attributes)


PROJECTIONS: dict[str, Projection] = {
    p.name: p
    for p in (
        Projection(
            "region-practice",
            {"zh": "地区与其已做的做法（二部图）", "en": "regions and the practices they report as done (bipartite)"},
            region_practice,
        ),
        Projection(
            "region-region",
            {
                "zh": "有共同做法的地区，越少见的做法权重越大",
                "en": "regions that share practices, weighted by how rare these are",
            },
            region_region,
        ),
        Projection(
            "law-law",
            {"zh": "同一报告中一起引用的法律和文件", "en": "laws and documents cited in the same report"},
            law_law,
        ),
        Projection(
            "body-measure",
            {
                "zh": "机构与其承担或参与的做法（二部图）",
                "en": "bodies and the practices of the measures they take part in (bipartite)",
            },
            body_measure,
        ),
    )
}


def centrality(graph: nx.Graph) -> dict[str, dict[str, float]]:
    """For each node ``degree`` (of neighbours), ``strength`` (sum of weights), ``pagerank`` (weighted) and ``betweenness``.

    Betweenness is exact up to 500 nodes, beyond that estimated from 100 nodes drawn with a fixed seed.
    """
    if graph.number_of_nodes() == 0:
        return {}
    sample = None if graph.number_of_nodes() <= EXACT_BETWEENNESS else 100
    rank = nx.pagerank(graph, weight="weight")
    between = nx.betweenness_centrality(graph, k=sample, seed=SEED)
    strength = dict(graph.degree(weight="weight"))
    return {
        node: {
            "degree": graph.degree(node),
            "strength": round(float(strength[node]), 6),
            "pagerank": round(rank[node], 6),
            "betweenness": round(between[node], 6),
        }
        for node in graph
    }


def communities(graph: nx.Graph, seed: int = SEED) -> list[list[str]]:
    """Louvain communities over ``weight``, the largest first, each sorted; the same graph gives the same communities."""
    order = sorted(graph)
    number = {node: i for i, node in enumerate(order)}
    plain = nx.Graph()
    plain.add_nodes_from(range(len(order)))
    plain.add_weighted_edges_from(
        sorted((*sorted((number[a], number[b])), w) for a, b, w in graph.edges(data="weight", default=1))
    )
    found = nx.community.louvain_communities(plain, weight="weight", seed=seed) if order else []
    return sorted((sorted(order[i] for i in group) for group in found), key=lambda group: (-len(group), group))
