"""The title block: a bare title, subtitles, a by-line and a rating, above the labels, below them or without any; what
near them says so is in title_signs."""

from __future__ import annotations

import re

from ficshelf import canon
from ficshelf.model import Node
from ficshelf.passes import chapters, credits, headings, title_places, title_signs
from ficshelf.passes.by_lines import by_line_place, header_follows, name_place, state_by_line
from ficshelf.passes.header_facts import Gathered
from ficshelf.passes.heading_titles import untagged
from ficshelf.passes.label_lines import label_line, marked_label
from ficshelf.passes.sure_titles import is_banner, is_host, is_sure
from ficshelf.passes.title_lines import (
    MAIL_TAG,
    clean_name,
    continued,
    is_by_line,
    is_handle,
    is_menu,
    is_rating,
    is_title,
    name_and_rating,
    part_of_title,
    subject_facts,
    title_and_name_above_buttons,
    without_reply_marks,
)
from ficshelf.passes.titles_alike import letters

_BOOKS = frozenset(("book", "volume", "vol", "tome", "livre", "libro", "livro", "buch", "band", "книга", "том"))
_EPISODE = re.compile(r"(?<=\S)\s?[-–—:,]\s?S\d{1,2}E\d{1,3}$", re.I)  # `The Ford - S02E04`
_UNDERLINES = frozenset("=-_~*")


def state_title(gathered: Gathered, start: int, stop: int, has_lines: bool) -> int:
    """A bare title line and a by-line on top of the first page; the index of the node after them."""
    index = _below_first_lines(gathered, start, stop)
    if index >= len(gathered.nodes) or index >= stop + 1:
        return start
    node = gathered.nodes[index]
    if node.kind or label_line(node.text, misspelt=True) or marked_label(node) or len(node.text) > title_signs.LONGEST:
        return start
    if not gathered.label_title and not gathered.states("title") and not node.hint:
        title_at, named_at = title_places.find(gathered.nodes, index)
        if title_at >= 0:
            return _state_among(gathered, index, title_at, named_at)
    heading = headings.parse(node.text)
    if not heading and _state_subject(gathered, index):
        return index + 1
    if _state_with_chapter(gathered, index) or (gathered.of_chapter and title_signs.is_numbered_title(node.text)):
        return start
    if heading and not title_signs.is_called_so(gathered, index, heading, has_lines):
        return start
    if heading and not is_by_line(gathered.nodes[index + 1].text):  # a post's subject, and below it the same again
        state_title_line(gathered, index, node.text, "", "")
        index += 1
    named_alone = gathered.states("title") or (not gathered.authored and title_signs.is_name_alone(node.text))
    if named_alone and "author" not in gathered.facts and is_by_line(node.text):
        state_by_line(gathered, index)
        return index + 1
    after = _below_underline(gathered.nodes, index)
    by_line = by_line_place(gathered, after) or name_place(gathered, after)
    if place := _title_further_down(gathered, index, by_line):
        gathered.set_apart(index, "above the header")
        return state_title(gathered, place, stop, has_lines)
    return (
        (by_line and _state_above_by_line(gathered, index, after, by_line))
        or _state_in_one_line(gathered, index, after, has_lines)
        or _state_alone(gathered, index, after, has_lines)
        or start
    )


def _below_first_lines(gathered: Gathered, start: int, stop: int) -> int:
    """Set apart the banner and the menus above a title, and take a rating there; the index of what stands below."""
    index = _below_banner(gathered, start)
    while index < min(stop, len(gathered.nodes)):
        node = gathered.nodes[index]
        if not node.kind and (is_menu(node.text) or title_signs.names_labels(node.text)):
            gathered.set_apart(index, "navigation")
        elif not node.kind and len(node.text) > 1 and is_rating(node.text.removeprefix("Rated ")):
            gathered.state_ratings_line(index)
        elif node.kind not in ("break", "chrome", "fact", "image", "note"):
            break
        index += 1
    return index


def _state_subject(gathered: Gathered, index: int) -> bool:
    """State what a post's subject says, behind a tag in brackets; False where there is none."""
    node = gathered.nodes[index]
    is_post = node.text[:1] == "[" and untagged(node.text) == node.text
    if not is_post or gathered.states("title") or not MAIL_TAG.match(node.text):
        return False
    stated = subject_facts(gathered.facts, node.text, node.spans)
    if "title" not in stated:
        return False
    gathered.facts = stated
    gathered.nodes[index] = node._replace(kind="fact")
    _title_again(gathered, index + 1)
    return True


