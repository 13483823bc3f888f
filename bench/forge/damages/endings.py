"""Endings: `The End`, `To be continued`, `End of part 1`."""

from __future__ import annotations

import random

from bench.forge.damages.registry import ALL, TYPED, damage
from bench.forge.job import Job
from bench.forge.pieces import piece


def _last(job: Job) -> int:
    """Behind the last piece of the story."""
    return job.sheet.places("paragraph", "verse", "quote")[-1] + 1


@damage("sheet", on=ALL, slot="ending")
def the_end(job: Job, rng: random.Random) -> bool:
    """`The End`, in one of its forms."""
    if not job.story.complete:
        return False
    said = rng.choice(job.story.words["ends_done"])
    job.sheet.pieces.insert(_last(job), piece("end", said, states=[("complete", True)], centred=True))
    return True


@damage("sheet", on=ALL, slot="ending")
def to_be_continued(job: Job, rng: random.Random) -> bool:
    """`TBC`, in one of its forms."""
    if job.story.complete:
        return False
    said = rng.choice(job.story.words["ends_more"])
    job.sheet.pieces.insert(_last(job), piece("end", said, states=[("complete", False)], centred=True))
    return True


@damage("sheet", on=TYPED, slot="ending")
def end_of_each_part(job: Job, rng: random.Random) -> bool:
    """`End of part 2` below every chapter: it says nothing of the whole."""
    forms = job.story.words.get("ends_part")
    numbers = [one.number for one in job.sheet.pieces if one.kind == "heading" and one.number and one.role == ""]
    if not forms or not numbers:
        return False
    form = rng.choice(forms)
    pieces = job.sheet.pieces
    number = None
    made = []
    for place, one in enumerate(pieces):
        if one.kind == "heading" and one.number is not None and one.role in ("", "named"):
            number = one.number if one.role == "" else None
        made.append(one)
        after = pieces[place + 1] if place + 1 < len(pieces) else None
        ends = one.kind in ("paragraph", "verse", "quote") and (after is None or after.kind in ("heading", "aside"))
        if ends and number:
            made.append(piece("end", form.replace("{k}", str(number))))
            number = None
    job.sheet.pieces = made
    return True
