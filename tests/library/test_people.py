"""One person under several names: by evidence, and only once a person has said so."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tales import dump, tale

from ficshelf.library import carried, decisions, evidence, models, people
from ficshelf.library.people import Found

Add = Callable[..., Any]
Stories = Callable[[dict[str, str]], Path]


def asked() -> list[tuple[str, str, str]]:
    rows = models.Question.objects.filter(about="same-person", answered=None).order_by("pk")
    return [(row.person.name, row.other_person.name, row.answers[0][1]) for row in rows]


def by(author: str, *, title: str, feedback: str = "") -> str:
    return tale(title, author, extra=f"Feedback: {feedback}" if feedback else "")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("write to <Ada@Marsh.example>!", [Found("mail", "ada@marsh.example")]),
        ("see http://www.marsh.example/~ada/.", [Found("page", "marsh.example/~ada", "marsh.example/~ada")]),
        ("formerly known as Marsh Wren, now here", [Found("name", "marsh wren", "Marsh Wren")]),
        ("Ada (aka Wren)", [Found("name", "wren", "Wren")]),
        ("at http://marsh.example/", []),
        ("first posted at http://a.example/viewstory.php?sid=3", []),
        ("known as a place of ghosts", []),
        ("@home, me @ work", []),
        ("x" * 5000 + "@" * 5000, []),
    ],
)
def test_clues(text: str, found: list[Found]) -> None:
    assert list(people.clues([text])) == found


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("ada@marsh.example", "please, to Ada@Marsh.example", "the same mail address stands with both names"),
        ("http://geo.example/ada/", "http://www.geo.example/ada", "both name the page geo.example/ada"),
        ("I am formerly known as Marsh Wren.", "", "“Ada Fenn” says so of “Marsh Wren”"),
    ],
)
def test_evidence_makes_a_question_and_no_more(add: Add, stories: Stories, one: str, other: str, why: str) -> None:
    add(stories({"a.txt": by("Ada Fenn", title="Storm", feedback=one)}))
    assert asked() == []
    folder = stories({"b.txt": by("Marsh Wren", title="Calm", feedback=other)})
    report = add(folder)
    assert asked() == [("Ada Fenn", "Marsh Wren", why)]
    assert report.questions["same-person"] == 1
    assert not models.Alias.objects.exists()
    assert "ada@" not in str(models.Question.objects.values_list("text", "answers")).lower()
    (folder / "c.txt").write_text(by("Ada Fenn", title="Dusk", feedback=one))
    add(folder)
    assert len(asked()) == 1  # once


def test_all_that_speaks_for_it_is_told(add: Add, stories: Stories) -> None:
    add(
        stories(
            {
                "a.txt": by("Ada Fenn", title="Storm", feedback="ada@marsh.example, formerly known as Marsh Wren"),
                "b.txt": by("Marsh Wren", title="Calm", feedback="ada@marsh.example"),
            }
        )
    )
    question = models.Question.objects.get(about="same-person")
    assert question.answers[0][1] == (
        "the same mail address stands with both names; “Ada Fenn” says so of “Marsh Wren”"
    )
    assert [(side.title, side.files, side.stretches[0].text) for side in evidence.sides(question)] == [
        ("Ada Fenn", ("a.txt",), "Storm"), ("Marsh Wren", ("b.txt",), "Calm"),
    ]  # fmt: skip


def test_nothing_is_asked_that_follows_from_another_answer(add: Add, stories: Stories) -> None:
    files = {f"{n}.txt": by(name, title=f"Story {n}", feedback="ada@marsh.example") for n, name in enumerate("ABC")}
    folder = stories({name: text.replace("Author: ", "Author: Wren ") for name, text in files.items()})
    add(folder)
    assert [row[:2] for row in asked()] == [("Wren A", "Wren B"), ("Wren A", "Wren C")]
    for question in decisions.open_questions():
        decisions.answer(question, "different")
    (folder / "d.txt").write_text(by("Quill", title="Dusk"))
    add(folder)
    assert [row[:2] for row in asked()] == [("Wren B", "Wren C")]


def page_of_ao3(author: str, title: str, number: int) -> str:
    """A download as the Archive of Our Own makes them, with a by-line of our own."""
    sample = Path(__file__).parents[2] / "samples" / "saved-pages" / "Notes_on_the_Care_of.html"
    page = sample.read_text(encoding="utf-8").replace("gaslit_mews", author)
    page = page.replace("Notes on the Care of", title).replace("990000017", str(number))
    return re.sub(r"(?<=<p>)(?=\w)", f"{title} ", page)


def test_pen_names_of_one_account_are_evidence(add: Add, stories: Stories) -> None:
    add(
        stories(
            {
                "a.html": page_of_ao3("Quill (adafenn)", "Storm", 990000101),
                "b.html": page_of_ao3("Wren (adafenn)", "Calm", 990000102),
                "c.html": page_of_ao3("adafenn", "Dusk", 990000103),
                "d.html": page_of_ao3("Sedge (orphan_account)", "Mist", 990000104),
                "e.html": page_of_ao3("Reed (orphan_account)", "Rain", 990000105),
                "f.txt": by("Rush (adafenn)", title="Moor"),
            }
        )
    )
    assert sorted(row[:2] for row in asked()) == [
        ("Quill (adafenn)", "Wren (adafenn)"), ("Quill (adafenn)", "adafenn"),
    ]  # fmt: skip
    assert {row[2] for row in asked()} == {
        "both are names of the account “adafenn”", "“Quill (adafenn)” is a name of the account “adafenn”",
    }  # fmt: skip


def test_what_a_better_reader_no_longer_finds_is_asked_no_more(
    add: Add, stories: Stories, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = stories(
        {
            "a.txt": by("Ada Fenn", title="Storm", feedback="ada@marsh.example"),
            "b.txt": by("Marsh Wren", title="Calm", feedback="ada@marsh.example"),
            "c.txt": by("Quill", title="Dusk", feedback="http://geo.example/ada/"),
            "d.txt": by("Sedge", title="Mist", feedback="http://geo.example/ada/"),
        }
    )
    add(folder)
    assert len(asked()) == 2
    decisions.answer(models.Question.objects.get(about="same-person", person__name="Quill"), "same")
    monkeypatch.setattr(people, "TOLD_BY", ())  # a reader that knows the addresses to be somebody else's
    models.Source.objects.update(reader_version="")
    add(folder)
    assert asked() == []
    assert [one.name for one in people.everyone(people.named("Sedge"))] == ["Sedge", "Quill"]  # what was answered holds
    monkeypatch.undo()
    models.Source.objects.update(reader_version="")
    add(folder)
    assert [row[:2] for row in asked()] == [("Ada Fenn", "Marsh Wren")]


def test_what_a_stopped_add_did_not_come_to_ask_is_asked_next_time(
    add: Add, stories: Stories, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = stories(
        {
            "a.txt": by("Ada Fenn", title="Storm", feedback="ada@marsh.example"),
            "b.txt": by("Marsh Wren", title="Calm", feedback="ada@marsh.example"),
        }
    )
    monkeypatch.setattr(people, "ask", lambda: 0)
    add(folder)
    monkeypatch.undo()
    report = add(folder)
    assert len(asked()) == 1
    assert "1 pair of names that may be one person's" in "\n".join(report.lines(folder))
    assert "one person's" not in "\n".join(add(folder).lines(folder))


def test_one_address_of_many_names_is_a_lists(add: Add, stories: Stories) -> None:
    files = {f"{n}.txt": by(f"Author {n}", title=f"Story {n}", feedback="list@marsh.example") for n in range(8)}
    add(stories(files))
    assert asked() == []


def test_nobody_is_told_of_where_several_wrote(add: Add, stories: Stories) -> None:
    both = tale("Storm", "Ada Fenn\nAuthor: Quill", extra="Feedback: ada@marsh.example")
    add(stories({"a.txt": both, "b.txt": by("Marsh Wren", title="Calm", feedback="ada@marsh.example")}))
    names = [name for row in asked() for name in row[:2]]
    assert "Quill" not in names


def test_confirmed_names_are_one_persons_and_part_again(add: Add, stories: Stories) -> None:
    add(
        stories(
            {
                "a.txt": by("Ada Fenn", title="Storm", feedback="ada@marsh.example"),
                "b.txt": by("Marsh Wren", title="Calm", feedback="ada@marsh.example and formerly known as Quill"),
                "c.txt": by("Quill", title="Dusk"),
            }
        )
    )
    before = dump()
    for question in list(models.Question.objects.filter(about="same-person")):
        decisions.answer(question, "same")
    everyone = people.everyone(people.named("quill"))
    assert [one.name for one in everyone] == ["Quill", "Ada Fenn", "Marsh Wren"]
    assert len(people.works_of(everyone)) == 3
    assert list(models.Credit.objects.order_by("work").values_list("person__name", flat=True)) == [
        "Ada Fenn", "Marsh Wren", "Quill",
    ]  # fmt: skip
    decisions.undo()
    decisions.undo()
    assert not models.Alias.objects.exists()
    assert dump() == before


def test_a_name_is_parted_from_others_at_any_time(add: Add, stories: Stories) -> None:
    files = {f"{name}.txt": by(f"Wren {name}", title=f"Story {name}", feedback="ada@marsh.example") for name in "ABC"}
    folder = stories(files)
    add(folder)
    for question in decisions.open_questions():
        decisions.answer(question, "same")
    assert people.part(people.named("Wren A")) == 2  # the one by way of which the others are one
    assert [one.name for one in people.everyone(people.named("Wren C"))] == ["Wren C", "Wren B"]
    assert [one.name for one in people.everyone(people.named("Wren A"))] == ["Wren A"]
    assert decisions.undo() == 0
    (folder / "d.txt").write_text(by("Quill", title="Dusk"))
    add(folder)
    assert asked() == []
    lines = list(carried.exported())
    models.Answer.objects.all().delete()
    models.Question.objects.all().delete()
    carried.imported(lines)
    (folder / "e.txt").write_text(by("Quill", title="Dawn"))
    add(folder)
    assert asked() == []
    assert [one.name for one in people.everyone(people.named("Wren A"))] == ["Wren A"]


def test_what_was_answered_holds_in_a_library_made_again(add: Add, stories: Stories) -> None:
    folder = stories(
        {
            "a.txt": by("Ada Fenn", title="Storm", feedback="ada@marsh.example"),
            "b.txt": by("Marsh Wren", title="Calm", feedback="ada@marsh.example"),
        }
    )
    add(folder)
    decisions.answer(models.Question.objects.get(about="same-person"), "same")
    lines = list(carried.exported())
    assert "marsh.example" not in "".join(lines)
    for table in (models.Answer, models.Question, models.Work, models.Source, models.Person):
        table.objects.all().delete()
    carried.imported(lines)
    add(folder)
    assert asked() == []
    assert models.Alias.objects.count() == 1


def test_the_owner_finds_whose_an_address_is(add: Add, stories: Stories, library: Path) -> None:
    import typer
    from typer.testing import CliRunner

    from ficshelf.cli import people as command

    add(stories({"a.txt": by("Ada Fenn", title="Storm", feedback="ada@marsh.example")}))
    models.Sealed.objects.create(who="Marsh Wren", value="Wren@marsh.example", fold="wren@marsh.example")
    app = typer.Typer()
    command.register(app)

    def said(*arguments: str) -> str:
        return CliRunner().invoke(app, [*arguments, "--library", str(library)]).output

    assert said("--address", "ADA@marsh.example") == "Ada Fenn\n"
    assert said("--address", "wren@marsh.example") == "Marsh Wren\n"
    assert "Nobody" in said("--address", "@marsh.example")
    assert said() == "Ada Fenn: 1 work\n"
    assert "marsh.example" not in said("Ada Fenn")
    models.Alias.objects.create(person=people.named("Ada Fenn"), other=models.Person.objects.create(name="W", fold="w"))
    assert said("Ada Fenn") == "Ada Fenn (also W): 1 work\n"
    assert said("Ada Fenn", "--apart") == "Ada Fenn: parted from 1 name.\n"
    assert said("Ada Fenn") == "Ada Fenn: 1 work\n"
