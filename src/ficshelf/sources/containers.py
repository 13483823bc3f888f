"""Containers that are no zips: dumps, crawls, mailboxes, other programs' libraries. The table below is all there are.

A container is taken apart when it is found: its stories, chapters, mails become places of their own, in a stable order,
with labels below its own ("dump.sql/stories/12"). A module of this package that does that for one kind offers what
`Container` says.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    from ficshelf.sources.places import Place

HEAD = 65_536  # bytes of a file by which a container is recognised


class Scratch(NamedTuple):
    """Where a container may be taken apart: a folder for files of its own, which the caller removes when all is read,
    and who hears how it gets on: told what is done, and how many bytes of how many."""

    folder: Path
    hear: Callable[[str, int, int], None] = lambda what, done, of: None


class Opened(NamedTuple):
    """A container taken apart. `places` are what it holds, those of one story with one `group`, its record first.
    `claimed` are the labels of places beside it that belong to it (the files of a dump's chapters): where they are
    stories they are among `places`, too, and stand alone no more. `unread` says why nothing could be made of it."""

    places: Sequence[Place] = ()
    claimed: frozenset[str] = frozenset()
    unread: str = ""
    keep: bool = True  # whether the container itself goes among the originals: not where it holds passwords


class Container(Protocol):
    """What a module of the table offers."""

    def opens(self, place: Place, head: bytes) -> bool:
        """Whether this is such a container, by its name and first HEAD bytes. Cheap and never wrong on a story."""

    def open_up(self, place: Place, others: Sequence[Place], scratch: Scratch) -> Opened:
        """Take it apart. `place` is a file on disk (`place.disk`); `others` are all places of the walk that are no
        containers, in order. Content never raises."""

    def read_entry(self, disk: str, entries: tuple[int, ...], label: str) -> bytes:
        """The bytes of one of its places, as `open_up` gave it its disk and entries. Raises CannotOpenError."""


class Gatherer(Protocol):
    """What a module offers that sees which plain files hold one story: mails of one thread, pages of one mirror."""

    def gather(self, places: Sequence[Place]) -> dict[str, str]:
        """The group of those places that belong together, by their labels, in the order in which they are to be read.
        Content never raises."""


KINDS: tuple[str, ...] = (  # modules of this package, in the order in which they are asked
    "warc",
    "mhtml",
    "maff",
    "mbox",
    "calibre",
    "yahoo_groups",
    "efiction",
    "automated_archive",
)
GATHERERS: tuple[str, ...] = ("maildir", "mirror")  # the same
NAMED = re.compile(  # what a container within a zip is called; what is called otherwise is not looked into
    r"(?:\.(?:sql|dump|mbox|mbx|warc|mht|mhtml|maff|pl|cgi|db)(?:\.(?:gz|bz2|xz))?|metadata\.(?:db|opf)|messages?.*\.json"
    r"|archive_db[^/]*)$",
    re.I,
)


@cache
def module(kind: str) -> Container:
    """The module of a kind, loaded when it is first needed: a start of the program needs none of them."""
    return cast(Container, importlib.import_module(f"ficshelf.sources.{kind}"))


def kind_of(place: Place, head: bytes) -> str:
    """Which kind of container a file is; "" for none."""
    return next((kind for kind in KINDS if module(kind).opens(place, head)), "")


def gathered(places: Sequence[Place]) -> list[Place]:
    """The places with their groups; those of one group in its order, where the first of them stood."""
    groups: dict[str, str] = {}
    for name in GATHERERS:
        gatherer = cast(Gatherer, importlib.import_module(f"ficshelf.sources.{name}"))
        groups |= gatherer.gather([place for place in places if not place.group and place.path not in groups])
    by_path = {place.path: place._replace(group=groups[place.path]) for place in places if place.path in groups}
    rows: dict[str, list[Place]] = {}
    for path, group in groups.items():
        rows.setdefault(group, []).append(by_path[path])
    made: list[Place] = []
    for place in places:
        made += rows.pop(groups[place.path], ()) if place.path in groups else (place,)
    return made
