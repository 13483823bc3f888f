"""A series above the list of its works: what it says of itself, what it lies in and what lies in it."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.safestring import SafeString

from ficshelf.library import serials
from ficshelf.library.models import Record, Review, Series, SeriesNesting
from ficshelf.names import fold
from ficshelf.web import addresses
from ficshelf.web.cards import Link
from ficshelf.web.pages.reviews import Told, said, told


class Shown(NamedTuple):
    """A series as it is shown: its summary, the larger series it is in, those in it, and what readers said of it."""

    summary: tuple[SafeString, ...]
    within: tuple[Link, ...]
    holds: tuple[Link, ...]
    reviews: tuple[Told, ...]


def shown(name: str, owner: bool) -> Shown | None:
    """What is known of a series beside its works; None where that is nothing, or where none of it may be seen."""
    row = Series.objects.filter(fold=fold(name)).first()
    if row is None or not serials.with_works([row.pk], owner):
        return None
    records = list(Record.objects.filter(series=row, visibility="").order_by("pk"))
    above = SeriesNesting.objects.filter(child=row).order_by("parent__name").select_related("parent")
    below = SeriesNesting.objects.filter(parent=row).order_by("position").select_related("child")
    seen = serials.with_works([one.child_id for one in below], owner)
    made = Shown(
        tuple(text for record in records if (text := said(bytes(record.blocks)))),
        tuple(_link(one.parent) for one in above),
        tuple(_link(one.child) for one in below if one.child_id in seen),
        tuple(told(at, one) for at, one in enumerate(Review.objects.filter(record__in=records), 1)),
    )
    return made if any(made) else None


def _link(row: Series) -> Link:
    return Link(row.name, addresses.shelf(series=row.address))
