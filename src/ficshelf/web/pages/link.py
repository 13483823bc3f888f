"""A link that the author set, to another page of the pile or the archive: followed on the shelf.

Only what the chapter itself says is looked up, and it leads to pages of ours alone. Where the library has no such page,
that is said, with the address that the link had.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from ficshelf import addresses as forms
from ficshelf.library import linked, visibility
from ficshelf.library.blocks import unpack
from ficshelf.library.models import Source, Work
from ficshelf.web import addresses
from ficshelf.web.cards import Link
from ficshelf.web.owner import is_owner
from ficshelf.web.pages import old_address
from ficshelf.web.pages.chapter import find
from ficshelf.web.pages.errors import say
from ficshelf.writers.mail_addresses import masked
from ficshelf.writers.markup import safe_link


@require_safe
def show(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """To where a link of a chapter leads, or the page that says that it is not here. Raises Http404 where the chapter
    says no such link."""
    owner = is_owner(request)
    if not visibility.works(owner).filter(pk=pk).exists():
        raise Http404
    work, chapter = find(pk, position)
    to = request.GET.get("to", "")[: forms.LONGEST]
    blocks = unpack(chapter.blocks)
    source = linked.source_of(work, blocks, to) if to in linked.inside(work, blocks) else None
    if source is None:
        raise Http404
    whole = _whole(source, to)
    response = _to(source, to, whole, owner) or _not_here(request, work, to, safe_link(whole))
    response.headers["Cache-Control"] = "private, no-store"  # it may come in at any time
    return response


def _to(source: Source, link: str, whole: str, owner: bool) -> HttpResponse | None:
    there = linked.found(source, link, owner)
    if there is not None:
        at = addresses.chapter(*there) if there.position else addresses.work(there.work)
        return HttpResponseRedirect(at)
    containers = {source.pk, *source.places.exclude(container=None).values_list("container", flat=True)}
    parts = urlsplit(whole)
    path = f"/{parts.path.lstrip('/')}" + (f"?{parts.query}" if parts.query else "")
    url = old_address.page_of(path[: forms.LONGEST], owner, containers)
    return HttpResponseRedirect(url) if url else None


def _not_here(request: HttpRequest, work: Work, link: str, address: str) -> HttpResponse:
    ways = [Link("Back to the story", addresses.work(work.pk))]
    if address:
        ways.insert(0, Link(f"To {masked(address)}, outside this library", address))
    return say(
        request,
        404,
        "That page is not in this library",
        f"The author’s link led to “{masked(link)[:200]}”. Add that page to the library, and the link leads there.",
        query=old_address.words(link),
        ways=ways,
    )


def _whole(source: Source, link: str) -> str:
    """The address that a link had, of the first place of its page that tells one."""
    told = (linked.address(path, link) for path in source.places.values_list("path", flat=True))
    return next((one for one in told if one != link), link)
