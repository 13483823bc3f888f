"""The filters of a query: which there are, and how what stands behind `field:` is read."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from ficshelf import ratings
from ficshelf.errors import QueryError
from ficshelf.search.normalise import LONGEST, words
from ficshelf.search.query import SORTS, Node, OneOf, Tagged, Within

QUOTES = '"“”„‟«»'  # what opens or closes a phrase

# What each filter looks at, and how its value is read: the kinds are the keys of _READ.
FIELDS = {
    "title": "text",
    "author": "text",
    "fandom": "text",
    "relationship": "text",
    "character": "text",
    "rating": "rating",
    "warning": "text",
    "genre": "text",
    "category": "text",
    "tag": "text",
    "series": "text",
    "summary": "text",
    "language": "text",
    "complete": "complete",
    "words": "number",
    "chapters": "number",
    "updated": "date",
    "published": "date",
    "added": "date",
    "is": "is",
}
ALIASES = {
    "by": "author", "authors": "author", "pairing": "relationship", "ship": "relationship", "characters": "character",
    "char": "character", "rated": "rating", "warnings": "warning", "tags": "tag", "lang": "language",
    "finished": "complete", "length": "words", "chapter": "chapters", "word": "words", "fandoms": "fandom",
    "relationships": "relationship", "pairings": "relationship", "date": "updated", "order": "sort",
}  # fmt: skip
_EXAMPLES = {
    "rating": "teen", "complete": "yes", "words": ">5000", "chapters": "1-10", "updated": ">2004", "published": "2003",
    "added": ">2020", "is": "complete", "sort": "words", "language": "english",
}  # fmt: skip


def read(name: str, value: str, whole: bool) -> Node:
    """The filter `name:value`, or `name:=value` where it is for the whole value. Raises QueryError, in plain words, for
    a value that says nothing."""
    return _READ[FIELDS[name]](name, value, whole)


def example(name: str) -> str:
    """A value that could stand behind `name:`."""
    return f"{name}:{_EXAMPLES.get(name, 'rose')}"


def sort(value: str) -> str:
    """The order that `sort:value` asks for."""
    name = value.lower()
    if name not in SORTS:
        raise QueryError(f"There is no order “{value[:40]}”. There are {', '.join(SORTS)}.")
    return name


def checked(word: str) -> str:
    """The word, unless it is too long for any story to be found by."""
    if len(word.encode()) > LONGEST:
        raise QueryError(f"“{word[:20]}…” is too long to be a word; look for something shorter.")
    return word


def _tagged(name: str, value: str, whole: bool) -> Node:
    tidy = " ".join("".join(" " if sign in QUOTES or not sign.isprintable() else sign for sign in value).split())
    if not tidy or (not whole and not words(tidy)):
        raise QueryError(f"{name}: needs a word behind it, such as {name}:rose")
    for word in words(tidy):
        checked(word)
    return Tagged(name, tidy, whole)


def _rating(name: str, value: str, _: bool) -> Node:
    found = re.fullmatch(r"([<>]?=?)\s*(.+)", value)
    sign, stated = (found[1], found[2]) if found else ("", value)
    known = ratings.scale(stated)
    if known == ratings.UNRATED and "".join(words(stated)) not in ("unrated", "notrated", "none", "nr", "na"):
        raise QueryError(
            f"“{stated[:40]}” is no rating that ficshelf knows. "
            f"Use {', '.join(ratings.SCALE)} or unrated, or what archives write, such as PG-13."
        )
    if sign in ("", "=") or known == ratings.UNRATED:
        return OneOf(name, (known,), known)
    rank = ratings.SCALE.index(known)
    span = {
        "<": ratings.SCALE[:rank],
        "<=": ratings.SCALE[: rank + 1],
        ">": ratings.SCALE[rank + 1 :],
        ">=": ratings.SCALE[rank:],
    }
    return OneOf(name, tuple(span[sign]), sign + known)


_COMPLETE = {
    "yes": "yes true 1 y complete completed done finished",
    "no": "no false 0 n wip unfinished incomplete",
    "unknown": "unknown unsaid maybe",
}


def _complete(name: str, value: str, _: bool) -> Node:
    said = "".join(words(value))
    for answer, ways in _COMPLETE.items():
        if said in ways.split():
            return OneOf(name, (answer,), answer)
    raise QueryError(f"complete:{value[:40]} is not understood. Use complete:yes, complete:no or complete:unknown.")


_IS: dict[str, Node] = {
    "complete": OneOf("complete", ("yes",), "yes"),
    "finished": OneOf("complete", ("yes",), "yes"),
    "wip": OneOf("complete", ("no",), "no"),
    "unfinished": OneOf("complete", ("no",), "no"),
    "oneshot": Within("chapters", 1, 1, "1"),
    "series": OneOf("is", ("series",), "series"),
    "crossover": OneOf("is", ("crossover",), "crossover"),
    "untitled": OneOf("is", ("untitled",), "untitled"),
    "members": OneOf("is", ("members",), "members"),
    "hidden": OneOf("is", ("hidden",), "hidden"),
}


def _is(name: str, value: str, _: bool) -> Node:
    node = _IS.get("".join(words(value)))
    if node is None:
        raise QueryError(f"is:{value[:40]} is not understood. There are {', '.join('is:' + kind for kind in _IS)}.")
    return node


_NUMBER = r"\d[\d,_]*(?:\.\d+)?\s*[km]?"


def _number(name: str, value: str, _: bool) -> Node:
    low, high = _bounds(name, value, _NUMBER, lambda text: (_figure(text), _figure(text)))
    return Within(name, low, high, "".join(value.split()))


def _figure(text: str) -> int:
    scale = {"k": 1000, "m": 1_000_000}.get(text[-1:].lower(), 1)
    return min(int(float(text.rstrip("kKmM ").replace(",", "").replace("_", "")) * scale), 2**60)


_DATE = r"\d{4}(?:-\d{1,2}(?:-\d{1,2})?)?"


def _date(name: str, value: str, _: bool) -> Node:
    low, high = _bounds(name, value, _DATE, lambda text: _days(name, text))
    return Within(name, low, high, "".join(value.split()))


def _days(name: str, text: str) -> tuple[int, int]:
    """The first and the last day of a year, a month or a day."""
    year, month, day = (*map(int, text.split("-")), 0, 0)[:3]
    try:
        first = datetime.date(year, month or 1, day or 1)
        if day:
            return first.toordinal(), first.toordinal()
        after = datetime.date(year + 1, 1, 1) if not month or month == 12 else datetime.date(year, month + 1, 1)
    except ValueError:
        raise QueryError(f"{name}:{text} is no date. Write 2004, 2004-05 or 2004-05-31.") from None
    return first.toordinal(), after.toordinal() - 1


def _bounds(name: str, value: str, one: str, read: Callable[[str], tuple[int, int]]) -> tuple[int | None, int | None]:
    """What `>5`, `<=5`, `5-9`, `5..9`, `5+`, `5..` and `5` let in."""
    if found := re.fullmatch(rf"([<>]=?|=?)\s*({one})", value, re.I | re.A):
        first, last = read(found[2])
        if found[1] in (">", ">="):
            return (last + 1 if found[1] == ">" else first), None
        if found[1] in ("<", "<="):
            return None, (first - 1 if found[1] == "<" else last)
        return first, last
    if found := re.fullmatch(rf"({one})\s*(?:\+|\.\.|-|–)", value, re.I | re.A):
        return read(found[1])[0], None
    if found := re.fullmatch(rf"(?:\.\.|-|–)\s*({one})", value, re.I | re.A):
        return None, read(found[1])[1]
    if found := re.fullmatch(rf"({one})\s*(?:\.\.|-|–|to)\s*({one})", value, re.I | re.A):
        low, high = read(found[1]), read(found[2])
        return min(low[0], high[0]), max(low[1], high[1])
    example = "2004, >2004-05, 2003..2005" if one == _DATE else "5000, >5000, <20k, 1k-20k"
    raise QueryError(f"{name}:{value[:40]} is not understood. Write {name}: and one of {example}.")


_READ: dict[str, Callable[[str, str, bool], Node]] = {
    "text": _tagged,
    "rating": _rating,
    "complete": _complete,
    "is": _is,
    "number": _number,
    "date": _date,
}
