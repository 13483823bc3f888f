"""FanFiction.net: a chapter's page as saved from a browser (`#profile_top`, `#storytext`, the menu of chapters)."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.plan import Plan, words

NAME = "ffnet"

_PAIRS = re.compile(r"(Rated|Words|Updated|Published|Status)\s*:\s*(?:Fiction\s+)?(.*?)(?=\s+-\s|\s*$)")
_COUNTS = re.compile(r"(?:Rated|Chapters|Words|Reviews|Favs|Follows|Updated|Published|Status|id)\s*:", re.IGNORECASE)
_GENRES = tag_set(
    "adventure angst crime drama family fantasy friendship general horror humor hurt/comfort mystery parody poetry romance "
    "sci-fi spiritual supernatural suspense tragedy western"
)


def plan(tree: LexborHTMLParser, plan: Plan) -> bool:
    """Known by its box over the story and the story's own element."""
    top, story = tree.css_first("#profile_top"), tree.css_first("#storytext, .storytext")
    if top is None or story is None:
        return False
    title = top.css_first("b")
    if title is not None:
        plan.fact("title", words(title), title)
    author = top.css_first("a[href*='/u/']")
    if author is not None:
        plan.fact("author", words(author), author)
    summary = top.css_first("div.xcontrast_txt, div[style*='margin-top']")
    if summary is not None:
        plan.fact("summary", words(summary), summary)
    row = next((span for span in top.css("span") if "Rated:" in words(span) or "Words:" in words(span)), None)
    if row is not None:
        _row(words(row), row, plan)
    links = tree.css("#pre_story_links a")
    if links:
        plan.fact("fandom", words(links[-1]), links[-1])
    chosen = None
    for menu in tree.css("select#chap_select, select[title*='Chapter']"):
        selected = menu.css_first("option[selected]") if chosen is None else None
        if selected is None:
            plan.chrome("menu", (menu,))
            continue
        chosen = selected
        plan.kind("heading", (selected,))
        plan.kind("", (menu,))
        plan.chrome("menu", menu.css("option:not([selected])"))
    _furniture(tree, plan, {top.mem_id, story.mem_id}, chosen.mem_id if chosen is not None else 0)
    return True


def _row(said: str, row: object, plan: Plan) -> None:
    """`Rated: Fiction T - English - Romance/Drama - [Ann B., Carl D.] Eve F. - Words: 1,234 - … - Status: Complete`."""
    from selectolax.lexbor import LexborNode

    assert isinstance(row, LexborNode)
    for label, value in _PAIRS.findall(said):
        if label == "Status":
            plan.fact("complete", value.lower().startswith("complete"), row)
        else:
            plan.fact({"Rated": "rating"}.get(label, label.lower()), value, row)
    loose = [part for part in re.split(r"\s+-\s+", said) if not _COUNTS.match(part)]
    if loose:
        plan.fact("language", loose[0], row)
    for part in loose[1:]:
        genres = part.replace("Hurt/Comfort", "Hurt~Comfort").split("/")
        if all(genre.replace("~", "/").lower() in _GENRES for genre in genres):
            for genre in genres:
                plan.fact("genre", genre.replace("~", "/"), row)
        else:
            _characters(part, row, plan)


def _characters(said: str, row: object, plan: Plan) -> None:
    from selectolax.lexbor import LexborNode

    assert isinstance(row, LexborNode)
    for pair in re.findall(r"\[([^\]]+)\]", said):
        plan.fact("relationship", "/".join(name.strip() for name in pair.split(",")), row)
    for name in re.split(r"[\[\],]", said):
        plan.fact("character", name.strip(), row)


def _furniture(tree: LexborHTMLParser, plan: Plan, story: set[int], chosen: int) -> None:
    """All that stands beside the story, its box and the chapter's name."""
    holders: set[int] = set(story)
    for node in tree.css("#profile_top, #storytext, .storytext, option[selected], #pre_story_links a"):
        above = node
        while above is not None:
            holders.add(above.mem_id)
            above = above.parent  # type: ignore[assignment]
    top = tree.css_first("#profile_top")
    assert top is not None
    for node in [*tree.css("body *")]:
        parent = node.parent
        if node.mem_id in holders or parent is None or node.mem_id in plan.roles:
            continue
        if parent.mem_id in holders and parent.mem_id not in story:
            plan.chrome("navigation", (node,))
        elif parent.mem_id == top.mem_id and node.tag not in {"br", "hr"}:
            plan.chrome("label", (node,))
