"""The fandoms that ficshelf knows: the files are well formed, nothing stands twice, every code is somebody's."""

from __future__ import annotations

from collections import Counter

import pytest

from ficshelf import canon, names

FANDOMS = [canon.fandom(name) for name in canon.all_names()]


def test_there_are_enough_of_them() -> None:
    assert len(FANDOMS) >= 300
    assert sum(1 for fandom in FANDOMS if fandom.characters) >= 290


def test_no_name_stands_for_two_fandoms() -> None:
    """But for the AO3 form, which may be the name of a whole family of fandoms."""
    said = Counter(
        title for fandom in FANDOMS for title in {names.fold(name) for name in (fandom.name, fandom.ao3, *fandom.also)}
    )
    assert [title for title, times in said.items() if times > 1] == []


@pytest.mark.parametrize("fandom", FANDOMS, ids=lambda fandom: fandom.name)
def test_a_fandom_is_well_formed(fandom: canon.Fandom) -> None:
    assert fandom.name == fandom.name.strip()
    assert fandom.ao3
    for listed in (fandom.also, fandom.by, fandom.words):
        assert all(one == one.strip() and one for one in listed)
        assert len(set(listed)) == len(listed), [one for one, times in Counter(listed).items() if times > 1]
    full = Counter(one.name for one in fandom.characters)
    assert [name for name, times in full.items() if times > 1] == []
    if fandom.characters:
        assert len(fandom.characters) >= 6
    for one in fandom.characters:
        assert one.name == one.name.strip()
        assert len(one.name) > 0
        assert fandom.known(one.name) == one, f"{one.name} is hidden by {fandom.known(one.name)}"


@pytest.mark.parametrize("fandom", FANDOMS, ids=lambda fandom: fandom.name)
def test_every_code_pairs_characters_that_the_fandom_has(fandom: canon.Fandom) -> None:
    for code, meant in fandom.codes.items():
        found = [fandom.known(one) for one in meant.split("/")]
        assert None not in found, f"{fandom.name}: {code} = {meant}: {found}"
        assert len(found) >= 2
        assert len(set(found)) == len(found), f"{fandom.name}: {code} = {meant} pairs somebody with themselves"


@pytest.mark.parametrize(
    ("fandom", "said", "name"),
    [
        ("Buffy the Vampire Slayer", "giles", "Rupert Giles"),
        ("Harry Potter", "HP", "Harry Potter"),
        ("Harry Potter", "DM", "Draco Malfoy"),
        ("Star Trek: The Original Series", "Bones", "Leonard McCoy"),
        ("Gundam Wing", "WuFei", "Chang Wufei"),
        ("The X-Files", "A.D. Skinner", "Walter Skinner"),
    ],
)
def test_a_character_is_known_by_many_names(fandom: str, said: str, name: str) -> None:
    found = canon.fandom(fandom).known(said)
    assert found
    assert found.name == name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("BtVS", "Buffy the Vampire Slayer"),
        ("spn", "Supernatural"),
        ("The Sentinel", "The Sentinel"),
        ("Lord of the Rings", "The Lord of the Rings"),
        ("X-Files", "The X-Files"),
        ("Stargate: Atlantis", "Stargate Atlantis"),
    ],
)
def test_a_fandom_is_known_by_many_names(said: str, name: str) -> None:
    found = canon.titled(said)
    assert found
    assert found.name == name
