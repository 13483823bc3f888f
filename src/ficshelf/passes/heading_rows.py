"""Headings that are known by their row: lines of one shape that come again and again, with something told under each.

`Attempt 1`, `Attempt 2` … count on behind the same words, whatever these are; a title with `by Pim`, `Prompt: tea` or
`100 words` right below it, and another such pair further down, heads a piece of a collection. One line of a row says
little, the row is sure; so it is looked for before a header may take its first line for a value.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from ficshelf.model import Draft, Node
from ficshelf.passes import headings, numbers
from ficshelf.passes.bare_titles import may_be_title
from ficshelf.passes.ends import is_ending
from ficshelf.passes.heading_titles import DECOR, tidy
from ficshelf.passes.headings import Heading
from ficshelf.passes.label_lines import label_line
from ficshelf.passes.number_words import fold
from ficshelf.passes.title_lines import is_by_line

_LONGEST = 80  # characters of a heading
_LONGEST_BELOW = 110  # of the line right below it
_TOLD = 100  # characters that are told at the least under a heading
_LINE = 60  # characters of a line of prose among them
_FEWEST = 3  # lines of a row
_WORDS_BEFORE = 5  # words before the number
_NUMBER = re.compile(r"[#№(\[{]*(?P<number>\d{1,3}|[^\W\d_]{1,12})(?:/(?P<of>\d{1,3}|\?+))?(?P<sep>[)\]}.:,–—~-]*)")
_NO_HEADING = frozenset(("li", "table", "pre", "blockquote"))
_SPEECH = ('"', "“", "„", "«", "—", "–")
_ENDS_SENTENCE = frozenset('.,;!?…"”»')
_WORKS_OWN = frozenset(("title", "author"))  # below a title they state a story of its own
_COUNT = re.compile(r"\W*[\d.,]{1,7}\s+(?:words?|wörter|mots|palabras|parole|слов\w*)\W*", re.I)
_FOR = re.compile(r"\W*(?:for|für|pour|para|per|для)\s+[\w@'’.-]{2,30}(?:\s[\w'’.-]{1,30}){0,3}\W*", re.I)


class _Numbered(NamedTuple):
    """A line with a number in it: the words before it, how the number is written, and the title behind it."""

    before: str
    way: str
    number: int
    of: str
    title: str


def apply(draft: Draft) -> Draft:
    """Mark the headings of such a row, and what stands right below the titles of a collection as notes."""
    nodes = list(draft.nodes)
    if any(node.kind == "heading" for node in nodes):
        return draft
    alone = _alone(nodes)
    found = _counted(nodes, alone) or _of_collection(nodes, alone)
    if not found:
        return draft
    for index, heading in found.items():
        nodes[index] = nodes[index]._replace(kind="heading", detail=headings.pack(heading))
        below = index + 1
        while below < len(nodes) and _is_below(nodes[below]) and not is_by_line(nodes[below].text):
            nodes[below] = nodes[below]._replace(kind="note")
            below += 1
    return draft._replace(nodes=tuple(nodes))


def _alone(nodes: Sequence[Node]) -> list[int]:
    """Short lines that begin a paragraph and are no sentence."""
    return [
        index
        for index, node in enumerate(nodes)
        if len(node.text) <= _LONGEST
        and not node.kind
        and (node.gap or node.page or not index)
        and node.hint not in _NO_HEADING
        and not node.text.startswith(_SPEECH)
        and node.text[-1] not in _ENDS_SENTENCE
        and not is_ending(node.text)
    ]


def _counted(nodes: Sequence[Node], alone: Sequence[int]) -> dict[int, Heading]:
    """Lines that count from one up behind the same words; nothing where a word of headings counts already."""
    rows: dict[tuple[str, str, bool], list[tuple[int, _Numbered]]] = {}
    for index in alone:
        after = nodes[index + 1] if index + 1 < len(nodes) else None
        if after is None or not (after.gap or after.kind) or headings.parse(nodes[index].text):
            continue
        if (said := _numbered(nodes[index].text)) and said.before:
            rows.setdefault((said.before, said.way, bool(said.title)), []).append((index, said))
    for row in rows.values():
        of = row[0][1].of
        start = row[0][1].number if of else 1
        if len(row) < (2 if of else _FEWEST) or any(said.of != of for _, said in row):
            continue
        if [said.number for _, said in row] != list(range(start, start + len(row))):
            continue
        if _is_told_under([index for index, _ in row], nodes):
            named = all(node.kind for node in nodes[: row[0][0]])  # on top it is the story's own title, and its part
            return {index: _heading(nodes[index].text, said) for index, said in row[bool(of) and named :]}
    return {}


def _numbered(text: str) -> _Numbered | None:
    words = text.strip(DECOR).split()
    for place, word in enumerate(words[: _WORDS_BEFORE + 1]):
        found = _NUMBER.fullmatch(word)
        number = numbers.value(found["number"]) if found and (place or found["number"].isdigit()) else None
        if found is None or number is None or number > 99:
            continue
        way = "digits" if found["number"].isdigit() else "words"
        if way == "words" and len(found["number"]) == 1 and not found["number"].isupper():
            continue  # `I`, where it is no number
        title = tidy(" ".join(words[place + 1 :]))
        if title and not (found["sep"] or way == "words" or not words[place + 1][0].isalnum()):
            return None
        return _Numbered(fold(" ".join(words[:place])), way, number, found["of"] or "", title)
    return None


def _heading(text: str, said: _Numbered) -> Heading:
    """The number, and the title behind it; what a number in words stands within is called so: `The First Time`."""
    title = tidy(text) if said.way == "words" and said.title and " " in said.before + " " else said.title
    return Heading(said.number, title or None, 2, said.of)


def _of_collection(nodes: Sequence[Node], alone: Sequence[int]) -> dict[int, Heading]:
    """Titles each of which has a line of the same shape right below it: whose it is, for whom, to what prompt."""
    rows: dict[str, list[int]] = {}
    for index in alone:
        below = index + 1
        if below < len(nodes) and _is_below(nodes[below]) and (shape := _shape(nodes[below].text)):
            text = nodes[index].text
            if label_line(text) is None and (may_be_title(text, comma=True) or headings.named(text).number):
                rows.setdefault(shape, []).append(index)
    for row in sorted(rows.values(), key=len, reverse=True):
        pairs = itertools.pairwise(row)  # the story's own title may stand above the first
        row = row[next((at for at, pair in enumerate(pairs) if _is_told(nodes, *pair)), 0) :]
        if len(row) < _FEWEST or len({nodes[index].text.casefold() for index in row}) < len(row):
            continue
        if _is_told_under(row, nodes):
            return {index: headings.named(nodes[index].text) for index in row}
    return {}


def _is_below(node: Node) -> bool:
    return (
        not node.kind
        and not node.gap
        and not node.page
        and len(node.text) <= _LONGEST_BELOW
        and _shape(node.text) != ""
    )


def _shape(text: str) -> str:
    """What a line right below a title is: a label's name, a by-line, a count; "" for anything else."""
    if is_by_line(text):
        return "by"
    if _COUNT.fullmatch(text):
        return "words"
    if _FOR.fullmatch(text):
        return "for"
    if text[0] in "([" and text[-1] in ")]":
        return "brackets"
    line = label_line(text)
    if line is None or not line.strong or line.label.names[0] in _WORKS_OWN:
        return ""
    return f"label {line.label.names[0]}"


def _is_told_under(row: Sequence[int], nodes: Sequence[Node]) -> bool:
    return all(_is_told(nodes, here, after) for here, after in itertools.pairwise([*row, len(nodes)]))


def _is_told(nodes: Sequence[Node], here: int, after: int) -> bool:
    """Whether enough is told between two lines, in prose or in verse."""
    lengths = [len(node.text) for node in nodes[here + 1 : after] if not node.kind and not _shape_alone(node)]
    return sum(lengths) >= _TOLD and (max(lengths) >= _LINE or len(lengths) > _FEWEST)


def _shape_alone(node: Node) -> bool:
    return len(node.text) <= _LONGEST_BELOW and label_line(node.text) is not None
