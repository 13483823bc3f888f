"""The address of a saved page that nothing says: by the link in its title to the story that it is of, and by the links
to the chapters before and behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from ficshelf import addresses
from ficshelf.addresses import Address

_REVIEWS = re.compile(r"(?:reviews?|comments?)\s*(?:for|of|on|:|-)\s*(?=\S)", re.IGNORECASE)
_FORTH = re.compile(r"\W*next(?: chapter)?\W*", re.IGNORECASE)
_BACK = re.compile(r"\W*prev(?:ious)?(?: chapter)?\W*", re.IGNORECASE)
_OWN = re.compile(r"\W*chapter \d{1,4}\W*", re.IGNORECASE)  # of an otwarchive, over the chapter
_SCRIPT = re.compile(r"viewstory", re.IGNORECASE)
_FOLD = re.compile(r"[\W_]+")
_LEAST, _MOST = 3, 2000  # letters of a title; links that are looked at
_OF_STORIES = frozenset({addresses.STORY, addresses.CHAPTER, addresses.CONTENTS})


def find(title: str, links: Iterable[tuple[str, str]]) -> str:
    """The address of a page with this title and these links, (what each says, where it leads); "" where they do not say
    it: where the links that are called as the page is lead to several stories, or to none."""
    opening = _REVIEWS.match(title)
    called = _fold(title[opening.end() :] if opening else title)
    stories: dict[str, tuple[Address, str]] = {}
    told: dict[str, tuple[Address, str]] = {}  # by links that only a chapter's page has
    people: dict[str, str] = {}
    chapters: dict[str, set[int]] = {}
    entries: set[str] = set()
    for said, href in islice(links, _MOST):
        step = 1 if _BACK.fullmatch(said) else -1 if _FORTH.fullmatch(said) else 0
        name = _fold(said)
        is_title = name == called != "" or (len(name) >= _LEAST and called.startswith(name))
        is_own = bool(_OWN.fullmatch(said))
        is_telling = step or is_title or is_own or "?" in href or "/downloads/" in href
        if not is_telling or (found := addresses.read(href)) is None:
            continue
        if found.program == "journal" and found.kind == addresses.REVIEWS:
            entries.add(href.partition("?")[0])
        elif found.program in ("journal", "Automated Archive"):
            continue
        elif found.program == "otwarchive" and found.kind == addresses.WHOLE:
            page = f"{href.partition('/downloads/')[0]}/works/{found.key}"
            told.setdefault(found.story, (found._replace(kind=addresses.STORY), page))
        elif is_own and found.program == "otwarchive" and found.kind == addresses.CHAPTER:
            told[found.story] = (found, href)
        elif step and found.kind == addresses.CHAPTER:
            told.setdefault(found.story, (found._replace(chapter=None, place=None), _story_of(found, href)))
            chapters.setdefault(found.story, set()).update([found.chapter + step] if found.chapter is not None else ())
        elif is_title and found.kind in _OF_STORIES:
            stories.setdefault(found.story, (found, href))
        elif is_title and found.kind == addresses.PERSON and name == called:
            people.setdefault(found.key, href)
    stories = stories or told
    if len(stories) == 1:
        [(story, (found, href))] = stories.items()
        return _of_story(found, href, bool(opening), chapters.get(story, set()))
    if len(people) == 1 and not stories:
        return next(iter(people.values()))
    return entries.pop() if len(entries) == 1 else ""


def _story_of(found: Address, href: str) -> str:
    """The address of the story that an address of a chapter is of."""
    return href.partition("/chapters/")[0] if found.program == "otwarchive" else href


def _of_story(found: Address, href: str, of_reviews: bool, chapters: set[int]) -> str:
    if of_reviews and found.program == "otwarchive":
        return f"{_story_of(found, href).partition('?')[0]}/comments"
    if found.program != "eFiction":
        return href
    if of_reviews:
        return f"{_SCRIPT.split(href)[0]}reviews.php?type=ST&item={found.key}"
    return f"{href.partition('?')[0]}?sid={found.key}&chapter={min(chapters)}" if len(chapters) == 1 else href


def _fold(said: str) -> str:
    return _FOLD.sub("", said).casefold()
