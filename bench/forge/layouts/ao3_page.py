"""Archive of Our Own: the page of a work as a browser saves it ("Entire Work", or one chapter)."""

from __future__ import annotations

import random

from bench.forge.layouts.ao3 import Download
from bench.forge.layouts.chunk import Chunk
from bench.forge.layouts.markup import by_chapter, closed, escape
from bench.forge.pieces import Piece
from bench.forge.sheet import Sheet
from bench.forge.stories import Story

_CLASS = {"tag": "freeform"}


class Page(Download):
    """`#outer`, `dl.work.meta`, `#workskin`, comments, footer."""

    def lay(self, story: Story, rng: random.Random) -> Sheet:
        sheet = super().lay(story, rng)
        sheet.name = f"{story.title.replace(' ', '_')}.html"
        sheet.facts.remove(("url", self.work))  # the page does not say where it stood
        return sheet

    def _headings(self, sheet: Sheet, written: int) -> None:
        self.since_2025 = True  # the page has always said "Chapter 2: Title"
        super()._headings(sheet, written)

    def chunk(self, one: Piece, sheet: Sheet, rng: random.Random) -> Chunk:
        made = super().chunk(one, sheet, rng)
        if one.kind == "heading" and one.role == "archive":
            said, _, title = made.lines[0].partition(": ")
            made.lines = [f'<a href="/works/1/chapters/{one.number}">{said}</a>' + (f": {title}" if title else "")]
            made.before, made.after = '<h3 class="title">\n', "\n</h3>"
        return made

    def bind(self, sheet: Sheet, chunks: list[Chunk], rng: random.Random) -> str:
        story = sheet.story
        rows = "".join(
            f'<dt class="{_CLASS.get(fact, fact)} tags">{label}:</dt>\n<dd class="{_CLASS.get(fact, fact)} tags">'
            f'<ul class="commas">{"".join(f"<li>{self._tag(value)}</li>" for value in values)}</ul></dd>\n'
            if fact != "language"
            else f'<dt class="language">Language:</dt>\n<dd class="language" lang="x">{escape(values[0])}</dd>\n'
            for label, fact, values in self.rows
        )
        if self.series:
            rows += (
                f'<dt class="series">Series:</dt>\n<dd class="series"><span class="series"><span class="position">Part '
                f'{self.series[0]} of <a href="/series/7">{escape(self.series[1])}</a></span></span></dd>\n'
            )
        changed = "Completed" if story.complete else "Updated"
        stats = [("Published", self.posted)]
        if self.written > 1:
            stats.append((changed, self.changed))
        stats += [
            ("Words", self.words),
            ("Chapters", f"{self.written}/{self.planned}"),
            ("Kudos", "17"),
            ("Hits", "412"),
        ]
        told = "".join(
            f'<dt class="{key.lower()}">{key}:</dt><dd class="{key.lower()}">{value}</dd>' for key, value in stats
        )
        notes = "".join(f"<p>{escape(one)}</p>" for one in self.notes)
        said = (
            f'<div class="notes module"><h3 class="heading">Notes:</h3><blockquote class="userstuff">{notes}</blockquote></div>'
            if notes
            else ""
        )
        return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="%CHARSET%">
<title>{escape(story.title)} - {escape(story.author)} - {escape(", ".join(story.fandoms))} [Archive of Our Own]</title>
<link rel="stylesheet" href="files/1_site_screen_.css">
</head>
<body class="logged-out">
<div id="outer" class="wrapper">
<ul id="skiplinks"><li><a href="#main">Main Content</a></li></ul>
<header id="header" class="region">
<h1 class="heading"><a href="/"><span>Archive of Our Own</span><sup> beta</sup></a></h1>
<nav id="greeting"><p class="icon"></p><a href="/users/login">Log In</a></nav>
<nav><ul class="primary navigation actions"><li class="dropdown"><a href="/menu/fandoms">Fandoms</a></li>
<li><a href="/menu/browse">Browse</a></li><li><a href="/menu/search">Search</a></li></ul></nav>
</header>
<div id="inner" class="wrapper">
<div id="main" class="works-show region" role="main">
<div class="work">
<h3 class="landmark heading">Actions</h3>
<ul class="work navigation actions"><li class="chapter bychapter"><a href="/works/1?view_full_work=false">Chapter by Chapter</a></li>
<li class="comments"><a href="#comments">Comments</a></li><li class="download"><a href="#">Download</a></li></ul>
<h3 class="landmark heading">Work Header</h3>
<div class="wrapper">
<dl class="work meta group">
{rows}<dt class="stats">Stats:</dt>
<dd class="stats"><dl class="stats">{told}</dl></dd>
</dl>
</div>
<div id="workskin">
<div class="preface group">
<h2 class="title heading">
      {escape(story.title)}
    </h2>
<h3 class="byline heading"><a rel="author" href="/users/x/pseuds/x">{escape(story.author)}</a></h3>
<div class="summary module"><h3 class="heading">Summary:</h3>
<blockquote class="userstuff"><p>{escape(story.summary)}</p></blockquote></div>
{said}
</div>
<div id="chapters" role="article">
{self.told(chunks)}
</div>
</div>
<div id="feedback" class="feedback"><h3 class="landmark heading">Actions</h3>
<ul class="actions"><li><a href="#main">↑ Top</a></li></ul>
<div id="comments_placeholder"><h3 class="heading">Comments</h3></div></div>
</div>
</div>
</div>
<div id="footer" role="contentinfo" class="region"><h3 class="landmark heading">Footer</h3>
<ul class="navigation actions"><li class="module group"><h4 class="heading">About the Archive</h4></li></ul></div>
</div>
</body>
</html>
"""

    def told(self, chunks: list[Chunk]) -> str:
        made = []
        landmark = '<h3 class="landmark heading" id="work">{}</h3>\n'
        for number, group in enumerate(by_chapter(chunks), 1):
            count = 1 if group and group[0].piece.role == "archive" else 0
            text = "\n".join(closed(chunk) for chunk in group[count:])
            if self.written == 1:
                made.append(f'{landmark.format("Work Text:")}<div class="userstuff">{text}</div>')
                continue
            head = "\n".join(closed(chunk) for chunk in group[:count])
            made.append(
                f'<div class="chapter" id="chapter-{number}">\n<div class="chapter preface group" role="complementary">\n'
                f'{head}\n</div>\n<div class="userstuff module" role="article">\n{landmark.format("Chapter Text")}{text}\n'
                "</div>\n</div>"
            )
        return "\n".join(made)

    def _tag(self, value: str) -> str:
        return f'<a class="tag" href="/tags/{escape(value).replace(" ", "%20")}/works">{escape(value)}</a>'
