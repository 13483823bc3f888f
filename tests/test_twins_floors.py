"""How well copies of a story are found among others, in the small: `python -m bench twins` does it in the large."""

from __future__ import annotations

import pytest
from bench import copies, twins
from bench.stories import Storyteller

from ficshelf.likeness import sketch, tokens


def test_the_same_seed_gives_the_same_pile() -> None:
    one, other = (copies.pile(40, 10, 7, 300) for _ in range(2))
    assert one == other
    assert len({file.name for file in one.files}) == 40


def test_a_pile_has_copies_and_decoys_of_every_kind() -> None:
    pile = copies.pile(40, 10, 7, 300)
    assert {pair.kind for pair in pile.copies} == set(copies.KINDS)
    assert {pair.kind for pair in pile.decoys} == set(copies.DECOYS)
    stories = {file.name: file.story for file in pile.files}
    assert all(stories[pair.one] == stories[pair.other] for pair in pile.copies)
    assert all(stories[pair.one] != stories[pair.other] for pair in pile.decoys)


def test_what_is_wrong_is_counted() -> None:
    pile = copies.pile(40, 10, 7, 300)
    decoy = next(pair for pair in pile.decoys if pair.may_be_part)
    copy = pile.copies[0]
    as_part = twins.score(pile, [twins.Claim(decoy.one, decoy.other, "part of"), twins.Claim(*copy[:2], "same")])
    assert (as_part.precision, as_part.recall) == (1.0, 0.1)
    as_same = twins.score(pile, [twins.Claim(decoy.one, decoy.other, "same"), twins.Claim(*copy[:2], "same")])
    assert as_same.precision == 0.5


def test_few_short_stories_are_laid_beside_a_novel() -> None:
    teller = Storyteller(3)

    def sketched(number: int, length: int) -> bytes:
        chapters = teller.story(number, length, length).chapters
        return sketch.of_words(tokens.of_text("\n".join(text for one in chapters for _, text in one.blocks)))

    novel, short = sketched(0, 100_000), [sketched(number, 1_500) for number in range(1, 41)]
    assert sum(sketch.is_near(sketch.share(one, novel)) for one in short) <= 2


@pytest.fixture(scope="module")
def found() -> twins.Score:
    return twins.added(200, 700)[1]


def test_copies_are_told_right(found: twins.Score) -> None:
    assert found.wrong == []


def test_copies_are_found(found: twins.Score) -> None:
    assert found.recall >= 0.95
    assert {kind for kind, (hits, of) in found.by_kind.items() if hits < of - 1} == set()


def test_what_lies_within_another_work_is_told_as_its_part(found: twins.Score) -> None:
    parts = found.decoys["a chapter posted alone"] + found.decoys["within an anthology"]
    assert parts.total() >= 4
    assert set(parts) <= {"part of", "contains"}
