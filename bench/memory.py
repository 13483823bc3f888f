"""The memory that `ficshelf read` takes at its height, against twelve times its largest file and 100 MB."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

from bench import layouts
from bench.measure import FICSHELF, KEPT, Figure
from bench.stories import Storyteller


def run() -> list[Figure]:
    # One work of four million words, longer than nearly all there are, and one as long as a novel.
    return [
        _figure(f"peak memory of reading {label} of {{:.1f}} MB{' as JSON' if as_json else ''}", path, as_json)
        for words in (4_000_000, 200_000)
        for label, path in _files(words)
        for as_json in (False, True)
    ]


def _files(words: int) -> list[tuple[str, Path]]:
    story = Storyteller(1).story(0, words, 3000)
    found = []
    for label, layout, suffix in (("text", layouts.labelled, "txt"), ("a page", layouts.tagged_archive, "html")):
        path = KEPT / f"long-{words}.{suffix}"
        if not path.exists():
            KEPT.mkdir(exist_ok=True)
            path.write_text(layout(story, random.Random(1)), encoding="utf-8")
        found.append((label, path))
    return found


def _figure(what: str, path: Path, as_json: bool) -> Figure:
    size = path.stat().st_size / 1e6
    peak = _peak([FICSHELF, "read", *(["--json"] if as_json else []), str(path)])
    return Figure(what.format(size), (peak,), "MB", at_most=12 * size + 100)


def _peak(command: list[str]) -> float:
    """The most memory that a command had at once, in MB. A small process starts it: the system counts what the starting
    process had to the one that it starts."""
    watch = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    watched = subprocess.run([sys.executable, "-S", "-c", watch, *command], check=True, stdout=subprocess.PIPE)
    return int(watched.stdout) * 1024 / 1e6
