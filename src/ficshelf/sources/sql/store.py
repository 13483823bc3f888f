"""What a dump holds, in a scratch SQLite file: written once by `Store`, read by `Dump`.

One table `tables` lists the dump's; the rows of each lie in `t_<number>`, with columns c0, c1, … and rowids from 1 in
the order of the dump. `pieces` holds what is beyond limits.FIELD of a value, `problems` what was wrong.
"""

from __future__ import annotations

import contextlib
import errno
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ficshelf.sources import limits

Value = bytes | None
Row = tuple[int, tuple[Value, ...]]
_ROWS, _BYTES = 2_000, 8 << 20  # that are held before they are written


class Problem(NamedTuple):
    """Something that is wrong with a dump, and the byte of the unpacked dump where it is.

    Kinds: "cut" (the dump ends in the middle of something), "unclosed" (a value without its end), "values" (a row with
    more or fewer values than its table has columns), "row" (a row that is none), "unknown" (a statement that is none of
    a dump), "again" (a table that comes twice), "long" (a value beyond a limit), "packing" (it cannot be unpacked),
    "more" (more problems than are told)."""

    kind: str
    text: str
    offset: int


class Table:
    """A table of the dump while it is read."""

    def __init__(self, number: int, name: str, is_wanted: bool) -> None:
        self.number, self.name, self.is_wanted = number, name, is_wanted
        self.columns: list[str] | None = None
        self.types: list[str] | None = None
        self.charset = ""
        self.created = 0
        self.rows = 0
        self.width = 0  # columns in the scratch file
        self.held: list[tuple[Value, ...]] = []
        self.bytes = 0


