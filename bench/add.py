"""Adding 500 works of 20,000 words each to a new library, from cold, with the search index caught up at the end."""

from __future__ import annotations

import time

from bench.measure import Figure, count, forget_files, new_library, stories
from bench.measure import run as ficshelf

RUNS = 3


def run() -> list[Figure]:
    folder = stories()
    found, note = [], ""
    for _ in range(RUNS):
        with new_library() as library:
            note = forget_files()
            began = time.perf_counter()
            ficshelf("add", folder, library=library)
            took = time.perf_counter() - began
            works, _ = count(library)
            if works != 500:
                raise SystemExit(f"500 files were added and the library holds {works} works; the rate means nothing.")
            found.append(works / took)
    return [Figure("add 500 works, cold, index included", tuple(found), "works/s", at_least=30, note=note)]
