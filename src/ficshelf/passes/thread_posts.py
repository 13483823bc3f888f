"""A story that was posted in comments, copied with the thread: who posted and when above each part, buttons below it,
and between the parts what readers said.

Mails have such heads as well, and stories show mails: here the buttons of a journal's or a forum's comments must stand
below some of them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from ficshelf import subjects
from ficshelf.model import Chrome, Draft, Fact, Node
from ficshelf.passes import headings
from ficshelf.passes.comments import is_below_one
from ficshelf.passes.facts import add_fact
from ficshelf.passes.label_lines import label_line

_TOLD = 500  # letters that a post must have where nothing says that it is a part of the story
_LONGEST = 100  # characters of a line that says who posted, or when
_CLOCK = re.compile(r"\b\d\d?:\d\d\b")


class _Post(NamedTuple):
    head: range  # the lines that say who posted it, and when
    body: tuple[int, ...]  # its own lines
    subject: subjects.Subject | None  # what its first line says, where that counts the parts of a title


def apply(draft: Draft) -> Draft:
    """Set apart the heads of posts and what readers said, and head the parts."""
    posts = _posts(draft.nodes) if "From:" in draft.text and "Date:" in draft.text else []
    if not posts:
        return draft
    nodes, chrome, facts = list(draft.nodes), list(draft.chrome), draft.facts
    titled = [post for post in posts if post.subject]
    shared = {post.subject.title.lower() for post in titled if post.subject}
    for post in posts:
        told = post.subject or sum(len(nodes[index].text) for index in post.body) >= _TOLD
        _set_apart(nodes, chrome, post.head, "post's head")
        if post.subject and len(titled) > 1 and len(shared) == 1:
            first = nodes[post.body[0]]
            heading = headings.Heading(post.subject.number, None, 0)
            nodes[post.body[0]] = first._replace(kind="heading", detail=headings.pack(heading), page=True)
            facts = add_fact(facts, "title", Fact(post.subject.title, spans=first.spans))
        elif not told and not (post.body and label_line(nodes[post.body[0]].text)):
            _set_apart(nodes, chrome, post.body, "comments")
    return draft._replace(nodes=tuple(nodes), chrome=tuple(chrome), facts=facts)


def _posts(nodes: Sequence[Node]) -> list[_Post]:
    """The posts of a thread; none where the text is none."""
    if not any(is_below_one(node) for node in nodes):
        return []
    heads = [index for index in range(len(nodes) - 1) if _is_head(nodes, index)]
    if len(heads) < 2:
        return []
    posts = []
    for start, end in itertools.pairwise((*heads, len(nodes))):
        body = tuple(
            place for place in range(start + 2, end) if not nodes[place].kind and not is_below_one(nodes[place])
        )
        said = subjects.parse(nodes[body[0]].text) if body and len(nodes[body[0]].text) <= _LONGEST else None
        posts.append(
            _Post(range(start, start + 2), body, said if said and said.title and said.number is not None else None)
        )
    parts = sum(1 for post in posts if post.subject)
    told = any(sum(len(nodes[place].text) for place in post.body) >= _TOLD for post in posts)
    return posts if told or parts > 1 else []


def _is_head(nodes: Sequence[Node], index: int) -> bool:
    """`From: (Anonymous)`, and right below it the date and the time."""
    above, below = nodes[index], nodes[index + 1]
    return (
        above.text.startswith("From:")
        and below.text.startswith("Date:")
        and not below.gap
        and len(above.text) <= _LONGEST >= len(below.text)
        and _CLOCK.search(below.text) is not None
    )


def _set_apart(nodes: list[Node], chrome: list[Chrome], places: Sequence[int], reason: str) -> None:
    for index in places:
        if not nodes[index].kind:
            nodes[index] = nodes[index]._replace(kind="chrome")
            chrome += [Chrome(span, reason) for span in nodes[index].spans]
