"""otwarchive: chapters under numbers that are no places, indexes of chapters, comments, people, and a page that asks
before some works."""

from __future__ import annotations

import random
import re

from bench.forge.layouts import ao3_page
from bench.forge.layouts.markup import escape
from bench.forge.sites.page import Page, Site, framed, listing, parts, plain, said, story, written
from bench.forge.stories import Story

_GATE = (
    '<div id="main" class="works-show region"><p class="caution notice">This work could have adult content. If you '
    'continue, you have agreed that you are willing to see such content.</p><ul class="actions"><li>'
    '<a href="/works/{key}?view_adult=true">Yes, Continue</a></li><li><a href="/works">No, Go Back</a></li></ul></div>'
)


def fill(made: Site, count: int, rng: random.Random, host: str) -> None:
    """Make its pages."""
    base = f"http://{host}/"
    works: list[tuple[int, Story]] = []
    for number in range(1, count + 1):
        one = story(rng, (other for _, other in works))
        works.append((4000 + number * 3, one))
        _lay(made, one, base, 4000 + number * 3, rng)
    made.pages.append(listing(f"{base}tags/Lamps/works", ((f"/works/{key}", one) for key, one in works)))


def _lay(made: Site, one: Story, base: str, key: int, rng: random.Random) -> None:
    name = f"{base}|{key}"
    ids = sorted(rng.sample(range(90_000), len(one.chapters)))
    if len(ids) > 2 and rng.random() < 0.2:
        ids[0], ids[1] = ids[1], ids[0]  # a chapter that was put in later
    gated = rng.random() < 0.1
    for n, part in enumerate(parts(one), 1):
        html, told = _chapter(one, part, key, n, ids, rng)
        url = f"{base}works/{key}" + (f"/chapters/{ids[n - 1]}" if len(ids) > 1 else "")
        made.pages.append(Page(url + ("?view_adult=true" if gated else ""), html, name, n, "chapter", told))
        if rng.random() < 0.04:
            made.pages.append(Page(url + "?show_comments=true", html, name, n, "again", told))
    if gated:
        made.pages.append(Page(f"{base}works/{key}", plain(one.title, _GATE.format(key=key)), name))
    if len(ids) > 1 and rng.random() < 0.5:
        rows = "".join(
            f'<li><a href="/works/{key}/chapters/{id_}">{n}. {escape(chapter.title or f"Chapter {n}")}</a> '
            f'<span class="datetime">(2010-05-0{n % 9 + 1})</span></li>'
            for n, (id_, chapter) in enumerate(zip(ids, one.chapters, strict=True), 1)
        )
        title = f'<h2 class="heading">Chapter Index for <a href="/works/{key}">{escape(one.title)}</a></h2>'
        html = plain("Chapter Index", f'<div id="main">{title}<ol class="chapter index group">{rows}</ol></div>')
        made.pages.append(Page(f"{base}works/{key}/navigate", html, name, 0, "contents"))
    if rng.random() < 0.5:
        made.pages += _comments(made, base, one, key, ids, rng)


def _chapter(
    one: Story, part: Story, key: int, n: int, ids: list[int], rng: random.Random
) -> tuple[str, tuple[tuple[str, bool], ...]]:
    html, told = written(ao3_page.Page(), part, rng)
    html = re.sub(r"/works/1\b", f"/works/{key}", html)
    html = framed(html, f'<ul class="actions"><li><a href="/downloads/{key}/a.epub">EPUB</a></li></ul>')
    if len(ids) == 1:
        return html, told
    options = "".join(
        f'<option value="{other}"{" selected" if at == n else ""}>{at}. {escape(chapter.title or f"Chapter {at}")}'
        "</option>"
        for at, (other, chapter) in enumerate(zip(ids, one.chapters, strict=True), 1)
    )
    menu = f'<ul id="chapter_index"><li><form><select name="selected_id">{options}</select></form></li></ul>'
    if '<h3 class="title">' not in html:
        title = f": {escape(part.chapters[0].title)}" if part.chapters[0].title else ""
        head = f'<h3 class="title"><a href="/works/{key}/chapters/{ids[n - 1]}">Chapter {n}</a>{title}</h3>'
        head = f'<div class="chapter preface group">{head}</div>'
        html = re.sub(r'(<div id="chapters"[^>]*>)', lambda found: found[1] + head, html)
    after = ""
    if n < len(ids):
        to = f"/works/{key}/chapters/{ids[n]}#workskin"
        after = f'<ul class="actions"><li><a href="{to}">Next Chapter →</a></li></ul>'
    return framed(html, menu, after), told


def _comments(made: Site, base: str, one: Story, key: int, ids: list[int], rng: random.Random) -> list[Page]:
    """The pages of a work's comments; they are numbered."""
    name = f"{base}|{key}"
    rows = []
    for at in range(rng.choice([1, 2, 3, 4, 6])):
        n = rng.randrange(1, len(ids) + 1)
        on = (
            f'<span class="parent">on <a href="/works/{key}/chapters/{ids[n - 1]}">Chapter {n}</a></span>'
            if len(ids) > 1
            else ""
        )
        review = said(made, name, n if len(ids) > 1 else 0, rng)
        rows.append(
            f'<li class="comment group" id="comment_{key}{at}"><h4 class="heading byline">'
            '<a href="/users/wren">wren</a> '
            f'{on} <span class="posted datetime">06 May 2010</span></h4><blockquote class="userstuff">'
            f"<p>{review.text}</p></blockquote></li>"
        )
    pages = []
    for at in range(0, len(rows), 4):
        html = plain(
            f"Comments on {one.title}",
            f'<div id="main"><h2>Comments on <a href="/works/{key}">{escape(one.title)}</a></h2>'
            '<div id="comments_placeholder"><ol class="thread">'
            f"{''.join(rows[at : at + 4])}</ol></div></div>",
        )
        more = f"?page={at // 4 + 1}" if at else ""
        pages.append(Page(f"{base}works/{key}/comments{more}", html, name, 0, "reviews"))
    return pages
