"""Three copies of a story and more: who belongs together, what each has, and what is said of all at one stroke."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tales import dump, tale

from ficshelf.errors import LibraryError
from ficshelf.library import carried, decisions, group_answers, group_evidence, groups, models
from ficshelf.library.blocks import unpack, unpack_work
from ficshelf.library.check import check
from ficshelf.search import index

Add = Callable[..., Any]
Stories = Callable[..., Path]

STORM = tale("The Storm", seed="storm", chapters=4)


def copy(title: str, author: str, text: str = STORM) -> str:
    return text.replace("Title: The Storm", f"Title: {title}").replace("Author: Quill", f"Author: {author}")


def revised(text: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs or (("said nothing", "kept silent"), ("burned the toast", "let the toast burn black")):
        text = text.replace(old, new)
    return text


THREE = {
    "a.txt": STORM,
    "b.txt": copy("Thunder", "Nib"),
    "c.txt": copy("Storm at Sea", "Blot", revised(STORM)) + "\n\nA/N: Thank you for reading!\n",
}


def added(add: Add, stories: Stories, files: dict[str, str]) -> list[models.Work]:
    """The works of these files, added one after another."""
    for name, text in files.items():
        add(stories({name: text}))
    return list(models.Work.objects.order_by("pk"))


def asked() -> set[tuple[int, int]]:
    rows = decisions.open_questions().filter(about="same-work").values_list("work", "other")
    return {(min(pair), max(pair)) for pair in rows}


def shown(row: models.Work) -> str:
    return "\n".join(block.text for one in row.chapters.order_by("position") for block in unpack(one.blocks))


def kept(row: models.Work) -> set[str]:
    return {
        "\n".join(block.text for chapter in unpack_work(one.reading).chapters for block in chapter.blocks)
        for one in row.versions.all()
    }


def agrees(library: Path) -> None:
    index.catch_up(library)
    assert [finding.text for finding in check(library)] == []


def begun_anew(library: Path) -> None:
    """The library without its works, and without the files that were added; the answers wait."""
    lines = list(carried.exported())
    for table in (models.Answer, models.Question, models.Version, models.Work, models.Source):
        table.objects.all().delete()
    carried.imported(lines)
    for path in (library.parent / "stories").iterdir():
        path.unlink()


def test_all_copies_of_a_story_are_one_group(add: Add, stories: Stories) -> None:
    works = [row.pk for row in added(add, stories, THREE)]
    assert all(groups.of(pk) == works for pk in works)
    assert len(asked()) == 2  # a question that the other two answer is not asked


def test_a_piece_of_a_story_and_another_story_belong_to_no_group(add: Add, stories: Stories) -> None:
    piece = copy("Only the Beginning", "Nib").partition("Chapter 3")[0]
    works = added(
        add, stories, {"a.txt": STORM, "b.txt": piece, "c.txt": tale("Calm"), "d.txt": copy("Thunder", "Ink")}
    )
    assert [len(groups.of(row.pk)) for row in works] == [2, 1, 1, 2]


def test_a_copy_of_two_stories_that_are_not_one_joins_the_surer(add: Add, stories: Stories) -> None:
    """Of two revisions, a person says that they are two stories; a third text is much like both."""
    works = added(add, stories, {"a.txt": STORM, "b.txt": copy("Thunder", "Nib", revised(STORM))})
    decisions.answer(decisions.open_questions().filter(about="same-work")[0], "different")
    added(add, stories, {"c.txt": copy("Storm at Sea", "Blot", revised(STORM, ("burned the toast", "slept")))})
    third = models.Work.objects.order_by("pk")[2].pk
    first, second = (row.pk for row in works)
    assert asked() == {(first, third), (second, third)}
    assert sorted(map(tuple, (groups.of(first), groups.of(second)))) in (
        [(first,), (second, third)],
        [(first, third), (second,)],
    )


def test_what_each_has_and_which_is_the_best(add: Add, stories: Stories) -> None:
    more = "\n\nChapter 5\n\n" + " ".join(f"Word{number} came after word{number - 1}." for number in range(200))
    works = added(
        add,
        stories,
        {
            "a.txt": STORM,
            "b.txt": copy("Thunder", "Nib").replace("Author: Nib", "Author: Nib\nUpdated: 2003-05-04"),
            "c.txt": copy("Storm at Sea", "Blot", revised(STORM)) + more + "\n\nA/N: Thank you for reading!\n",
        },
    )
    found = group_evidence.look(works)
    first, second, third = found.members
    assert found.front == third.work
    assert any("none has more words" in reason for reason in found.reasons)
    assert third.chapters == ((5, 5, ""),)
    assert "the author's notes" in third.has
    assert second.facts == ("updated",)
    assert (third.in_front, first.in_front) == (None, pytest.approx(0.95, abs=0.06))
    assert any("words more" in reason for reason in second.reasons)
    assert (third.reasons, third.against) == ((), ())


def test_where_nothing_tells_copies_apart_nothing_speaks_for_the_other(add: Add, stories: Stories) -> None:
    works = added(add, stories, {"a.txt": STORM, "b.txt": f"{STORM}\nAnd that was all of it.\n"})
    found = group_evidence.look(works)
    assert found.front == works[0].pk
    assert found.reasons == ("it was there first, and nothing tells them apart",)
    assert [(one.reasons, one.against) for one in found.members] == [((), ()), ((), ())]


@pytest.mark.parametrize("front", [0, 1, 2])
def test_they_stand_behind_the_one_in_front_and_part_again(
    add: Add, stories: Stories, library: Path, front: int
) -> None:
    works = added(add, stories, THREE)
    before, texts = dump(), [shown(row) for row in works]
    there = group_answers.one_story([row.pk for row in works], works[front].pk)
    stays = models.Work.objects.get()
    assert (stays.pk, stays.title) == (there, ("The Storm", "Thunder", "Storm at Sea")[front])
    assert shown(stays) == texts[front]
    assert kept(stays) == {text for text in texts if text != texts[front]} | ({texts[0]} if front < 2 else set())
    assert set(models.Merged.objects.values_list("work", flat=True)) == {there}
    assert not asked()
    agrees(library)
    assert decisions.undo() == 1
    index.catch_up(library)
    assert dump() == before
    assert len(groups.of(works[0].pk)) == 3
    agrees(library)


def test_one_of_them_may_be_another_story(add: Add, stories: Stories, library: Path) -> None:
    works = [row.pk for row in added(add, stories, THREE)]
    before = dump()
    group_answers.one_story(works[:2], works[1], others=works[2:])
    assert [row.title for row in models.Work.objects.order_by("pk")] == ["Thunder", "Storm at Sea"]
    assert not asked()
    agrees(library)
    decisions.undo()
    index.catch_up(library)
    assert dump() == before


def test_they_may_be_different_and_stay_so(add: Add, stories: Stories, library: Path) -> None:
    works = [row.pk for row in added(add, stories, THREE)]
    before = dump()
    group_answers.all_different(works)
    assert not asked()
    fourth = added(add, stories, {"d.txt": copy("Gale", "Dot", revised(STORM, ("sang", "hummed")))})[-1]
    assert len(groups.of(fourth.pk)) == 2
    assert [len(groups.of(pk)) for pk in works] in ([2, 1, 1], [1, 2, 1], [1, 1, 2])
    fourth.delete()
    models.Place.objects.filter(path__endswith="d.txt").delete()
    models.Source.objects.filter(places=None).delete()
    decisions.undo()
    assert dump()["Question"] == before["Question"]


@pytest.mark.parametrize("order", ["abc", "cba"])
@pytest.mark.parametrize("front", [0, 1, 2])
def test_a_library_made_again_shows_the_same_one(
    add: Add, stories: Stories, library: Path, order: str, front: int
) -> None:
    works = added(add, stories, THREE)
    titles = [row.title for row in works]
    group_answers.one_story([row.pk for row in works], works[front].pk)
    begun_anew(library)
    added(add, stories, {f"{letter}.txt": THREE[f"{letter}.txt"] for letter in order})
    assert [row.title for row in models.Work.objects.all()] == [titles[front]]
    assert not asked()


def test_a_work_that_is_gone_is_said_to_be(add: Add, stories: Stories) -> None:
    works = [row.pk for row in added(add, stories, THREE)]
    models.Work.objects.get(pk=works[1]).delete()
    with pytest.raises(LibraryError, match="not there any more"):
        group_answers.one_story(works, works[0])


@pytest.mark.parametrize(("value", "title"), [("newer", "Thunder"), ("older", "The Storm")])
def test_an_answer_about_two_means_the_same_when_they_come_the_other_way_round(
    add: Add, stories: Stories, library: Path, value: str, title: str
) -> None:
    files = {"a.txt": STORM, "b.txt": copy("Thunder", "Nib", revised(STORM))}
    added(add, stories, files)
    decisions.answer(decisions.open_questions().filter(about="same-work")[0], value)
    begun_anew(library)
    added(add, stories, dict(reversed(files.items())))
    assert [row.title for row in models.Work.objects.all()] == [title]
