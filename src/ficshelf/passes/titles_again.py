"""The author's own title of a chapter, below the archive's heading and what the author says there."""

from __future__ import annotations

from collections.abc import Sequence

from ficshelf.model import Node
from ficshelf.passes import bare_titles, numbers
from ficshelf.passes.forewords import is_foreword
from ficshelf.passes.heading_titles import tidy
from ficshelf.passes.headings import Heading, parse, unpack
from ficshelf.passes.label_lines import label_line
from ficshelf.passes.note_words import SAID, is_heard
from ficshelf.passes.rights import disclaims

_SHORTEST_TITLE = 3
_NEAR = 8  # nodes below a heading within which its title may stand again
_LONGEST_SLUG = 40  # characters of a line that says when a story begins
_WIDEST = 600  # characters between an archive's line and the author's own heading
_LONGEST_NUMBER = 24  # characters that a heading has beside its title
_FRAME = 12  # characters of the signs around it


def add(nodes: list[Node], found: dict[int, Heading]) -> None:
    """Add to `found` the lines, alone between blank lines, that say again what the chapter above is called."""
    for index, heading in list(found.items()):
        if not heading.title or len(heading.title) < _SHORTEST_TITLE:
            continue
        said = tidy(heading.title).casefold()
        for place in range(index + 1, min(len(nodes), index + _NEAR)):
            node = nodes[place]
            if place in found and not node.page and not found[place].title:
                continue  # `Chapter two`, between the archive's heading and the author's
            if place in found or node.page:
                if place in found and not node.page:
                    _join(nodes, found, index, place)
                break
            if not node.kind and len(node.text) <= _LONGEST_SLUG and bare_titles.SLUG.search(node.text):
                break  # the story has begun with a date
            alone = place + 1 == len(nodes) or nodes[place + 1].gap > 0 or bool(nodes[place + 1].kind)
            if (
                alone
                and not node.kind
                and len(node.text) <= len(said) + _FRAME
                and _says_again(node.text, said, heading)
            ):
                found[place] = Heading(None, heading.title, 0)
                between = [below for below in range(index + 1, place) if not nodes[below].kind]
                if is_foreword([nodes[below].text for below in between], among_notes=True):
                    for below in between:  # what is said between the archive's heading and the author's own
                        nodes[below] = nodes[below]._replace(kind="note")
                break
            if not node.kind and is_heard(node.text):
                break


def heading_below(nodes: Sequence[Node], place: int) -> int:
    """Where the author's own heading of a chapter stands below a line that an archive calls it by, `Two Coins` above
    `Chapter One, Two Coins`, with nothing between but a few lines close to the upper one: the heading's index, 0 for
    none."""
    said = tidy(nodes[place].text).casefold()
    if len(said) < _SHORTEST_TITLE or len(said) > _LONGEST_SLUG:
        return 0
    width = 0
    for index in range(place + 1, min(len(nodes), place + _NEAR)):
        node = nodes[index]
        if node.page or (node.kind and node.kind != "heading") or SAID.search(node.text):
            return 0
        if not node.gap and node.text[0].islower():
            return 0  # the line above goes on
        if node.gap and len(node.text) <= len(said) + _LONGEST_NUMBER and said in node.text.casefold():
            heading = unpack(node.detail) if node.kind else parse(node.text)
            return index if heading is not None and _is_called(heading, said) else 0
        width += len(node.text)
        if node.gap or node.kind or width > _WIDEST:
            return 0
    return 0


def _is_called(heading: Heading, said: str) -> bool:
    """Whether a heading has more than its title, which is `said`: `Chapter One, Two Coins`, `Prologue: The Cough`."""
    title = tidy(heading.title or "").casefold()
    if title == said:
        return heading.number is not None
    return title.endswith(said) and not title[: -len(said)].rstrip()[-1:].isalnum()


def add_above(nodes: list[Node], found: dict[int, Heading]) -> None:
    """Add to `found` the lines by which an archive calls a chapter, above the author's own headings; what stands
    between the two is said to the readers."""
    for index, heading in list(found.items()):
        if not heading.title:
            continue
        for place in range(index - 1, max(-1, index - _NEAR), -1):
            if place in found or nodes[place].page or nodes[place].kind:
                break
            if len(nodes[place].text) <= _LONGEST_SLUG and heading_below(nodes, place) == index:
                called = heading._replace(title=nodes[place].text.strip())
                found[place], found[index] = called, Heading(None, heading.title, 0)
                for below in range(place + 1, index):
                    nodes[below] = nodes[below]._replace(kind="note")
                break


def _join(nodes: list[Node], found: dict[int, Heading], index: int, place: int) -> None:
    """The archive's heading and the author's own fuller one, `Prologue` and `Prologue: The Cough`, are one where
    nothing but what the author says stands between."""
    above, own = found[index], found[place]
    between = [below for below in range(index + 1, place) if not nodes[below].kind]
    if above.number is None or above.number != own.number or not between or not above.title or not own.title:
        return
    texts = [nodes[below].text for below in between]
    said = is_foreword(texts, among_notes=True) or all(map(disclaims, texts))
    if any(map(label_line, texts)):
        return  # a header's lines, which others read
    if own.title.casefold().startswith(above.title.casefold()) and said:
        found[index], found[place] = own, Heading(None, own.title, 0)
        for below in between:
            nodes[below] = nodes[below]._replace(kind="note")


def _says_again(text: str, said: str, heading: Heading) -> bool:
    """Whether a line is a chapter's title once more, perhaps with the chapter's number behind it: `Wren XIV`."""
    title, _, number = tidy(text).casefold().rpartition(" ")
    if heading.number is not None and title == said and numbers.value(number) == heading.number:
        return True
    return tidy(text).casefold() == said
