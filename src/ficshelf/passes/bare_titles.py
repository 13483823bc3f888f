"""Chapters headed by a title alone, and titles on the line below a chapter's number.

A short line is a title by its form: it stands below more blank lines than others, in capitals, centred, in bold, framed
or underlined, or in a page's own heading element, and lines of that form come again and again with prose between them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from ficshelf.model import Node
from ficshelf.passes import labels
from ficshelf.passes.ends import is_ending
from ficshelf.passes.heading_titles import LOWER, OLD_TITLE, SMALL, tidy
from ficshelf.passes.headings import Heading, parse
from ficshelf.passes.label_lines import label_line
from ficshelf.passes.nodes import usual_gap
from ficshelf.passes.note_words import SPEAKS, speaks_of_the_story
from ficshelf.passes.title_lines import is_behind_dash, is_by_line, is_title

Form = tuple[str, int | str]
_LONGEST = 70
_FEW = 6  # words of a title
_TOLD = 300  # characters that are told at the least under a chapter's title
_LINE = 80  # characters of a line of prose among them
_BEFORE = 600  # characters that may stand above the first one: a note
_FRAMES = {"-": "-", "~": "~", "*": "*", "=": "=", "<": ">", "[": "]", "_": "_", "+": "+", "•": "•", "—": "—", ":": ":"}
_NO_TITLE = frozenset(("li", "table", "pre", "blockquote"))
_HTML = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
SLUG = re.compile(
    r"\d{4}|\d\s*[:.]\s*\d\d|\b\d{1,2}\s*(?:am|pm|st|nd|rd|th)\b|\b(?:later|earlier|ago|meanwhile|flash ?back|pov|"
    r"point of view|that (?:night|day|evening|morning|afternoon)|the (?:next|same|following|previous) \w+|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|april|june|july|august|september|"
    r"october|november|december|midnight|noon|present day|nowadays)\b",
    re.I,
)
_REMARKS = re.compile(
    r"\b(?:sorry|enjoy|hope|mine|own|reviews?|rated|rating|un-?beta\w*|beta\w*|dedicated|disclaimer|warnings?|spoilers?|fluff|"
    r"smut|angst|re-?posted|updated?|edited|revised|finally|late|long|short|chapter|part|notes?)\b",
    re.I,
)  # what an author says in passing right below a heading
_SPEECH = re.compile(r"^[\"“«„]|[,.!?…][\"”»“]")


def add_titles_below(nodes: Sequence[Node], found: dict[int, Heading], parts: Sequence[str] = ()) -> None:
    """`Chapter One` and its title on the next line: sure where it says `in which`, or where most chapters have one.

    `parts` is what the header says of the part: `Chapter One: The Ford`."""
    usual = usual_gap(nodes)
    bare = [index for index, heading in found.items() if heading.title is None]
    below: dict[int, list[int]] = {}
    for index in bare:
        place = index + 1
        if place >= len(nodes) or place in found or nodes[place].kind or nodes[place].page:
            continue
        node = nodes[place]
        if OLD_TITLE.match(node.text) and node.gap <= 1 and len(node.text) <= 200:
            found[place] = Heading(None, tidy(node.text.rstrip(".")) or None, 0)
        elif _is_announced(nodes, place, usual, parts) or (node.gap <= 2 and _is_quoted(nodes, place)):
            found[place] = Heading(None, tidy(node.text) or None, 0)
        elif _may_be_below(nodes, place):
            below.setdefault(node.gap, []).append(place)
    for gap, places in below.items():
        texts = {nodes[place].text.lower() for place in places}
        most = len(places) >= 2 and len(texts) == len(places) and 5 * len(places) >= 3 * len(bare)
        for place in places:
            alike = form_of(nodes, place - 1, 0) == form_of(nodes, place, 0) != ("", "")
            said = gap == 0 or nodes[place].text[-1] not in "!?…"
            if (said and (most or alike or (gap == 0 and _is_called_so(nodes, place)))) or (most and alike):
                found[place] = Heading(None, tidy(nodes[place].text) or None, 0)


def _is_announced(nodes: Sequence[Node], place: int, usual: int, parts: Sequence[str]) -> bool:
    """Whether a line below a chapter's number is its title: the header calls the part so, a colon stands above it, or
    the story begins further below it than its paragraphs stand apart."""
    node, above = nodes[place], nodes[place - 1]
    if not _may_be_below(nodes, place):
        return False
    called = tidy(node.text).casefold()
    if any(part.casefold().endswith((": " + called, "- " + called)) for part in parts):
        return True
    if len(node.text.split()) > _FEW + 2 or is_remark(node.text):
        return False
    wide = nodes[place + 1].gap > max(usual, node.gap, 1) and is_title_case(node.text)
    return above.text.rstrip(" *_~").endswith(":") or (wide and len(node.text.split()) <= _FEW)


def _is_quoted(nodes: Sequence[Node], place: int) -> bool:
    """Whether a line right under a chapter's number is but a title in quotation marks: `"Salt, Snow, Sugar"`."""
    text = nodes[place].text
    if not 2 < len(text) <= _LONGEST or text[0] not in '"“«„' or text[-1] not in '"”»“' or not text[-2].isalnum():
        return False
    alone = place + 1 == len(nodes) or nodes[place + 1].gap > 0
    return alone and sum(map(text.count, '"“”«»„')) == 2


