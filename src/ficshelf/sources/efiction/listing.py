"""What is in a dump: every record that will be made of it, in order, and what belongs to none of the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ficshelf.sources.efiction import chapters, pages, rest, reviews, schemas
from ficshelf.sources.efiction.layout import Archive
from ficshelf.sources.efiction.shelf import Entry, Row, Shelf
from ficshelf.sources.efiction.telling import Teller

# Tables whose rows have a record each: the kind of entry, and the column of their numbers.
_EACH = (
    ("series", "series", "seriesid"),
    ("authors", "person", "uid"),
    ("news", "news", "nid"),
    ("messages", "message", "message_id"),
    ("challenges", "challenge", "chalid"),
    ("poll", "poll", "poll_id"),
)
# Tables whose rows belong to a record of another table: by which column, to which.
_OWNED = (
    ("coauthors", "sid", "stories"),
    ("stories_authors", "sid", "stories"),
    ("stories_categories", "sid", "stories"),
    ("stories_tags", "sid", "stories"),
    ("inseries", "seriesid", "series"),
    ("authorprefs", "uid", "authors"),
    ("authorinfo", "uid", "authors"),
    ("favorites", "uid", "authors"),
    ("favauth", "uid", "authors"),
    ("favstor", "uid", "authors"),
    ("favseries", "uid", "authors"),
    ("comments", "nid", "news"),
)


class Text(NamedTuple):
    """A chapter of a story: its number, and how many bytes of text the dump has of it."""

    key: str
    size: int


class Listing(NamedTuple):
    """Of an archive the numbers of its stories, in order, with the chapters of each; and every other entry."""

    stories: dict[str, list[Text]]
    strays: list[Text]  # chapters that name no story at all
    hidden: list[Text]  # chapters that were kept back from stories that others may read
    others: list[Entry]


def list_archive(shelf: Shelf, at: int) -> Listing:
    archive = shelf.archives[at]
    stories, strays, hidden = _stories(shelf, archive)
    ids: dict[str, dict[str, None]] = {"stories": dict.fromkeys(stories)}
    others: list[Entry] = []
    for role, kind, column in _EACH:
        if archive.has(role, column):
            ids[role] = dict.fromkeys(row.plain(column) for row in shelf.rows(archive, role))
            others += [Entry(at, kind, key) for key in ids[role]]
    for key, roles in pages.LISTS.items():
        if any(shelf.dump.count(archive.tables[role].name) for role in roles if archive.has(role)):
            others.append(Entry(at, "list", key))
    others += [Entry(at, "orphans", key) for key in _orphans(shelf, archive, ids)]
    for role, table in archive.tables.items():
        count = shelf.dump.count(table.name)
        if role not in rest.KNOWN and count and table.name not in rest.left_out(shelf.dump, shelf.archives):
            others += [Entry(at, "unknown", f"{role}/{chunk}") for chunk in range(-(-count // rest.CHUNK))]
    return Listing(stories, strays, hidden, others)


def _stories(shelf: Shelf, archive: Archive) -> tuple[dict[str, list[Text]], list[Text], list[Text]]:
    """The stories, those whose row is gone and whose chapters are left behind the others; chapters of no story; and
    chapters that were kept back."""
    strays: list[Text] = []
    found: dict[str, dict[str, int]] = {}
    public: set[str] = set()  # stories
    shown: dict[str, set[str]] = {}  # the chapters of a story that were let through
    if archive.version != 1:
        for row in shelf.rows(archive, "stories"):
            found[row.plain("sid")] = {}
            public |= {row.plain("sid")} if chapters.is_public(archive, row) else set()
    for row in shelf.rows(archive, chapters.role(archive)):
        key = chapters.key_of(archive, row)
        sid = row.plain("sid")
        if archive.version == 1:
            sid = key if row.plain("psid") in ("", "0") else row.plain("psid")
            public |= {sid} if sid == key and chapters.is_public(archive, row) else set()
        elif sid in ("", "0") and sid not in found:
            strays.append(Text(key, _size(row)))
            continue
        group = found.setdefault(sid, {})
        group[key] = max(group.get(key, 0), _size(row))
        if chapters.is_public(archive, row):
            shown.setdefault(sid, set()).add(key)
    hidden: list[Text] = []
    for sid, keys in shown.items():
        if sid in public and len(keys) < len(found[sid]):
            hidden += [Text(key, found[sid].pop(key)) for key in list(found[sid]) if key not in keys]
    return {sid: [Text(key, size) for key, size in group.items()] for sid, group in found.items()}, strays, hidden


def _size(row: Row) -> int:
    return len(row.raw("storytext")) if chapters.has_text(row) else 0


def _orphans(shelf: Shelf, archive: Archive, ids: Mapping[str, Mapping[str, None]]) -> Iterator[str]:
    """Rows that name something which is not there, by what they name."""
    if archive.has("reviews"):
        told: dict[str, None] = {}
        answered: set[str] = {row.plain("reviewid") for row in shelf.rows(archive, "reviews") if archive.version == 5}
        owners = {"ST": ids["stories"], "SE": ids.get("series", {}), "C": dict.fromkeys(answered)}
        for row in shelf.rows(archive, "reviews"):
            kind, item = reviews.subject(row)
            if item not in owners.get(kind, ()):
                told[f"reviews/item/{kind} {item}"] = None
        yield from told
    for role, column, owner in _OWNED:
        if archive.has(role, column):
            there = ids.get(owner, {})
            lost = dict.fromkeys(row.plain(column) for row in shelf.rows(archive, role))
            yield from (f"{role}/{column}/{value}" for value in lost if value not in there)


def folders_of(shelf: Shelf, at: int) -> dict[str, tuple[str, ...]]:
    """Of each chapter's number what its author's folder may be called: the author's number, and the pen name."""
    archive = shelf.archives[at]
    quiet = Teller(shelf, at)
    pennames = {
        row.plain("uid"): quiet.text(row, "penname").strip().casefold() for row in shelf.rows(archive, "authors")
    }
    found: dict[str, tuple[str, ...]] = {}
    for row in shelf.rows(archive, chapters.role(archive)):
        uid = row.plain("uid")
        names = (uid, pennames[uid]) if pennames.get(uid) else (uid,)
        found[chapters.key_of(archive, row)] = names
    return found


def cut(size: int) -> bool:
    """Whether a text fills its column, so that a file of it may hold more."""
    return size == schemas.TEXT
