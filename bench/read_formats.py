"""Reading books and word processors' files of 20,000 words, against programs that make mere text of them."""

from __future__ import annotations

import random

from bench import peers
from bench.forge.layouts.documents import Document, Docx, Odt
from bench.forge.pieces import Piece, Run
from bench.forge.sheet import Sheet
from bench.forge.stories import tell
from bench.measure import Figure, rates
from bench.stories import EM, END_EM, Chapter, Storyteller
from ficshelf import reading
from ficshelf.writers import epub

WORKS = 12
WORDS = 20_000


def run() -> list[Figure]:
    teller = Storyteller(1)
    stories = [_pieces(teller.story(number, WORDS, 3_000).chapters) for number in range(WORKS)]
    docx = [(_document(Docx(), pieces), "story.docx") for pieces in stories]
    odt = [(_document(Odt(), pieces), "story.odt") for pieces in stories]
    books = [(epub.write(reading.read([file]).works[0], identifier="work-1"), "story.epub") for file in docx]
    return [
        _figure("read docx", docx, 20),
        *peers.figures(["mammoth", "python-docx", "pandoc"], docx, "works/s"),
        _figure("read odt", odt, 20),
        *peers.figures(["pandoc"], odt, "works/s"),
        _figure("read EPUB", books, 50),
        *peers.figures(["pandoc", "calibre's ebook-convert"], books, "works/s"),
    ]


def _figure(what: str, files: list[tuple[bytes, str]], at_least: float) -> Figure:
    return Figure(what, rates(len(files), lambda file: reading.read([file]), files), "works/s", at_least=at_least)


def _document(layout: Document, pieces: list[Piece]) -> bytes:
    rng = random.Random(1)
    story = tell(rng)
    layout.lay(story, rng)
    sheet = Sheet(story, pieces)
    return layout.bind(sheet, layout.write(sheet, rng), rng)


def _pieces(chapters: list[Chapter]) -> list[Piece]:
    pieces = []
    for chapter in chapters:
        pieces.append(Piece("heading", [Run(f"Chapter {chapter.number}")]))
        for kind, text in chapter.blocks:
            pieces.append(Piece(kind, [Run("* * *")] if kind == "break" else _runs(text)))
    return pieces


def _runs(text: str) -> list[Run]:
    runs = []
    for number, part in enumerate(text.replace(END_EM, EM).split(EM)):
        if part:
            runs.append(Run(part, "em" if number % 2 else ""))
    return runs
