"""Where chapters begin: lines that are headings by themselves, and bare numbers that count from one up.

"Chapter" inside a sentence and a numbered list open none.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ficshelf.model import STATED, Draft, Fact, Node
from ficshelf.passes import (
    bare_titles,
    below_headings,
    close_numbers,
    contents,
    counted_headings,
    east_asian,
    foreword_headings,
    subheadings,
    titles_again,
    top_number,
)
from ficshelf.passes.facts import add_fact
from ficshelf.passes.heading_titles import DECOR, LOWER, OLD_TITLE, tidy
from ficshelf.passes.headings import (
    LONGEST,
    Heading,
    at_end_of_title,
    bare,
    goes_on,
    is_listed,
    named,
    pack,
    parse,
    unpack,
)
from ficshelf.passes.nodes import TERMINAL, cover, join
from ficshelf.passes.title_lines import is_by_line, is_name

_PAGES_OWN = ("h1", "h2", "h3", "h4")  # what a page itself calls headings
_NO_HEADING = frozenset(("li", "table", "pre"))
_TITLES = 3  # of a story that are looked for in its headings
_LONGEST_NUMBER = 16  # characters of a heading that is but a number
_ONE_MORE = re.compile(r"[\W_]*(?:\+\s?(?:1|one)|plus\s+one|(?:and\s+)?(?:the\s+)?one\s+time|and\s+one)[\W_]*", re.I)
_PROSE = 60  # characters that a line of prose has at the least
_LONGEST_CALLED = 80  # characters of a title below a number
_LONGEST_TITLE = 400  # characters of one that tells what happens


def apply(draft: Draft) -> Draft:
    """Mark the lines that open chapters; their nodes' `detail` is what they say, packed."""
    nodes = list(draft.nodes)
    draft = subheadings.set_apart_empty(draft, nodes)
    found = _stated(draft, nodes)
    counted_headings.drop(nodes, found)
    found = _with_those_before(nodes, found)
    titled = any(fact.how == STATED for fact in draft.facts.get("title", ()))
    _add_bare_numbers(nodes, found, top_number.find(nodes, titled=titled))
    bare_titles.add(nodes, found)
    parts = [str(fact.value) for fact in draft.facts.get("part", ())]
    bare_titles.add_titles_below(nodes, found, parts)
    draft, found = _without_authors(draft, found)
    titles_again.add(nodes, found)
    titles_again.add_above(nodes, found)
    foreword_headings.settle(nodes, found)
    draft = contents.set_apart_above(draft, nodes, found)
    draft = below_headings.set_apart_last(draft, nodes, found)
    for index, heading in found.items():
        nodes[index] = nodes[index]._replace(kind="heading", detail=pack(heading))
    draft = below_headings.settle(draft, nodes, found)
    subheadings.part_scenes(nodes, found)
    _underlines(nodes)
    _long_titles(draft.text, nodes)
    return draft._replace(nodes=tuple(nodes))


def _without_authors(draft: Draft, found: dict[int, Heading]) -> tuple[Draft, dict[int, Heading]]:
    """`Chapter 3: The Lamp by Pim`, as eFiction prints it, where the header says that Pim wrote the story, or all the
    chapters say so."""
    authors = {str(fact.value) for fact in draft.facts.get("author", ()) if fact.how == STATED}
    titled = [heading.title for heading in found.values() if heading.title]
    named = [f" {title}".rpartition(" by ")[2] for title in titled if " by " in f" {title}"]
    sure = len(titled) > 1 or (bool(titled) and titled[0].startswith("by "))
    if not authors and sure and len(named) == len(titled) and len(set(named)) == 1 and is_name(named[0]):
        authors.add(named[0])
        first = draft.nodes[next(index for index, heading in found.items() if heading.title)]
        draft = draft._replace(facts=add_fact(draft.facts, "author", Fact(named[0], spans=first.spans)))
    if not named or not authors:
        return draft, found
    return draft, {index: _without_author(heading, authors) for index, heading in found.items()}


def _without_author(heading: Heading, authors: set[str]) -> Heading:
    title, by, author = f" {heading.title or ''}".rpartition(" by ")
    title = title.strip()
    if not by or author not in authors:
        return heading
    again = parse(title)
    if again and again.number == heading.number:
        return again
    return heading._replace(title=title or None)


