"""Prose whose lines end anywhere, as a copy of a narrow page leaves it: told from verse by sentences that end within
lines, speech among them, and lines that go on in small letters."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ficshelf.model import Node
from ficshelf.passes.nodes import TERMINAL

_FEWEST = 12  # lines by which it can be told
_MOST = 400  # lines that are looked at
_INNER = 0.2  # share of lines within which a sentence ends: a poet ends it with the line
_OVER = 0.3  # share of lines that go on in small letters
_SPEAKS = 0.08  # share of lines with a quotation mark: somebody speaks in nearly all prose
_QUOTES = frozenset('"“”„«»')
_SENTENCE_ENDS = re.compile(r"[^\W\d_][.?!…][\"”»]?\s+[\"“„«]?[^\W\d_]|[,.?!…][\"”»]\s+[^\W\d_]")


def is_chopped(nodes: Sequence[Node]) -> bool:
    """Whether the lines of a text are prose cut anywhere; those that a pass has settled do not count."""
    lines = [node.text for node in itertools.islice((node for node in nodes if not node.kind), _MOST)]
    count = len(lines)
    if count < _FEWEST or sum(not _QUOTES.isdisjoint(line) for line in lines) < _SPEAKS * count:
        return False
    over = sum(itertools.starmap(_goes_over, itertools.pairwise(lines)))
    return over >= _OVER * count and sum(_SENTENCE_ENDS.search(line) is not None for line in lines) >= _INNER * count


def runs_over(group: Sequence[Node]) -> bool:
    """Whether any line of a group goes on in the next one in small letters."""
    return any(_goes_over(before.text, after.text) for before, after in itertools.pairwise(group))


def _goes_over(line: str, after: str) -> bool:
    return line[-1:] not in TERMINAL and after[:1].islower()
