"""Where the header zone ends: from the top of a page to its first story paragraph, and the label lines in it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ficshelf import ratings
from ficshelf.model import Node
from ficshelf.passes import casts, header_runs, headings, label_alone, labelled_row, labels
from ficshelf.passes.breaks import WORDS
from ficshelf.passes.forewords import is_foreword
from ficshelf.passes.header_values import LEGAL, LONGEST_LINE, WIDEST_CUT, disclaims_further, end_of_last, is_cut_within
from ficshelf.passes.label_lines import Line, further_paragraphs, label_line, marked_label, title_in
from ficshelf.passes.note_words import SAID, SPEAKS, TOLD, may_be_the_author
from ficshelf.passes.rights import disclaims
from ficshelf.passes.title_lines import by_line_below, is_by_line, is_menu

_SCENE_LABEL = re.compile(r"\W*(?:date|time|place|location|setting|season)\s*:", re.I)  # alone they set a scene
_TELLING = 3  # paragraphs in which somebody speaks or acts: more than a summary has
_ABOVE_ROW = 3  # lines above an archive's row: a title, a by-line, a summary
_SAID_BELOW = 12  # lines between a post's subject and the author's own header
_SHORTEST_TITLE = 4  # characters of a title that is looked for in other lines
_FEW_NAMED = 2  # lines that a title block may have with it
_TALLEST_VALUE = 8  # lines of a value that was cut at a width
_TALLEST_VALUES = 12  # lines of one with what stands below it
_STRAY = 300  # characters above the first header line
_HEADS = frozenset(("title", "author", "disclaimer", "summary", "rating", "relationship", "fandom", "warning", "genre"))
_LETTER = re.compile(r"(from|to)\s*:\s*\S", re.I)
_NOTE = re.compile(r"\W*notes?\s*:", re.I)


def extent(nodes: Sequence[Node], start: int, end: int) -> tuple[int, dict[int, Line]]:
    """Where the zone ends (a node's index), and the label lines in it."""
    lines: dict[int, Line] = {}
    stray: list[int] = []  # lines without a label since the last one with one
    stray_length = 0
    last = start
    named = _named_above_run(nodes[start:end])
    misses_allowed = 4
    headed, headed_at = False, -2
    for index in range(start, end):
        node = nodes[index]
        if node.kind == "break" and node.detail == WORDS and lines:
            break  # who tells the first scene, or when
        if node.kind in ("break", "fact", "chrome", "image") or (node.kind == "note" and not lines):
            if index == last:
                last = index + 1
            continue
        if node.kind not in ("", "note"):
            if node.kind == "heading":
                continue
            break
        among = node.gap == 0 and index - 1 in lines
        line = None if node.kind else label_line(node.text, misspelt=True, among=among) or marked_label(node)
        if line is None and not node.kind:
            line = label_alone.at(nodes, index, bool(lines))
        if line and among and is_cut_within(nodes[index - 1].text):
            line = None
        if line and not line.strong and not lines and len(stray) > 3:
            line = None
        if line and not line.value and line.label.names == ("character",) and _is_above_cast(nodes, index):
            line = None
        is_titled = line is not None and line.label.names[0] == "title" and _has_title(lines)
        if line and stray and is_titled and not _says_title_again(lines, line.value):
            break  # another story's header
        if line and stray and (_heads_a_letter(nodes, index) or not _header_goes_on(nodes, line, index, stray, lines)):
            break
        if line:
            lines[index] = line
            last = index + 1
            stray, stray_length = [], 0
            misses_allowed = max(further_paragraphs(line), _said_below_subject(nodes[index + 1 : end], lines))
            continue
        if heading := headings.at(nodes, index):
            is_title = (  # `The Last Chapter`
                bool(by_line_below(nodes, index))
                if not lines and index + 1 < end
                else among and not lines[index - 1].value and lines[index - 1].label.names[0] == "title"
            )
            if not (heading.of or is_title):  # `Part 1 of 3` may stand between title and labels
                headed, headed_at = True, index
            continue
        if lines and not node.kind and (is_by_line(node.text) or _says_title_again(lines, node.text)):
            continue
        if not lines and not node.kind and (index - start in named or is_by_line(node.text) or is_menu(node.text)):
            misses_allowed += 1
        if node.gap and (headed or (lines and SAID.search(node.text))):
            break  # the story has begun
        if headed_at == index - 1 and lines and _begins_story(node.text):
            break
        stray.append(index)
        stray_length += len(node.text)
        continues = bool(lines) and (node.gap == 0 or len(stray) <= misses_allowed)
        many = len(stray) > misses_allowed or stray_length > _STRAY
        if not lines and many and (len(stray) > 1 or not _is_above_header(nodes, index)):
            break
        continues = continues or (bool(lines) and header_runs.goes_on(nodes[index + 1 : end], lines.values()))
        if lines and not (continues and stray_length < 4000):
            break
    if not lines or all(_SCENE_LABEL.match(nodes[index].text) for index in lines) or _only_tells(nodes, lines):
        top = next((index for index in range(start, end) if nodes[index].kind != "chrome"), start)
        return min(end, top + 6), {}
    return end_of_last(nodes, last, end, lines), lines


def _begins_story(text: str) -> bool:
    """Whether a line right under a chapter's heading is the story's first paragraph, in a text without blank lines."""
    return len(text) > WIDEST_CUT and text[-1] in ".!?…" and not may_be_the_author(text) and not disclaims(text)


def _named_above_run(nodes: Sequence[Node]) -> set[int]:
    """The lines above a run of header lines that hold the title which it states, and those between the last of them and
    the run: a site's, around the name of the story."""
    run = header_runs.start(nodes)
    title = header_runs.labelled_title(nodes, run).casefold() if run > 0 else ""
    if len(title) < _SHORTEST_TITLE:
        return set()
    found = [index for index in range(run) if title in nodes[index].text.casefold()]
    return {*found, *range(found[-1] + 1, run)} if len(found) > _FEW_NAMED else set()


def _is_above_header(nodes: Sequence[Node], index: int) -> bool:
    """Whether two header lines with different labels stand right below a long paragraph that is said to the readers."""
    below = [label_line(node.text) if not node.kind else None for node in nodes[index + 1 : index + 3]]
    named = {line.label.names[0] for line in below if line is not None and line.strong and line.value}
    return len(named & _HEADS) > 1 and is_foreword([nodes[index].text], among_notes=True)


def _is_above_cast(nodes: Sequence[Node], index: int) -> bool:
    """Whether a list of the story's people and who they are stands below a label: as in a play, no header's value."""
    below = [node.text for node in nodes[index + 1 : index + 2]]
    for node in nodes[index + 2 : index + 2 + _TALLEST_VALUE]:
        if node.gap or node.kind:
            break
        below.append(node.text)
    return casts.tells_roles(below)


def _heads_a_letter(nodes: Sequence[Node], index: int) -> bool:
    """Whether a label line stands in the head of a letter that the story quotes: `From: Ines`, `To: Hob`, `Date: …`."""
    near = (_LETTER.match(node.text) for node in nodes[max(0, index - 3) : index + 4])
    return {found[1].lower() for found in near if found} == {"from", "to"}


def _has_title(lines: dict[int, Line]) -> bool:
    return any(line.label.names[0] == "title" for line in lines.values())


def _only_tells(nodes: Sequence[Node], lines: dict[int, Line]) -> bool:
    """Whether the one header line that there is opens the story: `Notes: three. Pens: one. That was all.`"""
    (index, line), *others = lines.items()
    return not others and bool(_NOTE.match(nodes[index].text)) and not may_be_the_author(line.value)


def _says_title_again(lines: dict[int, Line], text: str) -> bool:
    """Whether a line is the title that a label named above it: a post's subject, and the author's own header."""
    said = text.strip(' *_~-="“”').lower()
    return bool(said) and any(said in title_in(line).lower() for line in lines.values())


def _said_below_subject(below: Sequence[Node], lines: dict[int, Line]) -> int:
    """How many lines stand between a post's subject, which names the title, and the author's own header, which names it
    again: there the author speaks."""
    if len(lines) != 1 or not _has_title(lines):
        return 0
    for count, node in enumerate(below[:_SAID_BELOW]):
        line = None if node.kind else label_line(node.text)
        if line is not None and line.label.names[0] == "title":
            return count if _says_title_again(lines, title_in(line)) else 0
    return 0


def _header_goes_on(nodes: Sequence[Node], line: Line, index: int, between: list[int], lines: dict[int, Line]) -> bool:
    """Whether the label line at `index` is header still, with lines without a label before it.

    Another label line near it says so; one alone may be the story's own ("Note: bring wine"), where what stands
    before it tells and does not speak of the story.
    """
    texts = _paragraphs(nodes, between)
    if sum(1 for text in texts if SAID.search(text) or TOLD.search(text)) >= _TELLING:
        return False  # notes below a story so short that its end is near its header
    near = [found for node in nodes[index + 1 : index + 3] if not node.kind and (found := label_line(node.text))]
    if any(one.label.names[0] != "title" or not _has_title(lines) for one in near):  # not the next story's header
        return True
    if not lines and len(between) <= _ABOVE_ROW and labelled_row.is_row(line):
        return True
    if lines and line.strong and all(_is_in_stanza(nodes[place]) for place in [*between, index]):
        return True
    if lines and not line.value and _is_value_below(nodes, between, lines):
        return True
    if lines:
        is_note = line.label.names[0] == "note"
        goes_on = not is_note or _label_goes_on(nodes, index) or _ends_stanza(nodes, index)
        if line.strong and goes_on and len(lines) >= 3 and _is_wrapped_value(nodes, [*between, index]):
            return True
        above = lines[max(lines)].label.names[0]
        if above in ("disclaimer", "warning"):
            further = list(itertools.dropwhile(lambda place: nodes[place].gap == 0, between))  # below the label's own
            if all(disclaims_further(text) for text in _paragraphs(nodes, further)):
                return True
        if line.strong and nodes[index].gap == 0 and above in labels.PARAGRAPHS and nodes[between[0]].gap:
            return True  # right under a further paragraph of the value
        name = line.label.names[0]
        if name in labels.HEADER_ONLY and (name != "rating" or ratings.scale(line.value) != ratings.UNRATED):
            return True
        is_said = SPEAKS.search if is_note else (lambda text: len(text) < 80)  # above a note a story may have begun
        return all(may_be_the_author(text) and bool(is_said(text) or LEGAL.search(text)) for text in texts)
    by_lines = [place for place in between if is_by_line(nodes[place].text)]
    told = set(between).difference(by_lines, (place - 1 for place in by_lines))
    if not any(len(nodes[place].text) > 15 and nodes[place].text[-1] in '.!?…"”“’' for place in told):
        return True
    return line.strong and is_foreword([nodes[place].text for place in sorted(told)])


def _is_in_stanza(node: Node) -> bool:
    """Whether a line stands right under the one above and tells nothing: title and name among a header's labels."""
    return not node.gap and not node.page and len(node.text) <= LONGEST_LINE and node.text[-1] not in '.!?…"”’,;'


def _is_wrapped_value(nodes: Sequence[Node], places: Sequence[int]) -> bool:
    """Whether lines go on with a header line, no blank line between, cut at a width as values of some length are."""
    return len(places) <= _TALLEST_VALUES and all(nodes[at].gap == 0 and len(nodes[at].text) <= 90 for at in places)


def _is_value_below(nodes: Sequence[Node], between: list[int], lines: dict[int, Line]) -> bool:
    """Whether lines are but the value of the label right above them, which stands alone on its line."""
    last = max(lines)
    return not lines[last].value and between[0] == last + 1 and all(nodes[place].gap == 0 for place in between)


def _label_goes_on(nodes: Sequence[Node], index: int) -> bool:
    """Whether another header line stands below this one, no blank line and only lines of a value between them."""
    for node in nodes[index + 1 : index + 1 + _TALLEST_VALUE]:
        if node.kind or node.gap or len(node.text) > 90:
            return False
        if (line := label_line(node.text)) and line.strong:
            return True
    return False


def _ends_stanza(nodes: Sequence[Node], index: int) -> bool:
    """Whether a header line, with what was cut of its value, stands last before a heading and a blank line above it:
    no story begins in one stanza with its header and ends there."""
    for place in range(index + 1, min(index + 1 + _TALLEST_VALUE, len(nodes))):
        if nodes[place].gap or nodes[place].kind:
            return nodes[place].gap > 0 and headings.at(nodes, place) is not None
    return False


def _paragraphs(nodes: Sequence[Node], places: Sequence[int]) -> list[str]:
    """Lines as paragraphs, to be judged as a whole; what goes on with a value, no blank line above, by its lines."""
    texts: list[str] = []
    parted = False
    for place in places:
        node = nodes[place]
        if (
            parted
            and node.gap == 0
            and node.indent <= nodes[place - 1].indent
            and 45 < len(nodes[place - 1].text) <= WIDEST_CUT
        ):
            texts[-1] += " " + node.text
        else:
            texts.append(node.text)
        parted = parted or node.gap > 0
    return texts


def frame_end(nodes: Sequence[Node], start: int, stop: int, lines: dict[int, Line]) -> int:
    """Where rules above and below frame the header: the index after the lower one; 0 for no frame."""
    if not lines or start >= len(nodes) or nodes[start].kind != "break":
        return 0
    for index in range(stop, min(stop + 4, len(nodes))):
        node = nodes[index]
        if node.kind == "break":
            below = nodes[index + 1] if index + 1 < len(nodes) else None
            goes_on = below is not None and label_line(below.text) is not None  # the rule parts two stories
            return index + 1 if node.text == nodes[start].text and not goes_on else 0
        if node.kind or node.page:
            return 0
    return 0
