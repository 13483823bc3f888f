"""Automated Archive: a page a story, or a page a part, in folders by number."""

from __future__ import annotations

import random

from bench.forge.layouts import handmade
from bench.forge.sites.page import Page, Site, framed, listing, parts, slug, story, written


def fill(made: Site, count: int, rng: random.Random, host: str) -> None:
    """Make its pages."""
    base = f"http://{host}/"
    taken: set[str] = set()
    rows = []
    for at in range(count):
        one = story(rng, (other for _, other in rows))
        called, box = slug(one, taken), at // 10 + 1
        name = f"{base}|{called}"
        if len(one.chapters) == 1 or rng.random() < 0.5:
            html, told = written(handmade.Handmade(), one, rng)
            made.pages.append(Page(f"{base}archive/{box}/{called}.html", html, name, 1, "chapter", told))
            rows.append((f"archive/{box}/{called}.html", one))
            continue
        circle = rng.random() < 0.2
        total = len(one.chapters)
        for n, part in enumerate(parts(one), 1):
            following = n + 1 if n < total else 1 if circle else 0
            after = f'<p><a href="{called}{following}.html">On to part {following}</a></p>' if following else ""
            html, told = written(handmade.Handmade(), part, rng)
            url = f"{base}archive/{box}/{called}{n}.html"
            made.pages.append(Page(url, framed(html, after=after), name, n, "chapter", told))
        rows.append((f"archive/{box}/{called}1.html", one))
    made.pages.append(listing(f"{base}titles.html", rows))
