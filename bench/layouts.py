"""The ways in which a story lies in a file: five as text, five as a page. Each takes a story and gives the whole file.

The pages have the shape of well-known archives' pages, not their words."""

from __future__ import annotations

import html
import random
import textwrap
from collections.abc import Callable
from zlib import crc32

from bench.stories import EM, END_EM, Chapter, Story

BREAKS = ("* * *", "***", "~*~*~", "-----", "oOo", "#", "~~~~~")
Layout = Callable[[Story, random.Random], str]


def labels(story: Story) -> list[tuple[str, str]]:
    return [
        ("Title", story.title),
        ("Author", story.author),
        ("Fandom", story.fandom),
        ("Pairing", story.pairing),
        ("Rating", story.rating),
        ("Genre", story.genre),
        ("Summary", story.summary),
        ("Disclaimer", "None of them are mine, and nobody pays me for this."),
        ("Status", "Complete" if story.complete else "WIP"),
    ]


def _body(story: Story, scene_break: str, name: Callable[[Chapter], str], emphasis: str, wrap: int = 0) -> str:
    """The chapters as plain text: a blank line between blocks, emphasis typed with the sign `emphasis`."""
    parts: list[str] = []
    for chapter in story.chapters:
        if len(story.chapters) > 1:
            parts.append(name(chapter))
        for kind, text in chapter.blocks:
            if kind == "break":
                parts.append(scene_break)
            elif kind == "verse":
                parts.append("\n".join("    " + line for line in text.split("\n")))
            else:
                text = text.replace(EM, emphasis).replace(END_EM, emphasis)
                parts.append(textwrap.fill(text, wrap) if wrap else text)
    parts.append("THE END" if story.complete else "To be continued")
    return "\n\n".join(parts) + "\n"


def heading(chapter: Chapter) -> str:
    return f"Chapter {chapter.number}" + (f": {chapter.title}" if chapter.title else "")


def labelled(story: Story, rng: random.Random) -> str:
    """`Label: value` lines on top, a blank line between paragraphs."""
    header = "\n".join(f"{label}: {value}" for label, value in labels(story))
    return f"{header}\n\n{_body(story, rng.choice(BREAKS), heading, '*')}"


def starred(story: Story, rng: random.Random) -> str:
    """Labels typed in bold, headings in capitals."""
    header = "\n".join(f"**{label}**: {value}" for label, value in labels(story))
    return f"{header}\n\n\n{_body(story, rng.choice(BREAKS), lambda c: heading(c).upper(), '_')}"


def titled(story: Story, rng: random.Random) -> str:
    """A bare title and `by` on top, a few labels under them."""
    header = "\n".join(f"{label}: {value}" for label, value in labels(story)[4:8])
    top = f"{story.title}\nby {story.author}\n\n{header}\n\n"
    return top + _body(story, rng.choice(BREAKS), lambda c: f"Part {c.number}", "*")


def mailed(story: Story, rng: random.Random) -> str:
    """Hard-wrapped at 70 columns as a mail program does it, labels in capitals."""
    header = "\n".join(textwrap.fill(f"{label.upper()}: {value}", 70) for label, value in labels(story))
    return f"{header}\n\n{_body(story, rng.choice(BREAKS), heading, '*', wrap=70)}"


def bare(story: Story, rng: random.Random) -> str:
    """No header at all."""
    return _body(story, rng.choice(BREAKS), heading, "_")


def _inline(text: str) -> str:
    return html.escape(text, quote=False).replace(EM, "<em>").replace(END_EM, "</em>").replace("\n", "<br>\n")


def _paragraphs(chapter: Chapter, scene_break: str = "<hr>") -> str:
    parts = []
    for kind, text in chapter.blocks:
        if kind == "break":
            parts.append(scene_break)
        elif kind == "verse":
            parts.append(f"<blockquote><p>{_inline(text)}</p></blockquote>")
        else:
            parts.append(f"<p>{_inline(text)}</p>")
    return "\n".join(parts)


