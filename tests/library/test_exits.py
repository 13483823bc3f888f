"""Whatever leads out of the library: nothing of a work that must not be seen goes there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tales import harbour, tale

from ficshelf import sources
from ficshelf.library import decisions, intake, models, takedown, unpacked, wishes
from ficshelf.library.check import check
from ficshelf.search import find

CANARY = "Zyzzyva"
TITLE, AUTHOR, SERIES, WITHIN = f"{CANARY} Light", "Marsh Wren", "Winter Nights", "All Winters"
TEXT = "".join(f"<p>The {CANARY} sang {number} times on the stairs, and nobody came.</p>" for number in range(40))
OLD = (
    "/viewstory.php?sid=77", "/viewstory.php?sid=77&chapter=1", "/efic/viewstory.php?sid=77&chapter=1",
    "/reviews.php?type=ST&item=77", "/viewuser.php?uid=2", "/series.php?seriesid=7", "/viewseries.php?seriesid=7",
    "/series.php?seriesid=8", "/viewseries.php?seriesid=8",
)  # fmt: skip


def archive(validated: int = 1) -> str:
    """An archive with a story, an author and two series of theirs that are about to be gone."""
    return harbour(
        3,
        {
            "authors": [(2, AUTHOR, "wren@example.org", f"I am {CANARY}-ish.", "0" * 32)],
            "stories": [(77, TITLE, f"Of {CANARY}.", 2, "1", "1", 1, validated, 10**9, 10**9)],
            "chapters": [(771, f"{CANARY} one", 1, f"A note on {CANARY}.", TEXT, 77, 2, validated, "")],
            "reviews": [(991, 77, 771, "Ann", 0, f"More {CANARY}, please.", 10**9, 5, 0, "ST")],
            "series": [(7, SERIES, f"Nights of {CANARY}.", 2, 1), (8, WITHIN, f"All {CANARY}.", 2, 1)],
            "inseries": [(7, 77, 0, 1, 1), (8, 0, 7, 1, 1), (1, 0, 7, 1, 3)],
            "favorites": [(1, 77, "ST", f"How {CANARY}!")],
        },
    )


def filled(library: Path, folder: Path, validated: int = 1) -> Any:
    """Adds the archive, and a file that asks whether it is the same story and whether its author is the same."""
    folder.mkdir(exist_ok=True)
    (folder / "archive.sql").write_text(archive(validated), encoding="utf-8")
    (folder / "calm.txt").write_text(tale("Calm", "Quill", extra="Feedback: wren@example.org"), encoding="utf-8")
    with unpacked.scratch(library) as scratch:
        report = intake.add(library, list(sources.walk([folder], scratch=scratch)))
    assert [finding.text for finding in check(library)] == []
    return report


def browser(monkeypatch: pytest.MonkeyPatch, library: Path, *, owner: bool) -> Any:
    from django.conf import settings
    from django.test import Client

    from ficshelf.web import answers, cards

    settings.LIBRARY = library
    answers.kept.clear()
    cards.kept.clear()
    monkeypatch.setenv("FICSHELF_OWNER", "here" if owner else "")
    return Client(raise_request_exception=False, headers={"Host": "127.0.0.1:8000"})


def everything(client: Any, works: list[int], digests: list[str]) -> dict[str, str]:
    """All that can be had by asking: what leads from the shelf, and what one may guess; with where it sends one."""
    name, series = AUTHOR.replace(" ", "%20"), SERIES.replace(" ", "+")
    pages = ("", "/chapters/1", "/chapters/1/original", "/reviews", "/download.epub", "/compare/1", "/compare/1/1")
    waiting = [
        "/", "/archives", f"/search?q={CANARY}", "/search?q=is:hidden", "/search?q=-nothing", "/questions/",
        "/?sort=words", "/?series=Years",
        f"/people/{name}/", "/people/Quill/", f"/?author={name}", f"/?series={series}", "/?series=All+Winters",
        *OLD, *(f"/works/{pk}{page}" for pk in works for page in pages), *(f"/works/1/compare/{pk}" for pk in works),
        *(f"/originals/{sha256}" for sha256 in digests), *(f"/questions/?work={pk}" for pk in works),
        *(f"/archives/{pk}{own}" for pk in range(1, 8) for own in ("", *(f"/pages/{at}" for at in range(1, 40)))),
    ]  # fmt: skip
    found: dict[str, str] = {}
    while waiting:
        url = waiting.pop()
        if url in found or url.startswith("/static/"):
            continue
        response = client.get(url)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        found[url] = body.decode(errors="replace") + response.headers.get("Location", "")
        if "html" in response.headers.get("Content-Type", ""):
            waiting += [link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"#]*)', found[url])]
    return found


def leaks(found: dict[str, str], *words: str) -> list[tuple[str, str]]:
    """The pages that tell of what must not be seen; what was asked for may be said again."""
    out = []
    for url, told in found.items():
        asked = re.split(r"[/?=&+]|%20", url)
        for word in words:
            if not set(word.split()) <= set(asked) and word in told:
                out.append((url, word))
    return out


def planted() -> tuple[list[int], list[str]]:
    work = models.Work.objects.get(title=TITLE)
    assert models.Question.objects.filter(about="same-person").exists()
    return [work.pk], list(work.sources.values_list("sha256", flat=True))


def test_what_is_hidden_goes_nowhere(library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(library, tmp_path / "old", validated=0)
    found = everything(browser(monkeypatch, library, owner=False), *planted())
    assert (
        leaks(found, TITLE, f"The {CANARY} sang", f"{CANARY} one", f"Of {CANARY}", SERIES, WITHIN, "More Zyzzyva") == []
    )
    assert leaks(found, "wren@example.org", "Zyzzyva!") == []
    mine = everything(browser(monkeypatch, library, owner=True), *planted())
    assert leaks(mine, TITLE)
    assert leaks(mine, SERIES)
    pages = {url: told for url, told in mine.items() if not url.startswith("/originals/")}
    assert leaks(pages, "wren@example.org") == []  # only files as they were found have it, for the owner alone


@pytest.mark.parametrize("is_owner", [True, False])
def test_what_was_taken_down_is_gone_for_everybody(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_owner: bool
) -> None:
    filled(library, tmp_path / "old")
    works, digests = planted()
    decisions.answer(models.Question.objects.get(about="same-person"), "same")
    takedown.take_down(library, takedown.plan(works))
    assert [finding.text for finding in check(library)] == []
    found = everything(browser(monkeypatch, library, owner=is_owner), works, digests)
    words = (TITLE, f"The {CANARY} sang", f"{CANARY} one", f"Of {CANARY}", f"More {CANARY}", f"on {CANARY}")
    assert leaks(found, *words, SERIES, WITHIN, f"How {CANARY}") == []
    for url in (*OLD[:4], f"/works/{works[0]}", f"/works/{works[0]}/download.epub", f"/works/{works[0]}/compare/1"):
        assert "There is nothing at this address" in found[url], url
    assert find.find(CANARY, directory=library).total == 0
    assert find.find(f'series:"{SERIES}"', directory=library).total == 0
    report = filled(library, tmp_path / "old")
    assert not models.Work.objects.filter(title=TITLE).exists()
    assert leaks(everything(browser(monkeypatch, library, owner=is_owner), works, digests), *words) == []
    assert [line.unaccounted for sheet in report.balances for line in sheet.lines] == [0] * sum(
        len(sheet.lines) for sheet in report.balances
    )


@pytest.mark.parametrize("is_owner", [True, False])
def test_an_author_on_the_list_is_nowhere(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_owner: bool
) -> None:
    wishes.add(wishes.Entry("author", AUTHOR.lower()))
    report = filled(library, tmp_path / "old")
    assert report.left_out == 1
    assert not models.Work.objects.filter(title=TITLE).exists()
    found = everything(browser(monkeypatch, library, owner=is_owner), [9], [])
    assert (
        leaks(found, AUTHOR, TITLE, SERIES, WITHIN, f"{CANARY}-ish", f"Nights of {CANARY}", f"The {CANARY} sang") == []
    )
    assert [line.unaccounted for sheet in report.balances for line in sheet.lines if line.unaccounted] == []


def test_what_the_command_line_tells_and_writes(library: Path, tmp_path: Path) -> None:
    import typer
    from typer.testing import CliRunner

    from ficshelf.cli import export, people, review
    from ficshelf.cli import find as finding

    filled(library, tmp_path / "old")
    works, _ = planted()
    takedown.take_down(library, takedown.plan(works))
    books = tmp_path / "books"
    commands: list[tuple[Any, list[str]]] = [
        (finding, [CANARY]), (finding, [CANARY, "--json"]), (finding, ["is:complete", "--json"]), (people, []),
        (review, []), (review, ["--json"]), (export, ["--all", "--to", str(books)]),
    ]  # fmt: skip
    for command, arguments in commands:
        app = typer.Typer()
        command.register(app)
        said = CliRunner().invoke(app, [*arguments, "--library", str(library)]).output
        assert not re.search(TITLE, said.replace(f"“{CANARY}”", "")), (command.__name__, said)
    assert list(books.iterdir())
    assert not [path for path in books.iterdir() if CANARY in path.name or CANARY.encode() in path.read_bytes()]


def test_books_for_others_leave_out_what_only_the_owner_may_see(library: Path, tmp_path: Path) -> None:
    import typer
    from typer.testing import CliRunner

    from ficshelf.cli import export

    filled(library, tmp_path / "old", validated=0)

    def books(*arguments: str) -> tuple[set[bool], str]:
        """Whether hidden works are among the books, and others; and what was said."""
        app = typer.Typer()
        export.register(app)
        folder = tmp_path / "-".join(arguments)
        done = CliRunner().invoke(app, [*arguments, "--to", str(folder), "--library", str(library)])
        assert done.exit_code == 0, done.output
        return {CANARY in path.name or "Tale 3" in path.name for path in folder.iterdir()}, done.output

    kinds, said = books("--all")
    assert kinds == {False}
    assert "2 works are for your eyes alone and were left out; --hidden takes them along." in said
    assert books("--find", "is:complete")[0] == {False}
    assert books("--all", "--hidden")[0] == {True, False}
    assert books(TITLE)[0] == {True}  # asked for by its name
