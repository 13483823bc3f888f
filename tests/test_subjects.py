"""What subjects of posts say, as people wrote them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficshelf.subjects import ADULT, CORRECTED, FIC, FORWARD, REPLY, REPOST, TALK, parse


@pytest.mark.parametrize(
    ("subject", "title", "part"),
    [
        ("FIC: The Lamp", "The Lamp", ""),
        ("[lamps] FIC: The Lamp (1/7)", "The Lamp", "1/7"),
        ("[lamps] The Lamp (1 of 7)", "The Lamp", "1/7"),
        ("The Lamp 1/?", "The Lamp", "1/?"),
        ("The Lamp, 2/x", "The Lamp", "2/?"),
        ("NEW: XF The Lamp [3/7] PG-13", "XF The Lamp", "3/7"),
        ("NEW FIC: The Lamp, Part Two", "The Lamp", "2"),
        ("The Lamp part two of 7", "The Lamp", "2/7"),
        ("The Lamp (1a/7)", "The Lamp", "1a/7"),
        ("The Lamp - Ch. 3", "The Lamp", "3"),
        ("The Lamp Chapter 3: The Oil", "The Lamp", "3"),
        ("The Lamp: Part III", "The Lamp", "3"),
        ("REPOST: The Lamp (2/7) by Ann Ambler, NC-17", "The Lamp", "2/7"),
        ("The Lamp (2/7) (J/C, NC-17)", "The Lamp", "2/7"),
        ("The Lamp by Ann Ambler (2/7)", "The Lamp", "2/7"),
        ("FIC (1/2): The Lamp", "The Lamp", "1/2"),
        ("Part 1/2 - The Lamp", "The Lamp", "1/2"),
        ("FIC: The Lamp (Epilogue)", "The Lamp", "epilogue"),
        ("FIC: The Lamp 4", "The Lamp", "4"),
        ("The Lamp 7/7 REPOST", "The Lamp", "7/7"),
        ("J/C Fic: The Lamp (0/4) [PG]", "The Lamp", "0/4"),
        ("Fic: Chapter and Verse", "Chapter and Verse", ""),
        ("FIC: Part of the Crowd", "Part of the Crowd", ""),
        ("FIC: Party of Five", "Party of Five", ""),
        ("FIC: By the River", "By the River", ""),
        ("FIC: Stand by Me", "Stand by Me", ""),
        ("FIC: Side by Side by Ann (1/5)", "Side by Side", "1/5"),
        ("FIC: Stand By by T.J. Ambler", "Stand By", ""),
        ("FIC: the by who cried dragon", "the by who cried dragon", ""),
    ],
)
def test_title_and_part(subject: str, title: str, part: str) -> None:
    said = parse(subject)
    assert (said.title, said.part) == (title, part)


@pytest.mark.parametrize(
    ("subject", "tags"),
    [
        ("The Lamp (1/7)", set()),
        ("FIC: The Lamp", {FIC}),
        ("[fic] The Lamp", {FIC}),
        ("[lamps] NEW: The Lamp", {FIC}),
        ("FIC REPOST: The Lamp", {FIC, REPOST}),
        ("The Lamp 1/3 (corrected)", {CORRECTED}),
        ("ADULT FIC: The Lamp", {FIC, ADULT}),
        ("Re: [lamps] FIC: The Lamp", {FIC, REPLY}),
        ("Fwd: FIC: The Lamp", {FIC, FORWARD}),
        ("OT: my cat", {TALK}),
        ("[OT] my cat", {TALK}),
        ("ADMIN: rules of the list", {TALK}),
        ("Feedback: The Lamp", {REPLY}),
        ("FB: FIC: The Lamp", {REPLY, FIC}),
        ("CHALLENGE: write a lamp", {TALK}),
        ("CHALLENGE RESPONSE: The Lamp", {FIC}),
        ("Challenge Fic: The Lamp", {FIC}),
        ("B/S FIC: The Lamp", {FIC}),
        ("Question about lamps: how?", set()),
    ],
)
def test_tags(subject: str, tags: set[str]) -> None:
    assert parse(subject).tags == tags


@pytest.mark.parametrize(
    "subject",
    [
        "FIC: The Lamp (1/7)", "[lamps] Re: The Lamp 2/7", "the lamp, part 3", "NEW: The Lamp!! (4/7) PG",
        "THE LAMP - 5 of 7 - by Ann", "Lamp (6/7)", "REPOST: \"The Lamp\" 7/7 (complete)",
    ],
)  # fmt: skip
def test_parts_of_one_story_share_a_key(subject: str) -> None:
    assert parse(subject).key == "lamp"


@given(st.text(max_size=600))
def test_any_subject_is_read(subject: str) -> None:
    parse(subject)


@pytest.mark.parametrize("sign", ["[", "(", "Re: ", "1/2 ", "- ", "fic: ", "part ", " by a", "[a]", "x,"])
def test_no_subject_takes_long(sign: str) -> None:
    parse(sign * 100_000)
