"""Chapter headings, in all forms that authors and archives use: `Chapter One`, `Part 2/5: X`, `-- 3 --`, `Prologue`.

`parse` reads one line by itself; `chapters` decides where such a line really opens a chapter.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ficshelf.passes import numbers


class Heading(NamedTuple):
    """What a heading says. `level` is 2 for a chapter, 1 for a part that chapters may stand in, 0 for a name alone."""

    number: int | None
    title: str | None
    level: int = 2
    of: str = ""  # the count in "3/7": "7", "?" or ""


_WORDS_2 = (
    "chapter|chap|ch|chpt|chptr|kapitel|kap|chapitre|capítulo|capitulo|capitolo|глава|chapter no|"
    "rozdział|hoofdstuk|kapittel"
)
_WORDS_1 = (
    "part|pt|act|book|volume|episode|day|installment|instalment|section|teil|partie|parte|часть|"
    "atto|akt|fit|stave|canto|letter|brief|lettre|carta|lettera|письмо"
)
_NUMBER = numbers.PATTERN
_END_OF_NUMBER = r"(?![^\W_])"
_COUNT = (
    r"(?:\s*(?:/|of|von|de|из)\s*(?P<of>\d{1,3}|\?+|"
    + "|".join(list(numbers.WORDS)[1:21])
    + r")"
    + _END_OF_NUMBER
    + r")?"
)
_KEYED = re.compile(
    rf"(?:the\s+)?(?P<word>{_WORDS_2}|{_WORDS_1})(?P<dot>\s*[.#№:=]?\s*|\s+the\s+|\s*[-–]\s*)(?P<number>{_NUMBER}){_END_OF_NUMBER}{_COUNT}(?P<rest>.*)",
    re.I | re.S,
)
_ORDINAL = re.compile(
    rf"(?:the\s+)?(?P<number>{_NUMBER}){_END_OF_NUMBER}(?:st|nd|rd|th|\.)?\s+(?P<word>{_WORDS_2}|{_WORDS_1})(?P<rest>(?:\s*[:.\-–—].*)?)",
    re.I | re.S,
)
_NAMES = re.compile(
    r"(?P<name>(?:the\s+)?(?:prologue|prolog|prologo|prólogo|пролог|epilogue|epilog|épilogue|epílogo|"
    r"epilogo|эпилог|interlude|intermezzo|intermission"
    r"|zwischenspiel|final(?:e)?\s+chapter|last\s+chapter|letztes\s+kapitel|dernier\s+chapitre|bonus\s+chapter|"
    r"afterword|coda|preface|foreword|prelude|vorwort|nachwort|préface|avant-propos|prefacio|prólogo|prefazione|prefácio))(?P<rest>(?:\s*[:\-–—.,(|~*].*|\s+(?:[1-9]\d?|[ivx]{1,5}))?)",
    re.I | re.S,
)
_ZERO = re.compile(r"zero\s*[:\-–—]\s*(?P<rest>\S.*)", re.I)
BARE = re.compile(
    rf"[(\[]?(?P<number>\d{{1,3}}|[ivxlc]{{1,7}}|{'|'.join(list(numbers.WORDS)[1:21])})[)\]]?(?P<sep>\s*[.:)\-–—]*)(?P<rest>.*)",
    re.I | re.S,
)
DECOR = "-–—~*=_#<>[]{}|:+•·♥★☆° \t\xa0/\\^«»"
_SEPARATED = re.compile(r"\s*(?:[:.\-–—~|,*=/)\]>]+|\s)\s*(?P<title>\S.*)", re.S)
LOWER = re.compile(r"[a-zà-öø-ÿ]")
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "nor",
        "of",
        "off",
        "on",
        "or",
        "out",
        "over",
        "so",
        "the",
        "to",
        "up",
        "with",
        "vs",
        "you",
        "me",
        "my",
        "her",
        "his",
        "it",
        "its",
        "der",
        "die",
        "das",
        "und",
        "le",
        "la",
        "les",
        "de",
        "du",
        "des",
        "el",
        "los",
        "las",
        "y",
        "il",
        "lo",
        "e",
        "o",
        "da",
        "do",
        "dos",
    ]
)
_AT_END = re.compile(
    rf"(?P<title>[^\n]{{1,90}}?)\s*(?:[-–—:,|~]\s*|\s+\(|\s+\[)(?P<heading>(?:{_WORDS_2}|{_WORDS_1})\s*[.#]?\s*(?:{_NUMBER}){_END_OF_NUMBER}[^\n]*)",
    re.I,
)
_MAY_BE = re.compile(
    r"[^\w]*(?:the\s+)?(?:(?:\d|fir|sec|thi|fou|fif|six|sev|eig|nin|ten|ele|twe|one|two|thr|for|ers|zwe|dri|vie|fün|sie|ach|"
    r"neu|zeh|un|deu|troi|qua|cin|set|hui|dix|pre|pri|seg|ter|sex|sép|oct|nov|déc|tre|sei|otto|die|due|uno|dos|"
    r"ses|ott|non|sét|oit|qui|een|vij|zes|zev|neg|tie|пер|вто|тре|чет|пят|шес|сед|вос|дев|дес|од|дв|[ivxlc]+\b)[^\W_]*[.\s-]+){0,2}(?:cha?p|ch[.\s#]|kap|cap[íi]|глав|rozd|hoofd|part|pt[.\s]|act|"
    r"akt|atto|book|vol|episo|day|instal|sect"
    r"|teil|час|fit|stave|canto|prol|pról|epíl|épil|epil|inter|final|last|letzt|derni|bonus|after|"
    r"coda|zero|zwisch|пролог|эпил|lett|brief|cart|письм|pref|préf|fore|prel|vorw|nachw|avant)",
    re.I,
)  # cheap: most lines of a story are no heading
_SIGNS = re.compile(r"^[^\w\s\"“”‘’'(\[¿¡«„]+")  # hearts, stars and flowers before a heading
LONGEST = 140


@lru_cache(maxsize=16_384)  # several passes ask about the same lines
def parse(text: str) -> Heading | None:
    """What a line says as a heading, or None where it is none. Looks at the line alone."""
    if len(text) > LONGEST or not _MAY_BE.match(text):
        return None
    bare = text.strip(DECOR)
    if not bare or not bare[0].isalnum():
        bare = _SIGNS.sub("", bare).strip(DECOR + '()"“”')
        if not bare:
            return None
    low = bare[:24].lower()
    first = low[0]
    if first == "z" and (found := _ZERO.fullmatch(bare)):
        return Heading(0, tidy(found["rest"]) or None, 0)
    if first in "tpeiбзflbaпэzédcvn":
        found = _NAMES.fullmatch(bare)
        if found and _plausible_rest(found["rest"]):
            number = 0 if "prol" in low or "пролог" in low or "prólogo" in low else None
            title = (
                tidy(found["name"].rstrip() + found["rest"].rstrip(" :.-–—~*(|"))
                if found["rest"].strip(DECOR + ".")
                else tidy(found["name"])
            )
            return Heading(number, title, 0)
    found = _KEYED.match(bare)
    if found and found.end() == len(bare):
        behind = _title_after(found["rest"])
        number = numbers.value(found["number"])
        if behind is not None and number is not None and _number_fits(found, bare):
            level = 2 if re.fullmatch(_WORDS_2, found["word"], re.I) else 1
            below = _heading_below(behind)
            if below:
                return below if below.level > level else Heading(number, below.title, level, found["of"] or "")
            return Heading(number, behind or None, level, found["of"] or "")
        return None
    found = _ORDINAL.fullmatch(bare)
    if found and (number := numbers.value(found["number"])) is not None:
        behind = _title_after(found["rest"])
        if behind is not None:
            return Heading(number, behind or None, 2 if re.fullmatch(_WORDS_2, found["word"], re.I) else 1)
    return None


def named(text: str) -> Heading:
    """What a line says that is known to be a heading: a bare number counts, and what is no number is the title."""
    heading = parse(text)
    if heading:
        return heading
    bare = BARE.fullmatch(text.strip(DECOR))
    number = numbers.value(bare["number"]) if bare else None
    if bare and number is not None and (bare["sep"].strip() or not bare["rest"].strip()):
        return Heading(number, tidy(bare["rest"]) or None)
    return Heading(None, tidy(text) or None, 0)


def _heading_below(title: str) -> Heading | None:
    """`Part Two, Chapter Five`: the chapter that stands behind the part."""
    return parse(title) if re.match(rf"(?:{_WORDS_2}|{_WORDS_1})\b", title, re.I) else None


def _number_fits(found: re.Match[str], bare: str) -> bool:
    """`Part I loved`: one letter that is also a word counts only when nothing, or a mark, follows it."""
    written = found["number"]
    if len(written) == 1 and written.lower() in "ivxlc":
        rest = found["rest"]
        return not rest.strip() or not rest[0].isspace() or rest.strip()[0] in ":-–—~." or written.isupper()
    return True


def _plausible_rest(rest: str) -> bool:
    return _title_after(rest) is not None


def _title_after(rest: str) -> str | None:
    """The chapter's title behind its number: "" where there is none, None where what follows is a sentence."""
    if not rest.strip(DECOR + ".),(\"“”'"):
        return ""
    found = _SEPARATED.fullmatch(rest.rstrip())
    if not found:
        return None
    separated = bool(rest.strip()) and not rest.strip()[0].isalnum() and rest.strip()[0] not in "\"“‘'(¿¡"
    title = tidy(found["title"])
    if not title:
        return ""
    words = title.split()
    if separated and rest.lstrip()[0] == ",":
        separated = False
    if separated:
        return title if len(words) <= 18 else None
    if len(words) > 9 or title[-1] in ".,;:" or LOWER.match(title[0]):
        return None
    plain = sum(1 for word in words if LOWER.match(word[0]) and word.lower() not in _SMALL)
    return title if plain == 0 else None


