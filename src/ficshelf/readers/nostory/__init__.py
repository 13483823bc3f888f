"""Pages and texts that are no stories: told for what they are, kept whole, never made into a work.

Taking a story for one of these is the worse error. So a page is looked at only where little is told on it, where it
links much, or where its title names such a page; an element that archives keep stories in settles it for the story;
and wherever somebody speaks or acts as in a story, a page needs far more to be called something else.

The remark `not-a-story` says what it is. A contents page keeps its facts and the chapters that it lists
(`Draft.listed`); `assemble` gives them to the chapters that it is read with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from selectolax.lexbor import LexborHTMLParser

from ficshelf import remarks
from ficshelf.model import STATED, Chrome, Draft, Fact, Facts, Listed, Node, Remark, Span
from ficshelf.passes import header
from ficshelf.readers.nostory import (
    abouts,
    biographies,
    choices,
    contents,
    excerpts,
    forms,
    lists,
    messages,
    people,
    promised,
    rows,
    shells,
    signs,
    talk,
    texts,
    weighing,
)
from ficshelf.readers.nostory.sight import Line, PageSight, Sight, letters_of, paragraphs, seen, single_lines, telling
from ficshelf.readers.sites.plan import Plan, words

_TOLD = 3000  # letters of prose on a page that hardly links: a story
_A_LINK = 400  # letters of prose for each link, beyond which a page is no list
_FEW = 300  # letters that menus and small print may have on an empty page
_FEW_LINKS = 8  # on a page; a list with so much told between them has more
_TELLS = 4  # what is told as a story, in so many ways, between few links
_LINKS = 200  # of a page that are looked at
_PROSE = 60  # letters that a line of prose has at the least
_TITLE = re.compile(
    r"<title>[^<]{0,120}\b(?:reviews?|comments|profile|faqs?|help|rules|guidelines|terms|privacy|news|guestbook|"
    r"statistics|"
    r"index|bookmarks|recs?|works|dashboard|journal)\b",
    re.IGNORECASE,
)
_STORY = (
    "#storytext, .storytext, #chapters .userstuff, #chapters.userstuff, #workskin .userstuff, #story, div.chapter, "
    ".chapter-content, .chapter-inner, .chapter-text, .story-text, #storycontent"
)
_SITES = frozenset({"journal", "forum", "post", "wiki", "tumblr", "readerview"})  # what they hold may be anything
_CONTENTS_OF = re.compile(r"\W*(?:(?:chapter )?index|(?:table of )?contents|chapters)\W+(?:for|of)\W+", re.IGNORECASE)
_STAND_IN = "Here a story would begin, if this page told one; so what stands above is a header, and ends here."
_ROWS = 3  # of such elements that may be a contents page's
_ROW = 400  # letters that such a row has at the most
_LEAST = 15  # letters without links in such an element that make it a story


class Found:
    """What a page is, and what it knows."""

    def __init__(self, kind: str, more: str = "", listed: Sequence[Listed] = (), facts: Facts | None = None) -> None:
        self.kind = kind
        self.more = more
        self.listed = tuple(listed)
        self.facts = facts or {}


def look(
    tree: LexborHTMLParser, html: str, plan: Plan, nodes: Sequence[Node], facts: Facts, parts: Sequence[str]
) -> Found | None:
    """What a page is if it is no story; None for a story, and wherever that is not sure. `nodes` and `facts` are what
    was read of it as a story; `parts` what its title says without the site's name."""
    if _is_told(nodes) and not _TITLE.search(html[:5000]):
        if _has_story(tree, plan, nodes):
            return None
        return look_at_lines(nodes, parts) or _told(tree, nodes, parts)
    sight = PageSight(tree, html)
    if _has_story(tree, plan, nodes):
        return None
    if kind := shells.kind_of(sight):
        where = shells.frames(sight)
        return Found(kind, f"It shows {', '.join(where[:10])}." if where else "")
    if (listed := contents.listed(sight)) and not sight.has("#profile #bio, .user.home"):
        return Found("contents page", f"It lists {len(listed)} chapters.", listed, _facts(sight, listed, facts))
    kind, said = messages.kind_of(sight), _said(nodes)
    if not kind and not any(_says(node) for node in nodes) and sight.letters < _FEW:
        return Found("page without its scripts" if sight.has("noscript, #root, #app, #__next") else "empty page")
    if kind in {"", "cookie notice", "log-in page"}:
        kind = people.kind_of(sight) or kind or lists.kind_of(sight)
        if kind and weighing.is_surely_told(seen(said)):
            return None
    if kind:
        return Found(kind)
    if _is_long(said):
        return _rows(sight.lines)
    return _by_rules(said, parts) or _rows(sight.lines) or _weighed(said) or _told(tree, nodes, parts)


