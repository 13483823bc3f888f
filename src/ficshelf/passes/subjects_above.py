"""A post's subject above the story's header, in which the title stands that the header states: `(Fic) The Ford PG-13`.

The passes on top take what stands above a header for what the site is called. A line that holds the title with a few
words around it speaks of the story: it lies in the span of the title. A link to another of its parts, in a row of
links, is the site's.
"""

from __future__ import annotations

from collections.abc import Sequence

from ficshelf.model import INFERRED, Chrome, Draft, Node
from ficshelf.passes import site_words
from ficshelf.passes.nodes import merge
from ficshelf.passes.title_lines import is_menu
from ficshelf.passes.titles_alike import holds_title, letters

_LOOKED_AT = 40  # lines from the top
_SHORTEST = 4  # letters of a title that is looked for
_SHORTEST_GUESS = 8  # letters of one that is but a guess
_AROUND = 45  # letters of a line beside the title
_REASONS = frozenset(("above the story", "above the header"))


def apply(draft: Draft) -> Draft:
    """Give the lines that hold the title on top to the title."""
    title = next(iter(draft.facts.get("title", ())), None)
    called = str(title.value) if title else ""
    if title is None or len(letters(called)) < (_SHORTEST_GUESS if title.how == INFERRED else _SHORTEST):
        return draft
    top = {
        span
        for index, node in enumerate(draft.nodes[:_LOOKED_AT])
        if _holds(node, called) and not _is_link(draft.nodes, index, called)
        for span in node.spans
    }
    held = [one.span for one in draft.chrome if one.reason in _REASONS and one.span in top]
    if not held:
        return draft
    chrome: tuple[Chrome, ...] = tuple(one for one in draft.chrome if one.span not in held)
    spans = merge(draft.text, [*title.spans, *held])
    facts = {**draft.facts, "title": (title._replace(spans=spans), *draft.facts["title"][1:])}
    return draft._replace(facts=facts, chrome=chrome)


def _holds(node: Node, called: str) -> bool:
    if node.kind != "chrome" or is_menu(node.text) or len(letters(node.text)) > len(letters(called)) + _AROUND:
        return False
    if not holds_title(node.text, called):
        return False
    return site_words.sureness(node.text) < site_words.Sure.AT_EDGES


def _is_link(nodes: Sequence[Node], index: int, called: str) -> bool:
    """Whether a line that does not begin with the title stands in a row of others of the site's, no blank line on
    either side: a list of what is new."""
    if not 0 < index < len(nodes) - 1 or letters(nodes[index].text).startswith(letters(called)):
        return False
    below = nodes[index + 1]
    return nodes[index].gap == 0 and below.gap == 0 and below.kind == "chrome"
