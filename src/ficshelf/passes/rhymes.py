"""Whether lines rhyme, by how their last words are spelt: evidence for verse whose lines are whole sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LAST_WORD = re.compile(r"[^\W\d_]+(?=[\W\d_]*$)")
_TAIL = re.compile(r"[aeiouyäöüàâéèêëíîïóôúûáœаеёиоуыэюя]+[^aeiouyäöüàâéèêëíîïóôúûáœаеёиоуыэюя]*$")
_ENDINGS = frozenset(["ed", "ing", "er", "ers", "es", "en", "on", "ion", "ions", "y", "e", "ies", "ied", "est", "ess"])
_SAME = tuple(  # spellings of one sound, at the end of a word
    (name, re.compile(rf"(?:{spelt})$"))
    for name, spelt in {
        "ee": "ea|ee|ey|eo", "ay": "ay|eigh", "oh": "oe|ough", "igh": "igh|ie|ye|uy", "air": "air|are|ear|ere|eir",
        "ale": "ail|ale", "ane": "ain|ane|eign", "ite": "ight|ite", "oan": "one|oan|own", "oo": "ew|ue|oo|ou",
        "ore": "ore|oor|oar|or", "aze": "aze|ays|aise", "un": "un|one|on", "ome": "oam|ome", "our": "our|ower",
    }.items()
)  # fmt: skip
_SHORT_EE = frozenset(["me", "he", "she", "be", "we", "the"])
_NEAR = 3  # lines within which a rhyme is looked for
_LONGEST = 60  # characters of a line's end that are looked at


def rhymed(lines: Sequence[str]) -> float:
    """The share of lines whose end rhymes with that of another line near them."""
    words = [_last_word(line) for line in lines]
    found = [False] * len(words)
    for here, word in enumerate(words):
        for there in range(here + 1, min(len(words), here + 1 + _NEAR)):
            if word and words[there] and _rhyme(word, words[there], lines[here], lines[there]):
                found[here] = found[there] = True
    return sum(found) / len(found)


def _rhyme(word: str, other: str, line: str, other_line: str) -> bool:
    """Whether two lines end alike: in words that sound alike, or, as a refrain does, in the same three words."""
    if word != other:
        return not _sounds(word).isdisjoint(_sounds(other))
    end, other_end = line[-_LONGEST:].lower().split()[-3:], other_line[-_LONGEST:].lower().split()[-3:]
    return len(end) == len(other_end) == 3 and end[:2] == other_end[:2]


def _last_word(line: str) -> str:
    found = _LAST_WORD.search(line[-_LONGEST:])
    return found[0].lower() if found else ""


def _sounds(word: str) -> set[str]:
    """How the word may end, as it is heard: its letters from the last stressed vowel on, and what sounds the same."""
    found = _TAIL.search(word)
    if not found:
        return set()
    tail = found[0]
    start = found.start()
    if tail in _ENDINGS and start:
        before = _TAIL.search(word[:start])
        if before:
            tail = word[before.start() :]
        elif tail == "y":
            return {"igh", tail}
        elif word in _SHORT_EE:
            return {"ee"}
        elif tail != "en":
            return set()
    sounds = {tail} if len(tail) > 1 else set()
    return sounds | {name for name, spelt in _SAME if spelt.search(word)}
