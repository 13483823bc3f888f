"""Books as stories: checkouts of Standard Ebooks in the folder that FICSHELF_BOOKS names, where there are any.

Their markup says what is verse, a letter, a stressed word; it is the truth, and layouts write the text as people do.
"""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from bench.forge.pieces import Piece, Run

_XHTML, _EPUB = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/ops}type"
_DC = "{http://purl.org/dc/elements/1.1/}"
_VERSE = ("z3998:verse", "z3998:poem", "z3998:song")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")
LONGEST = 40  # pieces of a chapter: a story is not a book


class Book(NamedTuple):
    """A book's title, author, the names most often in it, and its chapters: (title, pieces)."""

    title: str
    author: str
    cast: list[str]
    chapters: list[tuple[str | None, list[Piece]]]


def folder() -> Path | None:
    named = os.environ.get("FICSHELF_BOOKS")
    return Path(named) if named and Path(named).is_dir() else None


@cache
def books() -> list[Book]:
    """All books there are; none where no folder is named."""
    found = folder()
    return [_book(path) for path in sorted(found.glob("*/src/epub"))] if found else []


def some_chapters(rng: random.Random, book: Book) -> list[tuple[int, str | None, list[Piece]]]:
    """A few chapters that stand together: number, title, pieces."""
    count = rng.choice([1, 2, 2, 3])
    first = rng.randrange(len(book.chapters) - count + 1)
    told = []
    for number, (title, pieces) in enumerate(book.chapters[first : first + count], first + 1):
        end = min(len(pieces), LONGEST)
        while end < len(pieces) and {pieces[end - 1].kind, pieces[end].kind} != {"paragraph"}:
            end += 1
        told.append((number, title, pieces[:end]))
    return told


def _book(path: Path) -> Book:
    package = ElementTree.parse(path / "content.opf").getroot()
    title = next(package.iter(f"{_DC}title")).text or ""
    author = next(package.iter(f"{_DC}creator")).text or ""
    texts = sorted((path / "text").glob("chapter-*.xhtml"), key=lambda one: int(re.findall(r"\d+", one.name)[0]))
    chapters = [_chapter(ElementTree.parse(one).getroot()) for one in texts]
    names = Counter(name for _, pieces in chapters for one in pieces for name in _NAME.findall(one.text))
    return Book(title, author, [name for name, _ in names.most_common(5)], chapters)


def _chapter(page: ElementTree.Element) -> tuple[str | None, list[Piece]]:
    section = next(page.iter(f"{_XHTML}section"))
    title = None
    pieces: list[Piece] = []
    for element in section:
        tag = element.tag.removeprefix(_XHTML)
        if tag == "hgroup":
            title = next((_said(one) for one in element if one.get(_EPUB) == "title"), None)
        elif tag == "p":
            pieces.append(Piece("paragraph", _runs(element)))
        elif tag == "hr":
            pieces.append(Piece("break", [Run("")]))
        elif tag == "blockquote":
            pieces += _quoted(element)
    return title, pieces


def _quoted(quote: ElementTree.Element) -> list[Piece]:
    kind = quote.get(_EPUB) or ""
    verse = any(one in kind for one in _VERSE)
    paragraphs = [one for one in quote.iter(f"{_XHTML}p") if _said(one)]
    if verse:
        return [_stanza(_lines(one)) for one in paragraphs]
    # a letter of many pages reads as a story does
    also = frozenset({"paragraph"}) if len(paragraphs) > 4 else frozenset()
    return [Piece("quote", _runs(one), role="letter", also=also) for one in paragraphs]


def _stanza(lines: str) -> Piece:
    """A stanza; but what is set as one and is an address (`Hearthrug,` `Near the Fender,`) is no verse to a reader."""
    rows = lines.split("\n")
    names = all(word[0] in "(" or word[0].isupper() or word in ("of", "the", "near") for word in lines.split())
    if names and len(rows) > 2 and max(map(len, rows)) <= 40 and sum(row.endswith(",") for row in rows) > 1:
        return Piece("quote", [Run(lines)], role="letter", also=frozenset({"verse"}))
    return Piece("verse", [Run(lines)])


def _said(element: ElementTree.Element) -> str:
    return " ".join(_clean("".join(element.itertext())).split())


def _lines(stanza: ElementTree.Element) -> str:
    return "\n".join(line for line in (_said(one) for one in stanza if one.tag == f"{_XHTML}span") if line)


def _clean(text: str) -> str:
    """Without word joiners and hair spaces, which nobody types."""
    return text.replace("\u2060", "").replace("\u200a", "").replace("\xa0", " ")


def _runs(element: ElementTree.Element) -> list[Run]:
    runs: list[Run] = []

    def walk(one: ElementTree.Element, mark: str) -> None:
        tag = one.tag.removeprefix(_XHTML)
        mark = "em" if tag in ("em", "i") else "strong" if tag in ("b", "strong") else mark
        add(one.text, mark)
        for child in one:
            walk(child, mark)
            add(child.tail, mark)

    def add(text: str | None, mark: str) -> None:
        words = re.sub(r"\s+", " ", _clean(text or ""))
        if runs and runs[-1].mark == mark:
            runs[-1] = Run(runs[-1].text + words, mark)
        elif words:
            runs.append(Run(words, mark))

    walk(element, "")
    if runs:
        runs[0] = runs[0]._replace(text=runs[0].text.lstrip())
        runs[-1] = runs[-1]._replace(text=runs[-1].text.rstrip())
    return [run for run in runs if run.text]
