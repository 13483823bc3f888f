"""Adding to a library that grows to 5,000 works: the rate of the last 500 and of all, against that of the first 500."""

from __future__ import annotations

import time
from pathlib import Path

from bench.measure import Figure, new_library, stories
from bench.measure import run as ficshelf


def run() -> list[Figure]:
    folders = sorted(stories(5_000, 100_000_000).iterdir())  # 500 works in each
    with new_library() as library:
        first = _rate(library, folders[:1])
        middle = _rate(library, folders[1:9])
        last = _rate(library, folders[9:])
    whole = 5_000 / (500 / first + 4_000 / middle + 500 / last)
    return [
        Figure("add the first 500 of 5,000 works", (first,), "works/s"),
        Figure("add all 5,000, of the rate of the first 500", (whole / first,), "", at_least=0.8),
        Figure("add the last 500, of the rate of the first 500", (last / first,), "", at_least=0.8),
    ]


def _rate(library: Path, folders: list[Path]) -> float:
    began = time.perf_counter()
    ficshelf("add", *folders, library=library)
    return 500 * len(folders) / (time.perf_counter() - began)
