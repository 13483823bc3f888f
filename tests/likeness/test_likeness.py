"""What two texts have in common: their words as they are compared, their sketches, and what is made of it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficshelf.likeness import sketch, tokens
from ficshelf.likeness.judge import Judgement, judge
from ficshelf.model import Block, Run

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def text(seed: object, length: int) -> list[bytes]:
    """Words as many stories use them: few of them often, many of them rarely."""
    dice = random.Random(str(seed))
    shared = random.Random("shared")
    stock = ["".join(shared.choices(LETTERS, k=shared.randint(2, 9))).encode() for _ in range(3_000)]
    return [stock[min(int(dice.expovariate(1 / 300)), 2_999)] for _ in range(length)]


def looked_at(ours: list[bytes], theirs: list[bytes], one_author: bool = False) -> Judgement:
    return judge([ours], [theirs], one_author)


STORY = text("story", 6_000)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It's late, he said.", "“It’s late,” he said."),
        ("don't", "don?t"),
        ("don’t", "donâ€™t"),
        ("He went to the café.", "He went to the caf?."),
        ("He went to the café.", "He went to the cafÃ©."),
        ("wait -- what", "wait—what"),
        ("a *very* long _night_", "a very long night"),
        ("Über", "über"),
        ("cafe\u0301", "café"),
        ("Привет, МИР", "привет мир"),
    ],
)
def test_what_a_copy_loses_on_its_way_does_not_count(one: str, other: str) -> None:
    assert tokens.of_text(one) == tokens.of_text(other) != []


def test_what_is_written_without_spaces_has_words_too() -> None:
    assert len(tokens.of_text("吾輩は猫である。名前はまだ無い。")) > 8
    assert tokens.of_text("한국어 소설") == ["한국어".encode(), "소설".encode()]


def test_verse_counts_where_there_is_nothing_else() -> None:
    def block(kind: str, words: str) -> Block:
        return Block(kind, (Run(words),), ())

    song, prose, note = block("verse", "O sleep till dawn"), block("paragraph", "He sang it."), block("note", "Mine!")
    assert tokens.of_chapters([[song, prose, note]]) == [[b"he", b"sang", b"it"]]
    assert tokens.of_chapters([[song, note]]) == [[b"o", b"sleep", b"till", b"dawn"]]


def test_a_song_that_was_set_as_a_quotation_counts_no_more() -> None:
    def words(kind: str, text: str) -> list[list[bytes]]:
        return tokens.of_chapters([[Block("paragraph", (Run("He sang it."),), ()), Block(kind, (Run(text),), ())]])

    assert words("quote", "O sleep\ntill dawn") == words("verse", "O sleep\ntill dawn") == [[b"he", b"sang", b"it"]]
    assert words("quote", "Come home.") == [[b"he", b"sang", b"it", b"come", b"home"]]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_text_upsets_words_and_sketches(anything: str) -> None:
    words = tokens.of_text(anything)
    assert all(words)
    made = sketch.of_words(words)
    assert len(made) % sketch.KEY == 0
    assert len(sketch.looked_up(made)) <= sketch.MOST_LOOKED_UP


@pytest.mark.parametrize("length", [100, 590, 610, 2_900, 3_100, 50_000])
def test_a_copy_is_found_at_any_length(length: int) -> None:
    whole = text(length, length)
    dice = random.Random(length)
    damaged = [word if dice.random() > 0.05 else b"xx" for word in whole]
    ours, theirs = sketch.of_words(whole), sketch.of_words(damaged)
    assert set(sketch.looked_up(ours)) & set(sketch.looked_up(theirs))
    share = sketch.share(ours, theirs)
    assert min(share.ours, share.theirs) > 0.4
    assert share.runs >= 2


def test_a_chapter_finds_the_story_it_is_from() -> None:
    whole, chapter = sketch.of_words(text(1, 60_000)), sketch.of_words(text(1, 60_000)[20_000:23_000])
    assert set(sketch.looked_up(whole)) & set(sketch.looked_up(chapter))
    share = sketch.share(chapter, whole)
    assert share.ours > 0.95
    assert share.theirs < 0.1


def test_stories_that_have_only_words_in_common_do_not_meet() -> None:
    ours, theirs = sketch.of_words(text(1, 50_000)), sketch.of_words(text(2, 50_000))
    assert sketch.share(ours, theirs).runs == 0


@pytest.mark.parametrize(
    ("ours", "theirs", "runs", "looked_up", "is_near"),
    [
        pytest.param(0.35, 0.3, 20, 2, True, id="worked over"),
        pytest.param(0.02, 0.95, 20, 2, True, id="a piece of a longer one"),
        pytest.param(0.02, 0.4, 20, 2, False, id="what a novel has of any short story"),
        pytest.param(1.0, 1.0, 1, 2, False, id="one run"),
        pytest.param(0.5, 0.5, 2, 1, False, id="two runs, and one key"),
        pytest.param(0.5, 0.5, 3, 1, True, id="three runs, and one key"),
    ],
)
def test_which_stories_are_laid_beside_each_other(
    ours: float, theirs: float, runs: int, looked_up: int, is_near: bool
) -> None:
    assert sketch.is_near(sketch.Share(ours, theirs, runs), looked_up) == is_near
    assert sketch.is_near(sketch.Share(theirs, ours, runs), looked_up) == is_near


def test_the_share_of_both_is_that_of_either_together() -> None:
    ours, theirs = sketch.of_words(STORY[:4_000]), sketch.of_words(STORY[2_000:])
    share = sketch.share(ours, theirs)
    assert 0.35 < share.ours < 0.65
    assert 0.2 < share.both < 0.5
    assert sketch.share(ours, ours).both == 1
    assert sketch.share(ours, b"").both == 0


def lost(words: list[bytes], share: float, seed: int = 1) -> list[bytes]:
    dice = random.Random(seed)
    return [word if dice.random() > share else b"lost" for word in words]


@pytest.mark.parametrize(
    ("ours", "theirs", "verdict"),
    [
        pytest.param(STORY, STORY, "same", id="itself"),
        pytest.param(lost(STORY, 0.02), STORY, "same", id="some letters lost"),
        pytest.param([*STORY, *text("notes", 200)], STORY, "same", id="notes added"),
        pytest.param(lost(STORY, 0.12), STORY, "revised", id="worked over"),
        pytest.param([*STORY, *text("new", 1_200)], lost(STORY, 0.06), "revised", id="a chapter more, and corrected"),
        pytest.param(STORY[:3_600], STORY, "part of", id="cut short"),
        pytest.param([*STORY[:1_500], *STORY[3_000:4_500]], STORY, "part of", id="chapters missing"),
        pytest.param(STORY, STORY[1_000:2_000], "contains", id="one chapter"),
        pytest.param(text("other", 6_000), STORY, "not", id="another story"),
        pytest.param([*text("sequel", 6_000), *STORY[-300:]], STORY, "not", id="a sequel with a recap"),
        pytest.param([*text("own", 300), *STORY[:200]], [*text("their", 320), *STORY[:200]], "not", id="one song"),
        pytest.param(STORY[:100], STORY, "not", id="a drabble quoted"),
        pytest.param([], STORY, "not", id="nothing"),
        pytest.param([], [], "not", id="nothing at all"),
        pytest.param(STORY[:8], STORY[:8], "not", id="too short to tell"),
    ],
)
def test_what_two_texts_are_to_each_other(ours: list[bytes], theirs: list[bytes], verdict: str) -> None:
    found = looked_at(ours, theirs)
    assert found.verdict == verdict
    turned = {"part of": "contains", "contains": "part of"}
    assert looked_at(theirs, ours).verdict == turned.get(verdict, verdict)


def test_a_short_piece_is_a_part_where_both_are_by_one_author() -> None:
    assert looked_at(STORY[:100], STORY, one_author=True).verdict == "part of"


def test_the_order_is_told() -> None:
    assert looked_at(STORY, STORY).order == 1
    moved = looked_at([*STORY[3_000:], *STORY[:3_000]], STORY)
    assert moved.verdict == "same"
    assert 0.4 < moved.order < 0.6


def test_a_story_that_stands_twice_in_a_file_is_all_there() -> None:
    assert looked_at(STORY[:1_000], [*STORY[:1_000], *STORY[:1_000]]).theirs > 0.99


def test_one_sentence_over_and_over_costs_no_more() -> None:
    over = STORY[:5] * 4_000
    assert looked_at(over, over).verdict == "same"
    assert looked_at(over, STORY).verdict == "not"


@given(st.lists(st.sampled_from([b"a", b"b", b"cc", b"door"]), max_size=60), st.integers(0, 60))
def test_shares_are_shares(words: list[bytes], at: int) -> None:
    found = looked_at(words, words[at:])
    assert 0 <= found.ours <= 1
    assert 0 <= found.theirs <= 1
    assert looked_at(words, words).verdict == ("same" if len(words) >= 12 else "not")
