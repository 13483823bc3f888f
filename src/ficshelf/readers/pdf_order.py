"""In which order the lines of a PDF's pages are read: columns, large initials, rows, and rules between lines.

The text layer is all lines in that order, furniture too: running heads before the text of their page, feet after it.
Each ends with a line end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ficshelf.model import Chrome, Span
from ficshelf.readers.pdf_measures import Measures
from ficshelf.readers.pdf_pages import Line, Page, Rule

_MOST_INITIALS = 4  # of one page; more are no initials
_MOST_RULES = 40  # of one page; more are a table or a drawing


class Placed(NamedTuple):
    """A line in its place: where it begins in the text layer, its page, and the edges of its column.

    `is_ruled`: a rule is drawn between it and the line before. `is_noted`: it belongs to a note at the foot of the
    page. `flow` is the same for lines that stand in one column of one page.
    """

    line: Line
    start: int
    page: int
    flow: int
    left: float
    right: float
    is_ruled: bool = False
    is_noted: bool = False
    is_centred: bool = False

    @property
    def end(self) -> int:
        """Where it ends in the text layer."""
        return self.start + len(self.line.text)

    @property
    def depth(self) -> float:
        """How far it is set in."""
        return self.line.x0 - self.left


class Layer:
    """The text layer while the pages are put into it, and the lines of the text in their order."""

    def __init__(self, how: Measures) -> None:
        self.how = how
        self.text: list[str] = []
        self.length = 0
        self.placed: list[Placed] = []
        self.chrome: list[Chrome] = []
        self.flow = 0
        self.is_ruled = False

    def page(self, number: int, page: Page, edges: dict[int, str], furniture: set[int]) -> None:
        """Add a page. `edges` says why lines are furniture, `furniture` are the heights of rules that are."""
        top = max((page.lines[place].y for place in range(len(page.lines)) if place not in edges), default=0.0)
        heads = [place for place in edges if page.lines[place].y > top]
        for place in sorted(heads, key=lambda place: -page.lines[place].y):
            self._aside(page.lines[place], edges[place])
        lines = _with_initials([line for place, line in enumerate(page.lines) if place not in edges], self.how)
        drawn = [rule for rule in page.rules if round(rule.y) not in furniture]
        drawn = drawn if len(drawn) <= _MOST_RULES else []
        rules = sorted((rule.y for rule in drawn if _parts(rule, page.lines)), reverse=True)
        noted = _notes(lines, self.how)
        for flow in _flows(lines, self.how, number % 2):
            self.flow += 1
            for line in flow.lines:
                while rules and rules[0] > line.y:
                    self.is_ruled = self.is_ruled or line not in noted
                    rules.pop(0)
                start = self._put(line.text)
                is_noted = line in noted
                ruled = self.is_ruled and not is_noted
                self.placed.append(Placed(line, start, number, self.flow, flow.left, flow.right, ruled, is_noted))
                self.is_ruled = self.is_ruled and is_noted
        self.is_ruled = self.is_ruled or bool(rules and not noted)
        for place in edges:
            if place not in heads:
                self._aside(page.lines[place], edges[place])

    def _put(self, text: str) -> int:
        start = self.length
        self.text += [text, "\n"]
        self.length += len(text) + 1
        return start

    def _aside(self, line: Line, why: str) -> None:
        start = self._put(line.text)
        self.chrome.append(Chrome(Span(start, start + len(line.text)), why))


def repeated_rules(pages: Sequence[Page]) -> set[int]:
    """The heights at which a rule is drawn on page after page: below a running head, above a foot."""
    heights = Counter(height for page in pages for height in {round(rule.y) for rule in page.rules})
    return {height for height, count in heights.items() if count >= 3 and count > len(pages) // 4}


def _parts(rule: Rule, lines: Sequence[Line]) -> bool:
    """Whether a rule parts lines, and does not underline or strike out the words of one."""
    return not any(
        -0.5 * line.size < rule.y - line.y < 0.6 * line.size and min(rule.x1, line.x1) - max(rule.x0, line.x0) > 0
        for line in lines
    )


class _Flow(NamedTuple):
    """Lines that stand below one another, and the edges of their column."""

    lines: list[Line]
    left: float
    right: float


def columns(lines: Sequence[Line], size: float) -> float:
    """Where the second of two columns of a page begins; 0 where there is only one, or where that is not sure."""
    if len(lines) < 20:
        return 0.0
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    starts = Counter(round(line.x0) for line in lines if line.x0 > left + 0.4 * (right - left))
    if not starts or right - left < 20 * size:
        return 0.0
    split = max(starts, key=lambda x: starts[x] + starts[x + 1])
    before = sum(1 for line in lines if line.x1 < split - 0.3 * size)
    behind = sum(1 for line in lines if line.x0 >= split - 2)
    levels = {round(line.y / size) for line in lines if line.x1 < split}
    beside = sum(1 for line in lines if line.x0 >= split - 2 and round(line.y / size) in levels)
    sure = min(before, behind) > 0.25 * len(lines) and before + behind > 0.85 * len(lines) and beside > 0.5 * behind
    return float(split) if sure else 0.0


def _flows(lines: list[Line], how: Measures, parity: int) -> Iterator[_Flow]:
    left, right = how.left[parity], how.right[parity]
    split = columns(lines, how.size)
    if not split:
        yield _Flow(_down(lines, how.size), left, right)
        return
    first = [line for line in lines if line.x1 < split]
    second = [line for line in lines if line.x0 >= split - 2]
    across = [line for line in lines if line.x0 < split - 2 and line.x1 >= split]
    top = max(line.y for line in [*first, *second])
    width = max(line.x1 for line in [*first, *second]) - split
    yield _Flow(_down([line for line in across if line.y > top], how.size), left, split + width)
    yield _Flow(_down(first, how.size), left, max(line.x1 for line in first))
    yield _Flow(_down(second, how.size), split, split + width)
    yield _Flow(_down([line for line in across if line.y <= top], how.size), left, split + width)


def _down(lines: list[Line], size: float) -> list[Line]:
    """Lines from the top down; what stands on one baseline becomes one line."""
    if any(after.y > here.y + 0.5 * size for here, after in pairwise(lines)):
        lines = sorted(lines, key=lambda line: -line.y)
    rows: list[list[Line]] = []
    for line in lines:
        if rows and abs(rows[-1][0].y - line.y) < 0.25 * size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [row[0] if len(row) == 1 else _row(sorted(row, key=lambda line: line.x0)) for row in rows]


def _row(lines: Sequence[Line]) -> Line:
    pieces = list(lines[0].pieces)
    for line in lines[1:]:
        pieces += [("\t", 0), *line.pieces]
    text = "".join([text for text, _ in pieces])
    value = lines[1].x0 if lines[0].text.endswith(":") else 0.0
    return lines[0]._replace(pieces=tuple(pieces), x1=max(line.x1 for line in lines), text=text, value=value)


def _with_initials(lines: list[Line], how: Measures) -> list[Line]:
    """Lines with a large letter that begins a chapter put back before its word; what stands beside it is not set in."""
    initials = [line for line in lines if len(line.text) <= 2 and line.text.isalpha() and line.size > 1.7 * how.size]
    for initial in initials if len(initials) <= _MOST_INITIALS else ():
        beside = [
            place
            for place, line in enumerate(lines)
            if -2 < line.x0 - initial.x1 < 1.5 * how.size
            and initial.y - 0.3 * how.size < line.y < initial.y + initial.size
        ]
        if not beside:
            continue
        first = max(beside, key=lambda place: lines[place].y)
        for place in beside:
            lines[place] = lines[place]._replace(x0=initial.x0)
        whole = lines[first]
        lines[first] = whole._replace(pieces=((initial.text, 0), *whole.pieces), text=initial.text + whole.text)
        lines.remove(initial)
    return lines


def _notes(lines: Sequence[Line], how: Measures) -> set[Line]:
    """The lines of notes at the foot of a page: small ones below all others, the first of which has a number."""
    low = min((line.y for line in lines if line.size > 0.93 * how.size), default=0.0)
    below = [line for line in lines if line.y < low - 0.5 * how.size]
    if not below or len(below) > 0.6 * len(lines):
        return set()
    first = max(below, key=lambda line: (line.y, -line.x0))
    return set(below) if first.text[:1].isdigit() or first.text[:1] in "*†‡[¹²³⁴⁵⁶⁷⁸⁹" else set()
