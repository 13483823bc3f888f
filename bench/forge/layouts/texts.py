"""Plain texts: with blank lines, hard-wrapped, and without blank lines."""

from __future__ import annotations

import random
import textwrap

from bench.forge import compose
from bench.forge.layouts.chunk import Chunk
from bench.forge.pieces import Piece, Run
from bench.forge.sheet import Sheet, Style
from bench.forge.stories import Story


def typed(one: Piece, style: Style) -> str:
    """The words of a piece with its stress as signs."""
    opens, closes = style.emphasis
    double = (opens * 2, closes * 2) if opens in "*_" else (opens, closes)
    signs = {"em": (opens, closes), "strong": double, "": ("", "")}
    return "".join(f"{signs[run.mark][0]}{run.text}{signs[run.mark][1]}" for run in one.runs)


def lines_of(one: Piece, style: Style) -> list[str]:
    """A piece as lines of text."""
    if one.kind == "label":
        value = one.text
        if style.value_below:
            return [style.label.format(label=one.label, value="").rstrip(), *value.split("\n")]
        return style.label.format(label=one.label, value=value).split("\n")
    lines = typed(one, style).split("\n")
    if one.kind == "verse":
        lines = [style.verse_indent + line for line in lines]
    elif one.kind == "paragraph" and style.indent:
        lines[0] = style.indent + lines[0]
    return lines


def fence(one: Piece, style: Style) -> None:
    """Put each line of verse between signs. They stay, but for the stars of stress."""
    lines = one.text.split("\n")
    if style.verse == "*":
        one.runs = [run for line in lines for run in (Run(line, "em"), Run("\n"))][:-1]
    else:
        one.text = "\n".join(f"{style.verse}{line}{style.verse}" for line in lines)


class Spaced:
    """Text as an editor saves it: a line a paragraph, a blank line between two."""

    family, suffix = "text", ".txt"
    wrap = 0

    def lay(self, story: Story, rng: random.Random) -> Sheet:
        sheet = compose.sheet_of(story, rng)
        sheet.style.emphasis = rng.choice([("*", "*"), ("_", "_")])
        return sheet

    def write(self, sheet: Sheet, rng: random.Random) -> list[Chunk]:
        style = sheet.style
        chunks: list[Chunk] = []
        before = ""
        for one in sheet.pieces:
            if one.kind == "verse" and style.verse:
                fence(one, style)
            gap = style.gap
            if one.tight or not chunks:
                gap = 0
            elif one.kind == "label" and before == "label":
                gap = style.label_gap
            elif one.kind != "paragraph" or before != "paragraph":
                gap = max(gap, 1)
            lines = lines_of(one, style)
            if self.wrap and one.kind not in ("verse", "heading", "break"):
                lines = self.wrapped(one, lines)
            chunks.append(Chunk(one, lines, gap))
            before = one.kind
        return chunks

    def wrapped(self, one: Piece, lines: list[str]) -> list[str]:
        return [
            row
            for line in lines
            for row in (
                textwrap.wrap(line, self.wrap, drop_whitespace=True, break_long_words=False, break_on_hyphens=False)
                or [""]
            )
        ]

    def bind(self, sheet: Sheet, chunks: list[Chunk], rng: random.Random) -> str:
        return "".join("\n" * chunk.gap + "\n".join(chunk.lines) + "\n" for chunk in chunks)


class Wrapped(Spaced):
    """Hard-wrapped text: indents instead of blank lines, or both."""

    wrap = 72

    def lay(self, story: Story, rng: random.Random) -> Sheet:
        sheet = super().lay(story, rng)
        self.wrap = rng.choice([65, 70, 72, 72, 76])
        if rng.random() < 0.6:
            sheet.style.indent = rng.choice(["\t", "    ", "   ", "     "])
            sheet.style.gap = rng.choice([0, 0, 1])
        return sheet

    def write(self, sheet: Sheet, rng: random.Random) -> list[Chunk]:
        for one in sheet.pieces:
            lines = one.text.split("\n")
            fits = len(lines) == 2 and lines[1][:1].islower() and max(map(len, lines)) <= self.wrap + 3
            if one.kind == "verse" and fits and not sheet.style.verse and not sheet.style.verse_indent:
                one.also |= {"paragraph"}  # two lines of one sentence look as if the width had cut them
        return super().write(sheet, rng)

    def wrapped(self, one: Piece, lines: list[str]) -> list[str]:
        if not lines[0].startswith("\t"):
            return super().wrapped(one, lines)
        rows = super().wrapped(one, ["    " + lines[0].lstrip(), *lines[1:]])
        return ["\t" + rows[0].lstrip(), *rows[1:]]


class Unspaced(Spaced):
    """A line a paragraph and no blank lines between them, as a copy from a page leaves it."""

    def lay(self, story: Story, rng: random.Random) -> Sheet:
        sheet = super().lay(story, rng)
        sheet.style.gap = 0
        sheet.style.indent = rng.choice(["", "", "\t", "   ", "\xa0\xa0\xa0"])
        sign = rng.choice(["~", "//", "*", "indent"])  # verse among lines needs a sign to be known
        if sign == "indent":
            sheet.style.verse_indent = "\t\t" if sheet.style.indent else "        "
        else:
            sheet.style.verse = sign
        return sheet