def _told(tree: LexborHTMLParser, nodes: Sequence[Node], names: Sequence[str]) -> Found | None:
    """What a page is that tells, and is known by its links: a gate by where they lead, an author's page by what they
    say."""
    said = _said(nodes)
    if _is_long(said):
        return None
    lines = seen(said)
    found = None
    if choices.is_gate_page(tree, lines):
        found = Found("age check")
    elif abouts.may_be("\n".join([line.text for line in lines]), names):
        links = (words(node) for node in tree.css("a[href]")[:_LINKS])
        found = Found("profile") if biographies.is_one(lines, links) else None
    return None if found is not None and weighing.is_surely_told(lines) else found


def _is_told(nodes: Sequence[Node]) -> bool:
    """Whether so much is told between so few links that this is a story; looks no further than it must."""
    told = links = 0
    texts: list[str] = []
    for node in nodes:
        if node.runs and (here := sum(1 for run in node.runs if run.link)):
            links += here
        elif len(node.text) > _PROSE:
            told += len(node.text)
            texts.append(node.text)
            if told > _TOLD and told > _A_LINK * links:
                return True
    return links <= _FEW_LINKS and sum(map(telling, texts)) > _TELLS


def look_at_text(text: str) -> Found | None:
    """What a plain text is if it is surely no story."""
    kind = texts.kind_of(text)
    if kind:
        return Found(kind)
    head = text[: talk.HEAD]
    if len(text) > talk.LONGEST:
        return None
    if found := _known(head, cache(lambda: single_lines(head)), cache(lambda: paragraphs(head))):
        return found
    return Found(weighing.KIND) if weighing.may_be(head) and weighing.is_none(signs.lines_of(head)) else None


def look_at_lines(nodes: Sequence[Node], names: Sequence[str] = ()) -> Found | None:
    """What the lines of a document are if people speak of stories in it, or a site of itself, and nothing is told."""
    said = _said(nodes)
    return None if _is_long(said) else _by_rules(said, names) or _weighed(said)


def _by_rules(said: Sequence[Node], names: Sequence[str]) -> Found | None:
    """What some lines are by the words and forms that are known."""
    lines = cache(lambda: seen(said))
    return _known("\n".join([node.text for node in said]), lines, lines, names)


def _known(
    head: str, lines: Callable[[], Sequence[Line]], joined: Callable[[], Sequence[Line]], names: Sequence[str] = ()
) -> Found | None:
    """What a text is by the words and forms that are known, but where all of its signs say that a story is told in it.
    `lines` are as they stand, and `joined` are paragraphs."""
    found = _of_a_form(head, lines, joined, names)
    if found is None and talk.may_be(head):
        found = _talk(joined(), names)
    return None if found is not None and weighing.is_surely_told(joined()) else found


def _of_a_form(
    head: str, lines: Callable[[], Sequence[Line]], joined: Callable[[], Sequence[Line]], names: Sequence[str]
) -> Found | None:
    if rows.may_be(head) and (found := _rows(lines())):
        return found
    if (excerpts.may_be(head) and excerpts.is_list(lines())) or (promised.may_be(head) and promised.is_list(lines())):
        return Found("list of stories")
    if abouts.may_be(head, names) and (abouts.is_about(Sight(joined(), names)) or biographies.is_one(joined())):
        return Found("profile")
    if choices.may_be(head) and choices.is_gate(lines()):
        return Found("age check")
    kind = forms.kind_of(head, lines)
    return Found(kind) if kind else None


def _weighed(said: Sequence[Node]) -> Found | None:
    """What some lines are by all of their signs together."""
    if not weighing.may_be("\n".join([node.text for node in said])):
        return None
    return Found(weighing.KIND) if weighing.is_none(seen(said)) else None


