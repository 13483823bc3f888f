"""A post's subject above the story's header, in which the title stands that the header states: `(Fic) The Ford PG-13`.

The passes on top take what stands above a header for what the site is called. A line that holds the title with a few
words around it speaks of the story: it lies in the span of the title.
"""

from __future__ import annotations

from collections.abc import Sequence

from ficshelf.model import Chrome, Draft, Node
from ficshelf.passes import site_words
from ficshelf.passes.nodes import merge
from ficshelf.passes.title_lines import is_menu

_LOOKED_AT = 40  # lines from the top
_SHORTEST = 8  # letters of a title that no line holds by chance
_AROUND = 45  # letters of a line beside the title
_REASONS = frozenset(("above the story", "above the header"))


def apply(draft: Draft) -> Draft:
    """Give the lines that hold the title on top to the title."""
    title = next(iter(draft.facts.get("title", ())), None)
    called = _letters(str(title.value)) if title else ""
    if title is None or len(called) < _SHORTEST:
        return draft
    top = {
        span
        for index, node in enumerate(draft.nodes[:_LOOKED_AT])
        if _holds(node, called) and not _is_link(draft.nodes, index)
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
    said = _letters(node.text) if node.kind == "chrome" else ""
    if called not in said or len(said) > len(called) + _AROUND or is_menu(node.text):
        return False
    return site_words.sureness(node.text) < site_words.Sure.AT_EDGES


def _is_link(nodes: Sequence[Node], index: int) -> bool:
    """Whether a line stands in a row of others of the site's, no blank line on either side: a list of what is new."""
    below = nodes[index + 1] if index + 1 < len(nodes) else None
    return nodes[index].gap == 0 and index > 0 and below is not None and below.gap == 0 and below.kind == "chrome"


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
