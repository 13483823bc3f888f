"""A small sample of a story's runs of six words, by which other copies of it are found among any number of works.

This is a scaled MinHash: a run is in the sample when a digest says so, whatever text it stands in. Two texts with a
passage in common therefore sample the same runs of it, also when one is a chapter and the other the whole story; a
MinHash of a fixed number of values would tell only how alike the two are as wholes. Which runs begin a sample is asked
of their first word alone, once for each different word of a text, so that 20,000 words take two milliseconds.

    a work ─▶ sketch   keys of 6 bytes, sorted: 1 for how rare such runs are, 5 of digest; one for about 100 words
           ─▶ lookup   the few of them that stand in the library's index; one for about 270 words, 8 at least
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import chain, compress
from typing import NamedTuple
from zlib import crc32

from ficshelf.likeness import tokens
from ficshelf.model import Chapter

RUN = 6  # words
KEY = 6  # bytes
MOST_LOOKED_UP = 400  # keys of one work
LEAST_LOOKED_UP = 8

# Shares of runs. What was much worked over keeps a third of them, on both sides; a piece of a longer story keeps nearly
# all of its own. A novel has by chance some runs of any short story, so for a piece the share must be larger.
WORKED_OVER, PIECE = 0.2, 0.6

_ANCHOR = 5  # bytes: runs begin with words no shorter, since short ones are the same few in every story
# One in so many words is the first of a run; the first line holds for all texts, the next only for shorter ones.
_LEVELS = ((24, 1 << 62), (8, 3_000), (2, 600))  # one in, up to so many words
_KEY = re.compile(b"." * KEY, re.DOTALL)
_LOOKED_UP = 96  # of the 256 values that the first byte of a digest may have


class Share(NamedTuple):
    """How much of each of two stories is in the other, as two sketches tell: 0 to 1, and by how many runs."""

    ours: float
    theirs: float
    runs: int

    @property
    def both(self) -> float:
        """The runs that are in both, as a share of those in either."""
        return 1 / (1 / self.ours + 1 / self.theirs - 1) if self.runs else 0.0


def of_chapters(chapters: Sequence[Chapter]) -> bytes:
    """The sketch of a story; empty where it has fewer than six words."""
    return of_words(list(chain.from_iterable(tokens.of_chapters(chapter.blocks for chapter in chapters))))


def of_words(words: list[bytes]) -> bytes:
    """The sketch of a text, given its words."""
    one_in = [rate for rate, longest in _LEVELS if len(words) <= longest]
    level_of: dict[bytes, bytes] = {}
    for word in set(words):
        if len(word) >= _ANCHOR:
            digest = crc32(word)
            for level, rate in enumerate(one_in):
                if digest % rate == 0:
                    level_of[word] = bytes((level,))
                    break
    last = len(words) - RUN
    keys = {
        level_of[words[at]] + blake2b(b" ".join(words[at : at + RUN]), digest_size=KEY - 1).digest()
        for at in compress(range(len(words)), map(level_of.__contains__, words))  # twice as fast as asking each in turn
        if at <= last
    }
    return b"".join(sorted(keys))


def looked_up(sketch: bytes) -> list[int]:
    """The keys of a sketch under which its story stands in the index."""
    keys = _keys(sketch)
    low = [key for key in keys if key[0] == 0 and key[1] < _LOOKED_UP][:MOST_LOOKED_UP]
    if len(low) < LEAST_LOOKED_UP:
        low = keys[:LEAST_LOOKED_UP]
    return [int.from_bytes(key, "big") for key in low]


def share(ours: bytes, theirs: bytes) -> Share:
    """How much two stories have in common, estimated from their sketches at the coarser of their two levels."""
    if not ours or not theirs:
        return Share(0.0, 0.0, 0)
    level = min(ours[-KEY], theirs[-KEY])
    first, second = _up_to(level, ours), _keys(theirs)
    if theirs[-KEY] > level:
        del second[bisect_left(second, bytes((level + 1,))) :]
    common = len(first.intersection(second))
    return Share(common / len(first), common / len(second), common) if common else Share(0.0, 0.0, 0)


@lru_cache(maxsize=8)
def _up_to(level: int, sketch: bytes) -> frozenset[bytes]:
    """The keys of the levels up to that one. Kept, since a story is compared with several."""
    return frozenset(key for key in _keys(sketch) if key[0] <= level)


def is_near(share: Share, looked_up: int = 2) -> bool:
    """Whether two stories are worth laying beside each other, which costs a hundred times as much as this: they share
    enough of the runs in their sketches to be versions of one story, or one a piece of the other. `looked_up`: the keys
    in common under which they are looked up; one such key may be chance, and asks for more of the runs."""
    if share.runs < (2 if looked_up >= 2 else 3):
        return False
    return min(share.ours, share.theirs) >= WORKED_OVER or max(share.ours, share.theirs) >= PIECE


def _keys(sketch: bytes) -> list[bytes]:
    return _KEY.findall(sketch)
