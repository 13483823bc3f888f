"""The forge reads 200 files that it made: figures that may rise and never fall. And the forge itself is honest.

`tests/forge_floors.json` holds the floors. When the figures have risen, `python -m tests.test_forge` writes them anew;
by hand they go down only with a reason in the commit.
"""

from __future__ import annotations

import html
import io
import json
import os
import sys
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from bench.forge import alike, stories
from bench.forge import make as forge
from bench.forge.bars import bars, table
from bench.forge.damages import DAMAGES
from bench.forge.job import Made
from bench.forge.layouts import LAYOUTS
from bench.forge.run import Run, run
from bench.forge.score import KINDS, Score, compare, share
from bench.forge.second_parser import letters, source_text
from bench.forge.truth import Truth, as_blocks

from ficshelf.model import STATED, Block, Chapter, Fact, Reading, Work
from ficshelf.model import Run as Words

os.environ.pop("FICSHELF_BOOKS", None)  # the sample is the same everywhere
FLOORS = Path(__file__).with_name("forge_floors.json")
SEED, FILES = 20_000, 200


@cache
def sample() -> Run:
    return run(SEED, FILES, processes=1)


def figures() -> dict[str, float]:
    """What is promised, by name; losses are counted downwards from none."""
    total = sample().total
    found = {}
    for kind in KINDS:
        found[f"{kind} precision"] = total.kinds[kind].precision
        found[f"{kind} recall"] = total.kinds[kind].recall
    found["stated facts exact"] = share(total.exact, total.stated)
    found["chapter lists exact"] = share(total.chapters, total.files)
    for name in ("invented", "lost", "letters_lost", "joined", "split"):
        found[f"minus {name}"] = -float(getattr(total, name))
    return {name: round(value, 4) for name, value in found.items()}


@pytest.mark.parametrize("name", json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else [])
def test_figures_never_fall(name: str) -> None:
    floor = json.loads(FLOORS.read_text(encoding="utf-8"))[name]
    assert figures()[name] >= floor, f"{name} fell; python -m bench.forge --seed {SEED} --files {FILES} shows where"


def test_of_the_guesses_told_as_sure_nine_in_ten_are_right() -> None:
    sure = [right for _, confidence, right in sample().total.guesses if confidence >= 0.9]
    assert len(sure) > 200
    assert share(sum(sure), len(sure)) >= 0.87, "python -m bench.forge ends with a table that shows where"


def test_every_figure_has_a_floor() -> None:
    assert set(json.loads(FLOORS.read_text(encoding="utf-8"))) == set(figures())


# --- the forge is honest


@pytest.mark.parametrize("layout", LAYOUTS)
def test_same_seed_makes_the_same_bytes(layout: str) -> None:
    once, again = forge.make("9/1", layout), forge.make("9/1", layout)
    assert (once.data, once.truth, once.damages) == (again.data, again.truth, again.damages)
    assert once.data != forge.make("9/2", layout).data


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_the_truth_tells_stands_in_the_file(layout: str) -> None:
    for number in range(8):
        made = forge.make(f"10/{number}", layout)
        told = "".join(block.text for block in as_blocks(made.truth) if block.kind != "break")
        ascii_only = made.job.ascii_only
        missing = letters(told, ascii_only=ascii_only) - letters(source_text(made), ascii_only=ascii_only)
        assert not missing, (made.seed, made.damages, missing)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_the_truth_states_stands_in_the_file(layout: str) -> None:
    for number in range(8):
        made = forge.make(f"11/{number}", layout)
        if made.job.ascii_only:
            continue
        text = letters(made.job.text or _everything(made))
        for name, values in made.truth.facts.items():
            for value in values:
                assert isinstance(value, bool) or not letters(value) - text, (made.seed, name, value)


def _everything(made: Made) -> str:
    """The text of a file, and that of a book's metadata."""
    if made.data[:2] != b"PK":
        return source_text(made)
    with zipfile.ZipFile(io.BytesIO(made.data)) as package:
        return html.unescape("".join(package.read(name).decode("utf-8") for name in package.namelist()))


def test_there_are_enough() -> None:
    assert len(LAYOUTS) >= 12
    assert len(DAMAGES) >= 60
    assert all((damage.apply.__doc__ or "").strip() for damage in DAMAGES.values())


@pytest.mark.parametrize("name", DAMAGES)
def test_each_damage_changes_something(name: str) -> None:
    done = 0
    for number in range(200):
        made = forge.make(f"12/{number}", damages=[name])
        if made.damages == (name,):
            assert made.data != forge.make(f"12/{number}", made.layout, ()).data
            done += 1
            if done == 2:
                return
    raise AssertionError("this damage befell fewer than two of 200 files")


