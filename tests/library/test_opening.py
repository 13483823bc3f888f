"""Opening a library: what may be one, and who may write to it."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from ficshelf import library as libraries
from ficshelf.errors import LibraryError
from ficshelf.library.lock import writing


def test_a_new_library_is_made_where_nothing_is(library: Path) -> None:
    assert {"ficshelf.toml", "library.sqlite3", "secret-key"} <= set(os.listdir(library))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone() == (2,)  # FULL


def test_the_secret_key_is_the_owners_alone_and_stays(library: Path) -> None:
    key = library / "secret-key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    before = key.read_text()
    assert len(before) >= 50
    libraries.setup(library)
    assert key.read_text() == before


def test_a_folder_with_other_files_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Watson")
    with pytest.raises(LibraryError, match="not a library"):
        libraries.setup(tmp_path)
    assert os.listdir(tmp_path) == ["letter.txt"]


def test_a_file_is_no_library(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.touch()
    with pytest.raises(LibraryError, match="a file, not a library"):
        libraries.setup(path)


def test_looking_into_a_library_that_is_not_there_makes_none(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="ficshelf add"):
        libraries.setup(tmp_path / "none", create=False)
    assert not (tmp_path / "none").exists()


def test_a_library_of_a_newer_ficshelf_is_refused(library: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('library', '9999_shelves', '2040-01-01')"
        )
    with pytest.raises(LibraryError, match="newer ficshelf"):
        libraries.setup(library)


def test_a_damaged_database_is_said_to_be_one(tmp_path: Path, library: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "library.sqlite3").write_bytes(b"this is no database, whatever its name says. " * 100)
    with pytest.raises(LibraryError, match="cannot be used"):
        libraries.setup(broken)


def test_one_process_writes_at_a_time_and_the_other_is_told_which(library: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from ficshelf.library.lock import writing\n"
        "with writing(Path(sys.argv[1])):\n    print('held', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", script, str(library)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert other.stdout and other.stdout.readline() == "held\n"  # noqa: PT018
        with pytest.raises(LibraryError, match=f"process {other.pid}"), writing(library):
            pass
    finally:
        other.kill()
        other.communicate()
    with writing(library):  # the lock fell with its holder
        pass
