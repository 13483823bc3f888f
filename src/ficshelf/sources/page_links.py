"""What a saved page says of where it stood and where it leads, without reading it: its address, its title, its links.

Only the top and the foot of a page are looked at: there stand its head, its menus and the ways to the next part.
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple
from urllib.parse import unquote, urljoin

from ficshelf.sources import chapter_links

_TOP, _FOOT = 200_000, 60_000  # bytes
MOST = 3_000  # links of one page
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|a|p|div|table|br|font|center|script|title|meta)\b", re.IGNORECASE)
_TITLE = re.compile(rb"<title[^>]{0,200}>([^<]{1,400})", re.IGNORECASE)
_LINK = re.compile(
    rb"<(?:a|area)\s(?P<attributes>[^>]{1,2000})>(?P<text>.{0,400}?)</a|<link\s(?P<head>[^>]{1,2000})>",
    re.IGNORECASE | re.DOTALL,
)
_HREF = re.compile(rb"href\s*=\s*(?:\"([^\"]{0,2000})\"|'([^']{0,2000})'|([^\s>\"']{1,2000}))", re.IGNORECASE)
_REL = re.compile(rb"\brel\s*=\s*[\"']?\s*(next|prev|previous)\b", re.IGNORECASE)
_TAG = re.compile(rb"<[^>]{0,1000}>")
_ASIDE = re.compile(rb"<(a|option|title|script|style)\b[^>]{0,2000}>.{0,2000}?</\1", re.IGNORECASE | re.DOTALL)
_HEADING = re.compile(rb">\s*([^<>\d\s]{2,12}\.?\s{0,3}(?:\d{1,3}|[a-z]{1,8})\b[^<>]{0,80}?)\s*<", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")
_MIRRORED = re.compile(rb"<!--\s*Mirrored from (\S{4,2000}) by HTTrack", re.IGNORECASE)
_SAVED = re.compile(rb"<!--\s*saved from url=\(\d{1,6}\)(\S{8,2000})", re.IGNORECASE)
_SINGLE_FILE = re.compile(rb"<!--\s*Page saved with SingleFile[^>]{0,200}?\burl:\s*(\S{8,2000})", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*utf-?8", re.IGNORECASE)


class Link(NamedTuple):
    """A link: what it says and where it leads, as it stands in the page. `rel` is "next" or "prev" where the page's
    head says so."""

    text: str
    href: str
    rel: str = ""


class Seen(NamedTuple):
    """A page as it is seen from outside; `address` is what a comment says that it was saved from, `number` what it
    calls its only chapter."""

    address: str = ""
    title: str = ""
    links: tuple[Link, ...] = ()
    number: int | None = None


def look(data: bytes) -> Seen | None:
    """What a page says; None for what is no page."""
    top = data[:_TOP]
    if not _MARKUP.search(top[:20_000]):
        return None
    foot = data[max(_TOP, len(data) - _FOOT) :]
    codec = _codec(top)
    title = _TITLE.search(top)
    links: list[Link] = []
    for part in (top, foot):
        for found in _LINK.finditer(part):
            attributes = found["attributes"] or found["head"]
            rel = _REL.search(attributes)
            if (found["head"] and not rel) or not (href := _HREF.search(attributes)):
                continue
            text = _said(_TAG.sub(b" ", found["text"] or b""), codec)
            where = html.unescape((href[1] or href[2] or href[3] or b"").decode(codec, "replace")).strip()
            links.append(Link(text, where, ("next" if rel[1].lower() == b"next" else "prev") if rel else ""))
            if len(links) >= MOST:
                break
    return Seen(_address(top, codec), _said(title[1], codec) if title else "", tuple(links), _number(top, codec))


def text_of(data: bytes) -> str:
    """The words of a page's top, without those of its links and menus."""
    top = _ASIDE.sub(b" ", data[:_TOP])
    return html.unescape(_TAG.sub(b" ", top).decode(_codec(data), "replace"))


def _codec(data: bytes) -> str:
    return "utf-8" if _CHARSET.search(data[:4000]) else "cp1252"


def _number(top: bytes, codec: str) -> int | None:
    """The number in the headings of a page where all of them say the same one, those of links and menus left out."""
    here = _ASIDE.sub(b"<", top[max(0, top.lower().find(b"<body")) :])
    said = (chapter_links.heading(_said(found[1], codec)) for found in _HEADING.finditer(here))
    numbers = {number for number in said if number is not None}
    return numbers.pop() if len(numbers) == 1 else None


def _said(data: bytes, codec: str) -> str:
    return _BLANKS.sub(" ", html.unescape(data.decode(codec, "replace"))).strip()


def _address(top: bytes, codec: str) -> str:
    """The address in the comment of the program that saved the page."""
    if found := _SAVED.search(top[:5000]) or _SINGLE_FILE.search(top[:5000]):
        said = found[1].decode(codec, "replace")
        return html.unescape(said) if said.startswith(("http://", "https://")) else ""
    if found := _MIRRORED.search(top) or _MIRRORED.search(top[-5000:]):
        return "http://" + html.unescape(found[1].decode(codec, "replace"))
    return ""


def target(base: str, href: str) -> str:
    """Where a link of the page `base` leads: an address for an address, a path for a path; "" for nowhere else."""
    href = href.partition("#")[0]
    scheme = re.match(r"([a-z][a-z0-9+.-]{1,20}):", href, re.IGNORECASE)
    if not href or (scheme and scheme[1].lower() not in ("http", "https")):
        return ""
    if scheme:
        return href
    if base.startswith(("http://", "https://")):
        try:
            return urljoin(base, href)
        except ValueError:
            return ""
    path = [] if href.startswith("/") else base.split("/")[:-1]
    for name in unquote(href).split("/"):
        if name == ".." and path:
            path.pop()
        elif name not in ("", ".", ".."):
            path.append(name)
    return "/".join(path)
