"""The author's own title of a chapter, below the archive's heading and what the author says there."""

from __future__ import annotations

from ficshelf.model import Node
from ficshelf.passes import bare_titles, numbers
from ficshelf.passes.forewords import is_foreword
from ficshelf.passes.heading_titles import tidy
from ficshelf.passes.headings import Heading
from ficshelf.passes.label_lines import label_line
from ficshelf.passes.note_words import is_heard
from ficshelf.passes.rights import disclaims

_SHORTEST_TITLE = 3
_NEAR = 8  # nodes below a heading within which its title may stand again
_LONGEST_SLUG = 40  # characters of a line that says when a story begins
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
