"""Web pages: encodings, tables, lists, broken and nested markup, pages that are no reports."""

from __future__ import annotations

import pytest

from kgraph.errors import UnreadableReport
from kgraph.read.formats import read_bytes
from kgraph.read.html_encoding import page_text

pytest.importorskip("selectolax")
from kgraph.read.html import read_html

FILL = "<p>推进法治政府建设，开展普法宣传，化解矛盾纠纷，规范行政执法，健全制度机制，提升依法行政能力。</p>" * 12


def lines(body: str) -> list[str]:
    return read_html(f"<meta charset=utf-8><body><div id=zoom>{FILL}{body}</div></body>".encode()).text.split("\n")[12:-1]


MARKUP = [
    ("<p>一<b>是</b>抓<i>学</i>习</p>", ["一是抓学习"], "inline elements"),
    ("<p>一<br>二<br/>三", ["一", "二", "三"], "line breaks, no end tag"),
    ("<p>办件\n      12件</p>", ["办件 12件"], "a wrap beside a digit is a blank"),
    ("<p>全年\n      办件</p>", ["全年办件"], "a wrap between Chinese is none"),
    ("<p>&nbsp;&#12288;&emsp;一、&lt;举措&gt;&amp;</p>", ["一、<举措>&"], "entities and blanks"),
    ("<div>甲<div>乙</div>丙</div>", ["甲", "乙", "丙"], "blocks in blocks"),
    ("<p>甲<p>乙</b></span></td><p>丙", ["甲", "乙", "丙"], "wrong nesting"),
    (
        "<p>甲</p></div><p>二、不足</p><p>执法力量不足。</p><p>【打印本页】</p><p>他文。</p>",
        ["甲", "二、不足", "执法力量不足。"],
        "an end tag too many",
    ),
    ("<!-- 注 --><script>x</script><style>y</style><p>甲", ["甲"], "comments, scripts, styles"),
    ("<p style='display:none'>藏</p><p>甲", ["甲"], "hidden text"),
    ("<p>甲</p><p>打印本页</p><p>【字体：大 中 小】</p><p>上一篇：通知</p>", ["甲"], "what portals add below"),
    ("<table><tr><th>项目<th>数量<tr><td>行政许可<td>12件</table>", ["项目 | 数量", "行政许可 | 12件"], "a table is rows"),
    ("<table><tr><td><p>甲</p><p>乙</p></td><td>2</td></tr></table>", ["甲 乙 | 2"], "paragraphs in a cell"),
    ("<table><tr><td><p>甲</p><p>乙</p></td></tr></table>", ["甲", "乙"], "a table for layout"),
    ("<ol><li>甲<li>乙</ol>", ["1. 甲", "2. 乙"], "numbers that a browser shows"),
    ("<ol start=3 type=a><li>甲<li value=9>乙</ol>", ["c. 甲", "i. 乙"], "start, type and value"),
    ("<ol><li>一、甲<li>二、乙</ol>", ["一、甲", "二、乙"], "items with numbers of their own"),
    ("<ol style='list-style: none'><li>甲</ol>", ["甲"], "no numbers shown"),
    ("<pre>甲\n乙</pre>", ["甲", "乙"], "lines of preformatted text"),
    ("<p>甲<a href=x>《办法》</a>乙</p><p><a href=y>相关链接一</a></p>", ["甲《办法》乙"], "a line of links alone is no text"),
]


@pytest.mark.parametrize(("body", "expected", "why"), MARKUP)
def test_markup(body: str, expected: list[str], why: str) -> None:
    assert lines(body) == expected, why


ENCODINGS = [
    ("<meta charset=gb2312>法治囧镕", "gb18030", None, "gb2312 is GB18030"),
    ("<meta http-equiv='Content-Type' content='text/html; charset=GBK'>法治", "gb18030", None, "the old meta"),
    ("<meta charset=utf-8>法治政府", "gb18030", None, "a page that lies"),
    ("<meta charset=gb2312>法治政府建设", "utf-8", None, "a page that lies, the other way"),
    ("法治政府建设年度报告", "utf-8", None, "no word on it"),
    ("法治政府建设年度报告", "utf-16", None, "a byte order mark"),
    ("<meta charset=iso-8859-1>法治政府", "utf-8", None, "a server's default"),
    ("<meta charset=gb2312>法治", "utf-8", "utf-8", "the transport knows better"),
    ("<meta charset=nonsense>法治", "utf-8", "hex", "no encoding of text"),
    ("<meta charset=gbk>法治", "gbk", "gb\x00k", "a null in its name"),
]


@pytest.mark.parametrize(("source", "encoding", "declared", "why"), ENCODINGS)
def test_encodings(source: str, encoding: str, declared: str | None, why: str) -> None:
    assert page_text(source.encode(encoding), declared) == source, why


def test_a_few_broken_bytes_do_not_stop_a_page() -> None:
    data = b"<meta charset=gbk>" + ("推进法治政府建设。" * 300).encode("gbk") + b"\xff\xff"
    assert "法治政府" in page_text(data)


ROWS = "".join(f"<li><a href=/{i}>某镇第{i}号通知公告</a><span>2025-01-{i:02d}</span></li>" for i in range(1, 25))
NO_REPORTS = [
    ("<title>404 Not Found</title><p>404", "error page", "an error page"),
    ("<title>提示</title><p>您访问的页面不存在，三秒后自动返回首页", "error page", "an error page in Chinese"),
    (f"<title>法治政府建设-某区</title><ul>{ROWS}</ul>", "list of pages|only", "a list of pages"),
    (f"<title>《某区2024年法治政府建设年度报告》政策解读</title>{FILL}", "interpretation", "政策解读"),
    (f"<title>一图读懂：某区2024年法治政府建设年度报告</title>{FILL}", "interpretation", "a picture that explains"),
    ("<title>某区法治政府建设年度报告</title><p>附件：<a href=a.pdf>报告全文</a>", "attachment", "only a link"),
    (
        "<title>某区</title>" + "<p>全区小麦播种面积稳定，畜牧业生产形势良好。" * 40,
        "not a report on rule-of-law",
        "another subject",
    ),
    ("<html><body><script>render()</script></body></html>", "no text", "a page filled by its scripts"),
]


@pytest.mark.parametrize(("source", "reason", "why"), NO_REPORTS)
def test_what_is_no_report_is_refused_with_its_reason(source: str, reason: str, why: str) -> None:
    with pytest.raises(UnreadableReport, match=reason) as caught:
        read_bytes(f"<meta charset=utf-8>{source}".encode(), ".html")
    assert "\n" not in str(caught.value), why
