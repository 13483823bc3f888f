"""The rows behind INSERT … VALUES: by one pattern a row as long as they look as they should, else value by value."""

from __future__ import annotations

import re
from functools import lru_cache

from ficshelf.sources import limits
from ficshelf.sources.sql.store import Store, Table, Value
from ficshelf.sources.sql.stream import Stream, plain

_SINGLE = rb"'[^']*(?:''[^']*)*'"
_DOUBLE = rb'"[^"]*(?:""[^"]*)*"'
_BARE = rb"[^\s,()'\"`;]+"
_VALUE = rb"(" + _SINGLE + rb"|" + _BARE + rb"|" + _DOUBLE + rb"|(?:_\w+\s*|[xXbBnN])" + _SINGLE + rb")"
_BARE_VALUE = re.compile(_BARE)
_SPACE = re.compile(rb"(?:\s+|/\*.*?\*/|--[ \t][^\n]*\n|#[^\n]*\n)*", re.S)
_BETWEEN = re.compile(rb"[\s,]*")
_INSIDE = {b"'": re.compile(rb"[^']*(?:''[^']*)*"), b'"': re.compile(rb'[^"]*(?:""[^"]*)*')}
_WINDOW = 1 << 18  # bytes in which one pattern looks for the end of a value: doubled quotes take memory
_KEPT = 16 << 20  # bytes of a row that are kept until it is known to be one
# Where it may go on behind a row that is none: at the next row, or at the next statement.
_NEXT = re.compile(
    rb"\)\s*,\s*(\()|;\s*\n\s*(?:INSERT|REPLACE|CREATE|DROP|LOCK|UNLOCK|ALTER|COMMIT|SET\s|/\*|--|#)", re.I
)
# What ends the rows of a statement, or follows on them.
_END = re.compile(rb"[;/#]|--|(?:ON|AS|INSERT|REPLACE|CREATE|DROP|LOCK|UNLOCK|ALTER|COMMIT|SET)\b", re.I)
_LOOKED = 1 << 18  # bytes of what may be the next row


class BrokenError(Exception):
    """What stands here is no value; the message is the kind of problem."""


