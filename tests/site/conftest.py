"""A small graph of made-up reports, some of them hostile, and its atlas; and a real browser where there is one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kgraph.build import build
from kgraph.site import site
from kgraph.store import Store

PLACES = {
    "宝丰县张八桥镇": (2021, 2023),
    "彭山区公义镇": (2022, 2023),
    "源城区埔前镇": (2023,),
    "山亭区徐庄镇": (2023,),
    "静海区": (2023,),
}
HOSTILE = '<script>alert("一")</script><img src=x onerror=alert(2)>&lt;b&gt;'
TEXT = """{place}人民政府{year}年法治政府建设年度报告

一、主要举措和成效
（一）深化普法宣传
全年开展普法宣传活动{n}场次，发放宣传资料2万余份。司法所贯彻落实《中华人民共和国人民调解法》，调解矛盾纠纷{m}件，调解成功率98.5%。
（二）规范行政执法
=cmd|' /C calc'!A0 组织执法人员开展业务培训{k}期。{hostile}认真学习《中华人民共和国行政处罚法》，办理行政处罚案件{n}件。
{more}二、存在的不足
部分干部法治意识不强。
三、下一步打算
加强行政执法人员培训，培养法律明白人{k}名。

{place}人民政府
{next}年1月5日
"""
MORE = "聘请法律顾问，审查合同{n}份。\n召开政府常务会议，研究法治工作{k}次。\n"


def reports(folder: Path) -> Path:
    """The reports, one file each."""
    folder.mkdir(parents=True, exist_ok=True)
    i = 0
    for place, years in PLACES.items():
        for year in years:
            i += 1
            more = MORE.format(n=3 * i, k=i) if i % 2 else ""
            hostile = HOSTILE if i % 3 == 1 else ""
            text = TEXT.format(place=place, year=year, next=year + 1, n=10 + i, m=30 + i, k=2 + i, more=more, hostile=hostile)
            (folder / f"{i:02d}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the graph."""
    root = tmp_path_factory.mktemp("site")
    build([reports(root / "reports")], root / "graph", jobs=1)
    return root / "graph"


@pytest.fixture(scope="session")
def atlas(graph: Path) -> Path:
    """The folder of its atlas, with the zip beside it."""
    with Store.open(graph) as store:
        made = site(store, graph.parent / "atlas", zip=graph.parent / "atlas.zip")
    assert made.zip is not None
    return made.folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, headless; the tests that need it are skipped where it or playwright is missing."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install playwright")
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium fonts-noto-cjk")
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()
