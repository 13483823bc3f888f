"""Whatever rows a database holds come back byte for byte from a dump of every style, whole or cut anywhere."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from bench.forge import dumps
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ficshelf.sources import sql
from ficshelf.sources.sql import statements, stream

TYPES = ("int(11)", "varchar(200)", "text", "blob")
HARD = (
    b"'",
    b'"',
    b"\\",
    b"''",
    b"\\'",
    b"),(",
    b");\n",
    b"\n",
    b"\r",
    b"\0",
    b"\x01",
    b"\x04A",
    b"\x1a",
    b"--",
    b"/*",
    b"#",
)
VALUES = st.one_of(
    st.none(),
    st.integers(-(10**9), 10**9),
    st.binary(max_size=40),
    st.lists(st.sampled_from(HARD), max_size=8).map(b"".join),
)  # fmt: skip
NAMES = st.text("abc_$9é", min_size=1, max_size=12)


@st.composite
def tables(draw: st.DrawFn) -> list[dumps.Table]:
    made = []
    for name in draw(st.lists(NAMES, min_size=1, max_size=3, unique=True)):
        types = draw(st.lists(st.sampled_from(TYPES), min_size=1, max_size=5))
        columns = tuple((f"c{place}", kind) for place, kind in enumerate(types))
        rows = draw(st.lists(st.tuples(*[VALUES] * len(types)), max_size=6))
        made.append(dumps.Table(name, columns, rows))
    return made


def read(data: bytes) -> tuple[dict[str, list[tuple[bytes | None, ...]]], list[sql.Problem]]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "dump.sql"
        path.write_bytes(data)
        dump = sql.unpack(path, path.with_suffix(".sqlite"))
        found = {name: [row for _, row in dump.rows(name)] for name in dump.names()}
        problems = dump.problems()
        dump.close()
    return found, problems


def held(table: dumps.Table, style: str) -> list[tuple[bytes | None, ...]]:
    """The rows as they should come back: the backup of eFiction writes NULL as nothing."""
    nothing = b"" if style == "efiction" else None
    return [
        tuple(nothing if value is None else str(value).encode() if isinstance(value, int) else value for value in row)
        for row in table.rows
    ]


@pytest.mark.parametrize("style", dumps.STYLES)
@settings(max_examples=60, deadline=None)
@given(made=tables())
@example(made=[dumps.Table("a", (("c0", "text"),), [(b"\\",), (b"\\\\'",), (b"\x04D",), (b"",)])])
def test_rows_come_back(style: str, made: list[dumps.Table]) -> None:
    for size in (stream.CHUNK, 7):
        found, problems = in_chunks(b"".join(dumps.dump(made, style)), size)
        assert problems == []
        for table in made:
            if table.rows or style != "efiction":
                assert found[table.name] == held(table, style)


def in_chunks(data: bytes, size: int) -> tuple[dict[str, list[tuple[bytes | None, ...]]], list[sql.Problem]]:
    """What comes of a dump that is read so many bytes at once: small chunks end within every value and escape."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stream, "CHUNK", size)
        patch.setattr(statements, "AHEAD", 50 * size)
        return read(data)


@pytest.mark.parametrize("style", dumps.STYLES)
@settings(max_examples=60, deadline=None)
@given(made=tables(), data=st.data())
def test_a_dump_that_is_cut_gives_the_rows_that_are_whole(
    style: str, made: list[dumps.Table], data: st.DataObject
) -> None:
    pieces = list(dumps.dump(made, style))
    whole = b"".join(pieces)
    at = data.draw(st.integers(0, len(whole)))
    for size in (stream.CHUNK, 7):
        found, _ = in_chunks(whole[:at], size)
        for table in made:
            rows = held(table, style)
            got = found.get(table.name, [])
            assert got == rows[: len(got)]
            assert len(got) >= whole_rows(pieces, table, at)


def whole_rows(pieces: list[bytes], table: dumps.Table, at: int) -> int:
    """How many rows of a table end before a place in its dump: each row is the end of a piece of its own."""
    place, count, is_this = 0, 0, False
    for piece in pieces:
        place += len(piece)
        if piece.startswith((b"--\n-- Table structure", b"# Dump of")):
            is_this = f" {table.name} ".encode() in piece or f"`{table.name}`".encode() in piece
        if is_this and place <= at and piece.endswith((b")", b");\r\n")) and b"(" in piece:
            count += 1
    return count
