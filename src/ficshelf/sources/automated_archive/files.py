"""Which file holds the text of an entry: by the end of its path, the nearest to the archive's own file first.

A location is looked up among the files that were found, and never opened as a path: one that leads out of the archive
leads nowhere.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from urllib.parse import unquote

from ficshelf.sources.places import Place

_OFTEN = ("html", "htm", "txt", "shtml", "doc", "rtf", "pdf")
_SITE = re.compile(r"^[a-z][a-z0-9+.-]*://[^/?#]*", re.IGNORECASE)


class Files:
    """The files that lie around an archive's own."""

    def __init__(self, archive: Place, others: Sequence[Place]) -> None:
        self.folder = archive.path.rpartition("/")[0]
        self.found: dict[tuple[str, str], Place | None] = {}
        self.ends: dict[tuple[str, ...], list[Place]] = {}  # by name, and by folder and name, in small letters
        self.stems: dict[tuple[str, ...], list[Place]] = {}  # the same without the names' endings
        for place in others:
            if place.container or place.group:
                continue
            end = place.path.lower().split("/")[-2:]
            for key in (tuple(end[-1:]), tuple(end)):
                self.ends.setdefault(key, []).append(place)
                self.stems.setdefault((*key[:-1], posixpath.splitext(key[-1])[0]), []).append(place)

    def find(self, location: str, ending: str) -> Place | None:
        """The file at a location ("3/salt") with an ending ("html"), either of which may be missing or wrong."""
        asked = (location, ending)
        if asked not in self.found:
            self.found[asked] = self._look(location, ending.strip().lstrip("."))
        return self.found[asked]

    def _look(self, location: str, ending: str) -> Place | None:
        path = unquote(_SITE.sub("", location.strip()).partition("?")[0].partition("#")[0]).replace("\\", "/")
        parts = [part for part in path.split("/") if part not in ("", ".")]
        if not parts or ".." in parts:
            return None
        wholes = [f"{parts[-1]}.{ending}", parts[-1]] if ending else [parts[-1]]
        for name in wholes:
            if found := self._nearest(self.ends, [*parts[:-1], name]):
                return found
        return self._nearest(self.stems, parts)

    def _nearest(self, index: dict[tuple[str, ...], list[Place]], parts: list[str]) -> Place | None:
        """The place whose path ends as wanted; of several, that which has most of its folders in common with the
        archive's own file."""
        small = [part.lower() for part in parts]
        fitting = [
            place
            for place in index.get(tuple(small[-2:]), ())
            if place.path.lower().split("/")[-len(parts) : -1] == small[:-1]
        ]
        return min(fitting, key=lambda place: self._rank(place, parts), default=None)

    def _rank(self, place: Place, parts: list[str]) -> tuple[int, bool, int, int, str]:
        common = len(posixpath.commonprefix([f"{self.folder}/".split("/"), place.path.split("/")]))
        ending = place.path.rpartition(".")[2].lower()
        often = _OFTEN.index(ending) if ending in _OFTEN else len(_OFTEN)
        return (-common, "/".join(parts) not in place.path, often, place.path.count("/"), place.path)
