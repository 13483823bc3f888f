"""The dialects of saved pages: one file a site, landmarks → facts. The list is in the order in which they are asked.

A dialect has `clues` and `read(tree, plan) -> bool`. It is asked where one of its clues stands in the page: a word of
an `id`, `class` or `name`, the name of a script in an address (`viewstory.php`), or of a program that made the page. It
looks for its landmarks and, if they are there, says in the plan what the elements of the page are. A dialect never
guesses: what it does not know is left to the passes. Most are a table of landmarks (`layout.Layout`); those that need
more are a module with a function.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Protocol

from selectolax.lexbor import LexborHTMLParser

from ficshelf.readers.sites import (
    adultfanfiction,
    ao3,
    asianfanfics,
    efiction,
    fanfictions_fr,
    fanfiktion_de,
    ffnet,
    ficbook,
    fichub,
    fiction_dl,
    fictionalley,
    ficwad,
    fimfiction,
    forums,
    hpff,
    journals,
    mediaminer,
    posts,
    quotev,
    readerview,
    royalroad,
    sugarquill,
    told,
    tth,
    tumblr,
    wattpad,
    wiki,
)
from ficshelf.readers.sites.plan import Plan


class Dialect(Protocol):
    """What the table below holds."""

    @property
    def clues(self) -> frozenset[str]: ...

    def read(self, tree: LexborHTMLParser, plan: Plan) -> bool: ...


DIALECTS: dict[str, Dialect] = {
    "told": told,
    "fichub": fichub,
    "fiction_dl": fiction_dl,
    "ao3": ao3,
    "ffnet": ffnet,
    "hpff": hpff.LAYOUT,
    "efiction": efiction,
    "wattpad": wattpad.LAYOUT,
    "royalroad": royalroad,
    "fimfiction": fimfiction.LAYOUT,
    "asianfanfics": asianfanfics.LAYOUT,
    "quotev": quotev.LAYOUT,
    "tth": tth.LAYOUT,
    "sugarquill": sugarquill.LAYOUT,
    "fictionalley": fictionalley,
    "ficwad": ficwad,
    "mediaminer": mediaminer,
    "adultfanfiction": adultfanfiction.LAYOUT,
    "fanfictions_fr": fanfictions_fr.LAYOUT,
    "fanfiktion_de": fanfiktion_de,
    "ficbook": ficbook.LAYOUT,
    "forum": forums,
    "journal": journals,
    "readerview": readerview.LAYOUT,
    "wiki": wiki.LAYOUT,
    "tumblr": tumblr.LAYOUT,
    "post": posts,
}

_LOOKED_AT = 100_000  # characters of a page's body within which a clue must stand
_LOOKED_AT_IN_BOOKS = 5_000  # what archives' own books keep of their pages stands on top
# Each begins with letters of its own, so that the search skips the prose between the tags.
_NAMES = [re.compile(rf"{name}=\s*[\"']?([^\"'>]{{1,200}})") for name in ("class ?", "id", "name", "itemprop")]
_PROGRAMS = ("fichub", "fiction-dl")  # which name themselves in the pages that they make
_SCRIPT = re.compile(r"[a-z]{3,20}\Z")


_IN_BOOKS = frozenset({"ao3", "fichub", "fiction_dl"})  # whose own books keep the landmarks of their pages


def plan_of(tree: LexborHTMLParser, html: str, *, book: bool = False) -> Plan:
    """What the first dialect that knows this page says of it; an empty plan where none does. A page of a
    `book` may hold a piece of an archive's page, and has its headings and furniture elsewhere."""
    known = clues_in(html, _LOOKED_AT_IN_BOOKS if book else _LOOKED_AT)
    for name, dialect in DIALECTS.items():
        if (book and name not in _IN_BOOKS) or known.isdisjoint(_folded(dialect.clues)):
            continue
        found = Plan(name)
        if dialect.read(tree, found):
            return found
    return Plan()


@cache
def _folded(clues: frozenset[str]) -> frozenset[str]:
    return frozenset(clue.lower() for clue in clues)


def clues_in(html: str, length: int = _LOOKED_AT) -> set[str]:
    """The words of all names in the markup, the scripts in its addresses, and the programs that made it, in lower case,
    within `length` characters."""
    start = max(html.find("<body"), html.find("<BODY"), 0)
    top = html[start : start + length].lower()
    found = {word for names in _NAMES for name in set(names.findall(top)) for word in name.split()}
    found.update(program for program in _PROGRAMS if program in top)
    at = top.find(".php")
    while at >= 0:
        if script := _SCRIPT.search(top, max(0, at - 20), at):
            found.add(f"{script[0]}.php")
        at = top.find(".php", at + 4)
    return found
