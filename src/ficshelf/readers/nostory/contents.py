"""Contents pages of one story: links to its chapters and, perhaps, what the story is."""

from __future__ import annotations

import re
from typing import NamedTuple

from ficshelf.model import Listed
from ficshelf.passes import headings
from ficshelf.readers.nostory.sight import PageSight, is_way

_LANDMARKS = (
    "ol.chapter.index a, #chapters tr a, .chapter-list a, .table-of-contents a, .threadmark a, "
    ".structItem--threadmark a"
)
_CHAPTER_LINK = re.compile(r"[?&;]chapter=\d+|/chapters?/[\w-]+|[?&;]chapitre=\d+", re.IGNORECASE)
_NAMED = re.compile(
    r"\W*(?:table of contents|contents|chapters?(?: (?:index|list))?|chapter name|index of chapters|threadmarks?\b.*|"
    r"inhalt(?:sverzeichnis)?|kapitel(?:übersicht)?|sommaire|table des matières|chapitres|índice|capítulos|"
    r"indice|capitoli|"
    r"содержание|оглавление|главы)\W*",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\W*(?P<number>\d{1,3})\W*(?P<title>.*)", re.DOTALL)
_SERIES = re.compile(r"^(?P<stem>.*?)(?P<number>\d{1,4})(?P<end>\D*)$")
_ASIDE = re.compile(
    r"review|comment|viewuser|/users?/|profile|action=|report|printable|mode=reply|/r/\d", re.IGNORECASE
)
_TITLED = re.compile(r"(?P<number>\d{1,3})\s*[.):-]\s*$")
_FRAGMENT = re.compile(r"^#")


class Entry(NamedTuple):
    """A link that may lead to a chapter. `is_chapter` where its words or its address say so."""

    number: int | None
    title: str | None
    href: str
    is_chapter: bool
    line: int


def listed(sight: PageSight) -> list[Listed]:
    """The chapters that a contents page names, in its order; none where it is no contents page."""
    if sight.tells >= 3 and sight.stretch > 350:
        return []
    entries = _landmarked(sight) or _entries(sight)
    chapters = [entry for entry in entries if entry.is_chapter]
    if len({entry.href for entry in chapters}) < 2 or len(chapters) < 0.6 * len(entries):
        return []
    there = {entry.line for entry in chapters}
    if any(
        headings.parse(line.text) and not line.links and line.hint in {"h1", "h2", "h3", "h4"} and place > max(there)
        for place, line in enumerate(sight.lines)
    ):
        return []  # below the list a chapter begins
    rest = sum(line.told for place, line in enumerate(sight.lines) if place not in there and not line.labelled)
    if rest > 1200 + 40 * len(chapters) or (sight.tells >= 2 and sight.stretch > 200 and not _is_named(sight)):
        return []
    return [
        Listed(entry.number, entry.title, entry.href)
        for entry in {one.href: one for one in reversed(chapters)}.values()
    ][::-1]


def is_name(text: str) -> bool:
    """Whether a line says that contents follow, and nothing more."""
    return len(text) < 60 and _NAMED.fullmatch(text) is not None


def _is_named(sight: PageSight) -> bool:
    return any(is_name(line.text) for line in sight.lines)


def _landmarked(sight: PageSight) -> list[Entry]:
    """The links that stand where an archive keeps its lists of chapters."""
    found = []
    for node in sight.tree.css(_LANDMARKS):
        href = node.attributes.get("href") or ""
        text = " ".join((node.text(deep=True) or "").split())
        if href and text and not _FRAGMENT.match(href) and not _ASIDE.search(href):
            found.append(_entry(text, href, 0, "", True))
    return found


def _entries(sight: PageSight) -> list[Entry]:
    """All links of the page that may be chapters, or something beside them."""
    found: list[Entry] = []
    is_named = False
    for place, line in enumerate(sight.lines):
        if not line.links and is_name(line.text):
            is_named = True
            continue
        for link in line.links:
            if _FRAGMENT.match(link.href) or is_way(link.text) or _ASIDE.search(link.href) or len(link.text) > 120:
                continue
            if link.before > 12 and not (len(line.links) > 2 and line.told < 40):
                found.append(Entry(None, link.text, link.href, False, place))
                continue
            found.append(_entry(link.text, link.href, place, link.ahead, is_named and line.told < 60))
    return _in_series(found)


def _entry(text: str, href: str, place: int, before: str, is_named: bool) -> Entry:
    heading = headings.parse(text)
    if heading is not None and (heading.number is not None or heading.level or heading.title == text):
        return Entry(heading.number, heading.title, href, True, place)
    number = None
    if ahead := _TITLED.search(before):
        number = int(ahead["number"])
    elif (own := _NUMBERED.fullmatch(text)) and (not own["title"] or re.match(r"\W*\d{1,3}\s*[.):\]-]", text)):
        return Entry(int(own["number"]), own["title"].strip() or None, href, bool(own["title"]) or is_named, place)
    by_address = _CHAPTER_LINK.search(href) is not None
    return Entry(number, text, href, is_named or by_address or (number is not None and "viewstory" in href), place)


def _in_series(entries: list[Entry]) -> list[Entry]:
    """Bare numbers, and whatever else leads to files that are numbered through, are chapters where they count up."""
    if any(entry.is_chapter for entry in entries) and not all(entry.title is None for entry in entries):
        chapters = {entry.href for entry in entries if entry.is_chapter}
        stems = {found["stem"] for href in chapters if (found := _SERIES.match(href))}
        return [
            entry._replace(is_chapter=True)
            if not entry.is_chapter
            and (found := _SERIES.match(entry.href))
            and found["stem"] in stems
            and found["stem"]
            else entry
            for entry in entries
        ]
    bare = [entry for entry in entries if entry.title is None and entry.number is not None]
    numbers = [entry.number for entry in bare]
    if (
        len(bare) >= 2
        and numbers == list(range(numbers[0] or 0, (numbers[0] or 0) + len(bare)))
        and numbers[0] in {0, 1}
    ):
        return [
            entry._replace(is_chapter=True) if entry.title is None and entry.number is not None else entry
            for entry in entries
        ]
    return entries
