"""Who is named in a text: chapters of one story are about the same people, and two stories of one title are not.

A name is a word with a capital that stands within a sentence, more than once, and is no word of the title or of every
day (`Monday`, `Mum`). In languages that write all nouns so a text names more than people: there it parts less.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_SMALL = "a-zß-öø-ÿа-яё"
_NAME = re.compile(rf"(?<=[{_SMALL},;] )[^\W\d_{_SMALL}][\w-]+")
_WORD = re.compile(r"\w+")
_OF_EVERY_DAY = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december christmas easter halloween mum mom dad father mother god lord lady sir miss "
    "mr mrs ms dr english french german oh yes no ok okay"
)
_EVERY_DAY = frozenset(_OF_EVERY_DAY.split())
_LONGEST = 200_000  # letters of a text that are looked at
_TWICE = 2  # times that somebody is named
_FEWEST = 2  # people to tell a text by


def of(text: str, title: str) -> frozenset[str]:
    """Who is named in the sentences of a text; nobody where there are too few to tell by."""
    named = Counter(found.casefold() for found in _NAME.findall(" ".join(text[:_LONGEST].split())))
    people = {name for name, times in named.items() if times >= _TWICE}
    people -= _EVERY_DAY.union(_WORD.findall(title.casefold()))
    return frozenset(people) if len(people) >= _FEWEST else frozenset()


def differ(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two texts are about others altogether."""
    return bool(one and other and not one & other)


def parted(casts: Sequence[frozenset[str]]) -> list[list[int]]:
    """Places in `casts`, parted into those that are about the same people. One of which nothing is known goes with all
    others where these are about the same, and else stands alone."""
    rows: dict[int, list[int]] = {}
    row_of: dict[str, int] = {}
    unknown: list[int] = []
    for at, named in enumerate(casts):
        if not named:
            unknown.append(at)
            continue
        kin = sorted({row_of[name] for name in named if name in row_of}) or [at]
        row = rows.setdefault(kin[0], [])
        row += [at, *(found for other in kin[1:] for found in rows.pop(other))]
        for found in row if kin[1:] else [at]:
            row_of.update(dict.fromkeys(casts[found], kin[0]))
    if len(rows) > 1:
        return [*rows.values(), *([at] for at in unknown)]
    return [sorted([*unknown, *(at for row in rows.values() for at in row)])]
