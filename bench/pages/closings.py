"""Fit the weights by which it is told where a story ends, and what stands below it.

    python -m bench.pages.closings              what each set gets from weights that were fitted without it
    python -m bench.pages.closings --write      fit to all of them, and write src/ficshelf/passes/closing.toml
    python -m bench.pages.closings around -v    one set alone, and every line on which it goes wrong

The pages: the labelled ones, the cases of `tests/stories` and the forge's. Other passes know the lines of most labelled
pages by now, as they will not know those of pages never seen. So each page is there three times: as the passes leave
it, with all open again that they settled below the story, and with half of it; and what they know of a line's words is
left out now and then. The foot of each chapter is one example, and the cuts between its open lines are the choices.
"""

from __future__ import annotations

import argparse
import bisect
import html
import json
import random
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bench import fitting
from bench.fitting import Weights
from bench.forge.make import make
from bench.pages import score
from bench.pages.labelled import SETS, Page, pages
from ficshelf import assemble, passes, readers, reading
from ficshelf.model import Draft, Node
from ficshelf.passes import chapter_edges, closing, closing_signs, remembered

FORGED = 300  # of its files
TARGET = Path(closing.__file__).with_name("closing.toml")
CASES = Path(__file__).parents[2] / "tests" / "stories"
_CASES, _FORGE = "cases", "forge"
_FOLDS = 5  # of the cases, which are left out in turn
OF_STORY = frozenset(("para", "verse", "letter", "paragraph", "quote"))
_OPENED = frozenset(("chrome", "note", "end"))
_ALIKE = 20  # letters by which a block of a case is known again
_BELOW = frozenset(("chrome", "note", "meta", "end"))
AS_IT_IS, OPEN, _HALF = "as it is", "open", "half open"
_KEPT = {OPEN: 0.0, _HALF: 0.5}  # share of what other passes settled that stays so
_ENDS_KEPT = 0.6
FORGOTTEN = 0.6  # share of these in which nothing is known of words
COUNTS = {_FORGE: 0.5}
FOUND = 3.0  # what an example counts in which lines are left to be found, as on pages never seen
_FEWEST = 25  # lines below the story, beyond which nothing is learnt from it
_RIDGE = 0.5
_KNOWN = [closing_signs.OF_A_LINE.index(name) for name in closing_signs.KNOWN]


Covers = Sequence[tuple[int, int, str]]
Apply = Callable[[Draft], Draft]


class Foot(NamedTuple):
    """The foot of a chapter: the signs of its open lines from the last upwards, those of the cut above each but the
    last, how many of them stand below the story, what each is, and what it says. (Of its top, which `beginnings` fits
    to, downwards, and above the story.)"""

    group: str
    name: str
    state: str
    lines: tuple[tuple[float, ...], ...]
    cuts: tuple[tuple[float, ...], ...]
    below: int
    labels: tuple[str, ...]
    texts: tuple[str, ...]
    counts: float


Edges = Callable[[str, str, str, Draft, Covers], Iterator[Foot]]


def feet() -> list[Foot]:
    """All feet whose lines are known."""
    return edges(closing.apply, _feet)


def edges(apply: Apply, of_draft: Edges) -> list[Foot]:
    """All edges of chapters whose lines are known, as they come to the pass `apply`; `of_draft` finds those of one."""
    jobs = [*SETS, _CASES, *(f"{_FORGE} {part}" for part in range(3))]
    with ProcessPoolExecutor(2) as pool:
        return [foot for found in pool.map(partial(of_group, apply, of_draft), jobs) for foot in found]


def of_group(apply: Apply, of_draft: Edges, group: str) -> list[Foot]:
    """The edges of a set of labelled pages, of the cases, or of a third of the forge's files."""
    if group == _CASES:
        return [foot for at, case in enumerate(sorted(CASES.iterdir())) for foot in _of_case(case, at, apply, of_draft)]
    if group.startswith(_FORGE):
        seeds = range(int(group.split()[1]), FORGED, 3)
        made = [make(f"78/{seed}") for seed in seeds]
        return [foot for one in made for foot in _by_reading(_FORGE, one.seed, one.data, one.name, apply, of_draft)]
    return [foot for page in pages(group) if page.works == 1 for foot in _of_page(group, page, apply, of_draft)]


def _of_case(case: Path, at: int, apply: Apply, of_draft: Edges) -> list[Foot]:
    sources = list(case.glob("source.*"))
    if len(sources) != 1:
        return []
    works = json.loads((case / "expected.json").read_text("utf-8"))["works"]
    told = [block for work in works for chapter in work["chapters"] for block in chapter["blocks"]]
    story = [block[1] for block in told if block[0].strip("?").partition("|")[0] in OF_STORY]
    whole = None if any("…" in text for text in story) else _letters("".join(story))
    group = f"{_CASES} {at % _FOLDS}"
    return _by_reading(group, case.name, sources[0].read_bytes(), sources[0].name, apply, of_draft, whole)


