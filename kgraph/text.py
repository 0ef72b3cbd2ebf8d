"""Normalising text for matching, one character to one character, so that offsets stay.

Rules, patterns and dictionaries are written in the normalised form: half-width ASCII for full-width forms
(``，`` is ``,``, ``（`` is ``(``, ``：`` is ``:``, ``；`` is ``;``, ``％`` is ``%``), one straight ``"`` for all double quotes,
``<`` ``>`` for all single angle brackets, a plain space for every blank that is not a line end.
``。`` ``、`` ``《`` ``》`` ``〔`` ``〕`` ``【`` ``】`` stay as they are.
"""

from __future__ import annotations

import unicodedata

_BLANKS = "\t\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u180e\u2028\u2029\u202f\u205f\u3000\ufeff\u00ad"
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069"


def _table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}  # full-width ASCII
    table.update({ord(c): '"' for c in "“”„‟＂「」『』〝〞"})
    table.update({ord(c): "'" for c in "‘’＇"})
    table.update({ord("〈"): "<", ord("〉"): ">", ord("‹"): "<", ord("›"): ">", ord("﹤"): "<", ord("﹥"): ">"})
    table.update(
        {ord("﹪"): "%", ord("﹐"): ",", ord("﹔"): ";", ord("﹕"): ":", ord("｡"): "。", ord("､"): "、", ord("﹑"): "、"}
    )
    table.update(
        {
            ord("–"): "-",
            ord("—"): "-",
            ord("―"): "-",
            ord("−"): "-",
            ord("‐"): "-",
            ord("‑"): "-",
            ord("～"): "~",
            ord("〜"): "~",
            ord("∼"): "~",
        }
    )
    table.update({ord("﹙"): "(", ord("﹚"): ")", ord("●"): "·", ord("•"): "·", ord("・"): "·", ord("‧"): "·"})
    table.update({ord(c): " " for c in _BLANKS})
    table.update({ord(c): " " for c in _INVISIBLE})
    table.update(dict.fromkeys(range(8192, 8203), " "))
    table.update(dict.fromkeys([*range(0, 10), *range(14, 28), 13, 127], " "))
    for code in range(0x2E80, 0x2FE0):  # radicals that some PDF fonts put for the characters
        normal = unicodedata.normalize("NFKC", chr(code))
        if len(normal) == 1:
            table[code] = normal
    return table


_TABLE = _table()


def normalise(text: str) -> str:
    """The text in the form that rules are written in; same length, so each offset means the same character.

    >>> normalise("发放资料２万余份，“法律明白人”")
    '发放资料2万余份,"法律明白人"'
    """
    return text.translate(_TABLE)
