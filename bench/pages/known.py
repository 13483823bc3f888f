"""Texts whose lines are known, as they come to one of the passes: what weights are fitted to.

They are the labelled pages, the cases of `tests/stories` and the forge's. Other passes know the lines of most labelled
pages by now, as they will not know those of pages never seen. So each page is there three times: as the passes leave
it, with all open again that they settled beyond the story, and with half of it.
"""

from __future__ import annotations

import bisect
import html
import json
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.forge.make import make
from bench.pages import score
from bench.pages.labelled import KEPT_BACK, SETS, Page, pages
from ficshelf import assemble, passes, readers, reading
from ficshelf.model import Draft, Node
from ficshelf.passes import remembered

CASES, FORGE = "cases", "forge"
GROUPS = (*(group for group in SETS if group not in KEPT_BACK), CASES, *(f"{FORGE} {part}" for part in range(3)))
_FORGED = 300  # files of the forge
_STORIES = Path(__file__).parents[2] / "tests" / "stories"
_FOLDS = 5  # of the cases, which are left out in turn
OF_STORY = frozenset(("para", "verse", "letter", "paragraph", "quote"))
_OPENED = frozenset(("chrome", "note", "end"))
_BEYOND = frozenset(("chrome", "note", "meta", "end"))
_ALIKE = 20  # letters by which a block of a case is known again
AS_IT_IS, OPEN, _HALF = "as it is", "open", "half open"
_KEPT = {OPEN: 0.0, _HALF: 0.5}  # share of what other passes settled that stays so
_ENDS_KEPT = 0.6

Covers = Sequence[tuple[int, int, str]]
Apply = Callable[[Draft], Draft]


class Known(NamedTuple):
    """A text as it comes to the pass that the weights are for, in one of its states, and the labels of what it says.
    `group` is what is left out together."""

    group: str
    name: str
    state: str
    draft: Draft
    covers: Covers

    @property
    def labels(self) -> list[str]:
        """What each node is."""
        return _labels_of(self.draft.nodes, self.covers)


def texts(group: str, weighing: Apply) -> Iterator[Known]:
    """A set of labelled pages, the cases, or a third of the forge's files."""
    if group == CASES:
        for at, case in enumerate(sorted(_STORIES.iterdir())):
            yield from _of_case(case, at, weighing)
    elif group.startswith(FORGE):
        for seed in range(int(group.split()[1]), _FORGED, 3):
            one = make(f"78/{seed}")
            yield from _by_reading(FORGE, one.seed, one.data, one.name, weighing)
    else:
        for page in pages(group):
            if page.works == 1:
                yield from _of_page(group, page, weighing)


def _of_case(case: Path, at: int, weighing: Apply) -> Iterator[Known]:
    sources = list(case.glob("source.*"))
    if len(sources) != 1:
        return
    works = json.loads((case / "expected.json").read_text("utf-8"))["works"]
    told = [block for work in works for chapter in work["chapters"] for block in chapter["blocks"]]
    story = [block[1] for block in told if block[0].strip("?").partition("|")[0] in OF_STORY]
    whole = None if any("…" in text for text in story) else _letters("".join(story))
    group = f"{CASES} {at % _FOLDS}"
    yield from _by_reading(group, case.name, sources[0].read_bytes(), sources[0].name, weighing, whole)


def _by_reading(
    group: str, name: str, data: bytes, path: str, weighing: Apply, told: str | None = None
) -> Iterator[Known]:
    """A file that is read right but for its edges, by how it is read without these weights; where all that is `told` in
    it is known, what is not is a note."""
    draft = _draft(data, path, weighing)
    rest = draft
    for _, behind in _behind(weighing):
        rest = behind(rest)
    remembered.forget()
    source = reading.source_of(data, rest)
    found = assemble.assemble([(source, rest)])
    if len(found.works) != 1:
        return
    covers = score._covers(found)
    if told is not None:
        covers = [
            (start, end, label if _letters(draft.text[start:end])[:_ALIKE] in told else "note")
            if label in OF_STORY
            else (start, end, label)
            for start, end, label in covers
        ]
    yield Known(group, name, AS_IT_IS, draft, covers)


def _behind(weighing: Apply) -> Iterator[tuple[str, Apply]]:
    """The passes behind the one that the weights are for."""
    places = [one for _, one in passes.PASSES]
    yield from passes.PASSES[places.index(weighing) + 1 :]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _of_page(group: str, page: Page, weighing: Apply) -> Iterator[Known]:
    draft = _draft(page.data, page.name, weighing)
    layer, covers = score._Layer(draft.text), []
    for line in page.lines:
        text = html.unescape(score._MARKUP.sub("", line.text)) if page.is_markup else line.text
        place = layer.find(text, score._NEAR if line.label == "chrome" else score._FAR) if text.strip() else None
        if place is not None:
            covers.append((*place, line.label))
    yield Known(group, page.name, AS_IT_IS, draft, covers)
    labels = _labels_of(draft.nodes, covers)
    for state in (OPEN, _HALF):
        nodes = tuple(_opened(draft.nodes, labels, state, random.Random(page.name)))
        if nodes != draft.nodes:
            yield Known(group, page.name, state, draft._replace(nodes=nodes), covers)


def _draft(data: bytes, path: str, weighing: Apply) -> Draft:
    """A draft as it comes to the pass that the weights are for."""
    draft = readers.read(data, path)
    for _, apply in passes.PASSES:
        if apply is weighing:
            break
        draft = apply(draft)
    remembered.forget()
    return draft


def _opened(nodes: Sequence[Node], labels: Sequence[str], state: str, dice: random.Random) -> Iterator[Node]:
    for node, label in zip(nodes, labels, strict=True):
        is_settled = node.kind in _OPENED and node.text and label in _BEYOND
        kept = _ENDS_KEPT if node.kind == "end" else _KEPT[state]
        yield node._replace(kind="") if is_settled and dice.random() >= kept else node


def _labels_of(nodes: Sequence[Node], covers: Covers) -> list[str]:
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
