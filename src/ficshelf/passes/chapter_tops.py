"""Where a chapter's story begins: what is still open on top of it is weighed line by line, and cut once.

The passes before settle what has a form of its own: labelled notes, greetings, what the author's words tell for sure;
of the top of a whole text, `opening` settles what belongs to its header. What they leave below a heading, or below the
header of a text without one, is told, but where the signs of its lines together say otherwise (`chapter_top_signs`):
then the lines above the best cut are the author's. The weights are fitted to pages whose lines are known (`python -m
bench.pages.beginnings`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from ficshelf.model import Draft, Node
from ficshelf.passes import chapter_edges
from ficshelf.passes import chapter_top_signs as signs
from ficshelf.passes.chapter_edges import TOLD
from ficshelf.passes.closing_signs import OPEN, Own, Seen, tells
from ficshelf.passes.notes import chapters

MOST = 24  # nodes of a chapter's top that are looked at
LINES = 12  # open lines among them
_HEADER = 60  # nodes on top of a text among which its header is
SURE = 0.8  # how likely it has to be that the story begins at the cut or below it
_SPEAKING = [
    signs.OF_A_LINE.index(name)
    for name in ("i", "you", "exclaims", "thanks", "label", "face", "marks", "address", "site")
]

_WEIGHTS = chapter_edges.weights("chapter_tops.toml", signs.OF_A_LINE, signs.OF_A_CUT)


def apply(draft: Draft) -> Draft:
    """Settle the lines above the story of each chapter that no other pass has settled."""
    called = chapter_edges.called_by(draft)
    found: list[tuple[int, str]] = []
    for start, end in tops(draft.nodes):
        above = _above(draft.nodes, start, end, *called)
        kinds = chapter_edges.kinds(above, _WEIGHTS.site, _WEIGHTS.site_base)
        found += zip((line.place for line in above), kinds, strict=True)
    return chapter_edges.settle(draft, found)


def tops(nodes: Sequence[Node]) -> list[tuple[int, int]]:
    """Where each chapter begins and ends that a heading opens, and a text that none opens, below its header."""
    found = [(start, end) for start, end in chapters(nodes) if start < end and nodes[start].kind == "heading"]
    return [*_headless(nodes), *found]


def _headless(nodes: Sequence[Node]) -> list[tuple[int, int]]:
    if not nodes or nodes[0].kind == "heading":
        return []
    end = chapters(nodes)[0][1]
    header = [place for place in range(min(end, _HEADER)) if nodes[place].kind == "fact"]
    return [(header[-1], end)] if header else []


def _above(nodes: Sequence[Node], start: int, end: int, author: str, title: str) -> list[Seen]:
    """The open lines above the story of one chapter."""
    open_ones = (node for node in nodes[start : min(end, start + MOST)] if node.kind in OPEN and node.text)
    first = next(open_ones, None)
    if first is None or signs.is_only_told(first.text):
        return []  # most chapters
    story = signs.Below(nodes, start, end, author, title)

    def of_cut(above: Seen, below: Seen) -> tuple[float, ...]:
        return signs.of_cut(nodes, above.place, below.place, start, end, story)

    lines = signs.lines(nodes, start, end, story, MOST, _is_told)
    seen, told, cuts = chapter_edges.weigh(lines, of_cut, _WEIGHTS, LINES)
    found = best(told, cuts)
    found = next((at for at, line in enumerate(seen[:found]) if signs.is_only_told(nodes[line.place].text)), found)
    while found and told[found - 1] < 0:
        found -= 1
    if not any(map(_speaks, seen[:found])):
        return []
    if found == LINES or not tells(nodes, seen[found - 1].place + 1, end, 2 * MOST):
        return []
    return seen[:found]


def _speaks(line: Seen) -> bool:
    """Whether somebody speaks in a line: without an I, a you, thanks, a label or an address it may as well be told."""
    return any(line.signs[at] for at in _SPEAKING)


def _is_told(own: Own) -> bool:
    return chapter_edges.is_told(own, _WEIGHTS, signs.UNCOMPARED)


def best(told: Sequence[float], cuts: Sequence[float]) -> int:
    """How many lines stand above the story, given what each of them weighs and what each cut does: the most of which it
    is sure that the story begins there or further down. None of them looks told."""
    most = max(cuts)
    likely = [math.exp(weight - most) for weight in cuts]
    rest = whole = sum(likely)
    found = 0
    for count in range(1, len(cuts)):
        rest -= likely[count - 1]
        if told[count - 1] < TOLD:
            break
        if rest >= SURE * whole:
            found = count
    return found
