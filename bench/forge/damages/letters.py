"""Damages to letters: encodings old and wrong, mojibake in layers."""

from __future__ import annotations

import random

from bench.forge.damages.prose import straighten
from bench.forge.damages.registry import CODED, TEXT, damage
from bench.forge.job import Job

CYRILLIC = ("cp1251", "koi8-r")


def _letters(job: Job) -> str:
    values = [str(value) for _, value in job.sheet.facts]
    style = job.sheet.style
    typed = [style.label, style.indent, style.verse_indent, style.ornament]
    return "".join([*(f"{one.label}{one.text}" for one in job.sheet.pieces), *values, job.story.author, *typed])


def _fits(job: Job, encoding: str) -> bool:
    try:
        _letters(job).encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _encode(job: Job, encoding: str) -> bool:
    if not _fits(job, encoding) or _letters(job).isascii():
        return False
    job.encoding = encoding
    return True


@damage("letters", on=CODED, slot="letters", weight=1.5)
def windows_letters(job: Job, rng: random.Random) -> bool:
    """cp1252, or cp1251 for Russian"""
    return _encode(job, "cp1251" if job.story.code == "ru" else "cp1252")


@damage("letters", on=CODED, slot="letters")
def latin_letters(job: Job, rng: random.Random) -> bool:
    """latin-1 (typewriter marks), or KOI8-R for Russian"""
    straighten(job)
    return _encode(job, "koi8-r" if job.story.code == "ru" else "latin-1")


@damage("letters", on=CODED, slot="letters", weight=0.8)
def mac_letters(job: Job, rng: random.Random) -> bool:
    """Mac Roman"""
    return job.story.code != "ru" and _encode(job, "mac-roman")


@damage("letters", on=TEXT, slot="letters", weight=0.5)
def dos_letters(job: Job, rng: random.Random) -> bool:
    """cp437: only where the letters of a western tongue are many enough to tell"""
    if job.story.code not in ("de", "fr", "es"):
        return False
    straighten(job)
    return _encode(job, "cp437")


@damage("letters", on=TEXT, slot="letters", weight=0.8)
def wide_letters(job: Job, rng: random.Random) -> bool:
    """UTF-16 with its mark"""
    job.encoding = "utf-16"
    return True


@damage("letters", on=TEXT, slot="letters", weight=0.8)
def byte_order_mark(job: Job, rng: random.Random) -> bool:
    """UTF-8 with a mark that it does not need"""
    job.encoding = "utf-8-sig"
    return True


def _misread(text: str) -> str:
    """UTF-8 read as cp1252, as old software did: bytes that it has no letter for stay control characters."""
    data = text.encode("utf-8")
    return "".join(
        bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte) for byte in data
    )


@damage("file", on=CODED, slot="letters")
def mojibake(job: Job, rng: random.Random) -> bool:
    """`â€™`"""
    if job.text.isascii() or job.story.code == "ru":
        return False
    job.text, job.ascii_only = _misread(job.text), True
    return True


@damage("file", on=CODED, slot="letters", weight=0.6)
def mojibake_twice(job: Job, rng: random.Random) -> bool:
    """`Ã¢â‚¬â„¢`"""
    if job.text.isascii() or job.story.code == "ru":
        return False
    job.text, job.ascii_only = _misread(_misread(job.text)), True
    return True


@damage("file", on=CODED, slot="letters", weight=0.6)
def mojibake_in_places(job: Job, rng: random.Random) -> bool:
    """Some lines are misread and others are not."""
    if job.text.isascii() or job.story.code == "ru":
        return False
    lines = job.text.split("\n")
    changed = [_misread(line) if rng.random() < 0.5 else line for line in lines]
    job.text, job.ascii_only = "\n".join(changed), True
    return changed != lines
