"""A site's menus above a story, a name of a page on each line, and what its visitors have called to each other there.

A menu is known by its form: lines of a few words with no sentence among them, one below the other, of which some name
what only sites have (`Links`, `Message Board`, `Startseite`). No verse and no list of a story's stands so on top of it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ficshelf.model import Node
from ficshelf.passes import headings
from ficshelf.passes.label_lines import label_line
from ficshelf.passes.note_labels import is_labelled
from ficshelf.passes.note_words import SAID, TOLD
from ficshelf.passes.site_forms import presents
from ficshelf.passes.site_words import Sure, sureness
from ficshelf.passes.title_lines import is_by_line, is_menu, title_and_name

_LOOKED_AT = 90  # lines from the top
_LONGEST = 45  # characters of a name of a page
_WORDS = 6
_LINES = 4  # names that make a menu
_MANY = 8  # names of which no word of sites need be among them, where the page has such words elsewhere
_LABELS = 3  # labels that make a header
_KNOWN = 3  # words of sites that a page with menus has
_PROSE = 100  # characters of a line that is told
_BELOW = 16  # lines below a menu
_STAMP = re.compile(
    r"\W*\d\d?[/.-]\d\d?[/.-]\d\d(?:\d\d)?,?\s+\d\d?[:.]\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?\W*|"
    r"\W*\d{4}-\d\d-\d\d\s+\d\d:\d\d(?::\d\d)?\W*",
    re.I,
)
_SHORTEST_STAMP, _LONGEST_STAMP = 12, 30
_CALLED = 300  # characters of what a visitor calls
_BULLET = "•·*-–—»>+|[](){} \t"


def places(nodes: Sequence[Node]) -> list[int]:
    """The lines of menus on top of a text, with the names of the site around them; none where it has no menu."""
    called = _calls(nodes)
    end = _end(nodes, set(called))
    stanzas = _stanzas(nodes, end)
    known = sum(_is_known(nodes[index]) for stanza in stanzas for index in stanza)
    menus = [stanza for stanza in stanzas if known >= _KNOWN and _is_menu(nodes, stanza)]
    found = set(called)
    if menus:
        last = menus[-1][-1]
        own = any(_is_storys(nodes, index) for index in range(last))
        swept = menus if own else [stanza for stanza in stanzas if stanza[0] <= last]
        found.update(index for stanza in swept for index in stanza)
    if found:
        found.update(_beside(nodes, max(found)))
    return sorted(index for index in found if not nodes[index].kind)


def _beside(nodes: Sequence[Node], last: int) -> set[int]:
    """The site's further lines above and below a menu: what stands in one stanza with its first line, what is right
    beside its buttons, and all down to a sentence in which it presents itself."""
    first = next((index for index in range(1, last + 1) if nodes[index].gap), last)
    found = set() if any(_is_storys(nodes, index) for index in range(first)) else set(range(first))
    between: list[int] = []
    for index in range(last + 1, min(len(nodes), last + _BELOW)):
        node = nodes[index]
        if _is_storys(nodes, index) or (not node.kind and headings.parse(node.text)):
            break
        speaks = not node.kind and presents(node.text)
        sure = node.kind == "chrome" or sureness(node.text) >= Sure.AT_EDGES
        if speaks or sure or (not node.gap and nodes[index - 1].kind == "chrome" and _is_known(node)):
            found.update(place for place in between if speaks or is_labelled(nodes[place].text))
            found.add(index)
            between = []
        elif len(node.text) > _LONGEST:
            break
        else:
            between.append(index)
    return found


def _end(nodes: Sequence[Node], called: set[int]) -> int:
    """Where the first line stands that tells something."""
    for index, node in enumerate(nodes[:_LOOKED_AT]):
        if node.kind not in ("", "chrome") or (node.page and index):
            if node.kind in ("fact", "break", "image") and not node.page:
                continue
            return index
        if node.kind or index in called:
            continue
        text = node.text
        if len(text) >= _PROSE or SAID.search(text) or TOLD.search(text):
            return index
    return min(len(nodes), _LOOKED_AT)


def _stanzas(nodes: Sequence[Node], end: int) -> list[list[int]]:
    """Lines that stand together, what is settled as the site's among them."""
    found: list[list[int]] = []
    for index in range(end):
        if nodes[index].kind not in ("", "chrome"):
            continue
        if found and index and found[-1][-1] == index - 1 and not nodes[index].gap:
            found[-1].append(index)
        else:
            found.append([index])
    return [own for stanza in found if (own := _above_heading(nodes, stanza))]


def _above_heading(nodes: Sequence[Node], stanza: list[int]) -> list[int]:
    """The lines of a stanza without a chapter's heading at its end."""
    while stanza and not nodes[stanza[-1]].kind and headings.parse(nodes[stanza[-1]].text):
        stanza = stanza[:-1]
    return stanza


def _is_menu(nodes: Sequence[Node], stanza: Sequence[int]) -> bool:
    lines = [nodes[index] for index in stanza]
    if len(lines) < _LINES or any(_is_storys(nodes, index) for index in stanza) or _is_header(lines):
        return False
    if not all(node.kind or _may_name_a_page(node.text) for node in lines):
        return False
    return len(lines) >= _MANY or any(map(_is_known, lines))


def _is_known(node: Node) -> bool:
    return node.kind == "chrome" or sureness(node.text.strip(_BULLET)) > Sure.NOT


def _is_storys(nodes: Sequence[Node], index: int) -> bool:
    """Whether a line says something of a story: a label with its value, or a by-line."""
    node = nodes[index]
    if node.kind == "fact":
        return True
    if node.kind:
        return False
    line = label_line(node.text)
    stated = line is not None and line.strong and bool(line.value)
    return stated or is_by_line(node.text) or title_and_name(node.text) is not None


def _is_header(lines: Sequence[Node]) -> bool:
    """Whether lines are a story's header: labels, a colon behind each, that have their values on lines below them."""
    named = [text for node in lines if (text := node.text)[-1] == ":" and label_line(text) is not None]
    return len(named) >= _LABELS and len(set(named)) < len(lines)


def _may_name_a_page(text: str) -> bool:
    """Whether a line may be the name of a page: a few words, and no sentence."""
    if is_menu(text):
        return True
    if text[0] in "•·":
        text = text.strip(_BULLET) or text
    if len(text) > _LONGEST or len(text.split()) > _WORDS or text[0] in "\"“„«'‘…":
        return False
    return text[-1] not in '.,;?…"”’-–—' or text.count(".") > 1 or text[0] in "-–—"  # `F.A.Q.`, `-Crossovers-`


def is_date_and_time(text: str) -> bool:
    """Whether a line is but a date and a time in figures: `03-28-2004, 06:47 PM`."""
    return _SHORTEST_STAMP <= len(text) <= _LONGEST_STAMP and _STAMP.fullmatch(text) is not None


def _calls(nodes: Sequence[Node]) -> list[int]:
    """A box in which visitors call: a line with date and time, below it what was said, again and again."""
    stamps = [index for index, node in enumerate(nodes[:_LOOKED_AT]) if not node.kind and is_date_and_time(node.text)]
    pairs = [
        index
        for index in stamps
        if index + 1 < len(nodes)
        and not nodes[index + 1].gap
        and not nodes[index + 1].kind
        and len(nodes[index + 1].text) <= _CALLED
        and headings.parse(nodes[index + 1].text) is None
    ]
    if len(pairs) < 2 or any(after - here > 3 for here, after in itertools.pairwise(pairs)):
        return []
    return [place for index in pairs for place in (index, index + 1)]
