"""An archive added to a fresh library by the program itself, with the time and the memory that it took."""

from __future__ import annotations

import os
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
    began = time.perf_counter()
    with (scratch / "said.txt").open("wb") as out:
        command = [FICSHELF, "add", "--library", str(library), str(folder)]
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
        most = 0
        spent: dict[int, float] = {}  # by process; asked for as long as it lives, for nobody waits for those that read
        while process.poll() is None:
            alive = [process.pid, *_started(process.pid)]
            most = max(most, sum(map(_own, alive)))
            spent |= {pid: seconds for pid in alive if (seconds := _spent(pid))}
            time.sleep(0.2)
    said = (scratch / "said.txt").read_text(encoding="utf-8", errors="replace")
    if process.returncode not in (0, 1):  # 1: something was left unread, which the score shows
        raise subprocess.CalledProcessError(process.returncode, command, said)
    return Took(time.perf_counter() - began, sum(spent.values()), most / 1024, said)


def _spent(pid: int) -> float:
    """The seconds of processors that a process took so far."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0.0
    user, system = told.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _own(pid: int) -> int:
    """The kilobytes of a process; what it shares is counted in parts."""
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
