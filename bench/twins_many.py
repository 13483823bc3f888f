"""Finding copies among 100,000 works: the time grows no faster than n log n from 10,000."""

from __future__ import annotations

from bench.measure import Figure
from bench.twins import added, figures, growth

WORDS = 600  # of a story, on average


def run() -> list[Figure]:
    few, _ = added(10_000, WORDS)
    many, found = added(100_000, WORDS)
    return [*figures(100_000, found), growth(10_000, few, 100_000, many)]
