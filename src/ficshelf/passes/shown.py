"""What a sentence of the story shows: a note, a list, a card, rules on a door, and what stands in italics below it.

Two things have to agree: a paragraph of the story that announces something written ("the note read:") or shows it ("a
list was chalked on the slate"), and the form of what follows. What a name opens and a name behind a dash closes is a
card by itself.
"""

from __future__ import annotations

import itertools
import re

from ficshelf.model import Draft, Layout, Node
from ficshelf.passes.layout import is_cut_by_hand
from ficshelf.passes.letter_words import FIELD, is_card, is_signed
from ficshelf.passes.letters import speaks_as_author, stand_together
from ficshelf.passes.nodes import TERMINAL, is_italic
from ficshelf.passes.shown_lists import (
    FEWEST,
    SHORT,
    counts,
    is_item,
    is_poem,
    italic_list_end,
    items_end,
    last_number,
    list_end,
    may_head_a_list,
    together_list_end,
)
from ficshelf.passes.signs import DASH_SIGNATURE, LINES, SPEECH, said_before
from ficshelf.passes.written_words import (
    announces,
    is_news,
    names_what_follows,
    shows_diary,
    shows_message,
    shows_note,
    shows_paper,
    shows_writing,
)

_DASHES = ("—", "–", "--", "- ")  # speech too, in other tongues
_ENTRY = re.compile(  # a page of a diary: `12 March. Wind from the west.`
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s\d{1,2}(?:st|nd|rd|th)?|day\s(?:\d{1,3}|one|two|three)|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?:,?\s\d{4})?\s?[.:–—-]\s",
    re.I,
)
_DAYS = frozenset("0123456789jfmasondtw")  # with which a day begins
_INITIALLED = re.compile(r"[.!?…)]\s+(?:[-–—]{1,2}\s?)?(?:[A-ZÀ-ÝА-ЯЁ]\.\s?){1,3}$")
_NOT_SHOWN = frozenset(("li", "table", "pre"))
_LONGEST_NOTE = 200  # characters of what an author says above a list of his own
_LONGEST_ITEM = 400  # characters of a message, or of one item of a list
_SIGNED_WITHIN = 6  # paragraphs from the announcement to the name
_LONGEST_BEFORE = 600  # characters of a paragraph that shows something
_ENDS = frozenset(".!?…)")  # what ends a sentence
_MOST = 60  # lines of a list that counts


def apply(draft: Draft) -> Draft:
    """Mark as quotes what is shown: one block for the lines that stand together."""
    how = draft.layout
    nodes = list(draft.nodes)
    made: list[Node] = nodes[:1]
    done = 1
    listed = 0  # the number of the last item that was shown
    for index in _places(nodes):
        if index < done:
            continue
        made.extend(nodes[done:index])
        if not listed and not nodes[index - 1].kind and _is_told(nodes, index):
            made.append(nodes[index])
            done = index + 1
            continue
        stop = _shown_end(nodes, index, how) if not nodes[index].page else 0
        if not stop and listed and last_number(nodes[index : index + 1]) == listed + 1 and _is_alone(nodes, index):
            stop = index + 1  # a list that was shown goes on
        if not stop and made[-1].kind == "quote":
            stop = _news_end(nodes, index, made[-1], how)
        if stop:
            shown = [node._replace(kind="quote") for node in nodes[index:stop]]
            nodes[index:stop] = shown
            listed = last_number(shown) or listed
            made.extend(stand_together(draft.text, shown, how.wrapped))
        else:
            made.append(nodes[index])
        done = max(stop, index + 1)
    made.extend(nodes[done:])
    _centred(made)
    return draft._replace(nodes=tuple(made))


def _places(nodes: list[Node]) -> list[int]:
    """Where anything shown may begin: at lines that stand apart, and right below a colon, where nobody speaks."""
    return [
        index
        for index, (above, node) in enumerate(itertools.pairwise(nodes), 1)
        if (node.gap or above.text[-1:] == ":") and not node.kind and node.text[:1] not in SPEECH
    ]