class Store:
    """Where the rows of a dump go. Raises OSError where the disk is full."""

    def __init__(self, path: Path, wanted: Callable[[str], bool]) -> None:
        self._base = sqlite3.connect(path, isolation_level=None)
        for pragma in ("page_size=16384", "journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE"):
            self._base.execute(f"PRAGMA {pragma}")
        self._base.execute(
            "CREATE TABLE tables(number INTEGER PRIMARY KEY, name TEXT, columns JSON, types JSON, charset TEXT,"
            " rows INTEGER, created INTEGER, width INTEGER)"
        )
        self._base.execute("CREATE TABLE problems(kind TEXT, text TEXT, offset INTEGER)")
        self._base.execute("CREATE TABLE head(name TEXT, value TEXT)")
        self._base.execute("CREATE TABLE pieces(t INTEGER, row INTEGER, c INTEGER, bytes BLOB)")
        self._base.execute("BEGIN")
        self._wanted = wanted
        self._tables: dict[str, Table] = {}
        self._problems = 0
        self.head: dict[str, str] = {}

    def table(self, name: str) -> Table:
        """The table of that name, noted when it is first met."""
        if name not in self._tables:
            table = Table(len(self._tables), name, self._wanted(name))
            self._tables[name] = table
        return self._tables[name]

    @property
    def has_room(self) -> bool:
        """Whether another table may be noted."""
        return len(self._tables) < limits.TABLES

    def add(self, table: Table, rows: Sequence[tuple[Value, ...]], size: int) -> None:
        """Rows of a table, of about `size` bytes together."""
        table.rows += len(rows)
        if not table.is_wanted:
            return
        table.held += rows
        table.bytes += size
        if len(table.held) >= _ROWS or table.bytes >= _BYTES:
            self._write(table)

    def add_piece(self, table: Table, column: int, data: bytes) -> None:
        """What goes on of a value of the row that is being read."""
        if table.is_wanted:
            with _told():
                row = (table.number, table.rows + 1, column, data)
                self._base.execute("INSERT INTO pieces VALUES (?,?,?,?)", row)

    def problem(self, kind: str, text: str, offset: int) -> None:
        self._problems += 1
        if self._problems <= limits.PROBLEMS:
            self._base.execute("INSERT INTO problems VALUES (?,?,?)", (kind, text, offset))

    def _write(self, table: Table) -> None:
        held, table.held, table.bytes = table.held, [], 0
        with _told():
            self._widen(table, max(map(len, held), default=0))
            while held:  # rows of one width at a time, which nearly always are all
                width = len(held[0])
                until = next((at for at, row in enumerate(held) if len(row) != width), len(held))
                names = ",".join(f"c{column}" for column in range(width))
                marks = ",".join("?" * width)
                self._base.executemany(f"INSERT INTO t_{table.number} ({names}) VALUES ({marks})", held[:until])
                held = held[until:] if until < len(held) else []

    def _widen(self, table: Table, width: int) -> None:
        if not table.width:
            table.width = max(width, len(table.columns or ()), 1)
            names = ",".join(f"c{column}" for column in range(table.width))
            self._base.execute(f"CREATE TABLE t_{table.number} ({names})")
        while table.width < width:
            self._base.execute(f"ALTER TABLE t_{table.number} ADD COLUMN c{table.width}")
            table.width += 1

    def close(self) -> None:
        """Write what is held. The file is whole after that."""
        if self._problems > limits.PROBLEMS:
            more = f"{self._problems - limits.PROBLEMS:,} more problems are not told one by one"
            self._base.execute("INSERT INTO problems VALUES ('more',?,0)", (more,))
        with _told():
            for table in self._tables.values():
                if table.is_wanted:
                    self._write(table)
                    self._widen(table, 1)
                columns, types = (json.dumps(told) if told else None for told in (table.columns, table.types))
                row = (table.number, table.name, columns, types, table.charset, table.rows, table.created, table.width)
                self._base.execute("INSERT INTO tables VALUES (?,?,?,?,?,?,?,?)", row)
            self._base.executemany("INSERT INTO head VALUES (?,?)", self.head.items())
            self._base.execute("COMMIT")
            self._base.close()


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """A full disk as what it is, whoever notices it first."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "full" in str(error) or "disk I/O" in str(error):
            raise OSError(errno.ENOSPC, "No space left on device") from error
        raise


class Dump:
    """A dump taken apart. Tables are called as in the dump, prefix and all; columns are counted from 0."""

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-4096"):
            self._base.execute(f"PRAGMA {pragma}")
        self._tables: dict[str, tuple[int, list[str] | None, list[str] | None, str, int, int]] = {
            name: (number, columns and json.loads(columns), types and json.loads(types), charset, rows, width)
            for number, name, columns, types, charset, rows, width in self._base.execute(
                "SELECT number, name, columns, types, charset, rows, width FROM tables ORDER BY number"
            )
        }

    def names(self) -> list[str]:
        """All tables of the dump, in its order; those that were not wanted, too."""
        return list(self._tables)

    def columns(self, table: str) -> list[str] | None:
        """The names of a table's columns; None where the dump states them nowhere."""
        return self._tables[table][1]

    def types(self, table: str) -> list[str] | None:
        """The types of a table's columns, in small letters ("varchar(200)"); None without a CREATE TABLE."""
        return self._tables[table][2]

    def charset(self, table: str) -> str:
        """The character set that the table says it has; "" for none. Its rows often are in another."""
        return self._tables[table][3]

    def count(self, table: str) -> int:
        """How many rows the dump has of a table."""
        return self._tables[table][4]

    def width(self, table: str) -> int:
        """How many values the longest row has; 0 for a table that was not wanted."""
        return self._tables[table][5]

    def rows(self, table: str) -> Iterator[Row]:
        """All rows with their numbers from 1, in the order of the dump. A row with fewer values ends in None."""
        yield from self._select(table, "ORDER BY rowid")

    def index(self, table: str, column: int) -> None:
        """Make `lookup` by a column quick. A column that no row has is passed over."""
        if column < self.width(table):
            number = self._tables[table][0]
            self._base.execute(f"CREATE INDEX IF NOT EXISTS i_{number}_{column} ON t_{number}(c{column})")

    def lookup(self, table: str, column: int, value: Value) -> Iterator[Row]:
        """The rows with a value in a column."""
        if column < self.width(table):
            yield from self._select(table, f"WHERE c{column} IS ? ORDER BY rowid", value)

    def row(self, table: str, number: int) -> tuple[Value, ...] | None:
        """One row by its number; None where there is none."""
        return next((values for _, values in self._select(table, "WHERE rowid = ?", number)), None)

    def pieces(self, table: str, row: int, column: int) -> Iterator[bytes]:
        """What a value holds beyond limits.FIELD, in order."""
        number = self._tables[table][0]
        found = self._base.execute(
            "SELECT bytes FROM pieces WHERE t = ? AND row = ? AND c = ? ORDER BY rowid", (number, row, column)
        )
        for (data,) in found:
            yield data

    def problems(self) -> list[Problem]:
        """What was wrong with the dump, in its order."""
        return [Problem(*row) for row in self._base.execute("SELECT kind, text, offset FROM problems ORDER BY rowid")]

    def head(self) -> dict[str, str]:
        """What the dump says of itself, where it does: `program`, `server`, `database`, `date`, `charset`."""
        return dict(self._base.execute("SELECT name, value FROM head"))

    def close(self) -> None:
        self._base.close()

    def _select(self, table: str, where: str, *values: object) -> Iterator[Row]:
        number, *_, width = self._tables[table]
        if width:
            for row in self._base.execute(f"SELECT rowid, * FROM t_{number} {where}", values):
                yield row[0], row[1:]
