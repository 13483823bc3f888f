"""Fit the weights by which it is told where a chapter's story begins, below its heading.

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
from ficshelf.model import Node
from ficshelf.passes import chapter_edges, chapter_top_signs, chapter_tops
from ficshelf.passes.notes import chapters

_FIRST = ", first lines"
_ABOVE = frozenset(("note", "chrome", "meta", ""))  # labels of lines above a story


def _tops(known: Known) -> Iterator[Edge]:
    nodes, labels = known.draft.nodes, known.labels
    parts = chapter_tops.tops(nodes)
    for start, end in [*parts, *_first(nodes)]:
        of = known if nodes[start].kind == "heading" else known._replace(name=known.name + _FIRST)
        story = chapter_top_signs.Below(nodes, start, end, *chapter_edges.called_by(known.draft))
        seen = list(chapter_top_signs.lines(nodes, start, end, story, chapter_tops.MOST))[: chapter_tops.LINES + 1]
        cuts = [
            chapter_top_signs.of_cut(nodes, above.place, below.place, start, end, story)
            for above, below in itertools.pairwise(seen)
        ]
        yield from edges.edge(of, seen, cuts, labels, _is_told, max(len(parts), 1) ** -0.5)


def _first(nodes: Sequence[Node]) -> list[tuple[int, int]]:
    """The top of a text without a heading, below its header: nobody asks for it, but it is laid out as a chapter's."""
    end = chapters(nodes)[0][1]
    above = [at for at in range(end) if nodes[at].kind == "fact"]
    return [(above[-1], end)] if above and nodes[0].kind != "heading" else []


def _is_told(label: str) -> bool:
    return label not in _ABOVE


def _teaches(_top: Edge, _label: str) -> bool:
    """Every line above a story is a note but those of a site."""
    return True


def judge(some: Sequence[Edge], fitted: Fitted, verbose: bool) -> None:
    """Say how many lines above the story are found, and how many of the story are lost."""
    for state in (AS_IT_IS, OPEN):
        lines = found = lost = 0
        for top in some:
            if top.state != state or top.name.endswith(_FIRST):
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
