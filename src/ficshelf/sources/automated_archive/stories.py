"""Entries as stories. An entry is a story, unless it is plain that it is a part of one: several entries with one file,
or parts of one title by the same people that say which part they are and make a row."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence

from ficshelf import names, subjects
from ficshelf.record import Address, Field, Noticed, Part, Record
from ficshelf.sources.automated_archive.fields import PROGRAM, Row
from ficshelf.sources.meanings import LISTS
from ficshelf.sources.places import Place

_UNIT = re.compile(r"\b(?:parts?|pts?|chapters?|chap|ch)\b\.?\s*#?\s*[\divxl]", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,3})(?:\s*(?:/|of)\s*(\d{1,3}))?", re.IGNORECASE)
_STEM = re.compile(r"(.*?(?<![-_ .]))[-_ .]*+(?:part|pt|ch|chap|chapter)?[-_ .]*+(\d{1,3})", re.IGNORECASE)
_JOINED = re.compile(r"\s*(?:;|,|&|/|\band\b|\bwith\b)\s*", re.IGNORECASE)
_MOST_PARTS = 200  # that a title may say there are, of which the missing ones are named
_ONCE = frozenset({"title", "summary", "published", "updated", "complete", "part", "words", "url"})


def records(rows: Sequence[Row]) -> Iterator[tuple[Record, tuple[Row, ...]]]:
    """The records of all entries, each with the entries that it holds, in the archive's order."""
    alone = {names.fold(value) for row in rows for value in row.values("author")}
    stories: dict[str, list[Row]] = {}
    for row in rows:
        if not row.is_story:
            yield (
                Record("rest", _key("rest", row), PROGRAM, row.fields, rows={row.table: 1}, remarks=row.noticed),
                (row,),
            )
            continue
        row = row._replace(fields=tuple(_parted_authors(row, alone)))
        stories.setdefault(row.file.path if row.file else _key("entry", row), []).append(row)
    for group in _grouped(list(stories.values())):
        yield _record(group), tuple(row for rows_of_one in group for row in rows_of_one)


def _key(kind: str, row: Row) -> str:
    return f"{kind}/{row.key[:100]}"


def _parted_authors(row: Row, alone: set[str]) -> Iterator[Field]:
    """An entry's fields, with those who wrote it together parted where they have a mail address each, or all but one
    have an entry of their own."""
    for field in row.fields:
        both = [one for one in _JOINED.split(field.value) if one] if field.name == "author" else []
        known = sum(names.fold(one) in alone for one in both)
        if len(both) > 1 and (
            len({mail for mail, _ in row.mails}) == len(both) or known >= len(both) - 1 or ";" in field.value
        ):
            for one in both:
                yield field if one == field.value else Field("author", one, field.column)
        else:
            yield field


def _grouped(stories: list[list[Row]]) -> Iterator[list[list[Row]]]:
    """Stories, each a list of parts, each a list of the entries that speak of it."""
    parts: dict[tuple[str, ...], list[tuple[int, int, int]]] = {}
    for at, entries in enumerate(stories):
        for key, number, of in _parts_of(entries[0]):
            parts.setdefault(key, []).append((number, of, at))
    joined: dict[int, list[int]] = {}
    taken: set[int] = set()
    for listed in parts.values():
        listed = sorted(one for one in listed if one[2] not in taken)
        if _is_row([(number, of) for number, of, _ in listed]):
            places = [at for _, _, at in listed]
            joined[min(places)] = places
            taken |= set(places)
    for at, entries in enumerate(stories):
        if at in joined:
            yield [stories[one] for one in joined[at]]
        elif at not in taken:
            yield [entries]


def _parts_of(row: Row) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """What an entry says of which part it is, in a field, in its title, or by the name of its file."""
    title = next(iter(row.values("title")), "")
    authors = sorted(names.match(one) for one in row.values("author"))
    if not title or not authors:
        return
    said = subjects.parse(title)
    of = int(said.of) if said.of.isdigit() else 0
    if said.number is not None and not said.suffix and said.key and (of or _UNIT.search(title)):
        yield ("title", said.key, str(of), *authors), said.number, of
    for value in (row.chapter, *row.values("part")):
        if found := _NUMBER.fullmatch(value.strip()):
            yield ("field", names.match(title), found[2] or "0", *authors), int(found[1]), int(found[2] or 0)
    stem, numbered = posixpath.split(row.location)[1], None
    if numbered := _STEM.fullmatch(posixpath.splitext(stem)[0]):
        yield ("file", names.match(title), posixpath.dirname(row.location), numbered[1], *authors), int(numbered[2]), 0


def _is_row(parts: Sequence[tuple[int, int]]) -> bool:
    """Whether the numbers of some parts are those of one story: none twice, none beyond how many there are, and where
    that is not said none missing."""
    numbers = [number for number, _ in parts]
    of = parts[0][1] if parts else 0
    if len(parts) < 2 or len(set(numbers)) < len(numbers):
        return False
    return numbers[-1] <= of if of else numbers in (list(range(1, len(parts) + 1)), list(range(len(parts))))


