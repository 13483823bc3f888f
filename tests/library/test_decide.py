"""Deciding what becomes of a work, without a library."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficshelf.decide import ORDER, Held, Intent, Known, stem_key
from ficshelf.decide import decide as decide_by
from ficshelf.likeness.judge import Judgement
from ficshelf.likeness.sketch import KEY

ROWS = [bytes([0]) + bytes([number]) * (KEY - 1) for number in range(100)]  # runs of words
NOT = Judgement("not", 0.0, 0.0, 0.0, 100, 100)


def decide(new: Known, held: list[Held], found: Judgement = NOT) -> Intent:
    """Decide about texts of which a closer look finds this."""
    return decide_by(new, held, lambda _: found)


def known(**values: Any) -> Known:
    empty = {"title": "", "author": "", "url": "", "story": "", "chapters": (), "sketch": b"", "updated": ""}
    return Known(**{**empty, "sources": frozenset(), "places": frozenset(), **values})


def chapters(*stories: tuple[int | None, str]) -> dict[str, Any]:
    return {"chapters": stories, "story": "+".join(story for _, story in stories)}


BELLS = known(title="the bells", author="ash", **chapters((1, "one"), (2, "two")), sketch=b"".join(ROWS[:10]))


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        pytest.param(BELLS._replace(sources=frozenset("b")), "same", id="word for word"),
        pytest.param(BELLS._replace(title="", author=""), "same", id="word for word, but nobody signed it"),
        pytest.param(BELLS._replace(author="birch"), "ask", id="word for word under another name"),
        pytest.param(BELLS._replace(**chapters((1, "one"), (2, "two"), (3, "three"))), "newer", id="one chapter more"),
        pytest.param(BELLS._replace(**chapters((1, "one"))), "same", id="an early part of it"),
        pytest.param(
            BELLS._replace(**chapters((3, "three")), sketch=ROWS[50]), "next chapter", id="the chapter that follows"
        ),
        pytest.param(
            BELLS._replace(**chapters((2, "two"), (3, "three")), sketch=ROWS[50]), "next chapter", id="it overlaps"
        ),
        pytest.param(
            BELLS._replace(**chapters((1, "other"), (2, "words")), sketch=b"".join(ROWS[5:15])), "variant", id="revised"
        ),
        pytest.param(
            BELLS._replace(**chapters((1, "other"), (2, "words")), sketch=b"".join(ROWS[40:50])), "ask", id="rewritten"
        ),
        pytest.param(known(title="the bells", author="birch", story="x"), "add", id="a title is not enough"),
        pytest.param(known(title="the bells", story="x"), "add", id="a title alone is not enough"),
        pytest.param(known(story="x"), "add", id="nothing in common"),
    ],
)
def test_what_becomes_of_a_story_of_which_one_is_there(new: Known, expected: str) -> None:
    assert decide(new, [Held(7, BELLS)]).kind == expected


def test_the_file_that_changed_is_a_newer_version_of_what_came_from_it() -> None:
    old = BELLS._replace(places=frozenset({"/s/bells.txt"}))
    new = old._replace(**chapters((1, "one"), (2, "two, revised")))
    intent = decide(new, [Held(7, old)])
    assert (intent.kind, intent.work, intent.whole) == ("newer", 7, False)


def test_another_story_in_the_file_of_the_first_is_another_story() -> None:
    old = BELLS._replace(places=frozenset({"/s/story.txt"}))
    new = known(title="tide", author="birch", **chapters((1, "wave")), sketch=ROWS[77], places=old.places)
    assert decide(new, [Held(7, old)]).kind == "add"


def test_the_later_date_wins_where_both_are_stated() -> None:
    revised = {**chapters((1, "other"), (2, "words")), "sketch": b"".join(ROWS[5:15])}
    old = BELLS._replace(updated="2004-01-01")
    assert decide(BELLS._replace(updated="2005-01-01", **revised), [Held(7, old)]).kind == "newer"
    assert decide(BELLS._replace(updated="2003-01-01", **revised), [Held(7, old)]).kind == "variant"


def test_a_numbered_file_beside_the_others_is_the_next_chapter_although_it_says_nothing() -> None:
    old = known(**chapters((1, "one")), places=frozenset({"/s/tide-01.txt"}))
    new = known(**chapters((2, "two")), places=frozenset({"/s/tide-02.txt"}))
    assert decide(new, [Held(7, old)]).kind == "next chapter"
    signed = new._replace(title="tide"), old._replace(title="bells")
    assert decide(signed[0], [Held(7, signed[1])]).kind == "add"


def test_the_surest_of_several_wins() -> None:
    held = [
        Held(1, BELLS._replace(**chapters((1, "other")), sketch=b"".join(ROWS[5:15]))),
        Held(2, BELLS),
        Held(3, BELLS),
    ]
    assert decide(BELLS, held)[:2] == ("same", 2)


def test_the_same_words_under_another_name_are_asked_about() -> None:
    copy = known(title="a dream", author="moss", **chapters((None, "some letters lost")), sketch=BELLS.sketch)
    intent = decide(copy, [Held(7, BELLS)], NOT._replace(verdict="same", ours=0.97, theirs=0.96))
    assert (intent.kind, intent.work) == ("ask", 7)
    assert intent.judgement
    assert intent.judgement.ours == 0.97


def test_a_sketch_alone_proves_nothing() -> None:
    other = known(title="a dream", author="moss", **chapters((None, "another story")), sketch=BELLS.sketch)
    assert decide(other, [Held(7, BELLS)]).kind == "add"


def test_of_two_that_are_alike_the_one_with_more_in_common_is_asked_about() -> None:
    copy = known(title="a dream", author="moss", **chapters((None, "some letters lost")), sketch=BELLS.sketch)
    found = {
        1: NOT._replace(verdict="part of", ours=1.0, theirs=0.2),
        2: NOT._replace(verdict="revised", ours=0.6, theirs=0.6),
        3: NOT._replace(verdict="revised", ours=0.7, theirs=0.6),
    }
    intent = decide_by(copy, [Held(number, BELLS) for number in found], lambda held: found[held.work])
    assert intent.work == 3


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/s/tide-03.txt", "/s/tide"),
        ("/s/Tide chapter 3.html", "/s/tide"),
        ("/s/tide.txt", ""),
        ("/s/03.txt", ""),
        ("/s/tide (4).txt", ""),
        ("/s/13508.txt", ""),
        ("/dump.sql/stories/12000", ""),
        ("/s/tide12000.txt", ""),
    ],
)
def test_the_stem_of_a_chapter_file(path: str, key: str) -> None:
    assert stem_key(path) == key


words = st.sampled_from(["", "a", "b", "c"])
anything = st.builds(
    Known,
    title=words,
    author=words,
    url=words,
    story=words,
    chapters=st.lists(st.tuples(st.none() | st.integers(0, 4), words), max_size=4).map(tuple),
    sketch=st.lists(st.sampled_from(ROWS[:6]), max_size=5, unique=True).map(lambda rows: b"".join(sorted(rows))),
    updated=st.sampled_from(["", "2001-01-01", "2002-02-02"]),
    sources=st.frozensets(words, max_size=2),
    places=st.frozensets(st.sampled_from(["/s/t-1.txt", "/s/t-2.txt", "/s/u.txt"]), max_size=2),
    visibility=st.sampled_from(["", "members"]),
    shelves=st.frozensets(st.tuples(words, words), max_size=2),
    copies=st.frozensets(words, max_size=2),
)


@given(anything, st.lists(anything, max_size=4))
def test_an_intent_names_a_work_that_is_there_or_adds(new: Known, there: list[Known]) -> None:
    held = [Held(number, one) for number, one in enumerate(there, 1)]
    intent = decide(new, held)
    assert intent.kind in (*ORDER, "add")
    assert (intent.work is None) == (intent.kind == "add")
    assert intent.work is None or intent.work <= len(there)
    assert intent.reason


@given(anything)
def test_a_story_with_words_is_the_same_as_itself(new: Known) -> None:
    if new.story:
        assert decide(new, [Held(1, new)]).kind == "same"


@given(anything, anything)
def test_stories_that_share_nothing_are_never_joined(new: Known, old: Known) -> None:
    apart = old._replace(
        title=f"{old.title}!",
        author=f"{old.author}!",
        url="",
        story="",
        sources=frozenset(),
        places=frozenset(),
        shelves=frozenset(),
        copies=frozenset(),
    )
    assert decide(new, [Held(1, apart)]).kind == "add"
