"""A book of calibre as a record: what the columns say, those of the reader's own, too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ficshelf.record import Field, Part, Record
from ficshelf.sources.meanings import meaning_of, said_as

PROGRAM = "calibre"
# The formats that keep most of a story first; what is not here comes last.
_FORMATS = (
    "epub", "kepub", "original_epub", "azw3", "azw", "mobi", "prc", "fb2", "docx", "odt", "htmlz", "html", "htm",
    "xhtml", "rtf", "doc", "md", "markdown", "txt", "txtz", "zip", "pdb", "pdf",
)  # fmt: skip
_RANK = {name: rank for rank, name in enumerate(_FORMATS)}
_UNDEFINED = "0101-01-01"  # calibre's date for none
_SITES = {
    "ffnet": "https://www.fanfiction.net/s/{}",
    "fanfiction": "https://www.fanfiction.net/s/{}",
    "fanfictionnet": "https://www.fanfiction.net/s/{}",
    "ao3": "https://archiveofourown.org/works/{}",
    "archiveofourown": "https://archiveofourown.org/works/{}",
}
_STATUS = {"completed": "true", "complete": "true", "in-progress": "false", "in progress": "false", "wip": "false"}
_NO_TAG = re.compile(r"fan-?fiction|fanworks|last update(?:d| year/month)?:.*", re.IGNORECASE)


class Column(NamedTuple):
    """A value of a column that the reader made: its label and name, its datatype, the value; of a series the place."""

    label: str
    name: str
    datatype: str
    value: str
    place: str = ""


class Book(NamedTuple):
    """A book as the library has it. `files` are paths below the library's folder; `rows` are the rows of each table."""

    key: str
    title: str = ""
    authors: tuple[str, ...] = ()
    author_sort: str = ""
    series: str = ""
    place: str = ""
    tags: tuple[str, ...] = ()
    comments: str = ""
    publisher: str = ""
    published: str = ""
    languages: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    columns: tuple[Column, ...] = ()
    others: tuple[tuple[str, str], ...] = ()  # columns that say nothing of the story, with their values
    files: tuple[str, ...] = ()
    rows: tuple[tuple[str, int], ...] = ()


def rank(name: str) -> tuple[int, str]:
    """Where a file stands among those of its book: the best first."""
    return _RANK.get(name.rpartition(".")[2].lower(), len(_FORMATS)), name


def is_book(name: str) -> bool:
    """Whether a file is called as the files of books are."""
    return name.rpartition(".")[2].lower() in _RANK


def record(book: Book, found: Sequence[str], missing: Sequence[str]) -> Record:
    """The record of a book, with the labels of its files that are there, the best first, and those that are not."""
    fields = [Field("title", book.title, "books.title")] if book.title else []
    fields += [Field("author", author, "authors.name") for author in book.authors]
    fields += _series("series", book.series, book.place)
    for tag in book.tags:
        fields.append(_tag(tag))
    if book.comments:
        fields.append(Field("summary", book.comments, "comments.text", markup=True))
    if book.publisher:
        fields.append(Field("archive", book.publisher, "publishers.name"))
    if (day := book.published[:10]) > _UNDEFINED:
        fields.append(Field("published", day, "books.pubdate"))
    fields += [Field("language", language, "languages.lang_code") for language in book.languages if language != "und"]
    for kind, value in book.identifiers:
        fields.append(_identifier(kind, value))
    for column in book.columns:
        fields += _column(column)
    fields += [Field("", value, column) for column, value in book.others if value]
    if book.author_sort:
        fields.append(Field("", book.author_sort, "books.author_sort"))
    fields += [Field("", file, "data: this file is not there") for file in missing]
    why = f"its file “{missing[0]}” is not there" if missing else "the library has no file of it"
    fields = [field for at, field in enumerate(fields) if not field.name or not _is_told(field, fields[:at])]
    part = Part(found[0] if found else "", missing="" if found else why, whole=True, copies=tuple(found[1:]))
    return Record("story", book.key, PROGRAM, tuple(fields), (part,), rows=dict(book.rows))


def _is_told(field: Field, before: Sequence[Field]) -> bool:
    return any(field.name == one.name and field.value == one.value for one in before)


def stars(rating: str) -> str:
    """Half stars as calibre counts them, in words."""
    return f"{float(rating) / 2:g} of 5 stars" if re.fullmatch(r"\d{1,3}(?:\.\d{1,6})?", rating) else rating


def person(key: str, name: str, sort: str, link: str) -> Record:
    """The record of an author."""
    fields = [Field("name", name, "authors.name")]
    fields += [Field("", sort, "authors.sort")] if sort else []
    fields += [Field("website", link, "authors.link")] if link else []
    return Record("person", f"authors/{key}", PROGRAM, tuple(fields), rows={"authors": 1})


def _series(column: str, name: str, place: str) -> list[Field]:
    """A series with the place in it, where that is a whole number; any other is the part alone."""
    if not name:
        return []
    number = float(place) if re.fullmatch(r"\d{1,6}(?:\.\d{1,6})?", place) else 0.0
    if number and number == int(number):
        return [Field("series", f"{name} #{int(number)}", column)]
    return [Field("series", name, column), *([Field("part", place, f"{column}_index")] if number else [])]


def _tag(tag: str) -> Field:
    if known := _STATUS.get(tag.lower()):
        return Field("complete", known, "tags.name")
    return Field("" if _NO_TAG.fullmatch(tag) else "tag", tag, "tags.name")


def _identifier(kind: str, value: str) -> Field:
    """An address is one; the number of a story at a site that is known leads to it."""
    value = re.sub(r"^(https?)\|", r"\1:", value)
    column = f"identifiers.{kind}"
    if re.match(r"https?://\S", value):
        return Field("url", value, column)
    if (site := _SITES.get(kind.lower())) and value.isdigit():
        return Field("url", site.format(value), column)
    return Field("", value, column)


def _column(column: Column) -> list[Field]:
    """A column of the reader's own, by its label, else by its name."""
    told = f"#{column.label}"
    meaning = meaning_of(column.label)[0] or meaning_of(column.name)[0]
    if column.datatype == "rating":  # stars: how much the reader likes it
        return [Field("", stars(column.value), told)]
    if meaning in ("secret", "mail"):
        return [] if meaning == "secret" else [Field("", column.value, told)]
    if column.datatype == "series":
        return _series(told, column.value, column.place) if meaning == "series" else [Field("", column.value, told)]
    if column.datatype == "datetime":
        day = column.value[:10]
        return [Field(meaning if meaning in ("published", "updated") else "", day, told)] if day > _UNDEFINED else []
    if column.datatype == "bool":
        known = "true" if column.value == "1" else "false"
        return [Field("complete" if meaning == "complete" else "", known, told)]
    if column.datatype == "comments" and meaning in ("summary", "note"):
        return [Field(meaning, column.value, told, markup=True)]
    if column.datatype in ("int", "float") and meaning != "words":
        return [Field("", column.value, told)]
    if meaning in ("published", "updated", "location", "ending", "offsite", "title", "author"):
        return [Field("", column.value, told)]
    return list(said_as(meaning, column.value, told))
