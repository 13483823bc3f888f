"""Long lists in parts: what one query may name is limited, and what it takes is held in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

AT_ONCE = 500  # rows that one query names

Item = TypeVar("Item")


def slices(rows: Sequence[Item], size: int = AT_ONCE) -> Iterator[Sequence[Item]]:
    """The rows in their order, so many at a time."""
    for at in range(0, len(rows), size):
        yield rows[at : at + size]
