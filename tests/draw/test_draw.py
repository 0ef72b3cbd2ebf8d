"""The page: what is on it, that it reaches for nothing, that text stays text."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kgraph.draw import draw
from kgraph.draw.layout import layout
from kgraph.draw.picture import gather
from kgraph.draw.strongest import strongest
from kgraph.errors import InputError
from kgraph.knowledge import Knowledge

GRAPH = Path(__file__).parent.parent / "comparison.ttl"
TITLE = "四地 </title><script>alert(0)</script> & “图”"


class Memory:
    def __init__(self) -> None:
        self.store = ox.Store()
        self.store.load(path=GRAPH, format=ox.RdfFormat.TURTLE)

    def select(self, query: str) -> Iterable[object]:
        return self.store.query(query)  # type: ignore[return-value]


class Nothing:
    def select(self, query: str) -> Iterable[object]:
        return ()


class Page(HTMLParser):
    """The elements of a page with their attributes, and the text of each script by its id."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self.scripts: list[str] = []
        self.open = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.open = True

    def handle_endtag(self, tag: str) -> None:
        self.open = False

    def handle_data(self, data: str) -> None:
        if not self.open:
            return
        tag, attributes = self.elements[-1]
        if tag == "script":
            if attributes.get("type") == "application/json":
                self.texts[str(attributes["id"])] = data
            else:
                self.scripts.append(data)
        elif tag in ("h1", "title"):
            self.texts.setdefault(tag, data)

    def json(self, id_: str) -> Any:
        return json.loads(self.texts[id_])


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    folder = tmp_path_factory.mktemp("ontology")
    label = '<http://www.w3.org/2004/02/skos/core#prefLabel> "调解纠纷数"@zh, "disputes mediated"@en .'
    (folder / "indicators.ttl").write_text(
        f"<https://w3id.org/kgraph/indicator/disputes-mediated-here> {label}", encoding="utf-8"
    )
    return Knowledge(folder)


@pytest.fixture(scope="module")
def html(knowledge: Knowledge) -> str:
    return draw(Memory(), title=TITLE, knowledge=knowledge)


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def test_draw_reaches_for_nothing(page: Page) -> None:
    for tag, attributes in page.elements:
        assert not {"src", "href", "srcset", "action", "data", "poster"} & set(attributes), tag
        assert tag not in ("link", "iframe", "object", "embed", "base", "img")
        assert not any(name.startswith("on") for name in attributes), tag
    policy = next(a["content"] for tag, a in page.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none';")
    for script in page.scripts:
        assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() in policy
    assert len(page.scripts) == 2


def test_draw_styles_load_nothing(html: str) -> None:
    style = html[html.index("<style>") : html.index("</style>")]
    assert not re.findall(r"url\((?![\"']?data:)", style)
    assert "@import" not in style


def test_draw_keeps_hostile_text_as_text(html: str, page: Page) -> None:
    assert page.texts["title"] == TITLE
    assert page.texts["h1"] == TITLE
    for attack in ("<script>alert", "<img src=x", "<b>2024", "</script>报告"):
        assert attack not in html
    labels = {row[1] for row in page.json("data")["info"]}
    assert {"<script>alert(1)</script>办法", '"><img src=x onerror=alert(2)>中心'} <= labels
    assert "innerHTML" not in page.scripts[1]
    assert "insertAdjacentHTML" not in page.scripts[1]


def test_draw_counts_by_class(page: Page) -> None:
    data = page.json("data")
    counts = Counter(row[0] for row in data["info"])
    assert counts == {"region": 5, "practice": 9, "metric": 9, "body": 4, "law": 4}
    assert data["counts"] == {"reports": 6, **counts}
    assert len(page.json("nodes")) == sum(counts.values())
    ends = {end for edge in page.json("edges") for end in (edge["from"], edge["to"])}
    assert ends <= {node["id"] for node in page.json("nodes")}


def test_draw_gives_value_and_sentence(page: Page) -> None:
    data = page.json("data")
    said = {
        (data["info"][edge["to"]][1], item[1], data["sentences"][item[3]])
        for edge, items in zip(page.json("edges"), data["items"], strict=True)
        for item in items
    }
    assert ("调解纠纷数", "28 宗", "柳林镇司法所调解纠纷28宗，比上年减少12.5%！") in said
    assert ("普法读本", ">20000 份", "石桥镇司法所牵头，全年发放宪法和民法典读本2万余份，办讲座12场次、到场900人次。") in said


def test_draw_is_the_same_in_another_process(html: str, knowledge: Knowledge) -> None:
    code = f"""
import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})
from test_draw import Memory, TITLE, draw, Knowledge
sys.stdout.buffer.write(draw(Memory(), title=TITLE, knowledge=Knowledge({str(knowledge.directories[0])!r})).encode())
"""
    again = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        env={"PYTHONHASHSEED": "4", "PYTHONPATH": str(GRAPH.parent.parent)},
    )
    assert again.stdout == html.encode()


