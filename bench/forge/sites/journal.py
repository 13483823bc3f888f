"""A community of a journal: an entry a part, tied by titles, by links to all parts, or by a link to the next."""

from __future__ import annotations

import random

from bench.forge.layouts import journal
from bench.forge.layouts.markup import escape
from bench.forge.sheet import Sheet
from bench.forge.sites.page import Page, Site, framed, parts, plain, story, written
from bench.forge.stories import Story


class _Entry(journal.Entry):
    """An entry in a style that the community has chosen."""

    def __init__(self, chosen: str) -> None:
        self.chosen = chosen

    def lay(self, story: Story, rng: random.Random) -> Sheet:
        sheet = super().lay(story, rng)
        self.site = self.chosen
        return sheet


def fill(made: Site, count: int, rng: random.Random, host: str) -> None:
    """Make its pages."""
    base = f"http://lantern{host.partition('.')[0]}.livejournal.com/"
    ids = iter(sorted(rng.sample(range(1000, 99_000), count * 16)))
    rows: list[tuple[str, Story]] = []
    for at in range(count):
        one = story(rng, (other for _, other in rows))
        name = f"{base}|{at}"
        total = len(one.chapters)
        entries = [next(ids) for _ in one.chapters]
        style = rng.choice(["titles", "links", "next"])
        chosen = rng.choice(["old", "new", "dreamwidth"])
        for n, (entry, part) in enumerate(zip(entries, parts(one), strict=True), 1):
            layout = _Entry(chosen)
            html, told = written(layout, part, rng)
            if style == "titles" and total > 1:
                html = html.replace(escape(layout.subject), f"{escape(layout.subject)} ({n}/{total})")
            following = entries[n % total] if n < total or rng.random() < 0.1 else 0
            ways = {
                "titles": "",
                "links": " | ".join(
                    f'<a href="{base}{other}.html">Part {m}</a>' for m, other in enumerate(entries, 1) if m != n
                ),
                "next": f'<a href="{base}{following}.html">Next part</a>' if following and total > 1 else "",
            }[style]
            html = framed(html, after=f"<p>{ways}</p>") if ways else html
            made.pages.append(Page(f"{base}{entry}.html", html, name, n, "chapter", told))
        rows.append((f"{base}{entries[0]}.html", one))
        next(ids)
    links = "".join(f'<li><a href="{href}">{escape(one.title)}</a></li>' for href, one in rows)
    made.pages.append(Page(f"{base}tag/fic", plain("Entries tagged with fic", f"<h1>Tag: fic</h1><ul>{links}</ul>")))
