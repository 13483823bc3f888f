"""Headings of two chapters in one: `Parts Four & Five: The Weir`, `Chapter 3-4: Salt`, `Kapitel 4 und 5: Öl`.

The chapter has the first of the numbers. `Chapters 3-4` alone is as well a link to them, so that a heading in the
plural has a title.
"""

from __future__ import annotations

import re

from ficshelf.passes import numbers
from ficshelf.passes.number_words import fold

PLURALS = {  # of the words that head chapters, and what each is of
    "chapters": "chapter", "chpts": "chapter", "chaps": "chapter", "parts": "part", "pts": "part",
    "episodes": "episode", "teile": "teil", "folgen": "folge", "chapitres": "chapitre", "parties": "partie",
    "capitulos": "capítulo",
    "partes": "parte", "capitoli": "capitolo", "parti": "parte", "hoofdstukken": "hoofdstuk", "delen": "deel",
    "rozdziały": "rozdział", "części": "część", "главы": "глава", "части": "часть",
}  # fmt: skip
JOINS = frozenset("&+-–aueyoiи")  # what `and` begins with
_AND = re.compile(r"\s?(?:&|\+|-|–|(?<=\s)(?:and|und|et|y|e|en|och|i|и)(?=\s))\s?", re.I)
_TITLED = re.compile(r"\s*[:–—-]\s+\S")


def behind_next(rest: str, number: int) -> str:
    """What stands behind a chapter's number and the next one (`3-4: Salt`); all of it where no such number does."""
    joined = _AND.match(rest)
    after = numbers.at(rest, joined.end()) if joined else None
    if after is None or after.value != number + 1 or after.roman:
        return rest
    left = rest[after.end :]
    if not left.strip() and rest.lstrip()[0] in "-–":
        return rest  # `Chapter 1-2` leads to both
    return left if not left.strip() or left.lstrip()[0] in ':-–—(.,"“' else rest


def in_singular(word: str, text: str, end: int) -> str:
    """The word for one chapter where a heading names two of them and what they are called; "" where it does not. `end`
    is where the word ends in the text."""
    if (one := PLURALS.get(fold(word))) is None:
        return ""
    start = end + (len(text) - end - len(text[end:].lstrip(" .")))
    first = numbers.at(text, start)
    if first is None:
        return ""
    left = behind_next(text[first.end :], first.value)
    return one if left != text[first.end :] and _TITLED.match(left) else ""
