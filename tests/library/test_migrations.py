"""A library of every earlier ficshelf comes to the same tables as a new one, and keeps what is in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model
from tales import tale

from ficshelf.library import SETTINGS, database, models, setup

Row = dict[str, Any]

EARLIER = [
    "0001_initial",
    "0002_recognising",
    "0003_people_say",
    "0004_archives",
    "0005_twins",
    "0006_reviews_of_records",
    "0007_names_of_one",
    "0008_series_of_one_name",
]
# What the migrations fill in from what is there: all else that is new since then begins with its default.
MADE_ANEW = {("library_work", "sketch"), *(("library_series", name) for name in ("base", "owner", "nth"))}


@pytest.mark.parametrize("last", EARLIER)
def test_older_libraries_come_to_the_tables_of_a_new_one_with_all_that_is_in_them(
    full: Path, tmp_path: Path, last: str
) -> None:
    tables, rows = schema(), contents()
    assert [table for table, those in rows.items() if not those] == []

    old = tmp_path / "old"
    old.mkdir()
    (old / SETTINGS).touch()
    database.use(old)
    make_at(last)
    columns = {table: {name for _, name, *_ in query(f"PRAGMA table_info({table})")} for table in rows}  # none of some
    for table in filter(columns.get, rows):
        fill(table, [{name: row[name] for name in row if name in columns[table]} for row in rows[table]])
    connections["default"].check_constraints()
    if last < "0008":
        query("UPDATE library_seriespart SET series_id = 2 WHERE series_id = 3")  # series of one name were one
        query("DELETE FROM library_series WHERE id = 3")

    setup(old)
    assert schema() == tables
    for table, found in contents().items():
        kept = [as_of(table, columns[table], row) for row in rows[table]] if columns[table] else []
        assert found == (rows[table] if table == "library_shingle" else kept), table
    done = {name for (name,) in query("SELECT name FROM django_migrations WHERE app = 'library'")}
    assert done.issuperset(EARLIER)
    setup(old)  # and there is nothing left to do


def test_a_library_at_which_nothing_is_left_to_do_is_not_written_to(library: Path) -> None:
    query("DELETE FROM django_migrations WHERE name LIKE '%squashed%'")  # as the eight leave it
    connections["default"].close()
    before = (library / "library.sqlite3").read_bytes()
    setup(library)
    query("SELECT count(*) FROM library_work")
    connections["default"].close()
    assert (library / "library.sqlite3").read_bytes() == before


def test_the_tables_are_those_that_the_models_say(library: Path) -> None:
    call_command("makemigrations", "--check", "--dry-run")  # ends the process where they are not


@pytest.fixture
def full(library: Path, add: Callable[..., Any], stories: Callable[..., Path]) -> Path:
    """A library with something in every table. Its last series shares its name with another author's."""
    held = {
        "a.txt": ("Frost", "Ada Fenn", "Winter"),
        "b.txt": ("Storm", "Ada Fenn", "Years"),
        "c.txt": ("Calm", "Wren", "Years"),
    }
    texts = {name: tale(title, author, extra=f"Series: {series}") for name, (title, author, series) in held.items()}
    add(stories(texts))
    work, source = models.Work.objects.order_by("pk").first(), models.Source.objects.order_by("pk").first()
    winter, years, _ = models.Series.objects.order_by("pk")
    ada, wren = models.Person.objects.order_by("pk")[:2]
    record = models.Record.objects.create(
        source=source, kind="story", key="stories/1", series=winter, person=ada, told=[["a"]]
    )
    models.SeriesNesting.objects.create(parent=years, child=winter, position=3)
    models.Decision.objects.create(work=work, name="title", value="Frosts")
    models.Remark.objects.create(source=source, work=work, kind="damaged", text="one line", start=3, end=9)
    models.Question.objects.create(
        source=source, work=work, other=work, person=ada, other_person=wren, about="author", answers=[["Ada", "a file"]]
    )
    models.Answer.objects.create(about="title", key="title of a.txt", value="Frosts", before=b"\1\2", batch=2)
    models.Alias.objects.create(person=ada, other=wren)
    models.Clue.objects.create(person=ada, source=source, kind="mail", digest="d" * 64, shown="a…@b")
    models.Wish.objects.create(kind="author", digest="e" * 64, text="Somebody", why="asked to")
    models.Version.objects.create(work=work, number=1, reason="Read again", reading=b"\5")
    models.Merged.objects.create(work=work, number=77, identity="f" * 64)
    models.Review.objects.create(
        work=work, source=source, record=record, position=1, reviewer="Ann", blocks=b"\3", answers=4
    )
    models.OldAddress.objects.create(
        work=work, container=source, record=record, key="viewstory.php?sid=1", path="?sid=1"
    )
    models.Sealed.objects.create(
        container=source, who="Ada Fenn", value="ada@harbour.example", fold="ada@harbour.example"
    )
    models.Shelfmark.objects.create(
        work=work, container=source, program="eFiction 3.5", key="stories/1", visibility="members"
    )
    return library


def make_at(last: str) -> None:
    """The tables as the ficshelf made them whose last migration this was."""
    executor = MigrationExecutor(connections["default"])
    executor.loader.replace_migrations = False  # it knew none that stands for others
    executor.loader.build_graph()
    executor.migrate([("library", last)])
    query("DELETE FROM django_migrations WHERE name LIKE '%squashed%'")


def query(sql: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
    with connections["default"].cursor() as cursor:
        cursor.execute(sql, list(values))
        return cursor.fetchall() if cursor.description else []


def schema() -> list[tuple[Any, ...]]:
    """Every table, column, index and constraint as the database has it."""
    return query("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")


def contents() -> dict[str, list[Row]]:
    """All rows of all tables, by column; runs of words without their numbers, which nothing refers to."""
    found = {}
    for model in of_the_library():
        names = [field.column for field in model._meta.local_fields]
        if (table := model._meta.db_table) == "library_shingle":
            names.remove("id")
        those = query(f"SELECT {quoted(names)} FROM {table} ORDER BY {quoted(names[:2])}")
        found[table] = [dict(zip(names, values, strict=True)) for values in those]
    return found


def of_the_library() -> list[type[Model]]:
    return list(apps.get_app_config("library").get_models())


def fill(table: str, rows: list[Row]) -> None:
    with connections["default"].constraint_checks_disabled():
        for row in rows:
            marks = ", ".join(["%s"] * len(row))
            query(f"INSERT INTO {table} ({quoted(row)}) VALUES ({marks})", row.values())


def quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def as_of(table: str, columns: set[str], row: Row) -> Row:
    """A row as it comes out of a library that had only these columns of it."""
    model = next(model for model in of_the_library() if model._meta.db_table == table)
    connection = connections["default"]
    return {
        field.column: row[field.column]
        if field.column in columns or (table, field.column) in MADE_ANEW
        else plain(field.get_db_prep_save(field.get_default(), connection))
        for field in model._meta.local_fields
        if field.column in row
    }


def plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
