"""Numbers as lists show them: the numbering formats of Word (``w:numFmt``) and of web pages."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"


def numeral(n: int, style: str) -> str:
    """A number in a numbering format; decimal where the format is not known, empty for a bullet or none.

    >>> [numeral(12, s) for s in ("chineseCounting", "decimalEnclosedCircle", "lowerRoman", "upperLetter", "bullet")]
    ['十二', '⑫', 'xii', 'L', '']
    """
    if style in ("bullet", "none") or n < 0:
        return ""
    if style in (
        "chineseCounting",
        "chineseCountingThousand",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "japaneseCounting",
    ):
        return _chinese(n, _DIGITS, "十百千")
    if style in ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"):
        return _chinese(n, _FORMAL, "拾佰仟").replace("十", "拾")
    if style in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join("〇一二三四五六七八九"[int(d)] for d in str(n))
    if style in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= n <= 20:
        return chr(0x2460 + n - 1)
    if style == "decimalEnclosedParen" and 1 <= n <= 20:
        return f"({n})"
    if style == "decimalEnclosedFullstop" and 1 <= n <= 20:
        return f"{n}."
    if style == "decimalFullWidth":
        return "".join(chr(ord(d) + 0xFEE0) for d in str(n))
    if style == "decimalZero":
        return f"{n:02d}"
    if style == "ideographTraditional" and 1 <= n <= 10:
        return _STEMS[n - 1]
    if style == "ideographZodiac" and 1 <= n <= 12:
        return _BRANCHES[n - 1]
    if style in ("upperLetter", "lowerLetter") and n >= 1:
        letters = chr(ord("A") + (n - 1) % 26) * min((n - 1) // 26 + 1, 10)
        return letters if style == "upperLetter" else letters.lower()
    if style in ("upperRoman", "lowerRoman") and 1 <= n < 4000:
        return _roman(n) if style == "upperRoman" else _roman(n).lower()
    return str(n)


def _chinese(n: int, digits: str, places: str) -> str:
    """A number below ten thousand in Chinese; larger ones digit by digit."""
    if n >= 10_000:
        return "".join(digits[int(d)] for d in str(n))
    out, gap = "", False
    for power in (3, 2, 1, 0):
        digit = n // 10**power % 10
        if digit:
            out += (digits[0] if gap and out else "") + digits[digit] + (places[power - 1] if power else "")
        gap = not digit
    if 10 <= n < 20 and digits is _DIGITS:
        out = out.removeprefix(digits[1])
    return out or digits[0]


def _roman(n: int) -> str:
    out = ""
    for value, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        out += letters * (n // value)
        n %= value
    return out
