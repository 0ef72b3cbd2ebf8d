"""Copies planted among made-up reports are found, and little else; stock is no copy."""

from __future__ import annotations

import random

import pytest

from kgraph.audit.align import aligned, marked
from kgraph.audit.copies import Corpus, pieces

planted_copies = pytest.importorskip("bench.planted_copies")


def test_planted_copies_are_found() -> None:
    texts, planted = planted_copies.corpus(150, seed=3, length=2500)
    corpus, owners = Corpus(), []
    for number, paragraphs in enumerate(texts):
        for text in paragraphs:
            if len(text) >= 80:
                corpus.add(number, text)
                owners.append(number)
    found = {frozenset((owners[c.one], owners[c.other])) for c in corpus.copies(80, 0.8, 40)}
    wanted = {frozenset((c.one, c.other)) for c in planted}
    assert len(found & wanted) >= 0.95 * len(wanted)
    assert len(found & wanted) >= 0.9 * len(found)


def test_what_many_reports_share_is_stock() -> None:
    rng = random.Random(1)
    own = [planted_copies.passage(rng) for _ in range(40)]
    shared = planted_copies.passage(rng)
    corpus = Corpus()
    for number, text in enumerate(own):
        corpus.add(number, text + shared)
    assert not list(corpus.copies(80, 0.8, 40)), "all 40 have it"
    few = Corpus()
    for number, text in enumerate(own[:3]):
        few.add(number, text + shared)
    assert len(list(few.copies(80, 0.8, 40))) == 3, "three have it: three pairs"
    told = Corpus(stock=[shared])
    for number, text in enumerate(own[:3]):
        told.add(number, text + shared)
    assert not list(told.copies(80, 0.8, 40)), "it is listed as stock"


def test_titles_and_numbers_do_not_make_a_copy_or_hide_one() -> None:
    assert set(pieces("学习《民法典》共12次,开展讨论")) == set(pieces("学习《行政处罚法》共340次,开展讨论"))


def test_alignment_is_of_the_longest_region() -> None:
    one = "前面的话各不相同,这一段文字两边都有,只换了甲处的名称和少数几个字,后面的话又不同了。"
    other = "开头说的是别的,这一段文字两边都有,只改了乙处的名称和少数几个字,结尾也不一样。"
    region = aligned(one, other)
    assert region is not None
    assert "这一段文字两边都有" in one[region.start : region.end]
    assert region.agreement > 0.6
    assert marked("只换了甲处", "只改了乙处") == ("只【换】了【甲】处", "只【改】了【乙】处")
    assert aligned("甲乙丙", "子丑寅") is None
