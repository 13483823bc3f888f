"""Fit the weights by which it is told where a story ends, and what stands below it.

    python -m bench.pages.closings              what each set gets from weights that were fitted without it
    python -m bench.pages.closings --write      fit to all of them, and write src/ficshelf/passes/closing.toml
    python -m bench.pages.closings around -v    one set alone, and every line on which it goes wrong

The pages, and the states in which each is there, are those of `known`; how weights are fitted to them is in `edges`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.pages import edges
from bench.pages.edges import Edge, Fitted, Side
from bench.pages.known import AS_IT_IS, CASES, OF_STORY, OPEN, Known
from ficshelf.passes import chapter_edges, closing, closing_signs
from ficshelf.passes.closing_signs import Seen


def _feet(known: Known) -> Iterator[Edge]:
    nodes, labels = known.draft.nodes, known.labels
    parts = closing.feet(nodes)
    for start, end in parts:
        story = closing_signs.Story(nodes, start, end, *chapter_edges.called_by(known.draft))
        seen = list(closing_signs.lines(nodes, start, end, story, closing.MOST))[: closing.LINES + 1]
        cuts = [
            closing_signs.of_cut(nodes, above.place, below.place, start, end, story)
            for below, above in itertools.pairwise(seen)
        ]
        yield from edges.edge(known, seen, cuts, labels, OF_STORY.__contains__, len(parts) ** -0.5)


def _teaches(foot: Edge, label: str) -> bool:
    """Whether it is known if a line is a note or the site's: of the cases it is not."""
    return label in ("chrome", "note") and not foot.group.startswith(CASES)


def judge(some: Sequence[Edge], fitted: Fitted, verbose: bool) -> None:
    """Say how many lines below the story are found, and how many of the story are lost."""
    for state in (AS_IT_IS, OPEN):
        lines = found = lost = right = 0
        for foot in some:
            if foot.state != state:
                continue
            count = edges.cut(SIDE, foot, fitted)
            lines += foot.beyond
            found += min(count, foot.beyond)
            lost += max(0, count - foot.beyond)
            seen = [Seen(0, line) for line in foot.lines[: min(count, foot.beyond)]]
            kinds = chapter_edges.kinds(seen, fitted.site.each, fitted.site.base)
            wrong = [
                (label, kind, text)
                for label, kind, text in zip(foot.labels, kinds, foot.texts, strict=False)
                if label in ("note", "chrome") and kind != label
            ]
            right += len(kinds) - len(wrong)
            if verbose and (count != foot.beyond or wrong):
                edges.say_wrong(foot, count, "below")
                for label, kind, text in wrong:
                    print(f"      {label} read as {kind}: {text}")
        print(f"    {state}: of {lines} lines below the story {found} found, {right} of these right; {lost} lost above")


SIDE = Side(
    name="closings",
    weighing=closing.apply,
    of_text=_feet,
    of_a_line=closing_signs.OF_A_LINE,
    of_a_cut=closing_signs.OF_A_CUT,
    best=closing.best,
    teaches=_teaches,
    judge=judge,
    target=Path(closing.__file__).with_name("closing.toml"),
    head=(
        "# What the signs of a line at the foot of a chapter, and of a cut above it, weigh for its standing below the",
        "# story, and for its being the site's where it does (`closing_signs.py` has them in this order).",
    ),
)

if __name__ == "__main__":
    edges.main(SIDE, __doc__)
