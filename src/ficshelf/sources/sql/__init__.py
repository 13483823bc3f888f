"""Dumps of MySQL databases, read as data: nothing in one is ever executed, whatever it says.

`unpack` reads a dump as a stream, once, into a scratch SQLite file: one table there for each table that is wanted,
every value as the bytes that the dump has after unescaping. `Dump` gives them back. What mysqldump, phpMyAdmin, other
clients and the backup of eFiction itself write is understood, packed by gzip, bzip2 or xz or not: INSERTs of one row or
of a million, with or without column names, with or without a CREATE TABLE. A dump that is cut, damaged or hostile gives
the rows that are whole; `Dump.problems` says what is wrong, and where.

    dump = sql.unpack(Path("backup.sql.gz"), scratch / "backup.sqlite", hear, wanted=lambda name: "stories" in name)
    for row, values in dump.rows("fanfiction_stories"): …

`opening` gives a dump's bytes unpacked, `stream` cuts them into chunks in which no escape is left that a pattern could
stumble over, `statements` and `rows` take them apart, `tables` reads CREATE TABLE, `store` keeps what comes of it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from ficshelf.sources.sql import opening, statements
from ficshelf.sources.sql.opening import head_of, is_dump
from ficshelf.sources.sql.store import Dump, Problem, Store
from ficshelf.sources.sql.stream import Stream

__all__ = ["Dump", "Problem", "head_of", "is_dump", "unpack"]


def unpack(
    disk: Path,
    into: Path,
    hear: Callable[[str, int, int], None] = lambda what, done, of: None,
    wanted: Callable[[str], bool] = lambda name: True,
) -> Dump:
    """The dump in the file `disk`, taken apart into the SQLite file `into`, or as it lies there from another time.

    The rows of tables that are not `wanted` are counted alone. `hear` is told how many bytes of how many are read.
    Raises CannotOpenError where the file cannot be opened, OSError where `into` cannot be written."""
    if not into.exists():
        making = into.with_name(into.name + ".making")
        making.unlink(missing_ok=True)
        with opening.open_dump(disk) as dumped:
            store = Store(making, wanted)
            stream = Stream(dumped, lambda: hear("Reading the dump", dumped.done(), dumped.size))
            statements.read(stream, store)
            if dumped.damage:
                store.problem("packing", f"{dumped.damage[:1].upper()}{dumped.damage[1:]}.", stream.offset(stream.pos))
            store.close()
        os.replace(making, into)
    return Dump(into)
