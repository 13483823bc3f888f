"""FanFiction.net and FictionPress: a chapter's page, of any year, on a desk or in the hand.

- since 2011 a box `#profile_top` over `#storytext`; 2006 to 2010 the same facts in cells of tables; before 2005 the
  story stands between two comments (`fences` makes an element of it);
- the mobile page: `#content` over `#storycontent`, the facts parted by commas, the chapter in a line of its own.

All have one row `Rated: Fiction T - English - Romance/Angst - [Ann B., Carl D.] Eve F. - Words: 1,234 - … - id: 99`,
and a menu of chapters whose chosen entry is the chapter's heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ficshelf.passes import ffnet_row
from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.layout import surest
from ficshelf.readers.sites.plan import Plan, date_of, name_of, words, wrap
from ficshelf.readers.tables import BLOCKS

clues = tag_set("profile_top storytext storycontent fenced storyid menu.php")

_STORY = "#storytext, .storytext, #storycontent, .fenced, [role=main][aria-label='story content']"
_RATED = re.compile(r"\bRated\s*:", re.IGNORECASE)
_SURE = re.compile(r"\b(?:Words|Chapters|Reviews|Published|Updated|Publish date|id|P|U)\s*:|Complete\b", re.IGNORECASE)
_FANDOM = re.compile(r"/(?:anime|book|cartoon|comic|game|misc|movie|play|tv|fiction|poetry)/[^/]+/?$|_Crossovers/")
_KIND = re.compile(r"/(?:fiction|poetry)/[^/]+/?$")
_SITE = re.compile(r"fan ?fiction(?:\.net)?|fiction ?press(?:\.(?:net|com))?", re.IGNORECASE)
_CHAPTER = re.compile(r"\s*Chapter\s+\d+\b.{0,150}", re.DOTALL)
_LONGEST_ROW = 1000  # characters
_CANDIDATES = 20  # lines with the word "Rated:" over the story, of which one is the row
_MENU = "#chap_select option[selected], select[name=chapter] option[selected], select[title*='hapter'] option[selected]"


def read(tree: LexborHTMLParser, plan: Plan) -> bool:
    """Known by its story together with the row of facts, or the box over both."""
    story = tree.css(_STORY)[:1]
    row = _row(tree, story[0] if story else None)
    box = tree.css_first("#profile_top")
    if row is None and (box is None or not story):
        return False
    if not story:
        return row is not None and _unfenced(tree, row, plan)
    top = tree.css_first("#profile_top, #content:not(.puretext)") or tree.body
    lines = box.css("div.xcontrast_txt, div[style*='margin-top']") if box is not None else []
    for summary in [line for line in lines if name_of(line)][:1]:  # "By:" stands in such a line, too
        plan.fact("summary", words(summary), summary)
    if row is not None:
        line, said = row
        state_row(said, [wrap(tree, node) if node.tag == "-text" else node for node in line], plan)
    holder = top if top is not None and top.mem_id != story[0].mem_id else tree.body
    _fandoms(tree, _title(tree, holder, plan), plan)
    plan.frame("navigation", tree.body)
    plan.kind("heading", surest(tree, _MENU)[:1] or _line_of_chapter(tree, story[0]))
    plan.story(story)
    return True


def _unfenced(tree: LexborHTMLParser, row: tuple[list[LexborNode], str], plan: Plan) -> bool:
    """A page of the old years that has lost its comments: what stands over its text is known, and no more."""
    named = words(tree.css_first("head title"))
    title = next((one for one in tree.css("b") if words(one) and named.endswith(words(one))), None)
    line, said = row
    if title is None or title.parent is None or "id:" not in said.replace(" ", ""):
        return False
    plan.whole = False
    state_row(said, [wrap(tree, node) if node.tag == "-text" else node for node in line], plan)
    _fandoms(tree, _title(tree, title.parent, plan), plan)
    plan.kind("heading", surest(tree, _MENU)[:1])
    if len(words(title.parent)) < _LONGEST_ROW:
        plan.frame("navigation", title.parent)
    return True


def _row(tree: LexborHTMLParser, story: LexborNode | None) -> tuple[list[LexborNode], str] | None:
    """The nodes of the row of facts and what they say, dates as the page's clock has them."""
    rated = (node for node in _texts(tree, story) if _RATED.search(node.text_content or ""))
    for node in islice(rated, _CANDIDATES):
        above: LexborNode | None = node
        for _ in range(4):
            above = above.parent if above is not None else None
            if above is None or above.tag in {"body", "html"}:
                break
            holds_all = above.css_first(_STORY) is not None  # the row stands right beside the story
            if holds_all or len(_SURE.findall(words(above))) >= 2 or " - " in words(above):
                line = _line(node, above)
                said = " ".join("".join(_said(one) for one in line).split())
                if _SURE.search(said) and len(said) <= _LONGEST_ROW:
                    return line, said
                break
    return None


