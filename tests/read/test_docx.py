"""Word documents: automatic numbers, tables, text boxes, notes, tracked changes, fields."""

from __future__ import annotations

import pytest
from documents import NUMBERING, docx, run

from kgraph.errors import UnreadableReport
from kgraph.read.docx import read_docx
from kgraph.read.numerals import numeral


def item(text: str, level: int = 0, number: int = 1) -> str:
    return f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>{run(text)}</w:p>'


def p(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def cell(*lines: str) -> str:
    return f"<w:tc>{''.join(p(run(line)) for line in lines)}</w:tc>"


BOX = f"<w:txbxContent>{p(run('框'))}</w:txbxContent>"
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGEREF _Toc1 </w:instrText></w:r><w:r><w:t>码</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>12</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
BODIES = [
    (item("甲") + item("乙", 1) + item("丙", 1) + item("丁") + item("戊", 1), ["一、甲", "（一）乙", "（二）丙", "二、丁", "（一）戊"], "lists"),
    (item("甲", 2) + item("乙", 2), ["1.甲", "2.乙"], "a level without those above it"),
    (item("甲") + p(run("文")) + item("") + item("乙"), ["一、甲", "文", "二、乙"], "a blank item takes no number"),
    (item("甲", 0, 9), ["甲"], "a list that is not there"),
    (item("甲", 0, 0), ["甲"], "list 0 is none"),
    (p(run("甲") + '<w:r><w:br/></w:r>' + run("乙") + "<w:r><w:tab/></w:r>" + run("丙")), ["甲", "乙 丙"], "breaks and tabs"),
    (p('<w:ins>' + run("新") + '</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>' + run("文")), ["新文"], "tracked changes are accepted"),
    (p('<w:moveFrom>' + run("移") + '</w:moveFrom>' + run("文")) + p('<w:moveTo>' + run("移") + "</w:moveTo>"), ["文", "移"], "moved text"),
    (p("<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + run("前")) + p(run("后")), ["前后"], "a deleted paragraph mark"),
    (p(run("共") + FIELD + run("页")), ["共12页"], "a field is its result"),
    (p('<w:bookmarkStart w:name="_GoBack"/>' + run("文") + "<w:bookmarkEnd/>"), ["文"], "bookmarks"),
    (p(run("藏", "<w:rPr><w:vanish/></w:rPr>") + run("显", '<w:rPr><w:vanish w:val="0"/></w:rPr>')), ["显"], "hidden text"),
    (p("<w:r><w:pict>" + BOX + "</w:pict></w:r>" + run("文")), ["文", "框"], "a text box after its paragraph"),
    (p("<w:r><mc><Choice>" + BOX + "</Choice><Fallback>" + BOX + "</Fallback></mc></w:r>" + run("文")), ["文", "框"], "a text box in two forms"),
    (p(run("文") + '<w:r><w:footnoteReference w:id="2"/></w:r>'), ["文", "脚注"], "a footnote after its paragraph"),
    (f"<w:tbl><w:tr>{cell('项目')}{cell('数量')}</w:tr><w:tr>{cell('许可', '普通')}{cell('12件')}</w:tr></w:tbl>", ["项目 | 数量", "许可 普通 | 12件"], "a table"),
    (f"<w:tbl><w:tr>{cell('甲', '乙')}</w:tr></w:tbl>", ["甲", "乙"], "a table of one cell"),
    (f"<w:tbl><w:tr><w:tc><w:tbl><w:tr>{cell('甲')}{cell('乙')}</w:tr></w:tbl></w:tc>{cell('丙')}</w:tr></w:tbl>", ["甲 | 乙 | 丙"], "a table in a table"),
    ('<w:p><w:pPr><w:pStyle w:val="T1"/></w:pPr>' + run("一、目录 1") + "</w:p>" + p(run("文")), ["文"], "the table of contents"),
    ('<w:p><w:pPr><w:pStyle w:val="H1"/></w:pPr>' + run("甲") + "</w:p>", ["一、甲"], "a number from the style"),
    ('<w:p><w:pPr><w:pStyle w:val="H2"/></w:pPr>' + run("甲") + "</w:p>", ["（一）甲"], "a number from the style it is based on"),
]  # fmt: skip
STYLES = (
    '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="h 2"/><w:basedOn w:val="H1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
)
NOTES = '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2">' + p(run("脚注")) + "</w:footnote>"


@pytest.mark.parametrize(("body", "expected", "why"), BODIES)
def test_bodies(body: str, expected: list[str], why: str) -> None:
    data = docx(body, numbering=NUMBERING, styles=STYLES, footnotes=NOTES)
    assert read_docx(data).text.split("\n")[:-1] == expected, why


def level(style: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'


SHAPES = [
    (level("chineseCounting", "第%1章"), "第一章 甲", "words about the number"),
    (level("decimalEnclosedCircle", "%1"), "①甲", "circled"),
    (level("bullet", "\uf0b7"), "甲", "bullets are no text"),
    (level("upperRoman", "%1"), "I 甲", "a blank after a letter"),
]


@pytest.mark.parametrize(("shape", "expected", "why"), SHAPES)
def test_shapes_of_numbers(shape: str, expected: str, why: str) -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="7">{shape}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    )
    text = read_docx(docx(item("甲"), numbering=numbering)).text
    assert text.startswith(expected), why


def test_lists_of_one_shape_count_on_and_start_anew_where_told() -> None:
    more = '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
    anew = '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    body = item("甲") + item("乙", 0, 2) + item("丙", 0, 3) + item("丁", 0, 3)
    assert read_docx(docx(body, numbering=NUMBERING + more + anew)).text.split() == ["一、甲", "二、乙", "一、丙", "二、丁"]


@pytest.mark.parametrize(
    ("n", "style", "expected"),
    [(10, "chineseCounting", "十"), (21, "chineseCountingThousand", "二十一"), (105, "chineseCounting", "一百零五"), (11, "chineseLegalSimplified", "壹拾壹"),
     (20, "ideographDigital", "二〇"), (21, "decimalEnclosedCircle", "21"), (3, "ideographTraditional", "丙"), (28, "lowerLetter", "bb"),
     (1994, "upperRoman", "MCMXCIV"), (7, "decimalZero", "07"), (5, "unknown", "5"), (-1, "decimal", ""), (12, "decimalFullWidth", "１２")],
)  # fmt: skip
def test_numerals(n: int, style: str, expected: str) -> None:
    assert numeral(n, style) == expected


BOMB = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (BOMB + "<document>&b;</document>", "document type"),
        ('<!DOCTYPE a SYSTEM "file:///etc/passwd"><document/>', "document type"),
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><document>&x;</document>', "document type"),
        ("<document><body>", "broken XML"),
        ("<t>" * 10_000, "inside each other"),
        ("", "broken XML"),
        ("<document>\x00</document>", "broken XML"),
    ],
)
def test_hostile_xml_is_refused(xml: str, reason: str) -> None:
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", xml)
    with pytest.raises(UnreadableReport, match=reason):
        read_docx(out.getvalue())
