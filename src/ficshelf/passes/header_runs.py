"""A run of header lines near the top of a page: the story's header, whatever a site has above it.

Three lines with known labels, at least two of them such as hardly a story has, are no accident. What stands above them
is the site's, but for the story's title and by-line, and for what the author says.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from ficshelf import ratings
from ficshelf.model import Node
from ficshelf.passes import headings, labels
from ficshelf.passes.forewords import is_foreword
from ficshelf.passes.label_lines import Line, completeness, is_unknown_label, label_line, split_labels, title_in
from ficshelf.passes.note_words import SAID, SPEAKS, TOLD
from ficshelf.passes.title_lines import is_by_line, is_menu, is_title, part_of_title, title_and_name

_TOP = 60  # lines within which a header begins
_SHARE = 4  # it begins in this part of a text
_SHORT_TEXT = 6_000  # characters of a text that counts as one so long
_LINES = 3  # labels that make a run
_BELOW = 9  # lines below a value within which a header goes on
_TALLEST = 20  # lines of a header between two rows
_APART = 3  # lines without a label between two of them: a value that goes on
_WIDEST = 500  # characters that such lines may have together
_PARAGRAPH = 160  # characters of a line that tells something
_NOTE = 60  # characters of a line in which the author says something
_VALUE_LENGTH = 40
_NO_STATUS = frozenset(("no", "yes", "done"))  # with them titles begin as well: `No Way Home`
_KNOWN = labels.HEADER_ONLY | {"spoilers"}
_HOW_MADE = re.compile(r"\W*(?:written|inspired|based|set|dedicated|created|a\s+(?:gift|sequel|prequel))\s+\w", re.I)
_VALUE = re.compile(r"[\d.,:/ -]{1,20}|(?:gen|het|slash|femslash|джен|гет|слэш|фемслэш|other|multi|m/m|f/m|f/f)", re.I)


def start(nodes: Sequence[Node]) -> int:
    """Where the run begins; -1 where there is none, or where something is told above it."""
    found: list[int] = []
    names: set[str] = set()
    apart = width = 0
    for index, node in enumerate(nodes[: _TOP + 2 * _LINES]):
        line = None if node.kind else label_line(node.text)
        if line is not None and line.strong:
            if not found and index >= _TOP:
                return -1
            found.append(index)
            names.update(name for several, _ in split_labels(line.label.names, line.value) for name in several)
            apart = width = 0
            if len(found) >= _LINES and len(names & _KNOWN) >= 2:
                return found[0] if _is_high(nodes, found[0]) and not _is_told(nodes[: found[0]]) else -1
            continue
        if not found:
            continue
        apart, width = apart + 1, width + len(node.text)
        if apart > _APART or width > _WIDEST or SAID.search(node.text):
            found, names, apart, width = [], set(), 0, 0
    return -1


def below_beginning(nodes: Sequence[Node]) -> int:
    """Where a header begins below the first scene, between two rows: as some open with a scene, and put the title and
    its labels below it. The line below the upper row; -1 for nowhere."""
    rows = [index for index, node in enumerate(nodes) if node.kind == "break"]
    for above, below in itertools.pairwise(rows):
        names: set[str] = set()
        if not _LINES <= below - above - 1 <= _TALLEST:
            continue
        lines = [label_line(node.text) for node in nodes[above + 1 : below] if not node.kind]
        labelled = [line for line in lines if line is not None and line.strong]
        names.update(name for line in labelled for name in line.label.names)
        if len(labelled) >= _LINES and 2 * len(labelled) >= len(lines) and len(names & _KNOWN) >= _LINES:
            return above + 1
    return -1


def goes_on(below: Sequence[Node], lines: Iterable[Line]) -> bool:
    """Whether a header of such `lines` goes on below a value of many paragraphs: with labels near one another, of which
    some are such as hardly a story has, and none names a title once more."""
    known = {line.label.names[0] for line in lines} & labels.HEADER_ONLY
    near = (label_line(node.text) for node in below[:_BELOW] if not node.kind)
    names = {line.label.names[0] for line in near if line and line.strong}
    if names.intersection(("title", "author")) or len(known) < 2:
        return False
    sure = names & labels.HEADER_ONLY
    return len(sure) >= _LINES or (len(known) >= _LINES and bool(sure) and len(names) >= 2)


def title_above(nodes: Sequence[Node], begin: int, sure: Sequence[bool]) -> int:
    """The line above a run that is the story's title, where no label says it: right above its by-line, or the nearest
    to the run that is neither a value alone (a rating, a count) nor the site's; -1 for none."""
    parted = named = False
    for index in range(begin - 1, -1, -1):
        node = nodes[index]
        if node.kind or sure[index]:
            parted = True
            continue
        if is_unknown_label(node.text):
            continue
        if is_by_line(node.text) or _is_value(node.text):
            named = named or not _is_value(node.text)
            continue
        with_name = title_and_name(node.text)
        if not is_title(with_name["title"] if with_name else node.text):
            return -1
        return -1 if parted and not index and not named and with_name is None else index  # what the site is called
    return -1


def is_authors(text: str) -> bool:
    """Whether a line above a run is said by the author to those who read."""
    if is_foreword([text], above_title=True) or _HOW_MADE.match(text):
        return True
    return len(text) >= _NOTE and SPEAKS.search(text) is not None


def labelled_title(nodes: Sequence[Node], begin: int) -> str:
    """What the label of a title says in the run that begins there; "" where it has none."""
    apart = 0
    for node in nodes[begin : begin + _TOP]:
        line = None if node.kind else label_line(node.text)
        if line is None:
            apart += 1
            if apart > _APART:
                break
            continue
        apart = 0
        if title := title_in(line):
            return part_of_title(title)[0]
    return ""


def _is_value(text: str) -> bool:
    """Whether a line is a value without its label: `PG-13`, `In Progress`, `57`."""
    if len(text) >= _VALUE_LENGTH:
        return False
    if _VALUE.fullmatch(text) or ratings.scale(text) != ratings.UNRATED:
        return True
    return completeness(text) is not None and text.split()[0].lower() not in _NO_STATUS


def _is_high(nodes: Sequence[Node], index: int) -> bool:
    above = sum(len(node.text) for node in nodes[:index])
    return above * _SHARE <= max(_SHORT_TEXT, sum(len(node.text) for node in nodes))


def _is_told(above: Sequence[Node]) -> bool:
    """Whether something is told above a run, so that it is no header: somebody speaks, or paragraphs stand there."""
    open_ones = [node.text for node in above if not node.kind]
    if is_foreword(open_ones, above_title=True):
        return False
    if any(SAID.search(text) or TOLD.search(text) for text in open_ones):
        return True
    if any(headings.parse(node.text) and node.gap for node in above if not node.kind):
        return True
    return sum(1 for text in open_ones if len(text) >= _PARAGRAPH and not is_menu(text)) > 1


def stands_among(
    nodes: Sequence[Node], lines: Mapping[int, Line], extent: tuple[int, int], notes: Collection[str]
) -> bool:
    """Whether the lines of a label, of that extent, stand right below or above another line of the header that is none
    of the notes which chapters have as well: then they are of that header, also where it heads a chapter."""
    index, after = extent
    beside = [index - 1] if not nodes[index].gap else []
    beside += [after] if after < len(nodes) and not nodes[after].gap else []
    return any(place in lines and not set(notes).intersection(lines[place].label.names) for place in beside)
