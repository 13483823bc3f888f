"""Letters, diaries and mails within the story: they are quoted, not told.

Sure signs only: a salutation with its closing; a salutation that opens a chapter in which nobody else is heard; the
fields of a mail with a name below its words.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ficshelf.model import Draft, Node
from ficshelf.passes.letter_words import (
    BEGINS,
    CALLED,
    DIARY,
    FIELD,
    FIELD_LETTERS,
    HEADED,
    INITIALS,
    OWN,
    POSTSCRIPT,
    QUOTED,
    RANK,
    SIGNATURE,
    SIGNED_NAME,
    SPOKEN,
    TO_FINDER,
    closes,
    heads_letter,
    is_salutation,
)
from ficshelf.passes.nodes import is_italic, join
from ficshelf.passes.note_labels import is_edge_label, is_labelled
from ficshelf.passes.note_words import speaks_of_the_story
from ficshelf.passes.quoted_mails import end_of_mail, is_set_in, is_told_by_one
from ficshelf.passes.written_words import shows_diary

_SPEECH = re.compile(r"[\"“„«][^\"”“»\n]{1,600}[\"”“»]")
_MONTH = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-zé]*\b\.?|\b\d{4}\b|\d(?:st|nd|rd|th)\b", re.I
)
_KISSES = re.compile(r"[xXoO]{2,10}")
_ENDED = frozenset(".,!?…–—-")  # what stands at the end of the line above a name
_PARTICLES = frozenset(("de", "du", "von", "van", "of", "la", "der"))  # within a name
_FEW = 9  # lines of a note from one name to the other
_FARTHEST = 25  # paragraphs from a salutation to its closing
_MOST_LINES = 400  # lines of a letter
_CLOSE = 8  # of so many lines one at most stands below a blank line, in a text without them
_LONGEST_RULE = 9  # characters of a row within a letter
_LONGEST_SCENE = 30  # characters of a line that says when a scene is
_LONGEST_NAME = 30  # characters of the name below a letter
_LONGEST_OPENING = 70  # characters of a salutation


def apply(draft: Draft) -> Draft:
    """Mark letters as quotes, from the date and the salutation to the name under the closing."""
    nodes = list(draft.nodes)
    # Where no blank lines part the paragraphs, each line is one.
    is_close = not draft.layout.wrapped and sum(node.gap > 0 for node in nodes) * _CLOSE < len(nodes)
    made: list[Node] = []
    index = 0
    opens = True  # whether the story of this chapter has yet to begin
    headed = False  # whether its heading says that it is a letter
    while index < len(nodes):
        node = nodes[index]
        if node.kind:
            if node.kind == "heading":
                opens, headed = True, HEADED.fullmatch(node.text) is not None
            made.append(node)
            index += 1
            continue
        stop = 0
        if node.page and not opens:
            opens, headed = True, False
        if len(node.text) <= _LONGEST_OPENING and (node.gap or opens or _sets_scene(nodes[index - 1])):
            stop = _letter_end(nodes, index, opens=opens)
            if stop and is_italic(node):
                stop = max(stop, _italic_end(nodes, index))
            if not stop and index and _is_date_line(node) and _keeps_a_diary(nodes[index - 1], made[-1]):
                stop = 0 if is_told_by_one(nodes, index - 1) else _written_end(nodes, index, _chapter_end(nodes, index))
            if headed and (stop or (opens and _is_opening(node))):
                stop = max(stop, _chapter_end(nodes, index))
        elif is_close and not opens and len(node.text) <= _LONGEST_OPENING and _calls_somebody(node.text):
            stop = _closing(nodes, index)
            is_short = stop <= index + _FEW and not any(SPOKEN.search(one.text) for one in nodes[index:stop])
            stop = stop if is_short else 0
        if not stop:
            opens = opens and _is_date_line(node)
            made.append(node)
            index += 1
            continue
        opens = False
        letter = nodes[index:stop]
        while made and len(letter) < stop - index + 2 and _is_above_letter(made[-1], letter[0]):
            letter.insert(0, made.pop())  # the date, or the place, above the greeting
        letter = [node._replace(kind="quote") if not node.kind or _is_rule(node) else node for node in letter]
        made.extend(stand_together(draft.text, letter, draft.layout.wrapped))
        index = stop
    return draft._replace(nodes=tuple(made))


def _calls_somebody(text: str) -> bool:
    return text[-1] in ",:" and (is_salutation(text) or TO_FINDER.match(text) is not None)


def _sets_scene(node: Node) -> bool:
    """A date, or a few words that stand apart: when the scene is that a letter opens."""
    return _is_date_line(node) or (node.gap > 0 and not node.kind and len(node.text) <= _LONGEST_SCENE)


def _is_above_letter(node: Node, below: Node) -> bool:
    """A date, or a place that stands together with the date below it."""
    if _is_date_line(node) or heads_letter(node.text):
        return not node.kind
    words = node.text.split()
    named = (
        0 < len(words) <= 5
        and all(word[0].isupper() or word[0].isdigit() for word in words)
        and node.text[-1].isalnum()
    )
    return named and not node.kind and node.gap > 0 and below.gap == 0 and _is_date_line(below)


def _italic_end(nodes: list[Node], index: int) -> int:
    """The index after the last paragraph in italics below an opening in italics."""
    stop = index
    while stop < len(nodes) and not nodes[stop].kind and not nodes[stop].page and is_italic(nodes[stop]):
        stop += 1
    return stop


def _keeps_a_diary(above: Node, made: Node) -> bool:
    """Whether a day below a paragraph is that of a diary: the paragraph names one, or is a page of it."""
    return made.kind == "quote" or (not above.kind and shows_diary(above.text))


def _is_opening(node: Node) -> bool:
    """Whether a line may open a letter: a salutation, a place, a date."""
    return _is_date_line(node) or is_salutation(node.text.strip(QUOTED))


def _letter_end(nodes: list[Node], index: int, *, opens: bool) -> int:
    """The index after the letter, diary or mail that opens at `index`; 0 for none."""
    text = nodes[index].text.strip(QUOTED)
    if not text:
        return 0
    if text[-1] in ",-–—!:" and len(text) < 50 and CALLED.fullmatch(text) and not closes(text):
        stop = _closing(nodes, index) or _named_end(nodes, index)
        return 0 if any(SPOKEN.search(node.text) for node in nodes[index:stop]) else stop
    if not text[:9].lower().startswith(BEGINS):
        return 0
    if DIARY.fullmatch(text):
        return _diary_end(nodes, index, opens=opens)
    if text[0].lower() in FIELD_LETTERS and FIELD.match(text):
        return end_of_mail(nodes, index)
    if not is_salutation(text):
        return 0
    stop = _closing(nodes, index)
    if opens and nodes[index].text[0] not in '"“„«' and text[-1] in ",:–—-.!":
        whole = _chapter_end(nodes, index)
        if not stop:
            stop = _closing(nodes, index, farthest=whole - index)
        if not stop and _is_written(nodes[index + 1 : whole]):
            stop = whole
    if not stop and text[-1] in ",:)" and text[:4].lower() == "dear" and not is_told_by_one(nodes, index):
        stop = _written_end(nodes, index, _chapter_end(nodes, index, index + _FARTHEST))
    return stop


def _named_end(nodes: list[Node], index: int) -> int:
    """The index after a bare name that ends a note of a few paragraphs, in each of which I or you are; 0 for none."""
    for stop in range(index + 1, min(len(nodes), index + _FEW)):
        node = nodes[stop]
        if node.kind or node.page:
            return 0
        name = RANK.sub("", node.text) if len(node.text) <= _LONGEST_NAME else ""
        if stop > index + 1 and node.gap and name and SIGNED_NAME.fullmatch(name):
            alone = stop + 1 == len(nodes) or nodes[stop + 1].gap > 0 or nodes[stop + 1].kind
            return stop + 1 if alone and name[-1].isalpha() else 0
        if node.gap and not OWN.search(node.text):
            return 0
    return 0


def _chapter_end(nodes: list[Node], start: int, farthest: int | None = None) -> int:
    """The index of the next heading, page, break, ending, note or page of a diary; at most `farthest`."""
    end = len(nodes) if farthest is None else min(farthest, len(nodes))
    for index in range(start + 1, end):
        node = nodes[index]
        if node.page or node.kind in ("heading", "break", "end", "note", "fact"):
            return index
        if not node.kind and (_is_author_below(node.text) or (len(node.text) < 30 and DIARY.fullmatch(node.text))):
            return index
    return end


def speaks_as_author(text: str) -> bool:
    """Whether a paragraph beside what the story shows is the author's, by its label or by what it speaks of."""
    return is_labelled(text) or speaks_of_the_story(text)


