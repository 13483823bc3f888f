"""Nothing that was acknowledged is ever lost: `add` is killed, runs out of disk, is interrupted, and goes on.

Ten kills are part of every test run; `make soak` sets `FICSHELF_KILLS=100`.
"""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tales import dump, harbour, tale

from ficshelf import sources
from ficshelf.library import models, originals, setup
from ficshelf.library.check import check

KILLS = int(os.environ.get("FICSHELF_KILLS", "10"))
A_LIBRARY = 10  # kills that one library has to stand


def start(library: Path, folder: Path, **options: Any) -> subprocess.Popen[str]:
    """`ficshelf add --json`, as a user starts it."""
    command = "import sys; from ficshelf.cli import main; sys.argv[0] = 'ficshelf'; main()"
    return subprocess.Popen(
        [sys.executable, "-c", command, "add", "--json", "--library", str(library), str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def acknowledged(lines: list[str]) -> list[dict[str, Any]]:
    """The works that `add` said are safe. A last line that was cut off says nothing."""
    events = [json.loads(line) for line in lines if line.endswith("\n")]
    return [event for event in events if event["event"] == "saved"]


def assert_kept(library: Path, saved: list[dict[str, Any]]) -> None:
    """Each of these works is there whole, with its originals, and nothing is there in parts."""
    from ficshelf.search import index

    setup(library)
    for event in saved:
        work = models.Work.objects.get(identity=event["identity"])
        assert work.chapter_count >= event["chapters"] if event["kind"] == "add" else True
        assert work.chapters.count() == work.chapter_count
        for sha256 in event["sources"]:
            assert work.sources.filter(sha256=sha256).exists()
            with open(originals.path_of(library, sha256), "rb") as file:
                assert originals.sha256_of(file) == sha256
    index.catch_up(library)
    wrong = [finding for finding in check(library) if "left over" not in finding.text]
    assert [finding.text for finding in wrong] == []


@pytest.fixture
def hoard(stories: Callable[..., Path]) -> Path:
    """Works that are alone, a file a chapter, in a zip, twice, in an archive's dump; and two that are no stories."""
    files: dict[str, str | bytes] = {
        f"one-{name}.txt": tale(f"Tale {name}", chapters=3) for name in "abcdefghijklmnopqrst"
    }
    files |= {f"tide/tide-{n:02}.txt": tale("Tide", chapters=1, first=n) for n in range(1, 31)}
    files |= {f"copies/copy-{name}.txt": tale(f"Tale {name}", chapters=2) for name in "abcd"}
    files |= {"harbour.sql": harbour()}
    files |= {"blob.bin": b"\0\1" * 999, "empty.txt": ""}
    folder = stories(files)
    with zipfile.ZipFile(folder / "box.zip", "w") as box:
        for number in range(20):
            box.writestr(f"in-the-box/{'abcdefghijklmnopqrst'[number]}.txt", tale(f"Boxed {number}", chapters=2))
    return folder


@pytest.fixture
def undisturbed(tmp_path: Path, hoard: Path, library: Path) -> dict[str, Any]:
    """What the library holds after an `add` that nothing disturbs."""
    from ficshelf.library import intake, unpacked

    with unpacked.scratch(library) as scratch:
        intake.add(library, list(sources.walk([hoard], scratch=scratch)))
    assert models.Work.objects.count() == 49
    assert models.Review.objects.count() == 16
    return dump()


SOAK = range(1, KILLS // A_LIBRARY + 1) if KILLS > A_LIBRARY else ()


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in SOAK)])
def test_killed_at_any_moment_it_loses_nothing_and_goes_on(
    tmp_path: Path, hoard: Path, undisturbed: dict[str, Any], seed: int
) -> None:
    dice = random.Random(seed)
    folder = tmp_path / "killed"
    saved: list[dict[str, Any]] = []
    for _ in range(A_LIBRARY):
        process = start(folder, hoard)
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(dice.choice([0, 0, 1, 2, 4, 6]))]
        time.sleep(dice.uniform(0, 1.0 if not lines else 0.05))
        process.kill()
        rest, errors = process.communicate()
        assert process.returncode in (-signal.SIGKILL, 0), errors
        saved += acknowledged([*lines, *rest.splitlines(keepends=True)])
        assert_kept(folder, saved)
    process = start(folder, hoard)
    _, errors = process.communicate()
    assert process.returncode == 0, errors
    assert_kept(folder, saved)
    assert dump() == undisturbed


