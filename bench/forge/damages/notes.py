"""The author speaks: at the top, at the bottom, between and inside scenes, with and without a label."""

from __future__ import annotations

import random

from bench.forge.damages.registry import ALL, TYPED, damage
from bench.forge.job import Job
from bench.forge.pieces import STORY, Piece, Run, piece


def _note(job: Job, rng: random.Random, *, label: bool = True) -> str:
    words, teller = job.story.words, job.story.teller
    if label:
        said = teller.pick("notes_labelled" if "notes_labelled" in words and rng.random() < 0.3 else "notes")
        return f"{rng.choice(words['note_labels']).rstrip(':')}{rng.choice([': ', ': ', ': ', ' - '])}{said}"
    return teller.pick("notes")


def _tops(job: Job) -> list[int]:
    """The places right under a heading."""
    return [
        place + 1
        for place in job.sheet.places("heading")
        if place + 1 < len(job.sheet.pieces) and job.sheet.pieces[place + 1].kind in ("paragraph", "verse")
        and job.sheet.pieces[place + 1].role != "slug"
    ]  # fmt: skip


def _bottoms(job: Job) -> list[int]:
    """The places behind the last story or ending of each chapter."""
    pieces = job.sheet.pieces
    return [
        place + 1
        for place, one in enumerate(pieces)
        if one.kind in ("paragraph", "verse", "end")
        and (place + 1 == len(pieces) or pieces[place + 1].kind in ("heading", "aside"))
    ]


def _put(job: Job, places: list[int], made: list[Piece], rng: random.Random) -> bool:
    if not places:
        return False
    at = rng.choice(places)
    job.sheet.pieces[at:at] = made
    return True


@damage("sheet", on=ALL)
def note_at_the_top(job: Job, rng: random.Random) -> bool:
    """`A/N: …` right under a heading."""
    return _put(job, _tops(job), [piece("note", _note(job, rng))], rng)


@damage("sheet", on=ALL)
def note_at_the_bottom(job: Job, rng: random.Random) -> bool:
    """`Author's Note: …` below a chapter."""
    return _put(job, _bottoms(job), [piece("note", _note(job, rng))], rng)


@damage("sheet", on=ALL)
def note_in_brackets(job: Job, rng: random.Random) -> bool:
    """`(A/N: …)` between two paragraphs."""
    told = [place for place in job.sheet.places("paragraph")[2:-1] if job.sheet.pieces[place - 1].kind == "paragraph"]
    opens, closes = rng.choice(["()", "[]", "()"])
    return _put(job, told, [piece("note", f"{opens}{_note(job, rng)}{closes}")], rng)


@damage("sheet", on=ALL)
def note_of_several_paragraphs(job: Job, rng: random.Random) -> bool:
    """A labelled note at the bottom that goes on for two or three paragraphs."""
    made = [piece("note", _note(job, rng))]
    made += [piece("note", _note(job, rng, label=False)) for _ in range(rng.randrange(1, 3))]
    return job.story.code == "en" and _put(job, _bottoms(job), made, rng)


@damage("sheet", on=ALL)
def note_without_a_label_at_the_top(job: Job, rng: random.Random) -> bool:
    """Under a heading the author chats, and says no word of who speaks."""
    return job.story.code == "en" and _put(job, _tops(job), [piece("note", _note(job, rng, label=False))], rng)


@damage("sheet", on=ALL)
def note_without_a_label_at_the_bottom(job: Job, rng: random.Random) -> bool:
    """The same as the last words."""
    places = [place for place in _bottoms(job) if job.sheet.pieces[place - 1].kind == "end"]
    return job.story.code == "en" and _put(
        job, places or _bottoms(job), [piece("note", _note(job, rng, label=False))], rng
    )


@damage("sheet", on=ALL)
def note_of_one_line(job: Job, rng: random.Random) -> bool:
    """`Enjoy!` under a heading, `R&R!` below a chapter."""
    first = rng.random() < 0.5
    if "notes_first" not in job.story.words:
        return False
    said = job.story.teller.pick("notes_first" if first else "notes_last")
    return _put(job, _tops(job) if first else _bottoms(job), [piece("note", said)], rng)


