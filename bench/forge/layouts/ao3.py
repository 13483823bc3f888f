"""Archive of Our Own: the HTML download, as its own templates write it (before and after October 2025)."""

from __future__ import annotations

import random

from bench.forge.layouts.chunk import Chunk
from bench.forge.layouts.markup import Markup, by_chapter, closed, escape
from bench.forge.pieces import Piece
from bench.forge.sheet import Sheet
from bench.forge.stories import Story

RATINGS = ("General Audiences", "Teen And Up Audiences", "Mature", "Explicit", "Not Rated")
WARNINGS = ("No Archive Warnings Apply", "Graphic Depictions Of Violence", "Major Character Death",
            "Creator Chose Not To Use Archive Warnings")  # fmt: skip
CATEGORIES = ("F/F", "F/M", "Gen", "M/M", "Multi")
TAGS = ("Fluff", "Angst with a Happy Ending", "Alternate Universe - Coffee Shops & Cafés", "Slow Burn", "5+1 Things",
        "Post-Canon", "Hurt/Comfort", "no beta we die like men", "First Kiss", "Found Family")  # fmt: skip


def tags_of(story: Story, rng: random.Random) -> list[tuple[str, str, list[str]]]:
    """The rows of the list of tags: label, fact, values."""
    many = "s" if len(story.fandoms) > 1 else ""
    relationships = [one for one in story.relationships if rng.random() < 0.9]
    rows = [
        ("Rating", "rating", [rng.choice(RATINGS)]),
        ("Archive Warning", "warning", [rng.choice(WARNINGS)]),
        ("Category", "category", [rng.choice(CATEGORIES)]),
        (f"Fandom{many}", "fandom", story.fandoms or ["Original Work"]),
        (f"Relationship{'s' if len(relationships) > 1 else ''}", "relationship", relationships),
        (f"Character{'s' if len(story.characters) > 1 else ''}", "character", story.characters),
        ("Additional Tags", "tag", rng.sample(TAGS, rng.randrange(2, 5))),
        ("Language", "language", [story.words.get("own_name", story.words["name"])]),
    ]
    return [row for row in rows if row[2] and (row[1] not in ("category", "tag") or rng.random() < 0.8)]


def dated(text: str) -> str:
    """A date as the archive writes it, from any form in which a story has it."""
    digits = [int(part) for part in text.replace("/", "-").replace(".", "-").split("-")]
    year = max(digits)
    rest = [one for one in digits if one != year]
    month, day = sorted([*rest, 1, 1][:2])
    return f"{year:04}-{min(month, 12):02}-{day:02}"


