"""Two texts side by side: what is the same, what was changed, what only one has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficshelf.likeness import tokens
from ficshelf.likeness.differences import Row, Section, rows, sections, within

ONE = "The lamplighter counted the bells on the stairs, and none of them rang."
TWO = "A tired sergeant folded the letter under the bridge while the rain went on."
THREE = "Nobody at all waited for the tide behind the orchard, four in the morning or not."
FOUR = "My cousin burned the toast in the wrong carriage and was not sorry for it."


def shown(ours: list[str], theirs: list[str]) -> list[tuple[str, str]]:
    """The rows as what stands on either side; what is the same as ("=", "=")."""
    return [
        ("=", "=")
        if row.is_same
        else (" ".join(ours[at] for at in row.ours), " ".join(theirs[at] for at in row.theirs))
        for row in rows(ours, theirs)
    ]


CHANGED = TWO.replace("folded", "tore up")


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        pytest.param([ONE, TWO], [ONE, TWO], [("=", "="), ("=", "=")], id="the same"),
        pytest.param([ONE, f"“{TWO}”"], [ONE, TWO], [("=", "="), ("=", "=")], id="other quotes"),
        pytest.param([ONE, TWO, THREE], [ONE, CHANGED, THREE], [("=", "="), (TWO, CHANGED), ("=", "=")], id="changed"),
        pytest.param([ONE, THREE], [ONE, TWO, THREE], [("=", "="), ("", TWO), ("=", "=")], id="put in"),
        pytest.param([ONE, TWO, THREE], [ONE, THREE], [("=", "="), (TWO, ""), ("=", "=")], id="left out"),
        pytest.param([ONE, f"{TWO} {THREE}"], [ONE, TWO, THREE], [("=", "="), ("=", "=")], id="parted in two"),
        pytest.param(
            [ONE, f"{TWO} {THREE}", FOUR], [ONE, CHANGED, THREE, FOUR],
            [("=", "="), (f"{TWO} {THREE}", f"{CHANGED} {THREE}"), ("=", "=")], id="parted and changed",
        ),
        pytest.param(
            [ONE, "No.", "No.", TWO], [ONE, "No.", TWO],
            [("=", "="), ("=", "="), ("No.", ""), ("=", "=")], id="said twice",
        ),
        pytest.param([], [ONE], [("", ONE)], id="nothing on one side"),
        pytest.param([ONE], [FOUR], [(ONE, ""), ("", FOUR)], id="nothing in common"),
    ],
)  # fmt: skip
def test_paragraphs_stand_beside_what_they_are(
    ours: list[str], theirs: list[str], expected: list[tuple[str, str]]
) -> None:
    assert shown(ours, theirs) == expected


texts = st.lists(st.sampled_from([ONE, TWO, THREE, FOUR, CHANGED, "No.", "", f"{ONE} {TWO}"]), max_size=12)


@given(texts, texts)
def test_every_paragraph_stands_once_and_in_its_order(ours: list[str], theirs: list[str]) -> None:
    found = rows(ours, theirs)
    assert [at for row in found for at in row.ours] == list(range(len(ours)))
    assert [at for row in found for at in row.theirs] == list(range(len(theirs)))
    assert all(row.ours or row.theirs for row in found)


@given(texts)
def test_a_text_is_the_same_as_itself(text: list[str]) -> None:
    assert all(row.is_same and row.ours == row.theirs for row in rows(text, text))


def test_a_chapter_beside_a_whole_text_shows_its_own_stretch_of_it() -> None:
    found = within(rows([TWO, FOUR], [ONE, TWO, THREE, FOUR, ONE]))
    assert found == [Row((0,), (1,), True), Row((), (2,)), Row((1,), (3,), True)]
    assert within(rows([FOUR], [ONE])) == [Row((0,), ())]


def test_chapters_are_shown_beside_those_that_have_their_words() -> None:
    one, two, three, four = (tokens.of_text(text) for text in (ONE, TWO, THREE, FOUR))
    assert sections([one, two], [one, two]) == [Section(0, 0), Section(1, 1)]
    assert sections([one, two, three], [one, three]) == [Section(0, 0), Section(1, None), Section(2, 1)]
    assert sections([one + two + three], [one, two, three]) == [Section(0, 0), Section(0, 1), Section(0, 2)]
    assert sections([one, two], [one, four]) == [Section(0, 0), Section(1, None), Section(None, 1)]
