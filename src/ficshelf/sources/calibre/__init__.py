"""Libraries of calibre: a folder a book, and `metadata.db` on top that says what the books are.

Each book is a record and its best file; its files in other formats are further copies. Where the database is not there,
or is damaged, the `metadata.opf` in the folder of a book says the same of it alone. Nothing is ever written to the
library, and no path in the database is opened: what it names is looked up among the files that were found.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import PurePosixPath

from ficshelf.errors import CannotOpenError
from ficshelf.record import Record, pack
from ficshelf.sources import limits, pages
from ficshelf.sources.calibre import books, database, package
from ficshelf.sources.calibre.books import Book
from ficshelf.sources.containers import Opened, Scratch
from ficshelf.sources.places import Place

KIND = "calibre"
_DATABASE, _PACKAGE = "metadata.db", "metadata.opf"
_NO_DATABASE = "no database of calibre can be read in it ({}); the books beside it are read all the same"


def opens(place: Place, head: bytes) -> bool:
    """Whether a file is called as calibre calls what it knows of its books."""
    name = PurePosixPath(place.path).name.lower()
    return name == _DATABASE or (name == _PACKAGE and b"<package" in head)


def open_up(place: Place, others: Sequence[Place], scratch: Scratch) -> Opened:
    """Take a library apart, or one book of it."""
    if PurePosixPath(place.path).name.lower() == _DATABASE:
        try:
            known = database.read(place.disk)
        except (sqlite3.Error, database.NoLibraryError, ValueError, OverflowError) as error:
            return Opened(unread=_NO_DATABASE.format(str(error)[:200]))
        return _Library(place, others, scratch).run(known.books, known.rest)
    data = place.content(limits.READ)
    book = package.read(data) if data is not None else None
    if book is None:
        return Opened(unread="it is called metadata.opf, and no book can be made out of it")
    library = _Library(place, others, scratch)
    book = library.with_files(book)
    return library.run([book], ()) if book.files else Opened()  # the database has told of it


def read_entry(disk: str, entries: tuple[int, ...], label: str) -> bytes:
    """A record. Raises CannotOpenError."""
    try:
        return pages.read_entry(disk, entries, label)
    except CannotOpenError as error:
        raise CannotOpenError(label, error.reason, "Add the library again.") from error


class _Library:
    """The places of a library so far."""

    def __init__(self, place: Place, others: Sequence[Place], scratch: Scratch) -> None:
        self.place = place
        self.folder = place.path.rpartition("/")[0]
        self.scratch = scratch
        self.found = {one.path: one for one in others if not one.group}
        self.folded = {path.lower(): path for path in reversed(self.found)}
        self.places: list[Place] = []
        self.claimed: set[str] = set()

    def with_files(self, book: Book) -> Book:
        """A book that tells nothing of its files, with those beside it."""
        names = [path.rpartition("/")[2] for path in self.found if path.rpartition("/")[0] == self.folder]
        return book._replace(files=tuple(sorted(filter(books.is_book, names), key=books.rank)))

    def run(self, known: Sequence[Book], rest: Sequence[Record]) -> Opened:
        packed = pages.Pages(self.scratch, self.place, KIND)
        try:
            for done, book in enumerate(known):
                files = {file: self._look(file) for file in book.files}
                there = [place for place in files.values() if place is not None]
                missing = [file for file, place in files.items() if place is None]
                self._add(packed, books.record(book, [place.path for place in there], missing), there)
                if not done % 100:
                    self.scratch.hear("books", done, len(known))
            for record in rest:
                self._add(packed, record, ())
        finally:
            packed.close()
        return Opened(self.places, frozenset(self.claimed))

    def _look(self, file: str) -> Place | None:
        """The place of a file of a book, if it was found and no other book has it."""
        path = f"{self.folder}/{file}"
        place = self.found.get(path) or self.found.get(self.folded.get(path.lower(), ""))
        if place is None or place.path in self.claimed or place.container:
            return None
        self.claimed.add(place.path)
        return place

    def _add(self, packed: pages.Pages, record: Record, files: Sequence[Place]) -> None:
        label = f"{self.place.path}/{record.key}"
        self.places.append(packed.add(label, pack(record))._replace(group=label))
        self.places += [place._replace(group=label) for place in files]
