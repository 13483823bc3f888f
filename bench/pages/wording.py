"""Fit what each word weighs for a line's being an author's who speaks to readers, and not the story's.

    python -m bench.pages.wording             how well lines are told apart by weights fitted without their set
    python -m bench.pages.wording --write     fit to all of them, and write src/ficshelf/passes/wording.tsv

The lines are those of the labelled pages (notes, and what stands without a label above a story, against what is told)
and of the cases in `tests/stories`. Whatever else is fitted to the same pages has to take the weights of `without` a
line's own set: its own have seen it.
"""

from __future__ import annotations

import argparse
import html
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bench import fitting
from bench.pages import score
from bench.pages.labelled import KEPT_BACK, SETS, pages
from ficshelf.passes import wording

TARGET = Path(wording.__file__).with_name("wording.tsv")
FOLDS = 5
_CASES = "cases"
_STORIES = Path(__file__).parents[2] / "tests" / "stories"
_LABELLED = re.compile(r"\W*[\w /]{2,25}:")  # a header's line, which its label tells
_TOLD = frozenset(("para", "letter", "paragraph", "quote"))
_SHORTEST = 4  # words of a line from which something is learnt
_PAGES = 3  # on which a word has to stand
_MOST = 1500  # words that are weighed
_RIDGE = 0.25
_LEAST = 0.05  # what a word weighs that is worth a line in the file


class Line(NamedTuple):
    """The words of a line, whether an author says them, and the set and the page that it is from."""

    said: frozenset[str]
    is_authors: bool
    group: str
    page: str


def fold(group: str) -> int:
    """The fold of a set: those of one fold are left out together."""
    return SETS.index(group) % FOLDS if group in SETS else -1


@cache
def lines() -> tuple[Line, ...]:
    """All lines that are known."""
    return tuple(line for line in (*_of_pages(), *_of_cases()) if len(line.said) >= _SHORTEST)


def _of_pages() -> Iterator[Line]:
    for group in SETS:
        for page in pages(group):
            for line in page.lines if page.works else ():
                text = html.unescape(score._MARKUP.sub("", line.text)) if page.is_markup else line.text
                is_authors = line.label == "note" or (line.label == "meta" and not _LABELLED.match(text))
                if is_authors or line.label in _TOLD:
                    yield Line(wording.words(text), is_authors, group, page.name)


def _of_cases() -> Iterator[Line]:
    for case in sorted(_STORIES.glob("*/expected.json")):
        for work in json.loads(case.read_text("utf-8"))["works"]:
            for kind, text, *_ in (block for chapter in work["chapters"] for block in chapter["blocks"]):
                kind = kind.strip("?").partition("|")[0]
                if kind == "note" or kind in _TOLD:
                    for part in text.replace("…", " ").split("\n"):  # there it stands for what is left out
                        yield Line(wording.words(part), kind == "note", _CASES, case.parent.name)


def without(left_out: int) -> dict[str, float]:
    """The weights fitted without the sets of that fold, and without those from which nothing is learnt; -2 leaves out
    no fold."""
    return fit([line for line in lines() if fold(line.group) != left_out and line.group not in KEPT_BACK])


def fit(some: Sequence[Line]) -> dict[str, float]:
    """What each word weighs by these lines."""
    told = _telling(some)
    places = {word: at for at, word in enumerate(told)}
    rows = np.zeros((len(some), len(told) + 1), np.float32)
    rows[:, -1] = 1.0
    for row, line in zip(rows, some, strict=True):
        known = [places[word] for word in line.said if word in places]
        row[known] = (len(known) + 1) ** -0.5
    answers = np.array([line.is_authors for line in some], np.float32)
    found = fitting.of_words(rows, answers, _RIDGE)
    return {**dict(zip(told, found, strict=False)), wording.BASE: found[-1]}


def _telling(some: Sequence[Line]) -> list[str]:
    """The words that tell most: much more often said by authors, or by nobody but stories."""
    on: dict[str, set[str]] = defaultdict(set)
    often: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for line in some:
        for word in line.said:
            on[word].add(line.page)
            often[word][line.is_authors] += 1
    all_told, all_said = (sum(line.is_authors is kind for line in some) for kind in (False, True))

    def tells(word: str) -> float:
        told, said = often[word]
        odds = np.log((said + 0.5) / (all_said + 1)) - np.log((told + 0.5) / (all_told + 1))
        return float(abs(odds) / (1 / (said + 0.5) + 1 / (told + 0.5)) ** 0.5)

    return sorted((word for word, where in on.items() if len(where) >= _PAGES), key=tells, reverse=True)[:_MOST]


def found_and_lost(some: Sequence[Line], each: Mapping[str, float]) -> tuple[float, float]:
    """The share of the author's lines that weigh more than 99 of 100 of the story's, and how often one of the author's
    weighs more than one of the story's (the area under the curve)."""
    said = np.array([wording.weigh(line.said, each) for line in some if line.is_authors])
    told = np.sort([wording.weigh(line.said, each) for line in some if not line.is_authors])
    over = np.searchsorted(told, said)
    return float((said > np.quantile(told, 0.99)).mean()), float(over.mean() / len(told))


def written(each: Mapping[str, float]) -> str:
    """The weights as a file."""
    head = [
        "# What each word weighs for a line's being an author's who speaks to readers, and not the story's.",
        "# They were fitted by `python -m bench.pages.wording --write` to lines that are known.",
    ]
    rows = [f"{word}\t{weight:.2f}" for word, weight in sorted(each.items()) if abs(weight) >= _LEAST]
    return "\n".join([*head, *rows]) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the weights, fitted to all lines")
    given = parser.parse_args()
    if given.write:
        TARGET.write_text(written(without(-2)), encoding="utf-8")
        return
    for left_out in range(FOLDS):
        judged = [line for line in lines() if fold(line.group) == left_out]
        found, over = found_and_lost(judged, without(left_out))
        sets = ", ".join(group for group in SETS if fold(group) == left_out)
        print(f"{sets}: {found:.3f} found at 1 of 100 lost; {over:.4f} told apart", flush=True)


if __name__ == "__main__":
    main()
