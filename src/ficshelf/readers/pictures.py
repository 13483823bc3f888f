"""Pictures on a page: which are pictures, which are rules between scenes, and which are there for the layout."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from ficshelf.model import Node, Span
from ficshelf.readers.marks import LINK

_RULE = re.compile(
    r"(?:^|[/_\W\d])(?:divider|separator|hr|rule|scene-?break|linebreak|bar|line|squiggle)s?[\d_-]*\.\w{3,4}$",
    re.IGNORECASE,
)
_LAYOUT = re.compile(
    r"(?:^|[/_\W])(?:spacer|blank|pixel|clear|dot|transparent|1x1|counter)[\d_-]*\.\w{3,4}(?:$|\?)", re.IGNORECASE
)
_LONGEST = 2000  # characters of an address; a picture within the page (data:) is none


def picture(element: LexborNode, here: Span, gap: int) -> Node | None:
    """The node of a picture: an image, or a rule between scenes. Its words are no part of the text layer.

    None where it says nothing: a spacer, a counter, or one whose alternative text is empty, as a page says so.
    """
    attributes = element.attributes
    source = "".join((attributes.get("src") or "").split())
    alt = " ".join((attributes.get("alt") or "").split())
    sizes = ((attributes.get("width") or "").strip(), (attributes.get("height") or "").strip())
    if _LAYOUT.search(source) or any(size in {"0", "1", "2"} for size in sizes):
        return None
    if source.startswith("data:") or not LINK.match(source):
        source = ""
    source = source[:_LONGEST]
    if _RULE.search(source):
        return Node("", (here,), (), "", max(1, gap), 0, "hr", False, source)
    if not alt and "alt" in attributes:
        return None
    return Node(alt, (here,), (), "image", gap, 0, "img", False, source)