def _state_with_chapter(gathered: Gathered, index: int) -> bool:
    """State the title in a line that a chapter's number ends, and the by-line below it; the line itself stays the
    chapter's heading. False where it is none: `The Ford - Part 2/5` above a by-line is a title with its part."""
    node = gathered.nodes[index]
    by_line = by_line_place(gathered, index + 1)
    if (by_line and part_of_title(node.text)[1]) or not (parted := headings.at_end_of_title(node.text)):
        return False
    if by_line == index + 1 and parted[1].level == 1 and parted[1].word in _BOOKS and parted[1].title:
        return False  # a volume of a cycle is a work: `The Harbour Cycle - Book 2: Salt`
    if not gathered.states("title"):
        gathered.add("title", _EPISODE.sub("", parted[0]), node.spans)
    if by_line and not gathered.states("author") and by_line <= index + 2:
        state_by_line(gathered, by_line)
        if by_line == index + 2:
            below = gathered.nodes[index + 1]
            if letters(below.text) == letters(parted[0]):
                state_title_line(gathered, index + 1, below.text, "", "")
            else:
                gathered.nodes[index + 1] = _called(below)
    return True


def _below_underline(nodes: list[Node], index: int) -> int:
    """The index below a title, or below the rule that underlines it."""
    after = index + 1
    if after < len(nodes) and nodes[after].kind == "break" and not set(nodes[after].text) - _UNDERLINES:
        after += nodes[after].gap == 0
    return after


def _title_further_down(gathered: Gathered, index: int, by_line: int) -> int:
    """Where the title stands between a line that says what the site is called and the by-line; 0 for nowhere."""
    for place in range(index + 1, by_line):
        below = gathered.nodes[place]
        is_called = bool(gathered.called) and letters(below.text) == letters(gathered.called)
        if (
            is_called
            or title_signs.is_right_above(gathered.nodes, place, by_line)
            or title_signs.stands_again(gathered.nodes, place, by_line)
            or title_signs.is_of_page(gathered.nodes[index], below)
        ):
            return place
    return 0


def _state_above_by_line(gathered: Gathered, index: int, after: int, by_line: int) -> int:
    """State a title and its by-line, what stands between them and what is said below; the index below it, 0 where the
    line is no title."""
    title, part = part_of_title(gathered.nodes[index].text)
    if not gathered.states("title") and title_places.is_no_title(title):
        gathered.set_apart(index, "above the header")
        gathered.silent += gathered.nodes[index].spans
        state_by_line(gathered, by_line)
        return credits.state_below(gathered, by_line + 1)
    if not (is_title(title) or is_title(title_signs.without_stop(title)) or gathered.is_ao3):
        return 0
    state_title_line(gathered, index, title, part, "")
    state_by_line(gathered, by_line)
    _underline(gathered, index + 1, after)
    for place in range(after, by_line):
        if counted := part_of_title(f"{title}, {gathered.nodes[place].text}")[1]:
            gathered.add_line(place, "part", counted)
        else:
            _state_subtitle(gathered, place)
    return credits.state_below(gathered, by_line + 1)


def _state_in_one_line(gathered: Gathered, index: int, after: int, has_lines: bool) -> int:
    """State title and author that stand in one line; the index below it, 0 where they do not."""
    found = title_and_name_above_buttons(gathered.nodes, index)
    if not found or not is_title(found["title"]) or chapters.counts_on(gathered.nodes, index):
        return 0
    is_summary = title_signs.is_summary(gathered, after)
    if not (
        has_lines
        or is_summary
        or title_signs.opens_story(gathered, after)
        or title_signs.heading_follows(gathered, after)
    ):
        return 0
    if gathered.states("title") and not title_signs.is_known_title(gathered, found["title"]):
        return 0
    name, rating = name_and_rating(found["name"])
    if rating:
        gathered.add("rating", rating, gathered.nodes[index].spans)
    title, part = part_of_title(found["title"])
    if not part:
        name, part = part_of_title(name)  # `Smoke by A (4 of 5)`
    state_title_line(gathered, index, title, part, name)
    if is_summary:
        gathered.add_line(after, "summary")
    return after + is_summary


