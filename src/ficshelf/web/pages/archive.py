"""Archives that came into the library as a whole: their own pages, and for the owner their balance sheets."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from ficshelf.library import archived, balance, visibility
from ficshelf.library.models import Place, Record, Review, Source
from ficshelf.library.places import file_name
from ficshelf.record import TEXTLESS
from ficshelf.web import addresses
from ficshelf.web.answers import answer
from ficshelf.web.labels import FACTS
from ficshelf.web.owner import is_owner
from ficshelf.web.pages.reviews import said, told
from ficshelf.web.stamp import library_stamp
from ficshelf.writers.facts import without_addresses

_PAGES = Q(kind="page") & ~Q(key=balance.KEY)


class Page(NamedTuple):
    """A page of an archive, as it is listed."""

    name: str
    url: str


class Textless(NamedTuple):
    """A story that the archive knew of, as it is listed, and how many chapters of it are missing."""

    name: str
    url: str
    by: str
    missing: int


class Listed(NamedTuple):
    """An archive, as it is listed."""

    name: str
    url: str
    program: str
    works: int
    people: int


@require_safe
def all_of_them(request: HttpRequest) -> HttpResponse:
    """The archives that the library was made from."""
    owner = is_owner(request)
    key = ("archives", owner, *library_stamp())
    return answer(request, key, lambda: render_to_string("web/archives.html", {"archives": list(_listed(owner))}))


def _listed(owner: bool) -> list[Listed]:
    people = Count("records", filter=Q(records__kind="person"))
    rows = Source.objects.filter(records__isnull=False).annotate(people=people).order_by("pk")
    works = dict(
        visibility.works(owner)
        .filter(shelfmarks__container__isnull=False)
        .order_by()
        .values_list("shelfmarks__container")
        .annotate(count=Count("pk", distinct=True))
    )
    return [
        Listed(name_of(row.pk), addresses.archive(row.pk), _program(row), works.get(row.pk, 0), row.people)
        for row in rows
    ]


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """An archive: its pages, and for its owner the balance sheet."""
    owner = is_owner(request)
    key = ("archive", owner, pk, *library_stamp())
    return answer(request, key, lambda: render_to_string("web/archive.html", page(pk, owner)))


def page(pk: int, owner: bool) -> dict[str, object]:
    """Everything that the template shows. Raises Http404."""
    row = _archive(pk)
    records = Record.of(pk).filter(_PAGES, visibility="").order_by("pk")
    found = [
        Page(name or key, addresses.archive_page(pk, one))
        for one, name, key in records.values_list("pk", "name", "key")
    ]
    textless = [
        Textless(
            name or "A story without a title",
            addresses.archive_page(pk, one),
            without_addresses(", ".join(value for label, value, _ in told if label == "author")),
            sum(1 for label, _, _ in told if label == "missing"),
        )
        for one, name, told in archived.textless(pk, owner).values_list("pk", "name", "told")
    ]
    sheet = balance.of(pk) if owner else None
    return {
        "name": name_of(pk),
        "program": _program(row),
        "works": visibility.works(owner).filter(shelfmarks__container=pk).distinct().count(),
        "shelf": addresses.shelf(archive=pk),
        "people": Record.of(pk).filter(kind="person").count(),
        "pages": found,
        "textless": textless,
        "lines": [line for line in sheet.lines if line.rows or line.unaccounted] if sheet else [],
        "reasons": [(line.table, reason) for line in sheet.lines for reason in line.reasons] if sheet else [],
        "sealed": sheet.sealed if sheet else 0,
        "real_names": sheet.real_names if sheet else 0,
        "unaccounted": sheet.unaccounted if sheet else 0,
    }


@require_safe
def own_page(request: HttpRequest, pk: int, record: int) -> HttpResponse:
    """A page of the archive's own: its rules, its news, a challenge."""
    owner = is_owner(request)
    key = ("archive page", owner, pk, record, *library_stamp())
    return answer(request, key, lambda: render_to_string("web/archive_page.html", own(pk, record, owner)))


def own(pk: int, record: int, owner: bool) -> dict[str, object]:
    """Everything that the template shows. Raises Http404."""
    row = Record.of(pk).filter(_PAGES, pk=record, visibility="").first()
    row = row or archived.textless(pk, owner).filter(pk=record).first()
    if row is None:
        raise Http404
    fields = [
        (FACTS.get(name, name), without_addresses(value))
        for name, value, _ in row.told
        if name not in ("", "title", "missing")
    ]
    return {
        "is_textless": row.kind == TEXTLESS,
        "missing": [without_addresses(value) for name, value, _ in row.told if name == "missing"],
        "title": row.name or ("A story without a title" if row.kind == TEXTLESS else row.key),
        "archive": name_of(pk),
        "archive_url": addresses.archive(pk),
        "fields": fields,
        "text": said(bytes(row.blocks)),
        "reviews": [told(at, one) for at, one in enumerate(Review.objects.filter(record=row), 1)],
    }


def _archive(pk: int) -> Source:
    row = Source.objects.filter(pk=pk, records__isnull=False).first()
    if row is None:
        raise Http404
    return row


def name_of(pk: int) -> str:
    """What an archive calls itself, else the name of the file that it came in."""
    site = Record.of(pk).filter(kind="page", key="site").exclude(name="").first()
    if site is not None:
        return site.name
    place = Place.objects.filter(source=pk).order_by("pk").first()
    return file_name(place.path) if place else "an archive that is not here"


def _program(row: Source) -> str:
    return Record.of(row.pk).exclude(program="").values_list("program", flat=True).first() or ""
