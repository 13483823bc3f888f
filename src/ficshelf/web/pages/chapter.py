"""A chapter, made for reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import Q, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from ficshelf.library import linked
from ficshelf.library.blocks import unpack
from ficshelf.library.models import Chapter, Credit, Review, Work
from ficshelf.model import INFERRED, Block
from ficshelf.web import addresses
from ficshelf.web.answers import answer_about
from ficshelf.web.cards import Link, title_of
from ficshelf.web.labels import chapter_label
from ficshelf.web.pages.reviews import page_of as review_page_of
from ficshelf.writers.languages import UNKNOWN, is_right_to_left, tag_of
from ficshelf.writers.markup import chapter_markup, led

WORDS_A_MINUTE = 240  # of silent reading of fiction in English (Brysbaert 2019: 260 ± 40)


class Place(NamedTuple):
    """Where a chapter stands in its work. Shares are of the words of the work, from 0 to 100."""

    position: int
    chapters: int
    words: int
    share_before: int
    share_after: int
    minutes: int
    minutes_left: int  # from the end of the chapter to the end of the work


@require_safe
def show(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """The page of a chapter."""
    return answer_about(
        request, pk, ("chapter", position), lambda: render_to_string("web/chapter.html", page(pk, position))
    )


def page(pk: int, position: int) -> dict[str, object]:
    """Everything that the template shows."""
    work, chapter = find(pk, position)
    blocks = tuple(headings_once(unpack(chapter.blocks)))
    leads = {link: addresses.link(pk, position, link) for link in linked.inside(work, blocks)}
    return {
        **frame(work, chapter),
        "has_heading": any(block.kind == "heading" and block.text.strip() for block in blocks),
        # markup escapes; it emits a closed list of tags
        "story": mark_safe(chapter_markup(tuple(led(blocks, leads)), level=2)),
        "place": place_of(work, chapter),
        "authors": Credit.objects.filter(work=work, role="author")
        .exclude(how=INFERRED)
        .values_list("person__name", flat=True),
        **reviews_of(work, position),
        "beside": addresses.beside(pk, position),
        "previous": neighbour(work, position - 1) if position > 1 else None,
        "next": neighbour(work, position + 1),
        "epub": addresses.epub(pk),
    }


def reviews_of(work: Work, position: int) -> dict[str, object]:
    """How many reviews a chapter has, and where they stand; a work of one chapter has them on its own page."""
    count = Review.objects.filter(work=work, chapter=position).count() if work.chapter_count > 1 else 0
    if not count:
        return {}
    page = review_page_of(work.pk, position)
    return {"reviews": count, "reviews_url": f"{addresses.reviews(work.pk, page)}#chapter-{position}"}


def find(pk: int, position: int) -> tuple[Work, Chapter]:
    """A chapter and its work. Raises Http404."""
    chapter = Chapter.objects.filter(work=pk, position=position).select_related("work").defer("work__sketch").first()
    if chapter is None:
        raise Http404
    return chapter.work, chapter


def frame(work: Work, chapter: Chapter) -> dict[str, object]:
    """What every page about a chapter says around it."""
    language = tag_of(work.language) if work.language else UNKNOWN
    return {
        "work": work,
        "work_url": addresses.work(work.pk),
        "title": title_of(work),
        "guessed": bool(work.suggested_title and not work.title),
        "label": chapter_label(chapter.number, chapter.title, chapter.position, work.chapter_count),
        "position": chapter.position,
        "language": "" if language == UNKNOWN else language,
        "direction": "rtl" if is_right_to_left(language) else "",
    }


def place_of(work: Work, chapter: Chapter) -> Place:
    """How far into the work a chapter is."""
    sums = Chapter.objects.filter(work=work).aggregate(
        all=Sum("words"), before=Sum("words", filter=Q(position__lt=chapter.position))
    )
    total, before = sums["all"] or 1, sums["before"] or 0
    return Place(
        chapter.position,
        work.chapter_count,
        chapter.words,
        before * 100 // total,
        -(-(before + chapter.words) * 100 // total),
        minutes(chapter.words),
        minutes(total - before - chapter.words),
    )


def minutes(words: int) -> int:
    """How long that many words take to read."""
    return -(-words // WORDS_A_MINUTE) if words > 0 else 0


def headings_once(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks without a heading that says again what the one right before it says, as many pages do."""
    last = ""
    for block in blocks:
        said = block.text.strip().casefold() if block.kind == "heading" else ""
        if not said or said != last:
            yield block
        last = said


def neighbour(work: Work, position: int) -> Link | None:
    """The chapter at that position, by name."""
    row = Chapter.objects.filter(work=work, position=position).values_list("number", "title").first()
    if row is None:
        return None
    return Link(chapter_label(*row, position, work.chapter_count), addresses.chapter(work.pk, position))