def _state_alone(gathered: Gathered, index: int, after: int, has_lines: bool) -> int:
    """State a title without a by-line, where something else near it says that it is one; the index below it, 0 where
    nothing does."""
    node = gathered.nodes[index]
    again = continued(node.text)
    title, part = (again, "") if again else part_of_title(node.text)
    if (
        not is_title(title)
        or is_host(title)
        or gathered.states("title")
        or title_signs.is_above_one_line(gathered, after)
        or not title_signs.is_labelled_so(gathered, title)
        or chapters.counts_on(gathered.nodes, index)
    ):
        return 0
    above_heading = False  # whether one more line stands between the title and a chapter's heading
    if not (
        header_follows(gathered, after, stated=True)
        or part
        or again
        or title_signs.heading_follows(gathered, after)
        or (above_heading := title_signs.is_above_heading(gathered, after))
        or (title_signs.is_title_markup(node) and not (node.hint == "title" and gathered.titled))
        or (after == index + 2 and node.text[-1] not in ".,;:")
        or (not has_lines and is_sure(gathered.nodes, index, gathered.path, gathered.called))
    ):
        return 0
    state_title_line(gathered, index, title, part, "")
    _underline(gathered, index + 1, after)
    if above_heading and is_handle(gathered.nodes[after].text):
        gathered.add_line(after, "author")
    elif above_heading:
        gathered.set_apart(after, "subtitle")
    return after


def _state_subtitle(gathered: Gathered, place: int) -> None:
    """Settle a line between title and by-line: a fandom's name alone is the fandom, anything else a subtitle."""
    node = gathered.nodes[place]
    if canon.titled(node.text) and not gathered.names_fandom and not gathered.states("fandom"):
        gathered.add_line(place, "fandom", node.text.strip("()[]* "))
    else:
        gathered.set_apart(place, "subtitle")


def _state_among(gathered: Gathered, start: int, title: int, by_line: int) -> int:
    """State a title and a by-line that stand among other lines; the index of the node after them."""
    for place in range(start, by_line):
        if place != title and not gathered.nodes[place].kind:
            gathered.set_apart(place, "above the header" if place < title else "subtitle")
    state_title_line(gathered, title, *part_of_title(gathered.nodes[title].text), "")
    state_by_line(gathered, by_line)
    return credits.state_below(gathered, by_line + 1)


def _called(node: Node) -> Node:
    """The line below a title and a chapter's number that says what the chapter is called."""
    return node._replace(kind="heading", detail=headings.pack(headings.Heading(None, node.text, 0)))


def _below_banner(gathered: Gathered, start: int) -> int:
    """A site's banner between rules on top is set apart; the index of what stands below it."""
    above, banner, below = (gathered.nodes[start + place : start + place + 1] for place in range(3))
    if not (above and banner and below) or banner[0].kind or not is_banner(banner[0].text):
        return start
    if not above[0].kind == below[0].kind == "break":
        return start
    for place in range(3):
        gathered.set_apart(start + place, "banner")
    return start + 3


def _title_again(gathered: Gathered, index: int) -> None:
    """Under a post's subject the author's own title, with the by-line."""
    for place in range(index, min(index + 4, len(gathered.nodes))):
        node = gathered.nodes[place]
        if not node.kind and title_signs.is_known_title(gathered, node.text):
            state_title_line(gathered, place, *part_of_title(node.text), "")
            if by_line := by_line_place(gathered, place + 1):
                state_by_line(gathered, by_line)
                for between in range(place + 1, by_line):
                    gathered.set_apart(between, "subtitle")
            return


def _underline(gathered: Gathered, start: int, end: int) -> None:
    for index in range(start, end):
        gathered.set_apart(index, "underline of the title")


def state_title_line(gathered: Gathered, index: int, title: str, part: str, author: str) -> None:
    spans = gathered.nodes[index].spans
    title = MAIL_TAG.sub("", untagged(title.strip()).strip("*_~=- ")) or title
    title = title.strip("*_~=- ").removeprefix("# ").strip('"“”').strip()
    gathered.add("title", gathered.without_codes(without_reply_marks(title), spans), spans)
    if part:
        gathered.add("part", part, spans)
    if author:
        gathered.add("author", clean_name(author), spans)
    gathered.nodes[index] = gathered.nodes[index]._replace(kind="fact")
