"""Addresses of old archives: whoever follows an old link comes to the story at its new place.

Asked last, for an address that is none of ours. Where the archive lay in a folder of its host, the link may say so or
not; parameters that changed how a page looked count for nothing. It leads to pages of ours alone, named by numbers.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import unquote

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from ficshelf import addresses as forms
from ficshelf.library import old_addresses, serials, visibility
from ficshelf.library.balance import KEY
from ficshelf.library.models import Chapter, OldAddress
from ficshelf.record import TEXTLESS
from ficshelf.web import addresses
from ficshelf.web.owner import is_owner
from ficshelf.web.pages.errors import not_found

FOLDERS = 4  # that may stand before an archive's own addresses
# Where a program showed a story as a whole: what a chapter's address that is not known leads to.
_WHOLE = {"eFiction": ("viewstory.php?sid={}",), "FanFiction.Net": ("s/{}", "s/{}/1")}
_WORD = re.compile(r"[^\W\d_]{3,}")


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """To the new page of an old address; else the page that says that there is nothing here, and offers to search."""
    path = request.get_full_path()[: forms.LONGEST]
    url = page_of(path, is_owner(request))
    if not url:
        return not_found(request, query=words(path))
    response = HttpResponsePermanentRedirect(url)
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response


def page_of(path: str, owner: bool, containers: Collection[int] | None = None) -> str:
    """Where an old address leads now, of the archives in these containers alone if any are given; "" where it leads
    nowhere, or where whoever asks may not see."""
    story = forms.read(path)
    keys = candidates(path, story)
    of_them = Q() if containers is None else Q(container__in=containers)
    seen = OldAddress.objects.filter(of_them, key__in=keys).select_related("record__person", "record__series")
    rows = [row for row in seen if row.work_id is None or _may_see(row, owner)]
    rows.sort(key=lambda row: (keys.index(row.key), row.pk))
    for row in rows:
        if url := _page(row, story.chapter if story is not None else None, owner):
            return url
    return ""


def candidates(path: str, story: forms.Address | None) -> list[str]:
    """The keys that an address may be known by, the surest first: as it is, without folders before it, and that of the
    story that it is of."""
    place, _, asked = path.partition("?")
    steps = place.strip("/").split("/")
    told = ["/".join(steps[at:]) + (f"?{asked}" if asked else "") for at in range(min(len(steps), FOLDERS + 1))]
    if story is not None and story.story:
        told += [form.format(story.key) for form in _WHOLE.get(story.program, ())]
    return list(dict.fromkeys(old_addresses.key(one) for one in told if one.strip("/")))


def _may_see(row: OldAddress, owner: bool) -> bool:
    return visibility.works(owner).filter(pk=row.work_id).exists()


def _page(row: OldAddress, number: int | None, owner: bool) -> str:
    """The page that a row of old addresses leads to; `number` is the chapter that the address itself asks for."""
    if row.work_id is not None:
        asked = Chapter.objects.filter(work=row.work_id)
        at = asked.filter(position=row.chapter) if row.chapter else asked.filter(number=number)
        position = at.values_list("position", flat=True).first() if row.chapter or number else None
        return addresses.chapter(row.work_id, position) if position else addresses.work(row.work_id)
    record = row.record
    if record is not None and record.kind == TEXTLESS and (owner or not record.visibility):
        return addresses.archive_page(record.container_id, record.pk) if record.container_id else ""
    if record is None or record.visibility:
        return ""
    if record.kind == "person" and record.person is not None:
        return addresses.person(record.person.name)
    if record.kind == "series" and record.series is not None and serials.with_works([record.series.pk], owner):
        return addresses.shelf(series=record.series.address)
    if record.kind == "page" and record.container_id and record.key != KEY:
        is_site = record.key == "site"
        return (
            addresses.archive(record.container_id)
            if is_site
            else addresses.archive_page(record.container_id, record.pk)
        )
    return ""


def words(path: str) -> str:
    """What an address says in words, to search for: of `/archive/12/the_marsh-light.html` the marsh light."""
    last = unquote(path.partition("?")[0]).rstrip("/").rpartition("/")[2]
    return " ".join(_WORD.findall(re.sub(r"\.\w{1,5}$", "", last)))[:100]
