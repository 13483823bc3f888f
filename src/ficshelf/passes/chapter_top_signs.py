"""The signs of the lines on top of a chapter, as numbers, by which `chapter_tops.py` tells where its story begins.

They are those of the lines at its foot (`closing_signs`), read downwards: what stands around a line, and the story that
it is compared with, are below it. Beside these stand the words of somebody who speaks now, to readers, of stories.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from ficshelf.model import Node
from ficshelf.passes import closing_signs, foreword_words
from ficshelf.passes.author_voice import greets, is_heard_in, strength
from ficshelf.passes.closing_signs import COMPARED, KNOWN, OF_WORDS, OPEN, Own, Seen, Story, compared, known, of_line
from ficshelf.passes.note_labels import is_edge_label, is_edge_line, is_labelled
from ficshelf.passes.note_places import is_told_by_one

_BEGINNING = 600  # characters of a line that are looked at
_BELOW = 20  # paragraphs below the top whose words and people are the story's
_NEAR = 4  # lines on top that may be no story's, and lend it no words
_SHORT = 40  # characters of a short line
_WORKS = 3  # kinds of words for works beyond which there are enough
_LITTLE = 12  # lines below a cut, beyond which there is enough
_QUOTED = re.compile(r"[\"“„«][^\"”»“\n]{0,300}[\"”»“]?")
_SAYS_I = re.compile(
    r"\b(?:I|I['’](?:m|ve|d|ll)|[Mm]y|i['’](?:m|ve|d|ll)|[Ii]ch|[Mm]ir|[Jj]e|[Jj]['’](?=\w)|[Mm]oi|[Yy]o|[Mm]e|[Ii]o|[Mm]i|[Ee]u|[Яя]|[Мм]не|[Мм]еня)\b"
)
_SAYS_YOU = re.compile(
    r"\b(?:[Yy]ou(?:['’]?(?:re|ve|ll|d|r|rs))?|[Ee]uch|[Ii]hr|[Ee]ure[nrms]?|[Vv]ous|[Vv]os|[Uu]stedes|[Oo]s|[Vv]oi|[Vv]ostr[eoia]|[Vv]ocês|[Вв]ам|[Вв]ас|[Вв]ы)\b"
)
_THANKS = re.compile(
    r"\b(?:thanks?|thank\s+you|thankies|thx|danke|dank|merci|gracias|grazie|obrigad[oa]|спасибо|dzięki|dziękuję|bedankt|tack)\b",
    re.I,
)
_BESIDE = (
    "wide gap below", "wide gap above", "close", "above rule", "below rule", "right below heading", "right below fact",
    "right below note", "right below chrome", "right above note", "right above heading", "first", "last of the chapter",
)  # fmt: skip
_SAID = ("greets", "works", "craft", "net", "now", "told", "i alone", "you alone", "exclaims", "thanks")
OF_A_LINE = (*OF_WORDS, *_BESIDE, *_SAID, *COMPARED, *KNOWN)
UNCOMPARED = len(OF_WORDS) + len(_BESIDE) + len(_SAID)
_I = OF_WORDS.index("i")
OF_A_CUT = (
    "cut", "of the page", "wide gap at it", "rule at it", "settled at it", "ends above", "verse below", "short below",
    "spoken below", "told by one", "little below", "told little", "tells below", "says i below", "heard below",
)  # fmt: skip


class Below(Story):
    """What is told below the top of a chapter."""

    @cached_property
    def _told(self) -> str:
        first = min(self._start + (self._end - self._start) // 2, self._start + _NEAR)
        nodes = itertools.islice(self._nodes, first, self._end)
        told = itertools.islice((node.text[:_BEGINNING] for node in nodes if node.kind in OPEN), _BELOW)
        return "\n".join(told)

    @cached_property
    def by_one(self) -> bool:
        first = min(self._start + (self._end - self._start) // 2, self._start + _NEAR)
        return is_told_by_one(self._nodes, first, self._end)


def lines(
    nodes: Sequence[Node], start: int, end: int, story: Story, most: int, told: Callable[[Own], bool] = lambda _: False
) -> Iterator[Seen]:
    """The open lines of a chapter from its first downwards, with their signs; none where the first looks `told`."""
    is_first = True
    for place in range(start, min(end, start + most)):
        node = nodes[place]
        if node.kind == "quote" and "\n" in node.text:
            return  # a letter or a chat of several lines
        if node.kind in OPEN and closing_signs.is_told_of(node.text):
            return
        if node.kind not in OPEN or not node.text:
            continue
        own = (*of_line(node, story), *_beside(nodes, place, start, end, story), *_said(node.text, story))
        if is_first and told(own):
            return
        own = (*own, *compared(node, story, own[_I]))
        if is_first and told(own):
            return
        is_first = False
        yield Seen(place, (*own, *known(node.text, tuple(filter(None, story.called)))))


def is_only_told(text: str) -> bool:
    """Whether a line says what somebody did, then, and nothing of stories or to readers."""
    part = text[:_BEGINNING]
    if not foreword_words.told(part) or foreword_words.of_works(part) or greets(part):
        return False
    return not (strength(text).strong or is_labelled(text) or is_edge_label(text) or is_edge_line(text))


def _beside(nodes: Sequence[Node], place: int, start: int, end: int, story: Story) -> tuple[float, ...]:
    """What stands around a line."""
    above = nodes[place - 1].kind if place > start else ""
    below = nodes[place + 1].kind if place + 1 < end else ""
    apart = nodes[place + 1].gap if place + 1 < end else 0
    return (
        float(apart > story.usual > 0),
        float(nodes[place].gap > story.usual > 0),
        float(apart == 0 and story.usual > 0),
        float(below == "break"),
        float(above == "break"),
        float(above == "heading"),
        float(above == "fact"),
        float(above == "note"),
        float(above == "chrome"),
        float(below == "note"),
        float(below == "heading"),
        float(all(node.kind not in OPEN for node in nodes[start:place])),
        float(place + 1 == end),
    )


def _said(text: str, story: Story) -> tuple[float, ...]:
    """What speaks for somebody who says it now, to readers. `i alone`: I, where the story says none itself."""
    part = text[:_BEGINNING]
    own = _QUOTED.sub("", part)
    works = foreword_words.of_works(part)
    return (
        float(greets(part)),
        min(len(works), _WORKS) / _WORKS,
        float("craft" in works),
        float("net" in works),
        min(foreword_words.said_now(part), _WORKS) / _WORKS,
        min(foreword_words.told(part), _WORKS) / _WORKS,
        float(not story.by_one and _SAYS_I.search(own) is not None),
        float(not story.by_one and _SAYS_YOU.search(own) is not None),
        min(own.count("!"), _WORKS) / _WORKS,
        float(_THANKS.search(own) is not None),
    )


def of_cut(nodes: Sequence[Node], above: int, below: int, start: int, end: int, story: Story) -> tuple[float, ...]:
    """The signs of a cut between two open lines, in the order of OF_A_CUT."""
    told = [node for node in nodes[below : min(end, below + _LITTLE)] if node.kind in OPEN]
    cut_off = sum(node.kind in OPEN for node in nodes[start:below])
    between = [node.kind for node in nodes[above + 1 : below]]
    first = nodes[below]
    return (
        1.0,
        float(start == 0),
        float(any(node.gap > story.usual > 0 for node in nodes[above + 1 : below + 1])),
        float("break" in between),
        float("chrome" in between or "note" in between),
        float(closing_signs.has_end(nodes[above].text)),
        float(first.kind == "verse"),
        float(len(first.text) <= _SHORT and not closing_signs.has_end(first.text)),
        float(closing_signs.is_spoken(first.text)),
        float(story.by_one),
        float(len(told) <= min(cut_off, _LITTLE)),
        float(len(told) <= 2),
        min(foreword_words.told(first.text[:_BEGINNING]), _WORKS) / _WORKS,
        float(_SAYS_I.search(_QUOTED.sub("", first.text[:_BEGINNING])) is not None),
        float(is_heard_in(first.text)),
    )
