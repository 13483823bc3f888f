"""Where the header zone ends: from the top of a page to its first story paragraph, and the label lines in it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ficshelf import ratings
from ficshelf.model import Node
from ficshelf.passes import casts, credits, header_runs, headings, label_alone, labelled_row, labels
from ficshelf.passes.breaks import WORDS
from ficshelf.passes.forewords import is_foreword
from ficshelf.passes.label_lines import Line, further_paragraphs, is_unknown_label, label_line, marked_label, title_in
from ficshelf.passes.note_labels import is_legend
from ficshelf.passes.note_words import SAID, SPEAKS, TOLD, may_be_the_author
from ficshelf.passes.title_lines import by_line_below, is_by_line, is_menu

_SCENE_LABEL = re.compile(r"\W*(?:date|time|place|location|setting|season)\s*:", re.I)  # alone they set a scene
_LEGAL = re.compile(
    r"\b(?:own|owns|owned|belongs?|copyright|property|rights|profit|sue|suing|infring\w+|permission|archiv\w+|fics?|"
    r"stor(?:y|ies)|characters|chapters?|reviews?|feedback|beta\w*)\b",
    re.I,
)
_SUBHEADING = re.compile(r"[A-Z][\w /&,'’-]{2,40}(?:disclaimers?|warnings?|notices?)?\s*[:.–—-]\s", re.I)
_HEADS = re.compile(r"\b(?:disclaimers?|warnings?|notes?|legal|rating|ownership)\b", re.I)
_CONTENT = re.compile(
    r"\b(?:violence|violent|sex|sexual|subtext|maintext|language|explicit|graphic|mature|adults?|minors|underage|illegal|offen\w+|"
    r"notice|copied|copy|hurt/comfort|same-?sex|relationship|depict\w+|content|country|state|age of)\b",
    re.I,
)  # what disclaimers of several paragraphs speak of, each under a heading of its own
_RIGHTS = re.compile(
    r"\b(?:copyright|infring\w+|no (?:money|profit)|not for profit|property of|permission|all rights|"
    r"may be (?:copied|archived)|do(?:es)? not (?:own|read)|don['’]t own|"
    r"(?:do not|don['’]t) (?:archive|copy|re-?post|distribute|plagiari[sz]e))\b",
    re.I,
)
_WITHIN = frozenset(
    ["a", "an", "the", "of", "for", "to", "my", "your", "his", "her", "their", "our", "this", "with", "and", "or", "in",
     "on", "at", "by", "from"]
)  # fmt: skip
_WIDEST_CUT = 120  # characters of a line that was cut at a width
_WIDE = 100  # characters of a line that hardly was
_ENDS = frozenset('.!?…"”’)]*~')
_TELLING = 3  # paragraphs in which somebody speaks or acts: more than a summary has
_MOST_UNKNOWN = 3  # paragraphs with such labels
_ABOVE_ROW = 3  # lines above an archive's row: a title, a by-line, a summary
_SAID_BELOW = 12  # lines between a post's subject and the author's own header
_HEADER = 3  # lines with known labels that make a header for sure
_LONGEST_LINE = 60  # characters of a header line with an unknown label at its end
_TALLEST_VALUE = 8  # lines of a value that was cut at a width
_LETTER = re.compile(r"(from|to)\s*:\s*\S", re.I)
_NOTE = re.compile(r"\W*notes?\s*:", re.I)
_ITEM = re.compile(r"\d{1,2}[.)]\s")


def extent(nodes: Sequence[Node], start: int, end: int) -> tuple[int, dict[int, Line]]:
    """Where the zone ends (a node's index), and the label lines in it."""
    lines: dict[int, Line] = {}
    stray: list[int] = []  # lines without a label since the last one with one
    stray_length = 0
    last = start
    misses_allowed = 4
    headed = False
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
            headed = headed or not (heading.of or is_title)  # `Part 1 of 3` may stand between title and labels
            continue
        if lines and not node.kind and (is_by_line(node.text) or _says_title_again(lines, node.text)):
            continue
        if not lines and not node.kind and (is_by_line(node.text) or is_menu(node.text)):
            misses_allowed += 1
        if node.gap and (headed or (lines and SAID.search(node.text))):
            break  # the story has begun
        stray.append(index)
        stray_length += len(node.text)
        continues = bool(lines) and (node.gap == 0 or len(stray) <= misses_allowed)
        if not lines and (len(stray) > misses_allowed or stray_length > 300):
            break
        continues = continues or (bool(lines) and header_runs.goes_on(nodes[index + 1 : end], lines.values()))
        if lines and not (continues and stray_length < 4000):
            break
    if not lines or all(_SCENE_LABEL.match(nodes[index].text) for index in lines) or _only_tells(nodes, lines):
        top = next((index for index in range(start, end) if nodes[index].kind != "chrome"), start)
        return min(end, top + 6), {}
    return _end_of_last(nodes, last, end, lines), lines


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
        goes_on = not is_note or _label_goes_on(nodes, index)
        if line.strong and goes_on and len(lines) >= 3 and _is_wrapped_value(nodes, [*between, index]):
            return True
        above = lines[max(lines)].label.names[0]
        if above in ("disclaimer", "warning"):
            further = list(itertools.dropwhile(lambda place: nodes[place].gap == 0, between))  # below the label's own
            if all(_disclaims(text) for text in _paragraphs(nodes, further)):
                return True
        if line.strong and nodes[index].gap == 0 and above in labels.PARAGRAPHS and nodes[between[0]].gap:
            return True  # right under a further paragraph of the value
        name = line.label.names[0]
        if name in labels.HEADER_ONLY and (name != "rating" or ratings.scale(line.value) != ratings.UNRATED):
            return True
        is_said = SPEAKS.search if is_note else (lambda text: len(text) < 80)  # above a note a story may have begun
        return all(may_be_the_author(text) and bool(is_said(text) or _LEGAL.search(text)) for text in texts)
    by_lines = [place for place in between if is_by_line(nodes[place].text)]
    told = set(between).difference(by_lines, (place - 1 for place in by_lines))
    if not any(len(nodes[place].text) > 15 and nodes[place].text[-1] in '.!?…"”“’' for place in told):
        return True
    return line.strong and is_foreword([nodes[place].text for place in sorted(told)])


def _is_in_stanza(node: Node) -> bool:
    """Whether a line stands right under the one above and tells nothing: title and name among a header's labels."""
    return not node.gap and not node.page and len(node.text) <= _LONGEST_LINE and node.text[-1] not in '.!?…"”’,;'


def is_cut_within(above: str) -> bool:
    """Whether a line was cut at a width within a sentence: `Written for a`, and below it `challenge: one rose`."""
    return len(above) >= 45 and above.split()[-1].lower() in _WITHIN


def _is_wrapped_value(nodes: Sequence[Node], places: Sequence[int]) -> bool:
    """Whether lines go on with a header line, no blank line between, cut at a width as values of some length are."""
    return len(places) <= _TALLEST_VALUE and all(nodes[at].gap == 0 and len(nodes[at].text) <= 90 for at in places)


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
            and 45 < len(nodes[place - 1].text) <= _WIDEST_CUT
        ):
            texts[-1] += " " + node.text
        else:
            texts.append(node.text)
        parted = parted or node.gap > 0
    return texts