def test_draw_is_still(page: Page) -> None:
    assert page.json("options")["physics"] == {"enabled": False}
    assert all({"x", "y"} <= set(node) for node in page.json("nodes"))


def test_draw_controls_have_labels_and_can_be_reached(page: Page) -> None:
    fields = {a["id"] for tag, a in page.elements if tag in ("select", "input") and "id" in a}
    labelled = {a["for"] for tag, a in page.elements if tag == "label" and "for" in a}
    assert fields == {"search", "domain", "region"}
    assert fields <= labelled
    assert all(a.get("type") == "button" for tag, a in page.elements if tag == "button")


def test_draw_words_are_all_there_in_both_languages(page: Page) -> None:
    words = page.json("data")["words"]
    used = set(re.findall(r'say\("(\w+)"', page.scripts[1])) | {str(a["data-say"]) for _, a in page.elements if "data-say" in a}
    assert used <= set(words)
    assert all(zh and en for zh, en in words.values())


def test_draw_above_the_limit_draws_the_strongest_and_says_so(knowledge: Knowledge) -> None:
    data = Page(draw(Memory(), max_nodes=12, knowledge=knowledge)).json("data")
    assert len(data["info"]) <= 12
    assert data["left"] == 31 - len(data["info"])
    assert "普法宣传活动" in {row[1] for row in data["info"]}


def test_draw_some_practices(knowledge: Knowledge) -> None:
    data = Page(draw(Memory(), practices=["petition"], knowledge=knowledge)).json("data")
    assert Counter(row[0] for row in data["info"]) == {"region": 1, "practice": 1, "metric": 1}


def test_draw_nothing_says_so(knowledge: Knowledge) -> None:
    html = draw(Nothing(), knowledge=knowledge)
    assert "图里没有可画的内容" in html
    assert "Nothing to draw" in html
    assert Page(html).json("nodes") == []


def test_draw_in_english(knowledge: Knowledge) -> None:
    html = draw(Memory(), lang="en", knowledge=knowledge)
    assert '<html lang="en">' in html
    assert Page(html).json("data")["lang"] == "en"


def test_draw_refuses_no_nodes(knowledge: Knowledge) -> None:
    with pytest.raises(InputError, match="at least 1"):
        draw(Memory(), max_nodes=0, knowledge=knowledge)


def test_layout_puts_the_shared_inside_and_the_exclusive_outside(knowledge: Knowledge) -> None:
    picture = gather(Memory(), knowledge)
    places = layout(picture)
    assert set(places) == set(picture.nodes)
    far = {picture.nodes[key].label: (x * x + y * y) ** 0.5 for key, (x, y) in places.items()}
    assert far["普法宣传活动"] < far["人民调解"] < far["石桥镇"] < far["数字化平台应用"]
    assert far["中华人民共和国宪法"] < far["石桥镇"] < far["优化营商环境条例"]
    assert len(set(places.values())) == len(places), "nothing stands on another thing"


def test_strongest_keeps_all_where_there_is_room(knowledge: Knowledge) -> None:
    picture = gather(Memory(), knowledge)
    assert strongest(picture, 31) is picture
    fewer = strongest(picture, 14)
    assert sum(1 for node in fewer.nodes.values() if node.kind == "region") >= 1
    assert all(source in fewer.nodes and target in fewer.nodes for source, target in fewer.edges)
