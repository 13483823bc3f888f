"""FanFiction.net: a chapter's page as saved from a browser (`#profile_top`, `#storytext`, the menu of chapters)."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.plan import Plan, words

CLUES: tuple[str, ...] = ("profile_top",)

_PAIRS = re.compile(r"(Rated|Words|Updated|Published|Status)\s*:\s*(?:Fiction\s+)?(.*?)(?=\s+-\s|\s*$)")
_COUNTS = re.compile(r"(?:Rated|Chapters|Words|Reviews|Favs|Follows|Updated|Published|Status|id)\s*:", re.IGNORECASE)
_GENRES = tag_set(
    "adventure angst crime drama family fantasy friendship general horror humor hurt/comfort mystery parody poetry "
    "romance sci-fi spiritual supernatural suspense tragedy western"
)


def read(tree: LexborHTMLParser, plan: Plan) -> bool:
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
    plan.frame("navigation", tree.body)
    links = tree.css("#pre_story_links a")
    if links:
        plan.fact("fandom", words(links[-1]), links[-1])
    selected = tree.css_first("#chap_select option[selected], select[title*='Chapter'] option[selected]")
    if selected is not None:
        plan.kind("heading", (selected,))
    plan.story((story,))
    return True


def _row(said: str, row: LexborNode, plan: Plan) -> None:
    """`Rated: Fiction T - English - Romance/Drama - [Ann B., Carl D.] Eve F. - Words: 1,234 - … - Status: Complete`."""
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


def _characters(said: str, row: LexborNode, plan: Plan) -> None:
    for pair in re.findall(r"\[([^\]]+)\]", said):
        plan.fact("relationship", "/".join(name.strip() for name in pair.split(",")), row)
    if "/" in said and "," not in said:
        plan.fact("relationship", said.strip(), row)
        return
    for name in re.split(r"[\[\],]", said):
        plan.fact("character", name.strip(), row)
