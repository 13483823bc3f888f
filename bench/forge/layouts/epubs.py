"""EPUBs: a story as calibre converts it, and AO3's own download."""

from __future__ import annotations

import random

from bench.forge.layouts.ao3 import Download
from bench.forge.layouts.book import epub
from bench.forge.layouts.chunk import Chunk
from bench.forge.layouts.markup import Markup, by_chapter, closed, escape
from bench.forge.pieces import Piece
from bench.forge.sheet import Sheet
from bench.forge.stories import Story


def _page(title: str, body: str) -> str:
    return (
        "<?xml version='1.0' encoding='utf-8'?>\n"
        f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{title}</title>'
        '<link href="stylesheet.css" rel="stylesheet" type="text/css"/></head>\n'
        f'<body class="calibre">\n{body}\n</body></html>\n'
    )


class Calibre(Markup):
    """A book that calibre made: `class="calibre1"`, a file a chapter, facts in its metadata."""

    family, suffix = "package", ".epub"
    verse = ('<blockquote class="calibre3"><p class="calibre1">', "</p></blockquote>")
    quote = verse
    rule = '<hr class="calibre4"/>'

    def lay(self, story: Story, rng: random.Random) -> Sheet:
        sheet = super().lay(story, rng)
        sheet.facts = [("title", story.title), ("author", story.author), ("summary", story.summary)]
        if self.series_of(story, rng):
            sheet.facts.append(("series", story.series))
        sheet.free |= {"language", "published", "part", "tag", "genre", "url", "archive", "fandom"}
        sheet.name = f"{story.title} - {story.author}.epub"
        for place in sheet.places("heading"):
            if sheet.pieces[place].kind == "heading":
                sheet.pieces[place].page = True
        return sheet

    def series_of(self, story: Story, rng: random.Random) -> bool:
        self.series = rng.random() < 0.3
        return self.series

    def chunk(self, one: Piece, sheet: Sheet, rng: random.Random) -> Chunk:
        made = super().chunk(one, sheet, rng)
        if one.kind == "heading":
            made.before, made.after = '<h2 class="calibre2">', "</h2>"
        elif one.kind == "break":
            made.before, made.after = ('<p class="center1">', "</p>") if one.text else ("", "")
        elif made.before == "<p>":
            made.before = '<p class="calibre1">'
        return made

    def bind(self, sheet: Sheet, chunks: list[Chunk], rng: random.Random) -> bytes:
        story = sheet.story
        pages, titles = [], []
        for number, group in enumerate(by_chapter(chunks)):
            name = f"index_split_{number:03}.html"
            pages.append((name, _page(escape(story.title), "\n".join(closed(chunk, "<br/>\n") for chunk in group))))
            heading = next((chunk.piece.text for chunk in group if chunk.piece.kind == "heading"), "Start")
            titles.append((escape(heading), name))
        return epub(self.metadata(story), pages, titles)

    def metadata(self, story: Story) -> str:
        series = f'<meta name="calibre:series" content="{escape(story.series)}"/>' if self.series else ""
        return (
            f"<dc:title>{escape(story.title)}</dc:title>\n"
            f'<dc:creator opf:role="aut" opf:file-as="{escape(story.author)}">{escape(story.author)}</dc:creator>\n'
            f"<dc:description>&lt;p&gt;{escape(escape(story.summary))}&lt;/p&gt;</dc:description>\n"
            f'<dc:language>{story.code}</dc:language><dc:identifier id="uuid_id">x</dc:identifier>\n{series}'
        )


class FromArchive(Download):
    """Archive → Download → EPUB: the tags on a page of their own, then the title, the chapters, the afterword."""

    family, suffix = "package", ".epub"

    def lay(self, story: Story, rng: random.Random) -> Sheet:
        sheet = super().lay(story, rng)
        sheet.name = f"{story.title.replace(' ', '_')[:24]}.epub"
        return sheet

    def bind(self, sheet: Sheet, chunks: list[Chunk], rng: random.Random) -> bytes:
        story = sheet.story
        title = escape(story.title)
        rows = "".join(
            f'<dt class="calibre1">{label}:</dt>\n<dd class="calibre2">{", ".join(self._link(value, fact) for value in values)}</dd>\n'
            for label, fact, values in self.rows
        )
        if self.series:
            rows += f'<dt class="calibre1">Series:</dt><dd class="calibre2">Part {self.series[0]} of <a href="http://archiveofourown.org/series/7">{escape(self.series[1])}</a></dd>\n'
        changed = "Completed" if story.complete else "Updated"
        stats = f"Published: {self.posted}" + (f" {changed}: {self.changed}" if self.written > 1 else "")
        stats += f" Words: {self.words} Chapters: {self.written}/{self.planned}"
        notes = "".join(f"<p>{escape(one)}</p>" for one in self.notes)
        said = f'<p class="calibre3">Notes</p>\n<blockquote class="userstuff">{notes}</blockquote>' if notes else ""
        first = (
            f'<div id="preface" class="calibre"><h2 class="toc-heading">Preface</h2><p class="message"><b class="calibre4">{title}</b><br class="calibre5"/>\n'
            f'Posted originally on the <a href="http://archiveofourown.org/">Archive of Our Own</a> at <a href="{self.work}">{self.work}</a>.</p>\n'
            f'<div class="meta"><dl class="tags">{rows}<dt class="calibre1">Stats:</dt><dd class="calibre2">{stats}</dd></dl></div></div>'
        )
        second = (
            f'<div class="meta"><h1 class="calibre6">{title}</h1>\n<div class="byline">by <a rel="author" href="http://archiveofourown.org/users/x">'
            f'{escape(story.author)}</a></div>\n<p class="calibre3">Summary</p>\n<blockquote class="userstuff"><p>{escape(story.summary)}</p></blockquote>\n{said}</div>'
        )
        last = (
            '<div id="afterword" class="calibre"><h2 class="toc-heading">Afterword</h2><p class="message">Please <a href="x">drop by the archive and comment</a>'
            " to let the author know if you enjoyed their work!</p></div>"
        )
        pages = [("text_split_000.xhtml", first), ("text_split_001.xhtml", second)]
        titles = [("Preface", pages[0][0])]
        for number, group in enumerate(by_chapter(chunks)):
            name = f"text_split_{number + 2:03}.xhtml"
            text = "\n".join(closed(chunk, "<br/>\n") for chunk in group)
            pages.append((name, f'<div id="chapters" class="userstuff">{text}</div>'))
            titles.append((escape(group[0].piece.text) if self.written > 1 else title, name))
        pages.append((f"text_split_{len(pages):03}.xhtml", last))
        metadata = (
            f'<dc:title>{title}</dc:title><dc:creator opf:role="aut">{escape(story.author)}</dc:creator>'
            f"<dc:publisher>Archive of Our Own</dc:publisher><dc:description>&lt;p&gt;{escape(escape(story.summary))}&lt;/p&gt;</dc:description>"
            f'<dc:language>{story.code}</dc:language><dc:identifier id="uuid_id">x</dc:identifier><dc:subject>Fanworks</dc:subject>'
        )
        return epub(metadata, [(name, _page(title, body)) for name, body in pages], titles)
