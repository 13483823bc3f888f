"""How likely bytes are in one encoding, and in which they are likeliest: by where their signs stand, and by how often
the languages written in that encoding use its letters.

It weighs a sample of at most 24 KB; the common cases (ASCII, UTF-8) never come here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from ficshelf.encodings.alphabets import (
    CENTRAL,
    COMMON,
    CYRILLIC,
    GREEK,
    HEBREW,
    SIGNS_OF_EAST,
    TURKISH,
    WEIGHTS,
    WESTERN,
)
from ficshelf.encodings.places import place

SAMPLE = 24 * 1024  # bytes that are weighed
_LONGEST_PIECE = 2_048  # of one line
_OFTEN = 40  # a sign that stands in the same place more often says no more

# What a letter counts that the language does not have.
_FOREIGN = -1.2
# For how much every encoding is believed beforehand: as often as it is met.
SINGLE: dict[str, tuple[tuple[str, ...], float]] = {
    "cp1252": (tuple(WESTERN), 3.0),
    "mac_roman": (tuple(WESTERN), 0.0),
    "cp437": (tuple(WESTERN), -0.5),
    "cp850": (tuple(WESTERN), -0.8),
    "iso8859-15": (tuple(WESTERN), 0.5),
    "cp1250": (tuple(CENTRAL), 0.0),
    "iso8859-2": (tuple(CENTRAL), -0.5),
    "cp852": (tuple(CENTRAL), -2.0),
    "mac_latin2": (tuple(CENTRAL), -12.0),
    "cp1254": (tuple(TURKISH), -1.5),
    "cp1251": (tuple(CYRILLIC), 0.0),
    "koi8_r": (tuple(CYRILLIC), -0.3),
    "koi8_u": (("ukrainian",), -1.0),
    "cp866": (tuple(CYRILLIC), -0.6),
    "mac_cyrillic": (tuple(CYRILLIC), -1.0),
    "iso8859-5": (tuple(CYRILLIC), -1.0),
    "cp1253": (tuple(GREEK), -1.0),
    "iso8859-7": (tuple(GREEK), -1.5),
    "cp1255": (tuple(HEBREW), -1.0),
}
MANY: dict[str, tuple[str, float]] = {
    "cp932": ("japanese", 0.0),
    "euc_jp": ("japanese", -0.5),
    "gb18030": ("chinese", 0.0),
    "big5hkscs": ("traditional", -0.5),
    "cp949": ("korean", 0.0),
}
ALL = (*SINGLE, *MANY)
WESTERN_PAGES = frozenset({"cp1252", "mac_roman", "cp437", "cp850", "iso8859-15"})


class Likely(NamedTuple):
    """An encoding and what speaks for it. `score` grows with the text; `mean` is for a byte beyond ASCII."""

    encoding: str
    score: float
    mean: float


def sample_of(lines: Sequence[bytes]) -> bytes:
    """Pieces of some lines, from all over them, that are weighed for all."""
    whole = sum(map(len, lines))
    if whole <= SAMPLE:
        return b"\n".join(lines)
    step = max(1, len(lines) * min(_LONGEST_PIECE, whole // len(lines)) // SAMPLE)
    return b"\n".join([_piece(line) for line in lines[::step]][: SAMPLE // 64])


def _piece(line: bytes) -> bytes:
    if len(line) <= _LONGEST_PIECE:
        return line
    found = _HIGH.search(line)
    start = max(0, found.start() - 64) if found else 0
    while start and not line[start - 1 : start + 1].isascii():
        start -= 1  # not within a letter of several bytes
        if found and found.start() - start > _LONGEST_PIECE // 2:
            break
    return line[start : start + _LONGEST_PIECE]


_HIGH = re.compile(rb"[\x80-\xff]")
_WITHIN_ASCII = re.compile(rb"(?<=[\x00-\x7f]{4})[\x00-\x7f]+(?=[\x00-\x7f])")  # not beside a letter beyond ASCII


def rank(data: bytes, among: Iterable[str] = ALL) -> list[Likely]:
    """The encodings, the likeliest first."""
    around = _WITHIN_ASCII.sub(b"", b"\n" + data + b"\n")
    counted = Counter(zip(around, around[1:], around[2:], strict=False))
    contexts = [(*three, min(count, _OFTEN)) for three, count in counted.items() if three[1] >= 0x80]
    high = sum(count for *_, count in contexts) or 1
    found = []
    for encoding in among:
        score = _of_single(encoding, contexts) if encoding in SINGLE else _of_many(encoding, around)
        found.append(Likely(encoding, score, score / high))
    return sorted(found, key=lambda one: -one.score)


def likelihood(data: bytes, encoding: str) -> Likely:
    """What speaks for one encoding."""
    return rank(data, (encoding,))[0]


@cache
def table(encoding: str) -> tuple[str, ...]:
    """What each byte stands for; U+FFFD for nothing."""
    return tuple(bytes([byte]).decode(encoding, "replace") for byte in range(256))


def _of_single(encoding: str, contexts: Sequence[tuple[int, int, int, int]]) -> float:
    letters = table(encoding)
    languages, prior = SINGLE[encoding]
    score = prior
    used: Counter[str] = Counter()
    for before, byte, after, count in contexts:
        letter = letters[byte]
        score += count * place(letters[before], letter, letters[after])
        if letter.isalpha():
            used[letter.lower()] += count
    if used:
        score += max(_of_language(WEIGHTS[language], used) for language in languages)
    return score


def readable(text: str) -> float:
    """The share of a text's characters that any of the languages here uses often, or that are ASCII."""
    return sum(count for letter, count in Counter(text).items() if letter in _known()) / max(1, len(text))


