"""One bad file never stops an `add`, and is named with its reason."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import misbehaving
import pytest
from tales import tale

from ficshelf import pool
from ficshelf.library import models, originals

Add = Callable[..., Any]
Stories = Callable[..., Path]


def test_every_kind_of_bad_file_at_once(library: Path, add: Add, stories: Stories) -> None:
    folder = stories(
        {
            "a-bells.txt": tale("The Bells"),
            "empty.txt": "",
            "blank.txt": " \n\n",
            "program.exe": b"MZ\0\0" + bytes(range(256)) * 50,
            "truncated.zip": b"PK\x03\x04" + b"\0" * 100,
            "truncated.epub": b"PK\x03\x04" + b"\1" * 100,  # bytes of its own: a copy of a known file is only counted
            "z-tide.txt": tale("Tide"),
        }
    )
    (folder / "gone.txt").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "pipe.txt")
    with open(folder / "one-line.txt", "wb") as file:
        file.truncate(200_000_000)
    with zipfile.ZipFile(folder / "lying.zip", "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("mind.txt", tale("The Mind"))
        box.writestr("bomb.txt", b"\0" * 60_000_000)
    report = add(folder)
    assert sorted(models.Work.objects.values_list("title", flat=True)) == ["The Bells", "The Mind", "Tide"]
    bad = {Path(path).name: reason for path, reason in [*report.kept, *report.problems]}
    assert {"empty.txt", "blank.txt", "program.exe", "truncated.zip", "truncated.epub", "gone.txt", "pipe.txt"} <= set(
        bad
    )
    assert {"one-line.txt", "bomb.txt"} <= set(bad)
    assert all(reason for reason in bad.values())
    for source in models.Source.objects.filter(outcome="kept"):
        assert originals.path_of(library, source.sha256).stat().st_size == source.size
        assert source.remarks.exists()


def test_a_folder_that_may_not_be_read_is_named(add: Add, stories: Stories, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = stories({"bells.txt": tale("The Bells"), "locked/tide.txt": tale("Tide")})
    scandir = os.scandir

    def refuse(path: Any = ".") -> Any:  # tests may run as root, whom no mode keeps out
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    report = add(folder)
    assert report.works == {"add": 1}
    assert [(Path(path).name, "permission denied" in reason) for path, reason in report.problems] == [("locked", True)]


def test_a_file_that_vanishes_between_walk_and_reading_is_named(library: Path, stories: Stories) -> None:
    from ficshelf import sources
    from ficshelf.library import intake

    folder = stories({"bells.txt": tale("The Bells"), "tide.txt": tale("Tide")})
    places = list(sources.walk([folder]))
    (folder / "bells.txt").unlink()
    report = intake.add(library, places)
    assert report.works == {"add": 1}
    assert [Path(path).name for path, _ in report.problems] == ["bells.txt"]


def test_a_file_that_crashes_or_hangs_its_reader_is_kept_unread_and_costs_itself_alone(
    library: Path, add: Add, stories: Stories, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ficshelf.library import bundles, intake

    monkeypatch.setattr(intake, "READ", misbehaving.crash)
    monkeypatch.setattr(bundles, "seconds", lambda task: 2.0)
    names = ("crash", "greedy", "hang", "wrong")
    folder = stories({f"{name}.txt": tale(name) for name in (*names, "bells", "tide")})
    report = add(folder)
    assert sorted(models.Work.objects.values_list("title", flat=True)) == ["bells", "tide"]
    assert {Path(path).stem for path, _ in report.kept} == set(names)
    reasons = {Path(path).stem: reason for path, reason in report.kept}
    assert "SIGSEGV" in reasons["crash"]
    assert "seconds" in reasons["hang"]
    assert "memory" in reasons["greedy"]
    assert "no such thing" in reasons["wrong"]
    again = add(folder)
    assert (again.known, again.works) == (6, {})  # known by now: it is not tried each time


def test_chapters_beside_one_that_crashes_are_still_one_work(
    add: Add, stories: Stories, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ficshelf.library import intake

    monkeypatch.setattr(intake, "READ", misbehaving.crash_on_second)
    report = add(stories({f"tide-{n}.txt": tale("Tide", chapters=1, first=n) for n in (1, 2, 3)}))
    assert report.works == {"add": 1}
    assert [chapter.number for chapter in models.Work.objects.get().chapters.all()] == [1, 3]
    assert [Path(path).name for path, _ in report.kept] == ["tide-2.txt"]


def test_results_come_in_order_whatever_dies() -> None:
    found = list(pool.run(misbehaving.echo, range(400), memory=1 << 30, seconds=lambda task: 10.0, processes=3))
    assert [task for task, _ in found] == list(range(400))
    died = [task for task, result in found if isinstance(result, pool.Died)]
    assert died == [5, 102, 199, 296, 393]
    assert all(result == str(task).encode() * 1000 for task, result in found if task not in died)


def test_who_stops_listening_stops_the_work() -> None:
    for _ in pool.run(misbehaving.echo, range(10_000), memory=1 << 30, seconds=lambda task: 10.0, processes=2):
        break
    import multiprocessing

    assert not multiprocessing.active_children()
