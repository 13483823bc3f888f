"""Author's notes: the author speaking, at the top, at the bottom, between scenes, labelled or not.

A labelled note (`A/N:`, `Author's Note`) counts anywhere. Without a label a paragraph counts only at the edge of a
chapter, and only when it speaks of the story as a story: of chapters, reviews, betas, updates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ficshelf.model import INFERRED, Draft, Fact, Node
from ficshelf.passes import doubled, foreword_words, note_runs, notes_standing_out
from ficshelf.passes.author_voice import is_heard_in, strength
from ficshelf.passes.facts import add_fact
from ficshelf.passes.headings import unpack
from ficshelf.passes.note_labels import is_edge_label_alone, is_edge_line, is_label_alone, is_labelled, opens_bracket
from ficshelf.passes.note_places import FOOT, NEAR_EDGE, PARAGRAPHS, REPLY, REVIEWERS, is_told_by_one, usual_gap_from
from ficshelf.passes.note_words import (
    SPEAKS,
    SPEECH,
    TOLD,
    is_aside,
    may_be_the_author,
    speaks_of_the_story,
    thanked,
)
from ficshelf.passes.notes_at_foot import after_end, at_foot, footnotes, lists, set_apart_at_foot
from ficshelf.passes.notes_at_top import at_top, taken_leave
from ficshelf.passes.told_lines import is_told
from ficshelf.sureness import SURE

_ASIDES = frozenset("([{Nn")
_TELLING = 150  # characters of a paragraph right below a note that begins the story
_LONGEST_LABEL = 40  # characters of a label alone
_ONWARD = re.compile(r"\bon(?:ward)?,?\s+(?:with|to)\s+the\s+(?:\w+\s+)?(?:story|fic|chapter|show)[\W_]*$", re.I)
_CLOSERS = {"(": ")", "[": "]", "{": "}", "<": ">"}


def apply(draft: Draft) -> Draft:
    """Mark notes, and infer a beta reader from the thanks in them."""
    nodes = list(draft.nodes)
    # Where lines stand close everywhere, that says nothing.
    close = sum(1 for node in nodes if node.gap == 0) * 2 > len(nodes)
    parts = chapters(nodes)
    doubled.notes_between(nodes, parts)
    for index in notes_standing_out.in_brackets(nodes, parts):
        nodes[index] = nodes[index]._replace(kind="note")
    for start, end in parts:
        for index in notes_standing_out.in_one_bracket(nodes, start, end):
            nodes[index] = nodes[index]._replace(kind="note")
        _whole_chapter(nodes, start, end)
        _labelled(nodes, start, end, close=close)
        at_top(nodes, start, end, headed="title" in draft.facts)
        note_runs.at_top(nodes, start, end)
        after_end(nodes, start, end)
        lists(nodes, start, end)
        set_apart_at_foot(nodes, start, end)
        at_foot(nodes, start, end)
        note_runs.at_foot(nodes, start, end)
        footnotes(nodes, start, end)
    for index, node in enumerate(nodes):
        if node.kind == "note" and not draft.nodes[index].kind and not any(map(str.isalpha, node.text)):
            nodes[index] = draft.nodes[index]  # nobody speaks in figures alone: it is a page's number
    facts = draft.facts
    if "beta" not in facts:
        for node in nodes:
            if node.kind == "note" and (name := thanked(node.text)):
                evidence = "thanked for editing in a note"
                facts = add_fact(
                    facts,
                    "beta",
                    Fact(name, INFERRED, node.spans, confidence=SURE["beta thanked in a note"], evidence=evidence),
                )
    return draft._replace(nodes=tuple(nodes), facts=facts)


def chapters(nodes: Sequence[Node]) -> list[tuple[int, int]]:
    """Where each chapter's nodes begin and end; headings that stand together open one."""
    starts = [0]
    for index, node in enumerate(nodes):
        if index and (node.page or node.kind == "heading") and nodes[index - 1].kind != "heading":
            starts.append(index)
    return list(zip(starts, [*starts[1:], len(nodes)], strict=True))


def _whole_chapter(nodes: list[Node], start: int, end: int) -> None:
    """A chapter that is called "Author's Note" is one, up to a break or to where somebody speaks."""
    opened = [node for node in nodes[start : min(end, start + 4)] if node.kind == "heading"]
    if not any((title := unpack(node.detail).title) and is_labelled(f"{title}:") for node in opened):
        return
    for index in range(start, end):
        node = nodes[index]
        if node.kind == "break" or (not node.kind and (SPEECH.search(node.text) or TOLD.search(node.text))):
            return
        if node.kind in ("", "quote", "verse"):
            nodes[index] = node._replace(kind="note")


