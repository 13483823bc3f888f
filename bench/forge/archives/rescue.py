"""An archive added to a fresh library by the program itself, with the time and the memory that it took."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

from bench.measure import FICSHELF


class Took(NamedTuple):
    """Seconds of the clock, and the most megabytes that the program and its processes had together; what they share is
    counted once."""

    seconds: float
    cpu: float  # seconds of processors, of all processes
    megabytes: float
    said: str


def rescue(folder: Path, library: Path, scratch: Path) -> Took:
    """Add a folder to a library. Raises CalledProcessError where the program says that it failed."""
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    with (scratch / "said.txt").open("wb") as out:
        command = [FICSHELF, "add", "--library", str(library), str(folder)]
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
        most = 0
        while process.poll() is None:
            most = max(most, _held(process.pid))
            time.sleep(0.2)
    said = (scratch / "said.txt").read_text(encoding="utf-8", errors="replace")
    if process.returncode not in (0, 1):  # 1: something was left unread, which the score shows
        raise subprocess.CalledProcessError(process.returncode, command, said)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Took(time.perf_counter() - began, cpu, most / 1024, said)


def _held(pid: int) -> int:
    """The kilobytes of a process and of all that it started."""
    return sum(_own(one) for one in (pid, *_started(pid)))


def _own(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _started(pid: int) -> list[int]:
    found: list[int] = []
    for task in _listed(f"/proc/{pid}/task"):
        try:
            children = Path(f"/proc/{pid}/task/{task}/children").read_text(encoding="ascii")
        except OSError:
            continue
        for child in map(int, children.split()):
            found += [child, *_started(child)]
    return found


def _listed(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []
