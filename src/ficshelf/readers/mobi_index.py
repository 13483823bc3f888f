"""The indexes within a Kindle book: tables of entries, each with a name and numbers under tags. The contents of the
book are one, and the pieces that its pages are made of two others. (MobileRead wiki, MOBI: INDX, TAGX, CNCX.)
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import NamedTuple

_MOST = 200_000  # entries of one index
_NONE = 0xFFFFFFFF


class Entry(NamedTuple):
    """An entry: its name, and its numbers by their tag."""

    name: str
    numbers: dict[int, tuple[int, ...]]


class Index(NamedTuple):
    """The entries of an index, and the records that hold its strings."""

    entries: list[Entry]
    strings: Sequence[memoryview] = ()

    def string(self, at: int) -> str:
        """The string at a place: its record's number and where it begins in it; "" where there is none."""
        record, start = at >> 16, at & 0xFFFF
        if record >= len(self.strings):
            return ""
        try:
            length, start = _number(self.strings[record], start)
        except IndexError:
            return ""
        return bytes(self.strings[record][start : start + length]).decode("utf-8", "replace")


def read(records: Sequence[memoryview], first: int) -> Index:
    """The index whose header is record `first`; an empty one where there is none, or it makes no sense."""
    if first == _NONE or not 0 < first < len(records) or bytes(records[first][:4]) != b"INDX":
        return Index([])
    header = records[first]
    entries: list[Entry] = []
    try:
        count = _u32(header, 24)
        tags, controls = _tags(header)
        strings = _u32(header, 52)
        for record in records[first + 1 : first + 1 + min(count, len(records))]:
            _entries(record, tags, controls, entries)
    except (struct.error, IndexError):
        return Index(entries)
    start = first + 1 + count
    return Index(entries, records[start : start + strings])


class _Tag(NamedTuple):
    tag: int
    values: int  # numbers each time it comes
    mask: int  # of the control byte, that says how often
    is_end: bool  # of what this control byte tells


def _tags(header: memoryview) -> tuple[list[_Tag], int]:
    start = _u32(header, 4)
    if bytes(header[start : start + 4]) != b"TAGX":
        raise IndexError
    size, controls = _u32(header, start + 4), _u32(header, start + 8)
    found = bytes(header[start + 12 : start + size])
    found = found[: len(found) // 4 * 4]
    tags = [_Tag(tag, values, mask, bool(end)) for tag, values, mask, end in struct.iter_unpack("4B", found)]
    return tags, controls


def _entries(record: memoryview, tags: Sequence[_Tag], controls: int, entries: list[Entry]) -> None:
    """The entries of one record of an index."""
    listed, count = _u32(record, 20), _u32(record, 24)
    count = min(count, (len(record) - listed) // 2, _MOST - len(entries))
    starts = [struct.unpack_from(">H", record, listed + 4 + 2 * number)[0] for number in range(max(0, count))]
    for start in starts:
        length = record[start]
        name = bytes(record[start + 1 : start + 1 + length]).decode("utf-8", "replace")
        entries.append(Entry(name, _numbers(record, start + 1 + length, tags, controls)))


def _numbers(record: memoryview, at: int, tags: Sequence[_Tag], controls: int) -> dict[int, tuple[int, ...]]:
    """The numbers of an entry. The control bytes say how often each tag comes, or that its bytes are counted first."""
    control, at = bytes(record[at : at + controls]), at + controls
    told: list[tuple[_Tag, int, int]] = []  # with how often it comes, or how many bytes it takes
    place = 0
    for tag in tags:
        if tag.is_end:
            place += 1
            continue
        times = control[place] & tag.mask
        if times and times == tag.mask and tag.mask.bit_count() > 1:
            size, at = _number(record, at)
            told.append((tag, 0, size))
        elif times:
            told.append((tag, times >> ((tag.mask & -tag.mask).bit_length() - 1), 0))
    numbers: dict[int, tuple[int, ...]] = {}
    for tag, times, size in told:
        found: list[int] = []
        end = at + size
        while len(found) < times * tag.values or at < end:
            number, at = _number(record, at)
            found.append(number)
        numbers[tag.tag] = tuple(found)
    return numbers


def _number(record: memoryview, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, the last of which has the eighth set; and where the next one begins."""
    value = 0
    for place in range(at, at + 5):
        value = value << 7 | record[place] & 0x7F
        if record[place] & 0x80:
            return value, place + 1
    raise IndexError


def _u32(data: memoryview, at: int) -> int:
    return int(struct.unpack_from(">I", data, at)[0])
