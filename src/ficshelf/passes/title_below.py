"""What stands between a header and what is told first: the title, the name, rights and a rating, without labels."""

from __future__ import annotations

import itertools
import re

from ficshelf import canon
from ficshelf.passes import bare_titles, forewords, headings
from ficshelf.passes.by_lines import by_line_place, state_by_line
from ficshelf.passes.header_facts import Gathered
from ficshelf.passes.label_lines import is_unknown_label, label_line
from ficshelf.passes.menus import is_date_and_time
from ficshelf.passes.nodes import merge
from ficshelf.passes.note_labels import is_labelled
from ficshelf.passes.note_words import SAID
from ficshelf.passes.rights import disclaims, paragraphs
from ficshelf.passes.sure_titles import is_below_header
from ficshelf.passes.title_block import state_title_line
from ficshelf.passes.title_lines import (
    ADDRESS,
    by_line_below,
    is_alone_below_buttons,
    is_by_line,
    is_rating,
    is_title,
    part_of_title,
    title_and_name,
)
from ficshelf.passes.title_places import is_of_fandom
from ficshelf.passes.title_signs import is_chapter_at, is_known_title
from ficshelf.passes.top_number import MONTHS

_MOST = 12  # lines that are looked at
_LONGEST = 110  # characters of a title line
_HEADER_LINES = 8  # lines of a header without labels that are known
_LONGEST_ADDRESS = 100
_IS_MINE = re.compile(r"\b(?:is|are|all) mine\b", re.I)  # said right below what is not
_NUMBER_BEHIND = re.compile(r"\W{1,3}(\d{1,2})(?:\W{1,3}\d{1,2})?")
_FAR = 2_000  # lines below one within which another month may stand
_LONGEST_MONTH = 20  # characters of a month and a year
_MONTH = re.compile(r"([^\W\d_]{3,10})\.?,? (?:de )?(?:19[89]|20[0-4])\d\.?")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SETTLED = frozenset(("break", "chrome", "fact", "note", "image"))


def state(gathered: Gathered, index: int, *, labelled: bool) -> None:
    """Settle the lines from `index` on, up to the first that tells something. `labelled`: below labels a line with one
    that nobody knows is the story's."""
    nodes = gathered.nodes
    for _ in range(_MOST):
        while index < len(nodes) and nodes[index].kind in _SETTLED:
            index += 1
        if index >= len(nodes) or nodes[index].kind:
            return
        after = rights(gathered, index)
        if not after and _may_be_said(gathered, index):
            after = _foreword(gathered, index)
        after = after or _line(gathered, index, labelled=labelled) or _foreword(gathered, index)
        if after == index or not after:
            return
        index = after


def _may_be_said(gathered: Gathered, index: int) -> bool:
    """Whether what a line in a title's form looks like may be what a foreword is called: `** A word from Peg **`."""
    nodes = gathered.nodes
    text = nodes[index].text
    return not by_line_below(nodes, index) and not is_by_line(text) and text[-1] not in ".!?…" and is_title(text)


def _foreword(gathered: Gathered, index: int) -> int:
    """What the author says between a header and the title with its by-line is a note; the index of that title, 0 where
    none stands below."""
    nodes = gathered.nodes
    if gathered.states("title"):
        return 0
    for place in range(index, min(len(nodes) - 1, index + forewords.MOST)):
        node = nodes[place]
        if node.kind not in _SETTLED and (node.kind or label_line(node.text) or headings.at(nodes, place)):
            return 0
        by_line = 0 if node.kind else by_line_below(nodes, place)
        if place > index and by_line and nodes[by_line].gap <= 1 and node.gap and is_title(node.text):
            between = [at for at in range(index, place) if not nodes[at].kind]
            if not forewords.is_foreword([nodes[at].text for at in between], above_title=True):
                return 0
            for at in between:
                nodes[at] = nodes[at]._replace(kind="note")
            return place
    return 0


def rights(gathered: Gathered, index: int) -> int:
    """State a paragraph that disclaims; the index behind it, 0 for none."""
    lines, text = next(paragraphs(gathered.nodes, index))
    below = index > 0 and gathered.nodes[index - 1].kind == "fact" and not gathered.nodes[index].gap
    if label_line(text) is not None or not (disclaims(text) or (below and _IS_MINE.search(text))):
        return 0
    gathered.add("disclaimer", text, merge(gathered.layer, [one for at in lines for one in gathered.nodes[at].spans]))
    for at in lines:
        gathered.nodes[at] = gathered.nodes[at]._replace(kind="fact")
    return lines.stop


