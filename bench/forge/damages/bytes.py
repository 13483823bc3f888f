"""Damages to the bytes of a file: bad ones, two encodings, zeros; and files that break off, or hold two stories."""

from __future__ import annotations

import random
import re

from bench.forge import stories
from bench.forge.compose import body, header, label, what_is_so
from bench.forge.damages.registry import CODED, TEXT, damage
from bench.forge.job import Job
from bench.forge.pieces import piece

_FEWEST = 5  # letters of two bytes or more that say what a file is in


@damage("bytes", on=CODED, slot="letters")
def bytes_that_stand_for_nothing(job: Job, rng: random.Random) -> bool:
    """A byte here and there that is no letter in UTF-8, nor in the encodings it is taken for."""
    able = [one for one in job.sheet.pieces if one.kind == "paragraph" and len(one.runs) == 1 and not one.runs[0].mark]
    if job.encoding != "utf-8" or sum(not letter.isascii() for letter in job.text) < _FEWEST:
        return False
    done = False
    for one in rng.sample(able, min(3, len(able))):
        found = re.search(r"(?<= )[a-z]{4,}(?= )", one.text)
        words = one.text[: found.end()].encode() if found else b""
        if found and job.data.count(words) == 1:
            at = job.data.index(words) + len(words) - 2
            job.data = job.data[:at] + b"\x81" + job.data[at + 1 :]
            one.text = one.text[: found.end() - 2] + "\ufffd" + one.text[found.end() - 1 :]
            done = job.ascii_only = True
    return done


@damage("bytes", on=CODED, slot="letters")
def two_encodings_in_one_file(job: Job, rng: random.Random) -> bool:
    """Some lines are in UTF-8 and others in cp1252, as two programs saved them."""
    if job.encoding != "utf-8" or job.ascii_only or job.story.code == "ru":
        return False
    lines = job.text.split("\n")
    able = [
        at
        for at, line in enumerate(lines)
        if not line.isascii() and line.encode("cp1252", "ignore").decode("cp1252") == line
    ]
    if len(able) < 4:
        return False
    other = set(rng.sample(able, len(able) // 2))
    job.data = b"\n".join(line.encode("cp1252" if at in other else "utf-8") for at, line in enumerate(lines))
    job.ascii_only = True
    return True


@damage("bytes", on=TEXT)
def zeros_in_between(job: Job, rng: random.Random) -> bool:
    """Zero bytes at the ends of some lines, or a block of them at the end of the file."""
    if job.encoding == "utf-16":
        return False
    if rng.random() < 0.5:
        job.data += b"\0" * rng.choice([1, 13, 512])
        return True
    lines = job.data.split(b"\n")
    for at in rng.sample(range(len(lines) - 1), min(5, len(lines) - 1)):
        lines[at] = lines[at].rstrip(b"\r") + b"\0" + (b"\r" if lines[at].endswith(b"\r") else b"")
    job.data = b"\n".join(lines)
    return True


@damage("lines", on=TEXT)
def file_broken_off(job: Job, rng: random.Random) -> bool:
    """The file ends in the middle of a sentence, and what stood below is lost."""
    sheet = job.sheet
    if "word" not in sheet.style.heading.lower() and "{W}" not in sheet.style.heading:
        return False
    able = [
        at
        for at, chunk in enumerate(job.chunks)
        if at > len(job.chunks) // 2 and chunk.piece.kind == "paragraph" and len(chunk.piece.text) > 120
        and len(chunk.piece.runs) == 1 and not chunk.piece.runs[0].mark and "  " not in chunk.lines[0].strip()
    ]  # fmt: skip
    if not able or any(one.role in ("contents", "mail", "footer", "signature") for one in sheet.pieces):
        return False
    at = rng.choice(able)
    chunk = job.chunks[at]
    if any(one.piece.kind in ("label", "title", "byline") for one in job.chunks[at:]):
        return False
    if len(chunk.lines) == 1 and chunk.lines[0].strip() == chunk.piece.text:
        words = chunk.lines[0].split(" ")
        chunk.lines = [" ".join(words[: len(words) * 2 // 3])]
    else:
        chunk.lines = chunk.lines[: len(chunk.lines) // 2 + 1]
    chunk.piece.text = " ".join(line.strip() for line in chunk.lines)
    job.chunks = job.chunks[: at + 1]
    kept = {id(one.piece) for one in job.chunks}
    last = next(place for place, one in enumerate(sheet.pieces) if one is chunk.piece)
    sheet.pieces = [one for one in sheet.pieces[: last + 1] if id(one) in kept or one.kind == "break"]
    return True


@damage("sheet", on=TEXT, layouts=("text", "text-wrapped", "text-unspaced"))
def two_stories_in_one_file(job: Job, rng: random.Random) -> bool:
    """Below the end of one story stands the header of another."""
    sheet = job.sheet
    other = stories.tell(rng)
    places = sheet.places("label")
    told = sheet.places("paragraph")
    if not places or places[-1] > told[0] or other.code != job.story.code or sheet.part is not None:
        return False
    if (
        any(one.role in ("footer", "signature", "mail", "contents") for one in sheet.pieces)
        or other.title == job.story.title
    ):
        return False
    lines = [line for line in header(other, rng, bare=False) if line.role not in ("title", "author")]
    named = [label(other, rng, name) for name in ("title", "author")]
    rating = label(other, rng, "rating")
    if not any(one.role == "title" for one in sheet.pieces) or rating is None or None in named:
        return False
    opening = [one for one in named if one is not None]
    opening += [one for one in lines if one.role != "rating" and "\n" not in one.text] + [rating]
    opening[0].opens = True
    if sheet.pieces[-1].kind != "end":
        sheet.pieces.append(piece("break", "=" * 40))
    sheet.pieces += [*opening, *body(other, sheet.style, rng)]
    sheet.free |= {"complete", "part"}  # what one story says of itself and the other does not
    for name, values in what_is_so(other).items():
        sheet.so[name] = [*sheet.so.get(name, ()), *values]
    return True
