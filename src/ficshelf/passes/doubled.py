"""What stands between two headings of one chapter, the archive's above, the author's below: there the author speaks.

On archives' pages a menu or a line names the chapter, then the author greets the readers, and the story begins below
the heading that the author typed.
"""

from __future__ import annotations

import itertools

from ficshelf.model import Node
from ficshelf.passes.headings import unpack
from ficshelf.passes.note_words import SPEECH, is_heard

_MOST = 6  # paragraphs between the two
_LONGEST = 2000  # characters of them all


def notes_between(nodes: list[Node], chapters: list[tuple[int, int]]) -> None:
    """Mark as notes what is said between two headings of one chapter, where nobody in a story is heard in it."""
    told_above = False  # on this page
    for (start, end), (_, after) in itertools.pairwise(chapters):
        is_first = nodes[start].page or not told_above
        told_above = (told_above and not nodes[start].page) or any(not node.kind for node in nodes[start:end])
        if not is_first or nodes[start].kind != "heading" or end - start > 3 * _MOST or nodes[end].page:
            continue
        below = nodes[end]
        group = itertools.takewhile(lambda node: node.kind == "heading", nodes[start:end])
        if below.kind != "heading" or not any(_is_one(heading, below) for heading in group):
            continue
        told = [index for index in range(start, end) if not nodes[index].kind]
        letters = sum(len(nodes[index].text) for index in told)
        noted = sum(nodes[index].kind == "note" for index in range(start, end))
        heard = SPEECH.search if noted >= len(told) else is_heard  # among notes nobody but the author `said so`
        if not 0 < len(told) <= _MOST or letters > _LONGEST or any(heard(nodes[index].text) for index in told):
            continue
        if letters < sum(len(nodes[index].text) for index in range(end, after) if not nodes[index].kind):
            for index in told:
                nodes[index] = nodes[index]._replace(kind="note")


def _is_one(above: Node, below: Node) -> bool:
    """Whether two headings name one chapter in different words: `4. The Vane` and `Chapter Four: The Vane`."""
    first, second = unpack(above.detail), unpack(below.detail)
    if first.number is None or (first.number, first.level) != (second.number, second.level):
        return False
    same = first.title is None or second.title is None or first.title.lower() == second.title.lower()
    return same and above.text.lower() != below.text.lower()
