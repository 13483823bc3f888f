"""Notes that stand out from the story by who speaks in them and how they look.

Somebody who says I above or below a story in which nobody does, outside of speech, is its author; so is who speaks in
brackets, in italics or under a name there. One such sign is not enough: the words must lean to an author's as well.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ficshelf.model import Node
from ficshelf.passes.author_voice import is_heard_in, strength
from ficshelf.passes.nodes import is_italic
from ficshelf.passes.note_words import TOLD

_LONGEST = 900  # characters of a paragraph that stands out
_ENOUGH = 8  # what the signs must weigh, an author's words among them
_LEAST = 2  # what an author's words must weigh above a name; twice as much where none stands
_SIGN = 3  # what each other sign weighs
_EDGE = 3  # paragraphs at each end of a chapter that may be notes themselves
_SAMPLE = 40  # paragraphs of the story that are asked whether they say I
_TOLD = 300  # characters that they must have together
_I = re.compile(r"\b(?:I|i['’](?:m|ve|ll|d)|i(?=\s(?:\w{2,})))\b|\b[Mm]y\b")
_STORY_I = re.compile(
    r"\bI\b(?!\.)|\bi['’](?:m|ve|ll|d)\b|\bi\s(?:was|am|had|have|did|do|could|can|will|would|just|said|know|think)\b"
)
_SPEECH = re.compile(r"[\"“„«][^\"”»“]*[\"”»]?|(?:(?<=\s)|^)['‘][^'’]{3,}['’](?!\w)")
_SIGNED = re.compile(r"[.!?)]\s[-–—~]{1,3}\s?[A-Z][\w.'’-]{0,20}(?:\s[A-Z][\w.'’-]{0,20})?[\])]?$")
_ADDRESSED = re.compile(r"\b(?:I|[Yy]ou|[Yy]our|[Ee]verybody|[Ee]veryone|[Tt]hanks?)\b|!")
_TITLE = 60  # characters of a line above brackets that may be a title
_OPENING, _CLOSING = "([{", ")]}"


def stands_out(nodes: Sequence[Node], index: int, start: int, end: int, *, enough: int = _ENOUGH) -> bool:
    """Whether the paragraph at `index`, at an edge of the chapter from `start` to `end`, is the author's."""
    node = nodes[index]
    text = node.text
    if len(text) > _LONGEST or (node.kind and not _SIGNED.search(text)) or is_heard_in(text):
        return False
    voice = strength(text)
    signed = _SIGNED.search(text) is not None
    if voice.told < (_LEAST if signed else 2 * _LEAST):
        return False
    apart = is_bracketed(text) or is_italic(node)
    weight = voice.all + _LEAST * signed + _SIGN * apart
    if weight >= enough + (0 if apart or signed else _SIGN):
        return True
    return weight + _SIGN >= enough and _I.search(text) is not None and not says_i(nodes, index, start, end)


def in_brackets(nodes: Sequence[Node], chapters: Sequence[tuple[int, int]]) -> list[int]:
    """Paragraphs in brackets that stand at the edges of chapters and nowhere else, as authors who write in turns
    speak to each other: two or more, one of them signed or plainly an author's."""
    found: list[int] = []
    for start, end in chapters:
        told = [index for index in range(start, end) if not nodes[index].kind]
        bracketed = [index for index in told if nodes[index].text[0] in _OPENING and is_bracketed(nodes[index].text)]
        if any(index not in told[:_EDGE] and index not in told[-_EDGE:] for index in bracketed):
            return []
        found += [index for index in bracketed if len(nodes[index].text) <= _LONGEST]
    texts = [nodes[index].text for index in found]
    if len(found) < 2 or not any(_SIGNED.search(text) or strength(text).told >= _LEAST for text in texts):
        return []
    return [index for index in found if _ADDRESSED.search(nodes[index].text) and not TOLD.search(nodes[index].text)]


def in_one_bracket(nodes: Sequence[Node], start: int, end: int) -> range:
    """The paragraphs above a chapter's story that stand in one pair of brackets, which the first opens and the last
    closes, where an author's voice is in them: `[I wrote this on a train. … / … So, enjoy!]`"""
    none = range(0)
    told = list(itertools.islice((index for index in range(start, end) if not nodes[index].kind), 2))
    opened = [index for index in told if nodes[index].text[0] in _OPENING]
    if not opened or (opened[0] != told[0] and len(nodes[told[0]].text) > _TITLE):
        return none
    first = opened[0]
    closing = _CLOSING[_OPENING.index(nodes[first].text[0])]
    weight = width = 0
    for index in range(first, min(end, first + _EDGE + _EDGE)):
        text = nodes[index].text
        width += len(text)
        if nodes[index].kind or width > 2 * _LONGEST or is_heard_in(text) or (index > first and text[0] in _OPENING):
            return none
        weight += strength(text).all
        if closing in text:
            is_one = index > first and text[-1] == closing and text.count(closing) == 1
            return range(first, index + 1) if is_one and index + 1 < end and weight >= 2 * _LEAST else none
    return none


def is_bracketed(text: str) -> bool:
    """Whether a whole paragraph stands in one pair of brackets."""
    place = _OPENING.find(text[0])
    if place < 0 or text[-1] != _CLOSING[place]:
        return False
    return text.count(text[0]) == 1 == text.count(text[-1])


def says_i(nodes: Sequence[Node], index: int, start: int, end: int) -> bool:
    """Whether the story says I outside of speech, or is too short to tell."""
    told = [place for place in range(start, end) if not nodes[place].kind and place != index]
    if len(told) > 3 * _EDGE:
        told = told[_EDGE:-_EDGE]
    texts = [_SPEECH.sub("", nodes[place].text) for place in told[:_SAMPLE] if nodes[place].text[0] not in "–—-"]
    said = sum(1 for text in texts if _STORY_I.search(text))
    return sum(map(len, texts)) < _TOLD or said * 20 > len(texts)
