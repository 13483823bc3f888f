"""The words of somebody who speaks now, to readers, of shows, books and stories as such; foreword_words.toml lists
them. English tells what is said now from what was done then by its verbs, the other languages by their little words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources

_SIGNS = str.maketrans({"*": r"\w*", "_": r"\w+", "#": r"\d+", "'": "['’]", "(": "(?:", ")": ")?"})
_IN_ENGLISH = re.compile(r"\b(?:the|and|of|to|is|this|you|it|i)\b", re.I)
_OFTEN = 8  # of so many words one is among those, in English
_NOW = re.compile(
    r"\b(?:I|[Yy]ou|[Ww]e|[Ii]t|[Tt]his|[Tt]hat|[Tt]here|[Tt]hey|[Ww]hat|[Ww]ho|[Hh]ere)(?:['’](?:m|re|ve|ll|s|d)\b|\s+(?:\w+ly\s+|do\s+|just\s+|really\s+)?"
    r"(?:am|are|is|have|has|do|don|will|won|can|may|might|would|should|hope|know|think|want|like|ought|get|love|wonder|"
    r"got|see|need|mean|try|apologi[sz]e|borrow\w*|follows?|blame|promise|swear|did\s+say)\b)|\b(?:please|thanks?|tell\s+me|let\s+me|sorry)\b"
)
_TOLD = re.compile(
    r"\b(?:he|she|they|it|He|She|They|It|[A-Z][a-z]+)\s+(?:was|were|had|did|could|would|went|came|took|sat|stood|[a-z]{3,}ed)\b|"
    r"\bI\s+(?:was|had|went|came|took|sat|stood|walked|looked|turned|ran)\b"
)


def _any(phrases: Iterable[str]) -> str:
    return "|".join(map(_pattern, phrases))


def _pattern(phrase: str) -> str:
    """A phrase of the lists as a regular expression."""
    phrase, _, not_after = phrase.partition(" !")
    *first, last = phrase.split()
    return "".join(map(_one_before, first)) + _one(last) + (rf"(?!\s+(?:{not_after})\b)" if not_after else "")


def _one(word: str) -> str:
    word = word.translate(_SIGNS)
    return f"(?:{word})" if "|" in word else word


def _one_before(word: str) -> str:
    """A word with the blank behind it, both of which may be missing where it stands in brackets."""
    if word[0] == "(" and word[-1] == ")":
        return rf"(?:{_one(word[1:-1])}\s+)?"
    return _one(word) + r"\s+"


_LISTS = tomllib.loads(resources.files(__package__).joinpath("foreword_words.toml").read_text("utf-8"))
_KINDS = ("show", "kind", "craft", "net", "content", "loose")
_ENGLISH, _ABROAD = (
    re.compile(r"\b(?:" + "|".join(f"(?P<{kind}>{_any(_LISTS[where][kind])})" for kind in _KINDS) + r")\b")
    for where in ("english", "abroad")
)
_NOW_ABROAD, _TOLD_ABROAD = (re.compile(rf"\b(?:{_any(_LISTS['abroad'][when])})\b", re.I) for when in ("now", "told"))


def of_works(text: str) -> set[str]:
    """Of which kinds the words are that a text has for shows, books and stories as such."""
    words = _ENGLISH if is_english(text) else _ABROAD
    return {found.lastgroup for found in words.finditer(text.lower()) if found.lastgroup}


@lru_cache(maxsize=256)  # asked of the same paragraphs several times
def is_english(text: str) -> bool:
    return len(_IN_ENGLISH.findall(text)) * _OFTEN >= text.count(" ")


def said_now(text: str) -> int:
    """How often somebody speaks to somebody in a text, now."""
    return len((_NOW if is_english(text) else _NOW_ABROAD).findall(text))


def told(text: str) -> int:
    """How often a text says what somebody else did, then."""
    return len((_TOLD if is_english(text) else _TOLD_ABROAD).findall(text))
