"""A number alone on top of a text, and what the chapter is called behind it: `1. The Lodger`, `IV`, `- 12 -`.

One chapter of many, saved by itself, has no other number to count on with: here the place says that it is a heading.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ficshelf.model import Node
from ficshelf.passes import bare_titles, trails
from ficshelf.passes.breaks import WORDS
from ficshelf.passes.heading_titles import DECOR, tidy
from ficshelf.passes.headings import Heading, bare
from ficshelf.passes.nodes import usual_gap
from ficshelf.passes.note_words import SPEECH
from ficshelf.passes.title_lines import is_by_line

_LONGEST = 80
_LONGEST_NUMBER = 16  # characters of a heading that is but a number
_FEW = 4  # words of a title in small letters
_HEADED = 8  # words of a title right below the story's header
_LINE = 90  # characters of a line of a site or a header
_LONG = 160  # characters of a paragraph that surely is one
_PROSE = 60  # characters that a line of prose has at the least
_TOP = 16  # lines among which a title may stand that is set apart
_FEW_ABOVE = 2  # a title and a line on what the story is about
_SHORTEST_WORD = 3  # letters of a number in words
_NEAR = 4  # lines below within which the story has begun, and no list goes on
_ABOVE = frozenset(("fact", "chrome", "break", "image", "note"))
_ROMAN = frozenset("ivxlc")
_SINGLE = frozenset("vxlcVXLC")  # alone they are as well a name, a kiss or a title
_MONTH_NAMES = (  # behind the number of a day, in the languages that write `3. März`
    "january february march april may june july august september october november december januar februar märz mai "
    "juni juli oktober dezember janvier février mars avril juin juillet août septembre octobre novembre décembre "
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre janeiro fevereiro "
    "março maio junho julho setembro outubro novembro dezembro gennaio febbraio aprile maggio giugno luglio "
    "settembre ottobre dicembre января февраля марта апреля мая июня июля августа сентября октября ноября декабря "
)
MONTHS = frozenset(_MONTH_NAMES.split())
_NO_HEADING = frozenset(("li", "table", "pre"))


def find(nodes: Sequence[Node], *, titled: bool) -> tuple[int, Heading] | None:
    """Where such a heading stands, and what it says; None for nowhere. `titled`: the story's title is known, so that a
    number in words is not the title itself."""
    if apart := _set_apart(nodes) or _in_words(nodes):
        return apart
    told = (place for place, node in enumerate(nodes) if node.kind not in _ABOVE)
    open_ones = list(itertools.islice((place for place in told if not _is_count(nodes, place)), 2))
    if len(open_ones) > 1 and _is_titled(nodes, *open_ones):
        del open_ones[0]
    index = open_ones[0] if open_ones else len(nodes)
    if index + 1 >= len(nodes):
        return None
    node, after = nodes[index], nodes[index + 1]
    if node.kind or len(node.text) > _LONGEST or node.hint in _NO_HEADING or (node.page and index):
        return None
    heading = bare(node.text)
    if (
        heading is None
        or not (heading.number or heading.title)
        or after.kind in ("heading", "end")
        or is_by_line(after.text)
    ):
        return None
    headed = titled and index > 0 and nodes[index - 1].kind == "fact" and node.gap > 0
    if not (_is_title(node, heading, headed=headed) if heading.title else _is_number(nodes, index, titled=titled)):
        return None
    if not heading.title and after.text[:1].islower() and node.text.strip(DECOR).isalpha():
        return None  # the sentence goes on
    told_below = len(after.text) > (_PROSE if not heading.title else _LONG) or (
        not heading.title and _is_title_below(nodes, index + 1)
    )
    if not (after.gap or after.kind or after.indent > node.indent or told_below):
        return None
    near = list(itertools.islice((other for other in nodes[index + 1 :] if not other.kind), _NEAR))
    begun = next((place for place, other in enumerate(near) if _is_told(other)), -1)
    if begun < 0 or any(bare(other.text) for other in near[:begun]):
        return None
    return index, heading


def _set_apart(nodes: Sequence[Node]) -> tuple[int, Heading] | None:
    """A title with its number (`1. The Corner Shop.`) among the first lines that more blank lines set apart, above and
    below, than stand between the paragraphs of the story."""
    usual = max(1, usual_gap(nodes))
    for index, node in enumerate(itertools.islice(nodes, _TOP)):
        if node.kind in ("heading", "end") or (node.page and index):
            return None
        if node.kind or not index or len(node.text) > _LONGEST or node.hint in _NO_HEADING or node.gap <= usual:
            continue
        after = nodes[index + 1] if index + 1 < len(nodes) else None
        heading = bare(node.text)
        if heading is None or not heading.number or after is None or after.gap < usual:
            continue
        if not heading.title:
            if len(after.text) > _PROSE and _is_number(nodes, index, titled=True) and _are_short(nodes[:index]):
                return index, heading
            continue
        if (
            after.gap == usual
            and not _is_below_title(nodes, index)
            and node.text not in trails.above(nodes, index)[-1:]
        ):
            continue
        if after.kind == "break" and after.detail == WORDS and index + 2 < len(nodes):
            after = nodes[index + 2]  # who tells what follows
        called = tidy(heading.title.rstrip("."))
        if bare_titles.is_title_case(called) and bare_titles.may_be_title(called) and len(after.text) > _PROSE:
            return index, heading._replace(title=called)
    return None


def _in_words(nodes: Sequence[Node]) -> tuple[int, Heading] | None:
    """A title behind a number in words (`ELEVEN: The Corner Shop`) alone below a header: nothing is told so. Above it
    the author may have said something; nobody is heard there."""
    below_header = False
    for index, node in enumerate(itertools.islice(nodes, _TOP)):
        below_header = below_header or node.kind == "fact"
        if node.kind in ("heading", "end") or (node.page and index) or (not node.kind and SPEECH.search(node.text)):
            return None
        if node.kind or not below_header or len(node.text) > _LONGEST or ":" not in node.text or not node.gap:
            continue
        after = nodes[index + 1] if index + 1 < len(nodes) else None
        if after is None or not after.gap or node.hint in _NO_HEADING:
            continue
        word, _, title = node.text.partition(":")
        word = re.sub(r"[\s-]", "", word)
        heading = bare(node.text) if len(word) >= _SHORTEST_WORD and word.isalpha() else None
        if after.text != node.text and not after.kind and bare(after.text):
            return None  # a list
        if heading is None or not heading.number or heading.title != tidy(title) or set(word.lower()) <= _ROMAN:
            continue
        if bare_titles.is_title_case(title) and bare_titles.may_be_title(title):
            return index, heading
    return None


def again(nodes: Sequence[Node], index: int) -> int:
    """Where a heading stands once more, word for word, below ornaments only: an archive's, and the author's own; 0 for
    nowhere."""
    for place in range(index + 1, min(len(nodes), index + 1 + _NEAR)):
        node = nodes[place]
        if not node.kind and node.text == nodes[index].text:
            return place
        if node.kind not in ("break", "chrome") or node.page:
            return 0
    return 0


def _are_short(above: Sequence[Node]) -> bool:
    """Whether nothing is told in the lines above a number, which a site and a header have."""
    return all(len(node.text) < _LINE and not SPEECH.search(node.text) for node in above if not node.kind)


def _is_below_title(nodes: Sequence[Node], index: int) -> bool:
    """Whether but a line that may be the story's title, and perhaps a line on what it is about, stand above."""
    above = nodes[:index]
    if len(above) > _FEW_ABOVE or any(node.kind not in ("", "fact") for node in above):
        return False
    title = above[0].text
    if above[0].kind != "fact" and not (bare_titles.may_be_title(title) and bare_titles.is_title_case(title)):
        return False
    return not any(SPEECH.search(node.text) for node in above)