def number_of(row: Row) -> tuple[int | None, int]:
    """The number of a part among the parts of its story, and how many there are."""
    return next(((number, of) for _, number, of in _parts_of(row)), (None, 0))


def _record(group: Sequence[Sequence[Row]]) -> Record:
    """A story's record: what its entries say, its parts and where they were."""
    first = group[0][0]
    fields: list[Field] = []
    addresses: list[Address] = []
    parts: list[Part] = []
    remarks: list[Noticed] = []
    several = len(group) > 1
    days = sorted(day for entries in group for row in entries for day in row.values("published"))
    numbers = {number_of(entries[0])[0]: at for at, entries in enumerate(group)}
    of = number_of(group[0][0])[1] if several else 0
    for number in range(1, of + 1) if of <= _MOST_PARTS else ():
        if number not in numbers:
            parts.append(Part("", number, (), "the archive has no entry for it"))
    for entries in group:
        place = number_of(entries[0])[0] if several else None
        own: list[Field] = []
        for row in entries:
            remarks += [one for one in row.noticed if one not in remarks]
            for field in row.fields:
                _place(field, fields, own, is_first=row is first)
            addresses += [Address(path, place or 0) for path in _addresses(row)]
        parts.append(_part(entries, place, tuple(own)))
    parts.sort(key=lambda part: part.number or 0)
    at_of = {part.number: place for place, part in enumerate(parts, 1)}
    if several:
        fields = [_whole(field, first) for field in fields if field.name != "published"]
        fields += [Field("published", days[0], "")] if days else []
        fields += [Field("updated", days[-1], "")] if days and days[-1] != days[0] else []
        addresses = [Address(one.path, at_of.get(one.chapter, 0)) for one in addresses]
    return Record(
        "story",
        _key("stories", first),
        PROGRAM,
        tuple(fields),
        tuple(parts),
        addresses=tuple(dict.fromkeys(addresses)),
        rows=_counted(group),
        remarks=tuple(remarks),
    )


def _place(field: Field, fields: list[Field], own: list[Field], is_first: bool) -> None:
    """Put what an entry says to the story, or to its own part where the story has said otherwise."""
    if is_first or field.name in LISTS or field.name == "author":
        if not any(field.name == one.name and field.value == one.value for one in fields) or not field.name:
            fields.append(field)
    elif any(field.name == one.name and field.value == one.value for one in fields):
        return
    elif field.name == "summary":
        own.append(Field("note", field.value, field.column, field.markup))
    elif field.name in _ONCE or not field.name:
        own.append(Field("" if field.name != "published" else "published", field.value, field.column))
    elif field.name == "note":
        own.append(field)
    else:
        fields.append(field)


def _whole(field: Field, first: Row) -> Field:
    """The title of the first part as that of the story."""
    if field.name != "title" or (said := subjects.parse(field.value)).number is None:
        return field
    return Field("title", said.title or field.value, field.column)


def _part(entries: Sequence[Row], number: int | None, own: tuple[Field, ...]) -> Part:
    file = entries[0].file
    if file is not None:
        return Part(file.path, number, own, whole=number is None)
    row = next((row for row in entries if row.address or row.location), entries[0])
    named = f"{row.location}.{row.ending}" if row.ending else row.location
    if row.address.startswith("http"):
        why = f"it was at another address, {row.address}, and no file of it is here"
    elif row.location or row.address:
        why = f"the file “{named or row.address}” is not here"
    else:
        why = "its entry names no file"
    return Part("", number, own, why)


def _addresses(row: Row) -> Iterator[str]:
    """Where an entry's page was in the old archive: below `archive/`, and where its file lies."""
    if row.location:
        path = re.sub(r"^(?:\.{0,2}/)+", "", row.location)
        ending = f".{row.ending}" if row.ending and not path.lower().endswith(f".{row.ending.lower()}") else ""
        yield f"archive/{path}{ending}"
        if row.file is not None:
            yield from _seen(row.file, path)
    elif row.file is not None and row.address:
        yield re.sub(r"^[a-z]+://[^/]*/?", "", row.address, flags=re.IGNORECASE)


def _seen(file: Place, path: str) -> Iterator[str]:
    """The paths of a file from a folder `archive` on: some archives lay in one, and their stories in another."""
    steps = file.path.split("/")
    ours = len(path.split("/"))
    for at, step in enumerate(steps[:-ours]):
        if step.lower() == "archive":
            yield "/".join(steps[at:])


def _counted(group: Sequence[Sequence[Row]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for entries in group:
        for row in entries:
            counts[row.table] = counts.get(row.table, 0) + 1
    return counts
