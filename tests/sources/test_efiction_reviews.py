"""A review and its answer stand in one text: two breaks and an italic label in the site's language part them."""

from __future__ import annotations

import pytest

from ficshelf.sources.efiction.reviews import Answered, parted


@pytest.mark.parametrize(
    ("text", "answered", "expected"),
    [
        ("Lovely.<br><br><i>Author's Response: Thanks!</i>", True, Answered("Lovely.", "Thanks!")),
        ("Lovely.<br /><br /><em>Author's Response: Thanks!</em>", False, Answered("Lovely.", "Thanks!")),
        ("Lovely.<br>\n<br> <i>Antwort des Autors: Danke!</i>", True, Answered("Lovely.", "Danke!")),
        ("Bien.<br><br><i>Réponse de l'auteur: Merci!</i>", False, Answered("Bien.", "Merci!")),
        ("Bien.<br><br><i>R&#233;ponse de l'auteur: Merci!</i>", False, Answered("Bien.", "Merci!")),
        ("Schön.<br><br><i>Gezwitscher: Danke!</i>", True, Answered("Schön.", "Danke!")),
        ("Oh.<br><br><i>Quote: rain.</i> I cried.", False, Answered("Oh.<br><br><i>Quote: rain.</i> I cried.", "")),
        (
            "Two.<br><br><i>Line: one</i><br><br><i>Author's Response: Thanks, <i>really</i>!</i>",
            True,
            Answered("Two.<br><br><i>Line: one</i>", "Thanks, <i>really</i>!"),
        ),
        ("No answer here.", True, Answered("No answer here.", "")),
        ("No Review<br><br><i>Author's Response: Thanks.</i>", True, Answered("No Review", "Thanks.")),
        ("One break.<br><i>Author's Response: x</i>", False, Answered("One break.<br><i>Author's Response: x</i>", "")),
        (
            "A.<br><br><i>Author's Response: b</i><br><br><i>Author's Response: c</i>",
            True,
            Answered("A.", "b</i><br><br><i>Author's Response: c"),
        ),
    ],
)  # fmt: skip
def test_an_answer_is_parted_from_its_review(text: str, answered: bool, expected: Answered) -> None:
    assert parted(text, answered) == expected


def test_a_long_review_is_parted_in_time_that_grows_with_it() -> None:
    for text in ("<br>" * 100_000, "<br><br><i>a" * 50_000, "\n" * 200_000 + "<i>", "<i>" * 100_000):
        assert parted(text, True).reply == ""
