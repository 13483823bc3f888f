"""Fit the weights by which it is told where a chapter's story begins, below its heading or its header.

    python -m bench.pages.beginnings              what each set gets from weights that were fitted without it
    python -m bench.pages.beginnings --write      fit to all of them, and write src/ficshelf/passes/chapter_tops.toml
    python -m bench.pages.beginnings around -v    one set alone, and every chapter on which they go wrong

The pages, and the states in which each is there, are those of `known`; how weights are fitted to them is in `edges`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.pages import edges
from bench.pages.edges import Edge, Fitted, Side
from bench.pages.known import AS_IT_IS, OPEN, Known
from ficshelf.passes import chapter_edges, chapter_top_signs, chapter_tops

_ABOVE = frozenset(("note", "chrome", "meta", "title", ""))  # labels of lines above a story


def _tops(known: Known) -> Iterator[Edge]:
    nodes, labels = known.draft.nodes, known.labels
    parts = chapter_tops.tops(nodes)
    for start, end in parts:
        story = chapter_top_signs.Below(nodes, start, end, *chapter_edges.called_by(known.draft))
        seen = list(chapter_top_signs.lines(nodes, start, end, story, chapter_tops.MOST))[: chapter_tops.LINES + 1]
        cuts = [
            chapter_top_signs.of_cut(nodes, above.place, below.place, start, end, story)
            for above, below in itertools.pairwise(seen)
        ]
        yield from edges.edge(known, seen, cuts, labels, _is_told, max(len(parts), 1) ** -0.5)


def _is_told(label: str) -> bool:
    return label not in _ABOVE


def _teaches(_top: Edge, label: str) -> bool:
    """Whether a line is a note or the site's: a header's lines are neither."""
    return label in ("chrome", "note")


def judge(some: Sequence[Edge], fitted: Fitted, verbose: bool) -> None:
    """Say how many lines above the story are found, and how many of the story are lost."""
    for state in (AS_IT_IS, OPEN):
        lines = found = lost = 0
        for top in some:
            if top.state != state:
                continue
            count = edges.cut(SIDE, top, fitted)
            lines += top.beyond
            found += min(count, top.beyond)
            lost += max(0, count - top.beyond)
            if verbose and count != top.beyond:
                edges.say_wrong(top, count, "above")
        print(f"    {state}: of {lines} lines above the story {found} found; {lost} lost below")


SIDE = Side(
    name="beginnings",
    weighing=chapter_tops.apply,
    of_text=_tops,
    of_a_line=chapter_top_signs.OF_A_LINE,
    of_a_cut=chapter_top_signs.OF_A_CUT,
    best=chapter_tops.best,
    teaches=_teaches,
    judge=judge,
    target=Path(chapter_tops.__file__).with_name("chapter_tops.toml"),
    head=(
        "# What the signs of a line on top of a chapter, and of a cut below it, weigh for its standing above the story",
        "# (`chapter_top_signs.py` has them in this order).",
    ),
)

if __name__ == "__main__":
    edges.main(SIDE, __doc__)
