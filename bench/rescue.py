"""Rescuing an archive of 2,000 stories of eFiction, a dump and its folder, into a new library, from cold."""

from __future__ import annotations

import shutil
from pathlib import Path

from bench.forge.archives.make import make
from bench.forge.archives.rescue import Took, rescue
from bench.measure import KEPT, Figure, forget_files, new_library

STORIES, CHAPTER_WORDS = 2_000, 2_000


def run() -> list[Figure]:
    took, size, note = measured(STORIES)
    return [
        Figure(
            f"rescue an archive of {STORIES:,} stories, {size:.0f} MB", (took.seconds,), "s", at_most=120, note=note
        ),
        Figure("the same, seconds of two processors", (took.cpu / 2,), "s", at_most=120),
        Figure("the same, memory of all processes at the height", (took.megabytes,), "MB", at_most=500),
    ]


def measured(stories: int) -> tuple[Took, float, str]:
    """What it takes to rescue an archive of so many stories, its megabytes, and where its files were before."""
    folder = KEPT / f"archive-{stories}"
    if not (folder / "archive").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        make(folder, stories, 1, 3, "mysqldump", CHAPTER_WORDS, "plain")
    size = sum(path.stat().st_size for path in Path(folder, "archive").rglob("*") if path.is_file())
    with new_library() as library:
        note = forget_files()
        return rescue(folder / "archive", library, folder), size / 1e6, note
