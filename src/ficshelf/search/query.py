"""What people type into the search box, as small objects: `parse` makes them, `str` writes them back.

holmes violin            stories with both words, in any of their forms
"the long night"         these words as they stand, stop words and all
watson -moriarty         without a word, a phrase or a filter
storm OR tempest         either one; OR binds tighter than the space: `a b OR c` is a and (b or c)
(storm at sea) OR wreck  brackets group
vio*                     words that begin so
author:doyle rating:teen words:>5000 complete:yes   filters, see FIELDS
fandom:="Sherlock Holmes"   that very tag, not one that holds these words
sort:words               the order, see SORTS
"""

from __future__ import annotations

import dataclasses
import datetime
import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ficshelf import ratings
from ficshelf.errors import QueryError
from ficshelf.search.normalise import LONGEST, words

MAX_LENGTH = 2000  # characters; nobody types more, and a longer one is pasted by mistake
MAX_TERMS = 100
MAX_DEPTH = 20
MIN_PREFIX = 2  # letters before a *

SORTS = {
    "relevance": "best match first",
    "title": "by title, A to Z",
    "author": "by author, A to Z",
    "words": "longest first",
    "shortest": "shortest first",
    "updated": "newest change first",
    "oldest": "oldest change first",
    "added": "last added first",
}

# What each filter looks at, and how its value is read: the kinds are those of _Parser.filter.
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


@dataclass(frozen=True, slots=True)
class Word:
    """A single folded word; its other forms count too."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Prefix:
    """Every word that begins with `text`."""

    text: str

    def __str__(self) -> str:
        return f"{self.text}*"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Folded words that follow each other in just this form; a single one is a word without its other forms."""

    words: tuple[str, ...]

    def __str__(self) -> str:
        return f'"{" ".join(self.words)}"'


@dataclass(frozen=True, slots=True)
class Tagged:
    """The filter `field:value`: the field holds these words; with `whole`, one of its values is just that."""

    field: str
    value: str
    whole: bool = False

    def __str__(self) -> str:
        sign = "=" if self.whole else ""
        plain = re.fullmatch(r"[^\W_]+", self.value)
        return f"{self.field}:{sign}{self.value}" if plain else f'{self.field}:{sign}"{self.value}"'


@dataclass(frozen=True, slots=True)
class Within:
    """The filter of a number or a date: from `low` to `high`, both counted in, None being open. Dates are day numbers
    as `date.toordinal` gives them. `text` is how it was written."""

    field: str
    low: int | None
    high: int | None
    text: str = dataclasses.field(compare=False)

    def __str__(self) -> str:
        return f"{self.field}:{self.text}"


@dataclass(frozen=True, slots=True)
class OneOf:
    """The filter of a field with few values: it has one of `values`. `text` is how it was written."""

    field: str
    values: tuple[str, ...]
    text: str = dataclasses.field(compare=False)

    def __str__(self) -> str:
        return f"{self.field}:{self.text}"


@dataclass(frozen=True, slots=True)
class Not:
    """Whatever does not match `node`."""

    node: Node

    def __str__(self) -> str:
        return f"-{self.node}"


@dataclass(frozen=True, slots=True)
class All:
    """What matches every one of `nodes`: two or more."""

    nodes: tuple[Node, ...]

    def __str__(self) -> str:
        return f"({' '.join(map(str, self.nodes))})"


@dataclass(frozen=True, slots=True)
class Either:
    """What matches any of `nodes`: two or more."""

    nodes: tuple[Node, ...]

    def __str__(self) -> str:
        return f"({' OR '.join(map(str, self.nodes))})"


Filter = Tagged | Within | OneOf
Text = Word | Prefix | Phrase
Node = Text | Filter | Not | All | Either


