"""What a whole archive leaves in the library beside its stories: reviews, where it had a work and who could see it, its
old addresses, its people, series and pages. Written within the transaction of who calls."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from ficshelf import names
from ficshelf.library import blocks, models, old_addresses
from ficshelf.library.readings import ReadRecord, ReadReview, ReadWork
from ficshelf.library.shared import Shared
from ficshelf.record import TEXTLESS, VISIBILITIES


def attach(row: models.Work, read: ReadWork, source_ids: Sequence[int], container: int | None) -> None:
    """Store what came with a reading of a work: `source_ids` are the rows of its sources, `container` that of the
    archive they come from. What is there already is not stored twice."""
    if not read.reviews and read.shelfmark is None:
        return
    places = _places(row, read)
    _reviews(row, read.reviews, source_ids, places)
    if read.shelfmark is None:
        return
    shelf = read.shelfmark
    models.Shelfmark.objects.update_or_create(
        work=row,
        container_id=container,
        key=shelf.key[:200],
        defaults={"program": shelf.program[:60], "visibility": shelf.visibility},
    )
    _addresses(shelf.addresses, container, places, work=row)
    seen = row.shelfmarks.values_list("visibility", flat=True)
    row.visibility = max(seen, key=VISIBILITIES.index)
    row.save(update_fields=["visibility", "changed"])


def _places(row: models.Work, read: ReadWork) -> dict[int, int]:
    """Where the chapters of a reading are among those of the work: by their words, else by their numbers."""
    by_story: dict[str, int] = {}
    by_number: dict[int, int] = {}
    for position, number, story in row.chapters.order_by("position").values_list("position", "number", "story_sha256"):
        by_story.setdefault(story, position)
        by_number.setdefault(number, position)
    found = {}
    for place, one in enumerate(read.chapters, 1):
        position = (by_story.get(one.story) if one.story else None) or by_number.get(one.number)
        if position is None and len(read.chapters) == len(by_story):
            position = place
        found[place] = position or 0
    return found


def _reviews(
    row: models.Work, reviews: Sequence[ReadReview], source_ids: Sequence[int], places: dict[int, int]
) -> None:
    """Store reviews in the place of those that came from the same sources; those that another source has told already
    are not stored again."""
    row.reviews.filter(source_id__in=source_ids).delete()
    told = {said(one.reviewer, one.date, bytes(one.blocks)) for one in row.reviews.only("reviewer", "date", "blocks")}
    models.Review.objects.bulk_create(
        [
            models.Review(
                work=row,
                source_id=source_ids[one.source],
                position=one.position,
                chapter=places.get(one.chapter, 0),
                reviewer=one.reviewer,
                date=one.date[:40],
                rating=one.rating,
                blocks=one.blocks,
                reply=one.reply,
                replied=one.replied[:40],
                answers=one.answers,
            )
            for one in reviews
            if said(one.reviewer, one.date, one.blocks) not in told
        ]
    )


def said(reviewer: str, date: str, packed: bytes) -> tuple[str, str, tuple[str, ...]]:
    """What a review is known by, whichever source told it."""
    return reviewer, date, tuple(block.text for block in blocks.unpack(packed)) if packed else ()


def _addresses(
    addresses: Sequence[tuple[str, int]],
    container: int | None,
    places: dict[int, int],
    work: models.Work | None = None,
    record: models.Record | None = None,
) -> None:
    models.OldAddress.objects.filter(work=work, record=record, container_id=container).delete()
    models.OldAddress.objects.bulk_create(
        [
            models.OldAddress(
                key=old_addresses.key(path),
                path=path,
                container_id=container,
                work=work,
                chapter=places.get(chapter, 0),
                record=record,
            )
            for path, chapter in addresses
        ]
    )


def keep(read: ReadRecord, source: int, container: int | None, shared: Shared) -> None:
    """Store a record; `source` is its row, `container` the row of the archive."""
    one = read.record
    if one.kind == "sealed":
        _seal(one.told, container)
    row, _ = models.Record.objects.update_or_create(
        source_id=source,
        defaults={
            "container_id": container,
            "kind": one.kind,
            "key": one.key[:200],
            "program": one.program[:60],
            "name": one.name,
            "told": [] if one.kind == "sealed" else one.told,
            "blocks": read.blocks,
            "members": one.members,
            "rows": dict(one.rows),
            "visibility": one.visibility,
            "person_id": shared.person(one.name) if one.kind == "person" else None,
        },
    )
    if one.kind != "story":
        _addresses(one.addresses, container, {}, record=row)
    row.reviews.all().delete()
    models.Review.objects.bulk_create(
        [
            models.Review(
                record=row,
                source_id=source,
                position=position,
                reviewer=review.reviewer,
                date=review.date[:40],
                rating=review.rating,
                blocks=blocks.pack(review.blocks) if review.blocks else b"",
                reply=blocks.pack(review.reply) if review.reply else b"",
                replied=review.replied[:40],
                answers=review.answers,
            )
            for position, review in enumerate(one.reviews, 1)
        ]
    )


def _seal(told: Sequence[tuple[str, str, str]], container: int | None) -> None:
    """Store what only the owner may find: each field is called by the key of whose it is."""
    models.Sealed.objects.bulk_create(
        [
            models.Sealed(container_id=container, who=who, value=value, fold=names.fold(value)[:200])
            for who, value, _ in told
            if who
        ],
        ignore_conflicts=True,
    )


def textless(container: int, owner: bool) -> QuerySet[models.Record]:
    """The stories that an archive knew of and none of whose text is there, as far as they may be seen."""
    found = models.Record.of(container).filter(kind=TEXTLESS)
    there = models.Shelfmark.objects.filter(container=container).values("key")
    return (found if owner else found.filter(visibility="")).exclude(key__in=there).order_by("pk")
