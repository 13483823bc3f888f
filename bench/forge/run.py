"""Makes, reads and scores many files, over all processors."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field

from bench.forge.job import Made
from bench.forge.make import make
from bench.forge.score import Score, score
from ficshelf import reading

PER_TASK = 25


@dataclass(slots=True)
class Run:
    """What came of many files, in all and apart."""

    total: Score = field(default_factory=Score)
    layouts: dict[str, Score] = field(default_factory=dict)
    damages: dict[str, Score] = field(default_factory=dict)
    files: list[tuple[int, str, str, tuple[str, ...], list[str]]] = field(default_factory=list)  # errors, seed …, slips


def one(seed: str, layout: str = "", damage: str = "") -> tuple[Made, reading.Reading, Score]:
    """Make, read and score the file of one seed."""
    made = make(seed, layout, [damage] if damage else None)
    got = reading.read([(made.data, made.name)])
    return made, got, score(made, got)


def _some(task: tuple[list[str], str, str]) -> list[tuple[str, str, tuple[str, ...], Score]]:
    seeds, layout, damage = task
    done = []
    for seed in seeds:
        made, _, result = one(seed, layout, damage)
        done.append((seed, made.layout, made.damages, result))
    return done


def run(seed: int, files: int, layout: str = "", damage: str = "", processes: int = 0) -> Run:
    """Score `files` files of `seed`: their seeds are `seed/0`, `seed/1` …"""
    seeds = [f"{seed}/{number}" for number in range(files)]
    tasks = [(seeds[at : at + PER_TASK], layout, damage) for at in range(0, files, PER_TASK)]
    made = Run()
    if processes == 1:
        results = map(_some, tasks)
        _gather(made, results)
    else:
        with ProcessPoolExecutor(processes or os.cpu_count()) as pool:
            _gather(made, pool.map(_some, tasks))
    return made


def _gather(made: Run, results: object) -> None:
    for done in results:  # type: ignore[attr-defined]
        for seed, layout, damages, result in done:
            made.total.add(result)
            made.layouts.setdefault(layout, Score()).add(result)
            for name in damages or ("none",):
                made.damages.setdefault(name, Score()).add(result)
            if result.errors:
                made.files.append((result.errors, seed, layout, damages, result.slips))
    made.files.sort(key=lambda entry: (-entry[0], entry[1]))
