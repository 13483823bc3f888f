"""Small eFiction archives for the tests: tables as Python has them, written as each program writes a dump."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ficshelf.record import Field, Record, unpack
from ficshelf.sources import Place, Scratch, walk
from ficshelf.sources.efiction import schemas

Value = str | bytes | int | None
Row = Mapping[str, Value]
Tables = Mapping[str, Sequence[Row]]
STYLES = ("backup", "mysqldump", "phpmyadmin")


def orders(table: str, place: int = 0) -> list[str]:
    """The columns of a table in one of the orders that eFiction has had."""
    return schemas.COLUMNS[table][place].split()


def dump(tables: Tables, style: str = "backup", prefix: str = "", places: Mapping[str, int] | None = None) -> bytes:
    """A dump of some tables. Columns that a row leaves out are as the program's defaults have them. `places` says which
    of the known orders a table's columns are in; a table that is not eFiction's has the columns of its first row."""
    written: list[bytes] = [_HEADS[style]]
    for table, rows in tables.items():
        known = table in schemas.COLUMNS
        columns = orders(table, (places or {}).get(table, 0)) if known else list(rows[0])
        columns += [column for row in rows for column in row if column not in columns]
        columns = list(dict.fromkeys(columns))
        name = f"{prefix}fanfiction_{table}" if known or table in schemas.MACHINERY or table[:1] == "_" else table
        name = name.replace("fanfiction__", "fanfiction_")
        written.append(_WRITERS[style](name, columns, [[_default(row, one) for one in columns] for row in rows]))
    return b"".join(written)


def _default(row: Row, column: str) -> Value:
    return row.get(column, "0" if column in schemas.SHAPES and column != "type" else "")


_HEADS = {
    "backup": b"",
    "mysqldump": b"-- MySQL dump 10.13  Distrib 5.5.62, for Linux (x86_64)\n--\n/*!40101 SET NAMES latin1 */;\n",
    "phpmyadmin": b'-- phpMyAdmin SQL Dump\n-- version 4.9.5\n\nSET SQL_MODE = "NO_AUTO_VALUE_ON_ZERO";\n\n',
}


def _bytes(value: Value) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def _quoted(value: Value, quote: bytes) -> bytes:
    if value is None:
        return b"NULL" if quote == b"'" else b'""'
    data = _bytes(value).replace(b"\\", b"\\\\").replace(b"'", b"\\'").replace(b'"', b'\\"')
    return quote + data.replace(b"\r", b"\\r").replace(b"\n", b"\\n") + quote


def _backup(name: str, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    """As eFiction's own backup: neither tables nor columns are named, every value is a string in double quotes."""
    head = f"# Dump of {name} \r\n# Dump DATE : 20-Apr-2010\r\n\r\n".encode()
    lines = (
        b"INSERT INTO %s VALUES(%s);\r\n" % (name.encode(), b", ".join(_quoted(value, b'"') for value in row))
        for row in rows
    )
    return head + b"".join(lines) + b"\r\n\r\n\r\n"


def _created(name: str, columns: Sequence[str], charset: str) -> bytes:
    told = ",\n".join(f"  `{column}` text" for column in columns)
    return f"CREATE TABLE `{name}` (\n{told}\n) ENGINE=MyISAM DEFAULT CHARSET={charset};\n\n".encode()


def _mysqldump(name: str, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    values = b",".join(b"(" + b",".join(_quoted(value, b"'") for value in row) + b")" for row in rows)
    insert = b"INSERT INTO `%s` VALUES %s;\n" % (name.encode(), values) if rows else b""
    return f"DROP TABLE IF EXISTS `{name}`;\n".encode() + _created(name, columns, "latin1") + insert


def _phpmyadmin(name: str, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    named = ", ".join(f"`{column}`" for column in columns).encode()
    values = b",\n".join(b"(" + b", ".join(_quoted(value, b"'") for value in row) + b")" for row in rows)
    insert = b"INSERT INTO `%s` (%s) VALUES\n%s;\n\n" % (name.encode(), named, values) if rows else b""
    return _created(name, columns, "utf8") + insert


_WRITERS = {"backup": _backup, "mysqldump": _mysqldump, "phpmyadmin": _phpmyadmin}


class Taken(NamedTuple):
    """A folder as a walk takes it apart: every place, the records by their keys, and the texts by their labels."""

    places: list[Place]
    records: dict[str, Record]
    texts: dict[str, bytes]

    def story(self, sid: int | str) -> Record:
        return self.records[f"stories/{sid}"]

    def text(self, sid: int | str, chapter: int = 1) -> str:
        """The text of a story's chapter."""
        return self.texts[self.story(sid).parts[chapter - 1].path].decode()


def take(folder: Path, dumped: bytes, files: Mapping[str, bytes] | None = None, name: str = "backup.sql") -> Taken:
    """Take a dump apart that lies in a folder with other files."""
    given = folder / "given"
    for path, data in {name: dumped, **(files or {})}.items():
        (given / path).parent.mkdir(parents=True, exist_ok=True)
        (given / path).write_bytes(data)
    scratch = folder / "scratch"
    scratch.mkdir(exist_ok=True)
    places = list(walk([given], scratch=Scratch(scratch)))
    records: dict[str, Record] = {}
    texts: dict[str, bytes] = {}
    for place in places:
        if place.container or place.unread or place.problem:
            continue
        with place.open() as stream:
            data = stream.read()
        try:
            record = unpack(data)
        except ValueError:
            texts[place.path] = data
        else:
            assert record.key not in records, f"two records are called {record.key}"
            records[record.key] = record
    return Taken(places, records, texts)


def values(fields: Iterable[Field], name: str) -> list[str]:
    """The values of all fields of a name."""
    return [field.value for field in fields if field.name == name]


def unaccounted(taken: Taken) -> dict[str, int]:
    """Of each table the rows that are in no record and not left out for a reason: none, in a rescue that is whole."""
    held: dict[str, int] = {}
    for record in taken.records.values():
        for table, count in record.rows.items():
            held[table] = held.get(table, 0) + count
    balance = taken.records["balance"]
    for field in balance.fields:
        if field.name == "left out":
            held[field.column] = held.get(field.column, 0) + int(field.value.split(":")[0])
    counted = {field.column: int(field.value) for field in balance.fields if field.name == "table"}
    assert held.keys() <= counted.keys()
    return {table: count - held.get(table, 0) for table, count in counted.items() if count != held.get(table, 0)}
