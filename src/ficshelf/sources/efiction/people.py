"""A member's record: pen name, profile, favourites. Mail addresses and real names are sealed; passwords are dropped."""

from __future__ import annotations

from ficshelf.record import Address, Field, Record, naming
from ficshelf.sources.efiction.shelf import Row, Shelf
from ficshelf.sources.efiction.telling import Teller, field, is_mail, is_secret
from ficshelf.sources.efiction.values import date, number

_STAFF = {1: "administrator", 2: "staff, level 2", 3: "staff, level 3", 4: "staff, level 4"}
_FAVOURITES = {"ST": "favourite story", "SE": "favourite series", "AU": "favourite author"}
_OLD_FAVOURITES = (("favstor", "sid", "ST"), ("favseries", "seriesid", "SE"), ("favauth", "favuid", "AU"))
_NAMED = {  # where the names of favourites are: table, key and name
    "ST": ("stories", "sid", "title"),
    "SE": ("series", "seriesid", "title"),
    "AU": ("authors", "uid", "penname"),
}
_SEALED = ("email", "realname")


def record(shelf: Shelf, at: int, uid: str) -> Record:
    """The record of a member."""
    teller = Teller(shelf, at)
    archive = teller.archive
    rows = shelf.find(archive, "authors", "uid", uid)
    teller.hold("authors", len(rows))
    if len(rows) > 1:
        teller.note("row-again", f"The dump has member {uid} more than once; the first row counts.")
    row = rows[0]
    if not teller.tell("name", row, "penname"):
        teller.note("row-missing", f"Member {uid} has no pen name.")
    if about := teller.text(row, "bio").strip():
        teller.fields.append(field("about", about, "authors.bio", True))
    for name in ("website", "image"):
        value = teller.text(row, name).strip()
        if value and value.casefold() not in ("http://", "https://") and not is_mail(value):
            teller.fields.append(Field(name, value, f"authors.{name}"))
    if joined := date(row.plain("date")) or date(row.plain("date_backup")):
        teller.fields.append(Field("joined", joined, "authors.date"))
    prefs = shelf.find(archive, "authorprefs", "uid", uid)
    if prefs:
        teller.hold("authorprefs", len(prefs))
    level = number((prefs[0] if prefs else row).raw("level"))
    if level > 0:
        column = "authorprefs.level" if prefs else "authors.level"
        teller.fields.append(Field("staff", _STAFF.get(level, f"staff, level {level}"), column))
    _profile(teller, uid)
    _favourites(teller, uid)
    return teller.record("person", f"authors/{uid}", addresses=(Address(f"viewuser.php?uid={uid}"),))


def _profile(teller: Teller, uid: str) -> None:
    """The fields that the archive asked of its members, under the titles that it gave them."""
    rows = teller.shelf.find(teller.archive, "authorinfo", "uid", uid)
    if not rows:
        return
    teller.hold("authorinfo", len(rows))
    titles = _titles(teller)
    for row in rows:
        key = row.plain("field")
        value = teller.text(row, "info").strip()
        if not value or is_secret("info", value):
            continue
        title, name = titles.get(key, ("", ""))
        if not title:
            teller.note("row-missing", f"Field {key} of the profiles is not there; what member {uid} wrote into it is.")
        as_website = name.casefold() == "website" and not any(one.name == "website" for one in teller.fields)
        label = "website" if as_website else title or f"field {key}"
        if label == "website" and any(one.name == "website" and one.value == value for one in teller.fields):
            continue
        teller.fields.append(Field(label, value, "authorinfo.info"))


def _titles(teller: Teller) -> dict[str, tuple[str, str]]:
    cached = teller.shelf.caches.get((teller.at, "authorfields"))
    if not isinstance(cached, dict):
        quiet = Teller(teller.shelf, teller.at)
        cached = {
            row.plain("field_id"): (quiet.text(row, "field_title").strip(), row.plain("field_name"))
            for row in teller.shelf.rows(teller.archive, "authorfields")
        }
        teller.shelf.caches[teller.at, "authorfields"] = cached
    return cached


def _favourites_of(teller: Teller, uid: str) -> list[tuple[str, str, str, Row]]:
    """A member's favourites as (table, kind, number of the item, row), of both forms that there were."""
    shelf, archive = teller.shelf, teller.archive
    new = shelf.find(archive, "favorites", "uid", uid)
    found = [("favorites", row.plain("type"), row.plain("item"), row) for row in new]
    for table, item, kind in _OLD_FAVOURITES:
        found += [(table, kind, row.plain(item), row) for row in shelf.find(archive, table, "uid", uid)]
    return found


def _favourites(teller: Teller, uid: str) -> None:
    for table, kind, item, row in _favourites_of(teller, uid):
        teller.hold(table)
        name = _name_of(teller, kind, item)
        where = naming(table, f"{teller.archive.shelf}{_NAMED.get(kind, _NAMED['ST'])[0]}/{item}")
        said = teller.text(row, "comments").strip()
        if name:
            told = f"{name} ({said})" if said else name
            teller.fields.append(Field(_FAVOURITES.get(kind, "favourite"), told, where))
        else:
            teller.fields.append(Field("", f"{item} ({said})" if said else item, where))


def _name_of(teller: Teller, kind: str, item: str) -> str:
    """What a favourite is called; "" where it is no longer there."""
    if kind not in _NAMED:
        return ""
    table, key, column = _NAMED[kind]
    rows = teller.shelf.find(teller.archive, table, key, item)
    return teller.text(rows[0], column).strip() if rows else ""


def sealed(shelf: Shelf, at: int) -> Record:
    """The mail addresses and real names of all members, for the owner's eyes alone."""
    teller = Teller(shelf, at)
    for row in shelf.rows(teller.archive, "authors"):
        key = f"{teller.archive.shelf}authors/{row.plain('uid')}"
        for column in _SEALED:
            if value := teller.text(row, column).strip():
                teller.fields.append(Field(key, value, f"authors.{column}"))
        website = teller.text(row, "website").strip()
        if is_mail(website):
            teller.fields.append(Field(key, website, "authors.website"))
    for row in shelf.rows(teller.archive, "authorinfo"):
        if is_mail(value := teller.text(row, "info").strip()):
            teller.fields.append(Field(f"{teller.archive.shelf}authors/{row.plain('uid')}", value, "authorinfo.info"))
    for row in shelf.rows(teller.archive, "reviews"):
        if b"@" in row.raw("reviewer") and is_mail(value := teller.text(row, "reviewer").strip()):
            key = f"{teller.archive.shelf}reviews/{row.plain('reviewid')}"
            teller.fields.append(Field(key, value, "reviews.reviewer"))
    for row in shelf.rows(teller.archive, "settings"):
        if value := teller.text(row, "siteemail").strip():
            teller.fields.append(Field(f"{teller.archive.shelf}site", value, "settings.siteemail"))
    return teller.record("sealed", "sealed")
