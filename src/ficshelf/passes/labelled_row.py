"""A row in which an archive tells all it knows of a story, its labelled pieces parted by hyphens, as FicWad prints it:
`Category: Harbour Watch - Rating: PG - Genres: Drama,Humor - Published: 2010-08-02 - 512 words - Complete`.
"""

from __future__ import annotations

import re

from ficshelf.passes.label_lines import Line, completeness, split_labels

_FEWEST = 3  # labels of one line that are no accident
_PARTED = re.compile(r"\s-\s")
_WORDS = re.compile(r"([\d.,]{1,11})\s+words", re.I)
_LONGEST = 1_000
_MOST_LOOSE = 12  # pieces without a label at the end of a row

Parts = list[tuple[tuple[str, ...], str]]


def is_row(line: Line) -> bool:
    """Whether a header line holds so many labels that nothing but a site has written it."""
    return line.strong and " - " in line.value[:_LONGEST] and len(_labelled(line.label.names, line.value)) >= _FEWEST


def parts(names: tuple[str, ...], value: str) -> Parts:
    """The labels of one line, each with its value. In a row, `Category` beside `Genres` is the fandom, and what stands
    without labels at its end is how long the story is, and whether it is complete."""
    found = _labelled(names, value)
    if len(found) < _FEWEST or " - " not in value[:_LONGEST]:
        return found
    if names == ("category",) and any("genre" in others for others, _ in found):
        found[0] = (("fandom",), found[0][1])
    last, *loose = _PARTED.split(found[-1][1], maxsplit=_MOST_LOOSE)
    found[-1] = (found[-1][0], last)
    for piece in map(str.strip, loose):
        if counted := _WORDS.fullmatch(piece):
            found.append((("words",), counted[1]))
        elif completeness(piece) is not None:
            found.append((("status",), piece))
        elif piece:
            found[-1] = (found[-1][0], f"{found[-1][1]} - {piece}")
    return found


def _labelled(names: tuple[str, ...], value: str) -> Parts:
    return [(several, said.removesuffix(" -").rstrip()) for several, said in split_labels(names, value)]
