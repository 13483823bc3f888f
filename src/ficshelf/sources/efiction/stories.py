"""A story's record: what its row says, its chapters, its reviews, and the addresses that led to it."""

from __future__ import annotations

from ficshelf.record import Address, Field, Record
from ficshelf.sources.efiction import chapters, reviews, schemas
from ficshelf.sources.efiction.shelf import Row, Shelf
from ficshelf.sources.efiction.telling import (
    CATEGORIES,
    CHALLENGES,
    CHARACTERS,
    CLASSES,
    GENRES,
    RATINGS,
    WARNINGS,
    Kind,
    Teller,
)
from ficshelf.sources.efiction.values import Listed, date, is_integer, number

_TOLD = schemas.words(
    "sid psid title chapter summary storynotes catid classes charid rid date updated uid coauthors "
    "validated completed challenges gid wid storytext inorder cache_authors cache_tags cache_characters "
    "cache_categories cache_rating"
)
_MEMBERS_ONLY = 4  # the bit of ratings.ratingwarning
_MOST_PARENTS = 20  # of a category; more of them go in a circle


def chapter(shelf: Shelf, at: int, chapid: str, base: str) -> Record:
    """The record of a chapter by itself: of no story, or kept back from one that others may read."""
    teller = Teller(shelf, at)
    archive = teller.archive
    role = chapters.role(archive)
    rows = shelf.find(archive, role, "sid" if archive.version == 1 else "chapid", chapid)
    teller.hold(role, len(rows))
    row = max(rows, key=lambda one: len(one.raw("storytext")))
    sid = row.plain("psid" if archive.version == 1 else "sid")
    story = shelf.find(archive, "stories", "sid", sid)
    if story:
        teller.note("kept-back", f"Chapter {number(row.raw('inorder'))} of story {sid} was not let through yet.")
        teller.tell("title", story[0], "title", True)
    else:
        teller.note("row-missing", f"Chapter {chapid} belongs to no story of the archive.")
    part = chapters.part(teller, row, None, reviews.penname(teller, row.plain("uid")), base)
    return teller.record("story", f"chapters/{chapid}", parts=(part,), visibility=part.visibility)


def record(shelf: Shelf, at: int, sid: str, base: str) -> Record:
    """The record of a story; also of one whose row is gone and whose chapters are left."""
    teller = Teller(shelf, at)
    archive = teller.archive
    found = shelf.find(archive, "stories", "sid", sid)
    held = chapters.chapters_of(shelf, archive, sid)
    row = found[0] if found else held.rows[0] if archive.version == 1 and held.rows else None
    back = chapters.kept_back(archive, row, held)
    held = chapters.without(archive, held, back)
    if archive.version == 1:
        teller.hold("stories", len(held.rows) + len(held.again))
    else:
        teller.hold("stories", len(found)) if found else None
        teller.hold("chapters", len(held.rows) + len(held.again)) if archive.has("chapters") else None
    visibility = ""
    if row is None:
        teller.note("row-missing", f"Story {sid} has chapters and no row of its own: its title and author are lost.")
    else:
        if not found:
            teller.note("row-missing", f"The first chapter of story {sid} is not there.")
        visibility = _facts(teller, row, sid)
        for extra in found[1:] if archive.version != 1 else ():
            teller.note("row-again", f"The dump has story {sid} more than once; its first row counts.")
            teller.keep(extra, frozenset({"sid"}))
    for extra in held.again:
        teller.note("row-again", f"The dump has chapter {chapters.key_of(archive, extra)} more than once.")
    if back:
        teller.note("kept-back", f"{len(back)} more of its chapters had not been let through.")
    counts = chapters.numbers(archive, held.rows, len(back))
    if None in counts and len(counts) > 1:
        teller.note("chapter-repeated", "Two chapters have the same number; they follow the order they were added in.")
    parts = tuple(
        chapters.part(teller, one, count, _author_of_chapter(teller, one, row), base)
        for one, count in zip(held.rows, counts, strict=True)
    )
    places = {chapters.key_of(archive, one): place for place, one in enumerate(held.rows, 1)}
    said = reviews.all_said(teller, reviews.of_item(teller, "ST", sid), places)
    if parts and all(one.visibility == "hidden" for one in parts):
        visibility = "hidden"
    return teller.record(
        "story",
        f"stories/{sid}",
        parts=parts,
        reviews=said,
        addresses=_addresses(teller, sid, held.rows, counts),
        visibility=visibility,
    )


