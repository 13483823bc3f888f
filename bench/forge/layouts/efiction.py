"""eFiction archives: the view of a story's chapter, and the printable page of the whole, in the default skin."""

from __future__ import annotations

import random

from bench.forge.layouts.chunk import Chunk
from bench.forge.layouts.markup import Markup, by_chapter, closed, escape
from bench.forge.pieces import Piece, piece
from bench.forge.sheet import Sheet
from bench.forge.stories import Story


class Printable(Markup):
    """`viewstory.php?action=printable&textsize=0&sid=…&chapter=all`"""

    verse = ("<p><i>", "</i></p>")
    quote = ("<blockquote>", "</blockquote>")

    def lay(self, story: Story, rng: random.Random) -> Sheet:
        sheet = super().lay(story, rng)
        self.titled = rng.random() < 0.5  # whether each chapter's title is its whole heading
        self.notes = story.notes[0] if rng.random() < 0.3 else ""
        self.rows = [
            ("Summary", "summary", [story.summary]), ("Rating", "rating", [rng.choice(["PG-13", "R", "NC-17", "All Ages"])]),
            ("Categories", "category", story.fandoms[:1]), ("Characters", "character", story.characters),
            ("Genres", "genre", story.genres), ("Warnings", "warning", story.warnings if len(story.warnings) > 1 else []),
        ]  # fmt: skip
        self.count = str(rng.randrange(400, 40_000))
        sheet.facts = [("title", story.title), ("author", story.author), ("complete", story.complete)]
        sheet.facts += [(fact, value) for _, fact, values in self.rows for value in values]
        sheet.facts += [("words", self.count), ("published", story.published), ("updated", story.updated)]
        sheet.free |= {"fandom", "archive", "url"}  # whether a category is a fandom depends on the archive
        places = sheet.places("heading")
        for place in places:
            one = sheet.pieces[place]
            if one.role == "":
                if self.titled and one.title:
                    one.text, one.number = one.title, None
                else:
                    one.text = f"Chapter {one.number}" + (f": {one.title}" if one.title else "")
            one.role = "archive"
        if self.notes:  # of the story or of its first chapter: readers may take them for a fact or for notes
            said = [
                piece("note", "Story Notes:", role="story", free=True),
                piece("note", self.notes, role="story", free=True),
            ]
            sheet.pieces[:0] = said
            sheet.free.add("note")
        if not places:
            sheet.pieces.insert(0, Piece("heading", [], role="archive", title=story.title))
            sheet.pieces[0].text = story.title
        sheet.name = f"viewstory_{rng.randrange(1, 3000)}.html"
        return sheet

    def chunk(self, one: Piece, sheet: Sheet, rng: random.Random) -> Chunk:
        made = super().chunk(one, sheet, rng)
        if one.role == "story":
            made.lines = []
        elif one.kind == "heading":
            made.before, made.after = '<div class="chaptertitle">', "</div>"
            if one.role != "archive":
                made.before, made.after = "<p><b>", "</b></p>"
        elif one.kind == "break":
            made.before, made.after = ("<center>", "</center>") if one.text else ("", "")
        return made

    def box(self, story: Story) -> str:
        rows = "".join(
            f'<span class="label">{label}:</span> {escape(", ".join(values))}<br />\n'
            for label, _, values in self.rows
            if values
        )
        done = "Yes" if story.complete else "No"
        return (
            f'<div class="infobox"><div class="content">{rows}<span class="label">Chapters: </span> {len(story.chapters)} '
            f'<span class="label">Completed:</span> {done}<br />\n<span class="label">Word count:</span> {self.count} '
            f'<span class="label">Read:</span> 93<br />\n<span class="label">Published:</span> {story.published} '
            f'<span class="label">Updated:</span> {story.updated}</div></div>'
        )

    def story_notes(self) -> str:
        if not self.notes:
            return ""
        return (
            '<div class="notes"><div class="title"><span class="label">Story Notes:</span></div>'
            f'<div class="noteinfo"><p>{escape(self.notes)}</p></div></div>'
        )

    def bind(self, sheet: Sheet, chunks: list[Chunk], rng: random.Random) -> str:
        story = sheet.story
        told = []
        for group in by_chapter(chunks):
            heads = [chunk for chunk in group if chunk.piece.kind == "heading" and chunk.piece.role == "archive"]
            head = "\n".join(closed(chunk) for chunk in heads)
            text = "\n".join(closed(chunk) for chunk in group if chunk not in heads and chunk.lines)
            told.append(f'{head}\n<div class="chapter">{text}</div>')
        body = "\n".join(told)
        return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html><head><meta http-equiv="Content-Type" content="text/html; charset=%CHARSET%">
