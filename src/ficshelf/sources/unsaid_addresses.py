"""The addresses of pages that a browser saved without them, by what the other parts of their stories call each other.

Part 1 leads to parts 2 and 3, part 2 to parts 1 and 3: where part 3 is the same address for both they are of one story,
and what part 1 calls `Part 2` is the address of the page that leads to all parts but that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ficshelf import addresses
from ficshelf.sources import chapter_links
from ficshelf.sources.mirror_pages import Page, key_of

_Named = tuple[int, str]  # a part's number, and the key of the address that it is under


def found(pages: list[Page]) -> list[Page]:
    """The pages, those without an address with the one that others call them by."""
    known = {page.key for page in pages}
    unsaid: list[tuple[Page, int, dict[_Named, str]]] = []  # each with its own number, and the parts it leads to
    by_part: dict[_Named, set[_Named]] = defaultdict(set)
    urls: dict[str, str] = {}
    for page in pages:
        for own, parts in _runs(page):
            for part in parts:
                by_part[part] |= parts.keys()
            urls |= {key: url for (_, key), url in parts.items()}
            if page.url == page.path:
                unsaid.append((page, own, parts))
    told: dict[str, list[Page]] = defaultdict(list)
    for page, own, parts in unsaid:
        meant = {key for part in parts for number, key in by_part[part] if number == own}
        if len(meant) == 1 and not meant & known:
            told[meant.pop()].append(page)
    for key, called in told.items():
        if len({page.path for page in called}) == 1:
            called[0].url, called[0].key = urls[key], key
            called[0].address = addresses.read(urls[key])
    return pages


def _runs(page: Page) -> Iterable[tuple[int, dict[_Named, str]]]:
    """The rows of parts that a page leads to by their whole addresses, and the number it is left out for."""
    if page.is_aside:
        return
    leads = [
        (link, key_of(link.href))
        for link in page.seen.links
        if link.href.startswith(("http://", "https://")) and chapter_links.told(link.text).number is not None
    ]
    places = {key: at for at, key in enumerate(dict.fromkeys(key for _, key in leads))}
    hrefs = {places[key]: (key, link.href.partition("#")[0]) for link, key in leads}
    for row in chapter_links.runs(-1, [(link, places[key]) for link, key in leads]):
        left_out = next((number for number, at in row if at == -1), row[-1][0] + 1)  # the last leads to all others
        yield left_out, {(number, hrefs[at][0]): hrefs[at][1] for number, at in row if at != -1}
