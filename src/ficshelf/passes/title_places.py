"""Where the title stands among several lines above a by-line: a site, a series, the title, a subtitle, a date.

The by-line is the anchor. Right above it the title stands, but for what belongs to it: what stands in brackets, what
kind of story it is, when it was written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ficshelf import canon
from ficshelf.model import Node
from ficshelf.passes import headings
from ficshelf.passes.label_lines import label_line
from ficshelf.passes.note_words import SAID, TOLD
from ficshelf.passes.title_lines import is_by_line, is_title, part_of_title

_MOST = 8  # lines above a by-line
_LONGEST = 110  # characters of one
_ENOUGH = 3  # lines of which the last is the title, and not a subtitle of the first
SUBTITLE = re.compile(r"an?\s[^.!?\n]{0,40}\b(?:fan\s?-?fic(?:tion)?|fic|story|novel|novella|tale)", re.I)
_KIND_OF = re.compile(  # `An original Final Fantasy VII fanfiction`
    r"(?:an?\s+)?(?:original\s+|short\s+)?(?P<fandom>\S[^\n]{1,60}?)\s+fan\s?-?(?:fiction|fic)(?:\s+(?:story|tale))?",
    re.I,
)
_KIND_BEFORE = re.compile(  # `A fan fiction based on "The Ford" by A. Weir`
    r"(?:(?:an?|eine|une|una|uma)\s+)?fan\s?-?(?:fiction|fiktion|fic)\s+"
    r"(?:zu|based on|about|for|sur|d['’]après|sobre|basad[ao] en|su)\s+"
    r"(?P<fandom>[\"“„«][^\"”“»\n]{2,50}[\"”“»]|[^\n,]{2,40}?)(?:\s+(?:von|by|de|di)\s[^\n]{2,40})?",
    re.I,
)
_DATE = re.compile(r"(?:last (?:modified|updated|revised)\b[^\n]{0,40}|[^\n]{0,24}\b(?:19|20)\d\d)[.)]?", re.I)
_OF_FANDOM = frozenset(
    (
        "universe",
        "fiction",
        "fanfiction",
        "fanfic",
        "fic",
        "stories",
        "fics",
        "fanfics",
        "au",
        "archive",
        "story",
        "site",
    )
)


def find(nodes: Sequence[Node], start: int) -> tuple[int, int]:
    """Where the title stands and where its by-line, among the open lines from `start` on; (-1, -1) where the first line
    is the title, or none is."""
    above: list[int] = []
    for index in range(start, len(nodes)):
        node = nodes[index]
        if node.kind in ("chrome", "fact", "note"):
            continue
        if node.kind or (node.page and index > start) or len(above) > _MOST:
            return -1, -1
        if is_by_line(node.text):
            title = _title(nodes, above, index)
            return (title, index) if title >= 0 and title != start else (-1, -1)
        if not _may_stand_above(nodes, index):
            return -1, -1
        above.append(index)
    return -1, -1


def is_of_fandom(text: str) -> bool:
    """Whether a line says but of which world stories are: `Magnificent Seven ATF Universe`, `Due South Fiction`."""
    words = text.rstrip(".!:").split()
    if len(words) < 2 or words[-1].lower() not in _OF_FANDOM:
        return False
    return any(canon.titled(" ".join(words[:count])) is not None for count in range(len(words) - 1, 0, -1))


def fandom_said(text: str) -> str:
    """The fandom that a line names which says but what kind of story it is: `A Highlander Fan Fiction Story`,
    `Fanfiktion zu „Der Herr der Ringe“ von J. R. R. Tolkien`; "" for any other line."""
    if len(text) > _LONGEST:
        return ""
    said = _KIND_OF.fullmatch(text) or _KIND_BEFORE.fullmatch(text)
    if said is None:
        return ""
    fandom = said["fandom"].strip(' "“”„‘’«».')
    return fandom if canon.titled(fandom) or said["fandom"][0] in '"“„«' else ""


def is_no_title(text: str) -> bool:
    """Whether a line right above a by-line is an aside in brackets, or says of which world the story is."""
    return text[0] + text[-1] == "()" or is_of_fandom(text) or bool(fandom_said(text))


def _title(nodes: Sequence[Node], above: Sequence[int], by_line: int) -> int:
    """Which of the lines above a by-line is the title; -1 for none for sure."""
    for index in reversed(above):
        text = nodes[index].text
        if _belongs_to_title(text) or not is_title(text):
            continue
        apart = nodes[index].gap > 0 or index == above[0]
        if not apart or (len(above) < _ENOUGH and not _is_no_name(nodes[above[0]].text)):
            return -1
        return index
    return -1


def _is_no_name(text: str) -> bool:
    """Whether a line is but the name of a file (`sweatr02`), or says of which world the story is."""
    return is_of_fandom(text) or (" " not in text and not text.isdigit() and any(map(str.isdigit, text)))


def _belongs_to_title(text: str) -> bool:
    if text[0] + text[-1] in ("()", "[]") or SUBTITLE.fullmatch(text) or _DATE.fullmatch(text) or is_of_fandom(text):
        return True
    return text[0] in "(~-" or bool(part_of_title(f"x, {text}")[1]) or text.lower().startswith(("or,", "or:", "aka "))


def _may_stand_above(nodes: Sequence[Node], index: int) -> bool:
    text = nodes[index].text
    if len(text) > _LONGEST or SAID.search(text) or TOLD.search(text) or text[-1] in ",;:" or text[0] in '"“„«':
        return False
    if text[-1] in ".!?" and not is_title(text):
        return False
    line = label_line(text)
    heading = headings.at(nodes, index)
    return not (line is not None and line.strong) and (heading is None or bool(heading.of))