def _facts(teller: Teller, row: Row, sid: str) -> str:
    """Tell what the row says of the whole story. Returns who may see it."""
    archive = teller.archive
    teller.tell("title", row, "title", True)
    _authors(teller, row, sid)
    teller.tell("summary", row, "summary", True)
    teller.tell("note", row, "storynotes", True)
    _categories(teller, row, sid)
    _named(teller, row, "charid", CHARACTERS, "character")
    _classes(teller, row, sid)
    _named(teller, row, "gid", GENRES, "genre")
    _named(teller, row, "wid", WARNINGS, "warning")
    visibility = _rating(teller, row)
    _named(teller, row, "challenges", CHALLENGES, "tag")
    _series(teller, sid)
    for name, column in (("published", "date"), ("updated", "updated")):
        if when := date(row.plain(column)) or date(row.plain(f"{column}_backup")):
            teller.fields.append(Field(name, when, f"stories.{column}"))
    if row.raw("completed").strip():
        done = number(row.raw("completed")) == 3 if archive.version == 5 else number(row.raw("completed")) > 0
        teller.fields.append(Field("complete", "true" if done else "false", "stories.completed"))
    site = _site(teller)
    if site.get("url"):
        teller.fields.append(Field("url", f"{site['url'].rstrip('/')}/viewstory.php?sid={sid}", "settings.url"))
    if site.get("sitename"):
        teller.fields.append(Field("archive", site["sitename"], "settings.sitename"))
    teller.keep(row, _TOLD)
    return visibility if chapters.is_public(archive, row) else "hidden"


def _site(teller: Teller) -> dict[str, str]:
    """What the settings say of the site. Read once a process."""
    cached = teller.shelf.caches.get((teller.at, "settings"))
    if not isinstance(cached, dict):
        quiet = Teller(teller.shelf, teller.at)
        rows = list(teller.shelf.rows(teller.archive, "settings"))
        own = [row for row in rows if _is_own(teller, row)] or rows[:1]
        cached = {
            column: quiet.text(own[0], column).strip() for column in ("sitename", "url") if own and own[0].raw(column)
        }
        teller.shelf.caches[teller.at, "settings"] = cached
    return cached


def _is_own(teller: Teller, row: Row) -> bool:
    """Whether a row of the settings, which several archives may share, is this archive's."""
    return row.plain("tableprefix") == teller.archive.prefix.removesuffix("fanfiction_")


def _authors(teller: Teller, row: Row, sid: str) -> None:
    """Tell who wrote it: the author of the row, then all who wrote with them."""
    shelf, archive = teller.shelf, teller.archive
    main = row.plain("uid")
    uids: list[str] = [main] if main not in ("", "0") else []
    shared = shelf.find(archive, "stories_authors", "sid", sid)
    if shared:
        teller.hold("stories_authors", len(shared))
        uids += [one.plain("uid") for one in sorted(shared, key=lambda one: one.plain("type") != "M")]
    with_them = shelf.find(archive, "coauthors", "sid", sid)
    if with_them:
        teller.hold("coauthors", len(with_them))
        uids += [one.plain("uid") for one in with_them]
    listed = [one.strip() for one in row.plain("coauthors").split(",")]
    if len(listed) > 1 or (not archive.has("coauthors") and listed[0] not in ("", "0")):
        uids += [one for one in listed if is_integer(one) and one != "0"]
    for uid in dict.fromkeys(uids):
        if name := reviews.penname(teller, uid):
            teller.fields.append(Field("author", name, "authors.penname" if uid == main else "coauthors.uid"))
            continue
        name = _signed(teller, uid)
        teller.note(
            "row-missing",
            f"Member {uid}, who wrote story {sid}, is not among the members."
            + (f" Reviews by that number are signed “{name}”." if name else ""),
        )
        teller.fields.append(Field("", uid, "stories.uid" if uid == main else "coauthors.uid"))
        if name:
            teller.fields.append(Field("author", name, "reviews.reviewer"))


