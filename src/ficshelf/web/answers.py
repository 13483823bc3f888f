"""Pages that are rendered once and sent many times.

A page is made from what the database holds. As long as that has not changed, neither has the page: it is named by a
key that says what it was made from, kept in memory with its compressed form, and not even sent again to a browser that
still has it.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

from ficshelf.web.assets import BUILD

LIMIT = 48 * 1024 * 1024  # bytes of pages kept, with their compressed forms


class Page(NamedTuple):
    """A page as it is sent, plain and compressed."""

    plain: bytes
    packed: bytes


class Kept:
    """The pages made last, within a limit in bytes. Safe to use from several threads."""

    def __init__(self, limit: int = LIMIT) -> None:
        self.limit, self.size = limit, 0
        self._pages: OrderedDict[Hashable, Page] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Page | None:
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: Hashable, page: Page) -> None:
        with self._lock:
            if key in self._pages:
                return
            self._pages[key] = page
            self.size += _size(page)
            while self.size > self.limit:
                self.size -= _size(self._pages.popitem(last=False)[1])

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self.size = 0


def _size(page: Page) -> int:
    return len(page.plain) + len(page.packed)


kept = Kept()


def answer(request: HttpRequest, key: tuple[Hashable, ...], make: Callable[[], str]) -> HttpResponse:
    """The page that `make` makes, or the one kept under `key`. `key` names the page and all that it was made from."""
    etag = f'W/"{hashlib.blake2b(repr((BUILD, key)).encode(errors="surrogatepass"), digest_size=12).hexdigest()}"'
    known = request.META.get("HTTP_IF_NONE_MATCH")
    if known and (known.strip() == "*" or etag in parse_etags(known)):
        response: HttpResponse = HttpResponseNotModified()
    else:
        page = kept.get(key)
        if page is None:
            plain = make().encode(errors="replace")
            page = Page(plain, gzip.compress(plain, 6, mtime=0))
            kept.put(key, page)
        if "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
            response = HttpResponse(page.packed, headers={"Content-Encoding": "gzip"})
        else:
            response = HttpResponse(page.plain)
    response.headers["ETag"] = etag
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = "private, no-cache"  # may be kept, must be asked about
    return response