def _by_reading(
    group: str, name: str, data: bytes, path: str, apply: Apply, of_draft: Edges, told: str | None = None
) -> list[Foot]:
    """The feet of a file that is read right but for its foot, by how it is read without these weights; where all that
    is `told` in it is known, what is not is a note."""
    draft = _draft(data, path, apply)
    rest = draft
    for _, behind in _behind(apply):
        rest = behind(rest)
    remembered.forget()
    source = reading.source_of(data, rest)
    found = assemble.assemble([(source, rest)])
    if len(found.works) != 1:
        return []
    covers = score._covers(found)
    if told is not None:
        covers = [
            (start, end, label if _letters(draft.text[start:end])[:_ALIKE] in told else "note")
            if label in OF_STORY
            else (start, end, label)
            for start, end, label in covers
        ]
    return list(of_draft(group, name, AS_IT_IS, draft, covers))


def _behind(apply: Apply) -> Iterator[tuple[str, Apply]]:
    """The passes behind the one that the weights are for."""
    places = [one for _, one in passes.PASSES]
    yield from passes.PASSES[places.index(apply) + 1 :]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _of_page(group: str, page: Page, apply: Apply, of_draft: Edges) -> Iterator[Foot]:
    draft = _draft(page.data, page.name, apply)
    layer, covers = score._Layer(draft.text), []
    for line in page.lines:
        text = html.unescape(score._MARKUP.sub("", line.text)) if page.is_markup else line.text
        place = layer.find(text, score._NEAR if line.label == "chrome" else score._FAR) if text.strip() else None
        if place is not None:
            covers.append((*place, line.label))
    yield from of_draft(group, page.name, AS_IT_IS, draft, covers)
    labels = labels_of(draft.nodes, covers)
    for state in (OPEN, _HALF):
        nodes = tuple(_opened(draft.nodes, labels, state, random.Random(page.name)))
        if nodes != draft.nodes:
            yield from of_draft(group, page.name, state, draft._replace(nodes=nodes), covers)


def _draft(data: bytes, path: str, behind: Apply) -> Draft:
    """A draft as it comes to the pass that the weights are for."""
    draft = readers.read(data, path)
    for _, apply in passes.PASSES:
        if apply is behind:
            break
        draft = apply(draft)
    remembered.forget()
    return draft


def _opened(nodes: Sequence[Node], labels: Sequence[str], state: str, dice: random.Random) -> Iterator[Node]:
    for node, label in zip(nodes, labels, strict=True):
        is_settled = node.kind in _OPENED and node.text and label in _BELOW
        kept = _ENDS_KEPT if node.kind == "end" else _KEPT[state]
        yield node._replace(kind="") if is_settled and dice.random() >= kept else node


def labels_of(nodes: Sequence[Node], covers: Covers) -> list[str]:
    """What each node is: the label of what covers most of it."""
    covers = sorted(covers)
    starts = [start for start, _, _ in covers]
    found: list[str] = []
    for node in nodes:
        over: dict[str, int] = {}
        for start, end in node.spans:
            for first, last, label in covers[max(0, bisect.bisect_left(starts, start) - 3) :]:
                if first >= end:
                    break
                over[label] = over.get(label, 0) + max(0, min(end, last) - max(start, first))
        found.append(max(over, key=over.__getitem__) if any(over.values()) else "")
    return found


def _feet(group: str, name: str, state: str, draft: Draft, covers: Covers) -> Iterator[Foot]:
    nodes, labels = draft.nodes, labels_of(draft.nodes, covers)
    parts = closing.feet(nodes)
    for start, end in parts:
        story = closing_signs.Story(nodes, start, end, *chapter_edges.called_by(draft))
        seen = list(closing_signs.lines(nodes, start, end, story, closing.MOST))[: closing.LINES + 1]
        told = [labels[line.place] for line in seen]
        for at in range(len(told) - 2, -1, -1):
            told[at] = told[at] or told[at + 1]
        below = next((at for at, label in enumerate(told) if label in OF_STORY), None)
        if below is None or len(seen) < 2:
            continue
        cuts = [
            closing_signs.of_cut(nodes, seen[at + 1].place, seen[at].place, start, end, story)
            for at in range(len(seen) - 1)
        ]
        lines = seen[:-1]
        texts = tuple(nodes[line.place].text[:80] for line in lines)
        yield Foot(
            group, name, state, tuple(line.signs for line in lines), tuple(cuts), below, tuple(told[:-1]), texts,
            len(parts) ** -0.5,
        )  # fmt: skip


class Fitted(NamedTuple):
    """The weights of a line, of a cut, and of a line below the story for a site."""

    line: tuple[float, ...]
    cut: tuple[float, ...]
    site: Weights


