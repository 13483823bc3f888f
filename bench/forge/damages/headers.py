"""Damages to the header: how its labels are typed, joined, misspelt, framed, moved."""

from __future__ import annotations

import random

from bench.forge.compose import label
from bench.forge.damages.registry import TEXT, TYPED, damage
from bench.forge.job import Job
from bench.forge.pieces import Piece, piece

MISSPELT = {
    "Summary": "Summery", "Disclaimer": "Disclamer", "Rating": "Raiting", "Pairing": "Paring", "Author": "Auther",
    "Characters": "Charactors", "Category": "Catagory", "Warnings": "Warnigns", "Spoilers": "Spolers",
    "Feedback": "Feeback", "Disclaimers": "Discliamers", "Warning": "Waring", "Pairings": "Parings",
    "Fandom": "Fandon", "Summaries": "Sumaries",
}  # fmt: skip


def _labels(job: Job) -> list[Piece]:
    return [one for one in job.sheet.pieces if one.kind == "label"]


def _form(job: Job, form: str) -> bool:
    job.sheet.style.label = form
    return bool(_labels(job))


@damage("sheet", on=TYPED)
def labels_in_capitals(job: Job, rng: random.Random) -> bool:
    """`TITLE: …`"""
    for one in _labels(job):
        one.label = one.label.upper()
    return bool(_labels(job))


@damage("sheet", on=TYPED)
def labels_in_small_letters(job: Job, rng: random.Random) -> bool:
    """`title: …`"""
    for one in _labels(job):
        one.label = one.label.lower()
    return bool(_labels(job))


@damage("form", on=TEXT, slot="label form")
def labels_bold(job: Job, rng: random.Random) -> bool:
    """`**Title:** …` or `**Title**: …`"""
    return _form(
        job, rng.choice(["**{label}:** {value}", "**{label}**: {value}", "*{label}:* {value}", "*{label}*: {value}"])
    )


@damage("form", on=TEXT, slot="label form")
def labels_bracketed(job: Job, rng: random.Random) -> bool:
    """`[Title] …` or the whole line in brackets."""
    whole = all("\n" not in one.text for one in _labels(job))
    return _form(job, "[{label}: {value}]" if whole and rng.random() < 0.5 else "[{label}] {value}")


@damage("form", on=TEXT, slot="label form")
def labels_with_a_dash(job: Job, rng: random.Random) -> bool:
    """`Title - …`"""
    for one in _labels(job):
        one.label = "Author" if one.label == "By" else one.label  # nobody types "By - Wren"
    return _form(job, rng.choice(["{label} - {value}", "{label} -- {value}", "{label} – {value}"]))


@damage("form", on=TEXT, slot="label form")
def labels_parted_from_colon(job: Job, rng: random.Random) -> bool:
    """A blank or a tab before or behind the colon."""
    return _form(
        job,
        rng.choice(
            ["{label} : {value}", "{label}\t: {value}", "{label}:\t{value}", "{label}:{value}", "{label}:   {value}"]
        ),
    )


@damage("form", on=TEXT, slot="label form")
def labels_as_typed_tags(job: Job, rng: random.Random) -> bool:
    """`<b>Title:</b> …` in a text."""
    job.undo.append(lambda text: text.replace("<b>", "").replace("</b>", ""))
    return _form(job, "<b>{label}:</b> {value}")


@damage("form", on=TEXT, slot="label form")
def labels_with_signs(job: Job, rng: random.Random) -> bool:
    """A sign before each label."""
    return _form(
        job,
        rng.choice(
            [
                "~{label}: {value}",
                "* {label}: {value}",
                "- {label}: {value}",
                "~ {label}: {value} ~",
                "> {label}: {value}",
            ][:4]
        ),
    )


@damage("form", on=TEXT, slot="label form")
def values_below(job: Job, rng: random.Random) -> bool:
    """Each value stands on the line under its label, a blank line between two."""
    style = job.sheet.style
    style.value_below, style.label_gap = True, 1
    return bool(_labels(job))


