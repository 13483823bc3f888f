"""How sure a guess is: for each kind of evidence the share of guesses that were right where the truth was known.

`python -m bench.guesses` measures them over some thousands of stories made for it, whose fandom and characters are
known: of fandoms that ficshelf knows, of the forge's own list, of two fandoms at once, of nobody's people, and of a
fandom that is treated as unknown. It prints this table beside what it finds. `python -m bench.forge` measures them
again over whole files with all their damages, titles and betas too, and prints for each fact which share of the
guesses of each confidence was right. A share told here lies about where both find it, and is never above 0.98. What
neither can show (properties, who posts) is told low, by how the samples and cases come out.
"""

from __future__ import annotations

FLOOR = 0.5  # below it a guess is no fact; where there is something to choose from, it is a question
SURE: dict[str, float] = {
    "beta thanked in a note": 0.9,
    "title of page": 0.9,
    "line alone on top": 0.7,
    "title of file": 0.2,
    "first words as title": 0.05,
    "title of file beside its author": 0.7,
    "author of file": 0.6,
    "document's properties": 0.6,
    "who posted it": 0.6,
    "name below a foreword": 0.7,
    "name below a title": 0.6,
    "told by the page's head": 0.9,
    "fandom in brackets": 0.97,
    "fandom in disclaimer": 0.95,
    "fandom's maker": 0.92,
    "some work in disclaimer": 0.8,
    "fandom of stated characters": 0.97,
    "fandom of one stated character": 0.6,
    "fandom of pairing code": 0.95,
    "fandom of site": 0.9,
    "fandom of folder": 0.95,
    "fandom of names, 4": 0.98,
    "fandom of names, 3": 0.97,
    "fandom of names, 2": 0.95,
    "fandom of names, 1": 0.85,
    "fandom of names, stray": 0.35,
    "fandom of names, shared": 0.45,
    "fandom of the library's works": 0.9,
    "maker and names": 0.97,
    "crossover of names": 0.7,
    "pairing": 0.95,
    "character in pairing": 0.97,
    "character named often": 0.97,
    "language, many words": 0.98,
    "language, few words": 0.9,
    "language, near another": 0.7,
    "letters of genres": 0.9,
}


def both(one: float, other: float) -> float:
    """How sure two kinds of evidence make together that say the same and know nothing of each other."""
    return min(0.98, 1 - (1 - one) * (1 - other))