def _signed(teller: Teller, uid: str) -> str:
    """The name that a member who is gone signed reviews with, where all of them have the same."""
    found = {
        teller.text(row, "reviewer").strip()
        for row in teller.shelf.find(teller.archive, "reviews", "uid", uid)
        if row.plain("reviewer") not in ("", "0")
    }
    return found.pop() if len(found) == 1 else ""


def _author_of_chapter(teller: Teller, row: Row, story: Row | None) -> str:
    """Who wrote a chapter, where that is somebody else than the story's author."""
    uid = row.plain("uid")
    return "" if story is not None and uid == story.plain("uid") else reviews.penname(teller, uid)


def _categories(teller: Teller, row: Row, sid: str) -> None:
    found = teller.listed(row, "catid", CATEGORIES)
    ids = list(found.ids)
    if linked := teller.shelf.find(teller.archive, "stories_categories", "sid", sid):
        teller.hold("stories_categories", len(linked))
        ids += [one.plain("catid") for one in linked if one.plain("catid") in teller.names(CATEGORIES).by_id]
    for key in dict.fromkeys(ids):
        path = category_path(teller, key)
        where = "stories.catid" if len(path) == 1 else f"stories.catid ({' > '.join(path)})"
        teller.fields.append(Field("fandom", path[-1], where))
    teller.fields += [Field("fandom", name, "stories.catid") for name in found.names]


def category_path(teller: Teller, key: str) -> list[str]:
    """The names of a category and of those above it, outermost first."""
    parents = _parents(teller)
    known = teller.names(CATEGORIES).by_id
    path: list[str] = []
    seen: set[str] = set()
    while key in known and key not in seen and len(path) < _MOST_PARENTS:
        seen.add(key)
        path.append(known[key])
        key = parents.get(key, "")
    return path[::-1]


def _parents(teller: Teller) -> dict[str, str]:
    cached = teller.shelf.caches.get((teller.at, "parents"))
    if not isinstance(cached, dict):
        rows = teller.shelf.rows(teller.archive, "categories")
        cached = {row.plain("catid"): row.plain("parentcatid") for row in rows}
        teller.shelf.caches[teller.at, "parents"] = cached
    return cached


def _named(teller: Teller, row: Row, column: str, kind: Kind, fact: str) -> Listed:
    found = teller.listed(row, column, kind)
    known = teller.names(kind).by_id
    for name in (*(known[key] for key in found.ids), *found.names):
        if name:
            teller.fields.append(Field(fact, name, f"{row.table}.{column}"))
    return found


def class_facts(teller: Teller, row: Row, ids: list[str], names: tuple[str, ...]) -> None:
    """Genres, warnings and whatever other types of classes the archive made."""
    facts = _classes_by_id(teller)
    for key in ids:
        if key in facts:
            fact, name, kind = facts[key]
            where = f"{row.table}.classes" if fact != "tag" or not kind else f"{row.table}.classes ({kind})"
            teller.fields.append(Field(fact, name, where))
    teller.fields += [Field("tag", name, f"{row.table}.classes") for name in names]


def _classes(teller: Teller, row: Row, sid: str) -> None:
    found = teller.listed(row, "classes", CLASSES)
    ids = list(found.ids)
    if linked := teller.shelf.find(teller.archive, "stories_tags", "sid", sid):
        teller.hold("stories_tags", len(linked))
        for one in linked:
            if number(one.raw("character")):
                if name := teller.names(CHARACTERS).by_id.get(one.plain("class_id")):
                    teller.fields.append(Field("character", name, "stories_tags.tid"))
            else:
                ids.append(one.plain("class_id"))
    class_facts(teller, row, list(dict.fromkeys(ids)), found.names)


