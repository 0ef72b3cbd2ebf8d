"""Finding copied paragraphs among many texts: fingerprints, the common stock taken out, exact alignment.

Each paragraph is turned into the hashes of its pieces of ``PIECE`` characters, half of which are kept (those whose hash is
even: the same ones wherever they stand, Manber 1994). Pieces that many reports share are the common stock: slogans, set
phrases, words of superior papers. Of the others each paragraph offers its rarest ``OFFERED``; paragraphs that share
several are aligned exactly. Hashes of all paragraphs lie in one array of 64-bit numbers, which is sorted once, so that
time and memory grow with the length of the corpus.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from kgraph.audit.align import Region, aligned

PIECE = 6
OFFERED = 24
CANDIDATES = 40
"""Pieces in more paragraphs than this lead to no candidates, though they may be no stock."""
SHARED = 5
"""Paragraphs are aligned if they share this many kept pieces that are no common stock."""
_SHIFT = np.uint64(24)
_PARAGRAPH = np.uint64((1 << 24) - 1)
_EVEN = np.uint64(1 << 24)
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_BASE = 0x100000001B3
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_TITLE = re.compile(r"《[^》]{1,80}》")
Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Copy:
    """A region of a paragraph that agrees with one of another: ``one`` and ``other`` number the paragraphs."""

    one: int
    other: int
    region: Region


def pieces(text: str) -> Hashes:
    """The kept hashes of a text's pieces, in the upper 40 bits; numbers and titles in 《》 count as
    one sign whatever they are.

    >>> len(set(pieces("办理案件49宗,罚款3万元"[:9])) ^ set(pieces("办理案件87宗,罚款3万元"[:9])))
    0
    """
    plain = _TITLE.sub("《》", _NUMBER.sub("0", text))
    codes = np.frombuffer(plain.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    if len(codes) < PIECE:
        return np.empty(0, dtype=np.uint64)
    size = len(codes) - PIECE + 1
    with np.errstate(over="ignore"):
        mixed = np.zeros(size, dtype=np.uint64)
        for j in range(PIECE):
            mixed = mixed * np.uint64(_BASE) + codes[j : j + size]
        mixed ^= mixed >> np.uint64(29)
        mixed *= _FACTOR
        mixed ^= mixed >> np.uint64(32)
        mixed *= np.uint64(0xD6E8FEB86659FD93)
    mixed &= ~_PARAGRAPH
    return np.unique(mixed[(mixed & _EVEN) == 0])


class Corpus:
    """Paragraphs of many reports, in which copies are found.

    ``stock`` are texts whose pieces count as common stock from the start. A piece that more than ``common`` reports
    share is stock too; by default 2 % of the reports, at least 4.

    >>> corpus = Corpus()
    >>> text = "镇党委把法治建设纳入年度工作要点,在水库边的老粮仓里办起夜校,请退休法官老赵每周三晚上"
    >>> text += "给村民讲一个身边的官司,一年下来讲了四十六个"
    >>> corpus.add(0, text), corpus.add(1, text.replace("老赵", "老钱")), corpus.add(2, "另一个镇没有这样做," * 10)
    (0, 1, 2)
    >>> [(c.one, c.other, round(c.region.agreement, 2)) for c in corpus.copies(60, 0.8, 30)]
    [(0, 1, 0.98)]
    """

    def __init__(self, stock: Sequence[str] = (), common: int | None = None) -> None:
        self.texts: list[str] = []
        self._owners: list[int] = []
        self._hashes: list[Hashes] = []
        self._common = common
        known = [pieces(text) for text in stock]
        self._stock: Hashes = np.unique(np.concatenate(known)) if known else np.empty(0, dtype=np.uint64)

    def add(self, report: int, text: str) -> int:
        """Add a paragraph of a report (its number); the number of the paragraph."""
        number = len(self.texts)
        if number >= 1 << 24:
            raise OverflowError("more than 16 million paragraphs: audit the corpus in parts")
        self.texts.append(text)
        self._owners.append(report)
        found = pieces(text)
        found |= np.uint64(number)
        self._hashes.append(found)
        return number

    def copies(self, shortest: int, agreement: float, own: int) -> Iterator[Copy]:
        """The copied regions between reports, of at least ``shortest`` characters, of which at least ``own`` in agreement
        are not common stock. Ends the collection of paragraphs."""
        for one, other in self._candidates():
            a, b = self.texts[one], self.texts[other]
            if len(np.intersect1d(self._rarer(a), self._rarer(b), assume_unique=True)) < SHARED:
                continue
            region = aligned(a, b)
            if region is None or region.length < shortest or region.agreement < agreement:
                continue
            if self._own(a[region.start : region.end], region.same) >= own:
                yield Copy(one, other, region)

    def _candidates(self) -> Iterator[tuple[int, int]]:
        """The pairs of paragraphs of two reports that share several rare pieces, in their order."""
        if not self._hashes:
            return
        entries = np.concatenate(self._hashes)
        self._hashes = []
        if not len(entries):
            return
        entries.sort()
        owners = np.array(self._owners, dtype=np.int64)
        entries, rarity = self._rare(entries, owners)
        if not len(entries):
            return
        entries = _offered(entries, rarity)
        pairs = _pairs(entries, owners)
        if not len(pairs):
            return
        found, counts = np.unique(pairs, return_counts=True)
        for pair in found[counts >= 3].tolist():
            yield pair >> 24, pair & ((1 << 24) - 1)

    def _rare(self, entries: Hashes, owners: npt.NDArray[np.int64]) -> tuple[Hashes, npt.NDArray[np.int64]]:
        """The entries whose piece stands in several reports but is no stock, and in how many paragraphs each stands."""
        reports = len(np.unique(owners))
        common = self._common if self._common is not None else max(4, reports // 50)
        keys = entries >> _SHIFT
        starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
        sizes = np.diff(np.append(starts, len(keys)))
        often = sizes > common
        self._stock = np.unique(np.concatenate([self._stock, keys[starts[often]] << _SHIFT]))
        listed = np.isin(keys[starts], self._stock >> _SHIFT)
        good = (sizes >= 2) & (sizes <= CANDIDATES) & ~often & ~listed
        chosen = np.repeat(good, sizes)
        return entries[chosen], np.repeat(sizes[good], sizes[good])

    def _own(self, text: str, same: int) -> float:
        """The characters in agreement that are not common stock, estimated from the pieces kept."""
        found = pieces(text)
        return same * len(self._rarer(text)) / len(found) if len(found) else 0.0

    def _rarer(self, text: str) -> Hashes:
        """The kept pieces of a text that are no common stock."""
        found = pieces(text)
        if not len(self._stock):
            return found
        at = np.searchsorted(self._stock, found)
        at[at == len(self._stock)] = 0
        rarer: Hashes = found[self._stock[at] != found]
        return rarer


def _offered(entries: Hashes, rarity: npt.NDArray[np.int64]) -> Hashes:
    """Of each paragraph the entries of its rarest pieces, sorted by piece."""
    paragraphs = (entries & _PARAGRAPH).astype(np.int64)
    order = np.lexsort((entries, rarity, paragraphs))
    sorted_ = paragraphs[order]
    starts = np.flatnonzero(np.concatenate(([True], sorted_[1:] != sorted_[:-1])))
    sizes = np.diff(np.append(starts, len(sorted_)))
    rank = np.arange(len(sorted_)) - np.repeat(starts, sizes)
    kept = entries[order[rank < OFFERED]]
    kept.sort()
    return kept


def _pairs(entries: Hashes, owners: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """All pairs of paragraphs of different reports under one piece, as one number each."""
    keys = entries >> _SHIFT
    paragraphs = (entries & _PARAGRAPH).astype(np.int64)
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    sizes = np.diff(np.append(starts, len(keys)))
    found = [np.empty(0, dtype=np.int64)]
    for size in np.unique(sizes[sizes > 1]).tolist():
        rows = starts[sizes == size][:, None] + np.arange(size)
        group = paragraphs[rows]
        for i, j in combinations(range(size), 2):
            one, other = group[:, i], group[:, j]
            apart = owners[one] != owners[other]
            found.append((one[apart] << 24) | other[apart])
    return np.concatenate(found)
