"""Whether rows come again and again in a page, as in lists, whatever is told between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ficshelf.readers.nostory.sight import Line, has_label

_LINES = 400  # that are looked at
_LONGEST = 600  # characters of a row
_LABELS = 3  # times that each of two labels comes
_SAME = 4  # times that one line comes
_IN_ORDER = 6  # rows that count on
_NUMBER = re.compile(r"\W{0,3}(\d{1,3})[.):\s]")
_STOPS = (".", "!", "?", "…", '"', "”", "»")


def has_rows(lines: Sequence[Line]) -> bool:
    """Whether two labels, a line, or what counts on come again and again."""
    labels: Counter[str] = Counter()
    same: Counter[str] = Counter()
    best = here = last = 0
    for text in [line.text for line in lines[:_LINES] if len(line.text) <= _LONGEST]:
        if has_label(text):
            labels[text.partition(":")[0].lower()] += 1
        if " " in text and not text.endswith(_STOPS) and any(map(str.isalpha, text)):
            same[text] += 1
        if (found := _NUMBER.match(text)) is not None:
            number = int(found[1])
            here = here + 1 if number == last + 1 else 1
            best, last = max(best, here), number
    return (
        sum(count >= _LABELS for count in labels.values()) > 1
        or max(same.values(), default=0) >= _SAME
        or best >= _IN_ORDER
    )