def _stated(draft: Draft, nodes: list[Node]) -> dict[int, Heading]:
    found: dict[int, Heading] = {}
    page_top = 0
    opened = 0  # lines of the page that may be headings, so far
    of_chapters = _hints_of_chapters(nodes)
    titles = {str(fact.value).casefold() for fact in draft.facts.get("title", ())[:_TITLES] if fact.how == STATED}
    for index, node in enumerate(nodes):
        if node.page:
            page_top, opened = index, 0
        if node.kind:
            if node.kind == "heading":
                found[index] = unpack(node.detail) if node.detail.count("\t") == 3 else named(node.text)
            continue
        opened += 1
        if len(node.text) > LONGEST or node.hint in _NO_HEADING:
            continue
        if not node.gap and index - 1 not in found and goes_on(nodes, index):
            continue  # the rest of the sentence above it
        heading = parse(node.text)
        near = opened <= 4 or (node.gap and titles and any(map(node.text.casefold().__contains__, titles)))
        if heading is None and near and (parted := at_end_of_title(node.text)):
            heading = parted[1] if opened <= 4 or parted[0].casefold() in titles else None
        if heading is None and titles and near and node.text[-1] not in ",;":
            heading = counted_headings.behind_title(node.text, titles)
        if heading is None and node.hint in ("h2", "h3", "h4") and index - page_top <= 3 and node.hint in of_chapters:
            heading = Heading(None, tidy(node.text) or None, 0)
        if (
            heading is None
            and node.hint in _PAGES_OWN
            and (number := bare(node.text))
            and (not number.title or node.text[0] in east_asian.DIGITS)
        ):
            heading = number  # `## IV`
        if heading is None and index - 1 in found and _calls(node, found[index - 1]):
            heading = Heading(None, tidy(node.text) or None, 0)
        if heading and _stands_alone(nodes, index):
            found[index] = heading
    return found


def _calls(node: Node, above: Heading) -> bool:
    """Whether a page's own heading stands below a chapter's number and says what the chapter is called."""
    is_number = above.number is not None and above.title is None
    return is_number and node.hint in ("h2", "h3", "h4", "h5") and len(node.text) <= _LONGEST_CALLED


def _hints_of_chapters(nodes: list[Node]) -> set[str]:
    """Which of a page's own h2 to h4 name chapters: those that the page uses again and again, on top of its parts."""
    alike: dict[str, list[Node]] = {}
    for node in nodes:
        if node.hint in ("h2", "h3", "h4") and not node.kind:
            alike.setdefault(node.hint, []).append(node)
    return {
        hint
        for hint, row in alike.items()
        if len(row) >= 2 and all(len(node.text) <= 80 for node in row) and any(node.page for node in row)
    }


def _stands_alone(nodes: list[Node], index: int) -> bool:
    """A heading has a line to itself."""
    node = nodes[index]
    before = nodes[index - 1] if index else None
    after = nodes[index + 1] if index + 1 < len(nodes) else None
    if after is not None and after.gap == 0 and not after.page and not after.kind and after.text[:1].islower():
        return OLD_TITLE.match(after.text) is not None or is_by_line(after.text)
    if before is not None and before.text.endswith(",") and node.gap <= 1 and not node.page and not before.kind:
        return False
    return not (
        node.text[-1] in ".,;"
        and " " in node.text
        and LOWER.match(node.text.split()[-1][0])
        and len(node.text.split()) > 9
    )


