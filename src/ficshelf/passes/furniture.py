"""What a page of plain text holds around the story: rows of links at its edges, the signature of a forum's member.

Pages of HTML are freed of it by their readers, mail by `mail`.
"""

from __future__ import annotations

import re

from ficshelf.model import Chrome, Draft
from ficshelf.passes.title_lines import ADDRESS

_EDGE = 3  # lines from the top or the foot of the text that may be links
_SIGNATURE = 5  # lines that a signature may have, with the rule above it
_LINK = re.compile(
    r"\b(?:home|back|next|prev(?:ious)?|index|fics?|fan\s?fic(?:tion)?|archive|guest\s?book|e-?mail|main|links|stories|top|"
    r"contents|reviews?|authors?|chapters?|site\s?map|updates?|forum|login|search|zurück|weiter|start|suivant|retour)\b",
    re.I,
)
_PARTED = re.compile(r"\s*[|•·]\s*|\s*\]\s*\[\s*|\s+::?\s+|\s+~\s+")
_ADDRESSED = re.compile(r"https?://|www\.", re.I)


def apply(draft: Draft) -> Draft:
    """Set rows of links and signatures apart as chrome."""
    nodes = list(draft.nodes)
    if not nodes or nodes[0].hint:
        return draft
    chrome = list(draft.chrome)
    last = len(nodes) - 1
    for index in {*range(min(_EDGE, last)), *range(max(0, last - _EDGE + 1), last + 1)}:
        if not nodes[index].kind and _is_links(nodes[index].text):
            nodes[index] = nodes[index]._replace(kind="chrome")
            chrome += [Chrome(span, "navigation") for span in nodes[index].spans]
    start = _signature(draft)
    for index in range(start, len(nodes)) if start else ():
        if not nodes[index].kind:
            nodes[index] = nodes[index]._replace(kind="chrome")
            chrome += [Chrome(span, "signature") for span in nodes[index].spans]
    return draft._replace(nodes=tuple(nodes), chrome=tuple(chrome))


def _is_links(text: str) -> bool:
    """`Back to Fanfic | Home | Guestbook`: three pieces or more, most of which name a page."""
    if not 8 <= len(text) <= 200:
        return False
    pieces = [piece for piece in _PARTED.split(text.strip("[]|•·:~ ")) if piece]
    if len(pieces) < 3 or max(map(len, pieces)) > 32:
        return False
    return sum(1 for piece in pieces if _LINK.search(piece)) * 3 >= 2 * len(pieces)


def _signature(draft: Draft) -> int:
    """Where the signature begins: a long rule of a forum, or two hyphens above an address; 0 for none."""
    nodes = draft.nodes
    for index in range(len(nodes) - 2, max(0, len(nodes) - 1 - _SIGNATURE), -1):
        text = nodes[index].text
        below = nodes[index + 1 :]
        if any(node.gap or len(node.text) > 100 for node in below):
            return 0
        if text == "--" and any(ADDRESS.search(node.text) or _ADDRESSED.search(node.text) for node in below):
            return index
        if len(text) >= 17 and not text.strip("_"):
            return index
    return 0
