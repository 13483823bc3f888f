"""An entry of LiveJournal or Dreamwidth: the author's own header in it, `<br>` for every line end, comments below."""

from __future__ import annotations

import random

from bench.forge.layouts.chunk import Chunk
from bench.forge.layouts.markup import Markup, closed, escape
from bench.forge.pieces import Piece
from bench.forge.sheet import Sheet
from bench.forge.stories import Story

_COMMENT = "Oh, I loved this! Chapter 2 soon, please?"


class Entry(Markup):
    """The entry's page in an old style of LiveJournal, in its newer one, or on Dreamwidth."""

    em, strong = "i", "b"
    verse = quote = ("<blockquote>", "</blockquote>")
    headed = True

    def lay(self, story: Story, rng: random.Random) -> Sheet:
        sheet = super().lay(story, rng)
        self.site = rng.choice(["old", "new", "dreamwidth"])
        self.user = story.author.lower().replace(" ", "_").replace(".", "")
        stated = any(name == "title" for one in sheet.pieces for name, _ in one.states)
        self.subject = rng.choice(["Fic: {}", "[fic] {}", "{}", "FIC: {}"]).format(story.title)
        if not stated:
            sheet.facts.append(("title", story.title))
        if not any(name == "author" for one in sheet.pieces for name, _ in one.states):
            sheet.so["author"].append(self.user)
        sheet.name = f"{rng.randrange(1000, 99_999)}.html"
        return sheet

    def chunk(self, one: Piece, sheet: Sheet, rng: random.Random) -> Chunk:
        made = super().chunk(one, sheet, rng)
        if one.kind in ("heading", "title", "byline"):
            made.before, made.after = "<b>", "</b>"
        elif one.kind == "break":
            made.before, made.after = ("<center>", "</center>") if one.text else ("", "")
        elif one.kind not in ("verse", "quote"):
            made.before = made.after = ""
        return made

    def bind(self, sheet: Sheet, chunks: list[Chunk], rng: random.Random) -> str:
        made: list[str] = []
        before = ""
        for chunk in chunks:
            kind = chunk.piece.kind
            block = kind in ("verse", "quote") or (kind == "break")
            if made and not block and before != "block":
                made.append("<br />\n" if kind == "label" and before == "label" else "<br />\n<br />\n")
            elif made and kind == "break":
                made.append("<br />\n" if before != "block" else "")
            made.append(closed(chunk, "<br />\n"))
            before = "block" if block else kind
        text = "".join(made)
        if rng.random() < 0.3:
            text = text.replace("<br />\n<br />\n", '<br />\n<br />\n<a name="cutid1"></a>', 1)
        title = escape(self.subject)
        user, page = escape(self.user), f"{escape(self.user)}: {title}"
        if self.site == "old":
            return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=%CHARSET%"><title>{page}</title></head>
<body><table width="100%"><tr><td><span class='ljuser' lj:user='{user}'><a href='http://{user}.livejournal.com/'><b>{user}</b></a></span>
 wrote, @ <a href="http://www.livejournal.com/">2004</a>-03-02 21:14:00</td></tr></table>
<div class="entry"><div class="subject"><b>{title}</b></div>
<div class="entry_text">{text}</div></div>
<div class="comments" id="comments"><p><a href="?mode=reply">Post a new comment</a></p>
<div class="comment"><b>nightbus</b>: {_COMMENT}</div></div></body></html>
"""
        if self.site == "new":
            return f"""<!DOCTYPE html><html><head><meta charset="%CHARSET%"><title>{page} — LiveJournal</title></head>
<body><header class="s-header"><a href="/">LiveJournal</a> <a href="/login">Log in</a></header>
<article class="b-singlepost"><div class="b-singlepost-author"><span class="ljuser i-ljuser" lj:user="{user}"><a href="#"><b>{user}</b></a></span>
<time>March 2 2004, 21:14</time></div>
<h1 class="b-singlepost-title">{title}</h1>
<div class="b-singlepost-body">{text}</div>
<div class="b-singlepost-tags">Tags: <a href="/tag/fic">fic</a></div></article>
<div id="comments" class="b-tree"><div class="b-leaf">{_COMMENT}</div></div>
<footer class="s-footer">About LiveJournal</footer></body></html>
"""
        return f"""<!DOCTYPE html><html><head><meta charset="%CHARSET%"><title>{title}</title></head>
<body class="page-entry"><div id="canvas"><div id="header"><h1 id="title"><a href="/">{user}</a></h1></div>
<div id="content"><div class="entry"><div class="header"><h3 class="entry-title">{title}</h3></div>
<div class="contents"><div class="poster entry-poster"><span class="ljuser" lj:user="{user}"><a href="#"><b>{user}</b></a></span></div>
<div class="datetime">2004-03-02 21:14</div>
<div class="entry-content">{text}</div></div>
<div class="footer"><ul class="entry-interaction-links"><li><a href="#comments">1 comment</a></li><li><a href="#reply">Reply</a></li></ul></div></div>
<div id="comments"><div class="comment-thread"><div class="comment-content">{_COMMENT}</div></div></div></div></div></body></html>
"""
