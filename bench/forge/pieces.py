"""What a story is made of before it is written down: pieces on a sheet. Layouts write them; `truth` reads them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Run(NamedTuple):
    """Words that are stressed alike: "em", "strong" or "" for plain."""

    text: str
    mark: str = ""


STORY = frozenset({"paragraph", "verse", "quote", "list"})
HEADER = frozenset({"label", "title", "byline", "aside"})  # kinds of piece that are no block of the story


@dataclass(slots=True)
class Piece:
    """One thing that stands on the page: a block of the story, or a line of its header.

    `kind` is a kind of block, or one of `HEADER`: "label" (a header line), "title" and "byline" (bare lines on top) and
    "aside" (what is kept apart: chrome). `role` says more: "letter", "sign", "chat", "slug" … Lines of verse and of a
    quote are parted by newlines. What a damage does to a piece it does here, so that the truth follows.
    """

    kind: str
    runs: list[Run]
    role: str = ""
    number: int | None = None  # of a heading
    title: str | None = None  # of a heading
    states: list[tuple[str, str | bool]] = field(default_factory=list)  # the facts that it states
    label: str = ""  # of a header line, as it is spelt
    also: frozenset[str] = frozenset()  # other kinds that careful readers might call it
    free: bool = False  # careful readers differ about it: not scored
    tight: bool = False  # stands right under the piece before it
    page: bool = False  # begins a new page, or file
    opens: bool = False  # begins another story
    centred: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @text.setter
    def text(self, text: str) -> None:
        self.runs = [Run(text)]


def piece(kind: str, text: str, **more: object) -> Piece:
    """A piece of plain text."""
    return Piece(kind, [Run(text)], **more)  # type: ignore[arg-type]


def map_text(one: Piece, change: object) -> bool:
    """Change the text of each run by `change(text) -> text`; whether anything is different now."""
    before = one.runs
    one.runs = [Run(change(run.text), run.mark) for run in before]  # type: ignore[operator]
    return one.runs != before
