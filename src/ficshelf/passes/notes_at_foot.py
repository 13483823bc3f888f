"""Notes below the last paragraph of a chapter: after an ending, a rule or a gap, or as its very last words."""

from __future__ import annotations

import re

from ficshelf.model import Node
from ficshelf.passes.author_voice import are_the_authors, is_the_authors, strength
from ficshelf.passes.note_labels import is_edge_label, is_entry, is_list_label, is_teaser_label
from ficshelf.passes.note_places import FOOT, MAY_BE, NEAR_EDGE, PARAGRAPHS, REPLY, is_signed, usual_gap_from
from ficshelf.passes.note_words import SPEAKS, addresses, is_heard, is_sure, speaks_after_the_end, speaks_of_the_story
from ficshelf.passes.notes_standing_out import says_i, stands_out
from ficshelf.passes.told_lines import is_told

_SIGNED = frozenset(("", "quote"))  # a note that ends with a name may have been taken for a letter
_GREETS = re.compile(
    r"\b(?:thank(?!ed\b)|danke|merci|gracias|grazie|obrigad|repl|answer|respon|shout|antwort|réponse|risposte)\w*\b.{0,60}"
    r"\b(?:review|recension|отзыв)\w*|\breviewers?\b|\b(?:review)\w*\s+(?:repl|answer|respon)\w*",
    re.I,
)
_MARKED = 400  # nodes above footnotes in which the first one's number stands
_FOOTNOTE = re.compile(r"[\[(](\d{1,2})[\])]\s*\S")
_REVIEWS = ("review", "recension", "отзыв")  # one of which _GREETS finds


def after_end(nodes: list[Node], start: int, end: int) -> None:
    """All that stands below an ending is the author's, where nobody in the story is heard in it."""
    ended = max((place for place in range(start, end) if nodes[place].kind == "end"), default=-1)
    if ended < 0:
        return
    rest = [
        place
        for place in range(ended + 1, end)
        if nodes[place].kind in MAY_BE and any(map(str.isalpha, nodes[place].text))
    ]
    if not rest or len(rest) > FOOT or any(is_heard(nodes[place].text) for place in rest):
        return
    texts = [nodes[place].text for place in rest]
    told = sum(1 for text in texts if len(text) > 60 and not addresses(text) and not strength(text).strong)
    if any(speaks_after_the_end(text) or strength(text).strong for text in texts) or (
        len(rest) <= 3 and addresses(" ".join(texts))
    ):
        if told * 2 > len(texts):
            return
        for place in rest:
            nodes[place] = nodes[place]._replace(kind="note")


def lists(nodes: list[Node], start: int, end: int) -> None:
    """What stands at the foot below a label alone: translations, footnotes, the teaser of the next chapter."""
    for index in range(max(start + 1, end - FOOT), end):
        node = nodes[index]
        if node.kind not in MAY_BE or len(node.text) > 100:
            continue
        lists, teases = is_list_label(node.text), is_teaser_label(node.text)
        if not lists and not teases:
            continue
        rest = [place for place in range(index + 1, end) if nodes[place].kind in MAY_BE]
        listed = lists and sum(1 for place in rest if is_entry(nodes[place].text)) * 3 >= 2 * len(rest)
        if rest and (listed or (teases and len(rest) <= NEAR_EDGE)):
            for place in (index, *rest):
                nodes[place] = nodes[place]._replace(kind="note")
            return


def footnotes(nodes: list[Node], start: int, end: int) -> None:
    """Footnotes at the foot in which the author says I or you, below a story that has no I: `(1) I made that up.`"""
    index = end - 1
    while index > start and (nodes[index].kind in ("note", "chrome", "end") or not nodes[index].text):
        index -= 1
    last = index
    while index > start and not nodes[index].kind and _FOOTNOTE.match(nodes[index].text):
        index -= 1
    numbers = [int(found[1]) for node in nodes[index + 1 : last + 1] if (found := _FOOTNOTE.match(node.text))]
    if not numbers or numbers != list(range(1, len(numbers) + 1)):
        return
    texts = [node.text for node in nodes[index + 1 : last + 1]]
    if not any(map(SPEAKS.search, texts)) or any(map(is_heard, texts)) or says_i(nodes, index, start, index + 1):
        return
    if any("(1)" in node.text or "[1]" in node.text for node in nodes[max(0, index - _MARKED) : index + 1]):
        for place in range(index + 1, last + 1):
            nodes[place] = nodes[place]._replace(kind="note")


def set_apart_at_foot(nodes: list[Node], start: int, end: int) -> None:
    """The author's last words, with more blank lines before them than paragraphs have."""
    usual = usual_gap_from(nodes, max(start, end - 40), end)
    last = end
    for place in range(end - 1, max(start, end - PARAGRAPHS), -1):
        if nodes[place].kind not in ("", "note", "chrome"):
            return
        if nodes[place].gap > usual > 0 and not nodes[place].kind:
            last = place
            break
    rest = [place for place in range(last, end) if not nodes[place].kind]
    if not rest or last - start <= len(rest) or not are_the_authors([nodes[place].text for place in rest]):
        return
    if not is_told(nodes, rest):
        for place in rest:
            nodes[place] = nodes[place]._replace(kind="note")


def at_foot(nodes: list[Node], start: int, end: int) -> None:
    """Unlabelled notes after the last paragraph of the story: after an ending or a break, or as the very last words."""
    stories = sum(1 for node in nodes[start:end] if not node.kind)
    index = end - 1
    ended = max((place for place in range(max(start, end - FOOT), end) if nodes[place].kind == "end"), default=-1)
    found: list[int] = []
    signed = -1
    while index > start and len(found) < NEAR_EDGE and len(found) < stories - 1:
        node = nodes[index]
        if node.kind in ("end", "chrome", "break", "note", "image"):
            index -= 1
            continue
        if not found and signed < 0 and not node.kind and is_signed(node.text):
            signed = index
            index -= 1
            continue
        speaks = speaks_after_the_end if index > ended >= 0 else speaks_of_the_story
        own = not node.kind and (speaks(node.text) or is_edge_label(node.text) or is_the_authors(node.text))
        own = own or (node.kind in _SIGNED and stands_out(nodes, index, start, end))
        if not own or is_told(nodes, [index]):
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
        found = [
            place
            for place in found
            if is_sure(nodes[place].text)
            or place in replies
            or is_the_authors(nodes[place].text)
            or stands_out(nodes, place, start, end)
        ]
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
            replies = sum(1 for place in rest[1:] if REPLY.match(nodes[place].text))
            others = sum(1 for place in rest[1:] if speaks_of_the_story(nodes[place].text))
            if (replies or speaks_of_the_story(node.text)) and replies + others >= len(rest) - 1:
                return rest
    return []


def _greets(text: str) -> bool:
    """Whether a paragraph thanks or answers reviewers. Most have none of the words that it would have to have."""
    low = text.lower()
    return any(word in low for word in _REVIEWS) and _GREETS.search(text) is not None
