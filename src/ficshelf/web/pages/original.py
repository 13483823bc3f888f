"""A file as it was found, to keep. It is only ever handed out as a file: whatever it holds, it is never shown as a page
of ours."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from ficshelf.library import originals
from ficshelf.library.models import Place, Source
from ficshelf.web.attachments import disposition
from ficshelf.web.labels import file_name


@require_safe
def show(request: HttpRequest, sha256: str) -> FileResponse:
    """The bytes of the source with that hash, under the name it was found by first."""
    if not Source.objects.filter(sha256=sha256).exists():
        raise Http404
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
