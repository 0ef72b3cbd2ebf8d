"""The page: pyvis makes the network, our template everything around it. No request leaves the file.

pyvis links a CDN in all of its modes and prints headings unescaped; so the template is ours, vis-network comes inline from
the pyvis package, a content security policy names the hashes of the two scripts, and text reaches the page as JSON that
the script puts into text nodes.
"""

from __future__ import annotations

import base64
import hashlib
import json
from importlib import resources
from typing import Any

from kgraph import compare_facts as facts
from kgraph.compare_facts import Selects
from kgraph.draw.layout import Positions, room
from kgraph.draw.page_words import WORDS
from kgraph.draw.picture import KINDS, Edge, Picture

COLORS = {"region": "#0072B2", "practice": "#E69F00", "metric": "#56B4E9", "body": "#009E73", "law": "#CC79A7"}
"""Okabe and Ito's palette, told apart by the colour-blind; each class has a shape of its own as well."""
INKS = {**COLORS, "practice": "#B97700", "metric": "#3E8FC4"}
"""The lines, a little darker than what they lead to."""
SHAPES = {"region": "dot", "practice": "hexagon", "metric": "triangle", "body": "square", "law": "diamond"}
SIZES = {
    "region": (17.0, 2.0, 36.0),
    "practice": (9.0, 2.4, 22.0),
    "metric": (5.0, 1.2, 12.0),
    "body": (5.0, 1.2, 13.0),
    "law": (6.0, 1.2, 14.0),
}
"""Of each class: the size without lines, what the root of the number of lines adds, the most."""
DASHES: dict[str, Any] = {"done": False, "planned": [8, 6], "problem": [2, 6]}
QUIET = 2500  # more lines than this are drawn only where something is chosen
ITEMS = 3
SENTENCE = 180
OPTIONS = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "dragNodes": True, "hideEdgesOnDrag": True, "tooltipDelay": 0, "selectConnectedEdges": False},
    "nodes": {"borderWidth": 1, "labelHighlightBold": False},
    "edges": {"smooth": False, "hoverWidth": 0, "selectionWidth": 0},
}


def page(store: Selects, picture: Picture, places: Positions, *, title: str, lang: str, left: int) -> str:
    """The page as HTML text; ``left`` is the number of things that were left out."""
    number = {key: i for i, key in enumerate(sorted(picture.nodes, key=lambda key: (KINDS.index(picture.nodes[key].kind), key)))}
    edges = [picture.edges[ends] for ends in sorted(picture.edges, key=lambda ends: (number[ends[0]], number[ends[1]]))]
    net = _network(picture, places, number, edges)
    net.templateEnv.globals["page"] = {"title": title, "lang": "en" if lang == "en" else "zh-CN", "empty": not picture.nodes}
    html: str = net.generate_html()
    script = _asset("page.js")
    library = _vis("vis-network.min.js").replace("</script", "<\\/script")
    scripts = f"script-src {_hash(library)} {_hash(script)}"
    policy = f"default-src 'none'; {scripts}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
    parts = {
        "@@POLICY@@": policy,
        "@@STYLE@@": _vis("vis-network.css") + _asset("page.css"),
        "@@OPTIONS@@": _json(OPTIONS),
        "@@DATA@@": _json(_data(store, picture, number, edges, lang, left)),
        "@@SCRIPTS@@": f"<script>{library}</script>\n<script>{script}</script>",
    }
    for mark, text in parts.items():
        before, after = html.split(mark)  # each once: what reports say is escaped so that it cannot hold a mark
        html = before + text + after
    return html


def _network(picture: Picture, places: Positions, number: dict[str, int], edges: list[Edge]) -> Any:
    from jinja2 import DictLoader, Environment
    from pyvis.network import Network

    net = Network(height="100%", width="100%")
    net.templateEnv = Environment(loader=DictLoader({"page.html": _asset("page.html")}))
    net.path = "page.html"
    net.options = OPTIONS
    degree = picture.degrees()
    space = room(places)
    for key, i in number.items():
        kind = picture.nodes[key].kind
        small, more, most = SIZES[kind]
        size = round(max(3.0, min(most, small + more * degree[key] ** 0.5, space[key] * 0.6)), 1)
        x, y = places[key]
        net.nodes.append({"id": i, "x": x, "y": y, "shape": SHAPES[kind], "color": COLORS[kind], "size": size})
    for i, edge in enumerate(edges):
        kind = picture.nodes[edge.target].kind
        shared = len(picture.nodes[edge.target].regions) > 1
        faint = 0.3 if shared else 0.5
        line = {
            "id": i,
            "from": number[edge.source],
            "to": number[edge.target],
            "minor": edge.minor,
            "ink": INKS[kind],
            "faint": faint,
        }
        net.edges.append({**line, "color": {"color": INKS[kind], "opacity": faint}, "width": 1.6, "dashes": DASHES[edge.status]})
    return net


def _data(store: Selects, picture: Picture, number: dict[str, int], edges: list[Edge], lang: str, left: int) -> dict[str, Any]:
    degree = picture.degrees()
    shown = [picture.nodes[key] for key in number]
    info = []
    for node in shown:
        drawn = sorted(number[region] for region in node.regions if region in number)
        info.append([node.kind, node.label, node.label_en, sorted(node.domains), drawn, degree[node.key], len(node.regions)])
    few = 1 if len(edges) > QUIET else ITEMS
    used = [edge.items[:few] for edge in edges]
    iris = sorted({item.evidence.report for items in used for item in items})
    texts = facts.texts(store, iris) if iris else {}
    report_number = {iri: i for i, iri in enumerate(iris)}
    sentences: dict[str, int] = {}
    items = []
    for of_edge in used:
        row = []
        for item in of_edge:
            text = facts.sentence(texts.get(item.evidence.report), item.evidence)
            text = text if len(text) <= SENTENCE else text[: SENTENCE - 1] + "…"
            place = sentences.setdefault(text, len(sentences))
            row.append([report_number[item.evidence.report], item.text, item.status, place])
        items.append(row)
    counts = {kind: sum(1 for n in shown if n.kind == kind) for kind in KINDS}
    rows = [picture.reports[iri] for iri in iris]
    return {
        "lang": lang,
        "words": WORDS,
        "kinds": KINDS,
        "colors": COLORS,
        "shapes": SHAPES,
        "domains": {id_: names for id_, names in picture.domains.items() if any(id_ in n.domains for n in shown)},
        "counts": {"reports": len(picture.reports), **counts},
        "quiet": sum(1 for edge in edges if not edge.minor) > QUIET,
        "left": left,
        "regions_left": picture.regions_left,
        "info": info,
        "items": items,
        "sentences": list(sentences),
        "reports": [[row.title, *([row.year] if row.year else [])] for row in rows],
    }


def _json(value: object) -> str:
    """JSON that is safe inside a script element: no ``<``, ``>`` or ``&``, and none of the template's marks."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&@\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _asset(name: str) -> str:
    return resources.files("kgraph.draw").joinpath(name).read_text(encoding="utf-8")


def _vis(name: str) -> str:
    found = resources.files("pyvis").joinpath("templates", "lib", "vis-9.1.2", name)
    return found.read_text(encoding="utf-8")
