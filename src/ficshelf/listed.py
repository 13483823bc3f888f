"""Which files hold the chapters that a contents page names: by where its links lead, then by title, then by number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from ficshelf.model import Listed

_ENDING = re.compile(r"-(?:s?html?|xhtml|php\d?|aspx?|jsp|cgi|txt|pl|md|docx?|rtf|odt)$")
_FOLD = re.compile(r"[\W_]+")


class File(NamedTuple):
    """A file that may hold a chapter: its path, the address that it states, its chapter's titles and number."""

    path: str
    url: str = ""
    titles: tuple[str, ...] = ()
    number: int | None = None


def matched(listed: Sequence[Listed], page: str, files: Sequence[File], by_number: bool = False) -> list[int | None]:
    """For each chapter that the contents page at the path `page` names the place in `files` of the one that holds it.

    No file holds two, and what may be either of two files is neither. `by_number` is whether the chapters of these
    files are known to be of the same story, so that their numbers count.
    """
    folder = page.rpartition("/")[0]
    near = [place for place, file in enumerate(files) if not folder or file.path.startswith(f"{folder}/")]
    found: list[int | None] = [None] * len(listed)
    _settle(found, [key_of(one.link) for one in listed], {place: _keys(files[place]) for place in near})
    titles = {place: {_fold(title) for title in files[place].titles} for place in near}
    _settle(found, [_fold(one.title or "") for one in listed], titles)
    if by_number or any(place is not None for place in found):
        numbers = {place: {str(number)} for place in near if (number := files[place].number) is not None}
        _settle(found, [str(one.number) if one.number is not None else "" for one in listed], numbers)
    return found


def _settle(found: list[int | None], wanted: Sequence[str], offered: dict[int, set[str]]) -> None:
    """Fill in what one key says without doubt: wanted once, and offered by one file that is still free."""
    taken = set(found)
    free = {place: keys for place, keys in offered.items() if place not in taken}
    by_key: dict[str, list[int]] = {}
    for place, keys in free.items():
        for key in keys:
            by_key.setdefault(key, []).append(place)
    often = Counter(wanted)
    for at, key in enumerate(wanted):
        if (
            key
            and found[at] is None
            and often[key] == 1
            and len(places := by_key.get(key, [])) == 1
            and places[0] not in taken
        ):
            found[at] = places[0]
            taken.add(places[0])


def key_of(address: str) -> str:
    """What an address and the name of the file that was saved from it have in common: `viewstory.php?sid=2&chapter=1`
    is saved as `viewstory.php@sid=2&chapter=1.html`; "" where it says nothing."""
    whole = unquote(address.partition("#")[0])
    path, _, query = whole.partition("?")
    last = path.rstrip("/").rpartition("/")[2]
    key = _FOLD.sub("-", f"{last}?{query}".lower()).strip("-")
    return _ENDING.sub("", key)


def _keys(file: File) -> set[str]:
    """The keys by which a file may be named: its own name's and its address's."""
    return {key for address in (PurePosixPath(file.path).name.replace("?", "-"), file.url) if (key := key_of(address))}


def _fold(title: str) -> str:
    folded = _FOLD.sub("", title).lower()
    return folded if len(folded) >= 3 else ""
