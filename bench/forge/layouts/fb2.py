"""FictionBook: facts in its description, a section a chapter, poems and citations by name."""

from __future__ import annotations

import random

from bench.forge import compose
from bench.forge.layouts.chunk import Chunk
from bench.forge.layouts.markup import by_chapter, escape
from bench.forge.pieces import Piece, piece
from bench.forge.sheet import Sheet
from bench.forge.stories import Story


def _lines_apart(one: Piece) -> list[Piece]:
    """The format knows no line breaks: each line of a citation is a paragraph of it."""
    return [piece("quote", line, role=one.role) for line in one.text.split("\n")] if one.kind == "quote" else [one]


class FictionBook:
    """One XML file."""

    family, suffix = "package", ".fb2"

    def lay(self, story: Story, rng: random.Random) -> Sheet:
        sheet = compose.sheet_of(story, rng, headed=False, name=f"{story.title}.fb2")
        sheet.facts = [("title", story.title), ("author", story.author), ("summary", story.summary)]
        self.series = rng.random() < 0.3
        if self.series:
            sheet.facts.append(("series", story.series))
        sheet.free |= {"language", "genre", "published", "part", "tag"}
        for place in sheet.places("heading"):
            sheet.pieces[place].page = True
        sheet.pieces = [part for one in sheet.pieces for part in _lines_apart(one)]
        return sheet

    def write(self, sheet: Sheet, rng: random.Random) -> list[Chunk]:
        return [Chunk(one, [self._element(one)]) for one in sheet.pieces]

    def _element(self, one: Piece) -> str:
        said = "".join(
            {"em": f"<emphasis>{escape(run.text)}</emphasis>", "strong": f"<strong>{escape(run.text)}</strong>"}.get(
                run.mark, escape(run.text)
            )
            for run in one.runs
        )
        lines = said.split("\n")
        match one.kind:
            case "heading":
                return f"<title><p>{said}</p></title>"
            case "break":
                return f"<subtitle>{said}</subtitle>" if said else "<empty-line/>"
            case "verse":
                return f"<poem><stanza>{''.join(f'<v>{line}</v>' for line in lines)}</stanza></poem>"
            case "quote":
                return f"<cite>{''.join(f'<p>{line}</p>' for line in lines)}</cite>"
        return f"<p>{said}</p>"

    def bind(self, sheet: Sheet, chunks: list[Chunk], rng: random.Random) -> bytes:
        story = sheet.story
        sections = "".join(
            f"<section>{''.join(line for chunk in group for line in chunk.lines)}</section>\n"
            for group in by_chapter(chunks)
        )
        series = f'<sequence name="{escape(story.series)}"/>' if self.series else ""
        return f"""<?xml version="1.0" encoding="utf-8"?>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" xmlns:l="http://www.w3.org/1999/xlink">
<description><title-info><genre>fanfiction</genre><author><nickname>{escape(story.author)}</nickname></author>
<book-title>{escape(story.title)}</book-title><annotation><p>{escape(story.summary)}</p></annotation>
<lang>{story.code}</lang>{series}</title-info>
<document-info><author><nickname>converter</nickname></author><program-used>by hand</program-used></document-info></description>
<body>
{sections}</body>
</FictionBook>
""".encode()
