"""Blocks of lines at the foot of a text that are a site's as a whole: what one surely says, the lines next to it say.

Sites set their buttons, counters and forms close together; no story does. So in a block of lines below the story, with
no blank line between them, one that surely is the site's takes its neighbours along, unless the author speaks in them
or something is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ficshelf.model import Node
from ficshelf.passes import ends
from ficshelf.passes.author_voice import greets, is_heard_in, strength
from ficshelf.passes.note_labels import is_edge_label, is_edge_label_alone, is_labelled
from ficshelf.passes.note_places import is_signed
from ficshelf.passes.site_forms import form, is_own, says_sentence, tells
from ficshelf.passes.site_words import Sure, sureness

_FOOT = 60  # nodes at the end of a text among which a block may stand
_SHORT = 60  # characters of a line that may stand above the first that surely is the site's
_LONGEST = 500  # characters of a line below it
_TOLD = 60  # characters of a line that tells something
_BUTTONS = 3  # short lines below each other that are buttons, where one of them surely is one
_SPEECH = re.compile(r"[\"“„]\w|«\s?\w[^\n»]*»|[—–]\s?\w[^\n]*[.!?…]$|-\w")
_DIGITS = re.compile(r"\W*\d")


def below(nodes: Sequence[Node], names: tuple[str, ...]) -> list[int]:
    """The places of a site's lines in blocks below the story. `names`: the story's title, its author."""
    found: list[int] = []
    end = len(nodes)
    first = max(1, end - _FOOT)
    while end > first:
        start = end - 1
        while start > first and not nodes[start].gap and not nodes[start].page:
            start -= 1
        if start <= first and nodes[start].gap == 0:
            start = _short_lines(nodes, start, end)  # nothing parts the lines of this text
            return found + _of_block(nodes, start, end, names, parted=False) if start < end else found
        found += _of_block(nodes, start, end, names, parted=True)
        taken = set(found)
        if any(index not in taken and _is_told(nodes, index, names) for index in range(start, end)):
            return found
        end = start
    return found


def _short_lines(nodes: Sequence[Node], start: int, end: int) -> int:
    """Where the last lines begin that tell nothing."""
    for index in range(end - 1, start - 1, -1):
        if not nodes[index].kind and (_is_story(nodes, index) or says_sentence(nodes[index].text)):
            return index + 1
    return end


def _of_block(nodes: Sequence[Node], start: int, end: int, names: tuple[str, ...], *, parted: bool) -> list[int]:
    """What of the block from `start` to `end` is the site's."""
    sure = {index for index in range(start, end) if nodes[index].kind == "chrome"}
    open_ = [index for index in range(start, end) if not nodes[index].kind]
    told = [index for index in open_ if _is_told(nodes, index, names)]
    sure |= {index for index in open_ if index not in told and form(nodes[index].text, names) >= Sure.AT_EDGES}
    sure = {index for index in sure if index > max(told, default=-1)}
    open_ = [index for index in open_ if index > max(told, default=-1)]
    if not open_:
        return []
    if not sure:
        return open_ if _are_buttons(nodes, open_) or _is_last_button(nodes, open_) else []
    first = min(sure)
    taken = [index for index in open_ if index in sure]
    for index in open_:
        if index > first and index not in sure:
            text = nodes[index].text
            if _is_authors(text) or len(text) > _LONGEST or (says_sentence(text) and len(sure) < 2):
                break
            taken.append(index)
    above = [index for index in open_ if index < first]
    known = sum(1 for index in above if sureness(nodes[index].text))
    many = len(above) >= _BUTTONS and known + len(sure) > 1
    if parted and not told and (many or known == len(above)) and all(_leads(nodes[index].text) for index in above):
        taken += above
    return taken


def _are_buttons(nodes: Sequence[Node], places: list[int]) -> bool:
    """Lines of one or a few words each, at the very end, some of which are names of pages and buttons."""
    texts = [nodes[index].text for index in places]
    if len(texts) < _BUTTONS or places[-1] != len(nodes) - 1 or not all(_leads(text) for text in texts):
        return False
    return sum(1 for text in texts if sureness(text)) * 3 >= len(texts)


def _is_last_button(nodes: Sequence[Node], places: list[int]) -> bool:
    """`Home`: the last line of all, the name of a page, below a finished sentence."""
    index = places[0]
    above, text = nodes[index - 1], nodes[index].text
    if len(places) > 1 or index != len(nodes) - 1 or not sureness(text) or not text[0].isupper():
        return False
    return text[-1].isalpha() and above.text[-1:] in '.!?…"”’»' and not above.kind and len(text) <= _SHORT


def _leads(text: str) -> bool:
    """A few words that are no sentence, and not the author's."""
    return len(text) <= _SHORT and not says_sentence(text) and not _is_authors(text)


def _is_told(nodes: Sequence[Node], index: int, names: tuple[str, ...]) -> bool:
    """Whether a line is of the story: it tells something, or says that it ends."""
    if nodes[index].kind:
        return False
    return _is_story(nodes, index) or ends.is_ending(nodes[index].text, [name.lower() for name in names])


def _is_authors(text: str) -> bool:
    if is_labelled(text) or is_edge_label(text) or is_signed(text):
        return True
    if sureness(text):
        return False
    return is_own(text) or strength(text).strong > 0 or greets(text)


def _is_story(nodes: Sequence[Node], index: int) -> bool:
    """Whether a line tells something: a sentence that neither the site nor the author says."""
    text = nodes[index].text
    if is_heard_in(text) or tells(text) or _SPEECH.match(text):
        return True
    if len(text) <= _TOLD or is_labelled(text) or is_edge_label(text) or strength(text).strong:
        return False
    above = nodes[index - 1]
    return not (is_labelled(above.text) or is_edge_label_alone(above.text)) and not _DIGITS.match(text)
