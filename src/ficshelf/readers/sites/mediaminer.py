"""MediaMiner: a chapter's page. One line names it all: `Fandom Fan Fiction ❯ Title ❯ Chapter`."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites import rows
from ficshelf.readers.sites.layout import Layout
from ficshelf.readers.sites.plan import Plan, parted, words

clues = tag_set("fanfic-text post-rating")

_PAGE = Layout(
    clues=clues,
    story="#fanfic-text",
    facts={"author": "a[href*='user_info.php']", "genre": "a[href*='src.php/g/'], a[href*='/fanfic/g/']"},
)
_KIND = "Fan Fiction"
_ARROW = re.compile(r"\s*[❯»>]\s*")


def read(tree: LexborHTMLParser, plan: Plan) -> bool:
    """Known by its element for the text."""
    if not _PAGE.read(tree, plan):
        return False
    line = tree.css_first("h1#post-title")
    if line is not None:
        pieces = [piece for piece in _pieces(tree, line) if words(piece) != _KIND]  # the fandom may be a link before it
        for name, piece in zip(("fandom", "title", "chapter"), pieces, strict=False):
            if name == "chapter":
                plan.kind("heading", (piece,))
            else:
                plan.fact(name, words(piece).removesuffix(_KIND).strip(), piece)
    rating = tree.css_first("#post-rating")
    if rating is not None:
        plan.fact("rating", words(rating).strip("[] "), rating)
    for meta in tree.css(".post-meta")[:1]:
        rows.state_line(meta, plan, r" [|❯] ", {"Author": ""})  # whom a link names
    return True


def _pieces(tree: LexborHTMLParser, line: LexborNode) -> list[LexborNode]:
    """What stands between the arrows of the line, each an element."""
    pieces: list[LexborNode] = []
    node = line.first_child
    while node is not None:
        following = node.next
        if node.tag == "-text":
            pieces += parted(tree, node, _ARROW)
        elif words(node):
            pieces.append(node)
        node = following
    return pieces
