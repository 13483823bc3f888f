"""A work that is taken down is gone from the library, to the last byte, and does not come back."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tales import left, tale

from ficshelf.library import decisions, models, takedown
from ficshelf.library.check import check
from ficshelf.search import find, index

Add = Callable[..., Any]
Stories = Callable[[dict[str, str]], Path]

CANARY = "Zyzzyva"
LONG = " ".join(f"The {CANARY} sang {number} times on the stairs, and nobody came." for number in range(40))
TEXT = f"""Title: The {CANARY} Light
Author: {CANARY} Fenn
Fandom: {CANARY} Isle
Series: {CANARY} Nights
Summary: Of {CANARY}.

Chapter 1: {CANARY}

{LONG}

Chapter 2: Home

{LONG[::-1]}
"""


def taken(library: Path, title: str = CANARY) -> takedown.Plan:
    from ficshelf.library.asked import works

    planned = takedown.plan(works(f"The {title} Light"))
    takedown.take_down(library, planned)
    return planned


def agrees(library: Path) -> None:
    assert [finding.text for finding in check(library)] == []


def test_nothing_of_it_is_left(add: Add, stories: Stories, library: Path) -> None:
    folder = stories({f"{CANARY.lower()}.txt": TEXT, "calm.txt": tale("Calm")})
    add(folder)
    (folder / f"{CANARY.lower()}.txt").write_text(TEXT.replace("sang 3 times", "sang thrice"))
    add(folder)  # an earlier version, too
    assert models.Version.objects.exists()
    work = models.Work.objects.get(title__contains=CANARY)
    source = work.sources.first()
    asked = models.Question.objects.create(
        work=work, source=source, about="fandom", text=f"{CANARY}?", answers=[[f"{CANARY} Isle", f"the {CANARY}"]]
    )
    other = models.Work.objects.get(title="Calm")
    models.Question.objects.create(
        work=other, other=work, source=other.sources.get(), about="same-work", text=f"The same as {CANARY}?",
        answers=[["same", ""], ["different", ""]],
    )  # fmt: skip
    mine = models.Question.objects.create(
        work=other, source=other.sources.get(), about="title", text="What is it called?", answers=[]
    )
    decisions.answer(asked, f"{CANARY} Isle")
    decisions.answer(mine, "The Great Calm")
    index.catch_up(library)
    assert len(left(library, CANARY)) >= 3
    taken(library)
    assert left(library, CANARY) == []
    assert [str(work.title) for work in models.Work.objects.all()] == ["The Great Calm"]
    assert find.find(CANARY, directory=library).total == 0
    assert find.find("calm", directory=library).total == 1
    assert decisions.undo() == 0  # what could be undone told of it
    agrees(library)


def test_nothing_is_left_of_who_wrote_it(add: Add, stories: Stories, library: Path) -> None:
    mail = "Feedback: fenn@marsh.example"
    add(stories({"one.txt": TEXT.replace("Fandom:", f"{mail}\nFandom:"), "calm.txt": tale("Calm", extra=mail)}))
    decisions.answer(models.Question.objects.get(about="same-person"), "same")
    taken(library)
    assert left(library, CANARY) == []
    assert list(models.Clue.objects.values_list("person__name", flat=True)) == ["Quill"]
    assert not models.Alias.objects.exists()


def test_it_does_not_come_back(add: Add, stories: Stories, library: Path, tmp_path: Path) -> None:
    folder = stories({"one.txt": TEXT})
    add(folder)
    taken(library)
    words = TEXT.partition("\n\n")[2]
    again = {
        "the same file": TEXT,
        "other line ends": TEXT.replace("\n", "\r\n"),
        "revised": TEXT.replace("sang 3 times", "sang thrice"),
        "another title": f"Title: Dusk\nAuthor: Nobody\n\n{words}",
        "one chapter": f"Title: Dusk\nAuthor: Nobody\n\n{LONG}\n",
        "under its name": f"Title: The {CANARY} Light\nAuthor: {CANARY} Fenn\n\nSomething else altogether.\n",
    }
    for name, text in again.items():
        (folder / "one.txt").write_text(text, newline="")
        assert add(folder).left_out == 1, name
        assert not models.Work.objects.exists(), name
        assert left(library, CANARY) == [], name
    with zipfile.ZipFile(tmp_path / "box.zip", "w") as box:
        box.writestr("again.txt", TEXT)
    assert add(tmp_path / "box.zip").left_out == 1
    assert not models.Work.objects.exists()


def test_what_is_shared_with_others_stays_and_is_blotted_out(add: Add, stories: Stories, library: Path) -> None:
    from django.conf import settings
    from django.test import Client

    settings.LIBRARY = library
    calm = tale("Calm", "Quill")
    add(stories({"both.txt": f"{calm}\n\nTHE END\n\n\n{TEXT}\n\nTHE END\n"}))
    assert models.Work.objects.count() == 2
    planned = taken(library)
    assert planned.own == ()
    assert [Path(path).name for path in planned.shared] == ["both.txt"]
    agrees(library)
    work = models.Work.objects.get()
    browser = Client()
    sha256 = work.sources.get().sha256
    pages = [
        f"/works/{work.pk}",
        "/",
        *(f"/works/{work.pk}/chapters/{n}{o}" for n in (1, 2) for o in ("", "/original")),
    ]
    for url in pages:
        response = browser.get(url)
        assert response.status_code == 200
        assert CANARY not in response.content.decode(), url
    assert browser.get(f"/originals/{sha256}").status_code == 404


def test_a_container_that_holds_it_is_told_and_can_go_too(add: Add, tmp_path: Path, library: Path) -> None:
    with zipfile.ZipFile(tmp_path / "box.zip", "w") as box:
        box.writestr("one.txt", TEXT)
        box.writestr("calm.txt", tale("Calm"))
    add(tmp_path / "box.zip")
    planned = taken(library)
    assert [Path(one.path).name for one in planned.containers] == ["box.zip"]
    assert [path for path, _ in left(library, CANARY) if not path.startswith("originals")] == []
    takedown.remove_containers(library, takedown.containers_named("box.zip"))
    assert left(library, CANARY) == []
    agrees(library)
    report = add(tmp_path / "box.zip")
    assert report.left_out == 1
    assert left(library, CANARY) == []
    assert models.Work.objects.get().title == "Calm"


def test_the_command_asks_once(add: Add, stories: Stories, library: Path) -> None:
    import typer
    from typer.testing import CliRunner

    from ficshelf.cli import takedown as command

    add(stories({"one.txt": TEXT}))
    app = typer.Typer()
    command.register(app)
    asked = CliRunner().invoke(app, [CANARY, "--library", str(library)])
    assert asked.exit_code == 1
    assert "Nothing was changed." in asked.output
    assert models.Work.objects.exists()
    done = CliRunner().invoke(app, [CANARY, "--yes", "--library", str(library)])
    assert done.exit_code == 0, done.output
    assert f"The {CANARY} Light by {CANARY} Fenn" in done.output
    assert not models.Work.objects.exists()


@pytest.mark.parametrize("asked", ["1", "#1", "/works/1", "http://127.0.0.1:8000/works/1/chapters/2", "light"])
def test_works_are_named_in_many_ways(add: Add, stories: Stories, asked: str) -> None:
    from ficshelf.library.asked import works

    add(stories({"one.txt": TEXT}))
    assert works(asked) == [1]
    assert works(models.Work.objects.get().identity[:12]) == [1]
