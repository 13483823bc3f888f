"""What every bench uses: a measured figure against its limit, the corpus, and libraries built of it."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar

from bench import corpus

HERE = Path(__file__).parent
KEPT = HERE / "corpus"  # corpora and libraries, kept for the next run
OUT = HERE / "out"
FICSHELF = str(Path(sys.executable).with_name("ficshelf"))

Item = TypeVar("Item")


class Figure(NamedTuple):
    """A measured figure: the median of `runs`, in `unit`, which has to be at least, or else at most, `limit`.

    Without a limit it is told for orientation only, as the figure of a peer is.
    """

    what: str
    runs: tuple[float, ...]
    unit: str
    at_least: float | None = None
    at_most: float | None = None
    note: str = ""

    @property
    def value(self) -> float:
        return statistics.median(self.runs)

    @property
    def limit(self) -> float | None:
        return self.at_least if self.at_least is not None else self.at_most

    @property
    def ratio(self) -> float | None:
        """How many times better than the limit; below 1 it is missed."""
        if self.limit is None:
            return None
        return self.value / self.limit if self.at_least is not None else self.limit / self.value

    def as_dict(self) -> dict[str, object]:
        return {**self._asdict(), "value": self.value, "ratio": self.ratio}


def once(work: Callable[[], object]) -> float:
    """Seconds that it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def rates(amount: float, work: Callable[[Item], object], items: Sequence[Item], runs: int = 3) -> tuple[float, ...]:
    """`amount` a second of one core's time, of as many runs over all items. What comes of an item is not kept."""
    measured = []
    for _ in range(runs):
        began = time.process_time()
        for item in items:
            work(item)
        measured.append(amount / (time.process_time() - began))
    return tuple(measured)


def percentile(values: Sequence[float], part: float) -> float:
    """The value that `part` (of 1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def stories(works: int = 500, words: int = 10_000_000, chapter_words: int = corpus.CHAPTER_WORDS) -> Path:
    """The folder of that corpus, made at its first use."""
    return corpus.stored(KEPT, works, words, chapter_words=chapter_words)


def bytes_of(folder: Path, pattern: str) -> list[tuple[bytes, str]]:
    """The files of that name below a folder, as readers take them."""
    return [(path.read_bytes(), path.name) for path in sorted(folder.rglob(pattern))]


def run(*arguments: str | Path, library: Path) -> str:
    """Run a command of ficshelf on a library; what it printed."""
    command = [FICSHELF, arguments[0], "--library", library, *arguments[1:]]
    return subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True).stdout


def count(library: Path) -> tuple[int, int]:
    """How many works and chapters a library holds."""
    ask = "SELECT (SELECT count(*) FROM library_work), (SELECT count(*) FROM library_chapter)"
    [(works, chapters)] = _rows(library, ask)
    return works, chapters


def chapter_addresses(library: Path, number: int) -> list[str]:
    """The paths of that many chapter pages, all over the library."""
    rows = _rows(library, "SELECT work_id, position FROM library_chapter ORDER BY id")
    return [f"/works/{work}/chapters/{position}" for work, position in random.Random(1).sample(rows, number)]


def _rows(library: Path, ask: str) -> list[tuple[int, int]]:
    with closing(sqlite3.connect(f"file:{library / 'library.sqlite3'}?mode=ro", uri=True)) as database:
        return database.execute(ask).fetchall()


def forget_files() -> str:
    """Make the next reading come from the disk; where that is not allowed, says so."""
    os.sync()
    try:
        Path("/proc/sys/vm/drop_caches").write_text("3\n")
    except OSError:
        return "files were in memory: the system's cache may be dropped by root alone"
    return "files read from the disk"


def large_library() -> Path:
    """A library of 5,000 works and 50,000 chapters of 1,000 words, built by this very code, kept until it changes."""
    source = HERE.parent / "src"
    digest = hashlib.sha256()
    for path in sorted(source.rglob("*.py")):
        digest.update(path.read_bytes())
    library = KEPT / f"library-{digest.hexdigest()[:12]}"
    whole = library / "whole"
    if not whole.exists():
        for old in KEPT.glob("library-*"):
            shutil.rmtree(old)
        folder = stories(5_000, 50_000_000, chapter_words=1_000)
        print(f"building a library of 5,000 works in {library} …", file=sys.stderr)
        run("add", folder, library=library)
        whole.touch()
    return library


@contextmanager
def new_library() -> Iterator[Path]:
    """An empty library on the disk that the corpus is on, removed afterwards."""
    library = KEPT / f"new-{os.getpid()}"
    shutil.rmtree(library, ignore_errors=True)
    try:
        yield library
    finally:
        shutil.rmtree(library, ignore_errors=True)


def save(name: str, figures: Sequence[Figure]) -> None:
    """Keep the figures of a bench as bench/out/NAME.json."""
    OUT.mkdir(exist_ok=True)
    (OUT / f"{name}.json").write_text(json.dumps([figure.as_dict() for figure in figures], indent=1) + "\n")