def _classes_by_id(teller: Teller) -> dict[str, tuple[str, str, str]]:
    """Of each class its fact, its name and its type. Read once a process."""
    cached = teller.shelf.caches.get((teller.at, "class facts"))
    if not isinstance(cached, dict):
        made: dict[str, tuple[str, str, str]] = {}
        quiet = Teller(teller.shelf, teller.at)
        types = {
            row.plain("classtype_id"): (quiet.text(row, "classtype_name").strip(), quiet.text(row, "classtype_title"))
            for row in teller.shelf.rows(teller.archive, "classtypes")
        }
        for row in teller.shelf.rows(teller.archive, "classes"):
            kind, title = types.get(row.plain("class_type"), ("", ""))
            name = quiet.text(row, "class_name").strip()
            made[row.plain("class_id")] = (_fact_of(kind, title, row.plain("class_type")), name, title or kind)
        teller.shelf.caches[teller.at, "class facts"] = cached = made
    return cached


def _fact_of(kind: str, title: str, number_of_type: str) -> str:
    """What a type of classes tells of a story: by its name, else by its number, which eFiction gives to these two."""
    for word, fact in (("genre", "genre"), ("warning", "warning")):
        if word in kind.casefold() or word in title.casefold():
            return fact
    return {"1": "genre", "2": "warning"}.get(number_of_type, "tag") if not kind and not title else "tag"


def _rating(teller: Teller, row: Row) -> str:
    """Tell the rating. Returns "members" where it is for members alone."""
    found = _named(teller, row, "rid", RATINGS, "rating")
    for one in teller.shelf.rows(teller.archive, "ratings") if found.ids else ():
        if one.plain("rid") in found.ids and number(one.raw("ratingwarning")) & _MEMBERS_ONLY:
            return "members"
    return ""


def _series(teller: Teller, sid: str) -> None:
    """Tell the series that the story is in, each with its place. Their rows belong to the series' records."""
    for link in teller.shelf.find(teller.archive, "inseries", "sid", sid):
        rows = teller.shelf.find(teller.archive, "series", "seriesid", link.plain("seriesid"))
        if not rows:
            teller.note("row-missing", f"Series {link.plain('seriesid')}, which story {sid} was in, is not there.")
            continue
        if title := teller.text(rows[0], "title").strip():
            place = number(link.raw("inorder"))
            teller.fields.append(Field("series", f"{title} #{place}" if place > 0 else title, "inseries.seriesid"))


def _addresses(teller: Teller, sid: str, rows: tuple[Row, ...], counts: list[int | None]) -> tuple[Address, ...]:
    """The addresses of the story, its chapters and its reviews."""
    archive = teller.archive
    made = [Address(f"viewstory.php?sid={sid}")]
    if archive.version == 1:
        made += [
            Address(f"viewstory.php?sid={row.plain('sid')}", place)
            for place, row in enumerate(rows, 1)
            if row.plain("sid") != sid
        ]
        return (*made, Address(f"reviews.php?sid={sid}"))
    taken: set[int] = set()
    for place, row in enumerate(rows, 1):
        count = number(row.raw("inorder"))
        if count not in taken:
            taken.add(count)
            made.append(Address(f"viewstory.php?sid={sid}&chapter={count}", place))
    made.append(Address(f"viewstory.php?action=printable&sid={sid}&chapter=all"))
    reviewed = "reviews.php?sid=" if archive.version == 2 else "reviews.php?type=ST&item="
    made.append(Address(f"{reviewed}{sid}"))
    if archive.version != 2:
        made += [
            Address(f"{reviewed}{sid}&chapid={row.plain('chapid')}", place)
            for place, row in enumerate(rows, 1)
            if row.plain("chapid")
        ]
    return tuple(made)
