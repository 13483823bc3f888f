"""FanFiction.Net: a chapter's page as it has been since 2010, and as it was in its tables of 2005."""

from __future__ import annotations

import random
from datetime import UTC, datetime

from bench.forge.layouts.chunk import Chunk
from bench.forge.layouts.markup import Markup, closed, escape
from bench.forge.pieces import Piece
from bench.forge.sheet import Sheet
from bench.forge.stories import Story

GENRES = ("Romance", "Angst", "Humor", "Drama", "Adventure", "Mystery", "Hurt/Comfort", "Horror", "General")
RATINGS = ("K", "K+", "T", "M")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Modern(Markup):
    """`#profile_top`, `#chap_select`, `#storytext`."""

    verse = quote = ("<p>", "</p>")

    def lay(self, story: Story, rng: random.Random) -> Sheet:
        story.chapters = [chapter for chapter in story.chapters if not chapter.named]  # "2. Chapter 1" has two numbers
        sheet = super().lay(story, rng)
        chapters = sheet.places("heading")
        self.menu = [sheet.pieces[place].text for place in chapters]
        self.at = 0
        if chapters:  # one page holds one chapter
            self.at = rng.randrange(len(chapters))
            end = chapters[self.at + 1] if self.at + 1 < len(chapters) else len(sheet.pieces)
            sheet.pieces = sheet.pieces[chapters[self.at] : end]
            if len(chapters) > 1:
                self._menu(sheet)
            else:
                del sheet.pieces[0]
        self._facts(sheet, rng)
        sheet.name = f"s_{rng.randrange(100_000, 9_999_999)}_{self.at + 1}.html"
        return sheet

    def _menu(self, sheet: Sheet) -> None:
        """The menu's own heading: the chapter's place, and its title or `Chapter 2`."""
        one = sheet.pieces[0]
        chapter = sheet.story.chapters[self.at]
        named = sheet.story.words[chapter.named] if chapter.named else ""
        titles = [
            other.title or (sheet.story.words[other.named] if other.named else f"Chapter {number}")
            for number, other in enumerate(sheet.story.chapters, 1)
        ]
        self.menu = [f"{number}. {title}" for number, title in enumerate(titles, 1)]
        one.text, one.role = self.menu[self.at], "menu"
        one.number = self.at + 1
        one.title = chapter.title or named or None

    def _facts(self, sheet: Sheet, rng: random.Random) -> None:
        story = sheet.story
        self.genres = rng.sample(GENRES, rng.choice([1, 2]))
        self.rating = rng.choice(RATINGS)
        self.words = f"{rng.randrange(500, 40_000):,}"
        self.at_first, self.at_last = (
            datetime(rng.randrange(low, high), rng.randrange(1, 13), rng.randrange(1, 29), 12, tzinfo=UTC)
            for low, high in ((2002, 2022), (2022, 2024))
        )
        self.published, self.updated = (
            f"{MONTHS[day.month - 1]} {day.day}, {day.year}" for day in (self.at_first, self.at_last)
        )
        for name, said, day in (("published", self.published, self.at_first), ("updated", self.updated, self.at_last)):
            sheet.same[name, f"{day:%Y-%m-%d}"] = said  # the page's own count of seconds says it too
        self.names = [f"{name[0]}. {name}" if rng.random() < 0.1 else name for name in story.characters[:4]]
        self.pair = story.characters[:2] if rng.random() < 0.5 else []
        self.fandom = story.fandoms[0] if story.fandoms else "Misc"
        language = story.words["name"]
        sheet.facts = [
            ("title", story.title), ("author", story.author), ("summary", story.summary), ("rating", self.rating),
            ("language", language), *(("genre", genre) for genre in self.genres),
            *(("character", name) for name in dict.fromkeys([*self.pair, *self.names])), ("words", self.words),
            ("published", self.published), ("fandom", self.fandom),
        ]  # fmt: skip
        if self.pair:
            sheet.facts.append(("relationship", "/".join(self.pair)))
            self.names = [name for name in self.names if name not in self.pair]
        if len(self.menu) > 1:
            sheet.facts.append(("updated", self.updated))
        if story.complete:
            sheet.facts.append(("complete", True))

    def chunk(self, one: Piece, sheet: Sheet, rng: random.Random) -> Chunk:
        made = super().chunk(one, sheet, rng)
        if one.kind == "heading":
            made.before, made.after = ("", "") if one.role == "menu" else ("<p><strong>", "</strong></p>")
        elif one.kind == "break":
            made.before, made.after = ('<p style="text-align:center">', "</p>") if one.text else ("", "")
            if not one.text:
                made.lines = ["<hr size=1 noshade>"]
        elif one.kind == "verse":
            made.before, made.after = "<p><em>", "</em></p>"
            one.runs = [run._replace(mark="em") for run in one.runs]
        return made

    def bind(self, sheet: Sheet, chunks: list[Chunk], rng: random.Random) -> str:
        story = sheet.story
        select = ""
        if len(self.menu) > 1:
            options = "".join(
                f"<option  value={n} {'selected' if n == self.at + 1 else ''}>{escape(said)}"
                for n, said in enumerate(self.menu, 1)
            )
            select = (
                '<SELECT id=chap_select title="Chapter Navigation" Name=chapter onChange="self.location = '
                f"'/s/1/'+ this.options[this.selectedIndex].value + '/x';\">{options}</select>"
            )
        people = (f"[{', '.join(self.pair)}] " if self.pair else "") + ", ".join(self.names)
        row = [f"Rated: <a href='/help/' target='rating'>Fiction  {self.rating}</a>", story.words["name"]]
        row += ["/".join(self.genres), escape(people.strip())]
        if len(self.menu) > 1:
            row.append(f"Chapters: {len(self.menu)}")
        row += [f"Words: {self.words}", "Reviews: <a href='/r/1/'>12</a>", "Favs: 31", "Follows: 9"]
        if len(self.menu) > 1:
            row.append(f"Updated: <span data-xutime='{int(self.at_last.timestamp())}'>{self.updated}</span>")
        row.append(f"Published: <span data-xutime='{int(self.at_first.timestamp())}'>{self.published}</span>")
        row += ["Status: Complete"] if story.complete else []
        row.append("id: 1234567")
        text = "\n".join(closed(chunk) for chunk in chunks if chunk.piece.role != "menu")
        chapter = f" Chapter {self.at + 1}" if len(self.menu) > 1 else ""
        title = f"{escape(story.title)}{chapter}, a {escape(self.fandom.lower())} fanfic | FanFiction"
        return f"""<!DOCTYPE html><html><head><meta charset="%CHARSET%"><title>{title}</title>
<script>var storyid = 1; var chapter = {self.at + 1};</script></head>
<body>
<div id=top class=menulink><a href='/'>FanFiction</a> | <a href='https://www.fictionpress.com'>unleash your imagination</a></div>
<div class='zmenu'><table><tr><td><div class='xmenu_item'>Browse</div></td><td><div class='xmenu_item'>Just In</div></td></tr></table></div>
<div id=content_parent><div id=content_wrapper><div id=content_wrapper_inner>
<div class="lc-wrapper" id=pre_story_links><span class=lc-left><a class=xcontrast_txt href='/tv/'>TV Shows</a><span
 class="xcontrast_txt icon-chevron-right xicon-section-arrow"></span><a class=xcontrast_txt href="/tv/x/">{escape(self.fandom)}</a></span></div>
<div id=profile_top><span class=cimage><img src='/image/1/' width=75></span>
<button class="btn pull-right icon-heart" type=button> Follow/Fav</button><b class='xcontrast_txt'>{escape(story.title)}</b>
<span class='xcontrast_txt'><div class='xcontrast_txt'>By: </div><a class='xcontrast_txt' href='/u/1/x'>{escape(story.author)}</a>
<span class='icon-mail-1 xcontrast_txt' ></span></span>
<div style='margin-top:2px' class='xcontrast_txt'>{escape(story.summary)}</div>
<span class='xgray xcontrast_txt'>{" - ".join(row)} </span>
</div>
<div align=center style='height:5px'></div><span style='float:right;'>{select}</span>
<div role='main' aria-label='story content' style='font-size:1.1em;'>
<div class='storytextp' id='storytextp'><div class='storytext xcontrast_txt nocopy' id='storytext'>
{text}
</div></div></div>
<div style='height:5px'></div><div style='clear:both;text-align:right;'>{select}</div>
<div id='review_success' class='hide'>The author would like to thank you for your continued support. Your review has been posted.</div>
</div></div></div>
<div id=p_footer class=maxwidth style='text-align:center;'><a href='/support/'>Help</a> . <a href='/privacy/'>Privacy</a> .
<a href='#top'>Top</a></div></body></html>
"""