def _labelled(nodes: list[Node], start: int, end: int, *, close: bool) -> None:
    index = start
    last_break = max((place for place in range(start, end) if nodes[place].kind == "break"), default=-1)
    has_story = False
    while index < end:
        node = nodes[index]
        text = node.text
        if node.kind:
            index += 1
            continue
        if not is_labelled(text) and (len(text) > _LONGEST_LABEL or not _stands_above_a_note(nodes, index, end)):
            if has_story and text[:1] in _ASIDES and is_aside(text):
                nodes[index] = node._replace(kind="note")
            has_story = has_story or len(text) > 60
            index += 1
            continue
        stop = _note_end(nodes, index, start, end, has_story, index < last_break, close)
        for place in range(index, stop):
            if nodes[place].kind in ("", "verse", "quote"):
                nodes[place] = nodes[place]._replace(kind="note")
        index = stop


def _stands_above_a_note(nodes: list[Node], index: int, end: int) -> bool:
    """Whether `Note:` alone, which may say anything, stands above a paragraph in which the author speaks."""
    if index + 1 >= end or nodes[index + 1].kind or not is_edge_label_alone(nodes[index].text):
        return False
    below = nodes[index + 1].text
    return speaks_of_the_story(below) or strength(below).strong > 0


def _note_end(
    nodes: list[Node], index: int, start: int, end: int, has_story: bool, has_breaks: bool, close: bool
) -> int:
    """The index after the note that opens at `index`, with story before it, with breaks after it."""
    text = nodes[index].text
    if opens_bracket(text):
        opening = text.lstrip()[0]
        closing = _CLOSERS[opening]
        depth = 0
        for place in range(index, min(end, index + 12)):
            depth += nodes[place].text.count(opening) - nodes[place].text.count(closing)
            if depth <= 0:
                return place + 1
        return index + 1
    if has_story and not has_breaks:
        before = nodes[index - 1].kind if index > start else ""
        rest = [place for place in range(index + 1, min(end, index + FOOT)) if not nodes[place].kind]
        if before == "end" or (before in ("break", "note", "verse") or len(rest) <= 4):
            told = before != "end" and is_told_by_one(nodes, max(start, index - 30), index)
            heard = sum(
                1
                for place in rest
                if not may_be_the_author(nodes[place].text)
                or (told and nodes[place].gap and not speaks_of_the_story(nodes[place].text))
            )
            if before == "end" and heard * 2 <= len(rest):
                return end
            if heard == 0 and not is_told(nodes, rest):
                return end
    stop = index + 1
    replies = bool(REVIEWERS.search(text[:60]))
    bare_label = is_label_alone(text) or is_edge_label_alone(text)
    while stop < end and not nodes[stop].kind:
        same_paragraph = not close and nodes[stop].gap == 0 and not nodes[stop].indent > nodes[index].indent
        if bare_label and same_paragraph and stop > index + 1 and _tells(nodes[stop].text):
            break
        if not (
            same_paragraph
            or (bare_label and stop == index + 1)
            or speaks_of_the_story(nodes[stop].text)
            or (replies and REPLY.match(nodes[stop].text))
        ):
            break
        stop += 1
    if not has_story:
        if leave := taken_leave(nodes, stop, min(end, index + NEAR_EDGE)):
            return leave
        apart = _set_apart_below(nodes, stop, end)
        if apart > stop and not is_told_by_one(nodes, apart, end):
            return apart
        frame = next((place for place in range(index, min(end, index + 9)) if nodes[place].kind == "break"), None)
        if (
            frame is not None
            and all(may_be_the_author(nodes[place].text) for place in range(stop, frame))
            and not (frame > stop and is_told_by_one(nodes, frame, end))
        ):
            return max(stop, frame)
    return stop


def _tells(text: str) -> bool:
    """Whether a paragraph says but what somebody did, then: the story begins, though a note stands close above it."""
    if len(text) < _TELLING or SPEAKS.search(text) or speaks_of_the_story(text):
        return False
    return foreword_words.told(text) > foreword_words.said_now(text)


def _set_apart_below(nodes: list[Node], start: int, end: int) -> int:
    """Where a labelled note of several paragraphs ends: at `On with the story!`, or above a wider gap; else 0."""
    usual = usual_gap_from(nodes, start, end)
    for place in range(start, min(end, start + PARAGRAPHS)):
        node = nodes[place]
        if place > start and node.gap > usual > 0:
            return place
        if node.kind or is_heard_in(node.text) or not (SPEAKS.search(node.text) or strength(node.text).all):
            return 0
        if is_edge_line(node.text) or _ONWARD.search(node.text):
            return place + 1
    return 0
