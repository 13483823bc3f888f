"""What a text holds around the story: lines of the site it was copied from, comments below it, a member's signature.

Pages of HTML are freed of most of it by their readers, mail by `mail`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from ficshelf.model import Chrome, Draft, Fact, Facts, Node
from ficshelf.passes import comments, ends, headings, label_alone
from ficshelf.passes.facts import add_fact
from ficshelf.passes.label_lines import label_line
from ficshelf.passes.nodes import cut, heading_level
from ficshelf.passes.site_words import Sure, buttons_behind, is_stamp, sureness
from ficshelf.passes.title_lines import ADDRESS, is_by_line, title_and_name

_TOP = 60  # lines from the top among which a site's own may stand
_FOOT = 40  # lines from the foot
_OTHERS = 8  # lines between them and the top that are neither theirs nor a header's
_OTHERS_BELOW = 3  # lines between them and the foot
_TOLD = 40  # characters of a sentence that tells something
_LONG = 200  # characters of a line that stands in no header without a label
_SHORT = 40  # characters of a line between a site's own
_COUNTED = re.compile(r"C(?:hapters|HAPTERS)\s[-–—]{1,2}\s\d{1,3}/[\d?]{1,3}")  # a label with a dash
_THE_STORYS = frozenset(("title", "author", "rating"))  # what labels state though a site's words stand behind them
_MENU = 3  # names of pages below each other that are a menu
_WITHIN = 60  # characters of a site's line between two pages of a text
_SIGNATURE = 5  # lines that a signature may have, with the rule above it
_ADDRESSED = re.compile(r"https?://|www\.", re.I)
_POSTED_AT = re.compile(r"@\s*(?P<date>\d{4}-\d\d-\d\d)(?: \d\d:\d\d(?::\d\d)?)?(?: [ap]m)?", re.I)
_ARCHIVED_AT = re.compile(r"This story (?:is )?archived at:? (?P<url>https?://\S+?)\.?", re.I)
_OF_SITE = re.compile(
    r"^\W*(?:disclaimer:? )?(?:all publicly recogni[sz]able characters|[^\n]{0,200}\bthese pages and the stories "
    r"on them)|"
    r"\bthis (?:web ?)?(?:site|archive) is (?:in no way|not) (?:affiliated|associated|connected|endorsed|sponsored)|"
    r"^(?:this )?(?:page )?(?:was )?last (?:updated|modified)\b[^\n]{1,60}$",
    re.I,
)
_BUTTON = re.compile(
    r"(?:Follow/Fav\s*|Fanfic / Fanfiction\s+|[<«]\s*Prev(?:ious)?\s+(?=\d))"
    r"(?P<beside>(?:(?P<number>\d{1,3})\.\s+)?(?P<title>\S[^\n<>»|]{0,80}?))(?:\s+Next\s*[>»])?$"
)
_BUTTON_BEGINS = frozenset("<«F")
_PAGE_NUMBER = re.compile(r"[\W_]*(?:page|p\.|pg\.?|seite|s\.|página|pagina|стр\.?)\s*(?P<number>\d{1,4})[\W_]*", re.I)
_SHORTEST = 16  # characters of a line that is but a page's number
_LAST = 6  # lines at the foot among which a site says whose it is
_SPEECH = 800  # characters that it needs for it
_ENDS_SENTENCE = '.!?…"”’»*~)'
_GOES_ON = '.,;:!?…"”'  # at the end of a line within a story


def apply(draft: Draft) -> Draft:
    """Set apart as chrome what the site left, what readers said below the story, and signatures."""
    nodes = list(draft.nodes)
    if not nodes:
        return draft
    chrome = list(draft.chrome)
    facts = draft.facts

    def set_apart(places: Iterable[int], reason: str) -> None:
        for index in places:
            if not nodes[index].kind:
                nodes[index] = nodes[index]._replace(kind="chrome")
                chrome.extend(Chrome(span, reason) for span in nodes[index].spans)

    nodes = [*_parted(draft.text, nodes[:_TOP]), *nodes[_TOP:]]
    typed = not nodes[0].hint
    if typed:
        set_apart(range(comments.start(nodes), len(nodes)), "comments")
    short = [index for index, node in enumerate(nodes) if 0 < len(node.text) <= _WITHIN]
    top, foot = _top(nodes), _foot(nodes)
    set_apart([*top, *foot], "navigation")
    set_apart(_between_pages(nodes, short, max(top, default=0) + 1), "navigation")
    set_apart(_page_numbers(nodes, short), "page number")
    set_apart(_stamps(nodes, short), "post's head")
    set_apart(_numbered_posts(nodes, short), "post's head")
    if typed:
        set_apart(_banner(nodes), "site's name")
        if start := _signature(draft):
            set_apart(range(start, len(nodes)), "signature")
        set_apart(_site_speaks(nodes), "site's own words")
        facts = _archived_at(nodes, facts)
        for index in top:
            below = nodes[index + 1] if index + 1 < len(nodes) else nodes[index]
            if not below.kind and (posted := _POSTED_AT.fullmatch(below.text)):
                facts = add_fact(facts, "published", Fact(posted["date"], spans=below.spans))
                nodes[index + 1] = below._replace(kind="fact")
    return draft._replace(nodes=tuple(nodes), facts=facts, chrome=tuple(chrome))


def _parted(layer: str, nodes: Sequence[Node]) -> Iterator[Node]:
    """Lines on top, those with buttons parted from what they stand beside: `Follow/Fav The Ford`, `< Prev 2. Oil`,
    `The Ford by Ann [Reviews - 17] Printer`."""
    begun = False
    for index, node in enumerate(nodes):
        near = not begun and not node.kind and node.text[:1] in _BUTTON_BEGINS
        begun = begun or _is_told(nodes, index)
        if not begun and not node.kind and (at := _buttons_behind(node.text)):
            said, buttons = cut(layer, node, at)
            yield said
            yield buttons._replace(gap=0)
            continue
        found = _BUTTON.match(node.text) if near else None
        if found is None:
            yield node
            continue
        button, beside = cut(layer, node, found.start("beside"))
        yield button
        if found["number"]:
            named = headings.Heading(int(found["number"]), found["title"], 0)
            beside = beside._replace(kind="heading", detail=headings.pack(named))
        yield beside


def _buttons_behind(text: str) -> int:
    """Where a site's buttons begin behind a title and its author's name; 0 for nowhere."""
    if not any(sign in text for sign in ("[", "(", "|", "  ")) or " by " not in text.lower() or len(text) > _LONG:
        return 0
    at = buttons_behind(text)
    return at if at and title_and_name(text[:at].rstrip()) else 0


def _site_speaks(nodes: Sequence[Node]) -> list[int]:
    """What a site says at the foot of its pages: whose its pages are, and that it means no harm."""
    told = next((index for index in range(len(nodes)) if _is_told(nodes, index)), len(nodes))
    return [
        index
        for index in range(max(told + 1, len(nodes) - _LAST), len(nodes))
        if len(nodes[index].text) < _SPEECH and not nodes[index].kind and _OF_SITE.search(nodes[index].text)
    ]


def _page_numbers(nodes: Sequence[Node], short: Iterable[int]) -> list[int]:
    """The numbers of a printed zine's pages among the short lines: `Page 41`, and `Page 42` further down."""
    places: list[int] = []
    numbers: list[int] = []
    for index in short:
        node = nodes[index]
        if len(node.text) <= _SHORTEST and not node.kind and (found := _PAGE_NUMBER.fullmatch(node.text)):
            places.append(index)
            numbers.append(int(found["number"]))
    counts_on = len(numbers) >= _MENU and all(after == here + 1 for here, after in itertools.pairwise(numbers))
    return places if counts_on else []


