"""Where the value of a header line ends: lines that a width cut, what stands right below a label, and the further
paragraphs of a disclaimer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ficshelf.model import Node
from ficshelf.passes import credits, ffnet_row, headings
from ficshelf.passes.label_lines import Line, is_unknown_label, label_line
from ficshelf.passes.note_labels import is_legend
from ficshelf.passes.note_words import SAID, TOLD, may_be_the_author
from ficshelf.passes.title_lines import is_by_line

LEGAL = re.compile(
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
ONE_LINE = frozenset(["published", "updated", "words"])
_STATS = re.compile(r"(?:chapters|words|hits|kudos|published):\s?\d", re.I)  # the Archive of Our Own's
WIDEST_CUT = 120  # characters of a line that was cut at a width
_WIDE = 100  # characters of a line that hardly was
_ENDS = frozenset('.!?…"”’)]*~')
_MOST_UNKNOWN = 3  # paragraphs with such labels
_HEADER = 3  # lines with known labels that make a header for sure
LONGEST_LINE = 60  # characters of a header line with an unknown label at its end
_ITEM = re.compile(r"\d{1,2}[.)]\s")


def end_of_last(nodes: Sequence[Node], last: int, end: int, lines: dict[int, Line]) -> int:
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
        while last < end and not nodes[last].kind and not nodes[last].page and _surely_disclaims(nodes[last]):
            last += 1
        last = _above_heading(nodes, last, end)
    return last


def _above_heading(nodes: Sequence[Node], last: int, end: int) -> int:
    """Where a header of paragraphs ends that goes on to the first chapter's heading with labels that nobody knows, or
    with a wish for comments: the heading's index; `last` where it does not."""
    for index in range(last, min(end, last + _MOST_UNKNOWN + 1, len(nodes))):
        node = nodes[index]
        if node.kind or node.page or len(node.text) > WIDEST_CUT:
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
    return len(node.text) <= LONGEST_LINE and node.text[-1] not in '.!?…"”’' and is_unknown_label(node.text)


def _may_be_value(node: Node) -> bool:
    return not node.kind and not headings.parse(node.text) and not label_line(node.text)


def is_cut_within(above: str) -> bool:
    """Whether a line was cut at a width within a sentence: `Written for a`, and below it `challenge: one rose`."""
    return len(above) >= 45 and above.split()[-1].lower() in _WITHIN


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


def disclaims_further(text: str) -> bool:
    """Whether a paragraph goes on with a disclaimer: it speaks of rights or of what the story holds."""
    if not may_be_the_author(text) and (SAID.search(text) or TOLD.search(text)):
        return False
    return bool(LEGAL.search(text) or (_CONTENT.search(text) and (len(text) < 60 or _is_under_heading(text))))


def _surely_disclaims(node: Node) -> bool:
    """A paragraph below the last header line, a disclaimer, that surely goes on with it."""
    return (
        not headings.parse(node.text)
        and len(node.text) > 30
        and disclaims_further(node.text)
        and bool(_is_under_heading(node.text) or _RIGHTS.search(node.text))
    )


def _is_under_heading(text: str) -> bool:
    """Whether a paragraph has a heading of its own: `Violence: …`, `Copyright Notice. …`, but not `It was love. …`."""
    found = _SUBHEADING.match(text)
    if found is None or found[0].rstrip()[-1] == ":":
        return found is not None
    return bool(_CONTENT.search(found[0]) or _RIGHTS.search(found[0]) or _HEADS.search(found[0]))


def opens_note(text: str) -> bool:
    """Whether a paragraph below a disclaimer has a label that nobody knows, and none of what disclaimers speak of."""
    return is_unknown_label(text) and not _CONTENT.search(text.partition(":")[0]) and not _HEADS.search(text[:40])


def is_whole(name: str, value: str, below: str) -> bool:
    """Whether a value goes on in no further line: a date, a count, a name that no comma ends, an archive's row."""
    if name == "aside":
        return _STATS.search(value) is not None
    if name == "author":
        return not (value.endswith((",", ";", "&", "/", " and")) or below[:1] in "(<&" or below[:1].islower())
    return name in ONE_LINE or (name == "rating" and ffnet_row.is_row(f"Rated: {value}"))
