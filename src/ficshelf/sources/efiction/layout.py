"""Which tables of a dump are an eFiction archive's, of which version, and what their columns are.

Tables are told by the ends of their names: what stands before is the archive's prefix, and a dump may hold several
archives, forums and whatever else shared the database. A version is told by the shape of the tables, since a site's
settings may lie or be missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

import msgspec

from ficshelf.sources.efiction import schemas
from ficshelf.sources.sql import Dump

Values = tuple[bytes | None, ...]
SAMPLE = 200  # rows by which an order of columns is judged
_NAME = "fanfiction_"
_INTEGER = re.compile(rb"-?\d{1,20}")
_TIME = re.compile(rb"\d{1,11}|\d{4}-\d\d-\d\d.{0,16}")
_FLAG = re.compile(rb"-?\d{0,3}")
_CODE = re.compile(rb"[A-Z]{0,2}")
_SHAPES = {"i": _INTEGER, "d": _TIME, "f": _FLAG, "c": _CODE}
_VERSION = re.compile(rb"[1-5]\.\d{1,2}(?:\.\d{1,2})?")


class Table(msgspec.Struct, frozen=True):
    """A table of an archive: its name in the dump, and its columns as this package calls them, in order."""

    name: str
    columns: tuple[str, ...]
    inferred: bool = False  # whether the columns had to be told from the rows


class Archive(msgspec.Struct, frozen=True):
    """An archive in a dump. `tables` are keyed by their names without the prefix; `shelf` is what its records' keys
    begin with where a dump holds several archives. `version` is 1, 2, 3 or 5."""

    prefix: str
    version: int
    program: str
    tables: dict[str, Table]
    shelf: str = ""

    def has(self, role: str, column: str = "") -> bool:
        return role in self.tables and (not column or column in self.tables[role].columns)


def archives(dump: Dump) -> tuple[Archive, ...]:
    """The archives that a dump holds, in the order of their prefixes."""
    names = list(dump.names())
    found = _prefixes(names)
    made = [_archive(dump, prefix, roles) for prefix, roles in sorted(found.items())]
    if len(made) < 2:
        return tuple(made)
    return tuple(msgspec.structs.replace(one, shelf=f"{_shelf(one.prefix)}/") for one in made)


def _shelf(prefix: str) -> str:
    return prefix.removesuffix(_NAME).strip("_") or "fanfiction"


def _prefixes(names: Sequence[str]) -> dict[str, dict[str, str]]:
    """Every archive's prefix, and its tables by their names behind it. The settings may stand under a prefix of their
    own: one settings table that belongs to no archive is everybody's."""
    groups: dict[str, dict[str, str]] = {}
    for name in names:
        prefix, known, base = name.lower().rpartition(_NAME)
        if known:
            groups.setdefault(name[: len(prefix) + len(_NAME)], {})[base] = name
        else:
            for end in ("stories_authors", "series_stories"):
                if name.lower().endswith(end):
                    prefix = name[: -len(end)]
                    groups[prefix] = {
                        one[len(prefix) :].lower(): one for one in names if one.startswith(prefix) and one != prefix
                    }
    archives = {prefix: roles for prefix, roles in groups.items() if roles.keys() - {"settings"}}
    strays = [roles["settings"] for prefix, roles in groups.items() if prefix not in archives]
    for roles in archives.values():
        if "settings" not in roles and strays:
            roles["settings"] = strays[0] if len(strays) == 1 else ""
    return {
        prefix: {base: name for base, name in roles.items() if name}
        for prefix, roles in archives.items()
        if roles.keys() & {"stories", "chapters", "authors", "reviews", "series", "users"}
    }


def _archive(dump: Dump, prefix: str, roles: dict[str, str]) -> Archive:
    five = "stories_authors" in roles or "feedback" in roles
    tables: dict[str, Table] = {}
    for base, name in sorted(roles.items()):
        role = schemas.FIVE_TABLES.get(base, base) if five else base
        tables[role] = _table(dump, name, role)
    version = _version(tables, five)
    tables = {role: _renamed(table, role, version) for role, table in tables.items()}
    return Archive(prefix, version, f"eFiction {_told_version(dump, tables) or _shape(version, tables)}", tables)


