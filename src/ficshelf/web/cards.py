"""A work in a list, as the shelf and the search show it: what is known, and of guesses only a title that says so."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypedDict

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from ficshelf.library.models import Credit, SeriesPart, Work, WorkTag
from ficshelf.library.visibility import MARKS
from ficshelf.model import INFERRED
from ficshelf.web import addresses
from ficshelf.web.kept import Kept
from ficshelf.writers.facts import UNTITLED, shorten
from ficshelf.writers.mail_addresses import without_addresses

RATING_NAMES = {
    "general": "General",
    "teen": "Teen",
    "mature": "Mature",
    "explicit": "Explicit",
    "unrated": "Not rated",
}
SUMMARY_LENGTH = 420  # characters shown in a list; the work's own page has all of it

kept: Kept[str] = Kept(12 * 1024 * 1024)  # cards as markup, some 10,000 of them


class Link(NamedTuple):
    """A name that leads somewhere."""

    name: str
    url: str


class Card(TypedDict):
    """What a list says about a work. A dict, since templates read those twice as fast as anything else."""

    pk: int
    url: str
    title: str
    guessed: bool  # the title is a guess, or there is none
    authors: Sequence[Link]
    fandoms: Sequence[Link]
    series: Sequence[tuple[Link, int]]  # with the part's number, 0 where it is not stated
    rating: str
    rating_name: str
    rating_stated: str
    complete: bool | None
    words: int
    chapters: int
    date: datetime.date | None
    visibility: str  # in words; "" for what everybody may see
    summary: str
    # In the results of a search: the title and the summary in pieces (text, whether it is marked), and the scenes.
    marked_title: Sequence[tuple[str, bool]]
    marked_summary: Sequence[tuple[str, bool]]
    scenes: Sequence[dict[str, object]]


_COLUMNS = (
    "pk", "title", "suggested_title", "summary", "rating", "rating_stated", "complete", "words", "chapter_count",
    "published", "updated", "visibility",
)  # fmt: skip


def cards(numbers: Sequence[int]) -> dict[int, Card]:
    """The cards of these works, by number: four queries, however many works there are."""
    credits = Credit.objects.filter(work__in=numbers, role="author").exclude(how=INFERRED)
    tags = WorkTag.objects.filter(work__in=numbers, tag__kind="fandom").exclude(how=INFERRED)
    parts = SeriesPart.objects.filter(work__in=numbers)
    authors = _links("author", credits.values_list("work", "person__name"))
    fandoms = _links("fandom", tags.values_list("work", "tag__name"))
    series: dict[int, list[tuple[Link, int]]] = {}
    for part in parts.select_related("series"):
        link = Link(part.series.name, addresses.shelf(series=part.series.address))
        series.setdefault(part.work_id, []).append((link, part.position))
    works = Work.objects.filter(pk__in=numbers).values_list(*_COLUMNS, named=True)
    return {
        work.pk: Card(
            pk=work.pk,
            url=addresses.work(work.pk),
            title=title_of(work),
            guessed=not work.title,
            authors=authors.get(work.pk, []),
            fandoms=fandoms.get(work.pk, []),
            series=series.get(work.pk, []),
            rating=work.rating,
            rating_name=RATING_NAMES[work.rating],
            rating_stated=work.rating_stated,
            complete=work.complete,
            words=work.words,
            chapters=work.chapter_count,
            date=work.updated or work.published,
            visibility=MARKS.get(work.visibility, ""),
            summary=shorten(without_addresses(work.summary), SUMMARY_LENGTH),
            marked_title=(),
            marked_summary=(),
            scenes=(),
        )
        for work in works
    }


def _links(filter_name: str, rows: Iterable[tuple[int, str]]) -> dict[int, list[Link]]:
    """The names of each work, leading to the works that share them."""
    out: dict[int, list[Link]] = {}
    for pk, name in rows:
        out.setdefault(pk, []).append(Link(name, addresses.shelf(**{filter_name: name})))
    return out


def drawn(numbers: Sequence[int]) -> SafeString:
    """The works' cards as markup, in this order. A card is drawn once for each change of its work."""
    changes = Work.objects.filter(pk__in=numbers).values_list("pk", "version", "changed")
    keys = {key[0]: key for key in changes}
    markup = {pk: kept.get(key) for pk, key in keys.items()}
    missing = [pk for pk, found in markup.items() if found is None]
    if missing:
        template = get_template("web/card.html")
        for pk, card in cards(missing).items():
            markup[pk] = template.render({"card": card})
            kept.put(keys[pk], markup[pk])
    return mark_safe("\n".join(markup.get(pk) or "" for pk in numbers))  # the template has escaped what it holds


def title_of(work: Work) -> str:
    """The title as it is shown; where there is none, the guess (shown as one), else "Untitled"."""
    return work.title or work.suggested_title or UNTITLED
