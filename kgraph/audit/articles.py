"""Article numbers beyond the end of a law."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kgraph.audit.context import Context, Parameters
from kgraph.audit.model import Check, Hit, Report, example
from kgraph.extract.numbers import parse_chinese
from kgraph.text import normalise

_ARTICLE = re.compile(r"[》\"]?(?:\([^()]{0,12}\))?第([\d一二两三四五六七八九十百千零〇]{1,9})条(?!措施|意见|建议|例)")


def find(report: Report, context: Context, p: Parameters) -> Iterator[Hit]:
    """Citations of articles that a law does not have."""
    lengths = p.table("lengths")
    plain = normalise(report.text)
    for cited in report.citations:
        m = _ARTICLE.match(plain, cited.end)
        if m is None:
            continue
        number = int(m.group(1)) if m.group(1).isdigit() else parse_chinese(m.group(1).replace("〇", "零"))
        law = context.catalogue.lookup(cited.name, report.year)
        name = (law.name if law else cited.name).removeprefix("中华人民共和国")
        length = lengths.get(name)
        if number is not None and length is not None and number > int(length):
            message = f"《{name}》共{length}条,没有第{number}条"
            yield Hit(((report, cited.start, m.end()),), message, f"{number} > {length}")


CHECK = Check(
    "law-article",
    "超出条数的条文",
    "Articles beyond the law's length",
    "引用的条文序号大于该法律历次文本中最多的条数。只查条数已知的法律。",
    one=find,
    finds=(example("依据《中华人民共和国行政处罚法》第九十八条作出处理。"),),
    ignores=(
        example("依据《中华人民共和国行政处罚法》第三十三条作出处理。"),
        example("出台《行政处罚法》第200条措施。", why="no article"),
    ),
)
