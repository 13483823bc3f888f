"""Works that may be one story: how they find each other, what is asked, and what the answers do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tales import dump, tale

from ficshelf.library import decisions, lookup, models, twins
from ficshelf.library.blocks import unpack, unpack_work
from ficshelf.library.check import check
from ficshelf.likeness import sketch
from ficshelf.model import Work
from ficshelf.search import index

Add = Callable[..., Any]
Stories = Callable[..., Path]

STORM = tale("The Storm", seed="storm", chapters=4)


def signed(text: str, title: str, author: str) -> str:
    return text.replace("Title: The Storm", f"Title: {title}").replace("Author: Quill", f"Author: {author}")


def revised(text: str) -> str:
    return text.replace("said nothing", "kept silent").replace("burned the toast", "let the toast burn black")


def asked() -> models.Question:
    return models.Question.objects.get(about="same-work", answered=None)


def agrees(library: Path) -> None:
    index.catch_up(library)
    assert [finding.text for finding in check(library)] == []


@pytest.mark.parametrize(
    ("copy", "verdict", "answers"),
    [
        pytest.param(signed(STORM, "Thunder", "Nib"), "same", ["same", "different"], id="another title and name"),
        pytest.param(
            signed(STORM, "Thunder", "Nib").replace("the bridge", "thé bridge"),
            "same",
            ["same", "different"],
            id="other letters",
        ),
        pytest.param(
            signed(revised(STORM), "Thunder", "Nib"), "revised", ["newer", "older", "different"], id="worked over"
        ),
        pytest.param(
            signed(STORM, "Thunder", "Nib").partition("Chapter 3")[0],
            "part of",
            ["part", "older", "different"],
            id="cut short",
        ),
        pytest.param(
            signed(STORM, "Thunder", "Nib") + tale("x", seed="more", chapters=4, first=5).partition("\n\n")[2],
            "contains",
            ["part", "newer", "different"],
            id="longer",
        ),
    ],
)
def test_another_copy_is_asked_about(add: Add, stories: Stories, copy: str, verdict: str, answers: list[str]) -> None:
    add(stories({"a.txt": STORM}))
    add(stories({"b.html": copy}))
    question = asked()
    assert question.evidence["verdict"] == verdict
    assert [value for value, _ in question.answers] == answers
    assert "of the words of the first are in the second" in twins.told(question.evidence)[0]
    assert models.Work.objects.count() == 2


def test_a_song_in_both_makes_no_story_another(add: Add, stories: Stories) -> None:
    song = "\n".join(f"    O {word} of the sea, come home to me" for word in ("ship", "gull", "wind", "bell") * 3)
    add(stories({"a.txt": f"{tale('One', seed=1)}\n{song}\n", "b.txt": f"{tale('Two', seed=2)}\n{song}\n"}))
    assert not models.Question.objects.filter(about="same-work").exists()


def test_what_many_works_have_is_noted_for_few(library: Path) -> None:
    text = sketch.of_words([f"word{number}".encode() for number in range(3_000)])
    for number in range(lookup.MOST + 4):
        lookup.note_text(models.Work.objects.create(identity=str(number), sketch=text).pk, text)
    assert models.Shingle.objects.count() == lookup.MOST * len(sketch.looked_up(text))
    assert len(lookup.by_text(text)) == lookup.MOST_BY_TEXT


def two(add: Add, stories: Stories) -> tuple[models.Work, models.Work]:
    add(stories({"a.txt": STORM}))
    add(stories({"b.txt": signed(revised(STORM), "Thunder", "Nib") + "\n\nA/N: Thank you for reading!\n"}))
    older, newer = models.Work.objects.order_by("pk")
    return older, newer


def told(work: Work) -> str:
    return "\n".join(block.text for chapter in work.chapters for block in chapter.blocks)


def shown(row: models.Work) -> str:
    return "\n".join(block.text for one in row.chapters.order_by("position") for block in unpack(one.blocks))


@pytest.mark.parametrize("best", [0, 1])
def test_two_works_become_one_and_nothing_is_lost(add: Add, stories: Stories, library: Path, best: int) -> None:
    pair = two(add, stories)
    texts, goes = [shown(row) for row in pair], pair[1].pk
    stays = twins.merge(pair[1], pair[0], pair[best])
    assert (stays.pk, stays.identity) == (pair[0].pk, pair[0].identity)
    assert models.Work.objects.count() == 1
    assert shown(stays) == texts[best]
    version = stays.versions.get()
    assert told(unpack_work(version.reading)) == texts[1 - best]
    assert stays.sources.count() == 2
    assert {person.name for person in stays.people.all()} >= {"Quill", "Nib"}
    assert stays.title == ("The Storm", "Thunder")[best]
    assert models.Merged.objects.get(number=goes).work == stays
    agrees(library)


def test_the_copy_that_is_not_shown_is_told_by_its_files(add: Add, stories: Stories) -> None:
    older, newer = two(add, stories)
    stays = twins.merge(newer, older, newer)
    assert list(stays.work_sources.order_by("position").values_list("is_copy", flat=True)) == [True, False]


@pytest.mark.parametrize("best", [0, 1])
def test_a_copy_that_is_read_again_stays_where_it_was_put(
    add: Add, stories: Stories, library: Path, best: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ficshelf.library import intake, reader

    pair = two(add, stories)
    stays = twins.merge(*pair, pair[best])
    before, version = shown(stays), bytes(stays.versions.get().reading)
    for module in (reader, intake):
        monkeypatch.setattr(module, "VERSION", "a better one")
    add(stories({}))
    stays = models.Work.objects.get()
    assert shown(stays) == before
    assert [bytes(one.reading) for one in stays.versions.all()] == [version]
    agrees(library)


def test_a_piece_goes_into_the_whole_and_names_it_nothing(add: Add, stories: Stories, library: Path) -> None:
    add(stories({"b.txt": signed(STORM, "Only the Beginning", "Nib").partition("Chapter 3")[0]}))
    add(stories({"a.txt": STORM}))
    piece, whole = models.Work.objects.order_by("pk")
    decisions.answer(asked(), "part")
    stays = models.Work.objects.get()
    assert stays.pk == whole.pk
    assert stays.title == "The Storm"
    assert "Only the Beginning" not in stays.facts.filter(name="title").values_list("value", flat=True)
    assert stays.versions.get().reason == "a piece of the story"
    assert models.Merged.objects.get(number=piece.pk).work == stays
    agrees(library)


@pytest.mark.parametrize(("value", "title"), [("newer", "Thunder"), ("older", "The Storm")])
def test_the_newer_version_is_shown(add: Add, stories: Stories, library: Path, value: str, title: str) -> None:
    two(add, stories)
    before = dump()
    assert asked().evidence["verdict"] == "revised"
    decisions.answer(asked(), value)
    assert models.Work.objects.get().title == title
    agrees(library)
    decisions.undo()
    index.catch_up(library)
    assert dump() == before
    agrees(library)


def test_all_copies_of_a_kind_are_settled_at_one_stroke(add: Add, stories: Stories, library: Path) -> None:
    tales = [tale(f"Tale {number}", seed=number) for number in range(3)]
    add(stories({f"{number}.txt": text for number, text in enumerate(tales)}))
    copies = [text.replace("Author: Quill", "Author: Nib") for text in tales]
    add(stories({f"copy {number}.html": text for number, text in enumerate(copies)}))
    question = decisions.open_questions().filter(about="same-work")[0]
    assert decisions.answer(question, "same", alike=True) == 3
    assert models.Work.objects.count() == 3
    agrees(library)


def test_a_third_copy_joins_the_two(add: Add, stories: Stories, library: Path) -> None:
    two(add, stories)
    add(stories({"c.txt": signed(STORM, "Storm at Sea", "Blot")}))
    for _ in range(2):
        question = decisions.open_questions().filter(about="same-work")[0]
        decisions.answer(question, question.answers[0][0])
    stays = models.Work.objects.get()
    assert stays.sources.count() == 3
    assert stays.versions.count() == 2
    assert models.Merged.objects.filter(work=stays).count() == 2
    assert not decisions.open_questions().filter(about="same-work").exists()
    agrees(library)


def test_reviews_and_old_addresses_go_along_to_the_chapters_that_have_the_words(add: Add, stories: Stories) -> None:
    add(stories({"a.txt": STORM}))
    add(stories({"b.txt": signed(STORM, "Only the End", "Nib").replace("Chapter 1\n", "").partition("Chapter 2")[0]}))
    whole = models.Work.objects.order_by("pk")[0]
    add(stories({"c.txt": tale("The End", seed="storm", chapters=1, first=4, author="Blot")}))
    piece = models.Work.objects.order_by("-pk")[0]
    source = piece.sources.get()
    models.Review.objects.create(work=piece, source=source, position=1, chapter=1, reviewer="Ann")
    models.OldAddress.objects.create(key="x", path="/x", work=piece, chapter=1)
    twins.part(piece, whole)
    assert whole.reviews.get().chapter == 4
    assert whole.old_addresses.get().chapter == 4


def test_whatever_belongs_to_a_work_goes_along() -> None:
    """Whoever adds a table that belongs to works says here that merging moves it, or why not."""
    moved = {"Decision", "Remark", "Question", "Review", "Shelfmark", "OldAddress", "Version", "Merged", "WorkSource"}
    made_again = {"WorkTag", "Credit", "SeriesPart", "Shingle", "Chapter", "Fact"}
    tables = {relation.related_model.__name__ for relation in models.Work._meta.related_objects}
    assert tables == moved | made_again
