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
    sites: gossamer                           words in the addresses of its archives

What stands in brackets behind a name only tells it from another. All of it is general knowledge.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import NamedTuple

from ficshelf import names

_ASIDE = re.compile(r"\s+\([^()]*\)$")
_ASIDES = re.compile(r" \([^()|,]*\)(?=[|,]|$)")
_TITLES = (
    "the of and de da di du del della la le les von van zu no ni el y i ii iii iv jr sr st mr mrs ms miss dr "
    "doctor professor captain commander colonel general admiral lieutenant major sergeant inspector detective "
    "agent director president king queen prince princess lord lady sir duke duchess count countess baron sister "
    "brother father mother uncle aunt judge chief coach madam madame monsieur master young old little big white "
    "black red blue green grey dead death dark high great grand first second third tenth ninth eleventh twelfth "
    "thirteenth evil good super spirit holy ghost private sheriff commissioner knight"
)
_LEFT_OUT = frozenset(_TITLES.split())
_MAIN = 12  # characters of a fandom that initials may stand for


class Character(NamedTuple):
    """Somebody in a fandom: the full name, and every name that goes by itself."""

    name: str
    others: tuple[str, ...] = ()


class Fandom(NamedTuple):
    """One fandom. `codes` is as the files have it, for `pairing` to resolve."""

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
        meant = _meanings(self.name).get(names.fold(code), "")
        found = [one for said in meant.split("/") if said and (one := self.known(said))]
        return tuple(found) if len(found) == meant.count("/") + 1 else ()


class Telling(NamedTuple):
    """What a folded name in a text may tell: whose it is (`character`, a place in the fandom's list; -1 for a word of
    the fandom's own), whether it is the whole of a name of several words, or only a part of one."""

    fandom: str
    character: int
    whole: bool
    part: bool


@cache
def fandom(name: str) -> Fandom:
    """The fandom of that name."""
    told = _told()[name]
    return Fandom(
        name,
        told.get("ao3", name),
        _listed(told, "also"),
        _listed(told, "by"),
        tuple(_character(one) for one in _listed(told, "who")),
        {_bare(code): meant for code, _, meant in (pair.partition(" = ") for pair in _listed(told, "codes"))},
        _listed(told, "words"),
        told.get("order") == "family",
    )


@cache
def all_names() -> tuple[str, ...]:
    """The names of all fandoms."""
    return tuple(_told())


@cache
def by_title() -> dict[str, tuple[str, ...]]:
    """Every name of a fandom, folded, and the fandoms that go by it: one, but for names of whole families."""
    return _index("also", own=True)


@cache
def by_code() -> dict[str, tuple[str, ...]]:
    """Every code of a pairing, folded, with the fandoms that use it."""
    found: dict[str, list[str]] = {}
    for name, told in _told().items():
        codes = folded(told.get("codes", "")).split(", ")
        for code in dict.fromkeys(_bare(one.partition(" = ")[0]) for one in codes if one):
            found.setdefault(code, []).append(name)
    return {code: tuple(several) for code, several in found.items()}


@cache
def by_maker() -> dict[str, tuple[str, ...]]:
    """Everybody who made or owns fandoms, folded, with the fandoms."""
    return _index("by")


@cache
def by_site() -> dict[str, tuple[str, ...]]:
    """Words in the addresses of archives that hold one fandom alone."""
    return _index("sites")


@cache
def by_name() -> dict[str, tuple[Telling, ...]]:
    """Every name, part of a name and telling word, folded, with what it may tell."""
    found: dict[str, list[Telling]] = {}
    for name, told in _told().items():
        seen: set[str] = set()

        def add(said: str, character: int, *, part: bool, name: str = name, seen: set[str] = seen) -> None:
            if said not in seen:
                seen.add(said)
                found.setdefault(said, []).append(Telling(name, character, " " in said, part))

        who = [one.split("|") for one in _characters_of(told)]
        for place, several in enumerate(who):
            for said in several:
                add(said, place, part=False)
        for place, several in enumerate(who):
            for said in several:
                if " " in said:
                    for part in said.replace('"', " ").split():
                        if len(part) > 2 and part not in _LEFT_OUT:
                            add(part, place, part=True)
        for word in folded(told.get("words", "")).split(", "):
            if word:
                add(word, -1, part=False)
    return {said: tuple(several) for said, several in found.items()}


