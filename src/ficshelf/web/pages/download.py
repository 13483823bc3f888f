"""A work to carry away, as an EPUB."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import condition, require_safe

from ficshelf.library import linked, visibility, works
from ficshelf.library.models import Credit
from ficshelf.model import INFERRED
from ficshelf.web.assets import BUILD
from ficshelf.web.attachments import disposition
from ficshelf.web.cards import title_of
from ficshelf.web.owner import is_owner
from ficshelf.writers import epub


def _etag(request: HttpRequest, pk: int) -> str | None:
    changed = visibility.works(is_owner(request)).filter(pk=pk).values_list("version", "changed").first()
    return f'"{BUILD}-{pk}-{changed[0]}-{changed[1].timestamp()}"' if changed else None


@require_safe
@condition(etag_func=_etag)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The EPUB of a work, named for its author and title."""
    work = visibility.works(is_owner(request)).filter(pk=pk).defer("sketch").first()
    if work is None:
        raise Http404
    author = (
        Credit.objects.filter(work=work, role="author").exclude(how=INFERRED).values_list("person__name", flat=True)
    )
    name = " - ".join(part for part in (author.first(), title_of(work)) if part)
    story = works.load(work)
    return HttpResponse(
        epub.write(story, identifier=work.identity, leads=linked.within(work, story)),
        content_type=epub.MEDIA_TYPE,
        headers={
            "Content-Disposition": disposition(name, epub.EXTENSION),
            "Cache-Control": "private, no-cache",
        },
    )
