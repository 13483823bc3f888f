"""What stands around the story on a page whose dialect is known, though no landmark of the dialect names it.

An archive's templates changed over the years, and pages were typed over: a row `Rating: PG`, the chapter's heading or a
note may stand where the dialect knows nothing. Such lines say what they are, and are left to the passes. All else that
the dialect does not name stays furniture.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ficshelf.passes import headings, label_lines
from ficshelf.passes.note_labels import is_labelled
from ficshelf.readers import chrome, title
from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.plan import Plan, paragraphs
from ficshelf.readers.tables import BLOCKS
from ficshelf.readers.walk import Role

_CLOSED = tag_set("script style noscript template select form ul ol nav aside footer iframe object textarea button a")
_HEADINGS = tag_set("h1 h2 h3 h4 h5 h6")
_LONGEST = 3000  # characters of such a line; a disclaimer of an archive's is long
_MOST = 2000  # lines that are looked at
_NEAR = 12  # lines behind the story among which a note may stand
_COUNTS = frozenset(("feedback", "words", "address", "url", "archive", "chapters", "part", "tag", "category"))


class _Line(NamedTuple):
    """An element without other blocks in it, what it says, and which fact its label names ("" for none)."""

    node: LexborNode
    text: str
    fact: str


def find(tree: LexborHTMLParser, plan: Plan) -> None:
    """Leave the lines around the story that say what they are to the passes. A forum's are about its members."""
    body = tree.body
    if plan.site == "forum" or body is None or (role := plan.roles.get(body.mem_id)) is None or role.kind != "frame":
        return
    before: list[_Line] = []
    behind: list[_Line] = []
    is_before = True
    for line in _lines(body, plan):
        if line is None:  # the story, or a piece of it
            is_before = False
            behind.clear()
        else:
            (before if is_before else behind).append(line)
    if not is_before:
        _title(tree, before, plan)
        _header(before, plan)
        _heading(before, plan)
        for line in behind[:_NEAR]:
            if is_labelled(line.text):
                plan.kind("note", (line.node,))


def _title(tree: LexborHTMLParser, before: list[_Line], plan: Plan) -> None:
    """The heading over the story that the page's own title names as well."""
    if any(name == "title" for name, *_ in plan.facts):
        return
    parts, _ = title.parts_of(tree)
    for line in before:
        if line.node.tag in _HEADINGS and line.text in parts:
            plan.title(line.node)
            return


def _header(before: list[_Line], plan: Plan) -> None:
    """The lines over the story with a label. Two of one kind are a list of stories, and none is this one's."""
    stated = {name for name, *_ in plan.facts}
    counted = Counter(line.fact for line in before)
    for line in before:
        is_open = line.node.mem_id not in plan.roles
        if is_open and line.fact and line.fact not in _COUNTS | stated and counted[line.fact] == 1:
            plan.roles[line.node.mem_id] = Role("story", line.node.tag if line.node.tag in _HEADINGS else "")


def _heading(before: list[_Line], plan: Plan) -> None:
    """The last line over the story, where it is a chapter's heading that leads nowhere."""
    last = before[-1] if before else None
    if last is None or last.node.mem_id in plan.roles or last.node.css_first("a") is not None:
        return
    heading = headings.parse(last.text)
    if heading is not None and not heading.counted and "\n" not in last.text:
        plan.kind("heading", (last.node,))


def _lines(body: LexborNode, plan: Plan) -> Iterator[_Line | None]:
    """The lines of the page, in order, that nothing is said of yet; None where the story stands."""
    node: LexborNode | None = body
    looked_at = 0
    while node is not None and looked_at < _MOST:
        role = plan.roles.get(node.mem_id)
        down = None
        if role is not None and role.kind == "story":
            yield None
        elif (role is None or role.kind == "frame") and node.tag not in _CLOSED and not chrome.reason_of(node):
            down = node.first_child
            if node.tag in BLOCKS and role is None and down is not None and _is_line(node, plan):
                looked_at += 1
                if (text := paragraphs(node)) and len(text) <= _LONGEST:
                    yield _Line(node, text, _fact_of(text))
                down = None
        if down is None:
            while node is not None and node.next is None:
                node = node.parent if node.mem_id != body.mem_id else None
            down = node.next if node is not None else None
        node = down


def _is_line(node: LexborNode, plan: Plan) -> bool:
    """Whether an element holds no other block, and nothing that is something already."""
    return not any(
        one.mem_id != node.mem_id and (one.tag in BLOCKS or one.mem_id in plan.roles) for one in node.traverse()
    )


def _fact_of(text: str) -> str:
    """The fact that the label names with which a line begins; "" where it begins with none."""
    first, _, rest = text.partition("\n")
    line = label_lines.label_line(first)
    if line is None or not line.strong or not (line.value or rest):
        return ""
    return line.label.names[0]
