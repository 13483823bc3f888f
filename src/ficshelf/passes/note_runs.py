"""Paragraphs at the edges of a chapter that are the author's together: what one of them says tells of its neighbours.

An author goes on: `Sorry for the wait!`, and below it `Anyway, this one is for you.` The second says nothing that only
an author would, but next to the first, above a story that has no I, it is nobody else's.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from ficshelf.model import Node
from ficshelf.passes.author_voice import are_the_authors, greets, is_heard_in, is_the_authors, strength
from ficshelf.passes.forewords import is_foreword
from ficshelf.passes.note_places import NEAR_EDGE, is_told_by_one
from ficshelf.passes.told_lines import is_told

_ABOVE = frozenset(("heading", "fact", "chrome", "note"))  # what may stand above a note at the top
_BELOW = frozenset(("chrome", "note"))  # and below one at the foot
_SHORT = 80  # characters of a line that says nothing by itself
_GOES_ON = re.compile(  # said by somebody who has said something before, and of what is being read
    r"\A[\W_]*(?:anyways?|anyhow|also|btw|plus|p\.?\s?s)\b|\b(?:this\s+(?:one|chapter|fic)|"
    r"here\s+it\s+(?:is|goes|comes)|here(?:['’]s|\s+is)\s+(?:the\s+next|another|my)\b|"
    r"(?:i|never|ever)\s+(?:thought|planned|meant|expected)\s+(?:that\s+)?(?:i['’]?d?|any|this|it)\b|started\s+(?:this|it)|put\s+(?:it|that|this)\s+in|"
    r"read\s+(?:this|it)|so\s+so\s+sorry|next\s+one)\b",
    re.I,
)
_CALLED = 3  # readers called by name (`@anna:`) who need no thanks
_SAYS_I = re.compile(r"\bI\b|\b(?:[Mm]y|me|[Ii]['’]?m)\b")
_OF_PART = re.compile(
    r"\b(?:this\s+(?:chapter|fic|update)|here(?:['’]s|\s+is)\s+the\s+(?:next\s+)?(?:one|chapter|part|bit|update)|"
    r"this\s+one(?:['’]s|\s+is)\s+(?:for|dedicated|short|a\s+(?:bit|little)))\b",
    re.I,
)
_BY_NAME = re.compile(
    r"(?:(?P<at>@)|(?P<mark>\*\*?))?(?P<name>[\w.'’~-]{2,30}(?: [\w.'’~-]{1,20}){0,2})\*{0,2}"
    r"\s?(?P<sign>:|,|[-–—]+(?=\s))\*{0,2}\s*\S"
)
_ANSWERS = re.compile(
    r"\b(?:thanks?|thank|thx|glad|lol|hehe|maybe|you|your|yes|nope?|sorry|review|danke|merci|grazie|gracias|obrigad\w|спасибо)\b",
    re.I,
)


def at_top(nodes: list[Node], start: int, end: int) -> None:
    """What the author says between the heading, or the header, and the story, taken together."""
    above = list(itertools.takewhile(lambda index: nodes[index].kind in _ABOVE, range(start, end)))
    opened = any(nodes[index].kind != "chrome" for index in above)
    places, closed = _from_edge(nodes, range(start + len(above), end))
    opened = opened or (closed and is_foreword([nodes[place].text for place in places]))
    if places and (opened or strength(nodes[places[0]].text).trade >= 2):
        further = any(not node.kind for node in nodes[places[-1] + 1 : end])
        _mark(nodes, places, closed=closed, story=(places[-1] + 1, end), from_top=True, further=further)


def at_foot(nodes: list[Node], start: int, end: int) -> None:
    """What the author says below the story, taken together."""
    upwards = range(end - 1, start, -1)
    below = list(itertools.takewhile(lambda index: nodes[index].kind in _BELOW, upwards))
    places, closed = _from_edge(nodes, upwards[len(below) :])
    if places:
        further = any(not node.kind for node in nodes[start : places[-1]])
        story = (max(start, places[-1] - 30), places[-1])
        _mark(nodes, places, closed=closed, story=story, from_top=False, further=further)


def _from_edge(nodes: list[Node], indexes: Iterable[int]) -> tuple[list[int], bool]:
    """The paragraphs at an edge that may be a note, from the edge towards the story, and whether a rule ends them."""
    places: list[int] = []
    for index in indexes:
        node = nodes[index]
        if not _may_be_note(node) or len(places) == NEAR_EDGE:
            return places, bool(places) and node.kind == "break"
        places.append(index)
    return places, False


def _mark(
    nodes: list[Node], places: list[int], *, closed: bool, story: tuple[int, int], from_top: bool, further: bool
) -> None:
    """Mark the notes among `places`, which go from the edge towards the story.

    `closed`: a rule parts them from it; `further`: there is more of it behind them. Something of it must be left.
    """
    ordered = places if from_top else places[::-1]
    texts = [nodes[place].text for place in ordered]
    if closed and further and _are_set_apart(nodes, texts, story, from_top=from_top) and not is_told(nodes, places):
        _note(nodes, places)
        return
    at_edge = texts[0 if from_top else -1]
    if is_heard_in(at_edge) or not (strength(at_edge).all or len(at_edge) < _SHORT):
        return
    above = places[0] - 1 if from_top else places[0] + 1
    after_note = 0 <= above < len(nodes) and nodes[above].kind == "note"
    if not after_note and not strength(at_edge).all and (len(at_edge) > 40 or at_edge[-1] in ".?…"):
        return
    told = is_told_by_one(nodes, places[0], story[1]) if from_top else is_told_by_one(nodes, story[0], places[0])
    last_silent = False
    taken = _replies(nodes, places, after_note=after_note)
    for count, place in enumerate(places):
        text = nodes[place].text
        if is_heard_in(text):
            break
        silent = not (strength(text).all or len(text) < _SHORT)
        if is_the_authors(text) or (greets(text) and not told):
            taken = max(taken, count + 1)
        elif told or (silent and (last_silent or not taken)):
            break
        last_silent = silent
    while not told and (taken or after_note) and taken < len(places) and _goes_on(nodes[places[taken]]):
        taken += 1
    if further or taken < len(places):
        _note(nodes, places[:taken])


def _are_set_apart(nodes: list[Node], texts: list[str], story: tuple[int, int], *, from_top: bool) -> bool:
    """Whether a rule parts the author's words from the story."""
    if from_top and is_foreword(texts):
        return True
    return are_the_authors(texts) and not is_told_by_one(nodes, *story)


