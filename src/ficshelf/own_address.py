"""The address of a saved page that nothing says: by the link in its title to the story that it is of, and by the links
to the chapters before and behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ficshelf import addresses

_REVIEWS = re.compile(r"(?:reviews?|comments?)\s*(?:for|of|on|:|-)\s*(?=\S)", re.IGNORECASE)
_FORTH = re.compile(r"\W*next(?: chapter)?\W*", re.IGNORECASE)
_BACK = re.compile(r"\W*prev(?:ious)?(?: chapter)?\W*", re.IGNORECASE)
_FOLD = re.compile(r"[\W_]+")
_LEAST, _MOST = 3, 2000  # letters of a title; links that are looked at
_OF_STORIES = frozenset({addresses.STORY, addresses.CHAPTER, addresses.CONTENTS})


def find(title: str, links: Iterable[tuple[str, str]]) -> str:
    """The address of a page with this title and these links, (what each says, where it leads); "" where they do not say
    it: where the links that are called as the page is lead to several stories, or to none."""
    opening = _REVIEWS.match(title)
    called = _fold(title[opening.end() :] if opening else title)
    if len(called) < _LEAST:
        return ""
    stories: dict[str, tuple[addresses.Address, str]] = {}
    people: dict[str, str] = {}
    ways: list[tuple[str, int]] = []
    for said, href in [one for _, one in zip(range(_MOST), links, strict=False)]:
        step = 1 if _BACK.fullmatch(said) else -1 if _FORTH.fullmatch(said) else 0
        name = _fold(said)
        if not step and (len(name) < _LEAST or not called.startswith(name)):
            continue
        found = addresses.read(href)
        if found is None:
            continue
        if step:
            if found.kind == addresses.CHAPTER and found.chapter is not None:
                ways.append((found.story, found.chapter + step))
        elif found.kind in _OF_STORIES and found.program not in ("journal", "Automated Archive"):
            stories.setdefault(found.story, (found, href))
        elif found.kind == addresses.PERSON and name == called:
            people.setdefault(found.key, href)
    if len(stories) == 1:
        [(story, (found, href))] = stories.items()
        return _of_story(found, href, bool(opening), [chapter for of, chapter in ways if of == story])
    return next(iter(people.values())) if len(people) == 1 and not stories else ""


def _of_story(found: addresses.Address, href: str, of_reviews: bool, chapters: list[int]) -> str:
    base = href[: href.index(found.key)] if found.program == "otwarchive" and found.key in href else ""
    if of_reviews:
        if found.program == "eFiction":
            return f"{re.split(r'viewstory', href, maxsplit=1, flags=re.IGNORECASE)[0]}reviews.php?type=ST&item={found.key}"
        return f"{base}{found.key}/comments" if base else ""
    if found.program == "eFiction" and len(set(chapters)) == 1:
        return f"{re.split(r'[?]', href, maxsplit=1)[0]}?sid={found.key}&chapter={chapters[0]}"
    return href


def _fold(said: str) -> str:
    return _FOLD.sub("", said).casefold()