def _shown_end(nodes: list[Node], index: int, how: Layout) -> int:
    """The index after what is shown from `index` on; 0 where nothing is."""
    above, text = nodes[index - 1], nodes[index].text
    colon = above.text[-1:] == ":"
    if not text or above.kind not in ("", "quote"):
        return 0
    if not above.kind and _is_told(nodes, index):
        return 0
    if above.kind == "quote" and above.text.isupper():  # a sign, which may go on
        if text.isupper() and _may_stand_on_a_sign(text):
            return index + 1
        if counts(text) and (stop := list_end(nodes, index, how)):
            return stop
    if text.isupper() and not above.kind and (stop := _capitals_end(nodes, index, how)):
        return stop
    end = index + _length(nodes, index, how)
    tail = nodes[end - 1].text
    signed = (tail[-1:].isalnum() or tail[-2:-1].isupper()) and is_signed(said := _paragraph(nodes, index, end))
    if signed and is_card(said) and not speaks_as_author(said):
        return end
    short = len(text) <= SHORT
    heads = short and may_head_a_list(text) and index + 1 < len(nodes) and counts(nodes[index + 1].text)
    together = _together_end(nodes, index, how)
    if together and above.kind == "quote" and FIELD.match(text):
        return together  # the next message
    looks = heads or signed or together or _is_entry(text) or counts(text) or is_item(text) or is_italic(nodes[index])
    if not (colon or looks):
        return 0
    if stop := _formed_end(nodes, index, how, heads=heads):
        return stop
    before = said_before(nodes[max(0, index - LINES) : index], how)
    if (
        not before
        or len(before) > _LONGEST_BEFORE
        or before[0] in SPEECH
        or speaks_as_author(_paragraph(nodes, index, end))
    ):
        return 0
    if _is_entry(text) and shows_diary(before):
        return _entries_end(nodes, index, how)
    announced = announces(before)
    rings = shows_message(before)
    shown = announced or rings or shows_writing(before)
    if heads and (shown or text.isupper()) and (stop := list_end(nodes, index + 1, how)):
        return stop
    if shown and counts(text) and (stop := list_end(nodes, index, how)):
        return stop
    if announced and (stop := _signed_end(nodes, index)):
        return stop
    if announced and text.isupper() and _may_stand_on_a_sign(text):
        return index + 1
    if announced and names_what_follows(before) and _may_be_written(nodes, index):
        return index + 1
    if signed and (shown or shows_note(before)):
        return end
    if together and (
        (shown and (rings or announced or _is_unfinished(nodes[index:together])))
        or (text.isupper() and " " in text and shows_paper(before))
    ):
        return together
    if shown and (stop := items_end(nodes, index)):
        return stop
    return _italic_end(nodes, index, thoughts=not rings) if shown else 0


def _formed_end(nodes: list[Node], index: int, how: Layout, *, heads: bool) -> int:
    """The index after what its form alone shows to be written, where the author is not heard: a list that counts, its
    lines together; items in italics; a message in italics with initials below it. 0 for none."""
    stop = 0
    if nodes[index].hint in _NOT_SHOWN:
        return 0
    if heads or counts(nodes[index].text):
        stop = together_list_end(nodes, index, how)
    elif is_italic(nodes[index]):
        stop = index + 1 if _is_initialled(nodes, index) else italic_list_end(nodes, index)
    if not stop or any(speaks_as_author(node.text) for node in nodes[index:stop]):
        return 0
    above = nodes[index - 1].text
    return 0 if len(above) <= _LONGEST_NOTE and speaks_as_author(above) else stop


def _is_alone(nodes: list[Node], index: int) -> bool:
    """Whether a short line stands between blank lines."""
    below = nodes[index + 1] if index + 1 < len(nodes) else None
    return len(nodes[index].text) <= _LONGEST_ITEM and (below is None or below.gap > 0 or bool(below.kind))


def _is_initialled(nodes: list[Node], index: int) -> bool:
    """Whether a paragraph in italics is a message, by the initials that sign it: `Back at six. T.Z.`"""
    text = nodes[index].text.rstrip("*_/ ")
    return _is_alone(nodes, index) and text.count(" ") >= FEWEST and _INITIALLED.search(text) is not None


def _is_plain(nodes: list[Node], index: int) -> bool:
    """A cheap look: a paragraph of the story as most are, with nothing that shows it to be written."""
    node = nodes[index]
    text = node.text
    if len(text) <= SHORT or not text[0].isalpha() or node.runs or text[-1].isalnum() or text[-2].isupper():
        return False
    return not text.isupper() and (index + 1 == len(nodes) or nodes[index + 1].gap > 0)


def _is_told(nodes: list[Node], index: int) -> bool:
    """Whether it is such a paragraph, no colon stands above it, and no day opens it."""
    return _is_plain(nodes, index) and nodes[index - 1].text[-1:] != ":" and not _is_entry(nodes[index].text)


def _may_stand_on_a_sign(text: str) -> bool:
    """Two words or more in capitals that nobody shouts."""
    return " " in text and len(text) <= 60 and text[-1] not in "!?…" and text[0] not in SPEECH


def _may_head_a_sign(text: str) -> bool:
    """One word in capitals: `NOTICE`"""
    return len(text) > FEWEST and text.strip(":").isalpha()


def _capitals_end(nodes: list[Node], index: int, how: Layout) -> int:
    """The index after a sign: two lines or more in capitals, or one above lines that stand together; 0 for none."""
    stop = index
    while stop < len(nodes) and not nodes[stop].kind and not nodes[stop].page and nodes[stop].text.isupper():
        if not _may_stand_on_a_sign(nodes[stop].text) and (stop > index or not _may_head_a_sign(nodes[stop].text)):
            return 0
        stop += 1
    if stop >= index + 2 and nodes[index - 1].text[-1:] in TERMINAL:
        return stop
    together = _together_end(nodes, index, how)
    return together if together > index + 2 and _is_unfinished(nodes[index:together]) else 0


