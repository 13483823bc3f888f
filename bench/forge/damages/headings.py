"""Damages to chapter headings: their forms, and where they stand."""

from __future__ import annotations

import random

from bench.forge.compose import restyle
from bench.forge.damages.registry import ALL, TEXT, TYPED, damage
from bench.forge.job import Job
from bench.forge.pieces import Piece, Run, piece


def _numbered(job: Job) -> list[Piece]:
    return [one for one in job.sheet.pieces if one.kind == "heading" and one.role == ""]


def _form(job: Job, rng: random.Random, bare: str, titled: str = "") -> bool:
    job.sheet.style.heading = bare
    job.sheet.style.heading_titled = titled or bare
    if not _numbered(job):
        return False
    restyle(job.sheet, rng)
    return True


@damage("form", on=TYPED, slot="heading form")
def headings_in_words(job: Job, rng: random.Random) -> bool:
    """`Chapter One`"""
    return _form(
        job, rng, "{word} {N}", rng.choice(["{word} {N}: {title}", "{word} {N} - {title}", "{word} {N} – {title}"])
    )


@damage("form", on=TYPED, slot="heading form")
def headings_in_capitals(job: Job, rng: random.Random) -> bool:
    """`CHAPTER ONE: THE FALL`"""
    return _form(job, rng, "{W} {NN}", rng.choice(["{W} {NN}: {T}", "{W} {NN}: {title}", "{W} {n} - {T}"]))


@damage("form", on=TYPED, slot="heading form")
def headings_in_dashes(job: Job, rng: random.Random) -> bool:
    """`-- Chapter One --`, `-Chapter Two: The Fall-`"""
    return _form(
        job,
        rng,
        rng.choice(["-- {word} {N} --", "- {word} {n} -"]),
        rng.choice(["-{word} {N}: {title}-", "--{word} {n}: {title}--"]),
    )


@damage("form", on=TYPED, slot="heading form")
def headings_in_ornament(job: Job, rng: random.Random) -> bool:
    """`~*~ Chapter 1 ~*~`, `[Chapter 1]`"""
    opens, closes = rng.choice(
        [("~*~ ", " ~*~"), ("[", "]"), ("*** ", " ***"), ("~", "~"), ("= ", " ="), ("<", ">")][:5]
    )
    return _form(job, rng, f"{opens}{{word}} {{n}}{closes}", f"{opens}{{word}} {{n}}: {{title}}{closes}")


@damage("form", on=TEXT, slot="heading form")
def headings_in_bold_stars(job: Job, rng: random.Random) -> bool:
    """`**Chapter 1: The Fall**`"""
    return _form(job, rng, "**{word} {n}**", "**{word} {n}: {title}**")


@damage("form", on=TYPED, slot="heading form")
def headings_glued_to_their_title(job: Job, rng: random.Random) -> bool:
    """`Chapter 1- The Fall`, `Chapter 1 (The Fall)`"""
    return _form(
        job,
        rng,
        "{word} {n}:",
        rng.choice(
            [
                "{word} {n}- {title}",
                "{word} {n} ({title})",
                '{word} {n} "{title}"',
                "{word} {n}:  {title}",
                "{word} {n}. {title}",
                "{word} {n} ~ {title}",
            ]
        ),
    )


@damage("form", on=TYPED, slot="heading form")
def headings_of_a_total(job: Job, rng: random.Random) -> bool:
    """`Part 1/4`, `Part 1 of 4`"""
    if job.story.code != "en":
        return False
    job.sheet.free.add("part")
    if max((chapter.number or 0 for chapter in job.story.chapters), default=0) > 9:
        return False
    return _form(
        job,
        rng,
        rng.choice(["Part {n}/{total}", "Part {n} of {total}", "Chapter {n}/{total}", "(Part {n} of {total})"]),
    )


@damage("form", on=TYPED, slot="heading form")
def headings_in_roman_numerals(job: Job, rng: random.Random) -> bool:
    """`Chapter IV`"""
    if max((chapter.number or 0 for chapter in job.story.chapters), default=0) > 12:
        return False
    return _form(job, rng, "{word} {R}", "{word} {R}: {title}")


@damage("form", on=TYPED, slot="heading form")
def headings_of_numbers_alone(job: Job, rng: random.Random) -> bool:
    """`1.`, `- 2 -`, `III`: they count from one, with prose between."""
    numbers = [chapter.number for chapter in job.story.chapters if chapter.number]
    if len(numbers) < 3 or numbers[0] != 1:
        return False
    return _form(
        job,
        rng,
        rng.choice(["{n}.", "{n}", "- {n} -", "{R}.", "{R}", "({n})"]),
        rng.choice(["{n}. {title}", "{R}. {title}", "{n} - {title}"]),
    )


