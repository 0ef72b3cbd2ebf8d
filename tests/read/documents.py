"""Makes documents of the formats that kgraph reads from the lines of a report, as portals and offices make them."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

HEADING = re.compile(r"[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]")
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def lines_of(text: str) -> list[str]:
    """The lines of a report from its title on, with single blanks, as documents show them."""
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    start = next((i for i, line in enumerate(lines) if re.search(r"(?:报告|情况)$", line) and ":" not in line[:8]), 0)
    return [line for line in lines[start:] if not line.startswith("发布时间")]


# --- web pages: three content systems, each with what it puts around an article ---------------------------------------


def paragraphs(lines: Sequence[str]) -> str:
    return "\n".join(f'<p style="text-indent: 2em;">　　<span>{html.escape(line)}</span></p>' for line in lines)


def trs(lines: Sequence[str], header: str = "") -> str:
    """A page of the kind that most portals have: a box of data, a title, an editor's area, share bar, related links."""
    related = "".join(
        f'<li><a href="/t{i}.html">关于做好第{i}批信息公开工作的通知</a><span>2025-01-{i:02d}</span></li>' for i in range(1, 9)
    )
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{lines[0]}_某区人民政府门户网站</title>
<meta name="SiteName" content="某区人民政府"><meta name="ArticleTitle" content="{lines[0]}"><meta name="PubDate" content="2025-01-02 10:20">
<meta name="ContentSource" content="区司法局"><link rel="canonical" href="https://www.example.gov.cn/xxgk/202501/t20250102_1.html">
<style>.x{{color:red}}</style></head><body>
<div class="header"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/xw">新闻中心</a></li><li><a href="/zwgk">政务公开</a></li></ul></div>
<div class="crumb">您当前的位置：<a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a></div>{header}
<div class="main"><h1>{lines[0]}</h1><div class="info">发布时间：2025-01-02 10:20　浏览次数：<span id="n">12</span>　【字体：<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>】</div>
<div id="zoom"><div class="TRS_Editor">{paragraphs(lines[1:])}</div></div>
<div class="bdsharebuttonbox"><a href="#">微信</a><a href="#">微博</a></div><p>【打印本页】 【关闭窗口】</p><div class="xgxw"><h3>相关信息</h3><ul>{related}</ul></div></div>
<div class="footer">主办：某区人民政府办公室　网站标识码：1234567890　某ICP备12345678号</div><script>var a="法治政府建设，一、二、三。";</script></body></html>"""


def visual_site_builder(lines: Sequence[str]) -> str:
    """An old page: tables for layout, a form around everything, paragraphs by line breaks, the title in the article alone."""
    rows = [
        ("索引号：", "A1-0102-2025-001"),
        ("公开日期：", "2025年01月02日"),
        ("发布机构：", "某区埔前镇人民政府"),
        ("文　　号：", ""),
    ]
    box = "".join(f"<tr><td class=t>{a}</td><td>{b}</td></tr>" for a, b in rows)
    body = "<br>\n".join("&nbsp;&nbsp;&nbsp;&nbsp;" + html.escape(line) for line in lines)
    return f"""<html><head><META http-equiv=Content-Type content="text/html; charset=gb2312"><title>政务公开-某区</title></head><body>
<form name=f action=x method=post><table width=1000><tr><td colspan=2><a href=1>网站首页</a>|<a href=2>机构设置</a>|<a href=3>政策文件</a></td></tr><tr>
<td width=200><table><tr><td><a href=4>公开指南</a></td></tr><tr><td><a href=5>公开目录</a></td></tr></table></td>
<td><table border=1>{box}</table><table><tr><td><div id=vsb_content_2 class=v_news_content>{body}</div></td></tr>
<tr><td>上一条：<a href=6>某区2023年决算</a></td></tr><tr><td>下一条：<a href=7>某区2024年预算</a></td></tr></table></td></tr>
<tr><td colspan=2>版权所有：某区人民政府　技术支持：某公司</td></tr></table></form></body></html>"""


def unnamed(lines: Sequence[str]) -> str:
    """A page without any name that tells where the article is, with a hidden disclaimer and headings as h2."""
    parts = "".join(
        f"<h2>{html.escape(x)}</h2>" if HEADING.match(x) and len(x) < 40 else f"<div>{html.escape(x)}</div>" for x in lines[1:]
    )
    return f"""<!doctype html><html lang="zh-CN"><head><meta charset="UTF-8"/><title>{lines[0]} - 某镇人民政府</title>
