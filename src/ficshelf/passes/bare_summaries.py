"""A summary without its label: one sentence among the rows of a site's header, or between the last of them and the
site's buttons."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ficshelf.passes.credits import COPYRIGHT
from ficshelf.passes.header_facts import Gathered
from ficshelf.passes.label_lines import Line
from ficshelf.passes.note_words import SAID
from ficshelf.passes.title_lines import is_name

_ROWS = 3  # labels of such a header
_SHORTEST = 40  # characters of a sentence that tells what a story is about
_ENDS = frozenset(".!?…")
_TITLE_AND_NAME = 2
_LONGEST = 110  # characters of a title
_LEGAL = re.compile(r"\b(?:own|property|permission|prohibited|distribut\w+|rights|archive|reproduc\w+)\b", re.I)


def stands_at(gathered: Gathered, index: int, lines: Mapping[int, Line]) -> bool:
    """Whether a sentence without a label stands among the rows of a site's header, no blank line near it."""
    nodes = gathered.nodes
    if len(lines) < _ROWS or gathered.states("summary") or not _may_be_summary(nodes[index].text):
        return False
    if index - 1 not in lines or nodes[index].gap or COPYRIGHT.match(nodes[index].text):
        return False
    if any("summary" in line.label.names for line in lines.values()):
        return False
    below = range(index + 1, min(index + 3, len(nodes)))
    return any(place in lines for place in below) and not any(nodes[place].gap for place in below)


def name_above(gathered: Gathered, start: int, index: int) -> None:
    """Above the summary of an archive's row stand the title and the name, each alone on its line, and nothing else."""
    nodes = gathered.nodes
    above = [place for place in range(start, index) if nodes[place].kind not in ("chrome", "break")]
    if len(above) != _TITLE_AND_NAME or any(nodes[place].kind for place in above):
        return
    title, name = above
    if gathered.states("title") or gathered.states("author") or not is_name(nodes[name].text):
        return
    if len(nodes[title].text) > _LONGEST or nodes[title].text[-1] in ".,;:" or SAID.search(nodes[title].text):
        return
    gathered.add_line(title, "title")
    gathered.add_line(name, "author")


def above_buttons(gathered: Gathered, start: int, lines: Mapping[int, Line]) -> int:
    """Where the one sentence stands between the site's own lines below its header, no blank line near it; -1 for
    nowhere."""
    nodes = gathered.nodes
    place = next((index for index in range(start, len(nodes)) if nodes[index].kind != "chrome"), len(nodes))
    if len(lines) < _ROWS or gathered.states("summary") or not 0 < place < len(nodes) - 1:
        return -1
    above, node, below = nodes[place - 1 : place + 2]
    if above.kind != "chrome" or node.kind or node.gap or below.gap or below.kind != "chrome":
        return -1
    return place if _may_be_summary(node.text) and not SAID.search(node.text) else -1


def _may_be_summary(text: str) -> bool:
    return len(text) >= _SHORTEST and text[-1] in _ENDS and _LEGAL.search(text) is None
