"""What one process is given to read at a time, and how much memory and time it may take for that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ficshelf.chapter_files import TOGETHER, TOGETHER_BYTES, together
from ficshelf.sources import Place

MEMORY = 2 << 30  # bytes a process may take
_SECONDS = 60.0  # a task may take, and this much more for each file and each megabyte:
_SECONDS_A_FILE = 5.0
_SECONDS_A_MEGABYTE = 1.0


def seconds(files: int, size: int) -> float:
    """How long reading so many files with so many bytes may take."""
    return _SECONDS + _SECONDS_A_FILE * files + _SECONDS_A_MEGABYTE * (size >> 20)


def seconds_of(places: Sequence[Place]) -> float:
    """How long reading what lies at these places may take."""
    return seconds(len(places), sum(place.size for place in places))


def bundled(found: Iterable[Place]) -> Iterator[tuple[Place, ...]]:
    """Places put together where their names suggest that they hold one story, in bundles that one process can take."""
    of_groups: dict[str, list[Place]] = {}
    loose: list[Place] = []
    for place in found:
        (of_groups.setdefault(place.group, []) if place.group else loose).append(place)
    # A zip is no chapter of anything, whatever its name, and is stored before what lies in it.
    paths = [f"{place.path}/zip/zip" if place.container else place.path for place in loose]
    for group in together(paths, TOGETHER):
        bundle: list[Place] = []
        for place in (loose[index] for index in group):
            size = sum(one.size for one in bundle) + place.size
            if bundle and (len(bundle) == TOGETHER or size > TOGETHER_BYTES):
                yield tuple(bundle)
                bundle = []
            bundle.append(place)
        yield tuple(bundle)
    # What a container holds comes after it, and never in parts: its record says what belongs to what.
    yield from map(tuple, of_groups.values())
