"""Title marks, brackets and quotation marks that are opened and not closed, or closed and not opened."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kgraph.audit.context import Context, Parameters
from kgraph.audit.model import Check, Hit, Report, example
from kgraph.model import Sentence, SentenceKind
from kgraph.text import normalise

_PAIRS = {"《": "》", "(": ")", "“": "”"}
_NUMBER = re.compile(r"(?:^|(?<=[;。,:])) *(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z])\)")
_NAMES = {"《": "书名号", "(": "括号", "“": "引号"}
_NORMAL = {"（": "(", "）": ")", "；": ";", "，": ",", "：": ":"}


def _paragraphs(report: Report) -> Iterator[tuple[int, int]]:
    """The spans of the paragraphs of the text, by the numbers that the segmenter gave."""
    last: list[Sentence] = []
    for _, sentence in report.told():
        if last and (sentence.start - last[-1].end > 3 or "\n" in report.text[last[-1].end : sentence.start]):
            yield last[0].start, last[-1].end
            last = []
        last.append(sentence)
    if last:
        yield last[0].start, last[-1].end


def find(report: Report, context: Context, p: Parameters) -> Iterator[Hit]:
    """Paragraphs in which marks do not pair."""
    ends = {b: a for a, b in _PAIRS.items()}
    limit = int(p.number("longest"))
    for start, end in _paragraphs(report):
        while start > 0 and report.text[start - 1] in '“《(（"':
            start -= 1  # sentences begin behind their opening marks
        while end < len(report.text) and report.text[end] in '”》)）"':
            end += 1
        raw = report.text[start:end]
        text = "".join(_NORMAL.get(c, c) for c in raw)
        text = _NUMBER.sub(lambda m: " " * len(m.group()), text)
        open_: list[tuple[str, int]] = []
        wrong: list[tuple[int, str]] = []
        for i, c in enumerate(text):
            if c in _PAIRS:
                if c != "(" and any(mark == c for mark, _ in open_) and c == "“":
                    at = next(at for mark, at in open_ if mark == c)
                    wrong.append((at, "“"))
                    open_ = [(mark, a) for mark, a in open_ if a != at]
                open_.append((c, i))
            elif c in ends:
                partner = next((n for n in range(len(open_) - 1, -1, -1) if open_[n][0] == ends[c]), None)
                if partner is None:
                    wrong.append((i, ends[c]))
                else:
                    del open_[partner]
        wrong += [(at, mark) for mark, at in open_]
        if len(wrong) > 2 or not wrong:
            continue  # several at once come from the conversion of the file
        at, mark = min(wrong)
        if mark == "“" and '"' in normalise(raw).replace("“", "").replace("”", "") and '"' in raw:
            continue  # curled and straight marks are mixed
        sentence = next((s for s in report.sentences if s.start <= start + at < s.end), None)
        if sentence is not None and sentence.kind is SentenceKind.FRONT:
            continue
        a, b = max(start, start + at - limit // 2), min(end, start + at + limit // 2)
        which = "没有后一半" if text[at] in _PAIRS else "没有前一半"
        yield Hit(((report, a, b),), f"{_NAMES[mark]}{which}", f"段内“{raw[at]}”不成对", 1.0 if mark == "《" else 0.9)


CHECK = Check(
    "law-brackets",
    "不成对的书名号、引号、括号",
    "Unpaired title marks, quotation marks and brackets",
    "一个段落里书名号、引号或括号只有一半。",
    one=find,
    finds=(
        example("组织学习《中华人民共和国民法典等法律法规,提高能力。"),
        example("以视频监控为重点的“群众防控工程,实现全覆盖,筑牢“篱笆”。"),
    ),
    ignores=(
        example("组织学习《中华人民共和国民法典》(以下称民法典)等法律法规。"),
        example("1)组织学习民法典;2)开展宣传。", why="numbers of a list"),
    ),
)
