"""What a copy of a work says about the work: stated and decided facts, tidied for the page. Guesses stay at home."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from ficshelf import words
from ficshelf.model import DECIDED, INFERRED, Chapter, Work
from ficshelf.writers.languages import UNKNOWN, tag_of
from ficshelf.writers.markup import fit

UNTITLED = "Untitled"

TAG_LABELS = {
    "fandom": "Fandom",
    "relationship": "Pairing",
    "character": "Characters",
    "warning": "Warnings",
    "genre": "Genre",
    "category": "Category",
    "tag": "Tags",
}  # the facts that many works share, in the order in which they are shown
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ISO_DAY = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b")
_NAMED_DAY = re.compile(
    r"\b(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?(?P<month>[a-z]{3})[a-z]*\.?,?"
    r"|(?P<month2>[a-z]{3})[a-z]*\.?\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?,?)\s+(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_MAIL = re.compile(r"<?(?:mailto:)?(?<![\w.+'-])[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}>?")
# Marks that turn the order of letters round until they are closed: a title must not turn the page it stands on.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_PLACED = (
    re.compile(r"(?:part|book|story|episode|#)\s*#?(?P<place>\d{1,4})\s+(?:of|in)\s+(?P<name>.*\S)", re.I),
    re.compile(
        r"(?P<name>.*[^\s,:;(\[–—-])[\s,:;(\[–—-]+(?:part|book|story|episode|#)\s*#?(?P<place>\d{1,4})"
        r"(?:\s*(?:/|of)\s*\d+)?[)\]]?",
        re.I,
    ),
)


class InSeries(NamedTuple):
    """A series that a work belongs to, and its place there where that is stated."""

    name: str
    place: int | None


class About(NamedTuple):
    """A work's facts as a copy shows them, each fit for XML, on one line where it is a name, without addresses of
    people. `tags` has a key of TAG_LABELS for each kind that is known. Days are ISO or "" when they are not certain."""

    title: str
    authors: tuple[str, ...]
    summary: str
    tags: dict[str, tuple[str, ...]]
    rating: str
    series: tuple[InSeries, ...]
    language: str  # a BCP 47 tag
    status: str
    complete: bool | None
    spoilers: str
    published: str
    published_day: str
    updated: str
    updated_day: str
    words: int
    dedication: str
    notes: tuple[str, ...]
    beta: str
    disclaimers: tuple[str, ...]
    archive_permission: str
    feedback: str
    url: str
    archive: str

    @property
    def byline(self) -> str:
        """The authors on one line; "" when none is known."""
        if len(self.authors) < 2:
            return "".join(self.authors)
        return ", ".join(self.authors[:-1]) + " and " + self.authors[-1]


def known(work: Work, name: str) -> tuple[str, ...]:
    """The values of a fact, each once. What a person decided stands in place of what files say."""
    facts = [fact for fact in work.facts.get(name, ()) if fact.how != INFERRED]
    decided = [fact for fact in facts if fact.how == DECIDED]
    values = (_tidy(str(fact.value)) for fact in decided or facts)
    return tuple(dict.fromkeys(value for value in values if value))


def about(work: Work) -> About:
    """Everything that a copy says about its work."""

    def one(name: str) -> str:
        return next(iter(known(work, name)), "")

    def line(name: str) -> str:
        return _line(one(name))

    def all_of(name: str) -> str:
        return "\n".join(known(work, name))

    complete = work.fact("complete")
    return About(
        title=line("title") or UNTITLED,
        authors=tuple(map(_line, known(work, "author"))),
        summary=one("summary"),
        tags={name: tuple(map(_line, values)) for name in TAG_LABELS if (values := known(work, name))},
        rating=line("rating"),
        series=tuple(in_series(_line(value)) for value in known(work, "series")),
        language=tag_of(line("language")) if one("language") else UNKNOWN,
        status=line("status"),
        complete=None if complete is None else complete.value is True,
        spoilers=all_of("spoilers"),
        published=line("published"),
        published_day=day(one("published")),
        updated=line("updated"),
        updated_day=day(one("updated")),
        words=words.of_work(work),
        dedication=all_of("dedication"),
        notes=known(work, "note"),
        beta=all_of("beta"),
        disclaimers=known(work, "disclaimer"),
        archive_permission=all_of("archive_permission"),
        feedback=all_of("feedback"),
        url=line("url"),
        archive=line("archive"),
    )


def in_series(value: str) -> InSeries:
    """A series as it is stated, with its place where the words give one: "Part 3 of Ashes", "Ashes #3"."""
    for form in _PLACED:
        if match := form.fullmatch(value[:300]):
            return InSeries(match["name"], int(match["place"]))
    return InSeries(value, None)


def day(stated: str) -> str:
    """The day that a date names, as YYYY-MM-DD; "" when it might be another ("3/4/05")."""
    if match := _ISO_DAY.search(stated):
        year, month, number = map(int, match.groups())
    elif match := _NAMED_DAY.search(stated):
        name = (match["month"] or match["month2"]).lower()
        if name not in _MONTHS:
            return ""
        year, month, number = int(match["year"]), _MONTHS.index(name) + 1, int(match["day"] or match["day2"])
    else:
        return ""
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        return ""


def label(chapter: Chapter) -> str:
    """What a table of contents calls a chapter: its title, its heading, its number, or the words it opens with."""
    if chapter.title and chapter.title.strip():
        title = _line(_tidy(chapter.title))
        if chapter.number and title:
            return f"{chapter.number}. {title}"
        if title:
            return title
    headings = (block.text for block in chapter.blocks if block.kind == "heading")
    if heading := _line(_tidy(next(headings, ""))):
        return heading
    if chapter.number is not None:
        return f"Chapter {chapter.number}"
    for block in chapter.blocks:
        if block.kind in words.COUNTED and (opening := _line(_tidy(block.text[:200]))):
            return shorten(opening, 40)
    return "Without words"


def shorten(text: str, length: int) -> str:
    """The text cut after a word to at most `length` characters, with an ellipsis where something was cut."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    head, space, _ = text[:length].rpartition(" ")
    return (head if space and len(head) > length // 2 else cut).rstrip(" ,;:–—-") + "…"


def without_addresses(text: str) -> str:
    """The text with people's mail addresses taken out: a copy travels, and whoever reads it is a stranger."""
    return _MAIL.sub("", text) if "@" in text else text


def _tidy(value: str) -> str:
    value = _TURNS.sub("", fit(without_addresses(value)))
    return "\n".join(line for line in map(str.strip, value.split("\n")) if line)


def _line(value: str) -> str:
    return " ".join(value.split())