class Download(Markup):
    """The file behind "Download → HTML"."""

    em, strong = "em", "strong"
    since_2025 = True

    def lay(self, story: Story, rng: random.Random) -> Sheet:
        sheet = super().lay(story, rng)
        written = len(story.chapters)
        self.since_2025 = rng.random() < 0.5
        self.rows = tags_of(story, rng)
        self.series = (rng.randrange(1, 6), story.series) if rng.random() < 0.25 else None
        self.posted, self.changed = dated(story.published), dated(story.updated)
        self.words = f"{rng.randrange(300, 90_000):,}"
        self.work = f"https://archiveofourown.org/works/{rng.randrange(1000, 60_000_000)}"
        self.planned = str(written) if story.complete else "?"
        self.written = written
        self.notes = story.notes if rng.random() < 0.4 else []
        sheet.facts = [("title", story.title), ("author", story.author), ("summary", story.summary), ("url", self.work)]
        sheet.facts += [(fact, value) for _, fact, values in self.rows for value in values]
        if self.series:
            sheet.facts += [("part", str(self.series[0])), ("series", self.series[1])]
        sheet.facts += [("published", self.posted), ("words", self.words), ("complete", story.complete)]
        if written > 1:
            sheet.facts.append(("updated", self.changed))
        if self.notes:
            sheet.facts.append(("note", "\n\n".join(self.notes)))
        sheet.free |= {"archive"}
        self._headings(sheet, written)
        return sheet

    def _headings(self, sheet: Sheet, written: int) -> None:
        """The archive numbers chapters in their order and writes their headings itself; one chapter has none."""
        if written == 1:
            sheet.pieces = [one for one in sheet.pieces if one.kind != "heading"]
            return
        for number, place in enumerate(sheet.places("heading"), 1):
            one = sheet.pieces[place]
            chapter = sheet.story.chapters[number - 1]
            title = one.title if one.role == "named" else chapter.title
            one.role = "archive"
            if self.since_2025 or not title:
                one.text = f"Chapter {number}" + (f": {title}" if title else "")
                one.number, one.title = number, title
            else:
                one.text = title
                one.title = title
                one.number = 0 if title == sheet.story.words["prologue"] else None

    def chunk(self, one: Piece, sheet: Sheet, rng: random.Random) -> Chunk:
        made = super().chunk(one, sheet, rng)
        if one.kind == "heading":
            made.before, made.after = '<div class="meta group">\n<h2 class="heading">', "</h2>\n</div>"
            if one.role != "archive":  # the author's own
                made.before, made.after = "<p><strong>", "</strong></p>"
        elif one.kind == "break" and one.text:
            made.before, made.after = '<p align="center">', "</p>"
        return made

    def bind(self, sheet: Sheet, chunks: list[Chunk], rng: random.Random) -> str:
        story = sheet.story
        rows = "".join(
            f"<dt>{label}:</dt>\n<dd>{', '.join(self._link(value, fact) for value in values)}</dd>\n"
            for label, fact, values in self.rows
        )
        if self.series:
            rows += f'<dt>Series:</dt>\n<dd>Part {self.series[0]} of <a href="https://archiveofourown.org/series/7">{escape(self.series[1])}</a></dd>\n'
        changed = "Completed" if story.complete else "Updated"
        stats = f"Published: {self.posted}"
        if self.written > 1:
            stats += f"\n        {changed}: {self.changed}"
        stats += f"\n        Words: {self.words}\n        Chapters: {self.written}/{self.planned}"
        notes = "".join(f"<p>{escape(one)}</p>" for one in self.notes)
        said = f'<p>Notes</p>\n<blockquote class="userstuff">{notes}</blockquote>\n' if notes else ""
        fandom = escape(" & ".join(story.fandoms) or "Original Work")
        return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=%CHARSET%" />
<title>{escape(story.title)} - {escape(story.author)} - {fandom}</title>
</head>
<body>
<div id="preface">
<h2 class="toc-heading">Preface</h2>
<p class="message">
<b>{escape(story.title)}</b><br />
Posted originally on the <a href="http://archiveofourown.org/">Archive of Our Own</a>
 at <a href="{self.work}">{self.work}</a>.
</p>
<div class="meta">
<dl class="tags">
{rows}<dt>Stats:</dt>
<dd>
        {stats}
</dd>
</dl>
<h1>{escape(story.title)}</h1>
<div class="byline">by <a rel="author" href="https://archiveofourown.org/users/x/pseuds/x">{escape(story.author)}</a></div>
<p>Summary</p>
<blockquote class="userstuff"><p>{escape(story.summary)}</p></blockquote>
{said}</div>
</div>
<div id="chapters" class="userstuff">
{self.told(chunks)}
</div>
<div id="afterword">
<h2 class="toc-heading">Afterword</h2>
<p class="message">Please <a href="{self.work}/comments/new">drop by the Archive and comment</a>
 to let the creator know if you enjoyed their work!</p>
</div>
</body>
</html>
"""

    def told(self, chunks: list[Chunk]) -> str:
        made = []
        for group in by_chapter(chunks):
            count = 1 if group and group[0].piece.role == "archive" else 0
            heading = "\n".join(closed(chunk) for chunk in group[:count])
            text = "\n".join(closed(chunk) for chunk in group[count:])
            wrapped = f'<div class="userstuff">{text}</div>' if self.written > 1 else text
            made.append(f"{heading}\n<!--chapter content-->\n{wrapped}\n<!--/chapter content-->")
        return "\n".join(made)

    def _link(self, value: str, fact: str) -> str:
        if fact == "language":
            return escape(value)
        return f'<a href="http://archiveofourown.org/tags/{escape(value).replace(" ", "%20")}">{escape(value)}</a>'
