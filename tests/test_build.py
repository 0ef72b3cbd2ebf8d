"""Building: renewing, skipping, replacing, refusing; the same graph from any order and number of processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kgraph.build import build
from kgraph.errors import InputError, StoreError
from kgraph.graph import KnowledgeGraph

REPORT = """{place}{year}年法治政府建设年度报告

一、主要举措和成效
（一）深化普法宣传
全年开展普法宣传活动{n}场次，发放宣传资料2万余份。镇司法所贯彻落实《中华人民共和国人民调解法》，调解矛盾纠纷36件。
二、存在的不足
部分干部法治意识不强。
三、下一步打算
加强行政执法人员培训。

{place}人民政府
{next}年1月5日
"""


def report(place: str = "宝丰县张八桥镇", year: int = 2023, n: int = 12) -> str:
    return REPORT.format(place=place, year=year, next=year + 1, n=n)


def folder(path: Path, **texts: str) -> Path:
    path.mkdir(exist_ok=True)
    for name, text in texts.items():
        (path / f"{name}.txt").write_text(text, encoding="utf-8")
    return path


def triples(graph: Path) -> list[str]:
    with KnowledgeGraph.open(graph) as kg:
        return sorted(str(q) for q in kg.store.engine)


def test_a_report_becomes_a_graph(tmp_path: Path) -> None:
    source = folder(tmp_path / "in", a=report())
    result = build([source], tmp_path / "g")
    assert (result.built, result.unchanged, result.skipped) == (1, 0, [])
    with KnowledgeGraph.open(tmp_path / "g") as kg:
        row = kg.reports().records()[0]
        assert (row["file"], row["issuer"], row["year"], str(row["issued"])) == (
            "a.txt",
            "平顶山市宝丰县张八桥镇人民政府",
            2023,
            "2024-01-05",
        )
        assert kg.info()[0].rows[0][1] == 1


def test_unchanged_is_skipped_and_changed_is_replaced(tmp_path: Path) -> None:
    source = folder(tmp_path / "in", a=report(), b=report(year=2022))
    build([source], tmp_path / "g")
    assert build([source], tmp_path / "g").unchanged == 2
    (source / "a.txt").write_text(report(n=99), encoding="utf-8")
    result = build([source], tmp_path / "g")
    assert (result.built, result.unchanged) == (1, 1)
    fresh = tmp_path / "fresh"
    build([source], fresh)
    assert triples(tmp_path / "g") == triples(fresh)


def test_an_amended_text_in_another_file_replaces_its_predecessor(tmp_path: Path) -> None:
    build([folder(tmp_path / "one", a=report())], tmp_path / "g")
    build([folder(tmp_path / "two", c=report(n=50))], tmp_path / "g")
    with KnowledgeGraph.open(tmp_path / "g") as kg:
        assert [row["file"] for row in kg.reports().records()] == ["c.txt"]


def test_the_same_report_twice_in_one_input_counts_once(tmp_path: Path) -> None:
    source = folder(tmp_path / "in", a=report(), b=report())
    for expected in ((1, 0), (0, 1)):
        result = build([source], tmp_path / "g")
        assert (result.built, result.unchanged) == expected
        assert "the same report as a.txt" in result.skipped[0][1]


def test_a_failed_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    source = folder(tmp_path / "in", a=report(), empty="", none="今天天气很好。")
    (source / "binary.txt").write_bytes(bytes(range(256)) * 50)
    result = build([source], tmp_path / "g")
    assert result.built == 1
    assert sorted(name for name, _ in result.skipped) == ["binary.txt", "empty.txt", "none.txt"]
    assert all("\n" not in reason for _, reason in result.skipped)


def test_order_and_processes_do_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {f"r{i}": report(year=2010 + i) for i in range(6)}
    build([folder(tmp_path / "in", **texts)], tmp_path / "one", jobs=1)
    monkeypatch.setattr("kgraph.build.SMALL", 2)
    monkeypatch.setattr("kgraph.build.CHUNK", 2)
    files = sorted((tmp_path / "in").iterdir(), reverse=True)
    build(files, tmp_path / "two", jobs=2)
    assert triples(tmp_path / "one") == triples(tmp_path / "two")


def test_nothing_to_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        build([tmp_path / "missing"], tmp_path / "g")
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError):
        build([folder(tmp_path / "in", a=report())], tmp_path / "file")


HOSTILE = [
    '<script>alert("x")</script>',
    "\"'><img src=x onerror=alert(1)>",
    "} UNION { ?s ?p ?o } #",
    "\u202e\u200b\u2066反向",
    "nul\x00inside",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "<https://example.org/> . <a> <b> <c> .",
    "\\u0022 . \\\\ \\",
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_in_a_report_breaks_the_graph(tmp_path: Path, words: str) -> None:
    text = report().replace("深化普法宣传", f"深化{words}宣传").replace("《中华", f"《{words}》《中华")
    source = folder(tmp_path / "in", a=text)
    assert build([source], tmp_path / "g").built == 1
    with KnowledgeGraph.open(tmp_path / "g") as kg:
        stored = str(next(kg.store.values("SELECT ?t { ?r nif:isString ?t }"))[0])
        assert stored == text
        for begin, end, anchor in kg.store.values("SELECT ?b ?e ?a { ?s nif:beginIndex ?b ; nif:endIndex ?e ; nif:anchorOf ?a }"):
            assert text[int(str(begin)) : int(str(end))] == anchor


def test_a_killed_build_leaves_a_store_that_opens_and_a_run_that_resumes(tmp_path: Path) -> None:
    source = tmp_path / "in"
    folder(source, **{f"r{i:03d}": report(year=2000 + i % 25, n=i, place=f"宝丰县第{i}镇") for i in range(150)})
    graph = tmp_path / "g"
    script = f"import kgraph.build as b\nb.BATCH = 4\nb.SMALL = 10**6\nb.build([__import__('pathlib').Path({str(source)!r})], __import__('pathlib').Path({str(graph)!r}), jobs=1)"
    process = subprocess.Popen([sys.executable, "-c", script])
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.05)
        if (graph / "store").is_dir() and sum(1 for _ in (graph / "store").iterdir()) > 12:
            break
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    with KnowledgeGraph.open(graph) as kg:
        before = len(kg.reports())
        for file, n in kg.store.values(
            "SELECT ?f (COUNT(?m) AS ?n) { ?r kg:sourceFile ?f . ?m kg:inReport ?r ; a kg:Measure } GROUP BY ?f"
        ):
            assert int(str(n)) > 0, file
    result = build([source], graph)
    assert result.unchanged == before
    assert result.unchanged + result.built == 150
