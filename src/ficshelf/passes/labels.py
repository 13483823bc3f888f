"""The labels of header lines, as authors and archives write them, and what each names.

Seen on Gossamer, X-Libris, FFML, mailing lists, LiveJournal, FanFiction.Net and AO3, and in German, French, Spanish,
Italian, Portuguese and Russian pages. Case, bold, brackets and a dash for the colon vary freely.
"""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from typing import NamedTuple

from ficshelf.passes.header_words import BEFORE_LABELS
from ficshelf.passes.number_words import fold as without_accents

_MERGED_TAIL = re.compile(r"\s*(?:/|&|\+|,|\band\b|\bund\b|\bet\b|\bor\b|\bи\b|\be\b|\by\b)\s*", re.I)
_PLURAL = re.compile(r"\((?:e?s|in|e|a|en)\)|/s\b|/in\b|(?<=/n)['’]s\b", re.I)  # `Pairing(s)`, `Autor/in`, `A/N's`
_ENDED = re.compile(r"[.!?]\s")  # a sentence before a label
_FOLD = re.compile(r"[^\w\-]+|_+")
# Each label, folded, and what it names: a fact, or one of the words that labels.toml explains.
LABELS: dict[str, str] = {
    without_accents(label): name
    for name, known in tomllib.loads(resources.files(__package__).joinpath("labels.toml").read_text("utf-8")).items()
    for label in known
}
LONGEST = 40  # characters that a label may have

MULTIPLE = frozenset({"fandom", "relationship", "character", "warning", "genre", "category", "tag"})
HEADER_ONLY = frozenset(  # what hardly a story has labels for in its text
    ("title", "author", "rating", "disclaimer", "relationship", "fandom", "summary", "feedback", "archive_permission",
     "genre", "category", "words", "warning")
)  # fmt: skip
PARAGRAPHS = frozenset(
    {"summary", "disclaimer", "note", "dedication", "feedback", "warning", "beta", "spoilers", "archive_permission"}
)

_MOST_BEFORE = 3  # words before `disclaimer` that say what it disclaims; no story has such a label in its text
_OFTEN_SAID = frozenset(("disclaimer", "warning", "note", "summary"))


class Label(NamedTuple):
    """What a label names (several for `Rating/Warnings`), and how it would be spelt right where it was not."""

    names: tuple[str, ...]
    meant: str = ""


def fold(label: str) -> str:
    """A label as the table has it: lower case, no accents, single blanks for signs."""
    return without_accents(_FOLD.sub(" ", label.replace("’", " ").replace("'", " ")).strip())


def find(label: str, *, misspelt: bool = False) -> Label | None:
    """What a label names. With `misspelt`, one wrong, missing, added or swapped letter is forgiven in six or more."""
    if len(label) > LONGEST:
        return None
    folded = fold(label)
    if name := LABELS.get(folded):
        return Label((name,))
    whole = fold(_PLURAL.sub("", label)).removeprefix("the ")
    if name := LABELS.get(whole) or LABELS.get(whole + "s") or LABELS.get(whole.removeprefix("author s ")):
        return Label((name,))
    if label[-1:].isdigit() and LABELS.get(fold(label.rstrip("0123456789"))) == "note":  # `A/N2`
        return Label(("note",))
    pieces = [piece for piece in _MERGED_TAIL.split(_PLURAL.sub("s", label)) if piece.strip()]
    if 2 <= len(pieces) <= 4:
        names = [LABELS.get(fold(piece)) for piece in pieces]
        if all(names):
            return Label(tuple(dict.fromkeys(name for name in names if name)))
    first, _, rest = whole.partition(" ")
    if first in BEFORE_LABELS and LABELS.get(rest) in _OFTEN_SAID:  # `Second disclaimer`, `Last warning`
        return Label((LABELS[rest],))
    ends = whole.endswith((" disclaimer", " disclaimers")) and _ENDED.search(label) is None
    if ends and whole.count(" ") <= _MOST_BEFORE:  # `Love/Sex Disclaimer`
        return Label(("disclaimer",))
    folded = whole
    if misspelt and len(folded) >= 6 and (meant := _nearest(folded)):
        return Label((LABELS[meant],), meant)
    return None


def _nearest(folded: str) -> str:
    for known in _BY_LENGTH.get(len(folded), ()):
        if _one_letter_off(folded, known):
            return known
    for known in _BY_LENGTH.get(len(folded) + 1, ()):
        if _one_missing(known, folded):
            return known
    for known in _BY_LENGTH.get(len(folded) - 1, ()):
        if _one_missing(folded, known):
            return known
    return ""


def _one_letter_off(one: str, other: str) -> bool:
    places = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(places) == 1:
        return True
    return (
        len(places) == 2
        and places[1] == places[0] + 1
        and one[places[0]] == other[places[1]]
        and one[places[1]] == other[places[0]]
    )


def _one_missing(longer: str, shorter: str) -> bool:
    for place, letter in enumerate(shorter):
        if longer[place] != letter:
            return longer[place + 1 :] == shorter[place:]
    return True


_BY_LENGTH: dict[int, list[str]] = {}
for _label in LABELS:
    if len(_label) >= 6 and " " not in _label:
        _BY_LENGTH.setdefault(len(_label), []).append(_label)