@damage("form", on=TYPED, slot="heading form")
def headings_of_other_words(job: Job, rng: random.Random) -> bool:
    """`Day 1`, `Act II`, `Ch. 3`, `Letter 2`"""
    if job.story.code != "en":
        return False
    word = rng.choice(
        ["Day {n}", "Act {R}", "Ch. {n}", "Chap {n}", "Ch {n}", "Book {N}", "Episode {n}", "Chapter #{n}"]
    )
    if "{R}" in word and max((chapter.number or 0 for chapter in job.story.chapters), default=0) > 12:
        return False
    return _form(job, rng, word, word + ": {title}")


@damage("sheet", on=TYPED)
def headings_doubled(job: Job, rng: random.Random) -> bool:
    """The archive's heading and the author's, the same or with the title in one of them."""
    for one in _numbered(job):
        place = job.sheet.pieces.index(one)
        again = Piece("heading", [Run(one.text)], role="again", number=one.number, title=one.title)
        if one.title and rng.random() < 0.5:
            again = piece("heading", f"Chapter {one.number}", role="again", number=one.number)
        job.sheet.pieces.insert(place, again)
    return bool(_numbered(job))


@damage("sheet", on=TYPED, weight=0.5)
def one_heading_lost(job: Job, rng: random.Random) -> bool:
    """A heading is not there: its chapter goes on in the one before, and nobody can know better."""
    numbered = _numbered(job)[1:]
    if not numbered or job.sheet.style.heading in ("{n}", "{n}.", "- {n} -", "{R}.", "{R}", "({n})"):
        return False
    job.sheet.pieces.remove(rng.choice(numbered))
    return True


@damage("sheet", on=TEXT, weight=0.7)
def contents_list(job: Job, rng: random.Random) -> bool:
    """A list of the chapters above the first: chrome."""
    headings = [one for one in job.sheet.pieces if one.kind == "heading"]
    if len(headings) < 3 or any(one.role == "again" for one in headings):
        return False
    listed = piece("aside", "\n".join(one.text for one in headings), role="contents")
    place = job.sheet.pieces.index(headings[0])
    if rng.random() < 0.6:
        listed.text = rng.choice(["Contents:", "Table of Contents", "Chapters"]) + "\n" + listed.text
    job.sheet.pieces.insert(place, listed)
    return True


@damage("sheet", on=TYPED)
def ornament_under_heading(job: Job, rng: random.Random) -> bool:
    """Stars right under a heading, or at a chapter's end, part nothing."""
    places = job.sheet.places("heading")
    if not places:
        return False
    sign = job.sheet.style.ornament or "***"
    for place in reversed(places):
        if place == places[0] or rng.random() < 0.7:
            job.sheet.pieces.insert(place + 1, piece("break", sign))
        if place and rng.random() < 0.5 and job.sheet.pieces[place - 1].kind == "paragraph":
            job.sheet.pieces.insert(place, piece("break", sign))
    return True


@damage("sheet", on=TEXT)
def headings_underlined(job: Job, rng: random.Random) -> bool:
    """A row of signs right under each heading."""
    places = [place for place in job.sheet.places("heading") if job.sheet.pieces[place].role == ""]
    sign = rng.choice("=-~*")
    for place in reversed(places):
        rule = piece("aside", sign * len(job.sheet.pieces[place].text), role="underline", tight=True)
        job.sheet.pieces.insert(place + 1, rule)
    return bool(places)


@damage("sheet", on=ALL)
def heading_spoken_of_in_the_story(job: Job, rng: random.Random) -> bool:
    """A short paragraph that begins as a heading does, and is none."""
    places = [place for place in job.sheet.places("paragraph")[3:-3] if job.sheet.pieces[place + 1].kind == "paragraph"]
    if not places or job.story.code != "en":
        return False
    said = rng.choice([
        "Chapter Three was missing from the book.", "Part of me wanted to stay.", "Chapter and verse, as always.",
        "Part two of the plan was even worse.", "Day one hundred and four, and still no rain.", "One more time, then.",
        "Chapter 9 of the manual was about exactly this.", "Act two, thought everybody, and sat down again.",
    ])  # fmt: skip
    job.sheet.pieces.insert(rng.choice(places), piece("paragraph", said))
    return True
