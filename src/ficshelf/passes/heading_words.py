"""The words that head chapters, in all languages that `heading_words.toml` lists, and the words they may begin with."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from ficshelf.passes import numbers, several_numbers
from ficshelf.passes.number_words import LANGUAGES, fold

ARTICLES = frozenset(("the", "das", "der", "die", "la", "le", "el", "o", "il", "l", "a"))
EAST = frozenset("第제")
OWN, OTHER, NOTHING = "own", "other", ""  # kinds of words that lines begin with
TITLE_OF = re.compile(  # before a chapter's word: `Titre du chapitre 1 : Le signal`
    r"[\W_]{0,4}(?:titre\s+d[ue]|title\s+(?:of|for)|t[ií]tulo\s+d[eo]l?|titolo\s+del|titel\s+(?:von|des)|tytuł|название)\s+"
    r"(?=[^\W\d_])",
    re.I,
)
TITLE_WORDS = frozenset(("titre", "title", "titulo", "titolo", "titel", "tytuł", "название", "tytul"))


class Word(NamedTuple):
    """What a word of headings means: its level, whether it heads chapters only where it counts on, its languages."""

    level: int
    counted: bool
    languages: tuple[str, ...]


_TABLE = tomllib.loads(resources.files(__package__).joinpath("heading_words.toml").read_text("utf-8"))
MAIN = ("en", "de", "fr", "es", "it", "pt", "ru", "nl", "pl")  # a chapter's number may be in another one's words


def _words() -> dict[str, Word]:
    words: dict[str, Word] = {}
    for level, counted, name in ((2, False, "chapter"), (1, False, "part"), (1, True, "counted")):
        for language, listed in _TABLE[name].items():
            for word in map(fold, listed):
                known = words.get(word)
                languages = (*(known.languages if known else ()), *([language] if language in LANGUAGES else []))
                words[word] = Word(known.level if known else level, known.counted if known else counted, languages)
    return words


WORDS = _words()
OPENINGS = frozenset(map(fold, _TABLE["opening"]["any"]))
NAMES = frozenset(map(fold, _TABLE["named"]["any"])) | OPENINGS
NAME_STARTS = frozenset(re.split(r"[\s-]", name)[0] for name in NAMES)
KEYS = (
    NAME_STARTS
    | frozenset(several_numbers.PLURALS)
    | frozenset(WORDS)
    | {word for kind in _TABLE.values() for row in kind.values() for word in row}
)
SPACED_OUT = frozenset(word[0] for word in KEYS)  # what `C h a p t e r` and `R o z d z i a ł` begin with


@lru_cache(maxsize=4_096)  # the words that lines begin with are few
def kind_of(first: str) -> str:
    """What the first word of a line is to a heading: one of its own words, one that may stand before it, or nothing."""
    folded = fold(first)
    if folded in KEYS:
        return OWN
    return OTHER if first[0] in EAST or folded in SPACED_OUT or may_begin(folded) else NOTHING


@lru_cache(maxsize=4_096)
def may_begin(first: str) -> bool:
    """Whether a heading may begin with this word before its own: a number, an article, an ornament."""
    return (
        numbers.starts_number(first)
        or first[0].isdigit()
        or first in ARTICLES
        or (first[0] in "ivxlco" and (not first.strip("ivxlc") or not first.strip("ox")))
    )
