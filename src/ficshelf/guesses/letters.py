"""Letters that stand for genres: `XARH` on stories of the X-Files, as the archives of that fandom had them."""

from __future__ import annotations

import re

from ficshelf.model import INFERRED, Fact, Facts
from ficshelf.sureness import SURE

_OF = {
    "X": "X-File",
    "S": "Story",
    "V": "Vignette",
    "R": "Romance",
    "A": "Angst",
    "H": "Humor",
    "P": "Poetry",
    "T": "Thriller",
    "C": "Crossover",
}
_LETTERS = re.compile(r"[XSV]?[XSVRAHPTC]{0,5}")


def genres(facts: Facts, fandoms: list[str]) -> list[Fact]:
    """The genres that such letters stand for, in a story of the X-Files that states them."""
    if "The X-Files" not in fandoms:
        return []
    made: dict[str, Fact] = {}
    for name in ("category", "genre", "tag"):
        for fact in facts.get(name, ()):
            said = str(fact.value).strip(" .,;")
            said = re.sub(r"[\s,/]+", "", said) if re.fullmatch(r"(?:[A-Z][\s,/]+)*[A-Z]", said) else said
            if fact.how == INFERRED or not said or not _LETTERS.fullmatch(said) or len(set(said)) < len(said):
                continue
            for letter in said:
                why = f"the letter {letter} of “{fact.value}”"
                made.setdefault(
                    _OF[letter],
                    Fact(_OF[letter], INFERRED, fact.spans, fact.source, SURE["letters of genres"], why),
                )
    return list(made.values())