def _is_titled(nodes: Sequence[Node], title: int, number: int) -> bool:
    """Whether a line in a title's form stands right above a number between signs: `- 4 -`."""
    above, text = nodes[title], nodes[number].text
    if number != title + 1 or above.kind or not nodes[number].gap or len(text) > _LONGEST_NUMBER:
        return False
    if not (text[0] in DECOR and text[-1] in DECOR and any(map(str.isalnum, text))):
        return False
    return bare_titles.is_title_case(above.text) and bare_titles.may_be_title(above.text)


def _is_count(nodes: Sequence[Node], index: int) -> bool:
    """Whether a number stands right below a label that a site counts with, and the site goes on below it."""
    if not nodes[index].text.isdecimal() or not 0 < index < len(nodes) - 1:
        return False
    return nodes[index - 1].kind == "chrome" and nodes[index + 1].kind in ("chrome", "fact")


def _is_title_below(nodes: Sequence[Node], index: int) -> bool:
    """Whether the line right under a number is what the chapter is called, a blank line below it."""
    node = nodes[index]
    if index + 1 >= len(nodes) or not nodes[index + 1].gap or node.kind or not bare_titles.may_be_title(node.text):
        return False
    return node.text.isupper() or bare_titles.is_title_case(node.text)


def _is_told(node: Node) -> bool:
    return len(node.text) > _PROSE or SPEECH.search(node.text) is not None


def _is_title(node: Node, heading: Heading, *, headed: bool) -> bool:
    """`1. The Lodger`, but no `1. No spray.` and no `3. March`. `headed`: the story's header stands right above, so
    that it need not be written as titles are: `UNO.- El faro apagado`."""
    title = heading.title or ""
    if title[-1] in ".!?…,;:" or bare_titles.SLUG.search(node.text) or title.split()[0].lower() in MONTHS:
        return False
    if headed and len(title.split()) <= _HEADED and not SPEECH.search(title):
        return True
    if title.islower():  # as some write all of their titles
        return len(title.split()) <= _FEW
    return bare_titles.is_title_case(title) and bare_titles.may_be_title(title)


def _is_number(nodes: Sequence[Node], index: int, *, titled: bool) -> bool:
    """`3`, `- IV -`, `Three` below a title: but no `One.`, which may be told."""
    text = nodes[index].text
    said = text.strip(DECOR + "().")
    if any(map(str.isdigit, said)):
        return True
    if text.endswith(".") and len(said) > 4:
        return False
    if set(said.lower()) <= set("ivxlc"):
        return titled or said not in _SINGLE or text != said
    if titled or text.strip() != said or _counts_on(nodes, index):
        return True
    return bare_titles.form_of(nodes, index, 0)[0] in ("center", "strong", "h")


def _counts_on(nodes: Sequence[Node], index: int) -> bool:
    """Whether the next number stands alone further down, in words too."""
    expected = (heading.number or 0) + 1 if (heading := bare(nodes[index].text)) else 0
    for node, after in itertools.pairwise(itertools.islice(nodes, index + 2, None)):
        if len(node.text) <= _LONGEST_NUMBER and node.gap and after.gap and not node.kind:
            later = bare(node.text)
            if later and later.number == expected and not later.title:
                return True
    return False
