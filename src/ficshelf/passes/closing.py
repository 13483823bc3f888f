"""Where the story ends: what is still open at the foot of a chapter is weighed line by line, and cut once.

The passes before settle what has a form of its own: endings, labelled notes, the words of known sites. What they leave
at the foot is told, but where the signs of its lines together say otherwise (`closing_signs`): then the lines below the
best cut are the site's or the author's, as their own signs say. The weights are fitted to pages whose lines are known
(`python -m bench.pages.closings`); a line that looks told stops all that is not very sure.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from ficshelf.model import Draft, Node
from ficshelf.passes import chapter_edges
from ficshelf.passes import closing_signs as signs
from ficshelf.passes.chapter_edges import TOLD
from ficshelf.passes.notes import chapters

MOST = 60  # nodes of a chapter's end that are looked at
LINES = 40  # open lines among them
SURE = 0.85  # how likely it has to be that the story ends at the cut or above it
LOUD = 1.0  # what a line weighs that does not look told
_COMPANY = 2  # lines that surely are not told above each that looks told, before it may stand below the story
_TOLD_LINES = 2  # such lines one above the other are the story's

_WEIGHTS = chapter_edges.weights("closing.toml", signs.OF_A_LINE, signs.OF_A_CUT)


def apply(draft: Draft) -> Draft:
    """Settle the lines below the story, at the foot of each chapter, that no other pass has settled."""
    nodes = draft.nodes
    called = chapter_edges.called_by(draft)
    found: list[tuple[int, str]] = []
    for start, end in feet(nodes):
        below = _below(nodes, start, end, *called)
        for line, kind in zip(below, chapter_edges.kinds(below, _WEIGHTS.site, _WEIGHTS.site_base), strict=True):
            found.append((line.place, "end" if signs.is_ending(nodes[line.place].text) else kind))
    return chapter_edges.settle(draft, found)


def feet(nodes: Sequence[Node]) -> list[tuple[int, int]]:
    """Where each chapter begins and ends at whose foot something may stand; what stands above the first heading is for
    `opening` to weigh."""
    parts = chapters(nodes)
    return parts[1:] if len(parts) > 1 and nodes[0].kind != "heading" and not nodes[parts[0][1]].page else parts


def _below(nodes: Sequence[Node], start: int, end: int, author: str, title: str) -> list[signs.Seen]:
    """The open lines below the story of one chapter, the last first."""
    if not signs.tells(nodes, start, end, 2 * MOST):
        return []
    story = signs.Story(nodes, start, end, author, title)

    def of_cut(below: signs.Seen, above: signs.Seen) -> tuple[float, ...]:
        return signs.of_cut(nodes, above.place, below.place, start, end, story)

    lines = signs.lines(nodes, start, end, story, MOST, _is_told)
    seen, told, cuts = chapter_edges.weigh(lines, of_cut, _WEIGHTS, LINES)
    found = best(told, cuts)
    if not found or found == LINES or not signs.tells(nodes, start, seen[found - 1].place):
        return []
    return seen[:found]


def _is_told(own: signs.Own) -> bool:
    return chapter_edges.is_told(own, _WEIGHTS, signs.UNCOMPARED)


def best(told: Sequence[float], cuts: Sequence[float]) -> int:
    """How many lines stand below the story, given what each of them weighs and what each cut does: the most of which it
    is sure that the story ends there or higher up."""
    most = max(cuts)
    likely = [math.exp(weight - most) for weight in cuts]
    rest = whole = sum(likely)
    found = needed = 0
    for count in range(1, len(cuts)):
        rest -= likely[count - 1]
        if told[count - 1] < TOLD:
            needed += _COMPANY
            if needed > _COMPANY * _TOLD_LINES:
                break
        elif told[count - 1] > LOUD:
            needed = max(0, needed - 1)
        if rest >= SURE * whole and not needed:
            found = count
    return found