def titled(said: str) -> Fandom | None:
    """The fandom that goes by this name; an article before it does not matter. None where several do, or none."""
    key = names.fold(said).strip(" .,!*_\"'")
    found = by_title().get(key) or by_title().get(key.removeprefix("the ")) or by_title().get(f"the {key}") or ()
    return fandom(found[0]) if len(found) == 1 else None


def is_name_word(word: str) -> bool:
    """Whether a word is the part of a name that tells, not a title, a particle or an initial."""
    return (not word[0].islower() or "'" in word) and word.lower().strip(".'’") not in _LEFT_OUT


def _characters_of(told: dict[str, str]) -> list[str]:
    """The characters of a paragraph, folded, without what only tells two of one name apart."""
    return folded(_ASIDES.sub("", told.get("who", ""))).split(", ") if "who" in told else []


def folded(listed: str) -> str:
    """A list or a text folded as the indexes are; names.fold cuts what is longer than a name."""
    return " ".join(listed.replace("’", "'").casefold().split())


@cache
def _told() -> dict[str, dict[str, str]]:
    """What the files say, by fandom and field."""
    found: dict[str, dict[str, str]] = {}
    for file in sorted(resources.files(__package__).iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".txt"):
            continue
        for block in file.read_text("utf-8").split("\n\n"):
            lines = [line for line in block.splitlines() if not line.startswith("#")]
            if not lines:
                continue
            told = found.setdefault(lines[0], {})
            for line in lines[1:]:
                field, _, value = line.partition(": ")
                field = field.rstrip("+")
                told[field] = f"{told[field]}, {value}" if field in told else value
    return found


def _listed(told: dict[str, str], field: str) -> tuple[str, ...]:
    return tuple(told[field].split(", ")) if field in told else ()


def _index(field: str, *, own: bool = False) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name, told in _told().items():
        listed = folded(told.get(field, "")).split(", ") if field in told else []
        if own:
            listed += [folded(name), folded(told.get("ao3", name))]
        for one in dict.fromkeys(listed):
            found.setdefault(one, []).append(name)
    return {one: tuple(several) for one, several in found.items()}


def _character(said: str) -> Character:
    first, *others = map(_bare, said.split("|"))
    return Character(first, tuple(name for name in dict.fromkeys(others) if name != first))


def _bare(name: str) -> str:
    return _ASIDE.sub("", name) if name.endswith(")") else name


@cache
def _meanings(name: str) -> dict[str, str]:
    return {names.fold(code): meant for code, meant in fandom(name).codes.items()}


@cache
def _known(name: str) -> dict[str, Character]:
    """Whatever may stand for a character of a fandom; of two with one name the one listed first, but for initials."""
    characters = fandom(name).characters
    found: dict[str, Character] = {}
    for one in characters:
        for full in (one.name, *one.others):
            found.setdefault(names.fold(full), one)
    for one in characters:
        for full in (one.name, *one.others):
            for part in full.replace('"', " ").split():
                if len(part) > 1 and is_name_word(part):
                    found.setdefault(names.fold(part), one)
    initials: dict[str, list[Character]] = {}
    for one in characters[:_MAIN]:
        for said in dict.fromkeys(_initials(one)):
            initials.setdefault(said, []).append(one)
    for said, several in initials.items():
        if len(several) == 1:
            found.setdefault(said, several[0])
    return found


def _initials(one: Character) -> list[str]:
    words = [word for word in one.name.split() if is_name_word(word)] or one.name.split()
    whole = "".join(word[0] for word in words if word[0].isalnum()).lower()
    return [whole, *(word[0].lower() for word in words), *(name[0].lower() for name in one.others if " " not in name)]
