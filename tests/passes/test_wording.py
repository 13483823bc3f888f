"""The words of a line tell an author's talk from a story."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficshelf.passes import wording


@pytest.mark.parametrize(
    "line",
    [
        "I wrote most of this chapter on the train, so please forgive any mistakes.",
        "This story takes place after the second season and has spoilers for it.",
        "Ich hoffe, das Kapitel gefällt euch, und freue mich über jedes Review.",
        "Gracias por los comentarios, espero que les guste este capítulo.",
    ],
)
def test_an_author_who_speaks_of_a_story(line: str) -> None:
    assert wording.of_line(line) > 0.2


@pytest.mark.parametrize(
    "line",
    [
        "She put the lamp down on the table and looked at his hands.",
        "I had walked as far as the bridge when he came out of the rain behind me.",
        "Er ging zum Fenster und sah hinaus in den Regen, der nicht aufhören wollte.",
    ],
)
def test_a_voice_that_tells(line: str) -> None:
    assert wording.of_line(line) < -0.2


def test_what_is_quoted_and_an_address_are_nobodys_words() -> None:
    said = wording.words(
        "He said “thanks for all the reviews” and wrote to fic@reviews.example at http://fic.example/reviews"
    )
    assert said.isdisjoint({"thanks", "reviews", "fic", "http"})


def test_a_name_within_a_sentence_is_a_name_whoever_it_is() -> None:
    assert wording.NAME in wording.words("then Orsolya laughed")
    assert wording.NAME not in wording.words("Then she laughed. Nobody else did.")


@given(st.text(max_size=900))
def test_any_line_weighs_between_the_ends(line: str) -> None:
    assert -1 <= wording.of_line(line) <= 1
