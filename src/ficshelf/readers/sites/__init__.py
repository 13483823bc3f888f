"""The dialects of saved pages: one file a site, landmarks → facts. The list is in the order in which they are asked.

A dialect is a module with `CLUES` and `read(tree, plan) -> bool`. It is asked where a clue, a piece of markup, is in
the page; it looks for its landmarks and, if they are there, says in the plan what the elements of the page are. A
dialect never guesses: what it does not know is left to the passes.
"""

from __future__ import annotations

from typing import Protocol

from selectolax.lexbor import LexborHTMLParser

from ficshelf.readers.sites import ao3, efiction, ffnet, livejournal
from ficshelf.readers.sites.plan import Plan


class Dialect(Protocol):
    """What a module of this package offers."""

    CLUES: tuple[str, ...]

    def read(self, tree: LexborHTMLParser, plan: Plan) -> bool: ...


DIALECTS: dict[str, Dialect] = {"ao3": ao3, "ffnet": ffnet, "efiction": efiction, "livejournal": livejournal}

_TOP = 100_000  # characters of a page within which a clue must stand


def plan_of(tree: LexborHTMLParser, html: str) -> Plan:
    """What the first dialect that knows this page says of it; an empty plan where none does."""
    top = html[:_TOP]
    for name, dialect in DIALECTS.items():
        if not any(clue in top for clue in dialect.CLUES):
            continue
        found = Plan(name)
        if dialect.read(tree, found):
            return found
    return Plan()