@damage("sheet", on=TEXT)
def labels_spaced(job: Job, rng: random.Random) -> bool:
    """A blank line between the header lines."""
    job.sheet.style.label_gap = 1
    return len(_labels(job)) > 1


@damage("sheet", on=TYPED)
def label_misspelt(job: Job, rng: random.Random) -> bool:
    """One label with a letter wrong, doubled, missing or swapped."""
    able = [one for one in _labels(job) if one.label.capitalize() in MISSPELT]
    if not able:
        return False
    one = rng.choice(able)
    wrong = MISSPELT[one.label.capitalize()]
    one.label = wrong.upper() if one.label.isupper() else wrong.lower() if one.label.islower() else wrong
    return True


@damage("sheet", on=TEXT)
def labels_on_one_line(job: Job, rng: random.Random) -> bool:
    """`Rating: PG   Pairing: A/B`: two short header lines on one."""
    pieces = job.sheet.pieces
    plain = (
        "title",
        "author",
        "rating",
        "relationship",
        "fandom",
        "genre",
        "spoilers",
        "words",
        "published",
        "character",
    )
    able = [
        place
        for place in range(len(pieces) - 1)
        if all(one.kind == "label" and one.role in plain and len(one.text) < 50 for one in pieces[place : place + 2])
    ]
    if not able or job.sheet.style.value_below or job.sheet.style.label != "{label}: {value}":
        return False
    place = rng.choice(able)
    one, other = pieces[place], pieces.pop(place + 1)
    joint = rng.choice(
        ["  ", "   ", " | ", " / ", "; "][:3] if one.role in ("title", "author") else ["  ", "    ", " | "]
    )
    one.text = f"{one.text}{joint}{other.label}: {other.text}"
    one.states += other.states
    one.role = "merged"
    return True


@damage("sheet", on=TYPED)
def labels_merged(job: Job, rng: random.Random) -> bool:
    """`Rating/Warnings: PG-13 for violence`: one value for two labels."""
    for one in _labels(job):
        if one.role == "rating":
            warning = next((other for other in _labels(job) if other.role == "warning"), None)
            if warning is not None:
                job.sheet.pieces.remove(warning)
            one.label = rng.choice(["Rating/Warnings", "Rating/Warning(s)", "Rating & Warnings", "Rating and Warnings"])
            job.sheet.free.add("warning")  # the value is one: which words warn is a question of taste
            return job.story.code == "en"
    return False


@damage("sheet", on=TEXT)
def header_framed(job: Job, rng: random.Random) -> bool:
    """A rule above the header and one below it."""
    places = job.sheet.places("label", "title", "byline")
    if not places or job.sheet.pieces[0].role == "mail":
        return False
    rule = rng.choice(["-" * 40, "=" * 60, "*" * 60, "~*~*~*~*~*~*~", "_" * 50])
    job.sheet.pieces.insert(places[-1] + 1, piece("aside", rule, role="frame", tight=rng.random() < 0.5))
    job.sheet.pieces.insert(places[0], piece("aside", rule, role="frame"))
    return True


@damage("sheet", on=TYPED)
def ornament_below_header(job: Job, rng: random.Random) -> bool:
    """Stars between the header and the story part no scenes."""
    places = job.sheet.places("label", "title", "byline")
    if not places:
        return False
    job.sheet.pieces.insert(places[-1] + 1, piece("break", rng.choice(["***", "* * *", "~~~~", "-----", "oOo"])))
    return True


@damage("sheet", on=TEXT)
def header_at_the_foot(job: Job, rng: random.Random) -> bool:
    """The header lines stand below the story."""
    places = job.sheet.places("label")
    roles = {job.sheet.pieces[place].role for place in places}
    if len(places) < 4 or len(roles) < 3 or any("\n" in job.sheet.pieces[place].text for place in places):
        return False
    if any(one.role in ("footer", "signature", "mail") for one in job.sheet.pieces):
        return False
    lines = [job.sheet.pieces[place] for place in places]
    job.sheet.pieces = [one for one in job.sheet.pieces if one.kind != "label"] + lines
    return True


