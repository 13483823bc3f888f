"""`metadata.db`: read defensively, since it is a file like any other. It is opened to be read alone, as it is on disk,
and nothing of what it asks SQLite to do is done: no view, no virtual table, no trigger, no query without end."""

from __future__ import annotations

import os
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import zip_longest
from typing import NamedTuple
from urllib.parse import quote

from ficshelf.record import Field, Record
from ficshelf.sources import limits
from ficshelf.sources.calibre import books
from ficshelf.sources.calibre.books import PROGRAM, Book, Column

_VIRTUAL = re.compile(r"\s*CREATE\s+VIRTUAL", re.IGNORECASE)
_STEPS = 10_000  # instructions of SQLite's machine between two looks at how many there were
_CALIBRES = "calibre's own: settings, news, reading positions, highlights, what waits to be written"
_COLUMNS = "the names of columns stand with each of their values"
_NAMES = {  # tables of names, the tables that tie them to books, and the columns of both
    "authors": ("books_authors_link", "author", "name"),
    "tags": ("books_tags_link", "tag", "name"),
    "series": ("books_series_link", "series", "name"),
    "publishers": ("books_publishers_link", "publisher", "name"),
    "languages": ("books_languages_link", "lang_code", "lang_code"),
    "ratings": ("books_ratings_link", "rating", "rating"),
}
_OTHERS = ("timestamp", "last_modified", "uuid", "sort")  # columns of a book which say nothing of the story


class NoLibraryError(Exception):
    """A database, and none of calibre."""


class Known(NamedTuple):
    """The books, and the records of all else."""

    books: list[Book]
    rest: list[Record]


