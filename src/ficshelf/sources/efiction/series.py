"""A series' record: what it is, and the stories and series in it, in their order."""

from __future__ import annotations

from ficshelf.record import Address, Field, Member, Record
from ficshelf.sources.efiction import reviews, schemas
from ficshelf.sources.efiction.shelf import Row, Shelf
from ficshelf.sources.efiction.stories import category_path, class_facts
from ficshelf.sources.efiction.telling import CATEGORIES, CHALLENGES, CHARACTERS, CLASSES, Kind, Teller
from ficshelf.sources.efiction.values import number

_TOLD = schemas.words(
    "seriesid title summary uid isopen open catid classes characters challenges warnings genres "
    "parent_series cache_authors cache_tags cache_characters cache_categories"
)


def record(shelf: Shelf, at: int, seriesid: str) -> Record:
    """The record of a series."""
    teller = Teller(shelf, at)
    archive = teller.archive
    rows = shelf.find(archive, "series", "seriesid", seriesid)
    teller.hold("series", len(rows))
    row = rows[0]
    teller.tell("title", row, "title", True)
    if author := reviews.penname(teller, row.plain("uid")):
        teller.fields.append(Field("author", author, "series.uid"))
    elif row.plain("uid") not in ("", "0"):
        teller.note("row-missing", f"Member {row.plain('uid')}, who owned series {seriesid}, is not among the members.")
    teller.tell("summary", row, "summary", True)
    if row.raw("isopen").strip():
        teller.fields.append(Field("open", "true" if number(row.raw("isopen")) > 0 else "false", "series.isopen"))
    for key in teller.listed(row, "catid", CATEGORIES).ids:
        path = category_path(teller, key)
        where = "series.catid" if len(path) == 1 else f"series.catid ({' > '.join(path)})"
        teller.fields.append(Field("fandom", path[-1], where))
    classes = teller.listed(row, "classes", CLASSES)
    class_facts(teller, row, list(classes.ids), classes.names)
    _list(teller, row, "characters", CHARACTERS, "character")
    _list(teller, row, "challenges", CHALLENGES, "tag")
    if not classes.ids:
        for column, fact in (("genres", "genre"), ("warnings", "warning")):
            for name in teller.text(row, column).split(","):
                if name.strip() not in ("", "0"):
                    teller.fields.append(Field(fact, name.strip(), f"series.{column}"))
    teller.keep(row, _TOLD)
    members = _members(teller, seriesid)
    said = reviews.all_said(teller, reviews.of_item(teller, "SE", seriesid), {})
    return teller.record(
        "series",
        f"series/{seriesid}",
        reviews=said,
        members=members,
        addresses=(
            Address(f"viewseries.php?seriesid={seriesid}"),
            Address(f"series.php?seriesid={seriesid}"),
            Address(f"reviews.php?type=SE&item={seriesid}"),
        ),
    )


def _list(teller: Teller, row: Row, column: str, kind: Kind, fact: str) -> None:
    found = teller.listed(row, column, kind)
    known = teller.names(kind).by_id
    for name in (*(known[key] for key in found.ids), *found.names):
        teller.fields.append(Field(fact, name, f"series.{column}"))


def _members(teller: Teller, seriesid: str) -> tuple[Member, ...]:
    """The stories and the series in a series. One that still waited for its owner's consent is kept, and not one of
    them."""
    shelf, archive = teller.shelf, teller.archive
    links = shelf.find(archive, "inseries", "seriesid", seriesid)
    if not links:
        return ()
    teller.hold("inseries", len(links))
    is_asked = any(number(link.raw("confirmed")) > 0 for link in links)
    members: list[tuple[int, Member]] = []
    for link in links:
        sid, sub = link.plain("sid"), link.plain("subseriesid")
        is_story = sub in ("", "0")
        table, column, key = ("stories", "sid", sid) if is_story else ("series", "seriesid", sub)
        if not shelf.find(archive, table, column, key):
            what = "Story" if is_story else "Series"
            teller.note("row-missing", f"{what} {key} of series {seriesid} is not there.")
        elif not is_story and key == seriesid:
            teller.note("row-missing", f"Series {seriesid} names itself as one of its own.")
        elif is_asked and number(link.raw("confirmed")) <= 0:
            teller.fields.append(Field("", f"{table}/{key} waited to be let in", "inseries.confirmed"))
        else:
            place = number(link.raw("inorder"))
            members.append((place, Member(f"{archive.shelf}{table}/{key}", place)))
    return tuple(member for _, member in sorted(members, key=lambda one: one[0]))
