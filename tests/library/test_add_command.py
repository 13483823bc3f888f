"""`ficshelf add` as a person meets it: its words, its exit codes, its lines of JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tales import tale
from typer import Typer
from typer.testing import CliRunner, Result

from ficshelf.cli import add as command
from ficshelf.library import models
from ficshelf.library.places import shown
from ficshelf.library.report import LISTED, Report
from ficshelf.remarks import KINDS

app = Typer()
command.register(app)
Stories = Callable[..., Path]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_the_report_says_what_came_of_the_files(library: Path, stories: Stories) -> None:
    folder = stories({"bells.txt": tale("The Bells", chapters=3), "empty.txt": "", "tide.txt": tale("Tide")})
    result = run(folder)
    assert result.exit_code == 0
    words = sum(models.Work.objects.values_list("words", flat=True))
    assert f"3 files → 2 works, 5 chapters, {words:,} words" in result.output
    assert "2 works: new" in result.output
    assert f"{folder}/empty.txt: " in result.output
    assert f"The library is in {library}" in result.output
    again = run(folder)
    assert again.exit_code == 0
    assert "3 files, all in the library already: nothing has changed" in again.output


def test_a_path_that_is_not_there_is_misuse_and_nothing_is_added(library: Path, stories: Stories) -> None:
    folder = stories({"bells.txt": tale("The Bells")})
    result = run(folder, folder / "nowhere")
    assert result.exit_code == 2
    assert "nowhere: there is no such file or folder" in result.output
    assert not models.Work.objects.exists()


def test_each_line_of_json_stands_for_a_work_that_is_safe(library: Path, stories: Stories) -> None:
    result = run("--json", stories({"bells.txt": tale("The Bells"), "empty.txt": ""}))
    saved, report = map(json.loads, result.stdout.splitlines())
    work = models.Work.objects.get()
    assert (saved["event"], saved["kind"], saved["identity"]) == ("saved", "add", work.identity)
    assert saved["sources"] == [work.sources.get().sha256]
    assert (report["event"], report["files"], report["works"]) == ("report", 2, {"add": 1})
    assert len(report["kept"]) == 1


def test_names_cannot_steer_the_terminal(library: Path, stories: Stories) -> None:
    result = run(stories({"evil\x1b[2J\r\x9b\u202e.txt": ""}))
    assert result.exit_code == 0
    assert not set("\x1b\r\x9b\u202e") & set(result.output)
    assert "evil\\x1b[2J\\r\\x9b\\u202e.txt" in result.output


def test_a_name_of_any_bytes_is_added_and_shown(library: Path, stories: Stories) -> None:
    folder = stories({})
    path = bytes(folder) + b"/caf\xe9.txt"
    with open(path, "w") as file:
        file.write(tale("The Bells"))
    assert run(folder).exit_code == 0
    assert models.Work.objects.get().title == "The Bells"
    assert run(folder).exit_code == 0


def test_the_library_does_not_add_itself(library: Path, stories: Stories, tmp_path: Path) -> None:
    stories({"bells.txt": tale("The Bells")})
    assert run(tmp_path).exit_code == 0
    assert run(tmp_path).exit_code == 0
    assert [place.path for place in models.Place.objects.all()] == [str(tmp_path / "stories" / "bells.txt")]
    result = run(library / "library.sqlite3")
    assert result.exit_code == 2
    assert "this is the library itself" in result.output


@pytest.mark.parametrize("text", ["plain", "Ünï çødé “…”", "日本語"])
def test_a_name_without_harm_is_shown_as_it_is(text: str) -> None:
    assert shown(text) == text


def test_every_kind_of_remark_has_a_place_in_the_report() -> None:
    report = Report()
    report.remarks.update(list(KINDS))

    output = "\n".join(report.lines(Path("/l")))
    for kind, sentence in KINDS.items():
        assert f"1 ×  {sentence}" in output, kind


def test_many_files_are_counted_rather_than_listed() -> None:
    report = Report(kept=[(f"/s/{number}.bin", "Not a text.") for number in range(500)])
    lines = list(report.lines(Path("/l")))
    assert sum("/s/" in line for line in lines) == LISTED
    assert any("480 more" in line for line in lines)


def test_ctrl_c_while_an_archive_is_taken_apart_says_so(
    library: Path, stories: Stories, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ficshelf import sources

    def walk(*_: object) -> list[object]:
        raise KeyboardInterrupt

    monkeypatch.setattr(sources, "walk", walk)
    result = run(stories({"a.txt": tale("A")}))
    assert result.exit_code == 130
    assert "Stopped before anything was added." in result.output
    assert not (library / "unpacked").exists()
