"""Several stories in one text: a header further down, below an ending or a break, that states another title.

The nodes where they begin are marked, and `assemble` makes a work of each.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ficshelf.model import Draft, Facts, Node
from ficshelf.passes.ends import is_ending
from ficshelf.passes.label_lines import label_line
from ficshelf.passes.nodes import STORY

_TITLE = re.compile(
    r"[^\w\n]{0,5}(?:<\w{1,6}>)?(?:story\s+)?(?:titles?|(?<=story\s)name|titel|titre|título|titulo|titolo|название)"
    r"[^\w\n]{0,3}(?:</\w{1,6}>)?(?::|\s*[-–—]{1,2}\s|(?<=[\]}])\s)",
    re.I,
)
_PAIRS = frozenset(("st", "ti", "tí", "на"))  # of what _TITLE finds: most lines begin with other letters
_INITIALS = frozenset("sStTнН")
_QUOTES = "\"'“‘„«"
_MOST = 500  # stories in one text; what follows stays with the last of them
_LABEL = 24  # characters within which the label of a title ends
_NEAR = 6  # lines below a title within which a header says more
_SAYS_MORE = frozenset(("author", "rating", "disclaimer", "relationship", "fandom", "summary", "category", "genre"))


def starts(nodes: Sequence[Node]) -> list[int]:
    """Where further stories begin: title lines that no header has taken yet, each with another title."""
    titles: set[str] = set()
    found: list[int] = []
    for index, node in enumerate(nodes):
        said = node.text.lstrip(_QUOTES)
        first = said[:1]
        if first.isalpha() and (first not in _INITIALS or said[:2].lower()[:2] not in _PAIRS):
            continue
        if node.text[:_LABEL].isalpha() or not _TITLE.match(node.text) or not (line := label_line(node.text)):
            continue
        below = nodes[index + 1].text if index + 1 < len(nodes) else ""
        title = re.sub(r"\W+", "", line.value or below).lower()
        if index and not node.kind and node.gap and title not in titles and _opens(nodes, index):
            found.append(index)
            if len(found) == _MOST:
                break
        titles.add(title)
    return found


def _opens(nodes: Sequence[Node], index: int) -> bool:
    """Whether something ends right above, and the header goes on below."""
    above = nodes[index - 1]
    if above.kind != "break" and not is_ending(above.text):
        return False
    below = [line for node in nodes[index + 1 : index + 1 + _NEAR] if not node.kind and (line := label_line(node.text))]
    names = [line.label.names[0] for line in below]
    sure = sum(name in _SAYS_MORE for name in names)
    if ":" in nodes[index].text[:_LABEL]:
        return sure >= 1
    return sure >= 2 or (sure == 1 and len(set(names)) >= 3)  # behind a dash or in brackets a label is less sure


def parted(draft: Draft) -> list[Draft]:
    """A draft for each story of a text: its nodes, and the facts that stand among them."""
    begins = [index for index, node in enumerate(draft.nodes) if node.detail == STORY and node.page]
    if not begins:
        return [draft]
    places = [0, *(draft.nodes[index].spans[0].start for index in begins), len(draft.text) + 1]
    bounds = [0, *begins, len(draft.nodes)]
    stories: list[Draft] = []
    for number, (start, end) in enumerate(itertools.pairwise(places)):
        story = draft._replace(
            nodes=draft.nodes[bounds[number] : bounds[number + 1]], facts=_within(draft.facts, start, end)
        )
        stories.append(story if number == 0 else story._replace(remarks=(), questions=()))
    return stories


def _within(facts: Facts, start: int, end: int) -> Facts:
    """The facts that are stated between two places; those that stand nowhere belong to the first story."""
    kept: Facts = {}
    for name, values in facts.items():
        here = []
        for fact in values:
            spans = tuple(span for span in fact.spans if start <= span.start < end)
            if spans or (not fact.spans and start == 0):
                here.append(fact._replace(spans=spans))
        if here:
            kept[name] = tuple(here)
    return kept
