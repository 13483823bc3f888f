"""Numbers as chapter headings write them: digits, Roman numerals, and words in a dozen languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from ficshelf.passes.number_words import LANGUAGES, fold, table

# What a number in English looks like, to be built into larger patterns (ignoring case).
PATTERN = (
    r"(?:\d{1,4}(?!\d)|(?:twen|thir|for|four|fif|six|seven|eigh|nine)t(?:y|ieth)"
    r"(?:[\s-]?(?:one|two|three|four|five|six|seven|eight|nine|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth))?|"
    r"(?:thir|four|fif|six|seven|eigh|nine)teen(?:th)?|ten(?:th)?|eleven(?:th)?|twel(?:ve|fth)|zero|"
    r"one|two|three|four|five|six|seven|eight|nine|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|[ivxlc]{1,8})"
)
_DIGITS = re.compile(
    r"(?P<digits>\d{1,4})(?:(?P<dot>\.\d{1,2})(?![\d.:])|(?P<letter>[a-h])(?![^\W_])|(?:st|nd|rd|th|er|e|ère|ème|[ºª°]|-?(?:я|ая|й))(?![^\W_]))?(?!\d|:\d)",
    re.I,
)
_WORDS = re.compile(r"[^\W\d_]+(?:(?:[\s-]{1,3})[^\W\d_]+){0,5}")
_WORD = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile(r"(?=[ivxlc])(?:xc|xl|l?x{0,3}|c{1,3}(?:xc|xl|l?x{0,3}))(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


class Number(NamedTuple):
    """A number read in a line: its value, where it ends, whether it is Roman, and what is added to it: `a` in `2a`."""

    value: int
    end: int
    roman: bool = False
    suffix: str = ""


def at(text: str, start: int, languages: Iterable[str] = LANGUAGES) -> Number | None:
    """The number that stands at `start`: the longest that one of the languages knows, of equal ones the first."""
    if found := _DIGITS.match(text, start):
        if found.end() < len(text) and text[found.end()].isalpha():
            return None
        suffix = found["letter"] or ("" if found["dot"] in (None, ".0", ".00") else found["dot"])
        return Number(int(found["digits"]), found.end(), suffix=suffix.lower())
    run = _WORDS.match(text, start)
    if run is None:
        return None
    words = list(_WORD.finditer(text, start, run.end()))
    first = fold(words[0][0])
    folded = [first, *(fold(word[0]) for word in words[1:])] if starts_number(first) else []
    tables = [_every()] if languages is LANGUAGES else [table(language) for language in languages]
    best, longest = 0, 0
    for known in tables:
        for count in range(len(folded), longest, -1):
            if (value := known.get(" ".join(folded[:count]))) is not None:
                best, longest = value, count
                break
    if longest:
        return Number(best, words[longest - 1].end())
    if _ROMAN.fullmatch(first) and words[0][0].isascii():
        return Number(roman(first), words[0].end(), roman=True)
    return None


@cache
def _every() -> dict[str, int]:
    """The number words of all languages; where two know one word, the first has its way."""
    every: dict[str, int] = {}
    for language in LANGUAGES:
        every = {**table(language), **every}
    return every


def starts_number(word: str) -> bool:
    """Whether a word, folded, may begin a number in words."""
    return word in _starts()


@cache
def _starts() -> frozenset[str]:
    return frozenset(word.split(" ", 1)[0] for word in _every())


def value(written: str) -> int | None:
    """The value of a written number, or None where it is none: "12", "XII", "twelve", "twenty-first"."""
    written = written.strip()
    number = at(written, 0)
    return number.value if number and number.end == len(written) else None


def roman(written: str) -> int:
    """The value of a Roman numeral in lower case."""
    total = 0
    for here, after in zip(written, written[1:] + " ", strict=True):
        worth = _ROMAN_VALUES[here]
        total += -worth if _ROMAN_VALUES.get(after, 0) > worth else worth
    return total


def roman_stands_alone(rest: str, number: Number) -> bool:
    """`Part I loved`: a Roman numeral counts when nothing, a mark, or a title with a capital follows it."""
    tail = rest.strip()
    return not tail or not rest[0].isspace() or not tail[0].islower() or number.value not in (1, 5, 10, 50, 100)