@dataclass(frozen=True, slots=True)
class Query:
    """A whole query: everything in `nodes` must match; none at all means every story. `sort` is a key of SORTS or "",
    which is by relevance where there are words to rank by and by title otherwise."""

    nodes: tuple[Node, ...] = ()
    sort: str = ""

    def __str__(self) -> str:
        parts = [str(node) for node in self.nodes]
        return " ".join([*parts, f"sort:{self.sort}"] if self.sort else parts)

    def text(self) -> Iterator[Text]:
        """What is looked for in the stories themselves, without filters and exclusions, each once."""
        return iter(dict.fromkeys(_text(self.nodes)))

    def has(self, node: Node) -> bool:
        """Whether `node` is demanded as it is, so that it can be taken out again."""
        return node in self.nodes

    def with_(self, node: Node) -> Query:
        """The query that demands `node` too."""
        return self if self.has(node) else Query((*self.nodes, node), self.sort)

    def without(self, node: Node) -> Query:
        """The query that demands `node` no more."""
        return Query(tuple(mine for mine in self.nodes if mine != node), self.sort)

    def sorted_by(self, sort: str) -> Query:
        """The same in another order."""
        return Query(self.nodes, sort)


def _text(nodes: Iterable[Node]) -> Iterator[Text]:
    for node in nodes:
        if isinstance(node, All | Either):
            yield from _text(node.nodes)
        elif isinstance(node, Text):
            yield node


def parse(text: str) -> Query:
    """The query that was typed. Raises QueryError, in plain words, for what cannot be meant; slips of the hand (an open
    quote or bracket, an OR at the end) are taken as they were meant."""
    if len(text) > MAX_LENGTH:
        raise QueryError(f"This search is too long ({len(text):,} letters). Use {MAX_LENGTH:,} at most.")
    parser = _Parser(text)
    nodes = parser.sequence(0)
    if not nodes and not parser.sort and text.strip():
        raise QueryError("There is no word in this to look for. Type a word, a phrase in quotes or a filter.")
    return Query(nodes, parser.sort)


_OPENING = '"“”„‟«»'
_space = re.compile(r"\s*").match
_minus = re.compile(r"[-−–](?=[^\s\-−–)])|NOT(?=[\s(])\s*").match
_or = re.compile(r"(?:OR(?=[\s()]|$)|\|+)\s*").match
_and = re.compile(r"(?:AND(?=[\s()]|$)|&+(?=\s|$))\s*").match
_quoted = re.compile(rf"[{_OPENING}]([^{_OPENING}]*)(?:[{_OPENING}]|$)").match
_field = re.compile(r"([^\W\d_]{2,20})\s?:(?!//)").match
_run = re.compile(rf"[^\s(){_OPENING}|]+").match
_value = re.compile(rf"(?:[<>]=?|=)?\s*[^\s(){_OPENING}]+").match


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.terms = 0
        self.sort = ""

    def take(self, match: Callable[[str, int], re.Match[str] | None]) -> re.Match[str] | None:
        found = match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    def ahead(self) -> str:
        self.take(_space)
        return self.text[self.at : self.at + 1]

    def sequence(self, depth: int) -> tuple[Node, ...]:
        """The items up to the closing bracket or the end; those joined by OR are one."""
        if depth > MAX_DEPTH:
            raise QueryError(f"The brackets are nested more than {MAX_DEPTH} deep. Write it with fewer.")
        nodes: list[Node] = []
        joined = False
        while ahead := self.ahead():
            if ahead == ")":
                if depth:
                    break
                self.at += 1
            elif self.take(_or):
                joined = bool(nodes)
            elif not self.take(_and):
                node = self.item(depth)
                if node and joined:
                    before = nodes.pop()
                    nodes.append(Either((*(before.nodes if isinstance(before, Either) else (before,)), node)))
                elif node:
                    nodes.append(node)
                joined = joined and node is None
        return tuple(nodes)

    def item(self, depth: int) -> Node | None:
        """One word, phrase, filter or group, perhaps excluded; None for signs that mean nothing."""
        if self.take(_minus):
            node = self.item(depth + 1) if depth < MAX_DEPTH else None
            return node.node if isinstance(node, Not) else Not(node) if node else None
        if self.ahead() == "(":
            self.at += 1
            inner = self.sequence(depth + 1)
            if self.ahead() == ")":
                self.at += 1
            return All(inner) if len(inner) > 1 else inner[0] if inner else None
        self.terms += 1
        if self.terms > MAX_TERMS:
            raise QueryError(f"This search has too many words. Use {MAX_TERMS} at most.")
        if found := self.take(_quoted):
            return phrase(found[1])
        start = self.at
        if found := self.take(_field):
            name = found[1].lower()
            name = ALIASES.get(name, name)
            if name in FIELDS or name == "sort":
                return self.filter(name)
            self.refuse_misspelt(found[1])
            self.at = start
        found = self.take(_run)
        if not found:  # a sign that nothing above takes
            self.at += 1
            return None
        return _word(found[0])

    def refuse_misspelt(self, name: str) -> None:
        """`auhtor:` is a filter gone wrong; `Re:` or `said:` is text."""
        close = difflib.get_close_matches(name.lower(), [*FIELDS, *ALIASES, "sort"], 1, 0.8)
        if close:
            raise QueryError(
                f"There is no filter {name}:, did you mean {close[0]}:? There are {', '.join(FIELDS)} and sort. "
                f"To look for the word itself, put it in quotes."
            )

    def filter(self, name: str) -> Node | None:
        """The filter behind `name:`; a space before the value is forgiven."""
        self.take(_space)
        whole = self.text.startswith("=", self.at) and FIELDS.get(name) == "text"
        self.at += whole
        found = self.take(_quoted)
        value = found[1] if found else ""
        if not found and (found := self.take(_value)):
            value = found[0]
        value = value.strip()
        if not value:
            raise QueryError(f"{name}: needs a value behind it, such as {name}:{_EXAMPLES.get(name, 'rose')}")
        if name == "sort":
            self.sort = _sort(value)
            return None
        return _READ[FIELDS[name]](name, value, whole)


