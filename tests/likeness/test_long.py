"""A short story laid beside a text of hundreds of thousands of words, of which only what may matter is looked at."""

from __future__ import annotations

from functools import cache

import pytest
from bench.stories import Storyteller

from ficshelf.likeness import tokens
from ficshelf.likeness.judge import judge, turned
from ficshelf.likeness.long import Long, is_much_longer

Story = list[str]  # the text of each chapter


@cache
def story(number: int, words: int, of_chapter: int = 3_000) -> tuple[str, ...]:
    told = Storyteller(7).story(number, words, of_chapter)
    return tuple("\n".join(text for _, text in chapter.blocks) for chapter in told.chapters)


@cache
def anthology() -> tuple[str, ...]:
    return tuple(text for number in range(1, 41) for text in story(number, 5_000))


def worked_over(text: str) -> str:
    return text.replace(" the ", " that ").replace(" was ", " had been ")


SHORT = {
    "a story in it": story(17, 5_000),
    "its end": story(23, 5_000)[-1:],
    "a story in it, worked over": tuple(map(worked_over, story(17, 5_000))),
    "half of it is in it": (story(9, 5_000)[0], *story(99, 5_000)[1:]),
    "a story and one from elsewhere": (*story(31, 5_000), *story(98, 5_000)),
    "two stories that stand far apart in it": (*story(2, 5_000), *story(39, 5_000)),
    "another story": story(97, 5_000),
    "a drabble in it": (" ".join(story(30, 5_000)[0].split()[200:400]),),
}


@pytest.fixture(scope="module")
def long() -> Long:
    return Long(anthology())


@pytest.mark.parametrize("short", SHORT)
def test_it_is_judged_as_beside_the_whole(long: Long, short: str) -> None:
    ours = [tokens.of_text(text) for text in SHORT[short]]
    theirs = [tokens.of_text(text) for text in anthology()]
    for one_author in (False, True):
        whole, found = judge(ours, theirs, one_author), long.judge(ours, one_author)
        assert found.verdict == whole.verdict
        assert found.ours == pytest.approx(whole.ours, abs=0.05)
        assert found.theirs == pytest.approx(whole.theirs, abs=0.1)
        assert (found.our_words, found.their_words) == (whole.our_words, whole.their_words)


def test_only_what_may_matter_is_looked_at(long: Long) -> None:
    ours = tokens.of_text(" ".join(story(17, 5_000)))
    assert sum(map(len, long._near(ours))) < 5 * len(ours) + 30_000 < long.words
    assert sum(map(len, long._near(ours * 3))) < long.words


@pytest.mark.parametrize("text", ["", "a", "boat " * 200_000, "x" * 900_000, "\n".join(["a boat"] * 200_000)])
def test_texts_of_any_kind_are_sampled(text: str) -> None:
    found = Long([text])
    assert "".join(found.stretches) == text
    assert found.judge([tokens.of_text(text[:50_000])]).our_words == len(tokens.of_text(text[:50_000]))


def test_turned_it_says_the_same_of_the_other() -> None:
    ours, theirs = [[tokens.of_text(text) for text in story(17, 5_000)[:count]] for count in (1, 2)]
    assert turned(judge(ours, theirs)).verdict == judge(theirs, ours).verdict == "contains"
    assert turned(turned(judge(ours, theirs))) == judge(ours, theirs)


def test_what_is_much_longer() -> None:
    assert is_much_longer(200_000, 5_000)
    assert not is_much_longer(200_000, 50_000)
    assert not is_much_longer(50_000, 500)
