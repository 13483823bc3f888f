"""A page of a mirror: its address, its place in its story by all that says one, and what tells it from other pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import PurePosixPath

from ficshelf import addresses, casts, names, own_address, saved_names, subjects
from ficshelf.addresses import Address
from ficshelf.chapter_files import number_of
from ficshelf.errors import CannotOpenError
from ficshelf.sources import limits, page_links
from ficshelf.sources.chapter_links import UNIT
from ficshelf.sources.page_links import Seen
from ficshelf.sources.places import Place

_PAGE = re.compile(
    r"(?:\.(?:s?html?|xhtml|php\d?|cgi|pl|aspx?|jsp|fic|cfm|orig)(?:\.\d{1,3})?|[?@][^/]*=[^/]*|/[^./]*|^[^./]*)$",
    re.IGNORECASE,
)
_NOT_TITLE = re.compile(rf"\W*{UNIT}\b\W{{0,4}}(?:\d{{1,3}}|[ivx]{{1,5}})\b|\d+|\W+", re.IGNORECASE)
_SITE = re.compile(  # what journals put around a title
    r"^[\w-]{2,30}: (?=.*\d\s?/\s?\d)|\s+[—–|-]+\s+(?:livejournal|dreamwidth|insanejournal)\b.*$", re.IGNORECASE
)
_ALONE = frozenset({"journal", "Automated Archive"})  # whose addresses are of one page, which may be a part of a story
_ASIDE = frozenset({addresses.PERSON, addresses.SERIES, addresses.LIST, addresses.REVIEWS})
_KINDS = {addresses.CONTENTS: 0, addresses.STORY: 1, addresses.CHAPTER: 1, addresses.WHOLE: 2, addresses.REVIEWS: 3}


class Page:
    """A page of a mirror, and what is found out about it."""

    def __init__(self, place: Place, seen: Seen, url: str) -> None:
        self.place = place
        self.path = place.path
        self.seen = seen
        self.url = url or place.path
        self.address: Address | None = addresses.read(self.url)
        self.key = key_of(self.url)
        self.folder = self.key.partition("?")[0].rpartition("/")[0]
        self.number: dict[str, int] = {}  # its place in its story, by what says so

    @property
    def fixed(self) -> str:
        """The story that its address names, "" where the address settles nothing."""
        return self.address.story if self.address is not None and self.address.program not in _ALONE else ""

    @property
    def stem(self) -> str:
        """What its file is called, in its folder."""
        return f"{self.folder}/{PurePosixPath(self.key).stem}"

    @property
    def called(self) -> subjects.Subject:
        """What its title says, without what a journal puts around it."""
        return subjects.parse(_SITE.sub("", self.seen.title))

    @cached_property
    def cast(self) -> frozenset[str]:
        """Who is named in it."""
        try:
            with self.place.open() as stream:
                return casts.of(page_links.text_of(stream.read(limits.READ)), self.seen.title)
        except CannotOpenError:
            return frozenset()

    @property
    def is_aside(self) -> bool:
        """Whether its address says that it tells no story."""
        return self.address is not None and self.address.kind in _ASIDE


def key_of(address: str) -> str:
    """What two ways to write one page's address have in common; of a path without a host, the path without what was
    put behind it."""
    if address.startswith(("http://", "https://")):
        return names.url_key(address.replace("&amp;", "&")).replace("http://", "").lower()
    return _file(address).lower()


def _file(path: str) -> str:
    return re.sub(r"\.(?:orig|html?)$", "", path.partition("#")[0], flags=re.IGNORECASE)


def of(places: Sequence[Place]) -> Iterable[Page]:
    """The pages among some places, as they are seen from outside."""
    for place in places:
        if place.container or place.problem or place.unread or place.size > limits.READ or not _PAGE.search(place.path):
            continue
        try:
            with place.open() as stream:
                seen = page_links.look(stream.read(limits.READ))
        except CannotOpenError:
            continue
        if seen is not None:
            called = saved_names.address(place.path)
            url = called if place.kind else seen.address or called
            page = Page(place, seen, url)
            if not url:  # many pages may have this one, as those of a story's reviews
                told = own_address.find(seen.title, ((one.text, one.href) for one in seen.links))
                page.url, page.address = told or page.url, addresses.read(told) if told else page.address
                if page.address is not None and page.address.kind not in _ASIDE:
                    page.key = key_of(page.url)
            yield page


def kind(page: Page) -> int:
    """What comes first in a story: its contents, its chapters, all of it on one page, what was said of it."""
    return _KINDS.get(page.address.kind, 1) if page.address is not None else 1


def same(page: Page) -> str:
    """What pages have in common that are one: where the address names a story's chapter, that; else the address."""
    one = page.address
    if one is not None and one.story and one.kind in (addresses.CHAPTER, addresses.WHOLE, addresses.CONTENTS):
        return f"{one.story}|{one.kind}|{one.chapter}|{one.place}"
    return page.key if page.url != page.path else _file(page.path)


def rank(page: Page) -> tuple[bool, int, str]:
    """Which of several copies of a page stands: the one whose name says least."""
    return saved_names.is_copy(page.path), len(page.path), page.path


def natural(path: str) -> list[tuple[int, str]]:
    """A path as people sort it: `ch9` before `ch10`."""
    return [(int(part[:15]), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", path)]


def counting_stem(page: Page) -> str:
    """What a page's file is called but for the number in its name; "" where that counts nothing: `ford (2).html`."""
    name = PurePosixPath(page.key).stem
    stem, number = number_of(name)
    return f"{page.folder}/{stem}" if number is not None and not name.endswith(")") and "?" not in page.key else ""


def alike(one: Page, other: Page) -> bool:
    """Whether two pages are called alike but for a number: their files, or their titles."""
    stems = [number_of(PurePosixPath(page.key).stem) for page in (one, other)]
    if stems[0][1] is not None and stems[0][0] == stems[1][0] and stems[0][1] != stems[1][1]:
        return True
    titles = [_NOT_TITLE.sub("", page.seen.title).lower() for page in (one, other)]
    return len(titles[0]) > 3 and titles[0] == titles[1] and one.seen.title != other.seen.title
