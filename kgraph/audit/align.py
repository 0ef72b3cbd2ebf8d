"""Exact alignment of two texts: the longest region in which they agree, and where they differ in it."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

GAP = 16
"""Blocks of agreement belong to one region if no more characters than this lie between them in either text."""
LEAST = 2
"""Blocks of fewer characters are chance."""


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of two texts that agree: its span in each, and the characters in agreement."""

    start: int
    end: int
    other_start: int
    other_end: int
    same: int

    @property
    def length(self) -> int:
        """The longer of its lengths in the two texts."""
        return max(self.end - self.start, self.other_end - self.other_start)

    @property
    def agreement(self) -> float:
        """The share of characters that agree, over both texts."""
        return 2 * self.same / max(1, self.end - self.start + self.other_end - self.other_start)


def aligned(one: str, other: str) -> Region | None:
    """The region with the most characters in agreement; None if nothing agrees.

    >>> region = aligned("甲镇召开专题会议研究法治建设工作", "另外,乙镇召开专题会议研究法治建设工作")
    >>> (region.start, region.end, region.other_start, region.same)
    (1, 16, 4, 15)
    """
    blocks = [b for b in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks() if b.size >= LEAST]
    best: Region | None = None
    run: Region | None = None
    for b in blocks:
        if run is not None and b.a - run.end <= GAP and b.b - run.other_end <= GAP:
            run = Region(run.start, b.a + b.size, run.other_start, b.b + b.size, run.same + b.size)
        else:
            run = Region(b.a, b.a + b.size, b.b, b.b + b.size, b.size)
        if best is None or run.same > best.same:
            best = run
    return best


def marked(one: str, other: str) -> tuple[str, str]:
    """Two texts with the words in which they differ in 【】.

    >>> marked("甲镇办理案件", "乙镇办理案件")
    ('【甲】镇办理案件', '【乙】镇办理案件')
    """
    left, right = [], []
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            left.append(one[a0:a1])
            right.append(other[b0:b1])
        else:
            left.append(f"【{one[a0:a1]}】" if a1 > a0 else "")
            right.append(f"【{other[b0:b1]}】" if b1 > b0 else "")
    return "".join(left), "".join(right)
