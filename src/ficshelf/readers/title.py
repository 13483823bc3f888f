"""What the `<title>` of a saved page says about the work: its title, where only the archive's name stands beside it."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from ficshelf.model import Answer, Question
from ficshelf.passes import headings
from ficshelf.readers.sites.plan import Plan, words

_PARTS = re.compile(r"\s+[-–—|»«:·•>]+\s+|\s*(?:::|\|\|)\s*")
_SITE = re.compile(
    r"archives?\b|fan ?-?fic|fiction\b|\bstor(?:y|ies)\b.*\b(?:page|index|site)|live ?journal|dreamwidth|"
    r"insane ?journal|media ?miner|fiction ?alley|twisting the hellmouth|^TtH$|archive of our own|^AO3$|sugar ?quill|"
    r"royal road|quotev|ficwad|asianfanfics|tumblr|blogspot|geocities|tripod|angelfire|wattpad|home ?page|web ?site|"
    r"'s (?:fic|page)|"
    r"\b[\w-]+\.(?:com|net|org|co\.uk|de|info|us|ws)\b",
    re.IGNORECASE,
)
_CALLED = re.compile(r"(?:fan ?fics?|fan ?fiction|fic|story|stories)\s*:\s*(?=\S)", re.IGNORECASE)
_FIRST = 60  # elements of a page among which its title stands
_NOTHING = re.compile(
    r"untitled(?: document| page)?|new page ?\d*|no title|index|document\d*|home|welcome.*|story|chapter", re.I
)


def parts_of(tree: LexborHTMLParser) -> tuple[list[str], set[str]]:
    """The parts of the page's title without the names of the site, and those names in lower case."""
    whole = words(tree.css_first("head title"))[:300]
    declared = tree.css_first("meta[property='og:site_name']")
    name = (declared.attributes.get("content") or "").strip().lower() if declared is not None else ""
    parts = [_CALLED.sub("", part.strip()) for part in _PARTS.split(whole) if part.strip()]
    kept = [part for part in parts if part.lower() != name and not _SITE.search(part)]
    names = {part.lower() for part in parts if part not in kept} | ({name} if name else set())
    return [part for part in kept if not _NOTHING.fullmatch(part)], names


def state(tree: LexborHTMLParser, plan: Plan, parts: list[str], names: set[str]) -> None:
    """State the work's title, where only the archive's name stands beside it and the page itself has no heading,
    nor a line that says the same: there the line does."""
    if names and len(parts) == 1 and not headings.parse(parts[0]) and not _stands_on(tree, parts[0]):
        plan.fact("title", parts[0], tree.css_first("head title"))


def _stands_on(tree: LexborHTMLParser, title: str) -> bool:
    """Whether a page has a heading, or a line among its first that is this title."""
    if tree.css_first("h1, h2, h3") is not None:
        return True
    return any(
        words(node).lower() == title.lower()
        for node in tree.css("b, strong, font, center, big, p, div, td, span, u, i")[:_FIRST]
    )


def question(tree: LexborHTMLParser, parts: list[str]) -> tuple[Question, ...]:
    """What the page's title suggests; first what stands as a heading on the page as well."""
    if not parts:
        return ()
    heading = words(tree.css_first("h1"))
    parts = sorted(parts, key=lambda part: part != heading)
    answers = tuple(Answer(part, "the title of the page") for part in parts[:3])
    return (Question("title", answers, 0, "This story states no title. What is it called?"),)