def _add_bare_numbers(nodes: list[Node], found: dict[int, Heading], top: tuple[int, Heading] | None) -> None:
    """`1.`, `II`, `- 3 -`, `Two`, `4. The Fall` open chapters only in a row from one up, with prose between them; or
    from the one on top of the text, which opens a chapter also where none follows."""
    listed = {index: heading for index, heading in found.items() if is_listed(nodes[index].text)}
    marked = _marked(nodes, found)
    if any(
        heading.number and index not in listed and index not in marked and not _is_said_twice(nodes, index, heading)
        for index, heading in found.items()
    ):
        return
    for index in listed:
        del found[index]
    if not found and not top and (without_blanks := close_numbers.find(nodes)):
        found.update(without_blanks)
        return
    row = dict(marked)
    small = 0  # of them begin with a small letter: `3. a door, a window`, seldom
    expected = top[1].number or 1 if top else 1
    last = -2
    if marked:
        last = max(marked)
        expected = (marked[last].number or 0) + 1
    for index, node in enumerate(nodes):
        if node.kind or index in found or len(node.text) > 80 or node.hint in _NO_HEADING:
            continue
        heading = bare(node.text)
        if heading is None or heading.number != expected or (heading.title and not _is_title(heading.title)):
            continue
        is_small = bool(heading.title and LOWER.match(heading.title[0]))
        if is_small and not row and not (top and index == top[0]):
            continue  # of a list within the story
        alone = not heading.title
        if not alone and node.gap == 0 and index:
            continue
        after = nodes[index + 1] if index + 1 < len(nodes) else None
        close = after is not None and after.gap == 0 and after.kind != "break" and not _may_be_below(nodes, index + 1)
        if after is None or (not alone and close) or index - last < 2:
            continue
        if (
            alone
            and node.gap == 0
            and index
            and not nodes[index - 1].kind
            and not _is_framed(nodes, index, first=not row)
        ):
            continue
        row[index] = heading
        small += is_small
        expected, last = expected + 1, index
    found.update(listed)
    if top:
        found[top[0]] = top[1]
        if below := top_number.again(nodes, top[0]):
            found[below] = top[1]
    if (
        len(row) >= 2
        and (2 * small <= len(row) or (top and top[0] in row))
        and _prose_between(nodes, list(row), 30 if len(row) >= 3 else 60)
    ):
        found.update(row)
        _add_one_more(nodes, found, last)
        for index, heading in row.items():
            if index + 1 < len(nodes) and not nodes[index + 1].kind and nodes[index + 1].text == nodes[index].text:
                found[index + 1] = heading  # the archive's, and the author's own


def _marked(nodes: Sequence[Node], found: dict[int, Heading]) -> dict[int, Heading]:
    """The number alone that a site's landmark shows to head the first chapter, where no other number is marked so and
    the same does not stand again below, for the author's own count."""
    first, *others = [index for index, heading in found.items() if heading.number] or [-1]
    if others or first < 0 or nodes[first].kind != "heading" or len(nodes[first].text) > _LONGEST_NUMBER:
        return {}
    number = bare(nodes[first].text)
    if number is None or number.title or number.number != 1:
        return {}
    below = itertools.islice(nodes, first + 1, None)
    if any(node.text == nodes[first].text and not node.kind for node in below):
        return {}
    return {first: found[first]}


def _is_framed(nodes: Sequence[Node], index: int, *, first: bool) -> bool:
    """Whether signs stand around a number (`-- ii --`), and what is told above it has ended its sentence."""
    text = nodes[index].text
    return text[0] in DECOR and text[-1] in DECOR and (first or nodes[index - 1].text[-1:] in TERMINAL)


def _may_be_below(nodes: Sequence[Node], index: int) -> bool:
    """Whether a line right under a numbered title may be none of the story: in brackets, or a by-line."""
    return below_headings.is_dedication(nodes, index) or is_by_line(nodes[index].text)


def _add_one_more(nodes: list[Node], found: dict[int, Heading], last: int) -> None:
    """`+1` behind the five times: a chapter too."""
    for index in range(last + 1, len(nodes)):
        node = nodes[index]
        if not node.kind and node.gap and len(node.text) <= _LONGEST_NUMBER and _ONE_MORE.fullmatch(node.text):
            if index + 1 < len(nodes) and nodes[index + 1].gap:
                found[index] = Heading(None, node.text.strip("*_~- "), 0)
            return


def _is_said_twice(nodes: list[Node], index: int, heading: Heading) -> bool:
    """Whether the archive's own heading, `Chapter 2`, stands above the author's: `II. The Fall`."""
    below = bare(nodes[index + 1].text) if index + 1 < len(nodes) and not nodes[index + 1].kind else None
    return below is not None and below.number == heading.number


def counts_on(nodes: Sequence[Node], index: int) -> bool:
    """Whether a line is the first of headings with bare numbers: `1 - The Kettle`, and `2 - Spoons` further down."""
    first = bare(nodes[index].text)
    if first is None or not (first.title or nodes[index].hint in _PAGES_OWN):
        return False
    return any(_is_next(nodes[index], first, node) for node in itertools.islice(nodes, index + 1, None))