def _news_end(nodes: list[Node], index: int, above: Node, how: Layout) -> int:
    """The index after a paragraph of news below a headline, or below another; 0 for none."""
    node = nodes[index]
    if node.kind or node.page or not node.gap or node.text[:1] in SPEECH:
        return 0
    end = index + _length(nodes, index, how)
    headed = above.text.isupper() or is_news(above.text)
    return end if headed and is_news(_paragraph(nodes, index, end)) else 0


def _together_end(nodes: list[Node], index: int, how: Layout) -> int:
    """The index after lines that stand together where the paragraphs of the story do not; 0 for none."""
    if not nodes[index].gap or (not how.wrapped and how.follows_on > 0.3):
        return 0
    if index + 1 == len(nodes) or nodes[index + 1].gap or (how.wrapped and len(nodes[index].text) > how.width * 0.8):
        return 0
    stop = index + 1
    while stop < min(len(nodes), index + _MOST) and nodes[stop].gap == 0 and not nodes[stop].kind:
        if nodes[stop].page or nodes[stop].text[:1] in SPEECH or nodes[stop].text.startswith(_DASHES[:3]):
            return 0
        stop += 1
    if stop == index + 1 or (how.wrapped and not is_cut_by_hand(nodes[index:stop], how.width)):
        return 0
    return 0 if is_poem(nodes[index:stop]) else stop


def _is_unfinished(nodes: list[Node]) -> bool:
    """Whether a line ends within a sentence, as no paragraph of the story does."""
    return any(node.text[-1:] not in TERMINAL for node in nodes)


def _signed_end(nodes: list[Node], start: int) -> int:
    """The index after the name under a note; 0 for none."""
    for index in range(start, min(len(nodes), start + _SIGNED_WITHIN)):
        node = nodes[index]
        if node.kind or node.page or node.text.startswith(SPEECH):
            return 0
        if is_signed(node.text) or (index > start and len(node.text) < 36 and DASH_SIGNATURE.fullmatch(node.text)):
            return index + 1
    return 0


def _may_be_written(nodes: list[Node], index: int) -> bool:
    """One short paragraph, not spoken, that stands by itself."""
    node = nodes[index]
    alone = index + 1 >= len(nodes) or nodes[index + 1].gap > 0 or bool(nodes[index + 1].kind)
    if node.kind or node.gap == 0 or not alone or len(node.text) >= 300:
        return False
    return not node.text.startswith((*SPEECH, *_DASHES)) and not counts(node.text)


def _italic_end(nodes: list[Node], index: int, *, thoughts: bool) -> int:
    """The index after whole paragraphs in italics; 0 for none.

    Where somebody may have thoughts, a question alone is one, and so are few words; and what is no sentence stands
    above a scene, as a place and a time do.
    """
    stop = index
    while stop < len(nodes) and not nodes[stop].kind and not nodes[stop].page and is_italic(nodes[stop]):
        stop += 1
    alone = stop == len(nodes) or nodes[stop].gap > 0 or nodes[stop].kind
    if stop == index or not alone or is_poem(nodes[index:stop]):
        return 0
    if not thoughts:
        return stop
    last = nodes[stop - 1].text.rstrip("*_")[-1:]
    long = stop > index + 1 or (last != "?" and nodes[index].text.count(" ") >= FEWEST)
    return stop if last in _ENDS and long else 0


def _length(nodes: list[Node], index: int, how: Layout) -> int:
    """How many lines the paragraph at `index` has."""
    if not how.wrapped:
        return 1
    stop, last = index + 1, min(len(nodes), index + LINES)
    while stop < last and not nodes[stop].kind and nodes[stop].gap == 0:
        stop += 1
    return stop - index


def _paragraph(nodes: list[Node], index: int, end: int) -> str:
    return " ".join([node.text for node in nodes[index:end]])


def _entries_end(nodes: list[Node], index: int, how: Layout) -> int:
    """The index after paragraphs that each begin with their day."""
    while index < len(nodes) and not nodes[index].kind and not nodes[index].page and _is_entry(nodes[index].text):
        index += _length(nodes, index, how)
    return index


def _is_entry(text: str) -> bool:
    """Whether a paragraph begins with its day, as a page of a diary does."""
    return text[:1].lower() in _DAYS and _ENTRY.match(text) is not None


def _centred(nodes: list[Node]) -> None:
    """A sign that stands centred is all that stands centred together, in a page that centres little else."""
    centred = [index for index, node in enumerate(nodes) if node.hint == "center" and node.kind in ("", "quote")]
    told = sum(1 for node in nodes if not node.kind) if centred else 0
    if len(centred) * 3 > told:
        return
    for step in (1, -1):
        for index in centred[::step]:
            beside = nodes[index - step] if 0 <= index - step < len(nodes) else None
            if beside is not None and beside.kind == "quote" and beside.hint == "center" and not nodes[index].kind:
                nodes[index] = nodes[index]._replace(kind="quote")
