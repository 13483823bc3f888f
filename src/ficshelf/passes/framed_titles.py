"""A title that stands alone between two rows of ornaments, right above the first chapter's heading.

What the author says and the header stand above it; dots or stars in lines of their own above and below set it apart.
"""

from __future__ import annotations

from ficshelf.model import Chrome, Draft, Fact, Node
from ficshelf.passes import bare_titles, headings, sure_titles
from ficshelf.passes.facts import add_fact
from ficshelf.passes.label_lines import label_line
from ficshelf.passes.note_labels import is_legend
from ficshelf.passes.note_words import is_heard
from ficshelf.passes.title_lines import is_by_line, is_title

_TOP = 60  # lines within which the first heading stands
_ROWS = 8  # lines of a row of ornaments
_LONGEST = 70
_MANY = 4  # open lines to one of the header or the author's, at most
_NO_END = frozenset('.,;:!?…"”')  # what a title between rows does not end with: a sentence, or what is said
_ROW = frozenset(("break", "chrome"))


def apply(draft: Draft) -> Draft:
    """State such a title, where none is stated yet; what is left open between header and title, the author says."""
    nodes = draft.nodes
    if "title" in draft.facts:
        return draft
    first = next((index for index, node in enumerate(nodes[:_TOP]) if node.kind == "heading"), 0)
    if not first or (heading := headings.unpack(nodes[first].detail)).number is None or heading.counted:
        return draft
    place = first - 1
    while place > 0 and first - place <= _ROWS and _is_ornament(nodes[place]):
        place -= 1
    title = nodes[place]
    called = title.text.strip("*_~ ")
    framed = place < first - 1 and place > 0 and _is_ornament(nodes[place - 1])
    if not framed or title.kind or not called or len(called) > _LONGEST or not is_title(called):
        return draft
    if called[0].islower() or called[-1] in _NO_END or "," in called or bare_titles.SLUG.search(called):
        return draft
    if label_line(called) or is_by_line(called) or sure_titles.is_banner(called) or headings.parse(called):
        return draft
    facts = add_fact(draft.facts, "title", Fact(called, spans=title.spans))
    above = nodes[:place]
    open_ones = [node for node in above if not node.kind and any(map(str.isalnum, node.text))]
    if len(open_ones) < len([node for node in above if node.kind in ("fact", "note")]) * _MANY:
        heard = any(is_heard(node.text) and not is_legend(node.text) for node in open_ones)
        above = above if heard else tuple(_noted(node) for node in above)
    settled = [*above, title._replace(kind="fact"), *nodes[place + 1 :]]
    row = place - 1
    while row > 0 and place - row < _ROWS and _is_ornament(nodes[row - 1]):
        row -= 1
    chrome = list(draft.chrome)
    for index in (*range(row, place), *range(place + 1, first)):
        chrome += [Chrome(span, "ornament") for span in nodes[index].spans if nodes[index].kind != "chrome"]
        settled[index] = nodes[index]._replace(kind="chrome")
    return draft._replace(nodes=tuple(settled), facts=facts, chrome=tuple(chrome))


def _noted(node: Node) -> Node:
    return node._replace(kind="note") if not node.kind and any(map(str.isalnum, node.text)) else node


def _is_ornament(node: Node) -> bool:
    """Whether a line is but signs."""
    plain = not node.kind or node.kind in _ROW
    return plain and bool(node.text) and not any(map(str.isalnum, node.text))
