"""Which files may hold the chapters of one story, by their names alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import PurePosixPath

TOGETHER = 200  # files or posts of one story that are read at once; the rest of a longer one follow as next chapters
TOGETHER_BYTES = 32 << 20  # of these files or posts

_CHAPTER_FILE = re.compile(
    r"(?P<stem>.*?)(?<![\s_.-])[\s_.-]*+(?:(?:chapter|chap|ch|part|pt|kapitel|teil|p|c|episode|ep)[\s_.-]*)?(?<!\d)(?P<number>\d{1,4})(?P<tail>[\s_.-]*(?:of[\s_.-]*\d+)?)",
    re.I,
)
_VERSION_FILE = re.compile(r".*[\s_.-](?:v|ver|version|draft|rev|copy|take)[\s_.-]?\d+", re.I)
_NAMED_FILE = re.compile(r"(?P<stem>.*?)(?<![\s_.-])[\s_.-]*+(?P<name>prologue|epilogue|prolog|epilog)", re.I)
_PADDED = re.compile(  # `04 - Room 101`: what counts is padded
    r"(?P<number>0\d{1,2})[\s_.-]+(?!.*(?:chapter|chap|ch|part|pt|kapitel|teil|episode|ep)\b)[^\W\d_].*", re.I
)
_YEAR = re.compile(r"(?P<number>\d{2,3}) - (?:1\d{3}|20\d\d)")  # `04 - 1999`: a title that is a year
_LEADING_NUMBER = re.compile(r"(?P<number>\d{1,4})(?:[\s_.-]+(?P<title>.*))?")


def groups(paths: Sequence[str]) -> list[list[int]]:
    """Which sources may hold chapters of one story, by folder and file name: places in `paths`, in chapter order.

    `tale-01.txt`, `tale-02.txt`; `Chapter 1.html` beside `Chapter 2.html`. Names alone only suggest: what the files say
    (another title, the same chapter twice) parts them again.
    """
    rows: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for place, path in enumerate(paths):
        pure = PurePosixPath(path)
        key, number = number_of(pure.stem)
        name = (str(pure.parent), f"{key}|{pure.suffix.lower()}") if number is not None else (path, str(place))
        rows.setdefault(name, []).append((number or 0, place))
    made: list[list[int]] = []
    for row in _over_folders(rows):
        numbers = sorted(number for number, _ in row)
        if len(row) > 1 and (len(set(numbers)) != len(numbers) or numbers[0] > 2):  # years and story ids begin higher
            made += [[place] for _, place in row]
        else:
            made.append([place for _, place in sorted(row)])
    return sorted(made, key=min)


_SAYS_NOTHING = re.compile(r".{0,3}|stor(?:y|ies)|fics?|files?|pages?|texts?|tales?|untitled|documents?|new|scan|copy")


def _over_folders(rows: dict[tuple[str, str], list[tuple[int, int]]]) -> list[list[tuple[int, int]]]:
    """The rows, those put together that go on in another folder under the same name, just where they left off,
    or one further: a chapter may be lost."""
    kin: dict[str, list[list[tuple[int, int]]]] = {}
    for (folder, name), row in rows.items():
        key = name.partition("|")[0]
        says = "" if "|" in name and not _SAYS_NOTHING.fullmatch(key) else PurePosixPath(folder).name
        kin.setdefault(f"{says}/{name}" if "|" in name else f"{folder}/{name}", []).append(row)
    made: list[list[tuple[int, int]]] = []
    for found in kin.values():
        found.sort(key=min)
        pairs = list(pairwise(found))
        if min(found[0])[0] <= 2 and all(max(one)[0] < min(other)[0] <= max(one)[0] + 2 for one, other in pairs):
            made.append([part for row in found for part in sorted(row)])
        else:
            made += found
    return made


_CONTENTS_FILE = re.compile(
    r"(?:index|contents?|table[ _-]?of[ _-]?contents|toc|main|default|home|story|chapters?|navigate|inhalt|"
    r"sommaire|indice|00[ _-].*|.*[?@&]index=1|.*[\s_-](?:index|contents|toc))(?:[ _-]?\d)?",
    re.IGNORECASE,
)


def together(paths: Sequence[str], most: int) -> list[list[int]]:
    """Which files are to be read together: those of `groups`, and with them the pages that may be their contents page.

    Where a folder holds a page that is called like a contents page, all of its files, at most `most` of them; and
    `tale.html` beside `tale1.html`, `tale2.html`. What the files say parts them again.
    """
    made = groups(paths)
    by_folder: dict[str, list[int]] = {}
    for group, members in enumerate(made):
        by_folder.setdefault(str(PurePosixPath(paths[members[0]]).parent), []).append(group)
    merged: list[list[int]] = []
    for here in by_folder.values():
        stems = {made[group][0]: PurePosixPath(paths[made[group][0]]).stem for group in here if len(made[group]) == 1}
        if (
            any(_CONTENTS_FILE.fullmatch(stem) for stem in stems.values())
            and sum(len(made[one]) for one in here) <= most
        ):
            merged.append([place for group in here for place in made[group]])
            continue
        rows = {number_of(PurePosixPath(paths[made[one][0]]).stem)[0]: made[one] for one in here if len(made[one]) > 1}
        joined = {place: rows[stem.lower()] for place, stem in stems.items() if stem and stem.lower() in rows}
        for place, row in joined.items():
            row.insert(0, place)
        merged += [made[group] for group in here if made[group][0] not in joined or len(made[group]) > 1]
    return sorted(merged, key=min)


def number_of(stem: str) -> tuple[str, int | None]:
    """What a file's name says without its number, and the number: 0 for a prologue, 9999 for an epilogue."""
    if _VERSION_FILE.fullmatch(stem):
        return stem, None
    if found := _NAMED_FILE.fullmatch(stem):
        return found["stem"].lower(), 0 if "pro" in found["name"].lower() else 9999
    if found := _PADDED.fullmatch(stem) or _YEAR.fullmatch(stem):
        return "", int(found["number"])
    if found := _CHAPTER_FILE.fullmatch(stem):
        key, number = found["stem"].lower().strip(" _.-"), int(found["number"])
        return "" if key.isdecimal() and int(key[:9]) == number else key, number  # `03 - Chapter 3`
    if (found := _LEADING_NUMBER.fullmatch(stem)) and len(found["number"]) <= 3:
        return "", int(found["number"])
    return stem, None
