"""What a search asks for, as small objects: `parser.parse` makes them of what was typed, `str` writes them back."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

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
