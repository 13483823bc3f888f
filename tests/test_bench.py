"""What is measured with is sound: the corpus is the same everywhere and is what it says; a ratio means one thing."""

from __future__ import annotations

import random

import pytest
from bench import corpus, doubling, layouts, words
from bench.__main__ import BENCHES, LONG, table
from bench.measure import HERE, Figure, percentile
from bench.stories import Storyteller

from ficshelf import reading

FILES = [corpus.file_of(1, number, 4000, 1000) for number in range(24)]


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert [corpus.file_of(1, number, 4000, 1000) for number in (3, 8)] == [FILES[3], FILES[8]]
    assert corpus.file_of(2, 3, 4000, 1000) != FILES[3]


def test_half_are_pages_and_half_are_texts() -> None:
    suffixes = [name.rsplit(".", 1)[1] for name, _ in FILES]
    assert suffixes.count("html") == suffixes.count("txt") == len(FILES) / 2


def test_lengths_vary_and_add_up() -> None:
    lengths = corpus.lengths(500, 10_000_000, seed=1)
    assert len(lengths) == 500
    assert sum(lengths) == pytest.approx(10_000_000, rel=0.01)
    assert max(lengths) > 8 * sorted(lengths)[250]


def test_both_names_stand_in_nine_chapters_of_ten() -> None:
    teller = Storyteller(1)
    chapters = [chapter for number in range(40) for chapter in teller.story(number, 5000, 500).chapters]
    texts = ["\n".join(text for _, text in chapter.blocks) for chapter in chapters]
    for name in words.MAIN_NAMES:
        assert 0.85 < sum(name in text for text in texts) / len(texts) < 0.95


@pytest.mark.parametrize("layout", [*layouts.TEXTS, *layouts.PAGES], ids=lambda layout: layout.__name__)
def test_every_layout_is_read_as_one_work_with_its_chapters(layout: layouts.Layout) -> None:
    story = Storyteller(1).story(7, 3000, 1000)
    path = "story.html" if layout in layouts.PAGES else "story.txt"
    found = reading.read([(layout(story, random.Random(1)).encode(), path)])
    assert len(found.works) == 1
    assert len(found.works[0].chapters) == len(story.chapters) == 3


def test_a_ratio_below_one_is_a_miss() -> None:
    assert Figure("", (4.0,), "", at_least=5).ratio == 0.8
    assert Figure("", (10.0,), "", at_most=5).ratio == 0.5
    assert Figure("", (1.0, 9.0, 6.0), "", at_least=3).value == 6.0
    assert "MISSED" in table([Figure("", (10.0,), "ms", at_most=5)])
    assert percentile(list(range(100)), 0.95) == 95


def test_every_bench_is_in_the_list() -> None:
    has_run = {path.stem for path in HERE.glob("*.py") if "\ndef run() -> list[Figure]:" in path.read_text()}
    assert has_run == {*BENCHES, *LONG}


def test_a_step_too_short_to_be_measured_is_no_miss_and_no_error() -> None:
    short = doubling.figure("verse", [doubling.Step("page: titles", 0.0, 0.001)])
    assert (short.value, short.ratio) == (1.0, None)
    assert short.as_dict()["ratio"] is None
    long = doubling.figure("verse", [doubling.Step("page: titles", 0.1, 0.3), doubling.Step("text: verse", 1.0, 2.0)])
    assert long.ratio is not None
    assert long.ratio < 1
