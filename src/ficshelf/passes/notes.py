"""Author's notes: the author speaking, at the top, at the bottom, between scenes, labelled or not.

A labelled note (`A/N:`, `Author's Note`) counts anywhere. Without a label a paragraph counts only at the edge of a
chapter, and only when it speaks of the story as a story: of chapters, reviews, betas, updates.
"""

from __future__ import annotations

import re

from ficshelf.model import INFERRED, Draft, Fact, Node
from ficshelf.passes import doubled
from ficshelf.passes.facts import add_fact
from ficshelf.passes.headings import unpack
from ficshelf.passes.note_labels import (
    is_edge_label,
    is_entry,
    is_label_alone,
    is_labelled,
    is_list_label,
    is_recap,
    is_recap_label,
    is_teaser_label,
    opens_bracket,
)
from ficshelf.passes.note_words import (
    SPEAKS,
    SPEECH,
    TOLD,
    WORKED,
    addresses,
    is_aside,
    is_heard,
    is_sure,
    may_be_the_author,
    speaks_after_the_end,
    speaks_of_the_story,
    thanked,
)
from ficshelf.sureness import SURE

_REVIEWERS = re.compile(r"\breview(?:er)?s?\b", re.I)
_GREETS = re.compile(
    r"\b(?:thank(?!ed\b)|danke|merci|gracias|grazie|obrigad|repl|answer|respon|shout|antwort|réponse|risposte)\w*\b.{0,60}"
    r"\b(?:review|recension|отзыв)\w*|\breviewers?\b|\b(?:review)\w*\s+(?:repl|answer|respon)\w*",
    re.I,
)
_REVIEWS = ("review", "recension", "отзыв")  # one of which _GREETS finds
_REPLY = re.compile(r"[\w.@*~'-]{1,30}(?: [\w.@*~'-]{1,30}){0,3}\s?(?::|(?<=\s)[-–—]+)\s+\S")
_SIGNED = re.compile(  # the author's name below the last note
    r"[-–—~]{1,2}\s?\w[\w .'’-]{1,30}|(?:lots\s+of\s+)?(?:love|hugs|cheers|xoxo|ja\s+ne|ciao|bye|later|"
    r"(?:till|until|see\s+you)\s+next\s+time)[,!~]*\s+[\w.'’-]+(?:\s[\w.'’-]+)?[~!]*",
    re.I,
)
_NEAR_EDGE = 8  # paragraphs from the top of a chapter that may be unlabelled notes
_SAYS_I = re.compile(r"\bI\b")
_RECAP = 15  # nodes from the label of a recap to the rule below it
_MAY_BE = frozenset({"", "quote", "verse", "list"})  # kinds that a note's paragraphs may have been taken for
_FOOT = 40  # nodes that a note at a chapter's foot may have
_ASIDES = frozenset("([{Nn")
_CLOSERS = {"(": ")", "[": "]", "{": "}", "<": ">"}


def apply(draft: Draft) -> Draft:
    """Mark notes, and infer a beta reader from the thanks in them."""
    nodes = list(draft.nodes)
    close = sum(1 for node in nodes if node.gap == 0) * 2 > len(
        nodes
    )  # lines stand close everywhere: that says nothing
    chapters = _chapters(nodes)
    doubled.notes_between(nodes, chapters)
    for start, end in chapters:
        _whole_chapter(nodes, start, end)
        _labelled(nodes, start, end, close=close)
        _at_top(nodes, start, end)
        _after_end(nodes, start, end)
        _lists(nodes, start, end)
        _at_bottom(nodes, start, end)
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


