"""Twice the size takes about twice the time: for reading as a whole and for each pass, on what is worst for it.

Every hostile shape of `bench/shapes.py` goes through every pass at a quarter of its size and at half of it, so that
each pass meets its own worst case: the shapes on which it spends the most time a byte. The greatest ratio is printed,
and where it was. A step that takes less than 100 ms of the larger size is left out: the clock would measure itself.
"""

from __future__ import annotations

import gc
import os
import pickle
import resource
import sys
import time
from collections.abc import Iterator
from typing import NamedTuple

from bench import site_shapes
from bench.measure import Figure
from bench.shapes import BYTES, PAGES, TEXTS, Shape
from ficshelf import assemble, passes, readers
from ficshelf.reading import source_of, uncollected

TIMES_AT_MOST = 2.2
LEAST = 0.1  # seconds of processor time, which some systems count in steps of 4 ms
AGAIN = 3  # runs of those that seem to miss the limit: the quickest of them counts
SECONDS = 120  # of processor time for one reading


class Step(NamedTuple):
    """What one step took on one shape, and on one twice as large, in seconds of processor time."""

    shape: str
    once: float
    twice: float

    @property
    def times(self) -> float:
        return self.twice / max(self.once, 1e-9)


def run() -> list[Figure]:
    taken: dict[str, list[Step]] = {}
    shapes = [
        (f"{kind}: {name}", shape, size, path)
        for kind, family, path in (
            ("page", PAGES, "page.html"),
            ("archive's page", site_shapes.PAGES, "page.html"),
            ("text", TEXTS, "a.txt"),
            ("bytes", BYTES, "a.txt"),
        )
        for name, (shape, size) in family.items()
    ]
    for number, (name, shape, size, path) in enumerate(shapes, 1):
        print(f"\r{number}/{len(shapes)}  {name:40}", end="", file=sys.stderr)
        for step, times in measured(name, shape, size, path).items():
            taken.setdefault(step, []).append(times)
    print(file=sys.stderr)
    return [figure(step, steps) for step, steps in taken.items()]


def figure(step: str, steps: list[Step]) -> Figure:
    """The greatest ratio of a step, over the shapes that took it long enough to be measured."""
    long = [one for one in steps if one.twice >= LEAST]
    if not long:
        slowest = max(one.twice for one in steps)
        return Figure(step, (slowest * 1000,), "ms", note="at most: too short to be compared")
    worst = max(long, key=lambda one: one.times)
    return Figure(step, (worst.times,), "times", at_most=TIMES_AT_MOST, note=f"{worst.shape}, {worst.twice:.2f} s")


def measured(name: str, shape: Shape, size: int, path: str) -> dict[str, Step]:
    """What each step takes on a shape. What seems too long is run again: a busy machine makes times longer, never
    shorter."""
    single, double = apart(shape(size // 4), path), apart(shape(size // 2), path)
    for _ in range(AGAIN):
        if all(
            double[step] < LEAST or double[step] <= TIMES_AT_MOST * single.get(step, double[step]) for step in double
        ):
            break
        for best, data in ((single, shape(size // 4)), (double, shape(size // 2))):
            for step, seconds in apart(data, path).items():
                best[step] = min(best.get(step, seconds), seconds)
    return {step: Step(name, single[step], double[step]) for step in double if step in single}


def apart(data: bytes, path: str) -> dict[str, float]:
    """`steps`, in a fork of this process: no reading finds the memory that another one left behind."""
    out, into = os.pipe()
    child = os.fork()
    if not child:
        os.close(out)
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        with os.fdopen(into, "wb") as stream, uncollected():  # as all reading is done
            pickle.dump(dict(steps(data, path)), stream)
        os._exit(0)
    os.close(into)
    with os.fdopen(out, "rb") as stream:
        written = stream.read()
    os.waitpid(child, 0)
    if not written:
        raise SystemExit(f"Reading {len(data):,} bytes took more than {SECONDS} s, or ended the process.")
    taken: dict[str, float] = pickle.loads(written)
    return taken


def steps(data: bytes, path: str) -> Iterator[tuple[str, float]]:
    """Each step of reading, and its processor time in seconds."""
    gc.collect()
    began = time.process_time()
    draft = readers.read(data, path)
    yield "reader", time.process_time() - began
    for name, apply in passes.PASSES:
        gc.collect()
        began = time.process_time()
        draft = apply(draft)
        yield f"pass: {name}", time.process_time() - began
    gc.collect()
    began = time.process_time()
    assemble.assemble([(source_of(data, draft), draft)])
    yield "assemble", time.process_time() - began
