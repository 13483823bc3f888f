"""CREATE TABLE, read for what it says of columns, and the names that tables and columns have in SQL."""

from __future__ import annotations

import re
from typing import NamedTuple

from ficshelf.sources import limits
from ficshelf.sources.sql.stream import plain

# A name: in backticks, quotes or brackets, or bare; and one with the name of its database before it.
NAME = rb'(?:`[^`]*(?:``[^`]*)*`|"[^"]*"|\[[^\]]*\]|[\w$\x80-\xff-]+)'
TABLE = rb"(?:" + NAME + rb"\s*+\.\s*+){0,2}(" + NAME + rb")"
NAMES = re.compile(NAME)
CREATE = re.compile(
    rb"CREATE\s++(?:TEMPORARY\s++)?TABLE\s++(?:IF\s++NOT\s++EXISTS\s++)?" + TABLE + rb"\s*+(?=\()", re.I
)  # fmt: skip
# Where a line begins another statement, whatever the one before it is.
LINE = rb"\n(?=[ \t]*(?:(?:INSERT|REPLACE|(?:CREATE|DROP)\s+TABLE|--)\s|#))"
_PIECE = re.compile(rb"'[^'\n]*'|\"[^\"\n]*\"|`[^`\n]*`|/\*.*?\*/|--\s[^\n]*|#[^\n]*|[(),;]|" + LINE, re.S | re.I)
_COLUMN = re.compile(
    rb"\s*+(" + NAME + rb")\s++([a-zA-Z]\w*(?:\s*+\(\s*+\d+(?:\s*+,\s*+\d+)?\s*+\))?)?", re.S
)  # fmt: skip
_NO_COLUMN = re.compile(
    rb"\s*(?:(?:PRIMARY|UNIQUE|FOREIGN|FULLTEXT|SPATIAL)\b|KEY\s|INDEX\s|CONSTRAINT\s|CHECK\s*\()", re.I
)
_CHARSET = re.compile(rb"(?:DEFAULT\s+)?(?:CHARSET|CHARACTER\s+SET)\s*=?\s*['\"]?(\w+)", re.I)
_LONGEST = 1 << 20  # bytes of one CREATE TABLE


class Created(NamedTuple):
    """What a CREATE TABLE says. `end` is the place behind it, -1 where it does not end; `is_broken` where it never
    will, as another statement begins."""

    columns: list[str]
    types: list[str]
    charset: str
    end: int
    is_broken: bool = False


def name_of(quoted: bytes) -> str:
    """A name as it is meant, without its quotes."""
    if quoted[:1] in (b"`", b'"', b"["):
        quoted = quoted[1:-1].replace(b"``", b"`")
    return plain(quoted).decode("utf-8", "replace")[: limits.NAME]


def read_create(data: bytes, pos: int) -> Created:
    """The columns of a table; `pos` is that of the bracket before the first."""
    depth, at, end, begun, is_broken = 0, pos, -1, pos + 1, False
    definitions: list[bytes] = []
    close = pos
    while found := _PIECE.search(data, at, pos + _LONGEST):
        at = found.end()
        sign = found[0]
        if sign == b"(":
            depth += 1
        elif sign == b")":
            depth -= 1
            if depth == 0:
                definitions.append(data[begun : found.start()])
                close = at
        elif sign == b"," and depth == 1:
            definitions.append(data[begun : found.start()])
            begun = at
        elif sign in b";\n":
            end = at if depth <= 0 else -1
            is_broken = depth > 0
            break
    columns: list[str] = []
    types: list[str] = []
    for definition in definitions:
        definition = _COMMENT.sub(b" ", definition)
        if not _NO_COLUMN.match(definition) and (column := _COLUMN.match(definition)):
            columns.append(name_of(column[1]))
            types.append(re.sub(rb"\s+", b"", column[2] or b"").decode("ascii", "replace").lower())
    charset = _CHARSET.search(data, close, end if end >= 0 else close + 1000) if close > pos else None
    told = charset[1].decode("ascii", "replace").lower() if charset else ""
    return Created(columns[: limits.COLUMNS], types[: limits.COLUMNS], told, end, is_broken)


_COMMENT = re.compile(rb"/\*.*?\*/|--\s[^\n]*|#[^\n]*", re.S)
