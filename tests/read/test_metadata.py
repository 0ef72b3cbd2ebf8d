"""The portal's header in its many layouts: table of header → data."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.read.metadata import read_header

CASES: list[tuple[str, str, dict[str, str]]] = [
    (
        "several on one line, an empty one before a full one",
        "索引号: 1144/2025-2 分类: 工作报告、报告\n发布机构: 源城区某镇人民政府 成文日期: 2024-12-28\n名称: 某镇报告\n文号: 发布日期: 2025-01-02\n主题词:\n【打印】 【字体:\n",
        {
            "index_number": "1144/2025-2",
            "issuer": "源城区某镇人民政府",
            "written": "2024-12-28",
            "title": "某镇报告",
            "issued": "2025-01-02",
        },
    ),
    (
        "a table with bars, keys spread with blanks, an empty cell",
        "索 引 号 | 1162/2025-48086 | 主题分类 | 其他 |\n发文字号 | 某政发〔2025〕33号 | 制发机构 | |\n有效性 | |||\n成文日期 | 2025-06-13 | 发布日期 | 2025-06-30 |\n标 题 | 某市人民政府通知 |\n",
        {
            "index_number": "1162/2025-48086",
            "document_number": "某政发〔2025〕33号",
            "written": "2025-06-13",
            "issued": "2025-06-30",
            "title": "某市人民政府通知",
        },
    ),
    (
        "keys with colons in a table",
        "索 引 号: | abc030801/2025-12 | 公开目录: | 法治政府建设 |\n成文日期: | 2025-02-14 | 发布日期: | 2025-02-14 |\n发布机构: | 某区某街道 |\n2024年,某街道\n",
        {"index_number": "abc030801/2025-12", "issuer": "某区某街道", "written": "2025-02-14", "issued": "2025-02-14"},
    ),
    (
        "values on the next line, a list with bullets",
        "  • 索引号:\n\n    6107280000/2024-1\n  • 主题分类:\n\n  • 来源:\n\n  • 发文机构:\n\n    县政府网站\n  • 发文日期:\n\n    2024年04月06日 16:40\n  • 内容概述:\n\n某县规则\n",
        {"index_number": "6107280000/2024-1", "issuer": "县政府网站", "written": "2024年04月06日 16:40"},
    ),
    (
        "full-width colons and source as issuer",
        "时间：2023年1月3日　来源：某县司法局　【字体：大 中 小】\n2022年,我局",
        {"issuer": "某县司法局", "issued": "2023年1月3日"},
    ),
    (
        "the issuing office goes before the source, the date of publication before that of an update",
        "来源:县政府网 发布机构:县司法局 更新时间:2024-05-01 发布日期:2024-03-01\n",
        {"issuer": "县司法局", "issued": "2024-03-01"},
    ),
    (
        "an update where no publication is stated",
        "文章来源:司法局    更新时间:2021/03/29 11:30:01\n",
        {"issuer": "司法局", "issued": "2021/03/29 11:30:01"},
    ),
    ("a date that is none", "发布日期:见附件\n", {}),
    ("views behind a date", "发布日期:2025-01-02  浏览次数:-\n", {"issued": "2025-01-02"}),
    ("words of the text that look like keys", "推进信息来源:调解工作\n县司法局局长介绍来源: 调解\n", {}),
    ("prose ends the header", "某县报告\n" + "认真学习贯彻法治思想,扎实开展各项工作。" * 8 + "\n发布日期:2024-01-02\n", {}),
    ("nothing", "", {}),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_header(text: str, expected: dict[str, str]) -> None:
    assert read_header(text) == expected


def test_values_are_as_written() -> None:
    assert read_header("索引号：ＡＢ１２３\n") == {"index_number": "ＡＢ１２３"}


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.text(max_size=200),
        st.lists(
            st.sampled_from(["索引号", ":", "|", " ", "\n", "发布日期", "2024-01-02", "【", "来源", "某局", "："]), max_size=30
        ).map("".join),
    )
)
def test_any_text_is_read_and_values_stand_in_it(text: str) -> None:
    assert all(value and value in text for value in read_header(text).values())
