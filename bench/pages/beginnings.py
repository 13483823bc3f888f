"""Fit the weights by which it is told where a chapter's story begins, below its heading.

    python -m bench.pages.beginnings              what each set gets from weights that were fitted without it
    python -m bench.pages.beginnings --write      fit to all of them, and write src/ficshelf/passes/chapter_tops.toml
    python -m bench.pages.beginnings around -v    one set alone, and every chapter on which they go wrong

The pages and the states of them are those of `bench.pages.closings`: the labelled ones as the passes leave them, with
all open again that they settled above the story, and with half of it; the cases and the forge's files as they are read.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bench import fitting
from bench.fitting import Weights
from bench.pages import closings
from bench.pages.closings import AS_IT_IS, OPEN, Covers, Foot
from ficshelf.model import Draft, Node
from ficshelf.passes import chapter_edges, chapter_top_signs, chapter_tops

TARGET = Path(chapter_tops.__file__).with_name("chapter_tops.toml")
_RIDGE = 0.5
_FIRST = ", first lines"
_ABOVE = frozenset(("note", "chrome", "meta", ""))  # labels of lines above a story
_KNOWN = len(chapter_top_signs.KNOWN)  # the last signs of a line


def tops() -> list[Foot]:
    """All tops of chapters whose lines are known."""
    return closings.edges(chapter_tops.apply, _tops)


def _first(nodes: Sequence[Node]) -> list[tuple[int, int]]:
    """The top of a text without a heading, below its header: nobody asks for it, but it is laid out as a chapter's."""
    end = chapter_tops.chapters(nodes)[0][1]
    above = [at for at in range(end) if nodes[at].kind == "fact"]
    return [(above[-1], end)] if above and nodes[0].kind != "heading" else []


def _tops(group: str, name: str, state: str, draft: Draft, covers: Covers) -> Iterator[Foot]:
    nodes, labels = draft.nodes, closings.labels_of(draft.nodes, covers)
    parts = chapter_tops.tops(nodes)
    for start, end in [*parts, *_first(nodes)]:
        called = name if nodes[start].kind == "heading" else name + _FIRST
        story = chapter_top_signs.Below(nodes, start, end, *chapter_edges.called_by(draft))
        seen = list(chapter_top_signs.lines(nodes, start, end, story, chapter_tops.MOST))[: chapter_tops.LINES + 1]
        told = [labels[line.place] for line in seen]
        for at in range(len(told) - 2, -1, -1):
            told[at] = told[at] or told[at + 1]
        above = next((at for at, label in enumerate(told) if label not in _ABOVE), None)
        if above is None or len(seen) < 2:
            continue
        cuts = [
            chapter_top_signs.of_cut(nodes, seen[at].place, seen[at + 1].place, start, end, story)
            for at in range(len(seen) - 1)
        ]
        lines = seen[:-1]
        texts = tuple(nodes[line.place].text[:80] for line in lines)
        yield Foot(
            group, called, state, tuple(line.signs for line in lines), tuple(cuts), above, tuple(told[:-1]), texts,
            max(len(parts), 1) ** -0.5,
        )  # fmt: skip


class Fitted(NamedTuple):
    """The weights of a line, of a cut, and of a line above the story for a site."""

    line: tuple[float, ...]
    cut: tuple[float, ...]
    site: Weights


def fit(some: Sequence[Foot]) -> Fitted:
    """The weights, by these tops."""
    dice = random.Random("beginnings")
    rows, answers, counts = [], [], []
    signs: list[Sequence[float]] = []
    sites: list[float] = []
    often: list[float] = []
    for top in some:
        forgets = top.state != AS_IT_IS and dice.random() < closings.FORGOTTEN
        lines = [(*line[:-_KNOWN], *(0.0 for _ in range(_KNOWN))) if forgets else line for line in top.lines]
        weight = closings.COUNTS.get(top.group, 1.0) * top.counts
        weight *= 0.5 if top.state != AS_IT_IS else closings.FOUND if top.below else 1.0
        rows.append(_choices(lines, top.cuts))
        answers.append(top.below)
        counts.append(weight)
        for line, label in zip(lines[: top.below], top.labels, strict=False):
            signs.append(line)
            sites.append(float(label == "chrome"))
            often.append(weight)
    weights = fitting.which_of(rows, answers, counts, _RIDGE)
    each = len(chapter_top_signs.OF_A_LINE)
    return Fitted(weights[:each], weights[each:], fitting.yes_or_no(signs, sites, often, 3.0))


