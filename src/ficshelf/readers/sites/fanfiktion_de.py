"""FanFiktion.de: a chapter's page. On its left the story's facts, on its right the menu of chapters and the text.

The facts have pictures for labels, whose titles say what they are. Where those were lost, their order tells: the day it
was begun, the day of the last chapter, how many chapters, how many words.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.layout import surest
from ficshelf.readers.sites.plan import Plan, paragraphs, words, wrap

clues = tag_set("story-left user-formatted-inner ffcbox-story-topic-1 ffcbox-topnav")

_STORY = "#storytext .user-formatted-inner, .user-formatted-inner, #storytext"
_MENU = "select#kA option[selected], select[name=k] option[selected]"
_KIND = re.compile(r"(?P<kind>[A-ZÄÖÜ][\w-]+)(?: [>»›])? (?P<genres>\S.*)")
_RATING = re.compile(r"(?:P ?\d{1,2}|AVL)\b.*")
_DAY = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")
_ICONS = {"erstellt": "published", "aktualisiert": "updated", "wörter": "words"}
_STATUS = {"fertiggestellt": True, "in arbeit": False, "pausiert": False, "abgebrochen": False}
_NO_SUMMARY = "keine Kurzbeschreibung"


def read(tree: LexborHTMLParser, plan: Plan) -> bool:
    """Known by the box of facts beside the text."""
    box = tree.css_first(".story-left")
    story = surest(tree, _STORY)[:1]
    if box is None or not story:
        return False
    title = box.css_first("h4")
    if title is not None:
        plan.fact("title", words(title), title)
    for author in box.css("a[href^='/u/'], a[href*='fanfiktion.de/u/']"):
        plan.fact("author", words(author), author)
    summary = tree.css_first("#story-summary-inline")
    if summary is not None:
        said = paragraphs(summary)
        plan.fact("summary", "" if _NO_SUMMARY in said else said, summary)
    for line in box.css(".small-font")[:5]:
        pieces = [node.text_content or "" for node in line.traverse(include_text=True) if node.tag == "-text"]
        if _defined(" ".join(" ".join(pieces).split()), line, plan):
            break
    for person in box.css(".badge-character"):
        plan.fact("character", words(person), person)
    _way(tree, plan)
    if not _icons(box, plan):
        _in_order(tree, box, plan)
    plan.frame("navigation", tree.body)
    plan.kind("heading", surest(tree, _MENU)[:1])
    plan.story(story)
    return True


def _defined(said: str, line: LexborNode, plan: Plan) -> bool:
    """`Geschichte > Krimi, Freundschaft / P12 / Gen`: its kind, genres, rating, and who loves whom."""
    pieces = [piece.strip() for piece in said.split(" / ")]
    rated = next((place for place, piece in enumerate(pieces) if _RATING.fullmatch(piece)), 0)
    if not rated:
        return False
    kind = _KIND.fullmatch(" / ".join(pieces[:rated]))
    for genre in re.split(r",\s*", kind["genres"]) if kind else ():
        plan.fact("genre", genre, line)
    plan.fact("rating", pieces[rated], line)
    for category in pieces[rated + 1 :]:
        plan.fact("category", category, line)
    return True


def _way(tree: LexborHTMLParser, plan: Plan) -> None:
    """The way to the story: `Fanfiction / Bücher / Harry Potter / The story`."""
    way = [link for link in tree.css("#ffcbox-story-topic-1 a") if "/s/" not in (link.attributes.get("href") or "")]
    for link in way[2:3]:
        plan.fact("fandom", words(link), link)


def _icons(box: LexborNode, plan: Plan) -> bool:
    """What the pictures with a title say that stand before a date or a number."""
    found = False
    for icon in box.css("span[title]")[:50]:
        name = (icon.attributes.get("title") or "").strip().lower()
        beside = icon.next
        said = (beside.text(deep=True) or "").strip() if beside is not None else ""
        if name in _ICONS and beside is not None and any(map(str.isdigit, said)):
            plan.fact(_ICONS[name], said, beside)
            found = True
        elif name in _STATUS:
            plan.fact("complete", _STATUS[name])
            plan.fact("status", icon.attributes.get("title") or "")
    return found


def _in_order(tree: LexborHTMLParser, box: LexborNode, plan: Plan) -> None:
    """The dates and numbers that stand by themselves, each in a text node of its own."""
    texts = [node for node in box.traverse(include_text=True) if node.tag == "-text"]
    bare = [(node, said) for node in texts if (said := (node.text_content or "").strip()) and said[0].isdigit()]
    days = [one for one in bare if _DAY.fullmatch(one[1])]
    counts = [one for one in bare if re.fullmatch(r"\d{1,3}(?:\.\d{3})*", one[1])]
    for name, (node, said) in zip(("published", "updated"), days, strict=False):
        plan.fact(name, said, wrap(tree, node))
    if len(days) == 2 and len(counts) >= 2:
        plan.fact("words", counts[1][1], wrap(tree, counts[1][0]))
