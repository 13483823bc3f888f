"""A series as it is stated above a story, and the story's place in it."""

from __future__ import annotations

import re
from typing import NamedTuple

_PART = r"(?:part|book|story|episode|no\.?|#)\s*#?(?P<place>\d{1,4})"
# "Part 3 of The Returned"; and "The Returned, part 3 of 5", "Ashes #3", "Ashes (book 2)", where the name comes first.
_PLACE_FIRST = re.compile(_PART + r"\s+(?:of|in)\s+(?:(?-i:the)\s+)?(?P<name>\S.*)", re.IGNORECASE)
_NAME_FIRST = re.compile(r"(?P<name>\S.*?)[\s,:;(\[–—-]+" + _PART + r"(?:\s*(?:/|of)\s*\d+)?[)\]]?", re.IGNORECASE)
_LONGEST = 300  # characters; what is longer is no series' name with a number


class InSeries(NamedTuple):
    """A series that a work belongs to; `place` counts from 1 and is 0 where it is not stated."""

    name: str
    place: int


def in_series(stated: str) -> InSeries:
    """The series that `stated` names. An article that belongs to the name stays: "Part 3 of The Returned" is
    The Returned, "Part 3 of the Rain Cycle" is Rain Cycle."""
    stated = " ".join(stated.split())
    if len(stated) <= _LONGEST:
        for form in (_PLACE_FIRST, _NAME_FIRST):
            if match := form.fullmatch(stated):
                return InSeries(match["name"], int(match["place"]))
    return InSeries(stated, 0)
