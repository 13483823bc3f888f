"""Common words that count: `Day 5`, `Scene 2`, `Letter IV`. They head chapters only where they count on."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Sequence

from ficshelf.model import Node
from ficshelf.passes.heading_titles import tidy
from ficshelf.passes.headings import Heading

_LONGEST = 140  # characters of a heading that begins with the story's title
_OWN_WORD = re.compile(
    r"\s?[-–—:|]\s(?P<word>[^\W\d_]{2,16})\s#?(?P<number>\d{1,3})(?:\s?[.:–—-]\s?(?P<title>[^\W_][^\n]{0,90}))?"
)
_NO_CHAPTERS = frozenset(  # they count pages, and what readers said
    ("page", "pages", "seite", "pagina", "página", "side", "strona", "страница", "стр", "review", "reviews", "comments",
     "comment", "version", "draft", "post", "message", "nr", "no")
)  # fmt: skip
_TIMES = frozenset(  # fold()ed words of common headings that say when a scene is
    ("day", "night", "week", "month", "year", "hour", "tag", "nacht", "woche", "jour", "nuit", "semaine", "dia",
     "noche", "semana", "giorno", "notte", "settimana")
)  # fmt: skip


def drop(nodes: list[Node], found: dict[int, Heading]) -> None:
    """`Day 5`, `Scene 2` head chapters only in a row that counts on, or on top of a page; within chapters they tell.

    They may stand before the chapters (`Letter I` … `Chapter I`), or right below a heading, as what it is called. Days,
    months and years that leap (`Month two`, `Month five`) only say when a scene is, and so do all such in that text.
    """
    first = min((index for index, heading in found.items() if heading.level == 2), default=len(nodes))
    rows: dict[str, list[int]] = {}
    for index, heading in found.items():
        if heading.counted and not nodes[index].kind:  # what the page itself calls a heading is one
            rows.setdefault(heading.word, []).append(index)
    leaps = any(word in _TIMES and _leaps([found[index].number or 0 for index in row]) for word, row in rows.items())
    for word, row in rows.items():
        before = [index for index in row if index < first and not (leaps and word in _TIMES)]
        counts = [found[index].number or 0 for index in before]
        counted = len(before) >= 2 and all(here < after for here, after in itertools.pairwise(counts))
        heading_on = set(before) if counted else set()
        numbers = [found[index].number or 0 for index in row]
        counts_on = all(after - here in (0, 1) for here, after in itertools.pairwise(numbers))
        below = sum(index - 1 in found for index in row)  # `Chapter 4`, and `Day 4` as what it is called
        below_headings = below == len(row) or (counts_on and 3 * below >= 2 * len(row))
        for index in row:
            on_top = first == len(nodes) and len(row) == 1 and not leaps and _is_on_top(nodes, index)
            if index not in heading_on and not on_top and not below_headings:
                del found[index]


def behind_title(text: str, titles: Collection[str]) -> Heading | None:
    """What a line says that begins with the story's title: behind a dash its chapters may be counted with a word of
    their own, `The Ford – Trouble 1. The Weir`. `titles` are in small letters."""
    low = text.casefold()
    title = next((title for title in titles if title and low.startswith(title)), "")
    found = _OWN_WORD.fullmatch(text, len(title)) if title and len(text) <= _LONGEST else None
    if found is None or found["word"].lower() in _NO_CHAPTERS:
        return None
    return Heading(int(found["number"]), tidy(found["title"] or "") or None, 2)


def _leaps(numbers: Sequence[int]) -> bool:
    """Whether numbers grow, most of them by more than one."""
    steps = [after - here for here, after in itertools.pairwise(numbers)]
    return len(steps) > 1 and min(steps) > 0 and 2 * sum(step > 1 for step in steps) > len(steps)


def _is_on_top(nodes: list[Node], index: int) -> bool:
    """Whether nothing of the story stands above, on this page."""
    while index and not nodes[index].page:
        index -= 1
        if not nodes[index].kind:
            return False
    return True