class Rows:
    """Reads rows from a stream into a store."""

    def __init__(self, stream: Stream, store: Store) -> None:
        self._stream = stream
        self._store = store
        self._looks = 64.0  # tries to find the next row that are left; there are more the further it goes
        self._told: set[tuple[int, int]] = set()
        self._widths: dict[int, int] = {}  # of the first row of each table
        self._places: list[int] | None = None
        self._first = b""  # of a value that is kept in pieces

    def read(self, table: Table, header: bytes, columns: list[str] | None) -> None:
        """All rows of a statement, and of those behind it that begin alike; the stream stands behind VALUES. `columns`
        are those that the statement names."""
        self._places = _places(table, columns)
        stated = columns or table.columns
        width = len(stated) if stated else self._widths.get(table.number, 0)
        stream = self._stream
        while True:
            if width:
                self._regular(table, header, width)
            stream.pos = self._skip(_BETWEEN)
            if not stream.has(1) or _END.match(stream.data, stream.pos):
                return
            if stream.data[stream.pos] == ord("("):
                width = self._irregular(table, width)
            else:
                width = self._recover(table, width, "row", stream.offset(stream.pos), stream.pos)
            if not width:
                return

    def _regular(self, table: Table, header: bytes, width: int) -> None:
        """The rows that look as they should and lie in the stream's data, as fast as can be."""
        stream = self._stream
        begun = end = stream.pos
        rows: list[tuple[Value, ...]] = []
        count = 0
        pattern = _pattern(header, width, table.is_wanted)
        scan = pattern.scanner(stream.data, begun)  # type: ignore[attr-defined] # it is not in the stubs
        if not table.is_wanted:
            for found in iter(scan.match, None):
                count += 1
                end = found.end()
            table.rows += count
            stream.pos = end
            return
        for found in iter(scan.match, None):
            values = [
                (inside if (inside := value[1:-1]).isalnum() or not inside else plain(inside, value[:1]))
                if value[0] == 39 or value[0] == 34
                else value
                if value.isdigit()
                else _value(value)
                for value in found.groups()
            ]
            rows.append(tuple(values))
            end = found.end()
        stream.pos = end
        if rows:
            self._told_of(table, width, stream.pos)
            self._store.add(table, self._in_order(rows), end - begun)

    def _in_order(self, rows: list[tuple[Value, ...]]) -> list[tuple[Value, ...]]:
        """Rows in the order of their table's columns."""
        places = self._places
        if places is None:
            return rows
        ordered = []
        for row in rows:
            values: list[Value] = [None] * (max(places) + 1 + max(0, len(row) - len(places)))
            for place, value in zip(places, row, strict=False):
                values[place] = value
            for more, value in enumerate(row[len(places) :], max(places) + 1):
                values[more] = value
            ordered.append(tuple(values))
        return ordered

    def _irregular(self, table: Table, width: int) -> int:
        """One row, value by value. The width of the rows that may be expected next; 0 where no row is."""
        stream = self._stream
        stream.mark = stream.pos
        here = stream.offset(stream.pos)
        try:
            values = self._values(table)
        except BrokenError as broken:
            begun, stream.mark = stream.mark if stream.mark >= 0 else stream.pos, -1
            return self._recover(table, width, str(broken), here, begun + 1)
        stream.mark = -1
        self._told_of(table, len(values), stream.pos)
        size = sum(len(value) for value in values if value)
        self._store.add(table, self._in_order([tuple(values[: limits.COLUMNS])]), size)
        return min(len(values), limits.COLUMNS)

    def _told_of(self, table: Table, width: int, pos: int) -> None:
        """Say where rows have another number of values than their table columns, once."""
        self._widths.setdefault(table.number, width)
        expected = self._expected(table)
        if width != expected and (table.number, width) not in self._told:
            self._told.add((table.number, width))
            what = f"Rows of the table “{table.name}” have {width} values for {expected} columns."
            self._store.problem("values", what, self._stream.offset(pos))

    def _expected(self, table: Table) -> int:
        """How many values a row should have: as many as there are columns, or as the first row has; 0 before it."""
        return len(self._places or table.columns or ()) or self._widths.get(table.number, 0)

    def _values(self, table: Table) -> list[Value]:
        stream = self._stream
        stream.pos += 1
        values: list[Value] = []
        while True:
            stream.pos = self._skip(_SPACE)
            values.append(self._one(table, len(values)))
            stream.pos = self._skip(_SPACE)
            if not stream.has(1):
                raise BrokenError("cut")
            sign = stream.data[stream.pos]
            if sign not in b",)":
                raise BrokenError("unclosed")
            stream.pos += 1
            if sign == ord(")"):
                return values

    def _skip(self, pattern: re.Pattern[bytes]) -> int:
        """The place behind what is passed over."""
        stream = self._stream
        while True:
            found = pattern.match(stream.data, stream.pos)
            assert found  # it may be empty
            stream.pos = found.end()
            rest = stream.data[stream.pos : stream.pos + 2]
            if len(rest) == 2 and rest not in (b"/*", b"--"):
                return stream.pos
            if not (len(rest) < 2 or len(stream.data) - stream.pos < 65_536) or not stream.more():
                return stream.pos

    def _one(self, table: Table, column: int) -> Value:
        """One value; its first limits.FIELD bytes, where it is longer."""
        stream = self._stream
        stream.has(64)
        data, pos = stream.data, stream.pos
        if data[pos : pos + 1] in (b"'", b'"'):
            return self._string(table, column)
        found = _BARE_VALUE.match(data, pos)
        while found and found.end() == len(data) and found.end() - stream.pos < _WINDOW and stream.more():
            data = stream.data
            found = _BARE_VALUE.match(data, stream.pos)
        if not found:
            if data[pos : pos + 1] in (b",", b")"):
                return None
            raise BrokenError("cut" if pos >= len(data) else "row")
        stream.pos = found.end()
        bare = found[0]
        behind = data[stream.pos : stream.pos + 1]
        if behind.isspace() and bare.startswith(b"_"):
            stream.pos = self._skip(_SPACE)
            behind = stream.data[stream.pos : stream.pos + 1]
        if behind == b"'" and (bare.startswith(b"_") or bare.lower() in (b"x", b"b", b"n")):
            inside = self._string(table, column)
            return _introduced(bare, inside)
        if behind == b"(":
            raise BrokenError("row")
        return _value(bare)

    def _string(self, table: Table, column: int) -> bytes:
        stream = self._stream
        quote = stream.data[stream.pos : stream.pos + 1]
        inside = _INSIDE[quote]
        stream.pos += 1
        pieces: list[bytes] = []
        size, kept = 0, -1
        while True:
            data, pos = stream.data, stream.pos
            found = inside.match(data, pos, pos + _WINDOW)
            assert found  # it may be empty
            end = found.end()
            is_closed = False
            if data[end : end + 1] == quote:
                if end + 1 == len(data):
                    if stream.more():
                        continue
                    is_closed = True
                elif data[end + 1] == quote[0]:
                    end += 2
                else:
                    is_closed = True
            pieces.append(data[pos:end])
            size += end - pos
            stream.pos = end
            if stream.mark >= 0 and end - stream.mark > _KEPT:
                stream.mark = -1
            if is_closed:
                stream.pos += 1
                break
            if size >= limits.FIELD:
                kept += 1
                pieces, size = self._spill(table, column, pieces, quote, kept), 0
            if end == len(data) and not stream.more():
                raise BrokenError("cut")
        if kept >= 0:
            self._spill(table, column, pieces, quote, kept + 1)
            return self._first
        return plain(b"".join(pieces), quote)

    def _spill(self, table: Table, column: int, pieces: list[bytes], quote: bytes, number: int) -> list[bytes]:
        """Keep a piece of a long value: the first as the value, the others apart. What is left of the pieces."""
        soft = b"".join(pieces)
        rest = [soft[-1:]] if soft[-1:] in (b"\\", b"\x04") else []  # an escape stays whole
        data = plain(soft[:-1] if rest else soft, quote)
        if not number:
            self._first = data
            what = f"A value of the table “{table.name}” is longer than {limits.FIELD >> 20} MiB; it is kept in pieces."
            self._store.problem("long", what, self._stream.offset(self._stream.pos))
        else:
            place = self._places[column] if self._places is not None and column < len(self._places) else column
            self._store.add_piece(table, place, data)
        return rest

    def _recover(self, table: Table, width: int, kind: str, here: int, begun: int) -> int:
        """Go on behind a row that is none, whose rest begins at `begun`: at what is a row beyond doubt, or at a
        statement. The width of the rows that follow, 0 for none."""
        stream = self._stream
        stream.pos = begun
        is_cut = kind == "cut"
        widths = [one for one in dict.fromkeys((self._expected(table), width)) if one]
        self._looks += 1
        found_width = -1
        at = stream.pos
        while found_width < 0:
            stream.pos = at
            if not is_cut:
                stream.has(_LOOKED)
            while found := _NEXT.search(stream.data, at):
                at = found.end()
                if not found[1]:
                    stream.pos = found.start()
                    found_width = 0
                    break
                if self._looks + stream.offset(at) / 4096 < 0:
                    continue
                self._looks -= 1
                fits = [n for n in widths if _pattern(b"", n, False).match(stream.data, at - 1, at + _LOOKED)]
                if fits:
                    stream.pos = at - 1
                    found_width = fits[0]
                    break
            else:
                at = max(at, len(stream.data) - 1024)
                stream.pos = at
                if not stream.more():
                    stream.pos = len(stream.data)
                    what = f"The dump ends in the middle of a row of the table “{table.name}”."
                    self._store.problem("cut", what, here)
                    return 0
                at = stream.pos
        size = stream.offset(stream.pos) - here
        what = f"{size:,} bytes of the table “{table.name}” are no row, as where a value has no end."
        self._store.problem("unclosed" if kind != "row" else "row", what, here)
        return found_width