def _choices(lines: Sequence[Sequence[float]], cuts: Sequence[Sequence[float]]) -> list[list[float]]:
    """The signs of each choice: none above the story, the first line, the first two …"""
    above = [0.0] * len(chapter_top_signs.OF_A_LINE)
    made = [[0.0] * (len(above) + len(chapter_top_signs.OF_A_CUT))]
    for line, cut in zip(lines, cuts, strict=True):
        above = list(map(float.__add__, above, line))
        made.append([*above, *cut])
    return made


def judge(some: Sequence[Foot], fitted: Fitted, *, verbose: bool) -> None:
    """Say how many lines above the story are found, and how many of the story are lost."""
    for state in (AS_IT_IS, OPEN):
        lines = found = lost = 0
        for top in some:
            if top.state != state or top.name.endswith(_FIRST):
                continue
            count = _cut(top, fitted)
            lines += top.below
            found += min(count, top.below)
            lost += max(0, count - top.below)
            if verbose and count != top.below:
                print(f"  {top.name} ({state}): {top.below} above, {count} found")
                apart = sorted((count, top.below))
                for label, text in zip(top.labels[slice(*apart)], top.texts[slice(*apart)], strict=True):
                    print(f"      {'LOST' if count > top.below else 'missed'} {label}: {text}")
        print(f"    {state}: of {lines} lines above the story {found} found; {lost} lost below")


def _cut(top: Foot, fitted: Fitted) -> int:
    told = [_sum(line, fitted.line) for line in top.lines]
    cuts, total = [0.0], 0.0
    for weight, cut in zip(told, top.cuts, strict=True):
        total += weight
        cuts.append(total + _sum(cut, fitted.cut))
    return chapter_tops.best(told, cuts)


def _sum(signs: Sequence[float], weights: Sequence[float]) -> float:
    return sum(map(float.__mul__, signs, weights))


def written(fitted: Fitted) -> str:
    """The weights as a file."""
    said = [
        "# What the signs of a line on top of a chapter, and of a cut below it, weigh for its standing above the story",
        "# (`chapter_top_signs.py` has them in this order).",
        "# They were fitted by `python -m bench.pages.beginnings --write` to pages whose lines are known.",
    ]
    tables = (
        ("line", chapter_top_signs.OF_A_LINE, fitted.line),
        ("cut", chapter_top_signs.OF_A_CUT, fitted.cut),
        ("site", ("base", *chapter_top_signs.OF_A_LINE), (fitted.site.base, *fitted.site.each)),
    )
    for name, names, weights in tables:
        said += ["", f"[{name}]"]
        said += [f'"{sign}" = {weight:.3f}' for sign, weight in zip(names, weights, strict=True)]
    return "\n".join(said) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", help="the sets to be left out, and judged")
    parser.add_argument("--write", action="store_true", help="write the weights, fitted to all pages")
    parser.add_argument("-v", "--verbose", action="store_true", help="every chapter on which they go wrong")
    given = parser.parse_args()
    every = tops()
    print(f"{len(every)} tops", flush=True)
    if given.write:
        fitted = fit(every)
        TARGET.write_text(written(fitted), encoding="utf-8")
        judge(every, fitted, verbose=given.verbose)
        return
    for group in given.sets or sorted({top.group for top in every}):
        print(group, flush=True)
        kept = [top for top in every if top.group not in (given.sets or [group])]
        judge([top for top in every if top.group == group], fit(kept), verbose=given.verbose)


if __name__ == "__main__":
    main()
