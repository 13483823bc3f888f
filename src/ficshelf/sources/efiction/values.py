"""Values as eFiction writes them: ids, lists of ids or of names, dates in both forms, visibility."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ficshelf.sources.efiction import schemas

_INTEGER = re.compile(r"-?\d{1,18}")
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T]\d\d:\d\d(?::\d\d)?.*)?")
_NONE = ("", "0", "-1")
_LATEST = 4_102_444_800  # seconds: the year 2100; a larger number is no date


def is_integer(value: str) -> bool:
    return _INTEGER.fullmatch(value) is not None


def number(value: bytes | str | None) -> int:
    """A whole number; 0 for what is none."""
    text = value.decode("ascii", "replace") if isinstance(value, bytes) else value or ""
    return int(text.strip()) if is_integer(text.strip()) else 0


def date(value: str) -> str:
    """A date as ISO has it, from seconds since 1970 or from `2006-02-09 22:21:35`; "" for none, which is written as
    nothing, 0 or zeros."""
    value = value.strip()
    if value.isascii() and value.isdecimal():
        seconds = int(value) if len(value) < 12 else 0
        if not 0 < seconds < _LATEST:
            return ""
        return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date().isoformat()
    if found := _DATE.fullmatch(value):
        try:
            return datetime.date(int(found[1]), int(found[2]), int(found[3])).isoformat()
        except ValueError:
            return ""
    return ""


class Names(NamedTuple):
    """The rows that a list may name: names by their ids, and ids by their names in small letters."""

    by_id: Mapping[str, str]
    by_name: Mapping[str, str]


def names_of(pairs: Sequence[tuple[str, str]]) -> Names:
    return Names(dict(reversed(pairs)), {name.casefold(): key for key, name in reversed(pairs) if name})


class Listed(NamedTuple):
    """What a list names: ids of rows that are there, names that no row has, ids that no row has (`lost`), and the last
    of the list where the column's width cut it (`cut`)."""

    ids: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    cut: str = ""


def listed(value: str, known: Names, column: str, size: int, names_first: bool = False) -> Listed:
    """What a list says. `size` is how many bytes the column's value had, for whether it was cut.

    Ids or names is decided for each value: what is the id of a row is one, unless the version has names in its lists
    and the value is one. A name may hold commas: the longest run of items that is a known name is one name."""
    items = [item.strip() for item in value.split(",")]
    full = size in schemas.WIDTHS.get(column, ())
    ids: list[str] = []
    names: list[str] = []
    lost: list[str] = []
    cut = ""
    at = 0
    while at < len(items):
        item = items[at]
        if item in _NONE and item.casefold() not in known.by_name:
            at += 1
            continue
        key, taken = _row_of(items, at, known, names_first)
        is_last = at + max(1, taken) == len(items)
        if full and is_last and (not key or _may_go_on(item, known, is_integer(item))):
            cut = item
        elif key:
            ids.append(key)
        elif is_integer(item):
            lost.append(item)
        else:
            names.append(item)
        at += max(1, taken)
    return Listed(tuple(dict.fromkeys(ids)), tuple(dict.fromkeys(names)), tuple(lost), cut)


def _row_of(items: Sequence[str], at: int, known: Names, names_first: bool) -> tuple[str, int]:
    """The id of the row that the items from `at` on name, and how many items that takes; "" where there is none."""
    item = items[at]
    by_name = _by_name(items, at, known)
    if item in known.by_id and not (names_first and by_name[0]):
        return item, 1
    return by_name


_MOST_COMMAS = 6  # in a name


def _by_name(items: Sequence[str], at: int, known: Names) -> tuple[str, int]:
    for end in range(min(len(items), at + _MOST_COMMAS + 1), at, -1):
        for joined in (", ", ","):
            if key := known.by_name.get(joined.join(items[at:end]).casefold()):
                return key, end - at
    return "", 0


def _may_go_on(item: str, known: Names, is_id: bool) -> bool:
    """Whether what stands last in a list that was cut may be the beginning of something longer."""
    among = known.by_id if is_id else known.by_name
    begun = item.casefold()
    return any(len(one) > len(begun) and one.startswith(begun) for one in among)