def _may_be_note(node: Node) -> bool:
    """Nothing settled yet, or a few short lines that were taken for verse, in which the author speaks."""
    return not node.kind or (node.kind in ("verse", "list") and is_the_authors(node.text))


def _note(nodes: list[Node], places: Sequence[int]) -> None:
    for place in places:
        nodes[place] = nodes[place]._replace(kind="note")


def _goes_on(node: Node) -> bool:
    """Whether a paragraph next to a note, in a chapter that has no I, goes on with it."""
    text = node.text
    if len(text) > 400 or any(run.marks for run in node.runs) or "*" in text or is_heard_in(text):
        return False
    if _OF_PART.search(text) and len(text) < 200:
        return True
    told = strength(text)
    return bool(_SAYS_I.search(text) and (_GOES_ON.search(text) or told.trade or told.strong))


def _replies(nodes: list[Node], places: list[int], *, after_note: bool) -> int:
    """How many lines from the edge answer readers by name, each another one: `@anna: thank you!`"""
    names: list[str] = []
    sure = after_note
    answers = called = 0
    first_sign = ""
    for place in places:
        found = _BY_NAME.match(nodes[place].text)
        if not found or is_heard_in(nodes[place].text):
            break
        first_sign = first_sign or found["sign"][0]
        if found["sign"][0] != first_sign:
            break  # `Last warning: …`, and below it `Without warning, the dog …`
        names.append(found["name"].lower())
        runs = nodes[place].runs
        named = bool(found["mark"]) or (len(runs) > 1 and "strong" in runs[0].marks and len(runs[0].text) < 60)
        sure = sure or bool(found["at"]) or (named and found["sign"] != ":")
        called += found["at"] is not None
        answers += _ANSWERS.search(nodes[place].text) is not None
    further = sum(1 for place in places[len(names) :] if _BY_NAME.match(nodes[place].text))
    if len(names) < 2 or len(set(names)) < len(names) or further or not sure:
        return 0
    if answers * 2 < len(names) and called < max(len(names), _CALLED):
        return 0
    return len(names)
