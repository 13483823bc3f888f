"""Unlabelled notes between a chapter's heading, or the header, and its story; and what happened before."""

from __future__ import annotations

import itertools
import re

from ficshelf.model import Node
from ficshelf.passes.author_voice import are_the_authors, is_the_authors
from ficshelf.passes.forewords import MOST, is_foreword
from ficshelf.passes.letter_words import SIGNED_NAME, closes
from ficshelf.passes.note_labels import (
    OPENING,
    ends_a_note,
    is_edge_label,
    is_label_alone,
    is_labelled,
    is_recap,
    is_recap_label,
)
from ficshelf.passes.note_places import MAY_BE, NEAR_EDGE, OPENING_QUOTES, REPLY, REVIEWERS, is_told_by_one
from ficshelf.passes.note_words import SAID, SPEAKS, WORKED, is_heard, speaks_of_the_story
from ficshelf.passes.notes_standing_out import stands_out
from ficshelf.passes.title_lines import is_title
from ficshelf.passes.told_lines import is_told

_UNOPENED = 9  # what must speak for a note on top of a text that no header and no heading opens
_SIGNED_WITHIN = 16  # nodes from the top of a chapter to the name below what its author says
_TITLE = 60  # characters of a line on top that may be a title
_LONGEST_NAME = 40  # characters of it
_ABOVE = frozenset(("heading", "fact", "chrome", "note", "break", "image"))  # what may stand above a note
_STOPPED = re.compile(r"[^\W\d_]{4}\.\s")
_DASHES = frozenset("-–—")
_RECAP = 15  # nodes from the label of a recap to the rule below it


def at_top(nodes: list[Node], start: int, end: int, *, headed: bool = False) -> None:
    """Unlabelled notes between the heading, or the header, and the story. `headed`: the page's markup has stated the
    title, where no line does."""
    _set_apart_by_blank_lines(nodes, start, end)
    _down_to_label(nodes, start, end)
    _down_to_leave(nodes, start, end)
    _signed(nodes, start, end)
    seen = 0
    replies = False
    opened = start == 0 and (headed or any(node.kind in ("fact", "heading") for node in nodes[:12]))
    for index in range(start, end):
        node = nodes[index]
        if node.kind in ("heading", "fact", "chrome", "note", "break", "image"):
            opened = opened or node.kind in ("heading", "fact", "note")
            replies = replies or (node.kind == "note" and bool(REVIEWERS.search(node.text[:60])))
            continue
        seen += 1
        if node.kind or seen > NEAR_EDGE:
            return
        unopened = not opened and start == 0
        if not opened and not (
            unopened and (is_foreword([node.text]) or stands_out(nodes, index, start, end, enough=_UNOPENED))
        ):
            return
        if is_recap(node.text):
            _recap(nodes, index, end)
            continue
        speaks = speaks_of_the_story(node.text) or is_edge_label(node.text) or is_the_authors(node.text)
        speaks = speaks or (not start and is_foreword([node.text]))
        speaks = speaks or (replies and REPLY.match(node.text) is not None) or _goes_on_to_rule(nodes, index, end)
        if not (speaks or stands_out(nodes, index, start, end)) or is_told(nodes, [index]):
            return
        nodes[index] = node._replace(kind="note")


def _down_to_label(nodes: list[Node], start: int, end: int) -> None:
    """What the author says between a heading, or the header, and a note that has its label; on top of a text between
    the header's lines, too."""
    above: list[int] = []
    for index in range(start, end):
        node = nodes[index]
        if not node.kind:
            if len(above) == MOST:
                return
            above.append(index)
        elif above and (_has_label(node, edge=not start) or (node.kind == "fact" and not start)):
            _note_above(nodes, above, start, end)
            above = []
        elif node.kind not in ("heading", "fact", "chrome", "image", "note") or (above and node.kind == "heading"):
            return


def taken_leave(nodes: list[Node], start: int, end: int) -> int:
    """The index after the line with which authors end a note (`On with the story!`), among the open ones from `start`
    on; 0 where somebody is heard first, or there is none. One may stand behind a dash: an item of what is said."""
    items = 0
    for index in range(start, end):
        text = nodes[index].text
        items += text[:1] in _DASHES
        if nodes[index].kind or items > 1 or text[0] in OPENING_QUOTES or SAID.search(text):
            return 0
        if text[0] not in _DASHES and ends_a_note(text):
            return index + 1
    return 0


def _down_to_leave(nodes: list[Node], start: int, end: int) -> None:
    """What stands between a note, or a header, and a line with which authors end a note."""
    above = [node.kind for node in itertools.takewhile(lambda node: node.kind in _ABOVE, nodes[start:end])]
    first = start + len(above)
    if not {"fact", "note"}.intersection(above):
        return
    leave = taken_leave(nodes, first, min(end, first + NEAR_EDGE))
    if leave and any(not node.kind for node in nodes[leave:end]) and not is_told_by_one(nodes, leave, end):
        for place in range(first, leave):
            nodes[place] = nodes[place]._replace(kind="note")


