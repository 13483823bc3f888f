"""Where a chapter's story begins: what is still open below its heading is weighed line by line, and cut once.

The passes before settle what has a form of its own: labelled notes, greetings, what the author's words tell for sure.
What they leave below a heading is told, but where the signs of its lines together say otherwise (`chapter_top_signs`):
then the lines above the best cut are the author's. The weights are fitted to pages whose lines are known (`python -m
bench.pages.beginnings`). The top of a whole text, with its header, is weighed by `opening`.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from importlib import resources

from ficshelf.model import Chrome, Draft, Node
from ficshelf.passes import chapter_top_signs as signs
from ficshelf.passes import closing
from ficshelf.passes.closing_signs import COMPARED, OPEN, Own, Seen, tells
from ficshelf.passes.notes import chapters

MOST = 24  # nodes of a chapter's top that are looked at
LINES = 12  # open lines among them
SURE = 0.9  # how likely it has to be that the story begins at the cut or below it
TOLD = -1.5  # what a line weighs that looks told
_KNOWN_OF_TOLD = 1.0  # what other passes know of a line that looks told has never weighed more than this
_OUT_OF_REACH = 12.0  # how much less than the best a cut weighs that need not be looked at

_TABLE = tomllib.loads(resources.files(__package__).joinpath("chapter_tops.toml").read_text("utf-8"))
_OF_A_LINE: tuple[float, ...] = tuple(_TABLE["line"].get(name, 0.0) for name in signs.OF_A_LINE)
_MOST_COMPARED = sum(max(_TABLE["line"].get(name, 0.0), 0.0) for name in COMPARED)
_SPEAKING = [
    signs.OF_A_LINE.index(name)
    for name in ("i", "you", "exclaims", "thanks", "label", "face", "marks", "address", "site")
]
_OF_A_SITE: tuple[float, ...] = tuple(_TABLE["site"].get(name, 0.0) for name in signs.OF_A_LINE)
_SITE_BASE: float = _TABLE["site"]["base"]
_OF_A_CUT: tuple[float, ...] = tuple(_TABLE["cut"].get(name, 0.0) for name in signs.OF_A_CUT)


def apply(draft: Draft) -> Draft:
    """Settle the lines above the story of each chapter that no other pass has settled."""
    nodes = list(draft.nodes)
    called = closing.called_by(draft)
    chrome: list[Chrome] = []
    for start, end in tops(nodes):
        above = _above(nodes, start, end, *called)
        for line, kind in zip(above, closing.kinds(above, _OF_A_SITE, _SITE_BASE), strict=True):
            nodes[line.place] = nodes[line.place]._replace(kind=kind)
            if kind == "chrome":
                chrome += [Chrome(span, "site's own words") for span in nodes[line.place].spans]
    if nodes == list(draft.nodes):
        return draft
    return draft._replace(nodes=tuple(nodes), chrome=(*draft.chrome, *chrome))


def tops(nodes: Sequence[Node]) -> list[tuple[int, int]]:
    """Where each chapter begins and ends that a heading opens."""
    return [(start, end) for start, end in chapters(nodes) if start < end and nodes[start].kind == "heading"]


def _above(nodes: Sequence[Node], start: int, end: int, author: str, title: str) -> list[Seen]:
    """The open lines above the story of one chapter."""
    open_ones = (node for node in nodes[start : min(end, start + MOST)] if node.kind in OPEN and node.text)
    first = next(open_ones, None)
    if first is None or signs.is_only_told(first.text):
        return []  # most chapters
    story = signs.Below(nodes, start, end, author, title)
    seen: list[Seen] = []
    told: list[float] = []  # what each of them weighs
    cuts = [0.0]  # what a cut below so many of them weighs
    total = 0.0
    for line in signs.lines(nodes, start, end, story, MOST, _is_told):
        if seen:
            at = signs.of_cut(nodes, seen[-1].place, line.place, start, end, story)
            cuts.append(total + _sum(at, _OF_A_CUT))
        weight = _sum(line.signs, _OF_A_LINE)
        if (not seen and weight < TOLD) or total + weight < max(cuts) - _OUT_OF_REACH or len(seen) == LINES:
            break
        seen.append(line)
        told.append(weight)
        total += weight
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
    """Whether a line looks told by the signs that are found so far, whatever the others are."""
    further = _KNOWN_OF_TOLD + (_MOST_COMPARED if len(own) == signs.UNCOMPARED else 0.0)
    return _sum(own, _OF_A_LINE) + further < TOLD


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


def _sum(found: Sequence[float], weights: Sequence[float]) -> float:
    return sum(map(float.__mul__, found, weights))