<meta property="og:url" content="https://zhen.example.gov.cn/a/1.html"></head><body class="page"><div id="app"><div class="a1"><a href="/">首页</a><a href="/b">公示公告</a></div>
<div class="b7"><div class="b8"><div>{lines[0]}</div></div><div class="b9"><span>来源：镇司法所</span><span>时间：2025-01-02</span><span>分享到：</span></div>
<div class="k3"><div>{parts}</div></div></div><div style="display:none">您访问的链接即将离开本网站，是否继续？</div>
<div class="z"><p>联系我们</p><p>网站地图</p><p>地址：某镇某路1号</p></div></div></body></html>"""


def mhtml(page: str, address: str = "https://www.example.gov.cn/a.html") -> bytes:
    """A web archive, as browsers save it."""
    import quopri

    body = quopri.encodestring(page.encode("utf-8")).decode("ascii")
    return (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {address}\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----b"\r\n\r\n------b\r\nContent-Type: text/html; charset="utf-8"\r\n'
        f"Content-Transfer-Encoding: quoted-printable\r\nContent-Location: {address}\r\n\r\n{body}\r\n------b--\r\n"
    ).encode()


# --- Word -----------------------------------------------------------------------------------------------------------


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def docx(body: str, **parts: str) -> bytes:
    """A Word document of the XML of its body; ``parts`` are further parts of ``word/`` (numbering, styles, footnotes)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
        package.writestr(
            "word/document.xml", f'<?xml version="1.0" encoding="UTF-8"?><w:document {W}><w:body>{body}</w:body></w:document>'
        )
        for name, xml in parts.items():
            package.writestr(f"word/{name}.xml", f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {W}>{xml}</w:{name}>')
    return out.getvalue()


_LEVELS = "".join(
    f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
    for i, (style, text) in enumerate(
        (("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."))
    )
)
NUMBERING = f'<w:abstractNum w:abstractNumId="0">{_LEVELS}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'


def numbered(lines: Sequence[str]) -> bytes:
    """A Word document whose headings are numbered by Word: their numbers are not in the text."""
    body = []
    for line in lines:
        level = (
            0
            if re.match(r"[一二三四五六七八九十]+、", line)
            else 1
            if re.match(r"[(（][一二三四五六七八九十]+[)）]", line)
            else None
        )
        number = "" if level is None else f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        text = line if level is None else re.sub(r"^(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）])", "", line)
        half = len(text) // 2
        body.append(
            f'<w:p>{number}<w:bookmarkStart w:id="0" w:name="_GoBack"/>{run(text[:half])}<w:proofErr w:type="a"/>{run(text[half:])}</w:p>'
        )
    return docx("".join(body), numbering=NUMBERING)


# --- PDF ------------------------------------------------------------------------------------------------------------

FONT = "STSong-Light"


@cache
def _measured() -> bool:
    """Whether this machine has a Chinese font: the PDFs made here hold none, and without one no library knows how wide their
    characters are."""
    import pypdfium2

    page = pypdfium2.PdfDocument(_pdf(["某镇", "依法行政"]))[0].get_textpage()
    return any("某区人民政府公报" in page.get_text_bounded(*page.get_rect(i)) for i in range(page.count_rects()))


def pdf(lines: Sequence[str], *, columns: int = 1, password: str = "", size: int = 12, indent: bool = True) -> bytes:
    """A PDF with a title, indented paragraphs, running heads and page numbers."""
    if not password and not _measured():
        pytest.skip("no Chinese font on this machine (Debian: fonts-noto-cjk)")
    return _pdf(lines, columns=columns, password=password, size=size, indent=indent)


def _pdf(lines: Sequence[str], *, columns: int = 1, password: str = "", size: int = 12, indent: bool = True) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import BaseDocTemplate, Frame, NextPageTemplate, PageTemplate, Paragraph, Spacer

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    size, lead = (size, round(size * 1.7)) if columns == 1 else (10, 15)
    body = ParagraphStyle(
        "body",
        fontName=FONT,
        fontSize=size,
        leading=lead,
        firstLineIndent=2 * size * indent,
        spaceAfter=size * (not indent),
        wordWrap="CJK",
    )
    title = ParagraphStyle("title", fontName=FONT, fontSize=20, leading=28, alignment=1, wordWrap="CJK")

    def frame(canvas, document) -> None:  # type: ignore[no-untyped-def]
        canvas.setFont(FONT, 9)
        canvas.drawString(72, 800, "某区人民政府公报　2025年第1期")
        canvas.drawCentredString(297, 36, f"— {canvas.getPageNumber()} —")

    out = io.BytesIO()
    encryption = StandardEncryption(password, canPrint=0) if password else None
    document = BaseDocTemplate(out, pagesize=A4, encrypt=encryption, invariant=1)
    width = (451 - 24 * (columns - 1)) / columns
    head = [Frame(72, 690, 451, 90, id="title")] if columns > 1 else []

    def frames(top: int) -> list[Frame]:
        return [
            Frame(72 + i * (width + 24), 72, width, top - 72, id=f"c{i}", leftPadding=0, rightPadding=0) for i in range(columns)
        ]

    document.addPageTemplates(
        [
            PageTemplate("first", [*head, *frames(690 if columns > 1 else 770)], onPage=frame),
            PageTemplate("later", frames(770), onPage=frame),
        ]
    )
    from reportlab.platypus import FrameBreak

    story = [
        NextPageTemplate("later"),
        Paragraph(escape(lines[0]), title),
        Spacer(1, 12),
        *([FrameBreak()] if columns > 1 else []),
    ]
    document.build([*story, *(Paragraph(escape(line), body) for line in lines[1:])])
    return out.getvalue()


def scan(lines: Sequence[str], *, noise: bool = True) -> bytes:
    """A PDF of pictures of pages, a little askew and specked, as scanners make them."""
    import random

    import pylopdf_fonts_zh_cn
    from PIL import Image, ImageDraw, ImageFont
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    font = ImageFont.truetype(str(Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSerifSC-Regular.otf"), 44)
    width, height, margin, lead, em = 1654, 2339, 180, 74, 44
    pages: list[Image.Image] = []
    y = height
    for i, line in enumerate(lines):
        rows, text = [], line
        room = (width - 2 * margin) // em
        first = room if i == 0 else room - 2
        while text:
            used = cells = 0
            limit = first if not rows else room
            for character in text:
                cells += 1 if ord(character) > 0x2000 else 0.55
                if cells > limit:
                    break
                used += 1
            rows.append(text[:used])
            text = text[used:]
        for k, row in enumerate(rows):
            if y > height - margin - lead:
                pages.append(Image.new("L", (width, height), 250))
                y = margin
            x = (width - font.getlength(row)) / 2 if i == 0 else margin + (2 * em if k == 0 else 0)
            ImageDraw.Draw(pages[-1]).text((x, y), row, font=font, fill=30)
            y += lead
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    dice = random.Random(7)
    for page in pages:
        if noise:
            page = page.rotate(0.4, fillcolor=250, resample=Image.Resampling.BILINEAR)
            draw = ImageDraw.Draw(page)
            for _ in range(600):
                x, y = dice.randrange(width), dice.randrange(height)
                draw.rectangle((x, y, x + 1, y + 1), fill=dice.randrange(90, 200))
        canvas.drawImage(ImageReader(page), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
