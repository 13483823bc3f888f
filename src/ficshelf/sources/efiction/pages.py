"""The archive's own pages: the site, its news with their comments, rules and help, challenges, polls, and the lists of
categories, characters, genres and ratings that its stories were filed under."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator

from ficshelf.record import Address, Field, Record, Said
from ficshelf.sources.efiction import reviews
from ficshelf.sources.efiction.shelf import Row, Shelf
from ficshelf.sources.efiction.stories import category_path
from ficshelf.sources.efiction.telling import CATEGORIES, CHARACTERS, Teller, field, is_mail
from ficshelf.sources.efiction.values import date, number

# Lists that stories are filed under: each is one page, by its key; with the tables whose rows it holds.
LISTS: dict[str, tuple[str, ...]] = {
    "categories": ("categories",),
    "characters": ("characters",),
    "classes": ("classtypes", "classes"),
    "genres": ("genres",),
    "warnings": ("warnings",),
    "ratings": ("ratings",),
}
_SITE = {  # what is told of the settings, and what it is called
    "slogan": "slogan",
    "url": "address",
    "language": "language of its pages",
    "storiespath": "folder of stories",
    "store": "texts lay in",
    "version": "version",
}
_LISTED = {"classes": "Genres, warnings and other classes"}
_OLD_MESSAGES = ("welcome", "thankyou", "nothankyou", "rules", "copyright", "help")
_TITLES = {
    "thankyou": "Thank you letter",
    "nothankyou": "Rejection letter",
    "copyright": "Copyright",
    "tos": "Terms of service",
    "printercopyright": "Copyright on printed pages",
}


def site(shelf: Shelf, at: int) -> Record:
    """The page of the archive itself: its name, its address, how it was set up; never a password or an address."""
    teller = Teller(shelf, at)
    archive = teller.archive
    text: list[str] = []
    for row in shelf.rows(archive, "settings"):
        if _owner(shelf, row) != at:
            continue
        teller.hold("settings")
        if title := teller.text(row, "sitename").strip():
            teller.fields.append(Field("title", title, "settings.sitename"))
        for column, name in _SITE.items():
            value = teller.text(row, column).strip()
            if value and not is_mail(value):
                teller.fields.append(Field(name, value, f"settings.{column}"))
        text += [teller.text(row, column) for column in _OLD_MESSAGES if row.raw(column)]
    if not any(one.name == "title" for one in teller.fields):
        teller.fields.insert(0, Field("title", "The archive", ""))
    for said in text:
        teller.fields.append(field("text", said, "settings", True))
    for role in ("authorfields",):
        for row in shelf.rows(archive, role):
            teller.hold(role)
            if title := teller.text(row, "field_title").strip():
                teller.fields.append(Field("", title, "authorfields.field_title"))
    for table in archive.tables.values():
        if table.inferred and table.columns and not table.columns[0].startswith("column "):
            teller.fields.append(Field("", ", ".join(table.columns), f"{table.name}: columns told from its rows"))
    if at == 0:
        for problem in shelf.dump.problems():
            teller.note("damaged", f"The dump, at byte {problem.offset:,}: {problem.text.removesuffix('.')}.")
    return teller.record("page", "site", addresses=(Address(""), Address("index.php")))


def _owner(shelf: Shelf, row: Row) -> int:
    """Which archive of the dump a row of the settings is of; the first, where it says of none."""
    prefix = f"{row.plain('tableprefix')}fanfiction_"
    return next((at for at, archive in enumerate(shelf.archives) if archive.prefix == prefix), 0)


def storiespath(shelf: Shelf, at: int) -> str:
    """What the archive calls the folder of its stories."""
    rows = [row for row in shelf.rows(shelf.archives[at], "settings") if _owner(shelf, row) == at]
    return next((path for row in rows if (path := Teller(shelf, at).text(row, "storiespath").strip())), "stories")


def news(shelf: Shelf, at: int, nid: str) -> Record:
    """A piece of news, with what members said of it."""
    teller = Teller(shelf, at)
    rows = shelf.find(teller.archive, "news", "nid", nid)
    teller.hold("news", len(rows))
    row = rows[0]
    teller.tell("title", row, "title", True)
    author = teller.text(row, "author").strip() or reviews.penname(teller, row.plain("uid"))
    if author:
        teller.fields.append(Field("author", author, "news.author"))
    if when := date(row.plain("time")) or date(row.plain("time_backup")):
        teller.fields.append(Field("date", when, "news.time"))
    teller.tell("text", row, "story", True)
    return teller.record(
        "page",
        f"news/{nid}",
        reviews=tuple(comments(teller, "nid", nid)),
        addresses=(Address(f"news.php?action=newsstory&nid={nid}"),),
    )


def comments(teller: Teller, column: str, value: str) -> Iterator[Said]:
    """What members said of the news."""
    for row in teller.shelf.find(teller.archive, "comments", column, value):
        teller.hold("comments")
        name = reviews.penname(teller, row.plain("uid")) or teller.text(row, "uname").strip()
        fields = [Field("reviewer", name, "comments.uid")] if name and not is_mail(name) else []
        if when := date(row.plain("time")) or date(row.plain("time_backup")):
            fields.append(Field("date", when, "comments.time"))
        if text := teller.text(row, "comment").strip():
            fields.append(field("text", text, "comments.comment", True))
        yield Said(tuple(fields))


def message(shelf: Shelf, at: int, key: str) -> Record:
    """A page of the archive: rules, help, a letter."""
    teller = Teller(shelf, at)
    rows = shelf.find(teller.archive, "messages", "message_id", key)
    teller.hold("messages", len(rows))
    row = rows[0]
    name = teller.text(row, "message_name").strip()
    if not teller.tell("title", row, "message_title", True) and name:
        teller.fields.append(Field("title", _TITLES.get(name, name.capitalize()), "messages.message_name"))
    teller.tell("text", row, "message_text", True)
    addresses = (Address(f"viewpage.php?page={name}"),) if name else ()
    return teller.record("page", f"messages/{key}", addresses=addresses)


def challenge(shelf: Shelf, at: int, chalid: str) -> Record:
    """A challenge that members set."""
    teller = Teller(shelf, at)
    rows = shelf.find(teller.archive, "challenges", "chalid", chalid)
    teller.hold("challenges", len(rows))
    row = rows[0]
    teller.tell("title", row, "title", True)
    if name := reviews.penname(teller, row.plain("uid")) or teller.text(row, "challenger").strip():
        teller.fields.append(Field("author", name, "challenges.challenger"))
    for column, kind, fact in (("catid", CATEGORIES, "fandom"), ("characters", CHARACTERS, "character")):
        found = teller.listed(row, column, kind)
        known = teller.names(kind).by_id
        for value in (*(known[one] for one in found.ids), *found.names):
            teller.fields.append(Field(fact, value, f"challenges.{column}"))
    teller.tell("text", row, "summary", True)
    return teller.record(
        "page", f"challenges/{chalid}", addresses=(Address(f"modules/challenges/challenges.php?chalid={chalid}"),)
    )


def poll(shelf: Shelf, at: int, key: str) -> Record:
    """A poll and its result; how each member voted is left out."""
    teller = Teller(shelf, at)
    rows = shelf.find(teller.archive, "poll", "poll_id", key)
    teller.hold("poll", len(rows))
    row = rows[0]
    for column in ("poll_question", "question"):
        teller.tell("title", row, column)
    options = [one.strip() for one in (teller.text(row, "poll_opts") or teller.text(row, "options")).split("|#|")]
    results = (teller.text(row, "poll_results") or teller.text(row, "results")).split("#")
    counted = results if len(results) == len(options) else [""] * len(options)
    items = "".join(
        f"<li>{html.escape(one)}{f': {html.escape(votes)}' if votes else ''}</li>"
        for one, votes in zip(options, counted, strict=True)
        if one
    )
    if items:
        teller.fields.append(Field("text", f"<ul>{items}</ul>", "poll.poll_opts", True))
    if when := date(row.plain("poll_start") or row.plain("start_date")):
        teller.fields.append(Field("date", when, "poll.poll_start"))
    return teller.record("page", f"polls/{key}")


def listing(shelf: Shelf, at: int, key: str) -> Record:
    """A page that lists what stories are filed under, with what the archive says of each."""
    teller = Teller(shelf, at)
    for role in LISTS[key]:
        if teller.archive.has(role):
            teller.hold(role, shelf.dump.count(teller.archive.tables[role].name))
    teller.fields.append(Field("title", _LISTED.get(key, key.capitalize()), ""))
    items = _ITEMS[key](teller)
    teller.fields.append(Field("text", f"<ul>\n{_list_items(items)}</ul>", key, True))
    address = {"classes": "class", "genres": "class", "warnings": "class"}.get(key, key)
    return teller.record("page", key, addresses=(Address(f"browse.php?type={address}"),))


def _list_items(items: Iterable[tuple[str, str]]) -> str:
    """Names, each with what is said of it; the names as text, what is said as markup."""
    return "".join(
        f"<li>{html.escape(name)}{f': {said}' if said else ''}</li>\n" for name, said in items if name or said
    )


def _categories(teller: Teller) -> Iterator[tuple[str, str]]:
    for row in teller.shelf.rows(teller.archive, "categories"):
        yield " > ".join(category_path(teller, row.plain("catid"))), teller.text(row, "description").strip()


def _characters(teller: Teller) -> Iterator[tuple[str, str]]:
    for row in teller.shelf.rows(teller.archive, "characters"):
        path = " > ".join(category_path(teller, row.plain("catid")))
        name = teller.text(row, "charname").strip()
        yield f"{name} ({path})" if path else name, teller.text(row, "bio").strip()


def _classes(teller: Teller) -> Iterator[tuple[str, str]]:
    titles = {
        row.plain("classtype_id"): (teller.text(row, "classtype_title") or teller.text(row, "classtype_name")).strip()
        for row in teller.shelf.rows(teller.archive, "classtypes")
    }
    for row in teller.shelf.rows(teller.archive, "classes"):
        name = teller.text(row, "class_name").strip()
        title = titles.get(row.plain("class_type"), "")
        yield f"{title}: {name}" if title else name, teller.text(row, "description").strip()


def _ratings(teller: Teller) -> Iterator[tuple[str, str]]:
    for row in teller.shelf.rows(teller.archive, "ratings"):
        name = teller.text(row, "rating").strip()
        yield (
            f"{name} (for members only)" if number(row.raw("ratingwarning")) & 4 else name,
            teller.text(row, "warningtext").strip(),
        )


def _plain(role: str, column: str) -> Callable[[Teller], Iterator[tuple[str, str]]]:
    def items(teller: Teller) -> Iterator[tuple[str, str]]:
        for row in teller.shelf.rows(teller.archive, role):
            yield teller.text(row, column).strip(), ""

    return items


_ITEMS: dict[str, Callable[[Teller], Iterator[tuple[str, str]]]] = {
    "categories": _categories,
    "characters": _characters,
    "classes": _classes,
    "genres": _plain("genres", "genre"),
    "warnings": _plain("warnings", "warning"),
    "ratings": _ratings,
}


def row_of(row: Row, teller: Teller) -> str:
    """A row in words: what its columns hold, without what is secret."""
    return "; ".join(
        f"{one.column.partition('.')[2]}: {one.value}" for one in teller.kept(row, frozenset()) if one.value.strip()
    )
