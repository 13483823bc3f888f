"""Where a by-line stands below a title, and what it states: `by Tansy`, `by` on a line of its own, a name alone."""

from __future__ import annotations

from ficshelf.model import Node
from ficshelf.passes import credits, headings, title_places
from ficshelf.passes.header_facts import Gathered
from ficshelf.passes.label_lines import label_line
from ficshelf.passes.note_words import SAID
from ficshelf.passes.title_lines import (
    by_line,
    clean_name,
    is_by_alone,
    is_by_line,
    is_by_line_of_group,
    is_handle,
    is_name,
    is_title,
)


def by_line_place(gathered: Gathered, index: int) -> int:
    """Where the by-line stands: at `index`, or below subtitles with no blank line between; 0 for none."""
    for place in range(index, min(index + 4, len(gathered.nodes))):
        node = gathered.nodes[place]
        if node.kind or node.page or len(node.text) > 80:
            return 0
        if is_by_line(node.text) or _is_told_author(gathered, node) or is_by_alone(gathered.nodes, place):
            return place
        if place == index and is_by_line_of_group(node.text):
            return place
        if credits.is_signed(gathered.nodes, place):
            return place
        if place > index and node.gap and not title_places.SUBTITLE.fullmatch(gathered.nodes[place - 1].text):
            return 0
        if (heading := headings.parse(node.text)) and heading.of:
            continue  # `Part 1 of 3`
        if label_line(node.text) or headings.parse(node.text) or SAID.search(node.text) or node.text[-1] == ",":
            return 0  # a poem that goes on, with its poet below
    return 0


def name_place(gathered: Gathered, index: int) -> int:
    """Where a name stands alone right under the title, and header lines below it of which none names the author: a
    name as people call themselves on the net, or any where the header is the Archive of Our Own's; 0 for nowhere."""
    if (
        gathered.authored
        or gathered.states("author")
        or index + 1 >= len(gathered.nodes)
        or gathered.nodes[index].gap > 1
    ):
        return 0
    node = gathered.nodes[index]
    if node.kind or node.page or label_line(node.text) or not header_follows(gathered, index + 1):
        return 0
    if is_handle(node.text) or (gathered.is_ao3 and is_name(node.text) and is_title(node.text)):
        return index
    return 0


def _is_told_author(gathered: Gathered, node: Node) -> bool:
    """Whether a line holds nothing but the name of whom the file itself, or the page, says to be its author."""
    said = node.text.casefold()
    return any(str(fact.value).casefold() == said for fact in gathered.facts.get("author", ()))


def state_by_line(gathered: Gathered, index: int) -> None:
    node = gathered.nodes[index]
    if is_by_alone(gathered.nodes, index):
        below = gathered.nodes[index + 1]
        gathered.add("author", clean_name(below.text), node.spans + below.spans)
        gathered.nodes[index], gathered.nodes[index + 1] = node._replace(kind="fact"), below._replace(kind="fact")
        return
    name, date = by_line(node.text)
    gathered.add("author", clean_name(name), node.spans)
    if date:
        gathered.add("published", date, node.spans)
    gathered.nodes[index] = node._replace(kind="fact")


def header_follows(gathered: Gathered, index: int, *, stated: bool = False) -> bool:
    """A label line within the next two lines, or with `stated` what has been read as one already."""
    near = [node for node in gathered.nodes[index : index + 5] if node.kind not in ("break", "chrome")][:2]
    return any(
        node.kind == "fact" if node.kind else label_line(node.text, misspelt=True)
        for node in near
        if stated or not node.kind
    )