def _stamps(nodes: Sequence[Node], short: Sequence[int]) -> list[int]:
    """When each post of a thread was posted, where the first stands on top: what a story shows has its own above it."""
    stamps = [index for index in short if is_stamp(nodes[index].text)]
    return stamps if stamps and stamps[0] <= _MENU else []


def _numbered_posts(nodes: Sequence[Node], short: Sequence[int]) -> list[int]:
    """The heads of a thread's posts, which end with their numbers (`#12`): from the first line that stands in each of
    them, such as the member's name; from the second post on with the buttons of the post above."""
    marks = [index for index in short if nodes[index].text[0] == "#" and nodes[index].text[1:].isdecimal()]
    numbers = [int(nodes[index].text[1:]) for index in marks]
    if len(marks) < 2 or any(after <= here for here, after in itertools.pairwise(numbers)):
        return []
    heads: list[range] = []
    for mark in marks:
        start = mark
        while start and not nodes[start].gap and len(nodes[start - 1].text) <= _WITHIN:
            if nodes[start - 1].text[-1:] in _GOES_ON:
                break
            start -= 1
        heads.append(range(start, mark + 1))
    shared = set.intersection(*({nodes[index].text for index in head} for head in heads))
    shared = {text for text in shared if any(map(str.isalpha, text))}
    if not shared:
        return []
    first = next(index for index in heads[0] if nodes[index].text in shared)
    return [*range(first, heads[0].stop), *(index for head in heads[1:] for index in head)]


