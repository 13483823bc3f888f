"""Where the story ends: what is still open at the foot of a chapter is weighed line by line, and cut once.

The passes before settle what has a form of its own: endings, labelled notes, the words of known sites. What they leave
at the foot is told, but where the signs of its lines together say otherwise (`closing_signs`): then the lines below the
best cut are the site's or the author's, as their own signs say. The weights are fitted to pages whose lines are known
(`python -m bench.pages.closings`); a line that looks told stops all that is not very sure.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from importlib import resources

from ficshelf.model import Chrome, Draft, Node
from ficshelf.passes import closing_signs as signs
from ficshelf.passes.notes import chapters

MOST = 60  # nodes of a chapter's end that are looked at
LINES = 40  # open lines among them
SURE = 0.85  # how likely it has to be that the story ends at the cut or above it
TOLD = -1.5  # what a line weighs that looks told
LOUD = 1.0  # and one that does not
_KNOWN_OF_TOLD = 1.0  # what other passes know of a line that looks told has never weighed more than this
_COMPANY = 2  # lines that surely are not told above each that looks told, before it may stand below the story
_TOLD_LINES = 2  # such lines one above the other are the story's
_OUT_OF_REACH = 12.0  # how much less than the best a cut weighs that need not be looked at
_SITE = 0.7  # what a line below the story weighs that is the site's, and no note

_TABLE = tomllib.loads(resources.files(__package__).joinpath("closing.toml").read_text("utf-8"))
_OF_A_LINE: tuple[float, ...] = tuple(_TABLE["line"][name] for name in signs.OF_A_LINE)
_MOST_COMPARED = sum(max(_TABLE["line"][name], 0.0) for name in signs.COMPARED)
_OF_A_CUT: tuple[float, ...] = tuple(_TABLE["cut"][name] for name in signs.OF_A_CUT)
_OF_A_SITE: tuple[float, ...] = tuple(_TABLE["site"][name] for name in signs.OF_A_LINE)
_SITE_BASE: float = _TABLE["site"]["base"]


def apply(draft: Draft) -> Draft:
    """Settle the lines below the story, at the foot of each chapter, that no other pass has settled."""
    nodes = list(draft.nodes)
    called = called_by(draft)
    chrome: list[Chrome] = []
    for start, end in feet(nodes):
        below = _below(nodes, start, end, *called)
        for line, kind in zip(below, kinds(below, _OF_A_SITE, _SITE_BASE), strict=True):
            node = nodes[line.place]
            if signs.is_ending(node.text):
                kind = "end"
            nodes[line.place] = node._replace(kind=kind)
            if kind == "chrome":
                chrome += [Chrome(span, "site's own words") for span in node.spans]
    if nodes == list(draft.nodes):
        return draft
    return draft._replace(nodes=tuple(nodes), chrome=(*draft.chrome, *chrome))


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
    seen: list[signs.Seen] = []
    told: list[float] = []  # what each of them weighs
    cuts = [0.0]  # what a cut above so many of them weighs
    total = 0.0
    for line in signs.lines(nodes, start, end, story, MOST, _is_told):
        if seen:
            at = signs.of_cut(nodes, line.place, seen[-1].place, start, end, story)
            cuts.append(total + _sum(at, _OF_A_CUT))
        weight = _sum(line.signs, _OF_A_LINE)
        if (not seen and weight < TOLD) or total + weight < max(cuts) - _OUT_OF_REACH or len(seen) == LINES:
            break
        seen.append(line)
        told.append(weight)
        total += weight
    found = best(told, cuts)
    if not found or found == LINES or not signs.tells(nodes, start, seen[found - 1].place):
        return []
    return seen[:found]


def _is_told(own: signs.Own) -> bool:
    """Whether a line looks told by the signs that are found so far, whatever the others are."""
    further = _KNOWN_OF_TOLD + (_MOST_COMPARED if len(own) == signs.UNCOMPARED else 0.0)
    return _sum(own, _OF_A_LINE) + further < TOLD


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


def kinds(below: Sequence[signs.Seen], weights: Sequence[float], base: float) -> list[str]:
    """What each of the lines below the story is, by its own signs and some of those of the lines next to it."""
    own = [base + _sum(line.signs, weights) for line in below]
    found: list[str] = []
    for at, weight in enumerate(own):
        near = [own[beside] for beside in (at - 1, at + 1) if 0 <= beside < len(own)]
        found.append("chrome" if weight + sum(near) / 4 > _SITE else "note")
    return found


def called_by(draft: Draft) -> tuple[str, str]:
    """The author's name and the story's title; "" where they are not known."""
    author, title = (next((str(fact.value) for fact in draft.facts.get(name, ())), "") for name in ("author", "title"))
    return author, title


def _sum(found: Sequence[float], weights: Sequence[float]) -> float:
    return sum(map(float.__mul__, found, weights))
