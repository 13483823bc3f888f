"""Pages as people made them by hand in 1999: fonts, centred headings, two `<br>` between paragraphs."""

from __future__ import annotations

import random

from bench.forge.layouts.chunk import Chunk
from bench.forge.layouts.markup import Markup, closed, escape
from bench.forge.pieces import Piece
from bench.forge.sheet import Sheet
from bench.forge.stories import Story


class Handmade(Markup):
    """`<BODY BGCOLOR=#000000>`, `<FONT>` around all, header lines in bold."""

    em, strong = "i", "b"
    verse = quote = ("<blockquote>", "</blockquote>")
    headed = True

    def lay(self, story: Story, rng: random.Random) -> Sheet:
        sheet = super().lay(story, rng)
        if rng.random() < 0.3:
            sheet.style.ornament = ""
            for place in sheet.places("break"):
                sheet.pieces[place].text = ""
        if not any(name == "title" for one in sheet.pieces for name, _ in one.states):
            sheet.free.add("title")  # the page's own title says it, or something else: people do not look at that
        return sheet

    def chunk(self, one: Piece, sheet: Sheet, rng: random.Random) -> Chunk:
        made = super().chunk(one, sheet, rng)
        if one.kind in ("heading", "title", "byline"):
            size = {"title": "<font size=5><b>", "heading": "<font size=4><b>"}.get(one.kind, "<font size=3><b>")
            made.before, made.after = f"<center>{size}", "</b></font></center>"
        elif one.kind == "break" and one.text:
            made.before, made.after = "<center>", "</center>"
        elif one.kind not in ("verse", "quote"):
            made.before = made.after = ""
        return made

    def bind(self, sheet: Sheet, chunks: list[Chunk], rng: random.Random) -> str:
        paragraphs = rng.random() < 0.4  # unclosed <p> instead of two <br>
        made: list[str] = []
        before = ""
        for chunk in chunks:
            kind = chunk.piece.kind
            block = kind in ("heading", "title", "byline", "verse", "quote") or (kind == "break")
            if made and not block and before != "block":
                made.append(
                    "<br>\n" if kind == "label" and before == "label" else "<p>\n" if paragraphs else "<br><br>\n"
                )
            made.append(closed(chunk, "<br>\n") + ("\n" if block else ""))
            before = "block" if block else kind
        title = escape(sheet.story.title)
        colours = rng.choice(["BGCOLOR=#000000 TEXT=#ffffff", "BGCOLOR=white", 'background="stars.gif"'])
        return (
            '<HTML>\n<HEAD>\n<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=%CHARSET%">\n'
            f"<TITLE>{title}</TITLE>\n</HEAD>\n<BODY {colours}>\n<FONT FACE=Verdana SIZE=2>\n"
            + "".join(made)
            + "\n</FONT>\n</BODY>\n</HTML>\n"
        )
