"""Markdown: `#` for the title, `##` for chapters, `*` for stress, `>` for what is quoted."""

from __future__ import annotations

import random

from bench.forge import compose
from bench.forge.layouts.chunk import Chunk
from bench.forge.pieces import Piece
from bench.forge.sheet import Sheet
from bench.forge.stories import Story


class Markdown:
    """A story as somebody writes it in an editor for Markdown, or as a converter does."""

    family, suffix = "markdown", ".md"

    def lay(self, story: Story, rng: random.Random) -> Sheet:
        sheet = compose.sheet_of(story, rng, name=f"{story.title.lower().replace(' ', '-')}.md")
        self.sign = rng.choice("*_")
        self.rule = rng.choice(["* * *", "---", "***", "\\* \\* \\*"])
        for place in sheet.places("break"):
            sheet.pieces[place].text = "* * *" if "\\" in self.rule else ""  # a rule has no letters of its own
        return sheet

    def write(self, sheet: Sheet, rng: random.Random) -> list[Chunk]:
        return [Chunk(one, self._lines(one)) for one in sheet.pieces]

    def _lines(self, one: Piece) -> list[str]:
        marks = {"em": self.sign, "strong": self.sign * 2, "": ""}
        lines = "".join(f"{marks[run.mark]}{run.text}{marks[run.mark]}" for run in one.runs).split("\n")
        match one.kind:
            case "title":
                return [f"# {one.text}"]
            case "heading":
                return [f"## {one.text}"]
            case "label":
                return [f"**{one.label}:** {lines[0]}", *lines[1:]]
            case "break":
                return [self.rule]
            case "verse" | "quote":
                return [f"> {line}  " for line in lines[:-1]] + [f"> {lines[-1]}"]
        return lines

    def bind(self, sheet: Sheet, chunks: list[Chunk], rng: random.Random) -> str:
        return "\n\n".join("\n".join(chunk.lines) for chunk in chunks) + "\n"