@lru_cache(maxsize=256)  # letters that stand near each other look at the same lines
def _is_author_below(text: str) -> bool:
    """Whether the author speaks, below the letter."""
    return speaks_as_author(text) or (is_edge_label(text) and not POSTSCRIPT.match(text))


def _paragraphs(nodes: list[Node]) -> list[str]:
    """What unsettled nodes say, the lines of a paragraph together."""
    said: list[str] = []
    for node in nodes:
        if node.kind:
            continue
        if said and node.gap == 0:
            said[-1] += " " + node.text
        else:
            said.append(node.text)
    return said


def _is_written(nodes: list[Node]) -> bool:
    """Whether paragraphs are written to somebody: nearly all say I or you, and nobody else is heard."""
    said = _paragraphs(nodes)
    heard = sum(1 for text in said if SPOKEN.search(text))
    own = sum(1 for text in said if OWN.search(text))
    return bool(said) and heard * 8 <= len(said) and own * 3 >= 2 * len(said)


def _diary_end(nodes: list[Node], index: int, *, opens: bool) -> int:
    """To the closing, or the end of the chapter or scene; in the middle of one, as far as one person writes."""
    stop = _closing(nodes, index)
    end = _chapter_end(nodes, index)
    if stop:
        return stop
    if opens or index == 0 or nodes[index - 1].kind in ("break", "heading", "quote"):
        return end if _is_own(nodes[index + 1 : end]) else 0
    if is_told_by_one(nodes, index - 1):
        return 0
    return _written_end(nodes, index, end)


