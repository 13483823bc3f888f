"""What processes do in the tests instead of reading well."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

from ficshelf.library import reader


def crash(task: Any) -> bytes:
    """Reads, but files named `crash`, `hang` and so on do that."""
    names = set() if task.unread else {Path(place.path).stem for place in task.places}
    if "crash" in names:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "hang" in names:
        time.sleep(60)
    if "greedy" in names:
        bytearray(8 << 30)
    if "wrong" in names:
        raise ValueError("no such thing")
    return reader.read(task)


def crash_on_second(task: Any) -> bytes:
    if not task.unread and any(place.path.endswith("tide-2.txt") for place in task.places):
        os._exit(9)
    return reader.read(task)


def echo(task: int) -> bytes:
    if task % 97 == 5:
        os._exit(3)
    time.sleep(0.001 * (task % 3))
    return str(task).encode() * 1000
