"""The folder that an archive kept its chapters in: which file holds which chapter.

eFiction writes a chapter to `stories/<number of its author>/<number of the chapter>.txt` (version 1: in a folder of the
author's pen name). Authors change, folders are moved and renamed: a file counts where its name is the number of a
chapter and its folder is one of those in which such files mostly lie.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from ficshelf.sources.places import Place

_SUFFIXES = (".txt", ".htm", ".html", ".php", "")
_LEAST = 0.5  # of the files with numbers in a folder: so many must be chapters


class _File(NamedTuple):
    place: Place
    root: str  # the folder of the authors' folders
    author: str  # the author's folder; "" where the files lie in the root itself
    number: str


def chapters_in(places: Sequence[Place], chapters: Mapping[str, tuple[str, ...]], storiespath: str) -> dict[str, Place]:
    """The files of chapters: of each chapter's number the place of its text. `chapters` says of each number what its
    author's folder may be called (number, pen name); `storiespath` is what the archive called the folder."""
    roots = _roots(places, chapters)
    folder = PurePosixPath(storiespath.replace("\\", "/")).name.casefold()
    rates = {root: _rate(files, chapters, folder) for root, files in roots.items()}
    found: dict[str, Place] = {}
    for root in sorted((one for one in rates if rates[one]), key=lambda one: (-rates[one], one)):
        best: dict[str, tuple[int, str]] = {}
        by_path: dict[str, Place] = {}
        for file in roots[root]:
            if file.number in chapters and file.number not in found:
                right = file.author.casefold() in chapters[file.number]
                rank = (0 if right else 1, file.place.path)
                if file.number not in best or rank < best[file.number]:
                    best[file.number] = rank
                    by_path[file.number] = file.place
        found |= by_path
    return found


def _roots(places: Sequence[Place], chapters: Mapping[str, tuple[str, ...]]) -> dict[str, list[_File]]:
    """Files that are called by a number, by the folder that they belong to."""
    folders: dict[str, list[tuple[Place, str]]] = defaultdict(list)
    for place in places:
        path = PurePosixPath(place.path)
        if path.suffix.lower() in _SUFFIXES and path.stem.isascii() and path.stem.isdecimal() and not place.problem:
            folders[str(path.parent)].append((place, path.stem.lstrip("0") or "0"))
    authors = {name for names in chapters.values() for name in names}
    roots: dict[str, list[_File]] = defaultdict(list)
    for folder, files in folders.items():
        path = PurePosixPath(folder)
        is_author = path.name.casefold() in authors or path.name.isdecimal()
        root = str(path.parent) if is_author else folder
        author = path.name if is_author else ""
        roots[root] += [_File(place, root, author, number) for place, number in files]
    return roots


def _rate(files: Sequence[_File], chapters: Mapping[str, tuple[str, ...]], folder: str) -> float:
    """How much a folder looks like the archive's: 0 for not at all."""
    known = [file for file in files if file.number in chapters]
    if not known:
        return 0.0
    right = sum(file.author.casefold() in chapters[file.number] for file in known) / len(known)
    named = PurePosixPath(files[0].root).name.casefold() == folder
    share = len(known) / len(files)
    if share < _LEAST and not named and right < _LEAST:
        return 0.0
    if not right and not named and len(known) < 3:
        return 0.0
    return right + named + share
