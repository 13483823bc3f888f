"""What belongs to nothing: rows whose story, series or member is gone, and the tables of modules nobody knows here.
Each group of such rows is one record, so that nothing is lost; and the balance of all rows of the dump."""

from __future__ import annotations

from itertools import islice

from ficshelf.record import Field, Record
from ficshelf.sources.efiction import pages, reviews, schemas
from ficshelf.sources.efiction.layout import Archive
from ficshelf.sources.efiction.shelf import Row, Shelf
from ficshelf.sources.efiction.telling import Teller
from ficshelf.sources.sql import Dump

# What a row of each table belongs to, in words.
OWNERS = {
    "item": "story or series",
    "sid": "story",
    "seriesid": "series",
    "uid": "member",
    "nid": "piece of news",
}
CHUNK = 200  # rows of an unknown table in one record
MOST_UNKNOWN = 20_000  # rows of an unknown table that are kept


def orphans(shelf: Shelf, at: int, role: str, column: str, value: str) -> Record:
    """Rows of one table that name the same thing which is not there."""
    teller = Teller(shelf, at)
    key = f"rest/{role}/{column}/{value}"
    kind = ""
    if role == "reviews":
        kind, _, value = value.partition(" ")
    what = {"ST": "story", "SE": "series"}.get(kind, OWNERS.get(column, "row")) if role == "reviews" else OWNERS[column]
    told = f"{_NAMES.get(role, role)} of {what} {value}" if value else f"{_NAMES.get(role, role)} of no {what}"
    teller.fields.append(Field("title", f"{told[0].upper()}{told[1:]}", ""))
    teller.note("row-missing", f"{told[0].upper()}{told[1:]}, which is not there, are kept by themselves.")
    if role == "reviews":
        rows = [row for row in _rows(shelf, teller.archive, role, kind, value) if reviews.subject(row)[0] == kind]
        return teller.record("rest", key, reviews=reviews.all_said(teller, rows, {}))
    if role == "comments":
        return teller.record("rest", key, reviews=tuple(pages.comments(teller, column, value)))
    for row in shelf.find(teller.archive, role, column, value):
        teller.hold(role)
        if text := pages.row_of(row, teller):
            teller.fields.append(Field("row", text, role))
    return teller.record("rest", key)


_NAMES = {
    "reviews": "reviews",
    "inseries": "places in a series",
    "coauthors": "co-authors",
    "favorites": "favourites",
    "favstor": "favourite stories",
    "favseries": "favourite series",
    "favauth": "favourite authors",
    "authorinfo": "profile fields",
    "authorprefs": "settings",
    "comments": "comments",
}


def _rows(shelf: Shelf, archive: Archive, role: str, kind: str, value: str) -> list[Row]:
    column = "seriesid" if kind == "SE" and archive.has(role, "seriesid") else "item"
    return shelf.find(archive, role, column, value)


def unknown(shelf: Shelf, at: int, role: str, chunk: int) -> Record:
    """Some rows of a table that no version of eFiction is known to have: a module's."""
    teller = Teller(shelf, at)
    table = teller.archive.tables[role]
    teller.fields.append(Field("title", f"Rows of {table.name}", ""))
    for row in islice(shelf.rows(teller.archive, role), chunk * CHUNK, (chunk + 1) * CHUNK):
        teller.hold(role)
        if text := pages.row_of(row, teller):
            teller.fields.append(Field("row", text, role))
    return teller.record("rest", f"rest/{role}/{chunk}")


def left_out(dump: Dump, archives: tuple[Archive, ...]) -> dict[str, str]:
    """Every table of the dump that is left out, and why."""
    reasons: dict[str, str] = {}
    owned = {table.name: role for archive in archives for role, table in archive.tables.items()}
    for name in dump.names():
        role = owned.get(name)
        if role is None:
            reasons[name] = "a table of another program that shared the database"
        elif role in schemas.MACHINERY:
            reasons[name] = schemas.MACHINERY[role]
        elif role not in KNOWN and (dump.count(name) > MOST_UNKNOWN or not dump.width(name)):
            reasons[name] = "a table that no version of eFiction is known to have, and too long to keep row by row"
    return reasons


KNOWN = frozenset(schemas.COLUMNS) | {"stories_authors", "stories_categories", "stories_tags"}


def balance(shelf: Shelf) -> Record:
    """How many rows each table of the dump has, and which were left out."""
    reasons = left_out(shelf.dump, shelf.archives)
    fields = [Field("title", "The rows of the dump")]
    for name in shelf.dump.names():
        count = shelf.dump.count(name)
        fields.append(Field("table", str(count), name))
        if count and name in reasons:
            fields.append(Field("left out", f"{count}: {reasons[name]}", name))
    never = "passwords, mail settings and addresses on the net are never carried over; mail addresses are sealed"
    return Record("page", "balance", "eFiction", (*fields, Field("", never)))