def test_ctrl_c_saves_what_is_at_hand_and_says_how_to_go_on(
    tmp_path: Path, hoard: Path, undisturbed: dict[str, Any]
) -> None:
    folder = tmp_path / "stopped"
    process = start(folder, hoard, start_new_session=True)
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(3)]
    os.killpg(process.pid, signal.SIGINT)  # as a terminal sends it, to all of its processes
    rest, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in errors
    lines += rest.splitlines(keepends=True)
    assert json.loads(lines[-1])["stopped"] is True
    assert_kept(folder, acknowledged(lines))
    start(folder, hoard).communicate()
    setup(folder)
    assert dump() == undisturbed


@pytest.mark.parametrize("large", [False, True], ids=["database", "originals"])
def test_a_full_disk_is_said_clearly_and_leaves_nothing_in_parts(
    tmp_path: Path, hoard: Path, stories: Callable[..., Path], library: Path, large: bool
) -> None:
    limit = 600_000  # bytes that a file may have: stands in for a disk that is full
    if large:
        stories({"one-h.txt": tale("Tale h") + "\n" + "It rained on and on, and nobody minded. " * 20_000})
    folder = tmp_path / "full"
    setup(folder)
    process = start(
        folder, hoard, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    )
    output, errors = process.communicate(timeout=120)
    assert process.returncode == 2
    assert "Traceback" not in errors
    assert "cannot be written" in errors
    assert "Make room" in errors
    saved = acknowledged(output.splitlines(keepends=True))
    assert_kept(folder, saved)
    assert models.Work.objects.count() >= len(saved)
    process = start(folder, hoard)
    _, errors = process.communicate()
    assert process.returncode == 0, errors
    setup(folder)
    assert models.Work.objects.count() == 49


def test_after_a_power_cut_what_is_committed_has_its_original(
    library: Path, hoard: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Original written and synced, renamed, folder synced; only then the commit; only then the acknowledgement."""
    from django.db import connection

    from ficshelf import pool
    from ficshelf.library import intake, reader

    events: list[tuple[str, str]] = []
    fsync, replace, commit = os.fsync, os.replace, connection._commit

    def see_fsync(handle: int) -> None:
        fsync(handle)
        events.append(("synced", os.readlink(f"/proc/self/fd/{handle}")))

    def see_replace(old: Any, new: Any) -> None:
        replace(old, new)
        events.append(("renamed", str(new)))

    def see_commit() -> None:
        commit()
        events.append(("committed", ""))

    class Listening(intake.Progress):
        def saved(self, work: intake.Saved) -> None:
            events.extend(("acknowledged", sha256) for sha256 in work.sources)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", see_fsync)
        patch.setattr(os, "replace", see_replace)
        patch.setattr(connection, "_commit", see_commit)
        patch.setattr(intake, "READ", reader.read)
        patch.setattr(pool, "run", lambda work, tasks, **limits: ((task, work(task)) for task in tasks))
        intake.add(library, list(sources.walk([hoard])), Listening())

    acknowledgements = [number for number, event in enumerate(events) if event[0] == "acknowledged"]
    assert len(acknowledgements) > 40
    for number in acknowledgements:
        path = originals.path_of(library, events[number][1])
        before = events[:number]
        committed = max(at for at, event in enumerate(before) if event[0] == "committed")
        renamed = before.index(("renamed", str(path)))
        written = [
            at for at, event in enumerate(before) if event[0] == "synced" and Path(event[1]).stem.startswith(path.name)
        ]
        folder = before.index(("synced", str(path.parent)), renamed)
        assert written[0] < renamed < folder < committed
        for above in (path.parent.parent, library / "originals", library):
            assert ("synced", str(above)) in events[:committed]
