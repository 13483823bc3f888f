"""Where notes stand in a chapter, and what the story around them is like."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ficshelf.model import Node
from ficshelf.passes.nodes import usual_gap

REVIEWERS = re.compile(r"\breview(?:er|ed)?s?\b", re.I)
REPLY = re.compile(r"[\w.@*~'-]{1,30}(?: [\w.@*~'-]{1,30}){0,3}\s?(?::|(?<=\s)[-–—]+)\s+\S")
NEAR_EDGE = 8  # paragraphs from the top of a chapter that may be unlabelled notes
_SAYS_I = re.compile(  # in small letters too, as whole stories are typed; alone it is a word in other languages
    r"[Ii](?:(?<=\bI)\b|(?<=\bi)(?:['’](?:m|ve|d|ll)\b|\s+(?:was|am|had|have|did|do|don|could|can|will|would|just|put|said|got|"
    r"know|knew|think|thought|looked|went|read|want)\b))"
)
OPENING_QUOTES = ('"', "“", "„", "«")
PARAGRAPHS = 12  # that an author may say in one go
MAY_BE = frozenset({"", "quote", "verse", "list"})  # kinds that a note's paragraphs may have been taken for
FOOT = 40  # nodes that a note at a chapter's foot may have

_SIGNED = re.compile(  # the author's name below the last note
    r"[-–—~]{1,2}\s?\w[\w .'’-]{1,30}|([*~_])\w[\w .'’-]{1,30}\1|"
    r"(?:lots\s+of\s+)?(?:love|hugs|cheers|(?:xo){1,5}x?|ja\s+ne|ciao|bye|later|"
    r"(?:till|until|see\s+you)\s+next\s+time|v?lg|(?:gros\s+)?bisous|un\s+bacio|baci|besos|beijos|liebe\s+grüße)[,!~]*\s+"
    r"[\w.'’-]+(?:\s[\w.'’-]+)?[~!]*",
    re.I,
)


def usual_gap_from(nodes: Sequence[Node], start: int, end: int) -> int:
    """How many blank lines mostly stand before the first paragraphs of a chapter."""
    return usual_gap(nodes[start : min(end, start + 40)])


def is_signed(text: str) -> bool:
    """Whether a line is the author's name below the last note: `~ Tansy`, `Love, Tansy`."""
    return len(text) < 40 and _SIGNED.fullmatch(text) is not None


def is_told_by_one(nodes: Sequence[Node], start: int, end: int) -> bool:
    """Whether the story itself says I: then an I above it is no sign of the author."""
    told = [node.text for node in nodes[start : min(end, start + 30)] if not node.kind and not _has_speech(node.text)]
    return sum(1 for text in told if _SAYS_I.search(text)) * 4 > len(told)


def _has_speech(text: str) -> bool:
    return any(mark in text for mark in OPENING_QUOTES) or text[:1] in "–—-"
