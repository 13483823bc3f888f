"""A story that was posted in a thread and copied with it: who posted and when above each part, and between the parts
what readers said.

In comments the head of a post is `From:` and `Date:`. Mails have such heads as well, and stories show mails: here the
buttons of a journal's or a forum's comments must stand below some of them. In a forum's print it is the name of whoever
posted, with the time below it; there most of the text must stand in long posts, as no story shown in posts has it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from ficshelf import subjects
from ficshelf.model import INFERRED, Chrome, Draft, Fact, Node
from ficshelf.passes import forum_pages, headings
from ficshelf.passes.comments import DATE, is_below_one
from ficshelf.passes.facts import add_fact
from ficshelf.passes.label_lines import label_line
from ficshelf.sureness import SURE

_TOLD = 500  # letters that a post must have where nothing says that it is a part of the story
_LONGEST = 100  # characters of a line that says who posted, or when
_CLOCK = re.compile(r"\b\d\d?:\d\d\b")
_PRINTED = re.compile(  # before the title, where a forum keeps its threads as plain pages
    r"(?:View Full Version|Vollständige Version anzeigen|Voir la version complète|Ver (?:la )?versi[óo]n completa|"
    r"Ver vers[ãa]o completa|Visualizza versione completa|Просмотр полной версии)\s?:",
    re.I,
)
_STAMP = re.compile(rf"{DATE},?(?: at| -)? {{1,2}}\d\d?:\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?", re.I)
_STAMPED = 40  # characters of a line with the time of a post
_ON_TOP = 6  # lines within which a forum's first post begins
_NAME, _NAME_WORDS = 30, 4  # characters and words of the name above it
_NO_NAME = frozenset('.,;:!?…"”')  # what a name does not end with
_MOST = 3  # parts of four: as much of the posts' text must stand in long ones


class _Post(NamedTuple):
    head: range  # the lines that say who posted it, and when
    body: tuple[int, ...]  # its own lines
    subject: subjects.Subject | None  # what its first line says, where that counts the parts of a title


def apply(draft: Draft) -> Draft:
    """Set apart the heads of posts and what readers said, and head the parts."""
    if draft.nodes and _PRINTED.match(draft.nodes[0].text):
        return _of_forum(draft)
    if (page := forum_pages.read(draft)) is not None:
        return page
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


def _of_forum(draft: Draft) -> Draft:
    """Set apart the heads of a forum's posts, and the short posts below the first."""
    nodes, chrome, facts = list(draft.nodes), list(draft.chrome), draft.facts
    stamps = [index for index, node in enumerate(nodes) if _is_stamp(node)]
    named = [index for index in stamps if _is_named(nodes, index)]
    heads = [range(index - 1, index + 1) for index in named] or [
        range(index, index + 1) for index in stamps if nodes[index].gap
    ]
    if not heads or heads[0].start >= _ON_TOP:
        return draft
    ends = [head.start for head in heads[1:]] + [len(nodes)]
    posts = [
        [place for place in range(head.stop, end) if not nodes[place].kind]
        for head, end in zip(heads, ends, strict=True)
    ]
    said = [sum(len(nodes[place].text) for place in post) for post in posts]
    told = sum(length for length in said if length >= _TOLD)
    if 4 * told < _MOST * sum(said) or not told:
        return draft
    if named:
        name, first = nodes[heads[0].start].text, nodes[heads[0].start].spans
        poster = Fact(name, INFERRED, first, 0, SURE["who posted it"], "who posted it")
        facts = add_fact(facts, "author", poster)
    for number, (head, post) in enumerate(zip(heads, posts, strict=True)):
        _set_apart(nodes, chrome, head, "post's head")
        if number and said[number] < _TOLD:
            _set_apart(nodes, chrome, post, "comments")
    return draft._replace(nodes=tuple(nodes), chrome=tuple(chrome), facts=facts)


def _is_stamp(node: Node) -> bool:
    """Whether a line says but when something was posted: `08-19-2005, 06:51 PM`."""
    text = node.text
    return not node.kind and ":" in text[:_STAMPED] and len(text) <= _STAMPED and _STAMP.fullmatch(text) is not None


def _is_named(nodes: Sequence[Node], index: int) -> bool:
    """Whether the name of whoever posted stands right above the time."""
    if not index or nodes[index].gap or nodes[index - 1].kind:
        return False
    name = nodes[index - 1]
    apart = name.gap > 0 or index == 1
    return apart and len(name.text) <= _NAME and name.text.count(" ") < _NAME_WORDS and name.text[-1] not in _NO_NAME


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
