"""Lines of whole pages, cut, doubled and thrown together at random, are read as any bytes are: without an error, with
nothing lost and no span beside the text. Most odd neighbours that lines can have meet here."""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path

import pytest
from test_any_bytes import BITS, hold

TESTS = Path(__file__).parents[1]
PAGES = [*TESTS.glob("stories/*/source.*"), *TESTS.parent.glob("bench/pages/*/*.page")]
ODD = [*BITS, "*", "***", "_", "/", "I", "1", "١", "①", "ﾞ", "\u0301", "\u00ad", "\u200b", "\ufeff", "…", "”", "Dear X,",
       "P.S.", "by", "A/N", "Author:", ":", "-" * 70, " " * 200]  # fmt: skip
IN_CI, IN_SOAK = 300, 30_000
_PARTS = re.compile(r"(?=<)|(?<=>)")
_LABEL = re.compile(r"⟦\w+⟧")


@cache
def pool(*, markup: bool) -> list[str]:
    """The lines of all texts, or the tags and texts of all pages of markup."""
    found = []
    for path in PAGES:
        text = _LABEL.sub("", path.read_text(encoding="utf-8", errors="replace"))
        is_markup = "<p" in text or "<br" in text
        if is_markup == markup and path.suffix in (".txt", ".md", ".html", ".htm", ".page"):
            found += _PARTS.split(text) if markup else text.split("\n")
    return found


def mixture(seed: int) -> tuple[bytes, str]:
    """The page of a seed, and its name."""
    rng = random.Random(seed)
    markup = rng.random() < 0.45
    lines = pool(markup=markup)
    page: list[str] = []
    for _ in range(rng.randrange(1, 15)):
        start = rng.randrange(len(lines))
        page += [_changed(line, rng) for line in lines[start : start + rng.randrange(1, 8)]]
        page += rng.choices(["", *ODD], k=rng.randrange(3))
    name = "page.html" if markup else rng.choice(("story.txt", "story.txt", "story.md"))
    return ("" if markup else "\n").join(page).encode(), name


def _changed(line: str, rng: random.Random) -> str:
    place = rng.randrange(len(line) + 1)
    return rng.choices(
        [line, line[:place], line[place:], line[:place] + rng.choice(ODD) + line[place:], line.upper(), "   " + line],
        [10, 1, 1, 2, 1, 1],
    )[0]


@pytest.mark.parametrize("seed", range(IN_CI))
def test_lines_thrown_together_are_read(seed: int) -> None:
    hold(*mixture(seed))


@pytest.mark.slow
def test_very_many_lines_thrown_together_are_read() -> None:
    for seed in range(IN_CI, IN_SOAK):
        hold(*mixture(seed))
