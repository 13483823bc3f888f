"""The candidates of a question as a terminal shows them: side by side, or one below the other where it is narrow."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ficshelf.library.evidence import Side

NARROW = 72  # columns; on a narrower terminal two candidates stand one below the other
GAP = "  │  "
AROUND = 14  # lines of a screen that the question and its answers take


def candidates(sides: Sequence[Side], width: int) -> Iterator[str]:
    """The candidates side by side, with as many stretches of their texts as the screen has room for."""
    room = shutil.get_terminal_size((80, 24)).lines - AROUND
    most = max((len(side.stretches) for side in sides), default=0)
    lines: list[str] = []
    for count in range(most, min(most, 1) - 1, -1):
        columns = [list(_side(side._replace(stretches=side.stretches[:count]), len(sides) > 1)) for side in sides]
        lines = list(_beside(columns, width))
        if len(lines) <= room:
            break
    yield from lines
    stretches = [one for side in sides for one in side.stretches]
    marks = ["= in both", "> only in this one"] if any(one.is_common for one in stretches) else []
    if any(is_own for one in stretches for _, is_own in one.pieces):
        marks.append("[words] that differ")
    if marks:
        yield "   ".join(marks)


def _beside(columns: list[list[str]], width: int) -> Iterator[str]:
    """Texts side by side, or one below the other where there is no room."""
    if len(columns) < 2 or width < NARROW:
        for number, column in enumerate(columns):
            if number:
                yield "-" * min(width, 20)
            for line in column:
                yield filled(line, width, "  ")
        return
    each = (width - len(GAP) * (len(columns) - 1)) // len(columns)
    wrapped = [[part for line in column for part in (filled(line, each, "  ")).split("\n")] for column in columns]
    for row in zip_longest(*wrapped, fillvalue=""):
        yield GAP.join(cell.ljust(each) for cell in row).rstrip()


def _side(side: Side, is_one_of_two: bool) -> Iterator[str]:
    from ficshelf.library.places import shown

    yield f"{'perhaps ' if side.is_guess and side.work else ''}“{shown(side.title)}”" + (
        f" by {shown(side.by)}" if side.by else ""
    )
    yield ", ".join(map(shown, side.known))
    if side.files:
        yield "from " + ", ".join(map(shown, side.files))
    for stretch in side.stretches:
        mark = "  " if not is_one_of_two else "· " if not side.work else "= " if stretch.is_common else "> "
        said = "".join(f"[{shown(text)}]" if is_own else shown(text) for text, is_own in stretch.pieces)
        yield f"{mark}{said or shown(stretch.text)}"


def filled(text: str, width: int, indent: str = "") -> str:
    """The text in lines of that width, all but the first one indented."""
    return textwrap.fill(text, max(width, 20), subsequent_indent=indent, break_on_hyphens=False)
