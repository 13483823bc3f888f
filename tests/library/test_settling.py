"""What is settled when all of an archive is there: it is seen to get on, can be stopped, and goes on from there."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tales import dump, harbour

from ficshelf import sources
from ficshelf.library import intake, models, settling, unpacked
from ficshelf.library.progress import Progress

MEMBERS = [(1, "Quill", "quill@example.org"), (2, "Ash", "ash@example.org"), (3, "Wren", "ash@example.org")]


class Heard(Progress):
    """Notes what is settled; with `stop_at`, presses Ctrl-C when it hears of it."""

    def __init__(self, stop_at: str = "") -> None:
        self.stop_at = stop_at
        self.told: list[tuple[str, int, int]] = []

    def settling(self, what: str, done: int, of: int) -> None:
        self.told.append((what, done, of))
        if what == self.stop_at:
            os.kill(os.getpid(), signal.SIGINT)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    series = [(number, f"Years {number}", "All of them.", 1, 1) for number in (2, 3)]
    held = [(number, number + 1, 0, 1, 1) for number in (2, 3)]
    members = [(uid, name, mail, "I write.", "0" * 32) for uid, name, mail in MEMBERS[1:]]
    text = harbour(4, {"series": series, "inseries": held, "authors": members})
    (folder / "dump.sql").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def add(library: Path, archive: Path) -> Callable[[Progress], Any]:
    def run(progress: Progress) -> Any:
        with unpacked.scratch(library) as scratch:
            return intake.add(library, list(sources.walk([archive], library, scratch)), progress)

    return run


def test_settling_tells_how_it_gets_on(add: Callable[[Progress], Any]) -> None:
    heard = Heard()
    add(heard)
    assert heard.told == [
        *(("Series", done, 3) for done in range(3)),
        *(("Works in series", done, 3) for done in range(3)),
        *(("Members", done, 3) for done in range(3)),
    ]


@pytest.mark.parametrize("stop_at", ["Series", "Works in series", "Members"])
def test_ctrl_c_leaves_the_settling_to_the_next_run(add: Callable[[Progress], Any], stop_at: str) -> None:
    stopped = add(Heard(stop_at))
    assert stopped.stopped
    assert stopped.balances == []
    assert models.Work.objects.count() == 4
    assert not models.SeriesPart.objects.exclude(series__records=None).exists()  # undone as a whole
    assert models.Sealed.objects.filter(who__startswith="authors/").exists()
    again = add(Progress())
    assert not again.stopped
    assert again.known == again.files
    assert [sheet.unaccounted for sheet in again.balances] == [0]
    assert models.SeriesPart.objects.exclude(series__records=None).count() == 4
    assert not models.Sealed.objects.filter(who__startswith="authors/").exists()
    assert models.Question.objects.get(about="same-person").answer == ""


def test_settling_again_changes_nothing(add: Callable[[Progress], Any]) -> None:
    add(Progress())
    before = dump()
    [container] = set(models.Sealed.objects.values_list("container", flat=True))
    settling.settle(container)
    assert dump() == before


def test_an_address_that_a_member_has_twice_is_kept_once(add: Callable[[Progress], Any]) -> None:
    add(Progress())
    [container] = set(models.Sealed.objects.values_list("container", flat=True))
    models.Sealed.objects.create(
        container_id=container, who="authors/1", value="Quill@example.org", fold="quill@example.org"
    )
    settling.settle(container)
    held = models.Sealed.objects.values_list("who", "value")
    assert sorted(held) == sorted((name, mail) for _, name, mail in MEMBERS)
