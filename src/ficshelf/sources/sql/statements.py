"""The statements of a dump: which hold rows or say what a table is, and how to get past all others unharmed.

Nothing is run. What a client would obey (`\\!`, `system`, `source`), what hides in comments for MySQL alone
(`/*!50000 … */`), procedures, grants: all of it is passed over.
"""

from __future__ import annotations

import re

from ficshelf.sources.sql import tables
from ficshelf.sources.sql.rows import Rows
from ficshelf.sources.sql.store import Store
from ficshelf.sources.sql.stream import Stream

_INSERT = re.compile(
    rb"(?:INSERT|REPLACE)(?:\s++(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE))*(?:\s++INTO)?\s++"
    + tables.TABLE
    + rb"\s*+(?:\(\s*+("
    + tables.NAME
    + rb"(?:\s*+,\s*+"
    + tables.NAME
    + rb")*)\s*+\)\s*+)?(?<=[\s`\"\])])VALUES?\s*(?=\()",
    re.I,
)
_WORD = re.compile(rb"[a-zA-Z]+")
_BLANK = re.compile(rb"[\s;]+")
_OF_ROWS = re.compile(rb"[(,\d'\"]")  # no statement begins so, but a row does, and what stands in one
# The first words of statements that dumps have and that hold no rows, and of what a client would obey.
_USUAL = re.compile(
    "SET|LOCK|UNLOCK|DROP|USE|CREATE|ALTER|COMMIT|START|BEGIN|ROLLBACK|TRUNCATE|DELETE|UPDATE|FLUSH|ANALYZE|OPTIMIZE|GRANT"
)
_COMMANDS = re.compile("SYSTEM|SOURCE|TEE|NOTEE|PAGER|NOPAGER|EDIT|WARNINGS|NOWARNING|CONNECT|CHARSET")
_DELIMITER = re.compile(rb"DELIMITER[ \t]+(\S{1,16})[ \t]*(?:\r?\n|\Z)", re.I)
# Where a statement that is not known ends: at its semicolon, or where a line begins another.
_QUOTE = re.compile(rb"[;'\"`]|/\*|--[ \t\n]|#|" + tables.LINE, re.I)
_LINE = re.compile(tables.LINE, re.I)
AHEAD = 1 << 16  # bytes that are there to tell what a statement is; no list of columns is longer
_ENOUGH = 1 << 20  # bytes that are looked at for the end of one that holds no rows; real ones have some 50,000 at most
_NAMES = re.compile(rb"SET\s+NAMES\s+['\"]?(\w+)", re.I)
_FACTS = {
    "program": rb"(Dump DATE|phpMyAdmin (?:SQL Dump|MySQL-Dump)|MySQL dump|MariaDB dump|Adminer|HeidiSQL|Navicat)",
    "server": rb"(?:Server version\s*:?|server:)\s*([^\r\n]{1,80})",
    "database": rb"Database:\s*`?([^`\r\n]{1,80})",
    "date": rb"(?:Generation Time|Dump completed on|Dump DATE|Erstellungszeit|Backup date)\s*:?\s*([^\r\n]{1,60})",
}
_FACT = {name: re.compile(pattern, re.I) for name, pattern in _FACTS.items()}


def read(stream: Stream, store: Store) -> None:
    """Read a whole dump into a store."""
    _Statements(stream, store).read()


