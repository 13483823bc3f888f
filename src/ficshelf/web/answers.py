"""Pages that are rendered once and sent many times.

A page is made from what the database holds. As long as that has not changed, neither has the page: it is named by a
key that says what it was made from, kept in memory as it is sent, compressed, and not even sent again to a browser that
still has it.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Hashable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.utils.http import parse_etags

from ficshelf.library import visibility
from ficshelf.library.models import Merged
from ficshelf.web import addresses
from ficshelf.web.assets import BUILD
from ficshelf.web.kept import Kept
from ficshelf.web.owner import is_owner

kept: Kept[bytes] = Kept(48 * 1024 * 1024)  # pages, compressed


def see_other(url: str) -> HttpResponse:
    """Sends the browser on to a page, after a form (RFC 9110, 15.4.4)."""
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response


def answer(request: HttpRequest, key: tuple[Hashable, ...], make: Callable[[], str]) -> HttpResponse:
    """The page that `make` makes, or the one kept under `key`. `key` names the page and all that it was made from."""
    etag = f'W/"{hashlib.blake2b(repr((BUILD, key)).encode(errors="surrogatepass"), digest_size=12).hexdigest()}"'
    known = request.META.get("HTTP_IF_NONE_MATCH")
    if known and (known.strip() == "*" or etag in parse_etags(known)):
        response: HttpResponse = HttpResponseNotModified()
    else:
        page = kept.get(key)
        if page is None:
            page = gzip.compress(make().encode(errors="replace"), 6, mtime=0)
            kept.put(key, page)
        if "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
            response = HttpResponse(page, headers={"Content-Encoding": "gzip"})
        else:
            response = HttpResponse(gzip.decompress(page))
    response.headers["ETag"] = etag
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = "private, no-cache"  # may be kept, must be asked about
    return response


def answer_about(request: HttpRequest, work: int, key: tuple[Hashable, ...], make: Callable[[], str]) -> HttpResponse:
    """A page about the work of that number, good as long as the work stays as it is. Raises Http404, also where whoever
    asks may not see it."""
    owner = is_owner(request)
    changed = visibility.works(owner).filter(pk=work).values_list("version", "changed").first()
    if changed is None:
        return moved(owner, work)
    return answer(request, (*key, owner, work, *changed), make)


def moved(owner: bool, *works: int) -> HttpResponse:
    """To the work that one of these became one with. Raises Http404 where there is none that may be seen."""
    there = Merged.objects.filter(number__in=works).values_list("work", flat=True).first()
    if there is None or not visibility.works(owner).filter(pk=there).exists():
        raise Http404
    return HttpResponseRedirect(addresses.work(there))
