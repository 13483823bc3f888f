"""The chapter page: requests a second on one core, and how long they take."""

from __future__ import annotations

from bench import serving
from bench.measure import Figure, chapter_addresses, large_library


def run() -> list[Figure]:
    library = large_library()
    with serving.served(library) as port:
        return serving.figures("chapter page", port, chapter_addresses(library, 500), rate=400, p99=30)
