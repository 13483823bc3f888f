"""Whole archives that are cut, swollen, planted or another program's, added as anybody adds them: each has one named
outcome, and everything else comes through."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
from bench.forge import dumps
from bench.forge.archives.make import make

from ficshelf.library import blocks

ADD = [sys.executable, "-c", "from ficshelf.cli import main; main()", "add", "--library"]
BESIDE = "Title: The Lamp on the Quay\nAuthor: Ottoline\n\nIt was dark on the quay, and nobody came.\n\nThe End\n"
CHAPTERS = b"fanfiction_chapters` VALUES "


class Added(NamedTuple):
    """What was said, the titles of the works, the lost rows of each table, and the library."""

    said: str
    titles: list[str]
    lost: list[int]
    library: Path

    def text(self, table: str) -> str:
        """All that stands in a table, blocks unpacked."""
        with closing(sqlite3.connect(self.library / "library.sqlite3")) as database:
            rows = database.execute(f"SELECT * FROM {table}")
            names = [name for name, *_ in rows.description]
            return "\n".join(
                "".join(block.text for block in blocks.unpack(value))
                if value and name in ("blocks", "reply")
                else str(value)
                for row in rows
                for name, value in zip(names, row, strict=True)
            )


def add(folder: Path, *, dump: bytes) -> Added:
    """Add a dump with another story beside it; the process may have 400 MB beyond what it begins with."""
    given = folder / "given"
    given.mkdir()
    (given / "backup.sql").write_bytes(dump)
    (given / "lamp.txt").write_text(BESIDE, encoding="utf-8")
    library = folder / "library"
    done = subprocess.run([*ADD, library, given], capture_output=True, text=True, check=False, timeout=250)
    assert "Traceback" not in done.stdout + done.stderr, done.stderr[-2000:]
    with closing(sqlite3.connect(library / "library.sqlite3")) as database:
        titles = [title for (title,) in database.execute("SELECT title FROM library_work")]
    lost = [int(number) for number in re.findall(r"^  \w+(?: +[\d,]+){4} +(\d+)$", done.stdout, re.M)]
    assert "The Lamp on the Quay" in titles
    return Added(done.stdout, titles, lost, library)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A small archive of eFiction 3."""
    made = make(tmp_path_factory.mktemp("archive") / "made", 12, 77, 3, "mysqldump", packing="plain")
    return (made.folder / "backup.sql").read_bytes()


def test_a_dump_that_is_cut_in_the_middle(archive: bytes, tmp_path: Path) -> None:
    at = archive.index(b"fanfiction_stories` VALUES ") + 900
    added = add(tmp_path, dump=archive[:at])
    assert added.said.count("The dump ends in the middle of a row of the table") == 1
    assert len(added.titles) > 3
    assert set(added.lost) == {0}


@pytest.mark.parametrize("program", ["wp", "phpbb"])
def test_a_dump_of_another_program(program: str, tmp_path: Path) -> None:
    """It says what it is, and nothing of it gets into the library: it holds passwords."""
    columns = (("id", "int(11)"), ("body", "text"), ("password", "varchar(60)"))
    rows = [(number, b"Once there was a lamp on the quay.", b"canary-of-a-password") for number in range(9)]
    tables = [dumps.Table(f"{program}_{name}", columns, rows) for name in ("posts", "users", "options")]
    added = add(tmp_path, dump=b"".join(dumps.dump(tables, "phpmyadmin")))
    assert added.said.count("no tables of an eFiction archive are in it") == 1
    assert added.titles == ["The Lamp on the Quay"]
    held = [path for path in added.library.rglob("*") if path.is_file() and b"canary" in path.read_bytes()]
    assert held == []


def test_planted_scripts(archive: bytes, tmp_path: Path) -> None:
    """What a page would run is nowhere in what is shown, and the story around it is there."""
    script = b"<p>The boat came in.</p><script>canary()</script><?php canary(); ?><img src=x onerror=canary()>"
    row = b"(990001,'Planted',1,'%s',0x%s,'',1,7,1,1,1,1,12)," % (script, (script * 2).hex().encode())
    added = add(tmp_path, dump=archive.replace(CHAPTERS, CHAPTERS + row, 1))
    shown = [added.text(f"library_{table}") for table in ("work", "chapter", "review", "fact", "record")]
    assert "canary()" not in "".join(shown)
    assert shown[1].count("The boat came in.") == 3
    assert set(added.lost) == {0}


def test_a_text_of_100_megabytes(archive: bytes, tmp_path: Path) -> None:
    row = b"(990001,'Long',1,'','" + b"on and on it went, for ever. " * 3_500_000 + b"','',1,7,1,1,1,1,12),"
    added = add(tmp_path, dump=archive.replace(CHAPTERS, CHAPTERS + row, 1))
    assert added.said.count("It has more than the 32 MiB that are read of one file") == 1
    assert len(added.titles) > 3
    assert set(added.lost) == {0}
