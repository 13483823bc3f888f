"""The shelf at 5,000 works: requests a second on one core."""

from __future__ import annotations

from bench import serving
from bench.measure import Figure, large_library


def run() -> list[Figure]:
    with serving.served(large_library()) as port:
        return serving.figures("shelf page", port, ["/", "/?page=2", "/?page=40"], rate=200)
