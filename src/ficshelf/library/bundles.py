"""What is read together and what is stored together: bundles for one process, and the parts of what it brings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ficshelf import bounds
from ficshelf.library.harvest import Harvest, Task
from ficshelf.library.readings import ReadWork
from ficshelf.sources import Place


def tasks(library: Path, found: Iterable[Place]) -> list[Task]:
    """What one process is told to read, and the next."""
    return [Task(library, places) for places in bounds.bundled(found)]


def taken(tasks: list[Task]) -> Iterator[Task]:
    """The tasks in their order, each out of the list when its turn comes: an archive has hundreds of thousands of
    places, and what is read already takes no memory."""
    tasks.reverse()
    while tasks:
        yield tasks.pop()


def seconds(task: Task) -> float:
    return bounds.seconds_of(task.places)


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
