"""An eFiction dump taken apart, as worker processes open it: one small SQLite file beside the dump's own.

It holds what `open_up` found: which archives there are, the number of each record, and which file on disk holds the
text of which chapter. A record is made when it is asked for, from rows that indexes find.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from ficshelf.sources import letters, sql
from ficshelf.sources.efiction.layout import Archive, Table

_TABLES = """
CREATE TABLE told (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE entries (n INTEGER PRIMARY KEY, archive INTEGER, kind TEXT, key TEXT);
CREATE TABLE files (archive INTEGER, chapid TEXT, label TEXT, first INTEGER, PRIMARY KEY (archive, chapid))
    WITHOUT ROWID;
"""
_JUDGED = 2_000  # bytes of a value by which its table's letters are judged
# What is looked for in which table: each gets an index.
SOUGHT: dict[str, tuple[str, ...]] = {
    "stories": ("sid", "psid"),
    "chapters": ("chapid", "sid"),
    "authors": ("uid",),
    "authorprefs": ("uid",),
    "authorinfo": ("uid",),
    "reviews": ("item", "uid", "seriesid"),
    "series": ("seriesid",),
    "inseries": ("sid", "seriesid"),
    "coauthors": ("sid",),
    "favorites": ("uid",),
    "favauth": ("uid",),
    "favstor": ("uid",),
    "favseries": ("uid",),
    "comments": ("nid",),
    "news": ("nid",),
    "messages": ("message_id",),
    "challenges": ("chalid",),
    "poll": ("poll_id",),
    "stories_authors": ("sid",),
    "stories_categories": ("sid",),
    "stories_tags": ("sid",),
}


class Entry(NamedTuple):
    """One record or text that a shelf gives: its archive's place among them, and what it is."""

    archive: int
    kind: str
    key: str


class Row(NamedTuple):
    """A row with its columns named. `table` is the name behind the prefix."""

    table: str
    values: dict[str, bytes | None]

    def raw(self, column: str) -> bytes:
        return self.values.get(column) or b""

    def plain(self, column: str) -> str:
        """A value that holds nothing but ASCII: an id, a date, a switch."""
        return self.raw(column).decode("ascii", "replace").strip()


class Shelf:
    """An open shelf."""

    def __init__(self, disk: Path) -> None:
        self.disk = disk
        self._base = sqlite3.connect(f"{disk.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        told = dict(self._base.execute("SELECT name, value FROM told"))
        self.label = told["label"].decode()
        self.archives = msgspec.json.decode(told["archives"], type=tuple[Archive, ...])
        self._pages = msgspec.json.decode(told.get("pages", b"{}"), type=dict[str, letters.Pages])
        self.dump = sql.Dump(disk.parent / told["dump"].decode())
        self.caches: dict[tuple[int, str], object] = {}

    def entry(self, n: int) -> Entry:
        found = self._base.execute("SELECT archive, kind, key FROM entries WHERE n = ?", (n,)).fetchone()
        if found is None:
            raise KeyError(n)
        return Entry(*found)

    def file_of(self, archive: int, chapid: str) -> tuple[str, bool]:
        """The label of the file that holds a chapter's text, "" where none was found; and whether it has more of the
        text than the dump."""
        query = "SELECT label, first FROM files WHERE archive = ? AND chapid = ?"
        found = self._base.execute(query, (archive, chapid)).fetchone()
        return (str(found[0]), bool(found[1])) if found else ("", False)

    def rows(self, archive: Archive, role: str) -> Iterator[Row]:
        """Every row of a table, in the order of the dump; none where the archive has no such table."""
        if role in archive.tables:
            table = archive.tables[role]
            for _, values in self.dump.rows(table.name):
                yield named(role, table, values)

    def find(self, archive: Archive, role: str, column: str, value: str) -> list[Row]:
        """The rows of a table that have `value` in `column`, in the order of the dump."""
        if not archive.has(role, column):
            return []
        table = archive.tables[role]
        at = table.columns.index(column)
        found = [named(role, table, values) for _, values in self.dump.lookup(table.name, at, value.encode())]
        if not value:
            found += [named(role, table, values) for _, values in self.dump.lookup(table.name, at, None)]
        return found

    def close(self) -> None:
        self._base.close()
        self.dump.close()

    def pages(self, at: int, role: str) -> letters.Pages:
        """What the letters of a table are mostly in."""
        return self._pages.get(f"{at} {role}", letters.Pages())

    def was_cut(self, archive: Archive, row: Row, column: str) -> bool:
        """Whether a value fills its column, so that its end was lost."""
        return letters.was_cut(row.raw(column), self.type_of(archive, row.table, column) or "text")

    def type_of(self, archive: Archive, role: str, column: str) -> str:
        """A column's type ("varchar(200)"); "" where the dump does not say."""
        table = archive.tables[role]
        types = self.dump.types(table.name)
        at = table.columns.index(column) if column in table.columns else len(types or ())
        return types[at] if types and at < len(types) else ""


def named(role: str, table: Table, values: Iterable[bytes | None]) -> Row:
    return Row(role, dict(zip(table.columns, values, strict=False)))


def make(
    disk: Path, label: str, dump: Path, archives: tuple[Archive, ...], pages: dict[str, letters.Pages]
) -> sqlite3.Connection:
    """A new shelf, to be filled with entries and files and then closed."""
    disk.unlink(missing_ok=True)
    base = sqlite3.connect(disk)
    base.executescript(f"PRAGMA synchronous = OFF; {_TABLES}")
    told = {"label": label.encode(), "dump": dump.name.encode(), "archives": msgspec.json.encode(archives)}
    told["pages"] = msgspec.json.encode(pages)
    base.executemany("INSERT INTO told VALUES (?, ?)", told.items())
    base.commit()
    return base


def judge(dump: sql.Dump, archives: tuple[Archive, ...]) -> dict[str, letters.Pages]:
    """What the letters of each table of each archive are mostly in; tables of which nothing is to be told are left
    out."""
    found: dict[str, letters.Pages] = {}
    for at, archive in enumerate(archives):
        for role, table in archive.tables.items():
            values = (value[:_JUDGED] for _, row in dump.rows(table.name) for value in row if value)
            pages = letters.pages_of(values)
            if any(pages):
                found[f"{at} {role}"] = pages
    return found


@lru_cache(maxsize=4)
def opened(disk: str) -> Shelf:
    """A shelf, opened once a process."""
    return Shelf(Path(disk))