def _chapters(nodes: list[Node]) -> list[tuple[int, int]]:
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
        if node.kind or not is_labelled(node.text):
            if not node.kind and has_story and node.text[:1] in _ASIDES and is_aside(node.text):
                nodes[index] = node._replace(kind="note")
            has_story = has_story or (not node.kind and len(node.text) > 60)
            index += 1
            continue
        stop = _note_end(nodes, index, start, end, has_story, index < last_break, close)
        for place in range(index, stop):
            if nodes[place].kind in ("", "verse", "quote"):
                nodes[place] = nodes[place]._replace(kind="note")
        index = stop


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
        rest = [place for place in range(index + 1, min(end, index + _FOOT)) if not nodes[place].kind]
        if before == "end" or (before in ("break", "note", "verse") or len(rest) <= 4):
            told = before != "end" and _is_told_by_one(nodes, max(start, index - 30), index)
            heard = sum(
                1
                for place in rest
                if not may_be_the_author(nodes[place].text)
                or (told and nodes[place].gap and not speaks_of_the_story(nodes[place].text))
            )
            if heard == 0 or (before == "end" and heard * 2 <= len(rest)):
                return end
    stop = index + 1
    replies = bool(_REVIEWERS.search(text[:60]))
    bare_label = is_label_alone(text)
    while stop < end and not nodes[stop].kind:
        same_paragraph = not close and nodes[stop].gap == 0 and not nodes[stop].indent > nodes[index].indent
        if not (
            same_paragraph
            or (bare_label and stop == index + 1)
            or speaks_of_the_story(nodes[stop].text)
            or (replies and _REPLY.match(nodes[stop].text))
        ):
            break
        stop += 1
    if not has_story:
        frame = next((place for place in range(index, min(end, index + 9)) if nodes[place].kind == "break"), None)
        if (
            frame is not None
            and all(may_be_the_author(nodes[place].text) for place in range(stop, frame))
            and not (frame > stop and _is_told_by_one(nodes, frame, end))
        ):
            return max(stop, frame)
    return stop


def _at_top(nodes: list[Node], start: int, end: int) -> None:
    """Unlabelled notes between the heading, or the header, and the story."""
    _set_apart_by_blank_lines(nodes, start, end)
    seen = 0
    replies = False
    opened = start == 0 and any(node.kind in ("fact", "heading") for node in nodes[:12])
    for index in range(start, end):
        node = nodes[index]
        if node.kind in ("heading", "fact", "chrome", "note", "break"):
            opened = opened or node.kind in ("heading", "fact", "note")
            replies = replies or (node.kind == "note" and bool(_REVIEWERS.search(node.text[:60])))
            continue
        seen += 1
        if node.kind or seen > _NEAR_EDGE or not opened:
            return
        if is_recap(node.text):
            _recap(nodes, index, end)
            continue
        speaks = speaks_of_the_story(node.text) or is_edge_label(node.text)
        if not (speaks or (replies and _REPLY.match(node.text)) or _goes_on_to_rule(nodes, index, end)):
            return
        nodes[index] = node._replace(kind="note")


def _goes_on_to_rule(nodes: list[Node], index: int, end: int) -> bool:
    """Whether a note goes on, up to the rule below it: the author speaks, and the story has no I."""
    if not index or nodes[index - 1].kind != "note":
        return False
    rule = next((place for place in range(index, min(end, index + 4)) if nodes[place].kind == "break"), 0)
    if not rule or not all(SPEAKS.search(nodes[place].text) for place in range(index, rule)):
        return False
    if any(len(nodes[place].text) > 500 or is_heard(nodes[place].text) for place in range(index, rule)):
        return False
    return not _is_told_by_one(nodes, rule, end)


def _is_told_by_one(nodes: list[Node], start: int, end: int) -> bool:
    """Whether the story itself says I: then an I above it is no sign of the author."""
    told = [node.text for node in nodes[start : min(end, start + 30)] if not node.kind and not SPEECH.search(node.text)]
    return sum(1 for text in told if _SAYS_I.search(text)) * 4 > len(told)


def _recap(nodes: list[Node], index: int, end: int) -> None:
    """What happened before: the paragraph with the label, or all from the label alone down to a rule."""
    stop = index + 1
    if is_recap_label(nodes[index].text):
        rule = next((place for place in range(index, min(end, index + _RECAP)) if nodes[place].kind == "break"), 0)
        stop = max(stop, rule)
    for place in range(index, stop):
        if nodes[place].kind in _MAY_BE:
            nodes[place] = nodes[place]._replace(kind="note")


def _after_end(nodes: list[Node], start: int, end: int) -> None:
    """All that stands below an ending is the author's, where nobody in the story is heard in it."""
    ended = max((place for place in range(start, end) if nodes[place].kind == "end"), default=-1)
    if ended < 0:
        return
    rest = [
        place
        for place in range(ended + 1, end)
        if nodes[place].kind in _MAY_BE and any(map(str.isalpha, nodes[place].text))
    ]
    if not rest or len(rest) > _FOOT or any(is_heard(nodes[place].text) for place in rest):
        return
    texts = [nodes[place].text for place in rest]
    told = sum(1 for text in texts if len(text) > 60 and not addresses(text))
    if any(speaks_after_the_end(text) for text in texts) or (len(rest) <= 3 and addresses(" ".join(texts))):
        if told * 2 > len(texts):
            return
        for place in rest:
            nodes[place] = nodes[place]._replace(kind="note")


