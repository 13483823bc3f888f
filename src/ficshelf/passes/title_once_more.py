"""Title and by-line once more right above the story, below what the page said of it or what its author says."""

from __future__ import annotations

import re

from ficshelf import canon
from ficshelf.passes import headings
from ficshelf.passes.by_lines import state_by_line
from ficshelf.passes.header_facts import Gathered
from ficshelf.passes.note_words import SAID, SPEECH
from ficshelf.passes.title_below import rights
from ficshelf.passes.title_block import state_title_line
from ficshelf.passes.title_lines import is_by_line, part_of_title
from ficshelf.passes.title_signs import is_known_title

_BELOW = 12  # nodes below the header among which they stand
_FANDOM = re.compile(r"(?P<fandom>[^\n]{2,50}?)\s?(?:\s[-–—]|:)\s(?P<title>\S[^\n]{1,90})")
_DATED = re.compile(r"[^\n]{3,32}\b(?:19|20)\d\d(?:\W{1,3}\d{1,2}:\d\d(?:\s?[AP]M)?)?\.?", re.I)
_TOP = 16  # lines from the top among which a title stands above a chapter's heading
_LONGEST = 140  # characters of either
_BLURB = 200  # characters of what stands between the page's title and the story's own, and says what it is about


def state(gathered: Gathered, start: int) -> None:
    """State them, with the fandom that stands before the title: `Harbour Watch - The Ford`."""
    nodes = gathered.nodes
    for index in range(start, min(start + _BELOW, len(nodes) - 1)):
        title, name = nodes[index : index + 2]
        if title.kind or name.kind or name.gap > 1 or not title.gap or not is_by_line(name.text):
            continue
        fandom = ""
        said = title.text
        if not is_known_title(gathered, said) and (parted := _FANDOM.fullmatch(said)):
            fandom, said = parted["fandom"], parted["title"]
        if not is_known_title(gathered, said) or (name.gap and not fandom and gathered.states("author")):
            return
        if fandom and not canon.titled(fandom):
            return
        if fandom and not gathered.states("fandom"):
            gathered.add("fandom", fandom, title.spans)
        _between(gathered, start, index)
        state_title_line(gathered, index, *part_of_title(said), "")
        state_by_line(gathered, index + 1)
        if index + 2 < len(nodes) and not nodes[index + 2].kind:
            rights(gathered, index + 2)
        return


def above_heading(gathered: Gathered) -> None:
    """State the title in a line with a chapter's number behind it, where the chapter's own heading with the same number
    stands right below: `The Ford. Chapter 7`, `Chapter 7. The Weir`."""
    if gathered.states("title"):
        return
    above: tuple[int, str, int] | None = None
    for index, node in enumerate(gathered.nodes[:_TOP]):
        if node.kind or len(node.text) > _LONGEST:
            continue
        heading = headings.parse(node.text)
        if heading is not None and above is not None and heading.number == above[2] and heading.level:
            gathered.add_line(above[0], "title", above[1])
            return
        parted = headings.at_end_of_title(node.text) if heading is None else None
        told = parted is not None and parted[1].number is not None and not parted[1].title
        above = (index, parted[0], parted[1].number or 0) if parted and told else None


def _between(gathered: Gathered, start: int, title: int) -> None:
    """Below the page's own title its date is no part of the story, and one sentence alone says what it is about."""
    nodes = gathered.nodes
    told = []
    for place in range(start + 1, title):
        if nodes[place].kind:
            continue
        if _DATED.fullmatch(nodes[place].text):
            gathered.set_apart(place, "post's head")
            gathered.silent += nodes[place].spans
        else:
            told.append(place)
    if len(told) != 1 or gathered.states("summary"):
        return
    text = nodes[told[0]].text
    if len(text) <= _BLURB and text[-1] in ".!?…" and not SAID.search(text) and not SPEECH.search(text):
        gathered.add_line(told[0], "summary")
