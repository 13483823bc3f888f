"""Sites as they stood on the web: pages of stories, contents, reviews, people and nothing, with the truth beside each.

Five kinds: eFiction, Automated Archive, otwarchive, a journal community, and pages made by hand. The stories' own pages
are written by the layouts of `layouts/`; what stands around them is made here, and what goes wrong with them in crawls.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from bench.forge.sites import automated_archive, by_hand, efiction, journal, otwarchive
from bench.forge.sites.page import Page, Said, Site
from bench.forge.sites.slips import go_wrong

__all__ = ["KINDS", "Page", "Said", "Site", "make"]

KINDS: dict[str, Callable[[Site, int, random.Random, str], None]] = {
    "efiction": efiction.fill,
    "automated-archive": automated_archive.fill,
    "otwarchive": otwarchive.fill,
    "journal": journal.fill,
    "by-hand": by_hand.fill,
}


def make(kind: str, count: int, rng: random.Random, host: str) -> Site:
    """A site of this kind with so many stories."""
    made = Site(kind)
    KINDS[kind](made, count, rng, host)
    go_wrong(made, rng)
    return made
