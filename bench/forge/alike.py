"""Whether a guess says what is so: other names of the forge's fandoms and people, from full_names.toml.

A story calls somebody Avon, a guess calls him Kerr Avon: in a story of his fandom both are the same person. In a
story of nobody's people a full name of somebody from a fandom is wrong.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from bench.forge.stories import fandoms

_PAIRED = re.compile(r"\s*/\s*|\s+&\s+")


@cache
def _listed() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((Path(__file__).parent / "full_names.toml").read_text(encoding="utf-8"))


@cache
def fandom_forms(fandom: str) -> frozenset[str]:
    """Every name that a fandom goes by, folded."""
    return frozenset(name.casefold() for name in (fandom, *_listed().get(fandom, {}).get("also", ())))


@cache
def _people(fandom: str) -> dict[str, frozenset[str]]:
    """Who is in a fandom, by the name that stories have, with every folded name that they go by."""
    full = _listed().get(fandom, {}).get("who", [])
    return {
        said: frozenset(name.casefold() for name in (said, *listed.split("|")))
        for said, listed in zip(fandoms()[fandom], full, strict=True)
    }


def who(said: str, of: Sequence[str]) -> frozenset[str]:
    """Every folded name that may stand for somebody in a story of these fandoms."""
    known = [people[said] for fandom in of if fandom in fandoms() and said in (people := _people(fandom))]
    return frozenset({said.casefold()}).union(*known)


def paired(relationship: str) -> list[str]:
    """The people in a relationship."""
    return _PAIRED.split(relationship)


def is_so(name: str, value: str, so: dict[str, list[str]]) -> bool:
    """Whether an inferred value says what is so of a story."""
    said = value.casefold()
    of = so["fandom"]
    if name == "fandom":
        return any(said in fandom_forms(fandom) for fandom in of)
    if name == "character":
        return any(said in who(one, of) for one in so["character"])
    if name == "relationship":
        return any(_same_people(paired(said), paired(one), of) for one in so["relationship"])
    return any(said == other.casefold() for other in so[name])


def _same_people(said: list[str], meant: list[str], of: Sequence[str]) -> bool:
    left = list(said)
    for one in meant:
        found = next((other for other in left if other in who(one, of)), None)
        if found is None:
            return False
        left.remove(found)
    return not left