def _table(dump: Dump, name: str, role: str) -> Table:
    columns = dump.columns(name)
    if columns:
        return Table(name, tuple(column.lower() if column not in _CASED else column for column in columns))
    sample = [values for _, values in islice(dump.rows(name), SAMPLE)]
    return Table(name, infer(role, sample), inferred=True)


_CASED = frozenset({"tinyMCE", "AOL", "ICQ", "MSN", "Yahoo"})


def infer(role: str, rows: Sequence[Values]) -> tuple[str, ...]:
    """The columns of a table whose rows do not name them: of the known orders the one that the values fit best.
    Columns that no order has are "column 22" (modules add theirs behind the others)."""
    if not rows:
        return tuple(schemas.COLUMNS[role][0].split()) if role in schemas.COLUMNS else ()
    width = max(map(len, rows))
    best: tuple[str, ...] = ()
    least = float("inf")
    for written in schemas.COLUMNS.get(role, ()):
        order = written.split()
        misfits = abs(len(order) - width) * (0.5 if len(order) < width else 2.0) + _misfits(role, order, rows)
        if misfits < least:
            best, least = tuple(order), misfits
    return (best + tuple(f"column {n}" for n in range(len(best) + 1, width + 1)))[:width]


def _misfits(role: str, order: Sequence[str], rows: Sequence[Values]) -> float:
    """How badly values fit columns, a row: 10 for a text where a number must be, 1 for a number where a text may be."""
    own = schemas.SHAPES_OF.get(role, {})
    shapes = [own.get(column) or schemas.SHAPES.get(column, "") for column in order]
    misfits = 0.0
    for row in rows:
        for shape, value in zip(shapes, row, strict=False):
            if not value:
                continue
            if shape:
                misfits += 0 if _SHAPES[shape].fullmatch(value) else 10
            elif len(value) < 12 and _INTEGER.fullmatch(value):
                misfits += 0.2
    return misfits / len(rows)


def _version(tables: dict[str, Table], five: bool) -> int:
    if five:
        return 5
    stories = tables["stories"].columns if "stories" in tables else ()
    if "psid" in stories or ("chapters" not in tables and {"favstor", "favauth"} & tables.keys()):
        return 1
    old = "gid" in stories or "favseries" in tables or ("genres" in tables and "classes" not in tables)
    return 2 if old else 3


def _renamed(table: Table, role: str, version: int) -> Table:
    """The columns under the names that version 3 has for them."""
    names: dict[str, str] = {}
    if version == 5:
        names = schemas.FIVE_COLUMNS.get(role, {})
    elif role == "stories":
        names = {"counter": "count", "numreviews": "reviews"}
    elif role == "series":
        names = {"owner": "uid"}
    elif role == "reviews":
        names = {"member": "uid"}
        if "item" not in table.columns:
            names |= {"sid": "chapid", "psid": "item"} if version == 1 else {"sid": "item", "psid": "chapid"}
    return msgspec.structs.replace(table, columns=tuple(names.get(column, column) for column in table.columns))


def _told_version(dump: Dump, tables: dict[str, Table]) -> str:
    """The version that the settings state."""
    if "settings" not in tables:
        return ""
    settings = tables["settings"]
    for _, values in islice(dump.rows(settings.name), 3):
        for column, value in zip(settings.columns, values, strict=False):
            if value and (column == "version" or column.startswith("column ")) and _VERSION.fullmatch(value):
                return value.decode()
    return ""


def _shape(version: int, tables: dict[str, Table]) -> str:
    """The version that the tables speak for: each brought one."""
    if version == 3:
        return next((f"3.{n}" for n, role in ((4, "coauthors"), (3, "modules"), (2, "stats")) if role in tables), "3")
    return {1: "1", 2: "2", 5: "5"}[version]
