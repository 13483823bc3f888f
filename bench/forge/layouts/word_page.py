"""A story "saved as a web page" by a word processor: a class, a span and a style around everything."""

from __future__ import annotations

import random

from bench.forge.layouts.chunk import Chunk
from bench.forge.layouts.markup import Markup, closed, escape, inline
from bench.forge.pieces import Piece
from bench.forge.sheet import Sheet
from bench.forge.stories import Story

SPAN = "<span lang=EN-GB style='font-size:12.0pt;font-family:\"Times New Roman\",serif'>"


class WordPage(Markup):
    """`MsoNormal`, `<o:p>`, smart tags, lines cut at 80 in the source."""

    headed = True

    def lay(self, story: Story, rng: random.Random) -> Sheet:
        sheet = super().lay(story, rng)
        self.headings = rng.choice(["h1", "h2", "bold"])
        self.smart = rng.random() < 0.3
        if not any(name == "title" for one in sheet.pieces for name, _ in one.states):
            sheet.free.add("title")  # the page's own title says it, or something else: people do not look at that
        sheet.name = f"{story.title.lower().replace(' ', '_')}.htm"
        return sheet

    def chunk(self, one: Piece, sheet: Sheet, rng: random.Random) -> Chunk:
        lines = inline(one, "em", "b")
        lines = [
            line.replace("<em>", "<i style='mso-bidi-font-style:normal'>").replace("</em>", "</i>") for line in lines
        ]
        style = " align=center style='text-align:center'" if one.kind in ("break", "end", "title", "byline") else ""
        before, after = f"<p class=MsoNormal{style}>{SPAN}", "<o:p></o:p></span></p>"
        if one.kind == "label":
            lines[0] = f"<b>{escape(one.label)}:</b> {lines[0]}"
        elif one.kind == "heading":
            if self.headings == "bold":
                before, after = f"<p class=MsoNormal><b>{SPAN}", "<o:p></o:p></span></b></p>"
            else:
                before, after = f"<{self.headings}>{SPAN}", f"<o:p></o:p></span></{self.headings}>"
        elif one.kind == "verse":
            before = f"<p class=MsoNormal style='margin-left:36.0pt'>{SPAN}"
        elif one.kind == "break" and not one.text:
            lines = ['<hr size=2 width="100%" align=center>']
        if self.smart and one.kind == "paragraph":
            for name in sheet.story.cast:
                lines[0] = lines[0].replace(
                    f" {escape(name)} ", f' <st1:place w:st="on">{escape(name)}</st1:place> ', 1
                )
        return Chunk(one, lines, 1, before, after)

    def bind(self, sheet: Sheet, chunks: list[Chunk], rng: random.Random) -> str:
        empty = f"<p class=MsoNormal>{SPAN}<o:p>&nbsp;</o:p></span></p>\n"
        spaced = rng.random() < 0.4  # an empty paragraph between all
        text = "".join(closed(chunk, "<br>\n") + "\n\n" + (empty if spaced else "") for chunk in chunks)
        return f"""<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns:st1="urn:schemas-microsoft-com:office:smarttags">
<head>
<meta http-equiv=Content-Type content="text/html; charset=%CHARSET%">
<meta name=ProgId content=Word.Document>
<meta name=Generator content="Microsoft Word 11">
<title>{escape(sheet.story.title)}</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {{ margin:0cm; font-size:12.0pt }} --></style>
</head>
<body lang=EN-GB style='tab-interval:36.0pt'>
<div class=Section1>
{text}</div>
</body>
</html>
"""
