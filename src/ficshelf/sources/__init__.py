"""Where bytes come from: files, folders and zips. A walk yields places, each a source to be, in a stable order.

The files of one folder come together, sorted by name. What cannot be opened is a place that says so: one bad file never
stops a walk. Nothing here reads a whole file but `Place.content`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from ficshelf.errors import CannotOpenError
from ficshelf.sources import containers, files, limits, zips
from ficshelf.sources.containers import Opened, Scratch
from ficshelf.sources.places import Place

__all__ = ["Place", "Scratch", "read_bytes", "walk"]


def walk(paths: Iterable[Path], besides: Path | None = None, scratch: Scratch | None = None) -> Iterator[Place]:
    """All places below some paths. What lies in the folder `besides` is not even opened: a library that is in use must
    not be. With a `scratch`, containers that are no zips are taken apart there, and plain files of one story gathered.
    Raises CannotOpenError for a path that is not there: that is a misuse."""
    places = _plain(paths, besides)
    yield from places if scratch is None else _taken_apart(list(places), scratch)


def _plain(paths: Iterable[Path], besides: Path | None) -> Iterator[Place]:
    """Files, and what lies in zips."""
    seen: set[tuple[int, int]] = set()
    if besides is not None:
        there = os.stat(besides)
        seen.add((there.st_dev, there.st_ino))
    for path in paths:
        if not os.path.lexists(path):
            raise CannotOpenError(str(path), "there is no such file or folder", "Check the spelling and try again.")
        for found in files.walk(path, seen):
            label = files.label(found.path)
            if found.problem:
                yield Place(label, found.path, problem=found.problem)
                continue
            listing = zips.listing(found.path, label)
            if listing is None:
                yield Place(label, found.path, found.size)
                continue
            yield Place(label, found.path, found.size, container=not listing.unread, unread=listing.unread)
            for entry in listing.entries:
                yield Place(entry.path, found.path, entry.size, entry.entries, entry.container, entry.problem)


def _taken_apart(places: list[Place], scratch: Scratch) -> Iterator[Place]:
    """The places, each container followed by what it holds, and what belongs to one story gathered."""
    kinds = {at: kind for at, place in enumerate(places) if (kind := _kind(place))}
    others = [place for at, place in enumerate(places) if at not in kinds]
    claimed: set[str] = set()
    held: dict[int, tuple[Place, ...]] = {}
    for at, kind in kinds.items():
        free = [place for place in others if place.path not in claimed]
        try:
            opened = containers.module(kind).open_up(_on_disk(places[at], scratch), free, scratch)
        except CannotOpenError as error:
            opened = Opened(unread=error.reason)
        claimed |= opened.claimed
        container = places[at]._replace(container=not opened.unread, unread=opened.unread, keep=opened.keep)
        held[at] = (container, *opened.places)
    found: list[Place] = []
    for at, place in enumerate(places):
        if at in held:
            found += held[at]
        elif place.path not in claimed:
            found.append(place)
    yield from containers.gathered(found)  # a story's pages may lie in several containers, and beside them


def _kind(place: Place) -> str:
    """The kind of container that a place is. Within a zip, its name must say so."""
    if place.container or place.problem or place.unread or (place.entries and not containers.NAMED.search(place.path)):
        return ""
    try:
        if place.entries:
            head = zips.head_of_entry(place.disk, place.entries, place.path, containers.HEAD)
        else:
            with place.open() as stream:
                head = stream.read(containers.HEAD)
        return containers.kind_of(place, head)
    except CannotOpenError:
        return ""


def _on_disk(place: Place, scratch: Scratch) -> Place:
    """A place as a file on disk: an entry of a zip is unpacked."""
    if not place.entries:
        return place
    name = hashlib.sha256(place.path.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    path = scratch.folder / f"{name}{PurePosixPath(place.path).suffix}"
    with path.open("wb") as out:
        zips.copy_entry(place.disk, place.entries, place.path, out)
    return place._replace(disk=str(path), entries=())


def read_bytes(path: Path) -> bytes:
    """The bytes of one file, for reading it without a library. Raises CannotOpenError, also for a file that is larger
    than any that is read."""
    data = Place(files.label(str(path)), str(path)).content(limits.FILE)
    if data is None:
        too_large = f"it is larger than the {limits.FILE >> 20} MiB that are read of one file"
        raise CannotOpenError(str(path), too_large, "If it holds many stories, part it.")
    return data