def _places(table: Table, columns: list[str] | None) -> list[int] | None:
    """Where a statement's columns stand among the table's; None where they are the same."""
    if not columns:
        return None
    if table.columns is None:
        table.columns = list(columns)
    known = {name.lower(): place for place, name in enumerate(table.columns)}
    places = []
    for name in columns:
        if name.lower() not in known:
            known[name.lower()] = len(table.columns)
            table.columns.append(name)
        places.append(known[name.lower()])
    return None if places == list(range(len(table.columns))) else places


@lru_cache(maxsize=64)
def _pattern(header: bytes, width: int, is_wanted: bool) -> re.Pattern[bytes]:
    """A row of so many values, behind another or behind a statement's words."""
    value = _VALUE if is_wanted else _VALUE.replace(b"(", b"(?:", 1)
    again = rb"(?:[\s,]*|\s*;\s*" + re.escape(header) + rb"\s*)" if header else rb""
    return re.compile(again + rb"\(\s*" + rb"\s*,\s*".join([value] * width) + rb"\s*\)")


def _value(raw: bytes) -> Value:
    """A value as it was, without quotes and escapes."""
    sign = raw[:1]
    if sign in (b"'", b'"'):
        return plain(raw[1:-1], sign)
    if raw[-1:] == b"'":
        bare, _, inside = raw[:-1].partition(b"'")
        return _introduced(bare.strip(), plain(inside, b"'"))
    if raw.isdigit():
        return raw
    upper = raw.upper()
    if upper in (b"NULL", b"DEFAULT"):
        return None
    if upper in (b"TRUE", b"FALSE"):
        return b"1" if upper == b"TRUE" else b"0"
    if upper.startswith(b"0X"):
        return _introduced(b"x", raw[2:])
    if upper.startswith(b"0B"):
        return _introduced(b"b", raw[2:])
    return plain(raw)


def _introduced(bare: bytes, inside: bytes) -> bytes:
    """A value with letters before its quote: hexadecimal, binary, of a character set."""
    try:
        if bare.lower() == b"x":
            return bytes.fromhex((b"0" * (len(inside) % 2) + inside).decode("ascii"))
        if bare.lower() == b"b":
            return int(inside or b"0", 2).to_bytes((len(inside) + 7) // 8, "big")
    except ValueError:
        pass
    return inside
