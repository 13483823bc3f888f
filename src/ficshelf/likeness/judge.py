"""Two stories laid beside each other, word by word: what share of each is in the other, in which order, and therefore
what they are to each other.

A word of one story is in the other when it lies in a passage that both have: runs of four words that follow each other
in both at the same distance, but for a few words put in, left out or changed. Phrases that any two stories share stand
elsewhere in each, and make no passage. The figures below were set on `bench/twins.py`, whose decoys share songs,
prefaces, canon dialogue, names and whole chapters.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from ficshelf.likeness.runs import RUN, runs

GAP = 30  # words of one story between two runs of a passage, at most
SLACK = 12  # words by which the gap in the other story may differ from it
PASSAGE = 14  # words that a passage has in common at least
OPEN = 6  # passages followed at a time: phrases that stand elsewhere too begin passages that come to nothing

SAME = 0.9  # share of both from which on the texts are one
REVISED = 0.45  # of both: one text, worked over
WITHIN = 0.7  # of the shorter: it is in the longer
MUCH_SHORTER = 0.8  # as long as the longer, at most: a part, and no other version
LEAST_WORDS = 12  # fewer prove nothing
LEAST_PART = 250  # words: what is shorter may be a quotation …
LEAST_PART_SHARE = 0.1  # … unless it makes so much of the longer

VERDICTS = ("same", "revised", "part of", "contains", "not")
COPIES = ("same", "revised")  # of one story; a part is none


class Judgement(NamedTuple):
    """What two stories, ours and theirs, are to each other.

    - `same`: the text is the same, but for what a copy loses on its way.
    - `revised`: one text, worked over by somebody.
    - `part of`: our text lies in theirs, and theirs goes on; `contains`: the other way round.
    - `not`: two stories, whatever words they share.
    """

    verdict: str
    ours: float  # share of our words that are in their text, 0 to 1
    theirs: float
    order: float  # share of what is in common that comes in the same order, 0 to 1
    our_words: int
    their_words: int


def judge(
    ours: Sequence[list[bytes]], theirs: Sequence[list[bytes]], one_author: bool = False, of_words: int = 0
) -> Judgement:
    """What two stories are to each other; each is given as the words of its chapters (`tokens.of_chapters`).
    `one_author`: both are stated to be by the same; then also a short piece may be a part of a long story. `of_words`:
    theirs has so many words, of which only those are given that ours may have too.

    Takes n log n time, and 100 bytes a word."""
    our_words, their_words = list(chain.from_iterable(ours)), list(chain.from_iterable(theirs))
    our_runs, their_runs = runs(our_words), runs(their_words)
    our_share, places = _common(our_runs, their_runs)
    their_share, _ = _common(their_runs, our_runs)
    their_count = max(len(their_words), of_words)
    their_share *= len(their_words) / their_count if their_count else 1.0
    verdict = _verdict(our_share, their_share, len(our_words), their_count, one_author)
    return Judgement(verdict, our_share, their_share, _in_order(places), len(our_words), their_count)


def turned(found: Judgement) -> Judgement:
    """The same, seen from the other story."""
    verdict = {"part of": "contains", "contains": "part of"}.get(found.verdict, found.verdict)
    return Judgement(verdict, found.theirs, found.ours, found.order, found.their_words, found.our_words)


def _verdict(ours: float, theirs: float, our_words: int, their_words: int, one_author: bool) -> str:
    less, more = sorted((our_words, their_words))
    if less < LEAST_WORDS:
        return "not"
    if min(ours, theirs) >= SAME:
        return "same"
    within = ours if our_words <= their_words else theirs  # of the shorter
    if less < MUCH_SHORTER * more and within >= WITHIN:
        if less < LEAST_PART and less < LEAST_PART_SHARE * more and not one_author:
            return "not"
        return "part of" if our_words < their_words else "contains"
    return "revised" if min(ours, theirs) >= REVISED else "not"


class _Passage:
    """A stretch that two stories have in common, as far as it was followed."""

    __slots__ = ("here", "places", "start", "there", "words")

    def __init__(self, here: int, there: int) -> None:
        self.start = self.here = here
        self.there = there  # where its last run begins in the other story; `here` in this one
        self.words = RUN
        self.places = [there]

    def goes_on(self, here: int, there: int) -> bool:
        """Whether the run that begins there belongs to it; then it is taken in."""
        ahead, gap = there - self.there, here - self.here
        if not 0 < ahead <= GAP + SLACK or abs(ahead - gap) > SLACK:
            return False
        self.words += min(gap, RUN)
        self.here, self.there = here, there
        self.places.append(there)
        return True


def _common(ours: list[int], theirs: list[int]) -> tuple[float, list[int]]:
    """The share of our words that lie in passages which theirs has too, and where in theirs their runs begin."""
    first: dict[int, int] = {}
    for at, run in enumerate(theirs):
        first.setdefault(run, at)
    open_ones: list[_Passage] = []
    closed: list[_Passage] = []
    for at, run in enumerate(ours):
        there = first.get(run)
        if there is None:
            continue
        if open_ones:  # a run that stands in several places is looked for where the passage goes on
            straight = open_ones[0].there + at - open_ones[0].here
            if straight < len(theirs) and theirs[straight] == run:
                there = straight
        for number, passage in enumerate(open_ones):
            if at - passage.here <= GAP and passage.goes_on(at, there):
                if number:  # the likeliest is asked first
                    del open_ones[number]
                    open_ones.insert(0, passage)
                break
        else:
            for passage in [one for one in open_ones if at - one.here > GAP] or open_ones[OPEN - 1 :]:
                open_ones.remove(passage)
                closed.append(passage)
            open_ones.append(_Passage(at, there))
    length = len(ours) + RUN - 1
    least = min(PASSAGE, length // 2)
    passages = sorted(
        (passage for passage in closed + open_ones if passage.words >= least), key=lambda passage: passage.start
    )
    share = min(1.0, sum(passage.words for passage in passages) / length)
    return share, [place for passage in passages for place in passage.places]


def _in_order(places: Sequence[int]) -> float:
    """The share of places in the longest row of them that ascends."""
    ends: list[int] = []
    for at in places:
        found = bisect_left(ends, at)
        if found == len(ends):
            ends.append(at)
        else:
            ends[found] = at
    return len(ends) / len(places) if places else 0.0
