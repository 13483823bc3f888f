"""Works out of the database, as the index wants them: only what is stated or decided, a batch in a few queries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from django.db.models import F

from ficshelf.library.blocks import unpack
from ficshelf.library.models import Chapter, Credit, SeriesPart, Work, WorkTag
from ficshelf.library.slices import slices
from ficshelf.model import INFERRED, Block
from ficshelf.search.schema import TAG_KINDS, Story
from ficshelf.writers.mail_addresses import without_addresses

BATCH = 200  # works a query


def pending() -> list[int]:
    """The ids of works whose present version is not in the index, oldest first."""
    return list(Work.objects.exclude(indexed_version=F("version")).order_by("pk").values_list("pk", flat=True))


def load(ids: list[int]) -> Iterator[Story]:
    """The works of these ids that still exist, by id. Chapters come out of the database as they are taken."""
    for some in slices(ids, BATCH):
        yield from _load(some)


def _load(ids: Sequence[int]) -> Iterator[Story]:
    stories = {row.pk: _story(row) for row in Work.objects.filter(pk__in=ids).defer("sketch").order_by("pk")}
    stated = WorkTag.objects.filter(work__in=ids, tag__kind__in=TAG_KINDS).exclude(how=INFERRED)
    for work, kind, name in stated.order_by("position").values_list("work", "tag__kind", "tag__name"):
        _name(stories, work, kind, name)
    authors = Credit.objects.filter(work__in=ids, role="author").exclude(how=INFERRED)
    for work, name in authors.order_by("position").values_list("work", "person__name"):
        _name(stories, work, "author", name)
    for work, name in SeriesPart.objects.filter(work__in=ids).values_list("work", "series__name"):
        _name(stories, work, "series", name)
    yield from stories.values()


def _chapters(work: int) -> Iterator[tuple[int, tuple[Block, ...]]]:
    rows = Chapter.objects.filter(work=work).order_by("position").values_list("position", "blocks")
    return ((position, blocks_of(blocks)) for position, blocks in rows.iterator(50))


def _name(stories: dict[int, Story], work: int, kind: str, name: str) -> None:
    name = without_addresses(name).strip()
    if work in stories and name:
        stories[work].names.setdefault(kind, []).append(name)


def _story(row: Work) -> Story:
    return Story(
        id=row.pk,
        version=row.version,
        title=row.title,
        guess="" if row.title else row.suggested_title,
        summary=without_addresses(row.summary),
        rating=row.rating,
        complete=row.complete,
        words=row.words,
        chapter_count=row.chapter_count,
        updated=row.updated,
        published=row.published,
        added=row.added.date(),
        sort_title=row.sort_title or row.title,
        sort_author=row.sort_author,
        visibility=row.visibility,
        names={"language": [row.language]} if row.language else {},
        chapters=_chapters(row.pk),
    )


def blocks_of(packed: bytes) -> tuple[Block, ...]:
    """A chapter that a damaged disk has made unreadable is left out; `ficshelf check` is who reports it."""
    try:
        return unpack(packed)
    except msgspec.MsgspecError:
        return ()
