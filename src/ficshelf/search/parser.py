"""What people type into the search box, and how it is read.

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

import difflib
import re
from collections.abc import Callable

from ficshelf.errors import QueryError
from ficshelf.search import filters
from ficshelf.search.filters import ALIASES, FIELDS, QUOTES, checked
from ficshelf.search.normalise import words
from ficshelf.search.query import (
    MAX_DEPTH,
    MAX_LENGTH,
    MAX_TERMS,
    MIN_PREFIX,
    All,
    Either,
    Node,
    Not,
    Phrase,
    Prefix,
    Query,
    Word,
)


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


_space = re.compile(r"\s*").match
_minus = re.compile(r"[-−–](?=[^\s\-−–)])|NOT(?=[\s(])\s*").match
_or = re.compile(r"(?:OR(?=[\s()]|$)|\|+)\s*").match
_and = re.compile(r"(?:AND(?=[\s()]|$)|&+(?=\s|$))\s*").match
_quoted = re.compile(rf"[{QUOTES}]([^{QUOTES}]*)(?:[{QUOTES}]|$)").match
_field = re.compile(r"([^\W\d_]{2,20})\s?:(?!//)").match
_run = re.compile(rf"[^\s(){QUOTES}|]+").match
_value = re.compile(rf"(?:[<>]=?|=)?\s*[^\s(){QUOTES}]+").match


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
            raise QueryError(f"{name}: needs a value behind it, such as {filters.example(name)}")
        if name == "sort":
            self.sort = filters.sort(value)
            return None
        return filters.read(name, value, whole)


def phrase(text: str) -> Phrase | None:
    """The phrase of the words in `text`, None where there are none."""
    found = tuple(checked(word) for word in words(text))
    return Phrase(found) if found else None


def _word(text: str) -> Node | None:
    found = [checked(word) for word in words(text)]
    if not found:
        return None
    if text.endswith("*"):
        if len(found) == 1 and len(found[0]) >= MIN_PREFIX:
            return Prefix(found[0])
        if len(found) == 1:
            raise QueryError(f"{text} would match nearly everything. Type {MIN_PREFIX} letters or more before the *.")
    return Word(found[0]) if len(found) == 1 else Phrase(tuple(found))
