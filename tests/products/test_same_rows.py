"""The ten questions of docs/comparing.md: the product and the named SPARQL question find the same."""

from __future__ import annotations

from collections import Counter
from typing import Any

from kgraph.knowledge import Knowledge
from kgraph.products import Corpus
from kgraph.products.gaps import gaps
from kgraph.products.matrix import matrix
from kgraph.products.peers import laws_by_practice, peers, spread, together
from kgraph.products.profile import profile
from kgraph.products.slots import diff
from kgraph.products.trend import trend
from kgraph.query import ask_question
from kgraph.store import Store

STATES = {"已做": "已做", "计划": "打算", "不足": "不足"}


def ask(store: Store, name: str, **parameters: str) -> list[dict[str, Any]]:
    return ask_question(store, name, parameters, Knowledge()).table.records()


def test_matrix(store: Store, corpus: Corpus) -> None:
    ours = {
        (r["地区"], r["年度"], r["做法"], state): r[state]
        for r in matrix(corpus).long().table().records()
        for state in STATES.values()
        if r[state]
    }
    assert ours == {(r["name"], r["year"], r["practiceName"], STATES[r["state"]]): r["measures"] for r in ask(store, "matrix")}


def test_gaps(store: Store, corpus: Corpus) -> None:
    ours = {(r["做法"], r["同类地区"]) for r in gaps(corpus, "石桥镇").table().records()}
    assert ours == {(r["practice"], r["regions"]) for r in ask(store, "gaps", region="石桥镇")}


def test_diff(store: Store, corpus: Corpus) -> None:
    found = diff(corpus, "peoples-mediation", ["柳林镇", "石桥镇"])
    ours = {
        (corpus.name(region), slot, value.evidence.text)
        for slot in ("actor", "involved", "basis_law", "result")
        for region, values in found.slots.get(slot, {}).items()
        for value in values
    }
    theirs = ask(store, "slot-diff", practice="人民调解", region="柳林镇", other="石桥镇")
    assert ours == {(r["name"], r["slot"], r["words"]) for r in theirs}


def test_profile_of_a_region(store: Store, corpus: Corpus) -> None:
    rows = profile(corpus, region="石桥镇").parts["practices"].table().records()
    ours = {(r["做法"], state): r[state] for r in rows for state in STATES.values() if r[state]}
    theirs = ask(store, "region-profile", region="石桥镇")
    assert ours == {(r["practice"], STATES[r["status"]]): r["measures"] for r in theirs}


def test_profile_of_a_practice(store: Store, corpus: Corpus) -> None:
    rows = profile(corpus, practice="经费与队伍保障").parts["regions"].table().records()
    ours = {(r["地区"], state): r[state] for r in rows for state in STATES.values() if r[state]}
    theirs = ask(store, "practice-regions", practice="经费与队伍保障")
    assert ours == {(r["region"], STATES[r["state"]]): r["measures"] for r in theirs}


def test_profile_of_a_law(store: Store, corpus: Corpus) -> None:
    rows = profile(corpus, law="宪法").parts["citations"].table().records()
    theirs = Counter((r["region"], r["year"], r["role"]) for r in ask(store, "law-citations", law="宪法"))
    assert {(r["地区"], r["年度"], r["引用方式"]): r["次数"] for r in rows} == theirs


def test_trend(store: Store, corpus: Corpus) -> None:
    ours = {
        (corpus.name(s.region), int(year), row.value, row.unit, row.evidence.text)
        for s in trend(corpus, "mediation-cases").series
        for year, rows in s.points.items()
        for row in rows
    }
    theirs = ask(store, "indicator-values", indicator="mediation-cases")
    assert ours == {(r["region"], r["year"], r["value"], r["unit"], r["words"]) for r in theirs}


def test_peers(store: Store, corpus: Corpus) -> None:
    ours = {(r["相近地区"], r["共有做法"], r["本地独有"], r["对方独有"]) for r in peers(corpus, "柳林镇").table().records()}
    assert ours == {(r["peer"], r["shared"], r["here"], r["there"]) for r in ask(store, "peers", region="柳林镇")}


def test_spread(store: Store, corpus: Corpus) -> None:
    ours = {(r["做法"], r["最早年度"], r["2024"]) for r in spread(corpus).table().records()}
    assert ours == {(r["practice"], r["first"], r["regions"]) for r in ask(store, "first-seen")}


def test_together(store: Store, corpus: Corpus) -> None:
    ours = {(frozenset((r["做法"], r["另一做法"])), r["都做的地区"], r["提升度"]) for r in together(corpus).table().records()}
    theirs = ask(store, "together")
    lift = [round(r["both"] * r["all"] / (r["first"] * r["second"]), 2) for r in theirs]
    assert ours == {(frozenset((r["practice"], r["other"])), r["both"], n) for r, n in zip(theirs, lift, strict=True)}


def test_laws_by_practice(store: Store, corpus: Corpus) -> None:
    ours = {(r["做法"], r["文件"]) for r in laws_by_practice(corpus).table().records()}
    assert ours == {(r["practiceName"], r["law"]) for r in ask(store, "laws-by-practice")}
