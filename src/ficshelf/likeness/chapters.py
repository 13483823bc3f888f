"""Which chapters of two copies of a story belong together, however each is parted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ficshelf.likeness.runs import runs

LEAST = 0.2  # of a chapter's runs must be in the other


def matched(ours: Sequence[list[bytes]], theirs: Sequence[list[bytes]]) -> list[int | None]:
    """For each of our chapters the index of the one of theirs that has most of its words; None where none has many.
    Chapters are given as their words (`tokens.of_chapters`). Takes linear time."""
    return by_runs([runs(words) for words in ours], [runs(words) for words in theirs])


def by_runs(ours: Sequence[list[int]], theirs: Sequence[list[int]]) -> list[int | None]:
    """The same, of chapters given as their runs."""
    home: dict[int, int] = {}
    for number, there in enumerate(theirs):
        for run in there:
            home.setdefault(run, number)
    found: list[int | None] = []
    for here in ours:
        votes = Counter(home[run] for run in here if run in home)
        best = min(votes, key=lambda number: (-votes[number], number), default=None)
        found.append(best if best is not None and votes[best] >= LEAST * len(here) else None)
    return found


def alone(copies: Sequence[Sequence[list[bytes]]]) -> list[list[int]]:
    """For each copy of a story the places of its chapters that no other copy has; each is given as the words of its
    chapters. Takes linear time, however many copies there are."""
    several = -1
    told = [[runs(words) for words in chapters] for chapters in copies]
    owner: dict[int, int] = {}
    for at, chapters in enumerate(told):
        for run in {run for chapter in chapters for run in chapter}:
            owner[run] = several if run in owner else at
    return [
        [
            place
            for place, chapter in enumerate(chapters)
            if chapter and sum(1 for run in chapter if owner[run] == several) < LEAST * len(chapter)
        ]
        for chapters in told
    ]
