"""The four reports of ``graphs``, read as a corpus."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

import graphs

from kgraph.knowledge import Knowledge
from kgraph.products import Corpus
from kgraph.store import Store

INDICATORS = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix indicator: <https://w3id.org/kgraph/indicator/> .
indicator:mediation-cases skos:prefLabel "调解纠纷数"@zh, "disputes mediated"@en .
indicator:mediation-success-rate skos:prefLabel "调解成功率"@zh, "success rate"@en .
indicator:legal-literate-persons skos:prefLabel "法律明白人人数"@zh, "legally literate villagers"@en .
indicator:hotline-orders skos:prefLabel "热线工单数"@zh, "hotline orders"@en .
"""


@pytest.fixture(scope="session")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    folder = tmp_path_factory.mktemp("ontology")
    (folder / "indicators.ttl").write_text(INDICATORS, encoding="utf-8")
    (folder / "practices.ttl").write_bytes((graphs.HERE / "queries" / "concepts.ttl").read_bytes())
    return Knowledge(folder)


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("products")
    with graphs.build(folder / "g", knowledge=graphs.small_knowledge(folder / "o")):
        pass
    with Store.open(folder / "g") as opened:
        yield opened


@pytest.fixture(scope="session")
def corpus(store: Store, knowledge: Knowledge) -> Corpus:
    return Corpus(store, knowledge)
