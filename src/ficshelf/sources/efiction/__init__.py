"""Archives that ran on eFiction 1 to 5: a dump of the database, with or without its folder of stories.

The dump is taken apart once, into SQLite files in the scratch folder (`sql`, `shelf`); each story, member, series and
page is then a record of its own, made by whoever reads it. Nothing of a dump is executed, no database server is needed,
and every row is in a record or in the balance's list of what was left out.

    layout    which tables are an archive's, of which version, in what order their columns are
    schemas   those tables and columns
    values    ids, lists, dates
    telling   a record in the making
    stories, chapters, reviews, people, series, pages, rest    the records
    files     which file of the folder holds which chapter
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from ficshelf.errors import CannotOpenError
from ficshelf.record import Record, pack
from ficshelf.sources import sql
from ficshelf.sources.containers import Opened, Scratch
from ficshelf.sources.efiction import (
    chapters,
    files,
    layout,
    listing,
    pages,
    people,
    rest,
    schemas,
    series,
    shelf,
    stories,
)
from ficshelf.sources.efiction.layout import Archive
from ficshelf.sources.efiction.shelf import Entry, Shelf
from ficshelf.sources.places import Place

KIND = "efiction"
_NO_ARCHIVE = (
    "it is a dump of a database, and no tables of an eFiction archive are in it; it is not copied into the library, for"
    " such dumps hold passwords"
)


def opens(place: Place, head: bytes) -> bool:
    """Whether a file is a dump. What is in it, only a look at all of it tells: a forum may come before the archive."""
    return sql.is_dump(head)


def open_up(place: Place, others: Sequence[Place], scratch: Scratch) -> Opened:
    """Take a dump apart."""
    name = hashlib.sha256(place.path.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    store = scratch.folder / f"{name}.dump.sqlite"
    dump = sql.unpack(Path(place.disk), store, scratch.hear, _is_wanted)
    with closing(dump):
        archives = layout.archives(dump)
        if not archives:
            return Opened(unread=_NO_ARCHIVE, keep=False)
        for archive in archives:
            _index(dump, archive)
        judged = shelf.judge(dump, archives)
    disk = scratch.folder / f"{name}.efiction.sqlite"
    with closing(shelf.make(disk, place.path, store, archives, judged)) as base:
        made = _Places(place, str(disk))
        listed = Shelf(disk)
        for at in range(len(archives)):
            _list(made, listed, at, others, base)
        made.add(Entry(0, "balance", "balance"), "balance")
        base.executemany("INSERT INTO entries VALUES (?, ?, ?, ?)", made.entries)
        base.commit()
        listed.close()
    return Opened(made.places, frozenset(made.claimed), keep=False)


class _Places:
    """The places of a dump so far, and the entries that they stand for."""

    def __init__(self, place: Place, disk: str) -> None:
        self.place, self.disk = place, disk
        self.places: list[Place] = []
        self.entries: list[tuple[int, int, str, str]] = []
        self.claimed: list[str] = []

    def add(self, entry: Entry, key: str, group: str = "", size: int = 0) -> str:
        """A place for an entry, in a group of its own unless another is named. Returns its label."""
        label = f"{self.place.path}/{key}"
        at = (len(self.entries),)
        keep = entry.kind != "sealed"
        self.entries.append((at[0], *entry))
        self.places.append(Place(label, self.disk, size, at, kind=KIND, group=group or label, keep=keep))
        return label


def _list(made: _Places, listed: Shelf, at: int, others: Sequence[Place], base: sqlite3.Connection) -> None:
    """The places of one archive: the site, its stories with their texts, and all the rest."""
    archive = listed.archives[at]
    found = listing.list_archive(listed, at)
    in_files = files.chapters_in(
        [place for place in others if place.path not in made.claimed],
        listing.folders_of(listed, at),
        pages.storiespath(listed, at),
    )
    made.claimed += [place.path for place in in_files.values()]
    made.add(Entry(at, "site", "site"), f"{archive.shelf}site")
    for kind, key, texts in (
        *(("story", sid, texts) for sid, texts in found.stories.items()),
        *(("stray", text.key, [text]) for text in found.strays),
        *(("hidden", text.key, [text]) for text in found.hidden),
    ):
        name = f"stories/{key}" if kind == "story" else f"chapters/{key}"
        group = made.add(Entry(at, kind, key), f"{archive.shelf}{name}")
        for text in texts:
            file = in_files.get(text.key)
            if text.size:
                made.add(Entry(at, "text", text.key), f"{archive.shelf}texts/{text.key}.txt", group, text.size)
            if file:
                has_more = not text.size or (listing.cut(text.size) and file.size > text.size)
                base.execute("INSERT INTO files VALUES (?, ?, ?, ?)", (at, text.key, file.path, has_more))
                made.places.append(file._replace(group=group))
    for entry in found.others:
        made.add(entry, f"{archive.shelf}{_KEYS.get(entry.kind, entry.kind)}/{entry.key}")
    made.add(Entry(at, "sealed", "sealed"), f"{archive.shelf}sealed")


# What the keys of records begin with, where that is not the kind's name.
_KEYS = {
    "person": "authors",
    "message": "messages",
    "challenge": "challenges",
    "poll": "polls",
    "list": "lists",
    "orphans": "rest",
    "unknown": "rest",
}


def _is_wanted(name: str) -> bool:
    """Whether the rows of a table are kept for reading; those of the others are counted."""
    _, is_own, base = name.lower().rpartition("fanfiction_")
    if is_own:
        return base not in schemas.MACHINERY
    return name.lower().endswith(_FIVE)


_FIVE = tuple(one for one in (*schemas.FIVE_TABLES, *schemas.COLUMNS) if one not in schemas.MACHINERY)


def _index(dump: sql.Dump, archive: Archive) -> None:
    for role, columns in shelf.SOUGHT.items():
        for column in columns if role in archive.tables else ():
            if archive.has(role, column):
                dump.index(archive.tables[role].name, archive.tables[role].columns.index(column))


def read_entry(disk: str, entries: tuple[int, ...], label: str) -> bytes:
    """A record, or the text of a chapter that lies in the dump. Raises CannotOpenError."""
    try:
        opened = shelf.opened(disk)
        entry = opened.entry(entries[0])
        if entry.kind == "text":
            text = chapters.text_of(opened, entry.archive, entry.key)
            if text is not None:
                return text
            raise KeyError(entry.key)
        return pack(_record(opened, entry))
    except (OSError, KeyError, sqlite3.Error) as error:
        raise CannotOpenError(label, f"it is no longer there ({error})", "Add the dump again.") from error


def _record(opened: Shelf, entry: Entry) -> Record:
    at, key = entry.archive, entry.key
    match entry.kind:
        case "story":
            return stories.record(opened, at, key, opened.label)
        case "stray" | "hidden":
            return stories.chapter(opened, at, key, opened.label)
        case "orphans":
            role, column, value = key.split("/", 2)
            return rest.orphans(opened, at, role, column, value)
        case "unknown":
            role, _, chunk = key.rpartition("/")
            return rest.unknown(opened, at, role, int(chunk))
        case "site":
            return pages.site(opened, at)
        case "sealed":
            return people.sealed(opened, at)
        case "balance":
            return rest.balance(opened)
    return _RECORDS[entry.kind](opened, at, key)


_RECORDS = {
    "person": people.record,
    "series": series.record,
    "news": pages.news,
    "message": pages.message,
    "challenge": pages.challenge,
    "poll": pages.poll,
    "list": pages.listing,
}
