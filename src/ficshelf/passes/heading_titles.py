"""The titles behind chapters' numbers: where one ends a heading, and where what follows the number is a sentence."""

from __future__ import annotations

import re

DECOR = "-–—~*=_#<>[]{}|:+•·♥★☆° \t\xa0/\\^«»"
LOWER = re.compile(r"[a-zà-öø-ÿ]")
_SEPARATED = re.compile(r"\s*(?:[:.\-–—~|,;*=/)\]>»•]+|\s)\s*(?P<title>\S.*)", re.S)
SMALL = frozenset(
    ("a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "is", "nor", "of", "off", "on", "or",
     "out", "over", "so", "the", "to", "up", "with", "vs", "you", "me", "my", "her", "his", "it", "its", "der",
     "die", "das", "und", "le", "la", "les", "de", "du", "des", "el", "los", "las", "y", "il", "lo", "e", "o", "da",
     "do", "dos")
)  # fmt: skip
OLD_TITLE = re.compile(
    r"(?:in which|wherein|where(?:in)?|containing|concerning|being|showing|in dem|in welchem|où)\b", re.I
)
_NOT_YET = re.compile(
    r"(?:is\s+)?(?:coming|soon|to come|up next|tba|tbd|to be continued|next (?:week|month))\b[\s\w]{0,20}[.!…]*", re.I
)


def title_after(rest: str) -> str | None:
    """The chapter's title behind its number: "" where there is none, None where what follows is a sentence."""
    if not rest.strip(DECOR + ".),(\"“”'"):
        return ""
    rest = rest.rstrip()
    if rest[:1].isalnum() or not (found := _SEPARATED.fullmatch(rest)):
        return None
    sign = rest.lstrip()[0]
    separated = not sign.isalnum() and sign not in "\"“‘'(¿¡,"
    title = tidy(found["title"])
    if not title:
        return ""
    quoted = found["title"][0] + found["title"][-1] in ('""', "“”", "«»", "„“", "()")
    if _NOT_YET.fullmatch(title):
        return None
    words = title.split()
    if OLD_TITLE.match(title):
        return title if len(words) <= 40 else None
    if separated or (quoted and title[-1] not in ",."):
        runs_on = len(words) > 18 or (LOWER.match(title[0]) and re.search(r"[.!?]\s+\w", title))
        return None if runs_on else title
    if len(words) > 9 or title[-1] in ".,;:" or LOWER.match(title[0]):
        return None
    plain = sum(1 for word in words if LOWER.match(word[0]) and word.lower() not in SMALL)
    return title if plain == 0 else None


def is_plain_title(title: str) -> bool:
    """Whether what follows `Day 5` is a title, and no entry of a diary and no hour; a year may be one."""
    said = title.removesuffix("...")
    words = len(title.split())
    if words > 8 or said.endswith((".", ",")) or re.search(r"\d[:.]\d|^(?!(?:1[5-9]|20)\d\d$)\d|[.!?]\s", said):
        return False
    return words <= 6 or "," not in said


def tidy(title: str) -> str:
    """A title without the signs and the quotation marks around it."""
    title = " ".join(title.split()).strip(DECOR).strip()
    for opening, closing in (("(", ")"), ("“", "”"), ('"', '"'), ("[", "]"), ("'", "'"), ("‘", "’")):
        if title[:1] == opening and title[-1:] == closing and opening not in title[1:-1] and closing not in title[1:-1]:
            title = title[1:-1].strip()
    if title.endswith(")") and "(" not in title:
        title = title[:-1].rstrip()
    return title
