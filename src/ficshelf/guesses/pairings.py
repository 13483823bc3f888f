"""What a stated pairing means: `B/S`, `Spike/Buffy`, `1x2`, `Harry x Draco`, `Buffy & Giles`, `past A/B/C`.

The stated words stay as they are. What they stand for is a guess, written as the Archive of Our Own writes it: full
names, `/` between lovers and ` & ` between friends, by the last name (by the family's name where that comes first).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ficshelf import canon, names

_AROUND = re.compile(
    r"\b(?:pre-?\s?slash|pre-|pre\b|ust\b|rst\b|implied|implications of|past|former|ex\b|one-?\s?sided|"
    r"unrequited|eventual|established(?: relationship)?|background|minor|main|mostly|slight|slightly|some|"
    r"hints? of|mentions? of|mentioned|possible|maybe|friendship|friends|gen|slash|het|femslash|romance|"
    r"preslash|brief|future|later|side|light|very|and others?|others?|etc|romantic|platonic|if you squint|"
    r"kinda|sort of|a bit of|a little|primarily|mainly|unresolved|broken|secret|offscreen|prior|previous|"
    r"references? to)\b\s*[:;,.]?\s*",
    re.I,
)
_DENIED = re.compile(r"\s*(?:no|not|none|anti|never|non|without|n/a)\b", re.I)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LOVERS = re.compile(r"\s*[/×♥♡❤⁄]+\s*|\s+[xX]\s+")
_FRIENDS = re.compile(r"\s*&\s*|\s+(?:and|und|et|y)\s+|\s+\+\s+", re.I)
_GLUED = re.compile(r"(?<=[a-z])x(?=[A-Z])|(?<=[A-Z])x(?=[A-Z])")
_LONGEST = 120


class Pairing(NamedTuple):
    """Who is paired in a fandom, and whether as friends; `said` is the stated text without what qualifies it."""

    fandom: str
    characters: tuple[canon.Character, ...]
    friends: bool
    said: str

    @property
    def value(self) -> str:
        """The pairing as the Archive of Our Own writes it."""
        place = 0 if canon.fandom(self.fandom).family_first else -1
        ordered = sorted((one.name for one in self.characters), key=lambda name: names.match(name.split()[place]))
        return (" & " if self.friends else "/").join(ordered)


def tidy(stated: str) -> str:
    """A stated pairing without what only qualifies it; "" where it denies one."""
    if len(stated) > _LONGEST or _DENIED.match(stated):
        return ""
    return _AROUND.sub("", _BRACKETS.sub("", stated)).strip(" .,:;-–—*_~\"'!?")


def members(said: str) -> tuple[tuple[str, ...], bool]:
    """The names in a tidy pairing, and whether they are friends; () where it is no list of names."""
    for parted, friends in ((_LOVERS, False), (_FRIENDS, True), (_GLUED, False)):
        names_said = [one.strip() for one in parted.split(said)]
        if 2 <= len(names_said) <= 5 and all(0 < len(one) <= 40 for one in names_said):
            return tuple(names_said), friends
    return (), False


def read(stated: str, fandom: canon.Fandom) -> Pairing | None:
    """What a stated pairing means in a story of this fandom; None where one of the names is not known."""
    said = tidy(stated)
    if not said:
        return None
    if found := fandom.pairing(said):
        return Pairing(fandom.name, found, False, said)
    listed, friends = members(said)
    known = [fandom.known(one) for one in listed]
    found = tuple(one for one in known if one)
    if not listed or len(found) < len(listed) or len(set(found)) < len(found):
        return None
    return Pairing(fandom.name, found, friends, said)


def coded(stated: str) -> tuple[str, ...]:
    """The fandoms in which a stated pairing is a code that says so: `Spuffy`, `1x2`; of letters alone none is sure."""
    said = names.fold(tidy(stated))
    if len(said) < 3 or ("/" in said and len(said) < 6 and said.isascii() and not re.search(r"\d", said)):
        return ()
    return canon.by_code().get(said, ())
