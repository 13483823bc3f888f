"""Fit the weights by which pages that are no stories are known by all of their signs together.

    python -m bench.pages.weigh             what each draw and set gets from weights that were fitted without it
    python -m bench.pages.weigh --write     fit to all of them, and write src/ficshelf/readers/nostory/weighing.toml

The pages: those of `bench/pages/kinds` and `tests/pages`, the labelled pages, the cases of `tests/stories`, and the
forge's. First the weights of a line are fitted, to the lines of the labelled pages and of the pages that are no
stories; then those of a page. The cut in that file is set by hand, so that no story lies below it that was not fitted
to.
"""

from __future__ import annotations

import argparse
import json
import random
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.test_not_stories import NOT_STORIES, STORIES

from bench import fitting
from bench.fitting import Weights
from bench.forge.make import make
from bench.pages.labelled import PAGES, SETS, pages
from ficshelf import readers
from ficshelf.model import Node
from ficshelf.readers import encoding, html, wrapped
from ficshelf.readers.nostory import sight, signs, talk, weighing

FORGED = 300  # of them
TARGET = Path(weighing.__file__).with_name("weighing.toml")
CASES = Path(__file__).parents[2] / "tests" / "stories"
_OF_STORY = frozenset(("para", "letter", "verse"))
_OF_NONE = frozenset(("chrome", "meta", "note", "heading", "title", "end"))
_LINES = 40  # of a page that is no story, to which the weights of a line are fitted
_LIGHT = {"forge": 0.3, "cases": 0.5}  # what a page counts that is like many others
_NONE = 1.5  # what a page counts that is no story


class Known(NamedTuple):
    """A page whose kind is known. `group` is what is left out together; `labels` are those of its lines."""

    group: str
    name: str
    is_story: bool
    lines: tuple[sight.Line, ...]
    seen: tuple[signs.Seen, ...]
    labels: tuple[str, ...]


def known() -> Iterator[Known]:
    """All pages whose kind is known."""
    for folder in ("no-stories", "stories"):
        for path in sorted((PAGES / "kinds" / folder).iterdir()):
            draw = int(path.name.partition("-")[0]) // 100
            yield from _known(f"draw {draw}", path.name, folder == "stories", path.read_bytes(), path.name)
    for page in NOT_STORIES:
        yield from _known("tests", page.name, False, page.data, page.file)
    for page in STORIES:
        yield from _known("tests", page.name, True, page.data, page.file)
    for word in SETS:
        for labelled in pages(word):
            labels = {" ".join(line.text.split()): line.label for line in labelled.lines}
            group = f"labelled {zlib.crc32(word.encode()) % 3}"
            yield from _known(group, labelled.name, labelled.works != 0, labelled.data, labelled.name, labels)
    for case in sorted(CASES.iterdir()):
        sources = list(case.glob("source.*"))
        if len(sources) == 1 and json.loads((case / "expected.json").read_text("utf-8")).get("works"):
            yield from _known("cases", case.name, True, sources[0].read_bytes(), sources[0].name)
    for number in range(FORGED):
        made = make(f"77/{number}")
        yield from _known("forge", made.seed, True, made.data, made.name)


def _known(
    group: str, name: str, is_story: bool, data: bytes, path: str, labels: dict[str, str] | None = None
) -> Iterator[Known]:
    lines = tuple(signs.pieces(_lines(data, path)))[: signs.LINES]
    if lines:
        seen = tuple(map(signs.of_line, lines))
        found = tuple((labels or {}).get(" ".join(line.text.split()), "") for line in lines)
        yield Known(group, name, is_story, lines, seen, found)


def _lines(data: bytes, path: str) -> Sequence[sight.Line]:
    """The lines of a page as `nostory` weighs them; none for books and archives, which it does not look at."""
    name = readers.choose(data, path)
    if name == "text":
        return signs.lines_of(encoding.decode(data).text[: talk.HEAD])
    if name == "html":
        read = html.page_of(wrapped.page_in(encoding.decode(data, html.declared_in(data)).text))
        return _said(read.nodes) if isinstance(read, html.Parsed) else ()
    return _said(readers.read(data, path).nodes) if name in {"markdown", "docx", "odt", "rtf", "doc"} else ()


