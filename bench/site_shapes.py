"""Hostile pages that pass for an archive's: each meets the work of one dialect, or of the rules for unknown pages."""

from __future__ import annotations

from bench.shapes import Shape, row

FFNET = "<body><div id=storytext>He ran.</div>"
EFICTION = "<body><div id=pagetitle>Oxen by <a href='viewuser.php?uid=1'>Kay</a></div>"
JOURNAL = "<body><span class=ljuser>kay</span><div class=entry-content>He ran.</div>"

PAGES: dict[str, tuple[Shape, int]] = {
    "rows of facts": (row("<div>Rated: K - Words: 3</div>", FFNET), 20_000),
    "rows of facts in one box": (row("Rated: - x <br>", f"{FFNET}<div>", "</div>"), 30_000),
    "pieces of a row of facts": (row("Rated: K - Words: 3 <i>x</i>", f"{FFNET}<div>", "</div>"), 30_000),
    "boxes of labels": (row("<div class=infobox><b>Rated:</b> PG <b>Genre:</b> x</div>", EFICTION), 10_000),
    "labels in one box": (row("<b>Rated:</b> PG <b>Genre:</b> x ", f"{EFICTION}<div class=infobox>"), 20_000),
    "labels of notes": (row("<b>Notes:</b> x ", EFICTION, "<div id=story>x</div>"), 50_000),
    "links to stories": (row("<p><a href='viewstory.php?sid=1'>x</a>", EFICTION), 20_000),
    "lists of labels": (row("<dl><dt>Rating</dt><dd>G</dd><dt>Genre</dt><dd>x</dd></dl>", "<body>"), 15_000),
    "posts": (
        row("<article class=message data-author=a><div class=message-body><p class=bbWrapper>x</div></article>"),
        15_000,
    ),
    "posts of tables": (row("<tr><td><span class=name>a<td><span class=postbody>x", "<table>"), 20_000),
    "elements that hold stories": (row("<div class=userstuff>x</div>", "<body>"), 50_000),
    "boxes around a story": (row("<div><a>x</a></div>", "<div class=userstuff>x</div>"), 50_000),
    "details of an entry": (row("<div>Mood: x</div>", JOURNAL), 30_000),
    "details of a post": (
        row("<div class=post-meta>x</div>", "<h1 class=entry-title>T</h1><div class=entry-content>x</div>"),
        30_000,
    ),
    "fields": (row("<div>a <input></div>", "<body>"), 30_000),
    "fences": (row("<!-- start story -->x<!-- end story -->", "<body>"), 30_000),
    "arrows": (row("a ❯ ", "<div id=fanfic-text>x</div><h1 id=post-title>"), 30_000),
    "parts of an answer": (
        row('{"title":"a","content":"<p>x</p>"},', '{"title":"T","chapters":[', '{"content":"<p>x</p>"}]}'), 20_000
    ),
    "lists in an answer": (lambda count: b'{"content":"<p>x</p>","a":' + b"[" * count + b"]" * count + b"}", 500_000),
    "lines of a source": (row('<tr><td class="line-content">&lt;p&gt;x</td></tr>', "<table>"), 30_000),
}  # fmt: skip
