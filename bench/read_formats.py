"""Reading books and word processors' files of 20,000 words, against programs that make mere text of them."""

from __future__ import annotations

import random

from bench import peers
from bench.documents import bound, pieces_of
from bench.forge.layouts.documents import Docx, Odt
from bench.measure import Figure, rates
from bench.stories import Storyteller
from ficshelf import reading
from ficshelf.writers import epub

WORKS = 12
WORDS = 20_000


def run() -> list[Figure]:
    teller = Storyteller(1)
    told = [teller.story(number, WORDS, 3_000).chapters for number in range(WORKS)]
    stories = [pieces_of(chapters, lambda chapter: f"Chapter {chapter.number}") for chapters in told]
    docx = [(bound(Docx(), pieces, random.Random(1)), "story.docx") for pieces in stories]
    odt = [(bound(Odt(), pieces, random.Random(1)), "story.odt") for pieces in stories]
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
