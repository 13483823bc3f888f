"""What a copy of a work says about the work: stated and decided facts, tidied for the page. Guesses stay at home."""

from __future__ import annotations

import re
from typing import NamedTuple

from ficshelf import dates, words
from ficshelf.model import DECIDED, INFERRED, Chapter, Work
from ficshelf.series import InSeries, in_series
from ficshelf.writers.languages import UNKNOWN, tag_of
from ficshelf.writers.mail_addresses import without_addresses
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
# Marks that turn the order of letters round until they are closed: a title must not turn the page it stands on.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


class About(NamedTuple):
    """A work's facts as a copy shows them, each fit for XML, on one line where it is a name, without addresses of
    people. `tags` has a key of TAG_LABELS for each kind that is known. Days are as `_day` gives them."""

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
        return _enumerated(self.authors)


def known(work: Work, name: str) -> tuple[str, ...]:
    """The values of a fact, each once. What a person decided stands in place of what files say."""
    facts = [fact for fact in work.facts.get(name, ()) if fact.how != INFERRED]
    decided = [fact for fact in facts if fact.how == DECIDED]
    values = (_tidy(str(fact.value)) for fact in decided or facts)
    return tuple(dict.fromkeys(value for value in values if value))


def title_and_byline(work: Work) -> tuple[str, str]:
    """The title and the authors, each on one line; "" for what is not known."""
    title = next(iter(known(work, "title")), "")
    return _line(title), _enumerated(tuple(map(_line, known(work, "author"))))


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
        published_day=_day(one("published"), one("updated")),
        updated=line("updated"),
        updated_day=_day(one("updated"), one("published")),
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


def _day(stated: str, beside: str) -> str:
    """A date in the form of ISO 8601, as exact as it is stated: 2004-03-03, 2004-03 or 2004; "" when it is not sure.
    `beside` is the story's other date, which may tell which number is the month."""
    found = dates.parse(stated, (beside,))
    if found is None or found.year < 1000:
        return ""
    exact = len(re.findall(r"\d+", stated)) > 1
    return found.isoformat()[: 10 if exact else 7 if any(map(str.isalpha, stated)) else 4]


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


def _enumerated(names: tuple[str, ...]) -> str:
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def _tidy(value: str) -> str:
    value = _TURNS.sub("", fit(without_addresses(value)))
    return "\n".join(line for line in map(str.strip, value.split("\n")) if line)


def _line(value: str) -> str:
    return " ".join(value.split())
