"""The words of forewords, and how their lists are written."""

from __future__ import annotations

import re

import pytest

from ficshelf.passes import foreword_words


@pytest.mark.parametrize(
    ("phrase", "said", "other"),
    [
        ("my first|second try|shot", "my second shot", "my try"),
        ("cross(-)over", "crossover", "cross over"),
        ("hope (that) you", "hope you", "hope thatyou"),
        ("set (_) after", "set right after", "set long way after"),
        ("canon*", "canonical", "cannon"),
        ("page #", "page 394", "page one"),
        ("j'espère", "j’espère", "j espère"),
        ("tale !of|that", "tale", "tale of"),
    ],
)
def test_each_sign_of_the_lists_means_what_they_say(phrase: str, said: str, other: str) -> None:
    pattern = re.compile(foreword_words._pattern(phrase))
    assert pattern.fullmatch(said)
    assert not pattern.match(other)


def test_words_are_told_by_their_kind_in_the_language_of_the_text() -> None:
    assert foreword_words.of_works("This is a crossover, and it is set after the second season.") == {
        "kind", "show", "content"
    }  # fmt: skip
    assert foreword_words.of_works("Merci pour vos commentaires, voici le chapitre.") == {"loose", "net", "craft"}
