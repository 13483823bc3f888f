"""What the fields of an entry mean. Besides a few, each archive chose its own: they are known by their names, and by
what stands in them. Passwords and the addresses of machines are left out, mail addresses are sealed."""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ficshelf import dates, names
from ficshelf.encodings import likely, suspects
from ficshelf.record import Field, Noticed, Record
from ficshelf.sources.automated_archive.files import Files
from ficshelf.sources.meanings import NO, NOTHING, meaning_of, plain, said_as
from ficshelf.sources.perl import Entry, Value
from ficshelf.sources.places import Place

PROGRAM = "Automated Archive"
_US_DATE = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d\d)(?!\d)")
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?")
_DAY = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:\d{6})?")
MAIL = re.compile(r"[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")


class Row(NamedTuple):
    """An entry: its table and key, its fields by what they mean, and its file."""

    table: str
    key: str
    fields: tuple[Field, ...]
    mails: tuple[tuple[str, str], ...]  # each with its column
    file: Place | None = None
    location: str = ""
    ending: str = ""
    address: str = ""  # of the page at another site that it names
    chapter: str = ""
    noticed: tuple[Noticed, ...] = ()
    is_story: bool = True

    def values(self, name: str) -> list[str]:
        """What it says under a name."""
        return [field.value for field in self.fields if field.name == name]


class Letters:
    """How the values of a file are written, which has been read a character a byte: each is UTF-8 by itself, or in the
    encoding that is likeliest for all that are not."""

    def __init__(self, text: str) -> None:
        lines = [line for line in text.encode("latin-1").split(b"\n") if not line.isascii()]
        odd = [line for line in lines if suspects.strictly(line, "utf-8") is None]
        self.encoding = likely.rank(likely.sample_of(odd))[0].encoding if odd else "utf-8"

    def read(self, raw: str) -> tuple[str, tuple[Noticed, ...]]:
        """A value with its letters put right."""
        try:
            data = raw.encode("latin-1")
        except UnicodeEncodeError:  # written with codes beyond a byte
            return raw, ()
        if data.isascii():
            return raw, ()
        said = suspects.strictly(data, "utf-8")
        if said is not None:
            return said, ()
        return data.decode(self.encoding, "replace"), (Noticed("encoding-guessed", f"Read as {self.encoding}."),)


def row(table: str, entry: Entry, raw: str, files: Files, letters: Letters) -> Row:
    """What an entry says. One without any field that a story has is kept as it stands."""
    writer = _Writer(table, letters)
    if isinstance(entry.value, dict):
        for name, value in entry.value.items():
            writer.field(name, value)
    if not any(field.name in ("title", "author", "summary") for field in writer.fields) and not writer.location:
        said, noticed = letters.read(raw)
        clean = MAIL.sub("(a mail address)", said)
        left = (Field("row", clean, table),)
        return Row(table, entry.key, left, tuple(writer.mails), noticed=noticed, is_story=False)
    writer.dates()
    file = files.find(writer.location, writer.ending) if writer.location else None
    if file is None and writer.address and not writer.offsite:
        file = files.find(writer.address, "")
    return Row(
        table,
        entry.key,
        tuple(writer.fields),
        tuple(writer.mails),
        file,
        writer.location.strip(),
        writer.ending.strip().lstrip("."),
        writer.address,
        writer.chapter,
        tuple(writer.noticed),
    )


class _Writer:
    """The fields of one entry so far."""

    def __init__(self, table: str, letters: Letters) -> None:
        self.table = table
        self.letters = letters
        self.fields: list[Field] = []
        self.mails: list[tuple[str, str]] = []
        self.dated: list[tuple[int, str, str, str]] = []
        self.noticed: list[Noticed] = []
        self.location = self.ending = self.address = self.chapter = ""
        self.offsite = False

    def field(self, name: str, value: Value) -> None:
        meaning, rank = meaning_of(name)
        if value is None or meaning == "secret":
            return
        column = f"{self.table}.{self.letters.read(name)[0][:100]}"
        for one in _texts(value):
            said, noticed = self.letters.read(one)
            self.noticed += [remark for remark in noticed if remark not in self.noticed]
            if said.strip():
                self._say(meaning, rank, said.strip(), column)

    def _say(self, meaning: str, rank: int, said: str, column: str) -> None:
        if meaning == "location":
            self.location = self.location or said
        elif meaning == "ending":
            self.ending = self.ending or said
        elif meaning == "offsite":
            self.offsite = said.lower() not in NO | NOTHING
        elif meaning == "address":
            self.address = self.address or said
        elif meaning == "chapter":
            self.chapter = said
        elif meaning == "mail":
            self.mails += [(mail, column) for mail in MAIL.findall(html.unescape(said))]
            return
        elif meaning in ("published", "updated"):
            self.dated.append((rank, meaning, said, column))
            return
        elif meaning == "author":
            self.mails += [(mail, column) for mail in MAIL.findall(said)]
            said = re.sub(r"[\s<(\[]*(?:mailto:)?\s*$", "", MAIL.sub(" ", plain(said)).strip(" <>()[],;:"))
        self.fields += list(said_as(meaning, said, column))

    def dates(self) -> None:
        """The best of several dates is the day of the story; what cannot be read is kept as it stands."""
        known = set()
        for _, meaning, said, column in sorted(self.dated):
            day = "" if meaning in known else iso(said)
            if day:
                known.add(meaning)
            self.fields.append(Field(meaning if day else "", day or said, column))


def iso(said: str) -> str:
    """A date as the archive wrote it, seconds since 1970 or month/day/year, as an ISO date; "" where it is none."""
    if _EPOCH.fullmatch(said):
        return (datetime.date(1970, 1, 1) + datetime.timedelta(seconds=int(float(said)))).isoformat()
    if found := _DAY.fullmatch(said):
        said = "-".join(found.groups())
    if found := _US_DATE.match(said):
        month, day, year = int(found[1]), int(found[2]), int(found[3])
        year += 0 if len(found[3]) == 4 else 1900 if year >= 67 else 2000
        month, day = (day, month) if month > 12 else (month, day)
        try:
            return datetime.date(year, month, day).isoformat()
        except ValueError:
            return ""
    parsed = dates.parse(said)
    return parsed.isoformat() if parsed else ""


def _texts(value: Value) -> Iterator[str]:
    """The texts in a value, whatever holds them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if meaning_of(name)[0] != "secret":
                yield from (f"{name}: {said}" for said in _texts(one))


def people(rows: Sequence[Row]) -> Iterator[Record]:
    """Those who wrote the stories, by their pen names, and their mail addresses for the owner's eyes alone."""
    written: dict[str, str] = {}
    sealed: dict[tuple[str, str], Field] = {}
    for one in rows:
        authors = one.values("author")
        for author in authors:
            written.setdefault(names.fold(author), author)
        whose = [f"authors/{author[:150]}" for author in authors] or [f"entries/{one.key}"]
        for at, (mail, column) in enumerate(one.mails):
            who = whose[min(at, len(whose) - 1)]
            sealed.setdefault((who, mail.lower()), Field(who, mail, column))
    for author in written.values():
        yield Record("person", f"authors/{author[:150]}", PROGRAM, (Field("name", author),))
    if sealed:
        yield Record("sealed", "sealed", PROGRAM, tuple(sealed.values()))