def _has_label(node: Node, *, edge: bool) -> bool:
    if node.kind != "note" or node.text[0] in OPENING:
        return False
    return is_labelled(node.text) or (edge and is_edge_label(node.text))


def _note_above(nodes: list[Node], above: list[int], start: int, end: int) -> None:
    last = above[-1]
    above = above if start else _sentences(nodes, above)
    if not above or (start and above[0] == start) or not _is_more_told(nodes, above, last + 1, end):
        return  # the story, and a note or a header below it
    if is_foreword([nodes[place].text for place in above], above_title=not start, among_notes=True):
        for place in above:
            nodes[place] = nodes[place]._replace(kind="note")


def _is_more_told(nodes: list[Node], above: list[int], start: int, end: int) -> bool:
    """Whether at least as much is told between two places as these lines say; looks no further than that."""
    wanted = sum(len(nodes[place].text) for place in above)
    for index in range(start, end):
        if wanted <= 0:
            break
        wanted -= 0 if nodes[index].kind else len(nodes[index].text)
    return wanted <= 0


def _signed(nodes: list[Node], start: int, end: int) -> None:
    """What the author says and signs with a name on a line of its own, above the story."""
    above: list[int] = []
    for index in range(start, min(end, start + _SIGNED_WITHIN)):
        node = nodes[index]
        if node.kind in ("heading", "fact", "chrome", "image", "note"):
            continue
        if node.kind:
            return
        if above and len(node.text) < _LONGEST_NAME and _is_signature(node.text, nodes[above[-1]].text):
            above = _sentences(nodes, above)
            texts = [nodes[at].text for at in above]
            told_below = not start and end < len(nodes)  # below the first heading
            told_below = told_below or any(not one.kind for one in nodes[index + 1 : end])
            if told_below and is_foreword(texts):
                for place in (*above, index):
                    nodes[place] = nodes[place]._replace(kind="note")
            return
        above.append(index)


def _sentences(nodes: list[Node], places: list[int]) -> list[int]:
    """Without the lines on top that may be titles, or the site's."""
    return list(
        itertools.dropwhile(lambda at: is_title(nodes[at].text.rstrip(".")) and len(nodes[at].text) < _TITLE, places)
    )


def _is_signature(text: str, above: str) -> bool:
    """Whether a line is a name, and no title: behind a dash, with a full stop, or below what closes a letter. In a name
    a full stop stands behind a few letters (`Dr. J. Fenn`): `Drip. Drip.` is told."""
    if SIGNED_NAME.fullmatch(text.strip("-–—~. ")) is None or _STOPPED.search(text):
        return False
    return text[0] in "-–—~" or (text[-1] == "." and " " in text.strip()) or closes(above)


def _goes_on_to_rule(nodes: list[Node], index: int, end: int) -> bool:
    """Whether a note goes on, up to the rule below it: the author speaks, and the story has no I."""
    if not index or nodes[index - 1].kind != "note":
        return False
    rule = next((place for place in range(index, min(end, index + 4)) if nodes[place].kind == "break"), 0)
    if not rule or not all(SPEAKS.search(nodes[place].text) for place in range(index, rule)):
        return False
    if any(len(nodes[place].text) > 500 or is_heard(nodes[place].text) for place in range(index, rule)):
        return False
    return not is_told_by_one(nodes, rule, end)


def _recap(nodes: list[Node], index: int, end: int) -> None:
    """What happened before: the paragraph with the label, or all from the label alone down to a rule."""
    stop = index + 1
    if is_recap_label(nodes[index].text):
        rule = next((place for place in range(index, min(end, index + _RECAP)) if nodes[place].kind == "break"), 0)
        stop = max(stop, rule)
    for place in range(index, stop):
        if nodes[place].kind in MAY_BE:
            nodes[place] = nodes[place]._replace(kind="note")


def _set_apart_by_blank_lines(nodes: list[Node], start: int, end: int) -> None:
    """A few words of the author right under the heading, with more blank lines after them than paragraphs have."""
    story = [index for index in range(start, min(end, start + 40)) if not nodes[index].kind]
    if len(story) < 6 or not any(node.kind in ("heading", "fact", "note") for node in nodes[start : story[0]]):
        return
    usual = sorted(nodes[index].gap for index in story[1:])[len(story) // 2]
    parted = [place for place in range(1, 7) if place < len(story) and nodes[story[place]].gap > usual]
    if not parted or usual == 0:
        return
    labelled = any(node.kind == "note" and is_label_alone(node.text) for node in nodes[start : story[0]])
    for place in reversed(parted):
        words = [nodes[index].text for index in story[:place]]
        own = all(map(SPEAKS.search, words)) and any(map(WORKED.search, words)) and not any(map(is_heard, words))
        own = (own and max(map(len, words)) <= 700) or are_the_authors(words)
        if (own or is_foreword(words, among_notes=labelled)) and not is_told(nodes, story[:place]):
            for index in story[:place]:
                nodes[index] = nodes[index]._replace(kind="note")
            return
