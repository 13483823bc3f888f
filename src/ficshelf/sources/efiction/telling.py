"""What a record tells, value by value: the letters of each put right, and what is nobody's business left out."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from ficshelf.record import Address, Field, Member, Noticed, Part, Record, Said
from ficshelf.sources import letters
from ficshelf.sources.efiction import schemas
from ficshelf.sources.efiction.shelf import Row, Shelf
from ficshelf.sources.efiction.values import Listed, Names, listed, names_of

_LINES_MADE = re.compile(r"<(?:br|p)\b", re.I)
_MAIL = re.compile(r"(?:mailto:)?\s*[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5}", re.I)
_HASH = re.compile(r"[0-9a-f]{32}|[0-9a-f]{40}|\*[0-9A-F]{40}|\$\w{1,2}\$.{20,}")
_IP = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_MOST_REMARKS = 50  # of one record; more of the same help nobody


def is_mail(value: str) -> bool:
    return _MAIL.fullmatch(value.strip()) is not None


def is_secret(column: str, value: str) -> bool:
    """Whether a value is left out wherever it stands: passwords, addresses, code."""
    value = value.strip()
    return (
        column.lower() in schemas.SECRET
        or is_mail(value)
        or _HASH.fullmatch(value) is not None
        or _IP.fullmatch(value) is not None
        or "<?php" in value[:2000].lower()
    )


def lines(text: str) -> str:
    """Markup as eFiction showed it: where it has neither br nor p, each line of it was a line."""
    if "\n" not in text and "\r" not in text:
        return text
    if _LINES_MADE.search(text):
        return text
    return re.sub(r"\r\n?|\n", "<br />\n", text)


class Kind(NamedTuple):
    """A table whose rows lists name: its ids' column and its names'."""

    table: str
    key: str
    name: str


CATEGORIES = Kind("categories", "catid", "category")
CHARACTERS = Kind("characters", "charid", "charname")
CLASSES = Kind("classes", "class_id", "class_name")
GENRES = Kind("genres", "gid", "genre")
WARNINGS = Kind("warnings", "wid", "warning")
RATINGS = Kind("ratings", "rid", "rating")
CHALLENGES = Kind("challenges", "chalid", "title")


class Teller:
    """A record in the making."""

    def __init__(self, shelf: Shelf, at: int) -> None:
        self.shelf, self.at = shelf, at
        self.archive = shelf.archives[at]
        self.fields: list[Field] = []
        self.rows: Counter[str] = Counter()
        self.remarks: dict[Noticed, None] = {}

    def text(self, row: Row, column: str) -> str:
        """A value as text; what was put right in its letters is noted."""
        data = row.raw(column)
        if data.isascii() and b"\\" not in data:
            return data.decode()
        found = letters.read(data, self.shelf.pages(self.at, row.table))
        for repair in found.repairs:
            self.note(repair.kind, f"{row.table}.{column}: {repair.text()}")
        return found.text

    def note(self, kind: str, text: str) -> None:
        if len(self.remarks) < _MOST_REMARKS:
            self.remarks[Noticed(kind, text)] = None

    def tell(self, name: str, row: Row, column: str, markup: bool = False) -> str:
        """A field of a row; nothing where it is empty. Returns its text."""
        text = self.text(row, column).strip()
        if text:
            self.fields.append(field(name, text, f"{row.table}.{column}", markup))
        return text

    def keep(self, row: Row, told: frozenset[str]) -> None:
        """The other values of a row, which are kept and not shown: counts, switches, what a module added."""
        self.fields += self.kept(row, told)

    def kept(self, row: Row, told: frozenset[str]) -> list[Field]:
        found: list[Field] = []
        for column, raw in row.values.items():
            if column in told or not raw or raw == b"0":
                continue
            value = self.text(row, column)
            if not is_secret(column, value):
                found.append(Field("", value, f"{row.table}.{column}"))
        return found

    def hold(self, role: str, count: int = 1) -> None:
        """Count rows that this record holds."""
        if count:
            self.rows[self.archive.tables[role].name] += count

    def names(self, kind: Kind) -> Names:
        """The rows of a table that lists name. Read once a process."""
        cached = self.shelf.caches.get((self.at, kind.table))
        if not isinstance(cached, Names):
            quiet = Teller(self.shelf, self.at)
            cached = names_of(
                [
                    (row.plain(kind.key), quiet.text(row, kind.name).strip())
                    for row in self.shelf.rows(self.archive, kind.table)
                ]
            )
            self.shelf.caches[self.at, kind.table] = cached
        return cached

    def listed(self, row: Row, column: str, kind: Kind) -> Listed:
        """What a list of a row names. What it names in vain, and what is cut off, is noted."""
        raw = row.raw(column)
        if raw in (b"", b"0", b"-1"):
            return Listed()
        found = listed(self.text(row, column), self.names(kind), column, len(raw), self.archive.version < 3)
        where = f"{row.table}.{column}"
        for lost in found.lost:
            self.note("row-missing", f"{where} names number {lost} of {kind.table}, which is not there.")
            self.fields.append(Field("", lost, where))
        if found.cut:
            self.note(
                "cut-short", f"{where} is full to its last byte: “{found.cut}” may be half a value, and is left out."
            )
            self.fields.append(Field("", found.cut, where))
        return found

    def record(
        self,
        kind: str,
        key: str,
        parts: tuple[Part, ...] = (),
        reviews: tuple[Said, ...] = (),
        members: tuple[Member, ...] = (),
        addresses: tuple[Address, ...] = (),
        visibility: str = "",
    ) -> Record:
        return Record(
            kind=kind,
            key=f"{self.archive.shelf}{key}",
            program=self.archive.program,
            fields=tuple(self.fields),
            parts=parts,
            reviews=reviews,
            members=members,
            addresses=addresses,
            visibility=visibility,
            rows=dict(sorted(self.rows.items())),
            remarks=tuple(self.remarks),
        )


def field(name: str, text: str, column: str, markup: bool = False) -> Field:
    return Field(name, lines(text) if markup else text, column, markup)