def read(disk: str) -> Known:
    """What a database knows. Raises sqlite3.Error and NoLibraryError."""
    address = f"file:{quote(os.fsencode(disk))}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as base:
        base.text_factory = lambda data: data.decode("utf-8", "replace")
        base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, limits.FIELD)
        base.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        left = [limits.STEPS // _STEPS]
        base.set_progress_handler(lambda: _is_enough(left), _STEPS)
        base.execute("PRAGMA trusted_schema = OFF")
        base.execute("PRAGMA cell_size_check = ON")
        return _Database(base).known()


def _is_enough(left: list[int]) -> bool:
    left[0] -= 1
    return left[0] < 0


class _Database:
    """The tables of one library. `held` has what other tables say of each book: by its id, the tables with their rows;
    `counts` how many rows there are, `used` how many of them some record holds, and `told` which of a table of names
    some book has named."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self.base = base
        listed = base.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchmany(limits.TABLES)
        self.tables = {
            name: self._columns(name)
            for name, sql in listed
            if isinstance(name, str) and isinstance(sql, str) and not _VIRTUAL.match(sql)
        }
        if not {"id", "title"} <= set(self.tables.get("books", ())):
            raise NoLibraryError("it has no table of books")
        self.held: dict[str, dict[str, list[list[str]]]] = {}
        self.counts: Counter[str] = Counter()
        self.told: dict[str, set[str]] = {}

    def _columns(self, table: str) -> list[str]:
        """The columns of a table, without those that are computed."""
        told = self.base.execute(f"PRAGMA table_xinfo({_quoted(table)})").fetchmany(limits.COLUMNS)
        return [str(row[1]) for row in told if row[6] == 0]

    def rows(self, table: str, *columns: str) -> Iterator[list[str]]:
        """The rows of a table as texts, in the order of their ids; a column that is not there is empty."""
        there = self.tables.get(table)
        if there is None:
            return
        chosen = ", ".join(_quoted(column) if column in there else "''" for column in columns)
        order = " ORDER BY id" if "id" in there else ""
        for row in self.base.execute(f"SELECT {chosen} FROM {_quoted(table)}{order}"):
            self.counts[table] += 1
            if self.counts[table] > limits.BOOKS * 20:
                raise NoLibraryError(f"its table {table[:60]} has more rows than any library")
            yield [_text(value) for value in row]

    def hold(self, table: str, *columns: str) -> None:
        """Remember the rows of a table by the book of each."""
        for book, *values in self.rows(table, "book", *columns):
            self.held.setdefault(book, {}).setdefault(table, []).append(values)

    def known(self) -> Known:
        self.hold("data", "format", "name")
        self.hold("comments", "text")
        self.hold("identifiers", "type", "val")
        names: dict[str, dict[str, list[str]]] = {}
        for table, (links, column, value) in _NAMES.items():
            names[table] = {row[0]: row[1:] for row in self.rows(table, "id", value, "sort", "link")}
            self.hold(links, column)
        own = list(self._own(names))
        made = [
            self._book(row, names, own)
            for row in self.rows("books", "id", "title", "author_sort", "series_index", "path", "pubdate", *_OTHERS)
        ]
        if len(made) > limits.BOOKS:
            raise NoLibraryError(f"it lists {len(made):,} books; the limit is {limits.BOOKS:,}")
        made = list(_unlike(made))
        people = [books.person(key, *one) for key, one in sorted(names["authors"].items(), key=lambda row: row[1])]
        return Known(made, [*people, *self._strays(names), self._balance()])

    def _own(self, names: dict[str, dict[str, list[str]]]) -> Iterator[tuple[str, str, str, str, str]]:
        """The columns that the reader made: the table of each, that which ties it to books, label, name, datatype."""
        told = list(self.rows("custom_columns", "id", "label", "name", "datatype"))
        for at, label, name, datatype in told[: limits.COLUMNS]:
            table, links = f"custom_column_{at}", f"books_custom_column_{at}_link"
            if not at.isdigit() or table not in self.tables:
                continue
            if links in self.tables:
                names[table] = {row[0]: row[1:] for row in self.rows(table, "id", "value")}
                self.hold(links, "value", "extra")
            else:
                self.hold(table, "value")
            yield table, links, label, name, datatype

    def _book(
        self, row: list[str], names: dict[str, dict[str, list[str]]], own: list[tuple[str, str, str, str, str]]
    ) -> Book:
        at, title, author_sort, place, path, published, *others = row
        held = self.held.pop(at, {})
        used = Counter({"books": 1, **{table: len(rows) for table, rows in held.items()}})

        def named(table: str, links: str) -> list[str]:
            values = []
            for link in held.get(links, ()):
                value = names.get(table, {}).get(link[0])
                if value is not None:
                    values.append(value[0])
                    if table != "authors" and link[0] not in self.told.setdefault(table, set()):
                        self.told[table].add(link[0])
                        used[table] += 1
            return values

        by = {table: named(table, links) for table, (links, _, _) in _NAMES.items()}
        columns = []
        for table, links, label, name, datatype in own:
            values = named(table, links) if table in names else [one[0] for one in held.get(table, ())]
            places = [one[1] for one in held.get(links, ())] if datatype == "series" else []
            columns += [
                Column(label, name, datatype, value, place)
                for value, place in zip_longest(values, places[: len(values)], fillvalue="")
            ]
        folder = [part for part in path.replace("\\", "/").split("/") if part]
        files = [f"{'/'.join(folder)}/{name}.{ending.lower()}" for ending, name in held.get("data", ())]
        return Book(
            f"books/{at}",
            title,
            tuple(author.replace("|", ",") for author in by["authors"]),
            author_sort,
            next(iter(by["series"]), ""),
            place,
            tuple(by["tags"]),
            "\n".join(text for (text,) in held.get("comments", ())),
            next(iter(by["publishers"]), ""),
            published,
            tuple(by["languages"]),
            tuple((kind, value) for kind, value in held.get("identifiers", ())),
            tuple(columns),
            (
                *((f"books.{column}", value) for column, value in zip(_OTHERS, others, strict=True)),
                *_stars(by["ratings"]),
            ),
            tuple(sorted(files, key=books.rank)),
            tuple(used.items()),
        )

    def _strays(self, names: dict[str, dict[str, list[str]]]) -> Iterator[Record]:
        """Rows of books that are not there, and names that no book bears: a record for each table."""
        rows: dict[str, list[list[str]]] = {}
        for book, tables in self.held.items():
            for table, held in tables.items():
                rows.setdefault(table, []).extend([f"book {book}", *values] for values in held)
        for table, told in names.items():
            if table != "authors":
                known = self.told.get(table, set())
                rows.setdefault(table, []).extend([value[0]] for key, value in told.items() if key not in known)
        for table, strays in rows.items():
            if strays:
                fields = tuple(Field("row", ", ".join(filter(None, values)), table) for values in strays)
                yield Record("rest", f"rest/{table}", PROGRAM, fields, rows={table: len(strays)})

    def _balance(self) -> Record:
        """How many rows each table has, and which were left out."""
        fields = [Field("table", str(count), table) for table, count in self.counts.items()]
        if count := self.counts["custom_columns"]:
            fields.append(Field("left out", f"{count}: {_COLUMNS}", "custom_columns"))
        for table in self.tables:
            if table not in self.counts and not table.startswith(("sqlite_", "annotations_fts")):
                count = self.base.execute(f"SELECT count(*) FROM {_quoted(table)}").fetchone()[0]
                fields.append(Field("table", str(count), table))
                fields += [Field("left out", f"{count}: {_CALIBRES}", table)] if count else []
        return Record("page", "balance", PROGRAM, tuple(fields))


def _unlike(made: list[Book]) -> Iterator[Book]:
    """The books, no two with one key."""
    seen: Counter[str] = Counter()
    for book in made:
        seen[book.key] += 1
        yield book if seen[book.key] == 1 else book._replace(key=f"{book.key}-{seen[book.key]}")


def _stars(ratings: list[str]) -> Iterator[tuple[str, str]]:
    """How much the reader liked a book, which is no rating of the story."""
    for rating in ratings:
        yield "ratings.rating", books.stars(rating)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace").replace("\0", "")
    return str(value).replace("\0", "")
