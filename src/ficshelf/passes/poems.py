"""Poems of several stanzas, told as a whole: what one stanza leaves open (each of its lines a sentence, somebody
speaking in it, lines as long as those of cut prose, two lines alone) the stanzas beside it settle."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ficshelf.model import Node
from ficshelf.passes.rhymes import rhymed
from ficshelf.passes.stanzas import begin_large

_LONGEST = 100  # characters of a line
_LONGEST_CHORUS = 75  # characters of a chorus of one line, and of the line that names it
_FEWEST = 4  # lines of a poem
_MOST = 12  # lines of a stanza
_RHYMED = 0.7  # of the lines
_EVEN = 1.8  # times the shortest line
_DASHES = ("—", "–", "--")
_RULES = frozenset("-–—~")
_LONGEST_SOURCE = 200  # characters of a line that says where a poem is from
_LONGEST_NAME = 14  # blanks in one that only names the poet and the poem
_FROM = re.compile(r"[-–—~]{1,2}\s?(?:from|aus|из)\s+[\"“«*_]?[A-ZÀ-ÝА-ЯЁ]")
_SOURCE = re.compile(
    r"[-–—~]{1,2}\s?(?:(?:[\"“«*_(]?[A-ZÀ-ÝА-ЯЁ\d][\w.'’&-]*[,.:;\"”»*_)]*|[-–—&]|of|the|an?|and|to|for|in|on|by|from|de|von|van|la)(?:\s+|$))+"
)
_CHORUS = re.compile(
    r"(?:<[ib]>|[\W_])*(?:chorus|refrain|refrão|kehrreim|ritornello|estribillo)(?:</[ib]>|[\W_])*"
    r"(?:(?<=[ .:,_*/])\([^)]{0,60}\)\W*)?$",
    re.I,
)


def stanzas(groups: Sequence[Sequence[Node]]) -> set[int]:
    """Which of these groups of lines are stanzas of one poem: by their places."""
    found: set[int] = set()
    for start, stop in _rows(groups):
        poem = [[node.text for node in group] for group in groups[start:stop]]
        if _is_poem(poem):
            found.update(range(start, stop))
    return found


def settle_choruses(nodes: list[Node]) -> None:
    """Below a stanza a line that only says `Chorus:` or `Chorus (all)` is a paragraph, the one below it verse."""
    for index in range(1, len(nodes) - 1):
        if nodes[index - 1].kind != "verse":
            continue
        node, below = nodes[index], nodes[index + 1]
        if len(node.text) > _LONGEST_CHORUS or not _CHORUS.match(node.text):
            continue
        if node.kind in ("", "verse") and below.kind in ("", "verse") and len(below.text) <= _LONGEST_CHORUS:
            nodes[index] = node._replace(kind="", detail="")
            nodes[index + 1] = below._replace(kind="verse", detail="")


def settle_sources(nodes: list[Node]) -> None:
    """The line below a poem that says where it is from is verse as the poem is: `-- A. Fell, The Ford`."""
    for index in range(1, len(nodes)):
        if nodes[index - 1].kind == "verse" and not nodes[index].kind and _is_source(nodes[index].text):
            nodes[index] = nodes[index]._replace(kind="verse")


def _is_source(text: str) -> bool:
    if text[:1] not in _RULES or len(text) > _LONGEST_SOURCE:
        return False
    if _FROM.match(text):
        return True
    blanks = text.lstrip("-–—~ ").count(" ")
    return text[-1] not in "-–—~.!?…" and 0 < blanks <= _LONGEST_NAME and _SOURCE.fullmatch(text) is not None


def _rows(groups: Sequence[Sequence[Node]]) -> Iterator[tuple[int, int]]:
    """Where two groups or more stand next to one another whose lines might be verse."""
    may_be = [place for place, group in enumerate(groups) if len(group) > 1 and _may_be(group)]
    known = set(may_be)
    stop = 0
    for at in may_be:
        if at < stop:
            continue
        stop = at + 1
        while stop in known and not groups[stop][0].page:
            stop += 1
        if stop - at >= 2:
            yield at, stop


def _may_be(group: Sequence[Node]) -> bool:
    """Whether every line begins as verse does, and none is too long."""
    if len(group) > _MOST or group[0].kind or not begin_large([node.text for node in group]):
        return False
    return not any(len(node.text) > _LONGEST or node.text.startswith(_DASHES) for node in group)


def _is_poem(poem: list[list[str]]) -> bool:
    """Whether stanzas have lines of one measure, most of which rhyme within their stanza."""
    lengths = [len(line) for stanza in poem for line in stanza]
    if len(lengths) < _FEWEST or max(lengths) > _EVEN * min(lengths) or min(lengths) < 15:
        return False
    return sum(rhymed(stanza) * len(stanza) for stanza in poem) >= _RHYMED * len(lengths)
