"""What the markup of a page means for its words: emphasis, links, white space."""

from __future__ import annotations

import re
from itertools import groupby
from operator import itemgetter

from ficshelf.model import MARKS, Run
from ficshelf.readers.flatten import tag_set

# Marks are held as bits while a page is read: bit n is MARKS[n].
OF_TAG = {
    **dict.fromkeys(tag_set("em i cite dfn var"), 1 << MARKS.index("em")),
    **dict.fromkeys(tag_set("strong b"), 1 << MARKS.index("strong")),
    **dict.fromkeys(tag_set("u ins"), 1 << MARKS.index("underline")),
    **dict.fromkeys(tag_set("s strike del"), 1 << MARKS.index("strike")),
    "sup": 1 << MARKS.index("sup"),
    "sub": 1 << MARKS.index("sub"),
    **dict.fromkeys(tag_set("code tt kbd samp"), 1 << MARKS.index("code")),
    "small": 1 << MARKS.index("small"),
}
_EM, _STRONG, _UNDERLINE, _STRIKE = (1 << MARKS.index(mark) for mark in ("em", "strong", "underline", "strike"))
NAMES_OF = [tuple(mark for bit, mark in enumerate(MARKS) if mask >> bit & 1) for mask in range(1 << len(MARKS))]
_UNEVEN = re.compile(r"[ \t\n\r\f\xa0]{2,}|[\t\n\r\f]")
_ITALIC = re.compile(r"font-style\s*:\s*(italic|oblique)|font\s*:[^;]*\bitalic\b", re.IGNORECASE)
_UPRIGHT = re.compile(r"font-style\s*:\s*normal", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(bold|bolder|[6-9]00)", re.IGNORECASE)
_LINED = re.compile(r"text-decoration[\w-]*\s*:[^;]*\b(underline|line-through)\b", re.IGNORECASE)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_CENTRED_CLASS = re.compile(r"(?:^|[\s_-])(?:text-?)?(?:align)?-?cent(?:er|re)(?:ed|d)?(?:$|[\s_-])", re.IGNORECASE)
_REWRITTEN = re.compile(
    r"(?:(?:https?:)?//web(?:-beta)?\.archive\.org)?/web/\d{1,14}(?:[a-z]{2}_|\*)?/(?=\w)", re.IGNORECASE
)
LINK = re.compile(r"(?:https?|ftp|mailto):|[^:]*(?:[/?#]|$)", re.IGNORECASE)  # the others can run code


def even(text: str) -> str:
    """Text with white space as a browser shows it: runs made one space, line ends made spaces."""
    if "\n" in text or "  " in text or "\xa0" in text or "\t" in text or "\r" in text or "\f" in text:
        return _UNEVEN.sub(" ", text)
    return text


def safe_link(href: str | None) -> str:
    """Where a link points, "" where following it would run code."""
    link = original("".join((href or "").split()))
    return link[:2000] if LINK.match(link) else ""


def original(link: str) -> str:
    """A link as it was before the Wayback Machine put its own address before it."""
    if "/web/" not in link[:40]:
        return link
    found = _REWRITTEN.match(link)
    return link[found.end() :] if found else link


def styled(attributes: dict[str, str | None], mask: int) -> tuple[int, bool]:
    """The marks within an element that has these attributes, and whether it is centred."""
    style = attributes.get("style")
    if style:
        if _ITALIC.search(style):
            mask |= _EM
        elif _UPRIGHT.search(style):
            mask &= ~_EM
        if _BOLD.search(style):
            mask |= _STRONG
        lined = _LINED.search(style)
        if lined:
            mask |= _UNDERLINE if lined.group(1).lower() == "underline" else _STRIKE
    align = attributes.get("align")
    if align:
        return mask, align.lower() in {"center", "middle"}
    if style and _CENTRED.search(style):
        return mask, True
    return mask, "class" in attributes and _CENTRED_CLASS.search(attributes["class"] or "") is not None


def joined(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs with neighbours made one that look the same."""
    return tuple(
        Run("".join([run.text for run in alike]), look[0], look[1])
        for look, alike in groupby(runs, key=itemgetter(1, 2))
    )
