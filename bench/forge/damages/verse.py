"""Verse: added, in signs, indented, padded, its line ends lost."""

from __future__ import annotations

import random

from bench.forge.damages.registry import ALL, MARKUP, TEXT, damage
from bench.forge.job import Job
from bench.forge.pieces import Run


@damage("sheet", on=ALL, weight=2)
def song(job: Job, rng: random.Random) -> bool:
    """One more song in the story, between two paragraphs of prose."""
    pieces = job.sheet.pieces
    able = [
        place
        for place in job.sheet.places("paragraph")[1:-1]
        if pieces[place - 1].kind == "paragraph" and min(len(pieces[place].text), len(pieces[place - 1].text)) > 60
    ]
    if not able:
        return False
    at = rng.choice(able)
    pieces[at:at] = job.story.teller.verse()
    return True


@damage("form", on=TEXT, slot="verse form")
def verse_in_signs(job: Job, rng: random.Random) -> bool:
    """`~line~`, `//line//`, `#line#`: each line between signs, which stay."""
    job.sheet.style.verse = rng.choice([sign for sign in ("~", "//", "#") if sign != job.sheet.style.verse])
    return bool(job.sheet.places("verse"))


@damage("form", on=TEXT, slot="verse form")
def verse_in_stars(job: Job, rng: random.Random) -> bool:
    """Each line stressed: `*line*`, `_line_`"""
    if job.sheet.style.verse == "*":
        return False
    job.sheet.style.verse = "*"
    return bool(job.sheet.places("verse"))


@damage("form", on=TEXT, slot="verse form")
def verse_indented(job: Job, rng: random.Random) -> bool:
    """Stanzas moved to the right."""
    job.sheet.style.verse_indent = rng.choice(["    ", "\t", "        ", "\t\t"])
    return bool(job.sheet.places("verse")) and not job.sheet.style.indent


@damage("lines", on=TEXT, slot="verse form")
def verse_padded(job: Job, rng: random.Random) -> bool:
    """The line ends of a stanza are lost: runs of blanks stand where they were."""
    done = False
    for chunk in job.chunks:
        if chunk.piece.kind == "verse" and len(chunk.lines) >= 4:
            blanks = " " * rng.randrange(6, 30)
            chunk.lines = [blanks.join(line.strip() for line in chunk.lines)]
            done = True
    return done


@damage("markup", on=MARKUP, slot="verse form")
def verse_in_italics(job: Job, rng: random.Random) -> bool:
    """A paragraph in italics, its lines parted by `<br>`."""
    done = False
    for chunk in job.chunks:
        if chunk.piece.kind == "verse":
            chunk.before, chunk.after = rng.choice(
                [("<p><i>", "</i></p>"), ("<p><em>", "</em></p>"), ('<p align="center"><i>', "</i></p>")]
            )
            chunk.piece.runs = [Run(chunk.piece.text, "em")]
            done = True
    return done


@damage("markup", on=MARKUP, slot="verse form")
def verse_centred(job: Job, rng: random.Random) -> bool:
    """Centred lines."""
    done = False
    for chunk in job.chunks:
        if chunk.piece.kind == "verse":
            chunk.before, chunk.after = rng.choice(
                [("<center>", "</center>"), ('<p align="center">', "</p>"), ('<p style="text-align:center">', "</p>")]
            )
            done = True
    return done
