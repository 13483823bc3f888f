"""Mails that a story quotes: the fields on top, and how far what stands below them is the mail's."""

from __future__ import annotations

import re

from ficshelf.model import Node
from ficshelf.passes.letter_words import FIELD, OWN, POSTSCRIPT, QUOTED, SIGNED_NAME, SPOKEN

_TOLD = 60  # lines before a diary that are looked at
_WIDE = 120  # characters of a line that no program has cut
_FEW = 9  # lines of a note from one name to the other
_MOST_LINES = 400  # lines of a letter
_SOMETIMES = 3  # of so many paragraphs that an I tells one says so, at the least
_I = re.compile(r"\b(?:I|ich|je)\b")
_QUOTES = re.compile(r'["“”„«»]')


def end_of_mail(nodes: list[Node], index: int) -> int:
    """The fields of a mail (two at least, close together), and its words where a name stands below them."""
    fields = index
    while fields < len(nodes) and not nodes[fields].kind and fields - index < 6 and FIELD.match(nodes[fields].text):
        fields += 1
    if fields - index < 2 or (index and nodes[index - 1].kind == "fact"):
        return 0
    together = fields
    while together < len(nodes) and not nodes[together].kind and nodes[together].gap == 0 and together - fields < 40:
        together += 1
    for stop in range(together, min(len(nodes), together + 12)):
        node = nodes[stop]
        if node.kind or node.page or SPOKEN.search(node.text):
            break
        text = node.text.strip(QUOTED + "-–—~")
        if len(text) <= 30 and SIGNED_NAME.fullmatch(text) and stop > fields and text[-1] not in ".!?":
            return stop + 1
    return together if together > fields else _mail_words_end(nodes, fields)


def _mail_words_end(nodes: list[Node], start: int) -> int:
    """The index after what a mail says below its fields: a paragraph, those of one person after it, a postscript."""
    stop = start
    own = not is_told_by_one(nodes, start - 1)
    unspaced = _is_unspaced(nodes, start)
    while stop < min(len(nodes), start + _MOST_LINES) and not nodes[stop].kind and not nodes[stop].page:
        after = stop + 1
        while after < len(nodes) and nodes[after].gap == 0 and not nodes[after].kind and not is_set_in(nodes, after):
            after += 1
        said = " ".join(node.text for node in nodes[stop:after])
        if stop > start and nodes[stop].indent > nodes[start].indent + 1:
            break  # where the story's paragraphs are set in and the mail's are not
        if SPOKEN.search(said):
            break
        apart = unspaced and nodes[stop].gap > 0 and after == stop + 1 < len(nodes) and nodes[after].gap > 0
        goes_on = stop == start or apart or POSTSCRIPT.match(said) or (own and OWN.search(said))
        if not goes_on and not _has_postscript(nodes, stop):
            break
        stop = after
    return stop


def _is_unspaced(nodes: list[Node], place: int) -> bool:
    """Whether the story around a line has no blank lines between its paragraphs: what has some is no part of it."""
    near = [node for node in nodes[max(0, place - _TOLD) : place + _TOLD] if not node.kind]
    together = [node for node in near if node.gap == 0]
    return 2 * len(together) > len(near) and any(len(node.text) > _WIDE for node in together)


def _has_postscript(nodes: list[Node], start: int) -> bool:
    """Whether a postscript stands a few paragraphs below, and nobody speaks before it."""
    for node in nodes[start : start + _FEW]:
        if node.kind or node.page or SPOKEN.search(node.text):
            return False
        if POSTSCRIPT.match(node.text):
            return True
    return False


def is_told_by_one(nodes: list[Node], end: int) -> bool:
    """Whether the story above that line is told by an I: then an I in it is no sign of a diary."""
    above = nodes[max(0, end - _TOLD) : max(0, end)]
    told = [node.text for node in above if not node.kind and len(node.text) > 60 and not _QUOTES.search(node.text)]
    own = sum(1 for text in told if _I.search(text))
    return own * _SOMETIMES > len(told)


def is_set_in(nodes: list[Node], index: int) -> bool:
    """Whether a paragraph begins at a line by standing further in than the line above."""
    return nodes[index].indent > nodes[index - 1].indent + 1
