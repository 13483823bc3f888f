"""What people answer: it takes effect at once, is taken back exactly, and is given again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tales import dump, tale

from ficshelf.errors import LibraryError
from ficshelf.library import carried, decisions, models
from ficshelf.library.check import check
from ficshelf.search import index

Add = Callable[..., Any]
Stories = Callable[[dict[str, str]], Path]


def untitled(name: str) -> str:
    return tale(name).partition("\n")[2]


def asked(about: str) -> models.Question:
    return decisions.open_questions().filter(about=about)[0]


def agrees(library: Path) -> None:
    index.catch_up(library)
    assert [finding.text for finding in check(library)] == []


def test_an_answer_takes_effect_at_once_and_what_the_file_says_stays(add: Add, stories: Stories, library: Path) -> None:
    add(stories({"marsh light.txt": untitled("The Marsh Light")}))
    question = asked("title")
    stated = list(models.Fact.objects.values_list("name", "value", "how"))
    decisions.answer(question, question.answers[0][0])
    work = models.Work.objects.get()
    assert (work.title, work.suggested_title) == (question.answers[0][0], "")
    assert list(models.Fact.objects.values_list("name", "value", "how")) == stated
    assert not decisions.open_questions().exists()
    agrees(library)


def test_an_answer_may_be_in_ones_own_words(add: Add, stories: Stories) -> None:
    add(stories({"x1.txt": untitled("The Marsh Light")}))
    decisions.answer(asked("title"), "  The   Marsh\0Light ")
    assert models.Work.objects.get().title == "The Marsh Light"


def test_what_is_taken_back_leaves_the_database_as_it_was(add: Add, stories: Stories, library: Path) -> None:
    add(stories({f"lamp {number}.txt": untitled(f"Lamp {number}") for number in (1, 2, 3)}))
    before = dump()
    question = asked("title")
    assert decisions.answer(question, question.answers[0][0], alike=True) == 3
    assert dump() != before
    assert decisions.undo() == 3
    assert dump() == before
    assert decisions.undo() == 0
    question = asked("title")
    decisions.answer(question, "Somebody’s")
    index.catch_up(library)
    decisions.undo()
    index.catch_up(library)
    assert dump() == before
    decisions.answer(asked("title"), "Another")  # the index must not take it for what it held before
    agrees(library)


def test_all_like_this_means_the_same_reason(add: Add, stories: Stories) -> None:
    add(stories({f"lamp {letter}.txt": untitled(f"Lamp {letter}") for letter in "abc"}))
    question = asked("title")
    others = decisions.like(question, question.answers[0][0])
    assert others.count == 2
    assert len({value for _, value in others.questions}) == 2  # each its own file's name
    assert decisions.like(question, "my own words").count == 0


def two_texts() -> dict[str, str]:
    return {"a/one.txt": tale("Storm", seed=1), "b/two.txt": tale("Storm", chapters=3, seed=2)}


def test_two_works_that_are_one_become_one_and_part_again(add: Add, stories: Stories, library: Path) -> None:
    add(stories(two_texts()))
    assert models.Work.objects.count() == 2
    before = dump()
    decisions.answer(asked("same-work"), "same")
    work = models.Work.objects.get()
    assert work.sources.count() == 2
    assert work.versions.count() == 1
    agrees(library)
    decisions.undo()
    index.catch_up(library)
    assert dump() == before
    agrees(library)


def test_an_answer_must_be_one_that_is_offered(add: Add, stories: Stories) -> None:
    add(stories(two_texts()))
    with pytest.raises(LibraryError, match="same"):
        decisions.answer(asked("same-work"), "perhaps")


def test_a_better_reader_asks_nothing_that_was_answered(
    add: Add, stories: Stories, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ficshelf.library import intake, reader

    folder = stories({"marsh light.txt": untitled("The Marsh Light"), **two_texts()})
    add(folder)
    decisions.answer(asked("title"), "The Marsh Light")
    decisions.answer(asked("same-work"), "different")
    for module in (reader, intake):
        monkeypatch.setattr(module, "VERSION", "a better one")
    models.Source.objects.update(reader_version="an older one")
    models.Question.objects.update(text="asked in other words")  # so that nothing is known by its text
    add(folder)
    assert "The Marsh Light" in models.Work.objects.values_list("title", flat=True)
    assert not decisions.open_questions().exists()


def test_a_library_made_again_gives_the_answers_again(add: Add, stories: Stories) -> None:
    folder = stories({"marsh light.txt": untitled("The Marsh Light"), **two_texts()})
    add(folder)
    decisions.answer(asked("title"), "The Marsh Light")
    decisions.answer(asked("same-work"), "same")
    lines = list(carried.exported())
    for table in (models.Answer, models.Question, models.Work, models.Source):
        table.objects.all().delete()
    assert carried.imported(lines) == carried.Imported(given=0, waiting=2, known=0)
    add(folder)
    assert sorted(models.Work.objects.values_list("title", flat=True)) == ["Storm", "The Marsh Light"]
    assert not decisions.open_questions().exists()
    assert not models.Answer.objects.filter(is_waiting=True).exists()


def test_answers_of_another_library_are_given_at_once(add: Add, stories: Stories) -> None:
    add(stories({"marsh light.txt": untitled("The Marsh Light")}))
    decisions.answer(asked("title"), "The Marsh Light")
    lines = list(carried.exported())
    decisions.undo()
    assert carried.imported(lines) == carried.Imported(given=1, waiting=0, known=0)
    assert models.Work.objects.get().title == "The Marsh Light"
    assert carried.imported(lines) == carried.Imported(given=0, waiting=0, known=1)


@pytest.mark.parametrize("line", ["", "{", "[]", '{"about": 3}', '{"about":"nonsense","key":"x"}', "\0", "{}" * 99])
def test_lines_that_are_no_answers_are_refused_by_number(library: Path, line: str) -> None:
    with pytest.raises(LibraryError, match="Line 1"):
        carried.imported([line])


def test_an_answer_about_a_work_that_was_read_again_can_still_be_taken_back(add: Add, stories: Stories) -> None:
    folder = stories({"marsh light.txt": untitled("The Marsh Light")})
    add(folder)
    decisions.answer(asked("title"), "The Marsh Light")
    (folder / "marsh light.txt").write_text(untitled("The Marsh Light") + "\n\nChapter 3\n\nIt rained once more.\n")
    add(folder)
    decisions.undo()
    work = models.Work.objects.get()
    assert (work.title, work.chapter_count) == ("", 3)
    decisions.answer(asked("title"), "The Marsh Light")
    assert not decisions.open_questions().exists()
