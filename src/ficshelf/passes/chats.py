"""Chats: lines each of which says who writes it: `<nick> text`, `[12:03] nick: text`, `Me: text`, `Al (8:01): text`.

A play is none: its speakers have names, and its speeches are paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ficshelf.model import Draft, Node
from ficshelf.passes import labels
from ficshelf.passes.layout import groups
from ficshelf.passes.nodes import join

_CLOCK = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[aApP]\.?[mM]\.?)?"
_LINE = re.compile(
    rf"(?:[\[(<]?{_CLOCK}[\])>]?\s*[-–]?\s*)?"
    r"(?:<[@+%&~!]?(?P<tag>[\w .|^'’-]{1,24})>|\[(?P<bracket>[\w .:|^'’-]{1,24})\]:?|"
    r"(?P<name>[A-ZÀ-Ý][\w.'’-]{0,20}(?: [A-ZÀ-Ý][\w.'’-]{0,20})?|[a-z][\w.'’-]{1,20})"
    rf"(?:\s[\[(]{_CLOCK}[\])])?:)\s+\S"
)
_TIME = re.compile(r"[\[(<]?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s?(?:[ap]\.?m\.?)?[\])>]?\s*[-–]?\s*\S", re.I)
_TIMES = frozenset("0123456789[(<")
_NICK = re.compile(r"[a-z][\w.-]*|\w*[\d_]\w*|Me")  # no name of a person in a play
_FIELDS = frozenset(
    ["title", "author", "rating", "summary", "disclaimer", "relationship", "fandom", "feedback", "genre", "category",
     "warning", "words", "spoilers", "dedication", "archive_permission", "language", "beta", "series"]
)  # fmt: skip
_BRACKETS = frozenset("<[")
_MOST = 12  # people in one chat


def apply(draft: Draft) -> Draft:
    """Mark chats as quotes: lines that stand together as one, lines parted by blank lines each by itself."""
    nodes: list[Node] = []
    for group in groups(draft.nodes):
        if len(group) > 1 and not group[0].kind and is_chat([node.text for node in group]):
            nodes.append(join(draft.text, group, "quote"))
        else:
            nodes.extend(group)
    _parted(nodes)
    return draft._replace(nodes=tuple(nodes))


def is_chat(lines: Sequence[str]) -> bool:
    """Whether lines that stand together are a chat, or a list of times."""
    if lines[0][:1] in _TIMES or lines[-1][:1] in _TIMES:
        timed = sum(1 for line in lines if _TIME.match(line))
        if timed >= 2 and timed >= 0.8 * len(lines):
            return True
    if not any(line.find(":", 0, 50) > 0 or line[:1] in _BRACKETS for line in lines[:2]):
        return False
    names = [name for line in lines if (name := _speaker(line))]
    if not (len(names) >= 3 and len(names) >= 0.8 * len(lines) and 2 <= len(set(names)) <= _MOST):
        return False
    return sum(map(_is_field, names)) * 2 < len(names)


def _speaker(line: str) -> str:
    """Who speaks in a line of a chat; "" where it is none."""
    if line.find(":", 0, 50) <= 0 and line[:1] not in _BRACKETS:
        return ""
    found = _LINE.match(line)
    return (found["tag"] or found["bracket"] or found["name"]) if found else ""


def _is_field(name: str) -> bool:
    """Whether a name is that of a header's field."""
    label = labels.find(name)
    return label is not None and label.names[0] in _FIELDS


def _parted(nodes: list[Node]) -> None:
    """Three or more paragraphs in a row, each with a speaker in angle or square brackets before it, or a nick."""
    names: list[str] = []
    for at in range(len(nodes) + 1):
        node = nodes[at] if at < len(nodes) else None
        name = _speaker(node.text) if node is not None and not node.kind and len(node.text) <= 300 else ""
        if name:
            names.append(name)
        elif names:
            first = at - len(names)
            if len(names) >= 3 and _are_writers(names, nodes[first:at]):
                for place in range(first, at):
                    nodes[place] = nodes[place]._replace(kind="quote")
            names = []


def _are_writers(names: Sequence[str], nodes: Sequence[Node]) -> bool:
    people = set(names)
    if not 2 <= len(people) <= _MOST:
        return False
    if all(node.text[0] in "<[" for node in nodes):
        return True
    return len(people) < len(names) and all(_NICK.fullmatch(name) for name in people)
