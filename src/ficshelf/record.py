"""Records: what an archive's own tables say of a story, a person, a series or a page, as a source of its own.

A dump, a catalogue or a database is no file that one reads: `sources/` takes it apart into one record a story (and one
a person, a series, a page of the archive), and into the texts of the chapters. A record is a source like any other: it
has bytes, a sha256 and a text layer, `readers/record.py` reads it, and `assemble` puts the chapters that it names in
its order. Whatever the archive's rows say is in a field; passwords, addresses and code never are.

The bytes are JSON, with MARK before it. Made with `pack`, read with `unpack`.
"""

from __future__ import annotations

import msgspec

MARK = b'{"ficshelf-record":1,'

KINDS = (
    "story",
    "person",
    "series",
    "page",  # the archive's own: rules, news, help, a challenge
    "rest",  # rows that belong to nothing: kept, with a remark for each
    "sealed",  # mail addresses; never among the originals, and shown to nobody but the owner
)
TEXTLESS = "textless"  # what a "story" becomes of which no text is there; nothing is packed as one
VISIBILITIES = (
    "",  # for everybody
    "members",  # for members of the archive only
    "hidden",  # not validated, a draft
)


class Field(msgspec.Struct, frozen=True, omit_defaults=True):
    """One value of a row, its letters put right.

    `name` says what it is:
    - of a story: a name of `model.FACT_NAMES` (with `complete` as "true" or "false", dates as ISO dates);
    - of a chapter: title, note (before it), endnote, author, published, updated;
    - of a review: reviewer, date, rating, text, reply, replied (date);
    - of a person: name, realname, about, website, joined, image and whatever else the archive asked of its members;
    - of a series: title, summary, author, open ("true", "false"), and facts as of a story;
    - of a page: title, text, author, date;
    - of the rest: "row";
    - of the sealed: the key of the person whose address it is ("authors/3");
    - of a balance sheet (a page with the key "balance"): "table", with the count of its rows and the table's name as
      its column, and "left out", with the count and the reason ("12: the log of visits");
    - anywhere: "" for what is kept and not shown: counts, numbers of rows, settings of the program.
    """

    name: str
    value: str
    column: str = ""  # where it stood: "stories.title"; of a value that tells of another record, `naming`
    markup: bool = False  # whether the value is HTML


class Part(msgspec.Struct, frozen=True, omit_defaults=True):
    """A chapter. `path` is the label of the source that holds its text, "" where that is missing: then `missing` says
    why. `number` is as the archive counts. `visibility` is one of VISIBILITIES. Where `whole` is true the source is a
    whole story, whose chapters it tells itself. `copies` are further sources of the same text, the best first: they
    stand in where that of `path` cannot be read."""

    path: str = ""
    number: int | None = None
    fields: tuple[Field, ...] = ()
    missing: str = ""
    visibility: str = ""
    whole: bool = False
    copies: tuple[str, ...] = ()


class Said(msgspec.Struct, frozen=True, omit_defaults=True):
    """A review, of a chapter (its place from 1 among the parts) or of the whole (0). `answers` is the place from 1 of
    the review that it replies to, 0 for none."""

    fields: tuple[Field, ...]
    chapter: int = 0
    answers: int = 0


class Address(msgspec.Struct, frozen=True, omit_defaults=True):
    """An address of the old archive, from its root on without a leading slash ("viewstory.php?sid=12&chapter=3"), and
    the chapter it led to (its place from 1; 0 for the whole)."""

    path: str
    chapter: int = 0


class Member(msgspec.Struct, frozen=True, omit_defaults=True):
    """A story or a series within a series: its record's key and its place, 0 where there is none."""

    key: str
    place: int = 0


class Noticed(msgspec.Struct, frozen=True, omit_defaults=True):
    """A remark to make: a kind of `remarks.KINDS` and its text."""

    kind: str
    text: str


class Record(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an archive's rows say of one thing. `key` names it within its archive ("stories/12", "authors/3"), the same
    whenever it is taken apart. `rows` counts the rows of each table that it holds, for the balance sheet."""

    kind: str
    key: str
    program: str  # "eFiction 3.5", "calibre", "Automated Archive"
    fields: tuple[Field, ...] = ()
    parts: tuple[Part, ...] = ()
    reviews: tuple[Said, ...] = ()
    members: tuple[Member, ...] = ()
    addresses: tuple[Address, ...] = ()
    visibility: str = ""
    rows: dict[str, int] = {}
    remarks: tuple[Noticed, ...] = ()


_OF = " of "


def naming(table: str, key: str) -> str:
    """The column of a value that names another record by its key: "favorites of stories/77"."""
    return f"{table}{_OF}{key}"


def key_in(column: str) -> str:
    """The key of the record that a value of this column names; "" where it names none."""
    return column.partition(_OF)[2]


def pack(record: Record) -> bytes:
    """The bytes of a record: the same for the same record."""
    return MARK + msgspec.json.encode({"record": record})[1:]


def unpack(data: bytes) -> Record:
    """The record of such bytes. Raises ValueError for others."""
    if not data.startswith(MARK):
        raise ValueError("this is no record")
    return _DECODER.decode(data).record


class _Wrapped(msgspec.Struct):
    record: Record


_DECODER = msgspec.json.Decoder(_Wrapped)
