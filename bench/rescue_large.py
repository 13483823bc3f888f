"""Rescuing an archive ten times as large as that of `rescue`: its time and its memory against that one's."""

from __future__ import annotations

from bench.measure import Figure
from bench.rescue import STORIES, measured


def run() -> list[Figure]:
    small, _, _ = measured(STORIES)
    large, size, _ = measured(10 * STORIES)
    what = f"rescue an archive of {10 * STORIES:,} stories, {size:.0f} MB"
    return [
        Figure(f"{what}, seconds", (large.seconds,), "s"),
        Figure("the same, times as long on the clock", (large.seconds / small.seconds,), "", at_most=11),
        Figure("the same, times as many seconds of processors", (large.cpu / small.cpu,), "", at_most=11),
        Figure("the same, memory of all processes at the height", (large.megabytes,), "MB", at_most=500),
    ]
