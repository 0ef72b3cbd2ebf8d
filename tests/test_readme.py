"""What the READMEs show works: the blocks that teach a practice, an indicator and a unit, and every command with its options."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from kgraph.cli import main
from kgraph.graph import KnowledgeGraph
from kgraph.knowledge import Knowledge

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
FILES = {"practice": "practices.ttl", "indicator": "indicators.ttl", "unit": "units.ttl"}
REPORT = """云山镇2024年法治政府建设年度报告
一、主要举措和成效
全年落实夜市管理要求,设置夜市摊位120个。
向骑手发放安全头盔300顶。
取缔夜市摊位6个。
"""
QUERIES = {
    "the practice": "ASK { ?m a kg:Measure ; kg:practice practice:night-economy ; kg:status kg:done }",
    "the indicator, as an outcome of the practice": "ASK { ?x kg:indicator indicator:night-stalls ; kg:value ?v ; "
    "kg:measure/kg:practice practice:night-economy FILTER(?v = 120) }",
    "the unit": "ASK { ?x kg:unit unit:ding ; kg:value ?v FILTER(?v = 300) }",
}
NOT = "ASK { ?x kg:indicator indicator:night-stalls ; kg:value ?v FILTER(?v = 6) }"


def blocks(page: Path, language: str) -> list[str]:
    fenced = re.findall(r"^```(.*?)\n(.*?)^```\n", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return [block for name, block in fenced if name == language]


def taught(page: Path) -> dict[str, str]:
    return {block.partition(":")[0]: block for block in blocks(page, "turtle")}


def commands() -> Iterator[tuple[str, list[str]]]:
    for page in PAGES:
        text = page.read_text("utf-8")
        lines = [line.split("  #")[0] for block in blocks(page, "") for line in block.splitlines()]
        for line in [*lines, *re.findall(r"`(kgraph [^`\n]+)`", text)]:
            if line.strip().startswith("kgraph "):
                yield line.strip(), shlex.split(line.strip())[1:]


@pytest.fixture(scope="module", params=PAGES, ids=lambda page: page.name)
def graphs(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[KnowledgeGraph, KnowledgeGraph]]:
    """The graph of a small report before and after kgraph was taught."""
    folder = tmp_path_factory.mktemp("readme")
    report, words = folder / "a.txt", folder / "my-words"
    report.write_text(REPORT, encoding="utf-8")
    words.mkdir()
    for name, block in taught(request.param).items():
        own = words / FILES[name]
        shutil.copy(Knowledge().path(own.name), own)
        own.write_text(f"{own.read_text('utf-8')}\n{block}", encoding="utf-8")
    with (
        KnowledgeGraph.build([report], folder / "before") as before,
        KnowledgeGraph.build([report], folder / "after", ontology=words) as after,
    ):
        yield before, after


def test_each_page_teaches_a_practice_an_indicator_and_a_unit_and_both_the_same() -> None:
    pages = [taught(page) for page in PAGES]
    assert set(pages[0]) == set(FILES)
    assert pages[0] == pages[1]


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
def test_the_next_build_uses_what_was_taught(graphs: tuple[KnowledgeGraph, KnowledgeGraph], query: str) -> None:
    before, after = graphs
    assert before.query(query).answer is False
    assert after.query(query).answer is True


def test_what_was_excluded_stays_out(graphs: tuple[KnowledgeGraph, KnowledgeGraph]) -> None:
    assert graphs[1].query(NOT).answer is False
    assert graphs[1].query("ASK { ?x a kg:Metric ; kg:value ?v FILTER(?v = 6) }").answer is True


def test_the_pages_name_commands() -> None:
    assert len({words[0] for _, words in commands()}) >= 10


@pytest.mark.parametrize(("line", "words"), list(commands()), ids=lambda value: value if isinstance(value, str) else "")
def test_every_command_named_exists_with_its_options(line: str, words: list[str]) -> None:
    assert isinstance(main, click.Group)
    command = main.commands.get(words[0])
    assert command is not None, line
    known = {opt: param for param in command.params for opt in param.opts} | {"--help": None}
    for i, word in enumerate(words[1:], 1):
        if word.startswith("-"):
            assert word in known, f"{line}: {word}"
            param = known[word]
            if param is not None and isinstance(param.type, click.Choice) and i + 1 < len(words):
                assert words[i + 1] in param.type.choices, line
