"""How the pages of a PDF are set: the size of the text, how far its lines stand apart, where they begin and end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from ficshelf.readers.pdf_pages import Line

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


class Measures(NamedTuple):
    """What holds for the whole file. Lengths are points; `left` and `right` are of left-hand and right-hand pages."""

    size: float
    leading: float  # from baseline to baseline within a paragraph
    spacing: float  # from baseline to baseline between paragraphs; as `leading` where nothing is added
    left: tuple[float, float]
    right: tuple[float, float]
    bottom: float  # the last baseline of a full page
    top: float
    indent: float  # of a paragraph's first line, 0 where there is none
    letter: float  # the width of a letter, blanks counted
    words: frozenset[str]  # as they stand within lines, in lower case
    hyphenates: bool  # words are cut at the ends of lines


def size_of_text(pages: Iterable[Sequence[Line]]) -> float:
    """The size that most letters have."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size * 4) / 4] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=12.0)


def measure(pages: Sequence[Sequence[Line]], size: float) -> Measures:
    """Measure the lines of the text; `size` is what `size_of_text` says of it."""
    set_alike = [[line for line in lines if abs(line.size - size) < 0.06 * size] for lines in pages]
    lines = [line for page in set_alike for line in page]
    steps = Counter(
        round(2 * (here.y - after.y)) / 2
        for page in set_alike
        for here, after in pairwise(page)
        if 0.8 * size < here.y - after.y < 4 * size
    )
    leading = _least_common(steps, 0.12) or 1.2 * size
    wider = Counter({step: count for step, count in steps.items() if step > 1.25 * leading})
    is_spaced = wider.total() > 0.12 * steps.total()
    spacing = max(wider, key=lambda step: (wider[step], -step)) if is_spaced else leading
    left = right = _edges(lines, size)
    sides = [[line for page in set_alike[parity::2] for line in page] for parity in (0, 1)]
    if min(map(len, sides)) >= 30:  # pages that face each other may have different margins
        one, other = (_edges(side, size) for side in sides)
        if abs(one[0] - other[0]) > 3 and abs((one[1] - one[0]) - (other[1] - other[0])) < 4:
            left, right = one, other
    full = [page for page in set_alike if len(page) > 3]
    indents = Counter(  # of lines below which the next one begins further left: the first of their paragraphs
        round(here.x0 - after.x0)
        for page in set_alike
        for here, after in pairwise(page)
        if 0.6 * size < here.x0 - after.x0 < 5 * size and 0 < here.y - after.y < 1.25 * leading
    )
    indent = max(indents, key=lambda one: indents[one], default=0)
    words: set[str] = set()
    cut = 0
    is_rest = False  # the line begins with the rest of a word
    for line in lines:
        found = _WORD.findall(line.text.lower())
        is_cut = line.text[-1] == "-" and line.text[-2:-1].isalpha()
        cut += is_cut
        words.update(found[is_rest : -1 if is_cut else None])
        is_rest = is_cut
    return Measures(
        size,
        leading,
        spacing,
        (left[0], right[0]),
        (left[1], right[1]),
        min((line.y for page in full for line in page), default=0.0),
        max((line.y for page in full for line in page), default=0.0),
        float(indent) if indents[indent] > max(1, 0.02 * len(lines), 0.25 * wider.total() * is_spaced) else 0.0,
        _middle([(line.x1 - line.x0) / len(line.text) for line in lines if len(line.text) > 20]) or 0.5 * size,
        frozenset(words),
        cut >= 3 and cut > 0.02 * len(lines),
    )


def _middle(numbers: list[float]) -> float:
    return sorted(numbers)[len(numbers) // 2] if numbers else 0.0


def _least_common(steps: Counter[float], share: float) -> float:
    """The least step of those that come often; the half point before it counts as the same."""
    total = steps.total()
    return next((step for step in sorted(steps) if steps[step] + steps[step + 0.5] > share * total), 0.0)


def _edges(lines: Sequence[Line], size: float) -> tuple[float, float]:
    """Where lines begin, and how far they may reach. Text begins where lines go on with those above them: what stands
    further left, as the labels of a header may, stands outside of it."""
    if not lines:
        return 0.0, 0.0
    widest = max(line.x1 for line in lines)
    going_on = [
        after
        for here, after in pairwise(lines)
        if 0 < here.y - after.y < 2.6 * size and after.x0 < here.x0 + 2 and here.x1 > 0.8 * widest and not after.value
    ]
    is_sure = len(going_on) > 4
    starts = Counter(round(line.x0) for line in (going_on if is_sure else lines))
    least = max(1, 0.08 * starts.total())
    left = next((x for x in sorted(starts) if starts[x] + starts[x + 1] > least), min(starts))
    inside = [line for line in lines if left - 2 < line.x0 < left + 5 * size] if is_sure else lines
    ends = sorted(line.x1 for line in inside or lines)
    counted = Counter(round(x) for x in ends)
    often = max(counted, key=lambda x: counted[x] + counted[x + 1])
    if counted[often] + counted[often + 1] > 0.3 * len(lines) and often > left + 10 * size:
        return left, often + 1.0  # both edges are even
    return left, max(ends[int(0.99 * len(ends))], ends[-1] if len(ends) < 100 else 0.0)
