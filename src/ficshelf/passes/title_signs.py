"""What near a line on top of a text tells that it is the story's title, or what its site is called."""

from __future__ import annotations

import re

from ficshelf.model import Node
from ficshelf.passes import headings, labels, title_places, titles_again
from ficshelf.passes.header_facts import Gathered
from ficshelf.passes.label_lines import label_line
from ficshelf.passes.note_words import SAID
from ficshelf.passes.number_words import fold
from ficshelf.passes.title_lines import by_line_below, is_title, part_of_title, title_and_name
from ficshelf.passes.titles_alike import holds_title, letters

LONGEST = 110  # characters of a line on top that may be a title, a subject, or title and name
_LONGEST_NAME = 40
_LONGEST_HEADING = 80
_LONGEST_SUMMARY = 300
_AGAIN = 24  # lines below a by-line within which the title stands again
_SHORTEST = 4  # characters of it
_FEW = 8  # words of a title that ends with a full stop
_JOINED = re.compile(r",?\s+(?:and|und|et|y|e|en|i|и|&)\s+|,\s+|\s?/\s?")  # what stands between names of labels
_LINKED_TO = frozenset(("warning", "disclaimer", "note", "summary", "spoilers", "feedback"))
_DATED = re.compile(r"\s+\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}$")  # `Title: Doors Closing 10/7/05`


def is_name_alone(text: str) -> bool:
    """Whether a by-line on top is no title: `by Tansy`, `By Carla and Snow`, but not `By Candlelight`."""
    return text[0].islower() or (len(text.split()) > 2 and text.istitle() and text.split()[1][0].isupper())


def names_labels(text: str) -> bool:
    """Whether a line on top says but what stands behind a link: `Warning, Background and Disclaimer`."""
    if len(text) > _LONGEST_NAME or not text[-1].isalpha() or not _JOINED.search(text):
        return False
    known = [labels.find(piece) for piece in _JOINED.split(text)]
    return sum(one is not None and one.names[0] in _LINKED_TO for one in known) > 1


def is_of_page(node: Node, below: Node) -> bool:
    """Whether a page's own heading stands below a line that is none."""
    return below.hint == "h1" and node.hint not in ("h1", "center")


def is_right_above(nodes: list[Node], place: int, by_line: int) -> bool:
    """Whether a line stands right above the by-line, and apart from what stands above it: a site, a series."""
    node = nodes[place]
    if place + 1 != by_line or nodes[by_line].gap or not node.gap or node.hint or not is_title(node.text):
        return False
    return (
        node.text[0].isalnum() and not title_places.SUBTITLE.fullmatch(node.text) and headings.parse(node.text) is None
    )


def stands_again(nodes: list[Node], place: int, by_line: int) -> bool:
    """Whether a line right above the by-line is the title that stands alone once more below the header: the line above
    it says what the site is called."""
    text = nodes[place].text
    if place + 1 != by_line or nodes[place].kind or not is_title(text) or len(text) < _SHORTEST:
        return False
    near = range(by_line + 1, min(len(nodes), by_line + _AGAIN))
    return any(nodes[at].text == text and not nodes[at].kind and nodes[at].gap for at in near)


def is_above_one_line(gathered: Gathered, index: int) -> bool:
    """Whether title and author stand together in the line below."""
    text = gathered.nodes[index].text if index < len(gathered.nodes) else ""
    named = title_and_name(text) if len(text) < LONGEST else None
    return named is not None and gathered.nodes[index].gap == 0 and is_title(named["title"])


def without_stop(title: str) -> str:
    """A title without the full stop behind it, where it is but one sentence of a few words."""
    return title[:-1] if title.endswith(".") and len(title.split()) <= _FEW and ". " not in title else title


def is_labelled_so(gathered: Gathered, title: str) -> bool:
    """Whether a label below says the same title, or none: above `Title: Low Ground` stands what the site is called."""
    labelled = gathered.label_title
    return not letters(labelled) or holds_title(labelled, title) or holds_title(title, labelled)


def is_numbered_title(text: str) -> bool:
    """Whether a line says a chapter's number and its title, and no word of headings: `17. coffee stains`."""
    return (numbered := headings.bare(text)) is not None and bool(numbered.title) and len(text) <= _LONGEST_HEADING


def is_called_so(gathered: Gathered, index: int, heading: headings.Heading, has_lines: bool) -> bool:
    """Whether what reads as the name of a chapter is the story's: `The Last Chapter`, with the by-line right below,
    and a header or a chapter's number near it."""
    by_line = by_line_below(gathered.nodes, index)
    if (heading.number is not None and not heading.counted) or gathered.titled or not by_line:
        return False
    if gathered.states("title"):
        return is_known_title(gathered, gathered.nodes[index].text)
    return has_lines or is_chapter_at(gathered, by_line + 1)


def is_chapter_at(gathered: Gathered, index: int) -> bool:
    """Whether a chapter's heading, with its number, stands there."""
    if index >= len(gathered.nodes) or gathered.nodes[index].kind not in ("", "heading"):
        return False
    heading = headings.parse(gathered.nodes[index].text)
    return heading is not None and heading.number is not None and not heading.counted


def is_known_title(gathered: Gathered, text: str) -> bool:
    title = fold(part_of_title(text)[0].strip(' *_~-="“”'))
    return any(fold(_DATED.sub("", str(fact.value))) == title for fact in gathered.facts.get("title", ()))


def heading_follows(gathered: Gathered, index: int) -> bool:
    near = [node for node in gathered.nodes[index : index + 2] if node.kind != "break"][:1]
    if any(not node.kind and headings.parse(node.text) for node in near):
        return True
    return bool(near) and not near[0].kind and titles_again.heading_below(gathered.nodes, index) > 0


def is_above_heading(gathered: Gathered, index: int) -> bool:
    """Whether a few words stand right under the title, and a chapter's heading, with its number, below them."""
    if index + 1 >= len(gathered.nodes):
        return False
    node = gathered.nodes[index]
    is_near = not node.gap or node.hint in ("h2", "h3", "h4", "h5")
    if node.kind or not is_near or node.page or len(node.text) > _LONGEST_NAME or not is_title(node.text):
        return False
    return not label_line(node.text) and gathered.nodes[index + 1].gap > 0 and is_chapter_at(gathered, index + 1)


def opens_story(gathered: Gathered, index: int) -> bool:
    return index < len(gathered.nodes) and (gathered.nodes[index].kind == "break" or gathered.nodes[index].gap > 0)


def is_summary(gathered: Gathered, index: int) -> bool:
    """Whether a sentence stands right under title and name, a chapter's heading below it: what the story is about."""
    if index + 1 >= len(gathered.nodes):
        return False
    node = gathered.nodes[index]
    if node.kind or node.gap or node.page or len(node.text) > _LONGEST_SUMMARY or node.text[-1] not in ".!?…":
        return False
    return SAID.search(node.text) is None and gathered.nodes[index + 1].gap > 0 and is_chapter_at(gathered, index + 1)


def is_title_markup(node: Node) -> bool:
    return node.hint in ("h1", "h2", "title")