def _said(nodes: Sequence[Node]) -> list[sight.Line]:
    return sight.seen([node for node in nodes if node.kind not in {"chrome", "fact"}])


def fit(some: Sequence[Known]) -> tuple[Weights, Weights]:
    """The weights of a line and of a page, by these pages."""
    dice = random.Random("lines")
    rows: list[Sequence[float]] = []
    answers: list[float] = []
    for page in some:
        if not page.is_story:
            for line in dice.sample(page.seen, min(_LINES, len(page.seen))):
                rows.append(line.signs)
                answers.append(0.0)
            continue
        for line, label in zip(page.seen, page.labels, strict=True):
            if label in _OF_STORY or label in _OF_NONE:
                rows.append(line.signs)
                answers.append(float(label in _OF_STORY))
    of_line = fitting.yes_or_no(rows, answers, [1.0] * len(rows), 1.0)
    whole = [tuple(_signs_of(page, of_line).values()) for page in some]
    counts = [_LIGHT.get(page.group, 1.0) * (1.0 if page.is_story else _NONE) for page in some]
    return of_line, fitting.yes_or_no(whole, [float(page.is_story) for page in some], counts, 3.0)


def _signs_of(page: Known, of_line: Weights) -> dict[str, float]:
    return signs.of_page(page.seen, _sure(page, of_line), talk.says_story(page.lines))


def _sure(page: Known, of_line: Weights) -> list[float]:
    return [weighing.sureness(line.signs, of_line.each, of_line.base) for line in page.seen]


def judge(some: Sequence[Known], fitted: tuple[Weights, Weights], say: Callable[[str], None]) -> None:
    """Say how many of these pages are recognised, and which stories are taken for none."""
    of_line, of_page = fitted
    right = none = 0
    weights: list[tuple[float, str]] = []
    for page in some:
        sure = _sure(page, of_line)
        found = signs.of_page(page.seen, sure, talk.says_story(page.lines))
        weight = of_page.base + sum(map(float.__mul__, found.values(), of_page.each))
        limit = weighing.limit(found)
        run = weighing.Run()
        told = any(run.is_told(line, one) for line, one in zip(page.seen, sure, strict=True))
        if told or weighing.is_short(page.seen) or weighing.is_borrowed(page.lines):
            weight = max(weight, limit)
        if page.is_story:
            weights.append((round(weight - limit, 2), page.name))
        else:
            none += 1
            right += weight < limit
    if none:
        say(f"    {right} of {none} that are no stories recognised")
    lost = sorted(weight for weight in weights if weight[0] < 0)
    say(f"    {len(weights) - len(lost)} of {len(weights)} stories kept" + "".join(f"; {one}" for one in lost))


def written(of_line: Weights, of_page: Weights) -> str:
    """The weights as a file."""
    said = [
        "# What the signs of a line, and of a page, weigh for a story (`signs.py` has them in this order). They were",
        "# fitted by `python -m bench.pages.weigh --write` to pages whose kind is known. Only the cut is set by hand:",
        "# a page that weighs less is surely no story.",
        f"cut = {weighing.CUT}",
    ]
    for name, names, weights in (("line", signs.OF_A_LINE, of_line), ("page", signs.OF_A_PAGE, of_page)):
        said += ["", f"[{name}]", f"base = {weights.base:.3f}"]
        said += [f'"{sign}" = {weight:.3f}' for sign, weight in zip(names, weights.each, strict=True)]
    return "\n".join(said) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the weights, fitted to all pages")
    given = parser.parse_args()
    every = list(known())
    print(f"{sum(not page.is_story for page in every)} pages that are no stories, {len(every)} in all", flush=True)
    if given.write:
        fitted = fit(every)
        TARGET.write_text(written(*fitted), encoding="utf-8")
        judge(every, fitted, print)
        return
    for group in sorted({page.group for page in every}):
        print(group, flush=True)
        judge(
            [page for page in every if page.group == group], fit([page for page in every if page.group != group]), print
        )


if __name__ == "__main__":
    main()
