"""A page of a site and what is so of it; and what pages of all kinds are made with."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from bench.forge import stories
from bench.forge.layouts.chunk import Layout
from bench.forge.layouts.markup import escape
from bench.forge.pieces import STORY
from bench.forge.sheet import Sheet
from bench.forge.stories import Story


@dataclass(slots=True)
class Page:
    """A page: its address, what it shows, and what it is. `story` names the story it is of, "" where it is of none;
    `chapter` is the place from 1 of what it tells of it, 0 where it tells nothing. `told` are the story's pieces on it,
    each as (letters, whether they must be told). `captures` are others of it."""

    url: str
    html: str
    story: str = ""
    chapter: int = 0
    kind: str = "page"  # "chapter", "whole", "again", "contents", "reviews", "person", "page", "error"
    told: tuple[tuple[str, bool], ...] = ()
    captures: list[Capture] = field(default_factory=list)


@dataclass(slots=True)
class Capture:
    """What a crawler got at another time."""

    date: str
    status: str
    html: str
    goes_to: str = ""


@dataclass(slots=True)
class Said:
    """A review that a page shows: its text is like no other's; `reply` is the author's, "" for none."""

    story: str
    chapter: int
    text: str
    reply: str = ""


@dataclass(slots=True)
class Site:
    """A site, and what is so of it. `people` are pen names by the address of their page."""

    kind: str
    pages: list[Page] = field(default_factory=list)
    reviews: list[Said] = field(default_factory=list)
    people: dict[str, str] = field(default_factory=dict)


def story(rng: random.Random, before: Iterable[Story] = ()) -> Story:
    """A story of no book; now and then it is called as one before it is, by another author or by the same."""
    made = stories.tell(rng)
    while "labels" not in made.words or any(chapter.named for chapter in made.chapters):
        made = stories.tell(rng)
    others = list(before)
    chance = rng.random()
    if others and chance < 0.06:
        other = rng.choice(others)
        made = replace(made, title=other.title, author=other.author if chance < 0.015 else made.author)
    return made


def written(layout: Layout, told: Story, rng: random.Random) -> tuple[str, tuple[tuple[str, bool], ...]]:
    """A page of a layout, undamaged, in UTF-8, and what it tells."""
    sheet = layout.lay(told, rng)
    chunks = layout.write(sheet, rng)
    bound = layout.bind(sheet, chunks, rng)
    assert isinstance(bound, str)
    return bound.replace("%CHARSET%", "utf-8"), pieces(sheet)


def pieces(sheet: Sheet) -> tuple[tuple[str, bool], ...]:
    """The pieces of a story in order, their letters without blanks, and whether all readers must tell them."""
    made: list[tuple[str, bool]] = []
    for one in sheet.pieces:
        if one.label:
            made.append((letters(f"{one.label}:"), False))
        made.append((letters(one.text), one.kind in STORY and not one.free and one.role != "story"))
    return tuple((text, must) for text, must in made if text)


def letters(text: str) -> str:
    """A text without blanks, as texts are held against each other."""
    return re.sub(r"\s+", "", text)


def parts(whole: Story) -> list[Story]:
    """A story for each of its chapters."""
    return [replace(whole, chapters=[chapter]) for chapter in whole.chapters]


def framed(html: str, before: str = "", after: str = "") -> str:
    """A page with something more at its top and its foot."""
    html = re.sub(r"(<body[^>]*>)", lambda found: found[1] + before, html, count=1, flags=re.IGNORECASE)
    at = html.lower().rfind("</body>")
    return html[:at] + after + html[at:] if at >= 0 else html + after


def plain(title: str, body: str) -> str:
    """A page of a few elements."""
    head = (
        '<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
        f"<title>{escape(title)}</title></head>"
    )
    return f"<html>{head}<body>{body}</body></html>"


def listing(url: str, rows: Iterable[tuple[str, Story]]) -> Page:
    """A page that lists stories."""
    told = "".join(
        f'<div class="listbox"><div class="title"><a href="{escape(href)}">{escape(one.title)}</a> by '
        f'{escape(one.author)}</div><div class="content"><span class="label">Summary: </span>{escape(one.summary)}'
        "</div></div>\n"
        for href, one in rows
    )
    return Page(url, plain("Most Recent Stories", f"<h1>Most Recent Stories</h1>{told}"))


def slug(one: Story, taken: set[str]) -> str:
    """A name for its files."""
    made = re.sub(r"[^a-z]", "", one.title.lower())[:14] or "tale"
    while made in taken:
        made += "x"
    taken.add(made)
    return made


def said(made: Site, of: str, chapter: int, rng: random.Random, answered: bool = False) -> Said:
    """A review, noted."""
    praise = rng.choice(["I cried on the bus over", "More, please, of", "You made me like", "I did not expect"])
    number = len(made.reviews) * 7 + rng.randrange(7)
    text = f"{praise} this one, and I said so to number {number} of my street."
    reply = f"Thank you, truly, and greet number {number}." if answered else ""
    made.reviews.append(Said(of, chapter, text, reply))
    return made.reviews[-1]