@cache
def _known() -> frozenset[str]:
    letters = "".join(map("".join, (*WEIGHTS.values(), *COMMON.values(), SIGNS_OF_EAST, "«»“”‘’…–—\xa0")))
    return frozenset(map(chr, (9, 10, 12, 13, *range(32, 127)))) | frozenset(letters + letters.upper())


def _of_language(weights: dict[str, float], used: Counter[str]) -> float:
    return sum(weights.get(letter, _FOREIGN) * count for letter, count in used.items())


def usual(data: bytes, encoding: str) -> bytes:
    """The bytes that stand in any text of the language that these bytes seem to be in: its letters, quotes, dashes."""
    letters = table(encoding)
    languages, _ = SINGLE[encoding]
    used = Counter(letters[byte].lower() for byte in data if byte >= 0x80 and letters[byte].isalpha())
    language = max(languages, key=lambda language: _of_language(WEIGHTS[language], used))
    weights = {} if language == "english" else WEIGHTS[language]  # what English borrows is not usual
    return bytes(
        byte for byte in range(256) if byte < 0x80 or letters[byte] in USUAL_SIGNS or letters[byte].lower() in weights
    )


USUAL_SIGNS = frozenset("“”‘’„«»–—…\xa0")
_EAST = "[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff]"
BESIDE_LATIN = re.compile(f"[A-Za-z]{_EAST}|{_EAST}[A-Za-z]")


@cache
def _common(language: str) -> frozenset[str]:
    return frozenset(COMMON[language])


def _of_many(encoding: str, data: bytes) -> float:
    language, score = MANY[encoding]
    text = data.decode(encoding, "replace")
    common = _common(language)
    for letter, count in Counter(text).items():
        if letter < "\x80":
            continue
        if letter in common:
            weight = 1.5
        elif letter in SIGNS_OF_EAST:
            weight = 0.6
        elif letter == "\ufffd" or "\ue000" <= letter <= "\uf8ff":
            weight = -4.0
        elif "\u3041" <= letter <= "\u30fe" or "\uac00" <= letter <= "\ud7a3":
            weight = 0.4 if language in ("japanese", "korean") else -1.0
        elif "\u4e00" <= letter <= "\u9fff":
            weight = -0.2 if language != "korean" else -1.0
        else:
            weight = -1.0
        score += weight * count
    return score - 2.0 * len(BESIDE_LATIN.findall(text))