def tidy(title: str) -> str:
    title = " ".join(title.split()).strip(DECOR).strip()
    for opening, closing in (("(", ")"), ("“", "”"), ('"', '"'), ("[", "]")):
        if title[:1] == opening and title[-1:] == closing and opening not in title[1:-1] and closing not in title[1:-1]:
            title = title[1:-1].strip()
    if title.endswith(")") and "(" not in title:
        title = title[:-1].rstrip()
    return title


def at_end_of_title(text: str) -> tuple[str, Heading] | None:
    """`The Long Watch - Chapter 3: Fire`: a work's title with the chapter behind it; (title, heading) or None."""
    if len(text) > LONGEST or not (found := _AT_END.fullmatch(text)):
        return None
    title = tidy(found["title"])
    heading = parse(found["heading"].rstrip(")]"))
    words = title.split()
    if not heading or not title or len(words) > 14 or parse(title) or title[-1] in ".," or LOWER.match(title[0]):
        return None
    return title, heading


def pack(heading: Heading) -> str:
    """A heading as the `detail` of its node, for `assemble` to unpack."""
    return "\t".join(
        ["" if heading.number is None else str(heading.number), heading.title or "", str(heading.level), heading.of]
    )


def unpack(detail: str) -> Heading:
    """The heading that `pack` packed."""
    number, title, level, of = detail.split("\t")
    return Heading(int(number) if number else None, title or None, int(level), of)
