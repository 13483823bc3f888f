"""A process that reads hostile input within bounds: `bounded(data, path)` gives what came of it, or fails."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

MEGABYTES = 1024  # of memory beyond what the program itself takes
SECONDS = 20  # of processor time: some hundred times what a linear pass needs, so that a slow machine is no failure


class Outcome(NamedTuple):
    """What came of reading hostile input. `lost` and `beyond` are spans; both must be empty."""

    seconds: float
    megabytes: float
    kinds: set[str]
    readers: list[str]
    texts: list[str]
    lengths: list[int]
    works: int
    beyond: list[Any]
    lost: list[Any]


Bounded = Callable[..., Outcome]


@pytest.fixture(scope="session")
def bounded() -> Iterator[Bounded]:
    """Reads bytes in a process of its own, within bounds on memory and processor time, and holds the outcome to what
    any outcome must be: nothing raised, no span beyond the text, no letter lost, and a work or a remark."""
    probe = subprocess.Popen(
        [sys.executable, Path(__file__).parent / "probe.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )

    def read(data: bytes, path: str = "story.txt", megabytes: int = MEGABYTES, seconds: int = SECONDS) -> Outcome:
        assert probe.stdin
        assert probe.stdout
        pickle.dump((((data, path),), megabytes, seconds), probe.stdin)
        probe.stdin.flush()
        answer = pickle.load(probe.stdout)
        assert "failed" not in answer, f"{len(data):,} bytes: {answer['failed']}"
        outcome = Outcome(**answer)
        assert not outcome.beyond
        assert not outcome.lost
        assert outcome.works or outcome.kinds, "neither a work nor a remark"
        return outcome

    yield read
    assert probe.stdin
    probe.stdin.close()
    probe.wait(10)
