"""What the copies of a story are to each other: which one to put in front and why, and what each has that no other has.

It takes the words of all of them, so whoever shows it keeps it for as long as the works stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ficshelf import model
from ficshelf.library import models, twins, works
from ficshelf.likeness import best
from ficshelf.likeness.chapters import alone
from ficshelf.likeness.judge import judge

MOST_WORDS = 1_500_000  # of all copies together that are laid beside each other: half a kilobyte of memory for each
MOST_CHAPTERS = 5  # named that only one copy has
UNTOLD = ("words", "part")  # facts that nobody misses


class Member(NamedTuple):
    """A copy. The shares are None where the texts are too long to be laid beside each other."""

    work: int
    in_front: float | None  # share of its words that are in the one in front
    of_front: float | None  # share of that one's words that are in it
    chapters: tuple[tuple[int, int | None, str], ...]  # that no other copy has: (place from 1, number, title)
    chapters_more: int  # beside those named
    facts: tuple[str, ...]  # names of what no other copy states
    has: tuple[str, ...]  # what else no other copy has, in words
    reasons: tuple[str, ...]  # why the one in front is better than it
    against: tuple[str, ...]  # what speaks for it all the same


class Looked(NamedTuple):
    """The copies in the order in which they were given. `front` is the number of the best work."""

    front: int
    reasons: tuple[str, ...]
    members: tuple[Member, ...]


def look(rows: Sequence[models.Work]) -> Looked:
    """Lay the copies of a story beside each other."""
    told = [works.load(row) for row in rows]
    copies = [best.copy(one.facts, one.chapters, row.words) for one, row in zip(told, rows, strict=True)]
    chosen = best.front(copies)
    words = [twins.words_of(row.pk) for row in rows] if sum(row.words for row in rows) <= MOST_WORDS else []
    own = alone(words) if words else [[] for _ in rows]
    members = []
    for at, row in enumerate(rows):
        others = [number for number in range(len(rows)) if number != at]
        elsewhere = {name for number in others for name in _stated(told[number])}
        chapters = [(place + 1, told[at].chapters[place]) for place in own[at]]
        judged = judge(words[at], words[chosen.place]) if words and at != chosen.place else None
        members.append(
            Member(
                row.pk,
                judged.ours if judged else None,
                judged.theirs if judged else None,
                tuple((place, one.number, one.title or "") for place, one in chapters[:MOST_CHAPTERS]),
                max(0, len(chapters) - MOST_CHAPTERS),
                tuple(name for name in _stated(told[at]) if name not in elsewhere),
                tuple(_has(copies[at], [copies[number] for number in others])),
                *best.sides(copies[chosen.place], copies[at]),
            )
        )
    return Looked(rows[chosen.place].pk, chosen.reasons, tuple(members))


def _stated(told: model.Work) -> list[str]:
    """The names of what a copy says about itself."""
    return [
        name
        for name, found in told.facts.items()
        if name not in UNTOLD and any(one.how != model.INFERRED for one in found)
    ]


def _has(ours: best.Copy, others: Sequence[best.Copy]) -> Iterator[str]:
    """What one copy has, and no other has any of."""
    for name, what in (("titles", "titles of its chapters"), ("marked", "italics"), ("notes", "the author's notes")):
        if getattr(ours, name) and not any(getattr(one, name) for one in others):
            yield what
    if not ours.broken and all(one.broken for one in others):
        yield "all of its letters"
