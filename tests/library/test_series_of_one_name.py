"""Series of one name are as many as there are owners: authors of files, records of archives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tales import tale

from ficshelf.library import decisions, models, serials, shelving
from ficshelf.record import Field, Member, Part, Record

Add = Callable[..., Any]
Stories = Callable[[dict[str, str]], Path]
PROGRAM = "eFiction 3.5"


def of(title: str, author: str, series: str = "Years") -> str:
    return tale(title, author, extra=f"Series: {series}")


def held() -> dict[str, list[tuple[str, int]]]:
    """The works of each series with their places, by the address of the series."""
    return {
        row.address: [(part.work.title, part.position) for part in row.parts.order_by("position", "work__title")]
        for row in models.Series.objects.order_by("pk")
    }


def a_series(key: int, title: str, *stories: int, program: str = PROGRAM) -> Record:
    members = tuple(Member(f"stories/{one}", at) for at, one in enumerate(stories, 1))
    return Record("series", f"series/{key}", program, (Field("title", title),), members=members)


def test_series_of_two_authors_files_are_two(add: Add, stories: Stories) -> None:
    add(stories({"a.txt": of("Storm", "Ada Fenn", "Years #1"), "b.txt": of("Calm", "Marsh Wren", "years #1")}))
    add(stories({"c.txt": of("Dusk", "Ada Fenn", "Part 2 of Years")}))
    assert held() == {"Years": [("Storm", 1), ("Dusk", 2)], "years ~2": [("Calm", 1)]}


def test_one_of_two_authors_is_enough(add: Add, stories: Stories) -> None:
    add(stories({"a.txt": of("Storm", "Ada Fenn"), "b.txt": of("Calm", "Marsh Wren\nAuthor: Ada Fenn")}))
    assert list(held()) == ["Years"]
    add(stories({"c.txt": of("Dusk", "Marsh Wren")}))
    assert list(held()) == ["Years"]


def test_series_of_two_archives_are_two(rescue: Any) -> None:
    rescue(a_series(1, "Years", 12), stated(12, "Nine Boats", "Ada"), name="one.zip")
    rescue(a_series(1, "Years", 12, 14), stated(12, "Ten Boats", "Wren"), name="other.zip")
    assert held() == {"Years": [("Nine Boats", 1)], "Years ~2": [("Ten Boats", 1)]}
    assert [row.series.address for row in models.Record.objects.filter(kind="series").order_by("pk")] == [
        "Years", "Years ~2",
    ]  # fmt: skip


def test_two_series_of_one_archive_are_two_whoever_owns_them(rescue: Any) -> None:
    told = (
        a_series(1, "Years", 12, 13),
        a_series(2, "Years", 14),
        *(stated(number, f"Story {number}", "Ada") for number in (12, 13, 14)),
    )
    rescue(*told)
    there = {"Years": [("Story 12", 1), ("Story 13", 2)], "Years ~2": [("Story 14", 1)]}
    assert held() == there
    rescue(*told)
    assert held() == there


def test_a_later_copy_of_the_archive_has_the_same_series(rescue: Any) -> None:
    outer = Record("series", "series/2", PROGRAM, (Field("title", "All"),), members=(Member("series/1", 1),))
    rescue(a_series(1, "Years", 12), outer, stated(12, "Nine Boats", "Ada"), name="one.zip")
    rescue(
        a_series(1, "Years", 13, 12),
        outer,
        stated(12, "Nine Boats", "Ada"),
        stated(13, "Tides", "Ada"),
        name="later.zip",
    )
    assert {name: works for name, works in held().items() if works} == {"Years": [("Tides", 1), ("Nine Boats", 2)]}
    assert sorted(held()) == ["All", "Years"]


def test_the_archives_series_keep_a_work_whose_facts_are_decided(rescue: Any) -> None:
    rescue(a_series(1, "Years", 12), stated(12, "Nine Boats", "Ada", series=""))
    work = models.Work.objects.get()
    shelving.refresh(work)
    assert held() == {"Years": [("Nine Boats", 1)]}
    models.Decision.objects.create(work=work, name="series", value="Elsewhere")
    shelving.refresh(work)
    assert held() == {"Years": [], "Elsewhere": [("Nine Boats", 0)]}


def test_taking_back_an_answer_leaves_the_series_as_they_were(add: Add, stories: Stories) -> None:
    add(stories({"a.txt": of("Storm", "Ada Fenn").replace("Title: Storm\n", ""), "b.txt": of("Calm", "Wren")}))
    before = held()
    decisions.answer(models.Question.objects.filter(about="title").first(), "Storm")
    decisions.undo()
    assert held() == before


def test_libraries_from_before_are_parted(add: Add, stories: Stories) -> None:
    from importlib import import_module

    from django.apps import apps

    add(stories({"a.txt": of("Storm", "Ada Fenn"), "b.txt": of("Calm", "Marsh Wren"), "c.txt": of("Dusk", "Ada Fenn")}))
    one, two = models.Series.objects.order_by("pk")
    two.parts.update(series=one)
    two.delete()
    models.Series.objects.update(base="", owner="")
    import_module("ficshelf.library.migrations.0008_series_of_one_name").part(apps, None)
    assert held() == {"Years": [("Dusk", 0), ("Storm", 0)], "Years ~2": [("Calm", 0)]}
    assert serials.of_files("Years", ["marsh wren"]) == models.Series.objects.get(nth=2).pk


def stated(number: int, title: str, author: str, series: str = "Years #1") -> Any:
    """A story of an archive that names its series itself."""
    text = "".join(f"<p>{line}</p>" for line in tale(title, author, 1).split("\n\n")[2:])
    fields = [Field("title", title), Field("author", author), *([Field("series", series)] if series else [])]
    path = f"chapters/{number}.html"
    parts = (Part(f"ARCHIVE/{path}", 1, (Field("title", "Only"),)),)
    return Record("story", f"stories/{number}", PROGRAM, tuple(fields), parts, rows={"stories": 1}), {path: text}
