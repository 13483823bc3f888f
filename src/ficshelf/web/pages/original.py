"""A file as it was found, to keep. It is only ever handed out as a file: whatever it holds, it is never shown as a page
of ours."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ficshelf.library import originals, visibility
from ficshelf.library.models import Place, Source
from ficshelf.library.places import file_name
from ficshelf.web.attachments import disposition
from ficshelf.web.layers import LayerError, text_layer
from ficshelf.web.owner import is_owner
from ficshelf.web.pages.errors import say
from ficshelf.writers.mail_addresses import holds_one

ADDRESSES = (
    "This file is for the owner of the library alone",
    "It holds people’s mail addresses. The story is to be read here without them.",
)


@require_safe
def show(request: HttpRequest, sha256: str) -> HttpResponse:
    """The bytes of the source with that hash, under the name it was found by first. Mail addresses are never shown: a
    file that holds some is handed out to the owner alone."""
    source = Source.objects.filter(sha256=sha256).first()
    if source is None or not visibility.may_have(source, is_owner(request)):
        raise Http404
    if not is_owner(request) and holds_addresses(source):
        return say(request, 403, *ADDRESSES)
    try:
        file = open(originals.path_of(Path(settings.LIBRARY), sha256), "rb")  # noqa: SIM115 (the response closes it)
    except OSError:
        raise Http404 from None
    path = Place.objects.filter(source__sha256=sha256).order_by("pk").values_list("path", flat=True).first()
    name = file_name(path or "original")
    stem, dot, extension = name.rpartition(".")
    response = FileResponse(file)
    for header, value in {  # after FileResponse, which sets a type and a name of its own
        "Content-Type": "application/octet-stream",
        "Content-Disposition": disposition(stem, dot + extension) if dot and stem else disposition(name, ""),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, max-age=31536000, immutable",  # the hash names these very bytes
    }.items():
        response.headers[header] = value
    return response


def holds_addresses(source: Source) -> bool:
    """Whether people's mail addresses stand in a file, as bytes or in the text that it was read as; true as well where
    nobody can tell."""
    try:
        data = originals.path_of(Path(settings.LIBRARY), source.sha256).read_bytes()
        texts = [data.decode("latin-1")]
        if source.reader:
            texts.append(text_layer(source))
    except (OSError, LayerError):
        return True
    return any(map(holds_one, texts))