def _lists(nodes: list[Node], start: int, end: int) -> None:
    """What stands at the foot below a label alone: translations, footnotes, the teaser of the next chapter."""
    for index in range(max(start + 1, end - _FOOT), end):
        node = nodes[index]
        if node.kind not in _MAY_BE or len(node.text) > 100:
            continue
        lists, teases = is_list_label(node.text), is_teaser_label(node.text)
        if not lists and not teases:
            continue
        rest = [place for place in range(index + 1, end) if nodes[place].kind in _MAY_BE]
        listed = lists and sum(1 for place in rest if is_entry(nodes[place].text)) * 3 >= 2 * len(rest)
        if rest and (listed or (teases and len(rest) <= _NEAR_EDGE)):
            for place in (index, *rest):
                nodes[place] = nodes[place]._replace(kind="note")
            return


def _set_apart_by_blank_lines(nodes: list[Node], start: int, end: int) -> None:
    """A few words of the author right under the heading, with more blank lines after them than paragraphs have."""
    story = [index for index in range(start, min(end, start + 40)) if not nodes[index].kind]
    if len(story) < 6 or not any(node.kind == "heading" for node in nodes[start : story[0]]):
        return
    usual = sorted(nodes[index].gap for index in story[1:])[len(story) // 2]
    parted = [place for place in range(1, 5) if nodes[story[place]].gap > usual]
    if not parted or usual == 0:
        return
    words = [nodes[index] for index in story[: parted[-1]]]
    if any(SPEECH.search(node.text) or TOLD.search(node.text) or len(node.text) > 700 for node in words):
        return
    if all(SPEAKS.search(node.text) for node in words) and any(WORKED.search(node.text) for node in words):
        for index in story[: parted[-1]]:
            nodes[index] = nodes[index]._replace(kind="note")


def _at_bottom(nodes: list[Node], start: int, end: int) -> None:
    """Unlabelled notes after the last paragraph of the story: after an ending or a break, or as the very last words."""
    stories = sum(1 for node in nodes[start:end] if not node.kind)
    index = end - 1
    ended = max((place for place in range(max(start, end - _FOOT), end) if nodes[place].kind == "end"), default=-1)
    found: list[int] = []
    signed = -1
    while index > start and len(found) < _NEAR_EDGE and len(found) < stories - 1:
        node = nodes[index]
        if node.kind in ("end", "chrome", "break", "note"):
            index -= 1
            continue
        if not found and signed < 0 and not node.kind and len(node.text) < 40 and _SIGNED.fullmatch(node.text):
            signed = index
            index -= 1
            continue
        speaks = speaks_after_the_end if index > ended >= 0 else speaks_of_the_story
        if node.kind or not (speaks(node.text) or is_edge_label(node.text)):
            break
        found.append(index)
        index -= 1
    replies = _reviewers(nodes, max(start, index - 15), end)
    found += replies
    after_end = any(node.kind == "end" for node in nodes[index + 1 : end])
    if (
        index > start
        and not after_end
        and nodes[index].kind == ""
        and not any(nodes[place].kind == "break" for place in range(index + 1, end))
    ):
        found = [place for place in found if is_sure(nodes[place].text) or place in replies]
    if signed > start and (nodes[signed - 1].kind == "note" or signed - 1 in found):
        found.append(signed)
    for place in found:
        nodes[place] = nodes[place]._replace(kind="note")


def _reviewers(nodes: list[Node], start: int, end: int) -> list[int]:
    """Replies to reviewers at the foot: from the paragraph that greets them, a name and an answer each."""
    for index in range(start, end):
        node = nodes[index]
        if not node.kind and len(node.text) < 200 and _greets(node.text) and not is_heard(node.text):
            rest = [place for place in range(index, end) if not nodes[place].kind]
            replies = sum(1 for place in rest[1:] if _REPLY.match(nodes[place].text))
            others = sum(1 for place in rest[1:] if speaks_of_the_story(nodes[place].text))
            if (replies or speaks_of_the_story(node.text)) and replies + others >= len(rest) - 1:
                return rest
    return []


def _greets(text: str) -> bool:
    """Whether a paragraph thanks or answers reviewers. Most have none of the words that it would have to have."""
    low = text.lower()
    return any(word in low for word in _REVIEWS) and _GREETS.search(text) is not None