def _line(gathered: Gathered, index: int, *, labelled: bool) -> int:
    """State one line, and the by-line below it; the index behind them, 0 for a line that states nothing."""
    nodes = gathered.nodes
    node = nodes[index]
    if headings.at(nodes, index):
        below = index + 1
        if below < len(nodes) and not nodes[below].kind and is_by_line(nodes[below].text) and _is_unnamed(gathered):
            state_by_line(gathered, below)
        return 0
    if index and nodes[index - 1].kind in ("fact", "chrome") and _of_header(gathered, index, labelled=labelled):
        return index + 1
    if len(node.text) > _LONGEST:
        return 0
    if is_by_line(node.text) and _is_unnamed(gathered):
        state_by_line(gathered, index)
        return index + 1
    if len(node.text) > 1 and is_rating(node.text) and not gathered.states("rating"):
        return gathered.state_ratings_line(index)
    if gathered.states("title"):
        if (numbered := headings.at_end_of_title(node.text)) and is_known_title(gathered, numbered[0]):
            return index + 1  # `The Ford: Part One`, which is a heading too
        if (number := _behind_title(gathered, node.text)) is not None:
            nodes[index] = node._replace(kind="heading", detail=headings.pack(headings.Heading(number, None)))
            return index + 1
        if is_known_title(gathered, node.text):
            state_title_line(gathered, index, *part_of_title(node.text), "")
            return _behind_by_line(gathered, index + 1)
        if (parted := title_and_name(node.text)) and is_known_title(gathered, parted["title"]):
            state_title_line(gathered, index, *part_of_title(parted["title"]), parted["name"])
            return index + 1
        return 0
    counted = headings.bare(node.text)
    if not is_title(node.text) or index + 1 >= len(nodes) or (counted and counted.title):
        return 0
    by_line = by_line_place(gathered, index + 1) == index + 1
    heads = not nodes[index + 1].gap and is_chapter_at(gathered, index + 1)
    if by_line or heads or is_alone_below_buttons(nodes, index) or _is_alone(gathered, index):
        state_title_line(gathered, index, *part_of_title(node.text), "")
        return _behind_by_line(gathered, index + 1)
    return 0


def _behind_title(gathered: Gathered, text: str) -> int | None:
    """The number that stands behind the story's title, and nothing else: `The Ford 3`, `THE FORD 1 » 1`."""
    if not text[-1:].isdigit():
        return None
    for fact in gathered.facts.get("title", ()):
        title = str(fact.value).casefold()
        if text.casefold().startswith(title) and (found := _NUMBER_BEHIND.fullmatch(text[len(title) :])):
            return int(found[1])
    return None


def _of_header(gathered: Gathered, index: int, *, labelled: bool) -> bool:
    """Settle a line below others of a header that has the form of one: any label, an address, a fandom's name."""
    node = gathered.nodes[index]
    line = label_line(node.text)
    if canon.titled(node.text) and " " in node.text and not gathered.states("fandom"):
        gathered.add_line(index, "fandom")
    elif is_of_fandom(node.text) or (labelled and _is_month_of_writing(gathered, index)):
        gathered.set_apart(index, "header line")
        gathered.silent += node.spans
    elif is_date_and_time(node.text):
        gathered.set_apart(index, "post's head")
    elif labelled or SAID.search(node.text) or is_labelled(node.text) or not _goes_on(gathered, index):
        return False
    elif line is not None and line.strong and line.value:
        gathered.take(line.label.names, line.value, node.spans)
        gathered.nodes[index] = node._replace(kind="fact")
    elif _has_address(node.text):
        gathered.set_apart(index, "e-mail address")
        gathered.reached += node.spans
    elif is_unknown_label(node.text) and not (node.text[-1] == ":" and headings.at(gathered.nodes, index + 1)):
        gathered.set_apart(index, "header line")
        gathered.silent += node.spans
    else:
        return False
    return True


def _is_month_of_writing(gathered: Gathered, index: int) -> bool:
    """Whether a month and a year alone stand right below the by-line of a header: `May 2008`. Where such lines come
    again they say when scenes happen."""
    nodes = gathered.nodes
    if len(nodes[index].text) > _LONGEST_MONTH or not (found := _MONTH.fullmatch(nodes[index].text)):
        return False
    named = {span for fact in gathered.facts.get("author", ()) for span in fact.spans}
    if found[1].lower() not in MONTHS or named.isdisjoint(nodes[index - 1].spans):
        return False
    below = itertools.islice(nodes, index + 1, index + _FAR)
    further = (node.text for node in below if not node.kind and len(node.text) <= _LONGEST_MONTH)
    return not any(map(_YEAR.search, further))


def _goes_on(gathered: Gathered, index: int) -> bool:
    """Whether a chapter's heading or a by-line stands below lines of a header's form, this one the first of them."""
    nodes = gathered.nodes
    for place in range(index, min(len(nodes), index + _HEADER_LINES)):
        text = nodes[place].text
        if headings.at(nodes, place) or is_by_line(text):
            return True
        if nodes[place].kind or not (is_unknown_label(text) or _has_address(text) or label_line(text)):
            return False
    return False


def _has_address(text: str) -> bool:
    """Whether a line, short as such lines are, says how to write to the author."""
    return len(text) <= _LONGEST_ADDRESS and ADDRESS.search(text) is not None


def _is_unnamed(gathered: Gathered) -> bool:
    return not gathered.authored and not gathered.states("author")


def _behind_by_line(gathered: Gathered, index: int) -> int:
    """State the by-line where one stands there; the index behind it."""
    if index < len(gathered.nodes) and by_line_place(gathered, index) == index:
        state_by_line(gathered, index)
        while index < len(gathered.nodes) and gathered.nodes[index].kind == "fact":
            index += 1
    return index


def _is_alone(gathered: Gathered, index: int) -> bool:
    """Whether a line alone below a header is the story's title: above a chapter's heading, or by its form."""
    nodes = gathered.nodes
    if not nodes[index].gap or bare_titles.SLUG.search(nodes[index].text):
        return False
    if nodes[index + 1].gap and not nodes[index + 1].kind:
        below = headings.parse(nodes[index + 1].text) or headings.bare(nodes[index + 1].text)
        if below is not None and below.number is not None and bare_titles.may_be_title(nodes[index].text):
            return True
    return is_below_header(nodes, index)