def test_each_layout_and_most_damages_are_in_the_sample() -> None:
    assert set(sample().layouts) == set(LAYOUTS)
    assert len(set(DAMAGES) - set(sample().damages)) <= len(DAMAGES) // 10


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_truth_itself_scores_full_marks(layout: str) -> None:
    for number in range(8):
        truth = forge.make(f"13/{number}", layout).truth
        scored = compare(truth, oracle(truth))
        assert scored.errors == 0, scored.slips


def test_what_is_wrong_costs() -> None:
    truth = next(truth for truth in map(_truth, range(50)) if len(truth.works[0]) > 1 and truth.facts.get("title"))
    right = oracle(truth)
    work = right.works[0]
    unheaded = work._replace(chapters=(work.chapters[0],))
    assert compare(truth, right._replace(works=(unheaded,))).chapters == 0
    untitled = work._replace(facts={name: facts for name, facts in work.facts.items() if name != "title"})
    lacking = compare(truth, right._replace(works=(untitled,)))
    assert (lacking.stated - lacking.exact, lacking.invented) == (1, 0)
    more = work._replace(facts={**work.facts, "url": (Fact("http://example.org"),)})
    assert compare(truth, right._replace(works=(more,))).invented == ("url" not in truth.free)
    first = work.chapters[0].blocks
    joined = first[0]._replace(runs=(Words(first[0].text.replace(" ", "", 1)),))
    chapters = (work.chapters[0]._replace(blocks=(joined, *first[1:])), *work.chapters[1:])
    scored = compare(truth, right._replace(works=(work._replace(chapters=chapters),)))
    assert scored.errors > 0


def _truth(number: int) -> Truth:
    return forge.make(f"14/{number}", "text").truth


def oracle(truth: Truth) -> Reading:
    """The truth as a reading."""
    works = []
    for number, chapters in enumerate(truth.works):
        made = tuple(
            Chapter(
                chapter.number,
                chapter.title,
                tuple(Block(block.kind, _runs(block.text, block.stressed), ()) for block in chapter.blocks),
            )
            for chapter in chapters
        )
        facts = {name: tuple(Fact(value, STATED) for value in values) for name, values in truth.facts.items()}
        works.append(Work(facts if not number else {}, made))
    return Reading((), tuple(works))


def _runs(text: str, stressed: tuple[str, ...]) -> tuple[Words, ...]:
    """The text in runs, in which these are stressed."""
    runs: list[Words] = []
    for words in stressed:
        before, found, text = text.partition(words)
        runs += [Words(before), Words(found, ("em",))]
    return tuple(run for run in [*runs, Words(text)] if run.text)


def test_a_bar_that_is_missed_is_named() -> None:
    total = Score(files=50, stated=100, exact=99, chapters=49, lost=1)
    total.kinds["verse"].right, total.kinds["verse"].missed = 97, 4
    missed = {one.name for one in bars(total) if not one.reached}
    assert missed == {"verse recall", "characters lost"}
    assert table(bars(total)).count("MISSED") == 2


@pytest.mark.parametrize(
    ("name", "value", "fandoms", "right"),
    [
        ("character", "Kerr Avon", ["Blake's 7"], True),
        ("character", "Avon", ["Blake's 7"], True),
        ("character", "Kerr Avon", [], False),
        ("character", "Anakin Solo", ["Star Wars"], False),
        ("relationship", "Kerr Avon/Roj Blake", ["Blake's 7"], True),
        ("relationship", "Kerr Avon/Kerr Avon", ["Blake's 7"], False),
        ("relationship", "Kerr Avon/Roj Blake", ["Marrowgate"], False),
        ("fandom", "Blakes 7", ["Twilight", "Blake's 7"], True),
        ("fandom", "Andromeda", ["Blake's 7"], False),
        ("language", "English", [], True),
    ],
)
def test_a_guess_is_right_by_any_name_of_the_same_person(
    name: str, value: str, fandoms: list[str], right: bool
) -> None:
    so = {"fandom": fandoms, "character": ["Avon", "Blake", "Anakin"], "relationship": ["Avon/Blake"]}
    assert alike.is_so(name, value, {**so, "language": ["en", "English"]}) is right


def test_everybody_in_the_forge_has_a_full_name() -> None:
    for fandom, people in stories.fandoms().items():
        assert all(alike.who(said, [fandom]) for said in people)


def test_the_second_parser_sees_what_is_lost() -> None:
    made: Made = forge.make("15/1", "text", ())
    cut = Made(made.seed, made.layout, (), made.name, made.data[: len(made.data) // 2], made.truth, made.job)
    assert sum((letters(source_text(made)) - letters(source_text(cut))).values()) > 100
    assert letters("Ünd 3", ascii_only=True) == Counter("nd3")


if __name__ == "__main__":
    FLOORS.write_text(json.dumps(figures(), indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{FLOORS} written\n")
