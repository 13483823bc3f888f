"""Programs that do the nearest thing to reading a story, timed on the same files in the same run.

None of them looks for titles, chapters, breaks or notes: they only make text or markup of a file. They are slow, so
each gets a few files only, and its rate is of those.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.measure import HERE, Figure

PYTHON = HERE.parent / ".venv-peers" / "bin" / "python"
PROGRAMS = {"pandoc": ("pandoc", "--to", "plain"), "calibre's ebook-convert": ("ebook-convert",)}
FILES = 6


def figures(names: Sequence[str], files: Sequence[tuple[bytes, str]], unit: str) -> list[Figure]:
    """The rates of those peers that are there, in "MB/s" of the files' bytes or in "works/s", on one core."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, (data, name) in enumerate(files[:FILES]):
            path = Path(folder) / f"{number}{Path(name).suffix}"
            path.write_bytes(data)
            paths.append(path)
        amount = sum(path.stat().st_size for path in paths) / 1e6 if unit == "MB/s" else len(paths)
        return [
            Figure(f"  peer: {name}", (amount / seconds,), unit)
            for name in names
            if (seconds := _seconds(name, paths, Path(folder)))
        ]


def _seconds(name: str, paths: list[Path], folder: Path) -> float:
    """The processor time of a peer over these files; 0 where it is not there."""
    if name not in PROGRAMS:
        if not PYTHON.exists():
            return 0.0
        command = [str(PYTHON), str(HERE / "peer.py"), name, *map(str, paths)]
        ended = subprocess.run(command, check=False, capture_output=True, text=True)
        if ended.returncode:
            print(f"{name} is left out: {ended.stderr.strip().splitlines()[-1]}", file=sys.stderr)
            return 0.0
        return float(ended.stdout)
    program, *options = PROGRAMS[name]
    if not shutil.which(program):
        return 0.0
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for path in paths:
        target = [str(folder / "out.txt")] if program == "ebook-convert" else ["--output", str(folder / "out.txt")]
        subprocess.run([program, str(path), *target, *options], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