<title>{escape(story.title)} by {escape(story.author)}</title></head><body>
<div id="pagetitle"><a href="viewstory.php?sid=1">{escape(story.title)}</a> by <a href="viewuser.php?uid=1">{escape(story.author)}</a></div>
{self.box(story)}
{self.story_notes()}
{body}
<div id="archivedby"><p>This story archived at <a href="http://archive.example.org/viewstory.php?sid=1">http://archive.example.org/viewstory.php?sid=1</a></p></div>
</body></html>
"""


class View(Printable):
    """`viewstory.php?sid=…&chapter=…`: menus, the chapter's title, the text, a form for reviews."""

    def lay(self, story: Story, rng: random.Random) -> Sheet:
        sheet = super().lay(story, rng)
        places = sheet.places("heading")
        self.at = rng.randrange(len(places))
        end = places[self.at + 1] if self.at + 1 < len(places) else len(sheet.pieces)
        self.menu = [sheet.pieces[place].text for place in places]
        sheet.pieces = [one for one in sheet.pieces[: places[0]] if one.role == "story"] + sheet.pieces[
            places[self.at] : end
        ]
        shown = {"title", "author"}
        sheet.facts = [fact for fact in sheet.facts if fact[0] in shown]
        sheet.free |= {"complete"}
        return sheet

    def bind(self, sheet: Sheet, chunks: list[Chunk], rng: random.Random) -> str:
        story = sheet.story
        heads = [chunk for chunk in chunks if chunk.piece.kind == "heading" and chunk.piece.role == "archive"]
        head = "\n".join(closed(chunk) for chunk in heads)
        text = "\n".join(closed(chunk) for chunk in chunks if chunk not in heads and chunk.lines)
        options = "".join(f'<option value="{n}">{n}. {escape(said)}</option>' for n, said in enumerate(self.menu, 1))
        jump = (
            f'<div class="jumpmenu"><form name="jump" action=""><select name="chapter">{options}</select></form></div>'
            if len(self.menu) > 1
            else ""
        )
        return f"""<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset=%CHARSET%">
<title>{escape(story.title)} by {escape(story.author)}</title></head><body>
<div id="header"><a href="index.php">The Lantern Archive</a></div>
<div id="menu"><ul><li><a href="browse.php">Browse</a></li><li><a href="search.php">Search</a></li><li><a href="help.php">Help</a></li></ul></div>
<div id="pagetitle"><a href="viewstory.php?sid=1">{escape(story.title)}</a> by <a href="viewuser.php?uid=1">{escape(story.author)}</a></div>
<div class="sort"><a href="viewstory.php?action=printable&amp;sid=1"><img src="images/print.gif" alt="Printer"></a> {jump}</div>
{self.story_notes()}
{head}
<div id="story">{text}</div>
<div id="prev"><a href="viewstory.php?sid=1&amp;chapter=1">Back to index</a></div>
<div class="respond"><form method="POST" action="reviews.php"><label>Review</label><textarea name="review"></textarea></form></div>
<div id="footer">Skin by nobody in particular. Contact the webmistress.</div>
</body></html>
"""
