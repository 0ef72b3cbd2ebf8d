"""PDF with text: lines in reading order, without running heads; pages without text go to the recognition of characters."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from kgraph.errors import UnreadableReport
from kgraph.read.content import Content, Lines
from kgraph.read.page_layout import PageOf, Piece, paragraphs
from kgraph.read.report_kind import other_kind

MAX_PAGES = 120
FIRST_PAGES = 6
"""By so many pages a long document shows whether it is a report."""
FEW = 30
"""A page with fewer Chinese characters than this holds a picture of its text."""
_RADICALS = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def read_pdf(data: bytes) -> Content:
    """The text of a PDF, a paragraph a line, with the page of each; a scan where the extra [ocr] is installed.

    Raises ``UnreadableReport`` where it is broken, protected by a password, too long, or a scan that cannot be read here.
    """
    try:
        import pypdfium2
    except ImportError:
        raise UnreadableReport("PDF is read by the extra [docs]; install it: pip install 'kgraph[docs]'") from None
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableReport("protected by a password" if "assword" in str(error) else "broken PDF") from None
    try:
        return _read(document)
    except pypdfium2.PdfiumError:
        raise UnreadableReport("broken PDF") from None
    finally:
        document.close()


def _read(document: Any) -> Content:
    count = len(document)
    if not count:
        raise UnreadableReport("a PDF without pages")
    pages: list[PageOf] = []
    for number in range(1, min(count, MAX_PAGES) + 1):
        if number == FIRST_PAGES + 1 and count > MAX_PAGES:
            break
        page = document[number - 1]
        pages.append(PageOf(number, page.get_width(), page.get_height(), _pieces(page)))
        page.close()
    han = [sum(len(_HAN.findall(piece.text)) for piece in page.pieces) for page in pages]
    confidence = None
    if sum(han) < FEW * len(pages) and max(han) < 10 * FEW:
        from kgraph.read.scan import recognise

        if count > MAX_PAGES:
            raise UnreadableReport(f"a scan of {count} pages; not a report")
        pages, confidence = recognise(document)
    found = paragraphs(pages)
    if count > MAX_PAGES:
        reason = other_kind("".join(text + "\n" for text, _ in found), "")
        raise UnreadableReport(f"{count} pages, where a report has at most {MAX_PAGES}" + (f"; {reason}" if reason else ""))
    lines = Lines()
    for text, number in found:
        lines.add(text, f"page={number}")
    return lines.content(confidence=confidence)


def _pieces(page: Any) -> tuple[Piece, ...]:
    """The runs of text of a page with their boxes; a character drawn twice in one place (bold by overprinting) counts once."""
    text_page = page.get_textpage()
    try:
        out: list[Piece] = []
        seen: set[tuple[str, int, int]] = set()
        for index in range(min(text_page.count_rects(), 20_000)):
            left, bottom, right, top = text_page.get_rect(index)
            text = text_page.get_text_bounded(left, bottom, right, top).replace("\r\n", "\n").strip("\n\r")
            text = _RADICALS.sub(_plain, text.replace("\ufffe", "").replace("\n", ""))
            key = (text, round(left / 2), round(bottom / 2))
            if text.strip() and key not in seen:
                seen.add(key)
                out.append(Piece(text, left, bottom, right, top))
        return tuple(out)
    finally:
        text_page.close()


def _plain(match: re.Match[str]) -> str:
    """A radical or compatibility form that a font put for the character, as the character."""
    normal = unicodedata.normalize("NFKC", match.group())
    return normal if len(normal) == 1 else match.group()
