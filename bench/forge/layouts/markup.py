"""What all layouts in markup share: how pieces become elements."""

from __future__ import annotations

import html
import random

from bench.forge import compose
from bench.forge.layouts.chunk import Chunk
from bench.forge.pieces import Piece
from bench.forge.sheet import Sheet
from bench.forge.stories import Story


def escape(text: str) -> str:
    return html.escape(text, quote=False)


def inline(one: Piece, em: str = "em", strong: str = "strong") -> list[str]:
    """The lines of a piece with its stress as tags."""
    tags = {"em": em, "strong": strong}
    said = "".join(
        f"<{tags[run.mark]}>{escape(run.text)}</{tags[run.mark]}>" if run.mark else escape(run.text) for run in one.runs
    )
    return said.split("\n")


def closed(chunk: Chunk, line_end: str = "<br>\n") -> str:
    """A chunk as one element."""
    return f"{chunk.before}{line_end.join(chunk.lines)}{chunk.after}"


def by_chapter(chunks: list[Chunk]) -> list[list[Chunk]]:
    """The chunks in groups, each of which a heading opens."""
    groups: list[list[Chunk]] = [[]]
    for chunk in chunks:
        if chunk.piece.kind == "heading" and any(other.piece.kind != "heading" for other in groups[-1]):
            groups.append([])
        groups[-1].append(chunk)
    return groups


class Markup:
    """A page: paragraphs in elements. Subclasses add what stands around them."""

    family, suffix = "markup", ".html"
    em, strong = "em", "strong"
    verse = ("<blockquote><p>", "</p></blockquote>")
    quote = ("<blockquote><p>", "</p></blockquote>")
    rule = "<hr>"
    headed = False  # whether the author's own header stands in the text

    def lay(self, story: Story, rng: random.Random) -> Sheet:
        return compose.sheet_of(story, rng, headed=self.headed, name=f"story{self.suffix}")

    def write(self, sheet: Sheet, rng: random.Random) -> list[Chunk]:
        return [self.chunk(one, sheet, rng) for one in sheet.pieces]

    def chunk(self, one: Piece, sheet: Sheet, rng: random.Random) -> Chunk:
        lines = inline(one, self.em, self.strong)
        if one.kind == "break" and not one.text:
            return Chunk(one, [self.rule])
        if one.kind == "verse":
            return Chunk(one, lines, 1, *self.verse)
        if one.kind == "quote":
            return Chunk(one, lines, 1, *self.quote)
        if one.kind == "label":
            return Chunk(
                one, [f"<b>{escape(one.label)}:</b> {line}" if not n else line for n, line in enumerate(lines)]
            )
        if one.kind == "heading":
            return Chunk(one, lines, 1, "<h2>", "</h2>")
        if one.kind == "break":
            return Chunk(one, lines, 1, '<p align="center">', "</p>")
        return Chunk(one, lines, 1, "<p>", "</p>")