def _texts(tree: LexborHTMLParser, story: LexborNode | None) -> Iterator[LexborNode]:
    """The text nodes of the page outside the story."""
    node: LexborNode | None = tree.body
    while node is not None:
        if node.tag == "-text":
            yield node
        is_story = story is not None and node.mem_id == story.mem_id
        down = node.first_child if not is_story and node.tag not in {"script", "style"} else None
        if down is None:
            while node is not None and node.next is None:
                node = node.parent
            down = node.next if node is not None else None
        node = down


def _line(node: LexborNode, box: LexborNode) -> list[LexborNode]:
    """The nodes of `box` that stand on one line with `node` and say anything."""
    while node.parent is not None and node.parent.mem_id != box.mem_id:
        node = node.parent
    first = node
    while first.prev is not None and not _ends_line(first.prev):
        first = first.prev
    line: list[LexborNode] = []
    here: LexborNode | None = first
    while here is not None and not _ends_line(here):
        if here.tag != "-text" or (here.text_content or "").strip():
            line.append(here)
        here = here.next
    return line


def _ends_line(node: LexborNode) -> bool:
    return node.tag == "br" or (node.tag or "") in BLOCKS


def _said(node: LexborNode) -> str:
    """What an element says, with whole dates."""
    if node.tag == "-text":
        return node.text_content or ""
    if "data-xutime" in node.attributes:
        return f"{date_of(node)}"
    dates = node.css("[data-xutime]")
    said = node.text(deep=True) or ""
    for one in dates:
        said = re.sub(rf"(?<=: ){re.escape(words(one))}(?!\S)", date_of(one), said, count=1)
    return said


def state_row(said: str, row: list[LexborNode], plan: Plan) -> None:
    """State what the row says, piece by piece: with labels, and the language, genres and characters without any."""
    for name, value in ffnet_row.facts_of(said):
        plan.fact(name, value, *row)


def _title(tree: LexborHTMLParser, top: LexborNode | None, plan: Plan) -> LexborNode | None:
    """The bold words that the page's title begins with, and the first link to a member's page."""
    named = words(tree.css_first("head title"))
    bold = top.css("b") if top is not None else []
    called = [one for one in bold if words(one) and words(one) in named and not _SITE.fullmatch(words(one))]
    title = called[0] if called else bold[0] if bold else None
    if title is not None:
        plan.fact("title", words(title), title)
    author = tree.css_first("#profile_top a[href*='/u/'], a[href*='/u/'], a[href*='profile.php']")
    if author is not None:
        plan.fact("author", words(author), author)
    return title


def _fandoms(tree: LexborHTMLParser, title: LexborNode | None, plan: Plan) -> None:
    """The last link of the way to the story; of two fandoms where it is a crossover. FictionPress has kinds instead."""
    beside = title.parent.css("a") if title is not None and title.parent is not None else []
    way = (
        tree.css("#pre_story_links a")
        or [link for link in tree.css("a[href]")[:80] if _FANDOM.search(link.attributes.get("href") or "")]
        or [link for link in beside if "/u/" not in (link.attributes.get("href") or "")]
    )
    if way:
        said = words(way[-1])
        kind = "category" if _KIND.search(way[-1].attributes.get("href") or "") else "fandom"
        for name in said.removesuffix(" Crossover").split(" + ") if said.endswith("Crossover") else [said]:
            plan.fact(kind, name, way[-1])


def _line_of_chapter(tree: LexborHTMLParser, story: LexborNode) -> list[LexborNode]:
    """The mobile page has no menu, but a line `Chapter 3: Down` over the story."""
    for node in _texts(tree, story):
        if _CHAPTER.fullmatch(node.text_content or ""):
            return [wrap(tree, node)]
    return []
