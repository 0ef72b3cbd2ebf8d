"""Each check finds its examples and leaves its look-alikes alone; the settings hold what the checks ask for."""

from __future__ import annotations

import pytest
from measure import Reader

from kgraph.audit.context import Context
from kgraph.audit.model import Check, Example
from kgraph.audit.registry import CHECKS
from kgraph.audit.run import chosen, run
from kgraph.errors import InputError, KnowledgeError
from kgraph.knowledge import Knowledge

EXAMPLES = [(check, example, True) for check in CHECKS for example in check.finds]
EXAMPLES += [(check, example, False) for check in CHECKS for example in check.ignores]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize(
    ("check", "example", "expected"),
    EXAMPLES,
    ids=[f"{c.id}-{'finds' if e else 'ignores'}-{n}" for n, (c, _, e) in enumerate(EXAMPLES)],
)
def test_examples(reader: Reader, check: Check, example: Example, expected: bool) -> None:
    reports = [reader.report(text, n) for n, text in enumerate(example.texts)]
    found = list(run(check, reports, reader.context))
    assert bool(found) is expected, f"{example.why}: {[f.message for f in found]}"
    for finding in found:
        assert 0 < finding.confidence <= 1
        assert 0 < finding.consequence <= 1
        for e in finding.evidence:
            assert next(r for r in reports if r.iri == e.report).text[e.start : e.end] == e.text != ""


def test_every_check_has_settings_examples_and_a_definition() -> None:
    context = Context(Knowledge())
    assert len({check.id for check in CHECKS}) == len(CHECKS)
    for check in CHECKS:
        parameters = context.parameters(check.id)
        assert 0 < parameters.number("confidence") <= 1
        assert 0 < parameters.number("consequence") <= 1
        assert check.finds
        assert check.ignores
        assert check.zh
        assert check.en
        assert check.definition.endswith("。")
        assert (check.one is None) != (check.all is None)
    assert set(context.settings["checks"]) == {check.id for check in CHECKS}


def test_a_check_is_switched_off_and_its_threshold_set_in_the_file(tmp_path, reader: Reader) -> None:
    from kgraph.knowledge import data_directory

    text = (data_directory("ontology") / "audit.toml").read_text(encoding="utf-8")
    off = text.replace("[checks.language-terms]\n", "[checks.language-terms]\nenabled = false\n")
    (tmp_path / "audit.toml").write_text(off.replace("day = 1\n", "day = 30\n"), encoding="utf-8")
    context = Context(Knowledge(tmp_path))
    assert "language-terms" not in {check.id for check in chosen(context)}
    assert [check.id for check in chosen(context, ["language-terms"])] == ["language-terms"], "asked for by name it runs"
    late = reader.report("山口镇2023年法治政府建设年度报告\n发布日期:2024-04-20\n一、主要举措和成效\n开展宣传12次。\n")
    deadline = chosen(context, ["report-deadline"])[0]
    assert not list(run(deadline, [late], context))
    assert list(run(deadline, [late], reader.context))


@pytest.mark.parametrize(
    ("old", "new", "check", "name", "said"),
    [
        ("distance = 18\n", "", "arithmetic-granularity", "distance", "lacks distance"),
        ("day = 1\n", 'day = "x"\n', "report-deadline", "day", "wrong type"),
        ("[shared]", "[shared", "report-deadline", "day", "cannot be read"),
        ("[checks.report-deadline]", "[checks.report-dedline]", "report-deadline", "day", "there is no"),
    ],
)
def test_faulty_settings_are_named(tmp_path, old: str, new: str, check: str, name: str, said: str) -> None:
    from kgraph.knowledge import data_directory

    text = (data_directory("ontology") / "audit.toml").read_text(encoding="utf-8")
    (tmp_path / "audit.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    context = Context(Knowledge(tmp_path))
    with pytest.raises(KnowledgeError, match=said):
        context.parameters(check).number(name)


def test_unknown_check_is_named() -> None:
    with pytest.raises(InputError, match="no check 'arithmetics'"):
        chosen(Context(Knowledge()), ["arithmetics"])


REAL = """
共收到行政复议申请85件(通过网上渠道申请8件),经审查后受理70件,不予受理6件,现已审结67件(含2021年结转12件),调解率为37.3%。
维持原行政行为2件,占比22.2%,直接纠错5件,纠错率达55.6%,另有2件撤回申请。
全市有行政执法人员1026人,其中男性800人,女性226人,持证人员900人,持证率87.7%。
全县共有村民小组120个,其中先进60个,培育“法律明白人”360名,平均每组3名。
排查问题隐患45处,立行立改40处,限期整改5处,整改率达100%。
受理群众信访52件次,其中初信初访45件,重信重访7件,办结50件,2件正在办理中,按时办结率100%。
共立案120件,结案118件,罚没款35万元,其中一般程序20件,简易程序100件。
接待来访群众120批350人次,其中集体访5批50人次,同比分别下降12%和15%。
审核文件15件,其中以政府名义制发8件,以政府办名义制发7件,备案率、及时率、规范率均为100%。
发现隐患320处,已整改310处,剩余10处正在整改,整改率96.9%。
受理案件310件,同比增长12.3%,其中调解结案120件,判决150件,撤诉40件。
行政机关负责人应出庭35件,实际出庭34件,出庭率97.1%。
申请行政复议案件63件,其中不予受理5件,受理58件,审结50件,正在审理8件。
办理时限由法定20个工作日压缩至5个工作日,压缩75%以上。
许可事项由15个环节压缩到6个环节,时限压缩60%。
全乡共有调解组织15个,其中村级14个,乡级1个,调解员75名。
学习宣传《中华人民共和国刑法修正案(十一)》和《监察法实施条例》。
严格执行《规范行政裁量权基准制定和管理办法》,落实《行政执法三项制度实施办法》。
按照《法治社会建设实施纲要(2020-2025年)》《法治中国建设规划(2020-2025年)》部署推进工作。
邀请宝丰县人民法院联合普法,商酒务镇综治办、石桥镇派出所参加联调。
涉及群众切身利益的的确需要听证的依法听证,小组下设办公室(设在司法所)。
坚持“一网通办”“一窗受理”,打造“15分钟”法律服务圈,“最多跑一次”。
"""


@pytest.mark.parametrize("sentence", REAL.strip().split("\n"))
def test_phrasings_of_the_genre_in_which_nothing_is_wrong(reader: Reader, sentence: str) -> None:
    report = reader.report(sentence)
    found = [f"{f.check}: {f.message}" for check in CHECKS if check.one for f in run(check, [report], reader.context)]
    assert not found
