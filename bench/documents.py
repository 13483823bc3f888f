"""Stories as files of word processors and as books: what the layouts of the forge make of them."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from bench.forge.layouts.documents import Document, Docx, Odt, Rtf
from bench.forge.pieces import Piece, Run
from bench.forge.sheet import Sheet
from bench.forge.stories import tell
from bench.layouts import heading, labels
from bench.stories import EM, END_EM, Chapter, Story
from ficshelf import reading
from ficshelf.writers import epub


def bound(layout: Document, pieces: Sequence[Piece], rng: random.Random) -> bytes:
    """The file that a layout makes of these pieces."""
    story = tell(rng)  # whose headers are not written: `pieces` has its own
    layout.lay(story, rng)
    sheet = Sheet(story, list(pieces))
    return layout.bind(sheet, layout.write(sheet, rng), rng)


def pieces_of(chapters: Sequence[Chapter], name: Callable[[Chapter], str]) -> list[Piece]:
    """The chapters, each below a heading as `name` gives it."""
    pieces = []
    for chapter in chapters:
        pieces.append(Piece("heading", [Run(name(chapter))]))
        for kind, text in chapter.blocks:
            pieces.append(Piece(kind, [Run("* * *")] if kind == "break" else _runs(text)))
    return pieces


def written(story: Story, rng: random.Random) -> tuple[bytes, str]:
    """A whole story with its header as docx, odt, rtf or EPUB, and the ending of its file's name."""
    suffix = rng.choice(("docx", "odt", "rtf", "epub"))
    header = [Piece("label", [Run(value)], label=label) for label, value in labels(story)]
    layout = {"docx": Docx, "odt": Odt, "rtf": Rtf, "epub": Docx}[suffix]()
    data = bound(layout, [*header, *pieces_of(story.chapters, heading)], rng)
    if suffix == "epub":
        data = epub.write(reading.read([(data, "story.docx")]).works[0], identifier="work-1")
    return data, suffix


def _runs(text: str) -> list[Run]:
    runs = []
    for number, part in enumerate(text.replace(END_EM, EM).split(EM)):
        if part:
            runs.append(Run(part, "em" if number % 2 else ""))
    return runs
