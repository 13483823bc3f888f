"""Forms of stanzas, told by their lines alone: rhyme, measure, echoes, syllables, a sentence over a line's end."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable

from ficshelf.passes.rhymes import rhymed

_ALL_VOWELS = re.compile(r"[aeiouyäöüáéíóúàèêîô]+", re.I)
_CALL = re.compile(r"[^\W\d_]+,\s")
CLOSES_SENTENCE = re.compile(r"[.!?…](?:[\"”“’'«]|\s?»)?$")
_SOUNDED_LE = re.compile(r"[^aeiouy]le$", re.I)
_TELLERS = frozenset({"he", "she", "it", "they", "i", "we", "there", "the", "a"})
_VOWELS = re.compile(r"[aeiouyäöüáéíóúàèêîô]+(?!(?<=e)\b)", re.I)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def is_sung(lines: list[str]) -> bool:
    """Whether lines rhyme and keep a measure, also where somebody speaks in them or each is a sentence."""
    if len(lines) < 4 or min(map(len, lines)) < 10 or max(map(len, lines)) > 2 * min(map(len, lines)):
        return False
    return begin_large(lines) and rhymed(lines) >= 0.7


def runs_on(lines: list[str]) -> bool:
    """Whether a sentence goes on over the end of a line that nothing but its writer has ended: free verse."""
    if len(lines) < 3 or not CLOSES_SENTENCE.search(lines[-1]):
        return False
    return any(line[-1].isalpha() and " " in line and after[0].islower() for line, after in itertools.pairwise(lines))


def goes_on(lines: list[str]) -> bool:
    """Whether a sentence goes on over the end of half the lines, in a small letter."""
    over = sum(
        1 for line, after in itertools.pairwise(lines) if (line[-1].isalnum() or line[-1] == ",") and after[0].islower()
    )
    return over * 2 >= len(lines) - 1 and over > 0


def is_slashed(text: str) -> bool:
    """Whether strokes part the lines of a stanza that stands in one line: `I went down / and the boat was gone / …`"""
    lines = [line.strip("*_~/ ") for line in text.split(" / ")]
    if len(lines) < 3 or speaks(text) or min(map(len, lines)) < 8 or max(map(len, lines)) > 65:
        return False
    return sum(line.count(" ") for line in lines) >= 3 * len(lines) and sum(
        map(str.isalpha, (line[-1] for line in lines))
    ) * 2 >= len(lines)


def is_parallel(lines: list[str]) -> bool:
    """Whether half of four lines or more echo each other, or each calls somebody (`Stone, remember me.`).

    Echoes begin with the same two words, which a teller's "he had" is not, or begin and end with the same word."""
    if len(lines) < 4:
        return False
    if all(map(_CALL.match, lines)):
        return True
    words = [re.findall(r"[\w'’]+", line.lower()) for line in lines]
    heads = Counter(tuple(one[:2]) for one in words if len(one) >= 3 and one[0] not in _TELLERS)
    frames = Counter((one[0], one[-1]) for one in words if len(one) >= 3 and one[0] not in _TELLERS)
    echoed = sum(1 for one in words if len(one) >= 3 and (heads[tuple(one[:2])] > 1 or frames[one[0], one[-1]] > 1))
    if echoed * 2 >= len(lines) and max(frames.values(), default=0) > 2:
        return True
    opening, count = Counter(tuple(line.lower().split()[:2]) for line in lines).most_common(1)[0]
    return count * 2 >= len(lines) and len(opening) == 2 and opening[0] not in _TELLERS


def is_refrain(lines: list[str]) -> bool:
    """Whether all lines begin with the same three words and end with one word: `Will you, won't you …`."""
    first = lines[0].split(" ", 1)[0]
    if len(lines) < 2 or not all(line.startswith(first) for line in lines):
        return False
    words = [_WORD.findall(line.lower()) for line in lines]
    return min(map(len, words)) >= 6 and all(one[:3] == words[0][:3] and one[-1] == words[0][-1] for one in words)


def is_rhymed_throughout(lines: list[str]) -> bool:
    """Whether four lines or more, of one measure and each with a capital, all rhyme: no width cuts prose so."""
    if len(lines) < 4 or not begin_large(lines) or max(map(len, lines)) > 1.4 * min(map(len, lines)):
        return False
    return not any(map(speaks, lines)) and rhymed(lines) == 1.0


def is_couplet(lines: list[str]) -> bool:
    """Two lines of one measure that rhyme, one sentence going on over the end of the first."""
    if len(lines) != 2 or not lines[0][-1].isalpha() or any(map(speaks, lines)):
        return False
    return min(map(len, lines)) > 0.6 * max(map(len, lines)) and lines[1][0].islower() and rhymed(lines) == 1.0


def is_haiku(lines: list[str]) -> bool:
    """Three lines of about five, seven and five syllables, counted by their vowels."""
    counts = [len(_VOWELS.findall(line)) for line in lines]
    if any(map(speaks, lines)):
        return False
    if all(map(CLOSES_SENTENCE.search, lines)):  # each line a sentence: then the count has to be right
        return [sum(map(_syllables, _WORD.findall(line))) for line in lines] == [5, 7, 5]
    return all(abs(count - wanted) <= 1 for count, wanted in zip(counts, (5, 7, 5), strict=True))


def _syllables(word: str) -> int:
    """Syllables of a word as it is spelt: a last e is silent, unless it is the only vowel or stands in `-le`."""
    found = _ALL_VOWELS.findall(word)
    silent = len(found) > 1 and found[-1].lower() == "e" and word[-1] in "eE" and not _SOUNDED_LE.search(word)
    return len(found) - silent


def speaks(line: str) -> bool:
    """Whether a quotation mark stands in a line."""
    return '"' in line or "“" in line or "”" in line or "«" in line


def begin_large(lines: Iterable[str]) -> bool:
    """Whether the first letter of every line is a capital: of cut prose hardly ever."""
    for line in lines:
        letter = line[:1] if line[:1].isalpha() else first_letter(line)
        if not letter.isupper():
            return False
    return True


def first_letter(line: str) -> str:
    """The first letter of a line; "" where it has none."""
    return next((letter for letter in line if letter.isalpha()), "")
