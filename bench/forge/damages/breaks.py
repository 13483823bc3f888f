"""Damages to scene breaks: their forms, and how they stand."""

from __future__ import annotations

import random

from bench.forge.damages.registry import MARKUP, TEXT, TYPED, damage
from bench.forge.job import Job
from bench.forge.pieces import Piece, Run


def _breaks(job: Job) -> list[Piece]:
    return [one for one in job.sheet.pieces if one.kind == "break"]


def _form(job: Job, ornament: str) -> bool:
    job.sheet.style.ornament = ornament
    for one in _breaks(job):
        one.text = ornament
    return bool(_breaks(job))


@damage("form", on=TYPED, slot="break form")
def breaks_of_stars(job: Job, rng: random.Random) -> bool:
    """`***`, `*`, `* * * * *`"""
    return _form(job, rng.choice(["***", "*", "*****", "* * * * *", "**", "*   *   *", "* *"]))


@damage("form", on=TYPED, slot="break form")
def breaks_of_tildes(job: Job, rng: random.Random) -> bool:
    """`~*~*~`, `~~~~`"""
    return _form(job, rng.choice(["~*~*~*~", "~~~~", "~", "~*~", "~+~", "~ ~ ~", "*~*~*", "~o~", "~~~***~~~", "-~-~-"]))


@damage("form", on=TYPED, slot="break form")
def breaks_of_letters(job: Job, rng: random.Random) -> bool:
    """`oOo`, `xxx`"""
    return _form(
        job, rng.choice(["oOo", "xxx", "XXX", "o0o0o0o", "-x-x-x-", "xXx", "oOoOo", "-o-", "OoOoO", "x-x-x", "XxXxX"])
    )


@damage("form", on=TYPED, slot="break form")
def breaks_of_rules(job: Job, rng: random.Random) -> bool:
    """`-----`, `____`, `===`"""
    return _form(
        job,
        rng.choice(["-----", "_____", "=====", "- - - - -", "---- --", "--------------------", "–––––", "——", "--"]),
    )


@damage("form", on=TYPED, slot="break form")
def breaks_of_signs(job: Job, rng: random.Random) -> bool:
    """`#`, `+++`, `<>`, `•••`"""
    return _form(
        job,
        rng.choice(
            ["#", "###", "+++", "<>", "•••", "%%%", "<<<>>>", "# # #", "^^^^", "=^=", "//////", "@}-,-'--"][:11]
        ),
    )


@damage("form", on=TYPED, slot="break form")
def breaks_named(job: Job, rng: random.Random) -> bool:
    """`[scene break]`"""
    return _form(
        job,
        rng.choice(
            ["[scene break]", "(scene break)", "~ page break ~", "--- scene change ---", "*line break*", "SCENE BREAK"]
        ),
    )


@damage("form", on=MARKUP, slot="break form")
def breaks_of_markup(job: Job, rng: random.Random) -> bool:
    """`<hr>`"""
    return _form(job, "")


@damage("lines", on=TEXT, slot="break form")
def breaks_of_blank_lines_alone(job: Job, rng: random.Random) -> bool:
    """More blank lines than elsewhere, once or twice in the whole text."""
    breaks = [place for place, chunk in enumerate(job.chunks) if chunk.piece.kind == "break" and chunk.piece.text]
    paragraphs = sum(chunk.piece.kind == "paragraph" for chunk in job.chunks)
    if not 1 <= len(breaks) <= paragraphs // 15 or job.sheet.style.gap not in (0, 1):
        return False
    if any(chunk.gap > 1 for chunk in job.chunks if chunk.piece.kind == "paragraph"):
        return False
    for place in reversed(breaks):
        if place + 1 < len(job.chunks):
            around = {job.chunks[place - 1].piece.kind, job.chunks[place + 1].piece.kind}
            if around != {"paragraph"}:
                return False
    for place in reversed(breaks):
        job.chunks[place].piece.text = ""
        job.chunks[place + 1].gap = 4 if job.sheet.style.gap else 3
        del job.chunks[place]
    return True


@damage("lines", on=TEXT, slot="break form")
def breaks_glued_to_a_paragraph(job: Job, rng: random.Random) -> bool:
    """`*****` at the end of a paragraph's line, or before its first word."""
    ornament = rng.choice(["*****", "~~~~~", "~*~*~*~", "* * * * *", "-----"])
    done = False
    for place in range(len(job.chunks) - 2, 0, -1):
        chunk, before, after = job.chunks[place], job.chunks[place - 1], job.chunks[place + 1]
        if chunk.piece.kind != "break" or before.piece.kind != "paragraph" or after.piece.kind != "paragraph":
            continue
        if before.piece.text[-1] not in '.!?”"' or not after.piece.text[0].isupper() or len(before.piece.text) < 40:
            continue
        if (
            len(before.lines) > 1
            or before.piece.runs[-1].mark
            or after.piece.runs[0].mark
            or len(after.piece.text) < 40
        ):
            continue
        chunk.piece.runs = [Run(ornament)]
        if rng.random() < 0.5 and not after.lines[0][0].isspace() and len(after.lines) == 1:
            after.lines[0] = f"{ornament} {after.lines[0]}"
        else:
            before.lines[-1] += f" {ornament}"
        del job.chunks[place]
        done = True
    return done


@damage("sheet", on=TYPED, weight=0.6)
def breaks_at_the_edges(job: Job, rng: random.Random) -> bool:
    """An ornament above the first paragraph and one below the last: chrome, both."""
    pieces = job.sheet.pieces
    told = job.sheet.places("paragraph")
    sign = job.sheet.style.ornament or "***"
    pieces.insert(told[-1] + 1, Piece("break", [Run(sign)]))
    if rng.random() < 0.5 and pieces[told[0]].role != "slug":
        pieces.insert(told[0], Piece("break", [Run(sign)]))
    return True


@damage("sheet", on=TYPED, weight=0.6)
def breaks_doubled(job: Job, rng: random.Random) -> bool:
    """Two ornaments one under the other part two scenes once."""
    places = job.sheet.places("break")
    for place in reversed(places):
        job.sheet.pieces.insert(place + 1, Piece("break", [Run(job.sheet.pieces[place].text)]))
    return bool(places)
