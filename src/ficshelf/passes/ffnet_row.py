"""The row in which FanFiction.net and FictionPress tell what a story is, on a page as in a text copied from it:
`Rated: Fiction T - English - Romance/Angst - [Ann B., Carl D.] Eve F. - Words: 1,234 - Updated: … - id: 99`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_RATED = re.compile(r"\bRated\s*:", re.IGNORECASE)
_PARTED = re.compile(r"\s+-\s+")
_COMMAS = re.compile(r",\s+|\s+(?=(?:published|updated):)", re.IGNORECASE)  # the mobile page's dates have none
_SURE = re.compile(r"\s-\s+(?:Words|Chapters|Reviews|Published|Updated|P|U|id)\s*:|\s-\s+Complete\b", re.IGNORECASE)
_LABELLED = re.compile(r"(?P<label>[A-Za-z ]{1,14}?)\s*:\s*(?P<value>.*)", re.DOTALL)
_COUNTED = re.compile(r"\W*reviews?\b|id\b", re.IGNORECASE)
_NAMES = {
    "rated": "rating", "fiction rated": "rating", "words": "words", "updated": "updated", "u": "updated",
    "published": "published", "publish date": "published", "p": "published", "status": "status",
}  # fmt: skip
_GENRES = frozenset(
    ("adventure", "angst", "crime", "drama", "family", "fantasy", "friendship", "general", "horror", "humor",
     "hurt/comfort", "mystery", "parody", "poetry", "romance", "sci-fi", "spiritual", "supernatural", "suspense",
     "tragedy", "western", "manga", "essay", "fable", "biography", "play", "young-adult", "action")
)  # fmt: skip


def is_row(said: str) -> bool:
    """Whether a line is surely such a row, with hyphens between its pieces."""
    return " - " in said and _RATED.match(said.removeprefix("Fiction ")) is not None and _SURE.search(said) is not None


def facts_of(said: str) -> Iterator[tuple[str, str | bool]]:
    """What the row says, piece by piece: with labels, and the language, genres and characters without any."""
    rated = _RATED.search(said)
    said = said[rated.start() :] if rated else said
    loose: list[str] = []
    for piece in _PARTED.split(said) if _PARTED.search(said) else _COMMAS.split(said):
        found = _LABELLED.fullmatch(piece.strip())
        label = found["label"].strip().lower() if found else ""
        if found and (name := _NAMES.get(label)):
            value = found["value"].strip()
            if name == "rating":
                yield "rating", value.removeprefix("Fiction").strip()
            elif name == "status":
                yield "complete", value.lower().startswith("complete")
            else:
                yield name, value
        elif piece.strip().lower() in {"complete", "completed"}:
            yield "complete", True
        elif not found and piece.strip() and not _COUNTED.match(piece.strip()):
            loose.append(piece.strip())
    yield from _loose(loose)


def _loose(loose: list[str]) -> Iterator[tuple[str, str]]:
    if loose:
        yield "language", loose[0]
    people: list[str] = []
    for piece in loose[1:]:
        genres = re.split(r"/| & ", piece.replace("Hurt/Comfort", "Hurt~Comfort"))
        if not people and all(genre.strip().replace("~", "/").lower() in _GENRES for genre in genres):
            yield from (("genre", genre.strip().replace("~", "/")) for genre in genres)
        else:
            people.append(piece)
    if people:
        yield from _characters(", ".join(people))


def _characters(said: str) -> Iterator[tuple[str, str]]:
    for pair in re.findall(r"\[([^\]]+)\]", said):
        yield "relationship", "/".join(name.strip() for name in pair.split(","))
    if "/" in said and "," not in said:
        yield "relationship", said.strip()
        return
    for name in re.split(r"[\[\],]| & ", said):
        if name.strip():
            yield "character", name.strip()
