"""Lists that a story shows: items that count, of a few words, in italics; and what tells verse from them."""

from __future__ import annotations

import itertools
import re

from ficshelf.model import Layout, Node
from ficshelf.passes.nodes import is_italic
from ficshelf.passes.rhymes import rhymed
from ficshelf.passes.stanzas import goes_on

SHORT = 45  # characters of an item of a few words
FEWEST = 3  # lines of a list that nothing numbers
_NUMBER = re.compile(r"(\d{1,2})[.):]\s+\S")
_BULLETS = ("- ", "* ", "• ", "– ")
_SURE_BULLETS = ("* ", "• ")  # with a dash people speak, in other tongues
_SENTENCE_ENDS = frozenset(".!?…")
_ABOVE = 24  # lines above a list that tell how people speak
_MOST = 60  # lines of a list
_LONGEST = 120  # characters of an item among lines that stand together
_WIDEST = 90  # characters of an item in italics
_THOUGHT = re.compile(r"[?!]|\b(?:I|me|my|we|us|you|your|ich|mich|du|je|tu|vous|yo|io|eu|я|ты|вы)\b")


def may_head_a_list(text: str) -> bool:
    """`RULES OF THE HOUSE`, `House Rules:`"""
    return (text[-1].isalnum() or text[-1] == ":") and text[0].isupper()


def list_end(nodes: list[Node], start: int, how: Layout) -> int:
    """The index after two items or more that count from one, or that signs stand before; 0 for fewer, and for what
    people say behind dashes."""
    count, stop = 0, start
    sign = nodes[start].text[:2] if start < len(nodes) else ""
    while stop < min(len(nodes), start + _MOST) and not nodes[stop].kind and not nodes[stop].page:
        text = nodes[stop].text
        found = _NUMBER.match(text)
        if (found and int(found[1]) == count + 1) or (sign in _BULLETS and text.startswith(sign)):
            count += 1
        elif not (count and how.wrapped and nodes[stop].gap == 0):
            break
        stop += 1
    if count < 2 or sign not in _BULLETS or sign in _SURE_BULLETS:
        return stop if count >= 2 else 0
    above = nodes[max(0, start - _ABOVE) : start]
    spoken = any(map(_is_spoken, nodes[start:stop])) or any(_is_said_behind(node, sign) for node in above)
    return stop if not spoken else 0


def _is_spoken(node: Node) -> bool:
    """`- Why? - he asked.`: another dash parts what is said from who says it, or somebody asks."""
    return node.text.endswith(("?", "!")) or any(f"{mark} {node.text[0]} " in node.text for mark in "?!.,")


def _is_said_behind(node: Node, sign: str) -> bool:
    """Whether somebody speaks behind the same dash among what is told above."""
    return node.text.startswith(sign) and node.text[-1] in _SENTENCE_ENDS and node.gap > 0


def counts(text: str) -> bool:
    """Whether a line is an item of a list by the number or the sign before it."""
    return (text[:1].isdigit() and _NUMBER.match(text) is not None) or text.startswith(_BULLETS)


def is_item(text: str) -> bool:
    """A few words that are no sentence: a line of a list."""
    return (
        0 < len(text) <= SHORT
        and text.count(" ") < 5
        and (text[-1].isalnum() or text[-1] == ")")
        and not text.isupper()
    )


def items_end(nodes: list[Node], start: int) -> int:
    """The index after three lines or more that are each a few words; 0 for fewer."""
    stop = start
    most = min(len(nodes), start + _MOST)
    while stop < most and not nodes[stop].kind and not nodes[stop].page and is_item(nodes[stop].text):
        stop += 1
    words = sum(node.text.count(" ") + (1 if node.text[0].isalpha() else -1) for node in nodes[start:stop])
    few = stop >= start + FEWEST and words <= FEWEST * (stop - start)
    return stop if few and not is_poem(nodes[start:stop]) else 0


def is_poem(nodes: list[Node]) -> bool:
    """Whether lines rhyme, or sentences run over the ends of short ones."""
    lines = [node.text for node in nodes]
    counted = sum(1 for line in lines if any(map(str.isdigit, line)))
    if len(lines) >= FEWEST and counted * 2 < len(lines) and max(map(len, lines)) <= SHORT and goes_on(lines):
        return True
    return len(lines) > 1 and rhymed(lines) >= (0.5 if len(lines) > 2 else 1.0)


def together_list_end(nodes: list[Node], index: int, how: Layout) -> int:
    """The index after items that stand together and count on from any number, perhaps below a line that heads them; 0
    for fewer than two. Told prose has no such lines, so nothing has to announce them."""
    start = index if counts(nodes[index].text) else index + 1
    first = nodes[start].text if start < len(nodes) else ""
    if first.startswith(_BULLETS) and not first.startswith(_SURE_BULLETS):
        return 0
    stop = start + 1
    while stop < min(len(nodes), start + _MOST) and nodes[stop].gap == 0 and not nodes[stop].kind:
        stop += 1
    items = nodes[start:stop]
    if len(items) < 2 or max(len(node.text) for node in items) > _LONGEST or (how.wrapped and _is_full(items, how)):
        return 0
    if first.startswith(_SURE_BULLETS):
        return stop if all(node.text.startswith(first[:2]) for node in items) else 0
    numbers = [int(found[1]) if (found := _NUMBER.match(node.text)) else 0 for node in items]
    return stop if numbers[0] and all(after == here + 1 for here, after in itertools.pairwise(numbers)) else 0


def _is_full(items: list[Node], how: Layout) -> bool:
    """Whether a line may have been cut at the width of the text."""
    return any(len(node.text) > 0.9 * how.width for node in items)


def last_number(nodes: list[Node]) -> int:
    """The number of the item that ends a list; 0 where none does."""
    found = _NUMBER.match(nodes[-1].text.rpartition("\n")[2]) if nodes else None
    return int(found[1]) if found else 0


def italic_list_end(nodes: list[Node], index: int) -> int:
    """The index after three short paragraphs or more in italics that nobody thinks or says; 0 for none."""
    stop = index
    while stop < len(nodes) and not nodes[stop].kind and not nodes[stop].page and is_italic(nodes[stop]):
        if stop - index == _MOST or len(nodes[stop].text) > _WIDEST or _THOUGHT.search(nodes[stop].text):
            return 0
        stop += 1
    items = [node.text.rstrip("*_/ ") for node in nodes[index:stop]]
    if len(items) < FEWEST or stop == len(nodes):
        return 0
    if len({item.partition(" ")[0] for item in items}) == 1 and all(any(map(str.isdigit, item)) for item in items):
        return stop  # `Item 211: a glove`
    closed = all(item.endswith((".", ")", ":")) for item in items)
    return stop if closed and not is_poem(nodes[index:stop]) else 0