def tagged_archive(story: Story, rng: random.Random) -> str:
    """A download of an archive with tags: a list of terms, a div for each chapter."""
    terms = "\n".join(
        f"<dt>{label}:</dt>\n<dd><a href='/tags/{number}'>{html.escape(value)}</a></dd>"
        for number, (label, value) in enumerate(labels(story)[2:6])
    )
    chapters = "\n".join(
        f"<div class='meta group'><h2 class='heading'>{html.escape(heading(chapter))}</h2></div>\n"
        f"<div class='userstuff'>{_paragraphs(chapter)}</div>"
        for chapter in story.chapters
    )
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{html.escape(story.title)} - {story.author}</title></head>
<body><div id="preface"><p class="message"><b>Posted originally on an archive of our own making.</b></p>
<div class="meta"><dl class="tags">{terms}</dl>
<h1>{html.escape(story.title)}</h1><div class="byline">by <a rel="author" href="/users/x">{story.author}</a></div>
<p>Summary</p><blockquote class="userstuff"><p>{_inline(story.summary)}</p></blockquote></div></div>
<div id="chapters" class="userstuff">{chapters}</div>
<div id="afterword"><p class="message">Please leave a comment.</p></div></body></html>
"""


def profiled_archive(story: Story, rng: random.Random) -> str:
    """A page with menus, a profile box on top and the text in one div."""
    chapters = "\n".join(f"<h3>{html.escape(heading(c))}</h3>\n{_paragraphs(c)}" for c in story.chapters)
    menu = "".join(
        f"<li class='item'><a href='/{word}/?from=1' title='{word}'><span class='icon-{word}'></span>{word}</a></li>"
        for word in ("browse", "just-in", "community", "forum", "beta", "search", "login", "sign-up", "help", "terms")
    )
    options = "".join(
        f"<option value='{c.number}'>{c.number}. {html.escape(heading(c))}</option>" for c in story.chapters
    )
    choice = f"<select id='chap_select' title='Chapter Navigation' name='chapter'>{options}</select>"
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<title>{html.escape(story.title)}, a {html.escape(story.fandom)} fanfic</title>
<script>var storyid = 1; function follow() {{ return storyid < 2 && 3; }}</script>
<style>#storytext {{ font-size: 1.1em }}</style></head><body>
<div id="top_menu"><ul>{menu}</ul></div>
<div id="profile_top"><b class="xcontrast_txt">{html.escape(story.title)}</b> By: <a href="/u/1">{story.author}</a>
<div class="xcontrast_txt">{_inline(story.summary)}</div>
<span>Rated: Fiction {story.rating} - English - {story.genre} - {html.escape(story.pairing)}</span></div>
<span style='float:right'>{choice}</span>
<div class="storytext" id="storytext">{chapters}</div>
<span style='float:right'>{choice}</span>
<div id="review"><textarea></textarea></div><div class="footer">Terms of service</div></body></html>
"""


def printed_archive(story: Story, rng: random.Random) -> str:
    """The print view of a small archive's software: the header in one div, chapters one after the other."""
    chapters = "\n".join(
        f'<div class="chaptertitle">{html.escape(heading(c))} by {story.author}</div>\n'
        f'<div class="chapter">{_paragraphs(c, "<center>* * *</center>")}</div>'
        for c in story.chapters
    )
    header = "".join(
        f'<span class="label">{label}:</span> {html.escape(value)}<br>' for label, value in labels(story)[2:]
    )
    number = crc32(chapters.encode()) % 100_000  # of the story, in its archive
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>{html.escape(story.title)} by {story.author}</title></head><body>
<div id="pagetitle"><a href="viewstory.php?sid={number}">{html.escape(story.title)}</a> by
<a href="viewuser.php?uid=1">{story.author}</a></div>
<div class="infobox"><div class="content">{header}</div></div>
{chapters}
<div id="archivedby">This story archived by hand.</div></body></html>
"""


def home_page(story: Story, rng: random.Random) -> str:
    """A page made by hand long ago: no paragraphs, two `<br>` between them, `<font>` around all."""
    header = "<br>\n".join(f"<b>{label}:</b> {html.escape(value)}" for label, value in labels(story))
    parts = []
    for chapter in story.chapters:
        parts.append(f"<center><b>{html.escape(heading(chapter))}</b></center>")
        for kind, text in chapter.blocks:
            parts.append("<center>~*~</center>" if kind == "break" else _inline(text).replace("em>", "i>"))
    return (
        f"<HTML><HEAD><META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=utf-8'><TITLE>{story.title}</TITLE>"
        f"</HEAD>\n<BODY BGCOLOR=#000000><FONT COLOR=#ffffff FACE=Verdana SIZE=2>\n{header}<br><br>\n"
        + "<br><br>\n".join(parts)
        + "\n</FONT></BODY></HTML>\n"
    )


def exported(story: Story, rng: random.Random) -> str:
    """What a word processor makes of a story "saved as a web page": a class, a span and a style around everything."""
    span = "<span lang=EN-GB style='font-size:12.0pt;font-family:\"Times New Roman\",serif'>"

    def paragraph(text: str, style: str = "margin-bottom:12.0pt") -> str:
        text = _inline(text).replace("“", "&#8220;").replace("”", "&#8221;").replace("’", "&#8217;")
        text = text.replace("<em>", "<i style='mso-bidi-font-style:normal'>").replace("</em>", "</i>")
        return f"<p class=MsoNormal style='{style}'>{span}{text}<o:p></o:p></span></p>\n"

    parts = [paragraph(f"{label}: {value}") for label, value in labels(story)]
    for chapter in story.chapters:
        parts.append(f"<h2>{span}{html.escape(heading(chapter))}<o:p></o:p></span></h2>\n")
        for kind, text in chapter.blocks:
            if kind == "break":
                parts.append(paragraph("* * *", "text-align:center"))
            else:
                parts.append(paragraph(text))
            if rng.random() < 0.2:
                parts.append(f"<p class=MsoNormal>{span}&nbsp;<o:p></o:p></span></p>\n")
    return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="A word processor">
<title>{html.escape(story.title)}</title><style><!-- p.MsoNormal {{ margin:0cm; font-size:12.0pt }} --></style></head>
<body lang=EN-GB style='tab-interval:36.0pt'><div class=WordSection1>
{"".join(parts)}</div></body></html>
"""


TEXTS: tuple[Layout, ...] = (labelled, starred, titled, mailed, bare)
PAGES: tuple[Layout, ...] = (tagged_archive, profiled_archive, printed_archive, home_page, exported)
