"""The edges of chapters whose lines are known, and the weights that are fitted to them: of their feet (`closings`) and
of their tops (`beginnings`).

Each edge is one example, and the cuts between its open lines are the choices. The texts and the states in which each is
there are those of `known`; of those that were opened again, what other passes know of a line's words is left out now
and then.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from bench import fitting
from bench.pages import wording
from bench.pages.known import AS_IT_IS, FORGE, GROUPS, Apply, Known, texts
from ficshelf.passes import chapter_edges, remembered
from ficshelf.passes import wording as of_words
from ficshelf.passes.closing_signs import KNOWN, Seen

_FORGOTTEN = 0.6  # share of the opened ones in which nothing is known of words
_COUNTS = {FORGE: 0.5}
_FOUND = 3.0  # what an example counts in which lines are left to be found, as on pages never seen
_MOST = 25  # lines beyond the story: of more nothing is learnt
_RIDGE, _RIDGE_OF_SITES = 0.5, 3.0


class Edge(NamedTuple):
    """The foot or the top of a chapter: the signs of its open lines from the edge towards the story, those of the cut
    behind each, how many of them stand beyond the story, what each is, and what it says."""

    group: str
    name: str
    state: str
    lines: tuple[tuple[float, ...], ...]
    cuts: tuple[tuple[float, ...], ...]
    beyond: int
    labels: tuple[str, ...]
    texts: tuple[str, ...]
    counts: float


class Fitted(NamedTuple):
    """The weights of a line, of a cut, and of a line beyond the story for a site."""

    line: tuple[float, ...]
    cut: tuple[float, ...]
    site: fitting.Weights


class Side(NamedTuple):
    """One of the two edges: the module that fits its weights, the pass that weighs by them, what finds the edges of a
    text, the names of the signs, what finds the best cut, which lines teach what is a site's, what says how well
    weights do, and what their file says of them."""

    name: str
    weighing: Apply
    of_text: Callable[[Known], Iterator[Edge]]
    of_a_line: tuple[str, ...]
    of_a_cut: tuple[str, ...]
    best: Callable[[Sequence[float], Sequence[float]], int]
    teaches: Callable[[Edge, str], bool]
    judge: Callable[[Sequence[Edge], Fitted, bool], None]
    target: Path
    head: tuple[str, ...]


def edges(side: Side) -> list[Edge]:
    """All edges of chapters whose lines are known."""
    with ProcessPoolExecutor(2) as pool:
        folds = range(-1, wording.FOLDS)
        words = dict(zip(folds, pool.map(wording.without, folds), strict=True))
        found = pool.map(partial(_of_group, side.weighing, side.of_text, words), GROUPS)
        return [one for of_group in found for one in of_group]


def _of_group(
    weighing: Apply, of_text: Callable[[Known], Iterator[Edge]], words: Mapping[int, Mapping[str, float]], group: str
) -> list[Edge]:
    """The edges of one set, whose words weigh what they do in the other ones."""
    remembered.forget()
    with mock.patch.object(of_words, "weights", return_value=words[wording.fold(group)]):
        found = [one for known in texts(group, weighing) for one in of_text(known)]
    remembered.forget()
    return found


def edge(
    known: Known,
    seen: Sequence[Seen],
    cuts: Sequence[tuple[float, ...]],
    labels: Sequence[str],
    is_told: Callable[[str], bool],
    counts: float,
) -> Iterator[Edge]:
    """The edge that these open lines and the cuts between them are, if it is known which of them the story begins with;
    `labels` are those of all nodes. The last line is there for the cut before it alone."""
    told = [labels[line.place] for line in seen]
    for at in range(len(told) - 2, -1, -1):
        told[at] = told[at] or told[at + 1]
    beyond = next((at for at, label in enumerate(told) if is_told(label)), None)
    if beyond is None or len(seen) < 2:
        return
    lines = seen[:-1]
    yield Edge(
        known.group, known.name, known.state, tuple(line.signs for line in lines),
        tuple(cuts), beyond, tuple(told[:-1]), tuple(known.draft.nodes[line.place].text[:80] for line in lines), counts,
    )  # fmt: skip


def fit(side: Side, some: Sequence[Edge]) -> Fitted:
    """The weights, by these edges."""
    dice = random.Random(side.name)
    rows, answers, counts = [], [], []
    signs: list[Sequence[float]] = []
    sites: list[float] = []
    often: list[float] = []
    for one in some:
        if one.beyond > _MOST:
            continue
        forgets = one.state != AS_IT_IS and dice.random() < _FORGOTTEN
        lines = [_without_known(line) if forgets else line for line in one.lines[:_MOST]]
        weight = _COUNTS.get(one.group, 1.0) * one.counts
        weight *= 0.5 if one.state != AS_IT_IS else _FOUND if one.beyond else 1.0
        rows.append(_choices(lines, one.cuts))
        answers.append(one.beyond)
        counts.append(weight)
        for line, label in zip(lines[: one.beyond], one.labels, strict=False):
            if side.teaches(one, label):
                signs.append(line)
                sites.append(float(label == "chrome"))
                often.append(weight)
    weights = fitting.which_of(rows, answers, counts, _RIDGE)
    each = len(side.of_a_line)
    return Fitted(weights[:each], weights[each:], fitting.yes_or_no(signs, sites, often, _RIDGE_OF_SITES))


def _without_known(line: tuple[float, ...]) -> tuple[float, ...]:
    """The signs of a line without the last ones: what other passes know of it by its words."""
    return (*line[: -len(KNOWN)], *(0.0 for _ in KNOWN))


def _choices(lines: Sequence[Sequence[float]], cuts: Sequence[Sequence[float]]) -> list[list[float]]:
    """The signs of each choice: no line beyond the story, the one at the edge, the first two …"""
    beyond = [0.0] * len(lines[0])
    made = [[0.0] * (len(beyond) + len(cuts[0]))]
    for line, cut in zip(lines, cuts, strict=False):
        beyond = list(map(float.__add__, beyond, line))
        made.append([*beyond, *cut])
    return made


def cut(side: Side, one: Edge, fitted: Fitted) -> int:
    """How many lines stand beyond the story by these weights."""
    told = [chapter_edges.total(line, fitted.line) for line in one.lines]
    cuts, whole = [0.0], 0.0
    for weight, at in zip(told, one.cuts, strict=True):
        whole += weight
        cuts.append(whole + chapter_edges.total(at, fitted.cut))
    return side.best(told, cuts) if told[0] >= chapter_edges.TOLD else 0


def say_wrong(one: Edge, count: int, where: str) -> None:
    """Say which lines of an edge were missed or lost."""
    print(f"  {one.name} ({one.state}): {one.beyond} {where}, {count} found")
    apart = slice(*sorted((count, one.beyond)))
    for label, text in zip(one.labels[apart], one.texts[apart], strict=True):
        print(f"      {'LOST' if count > one.beyond else 'missed'} {label}: {text}")


def written(side: Side, fitted: Fitted) -> str:
    """The weights as a file."""
    fitted_by = f"python -m bench.pages.{side.name} --write"
    said = [*side.head, f"# They were fitted by `{fitted_by}` to pages whose lines are known."]
    tables = (
        ("line", side.of_a_line, fitted.line),
        ("cut", side.of_a_cut, fitted.cut),
        ("site", ("base", *side.of_a_line), (fitted.site.base, *fitted.site.each)),
    )
    for name, names, weights in tables:
        said += ["", f"[{name}]"]
        said += [f'"{sign}" = {weight:.3f}' for sign, weight in zip(names, weights, strict=True)]
    return "\n".join(said) + "\n"


def main(side: Side, doc: str | None) -> None:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", help="the sets to be left out, and judged")
    parser.add_argument("--write", action="store_true", help="write the weights, fitted to all pages")
    parser.add_argument("-v", "--verbose", action="store_true", help="every chapter on which they go wrong")
    given = parser.parse_args()
    every = edges(side)
    print(f"{len(every)} {side.name}", flush=True)
    if given.write:
        fitted = fit(side, every)
        side.target.write_text(written(side, fitted), encoding="utf-8")
        side.judge(every, fitted, given.verbose)
        return
    for group in given.sets or sorted({one.group for one in every}):
        print(group, flush=True)
        kept = [one for one in every if one.group not in (given.sets or [group])]
        side.judge([one for one in every if one.group == group], fit(side, kept), given.verbose)
