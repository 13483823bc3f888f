"""Lists whose rows hold the beginning of what they lead to: the newest chapters of a site, a blog's months, a search.

Each beginning breaks off, and below or above it stands what such a list says of its story: a date, a count, a rating.
So the lines that tell are many, and may be of several stories; but nothing goes on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ficshelf.readers.nostory.sight import Line

_LINES = 300  # that are looked at
_FEWEST = 3  # beginnings that make a list
_LONG = 14  # words of a line that may be one
_ROWS = 2  # lines from one beginning to the next, in a diary
_NEAR = 5  # lines in which a row's figures stand beside it
_SHORT = 60  # characters of such a line
_FIGURES = re.compile(
    r"\d[\d.,]* ?(?:k\b|words|views|reads|comments?|reviews|replies|wörter|mots|palabras|palavras|parole|слов|"
    r"kommentare|commentaires|comentarios)|\b(?:19|20)\d\d\b|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d\d-\d\d|"
    r"\b(?:rated|rating|posted|updated|published)\b",
    re.I,
)
_BREAKS_OFF = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\W{0,3}(?:\W?(?:read (?:more|on|the rest)|more|continue reading|weiterlesen|mehr|"
    r"lire la suite|leer más|seguir leyendo|leia mais|continua|leggi tutto|читать дал(?:ее|ьше))\W{0,4})?$",
    re.I,
)


def may_be(head: str) -> bool:
    """A cheap look: whether enough lines may break off."""
    return head.count("…") + head.count("...") >= _FEWEST


def is_list(lines: Sequence[Line]) -> bool:
    """Whether beginnings stand among their figures, and hardly anything that does not break off."""
    texts = [line.text for line in lines[:_LINES]]
    long = [place for place, text in enumerate(texts) if len(text.split()) >= _LONG]
    broken = [place for place in long if _BREAKS_OFF.search(texts[place][-60:])]
    if len(broken) < _FEWEST or 3 * len(broken) < 2 * len(long):
        return False
    if sum(below - above > _ROWS for above, below in pairwise(broken)) < len(broken) - 1:
        return False  # a day alone stands between those of a diary
    return 3 * sum(_has_figures(texts, place) for place in broken) >= 2 * len(broken)


def _has_figures(texts: Sequence[str], place: int) -> bool:
    """Whether figures stand right below or above a beginning."""
    for way in (1, -1):
        for off in range(1, _NEAR):
            at = place + way * off
            if not 0 <= at < len(texts) or len(texts[at].split()) >= _LONG:
                break
            if len(texts[at]) <= _SHORT and _FIGURES.search(texts[at]):
                return True
    return False
