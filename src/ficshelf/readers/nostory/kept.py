"""What pages beside stories leave in the library: reviews, and who a profile is of and what that person wrote."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from ficshelf import addresses, own_address, saved_names
from ficshelf.addresses import Address
from ficshelf.model import Recorded
from ficshelf.readers.lines_as_blocks import blocks
from ficshelf.readers.nostory import reviews
from ficshelf.readers.sites.layout import surest
from ficshelf.readers.sites.plan import words
from ficshelf.readers.walk import Role, walk

_NAME = re.compile(r"pen ?name\s*:\s*(?P<name>[^\[\](|]{1,80}?)\s*(?:[\[(|].*|real name\b.*|$)", re.IGNORECASE)
_NAMED = "#pagetitle, .user.home .primary.header h2, .user .header h2, #content_wrapper_inner > span, h1, h2"
_PROFILE_OF = re.compile(r"(?:profile (?:of|for)|stories by|all stories by|works by)\s+(.{1,80})", re.IGNORECASE)
_BIO = "#biocontent, #bio, .bio .userstuff, .bio, .profile .userstuff"
_THEIRS = re.compile(r"[?&;](?:action|tab)=(?:fav|rev|contact|report)|#fs\b", re.IGNORECASE)
_MOST = 5_000  # stories of one person


def record(tree: LexborHTMLParser, kind: str, path: str, said: str, address: Address | None) -> Recorded | None:
    """What a page leaves, by its kind and its address as `address_of` tells it; None for nothing."""
    if (address is not None and address.kind == addresses.REVIEWS) or kind == "reviews":
        found = reviews.find(tree)
        return Recorded("reviews", address.story if address else path, reviews=found) if found else None
    if address is None:
        return None
    if address.program == "otwarchive" and address.story and (found := reviews.comments(tree)):
        return Recorded("reviews", address.story, reviews=found)
    if address.kind == addresses.PERSON and not _THEIRS.search(said):
        return _person(tree, address, said)
    return None


def address_of(tree: LexborHTMLParser, path: str, url: str = "") -> tuple[str, Address | None]:
    """The archive's address that a page is kept under, or states, or that its links tell, and where it leads."""
    for said in (saved_names.address(path), url):
        if said and (found := addresses.read(said)) is not None:
            return said, found
    links = ((words(link), link.attributes.get("href") or "") for link in tree.css("a[href]"))
    said = own_address.find(words(tree.css_first("head title")), links)
    return said, addresses.read(said) if said else None


def is_story(address: Address | None) -> bool:
    """Whether the address of a page is that of a story, and not of what is said of it or of somebody."""
    return address is None or address.kind not in (addresses.REVIEWS, addresses.PERSON)


def _person(tree: LexborHTMLParser, address: Address, url: str) -> Recorded | None:
    name = _name(tree)
    root = tree.root
    if not name or root is None:
        return None
    members: dict[str, int] = {}
    for link in tree.css("a[href]")[: _MOST * 4]:
        led = addresses.read(link.attributes.get("href") or "")
        if led is not None and led.story and led.kind != addresses.REVIEWS and led.program == address.program:
            members.setdefault(f"{address.site}/stories/{led.key}", 0)
            if len(members) == _MOST:
                break
    bio = next(iter(surest(tree, _BIO)), None)
    said = walk(root, {bio.mem_id: Role("quote", "bio")}).nodes if bio is not None else ()
    path = url.split("/", 3)[3] if url.startswith("http") and url.count("/") > 2 else url
    return Recorded(
        "person",
        f"{address.site}/authors/{address.key}",
        address.program,
        addresses=((path, 0),),
        name=name,
        blocks=blocks([node for node in said if node.detail == "bio"]),
        members=tuple(members.items()),
    )


def _name(tree: LexborHTMLParser) -> str:
    for node in tree.css("div, td, p, li")[:400]:
        said = words(node)
        if len(said) < 400 and (found := _NAME.match(said)):
            return found["name"].strip()
    for node in tree.css(_NAMED)[:4]:
        said = words(node)
        if found := _PROFILE_OF.match(said):
            return found[1].strip()
        if 0 < len(said) <= 60:
            return said
    return ""
