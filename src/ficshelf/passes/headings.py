"""Chapter headings, in all forms that authors and archives use: `Chapter One`, `Part 2/5: X`, `-- 3 --`, `Prologue`.

`parse` reads one line by itself; `chapters` decides where such a line really opens a chapter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ficshelf.model import Node
from ficshelf.passes import east_asian, numbers, several_numbers
from ficshelf.passes.heading_titles import (
    BEFORE_PART,
    DECOR,
    LOWER,
    is_before_part,
    is_link,
    is_number_and_aside,
    is_plain_title,
    names_a_story,
    plain,
    tidy,
    title_after,
    unspaced,
    untagged,
    without_ornament,
    without_stop,
)
from ficshelf.passes.heading_words import (
    ARTICLES,
    EAST,
    KEYS,
    MAIN,
    NAME_STARTS,
    NAMES,
    NOTHING,
    OPENINGS,
    OTHER,
    SPACED_OUT,
    TITLE_OF,
    TITLE_WORDS,
    WORDS,
    Word,
    kind_of,
    may_begin,
)
from ficshelf.passes.number_words import fold
from ficshelf.passes.remembered import remembered


class Heading(NamedTuple):
    """What a heading says. `level` is 2 for a chapter, 1 for a part that chapters may stand in, 0 for a name alone.

    `word` is what it calls itself, folded ("chapter", "day"; "" for a number alone). `counted` is true for a common
    word that heads a chapter only where it counts on. `suffix` tells chapters of one number apart ("b" in `13b`).
    """

    number: int | None
    title: str | None
    level: int = 2
    of: str = ""  # the count in "3/7": "7", "?" or ""
    word: str = ""
    counted: bool = False
    suffix: str = ""


_SIGNS_AS_BLANKS = dict(enumerate(map(chr, range(128)))) | dict.fromkeys(map(ord, ".:,;-–—()[]~*_#"), " ")
_FIRST = re.compile(r"[\W_]*([^\W\d_]+|\d+)")
_LATER = re.compile(r"[^\W\d_]+")
_KEY = re.compile(r"(?P<word>[^\W\d_]+)(?P<sep>\s*[.#№:=]{0,2}\s*|\s*[-–—]\s*)(?P<open>[(\[]?\s*)", re.I)
_SIGN = re.compile(
    r"(?:(?:no|nr|n|nº|num|number|nummer|numéro|número|numero|номер)(?:[.º°]\s*|\s+(?=[\W\d])|\s+)|the\s+|#\s*)", re.I
)
_OF = r"(?:/|of|von|de|di|sur|из|van|z|av)"
_COUNT = re.compile(
    rf"\s*+(?:[-–—:,]\s*+)?(?P<open>[(\[]?)\s*+(?P<again>\d{{1,3}}(?=\s*+{_OF}))?\s*+{_OF}\s*+(?P<of>\d{{1,3}}|\?+|[a-z]+)"
    r"(?![^\W_])\s*[)\]]?",
    re.I,
)
_SUFFIX = re.compile(r"\s?\(?([a-hA-H])\)?(?=\s*$|\s*[:.\-–—])")
_BEHIND_POINT = re.compile(r"\.\d{1,2}(?=\s*(?:$|[:–—-]))")  # `Chapter 4.5`
_BARE = re.compile(
    r"[(\[]?(?P<number>\d{1,3}|[ivxlc]{1,7}|[^\W\d_]{2,14}(?:[-\s][^\W\d_]{2,10}){0,4}(?=\s*[)\]]?\s*(?:[.:|\-–—]|$)))"
    r"(?:\s*(?:/|of)\s*(?P<of>\d{1,3}|\?+)(?!\w))?[)\]]?(?P<sep>\s*[.:)|\-–—]*)(?P<rest>.*)",
    re.I | re.S,
)
_ZERO = re.compile(r"zero\s*[:\-–—]\s*(?P<rest>\S.*)", re.I)
_NAME = re.compile(r"(?:(?:the|das|der|le|la|el|il|o)\s+)?(?P<name>[^\W\d_]+(?:[\s-][^\W\d_]+){0,2})", re.I)
_SPACED = re.compile(r"[\W_]*(?:\w\s){3,}")
_BETWEEN = re.compile(r"\.[\s-]*|[\s-]+")
_LISTED = re.compile(r"(\d{1,3})\s?[.)]\s+(?=[^\W\d_])")  # `6. Chapter 6`, as archives number chapters
_NAMED = r"\s+by\s+(?:[A-Z\d]\S*(?:\s[\w.'-]+){0,2}|[^\s.!?]{3,30})"  # `Part 4 by Polly (The Weir)`, `5 by Ann L.`
_BY = re.compile(_NAMED + r"(?:(?<![.!?,])(?:\s\([\w.' -]{2,30}\))?|(?<=\s[A-Z]\.))")  # `Chapter 6 by Pim`: eFiction
_AGAIN = re.compile(r"(\d{1,3})\s{0,3}[.:)-]\s{1,3}(?=[^\W\d_])")
_DASHES = ("-", "–", "—", "~")
_LETTERED = re.compile(r"\s[A-Z\d](?=\s*[:.\-–—])")  # `Side Story A: The Ferry`
_BETWEEN_LINKS = (" * ", " | ", " • ", " · ", " ~ ")
_PARTED = re.compile(r"\s+[*|•·~]\s+")
LONGEST = 240
_UNCUT = 160  # characters of a line that no width has cut
_CUT = 45  # characters of a line that may have been cut at a width
_LONGEST_COMMON = 140  # characters of a heading that is no chapter's
_LONGEST_OTHER = 80  # characters of one that begins with another word: `The Last Chapter`, `1. Kapitel`


@remembered
def parse(text: str) -> Heading | None:
    """What a line says as a heading, or None where it is none. Looks at the line alone."""
    if text[:1] in ("<", "["):
        text = untagged(text)
    text = plain(text)
    if len(text) > LONGEST or (found := _FIRST.match(text)) is None:
        return None
    kind = kind_of(found[1])
    if kind == NOTHING:
        if (lead := TITLE_OF.match(text)) and fold(found[1]) in TITLE_WORDS:
            told = parse(text[lead.end() :])
            return told if told and told.number is not None and told.title and told.word else None
        return None
    if kind == OTHER:
        if len(text) > _LONGEST_OTHER:
            return None
        first = fold(found[1])
        if found[1][0] in EAST or (text.endswith("장") and first[0].isdigit()):
            found_there = east_asian.parse(text)
            return Heading(*found_there[:3], word=found_there[3]) if found_there else None
        if first in SPACED_OUT and _SPACED.match(text):
            return parse(unspaced(text))
        if not may_begin(first):
            return None
        if KEYS.isdisjoint(text[:80].lower().translate(_SIGNS_AS_BLANKS).split()):
            return _zero(text) if first == "zero" else None
    if is_link(text) or _is_menu(text):
        return None
    bare = without_ornament(text)
    if not bare:
        return None
    heading = _keyed(bare) or _named(bare) or _ordinal(bare) or _listed(bare)
    if heading and heading.level != 2 and len(text) > _LONGEST_COMMON:
        return None
    return heading


def at(nodes: Sequence[Node], index: int) -> Heading | None:
    """What a line says as a heading where it stands: None also where it is the rest of the sentence above it."""
    return None if goes_on(nodes, index) else parse(nodes[index].text)


def goes_on(nodes: Sequence[Node], index: int) -> bool:
    """Whether a line goes on with the one right above it, as lines do that were cut at a width."""
    node, above = nodes[index], nodes[index - 1] if index else None
    if above is None or node.gap or node.page or above.kind:
        return False
    if any(len(below.text) > _UNCUT and not below.gap for below in nodes[index + 1 : index + 3]):
        return False  # no lines are cut here
    return above.text[-1] not in '.!?…"”“«’*)~:]' and len(above.text) >= _CUT


def _is_menu(text: str) -> bool:
    """`* Part One * Part Two * Back *`: two chapters in a row lead to them."""
    pieces = _PARTED.split(text.strip(DECOR), maxsplit=2) if any(sign in text for sign in _BETWEEN_LINKS) else [""]
    one, other = (*map(parse, pieces[:2]), None)[:2]
    return one is not None and other is not None and one.word == other.word and one.number != other.number


def _zero(text: str) -> Heading | None:
    found = _ZERO.fullmatch(text.strip(DECOR))
    return Heading(0, tidy(found["rest"]) or None, 0) if found else None


def _keyed(bare: str) -> Heading | None:
    """`Chapter 3: X`, `Part the Second`, `Book One, Chapter Three`."""
    found = _KEY.match(bare)
    called = fold(found["word"]) if found else ""
    if called in several_numbers.PLURALS and found:
        called = fold(several_numbers.in_singular(called, bare, found.end("word")))
    if found is None or (word := WORDS.get(called)) is None:
        return None
    start = found.end()
    if sign := _SIGN.match(bare, start):
        start = sign.end()
    elif start == found.end("word") and not bare[start : start + 1].isdigit():
        return None
    number = _number(bare, start, word)
    if number is None:
        return None
    rest = bare[number.end :]
    if found["open"] and rest[:1] and ")" not in rest and "]" not in rest and "(" not in bare[: found.start("open")]:
        rest = rest.rstrip(")]")
    return _told(word, called, number, rest)


def _number(text: str, start: int, word: Word) -> numbers.Number | None:
    own = numbers.at(text, start, word.languages)
    if own is not None or word.level != 2:
        return own
    return numbers.at(text, start, MAIN)


def _told(word: Word, called: str, number: numbers.Number, rest: str) -> Heading | None:
    """What a word of headings and its number say, with what stands behind them."""
    if number.roman and not numbers.roman_stands_alone(rest, number):
        return None
    suffix = number.suffix
    if not number.roman and rest[:8].strip(" ")[:1] in several_numbers.JOINS:
        rest = several_numbers.behind_next(rest, number.value)
    if rest[:1] == "." and rest[1:2].isdigit():
        decimal = _BEHIND_POINT.match(rest)
        if decimal is None or word.counted:
            return None  # `Episode 6.998` is what a story is called
        suffix, rest = decimal[0], rest[decimal.end() :]
    if not suffix and not number.roman and (lettered := _SUFFIX.match(rest)):
        suffix, rest = lettered[1].lower(), rest[lettered.end() :]
    of = ""
    counted = _COUNT.match(rest)
    if counted and (counted["of"].isdigit() or counted["of"][0] == "?" or numbers.value(counted["of"]) is not None):
        of, rest = counted["of"], rest[counted.end() :]
    if _BY.fullmatch(rest):
        return Heading(number.value, rest.strip(), word.level, of, called, word.counted, suffix)
    part = rest.lstrip(" ,.-–—:([").rstrip(" )]")
    below = _heading_below(part) if part and rest[:1] in " ,.-–—:" else None
    behind = tidy(part) if below else title_after(rest)
    if behind and (again := _AGAIN.match(behind)) and int(again[1]) == number.value:
        behind = tidy(behind[again.end() :])  # `Chapter 3: 3: The Fall`: the archive's number, and the author's
    if behind is None or (word.counted and not is_plain_title(behind)):
        return None
    if not number.roman and re.fullmatch(r"\s*[-–—]\s*\d{1,3}\s*", rest):
        return None  # `Chapter 1-3`
    if below:
        if below.level > word.level:
            return below
        if below.level == word.level and below.number == number.value:  # `Chapter #1 - Chapter 1: Oil`, an archive's
            return below._replace(of=of or below.of)
        return Heading(number.value, behind, word.level, of, called, word.counted, suffix or behind.lower())
    return Heading(number.value, behind or None, word.level, of, called, word.counted, suffix)


def _named(bare: str) -> Heading | None:
    """`Prologue`, `Epilogue: X`, `Interlude II`, `Epilogue, part 2`, `The Last Chapter`."""
    found = _NAME.match(bare)
    if found is None:
        return None
    name = ""
    for piece in re.finditer(r"[\s-]|$", found["name"]):
        folded = fold(found["name"][: piece.start()])
        if folded in NAMES:
            name, end = folded, found.start("name") + piece.start()
    if not name:
        return None
    rest = bare[end:]
    number = 0 if name in OPENINGS else None
    behind = rest.lstrip(" ,(-")
    told = numbers.at(behind, 0, ("en",)) if behind else None
    if told is None and (below := parse(behind.rstrip(")")) if behind[:1].isalpha() else None):
        told = numbers.Number(0, len(behind)) if below.number is not None else None
    if rest.strip(DECOR + ".") and not (told and title_after(behind[told.end :]) is not None and rest[:1] in " ,(-"):
        lettered = _LETTERED.match(rest)
        rest = rest[lettered.end() :] if lettered else rest
        after = title_after(rest)
        if after is None or not (rest.lstrip()[0] in ":-–—.,(|~*;" or rest.lstrip()[:1].isdigit()):
            return None
    return Heading(number, tidy(bare.rstrip(" :.-–—~*(|")), 0, word=name)


def _ordinal(bare: str) -> Heading | None:
    """`The Twenty-First Chapter`, `1. Kapitel: X`, `Deuxième partie`, `First Interlude`."""
    first, _, behind = bare.partition(" ")
    start = len(first) + 1 if fold(first) in ARTICLES and behind else 0
    number = numbers.at(bare, start)
    middle = _BETWEEN.match(bare, number.end) if number else None
    found = _LATER.match(bare, middle.end()) if middle else None
    if number is None or found is None:
        return None
    called = fold(found[0])
    if (word := WORDS.get(called)) is not None:
        rest = bare[found.end() :]
        if rest.strip() and rest.lstrip()[0] not in ":.-–—,;(":
            return None
        return _told(word, called, number._replace(roman=False), rest)
    if called in NAME_STARTS and (named := _named(bare[found.start() :])):
        return named if named.number == 0 and bare[:1].isdigit() else named._replace(title=tidy(bare))
    return None


def _listed(bare: str) -> Heading | None:
    """`6. Chapter 6: Oil`, the archive's number before the author's; in `7. Chapter 6` the seventh is called so."""
    found = _LISTED.match(bare)
    own = _keyed(bare[found.end() :]) if found else None
    if found is None or own is None or own.level != 2:
        return None
    number = int(found[1])
    return own if own.number == number else Heading(number, tidy(bare[found.end() :]), 2)


def is_listed(text: str) -> bool:
    """Whether an archive's own number stands before a chapter's word and number: `6. Chapter 6`."""
    return _listed(without_ornament(text)) is not None


_DECIMAL = re.compile(r"\d{1,3}[.:]\d")  # `1.2: Tar`, as serials count, is a name, and `1:00` an hour


@remembered
def bare(text: str) -> Heading | None:
    """`3`, `IV.`, `{Two}`, `#3: The Fall`, `(2/5)`: a number that no word of headings goes with."""
    if text[:1] in east_asian.DIGITS:
        return Heading(*told) if (told := east_asian.listed(text)) else None
    said = text
    text = plain(untagged(text) if text[:1] in ("<", "[") else text).strip(DECOR)
    if text[:1] == "." == text[-1:]:
        text = text.strip(DECOR + ".")  # `.: 3 :.`
    if (
        _DECIMAL.match(text)
        or (first := _FIRST.match(text)) is None
        or not (first[1].isdigit() or may_begin(first[1].lower()))
    ):
        return None
    found = _BARE.fullmatch(text)
    number = numbers.value(found["number"]) if found else None
    if found is None or number is None:
        return None
    title = tidy(found["rest"])
    parted = found["sep"].strip() or said[:1] == "#" or text[found.end("number") :][:1] == ")"
    if title and not parted:
        return None
    again = parse(title) if title else None  # an archive's own number: `3. Chapter 3: The Fall`
    if again and again.number == number and again.level and not again.counted:
        return again
    return Heading(number, title or None, 2, found["of"] or "")


def named(text: str) -> Heading:
    """What a line says that is known to be a heading: a bare number counts, and what is no number is the title.

    `2. Chapter 2: Oil`, as menus have it, says the same number twice; in `2. Chapter 1` the chapter is called so.
    """
    found = parse(text) or bare(text)
    if found is None and text[-1:] in (")", "]") and (parted := at_end_of_title(text)):
        found = parted[1]._replace(title=parted[0])  # `Oil ( Chapter 2 )`
    found = found or Heading(None, tidy(text) or None, 0)
    again = parse(found.title) if found.title and found.number is not None else None
    return again if again and again.number == found.number and not again.counted else found


def _heading_below(title: str) -> Heading | None:
    """`Part Two, Chapter Five`: the chapter that stands behind the part."""
    return parse(title) if (found := _LATER.match(title)) and fold(found[0]) in WORDS else None


def at_end_of_title(text: str) -> tuple[str, Heading] | None:
    """`The Long Watch - Chapter 3: Fire`: a work's title with the chapter behind it; (title, heading) or None."""
    if len(text) > _LONGEST_COMMON:
        return None
    for found in BEFORE_PART.finditer(text):
        title, behind = tidy(text[: found.start()]), text[found.end() :]
        word = _LATER.match(behind)
        if found[0].strip() in _DASHES and fold(behind.strip(DECOR + ".")) in NAMES and names_a_story(title):
            return title, Heading(
                0 if fold(behind.strip(DECOR)) in OPENINGS else None, tidy(behind), 0
            )  # `Salt – Prologue`
        if word is None or fold(word[0]) not in WORDS or not 0 < found.start() <= 90:
            continue
        heading = _keyed(behind.rstrip(")] ").strip(DECOR))
        if heading and heading.level == 1 and is_number_and_aside(behind[word.end() :]):
            return None  # `The Ford - Book 1 (Harbour Watch AU)` is what the work is called
        if found[0].isspace() and not (heading and is_before_part(title, heading.title, heading.level, behind)):
            continue
        if found[0][0] == "." and not (
            heading and heading.level == 2 and heading.title is None and _is_short_name(title)
        ):
            continue  # `Lanterns. Chapter 5.`
        if heading and re.match(r"\w+\s+the\b", behind, re.I):
            return None  # `Thread, Part the First` is what it is called
        if not heading or heading.counted or not title or len(title.split()) > 14 or parse(title) or title[-1] in ".,":
            return None
        if found[0][0] == "," and text.endswith("!"):
            return None  # `Here we go, chapter 36!` is what the author says
        return None if LOWER.match(title[0]) else (title, heading)
    return None


def _is_short_name(title: str) -> bool:
    """Whether words before a full stop may be what a story is called, and no sentence and no number."""
    words = title.split()
    return len(words) <= 5 and bare(title) is None and (len(words) <= 2 or names_a_story(title))


def pack(heading: Heading) -> str:
    """A heading as the `detail` of its node, for `assemble` to unpack."""
    number = "" if heading.number is None else str(heading.number)
    return "\t".join((number, without_stop(heading.title or ""), str(heading.level), heading.of))


def unpack(detail: str) -> Heading:
    """The heading that `pack` packed."""
    number, title, level, of = detail.split("\t")
    return Heading(int(number) if number else None, title or None, int(level), of)
