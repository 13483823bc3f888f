"""What goes wrong with a site before and while it is crawled: chapters that are lost or cut off, pages fetched twice,
captures that hold an error, a gate, a redirect, or the same once more."""

from __future__ import annotations

import html
import random
import re
from collections import Counter

from bench.forge.sites.page import Capture, Page, Site, framed, letters, plain

_NOT_FOUND = plain("404 Not Found", "<h1>Not Found</h1><p>The requested URL was not found on this server.</p>")
_LOG_IN = plain(
    "The Archive", '<div id="pagetitle">Log In</div><p>You must be logged in to view this page.</p>'
    '<form action="user.php"><input name="penname"><input type="password" name="password"></form>',
)  # fmt: skip
_BUSY = plain("Error", "<p>Warning: mysql_connect(): Too many connections. Could not connect to the database.</p>")


def go_wrong(made: Site, rng: random.Random) -> None:
    """All of it."""
    _lose(made, rng)
    _cut(made, rng)
    _capture(made, rng)


def _lose(made: Site, rng: random.Random) -> None:
    """Some chapters were never captured; a story keeps at least one."""
    left = Counter(page.story for page in made.pages if page.kind == "chapter")
    gone: set[tuple[str, int]] = set()
    for page in made.pages:
        if page.kind == "chapter" and left[page.story] > 1 and rng.random() < 0.05:
            left[page.story] -= 1
            gone.add((page.story, page.chapter))
    made.pages = [page for page in made.pages if not page.chapter or (page.story, page.chapter) not in gone]


def _cut(made: Site, rng: random.Random) -> None:
    """Some pages broke off while they were fetched: what came is there."""
    for page in made.pages:
        if page.kind != "chapter" or rng.random() > 0.02:
            continue
        first = next((piece for piece, must in page.told if must), "")
        ends = [found.start() for found in re.finditer(r"[ ,]", page.html)]
        tries = [ends[len(ends) * tenth // 10] for tenth in range(4, 10)]
        at = next((at for at in tries if first in letters(html.unescape(re.sub("<[^>]*>", "", page.html[:at])))), 0)
        if first and at:
            page.html = page.html[:at]
            page.told = ()  # how much of it is told, nobody knows


def _capture(made: Site, rng: random.Random) -> None:
    """Captures that hold nothing, older and newer, and older ones that hold the same with another counter."""
    for page in made.pages:
        chance = rng.random()
        if chance < 0.06:
            page.captures.append(Capture("2012-01-01T00:00:00Z", "404 Not Found", _NOT_FOUND))
        elif chance < 0.1:
            page.captures.append(Capture("2012-01-01T00:00:00Z", "200 OK", rng.choice([_LOG_IN, _BUSY])))
        elif chance < 0.16:
            page.captures.append(
                Capture("2003-01-01T00:00:00Z", "200 OK", framed(page.html, after="<!-- 17 visitors -->"))
            )
        elif chance < 0.18:
            page.captures.append(Capture("2003-01-01T00:00:00Z", "302 Found", "", page.url + "#top"))
        elif chance < 0.22:
            page.captures.append(Capture("2009-01-01T00:00:00Z", "200 OK", page.html))  # a revisit
    made.pages.append(Page(made.pages[0].url.rpartition("/")[0] + "/counter.html", _NOT_FOUND, kind="error"))
