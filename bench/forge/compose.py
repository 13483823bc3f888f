"""From a story to the pieces that stand on a sheet: header lines, headings, breaks, an ending."""

from __future__ import annotations

import random

from bench.forge.pieces import Piece, Run, piece
from bench.forge.sheet import Sheet, Style
from bench.forge.stories import Story

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
LISTS = frozenset({"fandom", "relationship", "character", "warning", "genre"})


def what_is_so(story: Story) -> dict[str, list[str]]:
    """All values of a fact that would be right to infer."""
    return {
        "title": [story.title],
        "author": [story.author],
        "fandom": story.fandoms,
        "character": story.cast,
        "relationship": [*story.relationships, "/".join(story.pair), "/".join(reversed(story.pair))],
        "language": [story.code, story.words["name"]],
        "beta": [story.beta, *story.words["pen_names"]],
        "complete": [],
    }


# --- the header


def label(story: Story, rng: random.Random, name: str) -> Piece | None:
    """One header line, spelt in one of the ways in use; None where this story, or this tongue, has none."""
    spelt = story.words["labels"].get(name)
    if not spelt:
        return None
    line = Piece("label", [], label=rng.choice(spelt), role=name)
    joint = ", " if rng.random() < 0.85 else "; "
    plain = {
        "title": story.title, "author": story.author, "rating": story.rating, "summary": story.summary,
        "spoilers": story.spoilers, "note": " ".join(story.notes), "beta": story.beta, "feedback": story.feedback,
        "archive_permission": story.archive, "dedication": story.dedication, "series": story.series,
        "published": story.published, "updated": story.updated, "words": story.count,
        "language": story.words["own_name"] if "own_name" in story.words else story.words["name"],
    }  # fmt: skip
    listed = {
        "fandom": story.fandoms, "relationship": story.relationships, "character": story.characters,
        "warning": story.warnings, "genre": story.genres, "category": story.genres[:1],
    }  # fmt: skip
    if name in plain:
        line.text = plain[name]
        line.states = [(name, plain[name])]
    elif name in listed:
        if not listed[name]:
            return None
        line.text = joint.join(listed[name])
        line.states = [(name, value) for value in listed[name]]
    elif name == "disclaimer":
        if not story.disclaimer:
            return None
        line.text = "\n\n".join(story.disclaimer)
        line.states = [(name, line.text)]
    elif name == "status":
        line.text = rng.choice(story.words["status_done" if story.complete else "status_more"])
        line.states = [("status", line.text), ("complete", story.complete)]
    elif name == "email":
        line.text = story.email
    else:
        raise ValueError(f"there is no header line called {name}")
    return line


ALWAYS = ("title", "author")
OFTEN = ("fandom", "relationship", "rating", "summary", "disclaimer")
AT_TIMES = (
    "character", "warning", "genre", "spoilers", "note", "beta", "feedback", "archive_permission", "status",
    "published", "words", "dedication", "email", "updated", "language", "category",
)  # fmt: skip


def header(story: Story, rng: random.Random, *, bare: bool) -> list[Piece]:
    """The header lines of one file. `bare`: title and author stand above them without labels."""
    names = [name for name in ALWAYS if not bare and rng.random() < 0.93]
    rest = [name for name in OFTEN if rng.random() < 0.75] + [name for name in AT_TIMES if rng.random() < 0.22]
    if "genre" in rest and "category" in rest:
        rest.remove("category")
    if story.fandoms and "fandom" in rest and rng.random() < 0.15:
        rest.append("series")
    if rng.random() < 0.5:
        rng.shuffle(rest)
    lines = [line for name in names + rest if (line := label(story, rng, name))]
    if lines and len(lines[-1].text.split("\n")) > 1:  # nobody could tell where the last of its paragraphs ends
        lines.insert(0, lines.pop())
    if lines and lines[-1].text.count("\n"):
        lines.append(label(story, rng, "rating") or lines.pop())
    return lines


def top(story: Story, rng: random.Random) -> list[Piece]:
    """What stands above the story in a file that somebody typed: from a full header to nothing."""
    chance = rng.random()
    title = piece("title", story.title, states=[("title", story.title)])
    by = rng.choice(story.words["by"]).replace("{A}", story.author)
    by_line = piece("byline", by, states=[("author", story.author)], tight=rng.random() < 0.7)
    if chance < 0.62:
        return header(story, rng, bare=False)
    if chance < 0.82:
        return [title, by_line, *header(story, rng, bare=True)]
    if chance < 0.9:
        return [title, by_line]
    return []


# --- the body


def spell(form: str, story: Story, word: str, number: int, title: str, total: int) -> str:
    """A heading in one of the forms in use."""
    spelt = story.words.get("numbers", [])
    one = spelt[number - 1] if 0 < number <= len(spelt) else str(number)
    roman = ROMAN[number - 1] if 0 < number <= len(ROMAN) else str(number)
    return form.format(word=word, n=number, N=one, NN=one.upper(), R=roman, W=word.upper(), title=title,
                       T=title.upper(), total=total)  # fmt: skip


def body(story: Story, style: Style, rng: random.Random) -> list[Piece]:
    """Headings and chapters. A story of one chapter has a heading only where it has a number."""
    word = rng.choice(story.words["chapter_words"])
    total = len([chapter for chapter in story.chapters if chapter.number])
    made: list[Piece] = []
    for chapter in story.chapters:
        if chapter.named:
            said = story.words[chapter.named]
            number = 0 if chapter.named == "prologue" else None
            made.append(Piece("heading", [Run(said)], role="named", number=number, title=said))
        elif chapter.number is not None:
            form = style.heading_titled if chapter.title else style.heading
            text = spell(form, story, word, chapter.number, chapter.title or "", max(total, chapter.number))
            title = chapter.title if chapter.title and ("{title}" in form or "{T}" in form) else None
            if title and "{T}" in form:
                title = title.upper()
            made.append(Piece("heading", [Run(text)], number=chapter.number, title=title))
        made += [Piece(**{name: getattr(one, name) for name in Piece.__slots__}) for one in chapter.pieces]
    for one in made:
        if one.kind == "break":
            one.text = style.ornament
    return made


def restyle(sheet: Sheet, rng: random.Random) -> None:
    """Write the headings again, after a damage has changed their form."""
    told = iter(one for one in body(sheet.story, sheet.style, rng) if one.kind == "heading")
    for one in sheet.pieces:
        if one.kind == "heading":
            new = next(told)
            one.runs, one.number, one.title = new.runs, new.number, new.title


def sheet_of(story: Story, rng: random.Random, *, headed: bool = True, name: str = "story.txt") -> Sheet:
    """A sheet with or without a typed header above the story."""
    style = Style()
    pieces = (top(story, rng) if headed else []) + body(story, style, rng)
    return Sheet(story, pieces, so=what_is_so(story), style=style, name=name)
