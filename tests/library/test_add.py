"""Adding files: what becomes of them, and that nothing changes without a reason."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tales import dump, tale

from ficshelf.library import models, originals, shelving, works

Add = Callable[..., Any]
Stories = Callable[[dict[str, str | bytes]], Path]


def only() -> models.Work:
    return models.Work.objects.get()


def test_a_story_becomes_a_work_with_its_facts_chapters_and_original(library: Path, add: Add, stories: Stories) -> None:
    folder = stories({"bells.txt": tale("The Bells", "Ash", 3, extra="Rating: PG-13")})
    report = add(folder)
    work = only()
    assert (work.title, work.rating, work.rating_stated, work.chapter_count) == ("The Bells", "teen", "PG-13", 3)
    assert [person.name for person in work.people.all()] == ["Ash"]
    assert [tag.name for tag in work.tags.filter(kind="fandom")] == ["Sherlock Holmes"]
    assert work.words == report.words > 300
    assert work.indexed_version == work.version == 1
    source = work.sources.get()
    assert originals.path_of(library, source.sha256).read_bytes() == (folder / "bells.txt").read_bytes()
    assert [place.path for place in source.places.all()] == [str(folder / "bells.txt")]
    loaded = works.load(work)
    assert [fact.value for fact in loaded.facts["author"]] == ["Ash"]
    assert [chapter.number for chapter in loaded.chapters] == [1, 2, 3]


def test_adding_twice_changes_nothing(add: Add, stories: Stories) -> None:
    folder = stories(
        {
            "bells.txt": tale("The Bells"),
            "tide-1.txt": tale("Tide", chapters=1),
            "tide-2.txt": tale("Tide", chapters=1, first=2),
            "note.bin": b"\0\1\2" * 400,
            "empty.txt": "",
        }
    )
    add(folder)
    before = dump()
    report = add(folder)
    assert dump() == before
    assert (report.files, report.known, report.works) == (5, 5, {})


def test_chapters_in_files_of_their_own_are_one_work(add: Add, stories: Stories) -> None:
    add(stories({f"tide-{n}.txt": tale("Tide", chapters=1, first=n) for n in (1, 2, 3)}))
    assert [chapter.number for chapter in works.load(only()).chapters] == [1, 2, 3]
    assert only().sources.count() == 3


def test_a_long_row_of_chapter_files_is_one_work(add: Add, stories: Stories) -> None:
    add(stories({f"tide-{n:03}.txt": tale("Tide", chapters=1, first=n) for n in range(1, 61)}))
    assert [chapter.number for chapter in works.load(only()).chapters] == list(range(1, 61))
    assert only().sources.count() == 60


@pytest.mark.parametrize("later", ["tide-4.txt", "tide-0.txt"])
def test_a_chapter_that_comes_later_joins_its_work(add: Add, stories: Stories, later: str) -> None:
    folder = stories({f"tide-{n}.txt": tale("Tide", chapters=1, first=n) for n in (1, 2, 3)})
    add(folder)
    number = int(later[5])
    stories({later: tale("Tide", chapters=1, first=number)})
    add(folder)
    assert [chapter.number for chapter in works.load(only()).chapters] == sorted([1, 2, 3, number])


def test_the_next_chapter_alone_from_another_folder_joins_by_title_author_and_number(
    add: Add, stories: Stories, tmp_path: Path
) -> None:
    add(stories({"tide.txt": tale("Tide", chapters=2)}))
    elsewhere = tmp_path / "more.txt"
    elsewhere.write_text(tale("Tide", chapters=1, first=3))
    report = add(elsewhere)
    assert report.works == {"next chapter": 1}
    assert [chapter.position for chapter in only().chapters.all()] == [1, 2, 3]


def test_a_changed_file_is_a_newer_version_and_the_earlier_one_is_kept(add: Add, stories: Stories) -> None:
    folder = stories({"bells.txt": tale("The Bells")})
    add(folder)
    first = works.load(only())
    stories({"bells.txt": tale("The Bells") + "\nAnd then it rained, as it always did.\n"})
    report = add(folder)
    assert report.works == {"newer": 1}
    work = only()
    assert work.version == 2
    assert work.sources.count() == 2
    version = work.versions.get()
    from ficshelf.library.blocks import unpack_work

    assert unpack_work(bytes(version.reading)) == first
    assert "it rained" in works.load(work).chapters[-1].blocks[-1].text


def test_one_changed_chapter_file_leaves_the_other_chapters_alone(add: Add, stories: Stories) -> None:
    folder = stories({f"tide-{n}.txt": tale("Tide", chapters=1, first=n) for n in (1, 2, 3)})
    add(folder)
    before = works.load(only()).chapters
    stories({"tide-2.txt": tale("Tide", chapters=1, first=2) + "\nThe tide had been out all along.\n"})
    add(folder / "tide-2.txt")
    after = works.load(only()).chapters
    assert [chapter.number for chapter in after] == [1, 2, 3]
    assert (after[0], after[2]) == (before[0], before[2])
    assert after[1].blocks[-1].text == "The tide had been out all along."


def test_what_a_person_decided_outlasts_a_newer_version(add: Add, stories: Stories) -> None:
    folder = stories({"bells.txt": tale("The Bells", extra="Rating: PG")})
    add(folder)
    models.Decision.objects.create(work=only(), name="rating", value="NC-17")
    models.Decision.objects.create(work=only(), name="title", value="The Bells of Home")
    work = only()
    shelving.refresh(work)
    assert (only().rating, only().title) == ("explicit", "The Bells of Home")
    stories({"bells.txt": tale("The Bells", extra="Rating: PG") + "\nOne more line for the road.\n"})
    add(folder)
    assert (only().rating, only().title) == ("explicit", "The Bells of Home")
    assert works.load(only()).fact("title").how == "decided"  # type: ignore[union-attr]


def test_the_same_story_in_another_format_is_one_work_that_was_found_twice(add: Add, stories: Stories) -> None:
    plain = tale("The Bells")
    curly = plain.replace("'", "’").replace("\n", "\r\n") + "\r\n\r\n"
    add(stories({"bells.txt": plain, "copies/the-bells.txt": curly + "   "}))
    work = only()
    assert work.sources.count() == 2
    assert work.chapter_count == 2


def test_a_copy_that_knows_more_gives_what_it_knows(add: Add, stories: Stories) -> None:
    add(stories({"a.txt": tale("The Bells"), "z/b.txt": tale("The Bells", extra="Rating: R")}))
    assert only().rating == "mature"


def test_a_longer_copy_takes_the_place_of_a_shorter_one_and_the_other_way_round_changes_nothing(
    add: Add, stories: Stories
) -> None:
    folder = stories({"a/bells.txt": tale("The Bells", chapters=2)})
    add(folder)
    stories({"b/bells.txt": tale("The Bells", chapters=4)})
    add(folder)
    assert only().chapter_count == 4
    stories({"c/bells.txt": tale("The Bells", chapters=3)})
    add(folder)
    assert only().chapter_count == 4
    assert only().sources.count() == 3


def test_another_text_of_a_story_is_kept_beside_it_with_a_question(add: Add, stories: Stories) -> None:
    text = tale("The Bells")
    revised = text.replace("the lamplighter", "the gravedigger").replace("The lamplighter", "The gravedigger")
    report = add(stories({"a.txt": text, "z/b.txt": revised}))
    assert models.Work.objects.count() == 2
    question = models.Question.objects.get(about="same-work")
    assert {question.work.pk, question.other.pk} == set(models.Work.objects.values_list("pk", flat=True))
    assert [value for value, _ in question.answers] == ["same", "different"]
    assert report.questions["same-work"] == 1


def test_two_stories_that_share_a_title_stay_two(add: Add, stories: Stories) -> None:
    add(stories({"a.txt": tale("Home", "Ash", seed=1), "z/b.txt": tale("Home", "Birch", seed=2)}))
    assert models.Work.objects.count() == 2
    assert not models.Question.objects.filter(about="same-work").exists()


def test_a_path_that_holds_another_story_now_gives_a_second_work(add: Add, stories: Stories) -> None:
    folder = stories({"story.txt": tale("The Bells", "Ash")})
    add(folder)
    stories({"story.txt": tale("Tide", "Birch")})
    add(folder)
    assert sorted(models.Work.objects.values_list("title", flat=True)) == ["The Bells", "Tide"]


def test_a_file_found_at_a_second_place_is_noted_there(add: Add, stories: Stories) -> None:
    folder = stories({"bells.txt": tale("The Bells")})
    add(folder)
    stories({"backup/bells.txt": tale("The Bells")})
    add(folder)
    assert models.Source.objects.get().places.count() == 2
    assert models.Work.objects.count() == 1


def test_stories_in_a_zip_know_the_zip_that_they_lay_in(library: Path, add: Add, stories: Stories) -> None:
    folder = stories({})
    with zipfile.ZipFile(folder / "box 2.zip", "w") as box:
        box.writestr("deep/bells.txt", tale("The Bells"))
        box.writestr("tide.txt", tale("Tide"))
    report = add(folder)
    assert report.works == {"add": 2}
    zipped = models.Source.objects.get(works=None)
    assert originals.path_of(library, zipped.sha256).read_bytes() == (folder / "box 2.zip").read_bytes()
    places = models.Place.objects.filter(container=zipped).values_list("path", flat=True)
    assert sorted(places) == [f"{folder}/box 2.zip/deep/bells.txt", f"{folder}/box 2.zip/tide.txt"]
    before = dump()
    add(folder)
    assert dump() == before


def test_an_original_that_was_lost_is_kept_again(library: Path, add: Add, stories: Stories) -> None:
    folder = stories({"bells.txt": tale("The Bells")})
    add(folder)
    path = originals.path_of(library, models.Source.objects.get().sha256)
    path.unlink()
    add(folder)
    assert path.read_bytes() == (folder / "bells.txt").read_bytes()


def test_an_untitled_story_shows_its_guess_and_asks(add: Add, stories: Stories) -> None:
    text = tale("x").split("Chapter 1", 1)[1]
    report = add(stories({"the-drowned-bell.txt": text}))
    assert only().title == ""
    assert report.questions["title"] == 1
    assert only().questions.get().about == "title"


def test_an_answered_question_is_not_asked_again(add: Add, stories: Stories) -> None:
    from django.utils import timezone

    text = tale("x").split("Chapter 1", 1)[1]
    folder = stories({"bell.txt": text})
    add(folder)
    only().questions.update(answer="The Bell", answered=timezone.now())
    models.Source.objects.update(reader_version="0.0.1")
    add(folder)
    assert [question.answer for question in only().questions.all()] == ["The Bell"]
