"""Somebody who writes: all of their names, what they told of themselves, and their works."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from ficshelf.errors import LibraryError
from ficshelf.library import people, visibility
from ficshelf.library.lock import writing
from ficshelf.library.models import Credit, Person, Record
from ficshelf.model import INFERRED
from ficshelf.web import addresses
from ficshelf.web.answers import answer, see_other
from ficshelf.web.cards import drawn
from ficshelf.web.labels import day_name, day_of
from ficshelf.web.owner import is_owner, one_at_a_time, owner_only
from ficshelf.web.pages.archive import name_of
from ficshelf.web.pages.errors import busy
from ficshelf.web.pages.reviews import said
from ficshelf.web.pages.shelf import PAGE_LENGTH, page_numbers
from ficshelf.web.stamp import library_stamp
from ficshelf.writers.mail_addresses import holds_one, name_without
from ficshelf.writers.markup import safe_link

TOLD = {"joined": "Joined", "website": "Home page", "staff": "Did for the archive"}  # of what archives knew of members


class Name(NamedTuple):
    """A name that somebody writes under; `url` leads to the works under it."""

    name: str
    works: int
    url: str


class Told(NamedTuple):
    """What an archive had of somebody: in lines, and in their own words."""

    archive: str
    lines: tuple[tuple[str, str, str], ...]  # label, value, where it leads
    text: SafeString


@require_safe
def show(request: HttpRequest, name: str) -> HttpResponse:
    """The page of whoever has that name. Raises Http404 where nobody has, or where all of it is hidden."""
    person = people.named(name)
    if person is None:
        raise Http404
    owner = is_owner(request)
    number = addresses.number(request.GET.get("page", "1"))
    everyone = people.everyone(person)
    told = tuple(Record.objects.filter(person__in=everyone).order_by("pk").values_list("pk", "visibility"))
    key = ("person", owner, tuple(one.pk for one in everyone), told, number, *library_stamp())
    if owner and len(everyone) > 1:  # it has a form, and so the token of one visitor
        shown = render(request, "web/person.html", page(everyone, number, owner) | {"may_part": True})
        shown.headers["Cache-Control"] = "private, no-cache"
        return shown
    return answer(request, key, lambda: render_to_string("web/person.html", page(everyone, number, owner)))


@owner_only
@require_POST
def part(request: HttpRequest) -> HttpResponse:
    """Say that a name is nobody else's after all."""
    person = people.named(request.POST.get("name", ""))
    if person is None:
        raise Http404
    try:
        with one_at_a_time, writing(Path(settings.LIBRARY)), transaction.atomic():
            people.part(person)
    except LibraryError:
        return busy(request)
    return see_other(addresses.person(person.name))


def page(everyone: list[Person], number: int, owner: bool) -> dict[str, object]:
    """Everything that the template shows of somebody with these names. Raises Http404."""
    seen = visibility.works(owner).filter(pk__in=people.works_of(everyone))
    works = list(seen.order_by("sort_title", "pk").values_list("pk", flat=True))
    told = list(_told(everyone, owner))
    pages = max(1, -(-len(works) // PAGE_LENGTH))
    if not (works or told) or not 0 < number <= pages:
        raise Http404
    names = [_name(one, owner) for one in everyone]
    shown = [one for one in names if one.works or one.name == names[0].name or owner]
    url = addresses.person(everyone[0].name)
    return {
        "name": names[0].name,
        "names": shown if len(shown) > 1 else [],
        "told": told,
        "total": len(works),
        "cards": drawn(works[(number - 1) * PAGE_LENGTH : number * PAGE_LENGTH]),
        "page": number,
        "pages": pages,
        "page_links": [(one, f"{url}?page={one}" if one else "") for one in page_numbers(number, pages)],
        "previous": f"{url}?page={number - 1}" if number > 1 else "",
        "next": f"{url}?page={number + 1}" if number < pages else "",
    }


def _name(person: Person, owner: bool) -> Name:
    credits = Credit.objects.filter(visibility.may_see(owner, "work__"), person=person, role="author")
    name = name_without(person.name)
    return Name(name, credits.exclude(how=INFERRED).count(), addresses.shelf(author=name))


def _told(everyone: list[Person], owner: bool) -> list[Told]:
    """What archives had of them; nothing of who is hidden, and no mail address."""
    rows = Record.objects.filter(person__in=everyone, kind="person").order_by("pk")
    rows = rows if owner else rows.filter(visibility="")
    found = []
    for row in rows:
        lines = [
            (TOLD[name], _day(value), safe_link(value) if name == "website" else "")
            for name, value, *_ in row.told
            if name in TOLD and value.strip() and not holds_one(value)
        ]
        text = said(bytes(row.blocks))
        if lines or text:
            found.append(Told(name_of(row.container_id) if row.container_id else "", tuple(lines), text))
    return found


def _day(value: str) -> str:
    day = day_of(value)
    return day_name(day) if day else value
