"""A library's own works tell the fandom of one that states none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ficshelf import model
from ficshelf.library import kin, models, works

Add = Callable[..., Any]
Stories = Callable[[dict[str, str | bytes]], Path]
HEADER = "Title: {title}\nAuthor: Quill\nRating: G\n{more}\n\n"
TOLD = """Ysolde stood at the rail. "You are late," said Ysolde, and Tobiah laughed at Ysolde.

Tobiah had brought the lamp. Tobiah set it down between them, and Ysolde looked at Tobiah for a long while.
"""
STATES = "Fandom: The Glass Harbour\nCharacters: Ysolde Marrow, Tobiah Ashlock"


def facts_of(title: str) -> model.Facts:
    work = models.Work.objects.get(title=title)
    return kin.with_fandom(work.pk, works.facts(work))


def test_the_works_that_state_a_fandom_tell_that_of_another(add: Add, stories: Stories) -> None:
    folder = stories(
        {
            "salt.txt": HEADER.format(title="Salt", more=STATES) + "They went down to the sea. It was cold there.\n",
            "lamp.txt": HEADER.format(title="Lamp", more="Genre: Angst") + TOLD,
            "tin.txt": HEADER.format(title="Tin", more="Genre: Angst") + TOLD.replace("Ysolde", "Anna"),
        }
    )
    add(folder)
    (guess,) = facts_of("Lamp")["fandom"]
    assert (guess.value, guess.how) == ("The Glass Harbour", "inferred")
    assert "Ysolde Marrow" in guess.evidence
    assert "fandom" not in facts_of("Tin")  # one name is not enough
    (stated,) = facts_of("Salt")["fandom"]
    assert stated.how == "stated"