class _Statements:
    def __init__(self, stream: Stream, store: Store) -> None:
        self._stream = stream
        self._store = store
        self._rows = Rows(stream, store)
        self._delimiter = b";"
        self._insert_of: tuple[str, bytes, list[str] | None] = ("", b"", None)  # the last: table, words, columns
        self._behind = -100  # where in the dump its rows ended
        self._endless = 0  # up to where in the dump no comment ends

    def read(self) -> None:
        stream = self._stream
        while self._begin():
            data, pos = stream.data, stream.pos
            if data.startswith((b"--", b"#"), pos):
                self._line()
            elif data.startswith(b"/*", pos):
                self._comment()
            elif found := _DELIMITER.match(data, pos):
                self._delimiter = found[1]
                stream.pos = found.end()
            elif self._delimiter != b";":
                self._to_delimiter()
            elif found := _INSERT.match(data, pos):
                self._insert(found)
            elif stream.offset(pos) - self._behind < 16 and _OF_ROWS.match(data, pos):
                self._unknown("the end of a statement in the midst of its rows")
                self._go_on(self._insert_of)
            elif found := tables.CREATE.match(data, pos):
                self._create(found)
            else:
                self._other()

    def _begin(self) -> bool:
        """Go to the next statement; false where there is none."""
        stream = self._stream
        while stream.has(1):
            stream.has(AHEAD)
            found = _BLANK.match(stream.data, stream.pos)
            if not found:
                return True
            stream.pos = found.end()
        return False

    def _line(self) -> None:
        """Pass over a comment of a line, or a client's command."""
        stream = self._stream
        begun = stream.pos
        while (end := stream.data.find(b"\n", stream.pos)) < 0:
            stream.pos = len(stream.data)
            begun = -1
            if not stream.more():
                return
        stream.pos = end + 1
        if begun >= 0:
            self._note(stream.data[begun:end])

    def _comment(self) -> None:
        stream = self._stream
        end = -1
        if stream.offset(stream.pos) >= self._endless:
            while (end := stream.data.find(b"*/", stream.pos + 2, stream.pos + _ENOUGH)) < 0 and self._more():
                pass
            if end < 0:
                self._endless = stream.offset(min(stream.pos + _ENOUGH, len(stream.data)))
        if end < 0:
            self._unknown("a comment without its end")
            self._line()
            return
        comment = stream.data[stream.pos : end]
        stream.pos = end + 2
        self._note(comment)

    def _note(self, said: bytes) -> None:
        """Keep what a comment or a setting says of the dump."""
        head = self._store.head
        if names := _NAMES.search(said):
            head.setdefault("charset", names[1].decode("ascii", "replace").lower())
        for name, pattern in _FACT.items():
            if name not in head and (found := pattern.search(said)):
                head[name] = found[1].decode("utf-8", "replace").strip()
        if head.get("program") == "Dump DATE":
            head["program"] = "eFiction"

    def _to_delimiter(self) -> None:
        """Pass over a procedure or a trigger."""
        stream = self._stream
        while (end := stream.data.find(self._delimiter, stream.pos)) < 0:
            stream.pos = max(stream.pos, len(stream.data) - len(self._delimiter))
            if not stream.more():
                stream.pos = len(stream.data)
                return
        stream.pos = end + len(self._delimiter)

    def _insert(self, found: re.Match[bytes]) -> None:
        stream = self._stream
        columns = [tables.name_of(name) for name in tables.NAMES.findall(found[2])] if found[2] else None
        name = tables.name_of(found[1])
        if not self._store.has_room:
            self._unknown("rows of more tables than are read")
            self._other()
            return
        stream.pos = found.end()
        self._insert_of = (name, found[0].strip(), columns)
        self._go_on(self._insert_of)

    def _go_on(self, insert: tuple[str, bytes, list[str] | None]) -> None:
        """The rows of a statement; the stream stands at the first."""
        stream = self._stream
        name, header, columns = insert
        self._rows.read(self._store.table(name), header, columns)
        self._behind = stream.offset(stream.pos)
        behind = _WORD.match(stream.data, stream.pos)
        if behind and behind[0].upper() in (b"ON", b"AS"):
            self._skip()

    def _create(self, found: re.Match[bytes]) -> None:
        stream, store = self._stream, self._store
        name = tables.name_of(found[1])
        begun = found.end() - stream.pos
        while (created := tables.read_create(stream.data, stream.pos + begun)).end < 0 and not created.is_broken:
            if not self._more():
                break
        if created.end < 0 or not store.has_room:
            kind = "cut" if stream.ended and not created.is_broken else "unknown"
            store.problem(kind, f"The description of the table “{name}” has no end.", stream.offset(stream.pos))
            self._skip()
            return
        table = store.table(name)
        if table.created or table.rows:
            what = f"The table “{name}” comes more than once; the rows of all times are kept."
            store.problem("again", what, stream.offset(stream.pos))
        table.created += 1
        if table.columns is None:
            table.columns, table.types = created.columns, created.types
        table.charset = table.charset or created.charset
        stream.pos = created.end

    def _other(self) -> None:
        """Pass over a statement that holds nothing, and say so where it is none of a dump."""
        stream = self._stream
        if stream.data.startswith(b"\\", stream.pos):
            self._unknown("a client's command")
            self._line()
            return
        found = _WORD.match(stream.data, stream.pos)
        word = found[0].decode().upper()[:30] if found else ""
        if _COMMANDS.fullmatch(word):
            self._unknown("a client's command")
            self._line()
            return
        if not _USUAL.fullmatch(word):
            self._unknown(f"“{word}”" if word else "what is no statement")
        elif word == "SET":
            self._note(stream.data[stream.pos : stream.pos + 200])
        self._skip()

    def _skip(self) -> None:
        """Go behind the semicolon that ends a statement, over quotes and comments; none that is never closed counts."""
        while self._end() < 0 and self._more():
            pass
        stream = self._stream
        end = self._end()
        stream.pos = end if end >= 0 else min(stream.pos + _ENOUGH, len(stream.data))

    def _end(self) -> int:
        """The place behind a statement; -1 where its end is not there."""
        stream = self._stream
        at, until = stream.pos, stream.pos + _ENOUGH
        never: set[bytes] = set()  # what closes nothing any more
        while found := _QUOTE.search(stream.data, at, until):
            sign, at = found[0], found.end()
            if sign in b";\n":
                return at
            close = b"*/" if sign == b"/*" else b"\n" if sign[:1] in b"-#" else sign
            if close in never:
                continue
            if (end := stream.data.find(close, at, until)) < 0:
                never.add(close)
            elif close not in b"'\"`" or not _LINE.search(stream.data, at, end):
                at = end + len(close) - (close == b"\n")
        return -1

    def _more(self) -> bool:
        """Read on where a statement may still end soon."""
        return len(self._stream.data) - self._stream.pos < _ENOUGH and self._stream.more()

    def _unknown(self, what: str) -> None:
        stream = self._stream
        self._store.problem("unknown", f"Passed over {what}.", stream.offset(stream.pos))