def _disclaims(text: str) -> bool:
    """Whether a paragraph goes on with a disclaimer: it speaks of rights or of what the story holds."""
    if not may_be_the_author(text) and (SAID.search(text) or TOLD.search(text)):
        return False
    return bool(_LEGAL.search(text) or (_CONTENT.search(text) and (len(text) < 60 or _is_under_heading(text))))


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


def _end_of_last(nodes: Sequence[Node], last: int, end: int, lines: dict[int, Line]) -> int:
    """The lines right under the last label line go on with its value."""
    value = lines[max(lines)].value if lines else ""
    if len(lines) >= _HEADER and last < end and _is_last_line(nodes, last):
        return last + 1
    while last < end and not nodes[last].kind and nodes[last].gap == 0 and not nodes[last].page:
        node = nodes[last]
        if headings.at(nodes, last) or is_by_line(node.text) or not _goes_on(nodes[last - 1], node):
            break
        last += 1
    if not value and last < end and last - 1 in lines and _may_be_value(nodes[last]):
        last += 1
        while last < end and not nodes[last].kind and nodes[last].gap == 0 and _goes_on(nodes[last - 1], nodes[last]):
            last += 1
    if lines and lines[max(lines)].label.names[0] == "disclaimer":
        while last < end and not nodes[last].kind and not nodes[last].page and _disclaims_further(nodes[last]):
            last += 1
        last = _above_heading(nodes, last, end)
    return last