def _is_called_so(nodes: Sequence[Node], place: int) -> bool:
    """Whether a line right under a chapter's number is its title: every word with a capital, or a few words alone
    between blank lines."""
    text = nodes[place].text
    if speaks_of_the_story(text):
        return False  # `Enjoy`
    if is_title_case(text):
        return True
    if is_remark(text) or len(text.split()) > _FEW:
        return False
    return (place == 1 or nodes[place - 1].gap > 0) and nodes[place + 1].gap > 0


def is_remark(text: str) -> bool:
    """Whether a few words right below a heading may be said by the author in passing: `Sorry it took so long guys`."""
    return SPEAKS.search(text) is not None or _REMARKS.search(text) is not None


def _may_be_below(nodes: Sequence[Node], place: int) -> bool:
    node, after = nodes[place], nodes[place + 1] if place + 1 < len(nodes) else None
    if (
        after is None
        or after.gap == 0
        or after.page
        or node.gap > 2
        or node.hint in ("li", "table", "pre", "blockquote")
    ):
        return False
    said = may_be_title(node.text) and any(map(str.isalnum, node.text))
    return said and len(after.text) > len(node.text) and parse(node.text) is None


def add(nodes: Sequence[Node], found: dict[int, Heading]) -> None:
    """Add chapters whose headings are titles alone, to those that were found by their numbers."""
    usual = usual_gap(nodes)
    numbered = [index for index, heading in found.items() if heading.level == 2]
    rows: dict[Form, list[int]] = {}
    others: dict[Form, int] = {}
    short = [
        index for index, node in enumerate(nodes) if len(node.text) <= _LONGEST and not node.kind and index not in found
    ]
    for index in short:
        form = form_of(nodes, index, usual)
        if not form[0]:
            continue
        if _stands_apart(nodes, index) and (
            may_be_title(nodes[index].text, comma=len(numbered) > 2)
            or (form[0] == "h" and _is_called(nodes[index].text))
        ):
            rows.setdefault(form, []).append(index)
        else:
            others[form] = others.get(form, 0) + 1
    if numbered:
        if len(numbered) >= 3 and (shared := _common_form(nodes, numbered, usual)):
            _add_alike(nodes, found, [index for index in rows.get(shared, []) if _is_alike(nodes[index], shared)])
        return
    for form, row in sorted(rows.items(), key=lambda item: -len(item[1])):
        pairs = itertools.pairwise(row)  # the story's own title may stand above the first chapter's
        first = next((at for at, (here, after) in enumerate(pairs) if _told(nodes, here, after, _LINE // 2, 0)), -1)
        row = row[first:]
        least = 2 if form[0] in ("h", "underlined") else 3
        above = sum(len(node.text) for node in nodes[: row[0]] if not node.kind)
        if len(row) < least + (above > _BEFORE) or others.get(form, 0) * 4 > len(row):
            continue
        if len({nodes[index].text.lower() for index in row}) < len(row):
            continue  # a line that comes again says who tells, or where
        told, line = (_TOLD, _LINE) if form[0] != "h" else (_LINE // 2, 0)
        if all(_told(nodes, here, after, told, line) for here, after in itertools.pairwise([*row, len(nodes)])):
            _add_alike(nodes, found, row)
            return


def _is_alike(node: Node, form: Form) -> bool:
    """Whether a line among numbered headings of its form is one: a centred line may also be verse."""
    return form[0] != "caps" and (form[0] == "h" or is_title_case(node.text))


def _add_alike(nodes: Sequence[Node], found: dict[int, Heading], row: list[int]) -> None:
    for index in row:
        found[index] = Heading(None, tidy(nodes[index].text) or None, 0)


def _common_form(nodes: Sequence[Node], indexes: list[int], usual: int) -> Form | None:
    """The form that all of these lines have, the first perhaps excepted: it may stand on top of the text."""
    forms = {form_of(nodes, index, usual) for index in indexes[1:]}
    only = next(iter(forms)) if len(forms) == 1 else ("", "")
    return only if only[0] else None


def form_of(nodes: Sequence[Node], index: int, usual: int) -> Form:
    """What sets a line apart from prose: ("caps", ""), ("gap", 4) …; ("", "") where nothing does."""
    node = nodes[index]
    text = node.text
    if node.hint in _HTML:
        return "h", node.hint
    if node.hint == "center" or node.indent >= 12:
        return "center", ""
    if node.runs and all({"strong", "underline"} & set(run.marks) for run in node.runs if run.text.strip()):
        return "strong", ""
    if _FRAMES.get(text[0]) == text[-1] and len(text) > 4 and text.strip("".join(_FRAMES) + "]>").strip():
        return "framed", text[0]
    after = nodes[index + 1] if index + 1 < len(nodes) else None
    if after is not None and after.kind == "break" and after.gap == 0 and not set(after.text) - set("-=~_*"):
        return "underlined", ""
    if text.isupper() and sum(map(str.isalpha, text)) >= 4:
        return "caps", ""
    if usual and node.gap >= usual + 2:
        return "gap", node.gap
    return "", ""


def _stands_apart(nodes: Sequence[Node], index: int) -> bool:
    """Blank lines above it (but on top) and below it, or a page's own elements around it."""
    node, after = nodes[index], nodes[index + 1] if index + 1 < len(nodes) else None
    if after is None or node.hint in _NO_TITLE:
        return False
    if after.kind == "break" and after.gap == 0:
        after = nodes[index + 2] if index + 2 < len(nodes) else after
    return (index == 0 or node.gap > 0 or node.page) and (after.gap > 0 or bool(node.hint))


def may_be_title(text: str, *, comma: bool = False) -> bool:
    """Whether a line may be a chapter's title: it says nothing, sets no scene, states and ends nothing.

    A comma (`London, England`) sets a scene, but where the line has the form of other headings.
    """
    said = tidy(text)
    if not said or len(said) > _LONGEST or said[-1] in ".,;:-–—" or LOWER.match(said[0]) or len(said.split()) > 10:
        return False
    if ("," in said and not comma) or (text[0] in '"“«„' and not said[-1].isalnum()):
        return False
    if _SPEECH.search(said) or is_behind_dash(text) or SLUG.search(said) or not is_title(said) or is_ending(text):
        return False
    return label_line(text) is None and not is_by_line(text)


def _is_called(text: str) -> bool:
    """Whether a heading of a page's own may be a chapter's title: a place and a year are one, a label is none."""
    said = tidy(text)
    if not said or said[-1] in ".,;:" or text[0] in '"“«„' or not any(map(str.isalpha, said)):
        return False
    return labels.find(said) is None and label_line(text) is None and not is_by_line(text) and not is_ending(text)


def is_title_case(text: str) -> bool:
    """`The Boy Who Lied`: every word but the small ones begins with a capital."""
    words = [word for word in tidy(text).split() if word[0].isalpha()]
    return bool(words) and all(word[0].isupper() or word.lower() in SMALL for word in words)


def _told(nodes: Sequence[Node], here: int, after: int, least: int, line: int) -> bool:
    """Whether enough is told between two places, some of it in lines of some length."""
    between: Iterator[int] = (len(node.text) for node in nodes[here + 1 : after] if node.kind in ("", "verse"))
    total, longest = 0, 0
    for length in between:
        total, longest = total + length, max(longest, length)
    return total >= least and longest >= line