def _said(nodes: Sequence[Node]) -> list[Node]:
    return [node for node in nodes if node.kind not in {"chrome", "fact"}]


def _is_long(said: Sequence[Node]) -> bool:
    """Whether more is said than where people only talk."""
    return sum([len(node.text) for node in said]) > talk.LONGEST


def _rows(lines: Sequence[Line]) -> Found | None:
    found = rows.find(lines)
    if found is None or weighing.has_quiet_stretch(lines) or weighing.has_told_chapters(lines):
        return None
    more = f"It lists {len(found.listed)} chapters." if found.listed else ""
    return Found(found.kind, more, found.listed, _names(lines) if found.listed else None)


def _names(lines: Sequence[Line]) -> Facts:
    """Title and author of a contents page, where its header lines state them."""
    nodes = [Node(line.text, (Span(0, 0),)) for line in lines]
    read = header.apply(Draft("", (*nodes, Node(_STAND_IN, (Span(0, 0),))))).facts
    return {
        name: tuple(fact._replace(spans=()) for fact in values if fact.how == STATED)
        for name, values in read.items()
        if name in {"title", "author"} and any(fact.how == STATED for fact in values)
    }


def _talk(lines: Sequence[Line], names: Sequence[str] = ()) -> Found | None:
    kind = talk.kind_of(Sight(lines, names))
    return Found(kind) if kind else None


def draft_of(found: Found, text: str, before: Sequence[Remark] = ()) -> Draft:
    """The draft of such a page or text: all of it is chrome, for the reason that it is what it is."""
    said = text.strip()
    start = text.index(said[0]) if said else 0
    chrome = (Chrome(Span(start, start + len(said)), found.kind),) if said else ()
    remark = Remark("not-a-story", remarks.not_a_story(found.kind, found.more))
    return Draft(text, (), found.facts, chrome, (*before, remark), listed=found.listed)


def _says(node: Node) -> bool:
    """Whether a line, or a picture, tells something beside where it links to."""
    return any(not run.link and any(map(str.isalnum, run.text)) for run in node.as_runs()) and (
        node.kind not in {"fact", "chrome"} and (node.hint != "img" or node.kind == "")
    )


def _has_story(tree: LexborHTMLParser, plan: Plan, nodes: Sequence[Node]) -> bool:
    """Whether an element that archives keep stories in holds one."""
    by_site = plan.site and plan.site not in _SITES and any(role.kind == "story" for role in plan.roles.values())
    if by_site and any(_says(node) for node in nodes):
        return True
    found = tree.css(_STORY)[:20]
    if len(found) >= _ROWS and all(
        letters_of(node.text(deep=True) or "") <= _ROW and node.css("a[href]") for node in found
    ):
        return False  # each is but a row of a contents page: a chapter's name, and what it is about
    for node in found:
        text = node.text(deep=True) or ""
        linked = sum(len(link.text(deep=True) or "") for link in node.css("a"))
        if letters_of(text) - linked >= _LEAST and linked * 3 < len(text):
            return True
    return False


def _facts(sight: PageSight, listed: Sequence[Listed], stated: Facts) -> Facts:
    """What a contents page states about its story: by its landmarks, in its header lines, and by its heading or the
    title in its head. They have no spans, since all of the page is chrome."""
    links = {one.link for one in listed}
    nodes = [
        Node(line.text, (Span(0, 0),), hint=line.hint)
        for line in sight.lines
        if not any(link.href in links for link in line.links) and not contents.is_name(line.text)
    ]
    read = header.apply(Draft("", (*nodes, Node(_STAND_IN, (Span(0, 0),), hint="p")))).facts
    facts = {**read, **stated}
    titles = [name for name in sight.names[1:] if not contents.is_name(name)]
    if not any(fact.how == STATED for fact in facts.get("title", ())) and titles:
        name, _, author = _CONTENTS_OF.sub("", titles[0]).partition(" by ")
        facts["title"] = (Fact(name),)
        if author and "author" not in facts:
            facts["author"] = (Fact(author),)
    return {
        name: tuple(fact._replace(spans=()) for fact in values if fact.how == STATED)
        for name, values in facts.items()
        if any(fact.how == STATED for fact in values)
    }