def _written_end(nodes: list[Node], index: int, end: int) -> int:
    """The index after the last paragraph below a salutation in which one person writes; 0 where none does."""
    stop = index + 1
    while stop < end and not nodes[stop].kind:
        after = stop + 1
        while after < end and nodes[after].gap == 0 and not nodes[after].kind and not is_set_in(nodes, after):
            after += 1
        said = " ".join(node.text for node in nodes[stop:after])
        if not OWN.search(said) or SPOKEN.search(said):
            break
        stop = after
    return stop if stop > index + 1 else 0


def _is_own(nodes: list[Node]) -> bool:
    """Whether somebody writes of themselves, though others may be heard: in quotation marks no I counts."""
    said = [_SPEECH.sub("", text) for text in _paragraphs(nodes)]
    return bool(said) and sum(1 for text in said if OWN.search(text)) * 2 >= len(said)


def stand_together(layer: str, letter: list[Node], wrapped: bool) -> list[Node]:
    """Lines of a letter with no blank line between them make one block; full lines of a wrapped text are prose."""
    made: list[Node] = []
    for node in letter:
        if made and node.gap == 0 and node.kind == made[-1].kind == "quote":
            short = len(made[-1].text.rsplit("\n", 1)[-1]) < 50 or not (wrapped or node.text[:1].islower())
            made[-1] = join(layer, [made[-1], node], "quote", between="\n" if short else " ")
        else:
            made.append(node)
    return made


def _closing(nodes: list[Node], start: int, farthest: int = _FARTHEST) -> int:
    """The index after the letter's last line; 0 where none closes it."""
    quoted = nodes[start].text[0] in '"“„«'  # read aloud: its paragraphs open with quotation marks
    paragraphs = 0
    ruled = False  # whether a row of hyphens within the letter stands above
    for index in range(start + 1, min(len(nodes), start + _MOST_LINES)):
        node = nodes[index]
        paragraphs += node.gap > 0 or node.indent > nodes[index - 1].indent
        if paragraphs >= farthest:
            return 0
        if _is_rule(node) and not ruled:
            ruled = True
            continue
        if node.kind in ("heading", "break", "end") or node.page or (ruled and SPOKEN.search(node.text)):
            return 0
        text = node.text.strip(QUOTED)
        if node.kind or not text or len(text) > 80:
            continue
        if node.gap and is_salutation(text):
            return 0  # another letter
        if INITIALS.fullmatch(text) or (quoted and len(text) <= 40 and SIGNED_NAME.fullmatch(text.rstrip("."))):
            return _after_postscript(nodes, index + 1)
        last = index + 1 == len(nodes) or nodes[index + 1].gap > 0 or bool(nodes[index + 1].kind)
        above = nodes[index - 1].text[-1:]
        if node.gap == 0 and last and above in _ENDED and len(text) <= 30 and SIGNED_NAME.fullmatch(text):
            return _after_postscript(nodes, index + 1)
        if closes(text) or (SIGNATURE.fullmatch(text) and len(text) <= 40 and text[0] in "-–—~"):
            after = index + 1
            while after < min(len(nodes), index + 3) and not nodes[after].kind and _is_name(nodes[after].text):
                after += 1
                if after < len(nodes) and nodes[after].gap:
                    break
            return _after_postscript(nodes, after)
    return 0


def _is_rule(node: Node) -> bool:
    """Whether a break is but a few hyphens, as people part the paragraphs of a letter or a list."""
    return node.kind == "break" and 0 < len(node.text) <= _LONGEST_RULE and not set(node.text) - set("-–— ")


def _is_date_line(node: Node) -> bool:
    """The place and the date above a letter: short, no sentence, nobody speaking."""
    text = node.text.strip(QUOTED)
    if node.kind or not 0 < len(text) < 60 or not text[0].isalnum() or text[-1] in "!?:;’,…":
        return False
    if any(map(str.isdigit, text)) and _MONTH.search(text):
        return True
    return "," in text and text[-1].isalnum() and sum(1 for word in text.split() if word[0].islower()) <= 2


def _after_postscript(nodes: list[Node], index: int) -> int:
    """The index after what may follow the name: kisses, a date, a `P.S.`"""
    if index < len(nodes) and nodes[index].gap == 0 and not nodes[index].kind and _KISSES.fullmatch(nodes[index].text):
        index += 1
    if (
        index < len(nodes)
        and nodes[index].gap <= 1
        and _MONTH.search(nodes[index].text)
        and _is_date_line(nodes[index])
    ):
        index += 1
    while (
        index < len(nodes) and nodes[index].gap <= 1 and not nodes[index].kind and POSTSCRIPT.match(nodes[index].text)
    ):
        index += 1
    return index


def _is_name(text: str) -> bool:
    words = text.strip("-–—~" + QUOTED).rstrip(".").split()
    capitals = all(word[0].isupper() or (place and word in _PARTICLES) for place, word in enumerate(words))
    return 0 < len(words) <= 4 and capitals and not text.endswith(("!", "?", '"', "”"))