_EXAMPLES = {
    "rating": "teen", "complete": "yes", "words": ">5000", "chapters": "1-10", "updated": ">2004", "published": "2003",
    "added": ">2020", "is": "complete", "sort": "words", "language": "english",
}  # fmt: skip


def phrase(text: str) -> Phrase | None:
    """The phrase of the words in `text`, None where there are none."""
    found = tuple(_checked(word) for word in words(text))
    return Phrase(found) if found else None


def _word(text: str) -> Node | None:
    found = [_checked(word) for word in words(text)]
    if not found:
        return None
    if text.endswith("*"):
        if len(found) == 1 and len(found[0]) >= MIN_PREFIX:
            return Prefix(found[0])
        if len(found) == 1:
            raise QueryError(f"{text} would match nearly everything. Type {MIN_PREFIX} letters or more before the *.")
    return Word(found[0]) if len(found) == 1 else Phrase(tuple(found))


def _checked(word: str) -> str:
    if len(word.encode()) > LONGEST:
        raise QueryError(f"“{word[:20]}…” is too long to be a word; look for something shorter.")
    return word


def _tagged(name: str, value: str, whole: bool) -> Node:
    tidy = " ".join("".join(" " if sign in _OPENING or not sign.isprintable() else sign for sign in value).split())
    if not tidy or (not whole and not words(tidy)):
        raise QueryError(f"{name}: needs a word behind it, such as {name}:rose")
    for word in words(tidy):
        _checked(word)
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


def _sort(value: str) -> str:
    name = value.lower()
    if name not in SORTS:
        raise QueryError(f"There is no order “{value[:40]}”. There are {', '.join(SORTS)}.")
    return name


_READ: dict[str, Callable[[str, str, bool], Node]] = {
    "text": _tagged,
    "rating": _rating,
    "complete": _complete,
    "is": _is,
    "number": _number,
    "date": _date,
}
