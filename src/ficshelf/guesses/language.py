"""The language a story is written in: by its script, then by its commonest small words.

Half of any text is a few dozen words that say nothing and that no other language has. languages.toml has the
commonest of each; a word that two languages share counts for both and parts nothing.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

_SCRIPTS: tuple[tuple[str, str], ...] = (  # characters that one language alone is written with
    ("Japanese", "\u3040-\u30ff"),
    ("Korean", "\uac00-\ud7af"),
    ("Chinese", "\u4e00-\u9fff"),
    ("Thai", "\u0e01-\u0e5b"),
    ("Greek", "\u0370-\u03ff\u1f00-\u1fff"),
    ("Hebrew", "\u0590-\u05ff"),
    ("Arabic", "\u0600-\u06ff"),
    ("Hindi", "\u0900-\u097f"),
    ("Georgian", "\u10a0-\u10ff"),
    ("Armenian", "\u0531-\u058f"),
)
_SCRIPT = {language: re.compile(f"[{signs}]") for language, signs in _SCRIPTS}
_ANY_SIGN = re.compile("[\u0370-\u1fff\u2e80-\ud7ff]")  # all of theirs, and what is near them
_PLAIN = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
SAMPLE = 600  # characters at the beginning and at the end of what is looked at
_FEWEST = 8  # words that must be known


@cache
def _languages_of() -> dict[str, list[str]]:
    """Each small word, with the languages that it is common in."""
    found: dict[str, list[str]] = {}
    listed = tomllib.loads(resources.files(__package__).joinpath("languages.toml").read_text("utf-8"))
    for language, words in listed.items():
        for word in words.split():
            found.setdefault(word, []).append(language)
    return found


class Spoken(NamedTuple):
    """The likeliest language; the share of the words that are its commonest; how far ahead of the next; how many words
    (or letters of a script) there were to tell by."""

    language: str
    share: float
    lead: float
    words: int


def of(text: str) -> Spoken | None:
    """The language of a text; None where there is too little of it, or nothing is known of what it is written in."""
    if len(text) > 2 * SAMPLE:
        text = text[:SAMPLE] + text[-SAMPLE:]
    letters = len(_PLAIN.findall(text)) if _ANY_SIGN.search(text) else 0
    if letters:
        written = {language: len(signs.findall(text)) for language, signs in _SCRIPT.items()}
        most = max(written, key=lambda language: written[language])
        if written["Japanese"] * 10 > letters:
            most = "Japanese"
        if written[most] * 2 > letters or (most == "Japanese" and written["Chinese"] + written[most] > letters // 2):
            return Spoken(most, written[most] / letters, 1.0, written[most]) if written[most] >= 20 else None
    said = _WORD.findall(text.lower().replace("’", "'"))
    counts: dict[str, int] = {}
    known = 0
    small = _languages_of()
    for word in said:
        if languages := small.get(word):
            known += 1
            for language in languages:
                counts[language] = counts.get(language, 0) + 1
    if known < _FEWEST:
        return None
    ranked = sorted(counts, key=lambda language: -counts[language])
    best = counts[ranked[0]]
    second = counts[ranked[1]] if len(ranked) > 1 else 0
    return Spoken(ranked[0], best / len(said), (best - second) / best, len(said))
