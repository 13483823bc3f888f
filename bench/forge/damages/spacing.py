"""Damages to blank lines, indents and line ends. None of them changes what a careful reader says."""

from __future__ import annotations

import random

from bench.forge.damages.registry import MARKUP, TEXT, damage
from bench.forge.job import Job


@damage("lines", on=TEXT, slot="gaps")
def blank_lines_doubled(job: Job, rng: random.Random) -> bool:
    """Every blank line is there twice, or three times."""
    times = rng.choice([2, 2, 3, 5])
    for chunk in job.chunks:
        chunk.gap *= times
    return any(chunk.gap for chunk in job.chunks)


@damage("lines", on=TEXT, slot="gaps")
def blank_lines_uneven(job: Job, rng: random.Random) -> bool:
    """One or two blank lines between paragraphs, as it came."""
    for chunk in job.chunks:
        if chunk.gap and chunk.piece.kind == "paragraph":
            chunk.gap = rng.choice([1, 2])
    return any(chunk.gap == 2 for chunk in job.chunks)


@damage("lines", on=TEXT)
def blanks_at_line_ends(job: Job, rng: random.Random) -> bool:
    """Blanks behind the lines, and in the empty ones."""
    for chunk in job.chunks:
        chunk.lines = [line + " " * rng.choice([0, 1, 1, 2, 4]) for line in chunk.lines]
    return True


@damage("form", on=TEXT, slot="indent")
def paragraphs_indented(job: Job, rng: random.Random) -> bool:
    """A tab or blanks before each paragraph, with blank lines between them."""
    if job.sheet.style.indent:
        return False
    job.sheet.style.indent = rng.choice(["\t", "    ", "  ", "\xa0\xa0\xa0\xa0", "\u3000"])
    if job.sheet.places("verse") and job.sheet.style.verse_indent:
        job.sheet.style.verse_indent += job.sheet.style.indent
    return True


@damage("file", on=TEXT, slot="line ends")
def line_ends_of_windows(job: Job, rng: random.Random) -> bool:
    """CR LF"""
    job.text = job.text.replace("\n", "\r\n")
    return True


@damage("file", on=TEXT, slot="line ends", weight=0.6)
def line_ends_of_old_macs(job: Job, rng: random.Random) -> bool:
    """CR"""
    job.text = job.text.replace("\n", "\r")
    return True


@damage("file", on=TEXT)
def blank_lines_around(job: Job, rng: random.Random) -> bool:
    """Blank lines above and below everything."""
    if job.layout.suffix == ".eml" or any(one.role == "mail" for one in job.sheet.pieces):
        return False
    job.text = "\n" * rng.randrange(1, 5) + job.text + "\n" * rng.randrange(1, 9)
    return True


@damage("lines", on=TEXT)
def two_blanks_after_full_stops(job: Job, rng: random.Random) -> bool:
    """As typists were taught."""
    before = [list(chunk.lines) for chunk in job.chunks]
    for chunk in job.chunks:
        if chunk.piece.kind == "paragraph":
            chunk.lines = [line.replace(". ", ".  ") for line in chunk.lines]
    return [chunk.lines for chunk in job.chunks] != before


@damage("markup", on=MARKUP)
def source_wrapped(job: Job, rng: random.Random) -> bool:
    """The lines of the page's source are cut wherever a blank stood."""
    for chunk in job.chunks:
        if chunk.piece.kind in ("paragraph", "note"):
            words = "\n".join(chunk.lines).split(" ")
            chunk.lines = ["".join(word + ("\n" if at % 11 == 10 else " ") for at, word in enumerate(words)).rstrip()]
    return True


@damage("markup", on=MARKUP)
def nbsp_indents(job: Job, rng: random.Random) -> bool:
    """`&nbsp;&nbsp;&nbsp;` before each paragraph."""
    for chunk in job.chunks:
        if chunk.piece.kind == "paragraph":
            chunk.lines[0] = "&nbsp;" * 4 + chunk.lines[0]
    return True