class Old(Modern):
    """The tables of 2005: `Books » Harry Potter » Title`, a row of facts, no classes but `storytext`."""

    def _facts(self, sheet: Sheet, rng: random.Random) -> None:
        super()._facts(sheet, rng)
        self.pair, self.names = [], sheet.story.characters[:2]
        day = f"{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}-{rng.choice(['03', '04', '05'])}"
        self.published, self.updated = day, day[:-2] + "06"
        kept = ("title", "author", "rating", "language", "genre", "fandom")
        sheet.facts = [fact for fact in sheet.facts if fact[0] in kept]
        sheet.facts += [("published", self.published)]
        if len(self.menu) > 1:
            sheet.facts.append(("updated", self.updated))
        if sheet.story.complete:
            sheet.facts.append(("complete", True))
        sheet.facts += [("character", name) for name in self.names]

    def bind(self, sheet: Sheet, chunks: list[Chunk], rng: random.Random) -> str:
        story = sheet.story
        select = ""
        if len(self.menu) > 1:
            options = "".join(
                f"<option  value={n} {'selected' if n == self.at + 1 else ''}>{escape(said)}"
                for n, said in enumerate(self.menu, 1)
            )
            select = f"<SELECT title='chapter navigation' Name=chapter onChange=\"go()\">{options}</select>"
        row = [f"Fiction Rated: {self.rating}", story.words["name"], "/".join(self.genres), " & ".join(self.names)]
        row = [f"<a href='/rating.html'>{row[0]}</a>", *row[1:], "Reviews: <a href='/r/1/'>12</a>"]
        if len(self.menu) > 1:
            row.append(f"Updated: {self.updated}")
        row += [f"Published: {self.published}", *(["Complete"] if story.complete else []), "id:1234567"]
        text = "\n".join(closed(chunk) for chunk in chunks if chunk.piece.role != "menu")
        return f"""<html><head><meta http-equiv='Content-Type' content='text/html; charset=%CHARSET%'>
<title>{escape(story.title)}, a {escape(self.fandom)} fanfic - FanFiction.Net</title></head>
<body topmargin=0 bgcolor=#ffffff>
<table width='100%' cellspacing=0><tr><td><a href='/'>FanFiction.Net</a></td><td align=right><a href='/login.php'>Login</a> |
<a href='/search.php'>Search</a></td></tr></table>
<table width='100%'><tr><td><a href='/book/'>Books</a> &#187; <a href='/book/x/'>{escape(self.fandom)}</a> &#187;
<b>{escape(story.title)}</b></td><td align=right>{select}</td></tr>
<tr><td colspan=2>Author: <a href='/u/1/x'>{escape(story.author)}</a></td></tr>
<tr><td colspan=2>{" - ".join(row)}</td></tr></table>
<div id=storytext class=storytext>
{text}
</div>
<center>{select}</center>
<center><a href='/tos/'>Terms of Service</a> | <a href='#top'>Return to Top</a></center>
</body></html>
"""
