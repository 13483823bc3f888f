"""Texts that list stories and hold none: an archive's list or an author's profile that was copied from its page, and
the indexes that readers kept of what they had saved.

A list has entry after entry, each a title with its author or with header lines, and nothing is told between them. What
has a title and an author of its own on top is a story, however it reads.
"""

from __future__ import annotations

import re
from collections import Counter

from ficshelf.passes.label_lines import Line, label_line
from ficshelf.readers.nostory import sight, weighing
from ficshelf.readers.nostory.sight import telling

_ENTRIES = 3  # entries with header lines that make a list
_LINES = 5  # entries of one line each
_BETWEEN = 350  # letters without a label between two entries, beyond which something is told
_LONGEST = 500  # characters of a line of an entry
_OWN = 2  # lines on top among which a story's own title or author stands
_REPEATED = ("summary", "rating", "title", "words", "published", "status", "chapters", "category", "genre")
_COUNTED = frozenset(("words", "published", "status", "chapters"))  # what archives say of each story that they list
_TITLE = 80  # characters of a first line that calls a list one
_CALLED = re.compile(
    r"\b(?:fics?|fan ?fic(?:tion)?s?|stories|recs|recommendations|reading list|to read|bookmarks)\b"
    r"(?![^\n]*[.!?][\"”]?$)",
    re.I,
)
_ABOUT_ONE = re.compile(
    r"(?:pen ?name|real name|member since|membership status|joined|registered|bio|birthday|last (?:login|visit)|"
    r"beta-reader|favou?rite (?:stories|authors|series)|stories by|mitglied seit|miembro desde|membre depuis|"
    r"membro dal|autor seit|зарегистрирован\w*)\b\s*(?::|\[|\S{1,30} \[)",
    re.I,
)
_ENTRY = re.compile(
    r"(?:\d{1,3}[.):]?\s+|[-*•>+]\s*)?[\"“*_]?[^\W_][^\n]{0,80}?(?:[\"”*_]?,?\s+by\s+|[\"”*_]?\s+[-–—|/~]+\s+|[\"”*_]?\s*\.{4,}\s*|\t+|\s{3,})"
    r"[^\n]{2,}"
)
_LONGEST_ENTRY = 250  # characters of it
_PARTED = re.compile(r"\s(?:by\s|[-–—|/~]|\s\s)|\t|\.{4}")  # one of these stands in every entry
_OF_STORIES = re.compile(
    r"\b(?:PG(?:-?1[35])?|NC-?17|FR(?:AO|T|M|C|1[358])|K\+|rated?|WIP|wips?|unfinished|abandoned|incomplete|complete[d]?|one-?shots?|"
    r"slash|femslash|gen|het|yaoi|yuri|MSR|AU|h/c|drabbles?|series|sequel|chapters?|parts?|chaps?|words|reviews?|kb|pages|"
    r"\w+\.(?:txt|html?|docx?|rtf|pdf|lit|zip))\b|https?://|www\.|\b[A-Z]\w*/[A-Z]\w*|\d+/\d+|\b\d{1,4} ?k\b",
)


def kind_of(head: str, lines: list[str]) -> str:
    """What a text is that lists stories: "profile" or "list of stories"; "" for any other. It is given its beginning,
    and the lines of it that say anything."""
    labelled = head.count("Summary") + head.count("Rat") + head.count("Chapters") >= _ENTRIES
    listed = (
        head.count(" by ") + head.count(" - ") + head.count(" | ") + head.count("....") + head.count("\t") >= _LINES
    )
    if not (labelled or listed) or len(lines) < _LINES or max(map(len, lines)) > _LONGEST:
        return ""
    about = sum(_ABOUT_ONE.match(line) is not None for line in lines[:25])
    if about >= _ENTRIES and _most_quiet(lines):
        kind = "profile"
    else:
        kind = "list of stories" if (labelled and _has_entries(lines)) or (listed and _is_index(lines)) else ""
    return "" if kind and weighing.has_quiet_stretch(sight.single_lines("\n".join(lines))) else kind


def _has_entries(lines: list[str]) -> bool:
    """Whether header lines of one kind come again and again, with nothing told between them."""
    found = [label_line(line) for line in lines]
    if _is_storys(found):
        return False
    names = Counter(name for line in found if line for name in line.label.names[:1])
    again = [name for name in _REPEATED if names[name] >= _ENTRIES]
    if len(again) < 2 or _COUNTED.isdisjoint(again):
        return False
    between = 0
    for line, text in zip(found, lines, strict=True):
        between = 0 if line else between + len(text)
        if between > _BETWEEN:
            return False
    return True


def _is_index(lines: list[str]) -> bool:
    """Whether most lines are entries of one line each, and speak of stories."""
    called_so = len(lines[0]) <= _TITLE and _CALLED.search(lines[0]) is not None and " by " not in lines[0]
    share = 0.3 if called_so else 0.6
    entries = _entries(lines, max(_LINES, share * len(lines)))
    if not entries or not _most_quiet(lines, 0.25 if called_so else 0.1):
        return False
    if _is_storys([label_line(line) for line in lines[:12]]):
        return False
    return sum(_OF_STORIES.search(line) is not None for line in entries) >= max(3, share * len(entries))


def _entries(lines: list[str], fewest: float) -> list[str]:
    """The entries of one line each; none as soon as too many lines are something else."""
    entries: list[str] = []
    for below, line in zip(range(len(lines) - 1, -1, -1), lines, strict=True):
        if len(line) <= _LONGEST_ENTRY and _PARTED.search(line) and _ENTRY.fullmatch(line):
            entries.append(line)
        elif len(entries) + below < fewest:
            return []
    return entries


def _is_storys(found: list[Line | None]) -> bool:
    """Whether title and author of one story stand on top."""
    names = [line.label.names[0] if line else "" for line in found[: _OWN + 10]]
    return names.count("title") == 1 and names.count("author") == 1 and "title" in names[: _OWN + 1]


def _most_quiet(lines: list[str], share: float = 0.1) -> bool:
    """Whether hardly a line tells as a story does."""
    return sum(telling(line) >= 2 for line in lines) <= share * len(lines)
