"""What readers said about a work, chapter by chapter, and what its author answered."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from ficshelf.library.blocks import unpack
from ficshelf.library.models import Chapter, Review, Work
from ficshelf.web import addresses
from ficshelf.web.answers import answer_about
from ficshelf.web.cards import title_of
from ficshelf.web.labels import chapter_label, day_name, day_of
from ficshelf.writers.facts import without_addresses
from ficshelf.writers.markup import markup_by_block

PAGE_LENGTH = 50


class Told(NamedTuple):
    """A review as it is shown. `rating` is as the archive had it, whose scale nobody may know any more."""

    number: int
    reviewer: str
    day: str
    rating: str
    text: SafeString
    reply: SafeString
    replied: str


class Group(NamedTuple):
    """The reviews of one chapter, or of the whole work."""

    chapter: int
    label: str
    url: str
    reviews: tuple[Told, ...]


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """A page of a work's reviews."""
    number = addresses.number(request.GET.get("page", "1"))
    return answer_about(
        request, pk, ("reviews", number), lambda: render_to_string("web/reviews.html", page(pk, number))
    )


def page(pk: int, number: int) -> dict[str, object]:
    """Everything that the template shows. Raises Http404 for a page that there is not."""
    work = Work.objects.only("title", "suggested_title", "chapter_count").get(pk=pk)
    rows = Review.objects.filter(work=pk).order_by("chapter", "date", "source", "position")
    count = rows.count()
    pages = -(-count // PAGE_LENGTH)
    if not 1 <= number <= pages:
        raise Http404
    start = (number - 1) * PAGE_LENGTH
    return {
        "title": title_of(work),
        "guessed": bool(work.suggested_title and not work.title),
        "work_url": addresses.work(pk),
        "count": count,
        "groups": list(_groups(work, list(rows[start : start + PAGE_LENGTH]), start)),
        "pages": pages,
        "page": number,
        "page_links": [(at, addresses.reviews(pk, at)) for at in range(1, pages + 1)],
        "previous": addresses.reviews(pk, number - 1) if number > 1 else "",
        "next": addresses.reviews(pk, number + 1) if number < pages else "",
    }


def page_of(pk: int, chapter: int) -> int:
    """The page on which the reviews of a chapter begin."""
    return Review.objects.filter(work=pk, chapter__lt=chapter).count() // PAGE_LENGTH + 1


def _groups(work: Work, rows: list[Review], start: int) -> Iterator[Group]:
    chapters = {
        position: (number, title)
        for position, number, title in Chapter.objects.filter(work=work).values_list("position", "number", "title")
    }
    at = start
    for chapter, found in groupby(rows, key=lambda row: row.chapter):
        label, url = "The whole story", addresses.work(work.pk)
        if chapter in chapters:
            number, title = chapters[chapter]
            label = chapter_label(number, title, chapter, work.chapter_count) or label
            url = addresses.chapter(work.pk, chapter)
        found_here = []
        for row in found:
            at += 1
            found_here.append(told(at, row))
        yield Group(chapter, label, url, tuple(found_here))


def told(number: int, row: Review) -> Told:
    """A review as it is shown."""
    return Told(
        number,
        without_addresses(row.reviewer).strip() or "Somebody",
        _day(row.date),
        row.rating,
        said(bytes(row.blocks)),
        said(bytes(row.reply)),
        _day(row.replied),
    )


def _day(told: str) -> str:
    day = day_of(told)
    return day_name(day) if day else told


def said(packed: bytes) -> SafeString:
    """Packed blocks as markup, without people's mail addresses."""
    if not packed:
        return SafeString("")
    blocks = (
        block._replace(runs=tuple(run._replace(text=without_addresses(run.text)) for run in block.runs))
        for block in unpack(packed)
    )
    return mark_safe("".join(markup_by_block(blocks, level=4)))  # markup escapes; it emits a closed list of tags