def _archived_at(nodes: list[Node], facts: Facts) -> Facts:
    """The address that a printed page ends with."""
    for index in range(max(0, len(nodes) - _LAST), len(nodes)):
        if not nodes[index].kind and (found := _ARCHIVED_AT.fullmatch(nodes[index].text)):
            facts = add_fact(facts, "url", Fact(found["url"], spans=nodes[index].spans))
            nodes[index] = nodes[index]._replace(kind="fact")
    return facts


def _sure(node: Node) -> Sure:
    if node.kind or heading_level(node):
        return Sure.NOT
    sure = sureness(node.text)
    if sure and ":" in node.text and (line := label_line(node.text)) and line.label.names[0] in _THE_STORYS:
        return Sure.NOT  # `Title: Small Print`, `Rating: Adult`
    if sure and _COUNTED.fullmatch(node.text):
        return Sure.NOT
    return sure


def _top(nodes: Sequence[Node]) -> list[int]:
    """The site's lines above the story and among its header."""
    said: dict[int, Sure] = {}
    others = 0
    for index, node in enumerate(nodes[:_TOP]):
        if sure := _sure(node):
            if not (index + 1 < len(nodes) and is_by_line(nodes[index + 1].text)):  # above it the title stands
                said[index] = sure
        elif not node.kind and not label_line(node.text) and not label_alone.is_value(nodes, index):
            others += 1
            if _tells(nodes, index) or others > _OTHERS:
                break
    found = []
    _fill(said, nodes)
    for run in _runs(said, nodes):
        menu = run[0] <= _MENU and len({nodes[index].text for index in run}) >= _MENU
        if menu or any(said[index] >= Sure.AT_EDGES for index in run):
            found += run
    return found


def _foot(nodes: Sequence[Node]) -> list[int]:
    """The site's lines below the story."""
    said: dict[int, Sure] = {}
    others = 0
    last = told_below = 0
    for index in range(len(nodes) - 1, max(0, len(nodes) - 1 - _FOOT), -1):
        if sure := _sure(nodes[index]):
            said[index] = sure
            last = last or index
        elif not nodes[index].kind:
            others += 1
            if others > _OTHERS_BELOW:
                break
            told_below = told_below or (index if _tells(nodes, index) else 0)
            last = last or index
    found = []
    _fill(said, nodes)
    for run in _runs(said, nodes):
        above = nodes[run[0] - 1]
        closes = run[-1] == last and len({nodes[index].text for index in run}) > 1 and nodes[run[0]].gap > 0
        told = above.kind or above.text[-1:] in _ENDS_SENTENCE or ends.is_ending(above.text)
        its_own = any(said[index] >= Sure.AT_EDGES for index in run) and (len(run) > 1 or run[0] > told_below)
        if its_own or (closes and told):
            found += run
    return found


