"""Web archives (.mht, .mhtml): the page inside, with the address that it was saved from."""

from __future__ import annotations

import email
import email.policy
from email.message import Message

from kgraph.errors import UnreadableReport
from kgraph.read.content import Content
from kgraph.read.html import read_page
from kgraph.read.html_encoding import page_text

MAX_PARTS = 2_000


def read_mhtml(data: bytes) -> Content:
    """The article of the first page of a web archive; raises ``UnreadableReport`` where it holds none."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        page = _page(message)
    except RecursionError:
        raise UnreadableReport("a web archive with too many parts inside each other") from None
    if page is None:
        raise UnreadableReport("a web archive without a page in it")
    body = page.get_payload(decode=True)
    if not isinstance(body, bytes):
        raise UnreadableReport("a web archive without a page in it")
    charset = page.get_content_charset()
    address = str(page.get("Content-Location", "") or message.get("Snapshot-Content-Location", "") or "").strip()
    return read_page(page_text(body, charset), address if address.startswith(("http://", "https://")) else "")


def _page(message: Message) -> Message | None:
    for count, part in enumerate(message.walk()):
        if count > MAX_PARTS:
            raise UnreadableReport(f"a web archive with more than {MAX_PARTS:,} parts")
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            return part
    return None
