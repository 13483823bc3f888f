"""The words and the order of links that lead to chapters: `Part 2`, `[3]`, `next chapter >>`, `Prologue`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ficshelf.sources.page_links import Link

_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve",
    "i ii iii iv v vi vii viii ix x xi xii xiii",
)
_COUNTS = {word: place for row in _WORDS for place, word in enumerate(row.split(), 1)}
UNIT = (
    r"(?:chapters?|chap|ch|parts?|pt|episode|ep|section|kapitel|kap|teil|chapitre|partie|cap[ií]tulo|parte|capitolo|"
    r"глава|часть)"
)
_CHAPTER = re.compile(rf"\W*{UNIT}\b\W{{0,4}}(\d{{1,3}}|[a-z]{{1,8}})\b.{{0,100}}", re.IGNORECASE)
_OF_SHOWS = re.compile(r"\W*(?:ep|episode|section)\b", re.IGNORECASE)  # what a note may name
_BARE = re.compile(r"\W{0,3}(\d{1,3})\W{0,3}")
_NUMBERED = re.compile(r"\W{0,2}(\d{1,3})\s?[.):]\s.{1,100}")
_FIRST = re.compile(r"\W*(?:prologue?|prolog|пролог)\b.{0,60}", re.IGNORECASE)
_LAST = re.compile(r"\W*(?:epilogue?|epilog|эпилог)\b.{0,60}", re.IGNORECASE)
_NEXT = re.compile(
    r"\W*(?:(?:(?:on )?to |go to |read )?(?:the )?"
    r"(?:next|continue|weiter|nächste\w*|suivant\w*|siguiente|следующ\w*))\b"
    rf"(?P<what>\W*(?:to |the |with )?(?:{UNIT}|page|seite)?)\W*(?:\d{{1,3}}|[ivx]+)?\W*",
    re.IGNORECASE,
)
_ON = re.compile(rf"\W*(?:on )?to (?:the )?(?P<what>{UNIT})\W*(?:\d{{1,3}}|[a-z]{{1,8}})\W*", re.IGNORECASE)
_BACK = re.compile(
    r"\W*(?:(?:back|go back|return) to )?(?:the )?"
    r"(?:prev(?:ious)?|last|zurück|vorige\w*|précédente?|anterior|предыдущ\w*)\b"
    rf"\W*(?:{UNIT}|page)?\W*(?:\d{{1,3}})?\W*|\W*(?:<<|«|←)\W*",
    re.IGNORECASE,
)
_FORTH = re.compile(r"\s*(?:>>|»|→|-+>)\s*")


class Told(NamedTuple):
    """What the words of a link say: the chapter they name, how surely they lead on, and whether they lead back."""

    number: int | None = None
    ahead: str = ""
    back: bool = False


NOTHING = Told()


@lru_cache(1 << 16)
def told(text: str) -> Told:
    """What the words of a link say."""
    if len(text) > 120:
        return NOTHING
    return Told(_number(text), _ahead(text), _BACK.fullmatch(text) is not None)


def heading(text: str) -> int | None:
    """The number of the chapter that begins under a line; None where the line is no heading."""
    found = _CHAPTER.fullmatch(text)
    return _counted(found[1]) if found and not _OF_SHOWS.match(text) else None


def _counted(said: str) -> int | None:
    return int(said) if said.isdecimal() else _COUNTS.get(said.lower())


def _number(text: str) -> int | None:
    """The chapter that the words of a link name; -1 for one behind all others."""
    if (found := _BARE.fullmatch(text) or _NUMBERED.fullmatch(text)) is not None:
        return int(found[1])
    if found := _CHAPTER.fullmatch(text):
        return _counted(found[1])
    if _FIRST.fullmatch(text):
        return 0
    return -1 if _LAST.fullmatch(text) else None


def runs(at: int, leads: Sequence[tuple[Link, int]]) -> Iterable[list[tuple[int, int]]]:
    """Links of a page that count up: (number, page) of each; the page itself may be the one that is missing."""
    row: list[tuple[int, int]] = []
    for link, to in leads:
        number = told(link.text).number
        if number is None or link.rel:
            continue
        if row and number == row[-1][0] and to == row[-1][1]:
            continue
        if number == -1 and row:
            number = row[-1][0] + 1
        skips = 2 if row else 1  # the page itself is not linked
        if row and row[-1][0] < number <= row[-1][0] + skips and to not in {one for _, one in row}:
            row.append((number, to))
            continue
        yield from _whole(at, row)
        row = [(number, to)] if 0 <= number <= 2 else []
    yield from _whole(at, row)


def _whole(at: int, row: list[tuple[int, int]]) -> Iterable[list[tuple[int, int]]]:
    """A run of links, with the page itself where just one number is missing; none where it is no run."""
    numbers = [number for number, _ in row]
    missing = sorted(set(range(min(1, *numbers), numbers[-1] + 1)) - set(numbers)) if len(row) > 1 else []
    if len(row) > 1 and len(missing) <= 1:
        yield sorted([*row, (missing[0], at)]) if missing else row


def _ahead(text: str) -> str:
    """Whether a link says that it leads on: "strong" where it says to what, "weak" where not; "" where it does not."""
    if found := _ON.fullmatch(text) or _NEXT.fullmatch(text):
        return "strong" if re.search(UNIT, found["what"] or "", re.IGNORECASE) else "weak"
    return "weak" if _FORTH.fullmatch(text) else ""
