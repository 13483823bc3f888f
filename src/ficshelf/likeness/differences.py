"""Two texts laid side by side for a person: which paragraphs both have, which were changed, which only one has.

Paragraphs that are the same are found first, as anchors in an order that both keep; what lies between two anchors is
matched by the words that paragraphs share, so that one that was parted in two stands beside both. Linear in the length
of the texts but for sorting.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ficshelf import prints
from ficshelf.likeness import tokens
from ficshelf.likeness.chapters import by_runs
from ficshelf.likeness.runs import runs

SHARED = 0.3  # of a paragraph's runs of words: it is the other one, changed
LONGEST = 2_000  # letters of a row: what is longer is laid beside the other a sentence at a time

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)*_]*\s+|\n")


class Row(NamedTuple):
    """Paragraphs that belong together, by their places in either text; one side may have none, or several."""

    ours: tuple[int, ...]
    theirs: tuple[int, ...]
    is_same: bool = False  # in all letters and digits


class Pair(NamedTuple):
    """What stands side by side: the paragraphs of either text, or where these are long, sentences."""

    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    is_same: bool = False


class Section(NamedTuple):
    """Chapters that belong together, by their places in either work; None where the other has no such chapter."""

    ours: int | None
    theirs: int | None


def sections(ours: Sequence[list[bytes]], theirs: Sequence[list[bytes]]) -> list[Section]:
    """How to show two works chapter by chapter, each given as the words of its chapters: a section for each chapter of
    the work that has more of them, and one for each chapter of the other that belongs to none of these."""
    if len(ours) < len(theirs):
        return [Section(there, here) for here, there in sections(theirs, ours)]
    our_runs, their_runs = [[runs(words) for words in side] for side in (ours, theirs)]
    found = by_runs(our_runs, their_runs)
    rest = [at for at in range(len(theirs)) if at not in set(found)]
    homes = by_runs([their_runs[at] for at in rest], our_runs)
    alone = [at for at, place in zip(rest, homes, strict=True) if place is None]
    out: list[Section] = []
    for at, place in enumerate(found):
        while alone and place is not None and alone[0] < place:
            out.append(Section(None, alone.pop(0)))
        out.append(Section(at, place))
    return out + [Section(None, at) for at in alone]


def rows(ours: Sequence[str], theirs: Sequence[str]) -> list[Row]:
    """The paragraphs of two texts, side by side and in order."""
    our_keys, their_keys = [[prints.letters(text) for text in texts] for texts in (ours, theirs)]
    out: list[Row] = []
    here = there = 0
    for our_end, their_end in [*_anchors(our_keys, their_keys), (len(ours), len(theirs))]:
        # What is the same right behind the last anchor and right before this one, also where it stands elsewhere too.
        while here < our_end and there < their_end and our_keys[here] == their_keys[there]:
            out.append(Row((here,), (there,), True))
            here, there = here + 1, there + 1
        back = 0
        while (
            our_end - back > here
            and their_end - back > there
            and (our_keys[our_end - back - 1] == their_keys[their_end - back - 1])
        ):
            back += 1
        out += _between(ours, theirs, range(here, our_end - back), range(there, their_end - back))
        out += [Row((our_end - n,), (their_end - n,), True) for n in range(back, 0, -1)]
        if our_end < len(ours) and their_end < len(theirs):
            out.append(Row((our_end,), (their_end,), True))
        here, there = our_end + 1, their_end + 1
    return [_judged(row, our_keys, their_keys) for row in out]


def pairs(ours: Sequence[str], theirs: Sequence[str], found: Iterable[Row]) -> Iterator[Pair]:
    """What stands in each of these rows of two texts. A row too long to be taken in, as of a story without paragraphs,
    comes as several."""
    for row in found:
        pair = Pair(tuple(ours[at] for at in row.ours), tuple(theirs[at] for at in row.theirs), row.is_same)
        if pair.is_same or max(sum(map(len, pair.ours)), sum(map(len, pair.theirs))) <= LONGEST:
            yield pair
            continue
        here, there = ([part for text in side for part in _sentences(text)] for side in pair[:2])
        for one in rows(here, there):
            yield Pair(tuple(here[at] for at in one.ours), tuple(there[at] for at in one.theirs), one.is_same)


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for found in _SENTENCE_END.finditer(text):
        yield text[start : found.end()]
        start = found.end()
    if start < len(text):
        yield text[start:]


def within(found: Sequence[Row]) -> list[Row]:
    """The rows of a chapter beside a text that goes on before and behind it: without what only that text has there."""
    own = [at for at, row in enumerate(found) if row.ours]
    both = [at for at in own if found[at].theirs]
    if not both:
        return [found[at] for at in own]
    first, last = both[0], both[-1]
    return [row for at, row in enumerate(found) if row.ours or first < at < last]


def _judged(row: Row, ours: Sequence[bytes], theirs: Sequence[bytes]) -> Row:
    same = bool(row.ours and row.theirs) and (
        b"".join(ours[at] for at in row.ours) == b"".join(theirs[at] for at in row.theirs)
    )
    return row._replace(is_same=same)


def _anchors(ours: Sequence[bytes], theirs: Sequence[bytes]) -> list[tuple[int, int]]:
    """Paragraphs that stand once in either text and are the same, in the longest row of them that keeps its order."""
    counts = Counter(ours), Counter(theirs)
    place = {key: at for at, key in enumerate(theirs) if key and counts[1][key] == 1}
    pairs = [(at, place[key]) for at, key in enumerate(ours) if key in place and counts[0][key] == 1]
    return _ascending(pairs, strictly=True)


def _ascending(pairs: Sequence[tuple[int, int]], strictly: bool) -> list[tuple[int, int]]:
    """The longest row of pairs whose second numbers ascend (or, where not `strictly`, never descend)."""
    ends: list[int] = []
    heads: list[int] = []  # the pair that each row of that length ends with
    before: list[int] = []
    for number, (_, value) in enumerate(pairs):
        at = (bisect_left if strictly else bisect_right)(ends, value)
        before.append(heads[at - 1] if at else -1)
        if at == len(ends):
            ends.append(value)
            heads.append(number)
        else:
            ends[at] = value
            heads[at] = number
    row: list[tuple[int, int]] = []
    number = heads[-1] if heads else -1
    while number >= 0:
        row.append(pairs[number])
        number = before[number]
    return row[::-1]


def _between(ours: Sequence[str], theirs: Sequence[str], here: range, there: range) -> Iterator[Row]:
    """The rows of a stretch in which no paragraph is quite the same."""
    if here and there:
        our_runs = {at: runs(tokens.of_text(ours[at])) for at in here}
        their_runs = {at: runs(tokens.of_text(theirs[at])) for at in there}
        edges = {(at, to) for at, to in _most_shared(our_runs, their_runs)}
        edges |= {(to, at) for at, to in _most_shared(their_runs, our_runs)}
        joined = _joined(_ascending(sorted(edges), strictly=False))
    else:
        joined = []
    our_next, their_next = here.start, there.start
    for one, other in joined:
        yield from (Row((at,), ()) for at in range(our_next, one[0]))
        yield from (Row((), (at,)) for at in range(their_next, other[0]))
        yield Row(tuple(range(one[0], one[1] + 1)), tuple(range(other[0], other[1] + 1)))
        our_next, their_next = one[1] + 1, other[1] + 1
    yield from (Row((at,), ()) for at in range(our_next, here.stop))
    yield from (Row((), (at,)) for at in range(their_next, there.stop))


def _most_shared(ones: dict[int, list[int]], others: dict[int, list[int]]) -> Iterator[tuple[int, int]]:
    """For each paragraph the one on the other side with which it shares most of its runs, if it shares enough."""
    home: dict[int, int] = {}
    for at, found in others.items():
        for run in found:
            home.setdefault(run, at)
    for at, found in ones.items():
        votes = Counter(home[run] for run in found if run in home)
        best = min(votes, key=lambda to: (-votes[to], to), default=None)
        if best is not None and votes[best] >= SHARED * len(found):
            yield at, best


def _joined(edges: Iterable[tuple[int, int]]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Edges that touch the same paragraph, as one: (first, last) of ours and of theirs."""
    out: list[tuple[tuple[int, int], tuple[int, int]]] = []
    for at, to in edges:
        if out and (at <= out[-1][0][1] or to <= out[-1][1][1]):
            one, other = out[-1]
            out[-1] = (one[0], max(one[1], at)), (other[0], max(other[1], to))
        else:
            out.append(((at, at), (to, to)))
    return out