def first_of_count(nodes: Sequence[Node], most: int) -> int:
    """Where, within so many lines from the top, a number one stands alone, or before a title, that a two further down,
    in the same form and with prose between, shows to head the first of the chapters; -1 for nowhere."""
    for index, node in enumerate(itertools.islice(nodes, most)):
        first = _counting(nodes, index)
        if first is None or first.number != 1:
            continue
        told = False
        for place, after in enumerate(itertools.islice(nodes, index + 1, None), index + 1):
            told = told or len(after.text) > _PROSE
            second = _counting(nodes, place) if told and len(after.text) <= _LONGEST_CALLED else None
            alike = second and second.number == 2 and bool(second.title) == bool(first.title)
            if alike and _digits(after) == _digits(node):
                return index
        return -1
    return -1


def _counting(nodes: Sequence[Node], index: int) -> Heading | None:
    """What a bare number says that stands alone between blank lines: `2`, or `2. The Gull` in capitals."""
    node = nodes[index]
    if node.kind or not node.gap or index + 1 >= len(nodes) or not nodes[index + 1].gap or node.hint in _NO_HEADING:
        return None
    if len(node.text) > _LONGEST_CALLED or (heading := bare(node.text)) is None:
        return None
    if not heading.title:
        return heading if len(node.text) <= _LONGEST_NUMBER else None
    return heading if _is_title(heading.title) and bare_titles.is_title_case(heading.title) else None


def _digits(node: Node) -> bool:
    return any(map(str.isdigit, node.text))


def _with_those_before(nodes: Sequence[Node], found: dict[int, Heading]) -> dict[int, Heading]:
    """Where the page itself calls `2 - Spoons` a heading, the `1 - The Kettle` above it, in the same form, is one."""
    first = min((index for index, heading in found.items() if heading.number is not None), default=0)
    if not first or nodes[first].kind != "heading" or nodes[first].hint not in _PAGES_OWN:
        return found
    before: dict[int, Heading] = {}
    later = first
    for index in range(first - 1, -1, -1):
        node = nodes[index]
        if node.kind or node.hint != nodes[later].hint or (heading := bare(node.text)) is None:
            continue
        if _is_next(node, heading, nodes[later]):
            before[index], later = heading, index
    return dict(sorted((found | before).items())) if before else found


def _is_next(node: Node, heading: Heading, after: Node) -> bool:
    """Whether a line has the form of a heading with a bare number, and the number that comes next."""
    if after.hint != node.hint or after.kind not in ("", "heading"):
        return False
    later = bare(after.text)
    return later is not None and later.number == (heading.number or 0) + 1 and bool(later.title) == bool(heading.title)


def _is_title(title: str) -> bool:
    words = len(title.split())
    return words <= (6 if LOWER.match(title[0]) else 10) and title.removesuffix("...")[-1:] not in ".,;:"


def _prose_between(nodes: list[Node], indexes: list[int], least: int) -> bool:
    return all(
        any(len(node.text) > least for node in nodes[here + 1 : after])
        for here, after in zip(indexes, [*indexes[1:], len(nodes)], strict=True)
    )


def _long_titles(layer: str, nodes: list[Node]) -> None:
    """`In which …` goes on over the lines right under it."""
    kept: list[Node] = []
    index = 0
    while index < len(nodes):
        node, end = nodes[index], index + 1
        if node.kind == "heading" and OLD_TITLE.match(node.text):
            while (
                end < min(len(nodes), index + 4) and nodes[end].gap == 0 and not nodes[end].kind and not nodes[end].page
            ):
                end += 1
            joined = join(layer, nodes[index:end], between=" ")
            ended = end == len(nodes) or nodes[end].gap > 0 or nodes[end].kind
            if end > index + 1 and ended and len(joined.text) <= _LONGEST_TITLE:
                node = joined._replace(detail=pack(Heading(None, tidy(joined.text.rstrip(".")), 0)))
            else:
                end = index + 1
        kept.append(node)
        index = end
    nodes[:] = kept


def _underlines(nodes: list[Node]) -> None:
    """A rule right under a heading underlines it: it belongs to the heading."""
    for index in range(1, len(nodes)):
        node, before = nodes[index], nodes[index - 1]
        if node.kind == "break" and before.kind == "heading" and node.gap == 0 and not set(node.text) - set("=-_~*"):
            nodes[index - 1] = before._replace(spans=cover(before.spans + node.spans))
            nodes[index] = node._replace(kind="gone", spans=())
    nodes[:] = [node for node in nodes if node.kind != "gone"]
