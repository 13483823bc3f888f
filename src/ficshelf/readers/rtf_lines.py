"""The lines of a Rich Text: paragraphs, rows of tables, and the notes and text boxes that stand within a line."""

from __future__ import annotations

import re
from typing import NamedTuple

from ficshelf.model import Run
from ficshelf.readers.document import Document, Paragraph


class State(NamedTuple):
    """What a group inherits and gives back when it ends. `within` names the destination; "" is the story."""

    within: str = ""
    mask: int = 0
    codec: str = ""  # of the font; "" for the file's own
    fallback: int = 1  # characters that stand after each \\u for readers that do not know it
    link: str = ""
    is_deleted: bool = False
    centred: bool = False
    indent: int = 0
    style: int = 0
    level: int = 0  # of the outline, from 1; 0 for text
    listed: bool = False
    in_table: bool = False


PLAIN = State()
_NUMBER = re.compile(r"\s*\(?(?:\d{1,4}|(?:[ivxlcdmIVXLCDM]{1,8}|[a-zA-Z])[.):\]])[.):\]-]?\s*$")  # Word's bullets: o


class _Outer(NamedTuple):
    """What waits while a note or a text box is read: the group it is, the line around it, and where its own go."""

    depth: int
    runs: list[Run]
    cells: list[list[Run]]
    into: list[Paragraph]


class Lines(Document):
    """Gathers the runs of a line until it ends."""

    def __init__(self) -> None:
        super().__init__()
        self.styles: dict[int, str] = {}
        self.runs: list[Run] = []
        self.cells: list[list[Run]] = []
        self.outer: list[_Outer] = []
        self.noted: list[list[Paragraph]] = []
        self.boxes: list[Paragraph] = []
        self.bullet: list[str] | None = None  # what stands typed before the item of a list

    def end(self, name: str, state: State) -> None:
        """A paragraph, line, cell or row ends."""
        if state.is_deleted and name == "par":
            return
        if name in ("line", "lbr"):
            self.runs.append(Run("\n"))
        elif name == "page" and not self.outer:
            self.runs.append(Run("\f"))
        elif name == "cell":
            self.cells.append(self.runs)
            self.runs = []
        elif name == "row":
            self._end_row()
        elif name in ("nestcell", "nestrow") or (state.in_table and name in ("par", "sect")):
            self.runs.append(Run(" "))
        elif name in ("par", "sect"):
            self._end_row()
            self._paragraph(state)

    def _end_row(self) -> None:
        cells, self.cells = self.cells, []
        if not cells:
            return
        if self.outer or len(cells) == 1:
            for cell in cells:
                self._put(Paragraph(cell))
        else:
            self.row(cells)

    def _paragraph(self, state: State) -> None:
        runs, self.runs = self.runs, []
        hint = f"h{min(6, state.level)}" if state.level else self.styles.get(state.style, "") or "p"
        detail = ""
        if hint == "p" and (state.listed or self.bullet is not None):
            hint = "li"
            detail = "ordered" if _NUMBER.match("".join(self.bullet or ())) else ""
        elif hint == "p" and state.centred:
            hint = "center"
        self.bullet = None
        if hint[0] == "h" or hint == "title":  # their boldness is the style's, which is written out in each
            runs = [run._replace(marks=tuple(mark for mark in run.marks if mark != "strong")) for run in runs]
        self._put(Paragraph(runs, hint, state.indent if hint == "p" else 0, detail))

    def _put(self, made: Paragraph) -> None:
        if self.outer:
            self.outer[-1].into.append(made)
            return
        self.paragraph(*made)
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self.paragraph(*box)

    def open_outer(self, depth: int, *, is_note: bool) -> None:
        """A note or a text box begins, in the group of that depth."""
        if is_note:
            self.noted.append([])
        self.outer.append(_Outer(depth, self.runs, self.cells, self.noted[-1] if is_note else self.boxes))
        self.runs, self.cells = [], []

    def close_outer(self, depth: int) -> None:
        """End the notes and text boxes whose groups have ended, so that `depth` are left."""
        while self.outer and self.outer[-1].depth > depth:
            self._end_row()
            if self.runs:
                self._paragraph(PLAIN)
            outer = self.outer.pop()
            self.runs, self.cells = outer.runs, outer.cells

    def end_document(self, state: State) -> None:
        """What is left, then the notes."""
        self.close_outer(-1)
        self._end_row()
        if self.runs:
            self._paragraph(state)
        self.settle_headings()
        for number, paragraphs in enumerate(self.noted, 1):
            for place, one in enumerate(paragraphs):
                runs = [Run(f"[{number}] "), *one.runs] if place == 0 else one.runs
                self.paragraph(runs, detail="footnote", kind="note")