def _between_pages(nodes: Sequence[Node], short: Iterable[int], start: int) -> list[int]:
    """The site's lines, which are short, between the pages of a text that was put together of several, and those that
    stand nowhere else than on a site's page."""
    said: dict[int, Sure] = {}
    for index in short:
        node = nodes[index]
        if index < start or (node.text[-1] in _GOES_ON and index > _TOP):
            continue
        if (sure := _sure(node)) and not (index + 1 < len(nodes) and is_by_line(nodes[index + 1].text)):
            said[index] = sure
    found = [index for index, sure in said.items() if sure == Sure.ANYWHERE]
    for run in _runs(said, nodes):
        if any(said[index] >= Sure.AT_EDGES for index in run) and _begins_page(nodes, run[-1] + 1):
            found += run
    return found


def _tells(nodes: Sequence[Node], index: int) -> bool:
    """Whether a line, which is no header's, is a sentence, or so long that it is no line of a site."""
    text = nodes[index].text
    stands_apart = nodes[index].gap > 0 or not index
    return len(text) > _LONG or (len(text) > _TOLD and stands_apart and text[-1] in _GOES_ON)


def _is_told(nodes: Sequence[Node], index: int) -> bool:
    return not nodes[index].kind and _tells(nodes, index) and label_line(nodes[index].text) is None


def _fill(said: dict[int, Sure], nodes: Sequence[Node]) -> None:
    """Count a short line right between two of a site's as one, too: `Hi, tern!`"""
    for index in sorted(said):
        if index + 2 in said and index + 1 not in said and not nodes[index + 1].kind:
            between, below = nodes[index + 1], nodes[index + 2]
            if between.gap or below.gap or len(between.text) > _SHORT:
                continue
            if label_line(between.text) or title_and_name(between.text) or headings.parse(between.text):
                continue
            header = label_line(nodes[index + 3].text) if index + 3 < len(nodes) else None
            names_the_story = header is not None and header.label.names[0] != "title"  # right above its header
            if headings.bare(between.text) is None and not names_the_story:
                said[index + 1] = Sure.IN_COMPANY


def _runs(said: dict[int, Sure], nodes: Sequence[Node]) -> list[list[int]]:
    """Lines of a site that stand together, with nothing else between them."""
    runs: list[list[int]] = []
    for index in sorted(said):
        if runs and all(nodes[place].kind for place in range(runs[-1][-1] + 1, index)):
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _begins_page(nodes: Sequence[Node], index: int) -> bool:
    """Whether a page of the text begins here: with a heading, a header line, a title with its author."""
    for node in nodes[index : index + 2]:
        if node.page or node.kind == "heading" or headings.parse(node.text):
            return True
        if (
            label_line(node.text)
            or is_by_line(node.text)
            or (len(node.text) < 2 * _WITHIN and title_and_name(node.text))
        ):
            return True
    return False


def _banner(nodes: Sequence[Node]) -> list[int]:
    """A site's name on top, right above its menu, where the story's own title stands below."""
    if len(nodes) < 3 or nodes[0].kind or nodes[1].kind != "chrome" or nodes[1].gap or len(nodes[0].text) > _WITHIN:
        return []
    below = [node for node in nodes[2:12] if not node.kind]
    for place, node in enumerate(below):
        line = label_line(node.text)
        if title_and_name(node.text) or (line and line.label.names[0] == "title"):
            return [0]
        if is_by_line(node.text):
            return [0] if place else []  # right above the by-line the title stands, and no site
    return []


def _signature(draft: Draft) -> int:
    """Where the signature begins: a long rule of a forum, or two hyphens above an address; 0 for none."""
    nodes = draft.nodes
    for index in range(len(nodes) - 2, max(0, len(nodes) - 1 - _SIGNATURE), -1):
        text = nodes[index].text
        below = nodes[index + 1 :]
        if any(node.gap or len(node.text) > 100 for node in below):
            return 0
        if text == "--" and any(ADDRESS.search(node.text) or _ADDRESSED.search(node.text) for node in below):
            return index
        if len(text) >= 17 and not text.strip("_"):
            return index
    return 0
