"""How well all cases of tests/stories are read, by kind of block: figures that may rise and never fall.

`tests/floors.json` pins them, in percent. A case that is read wrong fails on its own in test_stories.py; the table here
shows what a change does to each kind of reading over all of them.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from test_stories import CASES, expected_of, plain, reading_of, settle, spans_of

from ficshelf.model import STATED

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))
KINDS = ("heading", "break", "note", "verse", "quote", "end")


def measured() -> dict[str, float]:
    """Precision and recall of each kind, the share of facts and chapters that are exact, and characters lost."""
    right: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    read: Counter[str] = Counter()
    for case in CASES:
        reading, expected = reading_of(case), expected_of(case)
        free = expected.get("free", [])
        for number, work in enumerate(expected["works"]):
            found = reading.works[number] if number < len(reading.works) else None
            chapters = found.chapters if found else ()
            got: list[list] = [[block.kind, plain(block.text), []] for chapter in chapters for block in chapter.blocks]
            settled = [settle(block[:2], got) for chapter in work["chapters"] for block in chapter["blocks"]]
            for kind in KINDS:
                here = Counter(block[1] for block in settled if block and block[0] == kind)
                there = Counter(block[1] for block in got if block[0] == kind)
                wanted[kind] += here.total()
                read[kind] += there.total()
                right[kind] += (here & there).total()
            facts = {
                (name, value)
                for name, values in work["facts"].items()
                for how, value in values
                if how == STATED and name not in free
            }
            stated = {
                (name, fact.value)
                for name, several in (found.facts.items() if found else ())
                for fact in several
                if fact.how == STATED and name not in free
            }
            wanted["facts"] += len(facts)
            read["facts"] += len(stated)
            right["facts"] += len(facts & stated)
            numbered = Counter((chapter["number"], chapter["title"]) for chapter in work["chapters"])
            cut = Counter((chapter.number, chapter.title) for chapter in chapters)
            wanted["chapters"] += numbered.total()
            read["chapters"] += cut.total()
            right["chapters"] += (numbered & cut).total()
    figures = {}
    for name in (*KINDS, "facts", "chapters"):
        figures[f"{name} precision"] = 100 * right[name] / max(1, read[name])
        figures[f"{name} recall"] = 100 * right[name] / max(1, wanted[name])
    figures["characters kept"] = 100 * (1 - lost_share())
    return figures


def lost_share() -> float:
    """The share of characters that lie in no block, fact or chrome."""
    lost = told = 0
    for case in CASES:
        reading = reading_of(case)
        for index, source in enumerate(reading.sources):
            covered = bytearray(len(source.text))
            for start, end in spans_of(reading, index):
                covered[start:end] = b"\1" * (end - start)
            told += sum(1 for letter in source.text if not letter.isspace())
            lost += sum(1 for place, letter in enumerate(source.text) if not covered[place] and not letter.isspace())
    return lost / max(1, told)


def test_no_kind_of_reading_falls_below_its_floor() -> None:
    figures = measured()
    table = "\n".join(f"{name:20} {figures.get(name, 0):7.2f}  floor {floor:7.2f}" for name, floor in FLOORS.items())
    fallen = [name for name, floor in FLOORS.items() if figures.get(name, 0) < floor - 0.005]
    if fallen:
        pytest.fail(f"below the floor: {', '.join(fallen)}\n{table}", pytrace=False)
    assert set(figures) == set(FLOORS), f"floors.json names other figures\n{table}"