def _above_heading(nodes: Sequence[Node], last: int, end: int) -> int:
    """Where a header of paragraphs ends that goes on to the first chapter's heading with labels that nobody knows, or
    with a wish for comments: the heading's index; `last` where it does not."""
    for index in range(last, min(end, last + _MOST_UNKNOWN + 1, len(nodes))):
        node = nodes[index]
        if node.kind or node.page or len(node.text) > _WIDEST_CUT:
            return last
        if (heading := headings.at(nodes, index)) is not None and heading.number is not None:
            return index
        if not is_unknown_label(node.text) and not credits.asks_for_comments(node.text):
            return last
    return last


def _is_last_line(nodes: Sequence[Node], index: int) -> bool:
    """Whether the line right under the last label that is known is one too, with a label that nobody knows."""
    node, after = nodes[index], nodes[index + 1] if index + 1 < len(nodes) else None
    if node.kind or node.gap or node.page or after is None or not (after.gap or after.kind):
        return False
    return len(node.text) <= _LONGEST_LINE and node.text[-1] not in '.!?…"”’' and is_unknown_label(node.text)


def _is_under_heading(text: str) -> bool:
    """Whether a paragraph has a heading of its own: `Violence: …`, `Copyright Notice. …`, but not `It was love. …`."""
    found = _SUBHEADING.match(text)
    if found is None or found[0].rstrip()[-1] == ":":
        return found is not None
    return bool(_CONTENT.search(found[0]) or _RIGHTS.search(found[0]) or _HEADS.search(found[0]))


def _disclaims_further(node: Node) -> bool:
    """A paragraph below the last header line, a disclaimer, that surely goes on with it."""
    return (
        not headings.parse(node.text)
        and len(node.text) > 30
        and _disclaims(node.text)
        and bool(_is_under_heading(node.text) or _RIGHTS.search(node.text))
    )


def opens_note(text: str) -> bool:
    """Whether a paragraph below a disclaimer has a label that nobody knows, and none of what disclaimers speak of."""
    return is_unknown_label(text) and not _CONTENT.search(text.partition(":")[0]) and not _HEADS.search(text[:40])


def is_paragraph(before: Node, node: Node) -> bool:
    """Whether a line right under another begins a paragraph: neither of the two was cut at a width."""
    if not (before.text and node.text):
        return True  # a picture
    if before.text[-1] not in _ENDS or max(len(before.text), len(node.text)) <= _WIDE or node.text[0].islower():
        return False
    return not (_RIGHTS.search(node.text) or is_unknown_label(node.text, before.text))


def _goes_on(before: Node, node: Node) -> bool:
    """Whether a line right under another goes on with it, as hard-wrapped values do."""
    if node.indent > before.indent + 1 or is_legend(node.text):
        return True
    if is_paragraph(before, node):
        return False
    if len(before.text) >= 55:
        return True
    if _ITEM.match(before.text.partition(":")[2].strip() or before.text) and _ITEM.match(node.text):
        return True
    return not before.text.rstrip().endswith((".", "!", "?")) and (node.text[:1].islower() or len(before.text) > 45)


def _may_be_value(node: Node) -> bool:
    return not node.kind and not headings.parse(node.text) and not label_line(node.text)
