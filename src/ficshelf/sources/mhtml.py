"""Pages saved as one file by Internet Explorer, Chrome and their like (`.mht`, `.mhtml`): a page, its frames and its
pictures as the parts of a mail. The page and its frames are places, called by the addresses they had."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ficshelf import mime
from ficshelf.errors import CannotOpenError
from ficshelf.sources import limits, pages
from ficshelf.sources.containers import Opened, Scratch
from ficshelf.sources.places import Place

KIND = "mhtml"
_DEPTH = 4  # parts within parts
_RELATED = re.compile(rb"content-type:\s*multipart/related", re.IGNORECASE)
_SAVED = re.compile(rb"^(?:snapshot-)?content-location:|^from:\s*<saved by ", re.IGNORECASE | re.MULTILINE)
_PAGE = ("text/html", "application/xhtml+xml")
_DECLARED = re.compile(rb"charset\s*=|<\?xml[^>]{0,100}encoding", re.IGNORECASE)

read_entry = pages.read_entry


def opens(place: Place, head: bytes) -> bool:
    """A mail of related parts that say where they were, or that a browser signed."""
    top = head[:8192]
    return bool(_RELATED.search(top)) and bool(_SAVED.search(top) or place.path.lower().endswith((".mht", ".mhtml")))


def open_up(place: Place, others: Sequence[Place], scratch: Scratch) -> Opened:
    """Take the page and its frames out."""
    try:
        data = place.content(limits.FILE)
    except CannotOpenError as error:
        return Opened(unread=error.reason)
    if data is None:
        return Opened(unread=f"it is larger than the {limits.FILE >> 20} MiB that are read of one file")
    taken: dict[str, bytes] = {}
    for number, found in enumerate(_pages(data), 1):
        if len(taken) == limits.FRAMES:
            break
        is_address = found.address.startswith(("http://", "https://"))
        taken.setdefault(found.address if is_address else f"{number}.html", found.data)
    box = pages.Pages(scratch, place, KIND)
    try:
        places = [box.add(f"{place.path}/{name}", page) for name, page in taken.items()]
    finally:
        box.close()
    return Opened(places) if places else Opened(unread="no page is in this file")


class _Page(NamedTuple):
    """A page among the parts, and where it was."""

    address: str
    data: bytes


def _pages(data: bytes) -> Iterator[_Page]:
    """The pages, the outermost first. What is cut off is read as far as it goes; so many parts as nobody saves are
    looked at."""
    head = mime.header(data)
    address = head.first("snapshot-content-location") or head.first("content-location")
    waiting = [(head, data[head.end :], 0, address)]
    looked = 0
    while waiting and looked < limits.PARTS:
        head, body, depth, address = waiting.pop(0)
        looked += 1
        kind, parameters = mime.parameters_of(head.first("content-type"), "text/plain")
        if kind.startswith("multipart/") and parameters.get("boundary") and depth < _DEPTH:
            boundary = parameters["boundary"].encode("utf-8", "replace")
            for number, piece in enumerate(mime.split(body, boundary)[: limits.PARTS]):
                inner = mime.header(piece)
                where = inner.first("content-location") or (address if not number else "")
                waiting.append((inner, piece[inner.end :], depth + 1, where))
        elif kind in _PAGE:
            page, _ = mime.unpacked(body, head.first("content-transfer-encoding").strip().lower())
            if page.strip():
                yield _Page(address.strip(), _declared(page, parameters.get("charset", "")))


def _declared(page: bytes, charset: str) -> bytes:
    """A page in an encoding that it says itself, or that tells itself: the part that said it is gone."""
    if not charset or _DECLARED.search(page[:4096]):
        return page
    try:
        if codecs.lookup(charset)._is_text_encoding:
            return page.decode(charset).encode("utf-8")
    except (LookupError, ValueError):
        pass
    return page