@damage("sheet", on=ALL, weight=0.6)
def note_acted(job: Job, rng: random.Random) -> bool:
    """`*dodges tomatoes* Sorry that …`: what the author does, between stars, stressed in other layouts."""
    if "notes_acted" not in job.story.words:
        return False
    acted = Run(rng.choice(job.story.words["notes_acted"]), "em")
    said = Run(" " + _note(job, rng, label=False))
    return _put(job, _bottoms(job), [Piece("note", [acted, said])], rng)


@damage("sheet", on=ALL, weight=0.6)
def note_signed(job: Job, rng: random.Random) -> bool:
    """A labelled note at the bottom, and the author's name under it."""
    if "notes_signed" not in job.story.words:
        return False
    made = [piece("note", _note(job, rng)), piece("note", job.story.teller.pick("notes_signed"))]
    return _put(job, _bottoms(job), made, rng)


@damage("sheet", on=ALL, weight=0.6)
def note_under_its_label(job: Job, rng: random.Random) -> bool:
    """`Author's Note:` on a line of its own, the note below it."""
    named = rng.choice(job.story.words["note_labels"]).rstrip(":") + ":"
    return _put(job, _bottoms(job), [piece("note", named), piece("note", _note(job, rng, label=False))], rng)


@damage("sheet", on=ALL)
def note_between_scenes(job: Job, rng: random.Random) -> bool:
    """Between two scenes, under the ornament."""
    pieces = job.sheet.pieces
    told = [
        place
        for place in job.sheet.places("paragraph")
        if place > 3 and pieces[place - 1].kind == "break" and pieces[place - 2].kind in STORY  # else it tops a chapter
    ]
    places = [place for place in told if pieces[place].role != "slug"]
    return _put(job, places, [piece("note", _note(job, rng))], rng)


@damage("sheet", on=TYPED)
def note_and_ornament(job: Job, rng: random.Random) -> bool:
    """A note at the bottom below a row of signs that parts the author from the story."""
    sign = job.sheet.style.ornament or "***"
    return _put(job, _bottoms(job), [piece("break", sign), piece("note", _note(job, rng))], rng)


@damage("sheet", on=ALL, weight=0.7)
def replies_to_reviewers(job: Job, rng: random.Random) -> bool:
    """Answers to reviewers at the foot, a paragraph each."""
    words = job.story.words
    if "replies" not in words:
        return False
    names = rng.sample(words.get("reviewers") or words["pen_names"], 4)
    made = [piece("note", rng.choice(words["reviewers_open"]))]
    made += [piece("note", f"{name}: {job.story.teller.pick('replies')}") for name in names[: rng.randrange(2, 5)]]
    return _put(job, _bottoms(job), made, rng)


@damage("sheet", on=ALL)
def beta_thanked_in_a_note(job: Job, rng: random.Random) -> bool:
    """Thanks to a beta, under a heading: the beta is only inferred."""
    form = job.story.words.get("note_thanks")
    if not form or set("*_") & set(job.story.beta):
        return False
    said = f"{rng.choice(job.story.words['note_labels'])}: {form.replace('{B}', job.story.beta)}"
    return _put(job, _tops(job), [piece("note", said)], rng)


@damage("sheet", on=TYPED, weight=0.7)
def disclaimer_repeated(job: Job, rng: random.Random) -> bool:
    """`Disclaimer: …` again under each heading but the first: notes of those chapters."""
    tops = _tops(job)[1:]
    if not tops or not job.story.disclaimer:
        return False
    for at in reversed(tops):
        spelt = job.story.words["labels"]["disclaimer"][0]
        job.sheet.pieces.insert(at, piece("note", f"{spelt}: {job.story.disclaimer[0]}"))
    return True


@damage("sheet", on=ALL, weight=0.7)
def story_that_thanks_and_writes(job: Job, rng: random.Random) -> bool:
    """A narrator who says "I", thanks, is sorry and speaks of letters and chapters is no author."""
    told = job.sheet.places("paragraph")
    if job.story.code != "en" or len(told) < 6:
        return False
    said = rng.choice([
        "I am sorry that I did not write sooner. Thank you for the money, and for the boots.",
        "I had written eleven chapters by then, and burned ten. Nobody has ever asked me for the last one.",
        "Thank you, I said, and meant it. Nobody reviewed what we had done, and nobody ever would.",
        "I hope that whoever finds this will be kinder to my story than I was.",
    ])  # fmt: skip
    at = rng.choice(told[1:-1])
    job.sheet.pieces.insert(at, piece("paragraph", said))
    return True