def fit(some: Sequence[Foot]) -> Fitted:
    """The weights, by these feet."""
    dice = random.Random("closings")
    rows, answers, counts = [], [], []
    signs: list[Sequence[float]] = []
    sites: list[float] = []
    often: list[float] = []
    for foot in some:
        if foot.below > _FEWEST:
            continue
        forgets = foot.state != AS_IT_IS and dice.random() < FORGOTTEN
        lines = [_without_known(line) if forgets else line for line in foot.lines[:_FEWEST]]
        weight = COUNTS.get(foot.group, 1.0) * foot.counts
        weight *= 0.5 if foot.state != AS_IT_IS else FOUND if foot.below else 1.0
        rows.append(_choices(lines, foot.cuts))
        answers.append(foot.below)
        counts.append(weight)
        for line, label in zip(lines[: foot.below], foot.labels, strict=False):
            if label in ("chrome", "note") and not foot.group.startswith(_CASES):
                signs.append(line)
                sites.append(float(label == "chrome"))
                often.append(weight)
    weights = fitting.which_of(rows, answers, counts, _RIDGE)
    each = len(closing_signs.OF_A_LINE)
    return Fitted(weights[:each], weights[each:], fitting.yes_or_no(signs, sites, often, 3.0))


def _choices(lines: Sequence[Sequence[float]], cuts: Sequence[Sequence[float]]) -> list[list[float]]:
    """The signs of each choice: none below the story, the last line, the last two …"""
    below = [0.0] * len(closing_signs.OF_A_LINE)
    made = [[0.0] * (len(below) + len(closing_signs.OF_A_CUT))]
    for line, cut in zip(lines, cuts, strict=False):
        below = list(map(float.__add__, below, line))
        made.append([*below, *cut])
    return made


def _without_known(line: tuple[float, ...]) -> tuple[float, ...]:
    return (*line[: _KNOWN[0]], *(0.0 for _ in _KNOWN))


def judge(some: Sequence[Foot], fitted: Fitted, *, verbose: bool) -> None:
    """Say how many lines below the story are found, and how many of the story are lost."""
    for state in (AS_IT_IS, OPEN):
        lines = found = lost = right = 0
        for foot in some:
            if foot.state != state:
                continue
            count = _cut(foot, fitted)
            lines += foot.below
            found += min(count, foot.below)
            lost += max(0, count - foot.below)
            seen = [closing_signs.Seen(0, line) for line in foot.lines[: min(count, foot.below)]]
            kinds = chapter_edges.kinds(seen, fitted.site.each, fitted.site.base)
            wrong = [
                (label, kind, text)
                for label, kind, text in zip(foot.labels, kinds, foot.texts, strict=False)
                if label in ("note", "chrome") and kind != label
            ]
            right += len(kinds) - len(wrong)
            if verbose and (count != foot.below or wrong):
                print(f"  {foot.name} ({state}): {foot.below} below, {count} found")
                apart = sorted((count, foot.below))
                for label, text in zip(foot.labels[slice(*apart)], foot.texts[slice(*apart)], strict=True):
                    print(f"      {'LOST' if count > foot.below else 'missed'} {label}: {text}")
                for label, kind, text in wrong:
                    print(f"      {label} read as {kind}: {text}")
        print(f"    {state}: of {lines} lines below the story {found} found, {right} of these right; {lost} lost above")


def _cut(foot: Foot, fitted: Fitted) -> int:
    told = [_sum(line, fitted.line) for line in foot.lines]
    cuts, total = [0.0], 0.0
    for weight, cut in zip(told, foot.cuts, strict=True):
        total += weight
        cuts.append(total + _sum(cut, fitted.cut))
    return closing.best(told, cuts) if told[0] >= chapter_edges.TOLD else 0


def _sum(signs: Sequence[float], weights: Sequence[float]) -> float:
    return sum(map(float.__mul__, signs, weights))


def written(fitted: Fitted) -> str:
    """The weights as a file."""
    said = [
        "# What the signs of a line at the foot of a chapter, and of a cut above it, weigh for its standing below the",
        "# story, and for its being the site's where it does (`closing_signs.py` has them in this order).",
        "# They were fitted by `python -m bench.pages.closings --write` to pages whose lines are known.",
    ]
    tables = (
        ("line", closing_signs.OF_A_LINE, fitted.line),
        ("cut", closing_signs.OF_A_CUT, fitted.cut),
        ("site", ("base", *closing_signs.OF_A_LINE), (fitted.site.base, *fitted.site.each)),
    )
    for name, names, weights in tables:
        said += ["", f"[{name}]"]
        said += [f'"{sign}" = {weight:.3f}' for sign, weight in zip(names, weights, strict=True)]
    return "\n".join(said) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", help="the sets to be left out, and judged")
    parser.add_argument("--write", action="store_true", help="write the weights, fitted to all pages")
    parser.add_argument("-v", "--verbose", action="store_true", help="every foot on which they go wrong")
    given = parser.parse_args()
    every = feet()
    print(f"{len(every)} feet", flush=True)
    if given.write:
        fitted = fit(every)
        TARGET.write_text(written(fitted), encoding="utf-8")
        judge(every, fitted, verbose=given.verbose)
        return
    for group in given.sets or sorted({foot.group for foot in every}):
        print(group, flush=True)
        kept = [foot for foot in every if foot.group not in (given.sets or [group])]
        judge([foot for foot in every if foot.group == group], fit(kept), verbose=given.verbose)


if __name__ == "__main__":
    main()
