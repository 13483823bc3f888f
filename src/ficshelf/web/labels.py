"""What facts, chapters and sources are called on the pages."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficshelf import dates
from ficshelf.writers.facts import TAG_LABELS
from ficshelf.writers.mail_addresses import name_without

if TYPE_CHECKING:
    from ficshelf.library.group_evidence import Member

_ISO = re.compile(r"\s*(\d{4}-\d\d-\d\d)(?:[T ]\d\d:\d\d.*)?\s*")
_MAIL = re.compile(r"\s*(?:[A-Z][a-z]{2},? )?(\d{1,2} [A-Z][a-z]{2} \d{4}) \d\d:\d\d.*")  # RFC 5322, 3.3

FACTS = TAG_LABELS | {
    "series": "Series",
    "part": "Part",
    "status": "Status",
    "language": "Language",
    "published": "Published",
    "updated": "Updated",
    "words": "Words, as stated",
    "archive": "Archive",
    "url": "Address",
    "beta": "Beta",
    "spoilers": "Spoilers",
    "feedback": "Feedback",
    "archive_permission": "Archiving",
}  # in the order in which a work's page shows them
PROSE = {"disclaimer": "Disclaimer", "dedication": "Dedication", "note": "Author’s notes"}
ABOUT = (
    FACTS
    | PROSE
    | {
        "title": "Title",
        "author": "Author",
        "rating": "Rating",
        "complete": "Complete",
        "summary": "Summary",
        "chapters": "Chapters",
        "encoding": "Encoding",
        "same-work": "Another copy?",
    }
)  # what a guess or a question may be about


def chapter_label(number: int | None, title: str, position: int, chapters: int) -> str:
    """What a chapter is called in lists and titles; "" for the only chapter of a work that has no name of its own."""
    if title := name_without(title):
        return f"{number}. {title}" if number else title
    if number is not None:
        return f"Chapter {number}"
    return f"Part {position}" if chapters > 1 else ""


def only(member: Member, chapters: int) -> Iterator[str]:
    """What no other copy has, in words."""
    if member.chapters:
        names = [chapter_label(number, title, place, chapters) for place, number, title in member.chapters]
        more = f" and {member.chapters_more} more" if member.chapters_more else ""
        yield f"{', '.join(name or 'its text' for name in names)}{more}"
    if member.facts:
        yield "what it states: " + ", ".join(ABOUT.get(name, name) for name in member.facts)
    yield from member.has


def day_of(text: str) -> datetime.date | None:
    """The day that a date names in full and beyond doubt: 2003-03-04, or as mail has it. None for any other."""
    if found := _ISO.fullmatch(text) or _MAIL.fullmatch(text):
        return dates.parse(found[1])
    return None


def day_name(day: datetime.date) -> str:
    """A day as people read it, without ambiguity: 4 Mar 2003."""
    return f"{day.day} {day:%b %Y}"


def size(number: int) -> str:
    """Bytes as people read them: 812 bytes, 41 kB, 3.2 MB."""
    if number < 1000:
        return f"{number} byte{'' if number == 1 else 's'}"
    if number < 999_500:
        return f"{number / 1000:.0f} kB"
    return f"{number / 1e6:,.1f} MB"