@damage("sheet", on=TEXT)
def title_with_its_part(job: Job, rng: random.Random) -> bool:
    """`Title: X (2/5)`: the file is the second part."""
    sheet = job.sheet
    line = next((one for one in sheet.pieces if one.role == "title" or one.kind == "title"), None)
    if line is None or sheet.places("heading") or any(one.role == "mail" for one in sheet.pieces):
        return False
    number = rng.randrange(1, 6)
    total = rng.choice([str(number + rng.randrange(0, 5)), "?"])
    part = f"{number}/{total}"
    written = rng.choice([f"({part})", f"[{part}]", f"({number} of {total})", f"- Part {part}"])
    if total == "?" and "of" in written:
        written = f"({part})"
    line.text = f"{line.text} {written}"
    line.states = [*line.states, ("part", part)]
    sheet.part = number
    if part.split("/")[0] == total:
        sheet.free.add("complete")
    sheet.free.add("part")  # its form is not settled: "2/5", "2 of 5"
    return True


@damage("sheet", on=TYPED)
def chapters_counted(job: Job, rng: random.Random) -> bool:
    """`Chapters: 3/3`: a count that says whether that is all."""
    places = job.sheet.places("label")
    if not places or job.story.code != "en":
        return False
    count = max(1, len(job.story.chapters))
    text = f"{count}/{count if job.story.complete else '?'}"
    line = Piece("label", [], label="Chapters", role="chapters", states=[("complete", job.story.complete)])
    line.text = text
    job.sheet.pieces.insert(rng.choice(places), line)
    return True


@damage("sheet", on=TEXT)
def label_that_nobody_knows(job: Job, rng: random.Random) -> bool:
    """`Previous parts: …`: chrome."""
    places = job.sheet.places("label")
    if len(places) < 3 or job.sheet.style.label_gap or job.sheet.style.label != "{label}: {value}":
        return False
    said = rng.choice(["Previous parts: all at my site", "Mood: sleepy", "Music: the rain", "Dinner: soup"])
    name, value = said.split(": ")
    line = Piece("label", [], label=name, role="unknown")
    line.text = value
    at = rng.choice([place for place in places[1:] if "\n" not in job.sheet.pieces[place - 1].text] or places[:1])
    job.sheet.pieces.insert(at, line)
    return True


@damage("sheet", on=TEXT, slot="title")
def title_adorned(job: Job, rng: random.Random) -> bool:
    """A bare title in signs, in capitals' company, or underlined."""
    for place, one in enumerate(job.sheet.pieces):
        if one.kind == "title":
            match rng.randrange(3):
                case 0:
                    one.text = rng.choice(["~{}~", "*{}*", "-= {} =-", "~*~ {} ~*~", "** {} **"]).format(one.text)
                case 1:
                    rule = rng.choice("=-~*") * len(one.text)
                    job.sheet.pieces.insert(place + 1, piece("aside", rule, role="underline", tight=True))
                case _:
                    one.text = f'"{one.text}"'
            return True
    return False


@damage("sheet", on=TEXT, slot="title")
def title_and_author_on_one_line(job: Job, rng: random.Random) -> bool:
    """`Title by Author` above the header lines."""
    for place, one in enumerate(job.sheet.pieces[:-2]):
        by = job.sheet.pieces[place + 1]
        if one.kind == "title" and by.kind == "byline" and job.story.code == "en":
            one.text = f"{one.text} by {job.story.author}"
            one.states = one.states + by.states
            del job.sheet.pieces[place + 1]
            return job.sheet.pieces[place + 1].kind == "label"
    return False


@damage("sheet", on=TYPED)
def title_again_above_the_story(job: Job, rng: random.Random) -> bool:
    """Below the header stands `Title` once more, with `by Author` under it."""
    lines = job.sheet.places("label")
    if not lines or not any(one.role == "title" for one in job.sheet.pieces) or lines[-1] > len(lines) + 2:
        return False
    title = piece("title", job.story.title)
    by = piece("byline", f"by {job.story.author}", tight=True)
    if job.story.code != "en" or label(job.story, rng, "author") is None:
        return False
    by.states = [("author", job.story.author)]
    job.sheet.pieces[lines[-1] + 1 : lines[-1] + 1] = [title, by]
    return True
