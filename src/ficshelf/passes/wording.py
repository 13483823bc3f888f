"""How much the words of a line are those of somebody who speaks of a story to its readers, and not the story's own.

Each word weighs what it does in lines that are known (`wording.tsv`, fitted by `python -m bench.pages.wording`): no
word is sure, but an author's talk and a telling voice choose others all along.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

from ficshelf.passes.remembered import remembered

BASE = "(base)"  # what a line weighs without any word
NAME = "(name)"  # stands for a word with a capital within a sentence
_BEGINNING = 600  # characters of a line that are looked at
_MOST = 6.0  # what a line weighs that is as sure as can be
_NOT_SAID = re.compile(r"[\"“„«][^\"”»“\n]{0,300}[\"”»“]?|\S*(?:@|://|www\.)\S*")  # a quotation, an address
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|[!?…]|\.+")
_ENDS = frozenset(".!?…")


def words(text: str) -> frozenset[str]:
    """The words of a line outside of what is quoted in it, in small letters, and the marks by which one exclaims."""
    found: set[str] = set()
    above = "."
    for word in _WORD.findall(_NOT_SAID.sub(" ", text[:_BEGINNING])):
        if word != ".":
            found.add(word.lower().replace("’", "'"))
        if above[0] not in _ENDS and word[0].isupper() and len(word) > 1 and word[1] not in "'’":
            found.add(NAME)
        above = word
    return frozenset(found)


@cache
def weights() -> Mapping[str, float]:
    """What each word weighs, and BASE."""
    rows = resources.files(__package__).joinpath("wording.tsv").read_text("utf-8").splitlines()
    return {word: float(weight) for word, _, weight in (row.partition("\t") for row in rows if row[0] != "#")}


@remembered
def of_line(text: str) -> float:
    """From -1 (the story's words) to 1 (an author's)."""
    return weigh(words(text), weights()) / _MOST


def weigh(said: frozenset[str], each: Mapping[str, float]) -> float:
    """What some words weigh together, between the most and the least: the more of them, the less each adds."""
    known = [each[word] for word in said if word in each]
    return max(-_MOST, min(_MOST, each[BASE] + sum(known) / math.sqrt(len(known) + 1)))
