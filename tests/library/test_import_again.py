"""What the Archive of Our Own's import does that only a library can show (the rest: `tests/test_ao3_import.py`)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tales import tale

from ficshelf.library import decisions, models

Add = Callable[..., Any]
Stories = Callable[..., Path]


def saved(address: str, seed: str = "") -> str:
    """A page that names its title and no author."""
    text = tale("Lamp", chapters=1, seed=seed or "Lamp").split("Chapter 1")[1].strip().split("\n\n")
    body = "".join(f"<p>{one}</p>" for one in text)
    head = f'<title>Lamp</title><link rel="canonical" href="{address}">'
    return f"<html><head>{head}</head><body><h1>Lamp</h1>{body}</body></html>"


def test_23_what_a_person_says_wins_and_what_is_detected_fills_the_blanks(add: Add, stories: Stories) -> None:
    add(stories({"x1.txt": tale("Lamp").partition("\n")[2]}))
    decisions.answer(decisions.open_questions().get(about="title"), "The Marsh Light")
    add(stories({"x1.txt": tale("Lamp", chapters=3, extra="Rating: PG-13")}))  # it names itself now, and goes on
    work = models.Work.objects.get()
    assert (work.title, work.chapter_count, work.rating) == ("The Marsh Light", 3, "teen")


@pytest.mark.parametrize(
    ("again", "asked"),
    [
        ("http://www.pier.example/fics/12", 1),
        ("https://pier.example/fics/12/", 1),
        ("http://PIER.example/fics/12#top", 1),
        ("http://pier.example/fics/123", 0),
        ("http://pier.example/fics/12/other", 0),
    ],
)
def test_42_another_text_of_the_same_address_is_asked_about_and_one_of_a_longer_address_is_not(
    add: Add, stories: Stories, again: str, asked: int
) -> None:
    add(stories({"one.html": saved("http://pier.example/fics/12")}))
    add(stories({"two.html": saved(again, seed="another")}))
    assert models.Work.objects.count() == 2
    assert decisions.open_questions().filter(about="same-work").count() == asked


def test_42_the_same_page_again_is_one_work(add: Add, stories: Stories) -> None:
    add(stories({"one.html": saved("http://pier.example/fics/12")}))
    add(stories({"two.html": saved("http://www.pier.example/fics/12/")}))
    assert models.Work.objects.count() == 1
