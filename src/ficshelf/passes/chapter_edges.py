"""How both edges of a chapter are weighed: its foot (`closing`) and its top (`chapter_tops`).

The open lines there are weighed one by one, from the edge towards the story, and so is each cut between two of them;
what stands beyond the best cut is the author's or the site's, as its own signs say.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Sequence
from importlib import resources
from typing import NamedTuple

from ficshelf.model import Chrome, Draft
from ficshelf.passes.closing_signs import COMPARED, Own, Seen

TOLD = -1.5  # what a line weighs that looks told
_KNOWN_OF_TOLD = 1.0  # what other passes know of a line that looks told has never weighed more than this
_OUT_OF_REACH = 12.0  # how much less than the best a cut weighs that need not be looked at
_SITE = 0.7  # what a line beyond the story weighs that is the site's, and no note


class Weights(NamedTuple):
    """What the signs of a line weigh for its standing beyond the story, what those of a cut do, and those of a line
    beyond it for its being the site's; `compared` is the most that what it has in common with the story may add."""

    line: tuple[float, ...]
    cut: tuple[float, ...]
    site: tuple[float, ...]
    site_base: float
    compared: float


def weights(name: str, of_a_line: Sequence[str], of_a_cut: Sequence[str]) -> Weights:
    """The weights in that file of this folder, in the order of the signs; a sign not fitted yet weighs nothing."""
    table = tomllib.loads(resources.files(__package__).joinpath(name).read_text("utf-8"))
    line, cut, site = table["line"], table["cut"], table["site"]
    return Weights(
        tuple(line.get(sign, 0.0) for sign in of_a_line),
        tuple(cut.get(sign, 0.0) for sign in of_a_cut),
        tuple(site.get(sign, 0.0) for sign in of_a_line),
        site["base"],
        sum(max(line.get(sign, 0.0), 0.0) for sign in COMPARED),
    )


def total(signs: Sequence[float], each: Sequence[float]) -> float:
    """What signs weigh together."""
    return sum(map(float.__mul__, signs, each))


def is_told(own: Own, by: Weights, uncompared: int) -> bool:
    """Whether a line looks told by the signs that are found so far, whatever the others are; with `uncompared` signs it
    has not been compared with the story."""
    return total(own, by.line) + _KNOWN_OF_TOLD + (by.compared if len(own) == uncompared else 0.0) < TOLD


class Weighed(NamedTuple):
    """The open lines from the edge towards the story, what each of them weighs, and what each cut does: the one before
    all of them, the one behind the first, …"""

    seen: list[Seen]
    told: list[float]
    cuts: list[float]


def weigh(lines: Iterable[Seen], of_cut: Callable[[Seen, Seen], tuple[float, ...]], by: Weights, most: int) -> Weighed:
    """Weigh at most so many lines, and none beyond which no cut can be a good one any more. `of_cut` has the signs of
    the cut between a line and the next one."""
    seen: list[Seen] = []
    told: list[float] = []
    cuts = [0.0]
    whole = 0.0
    for line in lines:
        if seen:
            cuts.append(whole + total(of_cut(seen[-1], line), by.cut))
        weight = total(line.signs, by.line)
        if (not seen and weight < TOLD) or whole + weight < max(cuts) - _OUT_OF_REACH or len(seen) == most:
            break
        seen.append(line)
        told.append(weight)
        whole += weight
    return Weighed(seen, told, cuts)


def kinds(beyond: Sequence[Seen], each: Sequence[float], base: float) -> list[str]:
    """What each of the lines beyond the story is, by its own signs and some of those of the lines next to it."""
    own = [base + total(line.signs, each) for line in beyond]
    found: list[str] = []
    for at, weight in enumerate(own):
        near = [own[beside] for beside in (at - 1, at + 1) if 0 <= beside < len(own)]
        found.append("chrome" if weight + sum(near) / 4 > _SITE else "note")
    return found


def called_by(draft: Draft) -> tuple[str, str]:
    """The author's name and the story's title; "" where they are not known."""
    author, title = (next((str(fact.value) for fact in draft.facts.get(name, ())), "") for name in ("author", "title"))
    return author, title


def settle(draft: Draft, found: Sequence[tuple[int, str]]) -> Draft:
    """The draft with what was found: the place of each line beyond the story, and what it is."""
    if not found:
        return draft
    nodes = list(draft.nodes)
    chrome: list[Chrome] = []
    for place, kind in found:
        nodes[place] = nodes[place]._replace(kind=kind)
        if kind == "chrome":
            chrome += [Chrome(span, "site's own words") for span in nodes[place].spans]
    return draft._replace(nodes=tuple(nodes), chrome=(*draft.chrome, *chrome))
