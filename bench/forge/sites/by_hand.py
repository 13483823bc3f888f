"""Pages made by hand: a folder a story, names that count up, links from one to the next, or a page of contents."""

from __future__ import annotations

import random

from bench.forge.layouts import handmade
from bench.forge.layouts.markup import escape
from bench.forge.sites.page import Page, Site, framed, listing, parts, plain, slug, story, written
from bench.forge.stories import Story


def fill(made: Site, count: int, rng: random.Random, host: str) -> None:
    """Make its pages."""
    base = f"http://{host}/~wren/"
    taken: set[str] = set()
    rows: list[tuple[str, Story]] = []
    aside, told = written(handmade.Handmade(), parts(story(rng))[0], rng)
    made.pages.append(Page(f"{base}interlude.html", aside, f"{base}|interlude", 1, "chapter", told))
    for _ in range(count):
        one = story(rng, (other for _, other in rows))
        called = slug(one, taken)
        style = rng.choice(["folder", "numbers", "names", "contents"]) if len(one.chapters) > 1 else "one"
        rows.append((_lay(made, one, called, style, base, rng), one))
    made.pages.append(listing(f"{base}index.html", rows))


def _lay(made: Site, one: Story, called: str, style: str, base: str, rng: random.Random) -> str:
    """A story's pages; where the list leads to."""
    name = f"{base}|{called}"
    total = len(one.chapters)
    first = rng.sample("qwxzjkvbdfghlmnprst", min(19, total))
    files = [
        {
            "one": f"{called}.html",
            "folder": f"{called}/ch{n}.html",
            "numbers": f"{called}{n}.html",
        }.get(style, f"{called}/{first[(n - 1) % 19]}{called[:4]}{'b' * ((n - 1) // 19)}.html")
        for n in range(1, total + 1)
    ]
    near = [file.rpartition("/")[2] for file in files]
    circle = rng.random() < 0.15  # the last leads to the first again
    for n, part in enumerate(parts(one), 1):
        ways = ""
        if style in ("numbers", "names") and (n < total or circle):
            ways = f'<p><a href="{near[n % total]}">Next chapter</a></p>'
        elif style == "folder":
            ways = '<p><a href="../index.html">Home</a></p>'
        html, told = written(handmade.Handmade(), part, rng)
        made.pages.append(Page(f"{base}{files[n - 1]}", framed(html, after=ways), name, n, "chapter", told))
    if style != "contents":
        return files[0]
    links = "".join(f'<li><a href="{file}">Chapter {n}</a></li>' for n, file in enumerate(near, 1))
    more = '<p>See also <a href="../interlude.html">the interlude</a>.</p>' if rng.random() < 0.4 else ""
    html = plain(one.title, f"<h1>{escape(one.title)}</h1><p>by {escape(one.author)}</p><ul>{links}</ul>{more}")
    made.pages.append(Page(f"{base}{called}/index.html", html, name, 0, "contents"))
    return f"{called}/index.html"
