"""What an author says above the story and signs: the name below is the author's, and the line right above the title.

`The Lanterns of Ferry Town.`, what the author says in some paragraphs, `Marsh Wren.` alone, and then the story begins.
"""

from __future__ import annotations

from ficshelf.model import INFERRED, Draft, Fact, Node
from ficshelf.passes.facts import add_fact
from ficshelf.passes.letter_words import SIGNED_NAME, closes
from ficshelf.passes.note_labels import is_edge_line, is_labelled
from ficshelf.passes.title_lines import is_by_line, is_title
from ficshelf.passes.title_signs import without_stop
from ficshelf.sureness import SURE

_TOP = 4  # lines above what the author says
_MOST = 16  # paragraphs of it
_FEWEST = 2
_LONGEST_NAME = 40
_LONGEST_TITLE = 60
_FRAME = "-–—~ \t\xa0"


def apply(draft: Draft) -> Draft:
    """State the title above such a note, and infer the author from the name below it, where neither is known."""
    nodes = draft.nodes
    first = next((index for index, node in enumerate(nodes[: _TOP + 1]) if node.kind == "note"), 0)
    if not first or any(node.kind not in ("", "chrome") for node in nodes[:first]) or is_labelled(nodes[first].text):
        return draft
    last = first
    while last + 1 < len(nodes) and last - first <= _MOST and nodes[last + 1].kind == "note":
        last += 1
    name = _name(nodes[last]) if last - first >= _FEWEST else ""
    title = nodes[first - 1]
    called = title.text.strip()
    if not name or title.kind or not nodes[first].gap or len(called) > _LONGEST_TITLE or is_by_line(called):
        return draft
    if "title" in draft.facts or not is_title(without_stop(called)):
        return draft
    facts = add_fact(draft.facts, "title", Fact(called, spans=title.spans))
    if "author" not in facts:
        sure = SURE["name below a foreword"]
        signed = Fact(name, INFERRED, nodes[last].spans, 0, sure, "signed what is said above the story")
        facts = add_fact(facts, "author", signed)
    settled = (*nodes[: first - 1], title._replace(kind="fact"), *nodes[first:])
    return draft._replace(nodes=settled, facts=facts)


def _name(node: Node) -> str:
    """The name that a line is; "" where it takes leave or says anything else."""
    text = node.text
    name = text.strip(_FRAME).rstrip(".")
    if len(text) > _LONGEST_NAME or closes(text) or is_edge_line(text) or SIGNED_NAME.fullmatch(name) is None:
        return ""
    return name
