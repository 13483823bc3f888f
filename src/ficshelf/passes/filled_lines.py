"""Lines that fill the width at which a text was cut: joined at once where nothing but a paragraph can be made of them,
so that the passes which look at each line meet whole paragraphs."""

from __future__ import annotations

import itertools

from ficshelf.model import Draft, Node
from ficshelf.passes.layout import groups, layout
from ficshelf.passes.nodes import TERMINAL, join

_SPEECH = ('"', "“", "‘", "'", "«", "–", "—")


def apply(draft: Draft) -> Draft:
    """Join the lines of every paragraph of cut prose that no other pass could take for anything else. The layout of the
    lines is kept: it cannot be measured afterwards."""
    how = layout(draft)
    if not how.wrapped or how.cut_twice or how.ragged:
        return draft
    nodes: list[Node] = []
    for group in groups(draft.nodes):
        if len(group) > 1 and _is_filled(group, how.width):
            nodes.append(join(draft.text, group, between=" "))
        else:
            nodes.extend(group)
    joined = len(draft.nodes) - len(nodes)
    return draft._replace(nodes=tuple(nodes), layout=how._replace(joined=joined)) if joined else draft


def _is_filled(group: list[Node], width: int) -> bool:
    """Whether lines that stand together are one paragraph for sure: every line but the last is as long as the width
    allows, none but the first stands further in, the last goes on with a sentence, and no sign opens them that may
    frame a song."""
    first, last = group[0], group[-1]
    if first.kind or first.hint or not (first.text[0].isalnum() or first.text.startswith(_SPEECH)):
        return False
    if group[-2].text[-1] in TERMINAL and not last.text[0].islower():
        return False  # it may be who signs a letter, or another paragraph
    full, indent = width - 3, last.indent
    for line, after in itertools.pairwise(group):
        word = after.text.find(" ")
        if len(line.text) + line.indent + (word if word > 0 else len(after.text)) < full or after.indent != indent:
            return False
    return True
