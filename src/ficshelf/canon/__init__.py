"""Fandoms as readers know them: what each is called, who is in it, who made it, and the codes of its pairings.

The files beside this one hold them, a paragraph a fandom, its name first:

    Buffy the Vampire Slayer
    ao3: Buffy the Vampire Slayer (TV)        the form of the Archive of Our Own, where it is another
    also: BtVS, Buffy                         other names and abbreviations, no two fandoms with the same one
    by: Joss Whedon, Mutant Enemy             who made it and who owns it, as disclaimers name them
    who: Buffy Summers|Slayer, Spike, …       the characters, main ones first, each with other names
    codes: B/S = Buffy/Spike, Spuffy = …      what pairings are called; the order is the code's own
    words: Sunnydale, Hellmouth               places and words that tell it
    order: family                             where names are written with the family's name first

What stands in brackets behind a name only tells it from another. All of it is general knowledge.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import NamedTuple

from ficshelf import names

_ASIDE = re.compile(r"\s+\([^()]*\)$")
_TITLES = (
    "the of and de da di du del della la le les von van zu no ni al el y i ii iii iv jr sr st mr mrs ms miss dr "
    "doctor professor captain commander colonel general admiral lieutenant major sergeant inspector detective "
    "agent director president king queen prince princess lord lady sir duke duchess count countess baron sister "
    "brother father mother uncle aunt judge chief coach madam madame monsieur master young old little big white "
    "black red blue green grey dead death dark high great grand first second third tenth ninth eleventh twelfth "
    "thirteenth evil good super spirit holy ghost private sheriff commissioner knight "
)
_LEFT_OUT = frozenset(_TITLES.split())


class Character(NamedTuple):
    """Somebody in a fandom: the full name, and every name that goes by itself."""

    name: str
    others: tuple[str, ...]

    def parts(self) -> list[str]:
        """Single words that can stand for the character: first name, surname, nickname."""
        words = [word for name in (self.name, *self.others) for word in name.replace('"', " ").split()]
        return list(dict.fromkeys(word for word in words if len(word) > 1 and is_name_word(word)))


class Fandom(NamedTuple):
    """One fandom, as the files have it. `codes` is what is written in them, for `pairing` to resolve."""

    name: str
    ao3: str
    also: tuple[str, ...]
    by: tuple[str, ...]
    characters: tuple[Character, ...]
    codes: dict[str, str]
    words: tuple[str, ...]
    family_first: bool

    def known(self, said: str) -> Character | None:
        """Who is meant by a name, a part of one or initials in a story of this fandom; None where that is not sure."""
        key = names.fold(_bare(said))
        return _known(self.name).get(key) or _known(self.name).get(key.strip(" ."))

    def pairing(self, code: str) -> tuple[Character, ...]:
        """The characters that a code of this fandom (`Spuffy`, `1x2`) pairs; () where it is none."""
        meant = _codes(self.name).get(names.fold(code))
        found = [self.known(one) for one in meant.split("/")] if meant else []
        return tuple(one for one in found if one) if all(found) else ()


def is_name_word(word: str) -> bool:
    """Whether a word is the part of a name that tells, not a title, a particle or an initial."""
    return (not word[0].islower() or "'" in word) and word.lower().strip(".'’") not in _LEFT_OUT


@cache
def fandoms() -> dict[str, Fandom]:
    """All fandoms by their name."""
    texts = (
        file.read_text("utf-8")
        for file in sorted(resources.files(__package__).iterdir(), key=lambda file: file.name)
        if file.name.endswith(".txt")
    )
    found = (_fandom(block) for text in texts for block in text.split("\n\n"))
    return {fandom.name: fandom for fandom in found if fandom}


def _fandom(block: str) -> Fandom | None:
    lines = [line for line in block.splitlines() if not line.startswith("#")]
    if not lines:
        return None
    told: dict[str, str] = {}
    for line in lines[1:]:
        field, _, value = line.partition(": ")
        field = field.rstrip("+")
        told[field] = f"{told[field]}, {value}" if field in told else value

    def listed(field: str) -> tuple[str, ...]:
        return tuple(told[field].split(", ")) if field in told else ()

    name = lines[0]
    codes = dict(pair.split(" = ", 1) for pair in listed("codes"))
    characters = tuple(_character(one) for one in listed("who"))
    return Fandom(
        name,
        told.get("ao3", name),
        listed("also"),
        listed("by"),
        characters,
        {_bare(code): meant for code, meant in codes.items()},
        listed("words"),
        told.get("order") == "family",
    )


def _character(said: str) -> Character:
    """A character without what only tells two of one name apart."""
    first, *others = map(_bare, said.split("|"))
    return Character(first, tuple(name for name in dict.fromkeys(others) if name != first))


def _bare(name: str) -> str:
    return _ASIDE.sub("", name) if name.endswith(")") else name


@cache
def by_title() -> dict[str, tuple[Fandom, ...]]:
    """Every name of a fandom, folded: the full ones and the abbreviations; a few stand for two fandoms."""
    found: dict[str, list[Fandom]] = {}
    for fandom in fandoms().values():
        for title in dict.fromkeys(names.fold(name) for name in (fandom.name, fandom.ao3, *fandom.also)):
            found.setdefault(title, []).append(fandom)
    return {title: tuple(several) for title, several in found.items()}


@cache
def by_code() -> dict[str, tuple[Fandom, ...]]:
    """Every code of a pairing, folded, with the fandoms that use it."""
    found: dict[str, list[Fandom]] = {}
    for fandom in fandoms().values():
        for code in dict.fromkeys(names.fold(code) for code in fandom.codes):
            found.setdefault(code, []).append(fandom)
    return {code: tuple(several) for code, several in found.items()}


@cache
def by_maker() -> dict[str, tuple[Fandom, ...]]:
    """Everybody who made or owns fandoms, folded."""
    found: dict[str, list[Fandom]] = {}
    for fandom in fandoms().values():
        for maker in fandom.by:
            found.setdefault(names.fold(maker), []).append(fandom)
    return {maker: tuple(several) for maker, several in found.items()}


def titled(said: str) -> Fandom | None:
    """The fandom that goes by this name; an article before it does not matter. None where several do, or none."""
    key = names.fold(said).strip(" .,!*_\"'")
    found = by_title().get(key) or by_title().get(key.removeprefix("the ")) or by_title().get(f"the {key}") or ()
    return found[0] if len(found) == 1 else None


@cache
def _known(name: str) -> dict[str, Character]:
    """Whatever may stand for a character of a fandom; of two with one name the one listed first, but for initials."""
    characters = fandoms()[name].characters
    found: dict[str, Character] = {}
    for one in characters:
        for full in (one.name, *one.others):
            found.setdefault(names.fold(full), one)
    for one in characters:
        for part in one.parts():
            found.setdefault(names.fold(part), one)
    initials: dict[str, list[Character]] = {}
    for one in characters[:_MAIN]:
        for said in dict.fromkeys(_initials(one)):
            initials.setdefault(said, []).append(one)
    for said, several in initials.items():
        if len(several) == 1:
            found.setdefault(said, several[0])
    return found


_MAIN = 12  # characters of a fandom that initials may stand for


def _initials(one: Character) -> list[str]:
    words = [word for word in one.name.split() if is_name_word(word)] or one.name.split()
    whole = "".join(word[0] for word in words if word[0].isalnum()).lower()
    return [whole, *(word[0].lower() for word in words), *(name[0].lower() for name in one.others if " " not in name)]


@cache
def _codes(name: str) -> dict[str, str]:
    return {names.fold(code): meant for code, meant in fandoms()[name].codes.items()}
