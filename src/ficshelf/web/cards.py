"""A work in a list, as the shelf and the search show it: what is known, and of guesses only a title that says so."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Prefetch, QuerySet

from ficshelf.library.models import Credit, SeriesPart, Work, WorkTag
from ficshelf.model import INFERRED
from ficshelf.web import addresses
from ficshelf.writers.facts import UNTITLED, shorten, without_addresses

RATING_NAMES = {
    "general": "General",
    "teen": "Teen",
    "mature": "Mature",
    "explicit": "Explicit",
    "unrated": "Not rated",
}
SUMMARY_LENGTH = 420  # characters shown in a list; the work's own page has all of it


class Link(NamedTuple):
    """A name that leads somewhere."""

    name: str
    url: str


class Card(NamedTuple):
    """What a list says about a work."""

    pk: int
    url: str
    title: str
    guessed: bool  # the title is a guess, or there is none
    authors: tuple[Link, ...]
    fandoms: tuple[Link, ...]
    series: tuple[tuple[Link, int], ...]  # with the part's number, 0 where it is not stated
    rating: str
    rating_name: str
    rating_stated: str
    complete: bool | None
    words: int
    chapters: int
    date: datetime.date | None
    summary: str


def with_what_cards_need(works: QuerySet[Work]) -> QuerySet[Work]:
    """The works with their authors, fandoms and series: four queries, however many works."""
    known = [
        Prefetch("credits", Credit.objects.filter(role="author").exclude(how=INFERRED).select_related("person")),
        Prefetch("work_tags", WorkTag.objects.filter(tag__kind="fandom").exclude(how=INFERRED).select_related("tag")),
        Prefetch("series_parts", SeriesPart.objects.select_related("series")),
    ]
    return works.prefetch_related(*known)


def cards(works: Iterable[Work]) -> list[Card]:
    """The cards of works that came through `with_what_cards_need`."""
    return [card(work) for work in works]


def card(work: Work) -> Card:
    """What a list says about this work."""
    return Card(
        pk=work.pk,
        url=addresses.work(work.pk),
        title=title_of(work),
        guessed=not work.title,
        authors=tuple(
            Link(credit.person.name, addresses.shelf(author=credit.person.name)) for credit in work.credits.all()
        ),
        fandoms=tuple(Link(it.tag.name, addresses.shelf(fandom=it.tag.name)) for it in work.work_tags.all()),
        series=tuple(
            (Link(part.series.name, addresses.shelf(series=part.series.name)), part.position)
            for part in work.series_parts.all()
        ),
        rating=work.rating,
        rating_name=RATING_NAMES[work.rating],
        rating_stated=work.rating_stated,
        complete=work.complete,
        words=work.words,
        chapters=work.chapter_count,
        date=work.updated or work.published,
        summary=shorten(without_addresses(work.summary), SUMMARY_LENGTH),
    )


def title_of(work: Work) -> str:
    """The title as it is shown; where there is none, the guess (shown as one), else "Untitled"."""
    return work.title or work.suggested_title or UNTITLED
