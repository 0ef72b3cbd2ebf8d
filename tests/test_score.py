"""Scoring: matches, misses and inventions are counted as design says; the scores of the project's own gold have floors."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from kgraph.build import build
from kgraph.graph import KnowledgeGraph
from kgraph.knowledge import data_directory
from kgraph.score import below_floors, changes, gold_files, gold_hash, score, split, table

TEXT = """宝丰县张八桥镇2024年法治政府建设年度报告
一、主要做法
（一）普法宣传
开展普法宣传活动12场次，宣传《中华人民共和国民法典》。
镇司法所调解矛盾纠纷36件。
"""


def gold(**changed: object) -> dict[str, object]:
    law = {
        "start": TEXT.index("中华"),
        "surface": "中华人民共和国民法典",
        "name": "中华人民共和国民法典",
        "kind": "law",
        "role": "publicises",
    }
    metric = {
        "start": TEXT.index("普法宣传活动"),
        "quote": "普法宣传活动12场次",
        "value": 12,
        "unit": "场次",
        "cmp": "=",
        "indicator": "x",
        "keys": ["宣传活动"],
    }
    metric |= {"change": None, "per": None, "status": "done", "practice": "law-publicity"}
    other = metric | {
        "start": TEXT.index("矛盾纠纷"),
        "quote": "矛盾纠纷36件",
        "value": 36,
        "unit": "件",
        "keys": ["纠纷"],
        "practice": "peoples-mediation",
    }
    measures = [
        {"start": TEXT.index("开展普法"), "practice": "law-publicity", "status": "done", "quote": "开展普法宣传活动12场次"},
        {"start": TEXT.index("镇司法所"), "practice": "peoples-mediation", "status": "done", "quote": "镇司法所调解矛盾纠纷36件"},
    ]
    return {
        "file": "a.txt",
        "meta": {
            "issuer": "张八桥镇人民政府",
            "region": ["河南省", "平顶山市", "宝丰县", "张八桥镇"],
            "year": 2024,
            "issued": None,
        },
        "laws": [law],
        "bodies": [{"start": TEXT.index("镇司法所"), "surface": "镇司法所", "name": ["平顶山市宝丰县张八桥镇司法所"]}],
        "metrics": [metric, other],
        "measures": measures,
    } | changed


def scored(tmp_path: Path, annotation: dict[str, object]) -> dict[str, object]:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold/a.json").write_text(json.dumps(annotation), encoding="utf-8")
    build([tmp_path / "a.txt"], tmp_path / "g", jobs=1)
    with KnowledgeGraph.open(tmp_path / "g") as kg:
        return dict(score(kg.store, gold_files(tmp_path / "gold")))


def test_all_right(tmp_path: Path) -> None:
    found = scored(tmp_path, gold())
    for kind, s in found.items():
        assert s.f1 == 1.0, (kind, s.errors)  # type: ignore[attr-defined]
    assert table(found).rows  # type: ignore[arg-type]


WRONG = [
    ("laws", {"laws": []}, 0, 1, "an invented law"),
    ("bodies", {"bodies": []}, 0, 1, "an invented body"),
    ("metrics", {"metrics": [{**gold()["metrics"][0], "value": 13}]}, 1, 2, "a wrong value is a miss and an invention"),  # type: ignore[index]
    ("measures", {"measures": [{**gold()["measures"][0], "practice": "petition"}]}, 1, 2, "another practice"),  # type: ignore[index]
]


@pytest.mark.parametrize(("kind", "changed", "wanted", "predicted", "why"), WRONG, ids=[w[0] for w in WRONG])
def test_misses_and_inventions(
    tmp_path: Path, kind: str, changed: dict[str, object], wanted: int, predicted: int, why: str
) -> None:
    s = scored(tmp_path, gold(**changed))[kind]
    assert (s.gold, s.predicted, s.hits) == (wanted, predicted, 0), why  # type: ignore[attr-defined]


def test_optional_entries_count_neither_way(tmp_path: Path) -> None:
    annotation = gold()
    for kind in ("laws", "bodies", "metrics", "measures"):
        annotation[kind] = [{**entry, "optional": True} for entry in annotation[kind]]  # type: ignore[union-attr]
    for kind, s in scored(tmp_path, annotation).items():
        if kind != "meta":
            assert (s.gold, s.predicted) == (0, 0), kind  # type: ignore[attr-defined]


def test_gains_losses_and_floors(tmp_path: Path) -> None:
    found = scored(tmp_path, gold())
    saved = {kind: sorted(s.found) for kind, s in found.items()}  # type: ignore[attr-defined]
    assert changes(found, saved).rows == ()  # type: ignore[arg-type]
    saved["laws"] = []
    assert [row[:2] for row in changes(found, saved).rows] == [("laws", "+")]  # type: ignore[arg-type]
    here = gold_hash(gold_files(tmp_path / "gold"))
    assert below_floors(found, {"gold": here, "laws": {"f1": 1.0}}, here) == []  # type: ignore[arg-type]
    assert "under the floor" in below_floors(found, {"gold": here, "laws": {"f1": 1.1}}, here)[0]  # type: ignore[arg-type]
    assert "has changed" in below_floors(found, {"gold": "0"}, here)[0]  # type: ignore[arg-type]


def test_the_split_is_a_rule() -> None:
    names = [path.name for path in gold_files(data_directory("seeds") / "gold")]
    assert {split(Path(name)) for name in names if name.startswith(("0", "1"))} == {"dev"}
    assert split(Path("200-somewhere.json")) == "test"


REPORTS = Path(__file__).parent / "reports"


@pytest.mark.parametrize("folder", [data_directory("seeds"), REPORTS], ids=["samples", "reports"])
def test_gold_stands_where_it_says(folder: Path) -> None:
    files = gold_files(folder / "gold")
    assert len(files) >= 38
    for path in files:
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (folder / gold["file"]).read_text(encoding="utf-8")
        for kind, words in (("laws", "surface"), ("bodies", "surface"), ("metrics", "quote"), ("measures", "quote")):
            for fact in gold[kind]:
                start = fact["start"]
                assert text[start : start + len(fact[words])] == fact[words], (path.name, kind, fact)


def test_each_report_for_testing_names_its_model() -> None:
    with (REPORTS / "sources.csv").open(encoding="utf-8", newline="") as file:
        named = {row["file"]: row for row in csv.DictReader(file)}
    assert set(named) == {path.name for path in REPORTS.glob("*.txt")}
    assert all(row["issuer"] and row["title"] for row in named.values())
