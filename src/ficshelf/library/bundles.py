"""What is read together and what is stored together: bundles for one process, and the parts of what it brings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ficshelf import apart
from ficshelf.chapter_files import together
from ficshelf.library.reader import Harvest, Task
from ficshelf.library.readings import ReadWork
from ficshelf.sources import Place

TOGETHER = 200  # files of one story that are read at once; of a longer one, the rest follow as its next chapters
TOGETHER_BYTES = 32 << 20


def tasks(library: Path, found: Sequence[Place]) -> list[Task]:
    """Places put together where their names suggest that they hold one story, in bundles that one process can take."""
    tasks = []
    of_groups: dict[str, list[Place]] = {}
    for place in found:
        if place.group:
            of_groups.setdefault(place.group, []).append(place)
    found = [place for place in found if not place.group]
    # A zip is no chapter of anything, whatever its name, and is stored before what lies in it.
    for group in together([f"{place.path}/zip/zip" if place.container else place.path for place in found], TOGETHER):
        bundle: list[Place] = []
        for place in (found[index] for index in group):
            if bundle and (len(bundle) == TOGETHER or sum(one.size for one in bundle) + place.size > TOGETHER_BYTES):
                tasks.append(Task(library, tuple(bundle)))
                bundle = []
            bundle.append(place)
        tasks.append(Task(library, tuple(bundle)))
    # What a container holds comes after it, and never in parts: its record says what belongs to what.
    return tasks + [Task(library, tuple(group)) for group in of_groups.values()]


def seconds(task: Task) -> float:
    return apart.seconds(len(task.places), sum(place.size for place in task.places))


def parted(harvest: Harvest) -> list[tuple[list[int], list[ReadWork]]]:
    """The sources of a harvest, and their works, parted into what has to be stored at once: works that share a source
    belong together; a source without a work stands alone."""
    parts: list[tuple[list[int], list[ReadWork]]] = []
    for work in harvest.works:
        members, works = list(work.sources), [work]
        for part in [part for part in parts if set(part[0]) & set(members)]:
            parts.remove(part)
            members, works = [*part[0], *members], [*part[1], *works]
        parts.append((list(dict.fromkeys(members)), works))
    used = {one for members, _ in parts for one in members}
    return [*parts, *(([one], []) for one in range(len(harvest.sources)) if one not in used)]
